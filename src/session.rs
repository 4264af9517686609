//! A configuration with its archive open: what `ask`, `chat` and `sync` share.

use commands::{Answer, Asker, Before, Field, Request, Setting, UserError};
use index::{Archive, OutboxRow, SourceRow, Telling};
use indicatif::ProgressBar;
use jiff::Zoned;
use jiff::civil::Date;

use crate::cli::Cli;
use crate::clock;
use crate::config::Config;
use crate::failure::Failure;
use crate::fetch;
use crate::intake::{self, Report};
use crate::interrupt::Interrupt;
use crate::sources::{Fetched, Health, History, Listing, Round, Source, health};

/// The sort of place that a terminal is, as the outbox calls it.
pub(crate) const TERMINAL: &str = "terminal";

/// Longest question taken, in characters: twice what Discord lets anybody write.
pub(crate) const LINE_CHARS: usize = 4_000;

/// The command that tells how the sources and the process are doing.
pub(crate) const STATUS: &str = "status";

/// More days with something new than a source's habit is made of.
const MOST_DAYS: usize = 400;

/// How a question is answered: briefly or with all there is.
type Answering = fn(&Archive, &Setting<'_>, &Request) -> Result<Answer, UserError>;

/// A configuration with its archive open.
pub(crate) struct Session {
    /// The configuration.
    pub(crate) config: Config,
    /// The archive in its data folder.
    pub(crate) archive: Archive,
}

impl Session {
    /// Reads bot.toml and opens the data folder; with `set_aside`, after moving away the database that is there.
    ///
    /// # Errors
    /// A mistake in bot.toml, or a data folder that cannot be used.
    pub(crate) fn open(cli: &Cli, set_aside: bool) -> Result<Self, Failure> {
        let config = Config::load(cli.config.as_deref(), cli.data.as_deref())?;
        if set_aside && config.data.exists() {
            let stamp = clock::now().strftime("%Y%m%dT%H%M%SZ").to_string();
            let moved = index::set_aside(&config.data, &stamp)?;
            eprintln!(
                "Den gamle database er flyttet til {}. Det, der følges, er i den og ikke i den nye: skriv /følg igen, hvor der skal besked hen.",
                moved.display()
            );
        }
        let archive = Archive::open(&config.data)?.with_synonyms(config.synonyms.clone());
        Ok(Self { config, archive })
    }

    /// Says on standard error which bodies of the council's own list the minutes do not know but nearly: they are misspelt, and their
    /// seats would stand in a body of their own.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub(crate) fn warn_of_roster(&self) -> Result<(), Failure> {
        for unknown in roster_warnings(&self.config, &self.archive)?.into_iter().filter(|one| one.is_misspelt)
        {
            eprintln!("Advarsel: {}", unknown.line);
        }
        Ok(())
    }

    /// Reads every source.
    ///
    /// # Errors
    /// When the archive cannot be read or written.
    pub(crate) fn read_sources(&self) -> Result<Report, Failure> {
        let interrupt = Interrupt::default();
        interrupt.during(|| self.read(&interrupt, &intake::progress_bar()))
    }

    /// Fetches what is new on every site, then reads every source. Nothing is read when somebody asks for an end of the fetching.
    ///
    /// # Errors
    /// As [`Session::read_sources`].
    pub(crate) fn sync(&self) -> Result<(Vec<Fetched>, Report), Failure> {
        let interrupt = Interrupt::default();
        interrupt.during(|| {
            let fetched = fetch::all(&self.config, &interrupt)?;
            Ok((fetched, self.read(&interrupt, &intake::progress_bar())?))
        })
    }

    fn read(&self, interrupt: &Interrupt, progress: &ProgressBar) -> Result<Report, Failure> {
        let (archive, config) = (&self.archive, &self.config);
        intake::read_sources(archive, &config.sources, config.file_bytes, self.telling(), interrupt, progress)
    }

    /// Reads what a source was found to have.
    ///
    /// # Errors
    /// When the archive cannot be read or written.
    pub(crate) fn read_round(&self, round: Round, interrupt: &Interrupt) -> Result<Report, Failure> {
        self.read_listings(vec![(&round.source, round.listing)], interrupt)
    }

    /// Reads what sources were found to have, or as far as it gets before somebody asks for an end.
    ///
    /// # Errors
    /// When the archive cannot be read or written.
    pub(crate) fn read_listings(
        &self,
        listings: Vec<(&Source, Listing)>,
        interrupt: &Interrupt,
    ) -> Result<Report, Failure> {
        let (archive, file_bytes) = (&self.archive, self.config.file_bytes);
        let (telling, hidden) = (self.telling(), ProgressBar::hidden());
        intake::read_listings(archive, listings, file_bytes, telling, interrupt, &hidden)
    }

    /// A message to the terminal chat; None when there is nothing to tell any more.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub(crate) fn letter(&self, row: &OutboxRow, today: Option<Date>) -> Result<Option<Answer>, UserError> {
        let today = self.today(today);
        let asker = Asker { place: Some(commands::TERMINAL), may_manage: true, ..self.asker(today) };
        let setting = Setting { council: &self.config.council, today, process: &[], sources: &[], asker };
        commands::letter(&self.archive, &setting, row)
    }

    /// How news are told at this moment.
    pub(crate) fn telling(&self) -> Telling {
        let notify = &self.config.notify;
        Telling {
            now: self.now(),
            digest_at: notify.digest_at,
            max_age_days: notify.max_age_days,
            first_reading: false,
        }
    }

    /// Reads the sources when nothing has been read yet, so that the first question already has an answer.
    ///
    /// # Errors
    /// When the archive cannot be read or written.
    pub(crate) fn read_sources_if_empty(&self) -> Result<Option<Report>, Failure> {
        if self.archive.is_empty()? { self.read_sources().map(Some) } else { Ok(None) }
    }

    /// This moment, in the municipality.
    pub(crate) fn now(&self) -> Zoned {
        clock::now().to_zoned(self.config.council.time_zone.clone())
    }

    /// What day it is in the municipality, unless `today` says otherwise.
    pub(crate) fn today(&self, today: Option<Date>) -> Date {
        today.unwrap_or_else(|| self.now().date())
    }

    /// Somebody whom nothing can be told, on this day: now, or at noon where it is not today's.
    pub(crate) fn asker(&self, today: Date) -> Asker<'static> {
        let now = self.now();
        let noon = || today.at(12, 0, 0, 0).to_zoned(now.time_zone().clone()).ok();
        let there = if now.date() == today { None } else { noon() };
        Asker { now: there.unwrap_or(now).timestamp(), quiet: self.config.notify.quiet, ..Asker::default() }
    }

    /// The answer to one line, with no more cards than are read at once; `place` is where what is followed is told, `before` what was
    /// answered last there.
    ///
    /// # Errors
    /// When the line cannot be understood, is longer than [`LINE_CHARS`], or the archive cannot be read.
    pub(crate) fn answer(
        &self,
        line: &str,
        today: Date,
        place: Option<&str>,
        before: Option<&Before>,
    ) -> Result<Answer, UserError> {
        self.ask(line, today, (place, before), commands::brief_answer)
    }

    /// The same with all cards.
    ///
    /// # Errors
    /// As [`Session::answer`].
    pub(crate) fn whole_answer(&self, line: &str, today: Date) -> Result<Answer, UserError> {
        self.ask(line, today, (None, None), commands::answer)
    }

    /// How each source of the configuration is doing, for the command that tells it; empty for the others.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub(crate) fn sources_for(&self, request: &Request) -> Result<Vec<Field>, index::Error> {
        if request.command.name != STATUS {
            return Ok(Vec::new());
        }
        let now = self.now();
        let state = |name: &str| -> Result<Field, index::Error> {
            let health = match self.archive.source(name)? {
                Some(row) => self.health(&row, &now)?,
                None => Health::NeverRead,
            };
            Ok(Field::new(name, format!("{}: {}", health.danish(), health.meaning())))
        };
        self.config.sources.iter().map(|source| state(source.name())).collect()
    }

    /// How a source is doing.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub(crate) fn health(&self, row: &SourceRow, now: &Zoned) -> Result<Health, index::Error> {
        let moments = self.archive.source_days(&row.name, MOST_DAYS)?;
        let days: Vec<Date> =
            moments.into_iter().map(|moment| moment.to_zoned(now.time_zone().clone()).date()).collect();
        let failed = row.failed_at.zip(row.problem);
        Ok(health(&History { succeeded_at: row.succeeded_at, failed, days: &days, now }))
    }

    fn ask(
        &self,
        line: &str,
        today: Date,
        (place, before): (Option<&str>, Option<&Before>),
        answer: Answering,
    ) -> Result<Answer, UserError> {
        if line.chars().count() > LINE_CHARS {
            return Err(too_long());
        }
        let request = commands::parse_line(line)?;
        // What `/status` tells of a process is of one that goes on, not of this question.
        let asker = Asker { place, before, may_manage: place.is_some(), ..self.asker(today) };
        let sources = self.sources_for(&request)?;
        let setting =
            Setting { council: &self.config.council, today, process: &[], sources: &sources, asker };
        answer(&self.archive, &setting, &request)
    }
}

