//! What is told without being asked: what is new, what is due, and notices to those who run the bot. The words are made when a
//! message is sent, from what the archive then holds.

use index::{Archive, Letter, Matter, Meeting, News, NewsKind, OutboxRow, Reason, Subject, Treatment};
use jiff::civil::Date;
use minutes::{AgendaItem, FollowUp, Kind};

use crate::follow_up_state::{Course, courses_on};
use crate::treatment::{self, place};
use crate::{
    Answer, Card, Field, Setting, Suggestion, UserError, choose, corrected, danish, following, suggest,
};

/// Followed items that are shown as cards; more of them get a line each.
const MOST_CARDS: usize = 3;
/// Items that get a line each; of more it is told how many.
const MOST_LINES: usize = 20;
/// Characters of a quotation on a card.
const MOST_QUOTE_CHARS: usize = 400;
/// Characters of a title in a line.
const MOST_TITLE_CHARS: usize = 90;
/// Cases that are led to.
const MOST_CASES: usize = 3;
/// Corrections of one meeting that are told of, the last ones.
const MOST_CORRECTIONS: usize = 5;

/// What a message in the outbox says; None when there is nothing to tell any more: what it tells of is gone, or is said no longer.
///
/// # Errors
/// [`UserError::Trouble`] when the archive cannot be read.
pub fn letter(
    archive: &Archive,
    setting: &Setting<'_>,
    row: &OutboxRow,
) -> Result<Option<Answer>, UserError> {
    match &row.letter {
        Letter::News { news, document, reasons, edits, told_as } => {
            let (Some(meeting), Some(news)) = (archive.meeting(*document)?, archive.news(*news)?) else {
                return Ok(None);
            };
            let told = Told { archive, setting, place: &row.place, meeting: &meeting, reasons };
            told.news(&news, *edits, told_as.unwrap_or(news.kind)).map(Some)
        }
        Letter::Due { document, position, follow_up, reasons } => {
            let Some(meeting) = archive.meeting(*document)? else { return Ok(None) };
            let told = Told { archive, setting, place: &row.place, meeting: &meeting, reasons };
            told.due(*position, follow_up)
        }
        Letter::Notice { text } => Ok(Some(Answer {
            title: "Til dem, der driver Referent".to_owned(),
            text: text.clone(),
            suggestions: vec![suggest("/status", "hvordan det går")],
            found: true,
            ..Answer::default()
        })),
    }
}

/// What a message about a document is made from.
struct Told<'a> {
    archive: &'a Archive,
    setting: &'a Setting<'a>,
    place: &'a str,
    meeting: &'a Meeting,
    reasons: &'a [Reason],
}

