//! One connection of serenity's to the gateway: its beginning, its signs of life and its certain end.
//!
//! What serenity calls a client has a queue that starts connections anew by itself, and that cannot be told to end in all its
//! states. So its parts are put together here without that queue: a connection that wants to begin anew ends instead, and the next
//! one is begun from outside.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serenity::client::{EventHandler, RawEventHandler};
use serenity::futures::channel::mpsc::UnboundedReceiver;
use serenity::gateway::{
    ConnectionStage, GatewayError, Shard, ShardManager, ShardManagerOptions, ShardMessenger, ShardRunner,
    ShardRunnerInfo, ShardRunnerMessage, ShardRunnerOptions,
};
use serenity::http::Http;
use serenity::model::gateway::{GatewayIntents, ShardInfo};
use serenity::model::id::ShardId;
use serenity::prelude::{Mutex, RwLock, TypeMap};
use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout};
use tokio_tungstenite::tungstenite::Message;
use tokio_util::sync::CancellationToken;

use super::super::transport::Transport;
use super::pace::Pace;
use super::signs::{Signs, Watcher};

/// The only connection of its kind.
const SHARD: ShardInfo = ShardInfo { id: ShardId(0), total: 1 };
/// Closing a websocket with this code ends the session at Discord too: the bot is shown as offline at once.
const NORMAL: u16 = 1000;

/// Where serenity tells of fatal errors, besides giving them back.
type Fatal = UnboundedReceiver<Result<(), GatewayError>>;

/// What all sessions of the bot have in common.
pub(super) struct Bot {
    pub(super) transport: Transport,
    pub(super) signs: Arc<Signs>,
    http: Arc<Http>,
    handler: Arc<dyn EventHandler>,
    intents: GatewayIntents,
    data: Arc<RwLock<TypeMap>>,
}

/// Why a session could not be begun. The texts are for logs.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    #[error("no websocket in time")]
    TooSlow,
    #[error("{0}")]
    Refused(String),
    #[error("no thread or runtime: {0}")]
    System(#[from] std::io::Error),
}

/// A connection that lives, or has just ended.
pub(super) struct Session {
    pub(super) begun: Instant,
    messenger: ShardMessenger,
    manager: Arc<ShardManager>,
    is_ready: Arc<AtomicBool>,
    cut: CancellationToken,
    end: oneshot::Receiver<serenity::Result<()>>,
    /// Whether `end` has come.
    is_over: bool,
    /// serenity complains when nobody listens.
    _fatal: Fatal,
}

impl Bot {
    pub(super) fn new(
        transport: Transport,
        handler: Arc<dyn EventHandler>,
        intents: GatewayIntents,
        signs: Arc<Signs>,
    ) -> Self {
        let http = Arc::new(transport.http());
        Self { transport, signs, http, handler, intents, data: Arc::new(RwLock::new(TypeMap::new())) }
    }
}

impl Session {
    /// Connects. Everything else, IDENTIFY first, happens from then on by itself.
    ///
    /// # Errors
    /// When there is no websocket, or when the system is out of threads.
    pub(super) async fn begin(pace: &Pace, bot: &Bot, url: &str) -> Result<Self, Failure> {
        let address = Arc::new(Mutex::new(url.to_owned()));
        let connecting = Shard::new(Arc::clone(&address), bot.http.token(), SHARD, bot.intents, None);
        let mut shard = match timeout(pace.connect, connecting).await {
            Ok(Ok(shard)) => shard,
            Ok(Err(error)) => return Err(Failure::Refused(error.to_string())),
            Err(_) => return Err(Failure::TooSlow),
        };
        bot.signs.identified();
        // Called when READY has come, and before any handler is.
        let is_ready = Arc::new(AtomicBool::new(false));
        let (transport, http, ready) = (bot.transport.clone(), Arc::clone(&bot.http), Arc::clone(&is_ready));
        shard.set_application_id_callback(move |application| {
            transport.set_application(application);
            http.set_application_id(application);
            ready.store(true, Ordering::Release);
        });
        let (manager, fatal) = manager(bot, address)?;
        let raw_event_handlers: Vec<Arc<dyn RawEventHandler>> =
            vec![Arc::new(Watcher(Arc::clone(&bot.signs)))];
        let mut runner = ShardRunner::new(ShardRunnerOptions {
            data: Arc::clone(&bot.data),
            event_handlers: vec![Arc::clone(&bot.handler)],
            raw_event_handlers,
            manager: Arc::clone(&manager),
            shard,
            http: Arc::clone(&bot.http),
        });
        let messenger = ShardMessenger::new(&runner);
        let info = ShardRunnerInfo {
            latency: None,
            runner_tx: messenger.clone(),
            stage: ConnectionStage::Handshake,
        };
        manager.runners.lock().await.insert(SHARD.id, info);

        let (tell, end) = oneshot::channel();
        let cut = CancellationToken::new();
        let (is_cut, runtime) = (cut.clone(), Handle::current());
        // A thread of its own: when serenity turns in a circle it never yields, and would take a worker of the runtime with it,
        // which on a machine with one core is all there are.
        std::thread::Builder::new().name("gateway".to_owned()).spawn(move || {
            let result = runtime.block_on(async {
                tokio::select! {
                    result = runner.run() => result,
                    () = is_cut.cancelled() => Ok(()),
                }
            });
            // The socket goes first: whoever is told of the end may connect again at once.
            drop(runner);
            // Nobody listens only when nobody cares any more.
            let _ = tell.send(result);
        })?;
        Ok(Self {
            begun: Instant::now(),
            messenger,
            manager,
            is_ready,
            cut,
            end,
            is_over: false,
            _fatal: fatal,
        })
    }

