//! What stands before the first item: labelled values, and lines that name the meeting without a label.

use std::sync::LazyLock;

use super::columns;
use super::head::Head;
use super::labels::{self, Slot};
use super::next_text;
use crate::segment::{Header, Line, Outline, outside};
use crate::{Pattern, pattern};

/// No header is longer than this many lines that are not blank.
const LONGEST_HEADER: usize = 80;

/// A line that names the meeting is no longer, in bytes.
const LONGEST_NAMING: usize = 140;

/// Words by which a page says that it is minutes or an agenda, in lower case.
const AGENDA: [&str; 2] = ["dagsorden", "tillægsdagsorden"];
/// Words that say so of minutes.
const MINUTES: [&str; 5] =
    ["referat", "beslutningsprotokol", "beslutningsreferat", "mødereferat", "mødeprotokol"];

/// Lists of names go on over this many lines at most.
const MOST_NAMES: usize = 60;

/// Labels without a colon count where there are this many, and before a figure that is a day or an hour.
const FEWEST_BARE: usize = 2;

/// Whether one of the first lines says that minutes or an agenda stand here.
pub(super) fn is_declared(lines: &[Line<'_>]) -> bool {
    lines.iter().filter(|line| !line.is_blank()).take(LONGEST_HEADER / 4).any(|line| declares(line.text))
}

/// Whether the first lines say that minutes stand here, and of which day.
pub(super) fn is_of_minutes(lines: &[Line<'_>]) -> bool {
    let first = || lines.iter().filter(|line| !line.is_blank()).take(FIRST_LINES);
    first().any(|line| says(line.text, &MINUTES)) && first().any(|line| DAY.is_match(line.text))
}

/// Minutes without headings name themselves in so many lines.
const FIRST_LINES: usize = 6;

pub(super) fn declares(line: &str) -> bool {
    says(line, &MINUTES) || says(line, &AGENDA) || (line.len() <= LONGEST_NAMING && MEETING.is_match(line))
}

/// A meeting and its day and nothing else: `Mødet den 2. september 2020 kl. 16.00`.
static MEETING: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)^\s*(?:\p{L}+ )?møde[t]?(?: nr\.? ?\d+)?,?(?: \p{L}+dag,?)?(?: den| d\.)? \d{1,2}(?:\. ?\p{L}+,? |[./-] ?\d{1,2}[./-] ?)\d{4},?(?: (?:kl|klokken)\b.*)?$",
    )
});

/// Whether a line calls itself minutes.
pub(super) fn says_minutes(line: &str) -> bool {
    says(line, &MINUTES)
}

fn says(line: &str, words: &[&str]) -> bool {
    line.len() <= LONGEST_NAMING
        && line.to_lowercase().split(|c: char| !c.is_alphabetic()).any(|word| words.contains(&word))
}

pub(super) fn read<'t>(lines: &[Line<'t>], heads: &[Head<'t>], first: usize, outline: &mut Outline<'t>) {
    let listed: Vec<usize> = heads.iter().filter(|head| head.listed_only).map(|head| head.first).collect();
    let lines: Vec<Line<'t>> = (0..first).filter(|at| !listed.contains(at)).map(|at| lines[at]).collect();
    let bare =
        lines.iter().filter(|line| labels::header(line.text).is_some_and(|(_, _, sure)| !sure)).count();
    let mut rest: Vec<Line<'t>> = Vec::new();
    let mut at = 0;
    let mut read = 0;
    while at < lines.len() {
        let line = lines[at];
        at += 1;
        read += usize::from(!line.is_blank());
        if let Some(table) = columns::read(&lines[at - 1..]).filter(|_| read <= LONGEST_HEADER) {
            rest.extend(table.rest);
            for (slot, name) in table.listed {
                put(&mut outline.header, slot, name);
            }
            (at, read) = (at - 1 + table.length, read - 1 + table.length);
            continue;
        }
        let label = labels::header(line.text)
            .filter(|(slot, value, sure)| {
                let is_figure = matches!(slot, Slot::Date | Slot::Time)
                    && value.starts_with(|c: char| c.is_ascii_digit());
                (*sure || is_figure || bare >= FEWEST_BARE) && !(value.is_empty() && line.is_blank())
            })
            .filter(|_| read <= LONGEST_HEADER);
        let Some((slot, value, _)) = label else {
            rest.push(line);
            continue;
        };
        let is_list = matches!(slot, Slot::Present | Slot::Absent | Slot::Substitutes);
        if !value.is_empty() {
            if !put(&mut outline.header, slot, Line { number: line.number, text: value }) {
                rest.push(line);
            }
            // A column of names goes on below the first.
            let goes_on =
                |line: &Line<'t>| is_list && ROW.is_match(line.text) && labels::header(line.text).is_none();
            let mut taken = 0;
            while taken < MOST_NAMES && at < lines.len() && goes_on(&lines[at]) {
                put(&mut outline.header, slot, lines[at]);
                (at, read, taken) = (at + 1, read + 1, taken + 1);
            }
            continue;
        }
        rest.push(line);
        // The value stands on the next line, a list of names on several.
        let Some(mut next) = next_text(&lines, at) else { continue };
        let mut taken = 0;
        let ends_list = |line: &Line<'t>| is_list && (says(line.text, &AGENDA) || says(line.text, &MINUTES));
        while next < lines.len()
            && !lines[next].is_blank()
            && labels::header(lines[next].text).is_none()
            && !ends_list(&lines[next])
        {
            if !put(&mut outline.header, slot, lines[next]) {
                break;
            }
            rest.extend(lines[at..next].iter().filter(|line| !line.is_blank()));
            taken += 1;
            next += 1;
            at = next;
            if !is_list || taken >= MOST_NAMES {
                break;
            }
        }
    }
    let naming = |line: &&Line<'t>| !line.is_blank() && line.text.len() <= LONGEST_NAMING;
    outline.hints =
        rest.iter().filter(naming).take(LONGEST_HEADER / 2).flat_map(|line| cells(*line)).collect();
    outline.is_declared = outline.hints.iter().any(|line| declares(line.text));
    outline.is_minutes = outline.hints.iter().any(|line| says(line.text, &MINUTES));
    outline.sections = outside(rest);
}

