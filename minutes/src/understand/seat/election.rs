//! Sentences that choose somebody for an office: `A blev valgt som formand og B som næstformand`.

use std::sync::LazyLock;

use super::{
    AS_ROLE, PROPOSES, Place, ROLES, Told, View, acting, item_body, place_after, proposal, quote, role_in,
    role_of, succession,
};
use crate::model::{Role, Seat, SeatEvent, SeatStatus, SectionKind};
use crate::understand::bodies;
use crate::understand::names::{self, Name};
use crate::understand::text::Sentence;
use crate::{Pattern, pattern};

static ELECTS: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:(?:gen|ny)?val(?:gt|gte|gtes)|(?:gen|ny)?valg af|(?:gen)?vælge[rs]?|udpeg(?:et|es|er|ede|edes|e)|konstituer\p{L}*)\b",
    )
});
/// Nobody is chosen.
static NEGATED: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:ikke|hverken|ingen)\b(?: \p{L}+){0,3} (?:(?:gen)?valgt|udpeget|konstitueret|vælge[rs]?|udpege[rs]?)\b|\b(?:valgte|valgtes|vælge[rs]|udpege[rs]|udpegede[s]?) ikke\b",
    )
});
/// What was proposed, and not adopted.
static REJECTED: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\bforslag\p{L}*\b.*\b(?:forkast\p{L}*|nedstemt\p{L}*|bortfald\p{L}*|faldt|afvist|afvises|opnåede ikke|ikke (?:vedtaget|godkendt|tiltrådt|imødekommet))\b",
    )
});
/// Verbs whose subject chooses; with the others it is chosen.
static CHOOSES: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"(?i)^(?:(?:gen)?valgte|(?:gen|ny)?valg af|(?:gen)?vælger?|udpeg(?:er|ede|e)|konstituer\p{L}*)$")
});
static IS_CHAIR: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?: \([^()]{1,30}\))? (?:er|blev|bliver) (?:ny |født |valgt som |som borgmester )?(næstformand|formand|borgmester|viceborgmester)\b",
    )
});
/// What stands between those who are chosen and the verb.
static BEFORE_VERB: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)^,? ?(?:(?:blev|bliver|er|er blevet) )?(?:(?:enstemmigt|herefter|hermed|dermed|således|begge) )?$",
    )
});
/// Before the body that people are chosen for, where that opens the sentence: `Til Teknikudvalget valgtes A og B`.
static OPENS: LazyLock<Pattern> = LazyLock::new(|| pattern(r"^(?:Til|I) $"));
/// An office before its holder: `Ny formand er A`, `Formand blev A, og næstformand blev B`.
static OFFICE_FIRST: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:^|[.,;:] |\bog )(?:ny (næstformand|formand|borgmester|viceborgmester) (?:er|blev|bliver)|(næstformand|formand|borgmester|viceborgmester)(?: for (?:udvalget|rådet))? (?:blev|bliver))(?: \p{Ll}+)? $",
    )
});
/// A second office in the same breath: `A blev formand og B næstformand`.
static THEN_OFFICE: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)^(?: \([^()]{1,30}\))? (næstformand|formand|viceborgmester)\b"));
static PROPOSED: LazyLock<Pattern> = LazyLock::new(|| pattern(r"^ (?:foreslås|indstilles|anbefales) $"));
/// An election that is told of an earlier year.
static IN_A_YEAR: LazyLock<Pattern> = LazyLock::new(|| pattern(r"^ i (?:19|20)\d\d\b"));
static CHOICE_TITLE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"(?i)^(?:gen|ny|suppleringss?)?(?:valg|udpegning|udpegelse)\b|^ny(?:t|e)? (?:næst)?formand\b")
});

/// A whole sentence that tells the outcome of an election wherever it stands: `Ny formand: A blev valgt.`
static NEW_OFFICE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"(?i)^ny (næstformand|formand): ([^:]{1,80}) blev (?:enstemmigt )?(?:gen)?valgt\.?$")
});

