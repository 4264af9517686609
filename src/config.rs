//! bot.toml: read once, checked at once, turned into the types that the rest works with.
//!
//! Every mistake is told with file, line and what is allowed there. No secrets stand in this file.

mod notify;
mod roster;
mod sources;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use commands::Council;
use jiff::tz::TimeZone;
use serde::Deserialize;
use toml::Spanned;

use notify::{NotifyTable, notify};
use sources::{SourceTable, sources};

use crate::failure::Failure;
use crate::sources::Source;

pub(crate) use notify::Notify;

/// Where the configuration is looked for when the command line does not say.
const DEFAULT_FILE: &str = "bot.toml";
/// The council's own table of words for the same, beside bot.toml, when `[search] synonyms` does not say.
const SYNONYMS_FILE: &str = "synonymer.txt";
/// The largest file that is read when `[limits] file_bytes` does not say: 64 MiB. The longest minutes known are below 2 MB.
pub(crate) const DEFAULT_FILE_BYTES: u64 = 64 << 20;
/// Questions that one person may ask in a minute when `[limits] questions_per_minute` does not say: faster than anybody reads.
const DEFAULT_QUESTIONS_PER_MINUTE: u32 = 20;
const DEFAULT_TIME_ZONE: &str = "Europe/Copenhagen";

/// The least that works, shown to whoever has no bot.toml.
const LEAST: &str = r#"[council]
name = "Min Kommune"

[[sources]]
kind = "folder"
path = "referater"

[data]
directory = "data""#;

/// The whole configuration, checked; every path is ready for use.
#[derive(Debug)]
pub(crate) struct Config {
    /// The municipality and what its bodies are called for short.
    pub(crate) council: Council,
    /// The file with the council's own list of seats, as it is named; None without one. What it says is in `council`.
    pub(crate) roster: Option<PathBuf>,
    /// Where minutes come from, in the order written.
    pub(crate) sources: Vec<Source>,
    /// The data folder.
    pub(crate) data: PathBuf,
    /// Larger files are refused unread.
    pub(crate) file_bytes: u64,
    /// How the bot behaves in Discord.
    pub(crate) discord: Discord,
    /// When and how people are told of what is new.
    pub(crate) notify: Notify,
    /// The council's own table of words for the same; there may be no such file.
    pub(crate) synonyms: PathBuf,
}

/// How the bot behaves in Discord.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Discord {
    /// The servers that it answers in; empty: every server that it is in.
    pub(crate) guilds: Vec<u64>,
    /// What it does in a server that is not among them.
    pub(crate) other_guilds: OtherGuilds,
    /// Who sees an answer where the question does not say.
    pub(crate) answers: Answers,
    /// The file with the token, when `DISCORD_TOKEN` is not set.
    pub(crate) token_file: Option<PathBuf>,
    /// Questions that one person may ask in a minute.
    pub(crate) questions_per_minute: u32,
    /// The channel where those who run the bot are told of trouble; None: only the log has it.
    pub(crate) admin_channel: Option<u64>,
    /// Roles whose members may manage what a channel follows, besides those who may manage channels.
    pub(crate) manager_roles: Vec<u64>,
}

/// What the bot does in a server that it is not meant for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub(crate) enum OtherGuilds {
    /// Stays, and tells whoever asks that it does not answer there.
    #[default]
    Ignore,
    /// Leaves it.
    Leave,
}

