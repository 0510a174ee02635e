//! What this process has used.

use std::error::Error;

/// What the kernel counts CPU time in: the same wherever Tuku runs (`USER_HZ`).
const TICKS_A_SECOND: f64 = 100.0;

/// User and system time of all threads since the start (proc_pid_stat(5): utime, stime).
pub fn cpu_seconds() -> Result<f64, Box<dyn Error>> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let (Some(user), Some(system)) = (fields.get(11), fields.get(12)) else { return Err("stat is too short".into()) };
    Ok((user.parse::<f64>()? + system.parse::<f64>()?) / TICKS_A_SECOND)
}

/// The most memory it ever had in RAM (proc_pid_status(5): VmHWM).
pub fn peak_bytes() -> Result<u64, Box<dyn Error>> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("status lacks VmHWM")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? * 1024)
}
