//! Who takes or gives up a place in a body: lists of names, and sentences of election, departure and entry.
//!
//! Only what the body decided is `decided`. A proposal is `recommended`, a wish `requested`; an office that is only
//! mentioned is no event. A wrong seat is worse than none: where the words leave the office or its body open, none is read.

mod acting;
mod change;
mod composition;
mod effect;
mod election;
mod list;
mod party;
mod replaced;
mod substitute;
mod succession;
mod table;

pub(super) use effect::is_term_of_choice;
use std::collections::HashSet;
use std::sync::LazyLock;

use jiff::civil::Date;

use crate::body;
use crate::model::{Role, Seat, SeatEvent, SeatStatus, SectionKind};
use crate::segment::Line;
use crate::understand::bodies::{self, BodyMention};
use crate::understand::date;
use crate::understand::names::{self, Name};
use crate::understand::text::Sentence;
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
const ROLES: [(&str, Role); 12] = [
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
    ("repræsentant", Role::Member),
];

/// Offices that one person holds: a bare role above names introduces one of them.
const SINGLE: [Role; 4] = [Role::Chair, Role::ViceChair, Role::Mayor, Role::DeputyMayor];

/// A shorter period is not a term of office.
const SHORTEST_TERM_DAYS: i32 = 180;

/// No term of office is longer.
const LONGEST_TERM_YEARS: i16 = 10;

/// More seats than any body has.
const MOST_SEATS: usize = 500;

/// Bytes of a seat's quote at the most; a longer text is cut after a word.
const LONGEST_QUOTE: usize = 600;

/// Word stems without which no sentence speaks of a seat: one cheap test before the many patterns.
static MAY_TELL: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)formand|borgmester|medlem|suppleant|stedfortr|valgt|vælge|udpeg|konstitu|træ(?:de|der|den|kke)|trådt|trukket sig|trak sig|fritag|orlov|fortsætte|mandat|løsgænger|repræsenter|skifte|varetage|overtage|fungere|virker|sig ind i|afløser|erstatter|består|sammensættes|udgøres|indmeld|optaget|overgå|går over|gået over|sidder? for|bytter|plads(?:er)? i |poste?r? i |sæde i |indgår som| død|gået bort",
    )
});
static PROPOSES: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:indstille[sr]?|foreslå(?:r|s|et)|anbefale[sr]?|opstille[srt]*|kandidat\p{L}*|skal (?:vælge|udpege)|ønsker valgt)\b",
    )
});
/// A proposal that the body is to propose somebody to another one.
static PASSED_ON: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)\bat .{0,60}\b(?:indstiller|anbefaler|foreslår)\b"));
static AS_ROLE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:som|til)\s+(?:(?:ny|nye|nyt|konstitueret|fungerende|midlertidig|\p{L}+ets|\p{L}+ens|personlige?)\s+)?(?:(?:første|anden|[12]\.)\s+)?(næstformand|formand|viceborgmester|borgmester|suppleanter|suppleant|stedfortrædere|stedfortræder|medlemmer|medlem|repræsentanter|repræsentant)\b",
    )
});
static WISHES: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:ønsker|ønsket|anmoder|anmodet|ansøger|ansøgt|søger om|søgt om|bedt om|beder om|tilkendegiv\p{L}*)\b",
    )
});
static TERM: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(?i)periode"));
static PAST_ELECTION: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:blev|er) (?:\p{L}+ )?(?:(?:gen)?valgt|udpeget|konstitueret)\b|\b(?:valgte|udpegede|valgtes|konstituerede)\b|\bvalgt som\b",
    )
});
/// A group that is none of the council's bodies, right after the word of an office.
static OTHER_GROUP: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"^ ?\b(?:for|af|i|til) (?:\p{Ll}+ )?\p{Ll}*(?:gruppe|bestyrelse|forening|klub|komite|komité|repræsentantskab|fond|netværk|panel|forum|selskab|kreds)\p{Ll}*\b",
    )
});
/// The board of something with a name, right after the word of an office.
static BOARD_OF_A_NAME: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"^ (?:for|af|i|til) ((?:bestyrelsen|repræsentantskabet) (?:for|i|af) \p{Lu}[\p{L}/-]*(?: (?:og|i|for|af) \p{Lu}[\p{L}/-]*| \p{Lu}[\p{L}/-]*){0,6})",
    )
});
/// A name that follows the word of an office.
static OF_A_NAME: LazyLock<Pattern> = LazyLock::new(|| pattern(r"^ (for|af|i|til) \p{Lu}"));

