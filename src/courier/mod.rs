//! From the outbox into the channels: each message once, in order, and never at the cost of another channel.
//!
//! What is sent is first taken for sending, on disk, and settled afterwards, on disk. A process that dies in between leaves a message
//! that may have arrived: it is looked for in its channel before it is sent again. Nothing is ever taken for sent because it was
//! tried. The promise in plain words is in docs/levering.md.

mod deliver;
mod pace;

use std::sync::{Arc, Mutex, PoisonError};

use index::{Attempt, Ledger, OutboxRow, Turn};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use crate::clock;
use crate::discord::Desk;

/// Places of the outbox that are Discord's begin with this word and a colon; the rest is the channel's number.
pub(crate) const SORT: &str = "discord";

/// What ended up in the ledger only by half is asked of it again after this.
const LEDGER_PAUSE: std::time::Duration = std::time::Duration::from_secs(2);

/// Sends what is in the outbox.
pub(crate) struct Courier {
    desk: Arc<Desk>,
    ledger: Arc<Mutex<Ledger>>,
    /// Nobody else sends as long as it is held.
    _turn: Turn,
}

/// What a delivery came to.
type Told = (OutboxRow, Attempt);

impl Courier {
    /// Ready to send; what the last process left half done is taken up first.
    ///
    /// # Errors
    /// [`index::Error::InUse`] when another process sends from this data folder.
    pub(crate) fn new(desk: Arc<Desk>) -> Result<Self, index::Error> {
        let archive = &desk.session.archive;
        let turn = archive.turn(SORT)?;
        let mut ledger = archive.ledger()?;
        let left = ledger.recover(SORT)?;
        if left > 0 {
            tracing::info!(left, "messages were under way when the last process ended; they are looked for");
        }
        Ok(Self { desk, ledger: Arc::new(Mutex::new(ledger)), _turn: turn })
    }

    /// Sends until `stop`; then what is under way is waited for, for as long as [`pace::DRAIN`].
    pub(crate) async fn run(self, stop: CancellationToken) {
        let (tell, mut told) = unbounded_channel();
        let mut under_way = 0;
        while !stop.is_cancelled() {
            let mut taken = 0;
            for row in self.take(pace::AT_ONCE - under_way).await {
                taken += 1;
                self.send(row, &tell);
            }
            under_way += taken;
            // Whoever has just been told something may be told the next thing at once.
            let settled = tokio::select! {
                settled = self.settle_next(&mut told), if under_way > 0 => settled,
                () = sleep(pace::LOOK), if taken == 0 => 0,
                () = stop.cancelled() => 0,
            };
            under_way -= settled;
        }
        let end = Instant::now() + pace::DRAIN;
        while under_way > 0 {
            match tokio::time::timeout_at(end, self.settle_next(&mut told)).await {
                Ok(settled) => under_way -= settled,
                Err(_) => {
                    tracing::warn!(left = under_way, "messages under way were not waited for any longer");
                    return;
                }
            }
        }
    }

    /// Messages whose time has come, taken for sending.
    async fn take(&self, most: usize) -> Vec<OutboxRow> {
        if most == 0 {
            return Vec::new();
        }
        let desk = Arc::clone(&self.desk);
        let rows = self.on_ledger(move |ledger| {
            let now = clock::now();
            // Looking costs nothing; taking writes.
            match desk.session.archive.is_anything_ready(SORT, now)? {
                true => ledger.claim(SORT, now, most),
                false => Ok(Vec::new()),
            }
        });
        let rows = rows.await.unwrap_or_else(|error| {
            tracing::error!(%error, "the outbox cannot be read");
            Vec::new()
        });
        if !rows.is_empty() {
            index::failpoint("claimed");
        }
        rows
    }

    fn send(&self, row: OutboxRow, tell: &UnboundedSender<Told>) {
        let (desk, tell) = (Arc::clone(&self.desk), tell.clone());
        tokio::spawn(async move {
            let attempt = deliver::deliver(&desk, &row).await;
            index::failpoint("answered");
            // Nobody listens only when the process ends; then the message is looked for by the next.
            let _ = tell.send((row, attempt));
        });
    }

    /// Notes what came back, all that there is in one go; how many.
    async fn settle_next(&self, told: &mut UnboundedReceiver<Told>) -> usize {
        let mut results = Vec::new();
        let count = told.recv_many(&mut results, pace::AT_ONCE).await;
        let admin = self.desk.session.config.discord.admin_channel.map(|id| format!("{SORT}:{id}"));
        let results = Arc::new(results);
        // It has happened, and must be noted: a full disk may be mended while we wait.
        loop {
            let (results, admin) = (Arc::clone(&results), admin.clone());
            let noted = self.on_ledger(move |ledger| note(ledger, &results, admin.as_deref())).await;
            match noted {
                Ok(()) => break,
                Err(error) => tracing::error!(%error, "what was sent cannot be noted; trying again"),
            }
            sleep(LEDGER_PAUSE).await;
        }
        index::failpoint("settled");
        count
    }

    async fn on_ledger<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Ledger) -> Result<T, index::Error> + Send + 'static,
    ) -> Result<T, index::Error> {
        let ledger = Arc::clone(&self.ledger);
        let done = tokio::task::spawn_blocking(move || {
            work(&mut ledger.lock().unwrap_or_else(PoisonError::into_inner))
        });
        match done.await {
            Ok(result) => result,
            Err(panic) => std::panic::resume_unwind(panic.into_panic()),
        }
    }
}

/// Notes what became of messages, pauses places that are closed to the bot, and tells those who run it.
fn note(ledger: &mut Ledger, results: &[Told], admin: Option<&str>) -> Result<(), index::Error> {
    let now = clock::now();
    // Trouble is put down first, each once: whoever dies in between finds the message as it was, and tells nobody twice.
    for (row, attempt) in results {
        let (place, id) = (&row.place, row.id);
        let channel = place.trim_start_matches(SORT).trim_start_matches(':');
        let text = match attempt {
            Attempt::Arrived(_) => {
                tracing::info!(place, id, "told");
                continue;
            }
            Attempt::Missed { problem, .. } | Attempt::Unsure { problem, .. } => {
                tracing::warn!(place, id, attempts = row.attempts + 1, problem, "not told yet");
                continue;
            }
            Attempt::Closed { problem, .. } => format!(
                "Kanalen {channel} kan ikke få besked: {problem}. Det, den følger, er sat på pause. Beskeder gemmes i tre døgn \
                 og sendes, når botten igen må skrive der."
            ),
            Attempt::Refused { problem } => {
                format!("En besked til kanalen {channel} kom ikke frem: {problem}")
            }
            Attempt::GivenUp { problem } => {
                format!("En besked til kanalen {channel} er opgivet efter mange forsøg: {problem}")
            }
        };
        tracing::error!(place, id, text, "a message was not told");
        // Trouble with the place for trouble is told in the log alone.
        if let Some(admin) = admin.filter(|admin| admin != place) {
            ledger.notify(admin, &format!("message:{id}"), &text, now)?;
        }
    }
    ledger.settle(results, now)
}
