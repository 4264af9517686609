//! Tables of those who are chosen: a row of what the columns hold, and under it one row a member, with who stands in for them.

use super::list::{CONSTITUTES, Lead};
use super::{MOST_SEATS, View, role_of};
use crate::model::{Role, Seat, SectionKind};
use crate::segment::Line;
use crate::understand::names;

/// Heads of a column of members' names, in lower case, beside the words of offices.
const NAMES: [&str; 3] = ["navn", "navne", "byrådsmedlem"];

/// Reads the tables of an election that have a column of members and one of substitutes. A row with other cells than names ends one.
pub(super) fn read(view: &View<'_>, section: SectionKind, lines: &[Line<'_>], seats: &mut Vec<Seat>) {
    let is_row = |line: &Line<'_>| line.text.contains(['\t', '|']);
    if !lines.iter().any(is_row) || !view.title.is_some_and(|title| CONSTITUTES.is_match(title)) {
        return;
    }
    let mut columns: Option<Vec<Option<Role>>> = None;
    for line in lines.iter().filter(|line| !line.is_blank()) {
        let cells: Vec<&str> = line.text.trim().split(['\t', '|']).map(str::trim).collect();
        if let Some(heads) = heads(&cells) {
            columns = Some(heads);
            continue;
        }
        let Some(roles) = columns.as_ref().filter(|roles| roles.len() >= cells.len() && cells.len() > 1)
        else {
            columns = None;
            continue;
        };
        for (cell, role) in cells.iter().zip(roles).filter_map(|(cell, role)| Some((cell, (*role)?))) {
            let people = names::in_series(cell);
            if let [only] = people.as_slice()
                && only.person.contains(' ')
                && seats.len() < MOST_SEATS
            {
                let lead = Lead::of_role(view, section, role, None);
                seats.push(lead.seat(only.clone(), line.text.trim()));
            }
        }
    }
}

/// What the columns of a table hold, by its first row: None for a column of something else, and where none holds substitutes beside
/// one that holds members.
fn heads(cells: &[&str]) -> Option<Vec<Option<Role>>> {
    let role = |cell: &&str| {
        let is_name = NAMES.contains(&cell.trim_end_matches(':').to_lowercase().as_str());
        if is_name { Some(Role::Member) } else { role_of(cell) }
    };
    let roles: Vec<Option<Role>> = cells.iter().map(role).collect();
    let has = |role: Role| roles.contains(&Some(role));
    (has(Role::Member) && has(Role::Substitute)).then_some(roles)
}
