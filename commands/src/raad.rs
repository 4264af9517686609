//! `/råd`: who sits on a body on a given day, by the council's own list and what the minutes decided. Wishes and proposals change
//! nothing.

use std::collections::{HashMap, HashSet};

use index::{Archive, AttendanceRow, BodySummary, SeatRow, Was};
use jiff::ToSpan;
use jiff::civil::Date;
use minutes::{Role, SeatEvent, body, term};

use crate::roster::{Roster, RosterSeat};
use crate::seats;
use crate::seats::{
    AttendanceLists, Basis, End, Place, Seated, Sitting, announced_party, announcement, doubt, evidence,
    is_decided, named, office, rank,
};
use crate::treatment::{head_source, meeting_source, place};
use crate::{
    Answer, Card, Context, Council, Field, Request, Source, UserError, choose, danish, moede, period, suggest,
};

/// Bodies proposed when none is named.
const MOST_BODIES: usize = 10;

/// People shown of whom only the attendance of meetings tells.
const MOST_SEEN: usize = 30;

/// An item that gives a body fewer members has not filled it.
const LEAST_WHOLE: usize = 3;

/// One whom nothing but a list of who was there names may have stood in; so many show that the body has other members.
const LEAST_OTHERS: usize = 2;

/// Characters of the sentence shown.
const MOST_QUOTE_CHARS: usize = 240;

/// Who leaves the council in a term is told of so many years before it at most; older meetings of the council are not looked at for
/// the seats of another body.
const TOLD_BEFORE_TERM_YEARS: i32 = 1;

pub(crate) use crate::table::SEATS as NAME;

pub(crate) fn run(context: &Context<'_>, request: &Request) -> Result<Answer, UserError> {
    let date = match request.option("dato") {
        Some(typed) => asked_day(typed, context.today).ok_or_else(|| moede::unreadable_date(typed))?,
        None => context.today,
    };
    let known = known_bodies(context.archive, context.council)?;
    let body = match request.option("udvalg") {
        Some(typed) => match choose::body(context, request, typed, &known) {
            choose::Body::One(body) => body,
            choose::Body::Answer(answer) => return Ok(*answer),
        },
        None => match own_council(context.council, &known) {
            Some(body) => body,
            None => return Ok(choice(&known)),
        },
    };
    let rows = context.archive.seats(&body.key)?;
    let changes = context.archive.party_changes(date)?;
    let roster = context.council.roster.in_body(&body.key);
    let seated = Seated::new(&rows, &roster, &changes);
    let seen = context.archive.attended(&body.key, (term::of(date).0, date))?;
    let mut understood = choose::with_body(request, &body, &known);
    if request.option("dato").is_some() {
        understood = understood.with("dato", &date.to_string());
    }
    // The council that the members of a body come from.
    let council =
        council_of(context.council, &known).map(|it| it.key.as_str()).filter(|key| *key != body.key);
    let since = term::of(date).0.saturating_sub(TOLD_BEFORE_TERM_YEARS.years());
    let told = council.map(|key| context.archive.seats_since(key, since));
    let council_rows = told.transpose()?.unwrap_or_default();
    let council_list = council.map(|key| context.council.roster.in_body(key)).unwrap_or_default();
    let council = Seated::new(&council_rows, &council_list, &changes);
    let roster_file = &context.council.roster;
    let seen = AttendanceLists(&seen);
    let asked = Asked { body: &body, seated: &seated, council: &council, seen, roster: roster_file, date };
    Ok(Answer { request: Some(understood), ..asked.answer(&roster) })
}

/// The day that is asked about: a full date, a year, which stands for its last day or today, or words such as "i dag" and "i går". None
/// for a day without its year: it may be either.
fn asked_day(typed: &str, today: Date) -> Option<Date> {
    if let Some(year) = year(typed) {
        return if year == today.year() { Some(today) } else { Date::new(year, 12, 31).ok() };
    }
    let in_words = || {
        let (from, to) = period::days(typed, today, period::Towards::Past)?;
        let is_plain = !typed.contains(|c: char| c.is_ascii_digit());
        (is_plain && from == to).then_some(from)
    };
    minutes::day(typed).or_else(in_words)
}

/// The year that is typed in four figures, and nothing else.
fn year(typed: &str) -> Option<i16> {
    let figures = typed.trim();
    let is_year = figures.len() == "2018".len() && (figures.starts_with("19") || figures.starts_with("20"));
    figures.parse().ok().filter(|_| is_year)
}