/// A sentence with what stands in it.
struct Told<'a> {
    view: &'a View<'a>,
    sentence: &'a Sentence<'a>,
    /// Its place among the item's sentences.
    at: usize,
    /// The sentence before it in the same section.
    before: Option<&'a str>,
    /// The only day from which sentences before it say that a change counts.
    only_day: Option<Date>,
    text: &'a str,
    people: Vec<Name>,
    bodies: Vec<BodyMention>,
}

/// Where an office is held.
#[derive(Debug, PartialEq, Eq)]
enum Place {
    /// In the body that the item is about.
    Own,
    /// In a body that the sentence names.
    Named(String),
    /// In a group that is no body of the council.
    Group,
    /// In something with a name that is no body: an association, a party.
    Elsewhere,
}

/// The seats that an item speaks of, in the order found, and the days on which one of them begins or ends.
pub(super) fn read(view: &View<'_>) -> (Vec<Seat>, Vec<Date>) {
    let mut seats = Vec::new();
    for (section, lines) in view.lists {
        if matches!(section, SectionKind::Decision | SectionKind::Recommendation) {
            list::read(view, *section, lines, &mut seats);
            table::read(view, *section, lines, &mut seats);
        } else if let Some(council) = composition::council_in(view, lines) {
            list::read(view, *section, council, &mut seats);
        }
    }
    let mut days: Vec<Date> = Vec::new();
    let of_seats: Vec<(usize, &Sentence<'_>)> =
        view.sentences.iter().enumerate().filter(|(_, sentence)| MAY_TELL.is_match(&sentence.text)).collect();
    let shortened = if of_seats.is_empty() { Vec::new() } else { shortened(view) };
    for &(at, sentence) in &of_seats {
        if seats.len() >= MOST_SEATS {
            break;
        }
        let (elects, changes) = (election::may_tell(sentence), change::may_tell(&sentence.text));
        let consists = composition::may_tell(&sentence.text);
        if elects || changes || consists {
            let text = &*sentence.text;
            let (people, mut bodies) = (with_stand_ins(text, names::in_text(text)), named(text, &shortened));
            bodies.retain(|body| !is_addressed(text, body));
            let before = at.checked_sub(1).map(|before| &view.sentences[before]);
            let before =
                before.filter(|before| before.section == sentence.section).map(|before| &*before.text);
            let only_day = days.first().copied().filter(|day| days.iter().all(|other| other == day));
            let told = Told { view, sentence, at, before, only_day, text, people, bodies };
            if elects {
                let known = seats.len();
                election::read(&told, &mut seats);
                change::taking_effect(&told, known, &mut seats, &mut days);
                change::replaced(&told, known, &mut seats);
            }
            if consists {
                composition::read(&told, &mut seats);
            }
            if changes {
                change::read(&told, &mut seats, &mut days);
            }
        }
    }
    election::by_title(view, &mut seats);
    substitute::read(view, &mut seats);
    change::of_the_body_named(view, &mut seats);
    succession::places(&mut seats);
    seats.retain(|seat| !is_chair_of_council(view, seat) && !is_of_a_committee(seat));
    let said = words_of_decision(view);
    replaced::read(view, &said, &mut seats);
    whole_names(&mut seats);
    let mut seats = merged(seats, &said);
    replaced::days_of_leave(view, &said, &mut seats, &mut days);
    succession::days(view, &mut seats, &mut days);
    acting::mark(view, &mut seats);
    if let Some((from, to)) = term_of(view, &seats) {
        let succeeds: Vec<bool> = seats.iter().map(|seat| succession::enters_place(seat, &seats)).collect();
        for (seat, _) in seats.iter_mut().zip(succeeds).filter(|(seat, succeeds)| !seat.acting && !succeeds) {
            if let (SeatEvent::Appointed, None, None) = (seat.event, seat.from, seat.to) {
                (seat.from, seat.to) = (Some(from), Some(to));
            }
        }
    }
    if let Some(last) = effect::last_day_of_choices(view) {
        for seat in seats.iter_mut().filter(|seat| seat.event == SeatEvent::Appointed && !seat.acting) {
            seat.to = seat.to.or(Some(last));
        }
    }
    change::into_vacancy(&mut seats);
    told_as_adopted(view, &said, &mut seats);
    composition::count(view, &mut seats);
    if let Some(meeting) = view.date {
        days.extend(of_seats.iter().flat_map(|(_, sentence)| effect::days_of_seats(&sentence.text, meeting)));
    }
    (seats, days)
}

/// Whether somebody would chair the council only because it met: it has a mayor, and whose chair is meant was not told.
fn is_chair_of_council(view: &View<'_>, seat: &Seat) -> bool {
    static TOLD: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)formand(?:en|sposten|skabet)? (?:for|i|af) (?:byråd|kommunalbestyrelse|borgerrepræsentation)",
            r"|\b(?:byråds|kommunalbestyrelses|(?:byråd|kommunalbestyrels|borgerrepræsentation)ens? )(?:næst)?formand",
            r"|\bbyrådets (?:næst)?formand|\b(?:[12]\.|første|anden) ?næstformand",
        ))
    });
    let is_councils = seat.body.as_deref().is_some_and(|name| body::is_council(&body::key(name)));
    is_councils
        && matches!(seat.role, Role::Chair | Role::ViceChair)
        && !TOLD.is_match(&seat.quote)
        && !view.title.is_some_and(|title| TOLD.is_match(title))
}

