//! Herning's layouts: the web page of a whole meeting (an item begins with its `Sagsnr.:` line, the title after it), the
//! print view (a numbered title before that line, and again after it), and the page of a single item in FirstAgenda
//! (the bare case number after the title).
//!
//! The same labels stand on other municipalities' pages from the same system; they are read here too.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::{Header, Line, Outline, OutlineItem, OutlineSection, grid, headings, labelled, outside};
use crate::case_number;
use crate::model::{SectionKind, Warning};
use crate::{Pattern, pattern};

static NUMBERED: LazyLock<Pattern> = LazyLock::new(|| pattern(r"^\s*(\d{1,4})\.\s*(\S.*?)\s*$"));
/// A number before a title, in any style; only where the title itself proves it.
static NUMBERED_LOOSELY: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"^\s*(?:(?:Pkt|Punkt)\.? )?(\d{1,4})(?:\s*[.:)]\s*|\s+)(\S.*?)\s*$"));
static CASE_LINE: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"^\s*Sagsnr\.?\s*:\s*(.*?)\s*(?:Sagsbehandler\s*:\s*(.*?)\s*)?$"));
static BARE_NUMBER: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"^\s*(\d{2}\.\d{2}\.\d{2}-[A-ZÆØÅ]\d{2}-\d{1,6}-\d{2})\s*-?\s*$"));
static CLOSED: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\(lukket(?: \p{L}+)?\)\s*$",
        r"|[-–:.] *lukket(?: punkt| sag| dagsordenspunkt| møde)?\s*$",
        r"|^(?:\d+\. *)?lukke(?:t|de)(?: ?[:–-]| punkt| sag\b| sager\b| dagsorden| møde)",
    ))
});

/// A title before its case number is broken over no more lines than this.
const TITLE_LINES: usize = 3;

/// A longer line is a sentence, not the title of an item.
const LONGEST_TITLE: usize = 300;

/// Sections that stand before an item's decision in these layouts: after one, they are the next item's.
const BEFORE_DECISION: [SectionKind; 3] =
    [SectionKind::Summary, SectionKind::Background, SectionKind::Recommendation];

/// Labels that close a decision rather than open an item.
const ABSENCE_LABELS: [&str; 4] = ["Fraværende", "Fraværende med afbud", "Afbud", "Ikke til stede"];

/// Titles of standing items that end like a sentence.
const STANDING_TITLES: [&str; 2] = ["Evt.", "Eventuelt."];

/// Sections that FirstAgenda prints above grid and caseworkers.
const BEFORE_HEAD_ENDS: [SectionKind; 2] = [SectionKind::Attachments, SectionKind::Hearing];

/// Items without a case number that follow each other, at the most.
const LARGEST_STEP: u32 = 50;

/// A line that only says where the items begin.
const ITEMS_BEGIN: [&str; 2] = ["Dagsordenpunkter", "Dagsordenspunkter"];

/// Whether a title says that its item is closed to the public.
pub(crate) fn is_closed(title: &str) -> bool {
    // Asked of every line that stands alone: the word is looked for before the pattern is tried.
    (title.contains("ukket") || title.contains("UKKET")) && CLOSED.is_match(title)
}

/// What begins an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    /// `Sagsnr.:`, with or without a numbered title before it.
    CaseLine,
    /// A bare case number after the title.
    BareNumber,
    /// A numbered title without a case number.
    Numbered,
    /// A title alone, known by what follows it.
    TitleOnly,
}

/// An item's first line and what it is.
#[derive(Debug, Clone, Copy)]
struct Anchor {
    /// Index of the first line of the item.
    first: usize,
    /// Index of the line that told it.
    at: usize,
    start: Start,
}

