//! What a parsed document is: plain data, the same names as in `referent parse --json`.
//!
//! Nothing here knows how a document was laid out. Every text is as printed: words, spelling and
//! bullets are the minutes' own; only line ends and outer white space are tidied.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::case_number::CaseNumber;

/// One document as read: a meeting's minutes or agenda, a member page, or any other text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// What the document is. [`Kind::Minutes`] as soon as one item has a decision.
    pub kind: Kind,
    /// Which segmenter read it, for example `herning-print`.
    pub layout: String,
    /// The municipality, only when the text tells it.
    pub municipality: Option<String>,
    /// The council, committee or board that met, without its term of office.
    pub body: Option<String>,
    /// The day of the meeting; for a document that is not minutes, the day it says it was revised.
    pub date: Option<Date>,
    /// When the meeting began, `HH:MM`, if printed.
    pub time: Option<String>,
    /// Where the meeting was held, as printed.
    pub place: Option<String>,
    /// The title of a document that is not minutes.
    pub title: Option<String>,
    /// Who was absent, and who stood in.
    pub attendance: Attendance,
    /// The items of the agenda in the order printed; empty for anything but minutes and agendas.
    pub items: Vec<AgendaItem>,
    /// Follow-ups of a document without items.
    pub follow_ups: Vec<FollowUp>,
    /// Text outside the items: menus, introductions, and all the text of a plain document.
    pub sections: Vec<Section>,
}

/// What a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// At least one item has a decision.
    Minutes,
    /// Items, but no decision: it never counts as a treatment.
    Agenda,
    /// Anything else: searchable, never a source of decisions.
    Document,
    /// A page that lists who sits on a body.
    Members,
}

/// Who was present, absent, or stood in at the meeting.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attendance {
    /// Names given as present; empty when none are listed.
    pub present: Vec<String>,
    /// Names given as absent from the meeting as a whole.
    pub absent: Vec<String>,
    /// Who stood in at this meeting, and for whom.
    pub substitutes: Vec<Substitute>,
    /// What the lists of names print beside a name; those with neither office nor party are left out, and so is the field where
    /// nobody is left.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub listed: Vec<Listed>,
    /// Who came late, left early, or took no part in some items, as the header and the decisions tell it; left out where nobody is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub in_part: Vec<InPart>,
}

/// Somebody who was there for a part of the meeting only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InPart {
    /// The name as printed, without party.
    pub person: String,
    /// The minutes' own words after the name: `ankom kl. 17.54 under punkt 4`.
    pub told: String,
    /// Number of the item under whose decision it is told; None in the header, and where the item has no number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
}

/// What a list of who was there, or was not, prints beside a name. It shows that somebody sat so on that day, and decides nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// The name as printed, without party.
    pub person: String,
    /// The office beside the name; None when none is printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// Party letter or list, as printed; None when none is printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
}

/// A person who stood in for another at one meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Substitute {
    /// Who came.
    pub person: String,
    /// Who was absent; None when the minutes do not say.
    #[serde(rename = "for")]
    pub stands_in_for: Option<String>,
}

/// One item of an agenda.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct AgendaItem {
    /// The item's number as printed, without the full stop; None when the layout prints none.
    pub number: Option<String>,
    /// The case that the item belongs to.
    pub case_number: Option<CaseNumber>,
    /// The title as printed with its suffix, without the number; None when the layout prints none.
    pub title: Option<String>,
    /// Caseworkers in the order printed; initials where only those are printed.
    pub caseworkers: Vec<String>,
    /// Columns marked in Herning's routing grid, left to right. Empty: none marked.
    /// None: no grid, or marks that cannot be tied to a column.
    pub routed_to: Option<Vec<String>>,
    /// The item itself is marked as closed to the public.
    pub closed: bool,
    /// Headed texts in the order printed. The text under a decision heading stands in `decision`;
    /// such a section keeps only what is not part of the decision.
    pub sections: Vec<Section>,
    /// What was proposed, one entry for each sentence of the list, read from the recommendation section.
    pub recommendations: Vec<Recommendation>,
    /// Decisions of other bodies that this item repeats.
    pub earlier_decisions: Vec<EarlierDecision>,
    /// The decision of this meeting's body; None when nothing is recorded.
    pub decision: Option<Decision>,
    /// What the item says will happen or is due after the meeting.
    pub follow_ups: Vec<FollowUp>,
    /// Who was appointed, recommended, or leaves.
    pub seats: Vec<Seat>,
    /// Earlier treatments that the text refers to by item number.
    pub references: Vec<Reference>,
    /// Names of attached files.
    pub attachments: Vec<String>,
}

/// A headed text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// What the heading means.
    pub kind: SectionKind,
    /// The heading as printed; None for text before the first heading.
    pub heading: Option<String>,
    /// The text under it; empty when there is none.
    pub text: String,
}

/// What a section's heading means. The words for each stand in the heading table of `segment`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SectionKind {
    /// Short account of the matter (Sagsresume, Resume).
    Summary,
    /// The matter at length (Sagsfremstilling).
    Background,
    /// Costs and funding (Økonomi).
    Economy,
    /// What is proposed (Indstilling).
    Recommendation,
    /// What was decided (Beslutning).
    Decision,
    /// Earlier treatment (Historik, Tidligere behandling).
    History,
    /// Legal basis (Lovgrundlag).
    Law,
    /// Hearing and communication (Høring, Kommunikation).
    Hearing,
    /// Attached files (Bilag).
    Attachments,
    /// Herning's routing grid as printed.
    Routing,
    /// A list of other documents on a page that shows one.
    Related,
    /// Text without a heading, or under one that the table does not know.
    Other,
}

