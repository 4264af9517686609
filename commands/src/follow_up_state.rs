//! What became of a follow-up, as far as the archive tells it. Nothing is guessed: what minutes would have to tell, and do not, is
//! unknown.
//!
//! | state | what it rests on |
//! |---|---|
//! | behandlet | a later item on the case by the body that is to act, or on the case and words of its title by any body, at or after the day; the same title under another number by the body on the day; one before it where the day is a limit ("senest"); whether it was put off before is told too; of a promise without a day only that its case was treated since |
//! | aflyst, udsat | a later decision that says so of the matter or of the meeting, and no treatment after it; an event of that day that the body called off at whatever item; a sentence that names less than the matter is of that only |
//! | kommende | its day is today or later; a next meeting whose day is not known yet |
//! | forfalden | its day is over, minutes of the body from then on are here, and the case is not in them |
//! | ukendt | all else; and what an item or a point that was rejected, decided otherwise or taken off the agenda meant to do, unless its decision says that it comes; what was only proposed, and turned down later |
//!
//! A number that a body uses for a standing item, or for several items of one meeting, says less: then the words of the title count.

mod seen;
mod title;

use index::{Archive, FollowUpRow, NextMeeting, SetbackRow, Sought, TracedItem, Traces};
use jiff::civil::Date;
use minutes::{FollowUpKind, Outcome, fold};

use crate::danish::{self, one_line};
use crate::{Context, Council, UserError};
use seen::{Seen, unknown};
use title::{has_title, is_telling};

/// Days for which "the next meeting" of a body is still ahead.
pub(crate) const NEXT_MEETING_DAYS: i32 = 180;

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
    /// An item at which what somebody proposed was turned down.
    TurnedDown(TracedItem),
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
    /// The sentence is of another item of the same agenda.
    OtherItem,
    /// The sentence tells only when the body meets next.
    OwnMeeting,
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
    /// It was only recommended, and the decision is another one.
    NotFollowed,
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
        let is_not_carried = matches!(
            self.evidence,
            Evidence::TurnedDown(_)
                | Evidence::Why(Why::Rejected | Why::PointRejected | Why::TakenOff | Why::NotFollowed)
        );
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
    let matters: Vec<Matter> = rows.iter().map(matter).collect();
    let sought: Vec<Sought> = rows
        .iter()
        .zip(&bodies)
        .zip(&matters)
        .map(|((row, body), matter)| Sought {
            case_key: matter.case.clone(),
            body_key: body.clone(),
            said_by: row.meeting.body_key.clone(),
        })
        .collect();
    let traces = archive.traces(&sought, today)?;
    let mut courses = Vec::with_capacity(rows.len());
    for (((row, body), matter), traces) in rows.into_iter().zip(&bodies).zip(&matters).zip(&traces) {
        let mut next = None;
        if row.follow_up.kind == FollowUpKind::NextMeeting
            && row.follow_up.from.is_none()
            && let (Some(body), Some(said)) = (body, row.meeting.date)
        {
            next = archive.next_meeting(body, said, today)?;
        }
        let due = row.follow_up.from.zip(row.follow_up.to.or(row.follow_up.from));
        let due = due.or(next.as_ref().map(|next| (next.date, next.date)));
        let (has_number, title) = (matter.case.is_some(), matter.title.as_str());
        let seen = Seen { row: &row, body: body.as_deref(), has_number, title, traces, due, today };
        let mut judged = seen.judge();
        let is_set_back_here = matches!(&judged, (State::Cancelled | State::Postponed, Evidence::Setback(setback))
            if setback.document == row.meeting.document);
        let is_open = matches!(judged.0, State::Coming | State::Overdue | State::Unknown);
        let decided = match (&row.item, is_set_back_here || (is_open && may_be_not_carried(&row))) {
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
        if matches!(judged.0, State::Coming | State::Overdue | State::Unknown)
            && minutes::is_proposed(&row.follow_up.quote)
            && let Some(item) = row.meeting.date.and_then(|said| seen.decided_later(said))
            && (item.outcome == Outcome::Rejected
                || Decided::of(archive, item.item_id)?.is_some_and(|it| it.is_against(&row.follow_up.quote)))
        {
            judged = (State::Unknown, Evidence::TurnedDown(item.clone()));
        }
        if judged.0 == State::Overdue
            && is_telling(title)
            && let (Some(body), Some((_, to)), Some(said)) = (body, due, row.meeting.date)
        {
            // Never the item that says so, whose meeting may lie in the period.
            let titled = archive.items_of_body(body, (seen.opens(said), to.min(today)))?;
            let same = |item: &&TracedItem| item.outcome != Outcome::Postponed && has_title(item, title);
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
            // "Udvalget anbefaler, at skolen ikke lukkes": told in words of its own, and against what was recommended.
            Outcome::Other if self.point(&row.follow_up.quote).is_some() => {
                minutes::is_against(&self.words, &row.follow_up.quote).then_some(Why::NotFollowed)
            }
            _ => None,
        }
    }

    /// Whether what was decided, or recommended and then decided, goes against a proposal.
    fn is_against(&self, proposal: &str) -> bool {
        let is_carried = || self.words.starts_with("Godkend") || self.words.starts_with("Vedtaget");
        minutes::is_against(&self.words, proposal)
            || (is_carried() && self.recommended.iter().any(|point| minutes::is_against(point, proposal)))
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
    let is_own = || {
        row.follow_up.kind == FollowUpKind::NextMeeting
            || is_put_off_by_itself(row)
            || minutes::is_day_of_next_meeting(&row.follow_up.quote)
    };
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

/// The number of the item of the same agenda that a sentence puts off where the agenda itself is treated. Elsewhere "punkt 2" may be a
/// point of the recommendation.
pub(crate) fn other_item(row: &FollowUpRow) -> Option<String> {
    let item = row.item.as_ref()?;
    let is_agenda = item.title.as_deref().is_some_and(|title| fold(title).contains("dagsorden"));
    let is_of_case = other_case(row).is_some();
    if is_agenda && !is_of_case {
        minutes::other_item(&row.follow_up.quote, item.number.as_deref())
    } else {
        None
    }
}

/// What a follow-up is about.
#[derive(Default)]
struct Matter {
    /// The case's key; None where there is none.
    case: Option<String>,
    /// The title of its item; empty where that is not what it is about.
    title: String,
}

/// A sentence that names another case by its number is of that one, and of no title; one that tells the day of the next meeting is of none.
fn matter(row: &FollowUpRow) -> Matter {
    if minutes::is_day_of_next_meeting(&row.follow_up.quote) {
        return Matter::default();
    }
    if let Some(other) = other_case(row) {
        return Matter { case: Some(other.key()), title: String::new() };
    }
    let own = row.item.as_ref().and_then(|item| item.case_number.as_ref());
    let title = row.item.as_ref().and_then(|item| item.title.clone()).unwrap_or_default();
    Matter { case: own.map(minutes::CaseNumber::key).filter(|key| !key.is_empty()), title }
}
