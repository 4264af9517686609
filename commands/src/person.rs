//! `/person`: where somebody sits and sat, by the council's own list and what the minutes decided; proposals and wishes are shown
//! as such. Then when they were absent or stood in, and the items in which the name stands.

use std::collections::{BTreeMap, HashSet};

use index::{AttendanceRow, InPartRow, SearchFilter, SeatRow, Treatment, Was};
use jiff::civil::Date;
use minutes::{Role, SeatEvent, SeatStatus, body, person};

use crate::roster::RosterSeat;
use crate::seats::{
    Basis, Place, Seated, announced_party, announcement, doubt, evidence, is_decided, named, office, rank,
    refused,
};
use crate::treatment::{self, head_source, meeting_source, place};
use crate::{Answer, Card, Context, Field, Request, Source, Suggestion, UserError, choose, danish, suggest};

/// Characters of the sentence shown.
const MOST_QUOTE_CHARS: usize = 240;

/// Meetings shown that somebody was absent from or stood in at; all up to the second number are counted.
const MOST_ABSENCES: (usize, usize) = (5, 200);

/// Most meetings shown at which somebody was in part only.
const MOST_IN_PART: usize = 3;

/// Items shown in which the name stands; so many of the best finds are looked through.
const MOST_ITEMS: (usize, usize) = (5, 50);

pub(crate) fn run(context: &Context<'_>, request: &Request) -> Result<Answer, UserError> {
    let typed = request.option("navn").unwrap_or_default();
    let told = context.archive.people()?;
    let people = context.council.roster.and(&told);
    let people: Vec<&index::Person> = people.iter().map(AsRef::as_ref).collect();
    let (person, others, note) = match choose::person(typed, &people) {
        choose::Person::One(person, others, note) => (person, others, note),
        choose::Person::Answer(answer) if answer.found => return Ok(*answer),
        choose::Person::Answer(answer) => return Ok(only_in_items(context, typed, *answer)),
    };
    let keys = person.keys();
    let rows = without_doubles(context.archive.seats_of(person)?);
    let changes = context.archive.party_changes(context.today)?;
    let around = around(context, &rows, &keys)?;
    let seated: BTreeMap<&str, Seated<'_>> = around
        .iter()
        .map(|(key, around)| (key.as_str(), Seated::new(&around.rows, &around.roster, &changes)))
        .collect();
    let held: Vec<(&Seated<'_>, &Place<'_>)> =
        seated.values().flat_map(|seated| held(seated, &keys, context.today)).collect();
    let listed = listed(context, &keys)?;
    let party =
        party(&rows, &held, context.today).or_else(|| listed.iter().find_map(|row| row.party.clone()));
    let mut text = introduction(&rows, &held, &seated, &keys, context.today);
    let absences = absences(context, &keys)?;
    let presence = presence(&listed, &rows);
    let (items, problem) = items(context, &person.name, &rows);
    let in_part = in_part(context, &keys)?;
    let besides =
        absences.len().min(MOST_ABSENCES.0) + in_part.len().min(MOST_IN_PART) + presence.len() + items.len();
    let most = context.cards.saturating_sub(besides).max(1);
    if rows.len() > most {
        text = format!("{text}\nDe {most} seneste af {} vises.", rows.len());
    }
    if absences.len() > MOST_ABSENCES.0 {
        text = format!(
            "{text}\nFravær og afløsning: de {} seneste møder af {} vises.",
            MOST_ABSENCES.0,
            absences.len()
        );
    }
    for line in note.into_iter().rev() {
        text = format!("{line}\n{text}");
    }
    text.extend(problem.map(|problem| format!("\n{problem}")));
    let mut cards: Vec<Card> = of_list(context, &seated, &keys);
    cards.extend(rows.iter().rev().take(most).map(|row| card(row, &seated, context.today)));
    cards.extend(presence.iter().map(absence));
    cards.extend(absences.iter().take(MOST_ABSENCES.0).map(absence));
    cards.extend(in_part.iter().take(MOST_IN_PART).map(part));
    cards.extend(items);
    let mut suggestions: Vec<Suggestion> = held.iter().filter_map(|(_, place)| members(place)).collect();
    suggestions.extend(others.into_iter().map(choose::again));
    suggestions.push(suggest(format!("/søg {}", person.name), "navnet i alle referater"));
    Ok(Answer {
        title: named(&person.name, party.as_deref()),
        text,
        cards,
        suggestions,
        found: true,
        request: Some(request.with("navn", &person.name)),
        ..Answer::default()
    })
}

