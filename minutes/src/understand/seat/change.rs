//! Sentences of departure, leave and entry, and of members who go on under another party.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Match;

use super::{
    AS_ROLE, Place, ROLES, Told, View, WISHES, acting, effect, item_body, party, place_after, role_in,
    succession,
};
use crate::body;
use crate::model::{Role, Seat, SeatEvent, SeatStatus, SectionKind};
use crate::understand::attendance::listed;
use crate::understand::bodies::{self, BodyMention};
use crate::understand::names::{self, Name};
use crate::understand::text::Sentence;
use crate::understand::{date, number};
use crate::{Pattern, pattern};

static LEAVES: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\bikke ønsker at fortsætte\b|\b(?:ønsker|har ønsket) (?:ikke at fortsætte|at (?:blive fritaget|udtræde|træde tilbage|fratræde))\b|\budtræder\b|\b(?:er|har) (?:udtrådt|fratrådt|trådt tilbage)\b|\bfrit(?:ages|aget)\b|\btræder (?:tilbage|ud)\b|\bfratræder\b|\bnedlægger sit mandat\b|\bbedt om at (?:udtræde|blive fritaget|træde tilbage)\b|\b(?:anmodet|anmoder|ansøgt|ansøger|søgt|søger|beder) om at (?:udtræde|fratræde|blive fritaget|træde tilbage)\b|\bikke at fortsætte\b|\b(?:(?:ansøger|ansøgt|anmoder|anmodet|søger|søgt|beder|bedt) om|ønsker|bevilges|bevilget) fritagelse for (?:sit |sine )?\p{L}*hverv",
    )
});
/// Words by which somebody gives up what follows them, if it is an office.
static GIVES_UP: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:trække[rt]?|trukket|trak) sig\b(?: tilbage)?|\btrække sig\b|\b(?:går|gå|gået|gik) af\b|\bstoppe[rt]?\b|\b(?:holder|holde|holdt) op\b|\bafgive[rt]?\b|\b(?:nedlægge[rs]?|nedlagt|nedlagde)\b|\bopsige[rs]?\b|\bopsagt\b|\bfratræde[rs]?\b|\b(?:ønsker|ønske) at (?:stoppe|trække sig|gå af|afgive|nedlægge|opsige|fratræde)\b",
    )
});
/// Words by which somebody gives up a place, if they stand right before a body: `trækker sig fra Byrådet`.
static WITHDRAWS: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:trække[rt]?|trukket) sig (?:tilbage )?(?:fra |ud af )(?:sin plads i )?")
});
/// The word of an office's post: `formandsposten`, `hvervet som borgmester`.
static POST: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?: (?:fra|for|sin|sit))* (næstformand|formand|viceborgmester|borgmester)s?(?:posten|hvervet|post|hverv)\b",
    )
});
static FREED: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:udtræder|fritages|fritaget|bevilge[st] fritagelse|fratræder|træder tilbage|trækker sig|har trukket sig|er udtrådt|er fratrådt|er trådt tilbage)\b",
    )
});
/// `A's udtræden`, `A's ønske om udtræden`: the name stands before it.
static DEPARTURE: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"^['’]? (?:\p{Ll}+ om )?(?:udtræden|fratræden|fritagelse)\b"));
static GRANTED: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)\b(?:godkend|tiltr[åæ]d|imødekom|bevilg|tildel|efterretning)"));
static ON_LEAVE: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(?i)\b(?:\p{L}{2,})?orlov\b"));
/// Leave told in the words of the law.
static UNABLE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:ikke (?:vil være|er) i stand til|forhindret i) at varetage (?:sine|sit) (?:\p{L}+ )?hverv\b",
    )
});
/// Words that make a leave an event of a seat.
static LEAVE_ASKED: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:bevilg|ansøg|anmod|imødekom|godkend|tildel|søger|søgt|ønske|meddel|gives|givet|får|fået|(?:er|går) på \p{L}*orlov|indkald)",
    )
});
/// Leave from something that is no seat.
static LEAVE_FROM_WORK: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(r"(?i)orlov fra (?:sit|sin|hans|hendes|deres) (?:\p{L}+ )?(?:arbejde|job|stilling|ansættelse)\b")
});
/// Where the person stands after the leave: `orlov til A`, `orlov fra A`.
static LEAVE_OF: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(?i)orlov (?:til|fra|for) $"));
static ENTERS: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\bindtræder\b|\bindkald(?:es|t|e|er)? (?:til|for) at indtræde\b|\b(?:er|og) indtrådt\b|\bindtrådte\b|\b(?:overtager|overtog|får) (?:pladsen|mandatet|sæde|plads|den (?:ledige|tomme) plads)\b|\bindgår som (?:nyt )?medlem\b",
    )
});
/// The verb of one who is called in to enter: for good only where somebody leaves so.
const CALLED_IN: &str = "indkald";
static NEXT_ON_LIST: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(?i)\bstedfortræder nr\. ?1\b.* er $"));
/// What turns a word of leaving round, right before or after it.
const DENIES: &str = "ikke";

/// What may stand between such a word and the office that alone is given up.
const BEFORE_OFFICE: [&str; 11] = [
    "",
    "for hvervet",
    "fra hvervet",
    "for sit hverv",
    "fra sit hverv",
    "for posten",
    "fra posten",
    "hvervet",
    "sit hverv",
    "posten",
    "sin post",
];

/// Bytes before a name in which it may be told to be the next on a list.
const NEXT_WINDOW: usize = 200;

/// Verbs between a newcomer and the one before: `A afløser B som formand`.
const REPLACES: [&str; 2] = ["afløser", "erstatter"];

