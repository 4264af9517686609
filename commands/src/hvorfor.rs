//! `/hvorfor`: why a message about a meeting or a case came to a place, or did not: each stage with its time.

use std::collections::BTreeSet;

use index::{
    Cadence, Follow, Letter, Matter, Meeting, MeetingFilter, News, NewsKind, OutboxRow, Reason, Silence,
    Standing, State, Subscription,
};
use jiff::Timestamp;
use jiff::civil::Date;
use minutes::{AgendaItem, Kind};

use crate::treatment::{self, place as place_of};
use crate::{
    Answer, Card, Context, Field, Request, UserError, choose, danish, following, moede, number, suggest,
};

/// Meetings of a case that are looked at, the last ones.
const MOST_MEETINGS: usize = 3;
/// Documents of one meeting that are looked at.
const MOST_DOCUMENTS: usize = 10;
/// Versions of one document that are told of, the last ones.
const MOST_VERSIONS: usize = 5;
/// Documents that had a case once and have it no more, the last ones.
const MOST_ONCE: usize = 3;
/// Subscriptions that are named where none of them was the reason.
const MOST_NAMED: usize = 3;

/// Said of what is followed, was before, and told nothing: pauses and what was in earlier versions are not kept.
const PAUSED_OR_NOT_THERE: &str =
    "var på pause dengang, eller det var ikke i den udgave; hvilket af de to er ikke gemt";

/// Said of a message that was not sent because a newer one took its place.
const REPLACED: &str = "noget nyere om mødet kom til, før den var sendt, og det sendes i stedet";

/// Said of a case that no document has now.
const ONCE: &str = "Sagen stod i en tidligere udgave; nu er den ikke i noget dokument.";

/// Said where further documents once had the case.
const ONCE_TOO: &str = "Det nederste er dokumenter, hvor sagen kun stod i en tidligere udgave.";

/// Said of a message that waits while all that it is about is paused.
const PAUSED: &str = "så længe det er på pause";

/// Said of a message that nobody wants any more.
const STOPPED: &str = "det følges ikke mere her";

/// Why nobody was told.
const SILENCES: [(Silence, &str); 6] = [
    (Silence::FirstReading, "kilden blev læst for første gang, og det, der lå i den, er ikke nyt"),
    (Silence::TooOld, "mødet ligger længere tilbage, end der sendes besked om"),
    (Silence::FormOnly, "kun formen er en anden; indholdet er det samme"),
    (Silence::Double, "alt i den er kendt fra en anden fil om samme møde"),
    (Silence::MinutesKnown, "mødets referat var allerede læst"),
    (Silence::NoMeeting, "den er hverken dagsorden eller referat"),
];

pub(crate) fn run(context: &Context<'_>, request: &Request) -> Result<Answer, UserError> {
    let (case, body, date) = (request.option("sag"), request.option("udvalg"), request.option("dato"));
    // A number of groups of digits alone looks like a date.
    if let (None, None, Some(typed)) = (case, body, date)
        && minutes::day(typed).is_none()
        && number::is_number(typed)
    {
        return of_case(context, request, typed);
    }
    let day = match date {
        Some(typed) => Some(minutes::day(typed).ok_or_else(|| moede::unreadable_date(typed))?),
        None => None,
    };
    match (case, body) {
        (Some(typed), None) if day.is_none() && is_case(context, typed)? => of_case(context, request, typed),
        (Some(typed), None) => of_meeting(context, request, Some(typed), day),
        (_, body) => of_meeting(context, request, body, day),
    }
}

/// A body stands without a name where a case stands too.
fn is_case(context: &Context<'_>, typed: &str) -> Result<bool, UserError> {
    let is_body = || -> Result<bool, UserError> {
        Ok(choose::only_body(context.council, typed, &context.archive.bodies()?).is_some())
    };
    Ok(number::is_number(typed) || !is_body()?)
}

