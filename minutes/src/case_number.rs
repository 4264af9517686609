//! Case numbers as a type: KLE numbers (`27.00.00-A00-5-15`), and other systems' numbers as written.
//!
//! The parts of a KLE number follow the KLE convention (Kommunernes Landsforening, Emneplan and
//! Handlingsfacetter): number of the subject, facet of what is done, serial within those two, year.

use std::fmt;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::{Pattern, pattern};

/// A case number as printed. Two numbers are the same case when their [`CaseNumber::key`] is equal.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CaseNumber(String);

/// The parts of a KLE case number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kle {
    /// Group, main and sub subject, `27.00.00`.
    pub subject: String,
    /// What is done, one letter (Danish ones too) and two digits, `A00`, `Ø60`.
    pub facet: String,
    /// Running number within subject and facet.
    pub serial: u32,
    /// The year the case was opened, its last two digits.
    pub year: u8,
}

static KLE: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"^(\d{2}\.\d{2}\.\d{2})-([A-ZÆØÅ]\d{2})-(\d{1,6})-(\d{2})$"));

static KLE_IN_TEXT: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"\b\d{2}\.\d{2}\.\d{2}-[A-ZÆØÅ]\d{2}-\d{1,6}-\d{2}\b"));

impl CaseNumber {
    /// Takes a number as printed; outer white space goes. None for text that holds no digit or is blank.
    pub fn new(written: &str) -> Option<Self> {
        let written = written.trim();
        written.bytes().any(|byte| byte.is_ascii_digit()).then(|| Self(written.to_owned()))
    }

    /// The number as printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The parts, when it is a KLE number; None for other systems' numbers.
    pub fn kle(&self) -> Option<Kle> {
        let parts = KLE.captures(&self.0)?;
        Some(Kle {
            subject: parts[1].to_owned(),
            facet: parts[2].to_owned(),
            serial: parts[3].parse().ok()?,
            year: parts[4].parse().ok()?,
        })
    }

    /// What the number is compared by, see [`key`].
    pub fn key(&self) -> String {
        key(&self.0)
    }
}

impl fmt::Display for CaseNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

static TYPED: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"([0-9OÖØ]{2})[\W_]*([0-9OÖØ]{2})[\W_]*([0-9OÖØ]{2})[\W_]*",
        r"(OE|AE|AA|[A-ZÆØÅ])([0-9O]{2})[\W_]+0*(\d{1,6})[\W_]+(?:20|19)?(\d{2})(?:\D|$)",
    ))
});

/// Letters written with two, where the keyboard has no Danish ones.
const WRITTEN_OUT: [(&str, &str); 3] = [("OE", "Ø"), ("AE", "Æ"), ("AA", "Å")];

/// What two writings of a number are compared by: letters and digits in upper case, nothing else. `2700.00-a00-5-15`,
/// `27.00.00 A00–5–15`, `27.00.00-A00-05-2015` and `27.00.00-A00-5-15` have the same key. Empty when the text holds neither.
pub fn key(typed: &str) -> String {
    let upper = in_capitals(typed);
    if let Some(parts) = TYPED.captures(&upper) {
        // The letter O where only a digit can be is a nought.
        let digits = |group: usize| parts[group].replace(['O', 'Ö', 'Ø'], "0");
        let facet = WRITTEN_OUT
            .iter()
            .find(|(written, _)| *written == &parts[4])
            .map_or(&parts[4], |(_, letter)| letter);
        return [&digits(1), &digits(2), &digits(3), facet, &digits(5), &parts[6], &parts[7]].concat();
    }
    upper.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// What was typed in capitals, its digits in ASCII.
fn in_capitals(typed: &str) -> String {
    typed.chars().map(ascii_digit).flat_map(char::to_uppercase).collect()
}

/// Full-width digits as people paste them.
fn ascii_digit(c: char) -> char {
    match c {
        '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
        other => other,
    }
}

/// Whether a text holds a whole KLE number in any typing, so that no longer number can be meant.
pub fn is_whole(typed: &str) -> bool {
    TYPED.is_match(&in_capitals(typed))
}

/// Every KLE case number in a text, in order, doubles too.
pub fn find_all(text: &str) -> Vec<CaseNumber> {
    KLE_IN_TEXT.find_iter(text).map(|found| CaseNumber(found.as_str().to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kle_numbers_have_parts() {
        let kle = CaseNumber::new(" 13.03.00-Ø60-7-25 ").unwrap().kle().unwrap();
        assert_eq!(
            (kle.subject.as_str(), kle.facet.as_str(), kle.serial, kle.year),
            ("13.03.00", "Ø60", 7, 25)
        );
        assert_eq!(CaseNumber::new("00.00.00-P19-1859-07").unwrap().kle().unwrap().serial, 1859);
    }

    #[test]
    fn other_systems_are_kept_as_written() {
        for written in ["450-2018-4075", "19/2484", "BR 366/07", "299835", "00.01.00P35-0104"] {
            let number = CaseNumber::new(written).unwrap();
            assert_eq!(number.as_str(), written);
            assert_eq!(number.kle(), None, "{written}");
        }
        assert_eq!(CaseNumber::new(" - "), None);
    }

    #[test]
    fn typing_does_not_matter() {
        for typed in ["27.00.00-a00-5-15", "2700.00-a00-5-15", "27.00.00 A00–5–15", "27.00.00.-A00--5-15"]
        {
            assert_eq!(key(typed), "270000A00515", "{typed}");
        }
        for typed in [
            "Sagsnr.: 27.00.00-A00-5-15",
            "hvad skete der med 27.00.00-A00-5-15?",
            "27.00.00-A00-0005-2015",
            "27.OO.00-AOO-5-15",
            "２７.00.00-A00-5-15",
        ] {
            assert_eq!(key(typed), "270000A00515", "{typed}");
            assert!(is_whole(typed), "{typed}");
        }
        assert_eq!(key("00.30.14-oe60-2-21"), key("00.30.14-Ø60-2-21"));
        assert_eq!(key("27.00.00-A00"), "270000A00");
        assert!(!is_whole("27.00.00-A00-5-1"));
    }

    #[test]
    fn numbers_are_found_in_running_text() {
        let found = find_all("Se 27.00.00-A00-5-15 og 13.03.00-Ø60-7-25, men ikke 31.12.2017.");
        assert_eq!(
            found.iter().map(CaseNumber::as_str).collect::<Vec<_>>(),
            ["27.00.00-A00-5-15", "13.03.00-Ø60-7-25"]
        );
    }
}
