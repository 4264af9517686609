//! "hvem var borgmester før Ida Holm?": who had an office the day before somebody began in it, or the day after; "hvem var tidligere
//! borgmester?": the day before who has it now began.

use jiff::civil::Date;
use minutes::{Role, body, person};

use super::facts::Facts;
use super::words::Words;
use crate::request::ask;
use crate::seats::{Place, Seated};
use crate::{Context, Request, UserError, danish, raad};

/// Offices by the ends of the words that ask for them, a longer one before one that it ends in.
const OFFICES: [(&str, Role); 4] = [
    ("viceborgmester", Role::DeputyMayor),
    ("borgmester", Role::Mayor),
    ("naestformand", Role::ViceChair),
    ("formand", Role::Chair),
];

/// Which way is asked, by a word before the name.
const WAYS: [(&str, Way); 5] = [
    ("foer", Way::Before),
    ("inden", Way::Before),
    ("efter", Way::After),
    ("afloeste", Way::After),
    ("efterfulgte", Way::After),
];

/// Words for who had an office before the one who has it now.
const FORMER: [&str; 4] = ["tidligere", "forrige", "forhenvaerende", "foregaaende"];

/// Offices that only the council gives: it need not be named.
const OF_COUNCIL: [Role; 2] = [Role::Mayor, Role::DeputyMayor];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Before,
    After,
}

/// The members of the body on that day, and what the minutes tell of the office then, or that they tell nothing; None where the
/// question is another.
pub(super) fn read(
    context: &Context<'_>,
    words: &Words<'_>,
    facts: &Facts,
) -> Result<Option<(Request, String)>, UserError> {
    let office =
        words.all.iter().find_map(|word| OFFICES.iter().find(|(end, _)| is_office(&word.folded, end)));
    let way = words.all.iter().find_map(|word| WAYS.iter().find(|(known, _)| word.folded == *known));
    let is_former = words.has(&FORMER) && words.has(&["hvem"]) && words.has(&["var", "er"]);
    let of_now = match office {
        Some((_, role)) if is_former && facts.person.is_none() => holder(context, facts, *role)?,
        _ => None,
    };
    let way = way.map(|(_, way)| *way).or(of_now.is_some().then_some(Way::Before));
    let (Some((_, role)), Some(way), Some(name)) = (office, way, facts.person.as_ref().or(of_now.as_ref()))
    else {
        return Ok(None);
    };
    let office = danish::role(*role);
    let unknown = format!("{name} kendes ikke som {office} i de indlæste referater.");
    let Some(body_key) = body_of(context, facts, name, *role)? else {
        return Ok(ask("person", &[("navn", name)]).map(|request| (request, unknown)));
    };
    let known = raad::known_bodies(context.archive, context.council)?;
    let Some(body) = known.into_iter().find(|body| body.key == body_key) else { return Ok(None) };
    let members = |day: Date| ask(raad::NAME, &[("udvalg", &body.name), ("dato", &day.to_string())]);
    let rows = context.archive.seats(&body_key)?;
    let changes = context.archive.party_changes(context.today)?;
    let roster = context.council.roster.in_body(&body_key);
    let seated = Seated::new(&rows, &roster, &changes);
    let key = person::key(name);
    let is_theirs =
        |place: &&Place<'_>| place.role == *role && !place.acting && person::key(seated.name(place)) == key;
    let theirs = seated.places.iter().filter(is_theirs);
    let (day, told) = match way {
        Way::Before => (theirs.map(|place| place.from).min(), "fra"),
        Way::After => (theirs.map(|place| place.to).max(), "til"),
    };
    let Some(day) = day else {
        return Ok(members(context.today).map(|request| (request, unknown)));
    };
    let beside: Option<Date> = match way {
        Way::Before => day.yesterday().ok(),
        Way::After => day.tomorrow().ok(),
    };
    let Some(beside) = beside.filter(|day| *day <= context.today) else { return Ok(None) };
    let said = format!("{name} var {office} {told} den {}.", danish::date(day));
    let at = danish::date(beside);
    let other = seated.places.iter().find(|place| place.role == *role && place.is_held(beside));
    let (request, found) = match other {
        Some(place) => (members(beside), format!("Den {at} var {} {office}.", seated.name(place))),
        None => {
            (members(day), format!("Hvem der var {office} den {at}, fortæller de indlæste referater ikke."))
        }
    };
    Ok(request.map(|request| (request, format!("{said} {found}"))))
}

/// Who has an office on the day of the question, in the body that is named or, of the council's own offices, in the council; None where
/// that is not known.
fn holder(context: &Context<'_>, facts: &Facts, role: Role) -> Result<Option<String>, UserError> {
    let named = facts.body.as_ref().and_then(|named| named.key.clone());
    let Some(key) = named.or(council_of(context, role)?) else { return Ok(None) };
    let rows = context.archive.seats(&key)?;
    let changes = context.archive.party_changes(context.today)?;
    let roster = context.council.roster.in_body(&key);
    let seated = Seated::new(&rows, &roster, &changes);
    let held = |place: &&Place<'_>| place.role == role && !place.acting && place.is_held(context.today);
    Ok(seated.places.iter().find(held).map(|place| seated.name(place).to_owned()))
}

/// The council, for an office that only it gives.
fn council_of(context: &Context<'_>, role: Role) -> Result<Option<String>, UserError> {
    if !OF_COUNCIL.contains(&role) {
        return Ok(None);
    }
    let known = raad::known_bodies(context.archive, context.council)?;
    Ok(raad::council_of(context.council, &known).map(|council| council.key.clone()))
}

/// Whether a folded word is one of an office.
pub(super) fn is_any_office(word: &str) -> bool {
    OFFICES.iter().any(|(office, _)| is_office(word, office))
}

/// Whether a folded word is one of an office that only the council gives.
pub(super) fn is_of_council(word: &str) -> bool {
    let is_its = |(office, role): &(&str, Role)| OF_COUNCIL.contains(role) && is_office(word, office);
    OFFICES.iter().any(is_its)
}

/// "borgmester", "udvalgsformanden".
fn is_office(word: &str, office: &str) -> bool {
    word.ends_with(office) || word.strip_suffix("en").is_some_and(|word| word.ends_with(office))
}

/// The body that is named; else the last one in which somebody was given the office.
fn body_of(
    context: &Context<'_>,
    facts: &Facts,
    name: &str,
    role: Role,
) -> Result<Option<String>, UserError> {
    let named = facts.body.as_ref();
    // "den forrige borgmester": a word before an office that no body has is none.
    if facts.person.is_none() {
        return Ok(named.and_then(|named| named.key.clone()).or(council_of(context, role)?));
    }
    if let Some(named) = named {
        return Ok(named.key.clone());
    }
    let people = context.archive.people()?;
    let key = person::key(name);
    let Some(person) = people.iter().find(|person| person.key == key) else { return Ok(None) };
    let rows = context.archive.seats_of(person)?;
    let given = rows.iter().rev().find(|row| row.seat.role == role);
    Ok(given.and_then(|row| row.seat.body.as_deref()).map(body::key))
}