/// Bytes before a name in which the word of its office may stand.
const OFFICE_WINDOW: usize = 60;

/// Whether a sentence may choose somebody: a cheap test before names and bodies are looked for.
pub(super) fn may_tell(sentence: &Sentence<'_>) -> bool {
    let text = &*sentence.text;
    let decides = matches!(sentence.section, SectionKind::Decision | SectionKind::Recommendation);
    let chooses = ELECTS.is_match(text) && (decides || AS_ROLE.is_match(text) || NEW_OFFICE.is_match(text));
    let states = sentence.section == SectionKind::Decision
        && ["ormand", "orgmester"].iter().any(|office| text.contains(office))
        && [" er ", " blev ", " bliver "].iter().any(|verb| text.contains(verb));
    let serves = decides
        && acting::SERVES.is_match(text)
        && (acting::is_for_a_time(text) || text.contains(TAKES_OVER));
    chooses || states || serves || (decides && PROPOSES.is_match(text) && AS_ROLE.is_match(text))
}

pub(super) fn read(told: &Told<'_>, seats: &mut Vec<Seat>) {
    if told.people.is_empty() || NEGATED.is_match(told.text) || REJECTED.is_match(told.text) {
        return;
    }
    let decides = matches!(told.sentence.section, SectionKind::Decision | SectionKind::Recommendation);
    if ELECTS.is_match(told.text) {
        let known = seats.len();
        with_office(told, seats);
        if let (false, Some(found), [name]) = (decides, NEW_OFFICE.captures(told.text), &*told.people) {
            let role = role_in(&found[1]).unwrap_or(Role::Chair);
            seats.push(told.seat(name, role, SeatEvent::Appointed, item_body(told.view)));
        }
        if decides {
            without_office(told, known, seats);
        }
    } else if decides
        && acting::SERVES.is_match(told.text)
        && (acting::is_for_a_time(told.text) || takes_office(told))
    {
        serving(told, seats);
    } else if decides && PROPOSES.is_match(told.text) {
        proposed(told, seats);
    } else if told.sentence.section == SectionKind::Decision {
        stated(told, seats);
    }
}

/// Everybody whose office the sentence tells: `A vælges som formand`, `som formand vælges A`.
fn with_office(told: &Told<'_>, seats: &mut Vec<Seat>) {
    let (text, known) = (told.text, seats.len());
    let roles: Vec<_> =
        AS_ROLE.captures_iter(text).filter_map(|found| Some((found.get(0)?, found.get(1)?))).collect();
    let role_first =
        roles.first().zip(told.people.first()).is_some_and(|(role, name)| role.0.start() < name.start);
    for (at, (whole, word)) in roles.iter().enumerate() {
        if IN_A_YEAR.is_match(&text[whole.end()..]) {
            continue;
        }
        let (start, end) = if role_first {
            (whole.end(), roles.get(at + 1).map_or(text.len(), |next| next.0.start()))
        } else {
            (at.checked_sub(1).map_or(0, |previous| roles[previous].0.end()), whole.start())
        };
        let role = role_in(word.as_str()).unwrap_or(Role::Member);
        if role == Role::Substitute && stands_in_for_one(told, whole.start(), whole.end(), end, known, seats)
        {
            continue;
        }
        let place = place_after(text, &told.bodies, whole.end(), role);
        // "udpeget som rådets repræsentant": one of this body's who sits elsewhere; where, only a title can tell.
        if place == Place::Own && is_delegate(word.as_str()) && office_of_title(told.view).is_none() {
            continue;
        }
        let place = match (role, place) {
            (Role::Member | Role::Substitute, Place::Own) if told.bodies.is_empty() => {
                place_before(told).unwrap_or(Place::Own)
            }
            (_, place) => place,
        };
        let place = match (place, constituted(told, whole.start())) {
            (Place::Own, Some(named)) => Place::Named(named),
            (place, _) => place,
        };
        let place = match (place, opening_body(told)) {
            (Place::Own, Some(named)) => Place::Named(named),
            (place, _) => place,
        };
        let is_own = place == Place::Own;
        let Some(body) = told.body(place) else { continue };
        for name in told.series(start, end, role_first) {
            let just_filled = is_own.then(|| just_filled(told, name, seats)).flatten();
            let body = just_filled.or_else(|| body.clone().filter(|body| !is_own || may_mean(told, body)));
            appointed(told, name, role, body, seats);
        }
    }
}