/// Whether a sentence may tell of such a change: a cheap test before names and bodies are looked for.
pub(super) fn may_tell(text: &str) -> bool {
    const STEMS: [&str; 41] = [
        "trække",
        "trukket",
        "trak sig",
        "går af",
        "gå af",
        "gået af",
        "stoppe",
        "holder op",
        "afgive",
        "nedlæg",
        "opsige",
        "træde",
        "trådt",
        "fritag",
        "orlov",
        "fortsætte",
        "mandat",
        "tedfortræder nr",
        "løsgænger",
        "repræsentere",
        "tilhører",
        "varetage",
        "skifte",
        "indmeldt",
        "optaget",
        "overgå",
        "går over",
        "gået over",
        "overtager",
        "meldt sig",
        "melder sig",
        "sidde for",
        "sidder for",
        "plads i ",
        "pladser i ",
        "poster i ",
        "post i ",
        "sæde i ",
        "indgår som",
        " død",
        "gået bort",
    ];
    STEMS.iter().any(|stem| text.contains(stem))
        || text.contains("Orlov")
        || text.contains("Udtræde")
        || REPLACES.iter().any(|verb| text.contains(verb))
}

pub(super) fn read(told: &Told<'_>, seats: &mut Vec<Seat>, days: &mut Vec<Date>) {
    let text = told.text;
    let effect = effect::day(told);
    let known = seats.len();
    if cue_of_leaving(text).is_some() {
        leaving(told, effect, seats);
    } else {
        departures(told, effect, seats);
        leave(told, effect, seats, days);
    }
    if ENTERS.is_match(text) {
        entering(told, effect, seats);
    } else if text.to_lowercase().contains("stedfortræder nr") {
        next_on_list(told, seats);
    }
    died(told, seats);
    replacing(told, effect, seats);
    taking_over(told, effect, seats);
    going_on(told, seats);
    party::read(told, seats);
    if seats.len() > known || [&LEAVES, &ENTERS, &ON_LEAVE].iter().any(|cue| cue.is_match(text)) {
        days.extend(effect);
    }
}

fn leaving(told: &Told<'_>, effect: Option<Date>, seats: &mut Vec<Seat>) {
    let text = told.text;
    let Some(cue) = cue_of_leaving(text) else { return };
    // "B udpeges som medlem af Østby Forening, idet A udtræder": no seat of the council's is given up.
    let filled = AS_ROLE.find_iter(text).find(|role| role.end() <= cue.start());
    let is_elsewhere = |role: Match<'_>| {
        matches!(place_after(text, &told.bodies, role.end(), Role::Member), Place::Elsewhere | Place::Group)
    };
    if filled.is_some_and(is_elsewhere) && !told.bodies.iter().any(|body| body.start >= cue.end()) {
        return;
    }
    let announced = text.contains("tilkendegivelse");
    let leaving: Vec<&Name> = if announced {
        told.people.iter().collect()
    } else {
        told.people.iter().rfind(|name| name.end <= cue.start()).into_iter().collect()
    };
    let office = office_given_up(&text[cue.end()..]);
    for name in leaving {
        let role = office.or_else(|| role_before(text, name)).unwrap_or(Role::Member);
        let mut seat = told.seat(name, role, SeatEvent::Leaving, body_near(told, cue.end()));
        let others = others_named(told, cue.end());
        let only_wished = WISHES.is_match(text) || !FREED.is_match(text) || is_announced(text, &cue);
        if only_wished && told.sentence.section == SectionKind::Decision {
            seat.status = SeatStatus::Requested;
        }
        if seat.status == SeatStatus::Requested && grants_departure(told.view) {
            seat.status = SeatStatus::Decided;
        }
        if REFUSES.is_match(text) {
            seat.status = SeatStatus::Requested;
        }
        seat.to = effect;
        seats.extend(others.into_iter().map(|body| Seat { body: Some(body), ..seat.clone() }));
        seats.push(seat);
    }
}

/// `A er afgået ved døden`: the seat ended, whoever tells it. Only where the item is about who comes then; what one was earlier is no
/// seat, and that of another body than the one that met is none that the sentence names.
fn died(told: &Told<'_>, seats: &mut Vec<Seat>) {
    static DIED: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:er (?:den [^,;]{1,30} )?afgået ved døden|afgik (?:den [^,;]{1,30} )?ved døden|er (?:\p{Ll}+ )?(?:død|gået bort)|døde den)\b",
        )
    });
    static SUCCEEDED: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(r"(?i)indtræd|indkald|stedfortræder|suppleant|suppleringsvalg|efterfølger|udtræd")
    });
    let text = told.text;
    let Some(cue) = DIED.find(text) else { return };
    let Some(name) = told.people.iter().rfind(|name| name.end <= cue.start()) else { return };
    let was_earlier =
        text[..name.start].to_lowercase().split(' ').rev().take(3).any(|word| word == "tidligere");
    let is_about = told.view.title.is_some_and(|title| SUCCEEDED.is_match(title))
        || told.view.sentences.iter().any(|sentence| SUCCEEDED.is_match(&sentence.text));
    let gap = text[name.end..cue.start()].trim();
    let is_member = gap.is_empty() || gap.starts_with(',') || gap.starts_with("medlem");
    if was_earlier || !is_about || !is_member || cue.as_str().contains("ikke") {
        return;
    }
    let named = told.bodies.iter().find_map(|body| body.name.clone());
    let of_council = text[..name.start].to_lowercase().trim_end().ends_with("byrådsmedlem");
    let body = named.or_else(|| told.view.body.map(str::to_owned));
    if of_council && !body.as_deref().is_some_and(|body| body::is_council(&body::key(body))) {
        return;
    }
    let seat = told.seat(name, Role::Member, SeatEvent::Leaving, body);
    let day = told.view.date.and_then(|meeting| {
        let told_day = date::mentions(text).into_iter().find(date::Mention::is_one_day)?;
        effect::past(&told_day, meeting)
    });
    seats.push(Seat { status: SeatStatus::Decided, to: day, ..seat });
}

