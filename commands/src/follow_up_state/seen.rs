//! One follow-up beside all that the archive tells of its matter, and what that makes of it.

use std::collections::BTreeSet;

use index::{FollowUpRow, SetbackRow, TracedItem, Traces};
use jiff::ToSpan;
use jiff::civil::Date;
use minutes::{FollowUpKind, Kind, Outcome, fold};

use super::title::{is_standing, is_telling, shares_words};
use super::{Evidence, NEXT_MEETING_DAYS, State, Why, other_item};

/// Words by which a matter is moved to an earlier day.
const FORWARD: [&str; 3] = [" frem", "fremryk", "Fremryk"];

/// No body meets more rarely than twice a year.
const LONGEST_WITHOUT_DAYS: i32 = 184;

/// A body that had a number on its agenda so often, under the same title, uses it for a standing item.
const STANDING_MEETINGS: usize = 4;

/// A hearing, in a folded sentence.
const HEARING: &str = "hoering";

/// How the words for a limit end.
const LIMIT: &str = "fristen";

/// All that is known of one follow-up.
#[derive(Clone, Copy)]
pub(super) struct Seen<'a> {
    pub(super) row: &'a FollowUpRow,
    pub(super) body: Option<&'a str>,
    pub(super) has_number: bool,
    pub(super) title: &'a str,
    pub(super) traces: &'a Traces,
    pub(super) due: Option<(Date, Date)>,
    pub(super) today: Date,
}

impl<'a> Seen<'a> {
    pub(super) fn judge(self) -> (State, Evidence) {
        let Some(said) = self.row.meeting.date else {
            return match self.due {
                Some((_, to)) if to >= self.today => (State::Coming, Evidence::Day),
                _ => unknown(Why::NoDay),
            };
        };
        if minutes::is_day_of_next_meeting(&self.row.follow_up.quote) {
            return self.of_meeting_itself(said);
        }
        if other_item(self.row).is_some() {
            return self.of_no_known_case(Why::OtherItem);
        }
        let opens = self.opens(said);
        let later: Vec<&TracedItem> =
            self.traces.items.iter().filter(|item| item.date >= opens && self.is_the_matter(item)).collect();
        let (held, announced): (Vec<&TracedItem>, Vec<&TracedItem>) =
            later.into_iter().partition(|item| item.kind == Kind::Minutes);
        if self.is_standing(said) {
            return self.of_no_known_case(Why::Standing);
        }
        if let Some(setback) = self.event_off(said) {
            return (State::Cancelled, Evidence::Setback(setback.clone()));
        }
        // That of the body that is to act counts before another's.
        let treated = || held.iter().filter(|item| !self.is_postponed(item) && !self.is_given_up_by(item));
        let own = treated().find(|item| self.body == Some(item.body_key.as_str()));
        if let Some(item) = own.or_else(|| treated().next()) {
            return (State::Treated, Evidence::Item((*item).clone()));
        }
        if let Some(item) = self.treated_early(said, opens) {
            return (State::Treated, Evidence::Item(item.clone()));
        }
        if let Some(setback) = self.setback(said) {
            let state = if setback.is_cancelled { State::Cancelled } else { State::Postponed };
            return (state, Evidence::Setback(setback.clone()));
        }
        if let Some(setback) = self.titled_off(said) {
            let state = if setback.is_cancelled { State::Cancelled } else { State::Postponed };
            return (state, Evidence::Setback(setback.clone()));
        }
        if let Some(item) = held.iter().rfind(|item| self.is_postponed(item) && self.is_put_off_by(item)) {
            return (State::Postponed, Evidence::Item((*item).clone()));
        }
        if self.row.meeting.withdrawn_at.is_some() {
            return unknown(Why::Withdrawn);
        }
        let Some((_, to)) = self.due else { return self.without_day(said) };
        if to >= self.today {
            let agenda = announced.iter().find(|item| (self.today..=to).contains(&item.date));
            let evidence = agenda.map_or(Evidence::Day, |item| Evidence::Item((*item).clone()));
            return (State::Coming, evidence);
        }
        self.passed(said, (opens, to), announced.last().copied())
    }

