//! Where items begin.

use std::collections::HashSet;

use super::{
    CASEWORKER, Line, NUMBERED, NUMBERED_LOOSELY, after_caseworkers, case_line, follows_blank, is_title,
    next_text, previous_text, same_title, same_words, stands_alone, starts_head_or_section, title_after,
};
use crate::case_number;
use crate::segment::closed::{is_closed, is_closed_line};
use crate::segment::{grid, headings, labelled};

/// Items without a case number that follow each other, at the most.
const LARGEST_STEP: u32 = 50;

/// A title before its case number is broken over no more lines than this.
const TITLE_LINES: usize = 3;

/// What begins an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Start {
    /// `Sagsnr.:`, with or without a numbered title before it.
    CaseLine,
    /// A bare case number after the title.
    BareNumber,
    /// A numbered title without a case number.
    Numbered,
    /// A title alone, known by what follows it.
    TitleOnly,
}

/// An item's first line and what it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Anchor {
    /// Index of the first line of the item.
    pub(super) first: usize,
    /// Index of the line that told it.
    pub(super) at: usize,
    pub(super) start: Start,
}

/// Where items have caseworkers on their case line, another system's bare number in the text is part of a quoted letter.
pub(super) fn without_quoted(lines: &[Line<'_>], cases: Vec<usize>) -> Vec<usize> {
    let has_caseworker = |at: &usize| lines[*at].text.contains(CASEWORKER);
    if !cases.iter().any(has_caseworker) {
        return cases;
    }
    let is_kle = |at: &usize| !case_number::find_all(lines[*at].text).is_empty();
    let is_empty = |at: &usize| labelled(lines[*at].text, &["Sagsnr.", "Sagsnr"]) == Some("");
    cases.into_iter().filter(|at| has_caseworker(at) || is_kle(at) || is_empty(at)).collect()
}

pub(super) fn is_case_line(line: &str) -> bool {
    case_line(line).is_some()
}

pub(super) fn case_anchor(lines: &[Line<'_>], at: usize) -> Anchor {
    let title = title_after(lines, after_caseworkers(lines, at + 1), lines.len());
    let first = previous_text(lines, at).and_then(|last| numbered_head(lines, last, title, at));
    Anchor { first: first.unwrap_or(at), at, start: Start::CaseLine }
}

pub(super) fn bare_anchor(lines: &[Line<'_>], at: usize) -> Anchor {
    let title = previous_text(lines, at).filter(|before| is_title(lines[*before].text));
    Anchor { first: title.unwrap_or(at), at, start: Start::BareNumber }
}

/// Items that have no `Sagsnr.:` line: closed ones, and "Eventuelt".
pub(super) fn add_items_without_case(lines: &[Line<'_>], anchors: &mut Vec<Anchor>, is_print: bool) {
    let heads: HashSet<usize> = anchors.iter().flat_map(|anchor| head_lines(lines, anchor)).collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if line.is_blank() || heads.contains(&at) || !is_title(line.text) || !follows_blank(lines, at) {
            continue;
        }
        let begins_with_digit = line.text.trim_start().starts_with(|c: char| c.is_ascii_digit());
        let numbered = if begins_with_digit { NUMBERED.captures(line.text) } else { None };
        let start = match numbered {
            Some(numbered) if is_print => {
                let fits = numbered[1].parse().is_ok_and(|number| number_fits(lines, anchors, at, number));
                (fits && is_head_without_case(lines, at, &numbered[2])).then_some(Start::Numbered)
            }
            _ => (is_closed_line(line.text) && stands_alone(lines, at)).then_some(Start::TitleOnly),
        };
        found.extend(start.map(|start| Anchor { first: at, at, start }));
    }
    anchors.append(&mut found);
}

/// Two anchors never share a line; the later one begins after the earlier one's.
pub(super) fn drop_overlaps(anchors: &mut Vec<Anchor>) {
    anchors.sort_by_key(|anchor| (anchor.at, anchor.first));
    let mut kept: Vec<Anchor> = Vec::new();
    for mut anchor in anchors.drain(..) {
        if let Some(last) = kept.last() {
            if anchor.at <= last.at {
                continue;
            }
            anchor.first = anchor.first.max(last.at + 1);
        }
        kept.push(anchor);
    }
    *anchors = kept;
}

/// Where the numbered title before a case line begins, which may be broken over a few lines. The last line of a numbered list may
/// stand there too: the print view says the title again after the case line.
fn numbered_head(lines: &[Line<'_>], last: usize, title: Option<usize>, case: usize) -> Option<usize> {
    let mut words = String::new();
    for first in (last.saturating_sub(TITLE_LINES - 1)..=last).rev() {
        if lines[first].is_blank() {
            return None;
        }
        words = format!("{} {words}", lines[first].text);
        if !words.starts_with(|c: char| c.is_ascii_digit() || c.is_whitespace() || c == 'P') {
            continue;
        }
        let Some(numbered) = NUMBERED_LOOSELY.captures(&words) else { continue };
        let fits = match title {
            Some(title) => same_title(lines[title].text, &numbered[2]),
            None => {
                let next = next_text(lines, case + 1);
                let is_numbered = NUMBERED.is_match(lines[first].text);
                first == last && is_numbered && next.is_none_or(|next| starts_head_or_section(lines, next))
            }
        };
        if fits {
            return Some(first);
        }
    }
    None
}

/// Numbers run upwards: an item's number lies between those of its neighbours with a case number.
fn number_fits(lines: &[Line<'_>], anchors: &[Anchor], at: usize, number: u32) -> bool {
    let number_of = |anchor: &Anchor| -> Option<u32> {
        NUMBERED.captures(lines[anchor.first].text).and_then(|found| found[1].parse().ok())
    };
    let next = anchors.partition_point(|anchor| anchor.first < at);
    let before = next.checked_sub(1).and_then(|previous| number_of(&anchors[previous]));
    let after = anchors.get(next).and_then(number_of);
    before.is_none_or(|before| number > before && number - before <= LARGEST_STEP)
        && after.is_none_or(|after| number < after)
}

/// A numbered line is an item's head when a section, the same title, or nothing at all follows it.
fn is_head_without_case(lines: &[Line<'_>], at: usize, title: &str) -> bool {
    match next_text(lines, at + 1) {
        None => is_closed(title),
        Some(next) => {
            same_words(lines[next].text, title)
                || headings::find(lines[next].text).is_some_and(|heading| heading.main)
                || grid::read(&lines[next..]).is_some()
                || (is_closed(title) && stands_alone(lines, at))
        }
    }
}

/// The lines of an item's head, the title under its `Sagsnr.:` line too.
fn head_lines(lines: &[Line<'_>], anchor: &Anchor) -> Vec<usize> {
    let title = title_after(lines, after_caseworkers(lines, anchor.at + 1), lines.len());
    (anchor.first..=anchor.at).chain(title).collect()
}
