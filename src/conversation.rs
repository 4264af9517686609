//! What was answered last, and to whom where: what a question may refer to for a quarter of an hour. Kept in memory only.

use commands::{Answer, Before};
use dashmap::DashMap;
use jiff::{SignedDuration, Timestamp};

/// How long after an answer a question may refer to it.
const KEPT: SignedDuration = SignedDuration::from_mins(15);

/// Conversations that are remembered; the ones longest silent give way.
const MOST: usize = 1_000;

/// The last answer of a conversation.
#[derive(Debug, Clone)]
pub(crate) struct Last {
    at: Timestamp,
    before: Before,
}

impl Last {
    /// What is to be remembered of an answer given now, if anything.
    pub(crate) fn of(answer: &Answer, now: Timestamp) -> Option<Self> {
        Some(Self { at: now, before: Before::of(answer)? })
    }

    /// What it was about; None when it is too long ago.
    pub(crate) fn still(self, now: Timestamp) -> Option<Before> {
        self.is_fresh(now).then_some(self.before)
    }

    fn is_fresh(&self, now: Timestamp) -> bool {
        now.duration_since(self.at) <= KEPT
    }
}

/// The last answers of many people in many places.
#[derive(Debug, Default)]
pub(crate) struct Conversations {
    /// By user and channel.
    last: DashMap<(u64, u64), Last>,
}

impl Conversations {
    /// What somebody was told last in a channel; None when nothing was, or too long ago.
    pub(crate) fn before(&self, user: u64, channel: u64, now: Timestamp) -> Option<Before> {
        self.last.get(&(user, channel)).and_then(|last| last.clone().still(now))
    }

    /// Remembers an answer. One that is about nothing leaves what was before.
    pub(crate) fn answered(&self, user: u64, channel: u64, answer: &Answer, now: Timestamp) {
        let Some(last) = Last::of(answer, now) else { return };
        self.last.insert((user, channel), last);
        if self.last.len() > MOST {
            self.forget(now);
        }
    }

    /// Forgets what is too old, and of what is left the oldest until there is room.
    fn forget(&self, now: Timestamp) {
        self.last.retain(|_, last| last.is_fresh(now));
        while self.last.len() > MOST {
            let oldest = self.last.iter().min_by_key(|entry| entry.value().at).map(|entry| *entry.key());
            let Some(oldest) = oldest else { break };
            self.last.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(line: &str) -> Answer {
        Answer { found: true, request: commands::parse_line(line).ok(), ..Answer::default() }
    }

    fn at(minute: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minute)
    }

    #[test]
    fn an_answer_is_remembered_for_its_asker_in_its_place_for_a_while() {
        let all = Conversations::default();
        all.answered(1, 2, &answer("/sag 27.00.00-A00-5-15"), at(0));
        let expected = Before::of(&answer("/sag 27.00.00-A00-5-15"));
        assert!(expected.is_some());
        assert_eq!(all.before(1, 2, at(15)), expected);
        assert_eq!(all.before(1, 2, at(16)), None);
        assert_eq!(all.before(1, 3, at(0)), None);
        assert_eq!(all.before(2, 2, at(0)), None);
        // What found nothing, or is about nothing, is no answer to refer to.
        all.answered(1, 2, &answer("/hjælp"), at(1));
        all.answered(1, 2, &Answer { found: false, ..answer("/sag 1") }, at(1));
        assert_eq!(all.before(1, 2, at(2)), expected);
    }

    #[test]
    fn no_more_are_remembered_than_there_is_room_for() {
        let all = Conversations::default();
        let answer = answer("/sag 27.00.00-A00-5-15");
        for user in 0..MOST as u64 + 5 {
            all.answered(user, 1, &answer, at(0) + SignedDuration::from_millis(user as i64));
        }
        assert_eq!(all.last.len(), MOST);
        assert_eq!(all.before(4, 1, at(1)), None);
        assert!(all.before(5, 1, at(1)).is_some());
        all.answered(9_999, 1, &answer, at(20));
        assert_eq!(all.last.len(), 1, "what is too old goes first");
    }
}
