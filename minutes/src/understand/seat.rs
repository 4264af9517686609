//! Who takes or gives up a place in a body: lists of names, and sentences of election, departure and entry.
//!
//! Only what the body decided is `decided`. A proposal is `recommended`, a wish `requested`; an office that is only
//! mentioned is no event.

use std::sync::LazyLock;

use jiff::civil::Date;

use crate::model::{Role, Seat, SeatEvent, SeatStatus, SectionKind};
use crate::segment::Line;
use crate::understand::names::{self, Name};
use crate::understand::text::Sentence;
use crate::understand::{bodies, date};
use crate::{Pattern, pattern};

/// What an item's seats are read from.
pub(super) struct View<'a> {
    pub(super) title: Option<&'a str>,
    pub(super) body: Option<&'a str>,
    pub(super) date: Option<Date>,
    /// Lines in which people may be listed, and the section they stand in.
    pub(super) lists: &'a [(SectionKind, Vec<Line<'a>>)],
    pub(super) sentences: &'a [Sentence<'a>],
    /// The decision adopts the recommendation as it stands.
    pub(super) adopted: bool,
}

/// Words of an office, in lower case, longest first where one holds another.
const ROLES: [(&str, Role); 11] = [
    ("næstformand", Role::ViceChair),
    ("formand", Role::Chair),
    ("viceborgmester", Role::DeputyMayor),
    ("borgmester", Role::Mayor),
    ("suppleanter", Role::Substitute),
    ("suppleant", Role::Substitute),
    ("stedfortrædere", Role::Substitute),
    ("stedfortræder", Role::Substitute),
    ("medlemmer", Role::Member),
    ("medlem", Role::Member),
    ("repræsentanter", Role::Member),
];

/// A shorter period is not a term of office.
const SHORTEST_TERM_DAYS: i32 = 180;

/// More seats than any body has.
const MOST_SEATS: usize = 500;

/// Word stems without which no sentence speaks of a seat: one cheap test before the many patterns.
static MAY_TELL: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)formand|borgmester|medlem|suppleant|stedfortr|valgt|vælge|udpeg|konstitu|træde|fritag|orlov|fortsætte|mandat",
    )
});

static LIST_LEAD: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:\p{L}*medlem(?:mer)?|udpeg\p{L}*|vælg\p{L}*|valgt\p{L}*|genvalgt|består af|repræsentant\p{L}*|konstituer\p{L}*|suppleant\p{L}*|stedfortræder\p{L}*|indstilles|indstiller|formand|næstformand)\b",
    )
});
static ELECTS: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:(?:gen)?val(?:gt|gte|gtes)|vælge[rs]?|udpeg(?:et|es|er|ede|edes|e)|konstituer\p{L}*)\b",
    )
});
static PROPOSES: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:indstille[sr]?|foreslå(?:r|s|et)|anbefale[sr]?|opstille[srt]*|kandidat\p{L}*|skal (?:vælge|udpege)|ønsker valgt)\b",
    )
});
static AS_ROLE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:som|til)\s+(?:(?:ny|nye|\p{L}+ets|\p{L}+ens|første|anden|[12]\.)\s+)?(næstformand|formand|viceborgmester|borgmester|suppleanter|suppleant|stedfortrædere|stedfortræder|medlemmer|medlem)\b",
    )
});
static IS_CHAIR: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?: \([^()]{1,30}\))? er (?:ny |valgt som |som borgmester )?(næstformand|formand|borgmester)\b",
    )
});
static LEAVES: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\bikke ønsker at fortsætte\b|\bønsker (?:ikke at fortsætte|at (?:blive fritaget|udtræde|træde tilbage|fratræde))\b|\budtræder\b|\bfrit(?:ages|aget)\b|\btræder (?:tilbage|ud)\b|\bfratræder\b|\bnedlægger sit mandat\b|\bbedt om at (?:udtræde|blive fritaget|træde tilbage)\b|\bikke at fortsætte\b",
    )
});
static FREED: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)\b(?:udtræder|fritages|fritaget|fratræder|træder tilbage)\b"));
static WISHES: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)\b(?:ønsker|anmoder|ansøger|bedt om|tilkendegiv\p{L}*)\b"));
static ON_LEAVE: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(?i)\borlov\b"));
static ENTERS: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(?i)\bindtræder\b"));
static NEXT_ON_LIST: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(?i)\bstedfortræder nr\. ?1\b.* er $"));
static TERM: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(?i)periode"));
static EFFECT: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)\bmed virkning (?:fra|pr\.)|\bpr\. |\bfra og med\b|\bfra den\b"));

