//! Words that look like headings and are values: the sort of an item after its label, and the bodies and days of a table that tells
//! where a matter goes.

use super::headings::{Heading, Weight};
use crate::model::SectionKind;
use crate::segment::Line;

/// Labels whose value says of what sort an item is, in lower case: `Punkttype` and on the next line `Beslutning`.
const SORTS: [&str; 8] = [
    "punkttype",
    "sagstype",
    "punktets type",
    "sagens type",
    "type",
    "type af punkt",
    "beslutningstype",
    "behandlingstype",
];

/// In bytes.
const LONGEST_SORT: usize = 20;

/// Headings under which it is told where a matter goes, in lower case.
const ROUTES: [&str; 15] = [
    "sagsforløb",
    "sagens forløb",
    "sagens gang",
    "sagsgang",
    "politisk behandling",
    "politisk proces",
    "beslutningsproces",
    "videre proces",
    "den videre proces",
    "videre forløb",
    "det videre forløb",
    "videre sagsgang",
    "forventet sagsgang",
    "sagen behandles i",
    "behandles i",
];

/// Takes from lines what makes them headings where they are values.
pub(super) fn leave_out_values(lines: &[Line<'_>], headings: &mut [Option<Heading>]) {
    let mut is_sort = false;
    let mut in_route = false;
    for at in 0..lines.len() {
        if lines[at].is_blank() {
            continue;
        }
        let found = headings[at];
        if is_sort
            || (is_meeting(found) && (is_row(lines[at].text) || in_route && has_no_text(lines, headings, at)))
        {
            headings[at] = None;
        } else if found.is_some() {
            in_route = is_one_of(lines[at].text, &ROUTES, usize::MAX);
        }
        is_sort = !is_sort && is_one_of(lines[at].text, &SORTS, LONGEST_SORT);
    }
}

/// Whether a heading is a body and a day and nothing else.
fn is_meeting(heading: Option<Heading>) -> bool {
    heading.is_some_and(|found| found.kind == SectionKind::Decision && found.weight == Weight::Common)
}

/// Whether a line has cells.
fn is_row(line: &str) -> bool {
    line.trim_start().contains('\t')
}

fn is_one_of(line: &str, words: &[&str], longest: usize) -> bool {
    let text = line.trim().trim_end_matches(':').trim_end();
    text.len() <= longest && words.contains(&text.to_lowercase().as_str())
}

/// Whether nothing but another heading follows a heading, and no decision's: nobody decided anything there.
fn has_no_text(lines: &[Line<'_>], headings: &[Option<Heading>], at: usize) -> bool {
    let is_whole = headings[at].is_some_and(|found| found.end >= lines[at].text.trim_end().len());
    let next = super::next_text(lines, at + 1);
    let is_own = |next: usize| {
        headings[next].is_some_and(|found| found.kind != SectionKind::Decision || is_meeting(Some(found)))
    };
    is_whole && next.is_none_or(is_own)
}
