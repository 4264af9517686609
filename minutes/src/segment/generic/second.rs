//! A text that holds two meetings: where the second one's header stands.
//!
//! It is known by its day, which is another than the first one's, and by lines of the first one's header that come again around it. A
//! day alone is quoted in many a matter.

use std::cell::LazyCell;
use std::sync::LazyLock;

use super::header::{self, DAY};
use super::labels::{self, Slot};
use crate::segment::Line;
use crate::{Pattern, pattern};

/// A longer line names no meeting, in bytes.
const LONGEST: usize = 140;

/// Lines of a header that are not blank: so many are compared.
const HEADER_LINES: usize = 8;

/// So many of them come again beside a label with another day.
const ENOUGH_BESIDE_LABEL: usize = 2;

/// The same beside a line that names the meeting with nearly the same words.
const ENOUGH_BESIDE_NAME: usize = 1;

/// Where the items begin anew with their first number, one line with the first header's words is enough among so many above the day;
/// bodies count alike.
const NEAR_NAME: usize = 3;

/// Lines that are not blank: so near stands the first item to the day of its meeting.
const NEAR_FIRST_NUMBER: usize = 12;

/// The line with which the header of a second meeting begins; None where all of the text is of one.
pub(in crate::segment) fn second_meeting(lines: &[Line<'_>]) -> Option<usize> {
    let texts: Vec<Line<'_>> = lines.iter().filter(|line| !line.is_blank()).copied().collect();
    let text = |at: usize| texts[at].text;
    let index = |at: usize| lines.iter().position(|line| *line == texts[at]);
    let head = texts.len().min(HEADER_LINES * 2);
    let first = (0..head)
        .find(|at| dated(text(*at)).is_some())
        .or_else(|| (0..head).find(|at| only_day(text(*at)).is_some()))?;
    let (frame, day, by_label) = dated(text(first)).or_else(|| only_day(text(first)))?;
    let is_label = |at: &usize| labels::header(text(*at)).is_some_and(|(_, _, is_sure)| is_sure);
    let above = first.saturating_sub(HEADER_LINES)..first;
    let below = (first + 1..texts.len()).take(HEADER_LINES).take_while(is_label);
    let header: Vec<String> = above.chain(below).map(|at| frame_of(text(at))).collect();
    let enough = if by_label { ENOUGH_BESIDE_LABEL } else { ENOUGH_BESIDE_NAME };
    // Most texts have one day only.
    let anew = LazyCell::new(|| Anew::of(&texts, first));
    (first + 1..texts.len()).find_map(|at| {
        if !has_day(text(at)) {
            return None;
        }
        let (found, is_named) = match dated(text(at)) {
            Some(found) => (found, true),
            None => (only_day(text(at))?, false),
        };
        if found.1 == day {
            return None;
        }
        let comes_again = |at: &usize| header.contains(&frame_of(text(*at)));
        let above = |at: usize| (first + 1..at).rev().take(HEADER_LINES).take_while(comes_again).count();
        let below = (at + 1..texts.len()).take(HEADER_LINES).take_while(comes_again).count();
        let is_again = is_named && found.0 == frame && above(at) + below >= enough;
        let name = if is_again { Some(at) } else { anew.begins(&texts, at) }?;
        index(name - above(name))
    })
}

/// What tells that an agenda begins anew with its first number, under the name of another meeting.
struct Anew {
    /// Where the first meeting's day stands.
    first: usize,
    /// The words of the lines that name the first meeting, whatever its body.
    names: Vec<String>,
    /// The lines that begin with a number of an agenda, in order.
    numbers: Vec<(usize, u32)>,
}

impl Anew {
    fn of(texts: &[Line<'_>], first: usize) -> Self {
        let names = texts[..=first].iter().filter_map(|line| name_of(line.text)).collect();
        let numbered = |(at, line): (usize, &Line<'_>)| Some((at, number(line.text)?));
        Self { first, names, numbers: texts.iter().enumerate().filter_map(numbered).collect() }
    }

    /// The line that names the meeting of the day at a line; None where that is the first one's still, or where somebody quotes it.
    fn begins(&self, texts: &[Line<'_>], day: usize) -> Option<usize> {
        let next = self.numbers.partition_point(|(at, _)| *at <= day);
        let (before, after) = self.numbers.split_at(next);
        let is_first = |(at, number): &(usize, u32)| *number == 1 && *at > self.first;
        let begins = after.first().is_some_and(|it| is_first(it) && it.0 - day <= NEAR_FIRST_NUMBER);
        if !begins || !before.iter().any(is_first) {
            return None;
        }
        // A list in an item begins with one too; then the items go on after it.
        let last = before.last().map_or(0, |(_, number)| *number);
        let goes_on = after.windows(2).any(|pair| pair[1].1 == last + 1 && pair[0].1 != last);
        let is_name = |at: &usize| name_of(texts[*at].text).is_some_and(|name| self.names.contains(&name));
        let above = || (day.saturating_sub(NEAR_NAME).max(self.first + 1)..day).find(is_name);
        let itself = || Some(day).filter(|day| header::says_minutes(texts[*day].text) && is_name(day));
        if goes_on { None } else { above().or_else(itself) }
    }
}

/// The words of a line that may name a meeting, whatever its body; None where it names none.
fn name_of(line: &str) -> Option<String> {
    if line.len() > LONGEST {
        return None;
    }
    let words = of_any_body(&frame_of(line));
    (words.contains(ANY_BODY) || header::declares(line)).then_some(words)
}

/// Whether a line that is no long sentence names a day. Asked of every line: most have none.
fn has_day(line: &str) -> bool {
    line.len() <= LONGEST && line.contains(|c: char| c.is_ascii_digit()) && DAY.is_match(line)
}

/// A line that tells the day of a meeting, by a label or in a line that names it: its words without the day, the day, and whether
/// it was a label.
fn dated(line: &str) -> Option<(String, String, bool)> {
    if !has_day(line) {
        return None;
    }
    let day = |text: &str| DAY.find(text).map(|found| squeezed(found.as_str()));
    match labels::header(line).filter(|(slot, _, is_sure)| *is_sure && *slot == Slot::Date) {
        Some((_, value, _)) => Some((frame_of(line), day(value)?, true)),
        None if header::declares(line) => Some((frame_of(line), day(line)?, false)),
        None => None,
    }
}

/// A day and nothing else but its weekday and hour: `Mandag den 4. maj 2026 kl. 16.00`.
static ONLY_DAY: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:\p{L}+dag,? ?)?(?:den |d\. ?)?\d{1,2}(?:\. ?\p{L}+,? |[./-] ?\d{1,2}[./-] ?)\d{4},?(?: (?:kl|klokken)\b.*)?$",
    )
});

