//! The case that a number, a part of one, or words of a title mean.

use index::{Archive, CaseHead, CaseSummary};
use minutes::case_number;

use super::{MOST_NEAREST, echo};
use crate::{
    Answer, Card, Context, Field, OptionKind, Source, Suggestion, UserError, danish, number, suggest, table,
};

/// Cases offered when several fit.
const MOST_CASES: usize = 10;

/// A number further away than this many letters is another number.
const MOST_SLIPS: usize = 2;

/// Digits of a number that may be a misspelt one.
const LEAST_DIGITS: usize = 4;

/// Of a number that is nowhere, the beginning is sought as long as it has more characters than this.
const LEAST_STEM: usize = 4;

/// How somebody without Danish keys writes a facet's letter: `-OE60-` or `-O60-` is `-Ø60-`.
const OTHER_WRITINGS: [(&str, &str); 4] = [("OE", "Ø"), ("AE", "Æ"), ("AA", "Å"), ("O", "Ø")];

/// What a typed case may be.
pub(crate) enum Case {
    /// The key of the one case that fits; and where only a part of its number or title was typed, a line that says so.
    One(String, Option<String>),
    /// Several fit, or none: the answer that says so.
    Answer(Box<Answer>),
}

/// The case that a typed number, part of one, or words of a title mean. `command` is the one to ask again with.
pub(crate) fn case(context: &Context<'_>, typed: &str, command: &str) -> Result<Case, UserError> {
    let archive = context.archive;
    let key = case_number::key(typed);
    if !key.is_empty() && archive.has_case(&key)? {
        return Ok(Case::One(key, None));
    }
    match fitting(archive, typed, MOST_CASES + 1)?.as_slice() {
        [] => Ok(Case::Answer(Box::new(none(typed, &nearest(archive, typed, MOST_NEAREST)?, command)))),
        [only] => {
            let note = format!("Den eneste sag, der passer på »{}«.", echo(typed));
            Ok(Case::One(only.key.clone(), Some(note)))
        }
        several => Ok(Case::Answer(Box::new(choice(archive, typed, several, command)?))),
    }
}

/// Cases that fit a number, a part of one, or words of a title, most recently treated first.
pub(crate) fn fitting(archive: &Archive, typed: &str, limit: usize) -> Result<Vec<CaseHead>, index::Error> {
    let key = case_number::key(typed);
    if case_number::is_whole(typed) {
        // A whole number is that number or none: a longer one is another case.
        let mut found = by_beginning(archive, &key, limit)?;
        found.retain(|case| case.key.chars().count() == key.chars().count());
        Ok(found)
    } else if is_number(typed, &key) {
        by_part(archive, typed, &key, limit)
    } else {
        archive.cases_by_title(typed, limit)
    }
}