    /// The last later item of the body that said it, or of the council, at which the matter was decided, whatever was decided.
    pub(super) fn decided_later(self, said: Date) -> Option<&'a TracedItem> {
        let own = &self.row.meeting.body_key;
        let is_above = |item: &TracedItem| item.body_key == *own || minutes::body::is_council(&item.body_key);
        let mut items = self.traces.items.iter().filter(|item| item.date > said && is_above(item));
        items.rfind(|item| {
            item.kind == Kind::Minutes
                && matches!(
                    item.outcome,
                    Outcome::Rejected | Outcome::Approved | Outcome::Amended | Outcome::Other
                )
                && self.has_number
                && shares_words(self.title, item.title.as_deref().unwrap_or_default())
        })
    }

    /// The first day on which a treatment is the one that was waited for: the due day, never that of the meeting itself; of a hearing its
    /// last day, since what is treated while it runs does not end it.
    pub(super) fn opens(self, said: Date) -> Date {
        let after = said.tomorrow().unwrap_or(said);
        let is_hearing = self.row.follow_up.kind == FollowUpKind::Period
            && fold(&self.row.follow_up.quote).contains(HEARING);
        self.due.map_or(after, |(from, to)| if is_hearing { to } else { from }.max(after))
    }

    /// The decision by which an event of this very day was called off, at this item or another.
    fn event_off(self, said: Date) -> Option<&'a SetbackRow> {
        let (from, to) = self.due?;
        if matches!(self.row.follow_up.kind, FollowUpKind::NextMeeting | FollowUpKind::Task) {
            return None;
        }
        let is_between = |setback: &&SetbackRow| setback.decided_on > said && setback.decided_on <= to;
        let named = |setback: &&SetbackRow| {
            let subject = minutes::off_subject(&setback.quote);
            subject.is_some_and(|subject| minutes::names_subject(&self.row.follow_up.quote, &subject))
        };
        let elsewhere = self.traces.events_off.iter().filter(|it| it.day == Some(from) && from == to);
        let here = self.traces.setbacks.iter().filter(|it| {
            it.is_cancelled
                && is_between(it)
                && minutes::moved(&it.quote, it.decided_on).from == Some((from, to))
        });
        elsewhere.filter(is_between).chain(here).rfind(named)
    }

    /// Whether an item was put off: by its own decision, or, where it has none, by that of another ("idet punkt 9 udsættes"), or by time.
    fn is_postponed(self, item: &TracedItem) -> bool {
        let mut setbacks = self
            .traces
            .setbacks
            .iter()
            .filter(|setback| setback.document == item.document && setback.title == item.title);
        match item.outcome {
            Outcome::Postponed => true,
            Outcome::None => setbacks.next().is_some(),
            Outcome::Other => setbacks.any(|setback| minutes::is_not_treated(&setback.quote)),
            _ => false,
        }
    }

    /// Whether an item did not treat the matter, but gave it up: "Forvaltningen trækker sagen tilbage".
    fn is_given_up_by(self, item: &TracedItem) -> bool {
        item.outcome == Outcome::Other
            && self.traces.setbacks.iter().any(|setback| {
                minutes::withdraws(&setback.quote)
                    && (setback.document, &setback.number, &setback.title)
                        == (item.document, &item.number, &item.title)
            })
    }

    /// The last sentence under another title by which the body itself put the matter off, or called it off, by its whole title.
    fn titled_off(self, said: Date) -> Option<&'a SetbackRow> {
        let is_titled = |setback: &&SetbackRow| setback.day.is_none() && setback.title.is_none();
        self.traces.events_off.iter().filter(is_titled).rfind(|setback| {
            setback.decided_on > said
                && minutes::names_title(&setback.quote, self.title)
                && self.is_of_day(setback)
        })
    }

    /// The item by which the body treated before its day what it was to treat by then; None where the day is no limit.
    fn treated_early(self, said: Date, opens: Date) -> Option<&'a TracedItem> {
        let due = self.due.filter(|_| self.row.follow_up.kind == FollowUpKind::Meeting)?;
        let mut items = self.traces.items.iter().filter(|item| item.date > said && item.date < opens);
        let item = items.rfind(|item| {
            item.kind == Kind::Minutes
                && !self.is_postponed(item)
                && self.body == Some(item.body_key.as_str())
                && self.is_the_matter(item)
        })?;
        minutes::by_day(&self.row.follow_up.quote, said, due).map(|_| item)
    }

    /// "Næste møde er den 14. februar": a meeting that is planned, and no matter that anybody waits for.
    fn of_meeting_itself(self, said: Date) -> (State, Evidence) {
        let Some((from, to)) = self.due else { return self.without_day(said) };
        let is_of_day = |setback: &&SetbackRow| setback.decided_on >= said && setback.day == Some(from);
        if let Some(setback) = self.traces.meetings_off.iter().rfind(is_of_day) {
            let state = if setback.is_cancelled { State::Cancelled } else { State::Postponed };
            return (state, Evidence::Setback(setback.clone()));
        }
        if to >= self.today { (State::Coming, Evidence::Day) } else { unknown(Why::OwnMeeting) }
    }

    /// Nothing but the day tells of what is of no case, or of one that is not known.
    fn of_no_known_case(self, why: Why) -> (State, Evidence) {
        match self.due {
            Some((_, to)) if to >= self.today => (State::Coming, Evidence::Day),
            _ => unknown(why),
        }
    }

    fn without_day(self, said: Date) -> (State, Evidence) {
        let is_near = said.saturating_add(NEXT_MEETING_DAYS.days()) >= self.today;
        match self.row.follow_up.kind {
            FollowUpKind::NextMeeting if is_near => (State::Coming, Evidence::Day),
            FollowUpKind::NextMeeting => unknown(Why::NoMinutes),
            _ => unknown(Why::NoDay),
        }
    }

    /// The day is over, and nothing says what happened.
    fn passed(
        self,
        said: Date,
        (opens, to): (Date, Date),
        announced: Option<&TracedItem>,
    ) -> (State, Evidence) {
        let Some(body) = self.body else { return unknown(Why::NoBody) };
        if !self.has_number {
            return unknown(Why::NoCase);
        }
        let from_then: Vec<Date> = self.traces.minutes.iter().copied().filter(|day| *day >= to).collect();
        let Some(first) = from_then.first() else {
            return match announced {
                Some(item) => (State::Unknown, Evidence::Item(item.clone())),
                None => unknown(Why::NoMinutes),
            };
        };
        let since = |day: Date| {
            let there = |item: &TracedItem| item.body_key == body && item.kind == Kind::Minutes;
            self.traces.items.iter().any(|item| there(item) && item.date >= day)
        };
        if since(opens) {
            // One that treated it, or put it off, would have been found before.
            return unknown(Why::OtherTitle);
        }
        // What is due by a day may have come before it.
        if self.row.follow_up.kind == FollowUpKind::Deadline && since(said.tomorrow().unwrap_or(said)) {
            return unknown(Why::Earlier);
        }
        // Where half a year is missing, minutes of later do not tell that the case was passed over when it was due.
        let is_near = *first <= to.saturating_add(LONGEST_WITHOUT_DAYS.days());
        (if is_near { State::Overdue } else { State::Unknown }, Evidence::Minutes(*first, from_then.len()))
    }

    /// Whether an item is on the matter of the follow-up, going by the number it has or lacks.
    fn is_the_matter(self, item: &TracedItem) -> bool {
        let is_own = self.body == Some(item.body_key.as_str());
        let title = item.title.as_deref().unwrap_or_default();
        if !self.has_number {
            return is_own && is_telling(title) && fold(title.trim()) == fold(self.title.trim());
        }
        (is_own && !self.is_shared_number()) || shares_words(self.title, title)
    }

    /// Whether the number stands for several items of one meeting: then it does not tell which.
    fn is_shared_number(self) -> bool {
        let mut of_document = BTreeSet::new();
        self.traces.items.iter().any(|item| !of_document.insert(item.document))
    }

    /// Whether the follow-up comes from an item that stands on every agenda.
    fn is_standing(self, said: Date) -> bool {
        let title = fold(self.title.trim());
        if is_standing(self.title) {
            return true;
        }
        let met_before: BTreeSet<Date> = self
            .traces
            .items
            .iter()
            .filter(|item| item.date <= said && item.body_key == self.row.meeting.body_key)
            .filter(|item| fold(item.title.as_deref().unwrap_or_default().trim()) == title)
            .map(|item| item.date)
            .collect();
        met_before.len() >= STANDING_MEETINGS
    }

    /// What put the matter off before an item treated it.
    pub(super) fn put_off_before(self, said: Date, treated: &TracedItem) -> Option<Evidence> {
        let mut setbacks = self.setbacks(said).into_iter();
        let setback = setbacks.rfind(|it| !it.is_cancelled && it.decided_on < treated.date);
        if let Some(setback) = setback {
            return Some(Evidence::Setback(setback.clone()));
        }
        let opens = self.opens(said);
        let is_before = |item: &&TracedItem| item.date >= opens && item.date < treated.date;
        let is_put_off = |item: &&TracedItem| item.kind == Kind::Minutes && self.is_postponed(item);
        let mut items = self.traces.items.iter().filter(is_before).filter(is_put_off);
        let item = items.rfind(|item| self.is_the_matter(item) && self.is_put_off_by(item));
        item.map(|item| Evidence::Item(item.clone()))
    }

    /// The last decision that puts the matter off, or the meeting.
    fn setback(self, said: Date) -> Option<&'a SetbackRow> {
        self.setbacks(said).pop()
    }

    /// The decisions that put the matter off, or the meeting, the last one last.
    fn setbacks(self, said: Date) -> Vec<&'a SetbackRow> {
        let meeting = self.row.meeting.document;
        let own = &self.row.meeting.body_key;
        let of_matter = self.traces.setbacks.iter().filter(|setback| {
            let is_later = setback.decided_on > said
                || (setback.document == meeting && self.row.follow_up.kind == FollowUpKind::Meeting);
            // A body that is to act may put it off, and so may the one that meant to send it on.
            let is_theirs = self.body == Some(setback.body_key.as_str()) || *own == setback.body_key;
            let is_same = match &setback.title {
                Some(title) if !self.has_number => fold(title.trim()) == fold(self.title.trim()),
                Some(title) => (is_theirs && !self.is_shared_number()) || shares_words(self.title, title),
                None => self.has_number,
            };
            // Another body's "sagen udsættes" moves its own treatment; what it calls off is off for all.
            let is_of_step =
                setback.is_cancelled || setback.title.is_none() || self.body.is_none() || is_theirs;
            // "Behandlingen i Byrådet udskydes" moves nobody else's.
            let is_of_body = match (self.body, minutes::body_put_off(&setback.quote)) {
                (Some(own), Some(off)) => own == off,
                _ => true,
            };
            // "Sagen genoptages den 6. september" puts off what was to have been, not what is to come.
            let is_put_off = !minutes::only_comes_again(&setback.quote)
                || self.due.is_none_or(|(from, _)| from <= setback.decided_on);
            // "Sagen udsættes" is of its treatment: nobody else's open day waits for that.
            let is_of_kind = setback.is_cancelled
                || self.row.follow_up.kind != FollowUpKind::Event
                || self.body == Some(setback.body_key.as_str())
                || minutes::off_subject(&setback.quote).is_some()
                || minutes::moved(&setback.quote, setback.decided_on).from.is_some();
            // What the sentence itself says is to come is not put off by it.
            is_later
                && is_put_off
                && is_of_kind
                && is_of_body
                && is_same
                && is_of_step
                && setback.quote != self.row.follow_up.quote
                && self.is_of_this_day(setback)
        });
        let of_meeting = self.traces.meetings_off.iter().filter(|setback| {
            setback.decided_on >= said
                && self.due.is_some_and(|due| setback.day == Some(due.0) && due.0 == due.1)
        });
        let mut all: Vec<&SetbackRow> = of_matter.chain(of_meeting).collect();
        all.sort_by_key(|setback| setback.decided_on);
        all
    }

    /// Whether a decision that moves the matter moves it away from the day of the follow-up: not to that very day, nor from another,
    /// nor from one that was over already.
    fn is_of_this_day(self, setback: &SetbackRow) -> bool {
        let moved = minutes::moved(&setback.quote, setback.decided_on);
        // "Overrækkelsen udskydes": of all that is to come in the matter, what has a word for it or is on the day that it had.
        let is_of_subject = minutes::off_subject(&setback.quote).is_none_or(|subject| {
            // A later limit moves no meeting.
            let is_other_kind = subject.ends_with(LIMIT) && self.row.follow_up.kind == FollowUpKind::Meeting;
            (minutes::names_subject(&self.row.follow_up.quote, &subject) && !is_other_kind)
                || (moved.from.is_some() && moved.from == self.due)
        });
        is_of_subject && self.is_of_day(setback)
    }

    /// The same by the days alone.
    fn is_of_day(self, setback: &SetbackRow) -> bool {
        let moved = minutes::moved(&setback.quote, setback.decided_on);
        let Some((from, to)) = self.due else { return true };
        let is_named = match moved.from {
            // What is called off on a day is not all that lies around it.
            Some((first, last)) if setback.is_cancelled => first <= from && to <= last,
            Some((first, last)) => first <= to && from <= last,
            None => to >= setback.decided_on,
        };
        // "Udsat til næste møde" puts off what was to come before that: not the evaluation two years later.
        let until = moved.to.map(|(_, day)| day).or_else(|| {
            let is_open = minutes::is_to_next_meeting(&setback.quote);
            is_open.then(|| setback.decided_on.saturating_add(LONGEST_WITHOUT_DAYS.days()))
        });
        let is_before = until.is_some_and(|day| day < from)
            && moved.from.is_none()
            && !setback.is_cancelled
            && !FORWARD.iter().any(|word| setback.quote.contains(word));
        moved.to != Some((from, to)) && is_named && !is_before
    }

    /// Whether an item that put the matter off is the step that was waited for: that of the body that is to act, or, where none is
    /// named, any before the day was over.
    fn is_put_off_by(self, item: &TracedItem) -> bool {
        match self.body {
            Some(body) => body == item.body_key,
            None => self.due.is_none_or(|(_, to)| to >= item.date),
        }
    }
}

pub(super) fn unknown(why: Why) -> (State, Evidence) {
    (State::Unknown, Evidence::Why(why))
}