/// `A har meddelt, at hun udtræder`: what somebody tells is no decision; what has happened (`er udtrådt`) is told as it is.
fn is_announced(text: &str, cue: &Match<'_>) -> bool {
    static ANNOUNCES: LazyLock<Pattern> =
        LazyLock::new(|| pattern(r"(?i)\b(?:meddel|oplys|tilkendegiv|orienter|fortal)\p{L}*\b.*\bat\b"));
    static HAS_HAPPENED: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(?i)^(?:er|har) "));
    ANNOUNCES.is_match(&text[..cue.start()]) && !HAS_HAPPENED.is_match(cue.as_str())
}

/// Whether the item grants a departure.
fn grants_departure(view: &View<'_>) -> bool {
    static ABOUT: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(r"(?i)\b(?:udtræd|udtrådt|fratræd|fritag|trække[rt]? sig|nedlæg\p{L}* .*mandat)")
    });
    static GRANTS: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:udtræd|fratræd|fritag|imødekom|(?:ansøgning|anmodning)\p{L}* (?:\p{L}+ )?godkend|godkend\p{L}* (?:ansøgning|anmodning))",
        )
    });
    grants(view, &ABOUT, &GRANTS)
}

/// Whether the item grants a leave.
fn grants_leave(view: &View<'_>) -> bool {
    static GRANTS: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(
            r"(?i)orlov|\bimødekom|(?:ansøgning|anmodning)\p{L}* (?:\p{L}+ )?godkend|godkend\p{L}* (?:ansøgning|anmodning)",
        )
    });
    static ABOUT: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(?i)orlov(?:en)?\b"));
    grants(view, &ABOUT, &GRANTS)
}

/// Whether what the item's decision approves is what somebody asked for: its title is about it, and its recommendation, where it has
/// any, is to grant it; or the decision says so itself. To take it to notice decides nothing.
fn grants(view: &View<'_>, about: &Pattern, grants: &Pattern) -> bool {
    let mut proposals =
        view.sentences.iter().filter(|sentence| sentence.section == SectionKind::Recommendation).peekable();
    // "Imødekommet" is only said of what somebody asked for.
    static GRANTED_WISH: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(
            r"(?i)\bimødekom|\b(?:godkendte|bevilgede|bevilger|godkender) (?:\p{L}+ )?(?:ansøgning|anmodning|ønske)|\b(?:ansøgning|anmodning)\p{L}* (?:\p{L}+ )?(?:bevilges|godkendes)\b",
        )
    });
    let mut decided = view.sentences.iter().filter(|sentence| sentence.section == SectionKind::Decision);
    if decided.clone().any(|sentence| REFUSES.is_match(&sentence.text)) {
        return false;
    }
    let says_so =
        |sentence: &Sentence<'_>| GRANTED_WISH.is_match(&sentence.text) && !REFUSES.is_match(&sentence.text);
    let says = decided.any(says_so) || (view.adopted && proposals.clone().any(says_so));
    // Under another title the recommendation may say itself that it is granted.
    static GIVES: LazyLock<Pattern> =
        LazyLock::new(|| pattern(r"(?i)\b(?:bevilg|godkend|imødekom|tildel|meddel)"));
    let is_proposed = proposals.clone().any(|sentence| {
        about.is_match(&sentence.text) && GIVES.is_match(&sentence.text) && !REFUSES.is_match(&sentence.text)
    });
    let is_about = is_proposed || view.title.is_some_and(|title| about.is_match(title));
    (view.adopted || (says && is_about))
        && (is_about || says)
        && (proposals.peek().is_none() || says || proposals.any(|sentence| grants.is_match(&sentence.text)))
}

/// What was asked for is not given.
static REFUSES: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:afslog|afslår|afslås|afslået|afslag|afviste|afviser|afvist|afvises)\b|\b(?:bevilg|imødekom|godkend|tildel)\p{L}* ikke\b|\bikke (?:at )?(?:bevilg|imødekom|godkend|tildel)",
    )
});

/// Gives a departure whose sentence names no body the one other body that the item fills: who decides is not who is left. So with
/// an office of one of its members. The office of the council itself (`hvervet`) is left where it is.
pub(super) fn of_the_body_named(view: &View<'_>, seats: &mut [Seat]) {
    let tells_no_body = |seat: &Seat| bodies::mentions(&seat.quote).is_empty();
    let by_title =
        view.title.is_some_and(|title| bodies::mentions(title).iter().any(|body| body.name.is_some()));
    if by_title {
        return;
    }
    let own = view.body.map(body::key);
    let is_other = |seat: &&Seat| !tells_no_body(seat) || seat.body.as_deref().map(body::key) != own;
    let mut named: Vec<String> = Vec::new();
    for body in seats.iter().filter(is_other).filter_map(|seat| seat.body.as_deref()) {
        if !named.iter().any(|known| body::key(known) == body::key(body)) {
            named.push(body.to_owned());
        }
    }
    let [only] = named.as_slice() else { return };
    let leaves = |seat: &&mut Seat| {
        seat.event == SeatEvent::Leaving
            && tells_no_body(seat)
            && !seat.quote.to_lowercase().contains("hverv")
    };
    for seat in seats.iter_mut().filter(leaves) {
        seat.body = Some(only.clone());
    }
    // "Som medlemmer af Teknikudvalget valgtes A og B. Som formand valgtes A."
    let of_it: Vec<String> = seats
        .iter()
        .filter(|seat| seat.event == SeatEvent::Appointed && seat.role == Role::Member)
        .filter(|seat| seat.body.as_deref().is_some_and(|name| body::key(name) == body::key(only)))
        .map(|seat| seat.person.clone())
        .collect();
    let has_office = |seat: &&mut Seat| {
        seat.event == SeatEvent::Appointed
            && !matches!(seat.role, Role::Member | Role::Substitute)
            && tells_no_body(seat)
            && of_it.contains(&seat.person)
    };
    for seat in seats.iter_mut().filter(has_office) {
        seat.body = Some(only.clone());
    }
}

