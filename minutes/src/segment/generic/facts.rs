//! What each line is by itself, found once; and what stands where around a line.

use std::collections::HashSet;

use super::headings::{self, Heading, Weight};
use super::labels::{self, ItemLabels};
use super::{header, running, table};
use crate::model::SectionKind;
use crate::segment::Line;
use crate::segment::closed::part;

/// What a line is by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fact {
    Blank,
    Text,
    /// A heading of a section.
    Heading(SectionKind),
    /// A label with a case number.
    Case,
    /// Another label of an item's head.
    Label,
    /// A line of the page: a link to its top, a button.
    Page,
}

/// Lines that belong to the page and not to the minutes, in lower case.
const PAGE: [&str; 18] = [
    "dagsordenpunkt",
    "dagsordenspunkt",
    "til toppen",
    "til top",
    "fold alle ud",
    "fold alle ind",
    "se alle bilag",
    "vis alle bilag",
    "luk alle",
    "åbn alle",
    "vælg",
    "søg",
    "udskriv",
    "dagsordenpunkter",
    "dagsordenspunkter",
    "indholdsfortegnelse",
    "punkter",
    "dagsorden",
];

/// The title of a page stands on one of so many lines.
const TITLE_LINES: usize = 2;

/// In bytes.
const LONGEST_PAGE: usize = 36;

/// `Side 3`, `Side 3 af 7`, `side 3/7`.
fn is_page_number(lower: &str) -> bool {
    lower.strip_prefix("side ").is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_digit())
            && rest.replace("af", "").chars().all(|c| c.is_ascii_digit() || " /".contains(c))
    })
}

/// The facts of all lines.
pub(super) struct Facts<'t> {
    facts: Vec<Fact>,
    headings: Vec<Option<Heading>>,
    labels: Vec<Option<ItemLabels<'t>>>,
    /// Index of the next line that proves an item, at or after each line.
    next_proof: Vec<usize>,
    /// Whether a proposal is open at each line: its heading was the last, and the decision's is the next.
    in_recommendation: Vec<bool>,
    /// Indices of the lines after which items are closed (true) or open again.
    parts: Vec<(usize, bool)>,
    /// The text calls itself minutes and has none of their headings: its items are known by their numbers alone.
    pub(super) is_unheaded_minutes: bool,
    /// Headings that no other document has.
    pub(super) sure: usize,
    /// Decision headings.
    pub(super) decisions: usize,
    /// Decision headings that tell their meeting.
    pub(super) with_meeting: usize,
    /// Lines that are a body and a day and nothing else.
    pub(super) meetings: usize,
}

