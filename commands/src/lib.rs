//! All that people can ask. Synchronous, and without any knowledge of who asks or where the answer is shown.
//!
//! [`COMMANDS`] is the one table of commands: the line parser, the help, Tab and later Discord's registration read it.

mod answer;
mod choose;
mod complete;
pub mod danish;
mod historik;
mod hjaelp;
mod line;
mod moede;
mod opfoelgning;
mod raad;
mod sag;
mod soeg;
mod treatment;

use std::collections::BTreeMap;

use index::Archive;
use jiff::civil::Date;

pub use answer::{Answer, Card, Field, Source, Suggestion, UserError};
pub use complete::complete;
pub use line::parse_line;

/// What the configuration tells about the council. Everything may be empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Council {
    /// The municipality's name, for greetings.
    pub name: String,
    /// The body whose members `/råd` shows first.
    pub body: Option<String>,
    /// Abbreviations of bodies, in capitals: `SOS` is `Social- og Sundhedsudvalget`.
    pub abbreviations: BTreeMap<String, String>,
}

/// A question, understood as far as its form goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Which command.
    pub command: &'static Command,
    /// Name of an option of the command, and what was typed for it; never empty, each name at most once.
    pub options: Vec<(&'static str, String)>,
}

impl Request {
    /// What was typed for an option.
    pub fn option(&self, name: &str) -> Option<&str> {
        self.options.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }
}

/// A command of the table.
#[derive(Debug)]
pub struct Command {
    /// Danish name without the slash; a Discord command name too (1–32 lower-case letters).
    pub name: &'static str,
    /// Other spellings that the terminal takes.
    pub aliases: &'static [&'static str],
    /// What it gives, one line.
    pub summary: &'static str,
    /// Options in the order in which they can be given without a name.
    pub options: &'static [OptionSpec],
    /// Lines to try.
    pub examples: &'static [&'static str],
    run: fn(&Context<'_>, &Request) -> Result<Answer, UserError>,
}

impl PartialEq for Command {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Command {}

/// An option of a command.
#[derive(Debug, PartialEq, Eq)]
pub struct OptionSpec {
    /// Danish name.
    pub name: &'static str,
    /// What to write, one line.
    pub summary: &'static str,
    /// What it holds.
    pub kind: OptionKind,
    /// The command cannot be answered without it.
    pub required: bool,
}

/// What an option holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionKind {
    /// A case number, whole or in part, or words of a title.
    Case,
    /// The name of a body, whole or in part, or its abbreviation.
    Body,
    /// A day.
    Date,
    /// Any words.
    Words,
}

const BODY: OptionSpec = OptionSpec {
    name: "udvalg",
    summary: "udvalg, råd eller byråd; en del af navnet eller forkortelsen er nok",
    kind: OptionKind::Body,
    required: false,
};

/// All commands, in the order in which the help shows them.
pub static COMMANDS: &[Command] = &[
    Command {
        name: "sag",
        aliases: &["case"],
        summary: "Den seneste beslutning i en sag",
        options: &[OptionSpec {
            name: "nummer",
            summary: "sagsnummer, en del af det, eller ord fra titlen",
            kind: OptionKind::Case,
            required: true,
        }],
        examples: &["/sag 27.00.00-A00-5-15", "/sag 27.00.00", "/sag rammer for samarbejdet"],
        run: sag::run,
    },
    Command {
        name: "historik",
        aliases: &["historie"],
        summary: "Alle behandlinger af en sag, den ældste først",
        options: &[OptionSpec {
            name: "nummer",
            summary: "sagsnummer, en del af det, eller ord fra titlen",
            kind: OptionKind::Case,
            required: true,
        }],
        examples: &["/historik 27.00.00-A00-5-15"],
        run: historik::run,
    },
    Command {
        name: "opfølgning",
        aliases: &["opfoelgning", "opfolgning", "opf"],
        summary: "Det, der kommer igen, og hvornår",
        options: &[BODY],
        examples: &["/opfølgning", "/opfølgning udvalg:social"],
        run: opfoelgning::run,
    },
    Command {
        name: "råd",
        aliases: &["raad", "rad", "medlemmer"],
        summary: "Hvem der sidder i et udvalg eller råd",
        options: &[
            BODY,
            OptionSpec {
                name: "dato",
                summary: "dagen, det skal gælde for; i dag, hvis intet skrives",
                kind: OptionKind::Date,
                required: false,
            },
        ],
        examples: &["/råd", "/råd beskæftigelsesrådet dato:2019-01-01"],
        run: raad::run,
    },
    Command {
        name: "møde",
        aliases: &["moede", "mode"],
        summary: "Punkter og beslutninger på et møde",
        options: &[
            BODY,
            OptionSpec {
                name: "dato",
                summary: "mødets dag; det seneste møde, hvis intet skrives",
                kind: OptionKind::Date,
                required: false,
            },
        ],
        examples: &["/møde", "/møde social dato:12-08-2020"],
        run: moede::run,
    },
    Command {
        name: "søg",
        aliases: &["soeg", "sog"],
        summary: "Søg med ord i alle referater",
        options: &[OptionSpec {
            name: "ord",
            summary: "ordene, der skal findes",
            kind: OptionKind::Words,
            required: true,
        }],
        examples: &["/søg samarbejdsaftale", "/søg budgetopfølgning 2021"],
        run: soeg::run,
    },
    Command {
        name: "hjælp",
        aliases: &["hjaelp", "hjalp", "help", "?"],
        summary: "Hvad man kan spørge om",
        options: &[OptionSpec {
            name: "kommando",
            summary: "navnet på en kommando",
            kind: OptionKind::Words,
            required: false,
        }],
        examples: &["/hjælp", "/hjælp sag"],
        run: hjaelp::run,
    },
];

/// What every command is answered from.
struct Context<'a> {
    archive: &'a Archive,
    council: &'a Council,
    today: Date,
}

/// Answers a question from the archive, as of `today`.
///
/// # Errors
/// [`UserError::BadUse`] when an option cannot be read, [`UserError::Trouble`] when the archive cannot.
pub fn answer(
    archive: &Archive,
    council: &Council,
    request: &Request,
    today: Date,
) -> Result<Answer, UserError> {
    (request.command.run)(&Context { archive, council, today }, request)
}

impl From<index::Error> for UserError {
    fn from(error: index::Error) -> Self {
        Self::Trouble { text: error.danish() }
    }
}

/// A question that cannot be answered as it was put.
fn bad_use(text: impl Into<String>, suggestions: Vec<Suggestion>) -> UserError {
    UserError::BadUse { text: text.into(), suggestions }
}

/// A line to ask next.
fn suggest(ask: impl Into<String>, label: impl Into<String>) -> Suggestion {
    Suggestion { ask: ask.into(), label: label.into() }
}