/// Bodies whose seats are known, then the others. Those whose names stand only within sentences have a capital too.
pub(crate) fn known_bodies(archive: &Archive, council: &Council) -> Result<Vec<BodySummary>, index::Error> {
    let mut known = archive.seated_bodies()?;
    for body in archive.bodies()?.into_iter().chain(council.roster.bodies()) {
        if !known.iter().any(|other| other.key == body.key) {
            known.push(body);
        }
    }
    known.iter_mut().for_each(|body| body.name = danish::capital(&body.name));
    Ok(known)
}

/// The council: the one of the settings, or else the first that the minutes name. None where neither is known.
pub(crate) fn council_of<'k>(council: &Council, known: &'k [BodySummary]) -> Option<&'k BodySummary> {
    let own = council.body.as_deref().map(body::key);
    let own = own.and_then(|key| known.iter().find(|it| it.key == key));
    own.or_else(|| known.iter().find(|it| body::is_council(&it.key)))
}

pub(crate) fn own_council(council: &Council, known: &[BodySummary]) -> Option<BodySummary> {
    let key = body::key(council.body.as_deref()?);
    known.iter().find(|body| body.key == key).cloned()
}

fn choice(known: &[BodySummary]) -> Answer {
    Answer {
        title: "Hvilket udvalg eller råd?".to_owned(),
        text: if known.is_empty() {
            "De indlæste referater fortæller ikke, hvem der sidder hvor.".to_owned()
        } else {
            "Vælg et af dem, der er i de indlæste referater.".to_owned()
        },
        suggestions: known
            .iter()
            .take(MOST_BODIES)
            .map(|body| suggest(format!("/råd udvalg:{}", body.name), ""))
            .collect(),
        ..Answer::default()
    }
}

/// What was asked, and all that is known about it.
struct Asked<'q, 'a> {
    body: &'q BodySummary,
    seated: &'q Seated<'a>,
    /// What is known of the council's seats; nothing where it is the council that is asked about.
    council: &'q Seated<'a>,
    /// What the attendance of the body's meetings in the term tells.
    seen: AttendanceLists<'q>,
    roster: &'q Roster,
    date: Date,
}