/// The body for which a sentence that opens with it chooses: `Til Teknikudvalget valgtes A`.
fn opening_body(told: &Told<'_>) -> Option<String> {
    let verb = ELECTS.find(told.text)?;
    let first = told.bodies.iter().find(|body| body.start < verb.start())?;
    let opens = OPENS.is_match(&told.text[..first.start])
        && BEFORE_VERB.is_match(&told.text[first.end..verb.start()]);
    first.name.clone().filter(|_| opens)
}

/// The body that is told to have chosen its own: `Skoleudvalget har konstitueret sig med A som formand, og Teknisk Udvalg med B som
/// formand`. It is the last one before the office.
fn constituted(told: &Told<'_>, at: usize) -> Option<String> {
    static WITH: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(r"(?i)^ (?:(?:har )?konstituere(?:r|t|de) sig |har (?:gen)?valgt |valgte )?med ")
    });
    let last = told.bodies.iter().rfind(|body| body.end <= at)?;
    let told_before =
        told.text[..last.end].contains("onstituere") || told.text[last.end..].contains("onstituere");
    last.name.clone().filter(|_| told_before && WITH.is_match(&told.text[last.end..at]))
}

/// `B som stedfortræder for A`, `som stedfortræder for A vælges B`: B is chosen, where the sentence has chosen somebody before. False
/// where nobody follows for whom.
fn stands_in_for_one(
    told: &Told<'_>,
    start: usize,
    at: usize,
    end: usize,
    known: usize,
    seats: &mut Vec<Seat>,
) -> bool {
    let text = told.text;
    let Some(whom) = told.people.iter().find(|name| name.start >= at && text[at..name.start].trim() == "for")
    else {
        return false;
    };
    let before =
        told.people.iter().rfind(|name| name.end <= start && text[name.end..start].trim().is_empty());
    let chosen = match before {
        Some(name) => vec![name],
        None => told.series(whom.end, end, true),
    };
    // "som stedfortræder for A i Sundhedsudvalget": where A sits.
    let body = match place_after(text, &told.bodies, whom.end, Role::Substitute) {
        Place::Own => match seats[known..].last().or_else(|| seat_before(told, whom, seats)) {
            Some(seat) => seat.body.clone(),
            None => item_body(told.view),
        },
        Place::Named(name) => Some(name),
        Place::Group => None,
        Place::Elsewhere => return true,
    };
    seats.extend(
        chosen.into_iter().map(|name| told.seat(name, Role::Substitute, SeatEvent::Appointed, body.clone())),
    );
    true
}

/// The seat for which the item chose somebody last before a sentence; None where it chose them for several, none of them in a sentence.
fn seat_before<'s>(told: &Told<'_>, whom: &Name, seats: &'s [Seat]) -> Option<&'s Seat> {
    let of_whom = |seat: &&Seat| {
        seat.person == whom.person && seat.event == SeatEvent::Appointed && seat.role != Role::Substitute
    };
    let chosen: Vec<&Seat> = seats.iter().filter(of_whom).collect();
    let before = told.view.sentences[..told.at].iter().rev().map(|sentence| quote(&sentence.text));
    let mut before = before.take(if chosen.is_empty() { 0 } else { usize::MAX });
    before.find_map(|words| chosen.iter().rfind(|seat| seat.quote == words).copied()).or_else(|| {
        let (first, rest) = chosen.split_first()?;
        rest.iter().all(|seat| seat.body == first.body).then_some(*first)
    })
}