/// A line of a column of names: a name with its party or office, or what belongs to the name above.
static ROW: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"^(?:\s*[☐☑☒]?\s*(?:(?i:(?:[1-3]\. )?(?:vice)?borgmester|(?:næst)?formand|rådmand) )?\p{Lu}[\p{L}.'’-]+(?: (?:\p{Lu}[\p{L}.'’-]*|de|von|van|el|al|la)){1,5}\s*(?:\([^()]{1,40}\)(?:\s*(?:[(,–-].{0,80}|formand|næstformand))?|[,–-]\s+(?:formand|næstformand|borgmester|viceborgmester|afbud|med afbud)\b.{0,40})\s*$",
        r"|\s{4,}\p{Lu}[\p{L}.'’-]+(?: \p{Lu}[\p{L}.'’-]*){1,4}\s*$",
        r"|\s*\((?:stedfortræder|suppleant)\b.{0,120}\)\s*$)",
    ))
});

/// What stands on a line side by side (`Fjordby Kommune          Fjordby Byråd`).
fn cells(line: Line<'_>) -> impl Iterator<Item = Line<'_>> {
    let cells = line.text.split(['\t']).flat_map(|cell| cell.split("    "));
    cells.filter(|cell| !cell.trim().is_empty()).map(move |text| Line { number: line.number, text })
}

/// A clock and nothing else, as some labels that name the day elsewhere have it (`Mødetidspunkt: 16:30 - 18:45`).
static CLOCK: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"(?i)^(?:kl\.?\s*)?\d{1,2}[.:]\d{2}(?:\s*(?:-|–|til)\s*(?:kl\.?\s*)?\d{1,2}[.:]\d{2})?\.?$")
});

/// A day with its year, as some labels of hours have it (`Tid: torsdag den 4. november 2021 kl. 14:00`).
pub(super) static DAY: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?:^|\D)\d{1,2}(?:\. ?\p{L}+,? |[./-] ?\d{1,2}[./-] ?)\d{4}"));

/// Puts a value where it belongs; false when that place is taken, or has no use for it.
fn put<'t>(header: &mut Header<'t>, slot: Slot, value: Line<'t>) -> bool {
    let value = Line { number: value.number, text: value.text.trim() };
    let single = match slot {
        Slot::Date if CLOCK.is_match(value.text) => &mut header.time,
        Slot::Body => &mut header.body,
        Slot::Date => &mut header.date,
        Slot::Time if header.date.is_none() && DAY.is_match(value.text) => &mut header.date,
        Slot::Time => &mut header.time,
        Slot::Place => &mut header.place,
        Slot::Present => {
            header.present.push(value);
            return true;
        }
        Slot::Absent => {
            header.absent.push(value);
            return true;
        }
        Slot::Substitutes => {
            header.substitutes.push(value);
            return true;
        }
        Slot::Unused => return false,
    };
    if single.is_some() {
        return false;
    }
    *single = Some(value);
    true
}