/// Whether a seat of the council is told to be of "the committee": a council is none, and which is meant was not told.
fn is_of_a_committee(seat: &Seat) -> bool {
    let is_council = |name: &str| body::is_council(&body::key(name));
    if !seat.quote.contains("udvalget") || !seat.body.as_deref().is_some_and(is_council) {
        return false;
    }
    let told = bodies::mentions(&seat.quote);
    let says_committee = told.iter().any(|body| {
        body.name.is_none() && seat.quote[body.start..body.end].to_lowercase().starts_with("udvalg")
    });
    says_committee && !told.iter().any(|body| body.name.as_deref().is_some_and(is_council))
}

/// Gives who is only told by a first name the name that a list of the same body tells in full; where it may be one of several, nobody
/// is told.
fn whole_names(seats: &mut Vec<Seat>) {
    if seats.iter().all(|seat| seat.person.contains(' ')) {
        return;
    }
    let full: Vec<(Option<String>, String)> = seats
        .iter()
        .filter(|seat| seat.person.contains(' '))
        .map(|seat| (seat.body.as_deref().map(body::key), seat.person.clone()))
        .collect();
    seats.retain_mut(|seat| {
        if seat.person.contains(' ') {
            return true;
        }
        let key = seat.body.as_deref().map(body::key);
        let is_first = |name: &str| name.split(' ').next() == Some(seat.person.as_str());
        let may_be: HashSet<&String> =
            full.iter().filter(|(of, name)| *of == key && is_first(name)).map(|(_, name)| name).collect();
        let only = may_be.iter().next().filter(|_| may_be.len() == 1).map(|name| (*name).clone());
        if let Some(name) = only {
            seat.person = name;
        }
        may_be.len() <= 1
    });
}

/// Who stands in for whom right beside the name: `A med personlig stedfortræder B`. B is told in A's note, as in parentheses.
fn with_stand_ins(text: &str, people: Vec<Name>) -> Vec<Name> {
    static WITH: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(r"(?i)^,? (?:med (?:personlig )?|personlig )(?:stedfortræder|suppleant):? $")
    });
    if !["tedfortræder", "uppleant"].iter().any(|word| text.contains(word)) {
        return people;
    }
    let mut kept: Vec<Name> = Vec::with_capacity(people.len());
    for name in people {
        let beside = |last: &&mut Name| {
            last.note.is_none()
                && text.get(last.end..name.start).is_some_and(|between| WITH.is_match(between))
        };
        match kept.last_mut().filter(beside) {
            Some(last) => {
                last.note = Some(format!("stedfortræder: {}", &text[name.start..name.end]));
                last.end = name.end;
            }
            None => kept.push(name),
        }
    }
    kept
}

/// Short forms that an item gives of bodies' names, each with the name: `Plan- og Byudvalget (PBU)`.
fn shortened(view: &View<'_>) -> Vec<(String, String)> {
    let texts = view.sentences.iter().map(|sentence| &*sentence.text).chain(view.title);
    let mut found = Vec::new();
    let may_tell = |text: &&str| text.match_indices(" (").any(|(at, _)| short_form(&text[at..]).is_some());
    for text in texts.filter(may_tell) {
        for body in bodies::mentions(text) {
            if let (Some(name), Some(short)) = (body.name, short_form(&text[body.end..])) {
                found.push((short.to_owned(), name));
            }
        }
    }
    found
}

/// Capitals in parentheses right after a name: ` (PBU)`.
fn short_form(after: &str) -> Option<&str> {
    const LETTERS: std::ops::RangeInclusive<usize> = 2..=5;
    let short = after.strip_prefix(" (")?.split(')').next()?;
    let fits = LETTERS.contains(&short.chars().count()) && short.chars().all(char::is_uppercase);
    (fits && !PARTIES.contains(&short)).then_some(short)
}