impl<'t> Facts<'t> {
    pub(super) fn of(lines: &[Line<'t>]) -> Self {
        let mut headings: Vec<Option<Heading>> = lines.iter().map(|line| headings::find(line.text)).collect();
        let of_page = running::lines_of_pages(lines, &headings);
        for (heading, _) in headings.iter_mut().zip(&of_page).filter(|(_, of_page)| **of_page) {
            *heading = None;
        }
        table::leave_out_values(lines, &mut headings);
        let is_decision = |heading: &Heading| heading.kind == SectionKind::Decision;
        let has_own = headings.iter().flatten().any(|h| is_decision(h) && h.weight == Weight::Sure);
        let is_instead = |h: &Option<Heading>| h.is_some_and(|h| h.weight == Weight::Instead);
        // On the first lines such a word is the page's title.
        let first = (0..lines.len()).filter(|at| !lines[*at].is_blank()).take(TITLE_LINES);
        for at in first.filter(|at| lines[*at].text.trim().chars().all(char::is_alphabetic)) {
            headings[at] = headings[at].filter(|heading| heading.weight != Weight::Instead);
        }
        let headed = headings.iter().zip(lines).filter(|(heading, _)| is_instead(heading));
        let headed: Vec<&str> = headed.map(|(_, line)| line.text).collect();
        let instead = if has_own { None } else { headings::instead(&headed) };
        // What else heads a decision is then text, or the title of the page.
        for (heading, line) in headings.iter_mut().zip(lines).filter(|(heading, _)| is_instead(heading)) {
            if !instead.is_some_and(|word| headings::is_headed(line.text, word)) {
                *heading = None;
            }
        }
        let names = header_names(lines, &headings);
        let mut decides = false;
        for (heading, line) in headings.iter_mut().zip(lines).filter(|(_, line)| !line.is_blank()) {
            if decides && heading.is_none() {
                *heading = headings::with_name(line.text, &names);
            }
            decides = heading.is_some_and(|heading| is_decision(&heading));
        }
        take_titles(lines, &mut headings);
        let labels: Vec<Option<ItemLabels<'t>>> = lines
            .iter()
            .map(|line| {
                let bare = labels::bare_case(line.text);
                bare.map(|case| ItemLabels { case: Some(case), ..ItemLabels::default() })
                    .or_else(|| labels::item(line.text))
            })
            .collect();
        let facts: Vec<Fact> = lines
            .iter()
            .zip(headings.iter().zip(&labels))
            .zip(&of_page)
            .map(|((line, (heading, label)), of_page)| match *of_page && !line.is_blank() {
                true => Fact::Page,
                false => fact(line, *heading, *label),
            })
            .collect();
        // Where no heading stands at all, a line that proposes says as much.
        let has_sure = headings.iter().flatten().any(|heading| heading.weight == Weight::Sure);
        // In minutes that say so, the decision of a meeting proves an item too.
        let is_declared = !has_sure && header::is_declared(lines);
        let proves = |at: usize| match facts[at] {
            Fact::Text => !has_sure && proposes(lines[at].text),
            Fact::Case | Fact::Label => true,
            Fact::Heading(_) => headings[at].is_some_and(|heading| {
                heading.weight != Weight::Common
                    || is_early(heading.kind)
                    || (is_declared && heading.names_meeting)
            }),
            _ => false,
        };
        let mut next_proof = vec![lines.len(); lines.len() + 1];
        for at in (0..lines.len()).rev() {
            next_proof[at] = if proves(at) { at } else { next_proof[at + 1] };
        }
        let parts = (0..lines.len())
            .filter(|at| facts[*at] == Fact::Page)
            .filter_map(|at| part(lines[at].text).map(|closed| (at, closed)))
            .collect();
        let mut facts = Self {
            parts,
            is_unheaded_minutes: false,
            sure: headings.iter().flatten().filter(|h| h.weight == Weight::Sure).count(),
            decisions: headings
                .iter()
                .flatten()
                .filter(|h| is_decision(h) && h.weight != Weight::Common)
                .count(),
            with_meeting: headings
                .iter()
                .flatten()
                .filter(|h| h.names_meeting && h.weight == Weight::Sure)
                .count(),
            meetings: headings
                .iter()
                .flatten()
                .filter(|h| is_decision(h) && h.weight == Weight::Common)
                .count(),
            facts,
            headings,
            labels,
            next_proof,
            in_recommendation: Vec::new(),
        };
        facts.is_unheaded_minutes = facts.sure == 0 && facts.decisions == 0 && header::is_of_minutes(lines);
        facts.in_recommendation = facts.open_recommendations();
        facts
    }

    fn open_recommendations(&self) -> Vec<bool> {
        let mut next = vec![None; self.facts.len() + 1];
        for at in (0..self.facts.len()).rev() {
            next[at] = self.section(at).or(next[at + 1]);
        }
        let mut last = None;
        (0..self.facts.len())
            .map(|at| {
                last = self.section(at).or(last);
                last == Some(SectionKind::Recommendation)
                    && next[(at + 1).min(self.facts.len())] == Some(SectionKind::Decision)
            })
            .collect()
    }

    pub(super) fn len(&self) -> usize {
        self.facts.len()
    }

    /// Past the end there is nothing but blank lines.
    pub(super) fn at(&self, at: usize) -> Fact {
        self.facts.get(at).copied().unwrap_or(Fact::Blank)
    }

    pub(super) fn heading(&self, at: usize) -> Option<Heading> {
        self.headings.get(at).copied().flatten()
    }

    pub(super) fn labels(&self, at: usize) -> Option<ItemLabels<'t>> {
        self.labels.get(at).copied().flatten()
    }

    /// The section that begins at a line.
    pub(super) fn section(&self, at: usize) -> Option<SectionKind> {
        match self.at(at) {
            Fact::Heading(kind) => Some(kind),
            _ => None,
        }
    }

    /// Takes a line out of the text around it: it heads several items.
    pub(super) fn set_aside(&mut self, at: usize) {
        if let Some(fact) = self.facts.get_mut(at).filter(|fact| **fact == Fact::Text) {
            *fact = Fact::Page;
        }
    }

    /// A line after which items are closed (true) or open again, known by what stands around it.
    pub(super) fn begin_part(&mut self, at: usize, closed: bool) {
        if let Some(fact) = self.facts.get_mut(at) {
            *fact = Fact::Page;
        }
        self.parts.retain(|(line, _)| *line != at);
        self.parts.push((at, closed));
        self.parts.sort_unstable();
    }

    /// Makes text again of a line that looked like the heading of a part.
    pub(super) fn take_part(&mut self, at: usize) {
        if let Some(fact) = self.facts.get_mut(at) {
            *fact = Fact::Text;
        }
        self.parts.retain(|(line, _)| *line != at);
    }

    /// Takes out the parts into which a list of contents before the first item is divided, which are no parts of what follows, and
    /// gives the rows of its closed ones. A row is a line that `is_row` knows.
    pub(super) fn take_contents(&mut self, first: usize, is_row: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut closed = Vec::new();
        let mut end = first;
        let mut own = Vec::new();
        for &(at, is_closed) in self.parts.iter().rev() {
            let rows: Vec<usize> = (at..end.max(at)).filter(|row| at < first && is_row(*row)).collect();
            if rows.is_empty() {
                own.push((at, is_closed));
            } else if is_closed {
                closed.extend(rows);
            }
            end = end.min(at);
        }
        own.reverse();
        self.parts = own;
        closed
    }

