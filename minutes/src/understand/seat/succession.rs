//! What the sentences of an item tell together of one change: who steps in takes the place and the day of the one who leaves,
//! who leaves does so where they asked to, and the day from which a decision counts is that of the seats it decides.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jiff::ToSpan;
use jiff::civil::Date;

use super::SINGLE;
use super::{Told, View, WISHES, effect, quote};
use crate::body;
use crate::model::{Role, Seat, SeatEvent, SeatStatus, SectionKind};
use crate::understand::bodies;
use crate::{Pattern, pattern};

/// Somebody comes in the place of one whom another sentence, or another part of this one, tells of.
static IN_THEIR_PLACE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\bi (?:hans|hendes|deres|vedkommendes) sted\b|\bpå (?:hans|hendes|deres|vedkommendes) plads\b",
        r"|\bi ?stedet(?: \p{L}+)?(?:[.,;]|$| (?:indtræd|vælge|valgt|udpeg))|\b(?:indtræder|vælges|valgtes|udpeges|udpegedes) i ?stedet\b",
    ))
});
/// `i stedet for A` tells itself whose place it is.
static IN_PLACE_OF_SOMEBODY: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(?i)\bi ?stedet for\b"));

/// The first day after a change told in a text with a day, which is the last one before it in `ved udgangen af april`.
pub(super) fn first_day(text: &str, day: Date) -> Date {
    const LAST_DAY: &str = "udgangen af";
    if text.to_lowercase().contains(LAST_DAY) { day.saturating_add(1.day()) } else { day }
}

/// Words before the body in which a place is given up or taken.
const WITHIN: [&str; 5] = ["i", "af", "til", "fra", "for"];

/// A sentence of a decision that says from when the whole of it counts.
static COUNTS: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:godkend|imødekom|tiltr[åæ]d|bevilg|vedt[oa]g|tildel|efterkom)|\b(?:fritagelse|udtræd\p{L}*|ændring\p{L}*|udskiftning\p{L}*) (?:gælder|sker|har virkning|træder i kraft)",
    )
});

/// Whether a text says that somebody comes in the place of one told of elsewhere.
pub(super) fn steps_in(text: &str) -> bool {
    IN_THEIR_PLACE.is_match(text) && !IN_PLACE_OF_SOMEBODY.is_match(text)
}

/// Whether a text says in which body a place is given up or taken; who decides is not it.
fn names_a_place(text: &str) -> bool {
    bodies::mentions(text).iter().any(|body| {
        let before = text[..body.start].trim_end().rsplit(' ').next().unwrap_or_default();
        WITHIN.contains(&before.to_lowercase().as_str())
    })
}

/// Gives a departure the body that the same one's request names, and who steps in that of the departure told last before. Where
/// that departure is from several bodies, which one is filled is not known.
pub(super) fn places(seats: &mut [Seat]) {
    let leaves = |seat: &Seat| seat.event == SeatEvent::Leaving;
    for at in 0..seats.len() {
        if names_a_place(&seats[at].quote) {
            continue;
        }
        let (told, rest) = seats.split_at_mut(at);
        let Some(seat) = rest.first_mut() else { return };
        if leaves(seat) {
            let asked = told
                .iter()
                .find(|known| leaves(known) && known.person == seat.person && names_a_place(&known.quote));
            if let Some(asked) = asked {
                seat.body.clone_from(&asked.body);
            }
        } else if seat.event == SeatEvent::Appointed && steps_in(&seat.quote) {
            let Some(last) = told.iter().rfind(|known| leaves(known)) else { continue };
            let of_last = told.iter().filter(|known| leaves(known) && known.quote == last.quote);
            let bodies: BTreeSet<Option<String>> =
                of_last.map(|known| known.body.as_deref().map(body::key)).collect();
            seat.body = if bodies.len() == 1 { last.body.clone() } else { None };
        }
    }
}

/// Gives the decided seats without days of their own the day from which the decision counts, and who steps in the day on which
/// the place was given up.
pub(super) fn days(view: &View<'_>, seats: &mut [Seat], days: &mut Vec<Date>) {
    if let Some((day, first)) = day_of_decision(view, seats) {
        days.extend([day, first]);
        for seat in seats.iter_mut().filter(|seat| seat.status == SeatStatus::Decided) {
            if (seat.from, seat.to) != (None, None) {
                continue;
            }
            match seat.event {
                SeatEvent::Leaving => seat.to = Some(first),
                _ => seat.from = Some(first),
            }
        }
    }
    for at in 0..seats.len() {
        let seat = &seats[at];
        let comes = seat.event == SeatEvent::Appointed && steps_in(&seat.quote);
        let gets_office = seats.iter().any(|known| gives_up_office(known, seat));
        if !(comes || gets_office || enters_place(seat, seats)) || (seat.from, seat.to) != (None, None) {
            continue;
        }
        let left: BTreeSet<Option<Date>> = seats
            .iter()
            .filter(|known| known.event == SeatEvent::Leaving && known.body == seat.body)
            .filter(|known| !gets_office || gives_up_office(known, seat))
            .map(|known| known.to.map(|day| first_day(&known.quote, day)))
            .collect();
        if left.len() == 1 {
            seats[at].from = left.first().copied().flatten();
        }
    }
}

/// Whether a seat is of one who enters where the item tells that somebody leaves: from that day, and from none of the term's.
pub(super) fn enters_place(seat: &Seat, seats: &[Seat]) -> bool {
    const WORDS: [&str; 2] = ["ndtræder", "nyt medlem"];
    let enters = seat.event == SeatEvent::Appointed
        && seat.role == Role::Member
        && WORDS.iter().any(|words| seat.quote.contains(words));
    enters && seats.iter().any(|known| leaves_for(known, seat))
}

/// Whether one leaves the office of one person that another is chosen for.
fn gives_up_office(known: &Seat, seat: &Seat) -> bool {
    seat.event == SeatEvent::Appointed
        && SINGLE.contains(&seat.role)
        && known.role == seat.role
        && leaves_for(known, seat)
}

fn leaves_for(known: &Seat, seat: &Seat) -> bool {
    known.event == SeatEvent::Leaving && known.body == seat.body && known.person != seat.person
}

/// The one day from which the decision says, apart from the seats it names, that it counts, as told, and the first day
/// after the change.
fn day_of_decision(view: &View<'_>, seats: &[Seat]) -> Option<(Date, Date)> {
    let mut told = BTreeSet::new();
    for (at, sentence) in view.sentences.iter().enumerate() {
        let text = &*sentence.text;
        if sentence.section != SectionKind::Decision || !COUNTS.is_match(text) || WISHES.is_match(text) {
            continue;
        }
        if seats.iter().any(|seat| seat.quote == quote(text)) {
            continue;
        }
        let told_here =
            Told { view, sentence, at, before: None, only_day: None, text, people: vec![], bodies: vec![] };
        told.extend(effect::day(&told_here).map(|day| (day, first_day(text, day))));
    }
    if told.len() == 1 { told.first().copied() } else { None }
}
