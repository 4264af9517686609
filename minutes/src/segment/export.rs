//! Exports of meeting systems, in the form that `read` gives them: what begins an item or a section is marked, so that nothing
//! has to be inferred.
//!
//! ```text
//! Dagsorden fra FirstAgenda          one of SIGNS, the first line
//! Udvalg: Byrådet                    labels, then any other lines
//! Mødedato: 4. maj 2026 kl. 14:00
//!
//! # Budgetopfølgning                 an item: its title, then labels up to a blank line
//! Punkt: 72
//! Sagsnr.: 00.30.14-Ø00-3-26
//!
//! ## Beslutning                      a section
//!
//! Godkendt.
//! ```
//!
//! Whoever writes this form indents lines of text that begin with a mark ([`is_mark`]).

use super::{Line, Outline, OutlineItem, OutlineSection, generic, grid, headings, labelled};
use crate::model::SectionKind;

/// First lines of exports, and the layouts that they tell.
pub(crate) const SIGNS: [(&str, &str); 2] =
    [("Dagsorden fra FirstAgenda", "firstagenda"), ("Dagsorden fra SBSYS", "sbsys")];

/// Begins an item; the title follows.
pub(crate) const ITEM: &str = "# ";
/// Begins a section; its heading follows. Text before the first one has none.
pub(crate) const SECTION: &str = "## ";
/// Labels of the header.
pub(crate) const BODY: &str = "Udvalg";
/// The meeting's day and time.
pub(crate) const DATE: &str = "Mødedato";
/// Where it was held.
pub(crate) const PLACE: &str = "Mødested";
/// Labels of an item: its number.
pub(crate) const NUMBER: &str = "Punkt";
/// The number of its case.
pub(crate) const CASE: &str = "Sagsnr.";
/// Who prepared it.
pub(crate) const CASEWORKER: &str = "Sagsbehandler";
/// Stands alone in the head of an item that is not open to the public.
pub(crate) const CLOSED: &str = "Lukket punkt";

/// Caseworkers after the first, as they stand in the text of an item.
const OTHER_CASEWORKERS: &str = "Øvrige sagsbehandlere";

/// Sections in which grid and caseworkers may stand; in others, names after a label are text.
const BEFORE_TEXT: [SectionKind; 3] = [SectionKind::Other, SectionKind::Attachments, SectionKind::Hearing];

/// Whether a line of text would be taken for a mark.
pub(crate) fn is_mark(line: &str) -> bool {
    line.starts_with('#')
}

pub(super) fn segment<'t>(lines: &[Line<'t>]) -> Option<Outline<'t>> {
    let first = lines.iter().position(|line| !line.is_blank())?;
    let (_, layout) = SIGNS.iter().find(|(sign, _)| lines[first].text == *sign)?;
    let mut outline = Outline { layout, ..Outline::default() };
    let starts: Vec<usize> = (0..lines.len()).filter(|at| is_item(lines[*at].text)).collect();
    let header_end = starts.first().copied().unwrap_or(lines.len());
    read_header(lines, first, header_end, &mut outline);
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(lines.len());
        outline.items.push(read_item(&lines[*start..end]));
    }
    Some(outline)
}

fn is_item(line: &str) -> bool {
    line.starts_with(ITEM) || line == ITEM.trim_end()
}

fn is_section(line: &str) -> bool {
    line.strip_prefix(SECTION).is_some_and(|heading| !heading.trim().is_empty())
}

fn read_header<'t>(lines: &[Line<'t>], first: usize, end: usize, outline: &mut Outline<'t>) {
    let mut rest = vec![lines[first]];
    for line in &lines[first + 1..end] {
        let value = |label: &str| {
            labelled(line.text, &[label])
                .filter(|text| !text.is_empty())
                .map(|text| Line { number: line.number, text })
        };
        let header = &mut outline.header;
        let slots = [(&mut header.body, BODY), (&mut header.date, DATE), (&mut header.place, PLACE)];
        let free = slots
            .into_iter()
            .find_map(|(slot, label)| value(label).filter(|_| slot.is_none()).map(|found| (slot, found)));
        match free {
            Some((slot, found)) => *slot = Some(found),
            None => rest.push(*line),
        }
    }
    outline.sections = super::outside(rest);
}

