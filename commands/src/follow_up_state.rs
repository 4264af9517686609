//! What became of a follow-up, as far as the archive tells it. Nothing is guessed: what minutes would have to tell, and do not, is
//! unknown.
//!
//! | state | what it rests on |
//! |---|---|
//! | behandlet | a later item on the case by the body that is to act, or on the case and words of its title by any body, at or after the day; the same title under another number by the body on the day; one before it where the day is a limit ("senest"); whether it was put off before is told too |
//! | aflyst, udsat | a later decision that says so of the matter or of the meeting, and no treatment after it; an event of that day that the body called off at whatever item; a sentence that names less than the matter is of that only |
//! | kommende | its day is today or later; a next meeting whose day is not known yet |
//! | forfalden | its day is over, minutes of the body from then on are here, and the case is not in them |
//! | ukendt | all else; and what an item or a point that was rejected, or one taken off the agenda, meant to do, unless its decision says that it comes |
//!
//! A number that a body uses for a standing item, or for several items of one meeting, says less: then the words of the title count.

use std::collections::BTreeSet;

use index::{Archive, FollowUpRow, NextMeeting, SetbackRow, Sought, TracedItem, Traces};
use jiff::ToSpan;
use jiff::civil::Date;
use minutes::{FollowUpKind, Kind, Outcome, fold};

use crate::danish::{self, one_line};
use crate::{Context, Council, UserError};

/// Days for which "the next meeting" of a body is still ahead.
pub(crate) const NEXT_MEETING_DAYS: i32 = 180;

/// Days between two meetings of a body that has its summer: where the first minutes after a day are of later, some are not here.
const LONGEST_GAP_DAYS: i32 = 62;

/// A body that had a number on its agenda so often, under the same title, uses it for a standing item.
const STANDING_MEETINGS: usize = 4;

/// Beginnings of titles that stand on every agenda, folded.
const STANDING_TITLES: [&str; 14] = [
    "bordet rundt",
    "efterretningssager",
    "eventuelt",
    "evt",
    "gensidig orientering",
    "godkendelse af dagsorden",
    "godkendelse af referat",
    "meddelelser",
    "nyt fra",
    "opfoelgning fra",
    "orientering fra",
    "orienteringspunkter",
    "siden sidst",
    "underskrift",
];

/// Words of titles that tell nothing of the matter, folded.
const EMPTY_WORDS: [&str; 17] = [
    "aarets",
    "behandling",
    "drift",
    "endelig",
    "forslag",
    "fornyet",
    "godkendelse",
    "kommune",
    "orientering",
    "status",
    "sag",
    "vedroerende",
    "vedtagelse",
    "videre",
    "samt",
    "efter",
    "foerste",
];

/// A hearing, in a folded sentence.
const HEARING: &str = "hoering";

/// Shorter words of titles tell nothing of the matter.
const SHORTEST_WORD: usize = 4;

/// Where a follow-up stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    Coming,
    Treated,
    Overdue,
    Unknown,
    Cancelled,
    Postponed,
}

/// The states and what people call them.
pub(crate) const STATES: [(State, &str); 6] = [
    (State::Coming, "kommende"),
    (State::Treated, "behandlet"),
    (State::Overdue, "forfalden"),
    (State::Unknown, "ukendt"),
    (State::Cancelled, "aflyst"),
    (State::Postponed, "udsat"),
];

/// What a state rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Evidence {
    /// Nothing but the day.
    Day,
    /// An item: one that treated the matter, or that has it on an agenda.
    Item(TracedItem),
    /// An item of the same title that the body treated on the day, under another number.
    OtherNumber(TracedItem),
    /// A decision that puts it off or calls it off.
    Setback(SetbackRow),
    /// The days of minutes in which the case is not: the first from the day on, and how many.
    Minutes(Date, usize),
    /// Why nothing can be known.
    Why(Why),
}

/// Why it is not known what became of a follow-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// No minutes of the body from then on are here.
    NoMinutes,
    /// The text names no body that is to act.
    NoBody,
    /// The item has no case number.
    NoCase,
    /// The number is a standing item's.
    Standing,
    /// The number is in the minutes, under another title.
    OtherTitle,
    /// The body put the matter off when the day was over; what came of the day itself is not told.
    PutOffLater,
    /// The body treated the case before the day by which it was due.
    Earlier,
    /// There is no day, and no later treatment.
    NoDay,
    /// Its source has not got the document any more.
    Withdrawn,
    /// Its item was rejected, and the decision itself does not promise it.
    Rejected,
    /// The point of the recommendation that says it was rejected.
    PointRejected,
    /// Its item was taken off the agenda, and the decision itself does not promise it.
    TakenOff,
}