/// Parties in capitals, which stand in parentheses too.
const PARTIES: [&str; 9] = ["SF", "DF", "LA", "EL", "RV", "NB", "KD", "DD", "KF"];

/// Whether a body is only told what to decide: `Indstilles til byrådet, at A indtræder`.
fn is_addressed(text: &str, body: &BodyMention) -> bool {
    const TELLS: [&str; 6] = [
        "indstilles til ",
        "indstiller til ",
        "indstillede til ",
        "anbefales til ",
        "anbefaler til ",
        "over for ",
    ];
    let says_what = [", at ", " at "].iter().any(|word| text[body.end..].starts_with(word));
    says_what && TELLS.iter().any(|words| text[..body.start].to_lowercase().ends_with(words))
}

/// The bodies of a sentence, those too that it names by a short form of the item's; a short form after the name is part of it.
fn named(text: &str, shortened: &[(String, String)]) -> Vec<BodyMention> {
    let mut bodies = bodies::mentions(text);
    if shortened.is_empty() {
        return bodies;
    }
    for body in &mut bodies {
        if let Some(short) = short_form(&text[body.end..]) {
            body.end += short.len() + " ()".len();
        }
    }
    for (short, name) in shortened {
        for (at, _) in text.match_indices(short.as_str()) {
            let end = at + short.len();
            let is_word = !text[..at].ends_with(char::is_alphanumeric)
                && !text[end..].starts_with(|c: char| c.is_alphanumeric() || c == '-');
            if is_word && !bodies.iter().any(|body| body.start <= at && end <= body.end) {
                bodies.push(BodyMention { start: at, end, name: Some(name.clone()) });
            }
        }
    }
    bodies.sort_by_key(|body| body.start);
    bodies
}

/// Whether a title says that an item chooses people.
pub(super) fn fills(title: &str) -> bool {
    list::CONSTITUTES.is_match(title)
}

/// The sentences and lines of a decision, as they are quoted.
fn words_of_decision(view: &View<'_>) -> HashSet<String> {
    let is_decision = |section: SectionKind| section == SectionKind::Decision;
    let lines = view.lists.iter().filter(|(section, _)| is_decision(*section)).flat_map(|(_, lines)| lines);
    let sentences = view.sentences.iter().filter(|sentence| is_decision(sentence.section));
    let lines = lines.map(|line| quote(line.text.trim()));
    lines.chain(sentences.map(|sentence| quote(&sentence.text))).filter(|words| !words.is_empty()).collect()
}

/// Adds the decision's words to the seats that it only adopts.
fn told_as_adopted(view: &View<'_>, said: &HashSet<String>, seats: &mut [Seat]) {
    if !view.adopted {
        return;
    }
    let decision = view.sentences.iter().filter(|sentence| sentence.section == SectionKind::Decision);
    let words = decision.map(|sentence| &*sentence.text).collect::<Vec<_>>().join(" ");
    let adopted = |seat: &&mut Seat| {
        seat.status == SeatStatus::Decided
            && !said.contains(&seat.quote)
            && !PAST_ELECTION.is_match(&seat.quote)
    };
    for seat in seats.iter_mut().filter(adopted).filter(|_| !words.is_empty()) {
        seat.adopted_by = Some(quote(&words));
    }
}

/// The same seat told twice is one, with the surer status and whatever days either tells. Of two as sure, what the decision itself
/// says goes before what it adopts.
fn merged(seats: Vec<Seat>, said: &HashSet<String>) -> Vec<Seat> {
    let sureness = |status: SeatStatus| match status {
        SeatStatus::Decided => 2,
        SeatStatus::Recommended => 1,
        SeatStatus::Requested => 0,
    };
    let mut kept: Vec<Seat> = Vec::new();
    // A list longer than any body would make this crawl.
    for seat in seats.into_iter().take(MOST_SEATS) {
        // Where a substitute sits is often told by the item alone.
        let elsewhere = |known: &Seat| match (&known.body, &seat.body) {
            (Some(one), Some(other)) => seat.role != Role::Substitute && body::key(one) != body::key(other),
            _ => false,
        };
        let same = |known: &&mut Seat| {
            known.person == seat.person
                && known.event == seat.event
                && (known.role == seat.role || seat.role == Role::Member)
                && !elsewhere(known)
        };
        match kept.iter_mut().find(same) {
            Some(known) => {
                let surer = sureness(seat.status) > sureness(known.status);
                let is_own =
                    seat.status == known.status && said.contains(&seat.quote) && !said.contains(&known.quote);
                if surer || is_own {
                    known.status = seat.status;
                    known.quote = seat.quote;
                    (known.from, known.to) = (seat.from.or(known.from), seat.to.or(known.to));
                } else {
                    (known.from, known.to) = (known.from.or(seat.from), known.to.or(seat.to));
                }
                known.party = known.party.take().or(seat.party);
                known.acting |= seat.acting;
            }
            None => kept.push(seat),
        }
    }
    kept
}

