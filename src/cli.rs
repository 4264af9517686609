//! The command line: what can be written, the help that teaches it, and Danish words for what was written wrong.
//! It only reads arguments; nothing here opens a file.

use std::path::PathBuf;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgAction, Parser, Subcommand};
use jiff::civil::Date;

const TEMPLATE: &str = "{about-with-newline}\nBrug: {usage}\n\n{all-args}{after-help}";

const EXAMPLES: &str = "\
Prøv for eksempel:
  referent                                   chat i terminalen
  referent ask \"/sag 27.00.00-A00-5-15\"      den seneste beslutning i en sag
  referent ask --json \"/søg hjemløshed\"      svaret som JSON
  referent doctor                            se efter, om alt er, som det skal være
  referent sync                              læs nye og rettede referater
  referent parse --json referat.txt          vis, hvordan et referat bliver læst

Slutkoder: 0 svaret, 1 intet fundet (eller noget kunne ikke læses), 2 forkert brug, 3 fejl i data eller disk.";

/// Svarer på spørgsmål om kommunale referater, med referatets egne ord og kilde.
#[derive(Debug, Parser)]
#[command(
    name = "referent",
    version,
    help_template = TEMPLATE,
    override_usage = "referent [valg] [kommando]",
    after_help = EXAMPLES,
    subcommand_help_heading = "Kommandoer",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true
)]
pub(crate) struct Cli {
    /// Opsætningen; uden dette valg læses bot.toml i den mappe, du står i
    #[arg(long, global = true, value_name = "FIL", help_heading = "Fælles valg")]
    pub(crate) config: Option<PathBuf>,

    /// Mappen med databasen, i stedet for den i bot.toml
    #[arg(long, global = true, value_name = "MAPPE", help_heading = "Fælles valg")]
    pub(crate) data: Option<PathBuf>,

    /// Vis hjælp, også til en enkelt kommando: referent ask --help
    #[arg(short, long, global = true, action = ArgAction::Help, help_heading = "Fælles valg")]
    help: Option<bool>,

    /// Vis versionen
    #[arg(short = 'V', long, action = ArgAction::Version, help_heading = "Fælles valg")]
    version: Option<bool>,

    #[command(subcommand)]
    command: Option<Command>,
}

impl Cli {
    /// What is to be done; `run` when no command is written.
    pub(crate) fn task(&self) -> &Command {
        self.command.as_ref().unwrap_or(&Command::Run { today: None })
    }
}

