//! Who was absent: from the header's labels, and from lines that stand before or after a decision's words.

use crate::model::Attendance;
use crate::segment::Line;
use crate::understand::names;

/// Labels of a line that names who was absent.
const ABSENT: [&str; 5] = ["Fraværende med afbud", "Fraværende", "Afbud", "Ikke til stede", "Afbud fra"];

/// Words that stand for nobody.
const NOBODY: [&str; 4] = ["ingen", "-", "intet", "ingen."];

/// Attendance as the header's labels tell it.
pub(super) fn from_header(present: Option<Line<'_>>, absent: Option<Line<'_>>) -> Attendance {
    Attendance {
        present: present.map_or_else(Vec::new, |line| people(line.text)),
        absent: absent.map_or_else(Vec::new, |line| people(line.text)),
        substitutes: Vec::new(),
    }
}

/// Parts the lines under a decision heading into the decision and the names in absence lines before or after it.
/// Where nothing else is recorded, those lines are the decision.
pub(super) fn split<'t>(lines: &[Line<'t>]) -> (Vec<Line<'t>>, Vec<String>) {
    let text: Vec<usize> = (0..lines.len()).filter(|at| !lines[*at].is_blank()).collect();
    let is_absence = |at: &&usize| absence(lines[**at].text).is_some();
    let before = text.iter().take_while(is_absence).count();
    let after = text.iter().rev().take_while(is_absence).count();
    let absent = |at: &usize| absence(lines[*at].text).map_or_else(Vec::new, people);
    if before + after == 0 {
        return (lines.to_vec(), Vec::new());
    }
    if before == text.len() {
        let named: Vec<String> = text.iter().flat_map(absent).collect();
        // A label without a name is no decision either.
        return if named.is_empty() { (Vec::new(), named) } else { (lines.to_vec(), named) };
    }
    let named = text[..before].iter().chain(&text[text.len() - after..]).flat_map(absent).collect();
    let kept = lines[text[before]..=text[text.len() - after - 1]].to_vec();
    (kept, named)
}

/// Adds names to those known to be absent, each once.
pub(super) fn add(attendance: &mut Attendance, absent: &[String]) {
    for name in absent {
        if !attendance.absent.contains(name) {
            attendance.absent.push(name.clone());
        }
    }
}

/// The value of an absence line; None for any other line.
fn absence(line: &str) -> Option<&str> {
    let line = line.trim();
    ABSENT.iter().find_map(|label| line.strip_prefix(label)?.trim_start().strip_prefix(':')).map(str::trim)
}

/// The names in a label's value, without parties and reasons.
fn people(value: &str) -> Vec<String> {
    if NOBODY.contains(&value.trim().to_lowercase().as_str()) {
        return Vec::new();
    }
    let series = names::in_series(value.trim_end_matches('.'));
    let found = if series.is_empty() { names::in_text(value) } else { series };
    found.into_iter().map(|name| name.person).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, decision: &str, absent: &[&str]) {
        let lines: Vec<Line> = text.lines().enumerate().map(|(number, text)| Line { number, text }).collect();
        let (kept, named) = split(&lines);
        assert_eq!(kept.iter().map(|line| line.text).collect::<Vec<_>>().join("\n"), decision, "{text}");
        assert_eq!(named, absent, "{text}");
    }

    #[test]
    fn absence_lines_are_no_decision() {
        check("Fraværende:  Kaj Lund (V)\n\nGodkendt.", "Godkendt.", &["Kaj Lund"]);
        check("Godkendt.\n\nAfbud: Ida Holm (Løsgænger)\n", "Godkendt.", &["Ida Holm"]);
        check("Godkendt.\nFraværende:", "Godkendt.", &[]);
        check("Fraværende:", "", &[]);
        check("Afbud: Ingen.\nGodkendt.", "Godkendt.", &[]);
        check("Afbud: Ida Holm, Bo Dahl", "Afbud: Ida Holm, Bo Dahl", &["Ida Holm", "Bo Dahl"]);
        check("Godkendt.", "Godkendt.", &[]);
    }
}