/// The term of office that an item tells, first one found; None where nobody takes a seat.
fn term_of(view: &View<'_>, seats: &[Seat]) -> Option<(Date, Date)> {
    seats.iter().find(|seat| seat.event == SeatEvent::Appointed)?;
    let texts = view.sentences.iter().map(|sentence| &*sentence.text).chain(view.title);
    let of_title = view.title.filter(|title| list::CONSTITUTES.is_match(title));
    let told = texts.clone().filter(|text| TERM.is_match(text)).find_map(|text| years(text, &TERM_IN_YEARS));
    if let Some(years) = told.or_else(|| years_of_seats(of_title?)) {
        return Some(years);
    }
    let sentences = view.sentences.iter().map(|sentence| &*sentence.text);
    sentences.filter(|text| TERM.is_match(text)).chain(of_title).find_map(|text| {
        date::mentions(text)
            .iter()
            .filter(|mention| mention.is_exact() && !mention.without_year())
            .filter_map(|mention| mention.resolve(view.date?))
            .find(|(from, to)| date::length(*from, *to) >= SHORTEST_TERM_DAYS)
    })
}

/// The years of a title that stand right after the body or the word that makes them a term: those of a plan are none.
fn years_of_seats(title: &str) -> Option<(Date, Date)> {
    let start = YEARS_ALONE.find(title)?.start();
    let before = title[..start].trim_end_matches([' ', '(', ',', '-', '–']);
    let is_term = [" for", " årene"].iter().any(|word| before.ends_with(word))
        || bodies::mentions(title).iter().any(|body| body.end == before.len());
    years(title, &YEARS_ALONE).filter(|_| is_term)
}

/// `for perioden 2022-2025`, `for perioden 1.1.2022-31.12.2023`.
static TERM_IN_YEARS: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(r"(?i)\b(?:valg|byråds|funktions|udpegnings)?perioden? (?:fra )?{FROM_TO}"))
});
/// The same in the title of an election, without the word: `Valg til Skolerådet 2022-2025`.
static YEARS_ALONE: LazyLock<Pattern> = LazyLock::new(|| pattern(&format!(r"(?:^|[ (]){FROM_TO}")));

/// Two years, or two days in figures.
const FROM_TO: &str = r"(?:(\d{1,2})[./](\d{1,2})[./ -] ?)?((?:19|20)\d{2}) ?(?:-|–|til) ?(?:(\d{1,2})[./](\d{1,2})[./ -] ?)?((?:19|20)\d{2})\b";

/// A term told by its years or its days in figures.
fn years(text: &str, form: &Pattern) -> Option<(Date, Date)> {
    let found = form.captures(text)?;
    let number = |group: usize, other: i16| match found.get(group) {
        Some(figures) => figures.as_str().parse::<i16>().ok(),
        None => Some(other),
    };
    let day = |group: usize, (month, day): (i16, i16)| {
        let (day, month) = (number(group, day)?, number(group + 1, month)?);
        Date::new(number(group + 2, 0)?, month.try_into().ok()?, day.try_into().ok()?).ok()
    };
    let (from, to) = (day(1, (1, 1))?, day(4, (12, 31))?);
    let years = to.year().checked_sub(from.year())?;
    (date::length(from, to) >= SHORTEST_TERM_DAYS && years < LONGEST_TERM_YEARS).then_some((from, to))
}

fn role_in(text: &str) -> Option<Role> {
    let lower = text.to_lowercase();
    ROLES.iter().find(|(word, _)| lower.contains(word)).map(|(_, role)| *role)
}

/// The role that a text consists of, a colon after it left out.
fn role_of(text: &str) -> Option<Role> {
    let lower = text.trim().trim_end_matches(':').trim_end().to_lowercase();
    const BEFORE: [&str; 5] = ["ny ", "født ", "valg af ", "personlige ", "personlig "];
    let word = BEFORE.iter().find_map(|before| lower.strip_prefix(before)).unwrap_or(&lower);
    ROLES.iter().find(|(known, _)| *known == word).map(|(_, role)| *role)
}