/// The seats that an item speaks of, in the order found, and the days on which one of them begins or ends.
pub(super) fn read(view: &View<'_>) -> (Vec<Seat>, Vec<Date>) {
    let mut seats = Vec::new();
    for (section, lines) in view.lists {
        let status = match section {
            SectionKind::Decision => SeatStatus::Decided,
            SectionKind::Recommendation => SeatStatus::Recommended,
            _ => continue,
        };
        lists(view, lines, status, &mut seats);
    }
    let mut days = Vec::new();
    for sentence in view.sentences.iter().filter(|sentence| MAY_TELL.is_match(&sentence.text)) {
        elections(view, sentence, &mut seats);
        changes(view, sentence, &mut seats, &mut days);
    }
    let term = term(view);
    for seat in &mut seats {
        if let (SeatEvent::Appointed, None, None, Some((from, to))) = (seat.event, seat.from, seat.to, term) {
            (seat.from, seat.to) = (Some(from), Some(to));
        }
    }
    (merged(seats), days)
}

/// The same seat told twice is one, with the surer status and whatever days either tells.
fn merged(seats: Vec<Seat>) -> Vec<Seat> {
    let sureness = |status: SeatStatus| match status {
        SeatStatus::Decided => 2,
        SeatStatus::Recommended => 1,
        SeatStatus::Requested => 0,
    };
    let mut kept: Vec<Seat> = Vec::new();
    // A list longer than any body would make this crawl.
    for seat in seats.into_iter().take(MOST_SEATS) {
        let same = |known: &&mut Seat| {
            known.person == seat.person
                && known.event == seat.event
                && (known.role == seat.role || seat.role == Role::Member)
        };
        match kept.iter_mut().find(same) {
            Some(known) => {
                if sureness(seat.status) > sureness(known.status) {
                    known.status = seat.status;
                    known.quote = seat.quote;
                }
                known.from = known.from.or(seat.from);
                known.to = known.to.or(seat.to);
                known.party = known.party.take().or(seat.party);
            }
            None => kept.push(seat),
        }
    }
    kept
}

/// The term of office that an item tells, first one found.
fn term(view: &View<'_>) -> Option<(Date, Date)> {
    view.sentences.iter().filter(|sentence| TERM.is_match(&sentence.text)).find_map(|sentence| {
        date::mentions(&sentence.text)
            .iter()
            .filter(|mention| mention.is_exact() && !mention.without_year())
            .filter_map(|mention| mention.resolve(view.date?))
            .find(|(from, to)| date::length(*from, *to) >= SHORTEST_TERM_DAYS)
    })
}

/// Lines of names under a line that speaks of members, and names after such a line's colon.
fn lists(view: &View<'_>, lines: &[Line<'_>], status: SeatStatus, seats: &mut Vec<Seat>) {
    let mut lead: Option<Lead> = None;
    for line in lines {
        let text = line.text.trim();
        if text.is_empty() {
            continue;
        }
        if let Some((head, rest)) = split_lead(text) {
            let current = Lead::read(view, head, status, lead.as_ref());
            let people =
                if rest.is_empty() { Vec::new() } else { names::in_series(rest.trim_end_matches('.')) };
            seats.extend(people.into_iter().map(|name| current.seat(name, text)));
            lead = rest.is_empty().then_some(current);
            continue;
        }
        let Some(current) = &lead else { continue };
        match names::listed(text) {
            Some(name) => seats.push(current.seat(name, text)),
            None => lead = None,
        }
    }
}