impl Told<'_> {
    fn news(&self, news: &News, edits: Option<i64>, kind: NewsKind) -> Result<Answer, UserError> {
        // What stands in for another message tells of all that one told of, or would have.
        let documents = match edits.is_some() || kind != news.kind {
            true => self.of_one_sort()?,
            false => vec![self.meeting.clone()],
        };
        let items = self.items(&documents)?;
        let (followed, others) = self.parted(news, &items);
        let cards = followed.iter().take(MOST_CARDS).map(|treatment| self.card(treatment));
        let lines: Vec<&&Treatment> = followed.iter().skip(MOST_CARDS).chain(&others).collect();
        let left_out = lines.len().saturating_sub(MOST_LINES);
        let more = (left_out > 0).then(|| Card {
            heading: format!("… og {} til", danish::count(left_out, "punkt", "punkter")),
            item: Some(treatment::meeting_source(self.meeting)),
            ..Card::default()
        });
        let mut text = vec![self.because()];
        if edits.is_some() || kind == NewsKind::Correction {
            text.extend(self.corrections(news, edits, &documents)?);
        }
        let of_items = |reason: &Reason| matches!(reason.subject, Subject::Case | Subject::Topic);
        if followed.is_empty() && self.reasons.iter().all(of_items) {
            text.push("Det, der følges, er ikke i dokumentet mere.".to_owned());
        }
        if self.meeting.withdrawn_at.is_some() {
            text.push("Kilden har trukket dokumentet tilbage.".to_owned());
        }
        Ok(Answer {
            title: format!("{}: {}", what(kind, self.meeting.kind), place(self.meeting, None)),
            text: text.join("\n"),
            cards: cards.chain(lines.iter().take(MOST_LINES).map(|it| line(it))).chain(more).collect(),
            suggestions: self.suggestions(&followed)?,
            found: true,
            ..Answer::default()
        })
    }

    /// None when the document does not say so any more, and when it is treated, put off or called off by now.
    fn due(&self, position: Option<u32>, follow_up: &FollowUp) -> Result<Option<Answer>, UserError> {
        let items = self.archive.items_of(self.meeting.document)?;
        let saying = items.iter().find(|treatment| treatment.item.follow_ups.contains(follow_up));
        if self.meeting.withdrawn_at.is_some() || (position.is_some() && saying.is_none()) {
            return Ok(None);
        }
        let mut rows = self.archive.follow_ups_of(self.meeting.document)?;
        let item = saying.map(|treatment| treatment.item_id);
        rows.retain(|row| row.follow_up == *follow_up && row.item.as_ref().map(|it| it.item_id) == item);
        let courses = courses_on(self.archive, self.setting.council, self.setting.today, rows)?;
        if courses.first().is_some_and(Course::is_settled) {
            return Ok(None);
        }
        let source = saying.map_or_else(|| treatment::meeting_source(self.meeting), treatment::source);
        let when = danish::follow_up_said(follow_up, self.meeting.date);
        let what =
            source.title.clone().or_else(|| source.case_number.clone()).unwrap_or_else(|| when.clone());
        let fields = [
            source.case_number.as_ref().map(|number| Field::new("Sagsnummer", number)),
            Some(Field::quoted("Det står der", &follow_up.quote).cut(MOST_QUOTE_CHARS)),
            Some(Field::new("Fra", place(self.meeting, source.number.as_deref()))),
        ];
        let title = format!("{}: {what}", days_until(self.setting.today, follow_up.from));
        let card = Card {
            heading: when,
            fields: fields.into_iter().flatten().collect(),
            item: Some(source),
            ..Card::default()
        };
        Ok(Some(Answer {
            title,
            text: self.because(),
            cards: vec![card],
            suggestions: self.suggestions(&saying.into_iter().collect::<Vec<_>>())?,
            found: true,
            ..Answer::default()
        }))
    }

    fn because(&self) -> String {
        format!("Sendt, fordi {} {}.", following::follower(self.place), following::reasons(self.reasons))
    }

    /// The documents of the meeting that tell of the same: its minutes, or its agenda.
    fn of_one_sort(&self) -> Result<Vec<Meeting>, UserError> {
        let mut documents = treatment::same_meeting(self.archive, self.meeting)?;
        documents.retain(|other| {
            other.document != self.meeting.document
                && other.kind == self.meeting.kind
                && other.withdrawn_at.is_none()
        });
        documents.insert(0, self.meeting.clone());
        Ok(documents)
    }

    fn items(&self, documents: &[Meeting]) -> Result<Vec<Treatment>, UserError> {
        let mut items = Vec::new();
        for document in documents {
            items.extend(self.archive.items_of(document.document)?);
        }
        if documents.len() > 1 {
            items = treatment::sittings(items).into_iter().flat_map(|sitting| sitting.items).collect();
        }
        Ok(items)
    }

    /// The items that the place follows, and all others. Followed as a whole, none is before the others.
    fn parted<'t>(&self, news: &News, items: &'t [Treatment]) -> (Vec<&'t Treatment>, Vec<&'t Treatment>) {
        let as_recorded = self.meeting.version == news.version
            && items.iter().all(|treatment| treatment.meeting.document == news.document);
        let places: Vec<u32> = if as_recorded {
            self.reasons.iter().flat_map(|reason| reason.items.iter().copied()).collect()
        } else {
            // Places of items are those of the version that was news.
            let contents: Vec<&AgendaItem> = items.iter().map(|treatment| &treatment.item).collect();
            let matter = Matter::new(self.meeting.body.as_deref(), &contents);
            let found = |reason: &Reason| matter.about(reason.subject, &reason.key());
            self.reasons.iter().filter_map(found).flatten().collect()
        };
        let numbered: Vec<(u32, &Treatment)> = (0..).zip(items).collect();
        let (followed, others): (Vec<_>, Vec<_>) =
            numbered.into_iter().partition(|(at, _)| places.contains(at));
        let items =
            |part: Vec<(u32, &'t Treatment)>| part.into_iter().map(|(_, treatment)| treatment).collect();
        (items(followed), items(others))
    }

    /// A line for each correction that the message tells of: of one that changes an earlier message, all since that one.
    fn corrections(
        &self,
        news: &News,
        edits: Option<i64>,
        documents: &[Meeting],
    ) -> Result<Vec<String>, UserError> {
        let first = match edits {
            Some(row) => self.archive.message(row)?.and_then(|row| match row.letter {
                Letter::News { news, .. } => Some(news),
                _ => None,
            }),
            None => None,
        };
        let mut told = Vec::new();
        for document in documents.iter().filter(|_| first.is_some()) {
            told.extend(self.archive.news_of(document.document)?);
        }
        told.retain(|other| {
            let is_correction = other.kind == NewsKind::Correction && other.silence.is_none();
            is_correction && other.id < news.id && first.is_some_and(|first| other.id > first)
        });
        told.extend((news.kind == NewsKind::Correction).then(|| news.clone()));
        told.sort_by_key(|news| news.id);
        let zone = &self.setting.council.time_zone;
        let line = |news: &News| {
            let day = danish::date(news.at.to_zoned(zone.clone()).date());
            format!("Rettet {day}: {}", corrected::changes(&news.changes))
        };
        Ok(told[told.len().saturating_sub(MOST_CORRECTIONS)..].iter().map(line).collect())
    }

    fn card(&self, treatment: &Treatment) -> Card {
        let mut card = treatment::card(treatment, self.setting.today);
        // What other bodies said before is a button away.
        card.fields.retain(|field| !field.name.starts_with("Tidligere"));
        card.fields = card.fields.into_iter().map(|field| field.cut(MOST_QUOTE_CHARS)).collect();
        card
    }

    /// The meeting, the followed cases, and why it was told; the last one always.
    fn suggestions(&self, followed: &[&Treatment]) -> Result<Vec<Suggestion>, UserError> {
        let mut cases: Vec<String> = Vec::new();
        for number in followed.iter().filter_map(|treatment| treatment.item.case_number.as_ref()) {
            let ask = format!("/sag {number}");
            if cases.len() < MOST_CASES && !cases.contains(&ask) {
                cases.push(ask);
            }
        }
        let bodies = self.archive.bodies()?;
        let body = bodies.iter().find(|body| body.key == self.meeting.body_key);
        let of_meeting = body
            .zip(self.meeting.date)
            .map(|(body, date)| format!("udvalg:{} dato:{date}", choose::short_name(body, &bodies)));
        let why = match (&of_meeting, followed.iter().find_map(|it| it.item.case_number.as_ref())) {
            (Some(meeting), _) => format!("/hvorfor {meeting}"),
            (None, Some(number)) => format!("/hvorfor sag:{number}"),
            (None, None) => "/hvorfor".to_owned(),
        };
        let whole = of_meeting.map(|meeting| suggest(format!("/møde {meeting}"), "hele mødet"));
        let cases = cases.into_iter().map(|ask| suggest(ask, ""));
        Ok(whole.into_iter().chain(cases).chain([suggest(why, "hvorfor?")]).collect())
    }
}

