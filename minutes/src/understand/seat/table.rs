//! Tables of those who are chosen: a row of what the columns hold, and under it one row a member, with who stands in for them, or one row a
//! body, with who holds its offices.

use super::list::{CONSTITUTES, Lead};
use super::{MOST_SEATS, View, role_of};
use crate::model::{Role, Seat, SectionKind};
use crate::segment::Line;
use crate::understand::{bodies, names};

/// Heads of a column of members' names, in lower case, beside the words of offices.
const NAMES: [&str; 3] = ["navn", "navne", "byrådsmedlem"];

/// Reads the tables of an election that have a column of members and one of substitutes. A row with other cells than names ends one.
pub(super) fn read(view: &View<'_>, section: SectionKind, lines: &[Line<'_>], seats: &mut Vec<Seat>) {
    let is_row = |line: &Line<'_>| line.text.contains(['\t', '|']);
    if !lines.iter().any(is_row) || !view.title.is_some_and(|title| CONSTITUTES.is_match(title)) {
        return;
    }
    let mut columns: Option<Vec<Option<Column>>> = None;
    for line in lines.iter().filter(|line| !line.is_blank()) {
        let cells: Vec<&str> = line.text.trim().split(['\t', '|']).map(str::trim).collect();
        if let Some(heads) = heads(&cells) {
            columns = Some(heads);
            continue;
        }
        let Some(columns_of) = columns.as_ref().filter(|of| of.len() >= cells.len() && cells.len() > 1)
        else {
            columns = None;
            continue;
        };
        let named = cells.iter().zip(columns_of).find(|(_, column)| **column == Some(Column::Body));
        // A row that names no body is of none.
        let body = named.map(|(cell, _)| body_of_cell(cell));
        if body == Some(None) {
            continue;
        }
        for (cell, column) in cells.iter().zip(columns_of) {
            let Some(Column::Role(role)) = *column else { continue };
            let people = names::in_series(cell);
            let is_list = named.is_some() || matches!(people.as_slice(), [only] if only.person.contains(' '));
            for person in people.into_iter().filter(|person| is_list && person.person.contains(' ')) {
                if seats.len() >= MOST_SEATS {
                    return;
                }
                let mut seat = Lead::of_role(view, section, role, None).seat(person, line.text.trim());
                if let Some(name) = body.clone().flatten() {
                    seat.body = Some(name);
                }
                seats.push(seat);
            }
        }
    }
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    /// The body whose members stand in the row.
    Body,
    Role(Role),
}

/// Heads of a column of bodies, in lower case.
const BODIES: [&str; 6] = ["udvalg", "udvalg/råd", "råd", "råd/udvalg", "organ", "udvalgets navn"];

/// The body that a cell names and nothing else.
fn body_of_cell(cell: &str) -> Option<String> {
    bodies::mentions(cell).into_iter().find(|body| body.start == 0 && body.end == cell.len())?.name
}

/// What the columns of a table hold, by its first row: None for a column of something else, and where none holds substitutes beside
/// one that holds members, nor the offices of a body in each row.
fn heads(cells: &[&str]) -> Option<Vec<Option<Column>>> {
    let column = |cell: &&str| {
        let word = cell.trim_end_matches(':').to_lowercase();
        if BODIES.contains(&word.as_str()) {
            return Some(Column::Body);
        }
        let word = word.strip_prefix("øvrige ").unwrap_or(&word);
        let is_name = NAMES.contains(&word);
        if is_name { Some(Column::Role(Role::Member)) } else { role_of(word).map(Column::Role) }
    };
    let columns: Vec<Option<Column>> = cells.iter().map(column).collect();
    let has = |role: Role| columns.contains(&Some(Column::Role(role)));
    let of_bodies = columns.contains(&Some(Column::Body)) && (has(Role::Chair) || has(Role::Member));
    (of_bodies || (has(Role::Member) && has(Role::Substitute))).then_some(columns)
}
