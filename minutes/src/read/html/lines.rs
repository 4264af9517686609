//! A page's part as lines, as its text looks when it is copied from a browser (HTML Standard, 3.2.7 "The innerText getter"): the
//! cells of a row on one line with tabs between them, bullets and numbers before the rows of a list.
//!
//! Tabs, since white space in a page is one space whatever it is: a tab never stands in a cell, and empty cells keep their place.

use super::region::Region;
use super::tags::Show;
use super::tree::Tree;
use crate::segment::is_evidence;

/// A table with a longer cell, in bytes, only serves to place text on the page.
const LONGEST_CELL: usize = 400;

/// A cell that spans more columns than this is taken to span this many.
const MOST_COLUMNS: u32 = 50;

/// A longer term, in bytes, is text and not the label of what it defines.
const LONGEST_TERM: usize = 60;

/// The lines of a region.
pub(super) fn lines(tree: &Tree, region: &Region) -> String {
    let mut walk = Walk {
        tree,
        left_out: &region.left_out,
        headings: headings_before(tree),
        open: Vec::new(),
        in_agenda: false,
        next_number: Vec::new(),
        writer: Writer::default(),
    };
    for run in &region.runs {
        walk.run(run.start, run.end);
        walk.leave_until(usize::MAX);
    }
    walk.writer.finish()
}

/// How many headings stand before each node: those in an element are a difference.
fn headings_before(tree: &Tree) -> Vec<usize> {
    let mut counts = vec![0; tree.nodes.len() + 1];
    for at in 0..tree.nodes.len() {
        let is_heading = tree.element(at).is_some_and(|element| element.tag.show == Show::Heading);
        counts[at + 1] = counts[at] + usize::from(is_heading);
    }
    counts
}

struct Walk<'t> {
    tree: &'t Tree,
    left_out: &'t [bool],
    headings: Vec<usize>,
    /// Elements that have been entered and not been left.
    open: Vec<usize>,
    /// Inside the cells of an agenda, in which no other is looked for.
    in_agenda: bool,
    /// The number of the next row of each open list; None where a list has bullets.
    next_number: Vec<Option<u32>>,
    writer: Writer,
}

