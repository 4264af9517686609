//! What a question names: a case, a body, a person, a number on an agenda, days, and the words that are left.

use index::BodySummary;
use minutes::{body, case_number, person};

use super::time;
use super::words::Words;
use crate::period::{self, Days, Towards};
use crate::{Context, UserError, choose, danish, number, raad};

/// Words of a case number at most, in any typing; of a body's name; of a person's.
const MOST_NUMBER_WORDS: usize = 8;
const MOST_BODY_WORDS: usize = 7;
const MOST_NAME_WORDS: usize = 5;

/// How the names of bodies end, folded.
const BODY_ENDINGS: [&str; 14] = [
    "udvalg",
    "udvalget",
    "raad",
    "raadet",
    "naevn",
    "naevnet",
    "bestyrelse",
    "bestyrelsen",
    "kommission",
    "kommissionen",
    "forsamling",
    "forsamlingen",
    "repraesentation",
    "repraesentationen",
];
/// A name of one word has so many letters before its ending.
const LEAST_LETTERS: usize = 2;
/// Words for a meeting, which may stand at the end of its body's name.
const MEETING_ENDINGS: [&str; 4] = ["moede", "moedet", "moeder", "moederne"];
/// Words for the municipality's council, whatever it is called.
const COUNCIL: [&str; 5] = ["byraad", "byraadet", "byraadets", "kommunalbestyrelsen", "kommunalbestyrelse"];
/// Bodies are asked for after one of these.
const IN: [&str; 7] = ["i", "for", "hos", "af", "fra", "udvalget", "paa"];

/// What follows one of these is a case number, or a part of one.
const CASE_WORDS: [&str; 7] = ["sag", "sagen", "sagsnr", "sagsnummer", "sagsnummeret", "nummer", "nr"];
/// What follows one of these is the number of an item.
const ITEM_WORDS: [&str; 5] = ["punkt", "punktet", "pkt", "dagsordenspunkt", "punktnr"];

/// What a question names.
pub(super) struct Facts {
    /// A case number or a part of it, as typed.
    pub(super) case: Option<String>,
    /// The number of an item on an agenda.
    pub(super) item: Option<String>,
    /// A body's name, or what is meant as one.
    pub(super) body: Option<Named>,
    /// A person's name as known.
    pub(super) person: Option<String>,
    pub(super) days: Option<Days>,
    /// The words that are left, those in quotation marks between such; empty where none are.
    pub(super) topic: String,
}

/// A body as a question names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) name: String,
    /// None where no body of the archive fits, or several do.
    pub(super) key: Option<String>,
}

/// What is looked for in a question besides what it names plainly.
pub(super) struct Wanted {
    /// Which way a time without a year lies.
    pub(super) towards: Towards,
    /// A body is asked about: a part of its name will do.
    pub(super) body: bool,
    /// Nothing but a body is asked about: what is left is a name.
    pub(super) only_body: bool,
    /// A person is asked about: what is left is a name.
    pub(super) person: bool,
    /// Words to search for and no question: only what is named by all of it is taken.
    pub(super) is_plain: bool,
}

/// Takes out of a question what it names. `matched` are the places of the words by which it is known what is asked for.
pub(super) fn take(
    context: &Context<'_>,
    words: &mut Words<'_>,
    matched: &[usize],
    wanted: &Wanted,
) -> Result<Facts, UserError> {
    let bodies = raad::known_bodies(context.archive, context.council)?;
    let item = item(words);
    let case = case(words).or(begun_case(context, words)?);
    let mut body = named_body(context, words, &bodies).or_else(|| unknown_short(words));
    let days = time::take(words, context.today, wanted.towards);
    if !wanted.is_plain && take_municipality(words, &context.council.name) && wanted.only_body {
        let council = || raad::council_of(context.council, &bodies).cloned();
        let of = |it: BodySummary| Named { name: choose::short_name(&it, &bodies), key: Some(it.key) };
        body = body.or_else(|| council().map(of));
    }
    matched.iter().for_each(|at| words.take(*at, 1));
    let mut person = if words.topic().is_empty() { None } else { named_person(context, words)? };
    if body.is_none() && wanted.body {
        body = short_body(context, words, &bodies);
    }
    if body.is_none() && wanted.only_body && person.is_none() {
        body = unknown_body(words);
    }
    if person.is_none() && wanted.person && body.is_none() {
        person = Some(words.topic()).filter(|name| !name.is_empty() && name.split(' ').all(is_capital));
        if person.is_some() {
            take_topic(words);
        }
    }
    let topic = words.topic();
    let is_all_named = topic.is_empty() || !wanted.is_plain;
    let facts = Facts { case, item, body, person, days, topic };
    Ok(if is_all_named { facts } else { Facts { item: None, body: None, person: None, days: None, ..facts } })
}

fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// "Fjordby Kommune", "i Fjordby": the municipality's own name, which no matter is about where anything else is left; "i Fjordby
/// Svømmehal" is a name of its own. Whether it stood there.
fn take_municipality(words: &mut Words<'_>, name: &str) -> bool {
    let folded = danish::fold(name);
    let own: Vec<&str> = folded.split_whitespace().collect();
    let (Some(town), true) = (own.first().copied(), own.len() <= 2) else { return false };
    let known = words.folded();
    let is = |word: &str, own: &str| word == own || word.strip_suffix('s') == Some(own);
    let whole = known
        .windows(own.len())
        .position(|run| own.len() > 1 && run.iter().zip(&own).all(|(word, own)| is(word, own)));
    let alone = || {
        (1..known.len()).find(|at| {
            let after = known.get(at + 1);
            known[at - 1] == "i"
                && is(known[*at], town)
                && after.is_none_or(|word| super::table::is_small(word))
        })
    };
    let Some((at, count)) = whole.map(|at| (at, own.len())).or_else(|| Some((alone()?, 1))) else {
        return false;
    };
    let places: Vec<usize> = (at..at + count).collect();
    let is_free = words.all[at..at + count].iter().all(|word| !word.taken && !word.is_quoted);
    if is_free {
        words.take(at, count);
    }
    is_free && !places.is_empty()
}

fn take_topic(words: &mut Words<'_>) {
    words.all.iter_mut().for_each(|word| word.taken = true);
}

/// "punkt 72", "pkt. nr. 5".
fn item(words: &mut Words<'_>) -> Option<String> {
    let at = words.all.iter().position(|word| ITEM_WORDS.contains(&word.folded.as_str()))?;
    let next = |nth: usize| words.all.get(at + nth);
    let nth = if next(1).is_some_and(|word| word.folded == "nr") { 2 } else { 1 };
    let number = next(nth)?.text.trim_end_matches('.').to_owned();
    if number.is_empty() || number.len() > 5 || !number.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    words.take(at, nth + 1);
    Some(number)
}

/// A case number in any typing: a whole one anywhere, a part of one where its form or the word before tells it.
fn case(words: &mut Words<'_>) -> Option<String> {
    let mut runs = words.runs(MOST_NUMBER_WORDS);
    runs.reverse();
    let begins_with_digits =
        |text: &str| text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'o' | 'O'));
    let is_time = |text: &str| period::is_time(text) || minutes::day(text).is_some();
    let whole = runs
        .iter()
        .find(|(_, _, text)| begins_with_digits(text) && case_number::is_whole(text) && !is_time(text));
    let part = || {
        runs.iter().filter(|(_, count, _)| *count == 1).find(|(from, _, text)| {
            let follows =
                from.checked_sub(1).is_some_and(|at| CASE_WORDS.contains(&words.all[at].folded.as_str()));
            let form = is_part(text);
            number::looks_like_number(text) && (follows || form) && !is_time(text)
        })
    };
    let (from, count, text) = whole.or_else(part)?.clone();
    words.take(from, count);
    Some(text)
}

