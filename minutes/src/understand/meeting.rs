//! Which meeting a text is from, and which of an item's decisions are that meeting's own.

use std::sync::LazyLock;

use jiff::civil::Date;

use super::naming::{BESIDE, body_of, is_name};
use super::{Hint, attendance, bodies, date, decision, joint, text};
use crate::body;
use crate::model::{EarlierDecision, SectionKind, Warning};
use crate::segment::{Line, Outline, OutlineItem, OutlineSection};
use crate::{Pattern, pattern};

/// The body that a label's value gives, without its term of office. A joint meeting is its bodies'.
pub(super) fn labelled(value: &str) -> String {
    joint::named(value).unwrap_or_else(|| body::without_term(value).to_owned())
}

/// Body and day of the meeting. What no label says is taken from a line of the header that names both, from the decision
/// headings, and last from a line of the header that names one and little else. None where the text does not tell.
pub(super) fn named(
    outline: &Outline<'_>,
    body: Option<String>,
    date: Option<Date>,
    warnings: &mut Vec<Warning>,
) -> (Option<String>, Option<Date>) {
    if outline.items.is_empty() {
        return (body, date);
    }
    let name = |line: &Line<'_>| joint::named(line.text).or_else(|| body_of(line.text));
    let read = |line: &Line<'_>| (name(line), date::full_date(line.text));
    let header: Vec<_> = outline.hints.iter().map(read).collect();
    let headings: Vec<_> = outline.decision_hints.iter().map(read).collect();
    let both = header.iter().find(|(body, date)| body.is_some() && date.is_some());
    let joint = || outline.hints.iter().find_map(|line| joint::named(line.text));
    let alone = outline.hints.iter().filter(|line| is_name(line.text)).find_map(|line| body_of(line.text));
    let day = date.or_else(|| both?.1);
    // Another day is that of another body's meeting.
    let of_day = |found: &Option<Date>| day.is_none() || found.is_none() || *found == day;
    let mut body = body
        .or_else(joint)
        .or_else(|| both?.0.clone())
        .or(alone)
        .or_else(|| repeated(outline))
        .or_else(|| headings.iter().filter(|(_, date)| of_day(date)).find_map(|(body, _)| body.clone()));
    if body.is_none()
        && let Some((line, name)) = by_form(outline)
    {
        warnings.push(Warning {
            line: line.number,
            what: "body of the meeting by a line of the header".to_owned(),
        });
        body = Some(name);
    }
    let only_day =
        || outline.hints.iter().filter(|line| is_day(line.text)).find_map(|line| date::full_date(line.text));
    // A name in capitals is written plainly elsewhere.
    let plain = |name: &String| {
        let written = header.iter().chain(&headings).filter_map(|(body, _)| body.clone());
        let is_same =
            |other: &String| body::key(other) == body::key(name) && other.contains(char::is_lowercase);
        written.into_iter().find(is_same)
    };
    let body = body.map(|name| {
        let is_capital = !name.contains(char::is_lowercase);
        is_capital.then(|| plain(&name)).flatten().unwrap_or(name)
    });
    let date = date
        .or_else(|| both?.1)
        .or_else(only_day)
        .or_else(|| headings.iter().find_map(|(_, date)| *date))
        .or_else(|| header.iter().find_map(|(_, date)| *date));
    (body, date)
}

/// A line of the header with which decision headings begin: the name of a body that has no word for one (`Plan & Teknik`).
fn repeated(outline: &Outline<'_>) -> Option<String> {
    let begins = |heading: &Line<'_>, name: &str| {
        heading.text.trim().strip_prefix(name).is_some_and(|rest| rest.starts_with([',', ' ']))
    };
    let name = |line: &Line<'_>| {
        let name = line.text.trim();
        let is_repeated = outline.decision_hints.iter().any(|heading| begins(heading, name));
        (is_repeated && name.chars().any(char::is_alphabetic)).then(|| body::without_term(name).to_owned())
    };
    outline.hints.iter().find_map(name)
}

/// Lines of a header, the first ones, one of which may be a body's name by its form alone.
const NAMING_LINES: usize = 4;

/// Fields of work in a row, as committees without a word for one are named: `By, Erhverv og Digitalisering`, `Udvalget for Klima & Teknik`.
static FIELDS: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"^(?:(?:referat|beslutningsreferat|dagsorden|beslutningsprotokol|Referat|Beslutningsreferat|Dagsorden|Beslutningsprotokol)(?: fra| for| af)?:?\s+)?((?:Udvalg(?:et)? for )?\p{Lu}[\p{L}-]+(?:, \p{L}[\p{L}-]+)*(?: og | & )\p{Lu}[\p{L}-]+)$",
    )
});