fn of_case(context: &Context<'_>, request: &Request, typed: &str) -> Result<Answer, UserError> {
    let key = match choose::case(context, typed, request.command.name)? {
        choose::Case::One(key, _) => key,
        choose::Case::Answer(answer) if answer.found => return Ok(*answer),
        choose::Case::Answer(answer) => {
            let once = once_with(context, &minutes::case_number::key(typed), &[])?;
            if !once.is_empty() {
                let mut answer = told(context, format!("Beskeder om {typed}"), ONCE.to_owned(), &once)?;
                answer.request = Some(Request { options: Vec::new(), ..request.clone() }.with("sag", typed));
                return Ok(answer);
            }
            let text = format!(
                "Intet dokument med den er læst, så der har ikke været noget at sende. {}",
                answer.text
            );
            return Ok(Answer { text, ..*answer });
        }
    };
    let meetings = context.archive.case_meetings(&key)?;
    let days: BTreeSet<Option<Date>> = meetings.iter().rev().take(MOST_MEETINGS).map(|it| it.date).collect();
    let mut documents: Vec<Meeting> = Vec::new();
    let mut number = typed.to_owned();
    for day in days.into_iter().rev() {
        for treatment in context.archive.treatments_on(&key, day)? {
            number = treatment.item.case_number.as_ref().map_or(number, ToString::to_string);
            if !documents.iter().any(|other| other.document == treatment.meeting.document) {
                documents.push(treatment.meeting);
            }
        }
    }
    documents.truncate(MOST_MEETINGS * MOST_DOCUMENTS);
    let once = once_with(context, &key, &documents)?;
    let is_once = !once.is_empty();
    documents.extend(once);
    let left_out = meetings.len() > MOST_MEETINGS;
    let text = if left_out { format!("De {MOST_MEETINGS} seneste møder med sagen.") } else { String::new() };
    let text = if is_once { format!("{text}\n{ONCE_TOO}").trim().to_owned() } else { text };
    let mut answer = told(context, format!("Beskeder om {number}"), text, &documents)?;
    answer.suggestions.insert(0, suggest(format!("/sag {number}"), "den seneste beslutning"));
    answer.request = Some(Request { options: Vec::new(), ..request.clone() }.with("sag", &number));
    Ok(answer)
}

/// The documents that had a case in an earlier version, without those that are shown anyway; none where no key is known.
fn once_with(context: &Context<'_>, key: &str, shown: &[Meeting]) -> Result<Vec<Meeting>, UserError> {
    if key.is_empty() {
        return Ok(Vec::new());
    }
    let shown: Vec<i64> = shown.iter().map(|meeting| meeting.document).collect();
    let mut once = Vec::new();
    for document in context.archive.once_with_case(key, &shown, MOST_ONCE)? {
        once.extend(context.archive.meeting(document)?);
    }
    Ok(once)
}

fn of_meeting(
    context: &Context<'_>,
    request: &Request,
    body: Option<&str>,
    date: Option<Date>,
) -> Result<Answer, UserError> {
    let bodies = context.archive.bodies()?;
    let body = match body {
        Some(typed) => match choose::body(context, request, typed, &bodies) {
            choose::Body::One(body) => Some(body),
            choose::Body::Answer(answer) => return Ok(*answer),
        },
        None => None,
    };
    let body_key = body.as_ref().map(|body| body.key.clone());
    let filter = MeetingFilter { body_key, date, ..MeetingFilter::default() };
    let mut documents = context.archive.meetings(&filter, MOST_DOCUMENTS)?;
    // Without a date the latest meeting is meant, of one body.
    if let Some(first) = documents.first().filter(|_| date.is_none()).cloned() {
        documents.retain(|other| (&other.body_key, other.date) == (&first.body_key, first.date));
    }
    let of = body.as_ref().map(|body| format!(" i {}", body.name)).unwrap_or_default();
    let day = date.map(|date| format!(" den {}", danish::date(date))).unwrap_or_default();
    let Some(first) = documents.first() else {
        return Ok(Answer {
            title: format!("Intet er læst om et møde{of}{day}"),
            text: "Ingen kilde har haft en dagsorden eller et referat fra det møde, så der har ikke været noget at sende."
                .to_owned(),
            suggestions: vec![suggest("/status", "hvordan det går med kilderne")],
            ..Answer::default()
        });
    };
    let title = match (&body, date) {
        (None, Some(date)) => format!("Beskeder om møder den {}", danish::date(date)),
        _ => format!("Beskeder om {}", place_of(first, None)),
    };
    let understood = bodies
        .iter()
        .find(|known| known.key == first.body_key)
        .zip(first.date)
        .filter(|_| documents.iter().all(|other| other.body_key == first.body_key));
    let understood = understood.map(|(known, day)| {
        let plain = Request { options: Vec::new(), ..request.clone() };
        choose::with_body(&plain, known, &bodies).with("dato", &day.to_string())
    });
    let mut answer = told(context, title, String::new(), &documents)?;
    answer.request = understood;
    Ok(answer)
}

