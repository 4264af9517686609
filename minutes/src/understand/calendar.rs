//! Days on which a body is going to meet, as minutes and agendas tell them: "Næste møde: 20. marts 2019", a plan of the year.
//!
//! Read from a [`Document`] that is understood already. A day whose body is not plain is left out: the council adopts the plans of
//! all its committees, and a column of such a plan cannot be told apart.

use std::sync::LazyLock;

use jiff::civil::Date;

use super::text::{is_label_of_next, sentences};
use super::{bodies, date};
use crate::model::{Document, SectionKind};
use crate::segment::Line;
use crate::{Pattern, body, pattern};

/// A day on which a body is going to meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedMeeting {
    /// Which item of the document says so, from 0; None for words outside the items.
    pub position: Option<usize>,
    /// The body, as named; None for the one whose minutes these are.
    pub body: Option<String>,
    /// The day; it lies after the document's own.
    pub day: Date,
    /// The words that say so.
    pub quote: String,
}

/// More days than a plan of two years has.
const MOST_DAYS: usize = 100;

/// Days this far ahead are no plan of meetings.
const FURTHEST_DAYS: i32 = 800;

/// A row of a plan has no more words than these beside its days.
const MOST_WORDS: usize = 10;

/// Words between a plan's name and its first day.
const MOST_LEADING_WORDS: usize = 6;

static NEXT: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:næste|førstkommende|næstkommende)\s+(?:\p{L}+\s+)?\p{L}*mødet?\b",
        r"(?:\s+i\s+\p{Lu}[\p{L} -]*?)?\s*(?::|-|–|er|afholdes|holdes|bliver|,)?",
        r"\s*(?:(?:er|flyttes|flyttet|rykkes|rykket|udsættes|udsat|berammet|fastsat|planlagt|til|på|(?:man|tirs|ons|tors|fre|lør|søn)dag|den|d\.)\s+)*$",
    ))
});
static PLAN: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\b(?:\p{L}*møderne|møder)\s+(?:i|for)\b|\bholde[rs]?\s+møder?(?:\s+(?:på\s+)?følgende\b|\s*:)|\bfølgende\s+\p{L}*møder\s+(?:er|planlægges|holdes|afholdes)\b|\p{L}*mødedatoer\b|\p{L}*mødeplan\p{L}*|\p{L}*mødekalender\p{L}*|\p{L}*mødedage\b)",
    )
});
/// Days on which nobody meets, or which are only thought of.
static NO_PLAN: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)\b(?:aflys\p{L}*|udgår|bortfalder|ikke|frist\p{L}*|senest|inden|hvis)\b"));

/// Whether words that tell the day of the next meeting say that it has been moved to it: "Næste møde er flyttet til den …".
pub fn moves_next_meeting(quote: &str) -> bool {
    static MOVED_NEXT: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:næste|førstkommende|næstkommende)\s+(?:\p{L}+\s+)?\p{L}*mødet?\s+(?:\p{L}+\s+){0,3}?(?:flyttes|flyttet|rykkes|rykket|udsættes|udsat)\b",
        )
    });
    MOVED_NEXT.is_match(quote)
}

/// Whether a sentence only tells when a body meets next ("Næste møde er den 14. februar"), and names nothing that is to come up there.
pub fn is_day_of_next_meeting(sentence: &str) -> bool {
    static TELLS: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)^(?:[•*–-]\s*)?(?:dato(?:en)?\s+for\s+)?",
            r"(?:(?:der\s+(?:er|holdes|afholdes)|\p{L}*(?:rådet|udvalget|bestyrelsen)\s+(?:holder|har))\s+)?",
            r"(?:(?:det|\p{L}*(?:rådets|udvalgets|bestyrelsens))\s+)?",
            r"(?:næste|førstkommende|næstkommende|kommende)\s+(?:ordinære\s+)?\p{L}*mødet?\b",
        ))
    });
    static MATTER: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(concat!(
            r"(?i)\bhvor\b|\b(?:behandl|drøft|genoptag|forelæg|fremlæg|fremlag|præsenter|evaluer|orienter|godkend|vedtag|beslut)",
            r"|dagsorden|\btages\s+op\b|\b(?:sagen|punktet|emne|tema|frist)",
        ))
    });
    ["øde", "ØDE"].iter().any(|piece| sentence.contains(piece))
        && TELLS.is_match(sentence)
        && !MATTER.is_match(sentence)
}

