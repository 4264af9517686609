//! `/søg`: words in all that has been read.

use index::{Found, Hit};
use minutes::Kind;

use crate::treatment::{self, meeting_source, place};
use crate::{Answer, Card, Context, Field, Request, UserError, choose, danish, line, suggest};

/// Pages of hits read at most, to have enough when doubles are left out.
const MOST_PAGES: usize = 3;

/// Characters of a decision shown with a hit.
const MOST_DECISION_CHARS: usize = 160;

pub(crate) fn run(context: &Context<'_>, request: &Request) -> Result<Answer, UserError> {
    let words = request.option("ord").unwrap_or_default();
    if line::is_number(words) {
        return by_number(context, words);
    }
    let (hits, total) = best_hits(context, words)?;
    if hits.is_empty() {
        return Ok(Answer {
            title: format!("Ingen fund på »{}«", choose::echo(words)),
            text: "Alle ordene skal stå i samme punkt eller dokument. Prøv med færre ord.".to_owned(),
            ..Answer::default()
        });
    }
    let shown = hits.len();
    let cards: Vec<Card> = hits.iter().map(|hit| card(&hit.found, &hit.passage, context)).collect();
    let first_case = cards.iter().find_map(|card| card.item.as_ref()?.case_number.clone());
    Ok(Answer {
        title: format!("{} på »{}«", danish::count(total, "fund", "fund"), choose::echo(words)),
        text: if total > shown { format!("De {shown} bedste vises.") } else { String::new() },
        cards,
        suggestions: first_case
            .map(|number| suggest(format!("/sag {number}"), "den seneste beslutning i den første sag"))
            .into_iter()
            .collect(),
        found: true,
        request: None,
        ..Answer::default()
    })
}

/// A case number is looked up, not searched for as loose digits.
fn by_number(context: &Context<'_>, typed: &str) -> Result<Answer, UserError> {
    match choose::case(context, typed, "sag")? {
        choose::Case::Answer(answer) => Ok(*answer),
        choose::Case::One(key, _) => choose::only_case(context, typed, &key),
    }
}

/// The best hits without superseded ones, and how many hits there are, as far as superseded ones were seen without them.
fn best_hits(context: &Context<'_>, words: &str) -> Result<(Vec<Hit>, usize), UserError> {
    let (mut hits, mut total, mut read, mut dropped) = (Vec::new(), 0, 0, 0);
    for _ in 0..MOST_PAGES {
        let page = context.archive.search(words, context.cards, read)?;
        let found = page.hits.len();
        (total, read) = (page.total, read + found);
        let kept = without_superseded(context, page.hits)?;
        dropped += found - kept.len();
        hits.extend(kept);
        if hits.len() >= context.cards || read >= total || found == 0 {
            break;
        }
    }
    hits.truncate(context.cards);
    Ok((hits, total - dropped))
}

/// Hits without those whose meeting is here in a better document that has the same item: the agenda of read minutes, an
/// older file of the same meeting.
fn without_superseded(context: &Context<'_>, hits: Vec<Hit>) -> Result<Vec<Hit>, UserError> {
    let mut kept = Vec::with_capacity(hits.len());
    for hit in hits {
        let superseded = match &hit.found {
            Found::Item(treatment) => treatment::is_superseded(context, treatment)?,
            Found::Document(_) => false,
        };
        if !superseded {
            kept.push(hit);
        }
    }
    Ok(kept)
}

fn card(found: &Found, passage: &str, context: &Context<'_>) -> Card {
    match found {
        Found::Item(found) => Card {
            heading: treatment::heading(found),
            status: Some(treatment::status(found, context.today)),
            outcome: Some(treatment::outcome(found)),
            fields: [Field::quoted("Uddrag", passage)]
                .into_iter()
                .filter(|field| !field.value.is_empty())
                .chain(treatment::short_decision(found, MOST_DECISION_CHARS))
                .chain([Field::new("Møde", place(&found.meeting, found.item.number.as_deref()))])
                .chain(treatment::case_number(found))
                .collect(),
            item: Some(treatment::source(found)),
            ..Card::default()
        },
        Found::Document(document) => {
            let what =
                if document.kind == Kind::Members { "Medlemsside" } else { "Dokument, ikke et referat" };
            Card {
                heading: document
                    .title
                    .clone()
                    .or_else(|| document.body.clone())
                    .unwrap_or_else(|| document.file.clone()),
                fields: [Field::quoted("Uddrag", passage), Field::new("Slags", what)]
                    .into_iter()
                    .filter(|field| !field.value.is_empty())
                    .collect(),
                item: Some(meeting_source(document)),
                ..Card::default()
            }
        }
    }
}