/// What is said of a body.
struct Around<'c> {
    rows: Vec<SeatRow>,
    roster: Vec<&'c RosterSeat>,
}

/// What is needed to tell where somebody sits, by body: what is said of them, and where they were given an office that only one
/// has, what is said of everybody there. Seats whose body is not named are left out: they may be of different bodies.
fn around<'c>(
    context: &Context<'c>,
    rows: &[SeatRow],
    keys: &[&str],
) -> Result<BTreeMap<String, Around<'c>>, UserError> {
    let roster = &context.council.roster;
    let mut around: BTreeMap<String, Around<'c>> = BTreeMap::new();
    let mut at = |key: String| {
        let of_body = || Around { rows: Vec::new(), roster: roster.in_body(&key) };
        let (of_body, key) = (of_body(), key);
        around.entry(key).or_insert(of_body).rows.len()
    };
    for seat in roster.seats().iter().filter(|seat| keys.contains(&person::key(&seat.name).as_str())) {
        at(body::key(&seat.body));
    }
    for name in rows.iter().filter_map(|row| row.seat.body.as_deref()) {
        at(body::key(name));
    }
    for (key, around) in &mut around {
        let there =
            || rows.iter().filter(|row| row.seat.body.as_deref().is_some_and(|name| body::key(name) == *key));
        let single = |row: &SeatRow| matches!(row.seat.role, Role::Chair | Role::ViceChair | Role::Mayor);
        around.rows = if !around.roster.is_empty() || there().any(single) {
            context.archive.seats(key)?
        } else {
            there().cloned().collect()
        };
    }
    Ok(around)
}

/// The offices that somebody has in a body on a day: the highest one.
fn held<'s, 'a>(seated: &'s Seated<'a>, keys: &[&str], day: Date) -> Option<(&'s Seated<'a>, &'s Place<'a>)> {
    let own = seated.places.iter().filter(|place| keys.contains(&place.key.as_str()) && place.is_held(day));
    own.min_by_key(|place| rank(place.role)).map(|place| (seated, place))
}

/// The party today, as far as a seat held today tells it; else as last printed.
fn party(rows: &[SeatRow], held: &[(&Seated<'_>, &Place<'_>)], today: Date) -> Option<String> {
    held.iter().find_map(|(seated, place)| seated.parties().of(place, today)).or_else(|| {
        // What somebody said of changing party is no party yet.
        let told = |row: &&SeatRow| row.seat.event != SeatEvent::PartyChange || is_decided(row);
        rows.iter().rev().filter(told).find_map(|row| row.seat.party.clone())
    })
}

/// Seats of the council's own list.
fn of_list(context: &Context<'_>, seated: &BTreeMap<&str, Seated<'_>>, keys: &[&str]) -> Vec<Card> {
    let is_own = |place: &&Place<'_>| keys.contains(&place.key.as_str());
    let own = seated.values().flat_map(|seated| seated.places.iter().filter(is_own));
    own.filter_map(|place| {
        let Basis::Roster(seat) = place.basis else { return None };
        let status = if place.is_held(context.today) {
            "Sidder der".to_owned()
        } else if context.today < place.from {
            format!("Tiltræder {}", danish::date(place.from))
        } else {
            "Har siddet der".to_owned()
        };
        let file = context.council.roster.file();
        Some(Card {
            heading: format!("{}, {}", seat.body, danish::role(place.role)),
            status: Some(status),
            fields: vec![
                Field::new("Periode", place.period()),
                Field::new("Fra", format!("Rådets egen liste, linje {}", seat.line)),
            ],
            item: Some(Source {
                body: Some(seat.body.clone()),
                file: Some(file.to_owned()),
                ..Source::default()
            }),
            ..Card::default()
        })
    })
    .collect()
}

/// Meetings that somebody was absent from or stood in at, the last first; several files of one meeting are one.
fn absences(context: &Context<'_>, keys: &[&str]) -> Result<Vec<AttendanceRow>, UserError> {
    let mut rows = Vec::new();
    for key in keys {
        rows.extend(context.archive.absences(key, MOST_ABSENCES.1)?);
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.meeting.date));
    let mut seen = HashSet::new();
    rows.retain(|row| seen.insert((row.meeting.body_key.clone(), row.meeting.date, row.was)));
    Ok(rows)
}