pub(super) fn segment<'t>(lines: &[Line<'t>]) -> Option<Outline<'t>> {
    let cases: Vec<usize> = (0..lines.len()).filter(|at| is_case_line(lines[*at].text)).collect();
    let cases = without_quoted(lines, cases);
    let is_meeting = cases.is_empty() && has_meeting_labels(lines);
    let bare: Vec<usize> = if cases.is_empty() && !is_meeting {
        (0..lines.len()).filter(|at| BARE_NUMBER.is_match(lines[*at].text)).collect()
    } else {
        Vec::new()
    };
    if cases.is_empty() && bare.is_empty() && !is_meeting {
        return None;
    }
    let mut anchors: Vec<Anchor> = cases.iter().map(|at| case_anchor(lines, *at)).collect();
    anchors.extend(bare.iter().map(|at| bare_anchor(lines, *at)));
    let is_print =
        !bare.is_empty() || anchors.iter().any(|anchor| anchor.first != anchor.at) || cases.is_empty();
    let layout = match (is_print, bare.is_empty()) {
        (_, false) => "herning-firstagenda",
        (true, _) => "herning-print",
        (false, _) => "herning-web",
    };
    if bare.is_empty() {
        add_items_without_case(lines, &mut anchors, is_print);
    }
    drop_overlaps(&mut anchors);
    let mut outline = Outline { layout, ..Outline::default() };
    let end_of_header = anchors.first().map_or(lines.len(), |anchor| anchor.first);
    read_header(&lines[..end_of_header], &mut outline);
    for (index, anchor) in anchors.iter().enumerate() {
        let end = anchors.get(index + 1).map_or(lines.len(), |next| next.first);
        read_items(lines, *anchor, end, &mut outline);
    }
    Some(outline)
}