/// Where the office is held that the sentence before fills: `A udpeges som medlem af Idrætsrådet. Som suppleant udpeges B.`
fn place_before(told: &Told<'_>) -> Option<Place> {
    let before = told.before.filter(|before| ELECTS.is_match(before))?;
    let whole = AS_ROLE.captures_iter(before).last()?.get(0)?;
    Some(place_after(before, &bodies::mentions(before), whole.end(), Role::Member))
}

/// The body that the sentence right before fills, where "the committee" can only be that one: whoever has the office was just
/// chosen for it, or the body that met is of another kind. `Til Teknikudvalget valgtes A og B. Udvalget har konstitueret sig med A
/// som formand.`
fn just_filled(told: &Told<'_>, name: &Name, seats: &[Seat]) -> Option<String> {
    let means = told.bodies.iter().find(|body| body.name.is_none())?;
    let kind = KIND.find(&told.text[means.start..means.end])?.as_str().to_lowercase();
    let before = quote(told.before?);
    let filled = seats.iter().rfind(|seat| seat.event == SeatEvent::Appointed && seat.quote == before)?;
    let is_kind = |name: &str| name.to_lowercase().contains(&kind);
    let chosen = seats.iter().any(|seat| seat.quote == before && seat.person == name.person);
    let met_is_other = told.view.body.is_some_and(|body| !is_kind(body));
    filled.body.clone().filter(|body| is_kind(body) && (chosen || met_is_other))
}

/// Whether a body may be what a sentence calls "the committee": a council is none.
fn may_mean(told: &Told<'_>, body: &str) -> bool {
    const COUNCILS: [&str; 3] = ["byråd", "kommunalbestyrelse", "borgerrepræsentation"];
    let body = body.to_lowercase();
    let is_council = COUNCILS.iter().any(|council| body.starts_with(council));
    let says_committee = told.bodies.iter().any(|said| {
        said.name.is_none() && told.text[said.start..said.end].to_lowercase().starts_with("udvalg")
    });
    !(is_council && says_committee)
}

/// What kind of body a word means.
static KIND: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(?i)udvalg|råd|nævn"));

/// The verb of one who takes an office for good, unless it is only for a meeting.
const TAKES_OVER: &str = "overtager";

/// Whether a sentence tells of an office taken over for good: in a body it names, or from a day, or after somebody.
fn takes_office(told: &Told<'_>) -> bool {
    static FOR_GOOD: LazyLock<Pattern> =
        LazyLock::new(|| pattern(r"^(?: (?:fra|pr\.|efter|den|med virkning)\b|\.?$)"));
    const AT_A_MEETING: [&str; 3] = ["punkt", "mødet", "mødele"];
    let text = told.text;
    !AT_A_MEETING.iter().any(|words| text.contains(words))
        && acting::SERVES.captures_iter(text).any(|found| {
            let (Some(whole), Some(word)) = (found.get(0), found.get(1).or_else(|| found.get(2))) else {
                return false;
            };
            let role = role_in(word.as_str()).unwrap_or(Role::Chair);
            whole.as_str().to_lowercase().starts_with(TAKES_OVER)
                && match place_after(text, &told.bodies, whole.end(), role) {
                    Place::Named(_) => true,
                    Place::Own => FOR_GOOD.is_match(&text[whole.end()..]),
                    Place::Group | Place::Elsewhere => false,
                }
        })
}

