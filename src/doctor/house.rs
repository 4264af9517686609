//! What can be looked at without Discord: the data folder and the sources.

use commands::danish;
use index::{Archive, SourceProblem};
use minutes::body;

use super::{Finding, doubts};
use crate::config::Config;
use crate::session::roster_warnings;
use crate::sources::Source;

/// Names of files that could not be read, shown of each source.
const MOST_REFUSED: usize = 3;

pub(super) fn look(config: &Config) -> Vec<Finding> {
    let archive = Archive::open(&config.data);
    let mut findings = vec![data(config, archive.as_ref())];
    if let Ok(archive) = &archive {
        findings.extend(doubts::look(archive));
    }
    findings.extend(config.roster.as_ref().map(|_| roster(config)));
    if config.sources.is_empty() {
        findings.push(Finding::doubtful("Kilder", "der er ingen", "tilføj en [[sources]] i bot.toml"));
    }
    for source in &config.sources {
        findings.push(self::source(source, config.file_bytes));
    }
    findings
}

fn data(config: &Config, archive: Result<&Archive, &index::Error>) -> Finding {
    const SUBJECT: &str = "Data";
    let folder = config.data.display();
    let archive = match archive {
        Ok(archive) => archive,
        Err(error) => {
            let mend = "se Drift i dokumentationen; referent sync --set-aside læser alt forfra";
            return Finding::bad(SUBJECT, error.danish(), mend);
        }
    };
    if let Err(error) = writable(config) {
        let what = format!("der kan ikke skrives i {folder}: {}", crate::sources::reason(&error));
        return Finding::bad(SUBJECT, what, "giv den bruger, som botten kører som, skriveadgang");
    }
    match archive.counts() {
        Ok(counts) if counts.documents == 0 => {
            Finding::doubtful(SUBJECT, format!("{folder} er tom"), "kør referent sync")
        }
        Ok(counts) => {
            let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
            let read = danish::count(number(counts.documents), "dokument", "dokumenter");
            let meetings = danish::count(number(counts.meetings), "møde", "møder");
            let last =
                counts.last.map(|day| format!(", det seneste {}", danish::date(day))).unwrap_or_default();
            Finding::good(SUBJECT, format!("{folder}: {read}, {meetings}{last}"))
        }
        Err(error) => Finding::bad(SUBJECT, error.danish(), "referent sync --set-aside læser alt forfra"),
    }
}

/// How many seats the council's own list has, and whether the minutes know its bodies. A list that cannot be read is a mistake
/// of the configuration.
fn roster(config: &Config) -> Finding {
    const SUBJECT: &str = "Pladser";
    let roster = &config.council.roster;
    let mut bodies: Vec<(String, &str)> =
        roster.seats().iter().map(|seat| (body::key(&seat.body), seat.body.as_str())).collect();
    bodies.sort_unstable();
    bodies.dedup_by(|one, other| one.0 == other.0);
    let seats = danish::count(roster.seats().len(), "plads", "pladser");
    let what = format!("{}: {seats} i {}", roster.file(), danish::count(bodies.len(), "organ", "organer"));
    let warnings = Archive::open(&config.data).and_then(|archive| roster_warnings(config, &archive));
    match warnings.unwrap_or_default().as_slice() {
        [] => Finding::good(SUBJECT, what),
        unknown => {
            let lines: Vec<&str> = unknown.iter().map(|one| one.line.as_str()).collect();
            let what = format!("{what}; {}", lines.join("; "));
            Finding::doubtful(
                SUBJECT,
                what,
                "ret navnet i listen, hvis det er stavet anderledes i referaterne",
            )
        }
    }
}

fn writable(config: &Config) -> std::io::Result<()> {
    let trial = config.data.join(format!(".skriveprøve-{}", std::process::id()));
    std::fs::write(&trial, b"")?;
    std::fs::remove_file(trial)
}

fn source(source: &Source, file_bytes: u64) -> Finding {
    const SUBJECT: &str = "Kilde";
    let listing = source.list(file_bytes);
    let name = source.name();
    if let (Source::Site(_), Some(problem)) = (source, &listing.problem) {
        let what = format!("{name} {}", problem.text);
        return match problem.kind {
            SourceProblem::Failing => Finding::doubtful(SUBJECT, what, "kør referent sync"),
            SourceProblem::Refused => Finding::bad(SUBJECT, what, "ret kilden i bot.toml; kør referent sync"),
        };
    }
    let files = danish::count(listing.files.len(), "fil", "filer");
    let refused: Vec<String> = listing
        .refused
        .iter()
        .take(MOST_REFUSED)
        .map(|refused| format!("{} {}", refused.file, refused.reason))
        .collect();
    match (listing.files.len(), listing.refused.len()) {
        (0, 0) => Finding::doubtful(SUBJECT, format!("{name} er tom"), "læg referater i mappen"),
        (0, _) => Finding::bad(SUBJECT, refused.join("; "), "ret path i bot.toml, eller giv læseadgang"),
        (_, 0) => Finding::good(SUBJECT, format!("{name}: {files}")),
        (_, count) => Finding::doubtful(
            SUBJECT,
            format!("{name}: {files}; {} afvist: {}", count, refused.join("; ")),
            "gem dem i et format, som kan læses, eller flyt dem",
        ),
    }
}