/// "05.04.10" and nothing else: the beginning of cases' numbers where there are such cases, and a day only where there are none.
fn begun_case(context: &Context<'_>, words: &mut Words<'_>) -> Result<Option<String>, UserError> {
    let [only] = words.all.as_mut_slice() else { return Ok(None) };
    if !is_part(only.text) || context.archive.cases_with_prefix(&case_number::key(only.text), 1)?.is_empty() {
        return Ok(None);
    }
    only.taken = true;
    Ok(Some(only.text.to_owned()))
}

/// "27.00", "27.00.00": groups of two digits.
fn is_part(text: &str) -> bool {
    let groups: Vec<&str> = text.split('.').collect();
    let is_group = |group: &&str| group.len() == 2 && group.bytes().all(|byte| byte.is_ascii_digit());
    groups.len() == 3 && groups.iter().all(is_group)
}

/// The body that some words name, and the words of a topic besides it; no body where they name none.
pub(super) fn body_of(context: &Context<'_>, text: &str) -> Result<(Option<Named>, String), UserError> {
    let bodies = raad::known_bodies(context.archive, context.council)?;
    let mut words = Words::of(text);
    Ok((named_body(context, &mut words, &bodies), words.topic()))
}

/// A body by its whole name, an abbreviation, a word that ends as names of bodies do, or a word for one of its meetings.
fn named_body(context: &Context<'_>, words: &mut Words<'_>, bodies: &[BodySummary]) -> Option<Named> {
    let found = words.runs(MOST_BODY_WORDS).into_iter().find_map(|(from, count, text)| {
        let last = words.all[from + count - 1].folded.clone();
        let (text, last) =
            match MEETING_ENDINGS.iter().find(|ending| last.len() > ending.len() && last.ends_with(**ending))
            {
                // "byrådsmødet" is a meeting of the body "byråds".
                Some(_) => {
                    let at = text.to_lowercase().rfind('m')?;
                    let text = text.get(..at)?;
                    // "SSU-mødet" is one of a body by its abbreviation.
                    let text = text.trim_end_matches('-');
                    let genitive = text.strip_suffix('s').unwrap_or(text).to_owned();
                    let last = last.get(..last.rfind('m')?)?.trim_end_matches(['-', 's']).to_owned();
                    (genitive, last)
                }
                None => (text, last),
            };
        Some((from, count, named(context, &text, &last, count, bodies)?))
    });
    let (from, count, body) = found?;
    words.take(from, count);
    Some(body)
}

fn named(
    context: &Context<'_>,
    text: &str,
    last: &str,
    count: usize,
    bodies: &[BodySummary],
) -> Option<Named> {
    let key = body::key(text);
    let by_key = |key: &str| bodies.iter().find(|body| body.key == key);
    let of =
        |body: &BodySummary| Named { name: choose::short_name(body, bodies), key: Some(body.key.clone()) };
    let is_generic = key.is_empty() || BODY_ENDINGS.contains(&key.as_str());
    // Whatever stands before a council's name counts as its town: only what is printed so is one.
    let is_printed = |body: &&BodySummary| {
        count == 1 || !body::is_council(&key) || danish::fold(&body.name) == danish::fold(text)
    };
    if let Some(body) = by_key(&key).filter(|_| !is_generic).filter(is_printed) {
        return Some(of(body));
    }
    if count == 1 && COUNCIL.contains(&last) {
        return raad::council_of(context.council, bodies).map(of);
    }
    let folded = danish::fold(text);
    let abbreviated = context.council.abbreviations.iter().find(|(short, _)| danish::fold(short) == folded);
    if let Some((_, name)) = abbreviated.filter(|_| count == 1 && !super::table::is_small(&folded)) {
        return Some(by_key(&body::key(name)).map_or_else(|| Named { name: name.clone(), key: None }, of));
    }
    if let Some(body) = choose::by_initials(text, bodies) {
        return Some(of(body));
    }
    let ends = BODY_ENDINGS.iter().any(|ending| {
        last.strip_suffix(ending)
            .or_else(|| last.trim_end_matches('s').strip_suffix(ending))
            .is_some_and(|stem| count > 1 || stem.chars().count() >= LEAST_LETTERS)
    });
    if !ends || is_generic || (count > 1 && body::is_council(&key)) {
        return None;
    }
    choose::only_body(context.council, text, bodies).map(of)
}

