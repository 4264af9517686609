//! All messages: as they are, and as they were.

use std::collections::{BTreeMap, HashMap};
use std::time::Instant;

use crate::shown::ShownMessage;

/// What became of one message.
#[derive(Debug, Clone)]
pub struct History {
    /// Its id.
    pub id: u64,
    /// What it said, the first version first; never empty. An announced answer counts from when it came.
    pub versions: Vec<Version>,
    /// When it was deleted, or its channel was; `None` if it is still there.
    pub deleted: Option<Instant>,
}

/// A message from some time on.
#[derive(Debug, Clone)]
pub struct Version {
    /// Since when it said this.
    pub at: Instant,
    /// What it said.
    pub message: ShownMessage,
}

impl History {
    /// What it says now, or said last.
    pub fn last(&self) -> &ShownMessage {
        &self.versions[self.versions.len() - 1].message
    }
}

/// The messages by id, which is the order in which they came.
#[derive(Default)]
pub(crate) struct Messages {
    now: BTreeMap<u64, ShownMessage>,
    /// Of those that were changed: what they said before.
    before: HashMap<u64, Vec<Version>>,
    gone: BTreeMap<u64, (Instant, ShownMessage)>,
}

impl Messages {
    pub(crate) fn get(&self, id: u64) -> Option<&ShownMessage> {
        self.now.get(&id)
    }

    /// For what is no change: the message has not been seen yet.
    pub(crate) fn get_mut(&mut self, id: u64) -> Option<&mut ShownMessage> {
        self.now.get_mut(&id)
    }

    pub(crate) fn contains(&self, id: u64) -> bool {
        self.now.contains_key(&id)
    }

    /// Those that are there, the oldest first.
    pub(crate) fn all(&self) -> impl DoubleEndedIterator<Item = &ShownMessage> {
        self.now.values()
    }

    /// Keeps a new message.
    pub(crate) fn add(&mut self, message: ShownMessage) {
        self.now.insert(message.id, message);
    }

    /// Puts a message in the place of what it was. The filling of an announced answer is no change.
    pub(crate) fn change(&mut self, message: ShownMessage) {
        let id = message.id;
        if let Some(before) = self.now.insert(id, message).filter(|it| !it.is_loading()) {
            self.before.entry(id).or_default().push(Version { at: before.at, message: before });
        }
    }

    /// Takes a message away.
    pub(crate) fn remove(&mut self, id: u64) -> Option<ShownMessage> {
        let message = self.now.remove(&id)?;
        self.gone.insert(id, (Instant::now(), message.clone()));
        Some(message)
    }

    /// Takes all messages of a channel away.
    pub(crate) fn remove_channel(&mut self, channel: u64) {
        let ids: Vec<u64> = self.all().filter(|it| it.channel == channel).map(|it| it.id).collect();
        for id in ids {
            self.remove(id);
        }
    }

    /// The messages that were ever in a channel, the oldest first.
    pub(crate) fn history(&self, channel: u64) -> Vec<History> {
        let there = self.now.values().map(|it| (it, None));
        let gone = self.gone.values().map(|(at, it)| (it, Some(*at)));
        let mut found: Vec<History> = there
            .chain(gone)
            .filter(|(it, _)| it.channel == channel)
            .map(|(it, at)| self.of(it, at))
            .collect();
        found.sort_by_key(|it| it.id);
        found
    }

    fn of(&self, last: &ShownMessage, deleted: Option<Instant>) -> History {
        let mut versions = self.before.get(&last.id).cloned().unwrap_or_default();
        versions.push(Version { at: last.at, message: last.clone() });
        History { id: last.id, versions, deleted }
    }
}
