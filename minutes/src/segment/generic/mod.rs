//! Minutes of any municipality: the layout is inferred from evidence in the text, not known beforehand.
//!
//! `facts` says what each line is by itself, `heads` finds where items begin, `item` takes each apart, `header` reads what stands
//! before the first. A text without such evidence is no minutes.

mod between;
mod columns;
mod facts;
mod glue;
mod head;
mod header;
mod headings;
mod heads;
mod item;
mod labels;
mod numbering;
mod running;
mod second;
mod styles;
mod table;
mod titles;

pub(super) use second::second_meeting;

use facts::{Fact, Facts};
use head::Head;

use super::closed;
use super::{Line, Outline, OutlineItem};
use crate::model::{INFERRED, SectionKind, Warning};

/// Fewer headings that only minutes have are no proof without a meeting's day or a number.
const ENOUGH_HEADINGS: usize = 2;

pub(super) fn segment<'t>(text: &'t str, lines: &[Line<'t>]) -> Option<Outline<'t>> {
    let lines = glue::parted(lines);
    let mut facts = Facts::of(&lines);
    if facts.sure == 0 && facts.decisions == 0 && !header::is_declared(&lines) {
        return None;
    }
    let mut heads = heads::find(&lines, &facts);
    let first = heads.iter().filter(|head| !head.listed_only).map(|head| head.first).min()?;
    // A list of contents stands before the items; rows like it inside one are its text.
    heads.retain(|head| !head.listed_only || head.first < first);
    keep_apart(&mut heads);
    obey_states(&lines, &mut facts, &mut heads);
    keep_apart(&mut heads);
    for at in heads.iter().filter_map(|head| between::group_heading(&lines, head)) {
        facts.set_aside(at);
    }
    for at in (first..lines.len()).filter(|at| between::tells_the_end(lines[*at].text)) {
        facts.set_aside(at);
    }
    let begins_item = |at: usize| heads.iter().any(|head| !head.listed_only && head.first == at);
    for at in between::signatures(&lines, first).filter(|at| !begins_item(*at)) {
        facts.set_aside(at);
    }
    let mut outline = Outline { layout: "generic", ..Outline::default() };
    header::read(&lines, &heads, first, &mut outline);
    if !is_proven(&facts, &heads, &outline) {
        return None;
    }
    close_parts(&lines, &mut facts, &mut heads, first);
    for head in &mut heads {
        titles::take_second_line(text, &lines, &facts, head);
    }
    keep_apart(&mut heads);
    add_hints(&lines, &facts, &mut outline);
    // Items that only the list of contents has stand where their numbers put them.
    heads.sort_by_key(|head| if head.listed_only { usize::MAX } else { head.first });
    let own: Vec<usize> = heads.iter().filter(|head| !head.listed_only).map(|head| head.first).collect();
    let mut items: Vec<(u32, OutlineItem<'t>)> = Vec::with_capacity(heads.len());
    for (index, head) in heads.iter().enumerate() {
        let end =
            if head.listed_only { head.last + 1 } else { own.get(index + 1).copied().unwrap_or(lines.len()) };
        let item = item::read(&lines, &facts, *head, end, &mut outline.warnings);
        items.push((head.rank, item));
    }
    if heads.iter().any(|head| head.listed_only) {
        items.sort_by_key(|(rank, _)| *rank);
    }
    outline.items = items.into_iter().map(|(_, item)| item).collect();
    outline.warnings.extend(missing_numbers(&outline.items));
    outline.warnings.push(Warning { line: lines[first].number, what: INFERRED.to_owned() });
    Some(outline)
}

/// More numbers in a row are left out on purpose.
const MOST_MISSING: u32 = 3;

/// A warning for each number that the items leave out though most of them follow one another.
fn missing_numbers(items: &[OutlineItem<'_>]) -> Vec<Warning> {
    let number = |item: &OutlineItem<'_>| item.number?.parse::<u32>().ok();
    let steps =
        || items.windows(2).filter_map(|pair| Some((number(&pair[0])?, number(&pair[1])?, pair[1].line)));
    let ones = steps().filter(|(low, high, _)| *high == low + 1).count();
    if ones * 2 <= steps().count() {
        return Vec::new();
    }
    let gaps = steps().filter(|(low, high, _)| *high > low + 1 && high - low - 1 <= MOST_MISSING);
    gaps.flat_map(|(low, high, line)| {
        (low + 1..high).map(move |missing| Warning {
            line,
            what: format!("no item {missing} was found before this one"),
        })
    })
    .collect()
}

/// What a heading means that a system or a page marks as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marked {
    pub(super) kind: SectionKind,
    /// Only minutes and agendas have it.
    pub(super) is_sure: bool,
    /// It heads a decision where nothing else does.
    pub(super) is_instead: bool,
    /// It names its item by number, and the item's title may follow.
    pub(super) names_item: bool,
    /// Bytes that the heading takes of its line.
    pub(super) end: usize,
}

/// The heading of any municipality's minutes that a line is or begins with; None for any other line.
pub(super) fn heading(line: &str) -> Option<Marked> {
    let found = headings::find(line)?;
    Some(Marked {
        kind: found.kind,
        is_sure: found.weight == headings::Weight::Sure,
        is_instead: found.weight == headings::Weight::Instead,
        names_item: found.names_item,
        end: found.end,
    })
}

/// Whether the first lines of a text say that minutes stand here.
pub(super) fn is_of_minutes(lines: &[Line<'_>]) -> bool {
    header::is_of_minutes(lines)
}

/// Whether a line says by itself that minutes of any municipality stand here: one of their headings, or the label of a case.
pub(super) fn is_evidence(line: &str) -> bool {
    let line = line.trim();
    heading(line).is_some_and(|heading| {
        let is_decision = heading.is_instead && line[..heading.end].trim_end().ends_with(':');
        heading.is_sure || is_decision
    }) || labels::item(line).is_some_and(|labels| labels.case.is_some_and(|case| !case.is_empty()))
}

/// Lines that say nothing but open or closed: after an item's text they head the items that follow, elsewhere in it they are about
/// the item itself. What follows the beginning of a closed part is closed, whether or not it looks like an item.
fn obey_states<'t>(lines: &[Line<'t>], facts: &mut Facts<'t>, heads: &mut Vec<Head<'t>>) {
    let Some(first) = heads.iter().filter(|head| !head.listed_only).map(|head| head.first).min() else {
        return;
    };
    let is_blank = |at: Option<usize>| at.and_then(|at| lines.get(at)).is_none_or(Line::is_blank);
    for at in 0..lines.len() {
        let Some(is_closed) = closed::state(lines[at].text) else { continue };
        let next = next_text(lines, at + 1);
        let begins_item = heads.iter().any(|head| !head.listed_only && Some(head.first) == next);
        let is_apart = is_blank(at.checked_sub(1)) && is_blank(at.checked_add(1));
        let Some(owner) = heads.iter_mut().rfind(|head| !head.listed_only && head.first <= at) else {
            // A row of contents may follow: then it is about that.
            let row = next
                .is_some_and(|next| lines[next].text.trim_start().starts_with(|c: char| c.is_ascii_digit()));
            if begins_item || (at < first && is_apart && !row) {
                facts.begin_part(at, is_closed);
            }
            continue;
        };
        let Some(before) = previous_text(lines, at).filter(|_| owner.last < at) else { continue };
        let follows_text = before > owner.last && matches!(facts.at(before), Fact::Text | Fact::Page);
        let has_decision =
            (owner.last + 1..at).any(|line| facts.section(line) == Some(SectionKind::Decision));
        if follows_text && is_blank(at.checked_sub(1)) && (begins_item || (has_decision && is_apart)) {
            facts.begin_part(at, is_closed);
        } else if is_closed && (is_apart || !follows_text) {
            owner.closed = true;
        }
    }
    obey_remarks(lines, facts, heads, first);
    for at in facts.closed_parts().into_iter().filter(|at| *at > first) {
        let Some(next) = next_text(lines, at + 1) else { continue };
        let is_known = heads.iter().any(|head| {
            !head.listed_only && ((head.first..=head.last).contains(&next) || head.first == next)
        });
        let is_closed =
            heads.iter().rfind(|head| !head.listed_only && head.first < at).is_some_and(|head| head.closed);
        if !is_known && !is_closed {
            let known =
                heads.iter().filter(|head| !head.listed_only && head.first > at).map(|head| head.first);
            let end = known.chain(facts.parts_after(at)).min().unwrap_or(lines.len());
            heads.extend(heads::closed_from(lines, facts, next, end));
        }
    }
    heads.sort_by_key(|head| head.first);
}

/// `Behandles for lukkede døre` heads a part right above an item or after a decision; elsewhere under an item's title, or as all of a
/// section, it is about that item alone.
fn obey_remarks(lines: &[Line<'_>], facts: &mut Facts<'_>, heads: &mut [Head<'_>], first: usize) {
    let remarks: Vec<usize> =
        facts.parts_after(first).filter(|at| closed::is_part_or_told(lines[*at].text)).collect();
    for at in remarks {
        let next = next_text(lines, at + 1);
        let begins_item = heads.iter().any(|head| !head.listed_only && Some(head.first) == next);
        let Some(owner) = heads.iter_mut().rfind(|head| !head.listed_only && head.last < at) else {
            continue;
        };
        let is_all_of_section = facts.section(at - 1) == Some(SectionKind::Decision);
        let is_decided = (owner.last + 1..at).any(|line| facts.section(line) == Some(SectionKind::Decision));
        if is_all_of_section || (!begins_item && !is_decided) {
            owner.closed = true;
            facts.take_part(at);
        }
    }
}

/// Closes what stands in a closed part of the agenda, or in one of the list of contents before it.
fn close_parts<'t>(lines: &[Line<'t>], facts: &mut Facts<'t>, heads: &mut [Head<'t>], first: usize) {
    let names = |head: &Head<'_>, row: usize| {
        let (row, number) = (lines[row].text.trim(), head.number.unwrap_or_default());
        let title = head.title.filter(|title| !title.is_empty());
        !number.is_empty() && row.starts_with(number) && title.is_some_and(|title| row.contains(title))
    };
    let is_row = |row: usize| heads.iter().any(|head| head.first >= first && names(head, row));
    let closed = facts.take_contents(first, is_row);
    for head in heads {
        head.closed |= facts.is_in_closed_part(head.first)
            || closed.iter().any(|row| head.first == *row || names(head, *row));
    }
}