/// The part of a line up to the colon that introduces names, and what follows it; the sentence before it left out.
fn split_lead(text: &str) -> Option<(&str, &str)> {
    let colon = text.find(": ").or_else(|| text.ends_with(':').then(|| text.len() - 1))?;
    let (head, rest) = (&text[..colon], text[colon + 1..].trim());
    // "Der nedsættes et udvalg. Udvalget består af: A og B. A er tovholder."
    let end = rest.match_indices(". ").map(|(at, _)| at).find(|at| rest[..*at].contains(" og "));
    let rest = end.map_or(rest, |at| &rest[..at]);
    LIST_LEAD.is_match(head).then_some((head, rest))
}

/// What a list's introduction says of the names under it.
struct Lead {
    body: Option<String>,
    role: Role,
    status: SeatStatus,
}

impl Lead {
    fn read(view: &View<'_>, head: &str, status: SeatStatus, outer: Option<&Self>) -> Self {
        let named = bodies::mentions(head);
        let own_group = named.iter().any(|body| body.name.is_none()) && head.contains("består af");
        let body = named.into_iter().rev().find_map(|body| body.name);
        let inherited = outer.and_then(|outer| outer.body.clone());
        let from_item = || if own_group { None } else { item_body(view) };
        let proposed =
            PROPOSES.is_match(head) || outer.is_some_and(|outer| outer.status == SeatStatus::Recommended);
        Self {
            body: body.or(inherited).or_else(from_item),
            role: role_in(head).unwrap_or(Role::Member),
            status: if proposed { SeatStatus::Recommended } else { status },
        }
    }

    fn seat(&self, name: Name, quote: &str) -> Seat {
        Seat {
            person: name.person,
            body: self.body.clone(),
            role: self.role,
            event: SeatEvent::Appointed,
            status: self.status,
            from: None,
            to: None,
            party: name.party,
            quote: quote.to_owned(),
        }
    }
}

fn role_in(text: &str) -> Option<Role> {
    let lower = text.to_lowercase();
    ROLES.iter().find(|(word, _)| lower.contains(word)).map(|(_, role)| *role)
}

/// The body that an item's title names, else the one that met.
fn item_body(view: &View<'_>) -> Option<String> {
    let named = view.title.into_iter().flat_map(bodies::mentions).find_map(|body| body.name);
    named.or_else(|| view.body.map(str::to_owned))
}

/// Sentences that choose somebody for an office: `A blev valgt som formand og B som næstformand`.
fn elections(view: &View<'_>, sentence: &Sentence<'_>, seats: &mut Vec<Seat>) {
    let text = &*sentence.text;
    let roles: Vec<_> =
        AS_ROLE.captures_iter(text).filter_map(|found| Some((found.get(0)?, found.get(1)?))).collect();
    let people = if roles.is_empty() && !text.contains(" er ") { Vec::new() } else { names::in_text(text) };
    if ELECTS.is_match(text) {
        let role_first =
            roles.first().zip(people.first()).is_some_and(|(role, name)| role.0.start() < name.start);
        for (at, (whole, word)) in roles.iter().enumerate() {
            let (start, end) = if role_first {
                (whole.end(), roles.get(at + 1).map_or(text.len(), |next| next.0.start()))
            } else {
                (at.checked_sub(1).map_or(0, |previous| roles[previous].0.end()), whole.start())
            };
            let inside: Vec<&Name> =
                people.iter().filter(|name| start <= name.start && name.end <= end).collect();
            let chosen = if role_first { series(text, inside, true) } else { series(text, inside, false) };
            let role = role_in(word.as_str()).unwrap_or(Role::Member);
            let body = body_after(text, whole.end()).or_else(|| item_body(view));
            for name in chosen {
                seats.push(seat(view, sentence, name, role, SeatEvent::Appointed, body.clone()));
            }
        }
    } else if sentence.section == SectionKind::Decision {
        for name in &people {
            let Some(found) = IS_CHAIR.captures(&text[name.end..]) else { continue };
            let role = role_in(&found[1]).unwrap_or(Role::Chair);
            seats.push(seat(view, sentence, name, role, SeatEvent::Appointed, item_body(view)));
        }
    }
}

