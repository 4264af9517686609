//! What a button carries: its whole meaning, so that it works after a restart and next year.
//!
//! `1p3.20261121|møde|Byrådet|2020-08-12`: the version of this form, what to do with its numbers, the day that the answer is of,
//! then the question: a command and its options in the order of the table. Nothing in it gives anybody a right: whoever
//! presses is asked for theirs, and what it asks for is what anybody may ask.
//!
//! `1m|hvorfor||Byrådet|2020-08-12~1z` asks as well. What follows the last `~` is the outbox's number of the message, in base 36, by
//! which the message is known again in its channel; to whoever presses it means nothing.

use commands::{COMMANDS, Command, Request};
use jiff::civil::Date;

use super::limits::CUSTOM_ID;

/// Raised when a button of an earlier form can no longer be read.
const VERSION: char = '1';
const SEPARATOR: char = '|';
const ESCAPE: char = '\\';
/// Stands after [`ESCAPE`] for a separator.
const ESCAPED_SEPARATOR: char = 'p';
/// Stands before the number of a message.
const MARK: char = '~';
/// The base of that number: digits and lower-case letters.
const MARK_BASE: u32 = 36;
const DAY: &str = "%Y%m%d";
const DAY_DIGITS: usize = 8;
/// The highest page that a button may name.
const MOST_PAGES: usize = 9_999;

/// What a button does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Action {
    /// Answers another question, as of the day it is pressed.
    Ask {
        /// The question.
        request: Request,
    },
    /// Shows another page of the same answer.
    Page {
        /// The answer's question.
        question: Question,
        /// The page, from 0.
        page: usize,
    },
    /// Shows to the presser alone all words of the cards of a page.
    Whole {
        /// The answer's question.
        question: Question,
        /// The page whose cards are meant, from 0.
        page: usize,
    },
    /// Turns to another part of those words.
    Part {
        /// The answer's question.
        question: Question,
        /// The page whose cards are meant, from 0.
        page: usize,
        /// The part of the whole text, from 0.
        part: usize,
    },
    /// Shows a private answer to the channel.
    Share {
        /// The answer's question.
        question: Question,
        /// The page to show, from 0.
        page: usize,
    },
}

/// A question and the day it was asked: together they say which answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Question {
    /// The question.
    pub(crate) request: Request,
    /// The day that counted as today.
    pub(crate) today: Date,
}

/// Why a button's text cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unreadable {
    /// From a version of the bot that wrote buttons in another way, or had other commands.
    OtherVersion,
    /// Not written by any version of the bot.
    NotOurs,
}

/// The text of a button; None when the question is too long for one, or holds a CPR number, which nothing that is sent may.
pub(crate) fn encode(action: &Action) -> Option<String> {
    let (head, request) = match action {
        Action::Ask { request } => ("a".to_owned(), request),
        Action::Page { question, page } => (format!("p{page}.{}", day(question)), &question.request),
        Action::Whole { question, page } => (format!("w{page}.{}", day(question)), &question.request),
        Action::Part { question, page, part } => {
            (format!("v{page}.{part}.{}", day(question)), &question.request)
        }
        Action::Share { question, page } => (format!("s{page}.{}", day(question)), &question.request),
    };
    written(&head, request, "")
}

/// The text of a button that asks, and marks its message as the one of a row in the outbox. None where [`encode`] gives none.
pub(crate) fn encode_marked(request: &Request, row: i64) -> Option<String> {
    written("m", request, &format!("{MARK}{}", number_of(row)))
}

/// The row in the outbox that a button's text marks; None for any other text.
pub(crate) fn marked_row(text: &str) -> Option<i64> {
    let (_, number) = text.strip_prefix(VERSION)?.strip_prefix('m')?.rsplit_once(MARK)?;
    // The form also reads a sign and capital letters, which are never written.
    let row = i64::from_str_radix(number, MARK_BASE).ok()?;
    (number_of(row) == number).then_some(row)
}

/// The number of a row as messages carry it, at most 13 characters.
pub(crate) fn number_of(row: i64) -> String {
    let mut rest = row.unsigned_abs();
    let mut digits = Vec::new();
    while rest > 0 || digits.is_empty() {
        digits.extend(char::from_digit((rest % u64::from(MARK_BASE)) as u32, MARK_BASE));
        rest /= u64::from(MARK_BASE);
    }
    digits.iter().rev().collect()
}

fn written(head: &str, request: &Request, mark: &str) -> Option<String> {
    let mut text = format!("{VERSION}{head}{SEPARATOR}{}", request.command.name);
    let values = request.command.options.iter().map(|option| request.option(option.name).unwrap_or_default());
    for value in values {
        text.push(SEPARATOR);
        push_escaped(&mut text, value);
    }
    text.truncate(text.trim_end_matches(SEPARATOR).len());
    text.push_str(mark);
    let is_sendable = super::markdown::length(&text) <= CUSTOM_ID && !values_hold_cpr(request);
    is_sendable.then_some(text)
}

