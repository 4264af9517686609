//! What time it is for all that is told and answered. Only what others' clocks are compared with asks elsewhere: limits and answers of
//! servers.

use jiff::Timestamp;

/// The environment variable that names a file with a moment such as `2020-08-20T10:00+02:00`, and it is that moment for as long as
/// the file says so. A test sets the time with it; only builds with debug assertions look.
#[cfg(debug_assertions)]
const HELD_BY: &str = "REFERENT_CLOCK";

/// This moment.
#[cfg(debug_assertions)]
pub(crate) fn now() -> Timestamp {
    let held = std::env::var_os(HELD_BY).and_then(|file| std::fs::read_to_string(file).ok());
    held.and_then(|text| text.trim().parse().ok()).unwrap_or_else(Timestamp::now)
}

/// This moment.
#[cfg(not(debug_assertions))]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}
