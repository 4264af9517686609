//! An item taken apart: labels of its head, then headed sections.

use super::facts::{Fact, Facts, is_proposal, proposes};
use super::head::Head;
use super::headings::{Heading, Weight};
use super::{labels, titles};
use crate::model::{SectionKind, Warning};
use crate::segment::{Line, OutlineItem, OutlineSection};

/// Reads an item from its head to the line before the next one.
pub(super) fn read<'t>(
    lines: &[Line<'t>],
    facts: &Facts<'t>,
    mut head: Head<'t>,
    end: usize,
    warnings: &mut Vec<Warning>,
) -> OutlineItem<'t> {
    let mut item = OutlineItem { line: lines[head.first].number, ..OutlineItem::default() };
    item.case_number = titles::case_in_title(&mut head);
    (item.number, item.title, item.closed) = (head.number, head.title, head.closed);
    // An item without a title may begin with the heading of its first section.
    let has_name = head.title.is_some() || head.number.is_some();
    let body = if !has_name && facts.section(head.first).is_some() { head.first } else { head.last + 1 };
    for (at, line) in lines.iter().enumerate().take(body).skip(head.first) {
        if matches!(facts.at(at), Fact::Case | Fact::Label) {
            take_labels(facts, at, &mut item);
        }
        if !line.is_blank() {
            item.head.push(*line);
        }
    }
    let is_headed = (body..end).any(|at| facts.section(at) == Some(SectionKind::Recommendation));
    let mut section = OutlineSection::new(SectionKind::Other, None);
    let mut in_head = true;
    let mut page: Vec<Line<'t>> = Vec::new();
    let mut at = body;
    while at < end {
        let line = lines[at];
        let fact = facts.at(at);
        if in_head && matches!(fact, Fact::Case | Fact::Label) {
            // The number of a paper has no field of its own.
            let place = if labels::names_paper(line.text) { &mut section.lines } else { &mut item.head };
            place.push(line);
            let waits = take_labels(facts, at, &mut item);
            let value =
                super::next_text(lines, at + 1).filter(|next| *next < end && facts.at(*next) == Fact::Text);
            if let (Some(waits), Some(value)) = (waits, value) {
                let text = lines[value].text.trim();
                if waits.take(&mut item, text) {
                    item.head.push(lines[value]);
                    at = value;
                }
            }
        } else if in_head && item.title.is_some_and(|title| titles::same_title(line.text, title)) {
            item.head.push(line);
        } else if let Some(case) =
            labels::unlabelled_case(line.text).filter(|_| is_bare_head(&item, &section))
        {
            item.case_number = Some(case);
            item.head.push(line);
        } else if let (Fact::Heading(kind), Some(heading)) = (fact, facts.heading(at))
            && !is_told_in_decision(&section, heading)
        {
            in_head = false;
            let (name, rest) = line.text.split_at(heading.end);
            if heading.names_item && names_another(name, &item) {
                let what = "a heading names another item than the one it stands in".to_owned();
                warnings.push(Warning { line: line.number, what });
            }
            keep(
                std::mem::replace(
                    &mut section,
                    OutlineSection::new(kind, Some(Line { number: line.number, text: name })),
                ),
                &mut item,
            );
            if !rest.trim().is_empty() {
                section.lines.push(Line { number: line.number, text: rest });
            }
        } else if !in_head && item.case_number.is_none() && is_last_case(facts, at, end) {
            take_labels(facts, at, &mut item);
            item.head.push(line);
        } else if fact == Fact::Page {
            page.push(line);
        } else {
            let begins_proposal = match is_unheaded(&section) {
                true => proposes(line.text) || (!is_headed && is_proposal(line.text)),
                false => !is_headed && proposes(line.text),
            };
            if begins_proposal && may_be_proposed(&section, &item) {
                keep(
                    std::mem::replace(&mut section, OutlineSection::new(SectionKind::Recommendation, None)),
                    &mut item,
                );
            }
            section.lines.push(line);
        }
        at += 1;
    }
    keep(section, &mut item);
    if !page.is_empty() {
        item.sections.push(OutlineSection { kind: SectionKind::Other, heading: None, lines: page });
    }
    if item.number.is_none() && item.title.is_none() {
        warnings.push(Warning { line: item.line, what: "item without number and title".to_owned() });
    }
    item
}

