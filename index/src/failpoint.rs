//! Places where a test has the process die, as it would by a power cut. Only in builds with debug assertions.

/// The steps between a file and the message about it, in their order. A test kills the process at each.
pub const FAILPOINTS: [&str; 18] = [
    "listed",
    "parsed",
    "begun",
    "document",
    "news",
    "outbox",
    "written",
    "recorded",
    "indexed",
    "searchable",
    "source",
    "claimed",
    "looked",
    "made",
    "posted",
    "edited",
    "answered",
    "settled",
];

/// Ends the process here, at once and for good, when the environment variable `REFERENT_FAILPOINT` says so: `news`, or `news:3` for
/// the third time that it gets here.
#[cfg(debug_assertions)]
pub fn failpoint(name: &str) {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU32, Ordering};

    static WANTED: OnceLock<Option<(String, u32)>> = OnceLock::new();
    static PASSED: AtomicU32 = AtomicU32::new(0);
    debug_assert!(FAILPOINTS.contains(&name), "{name}");
    let wanted = WANTED.get_or_init(|| {
        let text = std::env::var("REFERENT_FAILPOINT").ok()?;
        let (name, nth) = text.split_once(':').unwrap_or((&text, "1"));
        Some((name.to_owned(), nth.parse().ok()?))
    });
    if let Some((place, nth)) = wanted
        && place == name
        && PASSED.fetch_add(1, Ordering::SeqCst) + 1 == *nth
    {
        // No destructor, no flush, no handler: SIGKILL cannot be caught.
        let pid = std::process::id().to_string();
        let _ = std::process::Command::new("kill").args(["-KILL", &pid]).status();
        loop {
            std::thread::park();
        }
    }
}

/// Nothing, in the program that people run.
#[cfg(not(debug_assertions))]
pub fn failpoint(_name: &str) {}