/// Meetings at which somebody was in part only, the last first; what several files of one meeting say alike is told once.
fn in_part(context: &Context<'_>, keys: &[&str]) -> Result<Vec<InPartRow>, UserError> {
    let mut rows = Vec::new();
    for key in keys {
        rows.extend(context.archive.in_part_of(key, MOST_ABSENCES.1)?);
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.meeting.date));
    let mut seen = HashSet::new();
    rows.retain(|InPartRow { in_part, meeting }| {
        seen.insert((meeting.body_key.clone(), meeting.date, in_part.item.clone(), in_part.told.clone()))
    });
    Ok(rows)
}

/// What the lists of who was at meetings say of somebody, the last meeting first.
fn listed(context: &Context<'_>, keys: &[&str]) -> Result<Vec<AttendanceRow>, UserError> {
    let mut rows: Vec<AttendanceRow> = Vec::new();
    for key in keys {
        rows.extend(context.archive.presence(key)?);
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.meeting.date));
    Ok(rows)
}

/// The last meeting of each body whose list gives somebody an office that no decision tells of; and where no seat is told at all, the
/// last one of each body at which they were.
fn presence(listed: &[AttendanceRow], seats: &[SeatRow]) -> Vec<AttendanceRow> {
    let is_told = |row: &AttendanceRow| {
        seats.iter().any(|seat| {
            let of_body = seat.seat.body.as_deref().map(body::key);
            row.role == Some(seat.seat.role) && of_body.as_deref() == Some(row.meeting.body_key.as_str())
        })
    };
    let mut rows: Vec<AttendanceRow> = Vec::new();
    let with_office = listed.iter().filter(|row| row.role.is_some() && !is_told(row));
    let came = listed.iter().filter(|row| row.was == Was::Present && seats.is_empty());
    for row in with_office.chain(came) {
        if !rows.iter().any(|other| other.meeting.body_key == row.meeting.body_key) {
            rows.push(row.clone());
        }
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.meeting.date));
    rows.truncate(MOST_ABSENCES.0);
    rows
}

/// Somebody of whom nothing is told but that the name stands in items: those; else the answer that says that nobody is known.
fn only_in_items(context: &Context<'_>, typed: &str, nobody: Answer) -> Answer {
    if !person::key(typed).contains(' ') {
        return nobody;
    }
    let (items, _) = items(context, typed, &[]);
    if items.is_empty() {
        return nobody;
    }
    Answer {
        title: format!("»{}«", choose::echo(typed)),
        text: "Referaterne fortæller ikke om nogen plads eller noget fremmøde; navnet står i disse punkter."
            .to_owned(),
        cards: items,
        found: true,
        ..nobody
    }
}

fn absence(row: &AttendanceRow) -> Card {
    let (status, other) = match row.was {
        Was::Absent => ("Fraværende", "Stedfortræder"),
        Was::Substitute => ("Var stedfortræder", "Stedfortræder for"),
        Was::Present => ("Til stede, senest her", "Stedfortræder for"),
    };
    let office = row.role.map(|role| format!("; nævnt som {} i fremmødelisten", danish::role(role)));
    Card {
        heading: place(&row.meeting, None),
        status: Some(format!("{status}{}", office.unwrap_or_default())),
        fields: row.other.iter().map(|name| Field::new(other, name.clone())).collect(),
        item: Some(meeting_source(&row.meeting)),
        ..Card::default()
    }
}

/// A meeting at which somebody was in part only, in the minutes' words.
fn part(InPartRow { in_part, meeting }: &InPartRow) -> Card {
    Card {
        heading: place(meeting, in_part.item.as_deref()),
        status: Some("Til stede i en del af mødet".to_owned()),
        fields: vec![Field::quoted("Referatet", in_part.told.clone())],
        item: Some(meeting_source(meeting)),
        ..Card::default()
    }
}