/// The office that the words after a verb of leaving name: `træder tilbage som formand`, `afgiver formandsposten`.
fn office_given_up(after: &str) -> Option<Role> {
    if let Some(post) = POST.captures(after) {
        return role_in(&post[1]);
    }
    let found = AS_ROLE.captures(after)?;
    let between = after[..found.get(0)?.start()].trim();
    BEFORE_OFFICE.contains(&between).then(|| role_in(&found[1])).flatten()
}

/// The words that say that somebody leaves, unless they say that nobody does.
fn cue_of_leaving(text: &str) -> Option<Match<'_>> {
    let gives_up = GIVES_UP.find_iter(text).filter(|cue| office_given_up(&text[cue.end()..]).is_some());
    let withdraws = WITHDRAWS.find_iter(text).filter(|cue| names_body_at(text, cue.end()));
    LEAVES.find_iter(text).chain(gives_up).chain(withdraws).find(|cue| {
        let (before, after) = (text[..cue.start()].trim_end(), text[cue.end()..].trim_start());
        // "ønsker ikke at fortsætte" says itself what is not to be.
        let is_denied = |word: &str| word.eq_ignore_ascii_case(DENIES);
        !before.rsplit(' ').next().is_some_and(is_denied)
            && !after.split([' ', ',', '.']).next().is_some_and(is_denied)
            && !party::follows(text, cue.end())
    })
}

/// Whether a body itself stands at a place of a text, not its meeting (`byrådsmødet`) or something of it (`Byrådets behandling`).
fn names_body_at(text: &str, at: usize) -> bool {
    bodies::mentions(text).iter().any(|body| {
        let printed = &text[body.start..body.end];
        body.start == at && !printed.contains("møde") && !printed.ends_with('s')
    })
}

/// `A's udtræden af rådet blev godkendt`.
fn departures(told: &Told<'_>, effect: Option<Date>, seats: &mut Vec<Seat>) {
    for name in told.people.iter().filter(|name| DEPARTURE.is_match(&told.text[name.end..])) {
        let mut seat = told.seat(name, Role::Member, SeatEvent::Leaving, body_near(told, name.end));
        if !GRANTED.is_match(told.text) {
            seat.status = SeatStatus::Requested;
        }
        seat.to = effect;
        seats.push(seat);
    }
}

fn leave(told: &Told<'_>, effect: Option<Date>, seats: &mut Vec<Seat>, days: &mut Vec<Date>) {
    let text = told.text;
    let unable = UNABLE.find(text);
    let Some(cue) = unable.or_else(|| ON_LEAVE.find(text)) else { return };
    if (unable.is_none() && !LEAVE_ASKED.is_match(text)) || LEAVE_FROM_WORK.is_match(text) {
        return;
    }
    let before = told.people.iter().rfind(|name| name.end <= cue.start());
    let after = || {
        told.people
            .iter()
            .find(|name| name.start >= cue.end())
            .filter(|name| LEAVE_OF.is_match(&text[..name.start]))
    };
    let Some(name) = before.or_else(after).filter(|name| may_be_of_seat(told, &cue, name)) else { return };
    // "Byrådet bevilger A orlov": the body that grants it is the one whose seat it is.
    let grants = told.bodies.first().filter(|body| body.start == 0).and_then(|body| body.name.clone());
    let named = told.bodies.iter().find(|body| body.start >= cue.end()).and_then(|body| body.name.clone());
    let mut seat = told.seat(name, Role::Member, SeatEvent::Leave, None);
    seat.body = named.or(grants).or_else(|| item_body(told.view));
    seat.from = effect;
    seat.to = effect.and_then(|from| last_of_months(text, from));
    if let Some((from, to)) = period_after(told, cue.end()) {
        (seat.from, seat.to) = (Some(from), Some(to));
        days.extend([from, to]);
    }
    // "Bevilges forlænget orlov til og med den 30. juni": from when, another meeting told.
    if (seat.from, seat.to) == (None, None) {
        seat.to = effect::last_day_of_office(told, None);
        days.extend(seat.to);
    }
    if seat.status == SeatStatus::Requested && grants_leave(told.view) {
        seat.status = SeatStatus::Decided;
    }
    if REFUSES.is_match(text) {
        seat.status = SeatStatus::Requested;
    }
    let others = others_named(told, cue.end());
    seats.extend(others.into_iter().map(|body| Seat { body: Some(body), ..seat.clone() }));
    seats.push(seat);
}

