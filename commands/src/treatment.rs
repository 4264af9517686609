//! A case's treatments put in order, and one treatment as a card. Shared by `/sag`, `/historik`, `/møde` and `/søg`.

use std::collections::BTreeMap;

use index::{Meeting, Treatment};
use jiff::civil::Date;
use minutes::{Kind, Outcome, Recommendation};

use crate::{Card, Field, Source, danish};

/// What one body did with a case on one day: its items, doubles of the same minutes left out.
pub(crate) struct Sitting {
    pub(crate) date: Option<Date>,
    pub(crate) items: Vec<Treatment>,
}

impl Sitting {
    /// Whether any item has a decision.
    pub(crate) fn is_decided(&self) -> bool {
        self.items.iter().any(|treatment| treatment.item.decision.is_some())
    }
}

/// Treatments by meeting, the oldest first. A meeting that is in the archive twice (an agenda and its minutes, a web page and its
/// print view) counts once: of each item the copy with a decision stays, and of those the one recorded last.
pub(crate) fn sittings(treatments: Vec<Treatment>) -> Vec<Sitting> {
    let mut by_meeting: BTreeMap<(Option<Date>, String), Vec<Treatment>> = BTreeMap::new();
    for treatment in treatments {
        let key = (treatment.meeting.date, treatment.meeting.body_key.clone());
        by_meeting.entry(key).or_default().push(treatment);
    }
    by_meeting.into_iter().map(|((date, _), items)| Sitting { date, items: without_doubles(items) }).collect()
}

fn without_doubles(mut items: Vec<Treatment>) -> Vec<Treatment> {
    let one_document = items.windows(2).all(|pair| pair[0].meeting.document == pair[1].meeting.document);
    if !one_document {
        let worth = |treatment: &Treatment| {
            let meeting = &treatment.meeting;
            (
                treatment.item.decision.is_some(),
                meeting.kind == Kind::Minutes,
                meeting.recorded_at.clone(),
                treatment.item_id,
            )
        };
        items.sort_by_key(|treatment| std::cmp::Reverse(worth(treatment)));
        let mut kept: Vec<Treatment> = Vec::new();
        for treatment in items {
            let double = kept.iter().any(|other| {
                other.meeting.document != treatment.meeting.document
                    && title_key(other) == title_key(&treatment)
            });
            if !double {
                kept.push(treatment);
            }
        }
        items = kept;
    }
    items.sort_by_key(|treatment| treatment.position);
    items
}

