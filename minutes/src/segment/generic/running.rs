//! Heads and feet that each page of a printed document repeats in its text: they belong to no item.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::header::DAY;
use super::headings::{Heading, Weight};
use crate::segment::Line;
use crate::{Pattern, cued, one_line};

/// The number of a page at the end of a line: `Side 2 af 7`, `s. 4`. A gap, a comma or nothing stands before it.
static PAGE_NUMBER: LazyLock<Pattern> = LazyLock::new(|| {
    cued(
        "[Ss](?:ide|IDE|\\.)",
        r"^(?P<rest>|.*?(?:\s{2,}|\t\s*|,\s+|\|\s*))(?i:side|s\.)\s*\d{1,4}(?:\s*(?:af|ud af|/)\s*\d{1,4})?\s*$",
    )
});

/// What parts the words of a page's head.
const PARTS: [&str; 6] = [" - ", " – ", " | ", " · ", ", ", "  "];

/// A longer line is no head of a page, in bytes.
const LONGEST: usize = 160;

/// Lines at the beginning of a text in which a page's head has its words too.
const HEADER_LINES: usize = 16;

/// A shorter name is found in too many lines, in bytes.
const SHORTEST_NAME: usize = 4;

/// For each line whether it is the head or foot of a page: its number with the meeting beside it, and the lines with the meeting's
/// own words that stand right above or below the number.
pub(super) fn lines_of_pages(lines: &[Line<'_>], headings: &[Option<Heading>]) -> Vec<bool> {
    let mut of_page = vec![false; lines.len()];
    let rests: Vec<Option<&str>> = lines.iter().map(|line| before_number(line.text)).collect();
    if rests.iter().all(Option::is_none) {
        mark_repeated(lines, headings, &mut of_page);
        return of_page;
    }
    // What heads a section of an item ends the header, and is of no page.
    let is_own = |at: usize| headings[at].is_some_and(|heading| heading.weight != Weight::Common);
    let header: Vec<(usize, String)> = (0..lines.len())
        .take_while(|at| !is_own(*at))
        .filter(|at| !lines[*at].is_blank())
        .take(HEADER_LINES)
        .map(|at| (at, one_line(lines[at].text)))
        .collect();
    let whole = lines.iter().filter(|line| !line.is_blank() && line.text.len() <= LONGEST);
    let times = times_of(whole.map(|line| line.text));
    let times_beside = times_of(rests.iter().flatten().copied().filter(|rest| !rest.is_empty()));
    let is_of_meeting = |own: usize, text: &str| {
        let text = one_line(text);
        text.len() >= SHORTEST_NAME
            && text.starts_with(char::is_alphabetic)
            && header.iter().any(|(at, line)| *at != own && line.contains(&text))
    };
    for (at, rest) in rests.iter().enumerate() {
        let Some(rest) = rest else { continue };
        let comes_again = || times_beside.get(&one_line(rest)).is_some_and(|times| *times > 1);
        // A row of contents begins with the item's number.
        let begins_low = rest.starts_with(|c: char| !c.is_alphabetic() || c.is_lowercase());
        of_page[at] = rest.is_empty()
            || !begins_low && (DAY.is_match(rest) || is_of_meeting(at, rest) || comes_again());
    }
    for at in 0..lines.len() {
        if rests[at].is_none() || !of_page[at] {
            continue;
        }
        for neighbour in [at.checked_sub(1), at.checked_add(1)].into_iter().flatten() {
            let Some(line) = lines.get(neighbour).filter(|line| !line.is_blank()) else { continue };
            let again = times.get(&one_line(line.text)).is_some_and(|times| *times > 1);
            let has_gap = line.text.trim().contains("   ");
            if line.text.len() <= LONGEST
                && !is_own(neighbour)
                && (is_of_meeting(neighbour, line.text) || again && (has_gap || DAY.is_match(line.text)))
            {
                of_page[neighbour] = true;
            }
        }
    }
    of_page
}

/// Lines of the header that each page repeats without a number: the meeting's day with other words of the header beside it, the same
/// each time.
fn mark_repeated(lines: &[Line<'_>], headings: &[Option<Heading>], of_page: &mut [bool]) {
    let is_apart =
        |at: usize| at > 0 && lines[at - 1].is_blank() && lines.get(at + 1).is_none_or(Line::is_blank);
    let may_be = |at: &usize| {
        let text = lines[*at].text;
        text.len() <= LONGEST
            && text.contains(|c: char| c.is_ascii_digit())
            && headings[*at].is_none()
            && is_apart(*at)
            && DAY.is_match(text)
    };
    let is_sure = |heading: &Option<Heading>| heading.is_some_and(|heading| heading.weight == Weight::Sure);
    let first = headings.iter().position(is_sure).unwrap_or(lines.len());
    let found: Vec<usize> = (first..lines.len()).filter(may_be).collect();
    if found.len() < 2 {
        return;
    }
    let times = times_of(found.iter().map(|at| lines[*at].text));
    let own = lines[..first].iter().filter(|line| !line.is_blank()).take(HEADER_LINES);
    let header: Vec<String> = own.map(|line| one_line(line.text)).collect();
    let of_header = |part: &str| header.iter().any(|line| line.contains(&one_line(part)));
    for at in found {
        let text = lines[at].text;
        let is_again = times.get(&one_line(text)).is_some_and(|times| *times > 1);
        of_page[at] = is_again && parts(text).all(of_header);
    }
}

/// The words of a page's head, which stand beside each other.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut parts = vec![text];
    for between in PARTS {
        parts = parts.into_iter().flat_map(|part| part.split(between)).collect();
    }
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty())
}

