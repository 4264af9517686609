//! From sources into the archive: what is known is skipped, what is new or corrected is parsed by many threads and
//! recorded by one, in the order listed. Nothing here knows how minutes are laid out or stored.
//!
//! A run may end anywhere, by a signal or a power cut: every batch is recorded whole or not at all, and the next
//! run compares content hashes and takes up what is missing.

mod report;

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use index::{Archive, Entry, Recorded, SourceRow, Telling, Writer, failpoint};
use indicatif::{ProgressBar, ProgressFinish, ProgressStyle};

use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::reading;
use crate::sources::{File, Listing, Refused, Source};

pub(crate) use report::Report;

/// Most documents recorded in one transaction.
const BATCH_FILES: usize = 256;
/// Most bytes of files read for one transaction; a single larger file is a batch of its own.
const BATCH_BYTES: u64 = 8 << 20;
/// After this many batches the search index is committed, so that a crash leaves little to index again.
const COMMIT_BATCHES: usize = 16;

/// Of more files than these that come into an empty folder, none is news: somebody put an archive there.
const MOST_FIRST_NEWS: usize = 20;

/// Why a file that held a meeting is not read as something else.
const NO_MEETING: &str =
    "holdt et møde, og nu er der intet eller kun begyndelsen af det; det, der var læst, bliver stående";

/// Reads every source into the archive at the moment that `telling` says. A source that was never read to its end tells nobody of
/// what is in it, whatever `telling` says of that.
///
/// # Errors
/// When the archive cannot be read or written. Files that cannot be read are no error: they stand in the report.
pub(crate) fn read_sources(
    archive: &Archive,
    sources: &[Source],
    file_bytes: u64,
    telling: Telling,
    interrupt: &Interrupt,
    progress: &ProgressBar,
) -> Result<Report, Failure> {
    let listings = sources.iter().map(|source| (source, source.list(file_bytes))).collect();
    read_listings(archive, listings, file_bytes, telling, interrupt, progress)
}

/// The same for what was listed already.
///
/// # Errors
/// As [`read_sources`].
pub(crate) fn read_listings(
    archive: &Archive,
    listings: Vec<(&Source, Listing)>,
    file_bytes: u64,
    telling: Telling,
    interrupt: &Interrupt,
    progress: &ProgressBar,
) -> Result<Report, Failure> {
    let mut report = Report::default();
    failpoint("listed");
    let files: usize = listings.iter().map(|(_, listing)| listing.files.len()).sum();
    progress.set_length(files as u64);
    let recorded_at = telling.now.timestamp().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let mut recorder = Recorder { archive, writer: None, uncommitted: 0, recorded_at, telling };
    recorder.read_again(&mut report, interrupt)?;
    for (source, listing) in &listings {
        if interrupt.asked() {
            break;
        }
        let row = archive.source(source.name())?;
        recorder.telling.first_reading =
            is_first_reading(row.as_ref(), source.is_folder(), listing.files.len());
        recorder.read_source(source, listing, file_bytes, progress, &mut report, interrupt)?;
    }
    report.left = files - report.seen;
    report.refused.extend(listings.into_iter().flat_map(|(_, listing)| listing.refused));
    Ok(report)
}

/// Whether so many files are a source's archive and not news. What a folder gets that was read while it was empty is news, unless it is
/// more than ever comes at once; a site's list in which nothing was found before may be one that was not understood.
fn is_first_reading(row: Option<&SourceRow>, is_folder: bool, files: usize) -> bool {
    row.is_none_or(|row| {
        let was_empty = is_folder && row.succeeded_at.is_some();
        row.first_read_at.is_none() && !(was_empty && files <= MOST_FIRST_NEWS)
    })
}

