//! Herning's layouts: the web page of a whole meeting (an item begins with its `Sagsnr.:` line, the title after it), the
//! print view (a numbered title before that line, and again after it), and the page of a single item in FirstAgenda
//! (the bare case number after the title).
//!
//! The same labels stand on other municipalities' pages from the same system; they are read here too.

mod anchor;
mod item;

use std::sync::LazyLock;

use anchor::{
    Anchor, add_items_without_case, bare_anchor, case_anchor, drop_overlaps, is_case_line, without_quoted,
};
use item::read_items;

use super::{Header, Line, Outline, OutlineItem, closed, grid, headings, labelled, outside};
use crate::{Pattern, one_line, pattern};

static NUMBERED: LazyLock<Pattern> = LazyLock::new(|| pattern(r"^\s*(\d{1,4})\.\s*(\S.*?)\s*$"));

/// A number before a title, in any style; only where the title itself proves it.
static NUMBERED_LOOSELY: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"^\s*(?:(?:Pkt|Punkt)\.? )?(\d{1,4})(?:\s*[.:)]\s*|\s+)(\S.*?)\s*$"));

static BARE_NUMBER: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"^\s*(\d{2}\.\d{2}\.\d{2}-[A-ZÆØÅ]\d{2}-\d{1,6}-\d{2})\s*-?\s*$"));

/// A longer line is a sentence, not the title of an item.
const LONGEST_TITLE: usize = 300;

/// A line that only says where the items begin.
const ITEMS_BEGIN: [&str; 2] = ["Dagsordenpunkter", "Dagsordenspunkter"];

/// Whether a text is surely from this family: its case numbers stand before its caseworkers on one line, its page says where the
/// items begin, or a KLE number stands alone with a dash.
pub(super) fn is_own(lines: &[Line<'_>]) -> bool {
    lines.iter().any(|line| {
        let text = line.text.trim();
        ITEMS_BEGIN.contains(&text)
            || (is_case_line(text) && text.contains(CASEWORKER))
            || (text.ends_with('-') && BARE_NUMBER.is_match(text))
    })
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
    // `Lukket dagsordenspunkt` is the whole of one closed item here.
    let parts: Vec<(usize, bool)> = (0..lines.len())
        .filter(|at| at.checked_sub(1).is_none_or(|before| lines[before].is_blank()))
        .filter(|at| !lines[*at].text.trim().ends_with("punkt"))
        // `Behandlet for lukkede døre` inside an item is about that item.
        .filter(|at| {
            let next = (at + 1..lines.len()).find(|next| !lines[*next].is_blank());
            !closed::is_part_or_told(lines[*at].text)
                || anchors.iter().any(|anchor| Some(anchor.first) == next)
        })
        .filter_map(|at| closed::part(lines[at].text).map(|is_closed| (at, is_closed)))
        .collect();
    for (index, anchor) in anchors.iter().enumerate() {
        let end = anchors.get(index + 1).map_or(lines.len(), |next| next.first);
        let known = outline.items.len();
        let part = parts.iter().find(|(at, is_closed)| *is_closed && anchor.at < *at && *at < end);
        read_items(lines, *anchor, part.map_or(end, |(at, _)| *at), &mut outline);
        if parts.iter().rfind(|(at, _)| *at <= anchor.first).is_some_and(|(_, is_closed)| *is_closed) {
            outline.items.iter_mut().skip(known).for_each(|item| item.closed = true);
        }
        if let Some((at, _)) = part {
            begin_closed_part(&lines[*at..end], &mut outline);
        }
    }
    Some(outline)
}

/// The heading of a closed part, and what stands under it before its first item: closed too, whatever it is.
fn begin_closed_part<'t>(lines: &[Line<'t>], outline: &mut Outline<'t>) {
    let Some((heading, rest)) = lines.split_first() else { return };
    let sections = outside(rest.to_vec());
    if sections.is_empty() {
        outline.sections.extend(outside(vec![*heading]));
        return;
    }
    outline.items.push(OutlineItem {
        line: heading.number,
        title: Some(heading.text.trim()),
        closed: true,
        head: vec![*heading],
        sections,
        ..OutlineItem::default()
    });
}

