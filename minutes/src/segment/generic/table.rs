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

#[cfg(test)]
mod tests {
    use super::super::headings;
    use super::*;

    /// The lines of a text that are headings.
    fn found(text: &str) -> Vec<&str> {
        let lines: Vec<Line<'_>> = text.lines().map(|text| Line { number: 1, text }).collect();
        let mut headings: Vec<Option<Heading>> = lines.iter().map(|line| headings::find(line.text)).collect();
        leave_out_values(&lines, &mut headings);
        lines
            .iter()
            .zip(headings)
            .filter(|(_, heading)| heading.is_some())
            .map(|(line, _)| line.text)
            .collect()
    }

    #[test]
    fn the_sort_of_an_item_is_no_heading() {
        assert_eq!(found("Punkttype\nBeslutning\nTema\nVeje"), ["Tema"]);
        assert_eq!(found("Sagstype:\n\nBeslutning\nBeslutning\nGodkendt."), ["Beslutning"]);
    }

    #[test]
    fn where_a_matter_goes_is_no_decision() {
        let rows = "Sagsforløb\nUdvalg\tDato\nØkonomiudvalget\t13-02-2024\t\nByrådet\t20-03-2024\nBeslutning\nUdsat.";
        assert_eq!(found(rows), ["Sagsforløb", "Beslutning"]);
        assert_eq!(found("Sagsgang\nByrådet 20-03-2024\nIndstilling"), ["Sagsgang", "Indstilling"]);
        let told = "Sagsforløb\nByrådet 20-03-2024\nUdsat.\nIndstilling";
        assert_eq!(found(told), ["Sagsforløb", "Byrådet 20-03-2024", "Indstilling"]);
    }
}