impl Walk<'_> {
    fn run(&mut self, start: usize, end: usize) {
        let mut at = start;
        while at < end {
            self.leave_until(at);
            let node_end = self.tree.nodes[at].end;
            if self.left_out[at] {
                at = node_end;
            } else if let Some(text) = self.tree.text(at) {
                self.writer.words(text);
                at += 1;
            } else if let Some(table) = self.table(at) {
                self.writer.table(&table);
                at = node_end;
            } else if let Some(agenda) = Agenda::of(self, at).filter(|_| !self.in_agenda) {
                self.agenda(&agenda);
                at = node_end;
            } else {
                self.enter(at);
                self.open.push(at);
                at += 1;
            }
        }
        self.leave_until(end);
    }

    /// The rows of an agenda, each as an item stands elsewhere: number and title on a line, then what stands under the other columns.
    fn agenda(&mut self, agenda: &Agenda) {
        self.in_agenda = true;
        self.writer.table(std::slice::from_ref(&agenda.heads));
        for row in &agenda.rows {
            self.writer.start_paragraph();
            self.writer.bullet = format!("{}. ", row.number);
            let nodes = &self.tree.nodes;
            let cells: Vec<(usize, usize)> = row.cells.iter().map(|at| (at + 1, nodes[*at].end)).collect();
            for ((start, end), head) in cells.into_iter().zip(agenda.heads.iter().skip(1)) {
                if start > row.cells[0] + 1 {
                    self.writer.start_paragraph();
                    self.writer.words(head);
                    self.writer.start_line();
                }
                self.run(start, end);
                self.writer.start_line();
            }
            self.writer.bullet.clear();
        }
        self.writer.start_paragraph();
        self.in_agenda = false;
    }

    fn leave_until(&mut self, at: usize) {
        while let Some(last) = self.open.pop_if(|last| self.tree.nodes[*last].end <= at) {
            self.leave(last);
        }
    }

    fn show(&self, at: usize) -> Show {
        self.tree.element(at).map_or(Show::Inline, |element| element.tag.show)
    }

    fn enter(&mut self, at: usize) {
        match self.show(at) {
            Show::Inline | Show::Nothing => {}
            Show::Break => self.writer.line_break(),
            Show::Paragraph if self.is_first_in_row(at) => self.writer.start_line(),
            Show::Paragraph | Show::Heading | Show::Rule | Show::Table => self.writer.start_paragraph(),
            Show::List => self.list(None),
            Show::Numbers => {
                let first = self.tree.attributes(at).and_then(|attributes| attributes.number);
                self.list(Some(first.unwrap_or(1)));
            }
            Show::Item => self.item(at),
            Show::Definition => self.writer.definition(),
            Show::Pre => {
                self.writer.start_paragraph();
                self.writer.as_written += 1;
            }
            Show::Block | Show::Part | Show::Row | Show::Cell | Show::Term => self.writer.start_line(),
        }
    }

    fn leave(&mut self, at: usize) {
        match self.show(at) {
            Show::Inline | Show::Nothing | Show::Break => {}
            Show::Paragraph if self.is_first_in_row(at) => self.writer.start_line(),
            Show::Paragraph | Show::Heading | Show::Rule | Show::Table => self.writer.start_paragraph(),
            Show::List | Show::Numbers => {
                self.next_number.pop();
                self.around_list();
            }
            Show::Item => {
                self.writer.start_line();
                self.writer.bullet.clear();
            }
            Show::Term => self.writer.term(),
            Show::Pre => {
                self.writer.start_paragraph();
                self.writer.as_written -= 1;
            }
            Show::Block | Show::Part | Show::Row | Show::Cell | Show::Definition => self.writer.start_line(),
        }
    }

    /// A list inside a list has no blank lines around it.
    fn around_list(&mut self) {
        if self.next_number.is_empty() { self.writer.start_paragraph() } else { self.writer.start_line() }
    }

    fn list(&mut self, first: Option<u32>) {
        self.around_list();
        self.next_number.push(first);
    }

    /// The row of a list, unless it holds headings: then the list only places parts of the page.
    fn item(&mut self, at: usize) {
        self.writer.start_line();
        let has_heading = self.headings[self.tree.nodes[at].end] > self.headings[at];
        let Some(number) = self.next_number.last_mut() else { return };
        if let Some(number) = number {
            let own = self.tree.attributes(at).and_then(|attributes| attributes.number);
            let this = own.unwrap_or(*number);
            *number = this.saturating_add(1);
            self.writer.bullet = format!("{this}. ");
        } else if !has_heading {
            "• ".clone_into(&mut self.writer.bullet);
        }
    }

    /// A paragraph that begins a row of a list, a cell or a definition has no blank line before it.
    fn is_first_in_row(&self, at: usize) -> bool {
        let parent = self.tree.nodes[at].parent;
        matches!(self.show(parent), Show::Item | Show::Cell | Show::Definition)
            && (parent + 1..at).all(|before| {
                self.tree.nodes[before].parent == parent
                    && self.tree.text(before).is_some_and(|text| text.trim().is_empty())
            })
    }

    /// The rows of a table of facts: one whose cells are short, hold no headings, lists or tables, and stand beside each other. None
    /// for any other element, and for a table that only places text on the page.
    fn table(&self, at: usize) -> Option<Vec<Vec<String>>> {
        if self.show(at) != Show::Table {
            return None;
        }
        let end = self.tree.nodes[at].end;
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut next = at + 1;
        while next < end {
            let node_end = self.tree.nodes[next].end;
            if self.left_out[next] {
                next = node_end;
                continue;
            }
            match self.show(next) {
                Show::Row => rows.push(Vec::new()),
                Show::Cell => {
                    let cell = self.cell(next)?;
                    let row = rows.last_mut()?;
                    row.push(cell);
                    let columns = self.tree.attributes(next).and_then(|attributes| attributes.columns);
                    let more = columns.unwrap_or(1).clamp(1, MOST_COLUMNS) - 1;
                    row.extend((0..more).map(|_| String::new()));
                    next = node_end;
                    continue;
                }
                Show::Part => {}
                // Text outside of cells, a caption above the table.
                _ if self.tree.text(next).is_some_and(|text| text.trim().is_empty()) => {}
                _ => return None,
            }
            next += 1;
        }
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        if columns < 2 {
            return None;
        }
        if columns > 2 {
            // Broken to fit its column. Beside a label, lines are a list.
            rows.iter_mut().flatten().for_each(|cell| *cell = cell.replace('\n', " "));
        }
        Some(rows)
    }

    /// The words of a cell on one line; empty where it holds more than a head does.
    fn words_of(&self, at: usize) -> String {
        let mut writer = Writer::default();
        for text in (at + 1..self.tree.nodes[at].end).filter_map(|node| self.tree.text(node)) {
            writer.words(text);
            if writer.bytes() > LONGEST_TERM {
                return String::new();
            }
        }
        writer.finish().trim().to_owned()
    }

    /// A cell's lines; None when it is no cell of a table of facts.
    fn cell(&self, at: usize) -> Option<String> {
        let mut writer = Writer::default();
        let mut next = at + 1;
        while next < self.tree.nodes[at].end {
            if self.left_out[next] {
                next = self.tree.nodes[next].end;
                continue;
            }
            match self.show(next) {
                Show::Inline => self.tree.text(next).into_iter().for_each(|text| writer.words(text)),
                Show::Block | Show::Paragraph | Show::Break => writer.start_line(),
                _ => return None,
            }
            if writer.bytes() > LONGEST_CELL {
                return None;
            }
            next += 1;
        }
        let lines = writer.finish();
        let lines = lines.trim();
        let is_section = is_evidence(lines) && !lines.contains(':');
        (!is_section).then(|| lines.to_owned())
    }
}