/// Who has an office while its holder is away, told by what they do: `A varetager formandsposten under orloven`.
fn serving(told: &Told<'_>, seats: &mut Vec<Seat>) {
    for found in acting::SERVES.captures_iter(told.text) {
        let (Some(whole), Some(word)) = (found.get(0), found.get(1).or_else(|| found.get(2))) else {
            continue;
        };
        let does = |name: &&Name| name.end <= whole.start() && !is_away(told.text, name);
        let Some(name) = told.people.iter().rfind(does) else { continue };
        let role = role_in(word.as_str()).unwrap_or(Role::Chair);
        // "A indtræder i Skoleudvalget og varetager formandsposten": the body just told.
        let told_before = || told.bodies.iter().rfind(|body| body.end <= whole.start());
        let place = match place_after(told.text, &told.bodies, whole.end(), role) {
            Place::Own => told_before().and_then(|body| body.name.clone()).map_or(Place::Own, Place::Named),
            place => place,
        };
        let Some(body) = told.body(place) else { continue };
        seats.push(told.seat(name, role, SeatEvent::Appointed, body));
    }
}

/// Whether a name is that of one who is away: `under Ida Holms orlov`, `mens Ida Holm er på orlov`.
fn is_away(text: &str, name: &Name) -> bool {
    static AWAY: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?: (?:har|er|holder|afholder|er på|går på))?(?: \p{L}*)? \p{L}*(?:orlov|fravær|sygdom|sygemeldt|barsel)",
        )
    });
    static WHILE: LazyLock<Pattern> =
        LazyLock::new(|| pattern(r"(?i)\b(?:under|mens|så længe|hvor|i) (?:[\p{L}-]+ )?$"));
    AWAY.is_match(&text[name.end..]) && WHILE.is_match(&text[..name.start])
}

fn is_delegate(word: &str) -> bool {
    word.to_lowercase().starts_with("repræsentant")
}

/// Those who are chosen without a word of their office: `A udpeges til Skolerådet`, or under a title that tells it.
fn without_office(told: &Told<'_>, known: usize, seats: &mut Vec<Seat>) {
    let text = told.text;
    let Some(verb) = ELECTS.find(text) else { return };
    let before =
        if CHOOSES.is_match(verb.as_str()) { Vec::new() } else { told.series(0, verb.start(), false) };
    let follows = |name: &&Name| BEFORE_VERB.is_match(&text[name.end..verb.start()]);
    let (chosen, at) = if before.last().is_some_and(follows) {
        (before, verb.end())
    } else {
        let after = told.series(verb.end(), text.len(), true);
        let (Some(first), Some(last)) = (after.first(), after.last()) else { return };
        if !["", "blev", "bliver", "er", "blev følgende", "enstemmigt", "herefter", "igen"]
            .contains(&text[verb.end()..first.start].trim())
        {
            return;
        }
        let end = last.end;
        (after, end)
    };
    static FOR_WHOM: LazyLock<Pattern> =
        LazyLock::new(|| pattern(r"(?i)\b(?:stedfortræder|suppleant)(?:e|er)? for $"));
    let is_whom = |name: &&&Name| FOR_WHOM.is_match(&text[..name.start]);
    if chosen.first().iter().any(is_whom)
        || chosen.iter().any(|name| seats[known..].iter().any(|seat| seat.person == name.person))
    {
        return;
    }
    let by_title = || {
        let before = office_stood_for(told, &chosen).or_else(|| office_to_fill(told.before?));
        before.or_else(|| office_of_title(told.view))
    };
    let to_body = opening_body(told);
    let (role, body) = match place_after(text, &told.bodies, at, Role::Member) {
        Place::Named(name) => (Role::Member, Some(name)),
        Place::Own if to_body.is_some() => (Role::Member, to_body),
        Place::Own => match by_title().or_else(|| office_given_up(told, &seats[..known])) {
            Some(office) => office,
            None => return,
        },
        Place::Group | Place::Elsewhere => return,
    };
    // An office that one person holds is not given to two.
    if role != Role::Member && role != Role::Substitute && chosen.len() > 1 {
        return;
    }
    for name in chosen {
        appointed(told, name, role, body.clone(), seats);
    }
}

