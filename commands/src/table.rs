//! The table of commands: their names in Danish, what they give in Danish and English, and their options.

use crate::danish;

// Commands that others name.
pub(crate) const RELATED: &str = "beslægtet";
pub(crate) const FOLLOWED: &str = "følger";
pub(crate) const SEATS: &str = "råd";
pub(crate) const FOLLOW_UPS: &str = "opfølgning";
/// The one that reads questions, and its option.
pub(crate) const ASK: &str = "spørg";
pub(crate) const QUESTION: &str = "spørgsmål";

/// A command of the table.
#[derive(Debug)]
pub struct Command {
    /// Danish name without the slash; a Discord command name too (1–32 lower-case letters).
    pub name: &'static str,
    /// Other spellings that the terminal takes.
    pub aliases: &'static [&'static str],
    /// What it gives, one line of at most [`MOST_SUMMARY_CHARS`].
    pub summary: &'static str,
    /// The same in English.
    pub english: &'static str,
    /// Options in the order in which they can be given without a name; those that are required come first.
    pub options: &'static [OptionSpec],
    /// Lines to try.
    pub examples: &'static [&'static str],
    /// The answer is for the asker alone, however the others are shown.
    pub private_always: bool,
    /// Cards that an answer has at most; where there are more, it says so.
    pub cards: Cards,
    pub(crate) id: Id,
}

/// The options of a search that say what is looked for without a word.
const LIMITS: [&str; 6] = ["udvalg", "periode", "udfald", "sagsbehandler", "person", "kle"];

/// Which command it is, for the one that runs it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Id {
    Case,
    History,
    Related,
    FollowUps,
    Seats,
    Person,
    Meeting,
    Search,
    Question,
    Follow,
    Followed,
    Why,
    Status,
    Help,
}

impl PartialEq for Command {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Command {}

impl Command {
    /// An option by its exact name.
    pub fn option(&self, name: &str) -> Option<&'static OptionSpec> {
        self.options.iter().find(|option| option.name == name)
    }

    /// The first required option that is not given; None where nothing is missing. A search may be of limits alone, although
    /// whoever is shown its options is asked for words first.
    pub fn lacks(&self, is_given: impl Fn(&str) -> bool) -> Option<&'static OptionSpec> {
        let is_limited = matches!(self.id, Id::Search) && LIMITS.iter().any(|name| is_given(name));
        self.options.iter().find(|option| option.required && !is_limited && !is_given(option.name))
    }
}

/// How many cards an answer has at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cards {
    /// Where all are read at once, as in a terminal: see [`crate::brief_answer`].
    pub brief: usize,
    /// Where one turns pages: see [`crate::answer`].
    pub whole: usize,
}

/// An option of a command.
#[derive(Debug, PartialEq, Eq)]
pub struct OptionSpec {
    /// Danish name.
    pub name: &'static str,
    /// What to write, one line of at most [`MOST_SUMMARY_CHARS`].
    pub summary: &'static str,
    /// The same in English.
    pub english: &'static str,
    /// What it holds.
    pub kind: OptionKind,
    /// The command cannot be answered without it.
    pub required: bool,
    /// Characters that it may have where the question must fit in a button of Discord's (custom_id: 100 characters).
    pub max_chars: u16,
}

/// What an option holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OptionKind {
    /// A case number, whole or in part, or words of a title.
    Case,
    /// The name of a body, whole or in part, or its abbreviation.
    Body,
    /// A person's name, or a part of it.
    Person,
    /// A day.
    Date,
    /// A day or a run of days, in words or numbers.
    Period,
    /// Any words.
    Words,
    /// One of these: what is shown, and the value.
    Choice(&'static [(&'static str, &'static str)]),
}

/// Characters of a summary in either language: what Discord lets a description have (Application Command Structure).
pub const MOST_SUMMARY_CHARS: usize = 100;

/// See [`OptionSpec::max_chars`].
const TEXT_CHARS: u16 = 80;
const DATE_CHARS: u16 = 40;
const CHOICE_CHARS: u16 = 32;
const NUMBER_CHARS: u16 = 20;
/// A question is never in a button: the command that it is read as is.
const QUESTION_CHARS: u16 = 300;

const CASE: OptionSpec = OptionSpec {
    name: "nummer",
    summary: "sagsnummer, en del af det, eller ord fra titlen",
    english: "case number, a part of it, or words of the title",
    kind: OptionKind::Case,
    required: true,
    max_chars: TEXT_CHARS,
};