/// Who sees an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Answers {
    /// Whoever asked.
    #[default]
    Private,
    /// Everybody in the channel.
    Public,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    council: CouncilTable,
    sources: Vec<Spanned<SourceTable>>,
    data: DataTable,
    #[serde(default)]
    discord: DiscordTable,
    #[serde(default)]
    limits: LimitsTable,
    #[serde(default)]
    notify: NotifyTable,
    #[serde(default)]
    search: SearchTable,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct SearchTable {
    synonyms: Option<PathBuf>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CouncilTable {
    name: String,
    timezone: Option<Spanned<String>>,
    body: Option<String>,
    roster: Option<PathBuf>,
    #[serde(default)]
    abbreviations: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DataTable {
    directory: PathBuf,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct DiscordTable {
    #[serde(default)]
    guilds: Vec<Spanned<String>>,
    #[serde(default)]
    other_guilds: OtherGuilds,
    #[serde(default)]
    answers: Answers,
    token_file: Option<PathBuf>,
    admin_channel: Option<Spanned<String>>,
    #[serde(default)]
    manager_roles: Vec<Spanned<String>>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct LimitsTable {
    file_bytes: Option<u64>,
    questions_per_minute: Option<Spanned<u32>>,
}

impl Config {
    /// Reads `file`, or `bot.toml` in the working directory; `data` goes before the file's own data folder.
    ///
    /// # Errors
    /// [`Failure::BadUse`] when there is no such file or it says what cannot be.
    pub(crate) fn load(file: Option<&Path>, data: Option<&Path>) -> Result<Self, Failure> {
        let file = file.unwrap_or(Path::new(DEFAULT_FILE));
        let text =
            std::fs::read_to_string(file).map_err(|error| Failure::BadUse(unreadable(file, &error)))?;
        let base = file.parent().unwrap_or(Path::new(""));
        let mut config = parse(&text, base, data)
            .map_err(|mistake| Failure::BadUse(format!("{} {mistake}", file.display())))?;
        if let Some(named) = &config.roster {
            config.council.roster = roster::read(named, &base.join(named)).map_err(Failure::BadUse)?;
        }
        match config.sources.iter().find_map(|source| source.holds(&config.data)) {
            Some(folder) => Err(Failure::BadUse(format!(
                "datamappen {} ligger i kilden {}; vælg en datamappe uden for kilderne",
                config.data.display(),
                folder.display()
            ))),
            None => Ok(config),
        }
    }
}

fn unreadable(file: &Path, error: &std::io::Error) -> String {
    let name = file.display();
    match error.kind() {
        std::io::ErrorKind::NotFound => format!(
            "{name} findes ikke. Stå i mappen med bot.toml, vælg en anden med --config FIL, eller lav {name} med mindst dette indhold:\n\n{LEAST}"
        ),
        std::io::ErrorKind::InvalidData => format!("{name} er ikke UTF-8; gem filen som UTF-8"),
        _ => format!("{name}: {}", crate::sources::reason(error)),
    }
}

/// The configuration in `text`, whose relative paths start at `base`; or what is wrong, beginning with the line.
fn parse(text: &str, base: &Path, data: Option<&Path>) -> Result<Config, String> {
    let at = |offset: usize, what: String| format!("linje {}: {what}", line_at(text, offset));
    let tables: Tables = toml::from_str(text)
        .map_err(|error| at(error.span().map_or(0, |span| span.start), danish(error.message())))?;

    let (zone, offset) = match &tables.council.timezone {
        Some(zone) => (zone.get_ref().as_str(), zone.span().start),
        None => (DEFAULT_TIME_ZONE, 0),
    };
    let time_zone = TimeZone::get(zone).map_err(|_| {
        at(offset, format!("ukendt tidszone \"{zone}\"; skriv for eksempel \"{DEFAULT_TIME_ZONE}\""))
    })?;

    let data = data.map_or_else(|| base.join(&tables.data.directory), Path::to_owned);
    let sources = sources(tables.sources, base, &data).map_err(|(offset, what)| at(offset, what))?;

    let id = |of: &str, copied: &str, text: &Spanned<String>| {
        text.get_ref().parse().ok().filter(|id| *id > 0).ok_or_else(|| {
            let what = format!("\"{}\" er ikke {of} ID; det er et langt tal", text.get_ref());
            at(text.span().start, format!("{what}, som Discord viser med Kopiér {copied}-ID"))
        })
    };
    let discord = &tables.discord;
    let guilds =
        discord.guilds.iter().map(|text| id("en servers", "server", text)).collect::<Result<_, _>>()?;
    let roles = discord.manager_roles.iter().map(|text| id("en rolles", "rolle", text));
    let manager_roles = roles.collect::<Result<_, _>>()?;
    let admin_channel =
        discord.admin_channel.as_ref().map(|text| id("en kanals", "kanal", text)).transpose()?;
    let notify = notify(&tables.notify).map_err(|(offset, what)| at(offset, what))?;
    let questions_per_minute = match &tables.limits.questions_per_minute {
        Some(zero) if *zero.get_ref() == 0 => {
            return Err(at(zero.span().start, "questions_per_minute skal være mindst 1".to_owned()));
        }
        given => given.as_ref().map_or(DEFAULT_QUESTIONS_PER_MINUTE, |given| *given.get_ref()),
    };

    Ok(Config {
        council: Council {
            name: tables.council.name,
            time_zone,
            body: tables.council.body,
            abbreviations: tables.council.abbreviations,
            roster: commands::Roster::default(),
        },
        roster: tables.council.roster,
        sources,
        data,
        file_bytes: tables.limits.file_bytes.unwrap_or(DEFAULT_FILE_BYTES),
        discord: Discord {
            guilds,
            other_guilds: tables.discord.other_guilds,
            answers: tables.discord.answers,
            token_file: tables.discord.token_file.map(|file| base.join(file)),
            questions_per_minute,
            admin_channel,
            manager_roles,
        },
        notify,
        synonyms: base.join(tables.search.synonyms.as_deref().unwrap_or(Path::new(SYNONYMS_FILE))),
    })
}

/// The line, from 1, on which a byte of a text stands.
fn line_at(text: &str, offset: usize) -> usize {
    text.as_bytes()[..offset.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1
}

/// What serde and toml call types, and what the clerk who edits the file calls them.
const TYPES: [(&str, &str); 16] = [
    ("borrowed string", "tekst i anførselstegn"),
    ("string", "tekst i anførselstegn"),
    ("path string", "tekst i anførselstegn"),
    ("integer", "tallet"),
    ("floating point", "tallet"),
    ("boolean", "ja/nej-værdien"),
    ("datetime", "datoen"),
    ("any valid TOML value", "en værdi"),
    ("sequence", "en liste"),
    ("a sequence", "en liste af tabeller, hver med dobbelt klamme: [[navn]]"),
    ("a string", "tekst i anførselstegn"),
    ("path", "tekst i anførselstegn"),
    ("map", "en tabel"),
    ("a map", "en tabel: navn = \"tekst\" på hver linje"),
    ("u64", "et helt tal fra 0 og op"),
    ("u32", "et helt tal fra 0 og op"),
];

/// A message of serde or toml in Danish; what has no translation is passed on as it is.
fn danish(message: &str) -> String {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let (first, rest) = quoted.split_first().unwrap_or((&"", &[]));
    if message.starts_with("unknown field") {
        format!("ukendt nøgle '{first}'; kendte nøgler her: {}", rest.join(", "))
    } else if message.starts_with("unknown variant") {
        format!("ukendt værdi '{first}'; kendte værdier her: {}", rest.join(", "))
    } else if message.starts_with("missing field") {
        format!("der mangler '{first}'")
    } else if message.starts_with("invalid unquoted key") {
        "en nøgle med æ, ø, å, mellemrum eller tegn skal stå i anførselstegn: \"ØKE\" = \"…\"".to_owned()
    } else if let Some((found, expected)) = message
        .strip_prefix("invalid type: ")
        .or(message.strip_prefix("invalid value: "))
        .and_then(|m| m.split_once(", expected "))
    {
        format!("forkert type: her står {}, men der skal stå {}", type_name(found), type_name(expected))
    } else {
        let known = SYNTAX.iter().find(|(english, _)| message.contains(english));
        known.map_or(NOT_TOML, |(_, danish)| danish).to_owned()
    }
}

/// What toml says of a text that it cannot read, by a word in it, and what is meant; the first that fits counts.
const SYNTAX: [(&str, &str); 14] = [
    ("duplicate key", "samme nøgle står to gange"),
    ("array-table", "en tabel i en liste begynder med dobbelt klamme: [[navn]]"),
    ("std-table", "en tabels navn står i klammer på sin egen linje: [navn]"),
    ("inline table", "en tabel på en linje skrives { nøgle = \"tekst\" }"),
    ("inline-table", "en tabel på en linje skrives { nøgle = \"tekst\" }"),
    ("array", "en liste skrives [\"en\", \"to\"]; der mangler en klamme eller et komma"),
    ("table", "en tabels navn står i klammer på sin egen linje: [navn] eller [[navn]]"),
    ("date", "en dato skrives 2022-01-01, og dagen skal findes"),
    ("string", "tekst skal stå i anførselstegn, som begynder og slutter på samme linje"),
    ("number", "et tal er skrevet forkert; tekst skal stå i anførselstegn"),
    ("float", "et tal er skrevet forkert; tekst skal stå i anførselstegn"),
    ("value", "efter = skal der stå en værdi; tekst i anførselstegn"),
    ("newline", "der står mere på linjen end en nøgle og dens værdi"),
    ("recursion", "der er for mange klammer inde i hinanden"),
];

/// A text that is no TOML in some other way.
const NOT_TOML: &str =
    "kan ikke læses som TOML; hver linje er nøgle = \"værdi\" eller navnet på en tabel i klammer";

/// A type with its value (``integer `3` ``) or without, in Danish. Tables of our own are called by their Rust name.
fn type_name(found: &str) -> String {
    let (name, value) = match found.find(['`', '"']) {
        Some(start) => (found[..start].trim_end(), format!(" {}", found[start..].trim_matches('`'))),
        None => (found, String::new()),
    };
    let known = TYPES.iter().find(|(english, _)| *english == name).map(|(_, danish)| *danish);
    match known {
        Some(danish) => format!("{danish}{value}"),
        None if name.starts_with("struct ") => "en tabel".to_owned(),
        None => format!("noget andet{value}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "[council]\nname = \"Fjordby\"\n[[sources]]\nkind = \"folder\"\npath = \"samples\"\n[data]\ndirectory = \"data\"\n";

    #[test]
    fn the_least_that_works_is_enough() {
        for text in [GOOD, LEAST] {
            let config = parse(text, Path::new("here"), None).unwrap();
            assert_eq!(config.data, Path::new("here/data"));
            assert_eq!(config.file_bytes, DEFAULT_FILE_BYTES);
            assert_eq!(config.council.time_zone.iana_name(), Some(DEFAULT_TIME_ZONE));
        }
    }

    #[test]
    fn words_for_the_same_are_a_file_beside_the_configuration() {
        for (table, file) in [
            ("", "here/synonymer.txt"),
            ("[search]\n", "here/synonymer.txt"),
            ("[search]\nsynonyms = \"ord/vores.txt\"\n", "here/ord/vores.txt"),
            ("[search]\nsynonyms = \"/srv/ord.txt\"\n", "/srv/ord.txt"),
        ] {
            let config = parse(&format!("{GOOD}{table}"), Path::new("here"), None).unwrap();
            assert_eq!(config.synonyms, Path::new(file), "{table}");
        }
    }

    #[test]
    fn the_committed_file_is_good_and_names_every_key() {
        let text = include_str!("../bot.toml");
        let config = parse(text, Path::new(""), None).unwrap();
        assert_eq!(config.council.name, "Fjordby Kommune");
        assert_eq!(config.file_bytes, DEFAULT_FILE_BYTES);
        assert_eq!(config.discord.answers, Answers::Private);
        assert_eq!(config.discord.other_guilds, OtherGuilds::Ignore);
        assert_eq!(config.discord.questions_per_minute, DEFAULT_QUESTIONS_PER_MINUTE);
        assert_eq!(config.notify, notify(&NotifyTable::default()).unwrap());
        let keys = "timezone body roster abbreviations kind path name directory file_bytes \
            guilds other_guilds answers token_file questions_per_minute admin_channel manager_roles \
            digest_at max_age_days remind_days quiet \
            url follow meetings depth hosts contact pause_ms every_minutes synonyms";
        for key in keys.split_whitespace() {
            assert!(text.contains(key), "{key}");
        }
    }

    #[test]
    fn mistakes_name_the_line_and_what_is_allowed() {
        for (from, to, expected) in [
            ("directory", "direktory", "linje 7: ukendt nøgle 'direktory'; kendte nøgler her: directory"),
            (
                "[data]",
                "[dato]",
                "linje 6: ukendt nøgle 'dato'; kendte nøgler her: council, sources, data, discord, limits, notify",
            ),
            (
                "name = \"Fjordby\"",
                "name = 3",
                "linje 2: forkert type: her står tallet 3, men der skal stå tekst",
            ),
            (
                "\"samples\"",
                "true",
                "linje 5: forkert type: her står ja/nej-værdien true, men der skal stå tekst",
            ),
            (
                "[[sources]]",
                "[sources]",
                "linje 3: forkert type: her står en tabel, men der skal stå en liste",
            ),
            (
                "\"folder\"",
                "\"web\"",
                "linje 4: ukendt værdi 'web'; kendte værdier her: folder, page, firstagenda, feed",
            ),
            ("kind = \"folder\"\n", "", "linje 3: der mangler 'kind'"),
            ("[data]\ndirectory = \"data\"\n", "", "der mangler 'data'"),
            ("name = \"Fjordby\"", "name = Fjordby", "linje 2: kan ikke læses som TOML"),
            ("name = \"Fjordby\"", "name = \"F\"\nname = \"G\"", "linje 3: samme nøgle står to gange"),
            (
                "name = \"Fjordby\"",
                "name = \"F\"\ntimezone = \"Jylland\"",
                "linje 3: ukendt tidszone \"Jylland\"",
            ),
            ("path = \"samples\"", "path = \"..\"", "linje 5: \"..\" har intet mappenavn"),
            (
                "path = \"samples\"",
                "path = \"s\"\nname = \"a/b\"",
                "linje 6: \"a/b\" kan ikke være en kildes navn",
            ),
            (
                "[data]",
                "[[sources]]\nkind = \"folder\"\npath = \"x/samples\"\n[data]",
                "linje 8: to kilder hedder \"samples\"",
            ),
            ("[data]", "[council.abbreviations]\nØKE = \"x\"\n[data]", "linje 7: en nøgle med æ, ø, å"),
            (
                "[data]",
                "[discord]\nguilds = [\"123\", \"Fjordby\"]\n[data]",
                "linje 7: \"Fjordby\" er ikke en servers ID",
            ),
            (
                "[data]",
                "[discord]\nanswers = \"hemmelig\"\n[data]",
                "linje 7: ukendt værdi 'hemmelig'; kendte værdier her: private, public",
            ),
            (
                "[data]",
                "[discord]\ntoken = \"abc\"\n[data]",
                "linje 7: ukendt nøgle 'token'; kendte nøgler her: guilds, other_guilds, answers, token_file",
            ),
            (
                "[data]",
                "[discord]\nmanager_roles = [\"chef\"]\n[data]",
                "linje 7: \"chef\" er ikke en rolles ID",
            ),
            (
                "[data]",
                "[notify]\nquiet = \"om natten\"\n[data]",
                "linje 7: \"om natten\" er ikke en tid på døgnet; skriv for eksempel \"22-07\"",
            ),
            ("[data]", "[notify]\ndigest_at = \"25\"\n[data]", "linje 7: \"25\" er ikke et klokkeslæt"),
            ("[data]", "[notify]\nremind_days = 93\n[data]", "linje 7: remind_days er højst 92"),
            (
                "[data]",
                "[search]\nsynonymer = \"x\"\n[data]",
                "linje 7: ukendt nøgle 'synonymer'; kendte nøgler her: synonyms",
            ),
            (
                "[data]",
                "[search]\nsynonyms = [\"x\"]\n[data]",
                "linje 7: forkert type: her står en liste, men der skal stå",
            ),
            (
                "[data]",
                "[limits]\nquestions_per_minute = 0\n[data]",
                "linje 7: questions_per_minute skal være mindst 1",
            ),
            (
                "[data]",
                "[limits]\nfile_bytes = -1\n[data]",
                "linje 7: forkert type: her står tallet -1, men der skal stå et helt tal",
            ),
        ] {
            let mistake = parse(&GOOD.replacen(from, to, 1), Path::new(""), None).unwrap_err();
            assert!(mistake.contains(expected), "{to}: {mistake}");
        }
    }
}