/// What the program can be asked to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Start botten i Discord; uden DISCORD_TOKEN bliver det en chat i terminalen (det samme som uden kommando)
    #[command(help_template = TEMPLATE, override_usage = "referent run [valg]")]
    Run {
        /// Svar, som om det var denne dag
        #[arg(long, value_name = "ÅÅÅÅ-MM-DD", value_parser = day, help_heading = "Valg")]
        today: Option<Date>,
    },

    /// Stil spørgsmål i terminalen
    ///
    /// Skriv et spørgsmål pr. linje, for eksempel /sag 27.00.00-A00-5-15 eller bare nogle ord at søge på.
    /// Tab foreslår kommandoer, sager og udvalg; pil op henter tidligere spørgsmål; /slut eller Ctrl-D slutter.
    /// Når spørgsmålene kommer fra en fil eller et rør, skrives svarene uden pynt.
    #[command(help_template = TEMPLATE, override_usage = "referent chat [valg]")]
    Chat {
        /// Svar, som om det var denne dag
        #[arg(long, value_name = "ÅÅÅÅ-MM-DD", value_parser = day, help_heading = "Valg")]
        today: Option<Date>,
    },

    /// Stil ét spørgsmål og få ét svar
    ///
    /// Skriv spørgsmålet i anførselstegn: referent ask "/sag 27.00.00-A00-5-15". Er der intet læst endnu,
    /// læses kilderne først. Slutkoden er 0, når der er et svar, 1, når intet blev fundet, og 2, når
    /// spørgsmålet ikke kan forstås.
    #[command(help_template = TEMPLATE, override_usage = "referent ask [valg] \"/sag 27.00.00-A00-5-15\"")]
    Ask {
        /// Svaret som JSON på én linje
        #[arg(long, help_heading = "Valg")]
        json: bool,

        /// Svar, som om det var denne dag
        #[arg(long, value_name = "ÅÅÅÅ-MM-DD", value_parser = day, help_heading = "Valg")]
        today: Option<Date>,

        /// Spørgsmålet, som det ville blive skrevet i chatten
        #[arg(required = true, value_name = "SPØRGSMÅL", help_heading = "Spørgsmål")]
        line: Vec<String>,
    },

    /// Vis, hvordan filer bliver læst; kræver hverken opsætning eller database
    ///
    /// Med --json skrives et JSON-objekt på én linje for hver fil, i den rækkefølge de er nævnt. Filer, der
    /// ikke kan læses, nævnes på standardfejl med grunden, og slutkoden er 1; resten skrives alligevel.
    #[command(help_template = TEMPLATE, override_usage = "referent parse [valg] FIL...")]
    Parse {
        /// Et JSON-objekt pr. fil i stedet for en oversigt
        #[arg(long, help_heading = "Valg")]
        json: bool,

        /// Læs, som om ingen kommunes egen opsætning var kendt
        #[arg(long, help_heading = "Valg")]
        generic: bool,

        /// Filer; - er standardinput
        #[arg(required = true, value_name = "FIL", help_heading = "Filer")]
        files: Vec<PathBuf>,
    },

    /// Læs nye og rettede referater fra kilderne i bot.toml
    ///
    /// Det, der er læst før og ikke er ændret, springes over. Et rettet referat erstatter det gamle, hvis tekst
    /// gemmes som en tidligere udgave. Til sidst står, hvad der var nyt, rettet eller afvist og hvorfor.
    /// Ctrl-C stopper pænt; resten kommer næste gang.
    #[command(help_template = TEMPLATE, override_usage = "referent sync [valg]")]
    Sync {
        /// Flyt først den gamle (for eksempel beskadigede) database til en undermappe, og læs alt forfra
        #[arg(long, help_heading = "Valg")]
        set_aside: bool,
    },

    /// Se efter, om alt er, som det skal være, og hvordan fejl rettes
    ///
    /// Ser på opsætning, data og kilder, og med et token også på, hvad Discord siger om botten: servere,
    /// rettigheder i kanalerne, kommandoer og ur. Viser linket, der inviterer botten. Slutkoden er 1, når noget
    /// ikke virker.
    #[command(help_template = TEMPLATE, override_usage = "referent doctor [valg]")]
    Doctor {
        /// Kun: er botten, der bruger denne datamappe, forbundet lige nu? Slutkode 0 for ja, 1 for nej
        #[arg(long, help_heading = "Valg")]
        alive: bool,
    },

    /// Skriv opfølgningerne som en kalenderfil
    ///
    /// Filen er en iCalendar (RFC 5545), som Outlook, Google Kalender og andre læser: en heldagsbegivenhed for hver opfølgning med
    /// en dato, også den, der er aflyst eller udsat. En begivenhed beholder sit UID, når referatet rettes, så den ændres i
    /// kalenderen i stedet for at komme igen; skriv derfor filen igen efter referent sync. Uden --out skrives den på standardoutput.
    /// Slutkoden er 1, når der intet er at skrive.
    ///
    /// referent export --format ics --out opfoelgninger.ics
    /// referent export --format ics --body byrådet --period "efteråret 2020"
    #[command(help_template = TEMPLATE, override_usage = "referent export --format ics [valg]", verbatim_doc_comment)]
    Export {
        /// Filens form; indtil videre kun ics
        #[arg(long, value_name = "FORM", help_heading = "Valg")]
        format: Format,

        /// Filen; en, der findes, bliver erstattet
        #[arg(long, value_name = "FIL", help_heading = "Valg")]
        out: Option<PathBuf>,

        /// Kun dette udvalg eller råd; en del af navnet eller forkortelsen er nok
        #[arg(long, value_name = "NAVN", help_heading = "Valg")]
        body: Option<String>,

        /// Kun denne sag
        #[arg(long, value_name = "SAGSNUMMER", help_heading = "Valg")]
        case: Option<String>,

        /// Kun denne periode, for eksempel "efteråret 2020"; ellers det, der kommer, og de seneste 12 måneder
        #[arg(long, value_name = "PERIODE", help_heading = "Valg")]
        period: Option<String>,

        /// Skriv, som om det var denne dag
        #[arg(long, value_name = "ÅÅÅÅ-MM-DD", value_parser = day, help_heading = "Valg")]
        today: Option<Date>,
    },

    /// Læs en PDF fra standardinput, for programmet selv
    #[command(name = crate::reading::READ_PDF, hide = true)]
    ReadPdf,

    /// Skriv et script, der får Tab til at virke i din skal: bash, zsh, fish, elvish eller powershell
    #[command(help_template = TEMPLATE, override_usage = "referent completions SKAL")]
    Completions {
        /// bash, zsh, fish, elvish eller powershell
        #[arg(value_name = "SKAL", hide_possible_values = true, help_heading = "Skal")]
        shell: clap_complete::Shell,
    },
}

