//! What the search index holds of a document: an entry for itself and one for each item.

use jiff::civil::Date;
use minutes::{AgendaItem, Document, Kind, Section, SectionKind};
use tantivy::TantivyDocument;

use super::facts;
use super::schema::Fields;

/// As many entries as the document has items and one more, blank or not: the store counts on it.
pub(super) fn entries(fields: &Fields, id: i64, document: &Document, items: &[i64]) -> Vec<TantivyDocument> {
    let mut entries = Vec::with_capacity(1 + items.len());
    let name = document.body.as_deref();
    let own = name.map(minutes::body::key);
    // A joint meeting is found under each of its bodies.
    let keys = own.into_iter().chain(name.map(minutes::joint_bodies).unwrap_or_default());
    let bodies: Vec<String> = keys.map(|key| facts::body(&key)).collect();
    entries.push(whole(fields, id, document));
    for (item_id, item) in items.iter().zip(&document.items) {
        entries.push(part(fields, id, *item_id, document.date, item));
    }
    for entry in &mut entries {
        add(entry, fields.facts, &bodies);
    }
    entries
}

fn whole(fields: &Fields, id: i64, document: &Document) -> TantivyDocument {
    let mut entry = numbers(fields, id, 0, document.date);
    add(&mut entry, fields.facts, document.title.as_deref().and_then(facts::title));
    let is_meeting = matches!(document.kind, Kind::Minutes | Kind::Agenda);
    add(&mut entry, fields.facts, is_meeting.then_some(facts::MEETING));
    let attendance = &document.attendance;
    add(&mut entry, fields.title, document.title.as_deref());
    add(&mut entry, fields.names, attendance.present.iter().chain(&attendance.absent));
    for substitute in &attendance.substitutes {
        add(&mut entry, fields.names, [&substitute.person]);
    }
    add(&mut entry, fields.text, document.body.iter().chain(&document.place));
    add_sections(&mut entry, fields, &document.sections);
    entry
}

/// The words of a document itself that a search finds it by.
pub(crate) fn texts_of_whole(document: &Document) -> impl Iterator<Item = &str> {
    let sections = document.sections.iter().map(|section| section.text.as_str());
    document.title.as_deref().into_iter().chain(sections)
}

/// The words of an item that a search finds it by.
pub(crate) fn texts_of(item: &AgendaItem) -> impl Iterator<Item = &str> {
    let decision = item.decision.as_ref().map(|decision| decision.text.as_str());
    let sections = item.sections.iter().flat_map(|section| {
        let heading = section.heading.as_deref().filter(|_| section.kind == SectionKind::Other);
        heading.into_iter().chain([section.text.as_str()])
    });
    item.title
        .as_deref()
        .into_iter()
        .chain(item.case_number.as_ref().map(minutes::CaseNumber::as_str))
        .chain(decision)
        .chain(item.caseworkers.iter().map(String::as_str))
        .chain(sections)
        .chain(item.earlier_decisions.iter().map(|earlier| earlier.text.as_str()))
        .chain(item.attachments.iter().map(String::as_str))
}

fn part(fields: &Fields, document: i64, id: i64, date: Option<Date>, item: &AgendaItem) -> TantivyDocument {
    let mut entry = numbers(fields, document, id, date);
    let case = item.case_number.as_ref().map_or(0, |number| facts::number(&number.key()));
    entry.add_u64(fields.case, case);
    add(&mut entry, fields.facts, facts::of_item(item));
    add(&mut entry, fields.title, item.title.as_deref());
    add(&mut entry, fields.case_number, item.case_number.as_ref().map(minutes::CaseNumber::as_str));
    add(&mut entry, fields.decision, item.decision.as_ref().map(|decision| decision.text.as_str()));
    add(&mut entry, fields.names, &item.caseworkers);
    add_sections(&mut entry, fields, &item.sections);
    add(&mut entry, fields.text, item.earlier_decisions.iter().map(|earlier| &earlier.text));
    add(&mut entry, fields.text, &item.attachments);
    entry
}

fn numbers(fields: &Fields, document: i64, item: i64, date: Option<Date>) -> TantivyDocument {
    let mut entry = TantivyDocument::new();
    entry.add_u64(fields.document, document.unsigned_abs());
    entry.add_u64(fields.item, item.unsigned_abs());
    entry.add_u64(fields.day, date.map_or(0, day));
    entry
}

/// `YYYYMMDD`; days before our era count as none.
pub(super) fn day(date: Date) -> u64 {
    let year = u64::try_from(date.year()).unwrap_or(0);
    year * 10_000 + u64::from(date.month().unsigned_abs()) * 100 + u64::from(date.day().unsigned_abs())
}

fn add_sections(entry: &mut TantivyDocument, fields: &Fields, sections: &[Section]) {
    for section in sections {
        let field = if section.kind == SectionKind::Summary { fields.summary } else { fields.text };
        // A known heading (Sagsresume, Økonomi) stands in every item and says nothing.
        if section.kind == SectionKind::Other {
            add(entry, field, section.heading.as_deref());
        }
        add(entry, field, [&section.text]);
    }
}

fn add<T: AsRef<str>>(
    entry: &mut TantivyDocument,
    field: tantivy::schema::Field,
    texts: impl IntoIterator<Item = T>,
) {
    for text in texts {
        entry.add_text(field, text.as_ref());
    }
}