    /// Waits for the end, and gives serenity's result; None when it panicked. To be called no more after that.
    pub(super) async fn ended(&mut self) -> Option<serenity::Result<()>> {
        let result = (&mut self.end).await.ok();
        self.is_over = true;
        result
    }

    /// Makes it notice a dead socket: sending fails there, and ends it.
    pub(super) fn ping(&self) {
        self.messenger.websocket_message(Message::Ping(Vec::new()));
    }

    /// Whether it is ready now, and the latency of the last heartbeat that was acknowledged, None if there is none or one is under
    /// way.
    pub(super) async fn look(&self) -> (bool, Option<Duration>) {
        let runners = self.manager.runners.lock().await;
        runners
            .get(&SHARD.id)
            .map_or((false, None), |info| (info.stage == ConnectionStage::Connected, info.latency))
    }

    /// Whether it ever was ready.
    pub(super) fn was_ready(&self) -> bool {
        self.is_ready.load(Ordering::Acquire)
    }

    /// Whether serenity ended it in order to begin anew. If not, it was a ping that ended it.
    pub(super) async fn wanted_another(&self) -> bool {
        // Asking for another one takes this one out of the list.
        !self.manager.runners.lock().await.contains_key(&SHARD.id)
    }

    /// Ends it, within `limit` in good order, and within `limit` more by force. False when it lives on all the same.
    pub(super) async fn close(&mut self, limit: Duration) -> bool {
        // On a dead socket serenity would wait for ever, and busily, for an answer to its goodbye; the ping before it finds out.
        self.ping();
        self.messenger.send_to_shard(ShardRunnerMessage::Shutdown(SHARD.id, NORMAL));
        if timeout(limit, self.ended()).await.is_ok() {
            return true;
        }
        self.cut.cancel();
        timeout(limit, self.ended()).await.is_ok()
    }
}

impl Drop for Session {
    /// A session that nobody watches must not answer anybody.
    fn drop(&mut self) {
        if !self.is_over {
            self.cut.cancel();
            self.ping();
        }
    }
}

/// serenity's list of connections, which each of them needs, without the queue that would start others.
fn manager(bot: &Bot, ws_url: Arc<Mutex<String>>) -> std::io::Result<(Arc<ShardManager>, Fatal)> {
    let options = ShardManagerOptions {
        data: Arc::clone(&bot.data),
        event_handlers: Vec::new(),
        raw_event_handlers: Vec::new(),
        shard_index: 0,
        shard_init: 0,
        shard_total: SHARD.total,
        ws_url,
        http: Arc::clone(&bot.http),
        intents: bot.intents,
        presence: None,
    };
    // It starts its queue on the runtime it is made in. This one never runs, and is gone at once.
    let nowhere = Builder::new_current_thread().build()?;
    let made = {
        let _inside = nowhere.enter();
        ShardManager::new(options)
    };
    nowhere.shutdown_background();
    // A connection that wants another one waits until its own end has been told, for up to five seconds. Told beforehand, it
    // ends at once.
    made.0.shutdown_finished(SHARD.id);
    Ok(made)
}

#[cfg(test)]
mod tests {
    use super::super::pace::PACE;
    use super::super::{GatewayEnd, watch};
    use super::*;
    use crate::discord::api::Api;
    use crate::discord::token::Token;
    use fake_discord::{Fake, Setup};

    struct Nobody;

    impl EventHandler for Nobody {}

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_session_that_cannot_be_ended_ends_everything() {
        let fake = Fake::start(Setup::default()).await;
        let token = Token::parse(&fake.token()).unwrap();
        let transport = Transport::new(token, Api::parse(&fake.api()).unwrap()).unwrap();
        let bot = Bot::new(transport, Arc::new(Nobody), GatewayIntents::GUILDS, Arc::new(Signs::default()));
        let short = Duration::from_millis(50);
        let pace = Pace { pulse: short, deaf: Duration::ZERO, close: short, ..PACE };
        let mut session = Session::begin(&pace, &bot, &fake.api().replace("http", "ws")).await.unwrap();
        // Its end is never told.
        let (_silent, end) = oneshot::channel();
        session.end = end;
        assert!(!session.close(short).await);
        let end = watch(&pace, &mut session, &bot, &CancellationToken::new()).await;
        assert!(matches!(end, Err(GatewayEnd::Stuck)));
        assert!(GatewayEnd::Stuck.to_string().contains("start programmet igen"));
    }
}
