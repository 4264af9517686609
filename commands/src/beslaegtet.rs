//! `/beslægtet`: cases that belong together with one, each with the reason. They are never taken for the case itself.

use std::collections::HashSet;

use index::{CaseHead, Found, SearchFilter, Treatment};
use minutes::case_number;

use crate::spoerg::is_topic;
use crate::treatment::{self, place};
use crate::{Answer, Card, Context, Field, Request, UserError, choose, danish, suggest};

/// The command's name.
pub(crate) const NAME: &str = "beslægtet";

/// Related cases shown at most.
const MOST_RELATED: usize = 10;

/// Items of the case that are looked through, the latest.
const MOST_ITEMS: usize = 20;

/// Cases of the same subject that are looked at, and hits that name the case.
const MOST_COMPARED: usize = 200;
const MOST_HITS: usize = 20;

/// A word of a title is rare when no more cases have it than this, and has so many letters.
const MOST_WITH_WORD: usize = 10;
const LEAST_LETTERS: usize = 4;

/// A KLE subject: three groups of two digits.
const SUBJECT_DIGITS: usize = 6;

/// Subjects under this group are the council's own running matters; they tell nothing of what belongs together.
const RUNNING: &str = "000000";

/// A case that belongs together with the one asked for.
struct Related {
    key: String,
    why: String,
}

pub(crate) fn run(context: &Context<'_>, request: &Request) -> Result<Answer, UserError> {
    let typed = request.option("nummer").unwrap_or_default();
    let (key, note) = match choose::case(context, typed, NAME)? {
        choose::Case::One(key, note) => (key, note),
        choose::Case::Answer(answer) => return Ok(*answer),
    };
    let treatments = context.archive.treatments(&key)?;
    let Some(newest) = treatments.last() else { return Ok(Answer::default()) };
    let number = newest.item.case_number.as_ref().map(ToString::to_string).unwrap_or_default();
    let mut related = named(&treatments, &key);
    related.extend(naming(context, &number, &key));
    related.extend(alike(context, &treatments, &key)?);
    let mut seen = HashSet::from([key]);
    related.retain(|one| seen.insert(one.key.clone()));
    related.truncate(MOST_RELATED);
    let mut cards = Vec::with_capacity(related.len());
    for one in &related {
        cards.extend(card(context, one)?);
    }
    let title = newest.item.title.as_deref().map(|title| format!(" · {title}")).unwrap_or_default();
    let found = match cards.len() {
        0 => "Ingen andre sager i de indlæste referater hører synligt sammen med den.".to_owned(),
        count => format!(
            "{} hører måske sammen med den; grunden står ved hver. De er ikke en del af sagen.",
            danish::capital(&danish::count(count, "anden sag", "andre sager"))
        ),
    };
    Ok(Answer {
        title: format!("Beslægtet med {number}{title}"),
        text: note.into_iter().chain([found]).collect::<Vec<_>>().join("\n"),
        found: !cards.is_empty(),
        cards,
        suggestions: vec![suggest(format!("/sag {number}"), "den seneste beslutning i sagen selv")],
        request: Some(request.with("nummer", &number)),
        ..Answer::default()
    })
}

/// Cases whose numbers the texts of this one name.
fn named(treatments: &[Treatment], key: &str) -> Vec<Related> {
    let mut all = Vec::new();
    for treatment in treatments.iter().rev().take(MOST_ITEMS) {
        let at = place(&treatment.meeting, treatment.item.number.as_deref());
        for number in texts(treatment).flat_map(case_number::find_all) {
            let other = number.key();
            if other != key {
                all.push(Related { key: other, why: format!("nævnt i sagens tekst ({at})") });
            }
        }
    }
    all
}

/// Cases whose texts name the number of this one.
fn naming(context: &Context<'_>, number: &str, key: &str) -> Vec<Related> {
    // Without an index there are no such cases to tell of; the others stand in the store.
    let Ok(found) =
        context.archive.find(&format!("\"{number}\""), &SearchFilter::default(), MOST_HITS, 0, |_| true)
    else {
        return Vec::new();
    };
    let related = |found: &Found| match found {
        Found::Item(other) => {
            let other_key = other.item.case_number.as_ref()?.key();
            let names = texts(other).flat_map(case_number::find_all).any(|number| number.key() == key);
            let at = place(&other.meeting, other.item.number.as_deref());
            (names && other_key != key)
                .then(|| Related { key: other_key, why: format!("dens tekst nævner sagen ({at})") })
        }
        Found::Document(_) => None,
    };
    found.hits.iter().filter_map(|hit| related(&hit.found)).collect()
}

fn texts(treatment: &Treatment) -> impl Iterator<Item = &str> {
    let item = &treatment.item;
    let sections = item.sections.iter().map(|section| section.text.as_str());
    sections.chain(item.decision.as_ref().map(|decision| decision.text.as_str()))
}

/// Cases of the same KLE subject whose titles share a rare word with this one's.
fn alike(context: &Context<'_>, treatments: &[Treatment], key: &str) -> Result<Vec<Related>, UserError> {
    let subject: String = key.chars().take(SUBJECT_DIGITS).collect();
    let is_subject = subject.len() == SUBJECT_DIGITS && subject.bytes().all(|byte| byte.is_ascii_digit());
    if !is_subject || subject == RUNNING {
        return Ok(Vec::new());
    }
    let titles = treatments.iter().filter_map(|treatment| treatment.item.title.as_deref());
    let mut rare: Vec<String> = Vec::new();
    for word in titles.flat_map(words) {
        if !rare.contains(&word) && is_rare(context, &word)? {
            rare.push(word);
        }
    }
    let others: Vec<CaseHead> = context.archive.cases_with_prefix(&subject, MOST_COMPARED)?;
    let shared = |other: &CaseHead| {
        let of_other = words(other.title.as_deref()?);
        let shared: Vec<String> =
            rare.iter().filter(|word| of_other.contains(word)).map(|word| format!("»{word}«")).collect();
        let why = format!("samme KLE-emne, og titlerne deler {}", danish::list(&shared));
        (!shared.is_empty()).then(|| Related { key: other.key.clone(), why })
    };
    Ok(others.iter().filter_map(shared).collect())
}

fn is_rare(context: &Context<'_>, word: &str) -> Result<bool, UserError> {
    Ok(context.archive.cases_by_title(word, MOST_WITH_WORD + 1)?.len() <= MOST_WITH_WORD)
}

/// The words of a title that say what it is about.
fn words(title: &str) -> Vec<String> {
    title
        .split(|c: char| !c.is_alphabetic())
        .map(str::to_lowercase)
        .filter(|word| word.chars().count() >= LEAST_LETTERS && is_topic(word))
        .collect()
}

/// None where the case is not in the archive.
fn card(context: &Context<'_>, related: &Related) -> Result<Option<Card>, UserError> {
    let meetings = context.archive.case_meetings(&related.key)?;
    let Some(last_day) = meetings.last().map(|last| last.date) else { return Ok(None) };
    let treatments = context.archive.treatments_on(&related.key, last_day)?;
    Ok(treatments.last().map(|latest| Card {
        heading: treatment::heading(latest),
        status: Some(treatment::status(latest, context.today)),
        outcome: Some(treatment::outcome(latest)),
        fields: [Field::new("Beslægtet", related.why.clone())]
            .into_iter()
            .chain([Field::new("Møde", place(&latest.meeting, latest.item.number.as_deref()))])
            .chain(treatment::case_number(latest))
            .collect(),
        item: Some(treatment::source(latest)),
        ..Card::default()
    }))
}