/// The last items in which the name stands, besides those that tell of seats; or why they cannot be told.
fn items(context: &Context<'_>, name: &str, rows: &[SeatRow]) -> (Vec<Card>, Option<String>) {
    let shown: HashSet<i64> = rows.iter().filter_map(|row| Some(row.item.as_ref()?.item_id)).collect();
    let key = person::key(name);
    let (mut looked, mut items) = (0, Vec::new());
    // A case is one hit, and the name may stand in each of its items: every one is looked at, and none is enough.
    let look = |item: &Treatment| {
        looked += 1;
        if looked <= MOST_ITEMS.1
            && !shown.contains(&item.item_id)
            && let Some(line) = line_with(item, &key)
        {
            items.push((item.clone(), line));
        }
        looked > MOST_ITEMS.1
    };
    if let Err(error) = context.archive.find(name, &SearchFilter::default(), MOST_ITEMS.1, 0, look) {
        return (Vec::new(), Some(error.danish()));
    }
    items.sort_by_key(|(item, _)| (std::cmp::Reverse(item.meeting.date), item.position));
    let mut seen = HashSet::new();
    items.retain(|(item, line)| {
        seen.insert((item.meeting.body_key.clone(), item.meeting.date, item.item.title.clone(), line.clone()))
    });
    let card = |(item, line): (Treatment, String)| Card {
        heading: treatment::heading(&item),
        status: Some("Nævnt i et punkt".to_owned()),
        fields: vec![
            Field::shortened("Det står der", &line, MOST_QUOTE_CHARS),
            Field::new("Møde", place(&item.meeting, item.item.number.as_deref())),
        ],
        item: Some(treatment::source(&item)),
        ..Card::default()
    };
    (items.into_iter().take(MOST_ITEMS.0).map(card).collect(), None)
}

/// The first line of an item in which a name stands.
fn line_with(item: &Treatment, key: &str) -> Option<String> {
    let item = &item.item;
    let texts = item
        .decision
        .iter()
        .map(|decision| decision.text.as_str())
        .chain(item.title.as_deref())
        .chain(item.sections.iter().map(|section| section.text.as_str()))
        .chain(item.earlier_decisions.iter().map(|earlier| earlier.text.as_str()));
    let holds = |line: &&str| {
        let line = person::key(line);
        line.match_indices(key).any(|(at, found)| {
            let before = line[..at].chars().next_back();
            let after = line[at + found.len()..].chars().next();
            before.is_none_or(|c| c == ' ') && after.is_none_or(|c| c == ' ')
        })
    };
    let line = texts.flat_map(str::lines).find(holds).map(|line| line.trim().to_owned());
    let caseworker = || item.caseworkers.iter().find(|name| holds(&name.as_str()));
    line.or_else(|| Some(format!("Sagsbehandler: {}", caseworker()?)))
}

/// Two copies of the same minutes say the same once.
fn without_doubles(mut rows: Vec<SeatRow>) -> Vec<SeatRow> {
    let mut seen = HashSet::new();
    rows.retain(|row| {
        let seat = &row.seat;
        let what = (seat.role, seat.event, seat.status, seat.from, seat.to);
        seen.insert((
            seat.body.as_deref().map(body::key),
            what,
            row.meeting.body_key.clone(),
            row.meeting.date,
        ))
    });
    rows
}

fn introduction(
    rows: &[SeatRow],
    held: &[(&Seated<'_>, &Place<'_>)],
    seated: &BTreeMap<&str, Seated<'_>>,
    keys: &[&str],
    today: Date,
) -> String {
    let day = danish::date(today);
    let is_own = |place: &Place<'_>| keys.contains(&place.key.as_str());
    let has_places = seated.values().any(|seated| seated.places.iter().any(is_own));
    if !has_places && rows.is_empty() {
        return "De indlæste referater fortæller ikke om nogen plads; fremmøde og punkter med navnet vises."
            .to_owned();
    }
    if !has_places && !rows.iter().any(|row| row.seat.status == SeatStatus::Decided) {
        return "Ingen plads er besluttet i de indlæste referater; det, der er foreslået eller ønsket, vises."
            .to_owned();
    }
    let mut seats: Vec<String> = Vec::new();
    let mut left: Vec<String> = Vec::new();
    for (there, place) in held {
        let Some(name) = place.body() else { continue };
        let on_leave = if there.on_leave(&place.key, today).is_some() { ", på orlov" } else { "" };
        if let Some((row, _)) = gone(seated, there, place, today) {
            let council = row.seat.body.as_deref().unwrap_or("rådet");
            left.push(format!(
                "Er udtrådt af {council}; om pladsen i {name} ({}) er intet besluttet.",
                place.office()
            ));
        } else {
            seats.push(format!("{name} ({}{on_leave})", place.office()));
        }
    }
    let sits = match seats.is_empty() {
        true => format!("De indlæste referater fortæller ikke om nogen plads pr. {day}."),
        false => format!("Sidder pr. {day} i {}.", danish::list(&seats)),
    };
    std::iter::once(sits).chain(left).collect::<Vec<_>>().join("\n")
}

