//! Letters to rows: what stands on one line, with its words and cells.

use super::glyphs::{self, Glyph, Rule};

/// Letters whose bases differ by less than this part of their size stand on one line; raised ones too.
const SAME_BASE: f64 = 0.35;

/// A gap wider than this part of the size parts words where no space is printed.
const WORD_GAP: f64 = 0.15;

/// A gap wider than this many sizes parts cells.
const CELL_GAP: f64 = 1.0;

/// The same where a space is printed: spaces in justified lines are wide.
const CELL_GAP_WITH_SPACE: f64 = 2.0;

/// The same letter again, nearer than this part of its size, was printed twice to be bold.
const PRINTED_TWICE: f64 = 0.1;

/// Sizes that differ by less than this part are the same.
const SAME_SIZE: f64 = 0.08;

/// How far apart lines may lie and still be lines of one text, in sizes.
const PITCHES: std::ops::Range<f64> = 0.9..2.5;

/// Where few lines reach the margin, those in a paragraph lie at most this many sizes apart: Word's usual distance.
const USUAL_PITCH: f64 = 1.4;

/// A line is wide when it reaches this part of the way to a margin as wide as the left one.
const WIDE: f64 = 0.85;

/// Of the distances after wide lines, in their order, the one at this part is that in a paragraph.
const PITCH_AT: f64 = 0.25;

/// Of the distances after any lines, in their order, the one at this part is taken: a few lines lie closer than they should.
const LEAST_AT: f64 = 0.05;

/// Letters beside each other.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
}

/// What stands on one line.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    /// From left to right; at least one.
    pub(super) cells: Vec<Cell>,
    pub(super) base: f64,
    pub(super) size: f64,
    /// The font of all its letters; None where there are several.
    pub(super) font: Option<u64>,
}

impl Row {
    pub(super) fn left(&self) -> f64 {
        self.cells.first().map_or(0.0, |cell| cell.left)
    }

    pub(super) fn right(&self) -> f64 {
        self.cells.last().map_or(0.0, |cell| cell.right)
    }

    /// Its cells with tabs between them, and a space after the number or mark that a line begins with.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for (at, cell) in self.cells.iter().enumerate() {
            match at {
                0 => {}
                1 if is_mark(&text) => text.push(' '),
                _ => text.push('\t'),
            }
            text.push_str(&cell.text);
        }
        text
    }

    /// The row of some of its cells; None of none.
    pub(super) fn of_cells(&self, belongs: impl Fn(&Cell) -> bool) -> Option<Self> {
        let cells: Vec<Cell> = self.cells.iter().filter(|cell| belongs(cell)).cloned().collect();
        if cells.is_empty() { None } else { Some(Self { cells, ..*self }) }
    }
}

/// Whether two rows are printed in one size.
pub(super) fn is_same_size(one: &Row, other: &Row) -> bool {
    (one.size - other.size).abs() <= SAME_SIZE * one.size
}

/// Whether a cell is only what a row of a list begins with: `72.`, `a)`, `•`.
pub(super) fn is_mark(text: &str) -> bool {
    let body = text.trim_end_matches(['.', ')', ':']);
    let is_number = body.len() <= 6 && body.chars().all(|c| c.is_ascii_digit() || c == '.');
    let is_letter = body.len() < text.len() && body.chars().count() == 1;
    is_bullet(text) || ((is_number || is_letter) && !text.is_empty())
}

/// Whether a word is a bullet, as Word and its kin print them.
pub(super) fn is_bullet(word: &str) -> bool {
    let mut letters = word.chars();
    let first = letters.next();
    letters.next().is_none()
        && first.is_some_and(|c| {
            matches!(c, '•' | '·' | '▪' | '■' | '◦' | '○' | '●' | '–' | '-' | '\u{f0b7}' | '\u{f0a7}')
        })
}

/// A page as rows, from its top.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) rows: Vec<Row>,
    pub(super) rules: Vec<Rule>,
}

/// The rows of a page.
pub(super) fn page(page: &glyphs::Page) -> Page {
    let mut glyphs = page.glyphs.clone();
    glyphs.sort_by(|one, other| one.base.total_cmp(&other.base));
    let mut rows = Vec::new();
    let mut rest = glyphs.as_mut_slice();
    while let Some(first) = rest.first().copied() {
        let end = rest.iter().position(|glyph| {
            glyph.base - first.base > SAME_BASE * glyph.size.max(first.size).min(2.0 * first.size)
        });
        let (line, after) = rest.split_at_mut(end.unwrap_or(rest.len()));
        rows.extend(row(line));
        rest = after;
    }
    Page { width: page.width, height: page.height, rows, rules: page.rules.clone() }
}

/// The row of letters on one line; None of white space.
fn row(glyphs: &mut [Glyph]) -> Option<Row> {
    glyphs.sort_by(|one, other| one.left.total_cmp(&other.left));
    let mut cells: Vec<Cell> = Vec::new();
    let mut before: Option<Glyph> = None;
    let mut space = false;
    for glyph in glyphs.iter() {
        if glyph.letter.is_whitespace() {
            space = true;
            continue;
        }
        let shown = match glyph.letter {
            '\u{f0b7}' | '\u{f0a7}' => '•',
            letter => letter,
        };
        let gap = before.map(|before| (glyph.left - before.right) / glyph.size.max(before.size));
        match (cells.last_mut(), before, gap) {
            (Some(_), Some(before), _) if is_again(&before, glyph) => continue,
            (Some(cell), _, Some(gap)) if gap <= if space { CELL_GAP_WITH_SPACE } else { CELL_GAP } => {
                if space || gap > WORD_GAP {
                    cell.text.push(' ');
                }
                cell.text.push(shown);
                cell.right = cell.right.max(glyph.right);
            }
            _ => cells.push(Cell { text: shown.to_string(), left: glyph.left, right: glyph.right }),
        }
        before = Some(*glyph);
        space = false;
    }
    let seen = || glyphs.iter().filter(|glyph| !glyph.letter.is_whitespace());
    // Most letters stand on the base; raised ones are smaller.
    let largest = seen().max_by(|one, other| one.size.total_cmp(&other.size))?;
    let font = seen().all(|glyph| glyph.font == largest.font).then_some(largest.font);
    Some(Row { cells, base: largest.base, size: largest.size, font })
}

fn is_again(before: &Glyph, glyph: &Glyph) -> bool {
    before.letter == glyph.letter && glyph.left - before.left < PRINTED_TWICE * glyph.size
}

/// How far apart the lines of a paragraph are in this file, in sizes of their letters. Where most lines are wide, it is their distance;
/// where most are short, each may be a paragraph of its own.
pub(super) fn pitch(pages: &[Page]) -> f64 {
    let (mut all, mut wide) = (Vec::new(), Vec::new());
    for page in pages {
        for pair in page.rows.windows(2).filter(|pair| is_same_size(&pair[0], &pair[1])) {
            let pitch = (pair[1].base - pair[0].base) / pair[0].size;
            if !PITCHES.contains(&pitch) {
                continue;
            }
            all.push(pitch);
            if pair[0].right() >= WIDE * (page.width - pair[0].left()) {
                wide.push(pitch);
            }
        }
    }
    wide.sort_by(f64::total_cmp);
    match wide.get((wide.len() as f64 * PITCH_AT) as usize) {
        Some(pitch) if wide.len() * 2 >= all.len() => *pitch,
        _ => {
            all.sort_by(f64::total_cmp);
            let least = all.get((all.len() as f64 * LEAST_AT) as usize);
            least.copied().unwrap_or(USUAL_PITCH).min(USUAL_PITCH)
        }
    }
}
