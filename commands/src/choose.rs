//! From what was typed to the body or the case that was meant. One that fits is taken; several are offered; a guess is never made.

use index::{BodySummary, CaseSummary};
use minutes::{body, case_number};

use crate::{Answer, Card, Context, Field, Request, Source, Suggestion, UserError, danish, line, suggest};

/// Cases offered when several fit.
const MOST_CASES: usize = 10;

/// Cases proposed when none fits.
const MOST_NEAREST: usize = 5;

/// A number further away than this many letters is another number.
const MOST_SLIPS: usize = 2;

/// A misspelt name this many letters away may still be meant.
const MOST_NAME_SLIPS: usize = 2;

/// A body's name longer than this is asked for by its first words: a button of Discord's must hold it beside a date.
const MOST_NAME_CHARS: usize = 50;

/// Characters of what was typed that an answer repeats.
const MOST_ECHOED: usize = 80;

/// What a typed case may be.
pub(crate) enum Case {
    /// The key of the one case that fits; and where only a part of its number or title was typed, a line that says so.
    One(String, Option<String>),
    /// Several fit, or none: the answer that says so.
    Answer(Box<Answer>),
}

/// The case that a typed number, part of one, or words of a title mean. `command` is the one to ask again with.
pub(crate) fn case(context: &Context<'_>, typed: &str, command: &str) -> Result<Case, UserError> {
    let key = case_number::key(typed);
    if !key.is_empty() && context.archive.has_case(&key)? {
        return Ok(Case::One(key, None));
    }
    let is_whole = case_number::is_whole(typed);
    let is_number = is_whole || line::looks_like_number(typed);
    let found = if is_whole {
        // A whole number is that number or none: a longer one is another case.
        written_with_o(context, &key)?
    } else if is_number {
        by_part(context, &key)?
    } else {
        context.archive.cases_by_title(typed, MOST_CASES + 1)?
    };
    match found.as_slice() {
        [] => none(context, typed, &key, is_number, command).map(Box::new).map(Case::Answer),
        [only] => {
            let note = format!("Den eneste sag, der passer på »{}«.", echo(typed));
            Ok(Case::One(only.key.clone(), Some(note)))
        }
        several => Ok(Case::Answer(Box::new(choice(typed, several, command)))),
    }
}

/// `-O60-` may be how somebody without Danish keys writes `-Ø60-`.
fn written_with_o(context: &Context<'_>, key: &str) -> Result<Vec<CaseSummary>, UserError> {
    if !key.contains('O') {
        return Ok(Vec::new());
    }
    Ok(context.archive.cases_with_prefix(&key.replace('O', "Ø"), 1)?)
}

/// Cases by the beginning of their number; by any other part only if that names a facet, for bare digits stand everywhere.
fn by_part(context: &Context<'_>, key: &str) -> Result<Vec<CaseSummary>, UserError> {
    let found = context.archive.cases_with_prefix(key, MOST_CASES + 1)?;
    if found.is_empty() && key.contains(char::is_alphabetic) {
        return Ok(context.archive.cases_containing(key, MOST_CASES + 1)?);
    }
    Ok(found)
}

/// What was typed, shortened and without CPR numbers, as an answer repeats it.
pub(crate) fn echo(typed: &str) -> String {
    danish::shorten(&minutes::read::without_cpr(typed), MOST_ECHOED)
}

fn choice(typed: &str, cases: &[CaseSummary], command: &str) -> Answer {
    let shown = &cases[..cases.len().min(MOST_CASES)];
    let more = if cases.len() > MOST_CASES { "; de senest behandlede vises" } else { "" };
    Answer {
        title: format!("Flere sager passer på »{}«", echo(typed)),
        text: format!("Vælg en af dem{more}."),
        cards: shown.iter().map(summary_card).collect(),
        suggestions: shown.iter().map(|case| case_suggestion(case, command)).collect(),
        found: true,
        request: None,
    }
}

