//! Outline to [`Document`]: decisions, follow-ups, seats, references. Meaning only: no layout is known here.

mod attendance;
mod bodies;
mod calendar;
mod date;
mod decision;
mod follow_up;
mod hint;
mod joint;
mod meeting;
mod names;
mod naming;
mod number;
mod recommendation;
mod reference;
mod seat;
mod setback;
mod text;
mod votes;

use std::borrow::Cow;
use std::collections::HashSet;

use jiff::civil::Date;

use crate::case_number::CaseNumber;
use crate::model::{
    AgendaItem, Attendance, Decision, Document, Kind, Outcome, Section, SectionKind, Warning,
};
use crate::segment::{Line, Outline, OutlineItem, OutlineSection};
pub use calendar::{PlannedMeeting, is_day_of_next_meeting, moves_next_meeting, planned_meetings};
pub(crate) use date::{full_date, is_no_day, period};
pub use decision::{proposes_refusal, turns_down_recommendation};
pub use follow_up::{before_holiday, by_day};
pub(crate) use hint::Hint;
pub use setback::{
    Moved, Off, Setback, body_put_off, comes_again, is_against, is_not_treated, is_proposed, is_taken_off,
    is_to_next_meeting, moved, names_subject, names_title, off_subject, only_comes_again, other_item,
    points_turned_down, puts_off, setbacks, withdraws,
};
use text::Sentence;

/// Keys of the bodies that a meeting's body names: one, or those of a joint meeting.
pub(crate) fn joint_keys(name: &str) -> Vec<String> {
    joint::keys(name)
}

/// The bodies that a text names by name, in order, as printed.
pub(crate) fn bodies_in(text: &str) -> Vec<String> {
    bodies::mentions(text).into_iter().filter_map(|body| body.name).collect()
}

/// See [`crate::without_days`].
pub(crate) fn without_days(text: &str) -> String {
    let mut rest = String::with_capacity(text.len());
    let mut from = 0;
    for mention in date::mentions(text) {
        rest.push_str(text.get(from..mention.start).unwrap_or_default());
        from = mention.end;
    }
    rest.push_str(text.get(from..).unwrap_or_default());
    rest
}

/// Labels before a day that date a document which is not minutes.
const REVISED: [&str; 4] = ["senest revideret", "revideret", "dateret", "dato"];

/// Understands an outline. Never fails: what cannot be understood stays as text, with a warning.
pub(crate) fn document(mut outline: Outline<'_>, hint: &Hint) -> (Document, Vec<Warning>) {
    let mut warnings = std::mem::take(&mut outline.warnings);
    let header = &outline.header;
    let name = header.body.map(|line| meeting::labelled(line.text)).filter(|name| !name.is_empty());
    let date = header.date.and_then(|line| {
        let found = date::full_date(line.text);
        if found.is_none() {
            warnings
                .push(Warning { line: line.number, what: "date of the meeting cannot be read".to_owned() });
        }
        found
    });
    if outline.is_minutes {
        let find =
            if outline.decision_hints.is_empty() { meeting::find_unheaded } else { meeting::find_formula };
        outline.items.iter_mut().for_each(|item| find(item, &mut warnings));
    }
    let header = &outline.header;
    let (name, date) = meeting::named(&outline, name, date, &mut warnings);
    let (name, date) = meeting::hinted(&outline, name, date, hint, &mut warnings);
    if !outline.items.is_empty() {
        let mut warn = |what: &str| warnings.push(Warning { line: 1, what: what.to_owned() });
        if name.is_none() {
            warn("body of the meeting was not found");
        }
        if date.is_none() && header.date.is_none() {
            warn("date of the meeting was not found");
        }
    }
    let mut attendance = attendance::from_header(header);
    attendance::add(&mut attendance, attendance::from_loose_lines(&outline.hints));
    // A header that tells who was absent has told it of the whole meeting: others were away from an item.
    attendance::leave_out_absent(&mut attendance);
    let came = if attendance.absent.is_empty() { Vec::new() } else { attendance.present.clone() };
    let own_keys = name.as_deref().map(joint_keys).unwrap_or_default();
    let items: Vec<AgendaItem> = outline
        .items
        .iter()
        .map(|part| item(part, name.as_deref(), &own_keys, date, &mut attendance, &mut warnings))
        .collect();
    attendance.absent.retain(|name| !came.contains(name));
    attendance::leave_out_absent(&mut attendance);
    let kind = if outline.is_members_page {
        Kind::Members
    } else if items.iter().any(|item| item.decision.is_some()) {
        Kind::Minutes
    } else if !items.is_empty() {
        Kind::Agenda
    } else {
        Kind::Document
    };
    let is_plain = kind == Kind::Document;
    let sentences: Vec<Sentence<'_>> = outline.sections.iter().flat_map(section_sentences).collect();
    let date = if is_plain { date.or_else(|| revised(&sentences)) } else { date };
    let follow_ups = match date {
        Some(date) if is_plain => follow_up::read(
            &sentences,
            &follow_up::Meeting { date, body: None, seat_days: &[], is_plan: false },
        ),
        _ => Vec::new(),
    };
    let document = Document {
        kind,
        layout: outline.layout.to_owned(),
        municipality: meeting::municipality(&outline),
        body: name,
        date,
        time: header
            .time
            .or(header.date)
            .and_then(|line| date::clock(line.text))
            .or_else(|| meeting::hour(&outline, date)),
        place: header.place.map(|line| line.text.trim().to_owned()),
        title: outline.title.map(|line| line.text.trim().to_owned()),
        attendance,
        items,
        follow_ups,
        sections: sections_outside(&outline),
    };
    warnings.sort_by_key(|warning| warning.line);
    (document, warnings)
}