/// The decision by which who has a place in a body has left the council since.
fn gone<'s>(
    seated: &'s BTreeMap<&str, Seated<'_>>,
    there: &Seated<'_>,
    place: &Place<'_>,
    today: Date,
) -> Option<(&'s SeatRow, Date)> {
    let council = seated.iter().find(|(key, _)| body::is_council(key)).map(|(_, council)| council)?;
    if std::ptr::eq(council.rows, there.rows) {
        return None;
    }
    council.gone_since(place, today)
}

fn members(place: &Place<'_>) -> Option<Suggestion> {
    let name = place.body()?;
    Some(suggest(format!("/råd udvalg:{name}"), "alle medlemmer"))
}

fn card(row: &SeatRow, seated: &BTreeMap<&str, Seated<'_>>, today: Date) -> Card {
    let seat = &row.seat;
    let at = place_of(row, seated);
    let period = match seat.event {
        SeatEvent::Appointed => at.map_or_else(|| told_period(row), |at| Some(at.place.period())),
        SeatEvent::Leave => told_period(row),
        SeatEvent::Leaving | SeatEvent::PartyChange => None,
    };
    let said = if seat.status == SeatStatus::Decided { "Besluttet" } else { "Nævnt" };
    let number = row.item.as_ref().and_then(|item| item.number.as_deref());
    let name = seat.body.as_deref().unwrap_or("Organet er ikke nævnt");
    let spelt = (person::key(&seat.person) != row.person_key)
        .then(|| Field::new("Skrevet", format!("»{}«", seat.person)));
    let for_whom = at.and_then(|at| at.seated.stands_in_for(at.place));
    let for_whom = for_whom.map(|row| Field::new("Stedfortræder for", row.seat.person.clone()));
    Card {
        heading: match seat.event {
            // Whose minutes tell it says nothing of where somebody sits.
            SeatEvent::PartyChange => "Parti".to_owned(),
            _ => format!("{name}, {}", office(seat.role, seat.acting)),
        },
        status: Some(status(row, at, seated, today)),
        fields: period
            .map(|period| Field::new("Periode", period))
            .into_iter()
            .chain(for_whom)
            .chain(spelt)
            .chain([Field::new(said, place(&row.meeting, number))])
            .chain(sentence(row))
            .collect(),
        item: Some(head_source(&row.meeting, row.item.as_ref())),
        ..Card::default()
    }
}

/// The sentence, and the decision's words where it only adopts it; a line of a list is shown too.
fn sentence(row: &SeatRow) -> Vec<Field> {
    match evidence(row) {
        shown if shown.is_empty() => {
            vec![Field::shortened("Det står der", &row.seat.quote, MOST_QUOTE_CHARS)]
        }
        shown => shown,
    }
}

/// A place, and all that is known of the body.
#[derive(Clone, Copy)]
struct At<'s, 'a> {
    seated: &'s Seated<'a>,
    place: &'s Place<'a>,
}

/// The place that a decision gave; None for anything else, and where the council's list says otherwise.
fn place_of<'s, 'a>(row: &SeatRow, seated: &'s BTreeMap<&str, Seated<'a>>) -> Option<At<'s, 'a>> {
    let seat = &row.seat;
    if (seat.event, seat.status) != (SeatEvent::Appointed, SeatStatus::Decided) {
        return None;
    }
    let told = row.meeting.date?;
    let seated = seated.get(body::key(seat.body.as_deref()?).as_str())?;
    let own = |place: &&Place<'_>| {
        let from = seat.from.unwrap_or(told);
        place.key == row.person_key && (place.from <= from || seat.from.is_none()) && from <= place.to
    };
    let same_role = |place: &&Place<'_>| place.role == seat.role && place.acting == seat.acting;
    let place =
        seated.places.iter().filter(own).find(same_role).or_else(|| seated.places.iter().find(own))?;
    Some(At { seated, place })
}

