//! What was typed without the names of options: a state, a period, a case and a body, in any order (`Teknikudvalget forfalden`,
//! `efteråret 2024`). What is not understood stays, and is said to be no body's name.

use index::BodySummary;

use crate::follow_up_state::{STATES, State};
use crate::{Context, Request, UserError, choose, danish, number, period};

/// Words for a state, folded.
const STATE_WORDS: [(&str, State); 15] = [
    ("kommende", State::Coming),
    ("kommer", State::Coming),
    ("behandlet", State::Treated),
    ("behandlede", State::Treated),
    ("forfalden", State::Overdue),
    ("forfaldne", State::Overdue),
    ("forfaldent", State::Overdue),
    ("ukendt", State::Unknown),
    ("ukendte", State::Unknown),
    ("aflyst", State::Cancelled),
    ("aflyste", State::Cancelled),
    ("aflysninger", State::Cancelled),
    ("udsat", State::Postponed),
    ("udsatte", State::Postponed),
    ("udsaettelser", State::Postponed),
];

/// Words around the others that say nothing, folded.
const FILLERS: [&str; 9] = ["i", "for", "fra", "og", "om", "sag", "sagen", "hos", "alt"];

/// More words than that are a sentence, and no text may take long.
const MOST_WORDS: usize = 12;

/// The question with what stands in its `udvalg` put where it belongs.
pub(super) fn put_in_place(
    context: &Context<'_>,
    request: &Request,
    bodies: &[BodySummary],
) -> Result<Request, UserError> {
    let Some(typed) = request.option("udvalg") else { return Ok(request.clone()) };
    if choose::only_body(context.council, typed, bodies).is_some() {
        return Ok(request.clone());
    }
    let mut words: Vec<&str> = typed.split(' ').collect();
    if words.len() > MOST_WORDS {
        return Ok(request.clone());
    }
    let mut understood = request.clone();
    let is_free = |request: &Request, name: &str| request.option(name).is_none();
    if is_free(&understood, "tilstand")
        && let Some((at, name)) = words.iter().enumerate().find_map(|(at, word)| Some((at, state(word)?)))
    {
        words.remove(at);
        understood = understood.with("tilstand", name);
    }
    // "23/50" is no day, but the beginning of a case's number.
    if is_free(&understood, "sag")
        && let Some(at) = case_with_stroke(context, &words)?
    {
        understood = understood.with("sag", words.remove(at));
    }
    if is_free(&understood, "periode")
        && let Some((from, to)) = where_period(context, &words)
    {
        understood = understood.with("periode", &words[from..to].join(" "));
        words.drain(from..to);
    }
    if is_free(&understood, "sag")
        && let Some(at) = words.iter().position(|word| number::is_number(word) && word.contains(['.', '-']))
    {
        understood = understood.with("sag", words.remove(at));
    }
    let is_filler = |word: &&str| FILLERS.contains(&danish::fold(word).as_str());
    let kept = words.iter().filter(|word| !is_filler(word)).copied().collect::<Vec<_>>().join(" ");
    let left = words.join(" ");
    // "og" is a part of names; without the words around it, what is left may be nothing.
    let is_name = left == typed || choose::only_body(context.council, &left, bodies).is_some();
    let rest = if is_name { left } else { kept };
    understood.options.retain(|(name, _)| *name != "udvalg");
    if rest.is_empty() {
        return Ok(understood);
    }
    let is_title = is_free(&understood, "sag")
        && choose::fitting_bodies(context.council, &rest, bodies).is_empty()
        && !choose::fitting_cases(context.archive, &rest, 1)?.is_empty();
    Ok(understood.with(if is_title { "sag" } else { "udvalg" }, &rest))
}

/// Words for all states, folded.
const ALL: [&str; 4] = ["alle", "allesammen", "alt", "samtlige"];

/// Whether what was typed as a state means all of them.
pub(super) fn means_all(typed: &str) -> bool {
    ALL.contains(&danish::fold(typed.trim()).as_str())
}

fn state(word: &str) -> Option<&'static str> {
    let folded = danish::fold(word.trim_end_matches([',', '.', '?']));
    let (_, state) = STATE_WORDS.iter().find(|(known, _)| *known == folded)?;
    STATES.iter().find(|(known, _)| known == state).map(|(_, name)| *name)
}

/// Where a word is that is no day and that a case's number begins with.
fn case_with_stroke(context: &Context<'_>, words: &[&str]) -> Result<Option<usize>, UserError> {
    let is_meant = |word: &str| {
        period::days(word, context.today, period::Towards::Future).is_none() && number::is_number(word)
    };
    for (at, word) in words.iter().enumerate() {
        if word.contains('/')
            && is_meant(word)
            && !choose::fitting_cases(context.archive, word, 1)?.is_empty()
        {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

/// Where the longest run of words is that means a period.
fn where_period(context: &Context<'_>, words: &[&str]) -> Option<(usize, usize)> {
    (1..=words.len()).rev().find_map(|length| {
        let fits = |from: &usize| {
            let text = words[*from..from + length].join(" ");
            period::days(&text, context.today, period::Towards::Future).is_some() || minutes::is_no_day(&text)
        };
        (0..=words.len() - length).find(fits).map(|from| (from, from + length))
    })
}
