//! A case's treatments put in order, and one treatment as a card. Shared by `/sag`, `/historik`, `/møde` and `/søg`.

use std::collections::BTreeMap;

use index::{Archive, ItemHead, Meeting, MeetingFilter, Treatment};
use jiff::civil::Date;
use minutes::{Kind, Outcome, Recommendation};

use crate::{Card, Context, Field, Source, UserError, danish};

/// Words of a recommendation not to do something, folded.
const AGAINST: [&str; 8] =
    ["ikke", "ej", "afslag", "afslaas", "afvises", "bortfalder", "undlades", "opgives"];

/// Words of a decision that says no more than that a recommendation was followed, folded.
const BARE: [&str; 27] = [
    "godkendt",
    "godkendte",
    "godkendes",
    "tiltraadt",
    "tiltraadte",
    "tiltraedes",
    "vedtaget",
    "vedtog",
    "fulgt",
    "foelges",
    "som",
    "indstillet",
    "indstillingen",
    "indstillingerne",
    "indstilling",
    "blev",
    "blevet",
    "er",
    "enstemmigt",
    "i",
    "henhold",
    "til",
    "udvalget",
    "raadet",
    "byraadet",
    "kommunalbestyrelsen",
    "oekonomiudvalget",
];

/// More documents of one meeting than there ever are.
const MOST_DOCUMENTS: usize = 50;

/// Behind a status.
const WITHDRAWN: &str = "(trukket tilbage fra kilden)";

/// What one body did with a case on one day: its items, doubles of the same minutes left out.
pub(crate) struct Sitting {
    pub(crate) date: Option<Date>,
    pub(crate) items: Vec<Treatment>,
    /// Doubles left out whose decision is in other words than the one kept: the number of that item, and the double.
    pub(crate) disagreeing: Vec<(i64, Treatment)>,
}

impl Sitting {
    /// Whether any item has a decision.
    pub(crate) fn is_decided(&self) -> bool {
        self.items.iter().any(|treatment| treatment.item.decision.is_some())
    }
}

/// Treatments by meeting, the oldest first. A meeting that is in the archive twice (an agenda and its minutes, a web page and its
/// print view) counts once: of each item the copy in the minutes stays, of several the one whose source still has it, of those the
/// one with a decision, and of those the one recorded last.
pub(crate) fn sittings(treatments: Vec<Treatment>) -> Vec<Sitting> {
    let mut by_meeting: BTreeMap<(Option<Date>, String), Vec<Treatment>> = BTreeMap::new();
    for treatment in treatments {
        let key = (treatment.meeting.date, treatment.meeting.body_key.clone());
        by_meeting.entry(key).or_default().push(treatment);
    }
    by_meeting.into_iter().map(|((date, _), items)| without_doubles(date, items)).collect()
}

fn without_doubles(date: Option<Date>, mut items: Vec<Treatment>) -> Sitting {
    let mut disagreeing = Vec::new();
    let one_document = items.windows(2).all(|pair| pair[0].meeting.document == pair[1].meeting.document);
    if !one_document {
        let worth = |treatment: &Treatment| {
            let (meeting, item) = (&treatment.meeting, &treatment.item);
            let is_minutes = meeting.kind == Kind::Minutes;
            (
                is_minutes,
                meeting.withdrawn_at.is_none(),
                item.decision.is_some(),
                item.number.is_some(),
                meeting.recorded_at.clone(),
                treatment.item_id,
            )
        };
        items.sort_by_key(|treatment| std::cmp::Reverse(worth(treatment)));
        let mut kept: Vec<Treatment> = Vec::new();
        for treatment in items {
            let same = |other: &&Treatment| {
                other.meeting.document != treatment.meeting.document
                    && title_key(other) == title_key(&treatment)
            };
            match kept.iter().find(same) {
                Some(other) if disagree(other, &treatment) => disagreeing.push((other.item_id, treatment)),
                Some(_) => {}
                None => kept.push(treatment),
            }
        }
        items = kept;
    }
    items.sort_by_key(|treatment| treatment.position);
    Sitting { date, items, disagreeing }
}