/// Text outside the items. Lists of names stand there as printed: parties and reasons have no field.
fn sections_outside(outline: &Outline<'_>) -> Vec<Section> {
    let header = &outline.header;
    let lists = [&header.present, &header.absent, &header.substitutes];
    let lists = lists.into_iter().filter(|list| !list.is_empty());
    let lists =
        lists.map(|list| Section { kind: SectionKind::Other, heading: None, text: text::printed(list) });
    let parts = outline.sections.iter().map(|part| section(part, text::printed(&part.lines)));
    parts.chain(lists.filter(|list| tells_more_than_names(&list.text))).collect()
}

/// Whether a list of names has parties, reasons or lines of its own.
fn tells_more_than_names(list: &str) -> bool {
    let is_word = |word: &str| word.starts_with(char::is_lowercase) && !["og", "samt"].contains(&word);
    list.contains(['(', ':', '-', '\n']) || list.split_whitespace().any(is_word)
}

fn section(part: &OutlineSection<'_>, text: String) -> Section {
    Section { kind: part.kind, heading: part.heading.map(|line| line.text.trim().to_owned()), text }
}

fn section_sentences<'t>(part: &OutlineSection<'t>) -> Vec<Sentence<'t>> {
    text::sentences(part.kind, &part.lines)
}