/// A follow-up and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Course {
    pub(crate) row: FollowUpRow,
    /// Its first and last day: its own, or that of the meeting that turned out to be the next. None where none is known.
    pub(crate) due: Option<(Date, Date)>,
    /// What tells the day of the next meeting.
    pub(crate) next: Option<NextMeeting>,
    pub(crate) state: State,
    pub(crate) evidence: Evidence,
    /// What put it off before it was treated; None unless it is treated, and was put off.
    pub(crate) put_off: Option<Evidence>,
    /// What the name of the body that is to act is compared by; None where it is not told.
    pub(crate) body: Option<String>,
    /// Whether minutes of that body from its day on are here.
    pub(crate) has_minutes: bool,
}

impl Course {
    /// The days to show: those on which it is due, or only the last where the text tells only by when ("inden sommerferien").
    pub(crate) fn shown(&self) -> Option<(Date, Date)> {
        let (from, to) = self.due?;
        Some(if self.is_by_end() { (to, to) } else { (from, to) })
    }

    /// Whether there is nothing to wait for on its day: it is treated, or it is off.
    pub(crate) fn is_settled(&self) -> bool {
        self.state == State::Treated || self.is_off()
    }

    /// Whether it does not come on its day: it is put off or called off, or its item was not carried.
    pub(crate) fn is_off(&self) -> bool {
        let is_not_carried =
            matches!(self.evidence, Evidence::Why(Why::Rejected | Why::PointRejected | Why::TakenOff));
        is_not_carried || matches!(self.state, State::Postponed | State::Cancelled)
    }

    /// Whether the text tells only by when: the day of the meeting stands for the beginning.
    pub(crate) fn is_by_end(&self) -> bool {
        danish::is_by_end(&self.row.follow_up, self.row.meeting.date)
    }
}

/// Where each follow-up stands on the day of the question, in the order given.
pub(crate) fn courses(context: &Context<'_>, rows: Vec<FollowUpRow>) -> Result<Vec<Course>, UserError> {
    courses_on(context.archive, context.council, context.today, rows)
}

/// The same for what is told without a question.
pub(crate) fn courses_on(
    archive: &Archive,
    council: &Council,
    today: Date,
    rows: Vec<FollowUpRow>,
) -> Result<Vec<Course>, UserError> {
    let bodies: Vec<Option<String>> = rows.iter().map(|row| acting(council, row)).collect();
    let sought: Vec<Sought> = rows
        .iter()
        .zip(&bodies)
        .map(|(row, body)| Sought {
            case_key: matter(row).0,
            body_key: body.clone(),
            said_by: row.meeting.body_key.clone(),
        })
        .collect();
    let traces = archive.traces(&sought, today)?;
    let mut courses = Vec::with_capacity(rows.len());
    for ((row, body), traces) in rows.into_iter().zip(&bodies).zip(&traces) {
        let mut next = None;
        if row.follow_up.kind == FollowUpKind::NextMeeting
            && row.follow_up.from.is_none()
            && let (Some(body), Some(said)) = (body, row.meeting.date)
        {
            next = archive.next_meeting(body, said, today)?;
        }
        let due = row.follow_up.from.zip(row.follow_up.to.or(row.follow_up.from));
        let due = due.or(next.as_ref().map(|next| (next.date, next.date)));
        let (case, title) = matter(&row);
        let seen =
            Seen { row: &row, body: body.as_deref(), has_number: case.is_some(), title, traces, due, today };
        let mut judged = seen.judge();
        let is_set_back_here = matches!(&judged, (State::Cancelled | State::Postponed, Evidence::Setback(setback))
            if setback.document == row.meeting.document);
        let decided = match (&row.item, is_set_back_here || may_be_not_carried(&row)) {
            (Some(head), true) => Decided::of(archive, head.item_id)?,
            _ => None,
        };
        let is_decided =
            decided.as_ref().is_some_and(|it| it.words.contains(&one_line(&row.follow_up.quote)));
        if is_set_back_here && is_decided {
            // What a decision itself announces is not what it puts off.
            let later: Vec<SetbackRow> =
                traces.setbacks.iter().filter(|it| it.document != row.meeting.document).cloned().collect();
            let traces = Traces { setbacks: later.into(), ..traces.clone() };
            judged = Seen { traces: &traces, ..seen }.judge();
        }
        if let (State::Coming | State::Overdue | State::Unknown, Some(decided)) = (judged.0, &decided)
            && !is_decided
            && let Some(why) = decided.not_carried(&row)
        {
            judged = unknown(why);
        }
        if judged.0 == State::Overdue
            && let (Some(body), Some((from, to))) = (body, due)
        {
            let titled = archive.items_of_body(body, (from, to.min(today)))?;
            let same = |item: &&TracedItem| {
                is_telling(title) && item.outcome != Outcome::Postponed && has_title(item, title)
            };
            if let Some(item) = titled.iter().find(same) {
                judged = (State::Treated, Evidence::OtherNumber(item.clone()));
            }
        }
        let (state, evidence) = judged;
        let put_off = match (&evidence, row.meeting.date) {
            (Evidence::Item(treated), Some(said)) if state == State::Treated => {
                seen.put_off_before(said, treated)
            }
            _ => None,
        };
        let opens = row.meeting.date.map(|said| seen.opens(said));
        let has_minutes = opens.is_some_and(|opens| traces.minutes.iter().any(|day| *day >= opens));
        courses.push(Course { row, due, next, state, evidence, put_off, body: body.clone(), has_minutes });
    }
    Ok(courses)
}