impl<'a> Asked<'_, 'a> {
    fn answer(&self, roster: &[&RosterSeat]) -> Answer {
        // Who left the council is no member that anybody can count on.
        let has_left = |one: &Sitting<'_, 'a>| self.council.gone_since(one.place, self.date).is_some();
        let (left, sitting): (Vec<_>, Vec<_>) =
            self.seated.sitting(self.date).into_iter().partition(has_left);
        let mut answer = if sitting.is_empty() && left.is_empty() {
            self.unknown()
        } else {
            self.members(&sitting, &left, !roster.is_empty())
        };
        let seated = self.seated;
        answer.cards.extend(left.iter().map(|one| self.sits(one, &sitting, &[])));
        answer.cards.extend(seated.announced(self.date).into_iter().map(|row| self.announced(row)));
        answer.cards.extend(seated.not_by_list(self.date).into_iter().map(|place| self.not_by_list(place)));
        answer.cards.extend(seated.departures(self.date).iter().map(|(row, out)| self.departed(row, *out)));
        answer.cards.extend(seated.run_out(self.date).into_iter().map(|place| self.run_out(place)));
        answer.cards.extend(self.only_seen(&sitting));
        answer.found = !answer.cards.is_empty();
        answer
    }

    fn members(&self, sitting: &[Sitting<'_, 'a>], left: &[Sitting<'_, 'a>], has_list: bool) -> Answer {
        let count = |substitutes: bool| {
            sitting.iter().filter(|one| (one.place.role == Role::Substitute) == substitutes).count()
        };
        let on_leave = sitting.iter().filter(|one| one.on_leave.is_some()).count();
        let mut counted = vec![danish::count(count(false), "medlem", "medlemmer")];
        if on_leave > 0 {
            counted[0] = format!("{} ({on_leave} på orlov)", counted[0]);
        }
        if count(true) > 0 {
            counted.push(danish::count(count(true), "stedfortræder", "stedfortrædere"));
        }
        let day = danish::date(self.date);
        let mut text = if has_list {
            let file = self.roster.file();
            format!(
                "Pr. {day}, som rådets egen liste ({file}) og de indlæste referater fortæller det; listen går forud."
            )
        } else {
            format!("Som de indlæste referater fortæller det pr. {day}.")
        };
        let incomplete = self.incomplete(count(false), has_list);
        let notes =
            self.run_out_before(sitting).into_iter().chain(self.vacant(sitting, left)).chain(incomplete);
        for line in notes.chain(self.gone(left)).chain(self.told_by_lists(sitting)) {
            text = format!("{text}\n{line}");
        }
        let announced = self.seated.announced(self.date);
        Answer {
            title: format!("{}: {}", self.body.name, danish::list(&counted)),
            text,
            cards: sitting.iter().map(|one| self.sits(one, sitting, &announced)).collect(),
            ..Answer::default()
        }
    }

    /// Where most of those of the last term are not heard of any more, that is said: those who are left are not the whole body.
    fn run_out_before(&self, sitting: &[Sitting<'_, 'a>]) -> Option<String> {
        let last = term::of(self.date).0.yesterday().ok()?;
        let mut gone: Vec<&str> = self
            .seated
            .places
            .iter()
            .filter(|place| place.is_held(last) && place.role != Role::Substitute)
            .map(|place| place.key.as_str())
            .filter(|key| !sitting.iter().any(|one| one.place.key == *key))
            .collect();
        gone.sort_unstable();
        gone.dedup();
        let stays = sitting.iter().filter(|one| one.since <= last).count();
        (gone.len() > sitting.len() && stays == sitting.len()).then(|| {
            format!(
                "Perioden udløb {} for {}; senere kendes de ikke.",
                danish::date(last),
                danish::count(gone.len(), "anden", "andre")
            )
        })
    }

    /// How many were chosen here who have left the council.
    fn gone(&self, left: &[Sitting<'_, 'a>]) -> Option<String> {
        let gone = left.iter().filter_map(|one| self.council.gone_since(one.place, self.date));
        let rows: Vec<&SeatRow> = gone.map(|(row, _)| row).collect();
        let council = rows.first()?.seat.body.as_deref().unwrap_or("rådet");
        let count = if rows.len() == 1 { "En".to_owned() } else { rows.len().to_string() };
        Some(format!(
            "{count} er udtrådt af {council} og ikke talt med; om pladsen her fortæller referaterne ikke."
        ))
    }

    /// An office that somebody had earlier in the term, or had when they left the council, and nobody is told to have now.
    fn vacant(&self, sitting: &[Sitting<'_, 'a>], left: &[Sitting<'_, 'a>]) -> Option<String> {
        let (first, _) = term::of(self.date);
        let had = |role: Role| {
            let mut before = self.seated.places.iter().filter(|place| place.role == role);
            before.any(|place| first <= place.to && place.to < self.date)
                || left.iter().any(|one| one.place.role == role)
        };
        let has = |role: Role| sitting.iter().any(|one| one.place.role == role);
        let vacant: Vec<String> = [Role::Mayor, Role::Chair, Role::ViceChair]
            .into_iter()
            .filter(|role| had(*role) && !has(*role))
            .map(|role| danish::role(role).to_owned())
            .collect();
        (!vacant.is_empty())
            .then(|| format!("Hvem der nu er {}, fortæller referaterne ikke.", danish::list(&vacant)))
    }

    /// Where the minutes say how many members there are, and fewer are known; or where they only tell of some here and there.
    fn incomplete(&self, known: usize, has_list: bool) -> Option<String> {
        const INCOMPLETE: &str = "Sammensætningen er ikke fuldstændig i referaterne";
        let (first, _) = term::of(self.date);
        let chosen: Vec<&SeatRow> = self
            .seated
            .rows
            .iter()
            .filter(|row| row.term() == Some(first) && row.meeting.date.is_some_and(|day| day <= self.date))
            .filter(|row| row.seat.event == SeatEvent::Appointed && row.seat.role != Role::Substitute)
            .filter(|row| is_decided(row))
            .collect();
        let of = chosen.iter().rev().find_map(|row| row.seat.members).map(usize::from);
        if let Some(of) = of.filter(|of| *of > known) {
            let members = danish::count(of, "medlem", "medlemmer");
            return Some(format!("{INCOMPLETE}: de nævner {members}, og {known} kendes."));
        }
        let others = self.seen.others(|key| self.seated.tells_of(key, self.date));
        if of.is_none() && !has_list && others >= LEAST_OTHERS {
            return Some(format!("{INCOMPLETE}: fremmødelisten nævner {others} andre."));
        }
        // Several elections of one meeting fill a body no more than those of several do, and who comes for another changes it only.
        let item_of = |row: &SeatRow| (row.meeting.document, row.item.as_ref().map(|item| item.item_id));
        let changes: HashSet<_> =
            self.seated.rows.iter().filter(|row| row.seat.event == SeatEvent::Leaving).map(item_of).collect();
        let mut of_item: HashMap<_, HashSet<&str>> = HashMap::new();
        for row in chosen.iter().filter(|row| !changes.contains(&item_of(row))) {
            of_item.entry(item_of(row)).or_default().insert(&row.person_key);
        }
        // A mayor and two deputies are no council.
        let has_members: HashSet<_> =
            chosen.iter().filter(|row| row.seat.role == Role::Member).map(|row| item_of(row)).collect();
        let is_whole =
            |item, people: &HashSet<&str>| people.len() >= LEAST_WHOLE && has_members.contains(item);
        let has_whole = of.is_some_and(|of| of >= LEAST_WHOLE)
            || of_item.iter().any(|(item, people)| is_whole(item, people));
        (!has_list && !has_whole).then(|| format!("{INCOMPLETE}."))
    }

    fn unknown(&self) -> Answer {
        let places = &self.seated.places;
        let before = places.iter().map(|place| place.to).filter(|to| *to < self.date).max();
        let first = places.iter().map(|place| place.from).min();
        let (text, day) = match (before, first) {
            (Some(last), _) => {
                (format!("Perioden udløb {}; senere kendes ikke.", danish::date(last)), Some(last))
            }
            (None, Some(first)) => (
                format!("De indlæste referater fortæller først om medlemmerne fra {}.", danish::date(first)),
                Some(first),
            ),
            _ => ("De indlæste referater fortæller ikke, hvem der sidder der.".to_owned(), None),
        };
        let text = std::iter::once(text).chain(self.told_by_lists(&[])).collect::<Vec<_>>().join("\n");
        Answer {
            title: format!("{}: medlemmerne pr. {} kendes ikke", self.body.name, danish::date(self.date)),
            text,
            suggestions: day
                .map(|day| {
                    suggest(format!("/råd udvalg:{} dato:{day}", self.body.name), "medlemmerne dengang")
                })
                .into_iter()
                .collect(),
            ..Answer::default()
        }
    }

    fn sits(&self, one: &Sitting<'_, 'a>, sitting: &[Sitting<'_, 'a>], announced: &[&SeatRow]) -> Card {
        let place = one.place;
        let mut fields = vec![Field::new("Periode", place.period())];
        fields.extend(self.seated.acts_for(place).map(|while_away| Field::new("Konstitueret", while_away)));
        if one.since < place.from && place.role != Role::Substitute {
            fields.push(Field::new("Medlem siden", danish::date(one.since)));
        }
        fields.extend(self.party_change(&place.key));
        fields.extend(
            self.seen.besides(self.seated, place, self.date).map(|said| Field::new("Fremmødeliste", said)),
        );
        if let Some(row) = self.seated.stands_in_for(place) {
            fields.push(Field::new("Stedfortræder for", row.seat.person.clone()));
        }
        if let Some(row) = one.on_leave {
            fields.extend(self.stands_in(&place.key, sitting));
            fields.push(Field::shortened("Om orloven", &row.seat.quote, MOST_QUOTE_CHARS));
            fields.push(Field::new("Orlov besluttet", crate::treatment::place(&row.meeting, number(row))));
        }
        if let Some(row) = announced.iter().find(|row| row.person_key == place.key) {
            fields.push(Field::new("Udtræden", announcement(row, self.date)));
        } else if let Some(row) = self.leaves_council(place) {
            let council = row.seat.body.as_deref().unwrap_or("rådet");
            fields.push(Field::new(&format!("Udtræden af {council}"), announcement(row, self.date)));
        }
        fields.extend(one.odds.iter().map(|odds| Field::new("Uenighed", odds.clone())));
        if let Basis::Minutes(row) = place.basis {
            fields.extend(evidence(row));
        }
        fields.push(Field::new("Fra", self.basis(place)));
        let gone = self.council.gone_since(place, self.date);
        if let Some((row, _)) = gone {
            fields.push(Field::shortened("Om udtrædenen", &row.seat.quote, MOST_QUOTE_CHARS));
            fields.push(Field::new("Udtræden besluttet", crate::treatment::place(&row.meeting, number(row))));
        }
        let open_call = || place.is_open_call().then(|| "Indkaldt; til hvornår er ikke nævnt".to_owned());
        Card {
            heading: self.heading(place),
            status: gone.map(doubt).or_else(|| one.on_leave.map(leave)).or_else(open_call),
            fields,
            item: Some(self.source(place)),
            ..Card::default()
        }
    }

    /// What somebody who sits here has said of leaving the council.
    fn leaves_council(&self, place: &Place<'a>) -> Option<&'a SeatRow> {
        let mut announced = self.council.announced(self.date).into_iter();
        let is_theirs = |row: &&SeatRow| row.person_key == place.key && seats::office_given_up(row).is_none();
        announced.find(is_theirs).filter(|_| self.council.gone_since(place, self.date).is_none())
    }

    fn heading(&self, place: &Place<'a>) -> String {
        let party = self.seated.parties().of(place, self.date);
        let party = party.as_deref().or_else(|| self.seen.party(&place.key));
        format!("{}, {}", named(self.seated.name(place), party), place.office())
    }

    fn party_change(&self, key: &str) -> Option<Field> {
        if let Some(row) = self.seated.parties().announced(key, self.date) {
            let source = place(&row.meeting, number(row));
            return Some(Field::new("Partiskifte", format!("{} ({source})", announced_party(row))));
        }
        let change = self.seated.parties().changed(key, self.date)?;
        let before = change.before.map(|party| format!("før {party}, ")).unwrap_or_default();
        let source = place(&change.row.meeting, number(change.row));
        Some(Field::new("Partiskifte", format!("{} ({before}{source})", danish::date(change.day))))
    }

    /// Who stands in for somebody on leave.
    fn stands_in(&self, key: &str, sitting: &[Sitting<'_, 'a>]) -> Option<Field> {
        let is_for = |one: &&Sitting<'_, 'a>| {
            self.seated.stands_in_for(one.place).is_some_and(|row| row.person_key == key)
        };
        let substitute = sitting.iter().find(is_for)?;
        Some(Field::new("Stedfortræder", self.seated.name(substitute.place)))
    }

    fn basis(&self, at: &Place<'a>) -> String {
        match at.basis {
            Basis::Minutes(row) => place(&row.meeting, number(row)),
            Basis::Roster(seat) => format!("Rådets egen liste, linje {}", seat.line),
        }
    }

    fn source(&self, at: &Place<'a>) -> Source {
        match at.basis {
            Basis::Minutes(row) => head_source(&row.meeting, row.item.as_ref()),
            Basis::Roster(seat) => Source {
                body: Some(seat.body.clone()),
                file: Some(self.roster.file().to_owned()),
                ..Source::default()
            },
        }
    }

    fn of_row(&self, row: &SeatRow, status: String) -> Card {
        let party = row.seat.party.as_deref();
        Card {
            heading: format!(
                "{}, {}",
                named(&row.seat.person, party),
                office(row.seat.role, row.seat.acting)
            ),
            status: Some(status),
            fields: evidence(row)
                .into_iter()
                .chain([Field::new("Fra", place(&row.meeting, number(row)))])
                .collect(),
            item: Some(head_source(&row.meeting, row.item.as_ref())),
            ..Card::default()
        }
    }

    fn announced(&self, row: &SeatRow) -> Card {
        self.of_row(row, announcement(row, self.date))
    }

    fn departed(&self, row: &SeatRow, out: Date) -> Card {
        let day = danish::date(out);
        let status = match seats::office_given_up(row) {
            Some(role) => format!("Ikke længere {} fra {day}", danish::role(role)),
            None => format!("Udtrådt {day}"),
        };
        let ended = self.seated.places.iter().find(|place| place.end == End::Left(row));
        let period = ended.map(|place| Field::new("Periode", place.period()));
        let mut card = self.of_row(row, status);
        card.fields.splice(0..0, period);
        card
    }

    fn run_out(&self, place: &Place<'a>) -> Card {
        Card {
            heading: self.heading(place),
            status: Some(format!("Sluttede {}", danish::date(place.to))),
            fields: vec![Field::new("Periode", place.period()), Field::new("Fra", self.basis(place))],
            item: Some(self.source(place)),
            ..Card::default()
        }
    }

    fn not_by_list(&self, told: &Place<'a>) -> Card {
        Card {
            heading: self.heading(told),
            status: Some("Sidder der ikke efter rådets egen liste".to_owned()),
            fields: vec![
                Field::new("Uenighed", format!("Referaterne siger: {}", told.period())),
                Field::new("Fra", self.basis(told)),
            ],
            item: Some(self.source(told)),
            ..Card::default()
        }
    }

    /// What the lists of who was there tell of offices beside what was decided, each as a sentence.
    fn told_by_lists(&self, sitting: &[Sitting<'_, 'a>]) -> Vec<String> {
        self.seen.told(self.seated, sitting, self.date).into_iter().map(|(_, said)| said).collect()
    }

    /// Those whom only the attendance of meetings names: they were there, and no more is known than what the lists print beside
    /// the name; those with an office first. Who sits by a decision is among them where a list gives them another office. First names are left out: they may be anybody's.
    fn only_seen(&self, sitting: &[Sitting<'_, 'a>]) -> Vec<Card> {
        let is_full = |row: &&AttendanceRow| {
            let mut words = row.person_key.split(' ');
            words.clone().count() > 1 && words.all(|word| word.chars().count() > 1)
        };
        let mut named = HashSet::new();
        let told = self.seen.told(self.seated, sitting, self.date);
        let is_told = |row: &AttendanceRow| told.iter().any(|(other, _)| other.person_key == row.person_key);
        let mut rows: Vec<&AttendanceRow> = self
            .seen
            .0
            .iter()
            .filter(|row| row.was != Was::Substitute)
            .filter(is_full)
            .filter(|row| named.insert(row.person_key.as_str()))
            .filter(|row| is_told(row) || !self.seated.tells_of(&row.person_key, self.date))
            .map(|row| self.seen.office(&row.person_key).unwrap_or(row))
            .collect();
        rows.sort_by_key(|row| row.role.filter(|_| self.is_told_last(row)).map_or(u8::MAX, rank));
        rows.into_iter()
            .take(MOST_SEEN)
            .map(|row| {
                let status = match row.role.filter(|_| self.is_told_last(row)) {
                    Some(role) => format!("Nævnt som {} i fremmødelisten", danish::role(role)),
                    None if row.was == Was::Present => "Nævnt som til stede".to_owned(),
                    None => "Nævnt som fraværende".to_owned(),
                };
                Card {
                    heading: self.seen.named(row),
                    status: Some(match self.seated.tells_of(&row.person_key, self.date) {
                        true => status,
                        false => format!("{status}; om pladsen fortæller referaterne ikke"),
                    }),
                    fields: vec![Field::new("Fra", place(&row.meeting, None))],
                    item: Some(meeting_source(&row.meeting)),
                    ..Card::default()
                }
            })
            .collect()
    }

    /// Whether no later list gives the office of a row to another.
    fn is_told_last(&self, row: &AttendanceRow) -> bool {
        self.seen.office(&row.person_key).is_some_and(|last| last == row)
    }
}

fn number(row: &SeatRow) -> Option<&str> {
    row.item.as_ref().and_then(|item| item.number.as_deref())
}

/// `Orlov 1. marts–31. maj 2019`.
fn leave(row: &SeatRow) -> String {
    let from = row.seat.from.or(row.meeting.date);
    match (from, row.seat.to) {
        (Some(from), Some(to)) => format!("Orlov {}", danish::period(from, to)),
        (Some(from), None) => format!("Orlov fra {}; slutdatoen er ikke nævnt", danish::date(from)),
        (None, _) => "Orlov".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_asked_for_in_full_or_in_words() {
        let today = "2022-06-20".parse().unwrap();
        for (typed, expected) in [
            ("2019-01-01", Some("2019-01-01")),
            ("1. januar 2019", Some("2019-01-01")),
            ("i dag", Some("2022-06-20")),
            ("I dag", Some("2022-06-20")),
            ("i går", Some("2022-06-19")),
            ("1. januar", None),
            ("sidste år", None),
            ("snart", None),
        ] {
            let found = asked_day(typed, today).map(|day| day.to_string());
            assert_eq!(found.as_deref(), expected, "{typed}");
        }
    }
}