fn title_key(treatment: &Treatment) -> String {
    let title = treatment.item.title.as_deref().unwrap_or_default();
    title.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Where a treatment stands, in Danish. An agenda never counts as a decision.
pub(crate) fn status(treatment: &Treatment, today: Date) -> String {
    let item = &treatment.item;
    if item.closed {
        return "Lukket punkt, ingen tekst offentliggjort".to_owned();
    }
    let Some(decision) = &item.decision else {
        let is_agenda = treatment.meeting.kind == Kind::Agenda;
        let coming = treatment.meeting.date.is_some_and(|date| date >= today);
        return match (is_agenda, coming) {
            (true, true) => "På dagsordenen, ikke behandlet endnu",
            (true, false) => "På dagsordenen; referatet er ikke læst ind",
            (false, _) => danish::outcome(Outcome::None),
        }
        .to_owned();
    };
    if decision.outcome != Outcome::Referred {
        return danish::outcome(decision.outcome).to_owned();
    }
    // The receiver is named only where the decision itself names one; anything else would be a guess.
    let own = &treatment.meeting.body_key;
    match minutes::bodies_in(&decision.text).into_iter().find(|name| minutes::body::key(name) != *own) {
        Some(receiver) => format!("Sendt videre til {receiver}, ikke endeligt besluttet"),
        None => danish::outcome(Outcome::Referred).to_owned(),
    }
}

/// The outcome as a code; [`Outcome::None`] without a decision.
pub(crate) fn outcome(treatment: &Treatment) -> Outcome {
    treatment.item.decision.as_ref().map_or(Outcome::None, |decision| decision.outcome)
}

/// `Social- og Sundhedsudvalget, 12. august 2020, punkt 72`; a document that is no minutes: `Dokument dateret …`.
pub(crate) fn place(meeting: &Meeting, number: Option<&str>) -> String {
    if meeting.kind == Kind::Document {
        let date = meeting.date.map(|date| format!(" dateret {}", danish::date(date))).unwrap_or_default();
        return format!("Dokument{date}");
    }
    let body = meeting.body.clone().unwrap_or_else(|| "Organet er ikke nævnt".to_owned());
    let date = meeting.date.map_or_else(|| "datoen er ikke nævnt".to_owned(), danish::date);
    let number = number.map(|number| format!(", punkt {number}")).unwrap_or_default();
    format!("{body}, {date}{number}")
}

/// Where a treatment stands in the sources.
pub(crate) fn source(treatment: &Treatment) -> Source {
    let item = &treatment.item;
    Source {
        number: item.number.clone(),
        case_number: item.case_number.as_ref().map(ToString::to_string),
        title: item.title.clone(),
        ..meeting_source(&treatment.meeting)
    }
}

/// Where a meeting or document stands in the sources.
pub(crate) fn meeting_source(meeting: &Meeting) -> Source {
    Source {
        body: meeting.body.clone(),
        date: meeting.date.map(|date| date.to_string()),
        number: None,
        case_number: None,
        title: meeting.title.clone(),
        url: meeting.url.clone(),
        file: Some(meeting.file.clone()),
    }
}

/// A named fact.
pub(crate) fn field(name: &str, value: impl Into<String>) -> Field {
    Field { name: name.to_owned(), value: value.into(), quote: false }
}

/// A named fact in the minutes' own words.
pub(crate) fn quote(name: &str, value: impl Into<String>) -> Field {
    Field { name: name.to_owned(), value: value.into(), quote: true }
}

/// A treatment with its decision verbatim, what was recommended, and where it stands.
pub(crate) fn card(treatment: &Treatment, today: Date) -> Card {
    let item = &treatment.item;
    let mut fields = Vec::new();
    if let Some(decision) = &item.decision {
        fields.push(quote("Beslutning", decision.text.clone()));
    }
    if !item.recommendations.is_empty() {
        fields.push(quote("Indstilling", recommendations(&item.recommendations)));
    }
    fields.extend(item.earlier_decisions.iter().map(|earlier| {
        let who =
            [earlier.body.clone(), earlier.date.map(danish::date)].into_iter().flatten().collect::<Vec<_>>();
        quote(&format!("Tidligere: {}", who.join(", ")), earlier.text.clone())
    }));
    fields.push(field("Møde", place(&treatment.meeting, item.number.as_deref())));
    if let Some(number) = &item.case_number {
        fields.push(field("Sagsnummer", number.as_str()));
    }
    if !item.caseworkers.is_empty() {
        let name = if item.caseworkers.len() == 1 { "Sagsbehandler" } else { "Sagsbehandlere" };
        fields.push(field(name, item.caseworkers.join(", ")));
    }
    Card {
        heading: heading(treatment),
        status: Some(status(treatment, today)),
        outcome: Some(outcome(treatment)),
        fields,
        item: Some(source(treatment)),
    }
}

/// The title; else the case number; else the item's number.
pub(crate) fn heading(treatment: &Treatment) -> String {
    let item = &treatment.item;
    item.title
        .clone()
        .or_else(|| item.case_number.as_ref().map(ToString::to_string))
        .or_else(|| item.number.as_ref().map(|number| format!("Punkt {number}")))
        .unwrap_or_else(|| "Punkt uden titel".to_owned())
}

/// Proposals with their proposer: `Direktøren for … indstiller, at …`, one a line.
fn recommendations(all: &[Recommendation]) -> String {
    let mut lines = Vec::new();
    let mut by = None;
    for recommendation in all {
        if recommendation.by.is_some() && recommendation.by != by {
            by = recommendation.by.clone();
            lines.push(format!("{} indstiller,", by.as_deref().unwrap_or_default()));
        }
        let is_row = recommendation.by.is_some() || recommendation.text.starts_with(char::is_lowercase);
        let at = if is_row { "at " } else { "" };
        lines.push(format!("{at}{}", recommendation.text));
    }
    lines.join("\n")
}
