//! What every page repeats: heads, feet and page numbers. They are left out, but for the head of the first page, which may be the only
//! place that says whose minutes these are.

use std::sync::LazyLock;

use super::row::{Page, Row};
use crate::{Pattern, pattern};

/// Heads and feet have at most this many lines.
const MOST_LINES: usize = 5;

/// Heads and feet stand in this part of the page's height, at its top and at its bottom.
const ZONE: f64 = 0.2;

/// Lines that are repeated stand at the same height on each page, within this many points.
const SAME_HEIGHT: f64 = 4.0;

/// One page in this many repeats a head: the first page and every second one may have others.
const PAGES_PER_HEAD: usize = 4;

/// The gap between a head and the text, in distances of lines.
const GAP: f64 = 1.25;

/// One page in this many may have its text elsewhere.
const PAGES_PER_ODD_ONE: usize = 10;

/// What is a page's number and nothing else, where it says so itself.
static NUMBER: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"(?i)^(?:side|page|s\.)\s*\d{1,4}(?:\s*(?:af|/|of|ud af)\s*\d{1,4})?\.?$|^-\s*\d{1,4}\s*-$")
});

/// Which end of a page.
#[derive(Clone, Copy, PartialEq)]
enum End {
    Top,
    Bottom,
}

impl End {
    fn is_in_zone(self, height: f64, page: f64) -> bool {
        match self {
            Self::Top => height < page * ZONE,
            Self::Bottom => height > page * (1.0 - ZONE),
        }
    }

    /// How much further out `height` is than `other`, in points.
    fn outwards(self, height: f64, other: f64) -> f64 {
        match self {
            Self::Top => other - height,
            Self::Bottom => height - other,
        }
    }
}

/// Leaves heads and feet out of the pages.
pub(super) fn leave_out(pages: &mut [Page], pitch: f64) {
    for end in [End::Bottom, End::Top] {
        let edges: Vec<Vec<Line>> = pages.iter().map(|page| edge(page, end)).collect();
        let repeated: Vec<usize> = (0..pages.len()).map(|at| repeated(&edges, at)).collect();
        let frame = frame(pages, &repeated, end);
        for (at, (page, count)) in pages.iter_mut().zip(repeated).enumerate() {
            let is_outside = |row: &&Row| end.outwards(row.base, frame) > row.size / 2.0;
            let count = inwards(page, end).take(count).take_while(is_outside).count();
            let count = parted(page, count, end, pitch);
            let rows = page.rows.len();
            match end {
                End::Bottom => page.rows.truncate(rows - count),
                // The first page's head may be the only place that says whose minutes these are.
                End::Top if at == 0 => {}
                End::Top => drop(page.rows.drain(..count)),
            }
            leave_out_number(page, end);
        }
    }
}

/// Where the text of all pages ends: text that fills two pages ends at one height on both, and may even be the same.
fn frame(pages: &[Page], repeated: &[usize], end: End) -> f64 {
    let first = |(page, count): (&Page, &usize)| inwards(page, end).nth(*count).map(|row| row.base);
    // A first page often begins in another way.
    let skipped = usize::from(pages.len() > 2);
    let mut ends: Vec<f64> = pages.iter().zip(repeated).skip(skipped).filter_map(first).collect();
    ends.sort_by(|one, other| end.outwards(*other, 0.0).total_cmp(&end.outwards(*one, 0.0)));
    match ends.get(ends.len() / PAGES_PER_ODD_ONE) {
        Some(frame) => *frame,
        None => pages.first().map_or(0.0, |page| page.height / 2.0),
    }
}

/// How many of the `count` lines at a page's end are parted from its text by a gap.
fn parted(page: &Page, count: usize, end: End, pitch: f64) -> usize {
    let is_parted = |count: usize| {
        let rows: Vec<&Row> = inwards(page, end).skip(count - 1).take(2).collect();
        match rows[..] {
            [last, next] => (next.base - last.base).abs() > GAP * pitch * last.size.max(next.size),
            _ => true,
        }
    };
    (1..=count).rev().find(|count| is_parted(*count)).unwrap_or(0)
}

/// Leaves the page's number out of the outermost line of what is left.
fn leave_out_number(page: &mut Page, end: End) {
    let at = match end {
        End::Top => 0,
        End::Bottom => page.rows.len().saturating_sub(1),
    };
    let Some(row) = page.rows.get_mut(at) else { return };
    if end.is_in_zone(row.base, page.height) {
        row.cells.retain(|cell| !NUMBER.is_match(&cell.text));
        if row.cells.is_empty() {
            page.rows.remove(at);
        }
    }
}

/// A line at the end of a page: its words without their numbers, the numbers, and its height.
struct Line {
    words: String,
    numbers: Vec<u64>,
    base: f64,
    is_number: bool,
}

/// The lines that may be a page's head or foot, from the edge inwards.
fn edge(page: &Page, end: End) -> Vec<Line> {
    let in_zone = |row: &&Row| end.is_in_zone(row.base, page.height);
    inwards(page, end).take_while(in_zone).take(MOST_LINES).map(line).collect()
}

fn inwards(page: &Page, end: End) -> Box<dyn Iterator<Item = &Row> + '_> {
    match end {
        End::Top => Box::new(page.rows.iter()),
        End::Bottom => Box::new(page.rows.iter().rev()),
    }
}

fn line(row: &Row) -> Line {
    let text = row.text();
    let mut words = String::new();
    let mut numbers = Vec::new();
    let mut rest = text.as_str();
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, digits) = rest.split_at(start);
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        words.push_str(before);
        words.push('#');
        numbers.push(digits[..end].parse().unwrap_or(u64::MAX));
        rest = &digits[end..];
    }
    words.push_str(rest);
    Line {
        words,
        numbers,
        base: row.base,
        is_number: row.cells.iter().any(|cell| NUMBER.is_match(&cell.text)),
    }
}

/// How many lines at the end of page `at` are repeated on other pages, counted from the edge.
fn repeated(edges: &[Vec<Line>], at: usize) -> usize {
    let needed = (edges.len() / PAGES_PER_HEAD).max(2);
    let is_repeated = |line: &&Line| {
        let same = edges.iter().enumerate().filter(|(other, lines)| {
            *other == at || lines.iter().any(|found| is_repetition(line, found, *other as i64 - at as i64))
        });
        line.is_number || same.take(needed).count() == needed
    };
    edges[at].iter().take_while(is_repeated).count()
}

/// Whether a line `pages` pages on repeats another: the same words at the same height, with the same numbers but for that of the page.
fn is_repetition(line: &Line, found: &Line, pages: i64) -> bool {
    let numbers = || line.numbers.iter().zip(&found.numbers).filter(|(here, there)| here != there);
    let is_page_number = |(here, there): (&u64, &u64)| {
        i64::try_from(*there).unwrap_or(0) - i64::try_from(*here).unwrap_or(0) == pages
    };
    line.words == found.words
        && (line.base - found.base).abs() <= SAME_HEIGHT
        && numbers().count() <= 1
        && numbers().all(is_page_number)
}