/// Whether a leave may be from a seat: not an official's, and of a kind that anybody at work has (`barselsorlov`) only where something
/// tells of a seat.
fn may_be_of_seat(told: &Told<'_>, cue: &Match<'_>, name: &Name) -> bool {
    static OF_SEATS: LazyLock<Pattern> =
        LazyLock::new(|| pattern(r"(?i)orlov|stedfortræder|suppleant|\bfravær|forfald|hverv"));
    let of_anybody = cue.as_str().len() > "orlov".len() && !UNABLE.is_match(cue.as_str());
    let before = told.text[..name.start].trim_end().rsplit(' ').next().unwrap_or_default().to_lowercase();
    let is_official = name.party.is_none() && listed::is_of_official(&before);
    let tells = || {
        name.party.is_some()
            || told.bodies.iter().any(|body| body.name.is_some())
            || told.view.title.is_some_and(|title| OF_SEATS.is_match(title))
    };
    !is_official && (!of_anybody || tells())
}

/// The last day of a leave of some months: `fra 1. marts 2019 gældende i 3 måneder`.
fn last_of_months(text: &str, from: Date) -> Option<Date> {
    static MONTHS: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(&format!(r"(?i)\b(?:i|på|for)\s+(\d{{1,2}}|{})\s+måned(?:er)?\b", *number::WORDS))
    });
    let months = number::read(&MONTHS.captures(text)?[1])?;
    from.checked_add(jiff::Span::new().try_months(months).ok()?).ok()?.yesterday().ok()
}

/// The run of days that follows a place of the text.
fn period_after(told: &Told<'_>, at: usize) -> Option<(Date, Date)> {
    let meeting = told.view.date?;
    let found =
        date::mentions(told.text).into_iter().find(|mention| mention.start >= at && mention.is_exact())?;
    found.resolve(meeting).filter(|(from, to)| from < to)
}

/// Two members take each other's seat.
static SWAPS: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(?i)\bbytter? (?:\p{L}+ )?plads(?:er|erne)?\b"));

/// A title under which somebody's place is filled for good.
static LEAVES_FOR_GOOD: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)\budtræd|\bfratræd|\btrækker sig|\bnyt (?:\p{L}*råds)?medlem\b"));

/// Every one who enters, each in the body that follows the verb; then those in whose place the first come, or, of two who swap,
/// each out of the other's body.
fn entering(told: &Told<'_>, effect: Option<Date>, seats: &mut Vec<Seat>) {
    let text = told.text;
    let known = seats.len();
    let somebody_leaves = seats.iter().any(|seat| seat.event == SeatEvent::Leaving)
        || told.view.title.is_some_and(|title| LEAVES_FOR_GOOD.is_match(title));
    for cue in ENTERS.find_iter(text).filter(|cue| !party::follows(text, cue.end())) {
        let for_a_time = cue.as_str().to_lowercase().starts_with(CALLED_IN) && !somebody_leaves;
        // Until when is told by the leave, if anything tells it.
        if for_a_time && effect.is_none() {
            continue;
        }
        for mut seat in entered(told, &cue, effect) {
            if for_a_time {
                seat.role = Role::Substitute;
            }
            let is_twice = |other: &Seat| other.person == seat.person && other.body == seat.body;
            if !seats[known..].iter().any(is_twice) {
                seats.push(seat);
            }
        }
    }
    let entered: Vec<Seat> = seats[known..].to_vec();
    if SWAPS.is_match(text)
        && let [one, other] = entered.as_slice()
        && one.body != other.body
    {
        let out = |seat: &Seat, body: &Option<String>| Seat {
            event: SeatEvent::Leaving,
            body: body.clone(),
            from: None,
            to: effect,
            ..seat.clone()
        };
        seats.extend([out(one, &other.body), out(other, &one.body)]);
        return;
    }
    let gone = |name: &&Name| {
        is_replaced(text, name)
            && !has_place_of_its_own(told, name)
            && !entered.iter().any(|seat| seat.person == name.person)
    };
    let first = entered.first();
    let role = first.map_or(Role::Member, |seat| seat.role);
    let role = if role == Role::Substitute { Role::Member } else { role };
    // Who enters several bodies fills a place in each.
    let mut bodies: Vec<Option<String>> = entered
        .iter()
        .filter(|seat| first.is_some_and(|first| seat.person == first.person))
        .map(|seat| seat.body.clone())
        .collect();
    if let (true, Some(cue)) = (bodies.is_empty(), ENTERS.find(text)) {
        bodies.push(body_near(told, cue.end()));
    }
    for name in told.people.iter().filter(gone) {
        for body in &bodies {
            let seat = told.seat(name, role, SeatEvent::Leaving, body.clone());
            seats.push(Seat { to: effect, ..seat });
        }
    }
}

/// What may stand between the verb and who enters: nothing, or what they have been until then.
static RANK: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)^\s*(?:(?:\d{1,2}\. ?|første|(?:hans|hendes|dennes|partiets|listens) (?:personlige )?)?\s*(?:stedfortræder(?:en)?|suppleant(?:en)?),?\s*)?$",
    )
});

