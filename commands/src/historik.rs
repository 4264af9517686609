//! `/historik`: every treatment of a case, the oldest first, across bodies.

use index::Treatment;
use jiff::civil::Date;
use minutes::Reference;

use crate::treatment::{self, sittings};
use crate::{Answer, Card, Context, Field, Request, Source, UserError, choose, danish, sag, suggest};

/// Characters of a decision shown in a row.
const MOST_DECISION_CHARS: usize = 280;

pub(crate) fn run(context: &Context<'_>, request: &Request) -> Result<Answer, UserError> {
    let typed = request.option("nummer").unwrap_or_default();
    let (key, note) = match choose::case(context, typed, request.command.name)? {
        choose::Case::One(key, note) => (key, note),
        choose::Case::Answer(answer) => return Ok(*answer),
    };
    let treatments = context.archive.treatments(&key)?;
    let sittings = sittings(treatments);
    let newest = sittings.last().and_then(|sitting| sitting.items.last());
    let number =
        newest.and_then(|t| t.item.case_number.as_ref()).map(ToString::to_string).unwrap_or_default();
    let title = newest.map(treatment::heading).unwrap_or_default();
    let all: Vec<&Treatment> = sittings.iter().flat_map(|sitting| &sitting.items).collect();
    let named = sag::unknown_references(&all, &sittings);
    let mut rows: Vec<(Option<Date>, Card)> =
        named.iter().map(|(named, by)| (named.date, reference_card(named, by))).collect();
    for sitting in &sittings {
        for treatment in &sitting.items {
            let mut card = row(treatment, context.today);
            let others = sitting.disagreeing.iter().filter(|(item, _)| *item == treatment.item_id);
            card.fields.extend(others.map(|(_, other)| sag::disagreement(other)));
            rows.push((sitting.date, card));
        }
    }
    rows.sort_by_key(|(date, _)| *date);
    let left_out = rows.len().saturating_sub(context.cards);
    rows.drain(..left_out);
    let mut text = format!("{}, den ældste først.", danish::count(sittings.len(), "møde", "møder"));
    if !named.is_empty() {
        text.push_str(" Det, der kun er nævnt i teksten, er vist med, men referatet er ikke læst ind.");
    }
    if left_out > 0 {
        text.push_str(&format!(" De {} seneste af {} vises.", rows.len(), rows.len() + left_out));
    }
    if let Some(note) = note {
        text = format!("{note}\n{text}");
    }
    Ok(Answer {
        title: format!("Historik for {number} · {title}"),
        text,
        cards: rows.into_iter().map(|(_, card)| card).collect(),
        suggestions: vec![suggest(format!("/sag {number}"), "den seneste beslutning")],
        found: true,
        request: Some(request.with("nummer", &number)),
        ..Answer::default()
    })
}

fn row(treatment: &Treatment, today: Date) -> Card {
    let title = treatment.item.title.as_ref().map(|title| Field::new("Titel", title.clone()));
    Card {
        heading: treatment::place(&treatment.meeting, treatment.item.number.as_deref()),
        status: Some(treatment::status(treatment, today)),
        outcome: Some(treatment::outcome(treatment)),
        fields: title.into_iter().chain(treatment::short_decision(treatment, MOST_DECISION_CHARS)).collect(),
        item: Some(treatment::source(treatment)),
        ..Card::default()
    }
}

/// A treatment that is only known because the text of another names it.
fn reference_card(reference: &Reference, by: &Treatment) -> Card {
    let body = reference.body.as_deref().unwrap_or("Organet er ikke nævnt");
    let date = reference.date.map_or_else(|| "datoen er ikke nævnt".to_owned(), danish::date);
    Card {
        heading: format!("{body}, {date}, punkt {}", reference.number),
        status: Some("Nævnt i teksten; referatet er ikke læst ind".to_owned()),
        outcome: None,
        fields: vec![Field::new("Nævnt i", treatment::place(&by.meeting, by.item.number.as_deref()))],
        item: Some(Source {
            body: reference.body.clone(),
            date: reference.date.map(|date| date.to_string()),
            number: Some(reference.number.clone()),
            ..treatment::source(by)
        }),
        ..Card::default()
    }
}
