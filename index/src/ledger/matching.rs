//! Who follows what is in a document.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Time;
use jiff::{Timestamp, Zoned};
use minutes::{AgendaItem, Document};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::subscription::{self, Subject, Subscription};
use super::when::release;
use crate::search::{query, texts_of, word_set};

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

/// The words that a topic is compared by; empty when the text has no word.
pub(crate) fn topic_key(words: &str) -> String {
    query::terms(words).join(" ")
}

/// All subscriptions that are not paused, as they were when it was made.
pub(crate) struct Matcher {
    subscriptions: Vec<Subscription>,
    has_topics: bool,
}

impl Matcher {
    pub(super) fn load(connection: &Connection) -> rusqlite::Result<Self> {
        let subscriptions = subscription::active(connection)?;
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
        let body = body.map(minutes::body::key).unwrap_or_default();
        let cases: Vec<String> = items
            .iter()
            .map(|item| item.case_number.as_ref().map(minutes::CaseNumber::key).unwrap_or_default())
            .collect();
        let words: Vec<HashSet<String>> = if self.has_topics {
            items.iter().map(|item| word_set(texts_of(item))).collect()
        } else {
            Vec::new()
        };
        let mut places: BTreeMap<String, Vec<Found>> = BTreeMap::new();
        for subscription in &self.subscriptions {
            let key = &subscription.follow.key;
            let (holds, items) = match subscription.follow.subject {
                Subject::Everything => (true, Vec::new()),
                Subject::Body => (!key.is_empty() && *key == body, Vec::new()),
                Subject::Case => of_items(&cases, |case| !key.is_empty() && case == key),
                Subject::Topic => {
                    let has_all = |words: &HashSet<String>| key.split(' ').all(|word| words.contains(word));
                    of_items(&words, |words| !key.is_empty() && has_all(words))
                }
            };
            if holds {
                let reason = Reason {
                    subject: subscription.follow.subject,
                    label: subscription.follow.label.clone(),
                    items,
                };
                let found = Found { subscription: subscription.clone(), reason };
                places.entry(subscription.place.clone()).or_default().push(found);
            }
        }
        places
    }
}

/// Whether any of them fits, and the places of those that do.
fn of_items<T>(all: &[T], fits: impl Fn(&T) -> bool) -> (bool, Vec<u32>) {
    let places: Vec<u32> = (0..).zip(all).filter(|(_, one)| fits(one)).map(|(at, _)| at).collect();
    (!places.is_empty(), places)
}
