//! How long, how often and how many: every figure of the transport.

use std::time::Duration;

/// For a connection to be made, TLS and all.
pub(super) const CONNECT: Duration = Duration::from_secs(3);
/// For one try, from its first byte to the answer's last.
pub(super) const TRY: Duration = Duration::from_secs(10);
/// For one try of an interaction's first answer: it has three seconds in all, and a second try may still be in time. Discord
/// answers these in a tenth of it.
pub(super) const ANSWER_TRY: Duration = Duration::from_secs(1);
/// An unused connection is closed before Discord's side would do so.
pub(super) const IDLE: Duration = Duration::from_secs(60);

/// Before the second try. Each further pause is twice as long, up to [`LONGEST_PAUSE`].
pub(super) const FIRST_PAUSE: Duration = Duration::from_millis(100);
/// Between two tries.
pub(super) const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// When Discord says that it is too much, but not readably for how long.
pub(super) const DEFAULT_LIMIT: Duration = Duration::from_secs(1);
/// A rate limit that is said to last less is taken to last this long: nothing is repeated at once.
pub(super) const SHORTEST_LIMIT: Duration = Duration::from_millis(50);
/// Nobody but a broken server says more; Discord's own bans last an hour.
pub(super) const LONGEST_LIMIT: Duration = Duration::from_secs(60 * 60);

/// How long Discord is trusted to recognise a nonce. Its documentation says "within the past few minutes".
pub(super) const NONCE_LIFE: Duration = Duration::from_secs(120);

/// Requests of a bot that Discord takes in a second, answers to interactions apart:
/// <https://discord.com/developers/docs/topics/rate-limits#global-rate-limit>.
#[cfg(test)]
pub(super) const DISCORDS_PER_SECOND: u32 = 50;
/// Requests that are sent in a second. What is left to Discord's figure is for those that arrive late or are sent late: see [`BURST`].
pub(super) const PER_SECOND: u32 = 47;
/// Requests that are sent at once when the process stood still while they waited; what more was missed is not made up for. Without
/// this the lateness of each timer would make the rate lower. After a rest there is no burst: then the first requests may arrive late
/// because their connections are being made, and the next ones come close behind.
pub(super) const BURST: u32 = 3;

/// Answers to interactions under way at the same time.
pub(super) const ANSWERS_AT_ONCE: usize = 64;
/// Deliveries under way at the same time: enough to send [`PER_SECOND`] though each takes half a second.
pub(super) const DELIVERIES_AT_ONCE: usize = 24;
/// Other requests under way at the same time. Each sort has its own places: no delivery keeps a reply waiting, and neither an answer.
pub(super) const OTHERS_AT_ONCE: usize = 16;
/// Channels whose queue is remembered before the idle ones are forgotten.
pub(super) const LANES_KEPT: usize = 64;
/// Messages that Discord lists at once.
pub(super) const LISTED: usize = 100;
/// Lists that are read to find one message.
pub(super) const LISTS: usize = 20;
/// What our clock and Discord's may differ: so much earlier than the caller says a message is looked for.
pub(super) const CLOCKS_DIFFER: Duration = Duration::from_secs(10 * 60);

/// No answer of Discord's that we ask for is larger.
pub(super) const LARGEST_BODY: usize = 4 << 20;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::limits;

    #[test]
    fn the_figures_fit_each_other() {
        // An answer is tried twice within its time.
        let first_failure = ANSWER_TRY + FIRST_PAUSE.mul_f64(1.25);
        assert!(first_failure + ANSWER_TRY < limits::FIRST_ANSWER);
        const { assert!(PER_SECOND + BURST <= DISCORDS_PER_SECOND) };
        const { assert!(DELIVERIES_AT_ONCE > PER_SECOND as usize / 2) };
        assert!(CONNECT < TRY && SHORTEST_LIMIT < DEFAULT_LIMIT && DEFAULT_LIMIT < LONGEST_LIMIT);
    }
}