const BODY: OptionSpec = OptionSpec {
    name: "udvalg",
    summary: "udvalg, råd eller byråd; en del af navnet eller forkortelsen er nok",
    english: "committee, board or council; a part of its name or its abbreviation will do",
    kind: OptionKind::Body,
    required: false,
    max_chars: TEXT_CHARS,
};

/// The same where it may be left out.
const CASE_FOLLOWED: OptionSpec = OptionSpec { name: "sag", required: false, ..CASE };

const DATE: OptionSpec = OptionSpec {
    name: "dato",
    summary: "mødets dag eller en periode; det seneste møde, hvis intet skrives",
    english: "the day of the meeting or a period; the latest meeting when left out",
    kind: OptionKind::Date,
    required: false,
    max_chars: DATE_CHARS,
};

/// The number of something in a list that was shown before.
const fn numbered(name: &'static str, summary: &'static str, english: &'static str) -> OptionSpec {
    OptionSpec { name, summary, english, kind: OptionKind::Words, required: false, max_chars: NUMBER_CHARS }
}

/// The commands that `/hjælp` explains: all of them.
const NAMES: &[(&str, &str)] = &[
    ("/sag", "sag"),
    ("/historik", "historik"),
    ("/beslægtet", "beslægtet"),
    ("/opfølgning", "opfølgning"),
    ("/råd", "råd"),
    ("/person", "person"),
    ("/møde", "møde"),
    ("/søg", "søg"),
    ("/spørg", "spørg"),
    ("/følg", "følg"),
    ("/følger", "følger"),
    ("/hvorfor", "hvorfor"),
    ("/status", "status"),
    ("/hjælp", "hjælp"),
];

/// What the option `udfald` offers.
pub(crate) const OUTCOMES: &[(&str, &str)] = &[
    ("godkendt", "godkendt"),
    ("afvist", "afvist"),
    ("udsat", "udsat"),
    ("drøftet", "drøftet"),
    ("taget til efterretning", "efterretning"),
    ("sendt videre", "sendt videre"),
    ("valgt eller udpeget", "valgt"),
];