/// The forms that a file may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// iCalendar
    Ics,
}

fn day(text: &str) -> Result<Date, String> {
    Date::strptime("%Y-%m-%d", text).map_err(|_| "skriv datoen som 2020-08-12".to_owned())
}

/// What was wrong with the command line, in Danish, with the nearest right word when there is one.
pub(crate) fn explain(error: &clap::Error) -> String {
    let word = |kind| error.get(kind).map(plain).unwrap_or_default();
    let argument = word(ContextKind::InvalidArg);
    let what = match error.kind() {
        ErrorKind::InvalidSubcommand => format!("ukendt kommando: {}", word(ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument => format!("ukendt valg eller for mange ord: {argument}"),
        ErrorKind::InvalidValue if word(ContextKind::InvalidValue).is_empty() => {
            format!("der mangler en værdi efter {argument}")
        }
        ErrorKind::InvalidValue => format!(
            "\"{}\" passer ikke til {argument}; vælg mellem {}",
            word(ContextKind::InvalidValue),
            word(ContextKind::ValidValue)
        ),
        ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map(|reason| format!(": {reason}"));
            let value = word(ContextKind::InvalidValue);
            format!("\"{value}\" passer ikke til {argument}{}", reason.unwrap_or_default())
        }
        ErrorKind::MissingRequiredArgument => format!("der mangler {argument}"),
        ErrorKind::ArgumentConflict => format!("{argument} kan kun gives én gang"),
        ErrorKind::InvalidUtf8 => "et ord på kommandolinjen er ikke UTF-8".to_owned(),
        _ => format!("kommandolinjen kan ikke forstås ({})", error.kind()),
    };
    let near = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue]
        .into_iter()
        .map(word)
        .find(|near| !near.is_empty())
        .map(|near| format!("; mente du {near}?"));
    format!("{what}{}\nreferent --help viser, hvad der kan skrives", near.unwrap_or_default())
}

/// A piece of clap's context as bare words: lists with commas, without colour codes.
fn plain(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(words) => words.join(", "),
        ContextValue::StyledStrs(words) => {
            words.iter().map(StyledStr::to_string).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn global_options_stand_before_or_after_the_command() {
        for words in [["--data", "d", "sync"], ["sync", "--data", "d"]] {
            let cli = Cli::try_parse_from([&["referent"], &words[..]].concat()).unwrap();
            assert_eq!(cli.data, Some(PathBuf::from("d")));
        }
    }

    #[test]
    fn mistakes_are_explained_in_danish() {
        for (words, expected) in [
            (&["syng"][..], "ukendt kommando: syng; mente du sync?"),
            (&["ask"][..], "der mangler <SPØRGSMÅL>..."),
            (&["sync", "--jason"][..], "ukendt valg eller for mange ord: --jason"),
            (&["ask", "--jso", "x"][..], "ukendt valg eller for mange ord: --jso; mente du --json?"),
            (
                &["ask", "--today", "i går", "x"][..],
                "\"i går\" passer ikke til --today <ÅÅÅÅ-MM-DD>: skriv datoen",
            ),
            (&["ask", "--today", "2021-02-29", "x"][..], "\"2021-02-29\" passer ikke til --today"),
            (&["sync", "--data"][..], "der mangler en værdi efter --data <MAPPE>"),
            (&["completions", "dos"][..], "\"dos\" passer ikke til <SKAL>; vælg mellem bash, elvish"),
            (&["ask", "--today", "2020-01-01", "--today", "2020-01-02", "x"][..], "kan kun gives én gang"),
        ] {
            let error = Cli::try_parse_from([&["referent"], words].concat()).unwrap_err();
            let text = explain(&error);
            assert!(text.contains(expected), "{words:?}: {text}");
        }
    }
}