/// All that a document tells of meetings to come, in order; empty where its day is not known.
pub fn planned_meetings(document: &Document) -> Vec<PlannedMeeting> {
    let Some(today) = document.date else { return Vec::new() };
    let mut found = Vec::new();
    for section in &document.sections {
        let heading = section.heading.as_deref().filter(|heading| is_label_of_next(heading));
        read(&section.text, None, document, heading, today, &mut found);
    }
    for (position, item) in document.items.iter().enumerate() {
        let decision = item.decision.iter().map(|decision| &decision.text);
        let told = item
            .sections
            .iter()
            .filter(|section| section.kind != SectionKind::History)
            .map(|section| &section.text);
        for text in told.chain(decision) {
            read(text, Some(position), document, item.title.as_deref(), today, &mut found);
        }
    }
    found
}

/// What a title says of the days under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Plan {
    /// Nothing.
    None,
    /// A plan of meetings.
    OfMeetings,
    /// The next meeting.
    Next,
}

/// Whether a title is that of a plan of meetings: "Mødekalender 2024".
pub(super) fn is_plan_title(title: &str) -> bool {
    title.contains("øde") && Plan::of_title(Some(title)) == Plan::OfMeetings
}

impl Plan {
    fn of_title(title: Option<&str>) -> Self {
        match title {
            Some(title) if is_label_of_next(title) => Self::Next,
            Some(title) if PLAN.is_match(title) => Self::OfMeetings,
            _ => Self::None,
        }
    }
}

fn read(
    text: &str,
    position: Option<usize>,
    document: &Document,
    title: Option<&str>,
    today: Date,
    found: &mut Vec<PlannedMeeting>,
) {
    let of_title = Plan::of_title(title);
    let mut plan = of_title;
    // A cheap test first: most texts tell of no meetings to come.
    if plan == Plan::None && !["øder", "øde", "ØDE"].iter().any(|piece| text.contains(piece)) {
        return;
    }
    let mut year = title.filter(|_| plan == Plan::OfMeetings).and_then(date::only_year);
    let lines: Vec<Line<'_>> = text.lines().map(|text| Line { number: 0, text }).collect();
    for sentence in sentences(SectionKind::Other, &lines) {
        let text = &*sentence.text;
        // A plan's own line may tell the year of the rows under it: "Møderne i 2024 er:".
        let is_of_plan = text.contains("øde") && PLAN.is_match(text);
        if is_of_plan {
            year = date::only_year(text).or(year);
        }
        if NO_PLAN.is_match(text) {
            continue;
        }
        let mut mentions = date::mentions(text);
        let Some(first) = mentions.iter().find(|mention| mention.is_exact()).map(|first| first.start) else {
            // "Følgende møder er planlagt:": under another title the rows that follow are of it.
            plan = if is_of_plan && text.ends_with(':') { Plan::OfMeetings } else { of_title };
            continue;
        };
        let before = &text[..first];
        let is_row = plan != Plan::None && words_beside(text) <= MOST_WORDS;
        let is_next = NEXT.is_match(before) || (is_row && plan == Plan::Next);
        let is_listed = is_plan_of(before);
        let Some(body) = body_of(text, document, is_next, title.filter(|_| of_title == Plan::OfMeetings))
            .filter(|_| is_next || is_listed || is_row)
        else {
            continue;
        };
        if !is_next {
            date::put_in_year(&mut mentions, year);
        }
        let days =
            mentions.iter().filter(|mention| mention.is_exact()).take(if is_next { 1 } else { MOST_DAYS });
        for mention in days {
            let Some((day, to)) = mention.resolve(today) else { continue };
            let is_ahead = day > today && date::length(today, day) <= FURTHEST_DAYS && day == to;
            let is_new = |known: &PlannedMeeting| known.day != day || known.body != body;
            if is_ahead && found.iter().all(is_new) && found.len() < MOST_DAYS {
                found.push(PlannedMeeting { position, body: body.clone(), day, quote: text.to_owned() });
            }
        }
    }
}