/// Names that stand together (`A, B og C`) at the start or at the end of a stretch.
fn series<'n>(text: &str, names: Vec<&'n Name>, from_start: bool) -> Vec<&'n Name> {
    let joined =
        |left: &Name, right: &Name| [",", "og", ", og", "samt"].contains(&text[left.end..right.start].trim());
    let mut kept: Vec<&Name> = Vec::new();
    let ordered: Vec<&Name> = if from_start { names } else { names.into_iter().rev().collect() };
    for name in ordered {
        let fits =
            kept.last().is_none_or(|last| if from_start { joined(last, name) } else { joined(name, last) });
        if !fits {
            break;
        }
        kept.push(name);
    }
    if !from_start {
        kept.reverse();
    }
    kept
}

/// The body that an office is in (`som formand for Kulturudvalget`).
fn body_after(text: &str, at: usize) -> Option<String> {
    bodies::mentions(text)
        .into_iter()
        .find(|body| {
            let gap = text.get(at..body.start).map(str::trim);
            gap.is_some_and(|gap| ["for", "af", "i", "til"].contains(&gap))
        })?
        .name
}

fn seat(
    view: &View<'_>,
    sentence: &Sentence<'_>,
    name: &Name,
    role: Role,
    event: SeatEvent,
    body: Option<String>,
) -> Seat {
    Seat {
        person: name.person.clone(),
        body,
        role,
        event,
        status: status(view, sentence),
        from: None,
        to: None,
        party: name.party.clone(),
        quote: sentence.text.clone().into_owned(),
    }
}

fn status(view: &View<'_>, sentence: &Sentence) -> SeatStatus {
    let wishes = WISHES.is_match(&sentence.text);
    match sentence.section {
        SectionKind::Recommendation if view.adopted => SeatStatus::Decided,
        SectionKind::Recommendation => SeatStatus::Recommended,
        _ if wishes => SeatStatus::Requested,
        _ if PROPOSES.is_match(&sentence.text) => SeatStatus::Recommended,
        SectionKind::Decision => SeatStatus::Decided,
        // Told in the past tense elsewhere, an election has taken place.
        _ if PAST_ELECTION.is_match(&sentence.text) => SeatStatus::Decided,
        _ => SeatStatus::Requested,
    }
}

static PAST_ELECTION: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:blev|er) (?:\p{L}+ )?(?:(?:gen)?valgt|udpeget|konstitueret)\b|\b(?:valgte|udpegede|valgtes|konstituerede)\b|\bvalgt som\b",
    )
});

/// Sentences of departure, leave and entry.
fn changes(view: &View<'_>, sentence: &Sentence<'_>, seats: &mut Vec<Seat>, days: &mut Vec<Date>) {
    let text = &*sentence.text;
    let leaves = LEAVES.find(text);
    let enters = ENTERS.find(text);
    let leave = ON_LEAVE.find(text);
    let substitute = text.to_lowercase().contains("stedfortræder nr");
    if leaves.is_none() && enters.is_none() && leave.is_none() && !substitute {
        return;
    }
    let people = names::in_text(text);
    let effect = effect_day(view, text);
    days.extend(effect);
    if let Some(cue) = leaves {
        let announced = text.contains("tilkendegivelse");
        let leaving: Vec<&Name> = if announced {
            people.iter().collect()
        } else {
            people.iter().rfind(|name| name.end <= cue.start()).into_iter().collect()
        };
        for name in leaving {
            let role = role_before(text, name).unwrap_or(Role::Member);
            let body = body_near(text, cue.end()).or_else(|| item_body(view));
            let mut seat = seat(view, sentence, name, role, SeatEvent::Leaving, body);
            let only_wished = WISHES.is_match(text) || !FREED.is_match(text);
            if only_wished && sentence.section == SectionKind::Decision {
                seat.status = SeatStatus::Requested;
            }
            seat.to = effect;
            seats.push(seat);
        }
    } else if let Some(cue) = leave
        && let Some(name) = people.iter().rfind(|name| name.end <= cue.start())
    {
        let body = body_near(text, cue.end()).or_else(|| item_body(view));
        seats.push(seat(view, sentence, name, Role::Member, SeatEvent::Leave, body));
    }
    if let Some(cue) = enters {
        let before = people.iter().filter(|name| name.end <= cue.start()).collect();
        let body = body_near(text, cue.end()).or_else(|| item_body(view));
        for name in series(text, before, false) {
            let mut seat = seat(view, sentence, name, Role::Member, SeatEvent::Appointed, body.clone());
            seat.from = effect;
            seats.push(seat);
        }
        for name in people.iter().filter(|name| text[..name.start].ends_with("i stedet for ")) {
            let mut seat = seat(view, sentence, name, Role::Member, SeatEvent::Leaving, body.clone());
            seat.to = effect;
            seats.push(seat);
        }
    } else if substitute {
        for name in people.iter().filter(|name| NEXT_ON_LIST.is_match(&text[..name.start])) {
            let mut seat =
                seat(view, sentence, name, Role::Substitute, SeatEvent::Appointed, item_body(view));
            seat.status = SeatStatus::Requested;
            seats.push(seat);
        }
    }
}