/// A meeting without any case number: its header still says whose it is.
fn has_meeting_labels(lines: &[Line<'_>]) -> bool {
    let has =
        |label: &str| lines.iter().any(|line| labelled(line.text, &[label]).is_some_and(|v| !v.is_empty()));
    has("Udvalg") && has("Mødedato")
}

/// Whether two printings are of one title: the same words, or one goes on in parentheses where the other ends.
fn same_title(one: &str, other: &str) -> bool {
    let (one, other) = (one_line(one), one_line(other));
    one == other || one.starts_with(&format!("{other} (")) || other.starts_with(&format!("{one} ("))
}

/// Case number and caseworkers of `Sagsnr.: 29.00.00-A26-1-13 Sagsbehandler: Ida Holm`, either of them empty; the caseworkers
/// are None where their label is not there. None for any other line.
fn case_line(line: &str) -> Option<(&str, Option<&str>)> {
    let told = labelled(line, &["Sagsnr.", "Sagsnr"])?;
    let caseworkers = told
        .match_indices(CASEWORKER)
        .find_map(|(at, label)| Some((at, told[at + label.len()..].trim_start().strip_prefix(':')?)));
    Some(match caseworkers {
        Some((at, names)) => (told[..at].trim(), Some(names.trim())),
        None => (told, None),
    })
}

const CASEWORKER: &str = "Sagsbehandler";

/// The line after caseworkers on a line of their own, which may stand between a case number and its title.
fn after_caseworkers(lines: &[Line<'_>], from: usize) -> usize {
    match next_text(lines, from) {
        Some(next) if caseworkers(lines[next].text).is_some() => next + 1,
        _ => from,
    }
}

/// Labels of the header's line of who came.
const PRESENT: [&str; 12] = [
    "Deltagere",
    "Mødedeltagere",
    "Til stede",
    "Tilstede",
    "Til stede var",
    "Tilstede var",
    "Tilstedeværende",
    "Tilstedeværende medlemmer",
    "Fremmødte",
    "Mødt",
    "Mødte",
    "Medlemmer",
];

/// Labels of the header's line of who was absent.
const ABSENT: [&str; 6] =
    ["Fraværende", "Fraværende med afbud", "Afbud", ABSENT_FROM, "Ikke til stede", "Fravær"];

/// Labels of the header's line of who came instead.
const SUBSTITUTES: [&str; 4] = ["I stedet mødte", "I stedet deltog", "Stedfortræder", "Stedfortrædere"];

/// The label that stands without a colon too: `Afbud fra A og B`.
const ABSENT_FROM: &str = "Afbud fra";

/// The names after a label that has no colon.
fn absent_from<'t>(line: &Line<'t>) -> Option<Line<'t>> {
    let names = line.text.trim().strip_prefix(ABSENT_FROM)?.strip_prefix(' ')?;
    names.starts_with(char::is_uppercase).then_some(Line { number: line.number, text: names })
}

fn read_header<'t>(lines: &[Line<'t>], outline: &mut Outline<'t>) {
    let mut rest = Vec::new();
    for line in lines {
        let value =
            |labels: &[&str]| labelled(line.text, labels).map(|text| Line { number: line.number, text });
        let header: &mut Header<'t> = &mut outline.header;
        let slots: [(&mut Option<Line<'t>>, &[&str]); 4] = [
            (&mut header.time, &["Mødetid", "Mødetidspunkt", "Tidspunkt"]),
            (&mut header.body, &["Udvalg"]),
            (&mut header.date, &["Mødedato"]),
            (&mut header.place, &["Mødested"]),
        ];
        let free = slots.into_iter().find_map(|(slot, labels)| {
            value(labels).filter(|found| slot.is_none() && !found.is_blank()).map(|found| (slot, found))
        });
        let lists: [(&mut Vec<Line<'t>>, &[&str]); 3] = [
            (&mut header.present, &PRESENT),
            (&mut header.absent, &ABSENT),
            (&mut header.substitutes, &SUBSTITUTES),
        ];
        let list = lists.into_iter().find_map(|(list, labels)| {
            let without_colon = || labels.contains(&ABSENT_FROM).then(|| absent_from(line)).flatten();
            let found = value(labels).or_else(without_colon);
            found.filter(|found| list.is_empty() && !found.is_blank()).map(|found| (list, found))
        });
        match (free, list) {
            (Some((slot, found)), _) => *slot = Some(found),
            (None, Some((list, found))) => list.push(found),
            (None, None) => rest.push(*line),
        }
    }
    outline.sections = outside(rest);
}

/// The names after `Sagsbehandler:` or `Øvrige sagsbehandlere:`, also with a grid mark glued before it.
fn caseworkers(line: &str) -> Option<&str> {
    let line = grid::glued_to_label(line).map_or(line, |at| &line[at..]);
    labelled(line, &[CASEWORKER, "Øvrige sagsbehandlere"])
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
