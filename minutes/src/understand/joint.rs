//! Joint meetings: several bodies at one table, each of which decides for itself.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{attendance, bodies, decision, naming, text};
use crate::body;
use crate::model::{Attendance, Outcome, Warning};
use crate::segment::{Line, OutlineSection};

/// Stems of the words by which a line says that a meeting is joint, in lower case.
const JOINT: [&str; 4] = ["fællesmøde", "fælles møde", "fælles udvalgsmøde", "dialogmøde"];

/// Words that stand beside the bodies in such a line, in lower case; those of any line that names a meeting are [`naming::BESIDE`].
const BESIDE: [&str; 11] = [
    "fællesmøde",
    "fælles",
    "møde",
    "udvalgsmøde",
    "dialogmøde",
    "mellem",
    "med",
    "og",
    "samt",
    "både",
    "den",
];

/// More bodies than this no joint meeting has: a longer list names who is asked.
const MOST_BODIES: usize = 6;

/// The bodies of the joint meeting that a line names, as one name; None for a line that names no joint meeting.
pub(super) fn named(line: &str) -> Option<String> {
    let lower = line.to_lowercase();
    if !JOINT.iter().any(|word| lower.contains(word)) {
        return None;
    }
    let mut names: Vec<String> = Vec::new();
    let mut beside = String::new();
    let mut from = 0;
    for mention in bodies::mentions(line) {
        beside.push_str(line.get(from..mention.start).unwrap_or_default());
        beside.push(' ');
        from = mention.end;
        // The meeting itself may be called `udvalgsmøde`, which has no name.
        let new = |name: &String| !names.iter().any(|known| body::key(known) == body::key(name));
        if let Some(name) = mention.name.filter(new) {
            names.push(name);
        }
    }
    beside.push_str(line.get(from..).unwrap_or_default());
    let tells = |word: &str| {
        BESIDE.contains(&word) || naming::BESIDE.contains(&word) || word.chars().all(|c| c.is_ascii_digit())
    };
    let lower = beside.to_lowercase();
    let is_name = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(tells);
    (is_name && (2..=MOST_BODIES).contains(&names.len())).then(|| together(&names))
}

/// `A, B og C`.
fn together(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} og {last}", first.join(", ")),
    }
}

/// Keys of the bodies that a meeting's body names: one, or those of a joint meeting.
pub(super) fn keys(name: &str) -> Vec<String> {
    let named = bodies::mentions(name).into_iter().filter_map(|mention| mention.name);
    let keys: BTreeSet<String> = named.map(|name| body::key(&name)).collect();
    if keys.len() > 1 { keys.into_iter().collect() } else { vec![body::key(name)] }
}

/// What several bodies decided, each under its own heading.
pub(super) struct Joint<'t> {
    /// The words, without headings and without who was absent.
    pub(super) lines: Vec<Line<'t>>,
    /// The words as printed, each part with the heading that says whose it is.
    pub(super) text: String,
    /// What all of them came to; [`Outcome::Other`] where they differ.
    pub(super) outcome: Outcome,
    /// Who was absent from any of them.
    pub(super) away: Attendance,
}

/// The decisions of a joint meeting; None where fewer than two bodies decided, each under a heading of its own or after its name in
/// the lines of one section.
pub(super) fn decided<'t>(
    own: &[&OutlineSection<'t>],
    own_keys: &[String],
    day: Option<Date>,
    warnings: &mut Vec<Warning>,
) -> Option<Joint<'t>> {
    if let ([only], true) = (own, own_keys.len() > 1) {
        return after_names(only, own_keys, day, warnings);
    }
    let parts: Vec<(&OutlineSection<'t>, Line<'t>)> = own
        .iter()
        .filter(|section| !section.is_blank())
        .map(|section| section.heading.map(|heading| (*section, heading)))
        .collect::<Option<_>>()?;
    let bodies: Vec<String> = parts
        .iter()
        .map(|(_, heading)| naming::body_of(heading.text).map(|name| body::key(&name)))
        .collect::<Option<_>>()?;
    if bodies.iter().collect::<BTreeSet<_>>().len() < 2 {
        return None;
    }
    let mut joint =
        Joint { lines: Vec::new(), text: String::new(), outcome: Outcome::None, away: Attendance::default() };
    let mut outcomes: Vec<Outcome> = Vec::new();
    for (section, heading) in &parts {
        let (words, away) = attendance::split(&section.lines, day, false);
        let printed = text::printed(&words);
        outcomes.push(decision::outcome(&printed));
        if !joint.text.is_empty() {
            joint.text.push_str("\n\n");
        }
        joint.text.push_str(&format!("{}\n{printed}", heading.text.trim()));
        joint.lines.extend(words);
        attendance::add(&mut joint.away, away);
    }
    joint.outcome = of_all(&outcomes, parts[0].1, warnings);
    Some(joint)
}

