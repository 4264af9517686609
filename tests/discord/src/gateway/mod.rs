//! The gateway: sessions, the events they were sent, and the connections over which they are sent.
//! Source: <https://discord.com/developers/docs/events/gateway>.

mod connection;
mod fault;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Instant;

use serde_json::{Value, json};
use tokio::sync::mpsc::UnboundedSender;

pub(crate) use connection::upgrade;
pub use fault::GatewayFault;

/// Events kept for a session to take up.
const REPLAY: usize = 1_000;
/// Sessions kept; the oldest is forgotten first.
const SESSIONS: usize = 8;

/// The intents that an event needs, one of them; 0 is none.
pub(crate) mod intents {
    pub(crate) const NONE: u64 = 0;
    pub(crate) const GUILDS: u64 = 1;
    pub(crate) const GUILD_MESSAGES: u64 = 1 << 9;
    pub(crate) const DIRECT_MESSAGES: u64 = 1 << 12;
    pub(crate) const MESSAGE_CONTENT: u64 = 1 << 15;
    /// Members, presences, message content: only with Discord's leave.
    pub(crate) const PRIVILEGED: u64 = 1 << 1 | 1 << 8 | MESSAGE_CONTENT;
}

/// How often things happened at the gateway.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Websockets opened.
    pub connections: usize,
    /// IDENTIFYs answered with READY.
    pub identifies: usize,
    /// RESUMEs answered with RESUMED.
    pub resumes: usize,
    /// Heartbeats received.
    pub heartbeats: usize,
    /// Websockets that are open now.
    pub open: usize,
}

/// What a connection is told to do.
pub(crate) enum Order {
    Send(Arc<str>),
    Close(Option<u16>),
    Drop,
    Mute,
}

/// One bot's session. Lives on when its connection ends.
struct Session {
    id: String,
    intents: u64,
    sequence: u64,
    sent: VecDeque<(u64, Arc<str>)>,
    /// The connection over which it runs now, if any.
    connection: Option<u64>,
}

/// All sessions and connections.
#[derive(Default)]
pub(crate) struct Gateway {
    sessions: Vec<Session>,
    connections: BTreeMap<u64, UnboundedSender<Order>>,
    last_connection: u64,
    pub(crate) counts: Counts,
    /// Until then nobody gets in.
    pub(crate) refuse_until: Option<Instant>,
}

impl Gateway {
    /// Sends an event to every session that has one of the intents it needs, or keeps it for those that are away.
    pub(crate) fn dispatch(&mut self, event: &str, data: &Value, needed: u64) {
        if self.sessions.is_empty() {
            return;
        }
        let data = data.to_string();
        for session in &mut self.sessions {
            if needed == intents::NONE || session.intents & needed != 0 {
                session.push(event, &data, &self.connections);
            }
        }
    }

    /// Whether some session gets the texts of all messages.
    pub(crate) fn sees_content(&self) -> bool {
        self.sessions.iter().any(|it| it.intents & intents::MESSAGE_CONTENT != 0)
    }

    /// Whether a session is connected.
    pub(crate) fn is_connected(&self) -> bool {
        self.sessions.iter().any(|it| it.connection.is_some())
    }

    fn open(&mut self, orders: UnboundedSender<Order>) -> u64 {
        self.last_connection += 1;
        self.counts.connections += 1;
        self.connections.insert(self.last_connection, orders);
        self.counts.open = self.connections.len();
        self.last_connection
    }

    fn closed(&mut self, connection: u64) {
        self.connections.remove(&connection);
        self.counts.open = self.connections.len();
        for session in self.sessions.iter_mut().filter(|it| it.connection == Some(connection)) {
            session.connection = None;
        }
    }

    fn order(&self, connection: u64, order: Order) {
        if let Some(orders) = self.connections.get(&connection) {
            // The receiver is gone only when the connection is ending anyway.
            let _ = orders.send(order);
        }
    }

    fn begin(&mut self, connection: u64, id: String, intents: u64) {
        if self.sessions.len() == SESSIONS {
            self.sessions.remove(0);
        }
        let connection = Some(connection);
        self.sessions.push(Session { id, intents, sequence: 0, sent: VecDeque::new(), connection });
        self.counts.identifies += 1;
    }

    /// Sends an event to the session of one connection only.
    fn tell(&mut self, connection: u64, event: &str, data: &Value) {
        let found = self.sessions.iter_mut().find(|it| it.connection == Some(connection));
        if let Some(session) = found {
            session.push(event, &data.to_string(), &self.connections);
        }
    }

    /// Takes up a session after the event `sequence`: how many events were sent again, or `None` if it cannot be taken up.
    fn resume(&mut self, connection: u64, id: &str, sequence: u64) -> Option<usize> {
        let session = self.sessions.iter_mut().find(|it| it.id == id)?;
        let kept_from = session.sent.front().map_or(session.sequence + 1, |(first, _)| *first);
        if sequence > session.sequence || sequence + 1 < kept_from {
            return None;
        }
        session.connection = Some(connection);
        let missed: Vec<Arc<str>> =
            session.sent.iter().filter(|(at, _)| *at > sequence).map(|(_, text)| text.clone()).collect();
        for text in &missed {
            self.order(connection, Order::Send(text.clone()));
        }
        self.tell(connection, "RESUMED", &json!({}));
        self.counts.resumes += 1;
        Some(missed.len())
    }

    fn forget(&mut self, connection: u64) {
        self.sessions.retain(|it| it.connection != Some(connection));
    }

    fn open_connections(&self) -> Vec<u64> {
        self.connections.keys().copied().collect()
    }
}

impl Session {
    fn push(&mut self, event: &str, data: &str, connections: &BTreeMap<u64, UnboundedSender<Order>>) {
        self.sequence += 1;
        let sequence = self.sequence;
        let text: Arc<str> = format!(r#"{{"t":"{event}","s":{sequence},"op":0,"d":{data}}}"#).into();
        if self.sent.len() == REPLAY {
            self.sent.pop_front();
        }
        self.sent.push_back((sequence, text.clone()));
        let open = self.connection.and_then(|it| connections.get(&it));
        if let Some(orders) = open {
            // The receiver is gone only when the connection is ending; the event is kept for the next one.
            let _ = orders.send(Order::Send(text));
        }
    }
}
