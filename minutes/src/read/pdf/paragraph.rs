//! Lines to text: those that only the page's width parted are joined, and what stands apart on the page has a blank line between.

use std::collections::HashSet;

use super::block::Line;
use super::row::{is_bullet, is_mark, is_same_size};
use crate::month;

/// Lines further apart than this many distances of lines have a blank line between them.
const PARAGRAPH_GAP: f64 = 1.3;

/// The width of a space, in sizes; where the next word would have fitted beside it, the line was ended on purpose.
const SPACE: f64 = 0.2;

/// Lines that begin within this many sizes of each other are one paragraph: the first of it, or all but the first, may be indented.
const INDENT: f64 = 5.0;

/// Lines that begin within this part of a size of each other begin at the same place.
const SAME_LEFT: f64 = 0.3;

/// Words after which a hyphen stands for a word that both have in common (`social- og sundhed`).
const IN_COMMON: [&str; 6] = ["og", "eller", "samt", "til", "men", "som"];

/// Parts of a word that is parted have at least this many letters.
const LEAST_PART: usize = 2;

/// A number of so many digits is no row's.
const YEAR_DIGITS: usize = 4;

/// A label has at most this many words.
const LABEL_WORDS: usize = 3;

/// How a line goes on.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Next {
    Joined,
    Line,
    Paragraph,
}

/// The text of lines in the order of reading.
pub(super) fn text(lines: &[Line], pitch: f64) -> String {
    let texts: Vec<String> = lines.iter().map(|line| line.row.text()).collect();
    let words: HashSet<&str> = texts.iter().flat_map(|text| text.split(is_no_letter)).collect();
    let mut text = String::new();
    let mut is_first = true;
    for (at, line) in texts.iter().enumerate() {
        text.push_str(line);
        let next =
            lines.get(at + 1).map(|next| next_of(&lines[at], next, (line, &texts[at + 1]), is_first, pitch));
        match next {
            Some(Next::Joined) => join(&mut text, &texts[at + 1], &words),
            Some(Next::Paragraph) => text.push_str("\n\n"),
            Some(Next::Line) | None => text.push('\n'),
        }
        is_first = next != Some(Next::Joined);
    }
    text
}

fn next_of(line: &Line, next: &Line, texts: (&str, &str), is_first: bool, pitch: f64) -> Next {
    let size = line.row.size.max(next.row.size);
    let is_block_end = line.block != next.block;
    let apart = (next.row.base - line.row.base) / size;
    if !is_block_end && apart > PARAGRAPH_GAP * pitch {
        return Next::Paragraph;
    }
    let starts_inside = texts.1.chars().next().is_some_and(char::is_lowercase);
    let is_one = is_same_size(&line.row, &next.row)
        && is_full(line, next)
        && !begins_row(texts.1)
        && !begins_with_label(texts.1)
        && (line.row.font == next.row.font || line.row.font.is_none() || next.row.font.is_none());
    match is_block_end {
        false if is_one && is_same_place(line, next, is_first) => Next::Joined,
        false => Next::Line,
        true if is_one && starts_inside => Next::Joined,
        true => Next::Paragraph,
    }
}

/// Whether the next line's first word would not have fitted on this one.
fn is_full(line: &Line, next: &Line) -> bool {
    let Some(cell) = next.row.cells.first() else { return false };
    let letters = cell.text.chars().count().max(1) as f64;
    let first = cell.text.split(' ').next().unwrap_or_default().chars().count() as f64;
    let width = (cell.right - cell.left) * first / letters;
    let is_one_cell = line.row.cells.len() == 1 || line.row.text().matches('\t').count() == 0;
    is_one_cell && next.row.cells.len() == 1 && line.row.right() + SPACE * line.row.size + width > line.margin
}

fn is_same_place(line: &Line, next: &Line, is_first: bool) -> bool {
    let indent = (next.row.left() - line.row.left()) / line.row.size;
    indent.abs() <= SAME_LEFT || (is_first && indent.abs() <= INDENT)
}

/// Whether a line begins the row of a list. A number that ends a sentence, or begins a date, is no such mark.
fn begins_row(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let (Some(first), Some(second)) = (words.next(), words.next()) else { return false };
    // A number before a month is a date.
    let word = second.to_lowercase();
    let is_date = month::WRITTEN.iter().any(|names| names.iter().any(|name| word.starts_with(name)));
    let is_year = first.trim_end_matches('.').len() >= YEAR_DIGITS && !first.contains(')');
    is_bullet(first) || (is_mark(first) && first.ends_with(['.', ')']) && !is_date && !is_year)
}

/// Whether a line begins with a name for what follows it (`Projektgruppe: …`).
fn begins_with_label(text: &str) -> bool {
    let name = text.split(':').next().unwrap_or_default();
    let begins_large = text.chars().next().is_some_and(char::is_uppercase);
    begins_large
        && name.len() < text.len()
        && name.split_whitespace().count() <= LABEL_WORDS
        && !name.contains(". ")
}

fn is_no_letter(c: char) -> bool {
    !c.is_alphanumeric() && c != '-'
}

/// Puts between a text and its next line what stood there before the page's width parted them.
fn join(text: &mut String, next: &str, words: &HashSet<&str>) {
    if text.ends_with('\u{ad}') {
        text.pop();
        return;
    }
    let is_hyphen = text.ends_with('-') || text.ends_with('\u{2010}');
    let Some(body) = text.strip_suffix(['-', '\u{2010}']).filter(|body| is_hyphen && !body.ends_with(' '))
    else {
        text.push(' ');
        return;
    };
    let first = body.rsplit(is_no_letter).next().unwrap_or_default();
    let second = next.split(is_no_letter).next().unwrap_or_default();
    if IN_COMMON.contains(&second) {
        text.push(' ');
    } else if is_parted(first, second, words) {
        text.pop();
    }
}

/// Whether a hyphen only parts a word: between small letters, unless the file has the word with its hyphen elsewhere.
fn is_parted(first: &str, second: &str, words: &HashSet<&str>) -> bool {
    let is_part = |part: &str| part.chars().count() >= LEAST_PART;
    let with_hyphen = format!("{first}-{second}");
    first.ends_with(char::is_lowercase)
        && second.starts_with(char::is_lowercase)
        && is_part(first)
        && is_part(second)
        && (words.contains(format!("{first}{second}").as_str()) || !words.contains(with_hyphen.as_str()))
}