/// The days that the minutes name, as far as they do.
fn told_period(row: &SeatRow) -> Option<String> {
    match (row.seat.from, row.seat.to) {
        (Some(from), Some(to)) => Some(danish::period(from, to)),
        (Some(from), None) => Some(format!("fra {}", danish::date(from))),
        (None, Some(to)) => Some(format!("til {}", danish::date(to))),
        (None, None) => None,
    }
}

/// That a seat, or an office alone, is given up.
fn left(row: &SeatRow, out: Date, today: Date) -> String {
    let day = danish::date(out);
    match (crate::seats::office_given_up(row), out > today) {
        (Some(role), _) => format!("Ikke længere {} fra {day}", danish::role(role)),
        (None, true) => format!("Udtræder {day}"),
        (None, false) => format!("Udtrådt {day}"),
    }
}

/// Whether somebody who said that they leave has not left by decision since.
fn is_open(row: &SeatRow, seated: &BTreeMap<&str, Seated<'_>>, today: Date) -> bool {
    let key = row.seat.body.as_deref().map(body::key);
    let of_body = key.and_then(|key| seated.get(key.as_str()));
    of_body.is_some_and(|seated| seated.announced(today).contains(&row))
}

/// What was said of the seat, and how it stands today.
fn status(row: &SeatRow, at: Option<At<'_, '_>>, seated: &BTreeMap<&str, Seated<'_>>, today: Date) -> String {
    let seat = &row.seat;
    let is_open = is_open(row, seated, today);
    if let Some(day) = refused(row) {
        let what = if seat.event == SeatEvent::Leave { "orlov" } else { "at udtræde" };
        return format!("Ønske om {what}: afslået {}", danish::date(day));
    }
    let text = match (seat.status, seat.event) {
        (SeatStatus::Decided, SeatEvent::Appointed) => {
            return match at {
                Some(at) => {
                    match gone(seated, at.seated, at.place, today).filter(|_| at.place.is_held(today)) {
                        Some(gone) => doubt(gone),
                        None => held_by(row, at, today),
                    }
                }
                None => "Valgt eller udpeget".to_owned(),
            };
        }
        (SeatStatus::Decided, SeatEvent::Leaving) => {
            let out = seat.to.or(row.meeting.date);
            return match out {
                Some(day) => left(row, day, today),
                None => "Udtrådt".to_owned(),
            };
        }
        (SeatStatus::Decided, SeatEvent::Leave) => "Orlov",
        (SeatStatus::Decided, SeatEvent::PartyChange) => {
            let party = seat.party.as_deref().unwrap_or("intet parti");
            return format!("Partiskifte til {party}");
        }
        (SeatStatus::Requested, SeatEvent::Leaving) if is_open => return announcement(row, today),
        (SeatStatus::Requested, SeatEvent::PartyChange) => return danish::capital(&announced_party(row)),
        (SeatStatus::Requested, SeatEvent::Leaving) => "Har meddelt, at vedkommende ønsker at stoppe",
        (SeatStatus::Requested, _) => "Ønsket eller meddelt; ikke besluttet her",
        (SeatStatus::Recommended, SeatEvent::Leaving) => "Indstillet til at udtræde; ikke besluttet her",
        (SeatStatus::Recommended, _) => "Indstillet; ikke besluttet her",
    };
    text.to_owned()
}

fn held_by(row: &SeatRow, at: At<'_, '_>, today: Date) -> String {
    let now = held(at.seated, &[&row.person_key], today).map(|(_, place)| place);
    match now {
        Some(_) if at.place.is_held(today) => "Sidder der".to_owned(),
        _ if today < at.place.from => format!("Tiltræder {}", danish::date(at.place.from)),
        Some(now) if rank(now.role) > rank(row.seat.role) => {
            format!("Sidder der, men ikke længere som {}", danish::role(row.seat.role))
        }
        _ if matches!(at.place.basis, Basis::Roster(_)) => "Rådets egen liste går forud".to_owned(),
        _ => "Har siddet der".to_owned(),
    }
}