/// Whether the item is here again in a better document of the same meeting.
pub(crate) fn is_superseded(context: &Context<'_>, treatment: &Treatment) -> Result<bool, UserError> {
    let others = same_meeting(context.archive, &treatment.meeting)?;
    if others.len() < 2 {
        return Ok(false);
    }
    let mut copies = Vec::new();
    for other in &others {
        copies.extend(context.archive.items_of(other.document)?);
    }
    copies.retain(|other| title_key(other) == title_key(treatment));
    let kept = without_doubles(treatment.meeting.date, copies).items;
    Ok(!kept.iter().any(|other| other.item_id == treatment.item_id))
}

/// Whether the minutes of an agenda's meeting are read too: then the agenda no longer tells what happened.
pub(crate) fn has_minutes(context: &Context<'_>, meeting: &Meeting) -> Result<bool, UserError> {
    if meeting.kind != Kind::Agenda {
        return Ok(false);
    }
    Ok(same_meeting(context.archive, meeting)?.iter().any(|other| other.kind == Kind::Minutes))
}

/// All documents of a meeting; none where its day is not known.
pub(crate) fn same_meeting(archive: &Archive, meeting: &Meeting) -> Result<Vec<Meeting>, UserError> {
    if meeting.date.is_none() {
        return Ok(Vec::new());
    }
    let filter = MeetingFilter {
        body_key: Some(meeting.body_key.clone()),
        date: meeting.date,
        ..MeetingFilter::default()
    };
    // A joint meeting of that day is another one.
    let mut found = archive.meetings(&filter, MOST_DOCUMENTS)?;
    found.retain(|other| other.body_key == meeting.body_key);
    Ok(found)
}

/// Whether both have a decision, in other words.
fn disagree(one: &Treatment, other: &Treatment) -> bool {
    let words =
        |treatment: &Treatment| treatment.item.decision.as_ref().map(|decision| plain(&decision.text));
    matches!((words(one), words(other)), (Some(one), Some(other)) if one != other)
}

fn title_key(treatment: &Treatment) -> String {
    plain(treatment.item.title.as_deref().unwrap_or_default())
}

/// Words in lower case with single spaces, for comparing two printings.
fn plain(text: &str) -> String {
    danish::one_line(text).to_lowercase()
}

/// Where a treatment stands, in Danish. An agenda never counts as a decision.
pub(crate) fn status(treatment: &Treatment, today: Date) -> String {
    with_withdrawal(in_words(treatment, today), &treatment.meeting)
}

/// A status, with a word that the document's source has not got it any more where that is so.
pub(crate) fn with_withdrawal(status: String, meeting: &Meeting) -> String {
    match meeting.withdrawn_at {
        Some(_) => format!("{status} {WITHDRAWN}"),
        None => status,
    }
}

fn in_words(treatment: &Treatment, today: Date) -> String {
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
    if let Some(said) = of_recommendation(treatment) {
        return format!("Besluttet: {}", said.to_lowercase());
    }
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

/// What became of the recommendation, where the outcome's own word beside the item's title would say it of the matter: an application is
/// not turned down by turning down a recommendation to refuse it.
fn of_recommendation(treatment: &Treatment) -> Option<&'static str> {
    let item = &treatment.item;
    let decision = item.decision.as_ref()?;
    match decision.outcome {
        Outcome::Rejected if minutes::turns_down_recommendation(&decision.text) => {
            Some("Indstillingen afvist")
        }
        Outcome::Approved if item.recommendations.iter().any(|it| minutes::proposes_refusal(&it.text)) => {
            Some("Indstillingen fulgt")
        }
        _ => None,
    }
}

/// What became of an item, in a list after its title and a colon.
pub(crate) fn outcome_in_short(treatment: &Treatment) -> &'static str {
    of_recommendation(treatment).unwrap_or_else(|| danish::outcome_in_short(outcome(treatment)))
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