/// Those who enter by one verb of a sentence.
fn entered(told: &Told<'_>, cue: &Match<'_>, effect: Option<Date>) -> Vec<Seat> {
    let text = told.text;
    let after = told.series(cue.end(), text.len(), true);
    let is_next = |name: &&Name| RANK.is_match(&text[cue.end()..name.start]);
    // "Som nyt medlem indtræder A", else "A indtræder".
    let (newcomers, at) = match (after.first().is_some_and(is_next), after.last()) {
        (true, Some(last)) => {
            let at = last.end;
            (after, at)
        }
        _ => (newcomers_before(told, cue.start()), cue.end()),
    };
    let body = match place_after(text, &told.bodies, at, Role::Member) {
        Place::Group => None,
        _ => body_near(told, at),
    };
    let office = AS_ROLE.captures(&text[cue.end()..]).and_then(|found| role_in(&found[1]));
    let office = office.filter(|role| !matches!(role, Role::Member | Role::Substitute));
    let stands_in = AS_SUBSTITUTE.is_match(text) || acting::is_for_a_time(text);
    let role = if stands_in && office.is_none() { Role::Substitute } else { office.unwrap_or(Role::Member) };
    let others = if body.is_some() { others_named(told, at) } else { Vec::new() };
    let to = effect::last_day_of_office(told, effect);
    let mut seats = Vec::new();
    for name in newcomers {
        let mut seat = told.seat(name, role, SeatEvent::Appointed, body.clone());
        (seat.from, seat.to) = (effect, to);
        seats.extend(others.iter().map(|body| Seat { body: Some(body.clone()), ..seat.clone() }));
        seats.push(seat);
    }
    seats
}

/// Those named before the verb; not the one in whose place they come.
fn newcomers_before<'t>(told: &'t Told<'_>, verb: usize) -> Vec<&'t Name> {
    let before = told.series(0, verb, false);
    match before.iter().find(|name| is_replaced(told.text, name)) {
        Some(gone) => told.series(0, gone.start, false),
        None => before,
    }
}

/// Who enters in another's place for as long as that one is away.
static AS_SUBSTITUTE: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)\bsom (?:\p{L}+ )?(?:stedfortræder|suppleant)\b"));

/// Before the name of the one whose place another takes, with what they were: `i stedet for`, `som afløser for tidligere
/// medlem`.
static IN_PLACE_OF: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:i ?stedet for|som afløser for|som erstatning for|til afløsning af|og afløser|og erstatter|efter) ",
        r"(?:(?:udtrådte|afgåede|afgående|fratrådte|fratrædende|tidligere|afdøde|\p{L}*medlem|formand|næstformand|borgmester) ){0,3}$",
    ))
});
/// Around the name of one whose place another takes: `på A's plads`, `i A's sted`.
static PLACE_BEFORE: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(?i)\b(?:på|i|overtager|overtog) $"));
static PLACE_AFTER: LazyLock<Pattern> = LazyLock::new(|| pattern(r"^['’]? (?:sted|plads|post)\b"));
/// Somebody stands in, and nobody goes.
static STANDS_IN: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\bdeltog\b|\bdeltager\b|\bmødte\b|\bsuppleant|\bstedfortræder|\borlov|\bfraværende\b|\bafbud\b|\bhindringen\b",
    )
});

/// Whether a name is that of the one whose place another takes for good.
fn is_replaced(text: &str, name: &Name) -> bool {
    gives_place(text, name) && !STANDS_IN.is_match(text)
}

/// Whether a name is that of one whose place another takes, if only for a time.
pub(super) fn gives_place(text: &str, name: &Name) -> bool {
    let window = text.ceil_char_boundary(name.start.saturating_sub(NEXT_WINDOW));
    let (before, after) = (&text[window..name.start], &text[name.end..]);
    IN_PLACE_OF.is_match(before) || (PLACE_BEFORE.is_match(before) && PLACE_AFTER.is_match(after))
}

/// `A vælges som formand i stedet for B`: B gives up what A takes. `known` seats are of earlier sentences.
pub(super) fn replaced(told: &Told<'_>, known: usize, seats: &mut Vec<Seat>) {
    let Some(taken) = seats.get(known).filter(|seat| seat.event == SeatEvent::Appointed) else { return };
    let (role, body, from, status) = (taken.role, taken.body.clone(), taken.from, taken.status);
    for name in told.people.iter().filter(|name| is_replaced(told.text, name)) {
        if seats[known..].iter().any(|seat| seat.person == name.person) {
            continue;
        }
        let gone = told.seat(name, role, SeatEvent::Leaving, body.clone());
        seats.push(Seat { status, to: from, ..gone });
    }
}

/// Gives the seats that a sentence of election tells the day from which it counts, and the last one where it is told.
pub(super) fn taking_effect(told: &Told<'_>, known: usize, seats: &mut [Seat], days: &mut Vec<Date>) {
    if seats.len() == known {
        return;
    }
    let from = effect::day(told);
    let to = effect::last_day_of_office(told, from);
    for seat in &mut seats[known..] {
        seat.from = seat.from.or(from);
        seat.to = seat.to.or(to);
    }
    days.extend(from);
    days.extend(to);
}

fn next_on_list(told: &Told<'_>, seats: &mut Vec<Seat>) {
    let window = |end: usize| told.text.ceil_char_boundary(end.saturating_sub(NEXT_WINDOW));
    let is_next = |name: &&Name| NEXT_ON_LIST.is_match(&told.text[window(name.start)..name.start]);
    let found = told.people.iter().find(is_next);
    seats.extend(found.map(|name| {
        let seat = told.seat(name, Role::Substitute, SeatEvent::Appointed, item_body(told.view));
        let party = seat.party.clone().or_else(|| list_of(told.text));
        Seat { status: SeatStatus::Requested, party, ..seat }
    }));
}

/// Whose list of candidates a sentence names: `på Venstres kandidatliste`.
fn list_of(text: &str) -> Option<String> {
    static LIST: LazyLock<Pattern> =
        LazyLock::new(|| pattern(r"\bpå ((?:[Dd]et )?\p{Lu}\p{L}+?(?: \p{Lu}?\p{L}+?)?)s kandidatliste\b"));
    let party = LIST.captures(text)?.get(1)?.as_str();
    names::is_party(party).then(|| party.to_owned())
}