/// The day that a plain document says it was revised, or else dated.
fn revised(sentences: &[Sentence<'_>]) -> Option<Date> {
    let main = || sentences.iter().filter(|sentence| sentence.section != SectionKind::Related);
    REVISED
        .iter()
        .find_map(|label| {
            main().find_map(|sentence| {
                let lower = sentence.text.to_lowercase();
                let at = lower.find(&format!("{label}:"))?;
                // Lower case may differ in length from the text; what follows the label does not need the case.
                date::mentions(&lower[at..])
                    .first()
                    .filter(|mention| !mention.without_year())?
                    .resolve(Date::MIN)
            })
        })
        .map(|(day, _)| day)
}

fn item(
    part: &OutlineItem<'_>,
    body: Option<&str>,
    own_keys: &[String],
    date: Option<Date>,
    attendance: &mut Attendance,
    warnings: &mut Vec<Warning>,
) -> AgendaItem {
    let title = part.title.map(clean_title).filter(|title| !title.is_empty());
    let closed = part.is_closed();
    let mut item = AgendaItem {
        number: part.number.map(str::to_owned),
        case_number: part.case_number.and_then(CaseNumber::new),
        title,
        caseworkers: caseworkers(&part.caseworkers),
        routed_to: part.routed_to.clone(),
        closed,
        ..AgendaItem::default()
    };
    if closed {
        // Whatever stands inside a closed item was not meant to be published.
        if part.sections.iter().any(|section| !section.is_blank()) {
            warnings
                .push(Warning { line: part.line, what: "text inside a closed item was left out".to_owned() });
        }
        return item;
    }
    let (own, earlier) = meeting::parted(part, own_keys, date, warnings);
    let (lines, moved) = decided_lines(part, &own, warnings);
    let joint = joint::decided(&own, own_keys, date, warnings);
    let (decided, text, away) = match &joint {
        Some(joint) => (joint.lines.clone(), joint.text.clone(), joint.away.clone()),
        None => {
            let (decided, away) =
                attendance::split(&lines, date, item.title.as_deref().is_some_and(seat::fills));
            let text = text::printed(&decided);
            (decided, text, away)
        }
    };
    attendance::add(attendance, away);
    attendance::add(attendance, attendance::in_part(&lines, part.number));
    let taken: HashSet<Line<'_>> = decided.iter().filter(|line| !line.is_blank()).copied().collect();
    // Who was absent from another body's meeting stays in its section.
    let told_before: HashSet<Line<'_>> =
        earlier.iter().flat_map(|section| meeting::words(section)).filter(|line| !line.is_blank()).collect();
    let taken: HashSet<Line<'_>> = taken.union(&told_before).copied().collect();
    item.sections = part.sections.iter().map(|part| section(part, left_in(part, &taken, moved))).collect();
    item.earlier_decisions = earlier.iter().filter_map(|section| meeting::earlier(section)).collect();
    if let Some(first) = part.sections.first().filter(|first| first.heading.is_none()) {
        attendance::add(attendance, attendance::from_bare_list(&first.lines));
    }
    if !text.is_empty() {
        let votes = votes::votes(&text);
        let outcome = match (joint.map(|joint| joint.outcome), decision::outcome(&text)) {
            (Some(told), _) => told,
            (None, Outcome::Other) => votes.as_ref().and_then(votes::outcome).unwrap_or(Outcome::Other),
            (None, told) => told,
        };
        item.decision = Some(Decision { text, outcome, votes });
    }
    for section in of_kind(part, SectionKind::Recommendation) {
        item.recommendations.extend(recommendation::read(section.heading, &without(section, moved)));
    }
    for section in of_kind(part, SectionKind::Attachments) {
        item.attachments.extend(attachments(section));
    }
    read_meaning(part, &decided, moved, body, date, &mut item);
    item
}

/// Follow-ups, seats and references of an item.
fn read_meaning(
    part: &OutlineItem<'_>,
    decided: &[Line<'_>],
    moved: Option<Line<'_>>,
    body: Option<&str>,
    date: Option<Date>,
    item: &mut AgendaItem,
) {
    let others = part.sections.iter().filter(|section| section.kind != SectionKind::Decision);
    let mut sentences: Vec<Sentence<'_>> =
        others.flat_map(|section| text::sentences(section.kind, &without(section, moved))).collect();
    sentences.extend(text::sentences(SectionKind::Decision, decided));
    let background = part.sections.iter().filter(|section| section.kind == SectionKind::Background);
    let background = background.map(|section| (SectionKind::Background, section.lines.clone()));
    let own =
        [(SectionKind::Recommendation, proposed(part, moved)), (SectionKind::Decision, decided.to_vec())];
    let lists: Vec<_> = background.chain(own).collect();
    let adopted = item.decision.as_ref().is_some_and(|decision| decision.outcome == Outcome::Approved);
    let (seats, seat_days) = seat::read(&seat::View {
        title: item.title.as_deref(),
        body,
        date,
        lists: &lists,
        sentences: &sentences,
        adopted,
    });
    item.seats = seats;
    item.references = reference::read(&sentences, date);
    if let Some(date) = date.or_else(|| latest_known_day(&sentences)) {
        let is_plan = item.title.as_deref().is_some_and(calendar::is_plan_title);
        item.follow_ups =
            follow_up::read(&sentences, &follow_up::Meeting { date, body, seat_days: &seat_days, is_plan });
    }
}

/// All lines of the recommendation.
fn proposed<'t>(part: &OutlineItem<'t>, moved: Option<Line<'t>>) -> Vec<Line<'t>> {
    of_kind(part, SectionKind::Recommendation)
        .flat_map(|section| without(section, moved).into_owned())
        .collect()
}

/// A section's lines without the one that was taken for the decision.
fn without<'s, 't>(section: &'s OutlineSection<'t>, moved: Option<Line<'_>>) -> Cow<'s, [Line<'t>]> {
    match moved.filter(|moved| section.lines.contains(moved)) {
        Some(moved) => section.lines.iter().filter(|line| **line != moved).copied().collect(),
        None => Cow::Borrowed(&section.lines),
    }
}

/// Where no meeting day is known, the day up to which a text tells figures stands for it: the latest day told as `pr.`.
fn latest_known_day(sentences: &[Sentence<'_>]) -> Option<Date> {
    sentences
        .iter()
        .flat_map(|sentence| {
            let text = &*sentence.text;
            date::mentions(text).into_iter().filter(|mention| {
                mention.is_exact()
                    && !mention.without_year()
                    && text[..mention.start].trim_end().ends_with("pr.")
            })
        })
        .filter_map(|mention| Some(mention.resolve(Date::MIN)?.0))
        .max()
}

fn of_kind<'p, 't>(
    part: &'p OutlineItem<'t>,
    kind: SectionKind,
) -> impl Iterator<Item = &'p OutlineSection<'t>> {
    part.sections.iter().filter(move |section| section.kind == kind)
}

/// The lines under the decision heading. Where that is empty and a neighbouring section plainly tells how the matter
/// ended, that line, which is then also given as the one moved.
fn decided_lines<'t>(
    part: &OutlineItem<'t>,
    own: &[&OutlineSection<'t>],
    warnings: &mut Vec<Warning>,
) -> (Vec<Line<'t>>, Option<Line<'t>>) {
    if own.is_empty() {
        return (Vec::new(), None);
    }
    let lines: Vec<Line<'t>> = own.iter().flat_map(|section| section.lines.iter().copied()).collect();
    if lines.iter().any(|line| !line.is_blank()) {
        return (lines, None);
    }
    let misplaced = of_kind(part, SectionKind::Recommendation)
        .filter_map(|section| section.lines.iter().rfind(|line| !line.is_blank()))
        .chain(unfilled_template(part))
        .find(|line| decision::is_plain_outcome(line.text));
    match misplaced {
        Some(line) => {
            warnings
                .push(Warning { line: line.number, what: "decision found under another heading".to_owned() });
            (vec![*line], Some(*line))
        }
        None => (Vec::new(), None),
    }
}

/// The last line of the background where the recommendation still holds its template (`at [skriv indstilling]`).
fn unfilled_template<'p, 't>(part: &'p OutlineItem<'t>) -> Option<&'p Line<'t>> {
    let is_template =
        |section: &OutlineSection<'_>| section.lines.iter().any(|line| line.text.contains("[skriv"));
    of_kind(part, SectionKind::Recommendation).find(|section| is_template(section))?;
    of_kind(part, SectionKind::Background).last()?.lines.iter().rfind(|line| !line.is_blank())
}

/// A section's text as it stands in the result: what went into the decision is not told twice.
fn left_in(part: &OutlineSection<'_>, taken: &HashSet<Line<'_>>, moved: Option<Line<'_>>) -> String {
    if part.kind != SectionKind::Decision {
        return text::printed(&without(part, moved));
    }
    let left: Vec<Line<'_>> = part.lines.iter().filter(|line| !taken.contains(line)).copied().collect();
    text::printed(&left)
}

/// The title without an empty parenthesis that some systems leave behind it.
fn clean_title(title: &str) -> String {
    // A title over two lines is one.
    let mut whole = String::with_capacity(title.len());
    for line in title.lines().map(str::trim).filter(|line| !line.is_empty()) {
        // A word parted at the end of a line goes on low; what shares its end with the next word does not.
        let is_parted = whole.ends_with('-')
            && whole.trim_end_matches('-').ends_with(char::is_lowercase)
            && line.starts_with(char::is_lowercase)
            && !["og ", "eller ", "samt "].iter().any(|word| line.starts_with(word));
        if is_parted {
            whole.pop();
        } else if !whole.is_empty() {
            whole.push(' ');
        }
        whole.push_str(line);
    }
    let title = whole.trim();
    title.strip_suffix("( )").or_else(|| title.strip_suffix("()")).unwrap_or(title).trim_end().to_owned()
}

/// Labels that may stand inside a caseworker label's value: two labels on one line.
const CASEWORKER_LABELS: [&str; 2] = ["Øvrige sagsbehandlere:", "Sagsbehandler:"];

/// The names in the values of caseworker labels, each once: parted by commas and words such as `og`; a dash or `Ingen` stands
/// for nobody.
fn caseworkers(values: &[&str]) -> Vec<String> {
    let mut seen = HashSet::new();
    values
        .iter()
        .flat_map(|value| value.split(CASEWORKER_LABELS[0]))
        .flat_map(|value| value.split(CASEWORKER_LABELS[1]))
        .flat_map(names::parted)
        .map(|name| name.trim_start_matches(['-', '–']).trim())
        .map(|name| if names::ends_in_initial(name) { name } else { name.trim_end_matches('.') })
        .filter(|name| !attendance::is_nobody(name) && seen.insert(*name))
        .map(str::to_owned)
        .collect()
}

/// File names in a list of attachments; "Ingen" and the like name none.
fn attachments(section: &OutlineSection<'_>) -> Vec<String> {
    section
        .lines
        .iter()
        .map(|line| line.text.trim().trim_start_matches(['•', '·', '-', '*']).trim())
        .filter(|name| !name.is_empty() && !name.to_lowercase().starts_with("ingen"))
        .map(str::to_owned)
        .collect()
}