/// One proposal to the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recommendation {
    /// Who proposes; None when the text does not say.
    pub by: Option<String>,
    /// The proposal, without the leading "at".
    pub text: String,
}

/// The decision of another body that the item repeats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierDecision {
    /// Which body.
    pub body: Option<String>,
    /// When.
    pub date: Option<Date>,
    /// The decision's own words.
    pub text: String,
    /// How that body decided.
    pub outcome: Outcome,
}

/// What the body decided, in the minutes' own words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The words as printed; never empty.
    pub text: String,
    /// What they amount to.
    pub outcome: Outcome,
    /// The vote, when one is recorded.
    pub votes: Option<Votes>,
}

/// What a decision amounts to, by its own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Adopted, also "as recommended".
    Approved,
    /// Taken to notice.
    Noted,
    /// Discussed, nothing more.
    Discussed,
    /// Put off.
    Postponed,
    /// Sent or recommended on to another body.
    Referred,
    /// Turned down.
    Rejected,
    /// Adopted with a change.
    Amended,
    /// Persons were chosen.
    Appointed,
    /// Narrative.
    Other,
    /// No decision.
    None,
}

/// A vote as recorded. A count is None when only parties or names are given, and a list is empty when only counts are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Votes {
    /// Votes for.
    #[serde(rename = "for")]
    pub in_favour: Option<u32>,
    /// Votes against.
    pub against: Option<u32>,
    /// Abstentions.
    pub abstained: Option<u32>,
    /// Parties and people who voted for, as printed.
    pub for_by: Vec<String>,
    /// Those who voted against.
    pub against_by: Vec<String>,
    /// Those who voted neither for nor against.
    pub abstained_by: Vec<String>,
    /// The lines that tell it.
    pub text: String,
}

/// Something that is to happen after the meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowUp {
    /// First day; None when only "the next meeting" or no time is known.
    pub from: Option<Date>,
    /// Last day, the same as `from` for a single day; None together with `from`.
    pub to: Option<Date>,
    /// The body that acts; None when the sentence names none.
    pub body: Option<String>,
    /// What sort of thing.
    pub kind: FollowUpKind,
    /// The sentence that says so.
    pub quote: String,
}

/// What sort of follow-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FollowUpKind {
    /// A body treats the matter.
    Meeting,
    /// Something is due.
    Deadline,
    /// Something takes place.
    Event,
    /// Something goes on over a stretch of time.
    Period,
    /// A promise without a date.
    Task,
    /// The body's next meeting, whose date the text does not give.
    NextMeeting,
}

/// One person's place in a body, or the end of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// The name as printed, without party.
    pub person: String,
    /// The body; None when the text does not say.
    pub body: Option<String>,
    /// The office.
    pub role: Role,
    /// What happens to the seat.
    pub event: SeatEvent,
    /// How sure it is. Only [`SeatStatus::Decided`] changes who sits where.
    pub status: SeatStatus,
    /// First day; None when the text does not say.
    pub from: Option<Date>,
    /// Last day; None when the text does not say.
    pub to: Option<Date>,
    /// Party letter or list, as printed.
    pub party: Option<String>,
    /// The office is another's, who has it back after a leave or an absence. Left out of the JSON where it is not so.
    #[serde(default, skip_serializing_if = "is_false")]
    pub acting: bool,
    /// The sentence or line that says so: the decision's own where it has one.
    pub quote: String,
    /// The decision's words where it only adopts what `quote` says (`Godkendt som indstillet.`). None, and left out of the JSON,
    /// where the quote is the decision's own, or nothing is decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adopted_by: Option<String>,
    /// How many members the item says that the body has. None, and left out of the JSON, where it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<u8>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

/// An office in a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Medlem.
    Member,
    /// Formand.
    Chair,
    /// Næstformand.
    ViceChair,
    /// Borgmester.
    Mayor,
    /// Viceborgmester.
    DeputyMayor,
    /// Stedfortræder, suppleant.
    Substitute,
}

/// What happens to a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeatEvent {
    /// Takes the seat.
    Appointed,
    /// Gives it up.
    Leaving,
    /// Is away for a time.
    Leave,
    /// Keeps it under another party.
    PartyChange,
}

/// How sure a seat is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeatStatus {
    /// The body decided it.
    Decided,
    /// Somebody proposes it.
    Recommended,
    /// The person asks for it, or announced it.
    Requested,
}

/// An earlier treatment named in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// The item's number there.
    pub number: String,
    /// The meeting's day, when given.
    pub date: Option<Date>,
    /// The body, when named.
    pub body: Option<String>,
}

/// What the warning says that each reading of an inferred layout begins with: the reading may be good all the same.
pub const INFERRED: &str = "layout inferred from the text";

/// Something the reader was unsure of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// Line of the input, counted from 1.
    pub line: usize,
    /// What was strange, in English, lower case.
    pub what: String,
}