/// The role that the note after a name tells: `formand`, `suppleant for Ida Holm`.
fn role_of_note(note: &str) -> Option<Role> {
    const FOR: [&str; 2] = ["suppleant for ", "stedfortræder for "];
    let lower = note.to_lowercase();
    let words = lower.strip_prefix("personlig ").unwrap_or(&lower);
    let stands_in = FOR.iter().any(|before| words.starts_with(before));
    if stands_in { Some(Role::Substitute) } else { role_of(note) }
}

/// The body that an item's title names, or whose election it is about (`Resultat af ældrerådsvalget`), else the one that met.
fn item_body(view: &View<'_>) -> Option<String> {
    static ELECTION: LazyLock<Pattern> = LazyLock::new(|| pattern(r"(?i)\b(\p{L}+råd)s?valg(?:et)?\b"));
    if let Some(found) = view.title.and_then(|title| ELECTION.captures(title)) {
        let mut letters = found[1].chars();
        let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
        return Some(format!("{first}{}et", letters.as_str()));
    }
    let named = view.title.into_iter().flat_map(bodies::mentions).find_map(|body| body.name);
    named.or_else(|| view.title.and_then(filled_by_title)).or_else(|| view.body.map(str::to_owned))
}

/// What a title says is filled, where that is no body of the council's: `Valg til Hegnsynet`, `Udpegning til bestyrelsen for Aadal
/// Forsyning A/S`.
fn filled_by_title(title: &str) -> Option<String> {
    static FILLS: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(concat!(
            r"^(?:Gen|Ny|Supplerings)?(?:[Vv]alg|[Uu]dpegning|[Uu]dpegelse|[Bb]eskikkelse)\b[^–(:]*? til ",
            r"((?:[Bb]estyrelsen?|[Rr]epræsentantskabet?) (?:for|i|af|på) \p{Lu}[\p{L}/.&-]*(?: [\p{L}/.&-]+?)*?|\p{Lu}[\p{L}/.&-]*(?: [\p{L}/.&-]+?)*?)",
            r"(?:\s*(?:$|[,(:–\d]| - )| (?:for|i) (?:perioden|resten|valgperioden|årene)\b)",
        ))
    });
    static REPRESENTS: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:ny(?:t|e)? )?(?:(?:bestyrelses)?medlem(?:mer)?|repræsentant(?:er|ation)?|plads(?:er)?) (?:i|til|af) ((?-i:\p{Lu})[\p{L}/.&-]*(?: [\p{L}/.&-]+?)*?)\s*(?:$|[,(:–\d]| - )",
        )
    });
    let found = FILLS.captures(title).or_else(|| REPRESENTS.captures(title))?.get(1)?.as_str();
    role_in(found).is_none().then(|| bodies::capitalised(found))
}

/// A text as a quote: whole, or cut after a word.
fn quote(text: &str) -> String {
    if text.len() <= LONGEST_QUOTE {
        return text.to_owned();
    }
    let cut = &text[..text.floor_char_boundary(LONGEST_QUOTE)];
    let end = cut.rfind(char::is_whitespace).unwrap_or(cut.len());
    format!("{} …", cut[..end].trim_end())
}

/// Whether an introduction's office is in a group that is no body of the council.
fn in_other_group(text: &str) -> bool {
    text.match_indices(' ').any(|(at, _)| OTHER_GROUP.is_match(&text[at..]))
}

/// Where an office is held whose word ends at a byte of the text.
fn place_after(text: &str, bodies: &[BodyMention], at: usize, role: Role) -> Place {
    let named = bodies.iter().find(|body| {
        let gap = text.get(at..body.start).map(str::trim);
        gap.is_some_and(|gap| ["for", "af", "i", "til"].contains(&gap))
    });
    match named {
        Some(BodyMention { name: Some(name), .. }) => return Place::Named(name.clone()),
        Some(_) => return Place::Own,
        None => {}
    }
    // "A er valgt som formand og B som næstformand for Skoleudvalget": both are of the one body.
    static PAIRED: LazyLock<Pattern> =
        LazyLock::new(|| pattern(r"^,? og [^.;:]{2,60}? (?:som |til |bliver )?næstformand (?:for|af|i) $"));
    let paired = bodies.iter().find(|body| text.get(at..body.start).is_some_and(|gap| PAIRED.is_match(gap)));
    if let (Role::Chair, Some(name)) = (role, paired.and_then(|body| body.name.clone())) {
        return Place::Named(name);
    }
    let rest = &text[at..];
    if let Some(found) = BOARD_OF_A_NAME.captures(rest) {
        return Place::Named(bodies::capitalised(&found[1]));
    }
    if OTHER_GROUP.is_match(rest) {
        return Place::Group;
    }
    // "suppleant for Ida Holm", "medlem for Venstre": whom they stand for, not where they sit.
    let stands_for = matches!(role, Role::Member | Role::Substitute);
    match OF_A_NAME.captures(rest) {
        Some(found) if !(stands_for && &found[1] == "for") => Place::Elsewhere,
        _ => Place::Own,
    }
}

