//! `/råd`: who sits on a body on a given day, by what the minutes decided. Wishes and proposals change nothing.

use index::{Archive, BodySummary, SeatRow};
use jiff::civil::Date;
use minutes::body;

use crate::seats::{Place, announced, named, places, rank};
use crate::treatment::{head_source, place};
use crate::{Answer, Card, Context, Council, Field, Request, UserError, choose, danish, moede, suggest};

/// Bodies proposed when none is named.
const MOST_BODIES: usize = 10;

/// The command's name.
pub(crate) const NAME: &str = "råd";

pub(crate) fn run(context: &Context<'_>, request: &Request) -> Result<Answer, UserError> {
    let date = match request.option("dato") {
        Some(typed) => minutes::day(typed).ok_or_else(|| moede::unreadable_date(typed))?,
        None => context.today,
    };
    let known = known_bodies(context.archive)?;
    let body = match request.option("udvalg") {
        Some(typed) => match choose::body(context, request, typed, &known) {
            choose::Body::One(body) => body,
            choose::Body::Answer(answer) => return Ok(*answer),
        },
        None => match own_council(context.council, &known) {
            Some(body) => body,
            None => return Ok(choice(&known)),
        },
    };
    let rows = context.archive.seats(&body.key)?;
    let mut understood = choose::with_body(request, &body, &known);
    if request.option("dato").is_some() {
        understood = understood.with("dato", &date.to_string());
    }
    Ok(Answer { request: Some(understood), ..members(&body, &rows, date) })
}

/// Bodies whose seats are known, then the others.
pub(crate) fn known_bodies(archive: &Archive) -> Result<Vec<BodySummary>, index::Error> {
    let mut known = archive.seated_bodies()?;
    for body in archive.bodies()? {
        if !known.iter().any(|other| other.key == body.key) {
            known.push(body);
        }
    }
    Ok(known)
}

pub(crate) fn own_council(council: &Council, known: &[BodySummary]) -> Option<BodySummary> {
    let key = body::key(council.body.as_deref()?);
    known.iter().find(|body| body.key == key).cloned()
}

fn choice(known: &[BodySummary]) -> Answer {
    Answer {
        title: "Hvilket udvalg eller råd?".to_owned(),
        text: if known.is_empty() {
            "De indlæste referater fortæller ikke, hvem der sidder hvor.".to_owned()
        } else {
            "Vælg et af dem, der er i de indlæste referater.".to_owned()
        },
        suggestions: known
            .iter()
            .take(MOST_BODIES)
            .map(|body| suggest(format!("/råd udvalg:{}", body.name), ""))
            .collect(),
        ..Answer::default()
    }
}

fn members(body: &BodySummary, rows: &[SeatRow], date: Date) -> Answer {
    let places = places(rows);
    let mut sitting: Vec<&Place<'_>> = places.iter().filter(|place| place.is_held(date)).collect();
    sitting.sort_by_key(|place| rank(place.role));
    let leaving = announced(rows, date);
    let mut answer = if sitting.is_empty() {
        unknown(body, &places, date)
    } else {
        Answer {
            title: format!("{}: {}", body.name, danish::count(sitting.len(), "medlem", "medlemmer")),
            text: format!("Som de indlæste referater fortæller det pr. {}.", danish::date(date)),
            cards: sitting.iter().map(|place| card(place)).collect(),
            ..Answer::default()
        }
    };
    answer.cards.extend(leaving.iter().map(|row| leaving_card(row)));
    answer.found = !answer.cards.is_empty();
    answer
}

fn leaving_card(row: &SeatRow) -> Card {
    Card {
        heading: format!("{}, {}", named(row), danish::role(row.seat.role)),
        status: Some("Har meddelt, at vedkommende ønsker at stoppe".to_owned()),
        fields: vec![
            Field::quoted("Det står der", row.seat.quote.clone()),
            Field::new("Fra", place(&row.meeting, row.item.as_ref().and_then(|item| item.number.as_deref()))),
        ],
        item: Some(head_source(&row.meeting, row.item.as_ref())),
        ..Card::default()
    }
}

fn unknown(body: &BodySummary, places: &[Place<'_>], date: Date) -> Answer {
    let last = places.iter().map(|place| place.to).max();
    let first = places.iter().map(|place| place.from).min();
    let (text, day) = match (first, last) {
        (Some(first), _) if date < first => (
            format!("De indlæste referater fortæller først om medlemmerne fra {}.", danish::date(first)),
            Some(first),
        ),
        (_, Some(last)) => {
            (format!("Perioden udløb {}; senere kendes ikke.", danish::date(last)), Some(last))
        }
        _ => ("De indlæste referater fortæller ikke, hvem der sidder der.".to_owned(), None),
    };
    Answer {
        title: format!("{}: medlemmerne pr. {} kendes ikke", body.name, danish::date(date)),
        text,
        suggestions: day
            .map(|day| suggest(format!("/råd udvalg:{} dato:{day}", body.name), "medlemmerne dengang"))
            .into_iter()
            .collect(),
        ..Answer::default()
    }
}

fn card(at: &Place<'_>) -> Card {
    let row = at.row;
    Card {
        heading: format!("{}, {}", named(row), danish::role(at.role)),
        fields: vec![
            Field::new("Periode", at.period()),
            Field::new("Fra", place(&row.meeting, row.item.as_ref().and_then(|item| item.number.as_deref()))),
        ],
        item: Some(head_source(&row.meeting, row.item.as_ref())),
        ..Card::default()
    }
}
