//! What exists now: changed by the bot's requests and by the people whom the tests play.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde_json::Value;
use tokio::sync::watch;

use crate::gateway::Gateway;
use crate::judges::Violation;
use crate::log::{Log, What};
use crate::messages::Messages;
use crate::rest::limits::Limits;
use crate::setup::{Channel, Guild, Kind, Membership, Setup, User};

/// Discord's ids count milliseconds from here (1 January 2015).
const EPOCH_MS: u64 = 1_420_070_400_000;

/// Everything that changes, behind one lock.
pub(crate) struct State {
    pub(crate) users: HashMap<u64, User>,
    pub(crate) guilds: BTreeMap<u64, Guild>,
    pub(crate) dms: Vec<Channel>,
    pub(crate) messages: Messages,
    /// The bot's posts that no test has looked at yet, by channel.
    pub(crate) unread: HashMap<u64, VecDeque<u64>>,
    /// Posts by channel and nonce.
    pub(crate) nonces: HashMap<(u64, String), (Instant, u64)>,
    /// `None` until the bot has registered any.
    pub(crate) commands: Option<Vec<Value>>,
    pub(crate) guild_commands: HashMap<u64, Vec<Value>>,
    pub(crate) interactions: HashMap<u64, Interaction>,
    /// Ids of interactions by their tokens.
    pub(crate) tokens: HashMap<String, u64>,
    pub(crate) gateway: Gateway,
    pub(crate) limits: Limits,
    pub(crate) violations: Vec<Violation>,
    pub(crate) log: Log,
    last_id: u64,
}

/// An interaction and how it was answered.
pub(crate) struct Interaction {
    pub(crate) token: String,
    /// Who began it.
    pub(crate) user: u64,
    pub(crate) channel: u64,
    /// 2 a command, 3 a button, 4 autocomplete.
    pub(crate) kind: u8,
    /// The message whose button was pressed.
    pub(crate) source: Option<u64>,
    pub(crate) sent: Instant,
    pub(crate) token_expired: bool,
    /// Answers that were taken, in order: Discord's type, and the time from `sent` to the request's end.
    pub(crate) callbacks: Vec<(u8, Duration)>,
    /// The message `@original`; for an update of the source, the source.
    pub(crate) original: Option<u64>,
    /// The announced answer's privacy: whether the announcement had the flag ephemeral.
    pub(crate) private: bool,
    /// Whether an announced answer has come.
    pub(crate) settled: bool,
    pub(crate) edited_source: bool,
    pub(crate) deleted: bool,
    /// The answer's messages in the order in which they came, `@original` included.
    pub(crate) messages: Vec<u64>,
    /// Proposals, of an autocomplete.
    pub(crate) choices: Option<Value>,
    /// Counts the changes, so that waiting for one loses none.
    pub(crate) changed: watch::Sender<u32>,
}

impl State {
    pub(crate) fn new(setup: &Setup) -> Self {
        let mut users: HashMap<u64, User> = setup.users.iter().map(|it| (it.id, it.clone())).collect();
        users.insert(setup.application, bot(setup));
        Self {
            users,
            guilds: setup.guilds.iter().map(|it| (it.id, it.clone())).collect(),
            dms: Vec::new(),
            messages: Messages::default(),
            unread: HashMap::new(),
            nonces: HashMap::new(),
            commands: None,
            guild_commands: HashMap::new(),
            interactions: HashMap::new(),
            tokens: HashMap::new(),
            gateway: Gateway::default(),
            limits: Limits::default(),
            violations: Vec::new(),
            log: Log::new(setup.judge),
            last_id: 0,
        }
    }

    /// An id that was not given before; later ones are greater, and tell the time as Discord's do.
    pub(crate) fn next_id(&mut self) -> u64 {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let milliseconds = u64::try_from(now.as_millis()).unwrap_or(u64::MAX).saturating_sub(EPOCH_MS);
        self.last_id = (milliseconds << 22).max(self.last_id + 1);
        self.last_id
    }

    /// A channel, and its guild if it has one.
    pub(crate) fn channel(&self, id: u64) -> Option<(Option<&Guild>, &Channel)> {
        for guild in self.guilds.values() {
            if let Some(channel) = guild.channels.iter().find(|it| it.id == id) {
                return Some((Some(guild), channel));
            }
        }
        self.dms.iter().find(|it| it.id == id).map(|it| (None, it))
    }

    /// The channel for direct messages with someone; opened if need be.
    pub(crate) fn dm(&mut self, user: u64) -> u64 {
        if let Some(open) = self.dms.iter().find(|it| it.kind == Kind::Dm { user }) {
            return open.id;
        }
        let id = self.next_id();
        self.dms.push(Channel::dm(id, user));
        id
    }

    /// Sends an event to the bot if it asked for such.
    pub(crate) fn dispatch(&mut self, event: &str, data: &Value, needed: u64) {
        self.log.add(What::Event(event.to_owned()));
        self.gateway.dispatch(event, data, needed);
    }

    /// The interaction with this token.
    pub(crate) fn by_token(&mut self, token: &str) -> Option<&mut Interaction> {
        let id = self.tokens.get(token)?;
        self.interactions.get_mut(id)
    }
}

impl Interaction {
    pub(crate) fn changed(&self) {
        self.changed.send_modify(|count| *count = count.wrapping_add(1));
    }
}

/// The bot as a user.
fn bot(setup: &Setup) -> User {
    let member_of = setup
        .guilds
        .iter()
        .map(|it| Membership { guild: it.id, nick: None, roles: vec![setup.application] })
        .collect();
    User {
        id: setup.application,
        name: setup.name.clone(),
        bot: true,
        locale: "da".to_owned(),
        takes_dms: false,
        member_of,
    }
}
