//! The courier's times and numbers.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::discord::pauses;

/// Messages under way at the same time. Discord takes fifty requests a second and answers in a tenth of one or so.
pub(super) const AT_ONCE: usize = 64;
/// How often the outbox is looked into when nothing is under way.
pub(super) const LOOK: Duration = Duration::from_millis(500);
/// How long one attempt may take.
pub(super) const TRY: Duration = Duration::from_secs(60);
/// How long messages under way are waited for when the process is asked to end.
pub(super) const DRAIN: Duration = Duration::from_secs(8);
/// After the first attempt that failed; each further pause is twice as long, up to the longest.
const FIRST_PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_secs(10 * 60);
/// How often it is tried whether a channel that was closed to the bot is open again.
const CLOSED_PAUSE: SignedDuration = SignedDuration::from_hours(1);
/// A message that could not be sent for so long, counted from when it was due, is given up: older news is in the archive.
const GIVE_UP_AFTER: SignedDuration = SignedDuration::from_hours(72);

/// When an attempt is to be repeated after so many of them; None when it is to be given up.
pub(super) fn again(due: Timestamp, attempts: u32, now: Timestamp) -> Option<Timestamp> {
    if now.duration_since(due) > GIVE_UP_AFTER {
        return None;
    }
    let nth = usize::try_from(attempts).unwrap_or(usize::MAX).min(32);
    let pause = pauses(FIRST_PAUSE, LONGEST_PAUSE).nth(nth).unwrap_or(LONGEST_PAUSE);
    now.checked_add(SignedDuration::try_from(pause).ok()?).ok()
}

/// When it is tried whether a closed channel is open again; None when the message is to be given up.
pub(super) fn when_closed(due: Timestamp, now: Timestamp) -> Option<Timestamp> {
    if now.duration_since(due) > GIVE_UP_AFTER { None } else { now.checked_add(CLOSED_PAUSE).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        let due: Timestamp = "2026-11-22T10:00:00Z".parse().unwrap();
        let pause = |attempts| again(due, attempts, due).unwrap().duration_since(due);
        let about = |pause: SignedDuration, seconds: i64| {
            let millis = i128::from(seconds * 1000);
            (millis * 3 / 4..=millis * 5 / 4).contains(&pause.as_millis())
        };
        assert!(about(pause(0), 2), "{}", pause(0));
        assert!(about(pause(3), 16), "{}", pause(3));
        assert!(about(pause(1_000_000), 600), "{}", pause(1_000_000));
        assert_eq!(again(due, 3, due + GIVE_UP_AFTER + SignedDuration::from_secs(1)), None);
        // The clock was put back: it is not long ago, but not yet.
        assert!(again(due, 3, due - SignedDuration::from_hours(5)).is_some());
    }
}