fn role_before(text: &str, name: &Name) -> Option<Role> {
    let word = text[..name.start].trim_end().rsplit(' ').next()?.to_lowercase();
    let word = word.strip_suffix("en").unwrap_or(&word);
    ROLES.iter().find(|(known, _)| *known == word).map(|(_, role)| *role)
}

/// The first body named after a place in the sentence, if it is named by name.
fn body_near(text: &str, at: usize) -> Option<String> {
    bodies::mentions(text).into_iter().find(|body| body.start >= at)?.name
}

/// The day from which a change counts.
fn effect_day(view: &View<'_>, text: &str) -> Option<Date> {
    let cue = EFFECT.find(text)?;
    let mention = date::mentions(text)
        .into_iter()
        .find(|mention| mention.start >= cue.start() && mention.is_exact())?;
    Some(mention.resolve(view.date?)?.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::understand::text::sentences;

    /// A text under a heading of an item of Kulturudvalget, and its seats: `role event status person party body`.
    const SEATS: &str = include_str!("../../tests/seats.txt");

    #[test]
    fn texts_hold_the_seats_that_the_table_says() {
        for row in SEATS.lines().filter(|row| !row.is_empty() && !row.starts_with('#')) {
            let (heading, rest) = row.split_once(" > ").unwrap();
            let (text, expected) = rest.rsplit_once(" | ").unwrap();
            let kind: SectionKind = serde_json::from_value(heading.into()).unwrap();
            let lines: Vec<Line> = text.split('¶').map(|text| Line { number: 1, text }).collect();
            let sentences = sentences(kind, &lines);
            let lists = [(kind, lines)];
            let (seats, _) = read(&View {
                title: None,
                body: Some("Kulturudvalget"),
                date: "2018-03-22".parse().ok(),
                lists: &lists,
                sentences: &sentences,
                adopted: false,
            });
            let word = |value: serde_json::Value| value.as_str().unwrap().to_owned();
            let found: Vec<String> = seats
                .iter()
                .map(|seat| {
                    let party = seat.party.as_deref().map(|party| format!(" ({party})")).unwrap_or_default();
                    let days = [seat.from.map(|d| format!(" fra {d}")), seat.to.map(|d| format!(" til {d}"))];
                    format!(
                        "{} {} {} {}{party} i {}{}",
                        word(serde_json::to_value(seat.role).unwrap()),
                        word(serde_json::to_value(seat.event).unwrap()),
                        word(serde_json::to_value(seat.status).unwrap()),
                        seat.person,
                        seat.body.as_deref().unwrap_or("-"),
                        days.into_iter().flatten().collect::<String>()
                    )
                })
                .collect();
            let found = if found.is_empty() { "nothing".to_owned() } else { found.join("; ") };
            assert_eq!(found, expected, "{text}");
        }
    }
}
