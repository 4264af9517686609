//! Who follows what is in a document.

use std::collections::BTreeMap;

use jiff::civil::Time;
use jiff::{Timestamp, Zoned};
use minutes::{AgendaItem, Document};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::subscription::{self, Subject, Subscription};
use super::when::release;
use crate::search::{texts_of, topic};

/// Why a place is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// What sort of thing it follows.
    pub subject: Subject,
    /// What that is called.
    pub label: String,
    /// The items that it is about, by their place in the document, from 0; empty when it is about the whole.
    pub items: Vec<u32>,
}

/// A subscription that holds, and why.
pub(super) struct Found {
    subscription: Subscription,
    pub(super) reason: Reason,
}

impl Found {
    pub(super) fn release(&self, now: &Zoned, digest_at: Time) -> Timestamp {
        release(now, self.subscription.follow.cadence, self.subscription.follow.quiet, digest_at)
    }
}

/// What a topic is compared by; empty when the text has nothing to look for.
pub fn topic_key(words: &str) -> String {
    topic::key(words)
}

/// All subscriptions that are not paused, as they were when it was made.
pub(crate) struct Matcher {
    subscriptions: Vec<Subscription>,
    has_topics: bool,
}

impl Matcher {
    pub(crate) fn load(connection: &Connection) -> rusqlite::Result<Self> {
        let mut subscriptions = subscription::active(connection)?;
        for follow in subscriptions.iter_mut().map(|it| &mut it.follow) {
            // Words may be compared otherwise than when it was asked for.
            if follow.subject == Subject::Topic {
                follow.key = topic_key(&follow.label);
            }
        }
        let has_topics = subscriptions.iter().any(|it| it.follow.subject == Subject::Topic);
        Ok(Self { subscriptions, has_topics })
    }

    /// Each place with what it follows of the document.
    pub(super) fn places(&self, document: &Document) -> BTreeMap<String, Vec<Found>> {
        let items: Vec<&AgendaItem> = document.items.iter().collect();
        self.among(document.body.as_deref(), &items)
    }

    /// The same of some items of a body's meeting.
    pub(super) fn among(&self, body: Option<&str>, items: &[&AgendaItem]) -> BTreeMap<String, Vec<Found>> {
        let matter = Matter::with(body, items, self.has_topics);
        let mut places: BTreeMap<String, Vec<Found>> = BTreeMap::new();
        for subscription in &self.subscriptions {
            let follow = &subscription.follow;
            if let Some(items) = matter.about(follow.subject, &follow.key) {
                let reason = Reason { subject: follow.subject, label: follow.label.clone(), items };
                let found = Found { subscription: subscription.clone(), reason };
                places.entry(subscription.place.clone()).or_default().push(found);
            }
        }
        places
    }
}

/// What a document is about, as it is compared with what is followed.
pub struct Matter {
    body: String,
    cases: Vec<String>,
    texts: Vec<topic::Text>,
}

impl Matter {
    /// Some items of a body's meeting; None where the document names no body.
    pub fn new(body: Option<&str>, items: &[&AgendaItem]) -> Self {
        Self::with(body, items, true)
    }

    /// The same; without `texts` no topic is found in it.
    fn with(body: Option<&str>, items: &[&AgendaItem], texts: bool) -> Self {
        let case =
            |item: &&AgendaItem| item.case_number.as_ref().map(minutes::CaseNumber::key).unwrap_or_default();
        let text = |item: &&AgendaItem| topic::Text::new(texts_of(item));
        Self {
            body: body.map(minutes::body::key).unwrap_or_default(),
            cases: items.iter().map(case).collect(),
            texts: if texts { items.iter().map(text).collect() } else { Vec::new() },
        }
    }

    /// Whether it is about what is followed, by its key ([`Subject`]), and by which items, from 0; none when it is about it as
    /// a whole. None when it is not about it.
    pub fn about(&self, subject: Subject, key: &str) -> Option<Vec<u32>> {
        let (holds, items) = match subject {
            Subject::Everything => (true, Vec::new()),
            _ if key.is_empty() => (false, Vec::new()),
            Subject::Body => (key == self.body, Vec::new()),
            Subject::Case => of_items(&self.cases, |case| case == key),
            Subject::Topic => of_items(&self.texts, |text| text.is_about(key)),
        };
        holds.then_some(items)
    }
}

impl Reason {
    /// What the thing followed is compared by: a place calls a case by its number, a body by its name and a topic by its words.
    pub fn key(&self) -> String {
        match self.subject {
            Subject::Case => minutes::case_number::key(&self.label),
            Subject::Body => minutes::body::key(&self.label),
            Subject::Topic => topic_key(&self.label),
            Subject::Everything => String::new(),
        }
    }
}

/// Whether any of them fits, and the places of those that do.
fn of_items<T>(all: &[T], fits: impl Fn(&T) -> bool) -> (bool, Vec<u32>) {
    let places: Vec<u32> = (0..).zip(all).filter(|(_, one)| fits(one)).map(|(at, _)| at).collect();
    (!places.is_empty(), places)
}
