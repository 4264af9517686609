//! Those who are called in for somebody who is away, where the item is about that: `Liste V vil indkalde A`, `A, 1.
//! stedfortræder på liste V, er indkaldt`, `A og B godkendt` under a title that speaks of substitutes.
//!
//! Who merely stood in at the meeting is told by its attendance and is no seat.

use std::sync::LazyLock;

use jiff::civil::Date;

use super::{MOST_SEATS, View, item_body, quote};
use crate::model::{Role, Seat, SeatEvent, SeatStatus, SectionKind};
use crate::understand::date;
use crate::understand::names::{self, Name};
use crate::understand::text::Sentence;
use crate::{Pattern, cued, pattern};

static TITLE: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)stedfortræder|suppleant|orlov|\bforfald|\budtræden"));
/// A recommendation that makes an item one about substitutes whatever its title.
static PROPOSED: LazyLock<Pattern> = LazyLock::new(|| {
    cued(
        "(?i)stedfortræder",
        r"(?i)\bstedfortræderindkaldelse|\b(?:indkalde\p{L}*|indkaldelse af|indtræder som|indkaldt som) (?:\p{L}+ )?stedfortræder",
    )
});
/// Before the name of whom is called in.
static CALLS: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\bindkald(?:e|er|es|te)\s+(?:(?:som\s+)?(?:1\.|2\.|3\.|første)?\s*(?:stedfortræder|suppleant)\s+)?$",
    )
});
/// After the name of whom is called in, perhaps after what they are.
static IS_CALLED: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:, [^,;]{1,80},)? (?:er |blev |bliver |er blevet )?indkald(?:t|es|tes)\b|^(?:, [^,;]{1,80},)? (?:indtræder|deltager) som (?:\p{L}+ )?stedfortræder\b",
    )
});
/// A decision that takes those named.
static TAKEN: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"(?i)^(?: (?:blev|bliver|er))? (?:godkendt|godkendes|godkendtes|indkaldt|indkaldes)\b")
});
static OF_LIST: LazyLock<Pattern> = LazyLock::new(|| pattern(r"\b[Ll]iste ([A-ZÆØÅ]{1,2})\b"));
/// Somebody is away for longer, or for good.
static LONGER: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)orlov|\budtræ|\bfritag|\bhindringen varer|\bmåneder\b|\bperiode|\bindtil (?:videre|han|hun|d(?:en|\.) \d|\d|(?-i:\p{Lu}))|\bfra (?:d\.d\.|dags dato)",
    )
});

/// The absence begins on the day of the meeting.
static FROM_TODAY: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(?i)\bfra (?:d\.d\.|dags dato)"));

/// The substitutes whom an item calls in; none where its title speaks of something else.
pub(super) fn read(view: &View<'_>, seats: &mut Vec<Seat>) {
    let by_text = || {
        let proposes = |sentence: &&Sentence<'_>| sentence.section == SectionKind::Recommendation;
        view.sentences.iter().filter(proposes).any(|sentence| PROPOSED.is_match(&sentence.text))
    };
    let gives_leave = seats.iter().any(|seat| seat.event == SeatEvent::Leave);
    if !gives_leave && !view.title.is_some_and(|title| TITLE.is_match(title)) && !by_text() {
        return;
    }
    let days = days(view, seats);
    for sentence in view.sentences {
        let text = &*sentence.text;
        let may_call = text.contains("ndkald") || text.contains("tedfortræder") || text.contains("godkend");
        if !may_call || text.contains(" ikke ") {
            continue;
        }
        let people = names::in_text(text);
        for name in called(sentence, &people) {
            if seats.len() >= MOST_SEATS {
                return;
            }
            let known = |seat: &Seat| seat.person == name.person && seat.role != Role::Substitute;
            if seats.iter().any(known) {
                continue;
            }
            let list = || OF_LIST.captures(text).map(|found| found[1].to_owned());
            seats.push(Seat {
                person: name.person.clone(),
                body: item_body(view),
                role: Role::Substitute,
                event: SeatEvent::Appointed,
                status: status(view, sentence),
                from: days.0,
                to: days.1,
                party: name.party.clone().or_else(list),
                acting: false,
                quote: quote(text),
                adopted_by: None,
                members: None,
            });
        }
    }
}

/// Whom a sentence calls in.
fn called<'n>(sentence: &Sentence<'_>, people: &'n [Name]) -> Vec<&'n Name> {
    let text = &*sentence.text;
    let follows = |name: &&Name| IS_CALLED.is_match(&text[name.end..]);
    let found: Vec<&Name> =
        people.iter().filter(|name| CALLS.is_match(&text[..name.start]) || follows(name)).collect();
    if !found.is_empty() || sentence.section != SectionKind::Decision {
        return found;
    }
    // "A og B godkendt": all of them, and nobody else is in the sentence before the verb.
    let Some(last) = people.iter().rfind(|name| TAKEN.is_match(&text[name.end..])) else { return found };
    let joined = people
        .windows(2)
        .take_while(|pair| pair[1].start <= last.start)
        .all(|pair| ["og", ",", "samt"].contains(&text[pair[0].end..pair[1].start].trim()));
    let begins = people.first().is_some_and(|first| first.start == 0);
    if joined && begins { people.iter().filter(|name| name.start <= last.start).collect() } else { found }
}

fn status(view: &View<'_>, sentence: &Sentence<'_>) -> SeatStatus {
    match sentence.section {
        SectionKind::Decision => SeatStatus::Decided,
        _ if view.adopted => SeatStatus::Decided,
        SectionKind::Recommendation => SeatStatus::Recommended,
        _ => SeatStatus::Requested,
    }
}

/// The days of a substitute: a period that the text tells, or that of the leave which the item is about; where it speaks of no
/// longer absence, the meeting's own day: nothing tells of another one. None where somebody is away for longer, until when is not
/// told.
fn days(view: &View<'_>, seats: &[Seat]) -> (Option<Date>, Option<Date>) {
    let told = |cue: &LazyLock<Pattern>| {
        view.title.is_some_and(|title| cue.is_match(title))
            || view.sentences.iter().any(|sentence| cue.is_match(&sentence.text))
    };
    match (told(&LONGER), view.date) {
        (false, Some(date)) => (Some(date), Some(date)),
        (true, Some(date)) => match period(view, date) {
            Some((from, to)) => (Some(from), Some(to)),
            None => match leave(seats) {
                (None, None) if told(&FROM_TODAY) => (Some(date), None),
                days => days,
            },
        },
        (_, None) => (None, None),
    }
}

/// The days of the one leave that an item tells of.
fn leave(seats: &[Seat]) -> (Option<Date>, Option<Date>) {
    let mut leaves = seats.iter().filter(|seat| seat.event == SeatEvent::Leave);
    match (leaves.next(), leaves.next()) {
        (Some(only), None) => (only.from, only.to),
        _ => (None, None),
    }
}

/// The one period that the sentences about an absence tell.
fn period(view: &View<'_>, meeting: Date) -> Option<(Date, Date)> {
    let about = view.sentences.iter().filter(|sentence| LONGER.is_match(&sentence.text));
    about
        .flat_map(|sentence| date::mentions(&sentence.text))
        .filter(date::Mention::is_exact)
        .filter_map(|mention| mention.resolve(meeting))
        .find(|(from, to)| from < to)
}
