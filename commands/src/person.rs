//! `/person`: where somebody sits and sat, by what the minutes decided; proposals and wishes are shown as such.

use std::collections::{BTreeMap, HashSet};

use index::SeatRow;
use jiff::civil::Date;
use minutes::{Role, SeatEvent, SeatStatus, body, person};

use crate::seats::{Place, places, rank};
use crate::treatment::{head_source, place};
use crate::{Answer, Card, Context, Field, Request, Suggestion, UserError, choose, danish, suggest};

/// Characters of the sentence shown.
const MOST_QUOTE_CHARS: usize = 240;

pub(crate) fn run(context: &Context<'_>, request: &Request) -> Result<Answer, UserError> {
    let typed = request.option("navn").unwrap_or_default();
    let people = context.archive.people()?;
    let (person, others, note) = match choose::person(typed, &people) {
        choose::Person::One(person, others, note) => (person, others, note),
        choose::Person::Answer(answer) => return Ok(*answer),
    };
    let rows = without_doubles(context.archive.seats_of(person)?);
    let around = around(context, &rows)?;
    let places: BTreeMap<&str, Vec<Place<'_>>> =
        around.iter().map(|(key, rows)| (key.as_str(), of_person(rows, &person.key))).collect();
    let held: Vec<&Place<'_>> =
        places.values().flatten().filter(|place| place.is_held(context.today)).collect();
    let party = rows.iter().rev().find_map(|row| row.seat.party.as_deref());
    let party = party.map(|party| format!(" ({party})")).unwrap_or_default();
    let mut text = introduction(&rows, &held, context.today);
    if rows.len() > context.cards {
        text = format!("{text}\nDe {} seneste af {} vises.", context.cards, rows.len());
    }
    if let Some(note) = note {
        text = format!("{note}\n{text}");
    }
    let cards = rows.iter().rev().take(context.cards);
    let mut suggestions: Vec<Suggestion> = held.iter().filter_map(|place| members(place)).collect();
    suggestions.extend(others.into_iter().map(choose::again));
    Ok(Answer {
        title: format!("{}{party}", person.name),
        text,
        cards: cards.map(|row| card(row, &places, context.today)).collect(),
        suggestions,
        found: true,
        request: Some(request.with("navn", &person.name)),
        ..Answer::default()
    })
}

/// What is needed to tell where somebody sits, by body: what is said of them, and where they were given an office that only one
/// has, what is said of everybody there. Seats whose body is not named are left out: they may be of different bodies.
fn around(context: &Context<'_>, rows: &[SeatRow]) -> Result<BTreeMap<String, Vec<SeatRow>>, UserError> {
    let mut around: BTreeMap<String, Vec<SeatRow>> = BTreeMap::new();
    for row in rows {
        if let Some(name) = &row.seat.body {
            around.entry(body::key(name)).or_default().push(row.clone());
        }
    }
    for (key, rows) in &mut around {
        if rows.iter().any(|row| matches!(row.seat.role, Role::Chair | Role::ViceChair | Role::Mayor)) {
            *rows = context.archive.seats(key)?;
        }
    }
    Ok(around)
}

fn of_person<'a>(rows: &'a [SeatRow], key: &str) -> Vec<Place<'a>> {
    let mut places = places(rows);
    places.retain(|place| place.key == key);
    places
}

/// Two copies of the same minutes say the same once.
fn without_doubles(mut rows: Vec<SeatRow>) -> Vec<SeatRow> {
    let mut seen = HashSet::new();
    rows.retain(|row| {
        let seat = &row.seat;
        let what = (seat.role, seat.event, seat.status, seat.from, seat.to);
        seen.insert((
            seat.body.as_deref().map(body::key),
            what,
            row.meeting.body_key.clone(),
            row.meeting.date,
        ))
    });
    rows
}

