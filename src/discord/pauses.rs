//! Pauses between tries: longer and longer, and never the same for all.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

/// About `first`, then each about twice as long as the one before, up to about `longest`; without end.
pub(crate) fn pauses(first: Duration, longest: Duration) -> impl Iterator<Item = Duration> {
    std::iter::successors(Some(first), move |pause| Some((*pause * 2).min(longest))).map(jittered)
}

/// Three to five quarters of `pause`, so that what failed together is not repeated together.
fn jittered(pause: Duration) -> Duration {
    // A hash of nothing under a fresh key: as random as is needed here.
    let random = RandomState::new().hash_one(()) % 1024;
    pause.mul_f64(0.75 + random as f64 / 2048.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_the_longest() {
        let (first, longest) = (Duration::from_millis(100), Duration::from_secs(5));
        let pauses: Vec<Duration> = pauses(first, longest).take(12).collect();
        let mut plain = first;
        for pause in &pauses {
            assert!(*pause >= plain.mul_f64(0.75) && *pause <= plain.mul_f64(1.25), "{pauses:?}");
            plain = (plain * 2).min(longest);
        }
        assert_eq!(plain, longest);
    }

    #[test]
    fn pauses_differ() {
        let second = Duration::from_secs(1);
        let first: std::collections::HashSet<Duration> =
            (0..20).filter_map(|_| pauses(second, second).next()).collect();
        assert!(first.len() > 1);
    }
}
