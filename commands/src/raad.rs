//! `/råd`: who sits on a body on a given day, by what the minutes decided. Wishes and proposals change nothing.

use index::{BodySummary, SeatRow};
use jiff::ToSpan;
use jiff::civil::Date;
use minutes::{Role, SeatEvent, SeatStatus, body};

use crate::treatment::{head_source, place};
use crate::{Answer, Card, Context, Field, Request, UserError, choose, danish, moede, suggest};

/// Years of a council's term, and a year in which one began: the four years from 1 January after an election
/// (kommunal- og regionalvalgloven). A seat without a printed end lasts no longer than that.
const TERM_YEARS: i16 = 4;
const A_TERM_BEGAN: i16 = 2018;

/// Bodies proposed when none is named.
const MOST_BODIES: usize = 10;

pub(crate) fn run(context: &Context<'_>, request: &Request) -> Result<Answer, UserError> {
    let date = match request.option("dato") {
        Some(typed) => minutes::day(typed).ok_or_else(|| moede::unreadable_date(typed))?,
        None => context.today,
    };
    let known = known_bodies(context)?;
    let body = match request.option("udvalg") {
        Some(typed) => match choose::body(context, request, typed, &known) {
            choose::Body::One(body) => body,
            choose::Body::Answer(answer) => return Ok(*answer),
        },
        None => match own_council(context, &known) {
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
fn known_bodies(context: &Context<'_>) -> Result<Vec<BodySummary>, UserError> {
    let mut known = context.archive.seated_bodies()?;
    for body in context.archive.bodies()? {
        if !known.iter().any(|other| other.key == body.key) {
            known.push(body);
        }
    }
    Ok(known)
}

fn own_council(context: &Context<'_>, known: &[BodySummary]) -> Option<BodySummary> {
    let key = body::key(context.council.body.as_deref()?);
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

/// A person's place, put together from all that was decided about it.
struct Place<'a> {
    key: String,
    role: Role,
    from: Date,
    to: Date,
    /// The minutes tell the last day; otherwise the council's term bounds it.
    end_told: bool,
    row: &'a SeatRow,
}

fn members(body: &BodySummary, rows: &[SeatRow], date: Date) -> Answer {
    let places = places(rows);
    let mut sitting: Vec<&Place<'_>> =
        places.iter().filter(|place| place.from <= date && date <= place.to).collect();
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

fn rank(role: Role) -> u8 {
    match role {
        Role::Mayor => 0,
        Role::Chair => 1,
        Role::DeputyMayor => 2,
        Role::ViceChair => 3,
        Role::Member => 4,
        Role::Substitute => 5,
    }
}

/// Everybody who ever had a place, with its first and last day.
fn places(rows: &[SeatRow]) -> Vec<Place<'_>> {
    let mut places: Vec<Place<'_>> = Vec::new();
    for row in rows.iter().filter(|row| row.seat.status == SeatStatus::Decided) {
        let Some(decided) = row.meeting.date else { continue };
        let key = person_key(&row.seat.person);
        match row.seat.event {
            SeatEvent::Appointed => appoint(&mut places, row, key, decided),
            SeatEvent::Leaving => {
                let first_day_out = row.seat.to.unwrap_or(decided);
                let last = first_day_out.saturating_sub(1.day());
                for place in places.iter_mut().filter(|place| place.key == key && place.to > last) {
                    (place.to, place.end_told) = (last, true);
                }
            }
            SeatEvent::Leave | SeatEvent::PartyChange => {}
        }
    }
    places
}

fn appoint<'a>(places: &mut Vec<Place<'a>>, row: &'a SeatRow, key: String, decided: Date) {
    let from = row.seat.from.unwrap_or(decided);
    let to = row.seat.to.unwrap_or_else(|| end_of_term(from));
    let end_told = row.seat.to.is_some();
    let role = row.seat.role;
    // One office, one holder: whoever had it before goes on as a member.
    if matches!(role, Role::Chair | Role::ViceChair | Role::Mayor) {
        for other in
            places.iter_mut().filter(|other| other.role == role && other.key != key && other.to >= from)
        {
            other.role = Role::Member;
        }
    }
    match places.iter_mut().find(|place| place.key == key && place.to >= from) {
        Some(place) => {
            if rank(role) < rank(place.role) {
                (place.role, place.row) = (role, row);
            }
            if end_told {
                (place.to, place.end_told) = (to, true);
            }
        }
        None => places.push(Place { key, role, from, to, end_told, row }),
    }
}

/// One person under spelling drift: `Hans Ejner` and `Hans-Ejner`.
fn person_key(name: &str) -> String {
    danish::fold(name)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The last day of the council's term that a day lies in.
fn end_of_term(day: Date) -> Date {
    let into_term = (day.year() - A_TERM_BEGAN).rem_euclid(TERM_YEARS);
    let last_year = day.year() - into_term + TERM_YEARS - 1;
    Date::new(last_year, 12, 31).unwrap_or(day)
}

/// Who said before a day that they wish to leave, and has not left by decision since.
fn announced(rows: &[SeatRow], date: Date) -> Vec<&SeatRow> {
    let mut leaving: Vec<&SeatRow> = Vec::new();
    for row in rows.iter().filter(|row| row.meeting.date.is_some_and(|told| told <= date)) {
        let key = person_key(&row.seat.person);
        // Whatever was decided about a person later settles the wish.
        leaving
            .retain(|other| row.seat.status != SeatStatus::Decided || person_key(&other.seat.person) != key);
        let wishes = row.seat.event == SeatEvent::Leaving && row.seat.status == SeatStatus::Requested;
        if wishes && !leaving.iter().any(|other| person_key(&other.seat.person) == key) {
            leaving.push(row);
        }
    }
    leaving
}

fn leaving_card(row: &SeatRow) -> Card {
    Card {
        heading: format!("{}, {}", person(row), danish::role(row.seat.role)),
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
    let since = if row.seat.from.is_some() { "" } else { " (mødets dag; begyndelsen er ikke nævnt)" };
    let period = if at.end_told {
        format!("{}{since}", danish::period(at.from, at.to))
    } else {
        format!("fra {}{since}; slutdatoen er ikke nævnt", danish::date(at.from))
    };
    Card {
        heading: format!("{}, {}", person(row), danish::role(at.role)),
        fields: vec![
            Field::new("Periode", period),
            Field::new("Fra", place(&row.meeting, row.item.as_ref().and_then(|item| item.number.as_deref()))),
        ],
        item: Some(head_source(&row.meeting, row.item.as_ref())),
        ..Card::default()
    }
}

/// `Ida Holm (A)`.
fn person(row: &SeatRow) -> String {
    let party = row.seat.party.as_deref().map(|party| format!(" ({party})")).unwrap_or_default();
    format!("{}{party}", row.seat.person)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_end_with_the_councils() {
        for (day, end) in
            [("2018-01-01", "2021-12-31"), ("2021-12-31", "2021-12-31"), ("2014-03-25", "2017-12-31")]
        {
            assert_eq!(end_of_term(day.parse().unwrap()).to_string(), end);
        }
    }

    #[test]
    fn spelling_drift_is_one_person() {
        assert_eq!(person_key("Hans-Ejner Dahl"), person_key("Hans Ejner  Dahl"));
    }
}