/// "SSU-mødet" where no body is known to be called so: which one is asked about is said not to be known.
fn unknown_short(words: &mut Words<'_>) -> Option<Named> {
    let short = |text: &str| {
        let (short, meeting) = text.split_once('-')?;
        let is_short = short.chars().count() > 1 && short.chars().all(char::is_uppercase);
        (is_short && MEETING_ENDINGS.contains(&danish::fold(meeting).as_str())).then(|| short.to_owned())
    };
    let (at, name) = words.all.iter().enumerate().find_map(|(at, word)| Some((at, short(word.text)?)))?;
    words.take(at, 1);
    Some(Named { name, key: None })
}

/// "hvem sidder i social": a part of a name, after a word that bodies are asked for after.
fn short_body(context: &Context<'_>, words: &mut Words<'_>, bodies: &[BodySummary]) -> Option<Named> {
    let found = words.runs(MOST_BODY_WORDS).into_iter().find_map(|(from, count, text)| {
        let before = from.checked_sub(1).map(|at| words.all[at].folded.as_str())?;
        let content = words.all[from..from + count].iter().any(|word| !super::table::is_small(&word.folded));
        if !IN.contains(&before) || !content {
            return None;
        }
        let body = choose::only_body(context.council, &text, bodies)?;
        Some((from, count, Named { name: choose::short_name(body, bodies), key: Some(body.key.clone()) }))
    });
    let (from, count, body) = found?;
    words.take(from, count);
    Some(body)
}

/// What is meant as a body's name and is none that is known, or several: `/råd` and the others say so.
fn unknown_body(words: &mut Words<'_>) -> Option<Named> {
    let name = words.topic();
    if name.is_empty() {
        return None;
    }
    take_topic(words);
    Some(Named { name, key: None })
}

/// A person by the whole name in any spelling, or by several words of a name that only one has; by one word only where it is written
/// as a name and nobody else has it.
fn named_person(context: &Context<'_>, words: &mut Words<'_>) -> Result<Option<String>, UserError> {
    let told = context.archive.people()?;
    let people = context.council.roster.and(&told);
    let people: Vec<&index::Person> = people.iter().map(AsRef::as_ref).collect();
    let mut found = None;
    for (from, count, text) in words.runs(MOST_NAME_WORDS) {
        if words.all[from..from + count].iter().any(|word| super::table::is_small(&word.folded)) {
            continue;
        }
        let key = person::key(&text);
        // "Helle Tangskovs udvalg": a genitive.
        let keys = [key.as_str(), key.strip_suffix('s').unwrap_or(&key)];
        let is_whole = |known: &&&index::Person| {
            keys.iter().any(|key| known.key == **key || known.spellings.iter().any(|spelt| spelt == key))
        };
        if let Some(known) = people.iter().find(is_whole) {
            found = Some((from, count, known.name.clone()));
            break;
        }
        if count == 1 && !(is_capital(&text) && from > 0) {
            continue;
        }
        let has = |name: &str, key: &str| key.split(' ').all(|part| name.split(' ').any(|word| word == part));
        let mut fitting = people.iter().filter(|known| keys.iter().any(|key| has(&known.key, key)));
        if let (Some(only), None) = (fitting.next(), fitting.next()) {
            // "Bodil Jensen" is not the only Bodil that is known, if she is called something else.
            let is_other = |at: usize| {
                at > 0
                    && words.all.get(at).is_some_and(|beside| {
                        !beside.taken && is_capital(beside.text) && !has(&only.key, &person::key(beside.text))
                    })
            };
            if count == 1 && (is_other(from + 1) || is_other(from - 1)) {
                continue;
            }
            found = Some((from, count, only.name.clone()));
            break;
        }
    }
    Ok(found.map(|(from, count, name)| {
        words.take(from, count);
        name
    }))
}