/// The same of a line that is a day and nothing else.
fn only_day(line: &str) -> Option<(String, String, bool)> {
    let day = DAY.find(line).filter(|_| has_day(line) && ONLY_DAY.is_match(line))?;
    Some((frame_of(line), squeezed(day.as_str()), false))
}

/// A number of an agenda: `1. Titel`, `Punkt 1: Titel`, `1`.
static NUMBER: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:(?:dagsordens)?punkt|pkt\.?|sag)?(?: nr\.?)? ?(\d{1,3})(?:[.:)]|\s|$)\s*(?:$|(?P<t>(?-i:\p{Lu}).*)|[-–(])",
    )
});

/// The number of an agenda that a line begins with; None for a row of a recommendation too.
fn number(line: &str) -> Option<u32> {
    // Asked of every line.
    let head = line.bytes().take(LONGEST_BEFORE_NUMBER);
    if line.len() > LONGEST || !head.into_iter().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let found = NUMBER.captures(line)?;
    let is_row = found.name("t").is_some_and(|title| title.as_str().starts_with("At "));
    if is_row { None } else { found[1].parse().ok() }
}

/// In bytes.
const LONGEST_BEFORE_NUMBER: usize = 24;

/// Some words in which every body has the same name.
fn of_any_body(words: &str) -> String {
    let body = |word: &&str| BODIES.iter().any(|end| word.to_lowercase().ends_with(end));
    let word = |word| if body(&word) { ANY_BODY } else { word };
    words
        .split(' ')
        .filter(|word| !word.to_lowercase().ends_with("dag"))
        .map(word)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Stands for a body's name.
const ANY_BODY: &str = "organ";

/// Ends of the words that name a body, in lower case.
const BODIES: [&str; 8] =
    ["udvalg", "udvalget", "udvalgets", "råd", "rådet", "rådets", "bestyrelsen", "bestyrelsens"];

/// A line's words without what differs from meeting to meeting: of a label only its name, of any other line what is no figure and
/// no day.
fn frame_of(line: &str) -> String {
    if let Some((_, value, true)) = labels::header(line) {
        return squeezed(line.trim().strip_suffix(value).unwrap_or(line));
    }
    let bare = match DAY.find(line) {
        Some(day) => format!("{} {}", &line[..day.start()], &line[day.end()..]),
        None => line.to_owned(),
    };
    let kept: String = bare.chars().filter(|c| !c.is_ascii_digit()).collect();
    squeezed(&kept)
}

fn squeezed(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The number of the line with which the second meeting of a text begins.
    fn found(text: &str) -> Option<usize> {
        let lines: Vec<Line<'_>> =
            text.lines().enumerate().map(|(at, text)| Line { number: at + 1, text }).collect();
        second_meeting(&lines).map(|at| lines[at].number)
    }

    #[test]
    fn a_second_header_begins_a_second_meeting() {
        let labelled = |day: &str| {
            format!(
                "Fjordby Kommune\nUngerådet\nMødedato: {day}\nMødested: Salen\n1. Vej\nBeslutning\nGodkendt.\n"
            )
        };
        assert_eq!(found(&(labelled("4. maj 2023") + &labelled("1. juni 2023"))), Some(8));
        let named = |day: &str| {
            format!("Ungerådet\nReferat fra møde den {day} kl. 16\n1. Vej\nBeslutning\nGodkendt.\n")
        };
        assert_eq!(found(&(named("4. maj 2023") + &named("1. juni 2023"))), Some(6));
    }

    #[test]
    fn an_agenda_that_begins_anew_is_of_a_second_meeting() {
        let items = "1. Vej\nBeslutning\nGodkendt.\n2. Bro\nBeslutning\nUdsat.\n";
        let named = |name: &str| format!("{name}\n{items}");
        let two = |one: &str, other: &str| found(&(named(one) + &named(other)));
        assert_eq!(
            two("Referat fra Ungerådets møde 4. maj 2023", "Referat fra Ungerådets møde 1. juni 2023"),
            Some(8)
        );
        assert_eq!(
            two(
                "Referat\nKulturudvalget\nMandag den 4. maj 2023",
                "Referat\nSkoleudvalget\nTirsdag den 5. maj 2023"
            ),
            Some(10)
        );
        // Minutes that an item quotes, and days that a list has.
        let quoted =
            "Referat fra Skoleudvalgets møde 6. april 2023\n1. Velkomst\n3. Bad\nBeslutning\nGodkendt.\n";
        assert_eq!(found(&format!("{}{quoted}", named("Referat fra Ungerådets møde 4. maj 2023"))), None);
        let days =
            "Byrådet mødes\nMandag den 5. juni 2023\nTirsdag den 6. juni 2023\n1. At planen godkendes\n";
        assert_eq!(found(&format!("{}{days}3. Bad", named("Byrådet\nMandag den 4. maj 2023"))), None);
    }

    #[test]
    fn what_is_told_of_a_meeting_begins_none() {
        let header = "Udvalg: Ungerådet\nMødedato: 4. maj 2023\nMødested: Salen\n1. Vej\n";
        assert_eq!(found(&format!("{header}Udvalg: Ungerådet\nMødedato: 4. maj 2023\n2. Bro")), None);
        assert_eq!(found(&format!("{header}Historik\nMødedato: 6. april 2023\nUdsat.")), None);
        assert_eq!(found(&format!("{header}Mødet den 6. april 2023\nUdsat.")), None);
    }
}