/// Whose meetings a sentence tells of: the one body named, the one that the plan's own title names, or the document's. None where that is
/// not plain.
fn body_of(text: &str, document: &Document, is_next: bool, plan: Option<&str>) -> Option<Option<String>> {
    let named = bodies::mentions(text);
    match named.as_slice() {
        [only] => Some(only.name.clone()),
        [] if !is_next && let Some(of_title) = plan.and_then(only_body) => Some(Some(of_title)),
        [] => {
            // A plan that the council adopts is everybody's.
            let own = document.body.as_deref().map(body::key)?;
            (is_next || !body::is_council(&own)).then_some(None)
        }
        _ => None,
    }
}

/// "Mødeplan 2026 for Byrådet": the one body that a title names, and nobody beside it.
fn only_body(title: &str) -> Option<String> {
    let mut named = bodies::mentions(title).into_iter();
    let (only, more) = (named.next()?, named.next());
    let is_alone =
        more.is_none() && !title[only.end..].contains([',', '/']) && !title[only.end..].contains(" og ");
    only.name.filter(|_| is_alone && title[..only.start].trim_end().ends_with(" for"))
}

/// Whether a plan's name leads to the day after these words: "Rådets møder i 2018:", "Mødedatoer for Handicaprådet:".
fn is_plan_of(before: &str) -> bool {
    PLAN.find(before).is_some_and(|plan| {
        let gap = &before[plan.end()..];
        !gap.contains(',') && gap.split_whitespace().count() <= MOST_LEADING_WORDS
    })
}

fn words_beside(text: &str) -> usize {
    let rest = super::without_days(text);
    rest.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 2).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts of an item, and the meetings that they tell of, one a line, as the first lines say.
    const TEXTS: &str = include_str!("../../tests/planned.txt");

    #[test]
    fn the_day_of_the_next_meeting_is_of_no_case() {
        for sentence in [
            "Næste møde er den 14. februar 2019.",
            "Næste møde: torsdag d. 5/3 kl. 15",
            "Dato for næste møde: 14. februar.",
            "Rådet holder næste møde den 14. februar.",
            "Næste møde i Byrådet er den 17. april 2018.",
        ] {
            assert!(is_day_of_next_meeting(sentence), "{sentence}");
        }
        for sentence in [
            "Sagen behandles på næste møde den 14. februar.",
            "Næste møde er den 14. februar, hvor planen vedtages.",
            "Næste møde handler om emnet støj.",
            "Der er frist den 14. februar.",
        ] {
            assert!(!is_day_of_next_meeting(sentence), "{sentence}");
        }
    }

    #[test]
    fn texts_tell_of_the_meetings_in_the_table() {
        let mut differ = Vec::new();
        let (mut body, mut title) = ("", "");
        for row in TEXTS.lines().filter(|row| !row.is_empty() && !row.starts_with('#')) {
            if let Some((name, of)) = row.strip_prefix('@').and_then(|seen| seen.split_once(" | ")) {
                (body, title) = (name, of);
                continue;
            }
            let (text, expected) = row.rsplit_once(" | ").unwrap();
            let document = crate::parse(&format!(
                "Udvalg: {body}\nMødedato: 22. marts 2018\nMødested: B1\n\nSagsnr.: 00.01.00-A00-1-18 Sagsbehandler: Ida Holm\n\n1. {title}\n\nSagsfremstilling\n\n{}\n\nBeslutning\n\nGodkendt.\n",
                text.replace(" / ", "\n\n")
            ))
            .0;
            let found: Vec<String> = planned_meetings(&document)
                .iter()
                .map(|planned| format!("{} {}", planned.day, planned.body.as_deref().unwrap_or("-")))
                .collect();
            let found = if found.is_empty() { "nothing".to_owned() } else { found.join("; ") };
            if found != expected {
                differ.push(format!("{row}\n    found: {found}"));
            }
        }
        assert!(differ.is_empty(), "{} rows differ\n{}", differ.len(), differ.join("\n"));
    }
}
