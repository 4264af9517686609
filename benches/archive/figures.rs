//! What a measurement tells: medians, ratios, and whether a bar holds.

use std::error::Error;
use std::fs;
use std::time::Duration;

/// Ticks in a second of the times in /proc, on every architecture that Linux has (`man 7 time`, "USER_HZ").
const TICKS: f64 = 100.0;
/// Where the times stand after the process's name in `/proc/self/stat` (`man 5 proc_pid_stat`): its own, and those of
/// processes it started and waited for, in user mode and in the kernel.
const TIMES: std::ops::Range<usize> = 11..15;

/// Seconds of processor time of this process and of those it waited for.
pub(crate) fn processor_seconds() -> Result<f64, Box<dyn Error>> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let after_name = stat.rsplit_once(')').ok_or("unknown form of /proc/self/stat")?.1;
    let mut ticks = 0;
    for field in after_name.split_whitespace().skip(TIMES.start).take(TIMES.len()) {
        ticks += field.parse::<u32>()?;
    }
    Ok(f64::from(ticks) / TICKS)
}

/// What a run of the program took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Took {
    pub(crate) time: Duration,
    /// Seconds of processor time, of all threads.
    pub(crate) processor: f64,
}

/// Times of one thing done often.
#[derive(Debug, Default)]
pub(crate) struct Times(Vec<Duration>);

impl Times {
    pub(crate) fn add(&mut self, time: Duration) {
        self.0.push(time);
    }

    /// The time that so many in a hundred do not exceed; zero when nothing was timed.
    pub(crate) fn percentile(&self, percent: usize) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let at = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
        sorted.get(at).copied().unwrap_or_default()
    }

    pub(crate) fn median(&self) -> Duration {
        self.percentile(50)
    }
}

/// How many times longer the first is.
pub(crate) fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

/// One line of two things beside each other: p50 and p99 of both and the ratios.
pub(crate) fn beside(name: &str, times: &Times, other: &str, other_times: &Times) {
    let [p50, p99, other_p50, other_p99] =
        [times.percentile(50), times.percentile(99), other_times.percentile(50), other_times.percentile(99)];
    println!(
        "  {name}: p50 {p50:.1?}, p99 {p99:.1?}; {other}: p50 {other_p50:.1?}, p99 {other_p99:.1?}; ratio p50 {:.2}, p99 {:.2}",
        ratio(p50, other_p50),
        ratio(p99, other_p99)
    );
}

/// Says what is asked for, and whether it is so.
pub(crate) fn bar(what: &str, found: f64, most: f64) {
    let verdict = if found <= most { "holds" } else { "misses" };
    println!("  bar: {what} at most {most}: {found:.2}, {verdict}");
}