/// How often each of some texts comes, whatever the space in them.
fn times_of<'t>(texts: impl Iterator<Item = &'t str>) -> HashMap<String, usize> {
    let mut times = HashMap::new();
    texts.for_each(|text| *times.entry(one_line(text)).or_default() += 1);
    times
}

/// What stands before the page's number that a line ends with; None for a line without one.
fn before_number(line: &str) -> Option<&str> {
    let text = line.trim();
    // Asked of every line.
    if text.len() > LONGEST || !text.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let rest = PAGE_NUMBER.captures(text)?.name("rest")?.as_str();
    Some(rest.trim_end_matches([' ', '\t', ',', '|', '\u{a0}']))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines that are of a page, of a text.
    fn found(text: &str) -> Vec<usize> {
        let lines: Vec<Line<'_>> =
            text.lines().enumerate().map(|(at, text)| Line { number: at + 1, text }).collect();
        let headings: Vec<Option<Heading>> =
            lines.iter().map(|line| crate::segment::generic::headings::find(line.text)).collect();
        lines_of_pages(&lines, &headings)
            .iter()
            .zip(&lines)
            .filter(|(of_page, _)| **of_page)
            .map(|(_, line)| line.number)
            .collect()
    }

    #[test]
    fn heads_of_pages_are_known_by_their_number() {
        let body = "Byrådet      4. maj 2026\n             Side 1\n\n1 Vej\nBeslutning\n";
        assert_eq!(
            found(&format!("{body}Byrådet      4. maj 2026\n             Side 2\nGodkendt.")),
            [1, 2, 6, 7]
        );
        assert_eq!(
            found(
                "Fjordby Byråd\nMøde den 4. maj 2026\n1. Vej\n\nFjordby Byråd\nMøde den 04-05-2026     Side 2 af 7"
            ),
            [5, 6]
        );
        assert_eq!(found("Referat\n1. Vej\nSkoleudvalget, 4. maj 2026, side 112"), [3]);
        assert_eq!(found("Referat\nSkoleudvalget den 04-05-2026          s. 4"), [2]);
    }

    #[test]
    fn heads_without_a_number_are_known_by_the_header_s_words() {
        let text = "Fjordby Kommune\nByrådet\nReferat 4. maj 2026\n\n1. Vej\nBeslutning\nGodkendt, idet\n\n";
        let head = "Fjordby Kommune - Byrådet - Referat 4. maj 2026\n\nvejen åbner.\n\n";
        assert_eq!(found(&format!("{text}{head}{head}")), [9, 13]);
        assert!(found(&format!("{text}{head}")).is_empty());
        let other = "Fristen er 4. maj 2026\n\nvejen åbner.\n\n";
        assert!(found(&format!("{text}{other}{other}")).is_empty());
    }

    #[test]
    fn rows_and_sentences_are_of_no_page() {
        assert!(found("Referat\n1. Vej      side 2\n2. Bro      side 3").is_empty());
        assert!(found("Planen er omtalt i bilag 2, side 14").is_empty());
        assert!(found("Byrådet den 4. maj 2026\nGodkendt.").is_empty());
        assert!(found("Referat\nVejplan for byen      side 2").is_empty());
    }
}