/// All commands, in the order in which the help shows them.
pub static COMMANDS: &[Command] = &[
    Command {
        name: "sag",
        aliases: &["case"],
        summary: "Den seneste beslutning i en sag",
        english: "The latest decision on a case",
        options: &[CASE],
        examples: &["/sag 27.00.00-A00-5-15", "/sag 27.00.00", "/sag rammer for samarbejdet"],
        private_always: false,
        cards: Cards { brief: 50, whole: 100 },
        id: Id::Case,
    },
    Command {
        name: "historik",
        aliases: &["historie"],
        summary: "Alle behandlinger af en sag, den ældste først",
        english: "Every treatment of a case, the oldest first",
        options: &[CASE],
        examples: &["/historik 27.00.00-A00-5-15"],
        private_always: false,
        cards: Cards { brief: 100, whole: 500 },
        id: Id::History,
    },
    Command {
        name: RELATED,
        aliases: &["beslaegtet", "beslagtet", "relateret"],
        summary: "Andre sager, der hører sammen med en sag, og hvorfor",
        english: "Other cases that belong together with a case, and why",
        options: &[CASE],
        examples: &["/beslægtet 27.00.00-A00-5-15"],
        private_always: false,
        cards: Cards { brief: 10, whole: 25 },
        id: Id::Related,
    },
    Command {
        name: FOLLOW_UPS,
        aliases: &["opfoelgning", "opfolgning", "opf"],
        summary: "Det, der kommer igen, og hvornår",
        english: "What comes back, and when",
        options: &[
            BODY,
            CASE_FOLLOWED,
            OptionSpec {
                name: "periode",
                summary: "en dag, uge, måned, årstid eller andet: efteråret 2020, uge 34, næste måned",
                english: "a day, week, month, season or other period, in Danish: uge 34, næste måned",
                kind: OptionKind::Period,
                required: false,
                max_chars: DATE_CHARS,
            },
            OptionSpec {
                name: "tilstand",
                summary: "kun det, der er kommende, behandlet, forfaldent, ukendt, aflyst eller udsat",
                english: "only what is coming, treated, overdue, unknown, cancelled or postponed",
                kind: OptionKind::Choice(&[
                    ("kommende", "kommende"),
                    ("behandlet", "behandlet"),
                    ("forfalden", "forfalden"),
                    ("ukendt", "ukendt"),
                    ("aflyst", "aflyst"),
                    ("udsat", "udsat"),
                    ("alle", "alle"),
                ]),
                required: false,
                max_chars: CHOICE_CHARS,
            },
            OptionSpec {
                name: "ics",
                summary: "ja: også som en fil til kalenderen",
                english: "ja: also as a file for a calendar",
                kind: OptionKind::Choice(&[("ja", "ja")]),
                required: false,
                max_chars: CHOICE_CHARS,
            },
            numbered("side", "siden i listen, fra 1", "the page of the list, from 1"),
        ],
        examples: &[
            "/opfølgning",
            "/opfølgning udvalg:social",
            "/opfølgning periode:næste måned",
            "/opfølgning udvalg:byrådet tilstand:forfalden",
        ],
        private_always: false,
        cards: Cards { brief: 25, whole: 500 },
        id: Id::FollowUps,
    },
    Command {
        name: SEATS,
        aliases: &["raad", "rad", "medlemmer"],
        summary: "Hvem der sidder i et udvalg eller råd",
        english: "Who sits on a committee or board",
        options: &[
            BODY,
            OptionSpec {
                name: "dato",
                summary: "dagen, det skal gælde for; i dag, hvis intet skrives",
                english: "the day asked about; today when left out",
                kind: OptionKind::Date,
                required: false,
                max_chars: DATE_CHARS,
            },
        ],
        examples: &["/råd", "/råd beskæftigelsesrådet dato:2019-01-01"],
        private_always: false,
        cards: Cards { brief: 100, whole: 500 },
        id: Id::Seats,
    },
    Command {
        name: "person",
        aliases: &["hvem", "medlem"],
        summary: "Hvor en person sidder eller har siddet",
        english: "Where a person sits or sat",
        options: &[OptionSpec {
            name: "navn",
            summary: "navnet eller en del af det",
            english: "the name or a part of it",
            kind: OptionKind::Person,
            required: true,
            max_chars: TEXT_CHARS,
        }],
        examples: &["/person helle tangskov", "/person tangskov"],
        private_always: false,
        cards: Cards { brief: 25, whole: 100 },
        id: Id::Person,
    },
    Command {
        name: "møde",
        aliases: &["moede", "mode"],
        summary: "Punkter og beslutninger på et møde",
        english: "The items and decisions of a meeting",
        options: &[BODY, DATE],
        examples: &["/møde", "/møde social dato:12-08-2020"],
        private_always: false,
        cards: Cards { brief: 100, whole: 500 },
        id: Id::Meeting,
    },
    Command {
        name: "søg",
        aliases: &["soeg", "sog"],
        summary: "Søg med ord i alle referater",
        english: "Search all minutes for words",
        options: &[
            OptionSpec {
                name: "ord",
                summary: "ordene; \"ord ord\" står sammen, -ord er ikke med, ord* er begyndelsen af et ord",
                english: "the words; \"word word\" stand together, -word is left out, word* begins a word",
                kind: OptionKind::Words,
                required: true,
                max_chars: TEXT_CHARS,
            },
            BODY,
            OptionSpec {
                name: "periode",
                summary: "2020, 2019-2021, august 2020 eller siden 2019",
                english: "2020, 2019-2021, august 2020 or siden 2019 (since)",
                kind: OptionKind::Words,
                required: false,
                max_chars: DATE_CHARS,
            },
            OptionSpec {
                name: "udfald",
                summary: "kun sager, der blev afgjort sådan",
                english: "only items decided so",
                kind: OptionKind::Choice(OUTCOMES),
                required: false,
                max_chars: CHOICE_CHARS,
            },
            OptionSpec {
                name: "sagsbehandler",
                summary: "kun sager med denne sagsbehandler",
                english: "only items with this caseworker",
                kind: OptionKind::Words,
                required: false,
                max_chars: TEXT_CHARS,
            },
            OptionSpec {
                name: "person",
                summary: "kun, hvor dette navn står",
                english: "only where this name stands",
                kind: OptionKind::Person,
                required: false,
                max_chars: TEXT_CHARS,
            },
            numbered(
                "kle",
                "kun sager under denne KLE-gruppe: 27, 27.36",
                "only cases of this KLE group: 27, 27.36",
            ),
            numbered("side", "siden med fund, fra 1", "the page of what was found, from 1"),
        ],
        examples: &[
            "/søg samarbejdsaftale",
            "/søg afviste sager fra 2021",
            "/søg cykelsti udvalg:teknik",
            "/søg udvalg:teknik periode:2021",
        ],
        private_always: false,
        cards: Cards { brief: 8, whole: 50 },
        id: Id::Search,
    },
    Command {
        name: ASK,
        aliases: &["spoerg", "sporg", "spørgsmål"],
        summary: "Spørg med dine egne ord",
        english: "Ask in your own words, in Danish",
        options: &[OptionSpec {
            name: QUESTION,
            summary: "for eksempel: hvad blev der besluttet om svømmehallen?",
            english: "for example: hvad blev der besluttet om svømmehallen?",
            kind: OptionKind::Words,
            required: true,
            max_chars: QUESTION_CHARS,
        }],
        examples: &[
            "/spørg hvad blev der besluttet om svømmehallen?",
            "/spørg hvem sad i ældrerådet i 2019?",
            "/spørg hvad kommer op i byrådet i efteråret?",
        ],
        private_always: false,
        // Its answers are other commands', and have as many cards as those.
        cards: Cards { brief: 25, whole: 500 },
        id: Id::Question,
    },
    Command {
        name: "følg",
        aliases: &["foelg", "folg", "abonner"],
        summary: "Få besked her om en sag, et udvalg, et emne eller alt nyt",
        english: "Be told here of a case, a committee, a topic or everything new",
        options: &[
            CASE_FOLLOWED,
            BODY,
            OptionSpec {
                name: "emne",
                summary: "ord, som skal stå i et punkt",
                english: "words that an item must hold",
                kind: OptionKind::Words,
                required: false,
                max_chars: TEXT_CHARS,
            },
            OptionSpec {
                name: "alt",
                summary: "ja: alle nye dagsordener og referater",
                english: "ja: all new agendas and minutes",
                kind: OptionKind::Choice(&[("ja", "ja")]),
                required: false,
                max_chars: CHOICE_CHARS,
            },
            OptionSpec {
                name: "hvornår",
                summary: "straks, dagligt eller ugentligt; straks, hvis intet skrives",
                english: "at once (straks), daily (dagligt) or weekly (ugentligt); at once when left out",
                kind: OptionKind::Choice(&[
                    ("straks", "straks"),
                    ("dagligt", "dagligt"),
                    ("ugentligt", "ugentligt"),
                ]),
                required: false,
                max_chars: CHOICE_CHARS,
            },
            OptionSpec {
                name: "stille",
                summary: "tid på døgnet uden beskeder, for eksempel 22-07, eller aldrig",
                english: "hours without messages, such as 22-07, or never (aldrig)",
                kind: OptionKind::Words,
                required: false,
                max_chars: CHOICE_CHARS,
            },
        ],
        examples: &[
            "/følg 27.00.00-A00-5-15",
            "/følg udvalg:byrådet hvornår:dagligt",
            "/følg emne:varmestue",
        ],
        private_always: true,
        cards: Cards { brief: 25, whole: 25 },
        id: Id::Follow,
    },
    Command {
        name: FOLLOWED,
        aliases: &["foelger", "folger", "abonnementer"],
        summary: "Hvad der følges her, med pause og stop",
        english: "What is followed here, to pause it and to stop it",
        options: &[
            numbered("side", "siden i listen", "the page of the list"),
            numbered("pause", "nummeret på det, der skal holde pause", "the number of what is to pause"),
            numbered("genoptag", "nummeret på det, der skal i gang igen", "the number of what is to go on"),
            numbered("stop", "nummeret på det, der ikke skal følges mere", "the number of what is to stop"),
        ],
        examples: &["/følger"],
        private_always: true,
        cards: Cards { brief: 25, whole: 25 },
        id: Id::Followed,
    },
    Command {
        name: "hvorfor",
        aliases: &["why"],
        summary: "Hvorfor der kom en besked her om et møde eller en sag, eller ikke kom en",
        english: "Why a message about a meeting or a case came here, or did not",
        options: &[CASE_FOLLOWED, BODY, DATE],
        examples: &["/hvorfor udvalg:byrådet dato:2020-08-12", "/hvorfor 27.00.00-A00-5-15"],
        private_always: true,
        cards: Cards { brief: 25, whole: 25 },
        id: Id::Why,
    },
    Command {
        name: "status",
        aliases: &["tilstand"],
        summary: "Hvad der er læst ind, og hvordan det går",
        english: "What has been read, and how things are",
        options: &[],
        examples: &["/status"],
        private_always: true,
        cards: Cards { brief: 25, whole: 25 },
        id: Id::Status,
    },
    Command {
        name: "hjælp",
        aliases: &["hjaelp", "hjalp", "help", "?"],
        summary: "Hvad man kan spørge om",
        english: "What one can ask",
        options: &[OptionSpec {
            name: "kommando",
            summary: "navnet på en kommando",
            english: "the name of a command",
            kind: OptionKind::Choice(NAMES),
            required: false,
            max_chars: CHOICE_CHARS,
        }],
        examples: &["/hjælp", "/hjælp sag"],
        private_always: false,
        cards: Cards { brief: 25, whole: 25 },
        id: Id::Help,
    },
];

