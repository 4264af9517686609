//! All that people can ask. Synchronous, and without any knowledge of who asks or where the answer is shown.
//!
//! [`COMMANDS`] is the one table of commands: the line parser, the help, Tab and Discord's registration read it.

mod answer;
mod beslaegtet;
mod calendar;
mod choose;
mod clock;
mod complete;
mod corrected;
pub mod danish;
mod foelg;
mod foelger;
mod follow_up_state;
mod following;
mod historik;
mod hjaelp;
mod hvorfor;
mod letter;
mod line;
mod moede;
mod number;
mod opfoelgning;
mod paging;
mod period;
mod person;
mod propose;
mod raad;
mod request;
mod roster;
mod run;
mod sag;
mod seats;
mod soeg;
mod spoerg;
mod status;
mod table;
mod treatment;

use std::collections::BTreeMap;

use index::Archive;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

pub use answer::{Answer, AnswerFile, Card, Field, Source, Suggestion, UserError};
pub use clock::{clock, quiet_hours};
pub use complete::complete;
pub use following::{MOST_FOLLOWED, TERMINAL};
pub use index::Quiet;
pub use letter::letter;
pub use line::parse_line;
pub use propose::{MOST_LABEL_UNITS, MOST_PROPOSALS, Proposal, propose};
pub use request::Request;
pub use roster::{Roster, RosterSeat};
pub use spoerg::Before;
pub use table::{COMMANDS, Cards, Command, MOST_SUMMARY_CHARS, OptionKind, OptionSpec};

/// What the configuration tells about the council. Everything may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Council {
    /// The municipality's name, for greetings.
    pub name: String,
    /// Where it is, for telling what day and hour it is there.
    pub time_zone: TimeZone,
    /// The body whose members `/råd` shows first.
    pub body: Option<String>,
    /// Abbreviations of bodies, in capitals: `SOS` is `Social- og Sundhedsudvalget`.
    pub abbreviations: BTreeMap<String, String>,
    /// The council's own list of seats, which goes before the minutes; empty without one.
    pub roster: Roster,
}

impl Default for Council {
    fn default() -> Self {
        Self {
            name: String::new(),
            time_zone: TimeZone::UTC,
            body: None,
            abbreviations: BTreeMap::new(),
            roster: Roster::default(),
        }
    }
}

/// What an answer depends on besides the archive and the question.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The council.
    pub council: &'a Council,
    /// What day it is there.
    pub today: Date,
    /// Facts about the running process that the archive does not know, for `/status`; may be empty.
    pub process: &'a [Field],
    /// How each source is doing by its name, for `/status`; may be empty.
    pub sources: &'a [Field],
    /// Who asks.
    pub asker: Asker<'a>,
}

/// Who asks, as far as an answer depends on it. By default somebody whom nothing can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asker<'a> {
    /// Where what is followed is told, as the outbox calls places ([`index::OutboxRow::place`]): `discord:` with a channel's
    /// number, or [`TERMINAL`]. None where nothing can be told.
    pub place: Option<&'a str>,
    /// Whether they may decide what the place follows.
    pub may_manage: bool,
    /// When it is.
    pub now: Timestamp,
    /// When nothing is told to whoever says nothing else; None: there are no such hours.
    pub quiet: Option<Quiet>,
    /// What they were answered last in this place, for `/spørg`; None where nothing was, or too long ago.
    pub before: Option<&'a Before>,
}

impl Default for Asker<'_> {
    fn default() -> Self {
        Self { place: None, may_manage: false, now: Timestamp::UNIX_EPOCH, quiet: None, before: None }
    }
}

/// What every command is answered from.
struct Context<'a> {
    archive: &'a Archive,
    council: &'a Council,
    today: Date,
    process: &'a [Field],
    sources: &'a [Field],
    asker: Asker<'a>,
    /// Cards wanted at most.
    cards: usize,
    /// Which of a command's numbers of cards that is.
    most: fn(&Cards) -> usize,
    /// What answers any command: one may ask another.
    run: fn(&Context<'_>, &Request) -> Result<Answer, UserError>,
}

impl Context<'_> {
    /// The answer of a command that another one gives.
    fn answer(&self, request: &Request) -> Result<Answer, UserError> {
        let context = Context { cards: (self.most)(&request.command.cards), ..*self };
        (self.run)(&context, request)
    }
}

/// Answers a question from the archive, with as many cards as there are, up to the command's [`Cards::whole`].
/// [`Answer::request`] is set.
///
/// # Errors
/// [`UserError::BadUse`] when an option cannot be read, [`UserError::Trouble`] when the archive cannot.
pub fn answer(archive: &Archive, setting: &Setting<'_>, request: &Request) -> Result<Answer, UserError> {
    answer_with(|cards| cards.whole, archive, setting, request)
}

/// The same with no more cards than are read at once, the command's [`Cards::brief`].
///
/// # Errors
/// As [`answer`].
pub fn brief_answer(
    archive: &Archive,
    setting: &Setting<'_>,
    request: &Request,
) -> Result<Answer, UserError> {
    answer_with(|cards| cards.brief, archive, setting, request)
}

fn answer_with(
    most: fn(&Cards) -> usize,
    archive: &Archive,
    setting: &Setting<'_>,
    request: &Request,
) -> Result<Answer, UserError> {
    let Setting { council, today, process, sources, asker } = *setting;
    let cards = most(&request.command.cards);
    let context = Context { archive, council, today, process, sources, asker, cards, most, run: run::run };
    let mut answer = context.answer(request)?;
    let cards = most(&answer.request.get_or_insert_with(|| request.clone()).command.cards);
    // Commands that know what is best to leave out have done so.
    let there = answer.cards.len();
    if there > cards {
        answer.cards.truncate(cards);
        answer.add_line(&format!("De {cards} første af {there} vises."));
    }
    Ok(answer)
}

impl From<index::Error> for UserError {
    fn from(error: index::Error) -> Self {
        Self::Trouble { text: error.danish() }
    }
}

/// A question that cannot be answered as it was put. What it repeats of the question is without CPR numbers.
fn bad_use(text: impl Into<String>, mut suggestions: Vec<Suggestion>) -> UserError {
    for suggestion in &mut suggestions {
        suggestion.ask = minutes::read::without_cpr(&suggestion.ask);
    }
    UserError::BadUse { text: minutes::read::without_cpr(&text.into()), suggestions }
}

/// A line to ask next.
fn suggest(ask: impl Into<String>, label: impl Into<String>) -> Suggestion {
    Suggestion { ask: ask.into(), label: label.into() }
}
