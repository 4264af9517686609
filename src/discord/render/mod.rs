//! An answer as messages within Discord's limits: pages of cards, the buttons below them, and all words of a card that was cut.
//! Everything here is a function of the answer: the same question on the same day gives the same pages.

mod buttons;
mod card;
mod embed;
mod letter;
mod pages;
mod whole;

use commands::{Answer, AnswerFile, Card, Suggestion, UserError, danish};

use super::custom_id::Question;
use super::limits::CONTENT;
use super::markdown::fit;
use super::message::{File, Message};

pub(crate) use letter::letter;
pub(crate) use whole::whole;

/// What is said above an answer whose question no button can carry.
const NO_BUTTONS: &str =
    "Der kan ikke være knapper til spørgsmålet: Det er for langt, eller der står et CPR-nummer i det.";

/// Where a message is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// To the person who asked, in a channel that others see too.
    Privately,
    /// To everybody in the channel.
    Openly,
    /// In a direct message, where nobody else is.
    Directly,
}

/// A page of an answer, from 0; the last one where there are fewer.
pub(crate) fn page(answer: &Answer, question: &Question, page: usize, shown: Shown) -> Message {
    let mut pages = pages::pages(answer);
    let count = pages.len();
    let page = page.min(count.saturating_sub(1));
    let Some(this) = (page < count).then(|| pages.swap_remove(page)) else { return Message::default() };
    let cards = answer.cards.get(this.cards.0..this.cards.1).unwrap_or_default();
    let below = buttons::Below { question, page, count, is_cut: this.is_cut, is_found: answer.found, shown };
    let (rows, all_fit) = below.rows(cards, &answer.suggestions);
    Message {
        content: if all_fit { String::new() } else { NO_BUTTONS.to_owned() },
        embeds: this.embeds.into_iter().map(embed::Embed::built).collect(),
        rows,
        files: answer.file.iter().map(sent_along).collect(),
        private: shown == Shown::Privately,
        ..Message::default()
    }
}

fn sent_along(file: &AnswerFile) -> File {
    File { name: file.name.clone(), text: file.text.clone() }
}

/// Each of several cases by its latest decision, and a button to every number.
pub(crate) fn several(answers: &[(Answer, Question)], numbers: &[String], shown: Shown) -> Message {
    let cards = answers.iter().map(|(answer, _)| match answer.cards.first() {
        Some(card) if answer.found => Card { heading: answer.title.clone(), ..card.clone() },
        _ => Card { heading: answer.title.clone(), ..Card::default() },
    });
    let ask = |number: &String| Suggestion { ask: format!("/sag {number}"), label: String::new() };
    let together = Answer {
        title: format!("{} i beskeden", danish::count(numbers.len(), "sagsnummer", "sagsnumre")),
        cards: cards.collect(),
        suggestions: numbers.iter().map(ask).collect(),
        found: true,
        ..Answer::default()
    };
    // What no longer fits on the first page is a button away.
    let first = pages::pages(&together).into_iter().next().unwrap_or_default();
    Message {
        embeds: first.embeds.into_iter().map(embed::Embed::built).collect(),
        rows: buttons::asks(&together.suggestions),
        private: shown == Shown::Privately,
        ..Message::default()
    }
}

/// Why there is no answer; only the person who asked sees it.
pub(crate) fn error(error: &UserError) -> Message {
    let (UserError::BadUse { text, .. } | UserError::Trouble { text }) = error;
    let suggestions = match error {
        UserError::BadUse { suggestions, .. } => suggestions.as_slice(),
        UserError::Trouble { .. } => &[],
    };
    Message { rows: buttons::asks(suggestions), ..notice(text) }
}

/// A sentence in place of an answer that could not be given.
pub(crate) fn apology(text: &str) -> Message {
    Message { is_apology: true, ..notice(text) }
}

/// A sentence of our own to the person who asked.
pub(crate) fn notice(text: &str) -> Message {
    Message { content: fit(text, CONTENT).text, private: true, is_notice: true, ..Message::default() }
}
