//! What comes from Discord: each event is taken here, given to whoever answers it, and counted.

mod interaction;
mod mention;
mod press;
mod reply;

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use serenity::async_trait;
use serenity::client::{Context, EventHandler};
use serenity::model::application::Interaction;
use serenity::model::channel;
use serenity::model::gateway::Ready;
use serenity::model::guild::Guild;
use serenity::model::id::{ApplicationId, UserId};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::access::{self, Pace};
use super::desk::Desk;
use super::message::Message;
use super::register::register;
use super::render;
use super::transport::Transport;
use tokio::time::Instant;

/// Questions answered at the same time; more wait for their turn.
const AT_ONCE: usize = 4;
/// Questions that wait; more are told to come back.
const MOST_WAITING: usize = 1_000;

/// People told at the same time that they ask too often.
const REFUSALS_AT_ONCE: usize = 16;

/// How long it is tried to leave a server.
const PATIENCE: Duration = Duration::from_secs(60);

const BUSY: &str = "Der er for mange spørgsmål lige nu. Prøv igen om lidt.";
const BROKEN: &str = "Der skete en fejl, og spørgsmålet blev ikke besvaret. Prøv igen; sker det igen, så sig det til den, der driver Referent.";

/// Takes events. Shared by all tasks that serenity starts for them.
pub(crate) struct Receiver {
    desk: Arc<Desk>,
    transport: Transport,
    pace: Pace,
    /// The bot's own user, once Discord has said who that is.
    me: OnceLock<UserId>,
    /// Its application, likewise.
    application: OnceLock<ApplicationId>,
    /// Held while commands are registered: two at once would not know of each other.
    registering: tokio::sync::Mutex<()>,
    /// Turns at the desk.
    turns: Arc<Semaphore>,
    /// How many wait for one.
    waiting: AtomicUsize,
    /// Places for those who are told to ask later.
    refusals: Semaphore,
    /// Questions under way: the process ends when they are answered.
    tasks: TaskTracker,
    /// Cancelled when nothing new is taken any more.
    stop: CancellationToken,
}

impl Receiver {
    pub(crate) fn new(
        desk: Arc<Desk>,
        transport: Transport,
        tasks: TaskTracker,
        stop: CancellationToken,
    ) -> Self {
        let pace = Pace::new(desk.session.config.discord.questions_per_minute);
        Self {
            desk,
            transport,
            pace,
            me: OnceLock::new(),
            application: OnceLock::new(),
            registering: tokio::sync::Mutex::new(()),
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            waiting: AtomicUsize::new(0),
            refusals: Semaphore::new(REFUSALS_AT_ONCE),
            tasks,
            stop,
        }
    }

    /// Does work that reads the archive, on a thread where it may block. Fails never: who cannot have an answer gets an apology.
    async fn at_desk<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Desk) -> T + Send + 'static,
        instead: impl FnOnce(&str) -> T,
    ) -> T {
        let waiting = Waiting::begin(&self.waiting);
        if waiting.before >= MOST_WAITING {
            return instead(BUSY);
        }
        let turn = Arc::clone(&self.turns).acquire_owned().await;
        drop(waiting);
        let desk = Arc::clone(&self.desk);
        let done = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work(&desk)
        });
        done.await.unwrap_or_else(|_| {
            // The panic itself is already in the log, from where it happened.
            instead(BROKEN)
        })
    }

    /// Registers the commands where they are not known.
    async fn register(&self) {
        let Some(application) = self.application.get() else { return };
        let _turn = self.registering.lock().await;
        let config = &self.desk.session.config;
        register(&self.transport, *application, &config.discord.guilds, &config.data).await;
    }

    /// [`Receiver::at_desk`] for work that gives a message.
    async fn message_of(&self, work: impl FnOnce(&Desk) -> Message + Send + 'static) -> Message {
        self.at_desk(work, render::apology).await
    }
}

/// A question that waits for its turn, however its waiting ends.
struct Waiting<'a> {
    count: &'a AtomicUsize,
    /// How many waited already.
    before: usize,
}

impl<'a> Waiting<'a> {
    fn begin(count: &'a AtomicUsize) -> Self {
        Self { count, before: count.fetch_add(1, Relaxed) }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.count.fetch_sub(1, Relaxed);
    }
}

#[async_trait]
impl EventHandler for Receiver {
    async fn ready(&self, _: Context, ready: Ready) {
        // The same at every connection: there is one token.
        let _ = self.me.set(ready.user.id);
        let _ = self.application.set(ready.application.id);
        self.transport.set_application(ready.application.id);
        tracing::info!(user = %ready.user.name, guilds = ready.guilds.len(), "connected");
        self.register().await;
    }

    async fn guild_create(&self, _: Context, guild: Guild, _: Option<bool>) {
        let config = &self.desk.session.config.discord;
        if config.guilds.contains(&guild.id.get()) {
            // The bot may have been invited after it was connected.
            self.register().await;
        }
        if !access::is_to_leave(config, guild.id) {
            return;
        }
        match self.transport.leave(guild.id, Instant::now() + PATIENCE).await {
            Ok(()) => tracing::info!(guild = guild.id.get(), "left a server that is not allowed"),
            Err(error) => tracing::warn!(guild = guild.id.get(), %error, "cannot leave a server"),
        }
    }

    async fn interaction_create(&self, _: Context, interaction: Interaction) {
        self.tasks.track_future(self.interaction(interaction)).await;
    }

    async fn message(&self, _: Context, message: channel::Message) {
        if self.stop.is_cancelled() {
            return;
        }
        self.tasks.track_future(self.written(message)).await;
    }
}
