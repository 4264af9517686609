//! `/status`: what has been read, and what the process tells of itself.

use index::Counts;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::{Answer, Card, Context, Field, Request, UserError, danish, suggest};

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
    let text = match counts.documents {
        0 => "Der er ikke læst noget ind endnu. Kør »referent sync«.",
        _ => "",
    };
    Ok(Answer {
        title,
        text: text.to_owned(),
        cards: [read, process].into_iter().filter(|card| !card.fields.is_empty()).collect(),
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

/// `12. august 2020 kl. 8.05` where the council is; as stored where that is no moment.
fn moment(stored: &str, zone: &TimeZone) -> String {
    match stored.parse::<Timestamp>() {
        Ok(at) => {
            let there = at.to_zoned(zone.clone());
            format!("{} kl. {}.{:02}", danish::date(there.date()), there.hour(), there.minute())
        }
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
