//! What every command gives back: plain data, rendered by the terminal, by Discord and as JSON alike.

use minutes::Outcome;
use serde::Serialize;

use crate::{Request, danish};

/// One answer. Serialized, it is the `--json` of `referent ask`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Answer {
    /// What the answer is about, one line.
    pub title: String,
    /// Danish prose before the cards, one paragraph a line; may be empty.
    pub text: String,
    /// One for each item or row that the answer rests on, in the order shown; empty when nothing was found.
    pub cards: Vec<Card>,
    /// What one might ask next, best first.
    pub suggestions: Vec<Suggestion>,
    /// Whether the minutes held what was asked for. Not part of the JSON: there, no cards tell it.
    #[serde(skip)]
    pub found: bool,
    /// The question as it was understood: whole numbers and names, days as `YYYY-MM-DD`. Asked again on the same day it gives
    /// the same cards; where several things may have been meant it is what was typed. None until [`crate::answer`] sets it.
    #[serde(skip)]
    pub request: Option<Request>,
    /// A file that was asked for with the answer. Not part of the JSON.
    #[serde(skip)]
    pub file: Option<AnswerFile>,
}

/// A file that goes with an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerFile {
    /// Its name: letters, hyphens and one dot.
    pub name: String,
    /// All of it.
    pub text: String,
    /// What is in it, in Danish: `12 begivenheder`.
    pub what: String,
    /// The command that makes it in a terminal.
    pub command: String,
}

impl Answer {
    /// Adds a line to the prose before the cards.
    pub(crate) fn add_line(&mut self, line: &str) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(line);
    }
}

/// One item or row of an answer.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Card {
    /// What the card is about, one line.
    pub heading: String,
    /// Where the matter stands, in Danish; None on cards that are not treatments.
    pub status: Option<String>,
    /// The same as a code; None where `status` is.
    pub outcome: Option<Outcome>,
    /// Facts in the order shown.
    pub fields: Vec<Field>,
    /// Where the card's facts stand; None when they come from no single item.
    pub item: Option<Source>,
    /// What it stands under together with the cards beside it; None where cards are not grouped. Not part of the JSON.
    #[serde(skip)]
    pub group: Option<String>,
}

/// One named fact of a card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Danish name of the fact.
    pub name: String,
    /// The fact; never empty.
    pub value: String,
    /// The value is the minutes' own words, to be shown as a quotation.
    pub quote: bool,
    /// All of the words, where the value is a shortened quotation; None where nothing is left out.
    #[serde(skip)]
    pub whole: Option<String>,
    /// The bytes of the value that were asked for, in order; to be shown so that they stand out.
    #[serde(skip)]
    pub marks: Vec<std::ops::Range<usize>>,
}

impl Field {
    /// A named fact.
    pub fn new(name: &str, value: impl Into<String>) -> Self {
        Self { name: name.to_owned(), value: value.into(), quote: false, whole: None, marks: Vec::new() }
    }

    /// A named fact in the minutes' own words.
    pub fn quoted(name: &str, value: impl Into<String>) -> Self {
        Self { quote: true, ..Self::new(name, value) }
    }

    /// The same, shortened to at most `most` characters.
    pub(crate) fn shortened(name: &str, text: &str, most: usize) -> Self {
        let whole = (danish::one_line(text).chars().count() > most).then(|| text.to_owned());
        Self { whole, ..Self::quoted(name, danish::shorten(text, most)) }
    }

    /// The same fact; a quotation longer than `most` characters is cut at a word, its lines as they are.
    pub(crate) fn cut(self, most: usize) -> Self {
        if !self.quote || self.value.chars().nth(most).is_none() {
            return self;
        }
        let kept: String = self.value.chars().take(most.saturating_sub(1)).collect();
        Self { value: danish::cut_at_word(&kept), whole: Some(self.value), marks: Vec::new(), ..self }
    }
}

/// Where a fact stands. Everything is as printed in the minutes; None where they do not say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Source {
    /// The body that met.
    pub body: Option<String>,
    /// The day of the meeting, `YYYY-MM-DD`.
    pub date: Option<String>,
    /// The item's number.
    pub number: Option<String>,
    /// The case number.
    pub case_number: Option<String>,
    /// The item's or document's title.
    pub title: Option<String>,
    /// Address of the page, when the source has one.
    pub url: Option<String>,
    /// Name of the file within its source.
    pub file: Option<String>,
}

/// Something to ask next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// The line to type, for example `/historik 27.00.00-A00-5-15`.
    pub ask: String,
    /// What it gives, in Danish; may be empty.
    pub label: String,
}

/// Why a question could not be answered. The text is what the person reads, in Danish.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UserError {
    /// The question is not well formed; the text says what to write instead.
    #[error("{text}")]
    BadUse {
        /// What is wrong and what to do.
        text: String,
        /// Lines that may have been meant.
        suggestions: Vec<Suggestion>,
    },
    /// The archive could not be read; the text says what to do.
    #[error("{text}")]
    Trouble {
        /// What happened and what to do.
        text: String,
    },
}
