//! Lines that name a body and little else, as the head of minutes does.

use std::sync::LazyLock;

use super::bodies;
use crate::body;
use crate::{Pattern, pattern};

/// The one body that a line names; None where it names several. A name in capitals is one too.
pub(super) fn body_of(line: &str) -> Option<String> {
    if let Some(name) = in_capitals(line) {
        return Some(name.to_owned());
    }
    let mut named = bodies::mentions(line).into_iter().filter_map(|mention| mention.name);
    let first = named.next()?;
    named.all(|other| body::key(&other) == body::key(&first)).then_some(first)
}

/// The body's name in a line in capitals: `TEKNIK- OG MILJØUDVALGET`, `TEKNISK UDVALG`, `UDVALGET FOR KULTUR OG FRITID`.
fn in_capitals(line: &str) -> Option<&str> {
    static NAME: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(&format!(
            r"\bUDVALG(?:ET)? FOR \p{{Lu}}[\p{{Lu}}, -]*\p{{Lu}}|\b\p{{Lu}}+(?:SK|LT) UDVALG\b|(?:(?:\p{{Lu}}+-?, )*\p{{Lu}}+-? (?:OG|&) )?\b[\p{{Lu}}-]*(?:{})\b",
            IN_CAPITALS.join("|").to_uppercase()
        ))
    });
    if line.contains(char::is_lowercase) {
        return None;
    }
    let found = NAME.find(line)?;
    // "GRØNHOLT BYRÅD", and not "REFERAT BYRÅD".
    let place = line[..found.start()].trim_end().rsplit(' ').next().filter(|word| !word.is_empty());
    let is_place = |word: &&str| {
        word.chars().all(char::is_alphabetic) && !BESIDE.contains(&word.to_lowercase().as_str())
    };
    match place.filter(|_| found.as_str() == COUNCIL).filter(is_place) {
        Some(place) => line.get(found.start() - place.len() - 1..found.end()),
        None => Some(found.as_str()),
    }
}

/// A council in capitals, before which its town may stand.
const COUNCIL: &str = "BYRÅD";

/// Ends of such a name, in lower case.
const IN_CAPITALS: [&str; 5] = ["udvalget", "rådet", "byråd", "bestyrelsen", "nævnet"];

/// Words that stand beside a body's name in a line that names the meeting, in lower case.
pub(super) const BESIDE: [&str; 26] = [
    "af",
    "beslutningsprotokol",
    "beslutningsprotokollen",
    "beslutningsreferat",
    "dagsorden",
    "ekstraordinært",
    "for",
    "forhandlingsprotokol",
    "forhandlingsprotokollen",
    "fra",
    "i",
    "konstituerende",
    "lukket",
    "møde",
    "mødet",
    "mødereferat",
    "nr",
    "og",
    "ordinære",
    "ordinært",
    "protokol",
    "referat",
    "til",
    "udskrift",
    "åben",
    "åbent",
];

/// Where the body is at home, after its name: `i Birkeby`, `i Fjordby Kommune`, `ved Fjordcentret`.
static HOME: LazyLock<Pattern> = LazyLock::new(|| pattern(r"^ (?:i|ved|på) \p{Lu}[\p{L}-]+(?: Kommune)?\b"));

/// The same before it: `Fjordby Vandråd`.
static HOME_BEFORE: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"\b\p{Lu}\p{Ll}[\p{L}-]+ (?:Kommunes? |Kommune, |Kommune [–-] )?$"));

/// A municipality's name after a body's.
static MUNICIPALITY_AFTER: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)^,? (?:i )?\p{L}[\p{L}-]+(?: [\p{L}-]+)? (?:regions)?kommune\.?$"));

/// Whether a line is nothing but a body's name, with words such as `Referat`.
pub(super) fn is_name(line: &str) -> bool {
    if in_capitals(line).is_some() {
        return true;
    }
    let Some(found) = bodies::mentions(line).into_iter().find(|mention| mention.name.is_some()) else {
        return false;
    };
    let (before, after) = (&line[..found.start], &line[found.end..]);
    let before = HOME_BEFORE.find(before).map_or(before, |home| &before[..home.start()]);
    let after = HOME.find(after).map_or(after, |home| &after[home.end()..]);
    let after = MUNICIPALITY_AFTER.find(after).map_or(after, |found| &after[..found.start()]);
    let is_beside = |text: &str| {
        text.to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .all(|word| BESIDE.contains(&word) || word.chars().all(|c| c.is_ascii_digit()))
    };
    is_beside(before) && is_beside(after)
}
