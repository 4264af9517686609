//! Herning's routing grid: names of columns, then a cell each, as a web page's table comes out as text.
//!
//! An empty cell is a no-break space, a marked one holds an `x`. Where the empty cells are lost in the copying, so is the
//! column that a mark belongs to: then nothing is decoded, for a guess would send a case to the wrong committee.

use super::Line;

/// Abbreviations seen as columns, of all years.
const COLUMNS: [&str; 12] =
    ["DIR", "FOU", "BFU", "SOS", "BSK", "KFU", "BYP", "TMU", "ØKE", "BYR", "BYB", "MIN"];

/// Fewer names in a row are no grid.
const FEWEST_COLUMNS: usize = 5;

/// Fewer cells than this are what is left when the empty ones are lost; 8 to 12 are printed.
const FEWEST_CELLS: usize = 8;

/// A grid found at the start of some lines.
pub(super) struct Grid {
    /// How many lines it takes, blank ones included.
    pub(super) lines: usize,
    /// Columns marked; None when marks cannot be tied to a column.
    pub(super) routed_to: Option<Vec<String>>,
}

/// Reads the grid that begins at the first line; None when none does.
pub(super) fn read(lines: &[Line<'_>]) -> Option<Grid> {
    let first = lines.first()?.text.trim();
    if first == COLUMNS[0] {
        one_a_line(lines)
    } else if first.contains('\t') {
        between_tabs(lines)
    } else {
        on_one_line(lines)
    }
}

/// Variants with one name and one cell a line.
fn one_a_line(lines: &[Line<'_>]) -> Option<Grid> {
    let mut columns = Vec::new();
    let mut glued_mark = false;
    let mut used = 0;
    for (at, line) in lines.iter().enumerate() {
        let text = line.text.trim();
        if text.is_empty() && !line.text.contains('\u{a0}') {
            continue;
        }
        let name = text.strip_suffix(['x', 'X']).unwrap_or(text);
        if !is_column(name) {
            break;
        }
        glued_mark |= name != text;
        columns.push(name);
        used = at + 1;
    }
    if columns.len() < FEWEST_COLUMNS {
        return None;
    }
    let mut cells = Vec::new();
    for (at, line) in lines.iter().enumerate().skip(used) {
        let Some(cell) = Cell::read(line.text) else { break };
        used = at + 1;
        cells.extend(cell);
    }
    let label_mark = lines.get(used).is_some_and(|line| glued_to_label(line.text).is_some());
    let marked = cells.contains(&Cell::Marked);
    let routed_to = if glued_mark || label_mark || (marked && cells.len() < FEWEST_CELLS) {
        None
    } else {
        marked_columns(&columns, cells.iter().map(|cell| *cell == Cell::Marked))
    };
    Some(Grid { lines: used, routed_to })
}

/// Committees come and go: any short name in capitals is a column once a grid has begun.
fn is_column(name: &str) -> bool {
    (2..=4).contains(&name.chars().count()) && name.chars().all(char::is_uppercase)
}

/// The variant of 2026: all names on one line, one character a column on the next.
fn on_one_line(lines: &[Line<'_>]) -> Option<Grid> {
    let mut rest = lines.first()?.text.trim();
    let mut columns = Vec::new();
    while let Some(name) = COLUMNS.iter().find(|name| rest.starts_with(**name)) {
        columns.push(*name);
        rest = &rest[name.len()..];
    }
    if !rest.is_empty() || columns.len() < FEWEST_COLUMNS {
        return None;
    }
    let cells =
        lines.get(1).filter(|line| line.text.chars().all(|c| c.is_whitespace() || "xX()".contains(c)));
    let Some(cells) = cells else { return Some(Grid { lines: 1, routed_to: Some(Vec::new()) }) };
    let marked = cells.text.contains(['x', 'X']);
    // A line that is shorter than the columns, or holds more than marks, has lost its places.
    let has_places = cells.text.chars().count() >= columns.len() && !cells.text.contains(['(', '\t']);
    let routed_to = if marked && !has_places {
        None
    } else {
        marked_columns(&columns, cells.text.chars().map(|c| !c.is_whitespace()))
    };
    Some(Grid { lines: 2, routed_to })
}

/// The table of a page: names and cells between tabs, so that each cell has its place.
fn between_tabs(lines: &[Line<'_>]) -> Option<Grid> {
    let columns: Vec<&str> = lines.first()?.text.trim().split('\t').map(str::trim).collect();
    if columns[0] != COLUMNS[0]
        || columns.len() < FEWEST_COLUMNS
        || !columns.iter().all(|name| is_column(name))
    {
        return None;
    }
    let cells: Option<Vec<Cell>> = lines.get(1).and_then(|line| {
        let cells =
            line.text.split('\t').map(|cell| Cell::read(cell).map(|cell| cell.unwrap_or(Cell::Empty)));
        cells.collect()
    });
    let Some(cells) = cells else { return Some(Grid { lines: 1, routed_to: Some(Vec::new()) }) };
    Some(Grid {
        lines: 2,
        routed_to: marked_columns(&columns, cells.iter().map(|cell| *cell == Cell::Marked)),
    })
}

/// None when a mark lies beyond the last column.
fn marked_columns(columns: &[&str], marks: impl Iterator<Item = bool>) -> Option<Vec<String>> {
    marks
        .enumerate()
        .filter(|(_, marked)| *marked)
        .map(|(at, _)| columns.get(at).map(|name| (*name).to_owned()))
        .collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cell {
    Empty,
    Marked,
}

impl Cell {
    /// Some(None) for a blank line between cells, None for a line that is no cell.
    fn read(line: &str) -> Option<Option<Self>> {
        match line.trim() {
            "" if line.contains('\u{a0}') => Some(Some(Self::Empty)),
            "" => Some(None),
            "x" | "X" => Some(Some(Self::Marked)),
            // In parentheses the case is sent for information only.
            "(x)" | "(X)" => Some(Some(Self::Empty)),
            _ => None,
        }
    }
}

/// A mark glued to the label after the grid (`xØvrige sagsbehandlere:`): the byte at which the label begins.
pub(super) fn glued_to_label(line: &str) -> Option<usize> {
    let at = line.find("Øvrige sagsbehandlere")?;
    matches!(line[..at].trim(), "x" | "X" | "(x)" | "(X)").then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &str = "DIR\n\nFOU\n\nBFU\n\nSOS\n\nBSK\n\nKFU\n\nBYP\n\nTMU\n\nØKE\n\nBYR";
    const E: &str = "\u{a0}";

    #[track_caller]
    fn check(text: &str, expected: Option<&[&str]>) {
        let lines: Vec<Line> =
            text.split('\n').enumerate().map(|(number, text)| Line { number, text }).collect();
        let grid = read(&lines).unwrap();
        assert_eq!(
            grid.routed_to,
            expected.map(|names| names.iter().map(ToString::to_string).collect()),
            "{text}"
        );
    }

    #[test]
    fn cells_are_counted_from_the_left() {
        for cells in [8, 9, 10, 11, 12] {
            let mut row = vec![E; cells];
            row[4] = "\u{a0}X";
            check(&format!("{NAMES}\n\n{}\n\nØvrige sagsbehandlere: -", row.join("\n\n")), Some(&["BSK"]));
            check(
                &format!("{}\n{}\n\n{E}\n\nSagsresume", NAMES.replace("\n\n", "\n"), row.join("\n")),
                Some(&["BSK"]),
            );
        }
        check(
            &format!("{NAMES}\n\n{}", [E, E, E, "x", E, E, E, E, "X", E].join("\n")),
            Some(&["SOS", "ØKE"]),
        );
    }

    #[test]
    fn new_committees_are_columns_too() {
        let names = NAMES.replace("TMU", "TMU\n\nEEU");
        let mut row = [E; 11];
        row[8] = "x";
        check(&format!("{names}\n\n{}", row.join("\n\n")), Some(&["EEU"]));
        check(&format!("{names}\n\nx"), None);
    }

    #[test]
    fn lost_positions_are_not_guessed() {
        check(&format!("{NAMES}\nX\nØvrige sagsbehandlere: -"), None);
        check(&format!("{NAMES}\n\nX\n\nX\n\n\nØvrige sagsbehandlere: -"), None);
        check(&format!("{NAMES}x\n\n\nØvrige sagsbehandlere: -"), None);
        check(&format!("{NAMES}\nxØvrige sagsbehandlere: -"), None);
        check(&format!("{NAMES}\n\n\n(x)\n\n\nx\n\n\nSagsresume"), None);
    }

    #[test]
    fn tabs_keep_each_cell_in_its_place() {
        let names = NAMES.replace("\n\n", "\t");
        check(&format!("{names}\n\t\t\tX"), Some(&["SOS"]));
        check(&format!("{names}\n\t\t\t\t\t\t\t(x)\tx\tX\n"), Some(&["ØKE", "BYR"]));
        check(&format!("{names}\n\u{a0}\nSagsresume"), Some(&[]));
        check(&format!("{names}\nSagsresume"), Some(&[]));
        check(&format!("{names}\n\t\t\t\t\t\t\t\t\t\tX"), None);
    }

    #[test]
    fn a_grid_without_marks_is_empty() {
        check(&format!("{NAMES}\nØvrige sagsbehandlere: -"), Some(&[]));
        check(&format!("{NAMES}\n\n{}", [E; 10].join("\n\n")), Some(&[]));
        check(&format!("{NAMES}\n\n{}", [E, E, E, "(x)", E, E, E, E, E, E].join("\n\n")), Some(&[]));
    }

    #[test]
    fn one_line_grids_count_characters() {
        check("DIRBFUSOSBSKKFUBYBMINØKEBYR\n       X  \n", Some(&["ØKE"]));
        check("DIRBFUSOSBSKKFUBYBMINØKEBYR\n\u{a0}\u{a0}x    XX", Some(&["SOS", "ØKE", "BYR"]));
        check("DIRBFUSOSBSKKFUBYBMINØKEBYR\n\nSagsbehandler:", Some(&[]));
        check("DIRBFUSOSBSKKFUBYBMINØKEBYR\nX", None);
        check("DIRBFUSOSBSKKFUBYBMINØKEBYR\n\tX        ", None);
        check("DIRBFUSOSBSKKFUBYBMINØKEBYR\n    (x)  X", None);
    }
}
