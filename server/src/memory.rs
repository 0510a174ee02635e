//! How memory is given back to the system.

/// Blocks of at least so many bytes, an original say, are given back as soon as they are freed.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const LARGE: libc::c_int = 1 << 20;

/// To be called first thing. By itself glibc keeps ever larger blocks for later, in each thread (mallopt(3)): here the
/// originals of pictures that were made long ago.
pub(crate) fn give_back_large_blocks() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: sets a number of the allocator, before there are other threads. Should it not take it, nothing is lost.
    unsafe {
        libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE);
    }
}
