//! Proposals that a decision adopts with others than were proposed: `Godkendt, dog vælges A i stedet for B`.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::list::SINGLE;
use super::{View, quote, succession};
use crate::body;
use crate::model::{Seat, SeatEvent, SeatStatus, SectionKind};
use crate::understand::bodies;
use crate::understand::names::{self, Name};
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
