//! `/søg`: words in all that has been read.

use index::Found;
use minutes::Kind;

use crate::treatment::{self, field, meeting_source, place, quote};
use crate::{Answer, Card, Context, Request, UserError, danish, suggest};

/// Hits shown.
const MOST_HITS: usize = 8;

/// Characters of a decision shown with a hit.
const MOST_DECISION_CHARS: usize = 160;

pub(crate) fn run(context: &Context<'_>, request: &Request) -> Result<Answer, UserError> {
    let words = request.option("ord").unwrap_or_default();
    let found = context.archive.search(words, MOST_HITS, 0)?;
    if found.hits.is_empty() {
        return Ok(Answer {
            title: format!("Ingen fund på »{words}«"),
            text: "Alle ordene skal stå i samme punkt eller dokument. Prøv med færre ord.".to_owned(),
            ..Answer::default()
        });
    }
    let total = found.total;
    let shown = found.hits.len();
    let cards: Vec<Card> = found.hits.iter().map(|hit| card(&hit.found, &hit.passage, context)).collect();
    let first_case = cards.iter().find_map(|card| card.item.as_ref()?.case_number.clone());
    Ok(Answer {
        title: format!("{} på »{words}«", danish::count(total, "fund", "fund")),
        text: if total > shown { format!("De {shown} bedste vises.") } else { String::new() },
        cards,
        suggestions: first_case
            .map(|number| suggest(format!("/sag {number}"), "den seneste beslutning i den første sag"))
            .into_iter()
            .collect(),
        found: true,
    })
}

fn card(found: &Found, passage: &str, context: &Context<'_>) -> Card {
    match found {
        Found::Item(found) => {
            let decision = found.item.decision.as_ref();
            let decision =
                decision.map(|d| quote("Beslutning", danish::shorten(&d.text, MOST_DECISION_CHARS)));
            let case = found.item.case_number.as_ref().map(|number| field("Sagsnummer", number.as_str()));
            Card {
                heading: treatment::heading(found),
                status: Some(treatment::status(found, context.today)),
                outcome: Some(treatment::outcome(found)),
                fields: [quote("Uddrag", passage)]
                    .into_iter()
                    .filter(|field| !field.value.is_empty())
                    .chain(decision)
                    .chain([field("Møde", place(&found.meeting, found.item.number.as_deref()))])
                    .chain(case)
                    .collect(),
                item: Some(treatment::source(found)),
            }
        }
        Found::Document(document) => {
            let what =
                if document.kind == Kind::Members { "Medlemsside" } else { "Dokument, ikke et referat" };
            Card {
                heading: document
                    .title
                    .clone()
                    .or_else(|| document.body.clone())
                    .unwrap_or_else(|| document.file.clone()),
                fields: [quote("Uddrag", passage), field("Slags", what)]
                    .into_iter()
                    .filter(|field| !field.value.is_empty())
                    .collect(),
                item: Some(meeting_source(document)),
                ..Card::default()
            }
        }
    }
}
