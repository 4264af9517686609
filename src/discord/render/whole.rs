//! *Hele teksten*: every word of a page, in parts one can turn, or as a file when it is long.

use commands::{Answer, Card};

use super::embed::Embed;
use super::{buttons, pages};
use crate::discord::custom_id::{Action, Question, encode};
use crate::discord::limits::{EMBED_DESCRIPTION, EMBED_TITLE};
use crate::discord::markdown::{file_name, fit, fit_line, length, line};
use crate::discord::message::{File, Message};
use crate::in_common::cite;
use crate::neutral;

/// Units of one part, small enough to fit when every one of them is escaped.
const PART: usize = 2_000;
/// What has more parts than this is sent as a file.
const MOST_PARTS: usize = 5;
/// A longer text is cut, in bytes: Discord takes 10 MB from anybody.
const FILE: usize = 8 << 20;

/// A part of all words of a page, to the presser alone: of the cards, and of what stands before the first of them.
pub(crate) fn whole(answer: &Answer, question: &Question, page: usize, part: usize) -> Message {
    let pages = pages::pages(answer);
    let page = page.min(pages.len().saturating_sub(1));
    let (from, to) = pages.get(page).map_or((0, 0), |page| page.cards);
    let cards = answer.cards.get(from..to).unwrap_or_default();
    let before = if page == 0 { before_cards(answer) } else { Vec::new() };
    let text: Vec<String> = before.into_iter().chain(cards.iter().map(all_words)).collect();
    let text = neutral::lines(&text.join("\n\n"));
    let parts = parts(&text);
    let part = part.min(parts.len().saturating_sub(1));
    let to = |part| encode(&Action::Part { question: question.clone(), page, part });
    let turning = buttons::turning(part, parts.len(), to);
    // Parts that no button leads to would be lost.
    if parts.len() > MOST_PARTS || (parts.len() > 1 && turning.is_none()) {
        return as_file(answer, cards, text);
    }
    let embed = Embed {
        title: line(&answer.title, EMBED_TITLE),
        description: fit(parts.get(part).map_or("", |part| part), EMBED_DESCRIPTION).text,
        ..Embed::default()
    };
    Message {
        embeds: vec![embed.built()],
        rows: turning.into_iter().collect(),
        private: true,
        ..Message::default()
    }
}

/// What stands before the first card. The title stands above every part already, unless it is too long for that.
fn before_cards(answer: &Answer) -> Vec<String> {
    let title = fit_line(&answer.title, EMBED_TITLE).cut.then(|| answer.title.clone());
    let text = Some(answer.text.clone()).filter(|text| !text.is_empty());
    title.into_iter().chain(text).collect()
}

/// A card without anything left out.
fn all_words(card: &Card) -> String {
    let mut lines: Vec<String> = vec![card.heading.clone()];
    lines.extend(card.status.clone());
    for field in &card.fields {
        let value = field.whole.as_ref().unwrap_or(&field.value);
        lines.push(if field.quote {
            format!("\n{}:\n{value}\n", field.name)
        } else {
            format!("{}: {value}", field.name)
        });
    }
    lines.extend(card.item.as_ref().and_then(cite));
    lines.join("\n")
}

/// A text in pieces of at most [`PART`] units, parted between words where there are any.
fn parts(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let mut units = 0;
        let end = rest.char_indices().find_map(|(at, c)| {
            units += c.len_utf16();
            (units > PART).then_some(at)
        });
        let at = match end {
            None => rest.len(),
            Some(end) => rest[..end].rfind(char::is_whitespace).filter(|at| *at > end / 2).unwrap_or(end),
        };
        parts.push(rest[..at].trim_end());
        rest = rest[at..].trim_start();
    }
    parts
}

fn as_file(answer: &Answer, cards: &[Card], mut text: String) -> Message {
    let mut end = text.len().min(FILE);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    let number = cards.iter().find_map(|card| card.item.as_ref()?.case_number.as_deref());
    let name = file_name(&["ordlyd", number.unwrap_or(&answer.title)], "txt");
    debug_assert!(length(&name) < EMBED_TITLE);
    Message {
        content: "Her er hele ordlyden som fil.".to_owned(),
        files: vec![File { name, text }],
        private: true,
        ..Message::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use commands::Field;

    #[test]
    fn no_part_is_out_of_reach() {
        let card =
            Card { fields: vec![Field::quoted("Beslutning", "ord ".repeat(PART / 2))], ..Card::default() };
        let answer = Answer { cards: vec![card], ..Answer::default() };
        // A button for parts carries one number more than that for all of the text.
        let longest = 100 - "1w0.20261121|søg|".chars().count();
        for (length, is_file) in [(longest - 2, false), (longest, true)] {
            let request = commands::parse_line(&format!("/søg {}", "x".repeat(length))).unwrap();
            let question = Question { request, today: "2026-11-21".parse().unwrap() };
            assert!(encode(&Action::Whole { question: question.clone(), page: 0 }).is_some());
            let message = whole(&answer, &question, 0, 0);
            assert_eq!((message.files.len(), message.rows.len()), if is_file { (1, 0) } else { (0, 1) });
        }
    }
}