/// Minutes that are a table: a row an item, and above the columns what they are.
struct Agenda {
    heads: Vec<String>,
    rows: Vec<AgendaRow>,
}

struct AgendaRow {
    number: String,
    /// The cells beside the number, the title first.
    cells: Vec<usize>,
}

/// Heads of the column of numbers, and of the titles, in lower case.
const NUMBER_HEADS: [&str; 8] =
    ["punkt", "pkt", "pkt.", "nr", "nr.", "punkt nr.", "pkt. nr.", "dagsordenspunkt"];
const TITLE_HEADS: [&str; 6] = ["emne", "titel", "sag", "overskrift", "tekst", "punkt"];

impl Agenda {
    /// None where the first row does not name a number, a title and a section of minutes, or another has no number.
    fn of(walk: &Walk<'_>, at: usize) -> Option<Self> {
        if walk.show(at) != Show::Table {
            return None;
        }
        let end = walk.tree.nodes[at].end;
        let mut rows: Vec<Vec<usize>> = Vec::new();
        let mut next = at + 1;
        while next < end {
            match walk.show(next) {
                Show::Row => rows.push(Vec::new()),
                Show::Cell => {
                    rows.last_mut()?.push(next);
                    next = walk.tree.nodes[next].end;
                    continue;
                }
                _ => {}
            }
            next += 1;
        }
        let (first, rows) = rows.split_first()?;
        let heads: Vec<String> = first.iter().map(|cell| walk.words_of(*cell)).collect();
        let is_one = |at: usize, words: &[&str]| {
            heads.get(at).is_some_and(|head| words.contains(&head.to_lowercase().trim_end_matches(':')))
        };
        let has_section = heads.iter().skip(2).any(|head| is_evidence(head));
        if !is_one(0, &NUMBER_HEADS) || !is_one(1, &TITLE_HEADS) || !has_section || rows.is_empty() {
            return None;
        }
        let row = |cells: &Vec<usize>| {
            let (number, cells) = cells.split_first()?;
            let number = walk.words_of(*number).trim_end_matches(['.', ':', ')']).to_owned();
            let is_number = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
            (is_number && cells.len() + 1 == heads.len()).then(|| AgendaRow { number, cells: cells.to_vec() })
        };
        let rows = rows.iter().map(row).collect::<Option<Vec<AgendaRow>>>()?;
        Some(Self { heads, rows })
    }
}

/// Lines as they grow.
#[derive(Default)]
struct Writer {
    done: String,
    line: String,
    /// White space was seen since the last word of the line.
    space: bool,
    /// A blank line stands before the next one that holds anything.
    blank: bool,
    /// What stands before the next word.
    bullet: String,
    /// White space is kept, so deep in such elements.
    as_written: usize,
    /// The line is a term that waits for its definition.
    term: bool,
}

impl Writer {
    fn bytes(&self) -> usize {
        self.done.len() + self.line.len()
    }

    fn words(&mut self, text: &str) {
        if self.as_written > 0 {
            for (at, line) in text.split('\n').enumerate() {
                if at > 0 {
                    self.line_break();
                }
                self.add(line);
            }
            return;
        }
        for (at, word) in text.split(|c: char| c.is_ascii_whitespace()).enumerate() {
            self.space |= at > 0;
            self.add(word);
        }
    }