/// What was decided at the item of a follow-up.
struct Decided {
    /// The words of the decision on one line.
    words: String,
    /// What was recommended, point by point, each on one line.
    recommended: Vec<String>,
}

impl Decided {
    /// None where nothing was decided.
    fn of(archive: &Archive, item: i64) -> Result<Option<Self>, UserError> {
        let Some(item) = archive.item(item)?.map(|treatment| treatment.item) else { return Ok(None) };
        let recommended = item.recommendations.iter().map(|point| one_line(&point.text)).collect();
        Ok(item.decision.map(|decision| Self { words: one_line(&decision.text), recommended }))
    }

    /// Why what an item's recommendation or background says is to come need not come: the item, or the point of the recommendation that
    /// says it, was not carried. None where it was.
    fn not_carried(&self, row: &FollowUpRow) -> Option<Why> {
        let down = minutes::points_turned_down(&self.words);
        if let Some(point) = self.point(&row.follow_up.quote)
            && !down.is_empty()
        {
            return down.contains(&point).then_some(Why::PointRejected);
        }
        match row.item.as_ref()?.outcome {
            Outcome::Rejected => Some(Why::Rejected),
            Outcome::Postponed => minutes::is_taken_off(&self.words).then_some(Why::TakenOff),
            _ => None,
        }
    }

    /// The number, from 1, of the recommended point that is or holds a sentence; None where none does.
    fn point(&self, quote: &str) -> Option<usize> {
        let quote = one_line(quote);
        let bare = |text: &str| text.trim_start_matches("at ").trim_end_matches(['.', ',', ' ']).to_owned();
        let sentence = bare(&quote);
        let at = self.recommended.iter().position(|point| {
            let point = bare(point);
            !sentence.is_empty()
                && !point.is_empty()
                && (point.contains(&sentence) || sentence.contains(&point))
        })?;
        Some(at + 1)
    }
}

/// Whether the item's outcome leaves room for [`Decided::not_carried`].
fn may_be_not_carried(row: &FollowUpRow) -> bool {
    let outcome = row.item.as_ref().map(|item| item.outcome);
    matches!(outcome, Some(Outcome::Rejected | Outcome::Postponed | Outcome::Other | Outcome::Amended))
}

/// The body that is to act: the one named, or the one that met for its next meeting and for what it put off itself. None where that
/// is not told.
fn acting(council: &Council, row: &FollowUpRow) -> Option<String> {
    let named = row.follow_up.body.as_deref().map(|name| {
        let whole = council.abbreviations.iter().find(|(short, _)| fold(short) == fold(name));
        minutes::body::key(whole.map_or(name, |(_, whole)| whole.as_str()))
    });
    let is_own = || row.follow_up.kind == FollowUpKind::NextMeeting || is_put_off_by_itself(row);
    let own = || is_own().then(|| row.meeting.body_key.clone());
    named.or_else(own).filter(|key| !key.is_empty())
}

/// "Udsat til den 20. marts": who puts its own item off to another meeting and names nobody takes it up again.
pub(crate) fn is_put_off_by_itself(row: &FollowUpRow) -> bool {
    let Some((item, said)) = row.item.as_ref().zip(row.meeting.date) else { return false };
    let quote = &row.follow_up.quote;
    let is_own = match item.outcome {
        Outcome::Postponed => minutes::puts_off(quote, said) || minutes::comes_again(quote),
        // Who sends a matter on does not say that it comes again to itself.
        Outcome::Referred | Outcome::None => false,
        _ => minutes::comes_again(quote),
    };
    is_own && row.follow_up.body.is_none() && row.follow_up.kind == FollowUpKind::Meeting
}