/// What a message tells of.
fn what(news: NewsKind, document: Kind) -> &'static str {
    match (news, document) {
        (NewsKind::Agenda, _) => "Ny dagsorden",
        (NewsKind::Minutes, _) => "Nyt referat",
        (NewsKind::Document, _) => "Nyt dokument",
        (NewsKind::Withdrawn, _) => "Trukket tilbage",
        (NewsKind::Returned, _) => "Igen i kilden",
        (NewsKind::Correction, Kind::Agenda) => "Rettet dagsorden",
        (NewsKind::Correction, Kind::Minutes) => "Rettet referat",
        (NewsKind::Correction, _) => "Rettet dokument",
    }
}

/// An item in a line: `4. Titel: Godkendt`; of an agenda the title alone.
fn line(treatment: &Treatment) -> Card {
    let item = &treatment.item;
    let number = item.number.as_ref().map(|number| format!("{number}. ")).unwrap_or_default();
    let title = danish::shorten(&treatment::heading(treatment), MOST_TITLE_CHARS);
    let outcome = match (item.closed, treatment.meeting.kind) {
        (true, _) => ": Lukket punkt".to_owned(),
        (false, Kind::Agenda) => String::new(),
        (false, _) => format!(": {}", treatment::outcome_in_short(treatment)),
    };
    let heading = format!("{number}{title}{outcome}");
    Card { heading, item: Some(treatment::source(treatment)), ..Card::default() }
}

/// `Om 3 dage`, `I morgen`, `I dag`; of a day that has passed while the message was held, the day.
fn days_until(today: Date, day: Option<Date>) -> String {
    let Some(day) = day else { return "Snart".to_owned() };
    match today.until(day).map(|span| span.get_days()) {
        Ok(0) => "I dag".to_owned(),
        Ok(1) => "I morgen".to_owned(),
        Ok(days) if days > 1 => format!("Om {days} dage"),
        _ => format!("Den {}", danish::date(day)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_people_do() {
        let today: Date = "2020-09-20".parse().unwrap();
        for (day, told) in [
            (Some("2020-09-20"), "I dag"),
            (Some("2020-09-21"), "I morgen"),
            (Some("2020-09-23"), "Om 3 dage"),
            (Some("2020-12-20"), "Om 91 dage"),
            (Some("2020-09-19"), "Den 19. september 2020"),
            (None, "Snart"),
        ] {
            assert_eq!(days_until(today, day.map(|day| day.parse().unwrap())), told);
        }
    }
}
