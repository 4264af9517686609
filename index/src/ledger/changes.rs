//! What is different between two readings of a meeting: its content, never its form.

use std::collections::{HashMap, HashSet};

use minutes::{AgendaItem, Attendance, Document, Section, SectionKind};
use serde::{Deserialize, Serialize};

/// One thing that is different.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Of which item, by its number or title; None for the meeting as a whole.
    pub item: Option<String>,
    /// What is different of it.
    pub what: Difference,
}

/// What can be different.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// The item is new.
    Added,
    /// The item is gone.
    Removed,
    /// The title or the case number.
    Title,
    /// The decision.
    Decision,
    /// Any other text of the item.
    Text,
    /// Whether the item is closed.
    Closed,
    /// Body, day, hour or place of the meeting.
    Meeting,
    /// Who was there.
    Attendance,
    /// Text outside the items.
    Rest,
}

/// What of a document is compared.
pub(super) struct Content<'a> {
    pub(super) head: &'a Document,
    pub(super) items: Vec<&'a AgendaItem>,
}

impl<'a> Content<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        Self { head: document, items: document.items.iter().collect() }
    }
}

/// What is different in `new`, the meeting first, then item by item as `new` has them, what is gone last.
pub(super) fn changes(old: &Content<'_>, new: &Content<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    let whole = |what| Change { item: None, what };
    if meeting(old.head) != meeting(new.head) || is_other_time(old.head, new.head) {
        changes.push(whole(Difference::Meeting));
    }
    if attendance(&old.head.attendance) != attendance(&new.head.attendance) {
        changes.push(whole(Difference::Attendance));
    }
    if texts(&old.head.sections, false) != texts(&new.head.sections, false) {
        changes.push(whole(Difference::Rest));
    }
    changes.extend(of_items(old, new));
    changes
}

/// What is different in the items of `new` that `old` has not got in the same words. What only `old` has does not count.
pub(super) fn not_in(old: &Content<'_>, new: &Content<'_>) -> Vec<Change> {
    of_items(old, new).into_iter().filter(|change| change.what != Difference::Removed).collect()
}

fn of_items(old: &Content<'_>, new: &Content<'_>) -> Vec<Change> {
    let mut left: Vec<&AgendaItem> = old.items.clone();
    let mut pairs: Vec<(&AgendaItem, Option<&AgendaItem>)> =
        new.items.iter().map(|item| (*item, None)).collect();
    // The surest sign first: an item keeps its title and case, or else its number.
    let signs: [fn(&AgendaItem) -> Option<String>; 3] = [
        |item| Some(format!("{}|{}", case(item), words(item.title.as_deref()?))),
        |item| Some(case(item)).filter(|case| !case.is_empty()),
        |item| item.number.clone(),
    ];
    for sign in signs {
        let mut by_sign: HashMap<String, Vec<&AgendaItem>> = HashMap::new();
        for item in left.iter().rev() {
            if let Some(sign) = sign(item) {
                by_sign.entry(sign).or_default().push(item);
            }
        }
        for (item, partner) in pairs.iter_mut().filter(|(_, partner)| partner.is_none()) {
            *partner = sign(item).and_then(|sign| by_sign.get_mut(&sign)?.pop());
        }
        let taken: HashSet<*const AgendaItem> =
            pairs.iter().filter_map(|(_, partner)| partner.map(std::ptr::from_ref)).collect();
        left.retain(|item| !taken.contains(&std::ptr::from_ref(*item)));
    }
    let mut changes = Vec::new();
    for (item, partner) in pairs {
        match partner {
            Some(old) => changes.extend(differences(old, item).map(|what| change(item, what))),
            None => changes.push(change(item, Difference::Added)),
        }
    }
    changes.extend(left.into_iter().map(|item| change(item, Difference::Removed)));
    changes
}

fn change(item: &AgendaItem, what: Difference) -> Change {
    let name = item.number.clone().or_else(|| item.title.clone()).or_else(|| Some(case(item)));
    Change { item: name, what }
}