/// The one case that a sentence names by its number, where it is not the item's own.
pub(crate) fn other_case(row: &FollowUpRow) -> Option<minutes::CaseNumber> {
    let own = row.item.as_ref().and_then(|item| item.case_number.as_ref()).map(minutes::CaseNumber::key);
    let mut named = minutes::case_number::find_all(&row.follow_up.quote);
    let only = if named.len() == 1 { named.pop() } else { None };
    only.filter(|named| own != Some(named.key()))
}

/// The case's key, if there is one, and the title. A sentence that names another case by its number is of that one, and of no title.
fn matter(row: &FollowUpRow) -> (Option<String>, &str) {
    if let Some(other) = other_case(row) {
        return (Some(other.key()), "");
    }
    let own = row.item.as_ref().and_then(|item| item.case_number.as_ref());
    let title = row.item.as_ref().and_then(|item| item.title.as_deref()).unwrap_or_default();
    (own.map(minutes::CaseNumber::key).filter(|key| !key.is_empty()), title)
}

/// All that is known of one follow-up.
#[derive(Clone, Copy)]
struct Seen<'a> {
    row: &'a FollowUpRow,
    body: Option<&'a str>,
    has_number: bool,
    title: &'a str,
    traces: &'a Traces,
    due: Option<(Date, Date)>,
    today: Date,
}

