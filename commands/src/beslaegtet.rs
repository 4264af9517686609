//! `/beslægtet`: cases that belong together with one, each with the reason. They are never taken for the case itself.

use std::collections::HashSet;

use index::{Found, SearchFilter, Treatment};
use minutes::case_number;

use crate::spoerg::table::is_topic;
use crate::treatment::{self, place};
use crate::{Answer, Card, Context, Field, Request, UserError, choose, danish, moede, suggest};

pub(crate) use crate::table::RELATED as NAME;

/// Related cases shown at most.
const MOST_RELATED: usize = 10;

/// Items of the case that are looked through, the latest.
const MOST_ITEMS: usize = 20;

/// Hits that name the case, or share a word with it, looked at.
const MOST_HITS: usize = 20;

/// Words of its titles that are looked for, the first ones.
const MOST_WORDS: usize = 12;

/// A word of a title is rare when no more cases have it in theirs than this, and has so many letters.
const MOST_WITH_WORD: usize = 10;
const LEAST_LETTERS: usize = 4;

/// Digits of a KLE subject, and of the group that it belongs to; characters of the facet of action behind the subject ("P22").
const SUBJECT_DIGITS: usize = 6;
const GROUP_DIGITS: usize = 2;
const FACET_CHARS: usize = 3;

/// Facets of action under which anything is filed: those that end so, and general casework.
const GENERAL: &str = "00";
const CASEWORK: &str = "G01";

/// Rare words that the titles of cases share at least, where they are of one group and not of one subject.
const LEAST_SHARED: usize = 2;

/// Subjects under this group are the council's own running matters; they tell nothing of what belongs together.
const RUNNING: &str = "000000";

/// What is done with a matter, and not which one it is.
const OF_ANY_MATTER: [&str; 24] = [
    "anlægsbevilling",
    "anmodning",
    "ansøgning",
    "ansøgninger",
    "bevilling",
    "endelig",
    "evaluering",
    "forlængelse",
    "forslag",
    "forslaget",
    "frigivelse",
    "godkendelse",
    "høring",
    "høringssvar",
    "orientering",
    "plan",
    "projekt",
    "redegørelse",
    "revision",
    "tillæg",
    "tillægsbevilling",
    "udkast",
    "valg",
    "vedtagelse",
];

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
    related.extend(referred(context, &treatments)?);
    related.extend(referring(context, &treatments, &key));
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

/// Cases of items that the texts of this one refer to by number and day ("punkt 57 den 17. maj 2020"), of its own body where none
/// is named.
fn referred(context: &Context<'_>, treatments: &[Treatment]) -> Result<Vec<Related>, UserError> {
    let mut all = Vec::new();
    for treatment in treatments.iter().rev().take(MOST_ITEMS) {
        let own = &treatment.meeting.body_key;
        for reference in &treatment.item.references {
            let Some(day) = reference.date else { continue };
            let body_key = reference.body.as_deref().map_or_else(|| own.clone(), minutes::body::key);
            for meeting in moede::held(context, Some(&body_key), (day, day))? {
                let items = context.archive.items_of(meeting.document)?;
                let meant = items.iter().find(|other| other.item.number.as_ref() == Some(&reference.number));
                let Some(number) = meant.and_then(|other| other.item.case_number.as_ref()) else { continue };
                let at = place(&meeting, Some(&reference.number));
                all.push(Related { key: number.key(), why: format!("sagens tekst henviser til den ({at})") });
            }
        }
    }
    Ok(all)
}

/// Cases whose texts refer to an item of this one by number and day.
fn referring(context: &Context<'_>, treatments: &[Treatment], key: &str) -> Vec<Related> {
    let mut all = Vec::new();
    for treatment in treatments.iter().rev().take(MOST_ITEMS) {
        let meeting = &treatment.meeting;
        let Some((number, day)) = treatment.item.number.as_ref().zip(meeting.date) else { continue };
        // Without an index there are no such cases to tell of.
        let written = format!("\"{}\"", danish::date(day));
        let Ok(found) = context.archive.find(&written, &SearchFilter::default(), MOST_HITS, 0, |_| true)
        else {
            continue;
        };
        for hit in &found.hits {
            let Found::Item(other) = &hit.found else { continue };
            let own = &other.meeting.body_key;
            let is_meant = |reference: &minutes::Reference| {
                let body_key = reference.body.as_deref().map_or_else(|| own.clone(), minutes::body::key);
                reference.date == Some(day) && reference.number == *number && body_key == meeting.body_key
            };
            let other_key = other.item.case_number.as_ref().map(minutes::CaseNumber::key);
            if let Some(other_key) = other_key.filter(|other| other != key)
                && other.item.references.iter().any(is_meant)
            {
                let at = place(&other.meeting, other.item.number.as_deref());
                all.push(Related { key: other_key, why: format!("dens tekst henviser til sagen ({at})") });
            }
        }
    }
    all
}

