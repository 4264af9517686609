//! Danish names of what the parser calls things, for `parse` and the chat's banner. Answers have their own words.

use jiff::civil::Date;
use minutes::{Kind, Outcome};

const MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
];

/// `12. august 2020`.
pub(crate) fn date(date: Date) -> String {
    let month = MONTHS.get(date.month() as usize - 1).unwrap_or(&"");
    format!("{}. {month} {}", date.day(), date.year())
}

/// A number of things: `1 møde`, `12 møder`.
pub(crate) fn count(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// What a document is.
pub(crate) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Minutes => "referat",
        Kind::Agenda => "dagsorden",
        Kind::Document => "dokument",
        Kind::Members => "medlemsliste",
    }
}

/// What a decision amounts to.
pub(crate) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Approved => "godkendt",
        Outcome::Noted => "taget til efterretning",
        Outcome::Discussed => "drøftet",
        Outcome::Postponed => "udsat",
        Outcome::Referred => "sendt videre",
        Outcome::Rejected => "afvist",
        Outcome::Amended => "godkendt med ændring",
        Outcome::Appointed => "valg eller udpegning",
        Outcome::Other => "andet",
        Outcome::None => "ingen beslutning",
    }
}
