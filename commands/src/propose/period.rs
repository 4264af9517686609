//! Periods: those that are near, and what is typed where it can be read.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Asked, Proposal};
use crate::danish;

/// Periods that are told from the day of the question.
const NEAR: [&str; 8] = [
    "denne uge",
    "næste uge",
    "denne måned",
    "næste måned",
    "dette kvartal",
    "næste kvartal",
    "i år",
    "næste år",
];

/// Months proposed by name, this one first.
const MONTHS: i32 = 12;

/// Seasons, as they begin in a year.
const SEASONS: [&str; 3] = ["foråret", "sommeren", "efteråret"];

pub(super) fn propose(asked: &Asked<'_>) -> Vec<Proposal> {
    let begun = danish::fold(asked.typed);
    let months = (0..MONTHS).map(|more| {
        let month = asked.today.first_of_month().saturating_add(more.months());
        danish::period(month, month.last_of_month())
    });
    let years = [asked.today.year(), asked.today.year() + 1];
    let seasons =
        years.into_iter().flat_map(|year| SEASONS.iter().map(move |season| format!("{season} {year}")));
    let near = NEAR.iter().map(|near| (*near).to_owned());
    let named: Vec<Proposal> = near
        .chain(months)
        .chain(seasons)
        .filter(|name| danish::fold(name).starts_with(&begun))
        .filter_map(|name| proposal(&name, asked.today))
        .collect();
    // What is typed in another way and can be read is meant.
    let own = if named.is_empty() { proposal(asked.typed, asked.today) } else { None };
    own.into_iter().chain(named).collect()
}

fn proposal(name: &str, today: Date) -> Option<Proposal> {
    let (from, to) = minutes::period(name, today)?;
    let days = danish::period(from, to);
    let label = if days == name { days } else { format!("{name} · {days}") };
    Some(Proposal { label, value: name.to_owned() })
}