/// The body that one of the header's first lines names by its form alone, before any label.
fn by_form<'t>(outline: &Outline<'t>) -> Option<(Line<'t>, String)> {
    let header = &outline.header;
    let labelled = [header.body, header.date, header.time, header.place].into_iter().flatten();
    let listed = header.present.iter().chain(&header.absent).copied();
    let first = labelled.chain(listed).map(|line| line.number).min().unwrap_or(usize::MAX);
    let before = outline.hints.iter().take(NAMING_LINES).filter(|line| line.number < first);
    before.copied().find_map(|line| {
        let name = FIELDS.captures(line.text.trim())?.get(1)?.as_str().to_owned();
        let is_beside = |word: &str| BESIDE.contains(&word.to_lowercase().as_str());
        (!name.split([' ', ',']).any(|word| word != "for" && is_beside(word))).then_some((line, name))
    })
}

/// The same, with what the file's name tells where the text of a meeting does not.
pub(super) fn hinted(
    outline: &Outline<'_>,
    body: Option<String>,
    date: Option<Date>,
    hint: &Hint,
    warnings: &mut Vec<Warning>,
) -> (Option<String>, Option<Date>) {
    if outline.items.is_empty() {
        return (body, date);
    }
    let mut warn = |what: &str| warnings.push(Warning { line: 1, what: what.to_owned() });
    if body.is_none() && hint.body.is_some() {
        warn("body of the meeting by the file's name");
    }
    if date.is_none() && hint.date.is_some() {
        warn("date of the meeting by the file's name");
    }
    (body.or_else(|| hint.body.clone()), date.or(hint.date))
}

/// When the meeting began, by the line of the header that names its day.
pub(super) fn hour(outline: &Outline<'_>, day: Option<Date>) -> Option<String> {
    let of_day = |line: &&Line<'_>| day.is_some() && date::full_date(line.text) == day;
    outline.hints.iter().filter(of_day).find_map(|line| date::clock(line.text))
}

/// The first lines in which a municipality names itself.
const HEADER_LINES: usize = 30;

/// A municipality's name, by itself, after its label, after the body's or in the title of the minutes: `Odense Kommune`,
/// `Socialudvalget, Bornholms Regionskommune`, `Referat fra Byrådet i Odense Kommune`.
static MUNICIPALITY: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        r"^(?:[^,]{{1,60}}, |Kommune:\s*|(?i:\p{{L}}*(?:referat|protokol|dagsorden))\b.{{1,80}} (?i:i) )?({})(?:$|,? [–-] )",
        body::MUNICIPALITY
    ))
});

/// The municipality, where a line before the items is nothing but its name, or ends with it; as printed, but for capitals.
pub(super) fn municipality(outline: &Outline<'_>) -> Option<String> {
    let before = outline.sections.iter().flat_map(|section| &section.lines).take(HEADER_LINES);
    let mut cells = before.flat_map(|line| line.text.split(['\t']).flat_map(|cell| cell.split("   ")));
    let found = cells.find_map(|cell| MUNICIPALITY.captures(cell.trim())?.get(1))?;
    Some(found.as_str().split(' ').map(named_plainly).collect::<Vec<_>>().join(" "))
}

/// A word in capitals as a name is written.
fn named_plainly(word: &str) -> String {
    if word.contains(char::is_lowercase) {
        return word.to_owned();
    }
    word.split('-').map(|part| bodies::capitalised(&part.to_lowercase())).collect::<Vec<_>>().join("-")
}

/// A line with a day and more letters than this beside it tells something else.
const MOST_BESIDE_DAY: usize = 24;

/// Whether a line is a day and little else (`torsdag den 4. maj 2023 kl. 15:00`).
fn is_day(line: &str) -> bool {
    date::mentions(line).first().is_some_and(|day| {
        let beside = line[..day.start].chars().chain(line[day.end..].chars());
        beside.filter(|c| c.is_alphabetic()).count() <= MOST_BESIDE_DAY
    })
}

/// Minutes without decision headings: the first line that plainly says how the matter ended begins the decision, which goes on to
/// the end of its section.
pub(super) fn find_unheaded(item: &mut OutlineItem<'_>, warnings: &mut Vec<Warning>) {
    let found = item.sections.iter().enumerate().rev().find_map(|(index, section)| {
        let may_hold = matches!(section.kind, SectionKind::Other | SectionKind::Recommendation);
        let is_paragraph =
            |at: &usize| at.checked_sub(1).is_none_or(|before| section.lines[before].is_blank());
        let plain = |at: &usize| decision::is_plain_outcome(section.lines[*at].text);
        let at =
            (0..section.lines.len()).filter(is_paragraph).find(plain).or_else(|| last_formula(section))?;
        may_hold.then_some((index, at))
    });
    let Some((index, at)) = found else { return };
    let lines = item.sections[index].lines.split_off(at);
    warnings.push(Warning { line: lines[0].number, what: "decision without a heading".to_owned() });
    let decided = OutlineSection { kind: SectionKind::Decision, heading: None, lines };
    item.sections.insert(index + 1, decided);
}