fn values_hold_cpr(request: &Request) -> bool {
    request.options.iter().any(|(_, value)| minutes::read::without_cpr(value) != *value)
}

/// What a button's text means.
///
/// # Errors
/// When it is of another version, or no button's text at all.
pub(crate) fn decode(text: &str) -> Result<Action, Unreadable> {
    if super::markdown::length(text) > CUSTOM_ID {
        return Err(Unreadable::NotOurs);
    }
    let rest = text.strip_prefix(VERSION).ok_or_else(|| of_other_version(text))?;
    let rest = match marked_row(text) {
        Some(_) => rest.rsplit_once(MARK).map_or(rest, |(question, _)| question),
        None => rest,
    };
    let mut parts = rest.split(SEPARATOR);
    let head = parts.next().unwrap_or_default();
    let name = parts.next().ok_or(Unreadable::NotOurs)?;
    // A command that is gone was there when the button was made.
    let command = COMMANDS.iter().find(|command| command.name == name).ok_or(Unreadable::OtherVersion)?;
    let request = request(command, parts)?;
    let kind = head.chars().next().ok_or(Unreadable::NotOurs)?;
    let numbers = head.get(1..).unwrap_or_default();
    let fields: Vec<&str> = if numbers.is_empty() { Vec::new() } else { numbers.split('.').collect() };
    match (kind, fields.as_slice()) {
        ('a', []) => Ok(Action::Ask { request }),
        ('m', []) if marked_row(text).is_some() => Ok(Action::Ask { request }),
        ('p', [page, day]) => Ok(Action::Page { page: number(page)?, question: question(request, day)? }),
        ('w', [page, day]) => Ok(Action::Whole { page: number(page)?, question: question(request, day)? }),
        ('v', [page, part, day]) => {
            Ok(Action::Part { page: number(page)?, part: number(part)?, question: question(request, day)? })
        }
        ('s', [page, day]) => Ok(Action::Share { page: number(page)?, question: question(request, day)? }),
        _ => Err(Unreadable::NotOurs),
    }
}

fn of_other_version(text: &str) -> Unreadable {
    let is_version = text.starts_with(|c: char| c.is_ascii_digit()) && text.contains(SEPARATOR);
    if is_version { Unreadable::OtherVersion } else { Unreadable::NotOurs }
}

fn day(question: &Question) -> String {
    question.today.strftime(DAY).to_string()
}

fn question(request: Request, day: &str) -> Result<Question, Unreadable> {
    // The form also reads years with a sign and of fewer digits, which are never written.
    if day.len() != DAY_DIGITS || !is_digits(day) {
        return Err(Unreadable::NotOurs);
    }
    let today = Date::strptime(DAY, day).map_err(|_| Unreadable::NotOurs)?;
    Ok(Question { request, today })
}

fn number(text: &str) -> Result<usize, Unreadable> {
    let number = text.parse().ok().filter(|number| *number <= MOST_PAGES && is_digits(text));
    number.ok_or(Unreadable::NotOurs)
}

/// `parse` alone would take a sign before the digits.
fn is_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

fn request<'a>(
    command: &'static Command,
    values: impl Iterator<Item = &'a str>,
) -> Result<Request, Unreadable> {
    let mut options = Vec::new();
    let mut specs = command.options.iter();
    for value in values {
        let option = specs.next().ok_or(Unreadable::OtherVersion)?;
        if !value.is_empty() {
            options.push((option.name, unescaped(value).ok_or(Unreadable::NotOurs)?));
        }
    }
    let has = |name: &str| options.iter().any(|(known, _)| *known == name);
    match command.lacks(has) {
        Some(_) => Err(Unreadable::NotOurs),
        None => Ok(Request { command, options }),
    }
}

fn push_escaped(text: &mut String, value: &str) {
    for c in value.chars() {
        match c {
            SEPARATOR => text.extend([ESCAPE, ESCAPED_SEPARATOR]),
            ESCAPE => text.extend([ESCAPE, ESCAPE]),
            c => text.push(c),
        }
    }
}