/// Cases whose titles share rare words with this one's, one where they are of the same KLE subject, more where only of the same
/// group; then those of the same subject in whose texts such a word stands. Those that share most first.
fn alike(context: &Context<'_>, treatments: &[Treatment], key: &str) -> Result<Vec<Related>, UserError> {
    let subject: String = key.chars().take(SUBJECT_DIGITS).collect();
    let is_subject = subject.len() == SUBJECT_DIGITS && subject.bytes().all(|byte| byte.is_ascii_digit());
    if !is_subject || subject == RUNNING {
        return Ok(Vec::new());
    }
    let (mut of_titles, mut of_texts): (Vec<Sharing>, Vec<Sharing>) = (Vec::new(), Vec::new());
    for word in title_words(context, treatments) {
        let titled = context.archive.cases_by_title(&word, MOST_WITH_WORD + 1)?;
        if titled.len() > MOST_WITH_WORD {
            continue;
        }
        for other in titled {
            share(&mut of_titles, other.key, &word);
        }
        for other in naming_word(context, &word, &subject) {
            share(&mut of_texts, other, &word);
        }
    }
    of_titles.retain(|(other, shared)| {
        other.starts_with(&subject)
            || (other.starts_with(&subject[..GROUP_DIGITS]) && shared.len() >= LEAST_SHARED)
    });
    let most_shared = |mut found: Vec<Sharing>, what: &str| -> Vec<Related> {
        found.sort_by_key(|(_, shared)| std::cmp::Reverse(shared.len()));
        let related = |(other, shared): Sharing| {
            let words: Vec<String> = shared.iter().map(|word| format!("»{word}«")).collect();
            let of = if other.starts_with(&subject) { "samme KLE-emne" } else { "samme KLE-hovedgruppe" };
            Related { key: other, why: format!("{of}, og {what} {}", danish::list(&words)) }
        };
        found.into_iter().map(related).collect()
    };
    let mut all = most_shared(of_titles, "titlerne deler");
    all.extend(most_shared(of_texts, "dens tekst har også"));
    all.extend(same_action(context, key)?);
    Ok(all)
}

/// A case's key, and the words that it shares.
type Sharing = (String, Vec<String>);

fn share(all: &mut Vec<Sharing>, key: String, word: &str) {
    match all.iter_mut().find(|(known, _)| *known == key) {
        Some((_, words)) => words.push(word.to_owned()),
        None => all.push((key, vec![word.to_owned()])),
    }
}

/// Cases of the same KLE subject and the same facet of action, such as all policies about one matter, where they are few.
fn same_action(context: &Context<'_>, key: &str) -> Result<Vec<Related>, UserError> {
    let Some((prefix, facet)) =
        key.get(..SUBJECT_DIGITS + FACET_CHARS).zip(key.get(SUBJECT_DIGITS..SUBJECT_DIGITS + FACET_CHARS))
    else {
        return Ok(Vec::new());
    };
    let facet = facet.to_uppercase();
    let is_facet =
        facet.starts_with(char::is_alphabetic) && facet.chars().skip(1).all(|c| c.is_ascii_digit());
    if !is_facet || facet.ends_with(GENERAL) || facet == CASEWORK {
        return Ok(Vec::new());
    }
    let cases = context.archive.cases_with_prefix(prefix, MOST_WITH_WORD + 1)?;
    if cases.len() > MOST_WITH_WORD {
        return Ok(Vec::new());
    }
    let why = format!("samme KLE-emne og handlingsfacet ({facet})");
    Ok(cases.into_iter().map(|other| Related { key: other.key, why: why.clone() }).collect())
}

/// The keys of cases of a KLE subject in whose texts a word stands as it is.
fn naming_word(context: &Context<'_>, word: &str, subject: &str) -> Vec<String> {
    let filter = SearchFilter { kle: Some(subject.to_owned()), ..SearchFilter::default() };
    // Without an index there are no such cases to tell of; the others stand in the store.
    let Ok(found) = context.archive.find(word, &filter, MOST_HITS, 0, |_| true) else { return Vec::new() };
    if !found.reading.corrected.is_empty() || found.reading.is_partial {
        return Vec::new();
    }
    let key = |found: &Found| match found {
        Found::Item(other) => other.item.case_number.as_ref().map(minutes::CaseNumber::key),
        Found::Document(_) => None,
    };
    found.hits.iter().filter_map(|hit| key(&hit.found)).collect()
}

/// The words of a case's titles that say what it is about, each once. The municipality's own name does not.
fn title_words(context: &Context<'_>, treatments: &[Treatment]) -> Vec<String> {
    let own_name = context.council.name.to_lowercase();
    let mut all: Vec<String> = Vec::new();
    let titles = treatments.iter().rev().filter_map(|treatment| treatment.item.title.as_deref());
    let words = titles.flat_map(|title| title.split(|c: char| !c.is_alphabetic())).map(str::to_lowercase);
    for word in words {
        let says = word.chars().count() >= LEAST_LETTERS
            && is_topic(&word)
            && !OF_ANY_MATTER.contains(&word.as_str())
            && minutes::month::named(&word).is_none()
            && !own_name.split_whitespace().any(|own| own == word);
        if says && all.len() < MOST_WORDS && !all.contains(&word) {
            all.push(word);
        }
    }
    all
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