/// What several bodies' decisions come to together; where they differ, a warning stands at the first of them.
fn of_all(outcomes: &[Outcome], first: Line<'_>, warnings: &mut Vec<Warning>) -> Outcome {
    let together = outcomes.first().copied().unwrap_or(Outcome::Other);
    if outcomes.iter().all(|outcome| *outcome == together) {
        return together;
    }
    let what = "the bodies of a joint meeting decided differently".to_owned();
    warnings.push(Warning { line: first.number, what });
    Outcome::Other
}

/// The decisions of a joint meeting in one section, each after the name of its body: `Skoleudvalget: Godkendt.`
fn after_names<'t>(
    section: &OutlineSection<'t>,
    own_keys: &[String],
    day: Option<Date>,
    warnings: &mut Vec<Warning>,
) -> Option<Joint<'t>> {
    let (lines, away) = attendance::split(&section.lines, day, false);
    let mut parts: Vec<(String, String)> = Vec::new();
    for line in lines.iter().filter(|line| !line.is_blank()) {
        let mut from = 0;
        for (start, end, key) in named_parts(line.text, own_keys) {
            match parts.last_mut() {
                Some((_, words)) => words.push_str(&line.text[from..start]),
                None if line.text[..start].contains(char::is_alphabetic) => return None,
                None => {}
            }
            parts.push((key, String::new()));
            from = end;
        }
        // What stands before the first name may be of all of them.
        let (_, words) = parts.last_mut()?;
        words.push_str(&line.text[from..]);
        words.push('\n');
    }
    if parts.iter().map(|(key, _)| key).collect::<BTreeSet<_>>().len() < 2 {
        return None;
    }
    let outcomes: Vec<Outcome> = parts.iter().map(|(_, words)| decision::outcome(words)).collect();
    let first = lines.iter().find(|line| !line.is_blank()).copied()?;
    let outcome = of_all(&outcomes, first, warnings);
    Some(Joint { text: text::printed(&lines), lines, outcome, away })
}

/// Where the names of a meeting's bodies stand in a line, each before a colon and at the beginning of the line or of a sentence: first
/// byte, the byte after the colon, the body's key.
fn named_parts(line: &str, own_keys: &[String]) -> Vec<(usize, usize, String)> {
    if !line.contains(':') {
        return Vec::new();
    }
    let part = |mention: bodies::BodyMention| {
        let key = body::key(&mention.name?);
        let before = line[..mention.start].trim_end();
        let begins = before.is_empty() || before.ends_with(['.', ';', '/', '•', '-', '–']);
        let after = line[mention.end..].trim_start().strip_prefix(':')?;
        (begins && own_keys.contains(&key)).then(|| (mention.start, line.len() - after.len(), key))
    };
    bodies::mentions(line).into_iter().filter_map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_may_name_a_joint_meeting() {
        for (line, expected) in [
            ("Fællesmøde mellem Byrådet og Ældrerådet", Some("Byrådet og Ældrerådet")),
            (
                "Referat af fælles møde for Kultur- og Fritidsudvalget, Skoleudvalget og Ungerådet",
                Some("Kultur- og Fritidsudvalget, Skoleudvalget og Ungerådet"),
            ),
            ("Skoleudvalget og Ungerådet (fællesmøde)", Some("Skoleudvalget og Ungerådet")),
            ("Skoleudvalget og Ungerådet", None),
            ("Fællesmøde med Skoleudvalget", None),
            ("Byrådet takkede Ældrerådet for et godt fællesmøde", None),
        ] {
            assert_eq!(named(line).as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn a_joint_name_has_each_body() {
        assert_eq!(keys("Skoleudvalget og Ungerådet"), ["skoleudvalg", "ungeråd"]);
        assert_eq!(keys("Kultur- og Fritidsudvalget"), [body::key("Kultur- og Fritidsudvalget")]);
        assert_eq!(keys("Plan & Teknik"), [body::key("Plan & Teknik")]);
    }
}
