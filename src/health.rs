//! How the running bot is: counted while it runs, told by `/status`, and shown to whoever watches the process by the age of a file.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::{Duration, SystemTime};

use commands::{Field, danish};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::discord::{Seen, Signs, TransportCounts};

/// The file in the data folder that is touched as long as the bot is well.
const ALIVE: &str = "alive";
/// How often it is touched.
pub(crate) const TOUCHED_EVERY: Duration = Duration::from_secs(10);
/// Older than this, it tells that the bot is not well.
pub(crate) const OLDEST: Duration = Duration::from_secs(60);

/// What is counted. Every field is a total since the start.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    /// Questions answered.
    pub(crate) answered: AtomicU64,
    /// Questions that got an apology instead.
    pub(crate) apologised: AtomicU64,
    /// Questions whose asker could not be reached in any way.
    pub(crate) lost: AtomicU64,
    /// Questions refused because one person asked too often.
    pub(crate) hurried: AtomicU64,
    /// Proposals given while somebody typed.
    pub(crate) proposed: AtomicU64,
}

/// The running bot's state.
#[derive(Debug)]
pub(crate) struct Health {
    /// When the process began.
    started: Timestamp,
    pub(crate) counts: Counts,
    /// The connection's signs of life.
    pub(crate) signs: Arc<Signs>,
}

impl Health {
    pub(crate) fn new(started: Timestamp) -> Self {
        Self { started, counts: Counts::default(), signs: Arc::default() }
    }

    /// What is told of the process by `/status`.
    pub(crate) fn facts(&self, sent: TransportCounts, time_zone: &TimeZone) -> Vec<Field> {
        let read = |counter: &AtomicU64| counter.load(Relaxed);
        let seen = self.signs.seen();
        let Counts { answered, apologised, lost, hurried, proposed } = &self.counts;
        let started = self.started.to_zoned(time_zone.clone());
        let mut facts = vec![
            Field::new(
                "Startet",
                format!("{} kl. {}", danish::date(started.date()), started.strftime("%H.%M")),
            ),
            Field::new("Forbindelse", connection(&seen)),
            Field::new(
                "Spørgsmål",
                format!(
                    "{} besvaret, {} undskyldt, {} tabt, {} bedt om at vente",
                    read(answered),
                    read(apologised),
                    read(lost),
                    read(hurried)
                ),
            ),
            Field::new("Forslag", read(proposed).to_string()),
            Field::new(
                "Til Discord",
                format!(
                    "{} sendt, {} forsøgt igen, {} bremset, {} opgivet",
                    sent.sent, sent.retried, sent.limited, sent.failed
                ),
            ),
        ];
        let unknown = seen.unknown;
        if unknown > 0 {
            facts.push(Field::new(
                "Ukendte hændelser",
                format!("{unknown}; en nyere udgave kender dem måske"),
            ));
        }
        facts
    }
}

fn connection(seen: &Seen) -> String {
    let state = if seen.connected { "forbundet" } else { "ikke forbundet lige nu" };
    let last = seen.last_event.map_or_else(String::new, |at| {
        format!(
            ", seneste hændelse for {}",
            danish::count(seconds(at.elapsed()), "sekund siden", "sekunder siden")
        )
    });
    // The first session is no repair.
    let again = seen.ready.saturating_sub(1) + seen.resumed;
    format!("{state}{last}, genoprettet {again} {}", if again == 1 { "gang" } else { "gange" })
}

fn seconds(time: Duration) -> usize {
    usize::try_from(time.as_secs()).unwrap_or(usize::MAX)
}

pub(crate) fn count(counter: &AtomicU64) {
    counter.fetch_add(1, Relaxed);
}

/// The file that tells that the bot is well.
pub(crate) fn alive_file(data: &Path) -> PathBuf {
    data.join(ALIVE)
}

/// Tells that the bot is well right now.
pub(crate) fn touch(file: &Path) {
    if let Err(error) = std::fs::write(file, b"") {
        tracing::warn!(%error, file = %file.display(), "cannot tell that the bot is well");
    }
}

/// How long ago the bot was well; None when it never was, or has ended in good order.
pub(crate) fn age(file: &Path) -> Option<Duration> {
    let touched = std::fs::metadata(file).ok()?.modified().ok()?;
    Some(SystemTime::now().duration_since(touched).unwrap_or_default())
}
