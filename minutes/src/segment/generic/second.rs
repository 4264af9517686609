//! A text that holds two meetings: where the second one's header stands.
//!
//! It is known by its day, which is another than the first one's, and by lines of the first one's header that come again around it. A
//! day alone is quoted in many a matter.

use super::header::{self, DAY};
use super::labels::{self, Slot};
use crate::segment::Line;

/// Lines of a header that are not blank: so many are compared.
const HEADER_LINES: usize = 8;

/// So many of them come again beside a label with another day.
const ENOUGH_BESIDE_LABEL: usize = 2;

/// The same beside a line that names the meeting with nearly the same words.
const ENOUGH_BESIDE_NAME: usize = 1;

/// The line with which the header of a second meeting begins; None where all of the text is of one.
pub(in crate::segment) fn second_meeting(lines: &[Line<'_>]) -> Option<usize> {
    let texts: Vec<usize> = (0..lines.len()).filter(|at| !lines[*at].is_blank()).collect();
    let first = (0..texts.len().min(HEADER_LINES * 2)).find(|at| dated(lines[texts[*at]].text).is_some())?;
    let (frame, day, by_label) = dated(lines[texts[first]].text)?;
    let is_label = |at: &usize| labels::header(lines[texts[*at]].text).is_some_and(|(_, _, is_sure)| is_sure);
    let above = first.saturating_sub(HEADER_LINES)..first;
    let below = (first + 1..texts.len()).take(HEADER_LINES).take_while(is_label);
    let header: Vec<String> = above.chain(below).map(|at| frame_of(lines[texts[at]].text)).collect();
    let enough = if by_label { ENOUGH_BESIDE_LABEL } else { ENOUGH_BESIDE_NAME };
    (first + 1..texts.len()).find_map(|at| {
        let found = dated(lines[texts[at]].text)?;
        if found.0 != frame || found.1 == day {
            return None;
        }
        let comes_again = |at: &usize| header.contains(&frame_of(lines[texts[*at]].text));
        let before = (first + 1..at).rev().take(HEADER_LINES).take_while(comes_again).count();
        let after = (at + 1..texts.len()).take(HEADER_LINES).take_while(comes_again).count();
        (before + after >= enough).then(|| texts[at - before])
    })
}

/// A line that tells the day of a meeting, by a label or in a line that names it: its words without the day, the day, and whether
/// it was a label.
fn dated(line: &str) -> Option<(String, String, bool)> {
    let day = |text: &str| DAY.find(text).map(|found| squeezed(found.as_str()));
    match labels::header(line).filter(|(slot, _, is_sure)| *is_sure && *slot == Slot::Date) {
        Some((_, value, _)) => Some((frame_of(line), day(value)?, true)),
        None if header::declares(line) => Some((frame_of(line), day(line)?, false)),
        None => None,
    }
}

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
    fn what_is_told_of_a_meeting_begins_none() {
        let header = "Udvalg: Ungerådet\nMødedato: 4. maj 2023\nMødested: Salen\n1. Vej\n";
        assert_eq!(found(&format!("{header}Udvalg: Ungerådet\nMødedato: 4. maj 2023\n2. Bro")), None);
        assert_eq!(found(&format!("{header}Historik\nMødedato: 6. april 2023\nUdsat.")), None);
        assert_eq!(found(&format!("{header}Mødet den 6. april 2023\nUdsat.")), None);
    }
}