/// The next on a list takes the seat on the day on which the one member who leaves gives it up.
pub(super) fn into_vacancy(seats: &mut [Seat]) {
    let mut leaving = seats.iter().filter(|seat| seat.event == SeatEvent::Leaving);
    let (Some(one), None) = (leaving.next(), leaving.next()) else { return };
    let Some(day) = one.to else { return };
    for seat in seats.iter_mut() {
        let is_next = seat.role == Role::Substitute && seat.status == SeatStatus::Requested;
        if is_next && seat.from.is_none() && seat.to.is_none() {
            seat.from = Some(day);
        }
    }
}

/// `A afløser B som næstformand`: one comes, the other goes.
fn replacing(told: &Told<'_>, effect: Option<Date>, seats: &mut Vec<Seat>) {
    let text = told.text;
    for pair in told.people.windows(2) {
        let (new, old) = (&pair[0], &pair[1]);
        if !REPLACES.contains(&text[new.end..old.start].trim()) {
            continue;
        }
        let Some((role, place)) = office_after(told, old.end) else { continue };
        let Some(body) = told.body(place) else { continue };
        let came = told.seat(new, role, SeatEvent::Appointed, body.clone());
        seats.push(Seat { from: effect, ..came });
        let gone = told.seat(old, role, SeatEvent::Leaving, body);
        seats.push(Seat { to: effect, ..gone });
    }
}

/// Verbs of one who takes the place whose holder stands after them.
static TAKES: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)\b(?:overtager|overtog|tager|får|besætter|udfylder)\b"));
/// Between such a verb and whose place it is, days left out.
static UNTIL_HOLDER: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?: (?:fra|pr\.|fra og med|den|d\.|med virkning fra|herefter|fremover|desuden|også|samtidig|ligeledes|hermed|derfor|for resten af \p{L}+))*\s*$",
    )
});
/// What is taken: a place or places in a body.
static PLACE_OF_HOLDER: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)^['’]? (?:(?:ledige|tomme|tidligere|nuværende) )?(?:plads(?:er|en|erne)?|sæde(?:r|t)?|poste?r?(?:en|ne)?|udvalgsplads(?:er)?|udvalgsposte?r?|medlemskab(?:er)?) i(?: (?:hhv\.|henholdsvis|både))? ?$",
    )
});
/// The same with the one told of last: `hendes plads i`.
static PLACE_OF_LAST: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:hans|hendes|dennes|vedkommendes) (?:(?:ledige|tomme|tidligere) )?(?:plads(?:er)?|sæde(?:r)?|poste?r?|udvalgsplads(?:er)?|udvalgsposte?r?|medlemskab(?:er)?) i(?: (?:hhv\.|henholdsvis|både))? $",
    )
});
/// Between the bodies whose place is taken and who takes it: `A's plads i Teknikudvalget overtages af B`.
static TAKEN_BY: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)^ (?:overtages|besættes|udfyldes|overgår|tilfalder|gives)(?: (?:herefter|fremover|hermed|nu|derfor))?(?: (?:af|til))? $",
    )
});

/// `A overtager B's plads i Teknikudvalget`, `B's plads i Teknikudvalget overtages af A`: A comes and B goes, in each body named.
fn taking_over(told: &Told<'_>, effect: Option<Date>, seats: &mut Vec<Seat>) {
    let text = told.text;
    if STANDS_IN.is_match(text) || REFUSES.is_match(text) {
        return;
    }
    for body in told.bodies.iter().filter(|body| body.name.is_some()) {
        let before = &text[..body.start];
        let holder = told.people.iter().rfind(|name| is_place_of(told, name, body));
        let (holder, at) = match (holder, PLACE_OF_LAST.find(before)) {
            (Some(name), _) => (Some(name.person.clone()), name.start),
            (None, Some(words)) => (last_to_leave(told, words.start(), seats), words.start()),
            (None, None) => continue,
        };
        let Some(holder) = holder else { continue };
        let comes = told.people.iter().rfind(|name| name.end <= at && takes(told, name, at)).or_else(|| {
            let end = end_of_bodies(told, body);
            told.people
                .iter()
                .find(|name| text.get(end..name.start).is_some_and(|between| TAKEN_BY.is_match(between)))
        });
        let Some(comes) = comes.filter(|comes| comes.person != holder) else { continue };
        let day = effect.or_else(|| day_of_leaving(&holder, seats));
        let mut places: Vec<String> = body.name.iter().cloned().collect();
        places.extend(others_named(told, body.start));
        for place in places {
            let came = told.seat(comes, Role::Member, SeatEvent::Appointed, Some(place.clone()));
            seats.push(Seat { from: day, ..came });
            let gone = told.seat(comes, Role::Member, SeatEvent::Leaving, Some(place));
            seats.push(Seat { person: holder.clone(), party: None, to: day, ..gone });
        }
    }
}

/// Whether a body is where a sentence says that somebody's place is.
fn is_place_of(told: &Told<'_>, name: &Name, body: &BodyMention) -> bool {
    told.text.get(name.end..body.start).is_some_and(|between| PLACE_OF_HOLDER.is_match(between))
}

/// Whether a sentence says in which body the place is that another takes from somebody: it says nothing of other bodies then.
fn has_place_of_its_own(told: &Told<'_>, name: &Name) -> bool {
    told.bodies.iter().any(|body| body.name.is_some() && is_place_of(told, name, body))
}

/// The first day without the seat that somebody gives up by the sentences before, where they tell one.
fn day_of_leaving(person: &str, seats: &[Seat]) -> Option<Date> {
    let left = |seat: &&Seat| seat.event == SeatEvent::Leaving && seat.person == person;
    let seat = seats.iter().find(left)?;
    seat.to.map(|day| succession::first_day(&seat.quote, day))
}