/// Where items have caseworkers on their case line, another system's bare number in the text is part of a quoted letter.
fn without_quoted(lines: &[Line<'_>], cases: Vec<usize>) -> Vec<usize> {
    let has_caseworker = |at: &usize| lines[*at].text.contains("Sagsbehandler");
    if !cases.iter().any(has_caseworker) {
        return cases;
    }
    let is_kle = |at: &usize| !case_number::find_all(lines[*at].text).is_empty();
    let is_empty = |at: &usize| labelled(lines[*at].text, &["Sagsnr.", "Sagsnr"]) == Some("");
    cases.into_iter().filter(|at| has_caseworker(at) || is_kle(at) || is_empty(at)).collect()
}

/// Asked of every line: the label is looked for before the pattern is tried.
fn is_case_line(line: &str) -> bool {
    line.trim_start().starts_with("Sagsnr") && CASE_LINE.is_match(line)
}

/// A meeting without any case number: its header still says whose it is.
fn has_meeting_labels(lines: &[Line<'_>]) -> bool {
    let has =
        |label: &str| lines.iter().any(|line| labelled(line.text, &[label]).is_some_and(|v| !v.is_empty()));
    has("Udvalg") && has("Mødedato")
}

/// Two anchors never share a line; the later one begins after the earlier one's.
fn drop_overlaps(anchors: &mut Vec<Anchor>) {
    anchors.sort_by_key(|anchor| (anchor.at, anchor.first));
    let mut kept: Vec<Anchor> = Vec::new();
    for mut anchor in anchors.drain(..) {
        if let Some(last) = kept.last() {
            if anchor.at <= last.at {
                continue;
            }
            anchor.first = anchor.first.max(last.at + 1);
        }
        kept.push(anchor);
    }
    *anchors = kept;
}

fn case_anchor(lines: &[Line<'_>], at: usize) -> Anchor {
    let title = title_after(lines, after_caseworkers(lines, at + 1), lines.len());
    let first = previous_text(lines, at).and_then(|last| numbered_head(lines, last, title, at));
    Anchor { first: first.unwrap_or(at), at, start: Start::CaseLine }
}

/// Where the numbered title before a case line begins, which may be broken over a few lines. The last line of a numbered list may
/// stand there too: the print view says the title again after the case line.
fn numbered_head(lines: &[Line<'_>], last: usize, title: Option<usize>, case: usize) -> Option<usize> {
    let mut words = String::new();
    for first in (last.saturating_sub(TITLE_LINES - 1)..=last).rev() {
        if lines[first].is_blank() {
            return None;
        }
        words = format!("{} {words}", lines[first].text);
        let Some(numbered) = NUMBERED_LOOSELY.captures(&words) else { continue };
        let fits = match title {
            Some(title) => same_title(lines[title].text, &numbered[2]),
            None => {
                let next = next_text(lines, case + 1);
                let is_numbered = NUMBERED.is_match(lines[first].text);
                first == last && is_numbered && next.is_none_or(|next| starts_head_or_section(lines, next))
            }
        };
        if fits {
            return Some(first);
        }
    }
    None
}

/// Whether two printings are of one title: the same words, or one goes on in parentheses where the other ends.
fn same_title(one: &str, other: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (one, other) = (plain(one), plain(other));
    one == other || one.starts_with(&format!("{other} (")) || other.starts_with(&format!("{one} ("))
}

/// The line after caseworkers on a line of their own, which may stand between a case number and its title.
fn after_caseworkers(lines: &[Line<'_>], from: usize) -> usize {
    match next_text(lines, from) {
        Some(next) if caseworkers(lines[next].text).is_some() => next + 1,
        _ => from,
    }
}

fn bare_anchor(lines: &[Line<'_>], at: usize) -> Anchor {
    let title = previous_text(lines, at).filter(|before| is_title(lines[*before].text));
    Anchor { first: title.unwrap_or(at), at, start: Start::BareNumber }
}

/// Items that have no `Sagsnr.:` line: closed ones, and "Eventuelt".
fn add_items_without_case(lines: &[Line<'_>], anchors: &mut Vec<Anchor>, is_print: bool) {
    let heads: HashSet<usize> = anchors.iter().flat_map(|anchor| head_lines(lines, anchor)).collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if line.is_blank() || heads.contains(&at) || !is_title(line.text) || !follows_blank(lines, at) {
            continue;
        }
        let begins_with_digit = line.text.trim_start().starts_with(|c: char| c.is_ascii_digit());
        let numbered = if begins_with_digit { NUMBERED.captures(line.text) } else { None };
        let start = match numbered {
            Some(numbered) if is_print => {
                let fits = numbered[1].parse().is_ok_and(|number| number_fits(lines, anchors, at, number));
                (fits && is_head_without_case(lines, at, &numbered[2])).then_some(Start::Numbered)
            }
            _ => (is_closed(line.text) && stands_alone(lines, at)).then_some(Start::TitleOnly),
        };
        found.extend(start.map(|start| Anchor { first: at, at, start }));
    }
    anchors.append(&mut found);
}

/// Numbers run upwards: an item's number lies between those of its neighbours with a case number.
fn number_fits(lines: &[Line<'_>], anchors: &[Anchor], at: usize, number: u32) -> bool {
    let number_of = |anchor: &Anchor| -> Option<u32> {
        NUMBERED.captures(lines[anchor.first].text).and_then(|found| found[1].parse().ok())
    };
    let next = anchors.partition_point(|anchor| anchor.first < at);
    let before = next.checked_sub(1).and_then(|previous| number_of(&anchors[previous]));
    let after = anchors.get(next).and_then(number_of);
    before.is_none_or(|before| number > before && number - before <= LARGEST_STEP)
        && after.is_none_or(|after| number < after)
}

/// A numbered line is an item's head when a section, the same title, or nothing at all follows it.
fn is_head_without_case(lines: &[Line<'_>], at: usize, title: &str) -> bool {
    match next_text(lines, at + 1) {
        None => is_closed(title),
        Some(next) => {
            same_words(lines[next].text, title)
                || headings::find(lines[next].text).is_some_and(|heading| heading.main)
                || grid::read(&lines[next..]).is_some()
                || (is_closed(title) && stands_alone(lines, at))
        }
    }
}

/// The lines of an item's head, the title under its `Sagsnr.:` line too.
fn head_lines(lines: &[Line<'_>], anchor: &Anchor) -> Vec<usize> {
    let title = title_after(lines, after_caseworkers(lines, anchor.at + 1), lines.len());
    (anchor.first..=anchor.at).chain(title).collect()
}

fn read_header<'t>(lines: &[Line<'t>], outline: &mut Outline<'t>) {
    let mut rest = Vec::new();
    for line in lines {
        let value =
            |labels: &[&str]| labelled(line.text, labels).map(|text| Line { number: line.number, text });
        let header: &mut Header<'t> = &mut outline.header;
        let slots: [(&mut Option<Line<'t>>, &[&str]); 6] = [
            (&mut header.time, &["Mødetid", "Mødetidspunkt", "Tidspunkt"]),
            (&mut header.body, &["Udvalg"]),
            (&mut header.date, &["Mødedato"]),
            (&mut header.place, &["Mødested"]),
            (&mut header.present, &["Deltagere", "Mødedeltagere", "Til stede"]),
            (&mut header.absent, &["Fraværende", "Fraværende med afbud", "Afbud"]),
        ];
        let free = slots.into_iter().find_map(|(slot, labels)| {
            value(labels).filter(|found| slot.is_none() && !found.is_blank()).map(|found| (slot, found))
        });
        match free {
            Some((slot, found)) => *slot = Some(found),
            None => rest.push(*line),
        }
    }
    outline.sections = outside(rest);
}

/// Reads the item that begins at an anchor, and items without an anchor of their own that follow it.
fn read_items<'t>(lines: &[Line<'t>], anchor: Anchor, end: usize, outline: &mut Outline<'t>) {
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
        item.title = Some(lines[title].text.trim());
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
            if let Some(found) = CASE_LINE.captures(lines[anchor.at].text) {
                item.case_number = found.get(1).map(|number| number.as_str());
                item.caseworkers.extend(found.get(2).map(|names| names.as_str()));
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

/// The names after `Sagsbehandler:` or `Øvrige sagsbehandlere:`, also with a grid mark glued before it.
fn caseworkers(line: &str) -> Option<&str> {
    let line = grid::glued_to_label(line).map_or(line, |at| &line[at..]);
    labelled(line, &["Sagsbehandler", "Øvrige sagsbehandlere"])
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

/// The title under a case number line: the next line, unless it is a grid, a label, a heading or another item.
fn title_after(lines: &[Line<'_>], from: usize, end: usize) -> Option<usize> {
    let next = next_text(lines, from).filter(|next| *next < end)?;
    let before_grid = || {
        next_text(lines, next + 1).is_some_and(|after| after < end && grid::read(&lines[after..]).is_some())
    };
    let before_section = || {
        let after = next_text(lines, next + 1).filter(|after| *after < end);
        after.and_then(|after| headings::find(lines[after].text)).is_some_and(|heading| heading.main)
    };
    // An item may be called what is a heading elsewhere ("Høring").
    let is_heading = headings::find(lines[next].text)
        .is_some_and(|heading| !(before_grid() || (!heading.main && before_section())));
    let taken = is_heading
        || is_case_line(lines[next].text)
        || caseworkers(lines[next].text).is_some()
        || grid::read(&lines[next..]).is_some();
    (!taken && is_title(lines[next].text)).then_some(next)
}

fn starts_head_or_section(lines: &[Line<'_>], at: usize) -> bool {
    headings::find(lines[at].text).is_some()
        || caseworkers(lines[at].text).is_some()
        || grid::read(&lines[at..]).is_some()
}

fn is_title(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && line.chars().count() <= LONGEST_TITLE && !ITEMS_BEGIN.contains(&line)
}

fn same_words(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}

fn follows_blank(lines: &[Line<'_>], at: usize) -> bool {
    at == 0 || lines[at - 1].is_blank() || ITEMS_BEGIN.contains(&lines[at - 1].text.trim())
}

fn stands_alone(lines: &[Line<'_>], at: usize) -> bool {
    follows_blank(lines, at) && lines.get(at + 1).is_none_or(Line::is_blank)
}

fn previous_text(lines: &[Line<'_>], at: usize) -> Option<usize> {
    lines[..at].iter().rposition(|line| !line.is_blank())
}

fn next_text(lines: &[Line<'_>], from: usize) -> Option<usize> {
    lines.iter().skip(from).position(|line| !line.is_blank()).map(|offset| from + offset)
}