/// A card for each document.
fn told(
    context: &Context<'_>,
    title: String,
    text: String,
    documents: &[Meeting],
) -> Result<Answer, UserError> {
    let following = match context.asker.place {
        Some(place) => context.archive.subscriptions(place)?,
        None => Vec::new(),
    };
    let mut lines: Vec<String> = Some(text).into_iter().filter(|text| !text.is_empty()).collect();
    if context.asker.place.is_none() {
        lines.push("Her kan der ikke sendes besked; det er kun vist, hvad der er læst.".to_owned());
    } else if following.is_empty() {
        lines.push("Her følges intet nu.".to_owned());
    }
    let mut cards = Vec::new();
    for document in documents {
        cards.push(card(context, document, &following)?);
    }
    let suggestions = context.asker.place.map(|_| suggest("/følger", "hvad der følges her"));
    Ok(Answer {
        title,
        text: lines.join("\n"),
        cards,
        suggestions: suggestions.into_iter().collect(),
        found: true,
        ..Answer::default()
    })
}

fn card(context: &Context<'_>, meeting: &Meeting, following: &[Subscription]) -> Result<Card, UserError> {
    let archive = context.archive;
    let recorded: Option<Timestamp> = meeting.recorded_at.parse().ok();
    let version = if meeting.version > 1 { format!(", version {}", meeting.version) } else { String::new() };
    let when = recorded.map_or_else(|| meeting.recorded_at.clone(), |at| moment(context, at));
    let mut fields = vec![Field::new("Fundet og læst", format!("{when}{version} ({})", meeting.file))];
    if let Some(at) = meeting.withdrawn_at.as_deref().and_then(|at| at.parse().ok()) {
        fields.push(Field::new("Trukket tilbage", format!("{} fra kilden", moment(context, at))));
    }
    let news = archive.news_of(meeting.document)?;
    let messages = match context.asker.place {
        Some(place) => archive.messages_about(place, meeting.document)?,
        None => Vec::new(),
    };
    if news.is_empty() {
        fields.push(Field::new("Nyhed", "nej: den blev læst, før der blev sendt beskeder"));
    }
    for news in &news[news.len().saturating_sub(MOST_VERSIONS)..] {
        fields.push(stage_of(context, news));
        let about = |row: &&OutboxRow| matches!(&row.letter, Letter::News { news: id, .. } if *id == news.id);
        let mut of_news = messages.iter().filter(about).peekable();
        // That it came or went is told only where it was told of.
        let is_presence = matches!(news.kind, NewsKind::Withdrawn | NewsKind::Returned);
        if of_news.peek().is_none() && news.silence.is_none() && !is_presence && context.asker.place.is_some()
        {
            fields.push(Field::new("Her", unmatched(context, meeting, news, following)?));
        }
        for row in of_news {
            fields.extend(sending(context, row, following));
        }
    }
    for row in messages.iter().filter(|row| matches!(row.letter, Letter::Due { .. })) {
        fields.push(Field::new("Påmindelse", moment(context, row.created_at)));
        fields.extend(sending(context, row, following));
    }
    let what = danish::capital(danish::kind(meeting.kind));
    let heading = match meeting.kind {
        Kind::Document => place_of(meeting, None),
        _ => format!("{what}: {}", place_of(meeting, None)),
    };
    Ok(Card { heading, fields, item: Some(treatment::meeting_source(meeting)), ..Card::default() })
}

fn moment(context: &Context<'_>, at: Timestamp) -> String {
    danish::moment(at, &context.council.time_zone)
}

/// Whether it was news, or why not.
fn stage_of(context: &Context<'_>, news: &News) -> Field {
    let at = moment(context, news.at);
    let what = match news.kind {
        NewsKind::Agenda => "ny dagsorden",
        NewsKind::Minutes => "nyt referat",
        NewsKind::Document => "nyt dokument",
        NewsKind::Correction => "rettelse",
        NewsKind::Withdrawn => "trukket tilbage af kilden",
        NewsKind::Returned => "i kilden igen",
    };
    let silence = news
        .silence
        .map(|silence| SILENCES.iter().find(|(known, _)| *known == silence).map_or("", |it| it.1));
    match silence {
        Some(why) => Field::new("Nyhed", format!("nej ({at}): {why}")),
        None => Field::new("Nyhed", format!("{what} ({at})")),
    }
}