/// What is said to a line longer than [`LINE_CHARS`].
pub(crate) fn too_long() -> UserError {
    UserError::BadUse {
        text: format!("spørgsmålet er for langt; skriv højst {LINE_CHARS} tegn"),
        suggestions: Vec::new(),
    }
}

/// A body of the council's own list that the minutes do not know.
pub(crate) struct UnknownBody {
    /// Where it stands, and what may be meant.
    pub(crate) line: String,
    /// The minutes know one that is spelt nearly so.
    pub(crate) is_misspelt: bool,
}

/// The bodies of the council's own list that the minutes do not know.
///
/// # Errors
/// When the archive cannot be read.
pub(crate) fn roster_warnings(config: &Config, archive: &Archive) -> Result<Vec<UnknownBody>, index::Error> {
    let roster = &config.council.roster;
    let told = |(seat, nearest): (&commands::RosterSeat, Option<String>)| {
        let near = nearest.as_ref().map(|name| format!("; det nærmeste er »{name}«")).unwrap_or_default();
        let line =
            format!("{} linje {}: referaterne kender ikke »{}«{near}", roster.file(), seat.line, seat.body);
        UnknownBody { line, is_misspelt: nearest.is_some() }
    };
    Ok(roster.unknown_bodies(archive)?.into_iter().map(told).collect())
}