    /// The lines after which items are closed though they were open before.
    pub(super) fn closed_parts(&self) -> Vec<usize> {
        let begins = |index: usize| self.parts[index].1 && (index == 0 || !self.parts[index - 1].1);
        (0..self.parts.len()).filter(|index| begins(*index)).map(|index| self.parts[index].0).collect()
    }

    /// The lines after a line with which other parts begin.
    pub(super) fn parts_after(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        self.parts.iter().map(|(line, _)| *line).filter(move |line| *line > at)
    }

    /// Whether the line stands between a recommendation's heading and its decision's.
    pub(super) fn is_in_recommendation(&self, at: usize) -> bool {
        self.in_recommendation.get(at).copied().unwrap_or(false)
    }

    /// Whether the line stands in the part of the agenda that is closed to the public.
    pub(super) fn is_in_closed_part(&self, at: usize) -> bool {
        self.parts.iter().rfind(|(line, _)| *line < at).is_some_and(|(_, closed)| *closed)
    }

    /// What first proves an item between two lines, and how many lines from the first it stands.
    pub(super) fn first_proof(&self, from: usize, end: usize) -> Option<(Fact, usize)> {
        let at = *self.next_proof.get(from)?;
        (at < end).then(|| (self.at(at), at - from))
    }

    /// The first heading of a section between two lines.
    pub(super) fn first_heading(&self, from: usize, end: usize) -> Option<usize> {
        (from..end).find(|at| matches!(self.at(*at), Fact::Heading(_)))
    }
}

/// A heading that names its item by number takes the item's title too, where another line has the title after a number.
fn take_titles(lines: &[Line<'_>], headings: &mut [Option<Heading>]) {
    let names_item = |heading: &Option<Heading>| heading.is_some_and(|heading| heading.names_item);
    if !headings.iter().any(names_item) {
        return;
    }
    let titles: HashSet<&str> = lines
        .iter()
        .zip(headings.iter())
        .filter(|(_, heading)| heading.is_none())
        .filter_map(|(line, _)| headings::after_number(line.text))
        .collect();
    for (line, heading) in lines.iter().zip(headings).filter(|(_, heading)| names_item(heading)) {
        let is_title = headings::after_number(line.text).is_some_and(|title| titles.contains(title));
        if let Some(heading) = heading.as_mut().filter(|_| is_title) {
            heading.end = line.text.len();
        }
    }
}

/// Lines that may name the meeting's body, in any words: the short ones before the first heading.
fn header_names<'t>(lines: &[Line<'t>], headings: &[Option<Heading>]) -> Vec<&'t str> {
    let header = lines.iter().zip(headings).take_while(|(_, heading)| heading.is_none());
    header
        .map(|(line, _)| line.text.trim())
        .filter(|text| text.len() <= LONGEST_NAME && text.starts_with(char::is_uppercase))
        .take(MOST_NAMES)
        .collect()
}

/// In bytes.
const LONGEST_NAME: usize = 80;
/// More lines of a header are not looked at.
const MOST_NAMES: usize = 20;

/// The end of a line that proposes: what follows is the recommendation though no heading says so.
const PROPOSES: [&str; 9] = [
    "indstiller, at",
    "indstiller,",
    "indstiller:",
    "indstiller at",
    "indstilles:",
    "indstilles,",
    "indstilles, at",
    "foreslås,",
    "foreslås:",
];

/// Whether a line introduces a proposal.
pub(super) fn proposes(line: &str) -> bool {
    let text = line.trim_end();
    PROPOSES.iter().any(|end| text.ends_with(end))
}

/// Who proposes is told in fewer bytes.
const LONGEST_PROPOSER: usize = 120;

/// Whether a line is itself a proposal: `Kulturforvaltningen indstiller, at udvalget godkender dagsordenen.`
pub(super) fn is_proposal(line: &str) -> bool {
    line.trim_start().split_once(" indstiller, at ").is_some_and(|(by, _)| {
        by.len() <= LONGEST_PROPOSER && by.starts_with(char::is_uppercase) && !by.contains(['.', ':', ';'])
    })
}

/// Sections that begin an item: under a numbered line they prove it though other documents have such headings too.
fn is_early(kind: SectionKind) -> bool {
    matches!(kind, SectionKind::Summary)
}

fn fact(line: &Line<'_>, heading: Option<Heading>, label: Option<ItemLabels<'_>>) -> Fact {
    if line.is_blank() {
        return Fact::Blank;
    }
    if let Some(label) = label {
        return if label.case.is_some() { Fact::Case } else { Fact::Label };
    }
    if let Some(heading) = heading {
        return Fact::Heading(heading.kind);
    }
    let text = line.text.trim();
    let lower = if text.len() <= LONGEST_PAGE { text.to_lowercase() } else { String::new() };
    let lower = lower.trim_end_matches(':');
    let is_page = PAGE.contains(&lower) || part(text).is_some() || is_page_number(lower);
    if is_page { Fact::Page } else { Fact::Text }
}
