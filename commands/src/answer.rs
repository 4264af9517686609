//! What every command gives back: plain data, rendered by the terminal, by Discord and as JSON alike.

use minutes::Outcome;
use serde::Serialize;

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
