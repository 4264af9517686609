//! Signs of life of the gateway, for the watchdog and for whoever asks how the bot is.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serenity::async_trait;
use serenity::client::{Context, RawEventHandler};
use serenity::model::event::{Event, UnknownEvent};
use tokio::time::Instant;

/// Between two warnings about events that could not be read.
const UNKNOWN_WARNING: Duration = Duration::from_secs(60);
/// Of an event's name, in a warning.
const LONGEST_NAME: usize = 64;

/// Signs of life, as they are gathered.
#[derive(Debug, Default)]
pub(crate) struct Signs {
    /// Written by the watchdog and with each event, read by whoever asks; held for a few assignments only.
    seen: Mutex<Seen>,
}

/// Signs of life, at one moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    /// Whether events can arrive now.
    pub(crate) connected: bool,
    /// When the last event arrived; None before the first.
    pub(crate) last_event: Option<Instant>,
    /// When Discord's last acknowledgement of a heartbeat was noticed; None before the first.
    pub(crate) last_ack: Option<Instant>,
    /// Connections made; each identifies the bot anew.
    pub(crate) identified: u64,
    /// Sessions that Discord began.
    pub(crate) ready: u64,
    /// Sessions that Discord took up again.
    pub(crate) resumed: u64,
    /// Events that could not be read, or that serenity does not know.
    pub(crate) unknown: u64,
    /// The last ack's latency, which is told apart from the next one's by its nanoseconds.
    latency: Option<Duration>,
    /// When one of the unknown events was last warned about.
    warned: Option<Instant>,
}

impl Signs {
    /// All there is to see.
    pub(crate) fn seen(&self) -> Seen {
        *self.lock()
    }

    /// A connection was made.
    pub(super) fn identified(&self) {
        let mut seen = self.lock();
        seen.identified += 1;
        seen.latency = None;
    }

    /// The connection is gone.
    pub(super) fn disconnected(&self) {
        self.lock().connected = false;
    }

    /// The watchdog has looked: whether the session is ready, and the latency of its last acknowledged heartbeat.
    pub(super) fn look(&self, is_ready: bool, latency: Option<Duration>) {
        let mut seen = self.lock();
        seen.connected = is_ready;
        if latency.is_some() && latency != seen.latency {
            seen.latency = latency;
            seen.last_ack = Some(Instant::now());
        }
    }

    /// How long nothing has been heard, in a session that began then.
    pub(super) fn silence(&self, begun: Instant) -> Duration {
        let seen = self.lock();
        seen.last_event.max(seen.last_ack).map_or(begun, |heard| heard.max(begun)).elapsed()
    }

    fn event(&self, event: &Event) {
        let mut seen = self.lock();
        let now = Instant::now();
        seen.last_event = Some(now);
        match event {
            Event::Ready(_) => {
                seen.ready += 1;
                seen.connected = true;
            }
            Event::Resumed(_) => {
                seen.resumed += 1;
                seen.connected = true;
            }
            Event::Unknown(event) => unknown(&mut seen, event, now),
            _ => {}
        }
    }

    fn lock(&self) -> MutexGuard<'_, Seen> {
        // Whoever panicked while holding it left whole fields behind.
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// serenity says nothing about what it cannot read. Its content stays unsaid here too: it may hold a token.
fn unknown(seen: &mut Seen, event: &UnknownEvent, now: Instant) {
    seen.unknown += 1;
    if seen.warned.is_none_or(|warned| now.duration_since(warned) >= UNKNOWN_WARNING) {
        seen.warned = Some(now);
        tracing::warn!(event = name(&event.kind), so_far = seen.unknown, "events that cannot be read");
    }
}

/// An event's name as Discord's look: capitals and underscores. Nothing else gets into the log.
fn name(kind: &str) -> String {
    kind.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').take(LONGEST_NAME).collect()
}

/// Tells [`Signs`] of every event, readable or not.
pub(super) struct Watcher(pub(super) Arc<Signs>);

#[async_trait]
impl RawEventHandler for Watcher {
    async fn raw_event(&self, _context: Context, event: Event) {
        self.0.event(&event);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn event(kind: &str) -> Event {
        let event = serde_json::from_value(json!({ "t": kind, "d": { "token": "s3cret" } })).unwrap();
        Event::Unknown(event)
    }

    #[tokio::test(start_paused = true)]
    async fn unknown_events_are_counted_and_seldom_warned_about() {
        let signs = Signs::default();
        let start = Instant::now();
        for (seconds, warned) in [(0, 0), (59, 0), (1, 60), (30, 60), (40, 130)] {
            tokio::time::sleep(Duration::from_secs(seconds)).await;
            signs.event(&event("NEW_THING"));
            assert_eq!(signs.seen().warned, Some(start + Duration::from_secs(warned)));
        }
        assert_eq!(signs.seen().unknown, 5);
        assert_eq!(signs.seen().last_event, Some(Instant::now()));
    }

    #[test]
    fn names_are_made_harmless() {
        assert_eq!(name("MESSAGE_CREATE"), "MESSAGE_CREATE");
        assert_eq!(name("A\u{1b}[31m B\n://C"), "A31mBC");
        assert_eq!(name(&"X".repeat(1_000)).len(), LONGEST_NAME);
    }

    #[tokio::test(start_paused = true)]
    async fn silence_is_counted_from_what_was_heard_last() {
        let signs = Signs::default();
        let begun = Instant::now();
        let second = Duration::from_secs(1);
        tokio::time::sleep(5 * second).await;
        assert_eq!(signs.silence(begun), 5 * second);
        signs.look(true, Some(Duration::from_millis(20)));
        assert_eq!(signs.silence(begun), Duration::ZERO);
        tokio::time::sleep(5 * second).await;
        // The same acknowledgement, seen again.
        signs.look(true, Some(Duration::from_millis(20)));
        assert_eq!(signs.silence(begun), 5 * second);
        // One under way.
        signs.look(true, None);
        assert_eq!(signs.silence(begun), 5 * second);
        signs.event(&event("X"));
        tokio::time::sleep(second).await;
        assert_eq!(signs.silence(begun), second);
        // What was heard in an earlier session says nothing about this one.
        assert_eq!(signs.silence(Instant::now()), Duration::ZERO);
        assert!(signs.seen().connected);
        signs.disconnected();
        assert!(!signs.seen().connected);
    }
}