/// Whether one named is who takes the place that a sentence tells of at a byte of it: by a verb between, with no other name there.
fn takes(told: &Told<'_>, name: &Name, at: usize) -> bool {
    let text = told.text;
    let Some(verb) = TAKES.find_iter(&text[..at]).last().filter(|verb| verb.start() >= name.end) else {
        return false;
    };
    let days: Vec<_> = date::mentions(text);
    let mut between = text[verb.end()..at].to_owned();
    for day in days.iter().filter(|day| day.start >= verb.end() && day.end <= at) {
        between = between.replace(&text[day.start..day.end], "");
    }
    let denied = text[..verb.start()].trim_end().ends_with(" ikke") || between.contains("ikke");
    !denied && UNTIL_HOLDER.is_match(&between) && !names_another_subject(told, name, verb.start())
}

/// Whether somebody else stands between a name and a verb.
fn names_another_subject(told: &Told<'_>, name: &Name, verb: usize) -> bool {
    told.people.iter().any(|other| other.start >= name.end && other.end <= verb)
}

/// The one person told to leave before a place of the sentence, in it or in those before.
fn last_to_leave(told: &Told<'_>, at: usize, seats: &[Seat]) -> Option<String> {
    let is_here = |seat: &&Seat| {
        told.people.iter().any(|name| name.person == seat.person && name.end <= at) || seat.quote != told.text
    };
    let mut left = seats.iter().filter(|seat| seat.event == SeatEvent::Leaving).filter(is_here);
    let first = left.next()?;
    left.all(|seat| seat.person == first.person).then(|| first.person.clone())
}

/// Where the bodies end that stand in one breath with one.
fn end_of_bodies(told: &Told<'_>, body: &BodyMention) -> usize {
    let others = others_named(told, body.start).len();
    let after = told.bodies.iter().filter(|other| other.start >= body.start);
    after.take(others + 1).last().map_or(body.end, |last| last.end)
}

/// `A fortsætter som menigt medlem af byrådet`: who gave up an office keeps the seat.
fn going_on(told: &Told<'_>, seats: &mut Vec<Seat>) {
    static GOES_ON: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(
            r"^ fortsætter (?:herefter |fortsat |fremover )?som (?:(?:menigt|almindeligt|ordinært) )?medlem (?:af|i) $",
        )
    });
    if told.sentence.section != SectionKind::Decision {
        return;
    }
    for name in &told.people {
        let body = told.bodies.iter().find(|body| {
            told.text.get(name.end..body.start).is_some_and(|between| GOES_ON.is_match(between))
        });
        if let Some(body) = body {
            let body = body.name.clone().or_else(|| item_body(told.view));
            seats.push(told.seat(name, Role::Member, SeatEvent::Appointed, body));
        }
    }
}

/// The office that stands right after a name, or the body of which a member is: `som næstformand`, `i Teknikudvalget`.
fn office_after(told: &Told<'_>, at: usize) -> Option<(Role, Place)> {
    let rest = &told.text[at..];
    let office = AS_ROLE.captures(rest).and_then(|found| {
        let whole = found.get(0).filter(|whole| rest[..whole.start()].trim().is_empty())?;
        let role = role_in(&found[1]).unwrap_or(Role::Member);
        Some((role, place_after(told.text, &told.bodies, at + whole.end(), role)))
    });
    let names_a_body = || {
        let body = told.bodies.iter().find(|body| body.start >= at)?;
        let between = told.text[at..body.start].trim();
        ["i", "af"].contains(&between).then(|| place_after(told.text, &told.bodies, at, Role::Member))
    };
    office.or_else(|| Some((Role::Member, names_a_body()?)))
}

/// The bodies that stand in one breath with the first after a place of the sentence: `af Teknikudvalget og Socialudvalget`.
fn others_named(told: &Told<'_>, at: usize) -> Vec<String> {
    const JOINED: [&str; 6] = [",", "og", "og i", "og af", ", og", "samt"];
    let after: Vec<&BodyMention> = told.bodies.iter().filter(|body| body.start >= at).collect();
    let joined = after.windows(2).take_while(|pair| {
        told.text.get(pair[0].end..pair[1].start).is_some_and(|gap| JOINED.contains(&gap.trim()))
    });
    joined.filter_map(|pair| pair[1].name.clone()).collect()
}

fn role_before(text: &str, name: &Name) -> Option<Role> {
    let word = text[..name.start].trim_end().rsplit(' ').next()?.to_lowercase();
    let word = word.strip_suffix("en").unwrap_or(&word);
    ROLES.iter().find(|(known, _)| *known == word).map(|(_, role)| *role)
}

/// The first body named after a place in the sentence, if it is named by name; else the last one in which the sentence says
/// before it that something is (`for A i Teknikudvalget`), other than the one that decides; else the item's.
fn body_near(told: &Told<'_>, at: usize) -> Option<String> {
    const WITHIN: [&str; 4] = ["i", "af", "til", "fra"];
    let after = told.bodies.iter().find(|body| body.start >= at);
    let decides = |name: &str| told.view.body.is_some_and(|own| body::key(own) == body::key(name));
    let within = |body: &&BodyMention| {
        let before = told.text[..body.start].trim_end().rsplit(' ').next().unwrap_or_default();
        body.end <= at
            && WITHIN.contains(&before.to_lowercase().as_str())
            && !body.name.as_deref().is_some_and(decides)
    };
    let near = after.or_else(|| told.bodies.iter().rfind(within)).and_then(|body| body.name.clone());
    near.or_else(|| item_body(told.view))
}