    fn add(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        if self.line.is_empty() {
            self.line.push_str(&self.bullet);
            self.bullet.clear();
        } else if self.space {
            self.line.push(' ');
        }
        self.space = false;
        self.line.push_str(word);
    }

    fn start_line(&mut self) {
        self.term = false;
        self.space = false;
        if self.line.is_empty() {
            return;
        }
        if self.blank && !self.done.is_empty() && !self.done.ends_with("\n\n") {
            self.done.push('\n');
        }
        self.blank = false;
        if self.line.chars().all(|c| c == '\u{a0}') {
            // An empty cell or paragraph, which copied text shows as this one character.
            self.done.push('\u{a0}');
        } else {
            self.done.push_str(self.line.replace('\u{a0}', " ").trim_end());
        }
        self.done.push('\n');
        self.line.clear();
    }

    fn start_paragraph(&mut self) {
        self.start_line();
        self.blank = true;
    }

    /// Ends the line; one that has not begun is blank.
    fn line_break(&mut self) {
        if self.line.is_empty() {
            self.blank = true;
        }
        self.start_line();
    }

    /// The end of a term. A short one is the label of what follows.
    fn term(&mut self) {
        self.term = !self.line.is_empty() && self.line.len() <= LONGEST_TERM;
    }

    fn definition(&mut self) {
        if self.term {
            if !self.line.ends_with(':') {
                self.line.push(':');
            }
            self.space = true;
            self.term = false;
        } else {
            self.start_line();
        }
    }

    fn table(&mut self, rows: &[Vec<String>]) {
        self.start_paragraph();
        for row in rows {
            self.start_line();
            self.line = row.join("\t");
            if self.line.trim_matches('\t').is_empty() {
                // A row of empty cells keeps its line.
                self.line = "\u{a0}".to_owned();
            }
        }
        self.start_paragraph();
    }

    fn finish(mut self) -> String {
        self.start_line();
        self.done
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::html::fragment;

    #[track_caller]
    fn check(markup: &str, expected: &str) {
        assert_eq!(fragment(markup).unwrap(), expected);
    }

    #[test]
    fn a_longer_cell_makes_no_table() {
        let cell = |bytes: usize| "a".repeat(bytes);
        let table = |cell: &str| format!("<table><tr><td>x<td>{cell}</table>");
        check(&table(&cell(LONGEST_CELL)), &format!("x\t{}\n", cell(LONGEST_CELL)));
        check(&table(&cell(LONGEST_CELL + 1)), &format!("x\n{}\n", cell(LONGEST_CELL + 1)));
    }

    #[test]
    fn cells_span_no_more_than_the_most_columns() {
        let tabs = "\t".repeat(usize::try_from(MOST_COLUMNS).unwrap());
        check("<table><tr><td colspan=4000000000>x<td>y</table>", &format!("x{tabs}y\n"));
        check("<table><tr><td colspan=0>x<td colspan=-1>y</table>", "x\ty\n");
    }

    #[test]
    fn a_table_of_items_is_read_as_items() {
        let table = |number: &str| {
            format!(
                "<table><tr><th>Punkt<th>Emne<th>Beslutning<tr><td>1.<td>Ny sti<td><p>Godkendt.<p>Den bygges i år.<tr><td>{number}<td>Broen<td>Udsat.</table>"
            )
        };
        check(
            &table("2"),
            "Punkt\tEmne\tBeslutning\n\n1. Ny sti\n\nBeslutning\nGodkendt.\n\nDen bygges i år.\n\n2. Broen\n\nBeslutning\nUdsat.\n",
        );
        // Where a row has no number it is another sort of table.
        assert!(!fragment(&table("i alt")).unwrap().contains("1. Ny sti"));
    }

    #[test]
    fn longer_terms_are_no_labels() {
        let term = |bytes: usize| "a".repeat(bytes);
        let list = |term: &str| format!("<dl><dt>{term}<dd>x</dl>");
        check(&list(&term(LONGEST_TERM)), &format!("{}: x\n", term(LONGEST_TERM)));
        check(&list(&term(LONGEST_TERM + 1)), &format!("{}\nx\n", term(LONGEST_TERM + 1)));
    }
}
