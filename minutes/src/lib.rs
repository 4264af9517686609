//! How Danish municipal minutes are read: `read` (bytes to lines), `segment` (lines to an outline),
//! `understand` (an outline to a [`Document`]). Pure functions: no files, no network, no clock.
//!
//! Reading never fails on text: strange minutes become a searchable document, and what was strange
//! comes back as warnings.

pub mod body;
pub mod case_number;
mod fold;
pub mod model;
pub mod month;
mod pattern;
pub mod person;
pub mod read;
mod segment;
pub mod term;
mod understand;

pub use case_number::CaseNumber;
pub use fold::{fold, one_line};
pub use model::*;
pub(crate) use pattern::{Pattern, cued, pattern};
pub use understand::{
    Moved, Off, PlannedMeeting, Setback, before_holiday, body_put_off, by_day, comes_again, is_against,
    is_day_of_next_meeting, is_not_treated, is_proposed, is_taken_off, is_to_next_meeting, moved,
    moves_next_meeting, names_subject, names_title, off_subject, only_comes_again, other_item,
    planned_meetings, points_turned_down, proposes_refusal, puts_off, setbacks, turns_down_recommendation,
    withdraws,
};

/// Which reading this is. Whoever keeps readings compares it with the one they kept and reads the text again when it differs;
/// a change that reads any text differently raises it.
pub const READING: u32 = 14;

/// Reads a text as the document it is. Never fails: what no layout claims is a searchable [`Kind::Document`], and what
/// was strange comes back as warnings, by line.
pub fn parse(text: &str) -> (Document, Vec<Warning>) {
    parse_from(text, "")
}

/// The same for a text that stood at `place`, the path of a file or the address of a page: its day and its body are taken from
/// there where the text of a meeting does not tell, and a warning says so.
pub fn parse_from(text: &str, place: &str) -> (Document, Vec<Warning>) {
    understand::document(segment::outline(text), &understand::Hint::of(place))
}

/// The same as if no municipality's own layout were known: what is inferred from the text alone. It shows how a municipality that
/// nobody has seen will be read.
pub fn parse_generic(text: &str, place: &str) -> (Document, Vec<Warning>) {
    understand::document(segment::outline_generic(text), &understand::Hint::of(place))
}

/// The day that a short text names (`2020-08-12`, `12.8.2020`, `12. august 2020`); None unless it names one with its year.
pub fn day(text: &str) -> Option<jiff::civil::Date> {
    understand::full_date(text)
}

/// The days that a short text means, asked on a day (`efteråret 2020`, `uge 34`, `næste måned`, `1. maj til 15. juni`), first and last;
/// a year left open is that of the first such time that is not over. None unless every word of it is understood.
pub fn period(text: &str, today: jiff::civil::Date) -> Option<(jiff::civil::Date, jiff::civil::Date)> {
    understand::period(text, today)
}

/// Whether a short text is a day that the calendar does not have: `31. februar`, `2021-02-29`.
pub fn is_no_day(text: &str) -> bool {
    understand::is_no_day(text)
}

/// A text without the days and periods that it names: what stays of a sentence when a day in it is corrected.
pub fn without_days(text: &str) -> String {
    understand::without_days(text)
}

/// The keys ([`body::key`]) of the bodies whose joint meeting bears this name (`Byrådet og Ældrerådet`); empty for the name of one body.
pub fn joint_bodies(name: &str) -> Vec<String> {
    let keys = understand::joint_keys(name);
    if keys.len() > 1 { keys } else { Vec::new() }
}

/// The bodies that a text names by name, in order, as printed.
pub fn bodies_in(text: &str) -> Vec<String> {
    understand::bodies_in(text)
}
