//! CPR numbers (Danish personal identification numbers) never get past reading.
//!
//! Form: six digits that are a date (ddmmyy), then four, joined by a dash, a space or nothing. Modulus 11 is
//! no test: numbers that fail it are in use since 2007 (CPR-kontoret). A longer run of digits, an
//! account number or a case number is left alone.

use std::sync::LazyLock;

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

use super::mask;
use crate::{Pattern, pattern};

/// Two groups as everybody writes them, also in two cells of a table; or the date in pairs, also over a line's end: then a dash of any
/// kind must part it from the rest, or spaces must part all of it. Digits of any width.
static CANDIDATE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"\d{6}(?:[ \u{a0}]?[-‐‑‒–—−－][ \u{a0}\n]?|[ \u{a0}]|\n| ?[\t|] ?)?\d{4}",
        r"|\d{2}[ .\u{a0}/-]?\n?\d{2}[ .\u{a0}/-]?\n?\d{2}[ \u{a0}]?[-‐‑‒–—−－][ \u{a0}\n]?\d{4}",
        r"|\d{2}[ \u{a0}]\d{2}[ \u{a0}]\d{2}[ \u{a0}]\d{4}",
    ))
});

/// Labels of numbers that are none, right before one. A number without a label is taken for what it looks like.
static OTHER_NUMBER: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)(?:^|[^\p{L}])(?:",
        r"(?:konto|bankkonto|girokonto|faktura|ordre|bilags?|sags?|byggesags?|journal|ejendoms?|matrikel|matr|ejerlav|ejerlavs|løbe|vare|varenummer|dok|dokument|produktions?|telefon|tlf|mobil|afdelings?|aftale|kunde|projekt)[ .-]?(?:nummer|numre|nr|no|id)",
        r"|bankkonto|konto|faktura|j\.? ?nr|esr[ -]?nr|bfe(?:[ -]?nr)?|bfe[ -]?nummer|ean(?:[ -]?(?:nr|nummer))?|gln(?:[ -]?nr)?|cvr(?:[ -]?(?:nr|nummer))?|se[ -]?nr|p[ -]?(?:nr|nummer)|tlf|telefon|mobil|ejerlav",
        r")\.?(?:\s*:)?\s*(?:\d{4}(?: |-| - ))?$",
    ))
});

/// A label is looked for in so many bytes before a number.
const LONGEST_LABEL: usize = 40;

/// What stands in the place of a number.
const MASK: &str = "xxxxxx-xxxx";

/// The text with every CPR number masked, and the line (from 1) of each one that was.
pub(crate) fn mask(text: String) -> (String, Vec<usize>) {
    let numbers = CANDIDATE.find_iter(&text).map(|found| found.range());
    let numbers: Vec<_> = numbers.filter(|at| is_cpr(&text, at.start, at.end)).collect();
    mask::over(text, &numbers, MASK)
}

fn is_cpr(text: &str, start: usize, end: usize) -> bool {
    let part_of_more = |c: char| c.is_alphanumeric() || c == '-' || c == '/';
    let stands_alone = (is_labelled(&text[..start])
        || !text[..start].chars().next_back().is_some_and(part_of_more))
        && !text[end..].chars().next().is_some_and(part_of_more);
    let found = &text[start..end];
    let digits: Vec<i8> = found.nfkc().filter_map(|c| i8::try_from(c.to_digit(10)?).ok()).collect();
    let two = |at: usize| digits.get(at..at + 2).map(|pair| pair[0] * 10 + pair[1]);
    let is_date = matches!((two(0), two(2)), (Some(day), Some(month))
        // 2000 was a leap year, so the 29th of February is let through whatever the century.
        if Date::new(2000, month, day).is_ok());
    stands_alone
        && is_date
        && !(found.contains(['\t', '|']) && is_row_of_numbers(text, start, end))
        && !begins_with_year(found)
        && !OTHER_NUMBER.is_match(&text[text.floor_char_boundary(start.saturating_sub(LONGEST_LABEL))..start])
}

/// Whether the label is glued to what follows: `cpr010190-1234`.
fn is_labelled(before: &str) -> bool {
    let label = &before[before.floor_char_boundary(before.len().saturating_sub("cpr".len()))..];
    label.eq_ignore_ascii_case("cpr")
}

/// Whether the cells beside those from `start` to `end` hold numbers too: such a row is of sums.
fn is_row_of_numbers(text: &str, start: usize, end: usize) -> bool {
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let has_digit = |cell: &str| cell.contains(|c: char| c.is_numeric());
    let mut before = text[line_start..start].trim_end_matches(['\t', '|', ' ']).rsplit(['\t', '|']);
    let mut after = text[end..line_end].trim_start_matches(['\t', '|', ' ']).split(['\t', '|']);
    before.next().is_some_and(has_digit) || after.next().is_some_and(has_digit)
}

/// Whether a year ends the line in which a candidate begins: `i 2012`, and on the next line `05-2021`.
fn begins_with_year(found: &str) -> bool {
    found.split_once('\n').is_some_and(|(first, _)| {
        first.len() == 4 && ["19", "20"].iter().any(|century| first.starts_with(century))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_with_a_date_are_masked() {
        for written in [
            "010190-1234",
            "0101901234",
            "010190 1234",
            "010190 - 1234",
            "290200-0000",
            "010190-\n1234",
            "010190‑1234",
            "010190—1234",
            "01 01 90 1234",
            "01.01.90-1234",
            "10-10-90-1234",
            "10/10/90-1234",
            "０１０１９０－１２３４",
            "０１０１９０-１２３４",
            "010190\t1234",
            "010190 | 1234",
            "01-01-\n90-1234",
            "0101\n90-1234",
            "01.\n01.90-1234",
        ] {
            let (text, lines) = mask(format!("a {written}, b"));
            assert!(text.starts_with("a xxxxxx-xxxx") && text.ends_with(", b"), "{written}: {text}");
            assert_eq!(lines, [1]);
        }
    }

    #[test]
    fn words_that_label_no_other_number_leave_it_masked() {
        for written in [
            "CPR010190-1234",
            "sagen 010190-1234",
            "cpr.nr. 010190-1234",
            "Konto for 010190-1234",
            "nr. 010190-1234",
        ] {
            assert_eq!(mask(written.to_owned()).1, [1], "{written}");
        }
    }

    #[test]
    fn other_numbers_are_left() {
        for written in [
            "321390-1234",
            "27.00.00-A00-5-15",
            "450-2018-4075",
            "5790001234567",
            "12345678",
            "1/010190-1234",
            "01.01.20 1200",
            "Faktura 1504221234",
            "fakturanr. 150422-1234",
            "Sagsnr.: 150422-1234",
            "j.nr. 150422-1234",
            "Kontonr. 1551 0102031239",
            "Kontonr. 1551-0102031239",
            "konto: 8075 0102031234",
            "p-nr. 0101011234",
            "CVR-nr. 0101011234",
            "EAN 0101011234",
            "Matrikelnr. 010101-1234",
            "tlf. 0101011234",
            "Sagsnr. 10-10-90-1234",
            "4\t101200\t1500",
            "101200\t1500\t900",
            "i 2012\n05-2021",
            "10-10-1990",
            "10-10-90",
            "1010-90-1234-5",
            "5790０００123456",
        ] {
            assert_eq!(mask(written.to_owned()), (written.to_owned(), vec![]), "{written}");
        }
    }
}