/// A single digit is the beginning of a number too.
fn is_number(typed: &str, key: &str) -> bool {
    number::looks_like_number(typed) || (key.len() == 1 && key.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Cases by the beginning of their number; by any other part only if that names a facet, or the serial and the year, for bare
/// digits stand everywhere.
fn by_part(archive: &Archive, typed: &str, key: &str, limit: usize) -> Result<Vec<CaseHead>, index::Error> {
    let mut found = by_beginning(archive, key, limit)?;
    if let Some(ending) = serial_and_year(typed) {
        found.extend(archive.cases_ending(&ending, limit)?);
        found.sort_by_key(|case| std::cmp::Reverse(case.last_date));
        found.truncate(limit);
    }
    if found.is_empty() && key.contains(char::is_alphabetic) {
        return archive.cases_containing(key, limit);
    }
    Ok(found)
}

fn by_beginning(archive: &Archive, key: &str, limit: usize) -> Result<Vec<CaseHead>, index::Error> {
    let mut found = archive.cases_with_prefix(key, limit)?;
    for (written, letter) in OTHER_WRITINGS {
        if found.is_empty() && key.contains(written) {
            found = archive.cases_with_prefix(&key.replace(written, letter), limit)?;
        }
    }
    Ok(found)
}

/// The digits of `5-15`: a serial and a year of two digits.
fn serial_and_year(typed: &str) -> Option<String> {
    let (serial, year) = typed.trim().split_once(['-', '–'])?;
    let digits = |text: &str, most: usize| {
        (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    (digits(serial, 6) && digits(year, 2) && year.len() == 2)
        .then(|| format!("{}{year}", serial.trim_start_matches('0')))
}

/// Cases that may be meant where none fits: the nearest numbers, or titles with nearly the same words, or with one of them.
pub(crate) fn nearest(archive: &Archive, typed: &str, limit: usize) -> Result<Vec<CaseHead>, index::Error> {
    let key = case_number::key(typed);
    let mut near = Vec::new();
    let digits = key.chars().filter(char::is_ascii_digit).count();
    // A title may hold a year; a number is mostly digits.
    let is_mostly_digits = digits >= LEAST_DIGITS && 2 * digits > key.chars().count();
    if number::is_number(typed) || is_mostly_digits {
        near = archive.nearest_cases(&key, MOST_SLIPS, limit)?;
        // A wrong ending is the commonest slip of all: the cases that begin alike.
        let mut stem = key.as_str();
        while near.is_empty() && stem.chars().count() > LEAST_STEM {
            stem = stem.char_indices().next_back().map_or("", |(at, _)| &stem[..at]);
            near = archive.cases_with_prefix(stem, limit)?;
        }
    }
    if near.is_empty() {
        near = archive.cases_by_misspelt_title(typed, limit)?;
    }
    if near.is_empty() {
        let mut words: Vec<&str> = typed.split_whitespace().filter(|word| word.chars().count() > 3).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
        for word in words.into_iter().take(2) {
            near.extend(archive.cases_by_title(word, limit)?);
        }
        near.dedup_by(|one, other| one.key == other.key);
        near.truncate(limit);
    }
    Ok(near)
}

fn choice(archive: &Archive, typed: &str, cases: &[CaseHead], command: &str) -> Result<Answer, index::Error> {
    let shown = &cases[..cases.len().min(MOST_CASES)];
    let more = if cases.len() > MOST_CASES { "; de senest behandlede vises" } else { "" };
    let mut cards = Vec::with_capacity(shown.len());
    for case in shown {
        cards.extend(archive.case(&case.key)?.as_ref().map(summary_card));
    }
    Ok(Answer {
        title: format!("Flere sager passer på »{}«", echo(typed)),
        text: format!("Vælg en af dem{more}."),
        cards,
        suggestions: shown.iter().map(|case| case_suggestion(case, command)).collect(),
        found: true,
        request: None,
        ..Answer::default()
    })
}

/// The one case of a key as a choice of one.
pub(crate) fn only(context: &Context<'_>, typed: &str, key: &str) -> Result<Answer, UserError> {
    let mut found = context.archive.cases_with_prefix(key, MOST_CASES)?;
    found.retain(|case| case.key == key);
    let title = format!("1 sag med nummeret »{}«", echo(typed));
    Ok(Answer { title, text: String::new(), ..choice(context.archive, typed, &found, "sag")? })
}

fn summary_card(case: &CaseSummary) -> Card {
    let treated = case.last_date.map(danish::date);
    let meetings = usize::try_from(case.meetings).unwrap_or(usize::MAX);
    let last = [case.body.clone(), treated].into_iter().flatten().collect::<Vec<_>>().join(", ");
    Card {
        heading: format!("{} · {}", case.case_number, case.title.as_deref().unwrap_or("uden titel")),
        fields: [
            Field::new("Senest", last),
            Field::new("Behandlet", danish::count(meetings, "møde", "møder")),
        ]
        .into_iter()
        .filter(|field| !field.value.is_empty())
        .collect(),
        item: Some(Source {
            body: case.body.clone(),
            date: case.last_date.map(|date| date.to_string()),
            case_number: Some(case.case_number.to_string()),
            title: case.title.clone(),
            ..Source::default()
        }),
        ..Card::default()
    }
}

fn case_suggestion(case: &CaseHead, command: &str) -> Suggestion {
    // Where something else may be written without a name, the number needs its own.
    let options = table::find(command).map_or(&[][..], |command| command.options);
    let name = match options.iter().position(|option| option.kind == OptionKind::Case) {
        Some(at) if at > 0 => format!("{}:", options[at].name),
        _ => String::new(),
    };
    suggest(format!("/{command} {name}{}", case.case_number), case.title.clone().unwrap_or_default())
}

/// Nothing fits; `near` may be meant.
fn none(typed: &str, near: &[CaseHead], command: &str) -> Answer {
    let text = if near.is_empty() {
        "Ingen sag i de indlæste referater ligner det. Prøv /søg med et par ord."
    } else {
        "Den sag er ikke i de indlæste referater. Det nærmeste er:"
    };
    Answer {
        title: format!("Ingen sag passer på »{}«", echo(typed)),
        text: text.to_owned(),
        suggestions: near.iter().map(|case| case_suggestion(case, command)).collect(),
        ..Answer::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_serial_and_a_year_are_known_by_their_form() {
        for (typed, expected) in [
            ("5-15", Some("515")),
            (" 0005–15 ", Some("515")),
            ("1234567-15", None),
            ("5-2015", None),
            ("5-1", None),
            ("27.00", None),
            ("A00-5-15", None),
            ("-15", None),
        ] {
            assert_eq!(serial_and_year(typed).as_deref(), expected, "{typed}");
        }
    }
}
