//! An item taken apart: its head, then its headed sections.

use super::anchor::{Anchor, Start};
use super::{
    BARE_NUMBER, NUMBERED, NUMBERED_LOOSELY, after_caseworkers, case_line, caseworkers, is_title,
    previous_text, same_title, title_after,
};
use crate::model::{SectionKind, Warning};
use crate::segment::{Line, Outline, OutlineItem, OutlineSection, grid, headings, labelled};

/// Sections that stand before an item's decision in these layouts: after one, they are the next item's.
const BEFORE_DECISION: [SectionKind; 3] =
    [SectionKind::Summary, SectionKind::Background, SectionKind::Recommendation];

/// Labels that close a decision rather than open an item.
const ABSENCE_LABELS: [&str; 5] = ["Fraværende", "Fraværende med afbud", "Afbud", "Ikke til stede", "Fravær"];

/// Titles of standing items that end like a sentence.
const STANDING_TITLES: [&str; 2] = ["Evt.", "Eventuelt."];

/// Sections that FirstAgenda prints above grid and caseworkers.
const BEFORE_HEAD_ENDS: [SectionKind; 2] = [SectionKind::Attachments, SectionKind::Hearing];

/// Reads the item that begins at an anchor, and items without an anchor of their own that follow it.
pub(super) fn read_items<'t>(lines: &[Line<'t>], anchor: Anchor, end: usize, outline: &mut Outline<'t>) {
    let mut item = OutlineItem { line: lines[anchor.first].number, ..OutlineItem::default() };
    read_head(lines, anchor, &mut item);
    let mut at = anchor.at + 1;
    let behind = if anchor.start == Start::CaseLine { after_caseworkers(lines, at).min(end) } else { at };
    let repeated = title_after(lines, behind, end).filter(|title| match (anchor.start, item.title) {
        (Start::CaseLine, None) => true,
        (_, Some(known)) => same_title(lines[*title].text, known),
        _ => false,
    });
    if repeated.is_some() {
        for line in lines[at..behind].iter().filter(|line| !line.is_blank()) {
            item.caseworkers.extend(caseworkers(line.text));
            item.head.push(*line);
        }
    }
    if let Some(title) = repeated {
        item.head.push(lines[title]);
        // Where one printing goes on in parentheses, it says more.
        let again = lines[title].text.trim();
        item.title = item.title.filter(|known| known.len() > again.len()).or(Some(again));
        at = title + 1;
    }
    let mut rest = &lines[at..end];
    while let Some(title) = read_sections(rest, &mut item, &mut outline.warnings) {
        let head = rest[title];
        outline.items.push(std::mem::take(&mut item));
        outline.warnings.push(Warning { line: head.number, what: "item without case number".to_owned() });
        item = OutlineItem { line: head.number, head: vec![head], ..OutlineItem::default() };
        item.title = Some(head.text.trim());
        rest = &rest[title + 1..];
    }
    outline.items.push(item);
}

fn read_head<'t>(lines: &[Line<'t>], anchor: Anchor, item: &mut OutlineItem<'t>) {
    item.head.extend(lines[anchor.first..=anchor.at].iter().filter(|line| !line.is_blank()));
    let first = lines[anchor.first].text;
    let has_title_before = anchor.first != anchor.at;
    match anchor.start {
        Start::CaseLine => {
            if let Some((number, names)) = case_line(lines[anchor.at].text) {
                item.case_number = Some(number);
                item.caseworkers.extend(names);
            }
            if has_title_before && let Some(found) = NUMBERED_LOOSELY.captures(first) {
                item.number = found.get(1).map(|number| number.as_str());
                // A title broken over lines is whole only where it is printed again.
                let on_one_line = lines[anchor.first + 1..anchor.at].iter().all(Line::is_blank);
                item.title = found.get(2).map(|title| title.as_str()).filter(|_| on_one_line);
            }
        }
        Start::BareNumber => {
            let found = BARE_NUMBER.captures(lines[anchor.at].text);
            item.case_number = found.and_then(|found| found.get(1)).map(|number| number.as_str());
            item.title = has_title_before.then(|| first.trim());
        }
        Start::Numbered => (item.number, item.title) = number_and_title(first),
        Start::TitleOnly => item.title = Some(first.trim()),
    }
}

