//! Rows to lines in the order in which they are read: columns one after the other.

use super::glyphs::Rule;
use super::row::{Cell, Page, Row};

/// A column has at least this many lines.
const COLUMN_LINES: usize = 6;

/// A column takes at least this part of the width of the text.
const COLUMN_WIDTH: f64 = 0.25;

/// Lines of a column fill at least this part of it, half of them: the cells of a table do not.
const FILLED: f64 = 0.6;

/// Where columns begin, lines begin within this many points of each other.
const SAME_LEFT: f64 = 2.0;

/// The gap between columns, in points.
const GUTTER: f64 = 4.0;

/// Columns inside columns.
const DEEPEST: usize = 3;

/// Places that are tried for a column's left side, those with most lines first.
const MOST_PLACES: usize = 8;

/// A page's text reaches as far to the right as to the left, but for this much of that margin.
const MARGIN: f64 = 1.35;

/// Rows further apart than this many distances of lines are no longer one column.
const COLUMN_GAP: f64 = 1.5;

/// A line, and what says whether the next one goes on with it.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) row: Row,
    /// Tells the columns and pages apart.
    pub(super) block: usize,
    /// How far to the right a line may reach here.
    pub(super) margin: f64,
}

/// The lines of all pages.
pub(super) fn lines(pages: Vec<Page>, pitch: f64) -> Vec<Line> {
    let edge = |of: fn(&Row) -> f64| pages.iter().flat_map(|page| &page.rows).map(of);
    let furthest = edge(Row::right).fold(0.0, f64::max);
    let mut lines = Vec::new();
    let mut block = 0;
    for page in pages {
        let left = page.rows.iter().map(Row::left).fold(page.width, f64::min);
        let margin = (page.width - left * MARGIN).max(furthest);
        let mut blocks = Vec::new();
        split(page.rows, &page.rules, pitch, 0, margin, &mut blocks);
        for (rows, margin) in blocks {
            lines.extend(rows.into_iter().map(|row| Line { row, block, margin }));
            block += 1;
        }
    }
    lines
}

/// Cuts rows into blocks that are read one after the other, each with how far its lines may reach.
fn split(
    rows: Vec<Row>,
    rules: &[Rule],
    pitch: f64,
    depth: usize,
    margin: f64,
    blocks: &mut Vec<(Vec<Row>, f64)>,
) {
    if rows.is_empty() {
        return;
    }
    let found = if depth < DEEPEST { columns(&rows, rules, pitch) } else { None };
    let Some(Columns { start, end, left }) = found else {
        blocks.push((rows, margin));
        return;
    };
    let part = |belongs: &dyn Fn(&Cell) -> bool| -> Vec<Row> {
        rows[start..end].iter().filter_map(|row| row.of_cells(belongs)).collect()
    };
    let furthest = |rows: &[Row]| rows.iter().map(Row::right).fold(0.0, f64::max);
    let (one, other) = (part(&|cell| !is_right(cell, left)), part(&|cell| is_right(cell, left)));
    let margins = (furthest(&one), furthest(&other));
    split(rows[..start].to_vec(), rules, pitch, depth + 1, margin, blocks);
    split(one, rules, pitch, depth + 1, margins.0, blocks);
    split(other, rules, pitch, depth + 1, margins.1, blocks);
    split(rows[end..].to_vec(), rules, pitch, depth + 1, margin, blocks);
}

fn is_right(cell: &Cell, left: f64) -> bool {
    cell.left >= left - SAME_LEFT
}

/// Rows that are two columns, and where the second begins.
struct Columns {
    start: usize,
    end: usize,
    left: f64,
}

fn columns(rows: &[Row], rules: &[Rule], pitch: f64) -> Option<Columns> {
    let from = rows.iter().map(Row::left).fold(f64::MAX, f64::min);
    let to = rows.iter().map(Row::right).fold(0.0, f64::max);
    let least = (to - from) * COLUMN_WIDTH;
    let mut lefts: Vec<f64> = rows.iter().flat_map(|row| &row.cells).map(|cell| cell.left).collect();
    lefts.retain(|left| left - from >= least && to - left >= least);
    lefts.sort_by(f64::total_cmp);
    let mut places: Vec<(usize, f64)> = Vec::new();
    for left in lefts {
        match places.last_mut() {
            Some((count, place)) if left - *place <= SAME_LEFT => *count += 1,
            _ => places.push((1, left)),
        }
    }
    places.retain(|(count, _)| *count >= COLUMN_LINES);
    places.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    places.iter().take(MOST_PLACES).find_map(|(_, left)| columns_at(rows, rules, pitch, *left))
}

/// The longest run of rows that nothing crosses at `left`, if both its sides are text.
fn columns_at(rows: &[Row], rules: &[Rule], pitch: f64, left: f64) -> Option<Columns> {
    let crosses =
        |row: &Row| row.cells.iter().any(|cell| !is_right(cell, left) && cell.right > left - GUTTER);
    let mut longest = 0..0;
    let mut start = 0;
    for at in 0..=rows.len() {
        if at == rows.len() || crosses(&rows[at]) {
            if at - start > longest.len() {
                longest = start..at;
            }
            start = at + 1;
        }
    }
    let has_right = |row: &Row| row.cells.iter().any(|cell| is_right(cell, left));
    let run = &rows[longest.clone()];
    let first = run.iter().position(has_right)?;
    let last = run.iter().rposition(has_right)?;
    // The first column may be the longer one.
    let is_next = |pair: &[Row]| pair[1].base - pair[0].base <= COLUMN_GAP * pitch * pair[0].size;
    let more = run[last..].windows(2).take_while(|pair| is_next(pair)).count();
    let (start, end) = (longest.start + first, longest.start + last + more + 1);
    let run = &rows[start..end];
    let is_ruled = rules
        .iter()
        .filter(|rule| rule.left < left - GUTTER && rule.right > left + GUTTER)
        .any(|rule| rule.at > run[0].base && rule.at < run[run.len() - 1].base);
    let side = |belongs: &dyn Fn(&Cell) -> bool| is_text(run.iter().filter_map(|row| row.of_cells(belongs)));
    let are_text = side(&|cell| !is_right(cell, left)) && side(&|cell| is_right(cell, left));
    if are_text && !is_ruled { Some(Columns { start, end, left }) } else { None }
}

/// Whether rows are lines of a text, and not the cells of a table.
fn is_text(rows: impl Iterator<Item = Row>) -> bool {
    let rows: Vec<Row> = rows.collect();
    let from = rows.iter().map(Row::left).fold(f64::MAX, f64::min);
    let to = rows.iter().map(Row::right).fold(0.0, f64::max);
    let filled = rows.iter().filter(|row| row.right() - row.left() >= FILLED * (to - from)).count();
    rows.len() >= COLUMN_LINES && filled * 2 >= rows.len()
}