fn differences(old: &AgendaItem, new: &AgendaItem) -> impl Iterator<Item = Difference> {
    let decision = |item: &AgendaItem| item.decision.as_ref().map(|decision| words(&decision.text));
    let title = |item: &AgendaItem| (words(item.title.as_deref().unwrap_or_default()), case(item));
    [
        (title(old) != title(new), Difference::Title),
        (old.closed != new.closed, Difference::Closed),
        (decision(old) != decision(new), Difference::Decision),
        (texts(&old.sections, true) != texts(&new.sections, true), Difference::Text),
    ]
    .into_iter()
    .filter_map(|(is_different, what)| is_different.then_some(what))
}

fn case(item: &AgendaItem) -> String {
    item.case_number.as_ref().map(minutes::CaseNumber::key).unwrap_or_default()
}

/// Body, day, place.
fn meeting(document: &Document) -> (String, Option<jiff::civil::Date>, String) {
    let body = document.body.as_deref().map(minutes::body::key).unwrap_or_default();
    (body, document.date, words(document.place.as_deref().unwrap_or_default()))
}

/// Whether both say when, and not the same. An hour that is written otherwise may be one that cannot be read.
fn is_other_time(old: &Document, new: &Document) -> bool {
    old.time.as_deref().zip(new.time.as_deref()).is_some_and(|(old, new)| time(old) != time(new))
}

/// The hour and the minute that a time begins with, `17 00` of `17:00`, `kl. 17` and `17.00-19.30`; the words where there is no hour.
fn time(text: &str) -> String {
    let digits = |text: &str| -> String { text.chars().take_while(char::is_ascii_digit).collect() };
    let from_hour = text.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let hour = digits(from_hour);
    let minute = from_hour[hour.len()..].strip_prefix([':', '.']).map(digits).unwrap_or_default();
    match (hour.parse::<u32>(), minute.parse::<u32>()) {
        (Ok(hour), Ok(minute)) => format!("{hour} {minute:02}"),
        (Ok(hour), Err(_)) => format!("{hour} 00"),
        (Err(_), _) => words(text),
    }
}

fn attendance(attendance: &Attendance) -> Vec<String> {
    let substitutes =
        attendance.substitutes.iter().map(|it| format!("{:?}", (&it.person, &it.stands_in_for)));
    let absent = attendance.absent.iter().map(|name| format!("absent {name}"));
    let mut all: Vec<String> =
        attendance.present.iter().cloned().chain(absent).chain(substitutes).map(|it| words(&it)).collect();
    all.sort();
    all
}

/// The words of headed texts; a heading, and lists of other pages and of marks, are form. The decision is compared by itself,
/// and what stands beside it under its heading is not.
pub(crate) fn texts(sections: &[Section], of_item: bool) -> String {
    let told = |section: &&Section| match section.kind {
        SectionKind::Routing | SectionKind::Related | SectionKind::Attachments => false,
        SectionKind::Decision => !of_item,
        _ => true,
    };
    words(&sections.iter().filter(told).map(|section| section.text.as_str()).collect::<Vec<_>>().join(" "))
}