/// The one case of a key as a choice of one.
pub(crate) fn only(context: &Context<'_>, typed: &str, key: &str) -> Result<Answer, UserError> {
    let mut found = context.archive.cases_with_prefix(key, MOST_CASES)?;
    found.retain(|case| case.key == key);
    let title = format!("1 sag med nummeret »{}«", echo(typed));
    Ok(Answer { title, text: String::new(), ..choice(typed, &found, "sag") })
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

fn case_suggestion(case: &CaseSummary, command: &str) -> Suggestion {
    suggest(format!("/{command} {}", case.case_number), case.title.clone().unwrap_or_default())
}

/// Nothing fits: the nearest numbers, and cases whose titles hold the words.
fn none(
    context: &Context<'_>,
    typed: &str,
    key: &str,
    is_number: bool,
    command: &str,
) -> Result<Answer, UserError> {
    let mut near = Vec::new();
    if is_number || key.chars().filter(char::is_ascii_digit).count() >= 4 {
        near = context.archive.nearest_cases(key, MOST_SLIPS, MOST_NEAREST)?;
        // A wrong ending is the commonest slip of all: the cases that begin alike.
        let mut stem = key;
        while near.is_empty() && stem.chars().count() > 4 {
            stem = stem.char_indices().next_back().map_or("", |(at, _)| &stem[..at]);
            near = context.archive.cases_with_prefix(stem, MOST_NEAREST)?;
        }
    }
    if near.is_empty() {
        let longest = typed.split_whitespace().filter(|word| word.chars().count() > 3);
        let mut words: Vec<&str> = longest.collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
        for word in words.into_iter().take(2) {
            near.extend(context.archive.cases_by_title(word, MOST_NEAREST)?);
        }
        near.dedup_by(|a, b| a.key == b.key);
        near.truncate(MOST_NEAREST);
    }
    let text = if near.is_empty() {
        "Ingen sag i de indlæste referater ligner det. Prøv /søg med et par ord.".to_owned()
    } else {
        "Den sag er ikke i de indlæste referater. Det nærmeste er:".to_owned()
    };
    Ok(Answer {
        title: format!("Ingen sag passer på »{}«", echo(typed)),
        text,
        suggestions: near.iter().map(|case| case_suggestion(case, command)).collect(),
        ..Answer::default()
    })
}

/// What a typed body may be.
pub(crate) enum Body {
    /// The one that fits.
    One(BodySummary),
    /// Several fit, or none: the answer that says so.
    Answer(Box<Answer>),
}

/// The body meant by what was typed, among those given; an abbreviation of the configuration or a part of the name is enough.
pub(crate) fn body(context: &Context<'_>, request: &Request, typed: &str, bodies: &[BodySummary]) -> Body {
    let abbreviated =
        context.council.abbreviations.iter().find(|(short, _)| danish::fold(short) == danish::fold(typed));
    let written = abbreviated.map_or(typed, |(_, name)| name.as_str());
    let again = |body: &BodySummary| suggest(format!("/{} udvalg:{}", request.command.name, body.name), "");
    let answer = |title: String, text: &str, bodies: Vec<&BodySummary>| {
        let suggestions = bodies.into_iter().map(again).collect();
        Body::Answer(Box::new(Answer { title, text: text.to_owned(), suggestions, ..Answer::default() }))
    };
    match matching(written, bodies).as_slice() {
        [only] => Body::One((*only).clone()),
        [] if abbreviated.is_some() => answer(
            format!("{written}: ingen referater er læst ind"),
            "Navnet står i bot.toml, men ikke i referaterne.",
            vec![],
        ),
        [] => {
            let near = nearest(written, bodies);
            let title = format!("Intet udvalg eller råd hedder »{}« i de indlæste referater", echo(typed));
            match near.is_empty() {
                true => answer(
                    title,
                    "De, der er flest møder fra, er:",
                    bodies.iter().take(MOST_NEAREST).collect(),
                ),
                false => answer(title, "Det nærmeste er:", near),
            }
        }
        several => answer(
            format!("»{}« kan være flere", echo(typed)),
            "Skriv lidt mere af navnet.",
            several.to_vec(),
        ),
    }
}

/// The question with this body in place of what was typed for it.
pub(crate) fn with_body(request: &Request, body: &BodySummary, bodies: &[BodySummary]) -> Request {
    request.with("udvalg", &short_name(body, bodies))
}

/// A body's name; of a long one only so many of its first words that it can still be no other.
pub(crate) fn short_name(body: &BodySummary, bodies: &[BodySummary]) -> String {
    if body.name.chars().count() <= MOST_NAME_CHARS {
        return body.name.clone();
    }
    let words: Vec<&str> = body.name.split_whitespace().collect();
    let only_one =
        |name: &String| matches!(matching(name, bodies).as_slice(), [only] if only.key == body.key);
    (1..words.len()).map(|count| words[..count].join(" ")).find(only_one).unwrap_or_else(|| body.name.clone())
}

/// Bodies that fit, by the strictest test that any passes: same name, beginning, a word's beginning, any part.
fn matching<'b>(typed: &str, bodies: &'b [BodySummary]) -> Vec<&'b BodySummary> {
    // "aeldreraadet" has its article only with the Danish letters put back.
    let danish_letters = typed.to_lowercase().replace("aa", "å").replace("ae", "æ").replace("oe", "ø");
    let wanted = danish::fold(&body::key(&danish_letters));
    let short = danish::fold_short(&body::key(&danish_letters));
    if wanted.is_empty() {
        return Vec::new();
    }
    for test in FITS {
        let found: Vec<&BodySummary> = bodies
            .iter()
            .filter(|body| {
                test(&danish::fold(&body.key), &wanted) || test(&danish::fold_short(&body.key), &short)
            })
            .collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// Whether a body's name fits what was typed, both folded.
type Fit = fn(&str, &str) -> bool;

/// The strictest test first.
const FITS: [Fit; 4] = [
    |name, wanted| name == wanted,
    |name, wanted| name.starts_with(wanted),
    |name, wanted| wanted.split(' ').all(|part| name.split(' ').any(|word| word.starts_with(part))),
    |name, wanted| name.contains(wanted),
];

fn nearest<'b>(typed: &str, bodies: &'b [BodySummary]) -> Vec<&'b BodySummary> {
    let wanted = danish::fold(&body::key(typed));
    let near = |body: &&BodySummary| {
        let name = danish::fold(&body.key);
        std::iter::once(name.as_str())
            .chain(name.split(' '))
            .any(|part| strsim::damerau_levenshtein(part, &wanted) <= MOST_NAME_SLIPS)
    };
    bodies.iter().filter(near).take(MOST_NEAREST).collect()
}