/// Where what an item says stands in the sources; of a document without items, the document.
pub(crate) fn head_source(meeting: &Meeting, item: Option<&ItemHead>) -> Source {
    Source {
        number: item.and_then(|item| item.number.clone()),
        case_number: item.and_then(|item| item.case_number.as_ref()).map(ToString::to_string),
        title: item.and_then(|item| item.title.clone()).or_else(|| meeting.title.clone()),
        ..meeting_source(meeting)
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

/// The decision in a row of a list, shortened, with what was recommended where only both tell what was decided. Empty without one.
pub(crate) fn short_decision(treatment: &Treatment, most: usize) -> Vec<Field> {
    let Some(decision) = &treatment.item.decision else { return Vec::new() };
    let proposed = against(treatment).map(|proposed| Field::shortened("Indstilling", &proposed, most));
    [Field::shortened("Beslutning", &decision.text, most)].into_iter().chain(proposed).collect()
}

/// What was recommended, where it may be the opposite of what the title names: "godkendt" under the title "Lukning af skolen" closes
/// nothing where it was recommended not to. None of any other recommendation.
pub(crate) fn against(treatment: &Treatment) -> Option<String> {
    let proposals = &treatment.item.recommendations;
    let says_no = |text: &str| {
        danish::fold(text).split(|c: char| !c.is_alphanumeric()).any(|word| AGAINST.contains(&word))
    };
    proposals.iter().any(|proposal| says_no(&proposal.text)).then(|| in_one_line(proposals))
}

/// What was recommended, where the decision says no more than that it was followed; None of any other decision.
pub(crate) fn followed(treatment: &Treatment) -> Option<String> {
    let decision = treatment.item.decision.as_ref().filter(|it| it.outcome == Outcome::Approved)?;
    let folded = danish::fold(&decision.text);
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let proposals = &treatment.item.recommendations;
    (!proposals.is_empty() && words.all(|word| BARE.contains(&word))).then(|| in_one_line(proposals))
}

/// The case number; None where the item has none.
pub(crate) fn case_number(treatment: &Treatment) -> Option<Field> {
    treatment.item.case_number.as_ref().map(|number| Field::new("Sagsnummer", number.as_str()))
}

/// A treatment with its decision verbatim, what was recommended, and where it stands.
pub(crate) fn card(treatment: &Treatment, today: Date) -> Card {
    let item = &treatment.item;
    let mut fields = Vec::new();
    if let Some(decision) = &item.decision {
        fields.push(Field::quoted("Beslutning", decision.text.clone()));
    }
    if !item.recommendations.is_empty() {
        fields.push(Field::quoted("Indstilling", recommendations(&item.recommendations)));
    }
    fields.extend(item.earlier_decisions.iter().map(|earlier| {
        let who =
            [earlier.body.clone(), earlier.date.map(danish::date)].into_iter().flatten().collect::<Vec<_>>();
        Field::quoted(&format!("Tidligere: {}", who.join(", ")), earlier.text.clone())
    }));
    fields.push(Field::new("Møde", place(&treatment.meeting, item.number.as_deref())));
    fields.extend(case_number(treatment));
    if !item.caseworkers.is_empty() {
        let name = if item.caseworkers.len() == 1 { "Sagsbehandler" } else { "Sagsbehandlere" };
        fields.push(Field::new(name, item.caseworkers.join(", ")));
    }
    Card {
        heading: heading(treatment),
        status: Some(status(treatment, today)),
        outcome: Some(outcome(treatment)),
        fields,
        item: Some(source(treatment)),
        ..Card::default()
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

/// The same in one line: `Direktøren for … indstiller, at …, at …`.
fn in_one_line(all: &[Recommendation]) -> String {
    recommendations(all).lines().fold(String::new(), |line, next| match next {
        next if line.is_empty() => next.to_owned(),
        next if line.ends_with(',') => format!("{line} {next}"),
        next if next.starts_with("at ") => format!("{}, {next}", line.trim_end_matches(['.', ';'])),
        next => format!("{line} {next}"),
    })
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