/// An item without a decision's heading among others that have one: its only line is the decision where it is one by itself
/// (`Godkendt.`).
pub(super) fn find_formula(item: &mut OutlineItem<'_>, warnings: &mut Vec<Warning>) {
    if item
        .sections
        .iter()
        .any(|section| !matches!(section.kind, SectionKind::Other | SectionKind::Attachments))
    {
        return;
    }
    let mut told =
        item.sections.iter_mut().filter(|section| section.kind == SectionKind::Other && !section.is_blank());
    let (Some(section), None) = (told.next(), told.next()) else { return };
    if section.heading.is_some() {
        return;
    }
    let mut texts = section.lines.iter().filter(|line| !line.is_blank());
    let (Some(line), more) = (texts.next(), texts.next()) else { return };
    let mut warn =
        |line: usize| warnings.push(Warning { line, what: "decision without a heading".to_owned() });
    if more.is_none() && decision::is_plain_outcome(line.text) {
        warn(line.number);
        section.kind = SectionKind::Decision;
    } else if let Some(at) = last_formula(section) {
        warn(section.lines[at].number);
        let lines = section.lines.split_off(at);
        item.sections.push(OutlineSection { kind: SectionKind::Decision, heading: None, lines });
    }
}

/// The last line of a section, below others, where it is nothing but a formula (`Taget til efterretning.`).
fn last_formula(section: &OutlineSection<'_>) -> Option<usize> {
    let last = section.lines.iter().rposition(|line| !line.is_blank())?;
    decision::is_formula(section.lines[last].text).then_some(last)
}

/// The decision sections of this meeting's body, known by its keys, and those of others. Headings that name no day, or this meeting's, are its own;
/// where all name others, the last one is, for a text ends with what its own meeting decided; but never one of another body on an
/// earlier day.
pub(super) fn parted<'p, 't>(
    part: &'p OutlineItem<'t>,
    own_keys: &[String],
    day: Option<Date>,
    warnings: &mut Vec<Warning>,
) -> (Vec<&'p OutlineSection<'t>>, Vec<&'p OutlineSection<'t>>) {
    let all: Vec<&OutlineSection<'t>> =
        part.sections.iter().filter(|section| section.kind == SectionKind::Decision).collect();
    let is_body = |section: &OutlineSection<'_>| {
        let named = section.heading.and_then(|heading| body_of(heading.text));
        named.is_none_or(|named| own_keys.is_empty() || own_keys.contains(&body::key(&named)))
    };
    let day_of =
        |section: &OutlineSection<'_>| section.heading.and_then(|heading| date::full_date(heading.text));
    // Two bodies may meet on one day. A body's name that the header has not at all is the meeting's own in other words.
    let is_today = |section: &OutlineSection<'_>| day.is_some() && day_of(section) == day;
    let has_own = all.iter().any(|section| is_today(section) && is_body(section));
    let is_own = |section: &OutlineSection<'_>| match (day_of(section), day) {
        (Some(named), Some(day)) if named != day => false,
        (Some(_), Some(_)) => is_body(section) || !has_own,
        _ => is_body(section),
    };
    let (mut own, mut earlier): (Vec<_>, Vec<_>) = all.into_iter().partition(|section| is_own(section));
    let is_before = |section: &OutlineSection<'_>| {
        !is_body(section) && day_of(section).zip(day).is_some_and(|(named, day)| named < day)
    };
    if own.iter().all(|section| section.is_blank())
        && let Some(last) = earlier.pop_if(|last| !is_before(last))
    {
        if let Some(heading) = last.heading.filter(|_| day.is_some()) {
            let what = "decision heading names another meeting".to_owned();
            warnings.push(Warning { line: heading.number, what });
        }
        own.push(last);
    }
    (own, earlier)
}

/// The words of another body's decision, without who was absent.
pub(super) fn words<'t>(section: &OutlineSection<'t>) -> Vec<Line<'t>> {
    let date = section.heading.and_then(|heading| date::full_date(heading.text));
    attendance::split(&section.lines, date, false).0
}

/// What another body decided, by its section; None for an empty one.
pub(super) fn earlier(section: &OutlineSection<'_>) -> Option<EarlierDecision> {
    let heading = section.heading?;
    let date = date::full_date(heading.text);
    let text = text::printed(&words(section));
    let outcome = decision::outcome(&text);
    (!text.is_empty()).then(|| EarlierDecision { body: body_of(heading.text), date, text, outcome })
}