/// Reads an item from its first line to the one before the next item.
fn read_item<'t>(lines: &[Line<'t>]) -> OutlineItem<'t> {
    let mut item = OutlineItem { line: lines[0].number, head: vec![lines[0]], ..OutlineItem::default() };
    item.title = Some(lines[0].text[1..].trim()).filter(|title| !title.is_empty());
    let head_end = lines.iter().position(Line::is_blank).unwrap_or(lines.len());
    let sections_begin =
        lines.iter().position(|line| is_section(line.text)).unwrap_or(lines.len()).min(head_end);
    let mut rest = Vec::new();
    for line in &lines[1..sections_begin] {
        let value = |label: &str| labelled(line.text, &[label]);
        if line.text == CLOSED {
            item.closed = true;
        } else if let Some(number) = value(NUMBER).filter(|_| item.number.is_none()) {
            item.number = Some(number);
        } else if let Some(case) = value(CASE).filter(|_| item.case_number.is_none()) {
            item.case_number = Some(case);
        } else if let Some(names) = value(CASEWORKER) {
            item.caseworkers.push(names);
        } else {
            rest.push(*line);
            continue;
        }
        item.head.push(*line);
    }
    rest.extend(&lines[sections_begin..]);
    read_sections(&rest, &mut item);
    item
}

fn read_sections<'t>(lines: &[Line<'t>], item: &mut OutlineItem<'t>) {
    let kind_of = |line: &Line<'_>| kind_of(line.text.trim_start_matches('#').trim());
    let is_text = |line: &&Line<'_>| {
        is_section(line.text) && kind_of(line).is_none_or(|kind| kind != SectionKind::Attachments)
    };
    let is_only_one = lines.iter().filter(is_text).count() <= 1;
    let mut section = OutlineSection::new(SectionKind::Other, None);
    let mut may_divide = true;
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        if is_section(line.text) {
            keep(std::mem::replace(&mut section, headed(line)), item);
            // A system may put all of an item into one field.
            may_divide = is_only_one || section.kind == SectionKind::Other;
        } else if let Some((kind, end)) = may_divide.then(|| dividing(line.text)).flatten() {
            let part = |text| Line { number: line.number, text };
            let (heading, rest) = line.text.split_at(end);
            keep(std::mem::replace(&mut section, OutlineSection::new(kind, Some(part(heading)))), item);
            section.lines.extend((!rest.trim().is_empty()).then_some(part(rest)));
        } else if item.routed_to.is_none()
            && let Some(found) = grid::read(&lines[at..])
        {
            item.routed_to = found.routed_to;
            let routing = lines[at..at + found.lines].to_vec();
            item.sections.push(OutlineSection { kind: SectionKind::Routing, heading: None, lines: routing });
            at += found.lines;
            continue;
        } else if BEFORE_TEXT.contains(&section.kind)
            && let Some(names) = labelled(line.text, &[OTHER_CASEWORKERS, CASEWORKER])
        {
            item.caseworkers.push(names);
            item.head.push(line);
        } else {
            section.lines.push(line);
        }
        at += 1;
    }
    keep(section, item);
    let is_decided = item.sections.iter().any(|section| section.kind == SectionKind::Decision);
    let instead = |section: &&mut OutlineSection<'_>| {
        section
            .heading
            .and_then(|heading| generic::heading(heading.text))
            .is_some_and(|found| found.is_instead)
    };
    if !is_decided && let Some(section) = item.sections.iter_mut().find(instead) {
        section.kind = SectionKind::Decision;
    }
}

/// What a heading means that the system marks as one, by the table of the known layouts or of any other; None for one of its own.
/// What heads a decision for want of better words is judged when all of an item is read.
fn kind_of(heading: &str) -> Option<SectionKind> {
    let known = headings::find(heading).map(|found| found.kind);
    known.or_else(|| {
        generic::heading(heading)
            .filter(|found| (found.end == heading.len() || found.names_item) && !found.is_instead)
            .map(|found| found.kind)
    })
}

/// A heading that divides the text of a field which holds a whole item, and where it ends.
fn dividing(line: &str) -> Option<(SectionKind, usize)> {
    let known = headings::find(line).filter(|heading| heading.main).map(|heading| (heading.kind, line.len()));
    known.or_else(|| {
        generic::heading(line).filter(|heading| heading.is_sure).map(|heading| (heading.kind, heading.end))
    })
}

/// The section that a marked line begins; the heading is the line without its mark.
fn headed(line: Line<'_>) -> OutlineSection<'_> {
    let text = line.text.trim_start_matches('#').trim();
    let kind = kind_of(text).unwrap_or(SectionKind::Other);
    let heading = Line { number: line.number, text };
    OutlineSection::new(kind, Some(heading))
}

fn keep<'t>(section: OutlineSection<'t>, item: &mut OutlineItem<'t>) {
    if section.heading.is_some() || !section.is_blank() {
        item.sections.push(section);
    }
}