/// Why there is no message about news that others were told of.
fn unmatched(
    context: &Context<'_>,
    meeting: &Meeting,
    news: &News,
    following: &[Subscription],
) -> Result<String, UserError> {
    let items = context.archive.items_of(meeting.document)?;
    let contents: Vec<&AgendaItem> = items.iter().map(|treatment| &treatment.item).collect();
    let matter = Matter::new(meeting.body.as_deref(), &contents);
    let about = |it: &&Subscription| matter.about(it.follow.subject, &it.follow.key).is_some();
    let why = |it: &Subscription| {
        let what = following::what(it.follow.subject, &it.follow.label);
        if it.created_at > news.at {
            format!("{what} følges først siden {}", moment(context, it.created_at))
        } else if it.paused.is_some() {
            format!("{what} er på pause")
        } else {
            format!("{what} {PAUSED_OR_NOT_THERE}")
        }
    };
    let known: Vec<String> = following.iter().filter(about).map(why).take(MOST_NAMED).collect();
    Ok(match known.is_empty() {
        true => "ingen besked: intet af det, der følges her nu, er i den".to_owned(),
        false => format!("ingen besked: {}", danish::list(&known)),
    })
}

/// What was followed, and what became of the message.
fn sending(context: &Context<'_>, row: &OutboxRow, following: &[Subscription]) -> Vec<Field> {
    let reasons: &[Reason] = match &row.letter {
        Letter::News { reasons, .. } | Letter::Due { reasons, .. } => reasons,
        Letter::Notice { .. } => &[],
    };
    let is_unsent =
        matches!(row.state, State::Waiting | State::Parked | State::Held) && row.settled_at.is_none();
    let standing = index::standing(reasons, following);
    let is_ended = row.state == State::Dropped || (is_unsent && standing == Standing::Stopped);
    let label = if is_ended { "Fulgtes her" } else { "Følges her" };
    let mut fields = vec![Field::new(label, following::reasons(reasons))];
    let problem = row.problem.as_deref().unwrap_or("grunden er ikke kendt");
    let settled = || row.settled_at.map(|at| moment(context, at)).unwrap_or_default();
    let is_held = row.not_before > context.asker.now;
    fields.push(match row.state {
        _ if is_unsent && standing == Standing::Stopped => Field::new("Sendes ikke", STOPPED),
        _ if is_unsent && standing == Standing::Paused => Field::new("Holdt tilbage", PAUSED),
        State::Waiting | State::Sending if is_held && row.attempts == 0 => {
            let until = moment(context, row.not_before);
            Field::new(
                "Holdt tilbage",
                format!("til {until}: {}", held_by(context, row.not_before, reasons, following)),
            )
        }
        State::Waiting | State::Sending => match (row.problem.is_some(), row.ready_at) {
            (true, Some(at)) => Field::new("Prøves igen", format!("{}: {problem}", moment(context, at))),
            (true, None) => Field::new("Prøves igen", format!("nu: {problem}")),
            (false, _) => Field::new("På vej", format!("siden {}", moment(context, row.created_at))),
        },
        State::Sent => Field::new("Sendt", settled()),
        State::Parked if row.settled_at.is_none() => {
            let again = row.ready_at.map(|at| format!("prøves igen {}: ", moment(context, at)));
            Field::new("Ingen adgang", format!("{}{problem}", again.unwrap_or_default()))
        }
        State::Parked => Field::new("Afvist", format!("{}: {problem}", settled())),
        State::GivenUp => Field::new("Opgivet", format!("{}: {problem}", settled())),
        State::Held => Field::new("På vej", format!("siden {}", moment(context, row.created_at))),
        State::Dropped => Field::new("Ikke sendt", format!("{}: {STOPPED}", settled())),
        State::Replaced => Field::new("Erstattet", format!("{}: {REPLACED}", settled())),
    });
    fields
}

/// Why a message is held: as it is told as soon as the first of its reasons allows, one that is told at once leaves the quiet hours.
fn held_by(
    context: &Context<'_>,
    until: Timestamp,
    reasons: &[Reason],
    following: &[Subscription],
) -> &'static str {
    let is_reason = |it: &&Subscription| reasons.iter().any(|reason| reason.is_of(it));
    let all: Vec<&Follow> = following.iter().filter(is_reason).map(|it| &it.follow).collect();
    let time = until.to_zoned(context.council.time_zone.clone()).time();
    let is_quiet = all.iter().any(|it| it.quiet.is_some_and(|quiet| quiet.to == time));
    let is = |cadence| all.iter().any(|it| it.cadence == cadence);
    match (is(Cadence::AtOnce), is(Cadence::Daily), is(Cadence::Weekly)) {
        (true, ..) => "stille tid",
        (_, true, _) if is_quiet => "det sendes dagligt, og der er stille tid til da",
        (_, true, _) => "det sendes dagligt",
        (.., true) if is_quiet => "det sendes ugentligt, og der er stille tid til da",
        (.., true) => "det sendes ugentligt",
        _ => "det sendes samlet, eller der er stille tid",
    }
}
