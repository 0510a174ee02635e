//! What libjpeg-turbo needs for its work on planes.

use std::ffi::c_int;
use turbojpeg::raw;

/// A handle of libjpeg-turbo, set to 4:2:0; destroyed with this value. Never null.
pub(crate) struct Library(raw::tjhandle);

impl Library {
    pub(crate) fn new(kind: raw::TJINIT) -> Option<Self> {
        // SAFETY: takes a constant and answers a handle of our own, or null.
        let handle = unsafe { raw::tj3Init(kind as c_int) };
        let library = (!handle.is_null()).then_some(Self(handle))?;
        library.set(raw::TJPARAM_TJPARAM_SUBSAMP, raw::TJSAMP_TJSAMP_420)?;
        Some(library)
    }

    pub(crate) fn set(&self, parameter: raw::TJPARAM, value: c_int) -> Option<()> {
        // SAFETY: the handle is alive; a value that the library does not take is answered, not obeyed.
        let status = unsafe { raw::tj3Set(self.0, parameter as c_int, value) };
        (status == 0).then_some(())
    }

    /// For calls of the library while this value is alive.
    pub(crate) fn handle(&self) -> raw::tjhandle {
        self.0
    }
}

impl Drop for Library {
    fn drop(&mut self) {
        // SAFETY: the handle came from `tj3Init` and is destroyed here alone.
        unsafe { raw::tj3Destroy(self.0) };
    }
}
