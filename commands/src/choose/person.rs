//! The person that a name or a part of it means.

use index::Person as Known;
use minutes::person;

use super::fit::{self, Wanted};
use super::{MOST_NEAREST, echo};
use crate::{Answer, Card, Field, Suggestion, danish, suggest};

/// People offered when several fit.
const MOST_PEOPLE: usize = 10;

/// Who a typed name may be.
pub(crate) enum Person<'p> {
    /// The one who fits; others whose names hold the typed one too; and where only a part of a name was typed, a line that says
    /// so.
    One(&'p Known, Vec<&'p Known>, Option<String>),
    /// Several fit, or nobody: the answer that says so.
    Answer(Box<Answer>),
}

/// The person meant. A name as printed is that person; a part of one is only where nobody else has it.
pub(crate) fn person<'p>(typed: &str, people: &[&'p Known]) -> Person<'p> {
    let wanted = person::key(typed);
    let mut found: Vec<&'p Known> = if wanted.is_empty() {
        Vec::new()
    } else {
        fit::any(people, key, &Wanted::new(&wanted)).into_iter().copied().collect()
    };
    // "Alberte Egs" is asked for where only Alberte Eg is known.
    let bare = wanted.strip_suffix('s').filter(|_| found.is_empty()).unwrap_or(&wanted).to_owned();
    let spelt = |other: &&&Known| other.spellings.contains(&wanted) || (bare != wanted && other.key == bare);
    let mut spelt = people.iter().filter(spelt);
    let in_another_spelling = spelt.next().copied().filter(|_| spelt.next().is_none());
    if let Some(at) = found.iter().position(|other| other.key == wanted) {
        let exact = found.remove(at);
        found.truncate(MOST_NEAREST);
        return Person::One(exact, found, None);
    }
    if let Some(person) = in_another_spelling {
        found.retain(|other| other.key != person.key);
        found.truncate(MOST_NEAREST);
        let is_written = person.spellings.contains(&wanted);
        let note = if is_written { "I referaterne også skrevet" } else { "Fundet ud fra" };
        let note = format!("{note} »{}«.", echo(typed));
        return Person::One(person, found, Some(note));
    }
    match found.as_slice() {
        [only] => {
            let note = format!("Den eneste, hvis navn passer på »{}«.", echo(typed));
            Person::One(only, Vec::new(), Some(note))
        }
        [] => {
            let near = fit::nearest(people, key, &Wanted::new(&wanted));
            let near: Vec<&Known> = near.into_iter().copied().take(MOST_NEAREST).collect();
            Person::Answer(Box::new(nobody(typed, &near)))
        }
        several => Person::Answer(Box::new(choice(typed, several))),
    }
}

/// Everybody who may be meant by what is typed so far, in the order given; where nobody fits, the nearest ones.
pub(crate) fn fitting<'p>(typed: &str, people: &[&'p Known]) -> Vec<&'p Known> {
    let wanted = Wanted::new(&person::key(typed));
    let found = fit::any(people, key, &wanted);
    let found = if found.is_empty() { fit::nearest(people, key, &wanted) } else { found };
    found.into_iter().copied().collect()
}

fn choice(typed: &str, people: &[&Known]) -> Answer {
    let shown = &people[..people.len().min(MOST_PEOPLE)];
    let more = if people.len() > MOST_PEOPLE {
        format!("; {} af {} vises", shown.len(), people.len())
    } else {
        String::new()
    };
    Answer {
        title: format!("»{}« kan være flere", echo(typed)),
        text: format!("Vælg en af dem{more}."),
        cards: shown.iter().map(|person| card(person)).collect(),
        suggestions: shown.iter().map(|person| again(person)).collect(),
        found: true,
        request: None,
        ..Answer::default()
    }
}

fn nobody(typed: &str, near: &[&Known]) -> Answer {
    let known = "Navnet står hverken ved en plads, i et fremmøde eller i et punkt.";
    let text = if near.is_empty() { known.to_owned() } else { format!("{known} Det nærmeste er:") };
    let search = suggest(format!("/søg {}", echo(typed)), "navnet i alle referater");
    Answer {
        title: format!("Ingen med navnet »{}« i de indlæste referater", echo(typed)),
        text,
        suggestions: near.iter().map(|person| again(person)).chain([search]).collect(),
        ..Answer::default()
    }
}

fn card(person: &Known) -> Card {
    let last = person.last.map(|day| Field::new("Senest nævnt", danish::date(day)));
    Card { heading: person.name.clone(), fields: last.into_iter().collect(), ..Card::default() }
}

/// The line that asks for a person.
pub(crate) fn again(person: &Known) -> Suggestion {
    suggest(format!("/person {}", person.name), "")
}

fn key<'k>(person: &'k &Known) -> &'k str {
    &person.key
}