impl Told<'_> {
    /// The body of a place; None where a seat there is none of the council's.
    fn body(&self, place: Place) -> Option<Option<String>> {
        match place {
            Place::Own => Some(item_body(self.view)),
            Place::Named(name) => Some(Some(name)),
            Place::Group => Some(None),
            Place::Elsewhere => None,
        }
    }

    fn seat(&self, name: &Name, role: Role, event: SeatEvent, body: Option<String>) -> Seat {
        Seat {
            person: name.person.clone(),
            body,
            role,
            event,
            status: self.status(),
            from: None,
            to: None,
            party: name
                .party
                .clone()
                .or_else(|| names::party_after(&self.text[name.end.min(self.text.len())..])),
            acting: false,
            quote: quote(self.text),
            adopted_by: None,
            members: None,
        }
    }

    fn status(&self) -> SeatStatus {
        match self.sentence.section {
            SectionKind::Recommendation => proposal(self.view, self.text),
            _ if wishes(self.text) => SeatStatus::Requested,
            _ if PROPOSES.is_match(self.text) => SeatStatus::Recommended,
            SectionKind::Decision => SeatStatus::Decided,
            // Told in the past tense elsewhere, an election has taken place.
            _ if PAST_ELECTION.is_match(self.text) => SeatStatus::Decided,
            _ => SeatStatus::Requested,
        }
    }

    /// Names that stand together (`A, B og C`) at the start or at the end of a stretch of the text.
    fn series(&self, start: usize, end: usize, from_start: bool) -> Vec<&Name> {
        let inside = self
            .people
            .iter()
            .filter(|name| start <= name.start && name.end <= end)
            .filter(|name| !change::gives_place(self.text, name));
        let ordered: Vec<&Name> = if from_start { inside.collect() } else { inside.rev().collect() };
        let joined = |left: &Name, right: &Name| {
            [",", "og", ", og", "samt"].contains(&self.text[left.end..right.start].trim())
        };
        let mut kept: Vec<&Name> = Vec::new();
        for name in ordered {
            let fits = kept
                .last()
                .is_none_or(|last| if from_start { joined(last, name) } else { joined(name, last) });
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
}

/// Whether a sentence tells what somebody asks for; what is given "as asked for" is given.
fn wishes(text: &str) -> bool {
    WISHES.find_iter(text).any(|wish| !text[..wish.start()].ends_with("som "))
}

/// The status of what a recommendation proposes: decided where it was adopted, unless what was adopted is to propose it.
fn proposal(view: &View<'_>, text: &str) -> SeatStatus {
    let is_adopted = view.adopted && !PASSED_ON.is_match(text);
    if is_adopted || is_noted(view, text) { SeatStatus::Decided } else { SeatStatus::Recommended }
}

/// Whether a recommendation was to take to notice what somebody does, and that is what was decided: it happens all the same.
fn is_noted(view: &View<'_>, text: &str) -> bool {
    static NOTES: LazyLock<Pattern> =
        LazyLock::new(|| pattern(r"(?i)\btage(?:r|s|t)? (?:det )?til efterretning,? at\b"));
    const NOTED: &str = "efterretning";
    text.contains(NOTED)
        && NOTES.is_match(text)
        && view.sentences.iter().any(|sentence| {
            sentence.section == SectionKind::Decision
                && sentence.text.contains(NOTED)
                && !sentence.text.contains("ikke")
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Outcome;
    use crate::understand::decision;
    use crate::understand::text::sentences;

    /// A text under a heading of an item of a body, and its seats: `role event status person party body`.
    const SEATS: &str = include_str!("../../../tests/seats.txt");

    /// The parts of a row's item: `kind > text`, or `title >> [[background >>] recommendation >>] decision`.
    fn parts(item: &str) -> (Option<&str>, Vec<(SectionKind, &str)>) {
        let parts: Vec<&str> = item.split(" >> ").collect();
        match parts.as_slice() {
            [title, decision] => (Some(title), vec![(SectionKind::Decision, decision)]),
            [title, background, before, decision] => {
                let sections = [SectionKind::Background, SectionKind::Recommendation, SectionKind::Decision];
                (Some(title), sections.into_iter().zip([*background, *before, *decision]).collect())
            }
            [title, before, decision] => {
                let (kind, before) = match before.split_once(" > ") {
                    Some((kind, text)) => (serde_json::from_value(kind.into()).unwrap(), text),
                    None => (SectionKind::Recommendation, *before),
                };
                (Some(title), vec![(kind, before), (SectionKind::Decision, decision)])
            }
            _ => {
                let (kind, text) = item.split_once(" > ").unwrap();
                (None, vec![(serde_json::from_value(kind.into()).unwrap(), text)])
            }
        }
    }

    #[test]
    fn texts_hold_the_seats_that_the_table_says() {
        let mut differ = Vec::new();
        let mut met = "Kulturudvalget";
        for row in SEATS.lines().filter(|row| !row.is_empty() && !row.starts_with('#')) {
            if let Some(body) = row.strip_prefix('@') {
                met = body;
                continue;
            }
            let (item, expected) = row.rsplit_once(" | ").unwrap();
            let (title, texts) = parts(item);
            let lists: Vec<(SectionKind, Vec<Line>)> = texts
                .into_iter()
                .map(|(kind, text)| (kind, text.split('¶').map(|text| Line { number: 1, text }).collect()))
                .collect();
            let sentences: Vec<Sentence> =
                lists.iter().flat_map(|(kind, lines)| sentences(*kind, lines)).collect();
            let decision = item.rsplit(" >> ").next().unwrap();
            let adopted = lists.len() > 1 && decision::outcome(decision) == Outcome::Approved;
            let (seats, _) = read(&View {
                title,
                body: Some(met),
                date: "2018-03-22".parse().ok(),
                lists: &lists,
                sentences: &sentences,
                adopted,
            });
            let word = |value: serde_json::Value| value.as_str().unwrap().to_owned();
            let found: Vec<String> = seats
                .iter()
                .map(|seat| {
                    let party = seat.party.as_deref().map(|party| format!(" ({party})")).unwrap_or_default();
                    let days = [seat.from.map(|d| format!(" fra {d}")), seat.to.map(|d| format!(" til {d}"))];
                    format!(
                        "{}{} {} {} {}{party} i {}{}{}",
                        if seat.acting { "acting " } else { "" },
                        word(serde_json::to_value(seat.role).unwrap()),
                        word(serde_json::to_value(seat.event).unwrap()),
                        word(serde_json::to_value(seat.status).unwrap()),
                        seat.person,
                        seat.body.as_deref().unwrap_or("-"),
                        days.into_iter().flatten().collect::<String>(),
                        seat.members.map(|number| format!(" af {number}")).unwrap_or_default()
                    )
                })
                .collect();
            let found = if found.is_empty() { "nothing".to_owned() } else { found.join("; ") };
            if found != expected {
                differ.push(format!("{row}\n    found: {found}"));
            }
        }
        assert!(differ.is_empty(), "{} rows differ\n{}", differ.len(), differ.join("\n"));
    }

    /// Title, recommendation and decision; whose seat, its quote, and by which words it was adopted.
    #[test]
    fn the_quote_is_the_decisions_own() {
        let proposal = "at Ida Holm vælges som formand for Idrætsrådet";
        for (decision, quote, adopted_by) in [
            (
                "Ida Holm blev valgt som formand for Idrætsrådet.",
                "Ida Holm blev valgt som formand for Idrætsrådet.",
                None,
            ),
            ("Godkendt som indstillet.", proposal, Some("Godkendt som indstillet.")),
            ("Godkendt. Bo Dahl var fraværende.", proposal, Some("Godkendt. Bo Dahl var fraværende.")),
        ] {
            let line = |text| vec![Line { number: 1, text }];
            let lists =
                [(SectionKind::Recommendation, line(proposal)), (SectionKind::Decision, line(decision))];
            let sentences: Vec<Sentence> =
                lists.iter().flat_map(|(kind, lines)| sentences(*kind, lines)).collect();
            let (seats, _) = read(&View {
                title: Some("Konstituering"),
                body: Some("Kulturudvalget"),
                date: "2018-03-22".parse().ok(),
                lists: &lists,
                sentences: &sentences,
                adopted: true,
            });
            let told: Vec<_> =
                seats.iter().map(|seat| (seat.quote.as_str(), seat.adopted_by.as_deref())).collect();
            assert_eq!(told, [(quote, adopted_by)], "{decision}");
        }
    }
}