/// No line is in two heads: the earlier one keeps it.
fn keep_apart(heads: &mut Vec<Head<'_>>) {
    heads.sort_by_key(|head| (head.first, head.last));
    let mut taken = 0;
    heads.retain_mut(|head| {
        head.first = head.first.max(taken);
        let is_whole = head.first <= head.last;
        if is_whole {
            taken = head.last + 1;
        }
        is_whole
    });
}

/// Whether the evidence is enough for minutes or an agenda.
fn is_proven(facts: &Facts<'_>, heads: &[Head<'_>], outline: &Outline<'_>) -> bool {
    let header = &outline.header;
    let is_meeting = outline.is_declared || (header.body.is_some() && header.date.is_some());
    let has_decision = facts.decisions > 0;
    facts.with_meeting > 0
        || (facts.meetings > 0 && facts.sure >= ENOUGH_HEADINGS)
        || (has_decision && (facts.sure >= ENOUGH_HEADINGS || is_meeting))
        || (is_meeting && facts.sure >= 1)
        || (outline.is_minutes && header.date.is_some() && heads.iter().any(|head| head.number.is_some()))
        || facts.is_unheaded_minutes
        || (outline.is_declared
            && facts.meetings >= ENOUGH_HEADINGS
            && heads.iter().filter(|head| head.number.is_some()).count() >= ENOUGH_HEADINGS)
        || (outline.is_declared
            && heads.len() >= ENOUGH_HEADINGS
            && (header.date.is_some() || !outline.hints.is_empty()))
}

/// Decision headings may tell which meeting this was: the last one of the first item that has any.
fn add_hints<'t>(lines: &[Line<'t>], facts: &Facts<'t>, outline: &mut Outline<'t>) {
    let named = |at: &usize| facts.section(*at) == Some(SectionKind::Decision);
    let heading = |at: usize| {
        let end = facts.heading(at).map_or(0, |heading| heading.end);
        Line { number: lines[at].number, text: &lines[at].text[..end] }
    };
    let mut found: Vec<Line<'t>> = (0..lines.len()).filter(named).map(heading).collect();
    found.reverse();
    outline.decision_hints = found;
}

fn previous_text(lines: &[Line<'_>], at: usize) -> Option<usize> {
    lines[..at].iter().rposition(|line| !line.is_blank())
}

fn next_text(lines: &[Line<'_>], from: usize) -> Option<usize> {
    lines.iter().skip(from).position(|line| !line.is_blank()).map(|offset| from + offset)
}