fn number_and_title(line: &str) -> (Option<&str>, Option<&str>) {
    let Some(found) = NUMBERED.captures(line) else { return (None, None) };
    (found.get(1).map(|number| number.as_str()), found.get(2).map(|title| title.as_str()))
}

/// Everything of an item after its title: grid, further caseworkers, headed sections. Where the sections begin anew after
/// a decision, the index of the line that is the next item's title.
fn read_sections<'t>(
    lines: &[Line<'t>],
    item: &mut OutlineItem<'t>,
    warnings: &mut Vec<Warning>,
) -> Option<usize> {
    let mut section = OutlineSection::new(SectionKind::Other, None);
    let mut seen: Vec<SectionKind> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        let in_head = seen.iter().all(|kind| BEFORE_HEAD_ENDS.contains(kind));
        if in_head && let Some(found) = grid::read(&lines[at..]) {
            if found.routed_to.is_none() {
                warnings.push(Warning { line: line.number, what: "routing grid without cells".to_owned() });
            }
            item.routed_to = found.routed_to;
            let routing = lines[at..at + found.lines].to_vec();
            item.sections.push(OutlineSection { kind: SectionKind::Routing, heading: None, lines: routing });
            at += found.lines;
            continue;
        }
        let decided = seen.contains(&SectionKind::Decision);
        if in_head && let Some(names) = caseworkers(line.text) {
            item.caseworkers.push(names);
            item.head.push(line);
        } else if let Some(kind) = section_start(line, decided, &section) {
            let restarts = decided && (seen.contains(&kind) || BEFORE_DECISION.contains(&kind));
            if restarts && let Some(title) = title_of_next(&mut section) {
                keep(section, item);
                return previous_text(lines, at).filter(|before| lines[*before] == title);
            }
            keep(section, item);
            if !seen.contains(&kind) {
                seen.push(kind);
            }
            section = OutlineSection::new(kind, Some(line));
        } else {
            section.lines.push(line);
        }
        at += 1;
    }
    keep(section, item);
    None
}

/// Takes the title of the next item off the end of a section: its last paragraph, if it is one line that does not end
/// a sentence and the section has more than that line.
fn title_of_next<'t>(section: &mut OutlineSection<'t>) -> Option<Line<'t>> {
    let last = section.lines.iter().rposition(|line| !line.is_blank())?;
    let title = section.lines[last];
    let own_paragraph = last.checked_sub(1).is_none_or(|before| section.lines[before].is_blank());
    let only_text = section.kind == SectionKind::Decision && section.lines[..last].iter().all(Line::is_blank);
    let text = title.text.trim();
    let ends_sentence = text.ends_with(['.', ':']) && !STANDING_TITLES.contains(&text);
    let is_label = labelled(text, &ABSENCE_LABELS).is_some();
    let fits = own_paragraph && !only_text && is_title(text) && !ends_sentence && !is_label;
    fits.then(|| {
        section.lines.truncate(last);
        title
    })
}

fn keep<'t>(section: OutlineSection<'t>, item: &mut OutlineItem<'t>) {
    if section.heading.is_some() || !section.is_blank() {
        item.sections.push(section);
    }
}

/// The meaning of a heading that begins a section here. After the decision only main headings do: what looks like
/// another heading there is a part of the decision's text.
fn section_start(line: Line<'_>, decided: bool, current: &OutlineSection<'_>) -> Option<SectionKind> {
    let heading = headings::find(line.text)?;
    let has_colon = line.text.trim_end().ends_with(':');
    let repeats = heading.kind == current.kind && current.is_blank();
    // "Økonomi" in a decision is a sub-heading of it.
    let parts = heading.main && !has_colon && heading.kind != SectionKind::Economy;
    (!decided || repeats || parts).then_some(heading.kind)
}
