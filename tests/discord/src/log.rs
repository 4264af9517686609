//! What happened, with times: for assertions, and to be shown when a wait was in vain.

use std::collections::VecDeque;
use std::fmt;
use std::time::Instant;

use serde_json::Value;

/// Older entries are forgotten.
const KEPT: usize = 100_000;

/// Something that happened.
#[derive(Debug, Clone)]
pub struct Entry {
    /// When. For requests, when the last byte had come.
    pub at: Instant,
    /// What.
    pub what: What,
}

/// What can happen.
#[derive(Debug, Clone)]
pub enum What {
    /// A request came.
    Request(Request),
    /// A websocket was opened.
    Connected,
    /// The bot identified.
    Identified,
    /// The bot took up a session.
    Resumed {
        /// How many events were sent again.
        replayed: usize,
    },
    /// A heartbeat came.
    Heartbeat,
    /// An event was sent, or kept for a session that is away; its name.
    Event(String),
    /// A websocket ended; by whom and how.
    Ended(String),
    /// A fault was played; which.
    Fault(String),
}

/// A request and what it got.
#[derive(Debug, Clone)]
pub struct Request {
    /// `GET`, `POST`, …
    pub method: String,
    /// Without `/api/v10`, with tokens as they were.
    pub path: String,
    /// The JSON that was sent; null if there was none.
    pub body: Value,
    /// The answer's status; `None` when the connection was cut instead.
    pub status: Option<u16>,
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request(it) => match it.status {
                Some(status) => write!(f, "{} {} -> {status}", it.method, it.path),
                None => write!(f, "{} {} -> cut", it.method, it.path),
            },
            Self::Connected => f.write_str("gateway: connected"),
            Self::Identified => f.write_str("gateway: identified"),
            Self::Resumed { replayed } => write!(f, "gateway: resumed, {replayed} replayed"),
            Self::Heartbeat => f.write_str("gateway: heartbeat"),
            Self::Event(name) => write!(f, "gateway: sent {name}"),
            Self::Ended(how) => write!(f, "gateway: ended: {how}"),
            Self::Fault(which) => write!(f, "fault: {which}"),
        }
    }
}

/// The entries; none are kept when it is off.
pub(crate) struct Log {
    on: bool,
    entries: VecDeque<Entry>,
}

impl Log {
    pub(crate) fn new(on: bool) -> Self {
        Self { on, entries: VecDeque::new() }
    }

    pub(crate) fn add(&mut self, what: What) {
        self.add_at(Instant::now(), what);
    }

    pub(crate) fn add_at(&mut self, at: Instant, what: What) {
        if !self.on {
            return;
        }
        if self.entries.len() == KEPT {
            self.entries.pop_front();
        }
        self.entries.push_back(Entry { at, what });
    }

    pub(crate) fn all(&self) -> Vec<Entry> {
        self.entries.iter().cloned().collect()
    }

    /// The last entries as lines, with times since `start`.
    pub(crate) fn tail(&self, count: usize, start: Instant) -> String {
        let skipped = self.entries.len().saturating_sub(count);
        let line = |it: &Entry| format!("{:>9.3} s  {}", it.at.duration_since(start).as_secs_f64(), it.what);
        self.entries.iter().skip(skipped).map(line).collect::<Vec<_>>().join("\n")
    }
}
