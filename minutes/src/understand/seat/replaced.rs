//! Proposals that a decision adopts with others than were proposed: `Godkendt, dog vælges A i stedet for B`.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::SINGLE;
use super::{View, quote, succession};
use jiff::civil::Date;

use crate::body;
use crate::model::{Role, Seat, SeatEvent, SeatStatus, SectionKind};
use crate::understand::names::{self, Name};
use crate::understand::{bodies, date};
use crate::{Pattern, pattern};

/// After these words a decision tells in what it differs from what it adopts.
static EXCEPT: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:dog|bortset fra|undtagen|med (?:den|følgende|de) (?:ændring\p{L}*|undtagelse\p{L}*|rettelse\p{L}*|tilføjelse\p{L}*))\b",
    )
});
/// How somebody took part changes nothing of what was adopted.
static TOOK_PART: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)\bstem(?:me|te)|\bdeltog\b|\binhabil|\bfravær|\btage(?:r|t)? forbehold"));
static IN_PLACE_OF: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)^,? ?(?:(?:gen)?vælges|(?:gen)?valgtes|(?:blev|bliver|er) (?:valgt|udpeget)|udpeges|udpegedes|indtræder)? ?i ?stedet for $",
    )
});

/// Leaves a proposal undecided that the decision replaces or excepts from what it adopts, and gives who comes instead its place.
/// `said` are the words of the decision.
pub(super) fn read(view: &View<'_>, said: &HashSet<String>, seats: &mut Vec<Seat>) {
    let is_proposed = |seat: &Seat| seat.event == SeatEvent::Appointed && !said.contains(&seat.quote);
    if !seats.iter().any(is_proposed) {
        return;
    }
    for sentence in view.sentences.iter().filter(|sentence| sentence.section == SectionKind::Decision) {
        let text = &*sentence.text;
        let people = names::in_text(text);
        for pair in people.windows(2) {
            if IN_PLACE_OF.is_match(&text[pair[0].end..pair[1].start]) {
                instead(text, &pair[0], &pair[1], is_proposed, seats);
            }
        }
        let Some(except) = EXCEPT.find(text).filter(|_| !TOOK_PART.is_match(text)) else { continue };
        let own = quote(text);
        let chosen: Vec<Seat> = seats
            .iter()
            .filter(|seat| seat.event == SeatEvent::Appointed && seat.quote == own)
            .cloned()
            .collect();
        let takes_office = |seat: &Seat| {
            let is_other = |other: &Seat| {
                other.person != seat.person && other.role == seat.role && is_same_body(other, seat)
            };
            SINGLE.contains(&seat.role) && chosen.iter().any(is_other)
        };
        let is_named =
            |seat: &Seat| people.iter().any(|name| name.start >= except.end() && name.person == seat.person);
        let some_come = !chosen.is_empty() && succession::steps_in(text);
        for seat in seats.iter_mut().filter(|seat| is_proposed(seat)) {
            if is_named(seat) || takes_office(seat) || some_come {
                seat.status = SeatStatus::Recommended;
            }
        }
    }
}

/// The days of a leave, where they are told.
type Days = (Option<Date>, Option<Date>);

/// `Godkendt, dog fra 1. februar`: the leave that is adopted so counts from that day, and until the one asked for.
pub(super) fn days_of_leave(
    view: &View<'_>,
    said: &HashSet<String>,
    seats: &mut [Seat],
    days: &mut Vec<Date>,
) {
    let Some(meeting) = view.date else { return };
    let is_adopted = |seat: &&Seat| {
        seat.event == SeatEvent::Leave && seat.status == SeatStatus::Decided && !said.contains(&seat.quote)
    };
    let mut adopted = seats.iter().filter(is_adopted).map(|seat| (seat.from, seat.to));
    let Some(leave) = adopted.next() else { return };
    if adopted.any(|other| other != leave) {
        return;
    }
    let tells_a_seat = |text: &str| seats.iter().any(|seat| seat.quote == quote(text));
    let new = view
        .sentences
        .iter()
        .filter(|sentence| sentence.section == SectionKind::Decision && !tells_a_seat(&sentence.text))
        .find_map(|sentence| excepted_days(&sentence.text, meeting, leave));
    if let Some(new) = new {
        days.extend([new.0, new.1].into_iter().flatten());
        set_days(seats, leave, new);
    }
}

/// The days of a leave after the exception that a sentence makes; None where it tells no day. Where it tells one in another way
/// than from when or until when, neither is known.
fn excepted_days(text: &str, meeting: Date, (from, to): Days) -> Option<Days> {
    static FROM: LazyLock<Pattern> =
        LazyLock::new(|| pattern(r"(?i)\b(?:fra|pr\.|fra og med|med virkning fra)(?: d(?:en|\.))? $"));
    static UNTIL: LazyLock<Pattern> =
        LazyLock::new(|| pattern(r"(?i)\b(?:indtil|frem til|til og med|til)(?: d(?:en|\.))? $"));
    let except = EXCEPT.find(text)?;
    let told: Vec<_> =
        date::mentions(text).into_iter().filter(|mention| mention.start >= except.end()).collect();
    let only = match told.as_slice() {
        [] => return None,
        [only] if only.is_exact() => only,
        _ => return Some((None, None)),
    };
    let Some((first, last)) = only.resolve(meeting) else { return Some((None, None)) };
    let before = &text[..only.start];
    Some(if first < last {
        (Some(first), Some(last))
    } else if FROM.is_match(before) {
        (Some(first), to.filter(|to| *to >= first))
    } else if UNTIL.is_match(before) {
        (from.filter(|from| *from <= last), Some(last))
    } else {
        (None, None)
    })
}

/// Gives other days to a leave and to those who stand in while it lasts.
fn set_days(seats: &mut [Seat], old: Days, new: Days) {
    let of_leave = |seat: &&mut Seat| {
        (seat.from, seat.to) == old && (seat.event == SeatEvent::Leave || seat.role == Role::Substitute)
    };
    for seat in seats.iter_mut().filter(of_leave) {
        (seat.from, seat.to) = new;
    }
}

fn is_same_body(one: &Seat, other: &Seat) -> bool {
    one.body.as_deref().map(body::key) == other.body.as_deref().map(body::key)
}

/// `A vælges i stedet for B`: where B was only proposed, B gives up nothing, and A takes what was proposed for B.
fn instead(
    text: &str,
    comes: &Name,
    whose: &Name,
    is_proposed: impl Fn(&Seat) -> bool,
    seats: &mut Vec<Seat>,
) {
    let proposed = seats.iter_mut().filter(|seat| seat.person == whose.person && is_proposed(seat));
    let mut places = Vec::new();
    for seat in proposed {
        seat.status = SeatStatus::Recommended;
        places.push(seat.clone());
    }
    let [place] = places.as_slice() else { return };
    let own = quote(text);
    let says_where = bodies::mentions(text).iter().any(|body| body.name.is_some());
    seats.retain(|seat| {
        let gives_up = seat.event == SeatEvent::Leaving && seat.person == whose.person && seat.quote == own;
        let elsewhere = !says_where && seat.person == comes.person && seat.quote == own;
        !gives_up && !elsewhere
    });
    if says_where {
        return;
    }
    let party = comes.party.clone();
    let person = comes.person.clone();
    seats.push(Seat { person, party, status: SeatStatus::Decided, quote: own, ..place.clone() });
}