/// A bar that is gone when it is dropped. indicatif draws on standard error, and only when that is a terminal.
pub(crate) fn progress_bar() -> ProgressBar {
    let bar = ProgressBar::new(0).with_finish(ProgressFinish::AndClear);
    let style =
        ProgressStyle::with_template("læser {bar:40} {human_pos} af {human_len} filer, {eta} tilbage");
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// What the archive has, both ways round, and which files of the source at hand are no longer where they were.
struct Known {
    hash_of: HashMap<String, String>,
    origin_of: HashMap<String, String>,
    gone: HashSet<String>,
}

impl Known {
    fn of(hash_of: HashMap<String, String>, source: &Source, listing: &Listing) -> Self {
        let origin_of = hash_of.iter().map(|(origin, hash)| (hash.clone(), origin.clone())).collect();
        let listed: HashSet<&str> = listing.files.iter().map(|file| file.origin.as_str()).collect();
        let is_gone = |origin: &&String| is_of(source, origin) && !listed.contains(origin.as_str());
        // What could not be listed is not gone.
        let gone = match listing.is_complete {
            true => hash_of.keys().filter(is_gone).cloned().collect(),
            false => HashSet::new(),
        };
        Self { hash_of, origin_of, gone }
    }
}

/// Whether a document's origin is in a source.
fn is_of(source: &Source, origin: &str) -> bool {
    origin.strip_prefix(source.name()).is_some_and(|rest| rest.starts_with('/'))
}

/// What a document's place tells of its meeting: a page's address says more than the name it is kept under.
fn place<'a>(url: Option<&'a str>, origin: &'a str) -> &'a str {
    url.unwrap_or(origin)
}

/// A file after reading.
struct Reading<'a> {
    file: &'a File,
    found: Content,
}

enum Content {
    Unchanged,
    Renamed { from: String },
    Copy { of: String },
    Refused(String),
    Parsed(Box<Parsed>),
}

struct Parsed {
    hash: String,
    text: String,
    document: minutes::Document,
}

fn send_batches<'a>(
    files: &'a [File],
    known: &Known,
    file_bytes: u64,
    sender: &SyncSender<Vec<Reading<'a>>>,
) {
    for batch in batches(files) {
        // The receiver hangs up when it is asked to stop or cannot record: then there is nothing more to read for.
        if sender.send(read_batch(batch, known, file_bytes)).is_err() {
            return;
        }
    }
}

/// The files cut into runs of at most [`BATCH_FILES`] files and [`BATCH_BYTES`] bytes, each of at least one file.
fn batches(files: &[File]) -> Vec<&[File]> {
    let mut batches = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (at, file) in files.iter().enumerate() {
        if at > start && (at - start == BATCH_FILES || bytes + file.bytes > BATCH_BYTES) {
            batches.push(&files[start..at]);
            (start, bytes) = (at, 0);
        }
        bytes += file.bytes;
    }
    if start < files.len() {
        batches.push(&files[start..]);
    }
    batches
}

/// The files of one batch, read by as many threads as there are processors, in the order listed.
fn read_batch<'a>(files: &'a [File], known: &Known, file_bytes: u64) -> Vec<Reading<'a>> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(files.len());
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(file) = files.get(at) else { return done };
            done.push((at, Reading { file, found: read(file, known, file_bytes) }));
        }
    };
    let mut readings: Vec<(usize, Reading<'a>)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    readings.sort_unstable_by_key(|(at, _)| *at);
    readings.into_iter().map(|(_, reading)| reading).collect()
}

fn read(file: &File, known: &Known, file_bytes: u64) -> Content {
    let bytes = match file.read(file_bytes) {
        Ok(bytes) => bytes,
        Err(reason) => return Content::Refused(reason),
    };
    let hash = blake3::hash(&bytes).to_hex().to_string();
    match (known.hash_of.get(&file.origin), known.origin_of.get(&hash)) {
        (Some(current), _) if *current == hash => return Content::Unchanged,
        (None, Some(of)) if known.gone.contains(of) => return Content::Renamed { from: of.clone() },
        (None, Some(of)) => return Content::Copy { of: of.clone() },
        // A known file with another text is the archive's to judge, also when the text is known elsewhere.
        _ => {}
    }
    // Reading never fails by design; should it all the same, one document is lost and not the run.
    let parsed = std::panic::catch_unwind(|| {
        reading::text(&bytes).map(|read| {
            let (document, _) = minutes::parse_from(&read.text, place(file.url.as_deref(), &file.origin));
            (read.text, document)
        })
    });
    match parsed {
        Ok(Ok((text, document))) => Content::Parsed(Box::new(Parsed { hash, text, document })),
        Ok(Err(reason)) => Content::Refused(reason),
        Err(_) => Content::Refused("fejl i læsningen; send filen til dem, der passer Referent".to_owned()),
    }
}