/// The letters and digits of a text, in lower case, with one space between words: what is left when line breaks, bullets, marks
/// and spaces are not looked at.
pub(crate) fn words(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_alphanumeric() {
            words.extend(letter.to_lowercase());
        } else if !words.is_empty() && !words.ends_with(' ') {
            words.push(' ');
        }
    }
    words.truncate(words.trim_end().len());
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use minutes::{Decision, Kind, Outcome};

    fn item(number: &str, title: &str, decision: &str) -> AgendaItem {
        AgendaItem {
            number: Some(number.into()),
            title: Some(title.into()),
            decision: (!decision.is_empty()).then(|| Decision {
                text: decision.into(),
                outcome: Outcome::Other,
                votes: None,
            }),
            ..AgendaItem::default()
        }
    }

    fn meeting(time: &str, items: Vec<AgendaItem>) -> Document {
        Document {
            kind: Kind::Minutes,
            layout: "test".into(),
            municipality: None,
            body: Some("Byrådet".into()),
            date: Some(jiff::civil::date(2026, 11, 3)),
            time: Some(time.into()),
            place: None,
            title: None,
            attendance: Attendance::default(),
            items,
            follow_ups: Vec::new(),
            sections: Vec::new(),
        }
    }

    fn told(old: &Document, new: &Document) -> Vec<(Option<String>, Difference)> {
        let changes = changes(&Content::of(old), &Content::of(new));
        changes.into_iter().map(|change| (change.item, change.what)).collect()
    }

    #[test]
    fn form_is_no_change() {
        let old = meeting("15:00", vec![item("1", "Ny vej", "Godkendt."), item("2", "Sti", "Udsat.")]);
        let new = meeting(
            "kl. 15.00:00".trim_start_matches("kl. "),
            vec![item("1", "NY  VEJ", "Godkendt\n"), item("2", "Sti", " Udsat")],
        );
        assert_eq!(told(&old, &new), []);
        let later = meeting("16:00", new.items.clone());
        assert_eq!(told(&old, &later), [(None, Difference::Meeting)]);
    }

    #[test]
    fn the_same_hour_in_other_words_is_no_change() {
        let items = || vec![item("1", "Vej", "Godkendt.")];
        for (one, other) in [
            ("17:00", "kl. 17"),
            ("17:00", "Kl. 17.00"),
            ("09:30", "kl. 9.30 - 11.00"),
            ("17", "17.00-19.30"),
            ("15.00", "15:00:00"),
        ] {
            assert_eq!(told(&meeting(one, items()), &meeting(other, items())), [], "{one} {other}");
        }
        let unread = Document { time: None, ..meeting("", items()) };
        assert_eq!(told(&meeting("17:00", items()), &unread), []);
        for (one, other) in [("17:00", "kl. 17.30"), ("17", "18"), ("efter mødet", "17"), ("17-19", "18-19")]
        {
            let changes = told(&meeting(one, items()), &meeting(other, items()));
            assert_eq!(changes, [(None, Difference::Meeting)], "{one} {other}");
        }
    }

    #[test]
    fn each_change_is_told_of_its_item() {
        let old = meeting(
            "15:00",
            vec![item("1", "Vej", "Godkendt."), item("2", "Sti", "Udsat."), item("3", "Sø", "")],
        );
        let new = meeting(
            "15:00",
            vec![item("1", "Vej", "Forkastet."), item("2", "Gangsti", "Udsat."), item("4", "Å", "")],
        );
        let expected = [
            ("1", Difference::Decision),
            ("2", Difference::Title),
            ("4", Difference::Added),
            ("3", Difference::Removed),
        ];
        assert_eq!(told(&old, &new), expected.map(|(item, what)| (Some(item.to_owned()), what)));
    }

    #[test]
    fn an_item_put_in_between_moves_the_numbers_and_changes_nothing_else() {
        let old = meeting("15:00", vec![item("1", "Vej", "Godkendt."), item("2", "Sti", "Udsat.")]);
        let new = meeting(
            "15:00",
            vec![item("1", "Bro", "Ja."), item("2", "Vej", "Godkendt."), item("3", "Sti", "Udsat.")],
        );
        assert_eq!(told(&old, &new), [(Some("1".to_owned()), Difference::Added)]);
    }

    #[test]
    fn a_part_of_the_same_minutes_says_nothing_new() {
        let whole = meeting("15:00", vec![item("1", "Vej", "Godkendt."), item("2", "Sti", "Udsat.")]);
        let part = meeting("15:00", vec![item("2", "Sti", "Udsat.")]);
        assert_eq!(not_in(&Content::of(&whole), &Content::of(&part)), []);
        assert_eq!(not_in(&Content::of(&part), &Content::of(&whole)).len(), 1);
    }
}
