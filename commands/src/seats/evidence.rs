//! What a row of the minutes says of a seat, in words: its sentence, and what an announcement amounts to on a day.

use index::SeatRow;
use jiff::civil::Date;
use minutes::{Outcome, SeatEvent, SeatStatus};

use crate::{Field, danish};

/// Characters of the sentence shown.
const MOST_QUOTE_CHARS: usize = 240;

/// The sentence that says so, and where the decision only adopts it, the decision's words too; nothing where it is no more than
/// name and party on a list.
pub(crate) fn evidence(row: &SeatRow) -> Vec<Field> {
    let seat = &row.seat;
    let rest = seat.quote.replacen(&seat.person, "", 1);
    let rest = rest.replacen(seat.party.as_deref().unwrap_or_default(), "", 1);
    let says_more = rest.chars().any(char::is_alphabetic);
    let quoted = |name: &str, text: &str| Field::shortened(name, text, MOST_QUOTE_CHARS);
    match &seat.adopted_by {
        Some(words) => vec![quoted("Det, der blev vedtaget", &seat.quote), quoted("Beslutning", words)],
        None if says_more || seat.event != SeatEvent::Appointed => vec![quoted("Det står der", &seat.quote)],
        None => Vec::new(),
    }
}

/// Stems by which somebody wishes to leave, and does not only tell it.
const WISHES: [&str; 6] = ["ønske", "anmod", "ansøg", "bedt om", "søger om", "søgt om"];

/// The day on which what somebody asked for was refused by the item that tells of it; None where it was not.
pub(crate) fn refused(row: &SeatRow) -> Option<Date> {
    let is_asked = row.seat.status == SeatStatus::Requested
        && matches!(row.seat.event, SeatEvent::Leaving | SeatEvent::Leave)
        && asks(&row.seat.quote);
    let was_refused = row.item.as_ref().is_some_and(|item| item.outcome == Outcome::Rejected);
    row.meeting.date.filter(|_| is_asked && was_refused)
}

fn asks(quote: &str) -> bool {
    let quote = quote.to_lowercase();
    WISHES.iter().any(|stem| quote.contains(stem))
}

/// What it means that somebody told of a change of party which nothing shows to have taken place.
pub(crate) fn announced_party(row: &SeatRow) -> String {
    let party = row.seat.party.as_deref().unwrap_or("intet parti");
    let from = row.seat.from.map(|day| format!(" fra {}", danish::date(day))).unwrap_or_default();
    format!("har meddelt skifte til {party}{from}")
}

/// What it means on a day that somebody said that they leave.
pub(crate) fn announcement(row: &SeatRow, today: Date) -> String {
    let said = if asks(&row.seat.quote) { "ønsket" } else { "meddelt" };
    let what = match super::office_given_up(row) {
        Some(role) => format!("stoppe som {}", danish::role(role)),
        None => "udtræde".to_owned(),
    };
    match row.seat.to {
        Some(day) if day <= today => format!(
            "Har {said} at {what} {}; dagen er passeret, og referaterne viser ingen beslutning om det",
            danish::date(day)
        ),
        Some(day) => format!("Har {said} at {what} {}; ikke besluttet i referaterne", danish::date(day)),
        None => match super::office_given_up(row) {
            Some(role) => format!("Har meddelt, at vedkommende ønsker at stoppe som {}", danish::role(role)),
            None => "Har meddelt, at vedkommende ønsker at stoppe".to_owned(),
        },
    }
}