/// Records batches; takes the writer's lock only when there is something to write.
struct Recorder<'a> {
    archive: &'a Archive,
    writer: Option<Writer>,
    uncommitted: usize,
    recorded_at: String,
    telling: Telling,
}

impl Recorder<'_> {
    fn read_source(
        &mut self,
        source: &Source,
        listing: &Listing,
        file_bytes: u64,
        progress: &ProgressBar,
        report: &mut Report,
        interrupt: &Interrupt,
    ) -> Result<(), Failure> {
        let known = Known::of(self.archive.known()?, source, listing);
        let seen_before = report.seen;
        thread::scope(|scope| {
            // One batch waits while another is recorded: reading and recording go on side by side, and no more than
            // three batches are in memory however large the sources are.
            let (sender, receiver) = sync_channel(1);
            let (files, known) = (&listing.files, &known);
            scope.spawn(move || send_batches(files, known, file_bytes, &sender));
            for batch in receiver {
                let count = batch.len();
                self.record(batch, report)?;
                report.seen += count;
                progress.inc(count as u64);
                if interrupt.asked() {
                    break;
                }
            }
            self.commit()
        })?;
        if report.seen - seen_before == listing.files.len() {
            self.compare(source, listing, &known, report)?;
        }
        Ok(())
    }

    /// Notes what a source that was read to its end has not got any more, and that it was read.
    fn compare(
        &mut self,
        source: &Source,
        listing: &Listing,
        known: &Known,
        report: &mut Report,
    ) -> Result<(), Failure> {
        if listing.is_complete {
            let listed: HashSet<&str> = listing.files.iter().map(|file| file.origin.as_str()).collect();
            let withdrawn = self.archive.withdrawn()?;
            let differs = |origin: &&String| listed.contains(origin.as_str()) == withdrawn.contains(*origin);
            // What was recorded meanwhile is listed and there. Seldom anything has changed, and then there is nothing to write.
            if known.hash_of.keys().filter(|origin| is_of(source, origin)).any(|origin| differs(&origin)) {
                let (at, telling) = (self.recorded_at.clone(), self.telling.clone());
                let compared = self.writer()?.compare(source.name(), &listed, &at, &telling)?;
                report.withdrawn.extend(compared.withdrawn);
                report.returned += compared.returned.len();
            }
        }
        let problem = listing.problem.as_ref().map(|problem| (problem.kind, problem.text.as_str()));
        let now = self.telling.now.timestamp();
        // What an empty source is filled with may be its archive: see [`is_first_reading`].
        let is_read = problem.is_none() && !listing.files.is_empty();
        self.archive.ledger()?.source_read(source.name(), problem, is_read, now)?;
        failpoint("source");
        Ok(())
    }

    fn record(&mut self, batch: Vec<Reading<'_>>, report: &mut Report) -> Result<(), Failure> {
        let mut parsed = Vec::with_capacity(batch.len());
        for Reading { file, found } in batch {
            let origin = &file.origin;
            match found {
                Content::Unchanged => report.unchanged += 1,
                Content::Renamed { from } => {
                    if self.writer()?.rename(&from, origin, file.url.as_deref())? {
                        report.renamed += 1;
                    } else {
                        report.copies.push((origin.clone(), from));
                    }
                }
                Content::Copy { of } => report.copies.push((origin.clone(), of)),
                Content::Refused(reason) => report.refused.push(Refused { file: origin.clone(), reason }),
                Content::Parsed(content) => parsed.push((file, content)),
            }
        }
        if parsed.is_empty() {
            return Ok(());
        }
        failpoint("parsed");
        let recorded_at = self.recorded_at.clone();
        let entries: Vec<Entry<'_>> = parsed
            .iter()
            .map(|(file, content)| Entry {
                origin: &file.origin,
                url: file.url.as_deref(),
                hash: &content.hash,
                text: &content.text,
                document: &content.document,
                recorded_at: &recorded_at,
            })
            .collect();
        let telling = self.telling.clone();
        let recorded = self.writer()?.record(&entries, &telling)?;
        for (entry, recorded) in entries.iter().zip(recorded) {
            match recorded {
                Recorded::New => report.new += 1,
                Recorded::Corrected { .. } => report.corrected += 1,
                Recorded::Known => report.unchanged += 1,
                Recorded::ReadAgain => report.read_again += 1,
                Recorded::Copy { of } => report.copies.push((entry.origin.to_owned(), of)),
                Recorded::Kept => {
                    tracing::info!(
                        origin = entry.origin,
                        "a meeting's file holds it no longer; kept as it was read before"
                    );
                    report
                        .refused
                        .push(Refused { file: entry.origin.to_owned(), reason: NO_MEETING.to_owned() });
                }
            }
        }
        self.uncommitted += 1;
        if self.uncommitted == COMMIT_BATCHES { self.commit() } else { Ok(()) }
    }

    /// Reads the stored texts again that an older program read: a source may have lost them since.
    fn read_again(&mut self, report: &mut Report, interrupt: &Interrupt) -> Result<(), Failure> {
        while !interrupt.asked() {
            let outdated = self.archive.outdated(BATCH_FILES)?;
            if outdated.is_empty() {
                break;
            }
            let documents: Vec<minutes::Document> = outdated
                .iter()
                .map(|old| minutes::parse_from(&old.text, place(old.url.as_deref(), &old.origin)).0)
                .collect();
            let entries: Vec<Entry<'_>> = outdated
                .iter()
                .zip(&documents)
                .map(|(outdated, document)| Entry {
                    origin: &outdated.origin,
                    url: outdated.url.as_deref(),
                    hash: &outdated.hash,
                    text: &outdated.text,
                    document,
                    recorded_at: &outdated.recorded_at,
                })
                .collect();
            let telling = self.telling.clone();
            report.read_again += self.writer()?.record(&entries, &telling)?.len();
        }
        self.commit()
    }

    fn writer(&mut self) -> Result<&mut Writer, Failure> {
        Ok(match &mut self.writer {
            Some(writer) => writer,
            none => none.insert(self.archive.writer()?),
        })
    }

    fn commit(&mut self) -> Result<(), Failure> {
        if let Some(writer) = &mut self.writer {
            writer.commit()?;
            self.uncommitted = 0;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn sizes(bytes: &[u64]) -> Vec<usize> {
        let files: Vec<File> = bytes
            .iter()
            .map(|&bytes| File {
                origin: String::new(),
                path: PathBuf::new(),
                bytes,
                modified: None,
                url: None,
                member: None,
            })
            .collect();
        batches(&files).into_iter().map(<[File]>::len).collect()
    }

    #[test]
    fn what_comes_into_an_empty_folder_is_news_unless_it_is_an_archive() {
        let read = |first: Option<i64>, last: Option<i64>| {
            let moment = |at: Option<i64>| at.map(|at| jiff::Timestamp::from_second(at).unwrap());
            SourceRow {
                name: String::new(),
                first_read_at: moment(first),
                succeeded_at: moment(last),
                failed_at: None,
                problem: None,
                error: None,
                told: None,
            }
        };
        assert!(is_first_reading(None, true, 1), "never read");
        assert!(is_first_reading(Some(&read(None, None)), true, 1), "never read without trouble");
        let empty = read(None, Some(1));
        assert!(!is_first_reading(Some(&empty), true, MOST_FIRST_NEWS));
        assert!(is_first_reading(Some(&empty), true, MOST_FIRST_NEWS + 1));
        assert!(is_first_reading(Some(&empty), false, 1), "a site");
        assert!(!is_first_reading(Some(&read(Some(1), Some(1))), true, 5_000));
    }

    #[test]
    fn batches_are_bounded_in_number_and_bytes() {
        assert_eq!(sizes(&[]), [0; 0]);
        assert_eq!(sizes(&[1; 257]), [256, 1]);
        assert_eq!(sizes(&[BATCH_BYTES, 1, 1]), [1, 2]);
        assert_eq!(sizes(&[1, BATCH_BYTES + 1, 1]), [1, 1, 1]);
    }
}