/// One who is chosen, in the office that a note after the name tells (`A (V) (formand)`), and who stands in for them where it tells
/// that: `A (stedfortræder: B)`.
fn appointed(told: &Told<'_>, name: &Name, role: Role, body: Option<String>, seats: &mut Vec<Seat>) {
    let noted = name.note.as_deref().and_then(role_of).filter(|_| role == Role::Member);
    seats.push(told.seat(name, noted.unwrap_or(role), SeatEvent::Appointed, body.clone()));
    let stands_in = name.note.as_deref().and_then(names::stand_in);
    seats.extend(stands_in.map(|name| told.seat(&name, Role::Substitute, SeatEvent::Appointed, body)));
}

/// What the one told of last gives up, where the sentence says that somebody comes in their place.
fn office_given_up(told: &Told<'_>, known: &[Seat]) -> Option<(Role, Option<String>)> {
    let last = known.iter().rfind(|seat| seat.event == SeatEvent::Leaving)?;
    succession::steps_in(told.text).then(|| (last.role, last.body.clone()))
}

/// The office for which the sentence before says that the one chosen stood: `A stillede op til posten som formand. A blev
/// valgt.`
fn office_stood_for(told: &Told<'_>, chosen: &[&Name]) -> Option<(Role, Option<String>)> {
    static STOOD: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)\b(?:stille[rt]?|stillede|opstille[rt]?|opstillede|kandiderede|foreslog|foreslået|indstillet|bragt i forslag)\b",
            r".*\b(?:som|til) (næstformand|formand|viceborgmester|borgmester)\b",
        ))
    });
    let [one] = chosen else { return None };
    let before = told.before?;
    let found = STOOD.captures(before).filter(|_| before.contains(&one.person))?;
    Some((role_in(&found[1])?, told.view.body.map(str::to_owned)))
}

/// What the sentence before says is to be filled: `Byrådet vælger 3 medlemmer til Idrætsudvalget. A, B og C blev valgt.`
fn office_to_fill(before: &str) -> Option<(Role, Option<String>)> {
    static TO_FILL: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)\b(?:vælge[rs]?|valg af|udpege[rs]?|udpegning af) (?:(?:\d{1,2}|\p{L}+) ){0,2}?",
            r"(medlem(?:mer)?|repræsentant(?:er)?|suppleant(?:er)?|stedfortrædere?) (?:til|af|i) $",
        ))
    });
    let body = bodies::mentions(before).into_iter().find(|body| TO_FILL.is_match(&before[..body.start]))?;
    let word = TO_FILL.captures(&before[..body.start])?.get(1)?.as_str();
    Some((role_in(word)?, Some(body.name?)))
}

/// `Rådet indstiller A som medlem`, `A foreslås som formand`.
fn proposed(told: &Told<'_>, seats: &mut Vec<Seat>) {
    let text = told.text;
    let status = match told.sentence.section {
        SectionKind::Recommendation => proposal(told.view, text),
        _ => SeatStatus::Recommended,
    };
    for found in AS_ROLE.captures_iter(text) {
        let (Some(whole), Some(word)) = (found.get(0), found.get(1)) else { continue };
        let chosen = told.series(0, whole.start(), false);
        let (Some(first), Some(last)) = (chosen.first(), chosen.last()) else { continue };
        let gap = &text[last.end..whole.start()];
        let is_object = gap.trim().is_empty() && text[..first.start].ends_with("indstiller ");
        if !is_object && !PROPOSED.is_match(gap) {
            continue;
        }
        let role = role_in(word.as_str()).unwrap_or(Role::Member);
        let Some(body) = told.body(place_after(text, &told.bodies, whole.end(), role)) else { continue };
        seats.extend(
            chosen
                .into_iter()
                .map(|name| Seat { status, ..told.seat(name, role, SeatEvent::Appointed, body.clone()) }),
        );
    }
}