/// The command of a name, in any of its spellings.
pub(crate) fn find(name: &str) -> Option<&'static Command> {
    let folded = danish::fold(name);
    COMMANDS.iter().find(|command| {
        danish::fold(command.name) == folded
            || danish::fold_short(command.name) == folded
            || command.aliases.contains(&folded.as_str())
    })
}

/// Whether `name:` in a line names an option, of this command or of another. Titles and words to search for may hold a
/// colon; where none are asked for, any word before a colon is meant as an option.
pub(crate) fn names_option(command: &Command, name: &str) -> bool {
    if name.is_empty() {
        return false;
    }
    let folded = danish::fold(name);
    let of_another =
        COMMANDS.iter().flat_map(|other| other.options).any(|option| danish::fold(option.name) == folded);
    let takes_words = command.options.iter().any(|o| matches!(o.kind, OptionKind::Words | OptionKind::Case));
    of_another || (!takes_words && name.chars().all(char::is_alphabetic))
}

/// How a command is written: `Skriv /råd [udvalg] [dato].`
pub(crate) fn usage(command: &Command) -> String {
    let options: Vec<String> = command
        .options
        .iter()
        .map(
            |option| {
                if option.required { format!("<{}>", option.name) } else { format!("[{}]", option.name) }
            },
        )
        .collect();
    format!("Skriv /{} {}", command.name, options.join(" ")).trim_end().to_owned() + "."
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// Most options of a command, and most choices of an option (Discord, Application Command Structure).
    const MOST_OPTIONS: usize = 25;

    #[track_caller]
    fn is_name(name: &str) {
        let letters = name.chars().count();
        assert!((1..=32).contains(&letters) && name.chars().all(char::is_lowercase), "{name}");
    }

    #[track_caller]
    fn is_summary(text: &str) {
        assert!((1..=MOST_SUMMARY_CHARS).contains(&text.chars().count()) && !text.contains('\n'), "{text}");
    }

    #[test]
    fn names_are_as_discord_wants_them() {
        let mut spellings = HashSet::new();
        for command in COMMANDS {
            is_name(command.name);
            for spelling in std::iter::once(&command.name).chain(command.aliases) {
                assert!(spellings.insert(*spelling), "{spelling} twice");
            }
            let mut options = HashSet::new();
            for option in command.options {
                is_name(option.name);
                assert!(options.insert(option.name), "{} twice", option.name);
            }
        }
    }

    #[test]
    fn summaries_fit_in_both_languages() {
        for command in COMMANDS {
            is_summary(command.summary);
            is_summary(command.english);
            for option in command.options {
                is_summary(option.summary);
                is_summary(option.english);
                let most = if option.name == QUESTION { QUESTION_CHARS } else { TEXT_CHARS };
                assert!((1..=most).contains(&option.max_chars), "{}", option.name);
            }
        }
    }

    #[test]
    fn required_options_come_first_and_are_few() {
        for command in COMMANDS {
            assert!(command.options.len() <= MOST_OPTIONS);
            assert!(command.options.is_sorted_by_key(|option| !option.required), "{}", command.name);
        }
    }

    #[test]
    fn the_help_knows_every_command() {
        let names: Vec<&str> = COMMANDS.iter().map(|command| command.name).collect();
        assert_eq!(NAMES.iter().map(|(_, name)| *name).collect::<Vec<_>>(), names);
        assert!(NAMES.len() <= MOST_OPTIONS);
        assert!(NAMES.iter().all(|(shown, name)| *shown == format!("/{name}")));
    }

    #[test]
    fn a_brief_answer_is_no_longer_than_a_whole_one() {
        for command in COMMANDS {
            assert!((1..=command.cards.whole).contains(&command.cards.brief), "{}", command.name);
            assert!(command.cards.whole <= 500, "{}", command.name);
        }
        assert!(COMMANDS.iter().all(|command| command.cards.whole >= COMMANDS.len()), "the help is whole");
    }

    #[test]
    fn what_concerns_a_place_is_always_private() {
        let private: Vec<&str> =
            COMMANDS.iter().filter(|command| command.private_always).map(|command| command.name).collect();
        assert_eq!(private, ["følg", "følger", "hvorfor", "status"]);
    }
}
