//! A recommendation's day that the decision itself changes: "Godkendt med den ændring, at broen åbner den 1. juni". The day decided
//! counts, and the one recommended does not.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::{withdrawn, without_old_days};
use crate::model::{FollowUp, FollowUpKind};
use crate::understand::date;
use crate::{Pattern, fold, pattern};

static CHANGES: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\bmed\s+(?:den|de|følgende|nedenstående)\s+(?:\p{L}+\s+)?(?:ændring|rettelse|præcisering)(?:en|er)?\b",
        r"|\bdog\s+(?:således\s+)?(?:at|med)\b|\bdog\b[^,;:]{0,60}\ballerede\b|\b(?:ændres|ændret|rettes|rettet|udskydes|rykkes|flyttes)\b[^,;:]{0,60}\btil\b|\bi\s+stedet\s+for\b",
    ))
});

/// Letters by which two words are one: "fristen" and "fristdato".
const STEM: usize = 5;

/// Beginnings of words that stand in recommendations and decisions of any matter, folded.
const OF_ANY_MATTER: [&str; 24] = [
    "aendr", "april", "augus", "besl", "bliv", "decem", "direk", "fasts", "febru", "forsl", "forva", "godke",
    "indst", "janua", "novem", "oktob", "rette", "saale", "saled", "senes", "septe", "sted", "tiltr",
    "udval",
];

/// A sentence of a decision with another day than the one recommended.
pub(super) struct Change {
    text: String,
    told: Vec<FollowUp>,
}

impl Change {
    /// None where the sentence of a decision, which tells these follow-ups, changes nothing or names no day.
    pub(super) fn of(text: &str, told: &[FollowUp]) -> Option<Self> {
        let is_dated = told.iter().any(|row| row.from.is_some());
        (is_dated && CHANGES.is_match(text)).then(|| Self { text: text.to_owned(), told: told.to_vec() })
    }

    /// Which of the planned follow-ups has another day by this: the one whose day it takes back, or the one that has most of its
    /// words; a background's words are looser than a recommendation's (told by the `bool`), and two must be the same. None where several
    /// have as many.
    fn replaces(&self, planned: &[(&FollowUp, bool)]) -> Option<FollowUp> {
        let all = date::mentions(&self.text);
        let left = withdrawn::without(&self.text, without_old_days(&self.text, all.clone()));
        let old = |row: &FollowUp| {
            all.iter().filter(|mention| !left.contains(mention)).any(|mention| {
                let days = row.from.and_then(|day| mention.resolve(day));
                days.is_some() && days == row.from.zip(row.to)
            })
        };
        let open = || planned.iter().filter(|(row, _)| row.from.is_some() && !self.tells(row));
        if let Some((row, _)) = open().find(|(row, _)| old(row)) {
            return Some((*row).clone());
        }
        let own = stems(&self.text);
        let is_of_kind = |row: &FollowUp| self.told.iter().any(|told| told.kind == row.kind);
        let shared = |row: &FollowUp| {
            let is_limit = row.kind == FollowUpKind::Deadline && own.iter().any(|stem| stem == "frist");
            stems(&row.quote).intersection(&own).count() + usize::from(is_limit)
        };
        let alike: Vec<(usize, &FollowUp)> = open()
            .filter(|(row, _)| is_of_kind(row))
            .map(|(row, is_recommended)| (shared(row), *row, if *is_recommended { 1 } else { 2 }))
            .filter_map(|(count, row, least)| (count >= least).then_some((count, row)))
            .collect();
        let most = alike.iter().map(|(count, _)| *count).max()?;
        let mut best = alike.into_iter().filter(|(count, _)| *count == most);
        let (only, next) = (best.next()?, best.next());
        next.is_none().then(|| only.1.clone())
    }

    fn tells(&self, row: &FollowUp) -> bool {
        self.told.iter().any(|told| (told.from, told.to) == (row.from, row.to))
    }
}

/// The follow-ups without those planned ones, named by their places and whether they are recommended, that the decision gives another
/// day.
pub(super) fn without_replaced(
    found: Vec<FollowUp>,
    planned: &[(usize, bool)],
    changes: &[Change],
) -> Vec<FollowUp> {
    if changes.is_empty() {
        return found;
    }
    let row = |(at, is_recommended): &(usize, bool)| Some((found.get(*at)?, *is_recommended));
    let rows: Vec<(&FollowUp, bool)> = planned.iter().filter_map(row).collect();
    let gone: Vec<FollowUp> = changes.iter().filter_map(|change| change.replaces(&rows)).collect();
    found.into_iter().filter(|row| !gone.contains(row)).collect()
}

/// The beginnings of the words that tell of the matter.
fn stems(text: &str) -> BTreeSet<String> {
    fold(text)
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.chars().count() >= STEM)
        .map(|word| word.chars().take(STEM).collect())
        .filter(|stem: &String| !OF_ANY_MATTER.iter().any(|any| stem.starts_with(any)))
        .collect()
}