fn introduction(rows: &[SeatRow], held: &[&Place<'_>], today: Date) -> String {
    let day = danish::date(today);
    if !rows.iter().any(|row| row.seat.status == SeatStatus::Decided) {
        return "Ingen plads er besluttet i de indlæste referater; det, der er foreslået eller ønsket, vises."
            .to_owned();
    }
    let seats: Vec<String> = held
        .iter()
        .filter_map(|place| {
            Some(format!("{} ({})", place.row.seat.body.as_deref()?, danish::role(place.role)))
        })
        .collect();
    match seats.is_empty() {
        true => format!("De indlæste referater fortæller ikke om nogen plads pr. {day}."),
        false => format!("Sidder pr. {day} i {}.", danish::list(&seats)),
    }
}

fn members(place: &Place<'_>) -> Option<Suggestion> {
    let name = place.row.seat.body.as_deref()?;
    Some(suggest(format!("/råd udvalg:{name}"), "alle medlemmer"))
}

fn card(row: &SeatRow, places: &BTreeMap<&str, Vec<Place<'_>>>, today: Date) -> Card {
    let seat = &row.seat;
    let at = place_of(row, places);
    let period = match seat.event {
        SeatEvent::Appointed => at.map_or_else(|| told_period(row), |at| Some(at.period())),
        SeatEvent::Leave => told_period(row),
        SeatEvent::Leaving | SeatEvent::PartyChange => None,
    };
    let said = if seat.status == SeatStatus::Decided { "Besluttet" } else { "Nævnt" };
    let number = row.item.as_ref().and_then(|item| item.number.as_deref());
    let name = seat.body.as_deref().unwrap_or("Organet er ikke nævnt");
    Card {
        heading: format!("{name}, {}", danish::role(seat.role)),
        status: Some(status(row, at, today)),
        fields: period
            .map(|period| Field::new("Periode", period))
            .into_iter()
            .chain([
                Field::new(said, place(&row.meeting, number)),
                Field::shortened("Det står der", &seat.quote, MOST_QUOTE_CHARS),
            ])
            .collect(),
        item: Some(head_source(&row.meeting, row.item.as_ref())),
        ..Card::default()
    }
}

/// The place that a decision gave; None for anything else.
fn place_of<'p, 'a>(row: &SeatRow, places: &'p BTreeMap<&str, Vec<Place<'a>>>) -> Option<&'p Place<'a>> {
    let seat = &row.seat;
    if (seat.event, seat.status) != (SeatEvent::Appointed, SeatStatus::Decided) {
        return None;
    }
    let from = seat.from.or(row.meeting.date)?;
    let key = person::key(&seat.person);
    let there = places.get(body::key(seat.body.as_deref()?).as_str())?;
    there.iter().find(|place| place.key == key && place.from <= from && from <= place.to)
}

/// The days that the minutes name, as far as they do.
fn told_period(row: &SeatRow) -> Option<String> {
    match (row.seat.from, row.seat.to) {
        (Some(from), Some(to)) => Some(danish::period(from, to)),
        (Some(from), None) => Some(format!("fra {}", danish::date(from))),
        (None, Some(to)) => Some(format!("til {}", danish::date(to))),
        (None, None) => None,
    }
}

/// What was said of the seat, and how it stands today.
fn status(row: &SeatRow, at: Option<&Place<'_>>, today: Date) -> String {
    let seat = &row.seat;
    let text = match (seat.status, seat.event) {
        (SeatStatus::Decided, SeatEvent::Appointed) => {
            return at.map_or("Besluttet".to_owned(), |at| held(row, at, today));
        }
        (SeatStatus::Decided, SeatEvent::Leaving) => {
            let out = seat.to.or(row.meeting.date);
            return match out {
                Some(day) if day > today => format!("Udtræder {}", danish::date(day)),
                Some(day) => format!("Udtrådt {}", danish::date(day)),
                None => "Udtrådt".to_owned(),
            };
        }
        (SeatStatus::Decided, SeatEvent::Leave) => "Orlov",
        (SeatStatus::Decided, SeatEvent::PartyChange) => "Partiskifte",
        (SeatStatus::Requested, SeatEvent::Leaving) => "Har meddelt, at vedkommende ønsker at stoppe",
        (SeatStatus::Requested, _) => "Ønsket eller meddelt; ikke besluttet her",
        (SeatStatus::Recommended, SeatEvent::Leaving) => "Indstillet til at udtræde; ikke besluttet her",
        (SeatStatus::Recommended, _) => "Indstillet; ikke besluttet her",
    };
    text.to_owned()
}

fn held(row: &SeatRow, at: &Place<'_>, today: Date) -> String {
    if today < at.from {
        format!("Tiltræder {}", danish::date(at.from))
    } else if today > at.to {
        "Har siddet der".to_owned()
    } else if rank(at.role) > rank(row.seat.role) {
        format!("Sidder der, men ikke længere som {}", danish::role(row.seat.role))
    } else {
        "Sidder der".to_owned()
    }
}
