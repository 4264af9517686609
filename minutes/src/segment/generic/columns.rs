//! A table of who came and who did not: a row of labels side by side, and below it each name in the column it belongs to.

use super::labels::{self, Slot};
use crate::segment::Line;

/// Heads of columns that say nothing of who came, in lower case.
const OTHER_HEADS: [&str; 8] =
    ["navn", "medlem", "parti", "liste", "rolle", "funktion", "bemærkning", "bemærkninger"];

/// Cells that say that a column's head holds for the row, in lower case.
const TICKS: [&str; 5] = ["x", "✓", "☑", "☒", "ja"];

/// No table of members has more rows.
const MOST_ROWS: usize = 60;

/// No such table has more columns.
const MOST_COLUMNS: usize = 6;

/// What a table tells.
pub(super) struct Columns<'t> {
    /// Names, each with the list it belongs to.
    pub(super) listed: Vec<(Slot, Line<'t>)>,
    /// The row of labels, and what stands in other columns.
    pub(super) rest: Vec<Line<'t>>,
    /// How many lines the table has.
    pub(super) length: usize,
}

/// The table that lines begin with; None where the first one is no row of such labels, or no names follow.
pub(super) fn read<'t>(lines: &[Line<'t>]) -> Option<Columns<'t>> {
    let (head, rows) = lines.split_first()?;
    let heads = heads(head.text)?;
    let mut found = Columns { listed: Vec::new(), rest: vec![*head], length: 1 };
    let rows = rows.iter().take(MOST_ROWS);
    for row in rows.take_while(|row| !row.is_blank() && labels::header(row.text.trim()).is_none()) {
        let cells: Vec<(usize, &'t str)> = cells(row.text).filter(|(_, cell)| !cell.is_empty()).collect();
        let is_tick = |cell: &str| TICKS.contains(&cell.to_lowercase().as_str());
        let ticked = cells.iter().find(|(_, cell)| is_tick(cell));
        for &(place, text) in &cells {
            let line = Line { number: row.number, text };
            // "Ida Holm | | x": the tick says in which list the name stands.
            let column = column(&heads, ticked.map_or(place, |tick| tick.0));
            match column.and_then(|at| heads[at].1).filter(|_| text.starts_with(char::is_uppercase)) {
                Some(slot) if ticked.is_none() || place == cells[0].0 => found.listed.push((slot, line)),
                _ => found.rest.push(line),
            }
        }
        found.length += 1;
    }
    (!found.listed.is_empty()).then_some(found)
}

/// The columns of a row of labels: where each begins, and the list it is. None unless two are lists, or one beside a column of names.
fn heads(line: &str) -> Option<Vec<(usize, Option<Slot>)>> {
    let mut heads = Vec::new();
    for (place, text) in cells(line).take(MOST_COLUMNS) {
        let is_list = |slot: &Slot| matches!(slot, Slot::Present | Slot::Absent | Slot::Substitutes);
        let is_other = OTHER_HEADS.contains(&text.to_lowercase().trim_end_matches(':'));
        let slot = labels::header(text).filter(|(_, value, _)| value.is_empty()).map(|(slot, ..)| slot);
        match slot.filter(is_list) {
            Some(slot) => heads.push((place, Some(slot))),
            None if is_other || text.is_empty() => heads.push((place, None)),
            None => return None,
        }
    }
    let lists = heads.iter().filter(|(_, slot)| slot.is_some()).count();
    (lists >= 2 || (lists == 1 && heads.len() > 1)).then_some(heads)
}

/// The cells of a line, each with its place: between tabs its number, between gaps the character that it begins with.
fn cells(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let has_tabs = line.contains('\t');
    let cells: Vec<&str> = if has_tabs { line.split('\t').collect() } else { line.split("  ").collect() };
    let start_of = move |cell: &str| {
        let start = cell.trim_start().as_ptr() as usize - line.as_ptr() as usize;
        line.get(..start).map_or(0, |before| before.chars().count())
    };
    cells
        .into_iter()
        .enumerate()
        .filter(move |(_, cell)| has_tabs || !cell.trim().is_empty())
        .map(move |(at, cell)| (if has_tabs { at } else { start_of(cell) }, cell.trim()))
}

/// The column in which a place lies: the last that begins at it or before.
fn column(heads: &[(usize, Option<Slot>)], place: usize) -> Option<usize> {
    heads.iter().rposition(|head| head.0 <= place)
}