fn unescaped(value: &str) -> Option<String> {
    let mut text = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        text.push(match c {
            ESCAPE => match chars.next()? {
                ESCAPED_SEPARATOR => SEPARATOR,
                ESCAPE => ESCAPE,
                _ => return None,
            },
            c => c,
        });
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(line: &str) -> Request {
        commands::parse_line(line).unwrap()
    }

    fn question(line: &str) -> Question {
        Question { request: request(line), today: "2026-11-21".parse().unwrap() }
    }

    #[track_caller]
    fn check(action: Action, expected: &str) {
        let text = encode(&action).unwrap();
        assert_eq!(text, expected);
        assert_eq!(decode(&text), Ok(action));
    }

    #[test]
    fn a_button_carries_its_whole_meaning() {
        check(
            Action::Ask { request: request("/historik 27.00.00-A00-5-15") },
            "1a|historik|27.00.00-A00-5-15",
        );
        check(
            Action::Page { question: question("/møde udvalg:Byrådet dato:2020-08-12"), page: 3 },
            "1p3.20261121|møde|Byrådet|2020-08-12",
        );
        check(
            Action::Whole { question: question("/sag 27.00.00-A00-5-15"), page: 1 },
            "1w1.20261121|sag|27.00.00-A00-5-15",
        );
        check(
            Action::Part { question: question("/sag 27.00.00-A00-5-15"), page: 0, part: 2 },
            "1v0.2.20261121|sag|27.00.00-A00-5-15",
        );
        check(Action::Share { question: question("/råd"), page: 0 }, "1s0.20261121|råd");
        check(Action::Ask { request: request("/søg a|b\\c 50%") }, "1a|søg|a\\pb\\\\c 50%");
    }

    #[test]
    fn a_question_too_long_for_a_button_gets_none() {
        let fits = "ø".repeat(CUSTOM_ID - "1a|søg|".chars().count());
        assert!(encode(&Action::Ask { request: request(&format!("/søg {fits}")) }).is_some());
        assert!(encode(&Action::Ask { request: request(&format!("/søg {fits}ø")) }).is_none());
    }

    #[test]
    fn a_marked_button_asks_and_tells_its_row() {
        for (line, row, expected) in [
            ("/hvorfor udvalg:Byrådet dato:2020-08-12", 71, "1m|hvorfor||Byrådet|2020-08-12~1z"),
            ("/hvorfor", 1, "1m|hvorfor~1"),
            ("/søg a~5", i64::MAX, "1m|søg|a~5~1y2p0ij32e8e7"),
        ] {
            let text = encode_marked(&request(line), row).unwrap();
            assert_eq!(text, expected);
            assert_eq!(marked_row(&text), Some(row));
            assert_eq!(decode(&text), Ok(Action::Ask { request: request(line) }));
        }
        for text in [
            "1a|søg|a~5",
            "1m|søg|a",
            "1m|søg|a~",
            "1m|søg|a~+5",
            "1m|søg|a~A",
            "1m|søg|a~05",
            "2m|søg|a~5",
            "",
        ] {
            assert_eq!(marked_row(text), None, "{text}");
        }
        assert_eq!(decode("1a|søg|a~5"), Ok(Action::Ask { request: request("/søg a~5") }));
        assert_eq!(decode("1m|søg|a~+5"), Err(Unreadable::NotOurs));
    }

    #[test]
    fn a_mark_takes_room_too() {
        let fits = "ø".repeat(CUSTOM_ID - "1m|søg|~zz".chars().count());
        let (row, longer) = (36 * 36 - 1, request(&format!("/søg {fits}ø")));
        let text = encode_marked(&request(&format!("/søg {fits}")), row).unwrap();
        assert_eq!(text.chars().count(), CUSTOM_ID);
        assert_eq!(encode_marked(&longer, row), None);
    }

    #[test]
    fn a_cpr_number_gets_none() {
        for (line, gets_one) in
            [("/søg 010190-1234", false), ("/søg brev 0101901234", false), ("/søg 1234", true)]
        {
            assert_eq!(encode(&Action::Ask { request: request(line) }).is_some(), gets_one, "{line}");
        }
    }

    #[test]
    fn what_is_no_button_of_ours_is_told_apart() {
        use Unreadable::{NotOurs, OtherVersion};
        let too_long = format!("1a|søg|{}", "x".repeat(CUSTOM_ID));
        for (text, expected) in [
            ("", NotOurs),
            ("slet alt", NotOurs),
            ("1", NotOurs),
            ("1a", NotOurs),
            ("1|sag|27", NotOurs),
            ("1x|sag|27", NotOurs),
            ("1a|sag", NotOurs),
            ("1a3|sag|27", NotOurs),
            ("1p|sag|27", NotOurs),
            ("1p1|sag|27", NotOurs),
            ("1p-1.20261121|sag|27", NotOurs),
            ("1p+1.20261121|sag|27", NotOurs),
            ("1p1.+0261121|sag|27", NotOurs),
            ("1p1.-20261121|sag|27", NotOurs),
            ("1p1.1121|sag|27", NotOurs),
            ("1p10000.20261121|sag|27", NotOurs),
            ("1p99999999999999999999.20261121|sag|27", NotOurs),
            ("1p1.20261341|sag|27", NotOurs),
            ("1a|sag|\\x", NotOurs),
            (too_long.as_str(), NotOurs),
            ("2a|sag|27", OtherVersion),
            ("0p1|sag|27", OtherVersion),
            ("1a|budget|27", OtherVersion),
            ("1a|sag|27|extra", OtherVersion),
        ] {
            assert_eq!(decode(text), Err(expected), "{text}");
        }
    }
}
