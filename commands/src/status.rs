//! `/status`: what has been read, and what the process tells of itself.

use index::{Counts, OutboxCounts, SourceRow};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::{Answer, Card, Context, Field, Request, UserError, danish, suggest};

/// Sources that are told of.
const MOST_SOURCES: usize = 20;
/// Characters of what was wrong with one.
const MOST_ERROR_CHARS: usize = 200;

pub(crate) fn run(context: &Context<'_>, _: &Request) -> Result<Answer, UserError> {
    let counts = context.archive.counts()?;
    let title = match context.council.name.as_str() {
        "" => "Status".to_owned(),
        name => format!("Status for {name}"),
    };
    let process =
        Card { heading: "Programmet".to_owned(), fields: context.process.to_vec(), ..Card::default() };
    let read = Card {
        heading: "Læst ind".to_owned(),
        fields: read(&counts, &context.council.time_zone),
        ..Card::default()
    };
    let zone = &context.council.time_zone;
    let sources = Card {
        heading: "Kilder".to_owned(),
        fields: sources(&context.archive.sources()?, context.sources, zone),
        ..Card::default()
    };
    let messages = Card {
        heading: "Beskeder".to_owned(),
        fields: messages(context.archive.outbox_counts()?),
        ..Card::default()
    };
    let text = match counts.documents {
        0 => "Der er ikke læst noget ind endnu. Kør »referent sync«.",
        _ => "",
    };
    Ok(Answer {
        title,
        text: text.to_owned(),
        cards: [read, sources, messages, process]
            .into_iter()
            .filter(|card| !card.fields.is_empty())
            .collect(),
        suggestions: vec![suggest("/møde", "det seneste møde")],
        found: true,
        ..Answer::default()
    })
}

fn read(counts: &Counts, zone: &TimeZone) -> Vec<Field> {
    let mut fields = vec![
        Field::new("Dokumenter", counts.documents.to_string()),
        Field::new("Møder", counts.meetings.to_string()),
        Field::new("Punkter", counts.items.to_string()),
        Field::new("Sager", counts.cases.to_string()),
        Field::new("Udvalg og råd", counts.bodies.to_string()),
    ];
    if let (Some(first), Some(last)) = (counts.first, counts.last) {
        fields.push(Field::new("Møder fra", danish::date(first)));
        fields.push(Field::new("Møder til", danish::date(last)));
    }
    fields.extend(counts.last_recorded.as_deref().map(|at| Field::new("Senest læst ind", moment(at, zone))));
    if counts.corrected > 0 {
        fields.push(Field::new("Rettede dokumenter", counts.corrected.to_string()));
    }
    if counts.outdated > 0 {
        let read = format!("{}; »referent sync« læser dem igen", counts.outdated);
        fields.push(Field::new("Læst af en tidligere udgave", read));
    }
    fields
}

/// How each source is doing, and when it was last read; what was read from a source that is there no more comes last.
fn sources(rows: &[SourceRow], states: &[Field], zone: &TimeZone) -> Vec<Field> {
    let row_of = |name: &str| rows.iter().find(|row| row.name == name);
    let is_there = |row: &&SourceRow| states.iter().any(|state| state.name == row.name);
    let there = states.iter().map(|state| match row_of(&state.name) {
        Some(row) => Field::new(&state.name, format!("{}; {}", state.value, source(row, zone))),
        None => state.clone(),
    });
    let gone = rows.iter().filter(|row| !is_there(row)).map(|row| Field::new(&row.name, source(row, zone)));
    there.chain(gone).take(MOST_SOURCES).collect()
}

/// When a source was last read, and what was last wrong.
fn source(row: &SourceRow, zone: &TimeZone) -> String {
    let read = match row.succeeded_at {
        Some(at) => format!("senest læst {}", danish::moment(at, zone)),
        None => "aldrig læst".to_owned(),
    };
    let failed = row.failed_at.map(|at| format!("; senest fejlet {}", danish::moment(at, zone)));
    let error = row.error.as_ref().map(|error| format!(": {}", danish::shorten(error, MOST_ERROR_CHARS)));
    let failed = failed.map(|failed| failed + error.as_deref().unwrap_or_default());
    read + failed.as_deref().unwrap_or_default()
}

/// Where the messages of the outbox stand; empty when there never was one.
fn messages(counts: OutboxCounts) -> Vec<Field> {
    if counts == OutboxCounts::default() {
        return Vec::new();
    }
    let told = [
        ("På vej", counts.open),
        ("Sendt", counts.sent),
        ("Afvist", counts.parked),
        ("Opgivet", counts.given_up),
    ];
    told.into_iter().map(|(name, count)| Field::new(name, count.to_string())).collect()
}

/// `12. august 2020 kl. 8.05` where the council is; as stored where that is no moment.
fn moment(stored: &str, zone: &TimeZone) -> String {
    match stored.parse::<Timestamp>() {
        Ok(at) => danish::moment(at, zone),
        Err(_) => stored.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_the_councils() {
        let zone = TimeZone::get("Europe/Copenhagen").unwrap();
        for (stored, told) in [
            ("2020-08-12T06:05:00Z", "12. august 2020 kl. 8.05"),
            ("2020-12-31T23:30:00Z", "1. januar 2021 kl. 0.30"),
            ("2020-08-12T08:05:00+02:00", "12. august 2020 kl. 8.05"),
            ("i går", "i går"),
        ] {
            assert_eq!(moment(stored, &zone), told);
        }
    }
}