impl<'a> Seen<'a> {
    fn judge(self) -> (State, Evidence) {
        let Some(said) = self.row.meeting.date else {
            return match self.due {
                Some((_, to)) if to >= self.today => (State::Coming, Evidence::Day),
                _ => unknown(Why::NoDay),
            };
        };
        let opens = self.opens(said);
        let later: Vec<&TracedItem> =
            self.traces.items.iter().filter(|item| item.date >= opens && self.is_the_matter(item)).collect();
        let (held, announced): (Vec<&TracedItem>, Vec<&TracedItem>) =
            later.into_iter().partition(|item| item.kind == Kind::Minutes);
        if self.is_standing(said) {
            return self.of_standing();
        }
        if let Some(setback) = self.event_off(said) {
            return (State::Cancelled, Evidence::Setback(setback.clone()));
        }
        // That of the body that is to act counts before another's.
        let treated =
            || held.iter().filter(|item| item.outcome != Outcome::Postponed && !self.is_given_up_by(item));
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
        if let Some(item) = held.iter().rfind(|item| self.is_put_off_by(item)) {
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

    /// The first day on which a treatment is the one that was waited for: the due day, never that of the meeting itself; of a hearing its
    /// last day, since what is treated while it runs does not end it.
    fn opens(self, said: Date) -> Date {
        let after = said.tomorrow().unwrap_or(said);
        let is_hearing = self.row.follow_up.kind == FollowUpKind::Period
            && fold(&self.row.follow_up.quote).contains(HEARING);
        self.due.map_or(after, |(from, to)| if is_hearing { to } else { from }.max(after))
    }

    /// The decision by which an event of this very day was called off, at this item or another.
    fn event_off(self, said: Date) -> Option<&'a SetbackRow> {
        let (from, to) = self.due?;
        let is_event = !matches!(self.row.follow_up.kind, FollowUpKind::NextMeeting | FollowUpKind::Task);
        let named = |setback: &&SetbackRow| {
            let subject = minutes::off_subject(&setback.quote);
            subject.is_some_and(|subject| minutes::names_subject(&self.row.follow_up.quote, &subject))
        };
        let elsewhere = self.traces.events_off.iter().filter(|it| it.day == Some(from) && from == to);
        let here = self.traces.setbacks.iter().filter(|it| {
            it.is_cancelled && minutes::moved(&it.quote, it.decided_on).from == Some((from, to))
        });
        let mut all =
            elsewhere.chain(here).filter(|it| is_event && it.decided_on > said && it.decided_on <= to);
        all.rfind(named)
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

    /// The item by which the body treated before its day what it was to treat by then; None where the day is no limit.
    fn treated_early(self, said: Date, opens: Date) -> Option<&'a TracedItem> {
        let is_limit = self.row.follow_up.kind == FollowUpKind::Meeting
            && minutes::by_day(&self.row.follow_up.quote, said, self.due?).is_some();
        let mut items = self.traces.items.iter().filter(|item| item.date > said && item.date < opens);
        items.rfind(|item| {
            is_limit
                && item.kind == Kind::Minutes
                && item.outcome != Outcome::Postponed
                && self.body == Some(item.body_key.as_str())
                && self.is_the_matter(item)
        })
    }

    fn of_standing(self) -> (State, Evidence) {
        match self.due {
            Some((_, to)) if to >= self.today => (State::Coming, Evidence::Day),
            _ => unknown(Why::Standing),
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
            // One that treated it would have been found before.
            let is_put_off =
                |item: &TracedItem| item.body_key == body && item.date > to && self.is_the_matter(item);
            let was_put_off = self.traces.items.iter().any(is_put_off);
            return unknown(if was_put_off { Why::PutOffLater } else { Why::OtherTitle });
        }
        // What is due by a day may have come before it.
        if self.row.follow_up.kind == FollowUpKind::Deadline && since(said.tomorrow().unwrap_or(said)) {
            return unknown(Why::Earlier);
        }
        let minutes = Evidence::Minutes(*first, from_then.len());
        // Minutes of a year later do not tell that the meeting it was due at passed it over.
        let is_near = *first <= to.saturating_add(LONGEST_GAP_DAYS.days());
        (if is_near { State::Overdue } else { State::Unknown }, minutes)
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
        if STANDING_TITLES.iter().any(|standing| title.starts_with(standing)) {
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
    fn put_off_before(self, said: Date, treated: &TracedItem) -> Option<Evidence> {
        let mut setbacks = self.setbacks(said).into_iter();
        let setback = setbacks.rfind(|it| !it.is_cancelled && it.decided_on < treated.date);
        if let Some(setback) = setback {
            return Some(Evidence::Setback(setback.clone()));
        }
        let opens = self.opens(said);
        let is_before = |item: &&TracedItem| item.date >= opens && item.date < treated.date;
        let is_put_off =
            |item: &&TracedItem| item.kind == Kind::Minutes && item.outcome == Outcome::Postponed;
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
            // What the sentence itself says is to come is not put off by it.
            is_later
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
            minutes::names_subject(&self.row.follow_up.quote, &subject)
                || (moved.from.is_some() && moved.from == self.due)
        });
        if !is_of_subject {
            return false;
        }
        let Some((from, to)) = self.due else { return true };
        let is_named = match moved.from {
            // What is called off on a day is not all that lies around it.
            Some((first, last)) if setback.is_cancelled => first <= from && to <= last,
            Some((first, last)) => first <= to && from <= last,
            None => to >= setback.decided_on,
        };
        moved.to != Some((from, to)) && is_named
    }

    /// Whether an item that put the matter off is the step that was waited for: the body's own, and before the day was over.
    fn is_put_off_by(self, item: &TracedItem) -> bool {
        let is_own = self.body.is_none_or(|body| body == item.body_key);
        is_own && self.due.is_none_or(|(_, to)| to >= item.date)
    }
}

fn unknown(why: Why) -> (State, Evidence) {
    (State::Unknown, Evidence::Why(why))
}

/// Whether a title tells of one matter rather than of what stands on every agenda.
fn is_telling(title: &str) -> bool {
    let folded = fold(title.trim());
    words(title).len() > 1 && !STANDING_TITLES.iter().any(|standing| folded.starts_with(standing))
}

fn has_title(item: &TracedItem, title: &str) -> bool {
    item.title.as_deref().is_some_and(|other| fold(other.trim()) == fold(title.trim()))
}

/// Whether two titles have at least half of the words of the shorter one in common.
fn shares_words(one: &str, other: &str) -> bool {
    let (one, other) = (words(one), words(other));
    let least = one.len().min(other.len());
    least > 0 && one.intersection(&other).count() * 2 >= least
}

/// The words of a title that tell of its matter, folded.
fn words(title: &str) -> BTreeSet<String> {
    fold(title)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= SHORTEST_WORD && !EMPTY_WORDS.contains(word))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_one_matter_share_words() {
        for (one, other, expected) in [
            (
                "Rammer for samarbejdet på udsatteområdet",
                "Samarbejdet på udsatteområdet - endelig godkendelse",
                true,
            ),
            ("Renovering af svømmehallen", "Svømmehallen: licitation", true),
            ("Ny skole i Ulvshede", "Cykelsti til Ulvshede skole og idrætsanlæg", true),
            ("Renovering af svømmehallen", "Tilskud til musikskolen", false),
            ("Orientering", "Orientering", false),
            ("", "", false),
        ] {
            assert_eq!(shares_words(one, other), expected, "{one} / {other}");
        }
    }

    #[test]
    fn what_stands_on_every_agenda_tells_nothing() {
        for title in ["Eventuelt", "Nyt fra formanden", "Godkendelse af referat", "Orientering", "Budget"] {
            assert!(!is_telling(title), "{title}");
        }
        assert!(is_telling("Tandpleje for socialt udsatte"));
    }
}