/// `A er formand`, `Ny formand er A`: a decision that states who holds an office of this body.
fn stated(told: &Told<'_>, seats: &mut Vec<Seat>) {
    let text = told.text;
    let mut told_by_verb = None;
    for name in &told.people {
        let window = text.ceil_char_boundary(name.start.saturating_sub(OFFICE_WINDOW));
        let (word, end) = if let Some(found) = IS_CHAIR.captures(&text[name.end..]) {
            let Some(word) = found.get(1) else { continue };
            told_by_verb = Some(name.end + word.end());
            (word.as_str(), name.end + word.end())
        } else if let Some(found) = THEN_OFFICE.captures(&text[name.end..]).filter(|_| {
            told_by_verb.is_some_and(|end| ["og", ", og", ","].contains(&text[end..name.start].trim()))
        }) {
            let Some(word) = found.get(1) else { continue };
            (word.as_str(), name.end + word.end())
        } else if let Some(found) = OFFICE_FIRST.captures(&text[window..name.start]) {
            let Some(word) = found.get(1).or_else(|| found.get(2)) else { continue };
            (word.as_str(), name.end)
        } else {
            continue;
        };
        let role = role_in(word).unwrap_or(Role::Chair);
        let body = match place_after(text, &told.bodies, end, role) {
            place @ (Place::Own | Place::Named(_)) => told.body(place).flatten(),
            Place::Group | Place::Elsewhere => continue,
        };
        seats.push(told.seat(name, role, SeatEvent::Appointed, body));
    }
}

/// Before the names of those on whom a choice fell.
static FELL_ON: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(?i)^valget (?:faldt|falder) på "));

/// A decision that consists of names alone, under a title that tells the office.
pub(super) fn by_title(view: &View<'_>, seats: &mut Vec<Seat>) {
    let [before @ .., last] = view.sentences else { return };
    let is_decision = |sentence: &Sentence<'_>| sentence.section == SectionKind::Decision;
    if !is_decision(last) || before.last().is_some_and(is_decision) || last.text.len() > super::LONGEST_QUOTE
    {
        return;
    }
    let words = FELL_ON.find(&last.text).map_or(&*last.text, |found| &last.text[found.end()..]);
    let chosen = names::in_series(words.trim_end_matches('.'));
    if chosen.is_empty() || chosen.iter().any(|name| !name.person.contains(' ')) {
        return;
    }
    let Some((role, body)) = office_of_title(view) else { return };
    if role != Role::Member && role != Role::Substitute && chosen.len() > 1 {
        return;
    }
    seats.extend(chosen.into_iter().map(|name| Seat {
        role: name.note.as_deref().and_then(super::role_of_note).unwrap_or(role),
        person: name.person,
        body: body.clone(),
        event: SeatEvent::Appointed,
        status: SeatStatus::Decided,
        from: None,
        to: None,
        party: name.party,
        acting: false,
        quote: quote(&last.text),
        adopted_by: None,
        members: None,
    }));
}

/// The one office that an item's title says is to be filled, and its body: `Udpegning af medlem til Skolerådet`, `Valg
/// af formand`. A member's body must be named.
pub(super) fn office_of_title(view: &View<'_>) -> Option<(Role, Option<String>)> {
    let title = view.title.filter(|title| CHOICE_TITLE.is_match(title))?;
    let lower = title.to_lowercase();
    let mut roles = lower
        .split(|c: char| !c.is_alphabetic())
        .filter_map(|word| ROLES.iter().find(|(known, _)| *known == word))
        .map(|(_, role)| *role);
    let role = roles.next();
    if roles.any(|other| Some(other) != role) {
        return None;
    }
    let role = role.unwrap_or(Role::Member);
    let named = bodies::mentions(title).into_iter().find_map(|body| body.name);
    let named = named.or_else(|| super::filled_by_title(title));
    match (role, named) {
        (_, Some(body)) => Some((role, Some(body))),
        (Role::Member | Role::Substitute, None) => None,
        // "Valg af formand for Lungeforeningen" is none of this body's offices.
        (_, None) if [" for ", " i ", " til "].iter().any(|word| lower.contains(word)) => None,
        (_, None) => Some((role, view.body.map(str::to_owned))),
    }
}
