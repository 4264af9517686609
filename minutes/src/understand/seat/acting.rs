//! Offices for a time: `under orloven konstitueres A som formand`. Whose office it is has it back, and keeps the seat.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::View;
use crate::model::{Role, Seat, SeatEvent, SeatStatus};
use crate::{Pattern, pattern};

/// Offices that one acts in: those that one person holds.
const OFFICES: [Role; 4] = [Role::Chair, Role::ViceChair, Role::Mayor, Role::DeputyMayor];

/// While somebody is away: under a leave or an absence, until they are back, or in an office that is called acting.
static FOR_A_TIME: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:hindringen|orloven|orlovsperioden|fraværet|sygdommen|barslen|barselsperioden) (?:varer|løber)\b",
        r"|\b(?:under|i|mens|hvor|så længe) (?:[\p{L}-]+,? ){0,6}?\p{L}*(?:orlov|fravær|sygdom|barsel)(?:en|et|s?perioden?)?\b",
        r"|\bmidlertidigt?\b",
        r"|\b(?:som|til) (?:konstitueret|fungerende) ",
        r"|^(?:konstitueret|fungerende) \p{L}",
        r"|\bindtil (?:[\p{L}-]+ ){1,4}(?:er tilbage|vender tilbage|genoptager|genindtræder)\b",
    ))
});

/// Words in which one takes over an office, and which choose nobody by themselves: `varetager formandsposten`.
pub(super) static SERVES: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:fungerer|virker|(?:varetager|overtager)(?: hvervet| posten)?) som (næstformand|formand|borgmester)\b",
        r"|\b(?:varetager|overtager) (næstformand|formand|borgmester)(?:sposten|shvervet|skabet|sopgaverne)\b",
    ))
});

/// Verbs of those who take a place.
const ENTERS: [&str; 4] = ["indtræde", "Indtræde", "træder ind", "Træder ind"];

/// The verb that puts somebody in an office for a time; a body that does it to itself (`konstituerer sig`) fills it for good.
static CONSTITUTES_SOMEBODY: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)\bkonstituere[srt]\b(?: sig\b)?"));
static LEAVE: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(?i)orlov"));
/// The office is filled for good all the same.
static FOR_GOOD: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:permanent|varigt|resten af (?:\p{L}+ )?periode\p{L}*|efter (?:[\p{L}-]+ ){0,4}\p{L}*orlov\p{L}*)\b",
    )
});

/// Whether a sentence fills a place only while somebody is away.
pub(super) fn is_for_a_time(text: &str) -> bool {
    FOR_A_TIME.is_match(text) && !FOR_GOOD.is_match(text)
}

/// Marks the offices that an item fills for a time only, with the days of the leave where it tells the one.
pub(super) fn mark(view: &View<'_>, seats: &mut [Seat]) {
    let by_title = view.title.is_some_and(|title| LEAVE.is_match(title) || FOR_A_TIME.is_match(title));
    let leaves = || seats.iter().filter(|seat| seat.event == SeatEvent::Leave);
    let gives_leave = by_title || leaves().next().is_some();
    let is_decided = |seat: &&Seat| seat.status == SeatStatus::Decided;
    let told: BTreeSet<_> = leaves().map(|seat| (seat.from, seat.to)).collect();
    let decided: BTreeSet<_> = leaves().filter(is_decided).map(|seat| (seat.from, seat.to)).collect();
    let days = if told.len() == 1 { told } else { decided };
    let (from, to) = days.first().copied().filter(|_| days.len() == 1).unwrap_or_default();
    let given_up: Vec<Role> =
        seats.iter().filter(|seat| seat.event == SeatEvent::Leaving).map(|seat| seat.role).collect();
    // Who enters where the title is a leave, and nobody leaves for good, has the place while it lasts.
    let only_leave = by_title && leaves().next().is_some() && given_up.is_empty();
    for seat in seats.iter_mut() {
        let enters = seat.event == SeatEvent::Appointed && seat.role == Role::Member;
        if only_leave
            && enters
            && ENTERS.iter().any(|verb| seat.quote.contains(verb))
            && !FOR_GOOD.is_match(&seat.quote)
        {
            seat.role = Role::Substitute;
            if (seat.from, seat.to) == (None, None) {
                (seat.from, seat.to) = (from, to);
            }
        }
        let stands_in = seat.event == SeatEvent::Appointed && seat.role == Role::Substitute;
        if stands_in && (seat.from, seat.to) == (None, None) && is_for_a_time(&seat.quote) {
            (seat.from, seat.to) = (from, to);
        }
        let fills = seat.event == SeatEvent::Appointed && OFFICES.contains(&seat.role);
        if !fills || FOR_GOOD.is_match(&seat.quote) || given_up.contains(&seat.role) {
            continue;
        }
        let puts = CONSTITUTES_SOMEBODY.find_iter(&seat.quote).any(|verb| !verb.as_str().ends_with("sig"));
        seat.acting = FOR_A_TIME.is_match(&seat.quote) || by_title || (gives_leave && puts);
        if seat.acting {
            (seat.from, seat.to) = (seat.from.or(from), seat.to.or(to));
        }
    }
}