/// Whether a heading that names its item by number has another number than the item.
fn names_another(heading: &str, item: &OutlineItem<'_>) -> bool {
    let named = heading.trim_matches(|c: char| !c.is_ascii_digit());
    item.number.is_some_and(|own| own.bytes().all(|byte| byte.is_ascii_digit()) && own != named)
}

/// Whether a heading is a part of the decision in which it stands: `Forslag: …` tells there what somebody proposed.
fn is_told_in_decision(section: &OutlineSection<'_>, heading: Heading) -> bool {
    section.kind == SectionKind::Decision
        && heading.kind == SectionKind::Recommendation
        && heading.weight == Weight::Common
}

/// Whether a section has neither heading nor kind.
fn is_unheaded(section: &OutlineSection<'_>) -> bool {
    section.kind == SectionKind::Other && section.heading.is_none()
}

/// Whether a proposal may begin inside a section: it tells about the matter, and nothing is proposed or decided yet.
fn may_be_proposed(section: &OutlineSection<'_>, item: &OutlineItem<'_>) -> bool {
    use SectionKind::{Background, Decision, Economy, Other, Recommendation};
    let has_later = item.sections.iter().any(|section| matches!(section.kind, Recommendation | Decision));
    is_unheaded(section) || (matches!(section.kind, Other | Background | Economy) && !has_later)
}

/// Whether a case number stands on a line after all else of its item.
fn is_last_case(facts: &Facts<'_>, at: usize, end: usize) -> bool {
    let of_foot = |at: usize| matches!(facts.at(at), Fact::Blank | Fact::Label | Fact::Page);
    facts.at(at) == Fact::Case
        && facts.labels(at).is_some_and(|labels| labels.case.is_some_and(|case| !case.is_empty()))
        && (at + 1..end).all(of_foot)
}

/// Whether nothing but the title was read of an item.
fn is_bare_head(item: &OutlineItem<'_>, section: &OutlineSection<'_>) -> bool {
    item.title.is_some()
        && item.case_number.is_none()
        && section.heading.is_none()
        && section.is_blank()
        && item.sections.is_empty()
}

/// A label whose value stands on the next line.
enum Waits {
    Case,
    Caseworkers,
}

/// A value on a line of its own is no longer, in bytes.
const LONGEST_VALUE: usize = 80;

impl Waits {
    /// Whether the text is such a value; then it is the item's.
    fn take<'t>(&self, item: &mut OutlineItem<'t>, text: &'t str) -> bool {
        if text.len() > LONGEST_VALUE {
            return false;
        }
        match self {
            Self::Case if item.case_number.is_none() && text.contains(|c: char| c.is_ascii_digit()) => {
                item.case_number = Some(text);
            }
            Self::Caseworkers if !text.contains(|c: char| c.is_ascii_digit()) => item.caseworkers.push(text),
            _ => return false,
        }
        true
    }
}

fn take_labels<'t>(facts: &Facts<'t>, at: usize, item: &mut OutlineItem<'t>) -> Option<Waits> {
    let labels = facts.labels(at)?;
    let mut waits = None;
    match labels.case {
        Some("") => waits = Some(Waits::Case),
        Some(case) => item.case_number = item.case_number.or(Some(case)),
        None => {}
    }
    match labels.caseworkers {
        Some("") => waits = waits.or(Some(Waits::Caseworkers)),
        Some(names) => item.caseworkers.push(names),
        None => {}
    }
    item.closed |= labels.closed == Some(true);
    waits
}

fn keep<'t>(section: OutlineSection<'t>, item: &mut OutlineItem<'t>) {
    if section.heading.is_some() || !section.is_blank() {
        item.sections.push(section);
    }
}
