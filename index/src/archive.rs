//! The store and the search index as one.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::Connection;

use crate::kept::Kept;
use crate::ledger::{
    CalendarEvent, CalendarRevision, Ledger, News, OutboxCounts, OutboxRow, SourceRow, Subscription,
    calendar, news, outbox, sources, subscription,
};
use crate::lock::Turn;
use crate::search::{
    Found, Hit, Opened, Place, Plan, Question, Reading, Search, SearchFilter, SearchResult, Spelling, Steps,
    SynonymFile, passage, texts_of, texts_of_whole,
};
use crate::store::Store;
use crate::store::attendance::{self, AttendanceRow, InPartRow};
use crate::store::case_heads::{self, CaseHead};
use crate::store::cases::{self, CaseMeeting, CaseSummary};
use crate::store::documents::{self, Counts, CurrentText, Outdated, StoredVersion};
use crate::store::follow_ups::{self, FollowUpFilter, FollowUpOrder, FollowUpRow};
use crate::store::meetings::{self, BodySummary, Meeting, MeetingDay, MeetingFilter, Treatment};
use crate::store::seats::{self, Everybody, People, Person, SeatRow};
use crate::store::traces::{self, NextMeeting, Sought, TracedItem, Traces};
use crate::writer::Writer;
use crate::{Error, lock};

/// Characters of an archive's id: few enough for a button, enough to tell a handful of archives apart.
const ID_CHARS: usize = 6;

/// Items looked at in one go when cases are sought by title, the newest first.
const TITLE_CHUNK: usize = 512;

/// How often the next such chunk is looked at while all items were of one case: then it matters whether there is another.
const TITLE_CHUNKS: usize = 4;

/// All that the bot knows. Many may be open for reading, in many threads and processes; [`Archive::writer`] gives
/// the one that writes. Every question fails with [`Error::Damaged`] when SQLite finds the database damaged.
pub struct Archive {
    directory: PathBuf,
    id: String,
    store: Store,
    search: Search,
    synonyms: SynonymFile,
    bodies: Kept<Vec<BodySummary>>,
    seated_bodies: Kept<Vec<BodySummary>>,
    everybody: Kept<Everybody>,
}

impl Archive {
    /// Opens the data folder, and makes it and what belongs in it when absent. A search index that is missing,
    /// damaged, of another version or behind the database is made right here; when that cannot be done now
    /// (another process writes, the disk is full) the archive opens all the same and a search tries again.
    ///
    /// [`Error::NewerVersion`], [`Error::NotOurs`] and [`Error::Damaged`] leave the files as they are. A folder that
    /// this process may only read can be opened when everything in it is in order.
    pub fn open(directory: &Path) -> Result<Self, Error> {
        Self::open_with(directory, Steps::ALL)
    }

    /// The same, with a search index that takes only some of the steps. One made with other steps is made again.
    pub fn open_with(directory: &Path, steps: Steps) -> Result<Self, Error> {
        fs::create_dir_all(directory).map_err(Error::io(directory))?;
        let read_only = lock::is_read_only(directory);
        let store = Store::open(directory, read_only)?;
        let archive = Self::of(directory, store, steps, read_only)?;
        match archive.search.current(&archive.store) {
            Ok(_) => {}
            Err(error @ (Error::InUse { .. } | Error::DiskFull { .. } | Error::Search(_))) => {
                tracing::warn!(%error, "search index is not ready");
            }
            Err(error) => return Err(error),
        }
        Ok(archive)
    }

    fn of(directory: &Path, store: Store, steps: Steps, read_only: bool) -> Result<Self, Error> {
        let mut id = store.read(documents::state)?.store_id;
        id.truncate(ID_CHARS);
        Ok(Self {
            directory: directory.into(),
            id,
            store,
            search: Search::new(directory, steps, read_only),
            synonyms: SynonymFile::new(None),
            bodies: Kept::new(),
            seated_bodies: Kept::new(),
            everybody: Kept::new(),
        })
    }

    /// A short word for this archive: another one, also one made in the same place, has another.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The one writer, after a look through the whole database file. [`Error::InUse`] while another has it, in this
    /// process or elsewhere; [`Error::Damaged`] when the file is not in order.
    pub fn writer(&self) -> Result<Writer, Error> {
        Writer::open(&self.directory, self.search.steps())
    }

    /// Writes what is told to whom.
    pub fn ledger(&self) -> Result<Ledger, Error> {
        Ledger::open(&self.store)
    }

    /// The turn to send to the places of a sort (`discord` for `discord:17`). [`Error::InUse`] while another process has it.
    pub fn turn(&self, sort: &str) -> Result<Turn, Error> {
        Turn::take(&self.directory, sort)
    }

    /// Whether there is anything to send to the places of a sort.
    pub fn is_anything_ready(&self, sort: &str, now: Timestamp) -> Result<bool, Error> {
        Ok(!self.store.read(|connection| outbox::ready(connection, sort, now, 1))?.is_empty())
    }

    /// What a place follows, in the order it was asked for.
    pub fn subscriptions(&self, place: &str) -> Result<Vec<Subscription>, Error> {
        self.store.read(|connection| subscription::of_place(connection, place))
    }

    /// All news of a document ([`Meeting::document`]), the first version first.
    pub fn news_of(&self, document: i64) -> Result<Vec<News>, Error> {
        self.store.read(|connection| news::of_document(connection, document))
    }

    /// News by their number; None when there are none.
    pub fn news(&self, id: i64) -> Result<Option<News>, Error> {
        self.store.read(|connection| news::one(connection, id))
    }

    /// The messages to a place about a document ([`Meeting::document`]), the first one first.
    pub fn messages_about(&self, place: &str, document: i64) -> Result<Vec<OutboxRow>, Error> {
        self.store.read(|connection| outbox::about(connection, place, document))
    }

    /// A message by its number; None when there is none.
    pub fn message(&self, id: i64) -> Result<Option<OutboxRow>, Error> {
        self.store.read(|connection| outbox::one(connection, id))
    }

    /// How many messages stand where.
    pub fn outbox_counts(&self) -> Result<OutboxCounts, Error> {
        self.store.read(outbox::counts)
    }

    /// How reading the sources went, by name; those that were never read are not among them.
    pub fn sources(&self) -> Result<Vec<SourceRow>, Error> {
        self.store.read(sources::all)
    }

    /// How reading a source went; None when it was never read.
    pub fn source(&self, name: &str) -> Result<Option<SourceRow>, Error> {
        self.store.read(|connection| sources::one(connection, name))
    }

    /// Moments at which something new came from a source, one a day, the newest first; its first reading left out.
    pub fn source_days(&self, name: &str, limit: usize) -> Result<Vec<Timestamp>, Error> {
        self.store.read(|connection| sources::days(connection, name, limit))
    }

    /// A document ([`Meeting::document`]) as an answer cites it; None when there is none.
    pub fn meeting(&self, document: i64) -> Result<Option<Meeting>, Error> {
        self.store.read(|connection| meetings::one(connection, document))
    }

    /// Whether no document was recorded yet.
    pub fn is_empty(&self) -> Result<bool, Error> {
        self.store.read(documents::is_empty)
    }

    /// How much there is. Looks at every row.
    pub fn counts(&self) -> Result<Counts, Error> {
        self.store.read(documents::counts)
    }

    /// Every origin with the content hash that is current.
    pub fn known(&self) -> Result<HashMap<String, String>, Error> {
        self.store.read(documents::known)
    }

    /// Documents read by another [`minutes::READING`] than this one, with their current texts, at most `limit`. Recorded again, they
    /// are outdated no longer.
    pub fn outdated(&self, limit: usize) -> Result<Vec<Outdated>, Error> {
        self.store.read(|connection| documents::outdated(connection, limit))
    }

    /// The current texts of documents whose source still has them and whose [`CurrentText::id`] is greater than `after`, in the
    /// order of their ids, at most `limit`; empty after the last.
    pub fn texts(&self, after: i64, limit: usize) -> Result<Vec<CurrentText>, Error> {
        self.store.read(|connection| documents::texts(connection, after, limit))
    }

    /// The origins of documents that their source has not got any more.
    pub fn withdrawn(&self) -> Result<HashSet<String>, Error> {
        self.store.read(documents::withdrawn)
    }

    /// Documents ([`Meeting::document`]) of which an earlier version names the case with exactly this key
    /// ([`minutes::case_number::key`]) and that are not among `others`; the last recorded first. Reads the earlier texts.
    pub fn once_with_case(&self, key: &str, others: &[i64], limit: usize) -> Result<Vec<i64>, Error> {
        self.store.read(|connection| documents::once_with_case(connection, key, others, limit))
    }

    /// Every stored text of an origin, oldest first; empty for an unknown one.
    pub fn versions(&self, origin: &str) -> Result<Vec<StoredVersion>, Error> {
        self.store.read(|connection| documents::versions(connection, origin))
    }

    /// Whether any item stands under exactly this key ([`minutes::case_number::key`]).
    pub fn has_case(&self, key: &str) -> Result<bool, Error> {
        self.store.read(|connection| cases::has(connection, key))
    }

    /// Every item under exactly this key ([`minutes::case_number::key`]), oldest meeting first, those without a day
    /// before all, then by place in the meeting. Agendas too: see [`Meeting::kind`].
    pub fn treatments(&self, key: &str) -> Result<Vec<Treatment>, Error> {
        self.store.read(|connection| cases::treatments(connection, key))
    }

    /// Those of [`Archive::treatments`] on one day, or those without a day.
    pub fn treatments_on(&self, key: &str, day: Option<Date>) -> Result<Vec<Treatment>, Error> {
        self.store.read(|connection| cases::treatments_on(connection, key, day))
    }

    /// The meetings that had exactly this key ([`minutes::case_number::key`]) on them, oldest first, those without a day before
    /// all; of one day by body. Takes far less than [`Archive::treatments`].
    pub fn case_meetings(&self, key: &str) -> Result<Vec<CaseMeeting>, Error> {
        self.store.read(|connection| cases::case_meetings(connection, key))
    }

    /// All of the case with exactly this key; None when no item stands under it.
    pub fn case(&self, key: &str) -> Result<Option<CaseSummary>, Error> {
        self.store.read(|connection| cases::summary(connection, key))
    }

    /// The most recently treated cases, the last one first.
    pub fn recent_cases(&self, limit: usize) -> Result<Vec<CaseHead>, Error> {
        self.store.read(|connection| case_heads::recent(connection, limit))
    }

    /// Cases whose key starts with `prefix`, most recently treated first.
    pub fn cases_with_prefix(&self, prefix: &str, limit: usize) -> Result<Vec<CaseHead>, Error> {
        self.store.read(|connection| case_heads::with_prefix(connection, prefix, limit))
    }

    /// Cases whose key contains `fragment`, but not at its start, most recently treated first.
    pub fn cases_containing(&self, fragment: &str, limit: usize) -> Result<Vec<CaseHead>, Error> {
        self.store.read(|connection| case_heads::containing(connection, fragment, limit))
    }

    /// Cases with a KLE number whose serial and year are these digits, most recently treated first.
    pub fn cases_ending(&self, serial_and_year: &str, limit: usize) -> Result<Vec<CaseHead>, Error> {
        self.store.read(|connection| case_heads::ending(connection, serial_and_year, limit))
    }

    /// Cases whose key is at most `max_distance` edits from this one (letters added, left out, changed, or two
    /// neighbours exchanged), nearest first, then most recently treated first.
    pub fn nearest_cases(
        &self,
        key: &str,
        max_distance: usize,
        limit: usize,
    ) -> Result<Vec<CaseHead>, Error> {
        self.store.read(|connection| case_heads::nearest(connection, key, max_distance, limit))
    }

    /// Cases with an item whose title holds all these words, the last one perhaps only begun; most recently treated first,
    /// each with the title that fits. Blank words find nothing. Of words that stand in very many titles only the newest are
    /// looked at.
    pub fn cases_by_title(&self, words: &str, limit: usize) -> Result<Vec<CaseHead>, Error> {
        self.titled(words, Spelling::Right, limit)
    }

    /// The same where words of four letters may be misspelt by one letter, longer ones by two.
    pub fn cases_by_misspelt_title(&self, words: &str, limit: usize) -> Result<Vec<CaseHead>, Error> {
        self.titled(words, Spelling::Nearly, limit)
    }

    fn titled(&self, words: &str, spelling: Spelling, limit: usize) -> Result<Vec<CaseHead>, Error> {
        let mut seen = HashSet::new();
        let mut found = Vec::new();
        for chunk in 0..TITLE_CHUNKS {
            let places = self.search.ask(&self.store, |index: &Arc<Opened>| {
                index.titled(words, spelling, TITLE_CHUNK, chunk * TITLE_CHUNK)
            })?;
            let read = |connection: &Connection| titled_cases(connection, &places, limit, &mut seen);
            found.extend(self.store.read(read)?);
            if found.len() > 1 || found.len() >= limit || places.len() < TITLE_CHUNK {
                break;
            }
        }
        found.truncate(limit);
        Ok(found)
    }

    /// Every body that met on a known day, the one with most meetings first.
    pub fn bodies(&self) -> Result<Vec<BodySummary>, Error> {
        Ok(self.bodies.current(&self.store, meetings::bodies)?.to_vec())
    }

    /// Days on which a body met, or any body, newest first; at most `limit` of those wanted.
    pub fn meeting_days(
        &self,
        body_key: Option<&str>,
        limit: usize,
        wanted: impl Fn(Date) -> bool,
    ) -> Result<Vec<MeetingDay>, Error> {
        self.store.read(|connection| meetings::days(connection, body_key, limit, wanted))
    }

    /// Minutes and agendas that fit the filter, newest first, those without a day last.
    pub fn meetings(&self, filter: &MeetingFilter, limit: usize) -> Result<Vec<Meeting>, Error> {
        self.store.read(|connection| meetings::meetings(connection, filter, limit))
    }

    /// The items of a document ([`Meeting::document`]) in the order printed.
    pub fn items_of(&self, document: i64) -> Result<Vec<Treatment>, Error> {
        self.store.read(|connection| meetings::items_of(connection, document))
    }

    /// One item by its number in this archive; None when it is gone, its document corrected.
    pub fn item(&self, item: i64) -> Result<Option<Treatment>, Error> {
        self.store.read(|connection| meetings::item(connection, item))
    }

    /// Follow-ups with a day that fit the filter, at most `limit` after the first `offset`.
    pub fn follow_ups(
        &self,
        filter: &FollowUpFilter,
        order: FollowUpOrder,
        limit: usize,
        offset: usize,
    ) -> Result<Vec<FollowUpRow>, Error> {
        self.store.read(|connection| follow_ups::dated(connection, filter, order, limit, offset))
    }

    /// Follow-ups without a day, said between two days, both included, the last said first. Of the filter, what concerns days does
    /// not hold for them.
    pub fn undated_follow_ups(
        &self,
        filter: &FollowUpFilter,
        said: (Date, Date),
        limit: usize,
    ) -> Result<Vec<FollowUpRow>, Error> {
        self.store.read(|connection| follow_ups::undated(connection, filter, said, limit))
    }

    /// All follow-ups of a document ([`Meeting::document`]), in the order told.
    pub fn follow_ups_of(&self, document: i64) -> Result<Vec<FollowUpRow>, Error> {
        self.store.read(|connection| follow_ups::of_document(connection, document))
    }

    /// What tells what became of follow-ups, as known on a day, in the order sought.
    pub fn traces(&self, sought: &[Sought], as_of: Date) -> Result<Vec<Traces>, Error> {
        self.store.read(|connection| traces::traces(connection, sought, as_of))
    }

    /// The items of a body's minutes ([`minutes::body::key`]) from one day to another, both included, as they were treated; empty where
    /// no such minutes are here.
    pub fn items_of_body(&self, body_key: &str, days: (Date, Date)) -> Result<Vec<TracedItem>, Error> {
        self.store.read(|connection| traces::items_of_body(connection, body_key, days))
    }

    /// The first meeting of a body ([`minutes::body::key`]) after a day, as known on another; None where nothing tells it.
    pub fn next_meeting(
        &self,
        body_key: &str,
        after: Date,
        as_of: Date,
    ) -> Result<Option<NextMeeting>, Error> {
        self.store.read(|connection| traces::next_meeting(connection, body_key, after, as_of))
    }

    /// Every event given out to calendars that ends on a day or later, of one body or of all.
    pub fn calendar(&self, body_key: Option<&str>, from: Date) -> Result<Vec<CalendarRevision>, Error> {
        self.store.read(|connection| calendar::given_out(connection, body_key, from))
    }

    /// Gives out events to calendars, each with its sequence. Writes only what is new or has changed; [`Error`] where it cannot.
    pub fn give_out(&self, events: &[CalendarEvent], now: Timestamp) -> Result<Vec<CalendarRevision>, Error> {
        match self.store.read(|connection| calendar::unchanged(connection, events))? {
            Some(known) => Ok(known),
            None => self.ledger()?.give_out(events, now),
        }
    }

    /// What is said of seats in a body ([`minutes::body::key`]), oldest meeting first. Seats whose text names no body
    /// are under the empty key.
    pub fn seats(&self, body_key: &str) -> Result<Vec<SeatRow>, Error> {
        let everybody = self.everybody()?;
        self.store.read(|connection| seats::seats(connection, &everybody, body_key))
    }

    /// Of those, the ones that meetings from a day on tell of, and those that no meeting's day is known of.
    pub fn seats_since(&self, body_key: &str, since: Date) -> Result<Vec<SeatRow>, Error> {
        let everybody = self.everybody()?;
        self.store.read(|connection| seats::seats_since(connection, &everybody, body_key, since))
    }

    /// Members who went on under another party, decided or not, told of on that day or before, oldest meeting first.
    pub fn party_changes(&self, before: Date) -> Result<Vec<SeatRow>, Error> {
        let everybody = self.everybody()?;
        self.store.read(|connection| seats::party_changes(connection, &everybody, before))
    }

    /// At most so many meetings that somebody ([`minutes::person::key`]) was absent from, or stood in at, the last first.
    pub fn absences(&self, person_key: &str, limit: usize) -> Result<Vec<AttendanceRow>, Error> {
        self.store.read(|connection| attendance::of_person(connection, person_key, limit))
    }

    /// Who was not at the meeting of a document, and who stood in, in the order of the minutes.
    pub fn away(&self, document: i64) -> Result<Vec<AttendanceRow>, Error> {
        self.store.read(|connection| attendance::away(connection, document))
    }

    /// Who was in part only at the meeting of a document, in the order of the minutes.
    pub fn in_part(&self, document: i64) -> Result<Vec<InPartRow>, Error> {
        self.store.read(|connection| attendance::in_part(connection, document))
    }

    /// At most so many meetings at which somebody ([`minutes::person::key`]) was in part only, the last first.
    pub fn in_part_of(&self, person_key: &str, limit: usize) -> Result<Vec<InPartRow>, Error> {
        self.store.read(|connection| attendance::in_part_of(connection, person_key, limit))
    }

    /// The last meeting of each body at which somebody ([`minutes::person::key`]) was, or that prints an office or a party beside the
    /// name: one row for each office and party, the last first.
    pub fn presence(&self, person_key: &str) -> Result<Vec<AttendanceRow>, Error> {
        self.store.read(|connection| attendance::present(connection, person_key))
    }

    /// Everybody named in the attendance of a body's meetings from one day to another, each spelling with the last meeting that
    /// names it with the same office and party beside it, the last meeting first.
    pub fn attended(&self, body_key: &str, days: (Date, Date)) -> Result<Vec<AttendanceRow>, Error> {
        self.store.read(|connection| attendance::of_body(connection, body_key, days))
    }

    fn everybody(&self) -> Result<Arc<Everybody>, Error> {
        self.everybody.current(&self.store, seats::everybody)
    }

    /// Bodies that something is said of seats in, the one with most rows first; `meetings` is the number of rows.
    pub fn seated_bodies(&self) -> Result<Vec<BodySummary>, Error> {
        Ok(self.seated_bodies.current(&self.store, seats::seated_bodies)?.to_vec())
    }

    /// Everybody whose seats are told of: those that something was decided about first, then the last told of first. After them those
    /// whom only the attendance of meetings names.
    pub fn people(&self) -> Result<People, Error> {
        self.everybody().map(People)
    }

    /// What is said of a person's seats, oldest meeting first. Rows of documents corrected since [`Archive::people`] are left
    /// out.
    pub fn seats_of(&self, person: &Person) -> Result<Vec<SeatRow>, Error> {
        self.store.read(|connection| seats::of_person(connection, person))
    }

    /// The days of meetings that decided about seats in a body ([`minutes::body::key`]), newest first.
    pub fn seat_days(&self, body_key: &str) -> Result<Vec<Date>, Error> {
        self.store.read(|connection| seats::decided_days(connection, body_key))
    }

    /// Searches with the words of a table in this file too, from now on; there may be no such file. A group of words for the same
    /// a line, parted by commas; `#` begins a comment. Whoever changes it sees that at the next question.
    #[must_use]
    pub fn with_synonyms(self, file: PathBuf) -> Self {
        Self { synonyms: SynonymFile::new(Some(file)), ..self }
    }

    /// [`Archive::find`] among all entries.
    pub fn search(&self, words: &str, limit: usize, offset: usize) -> Result<SearchResult, Error> {
        self.find(words, &SearchFilter::default(), limit, offset, |_| true)
    }

    /// Items and documents about the words, one a case, best first: `limit` of them after the first `offset`. Spelling
    /// (`å`/`aa`), case and endings do not matter; `"ord ord"` stand together, `-ord` does not stand there, `ord*` begins a word.
    /// Any text may be given; one without words finds what the filter lets through, and nothing without a filter.
    /// A case is shown by its best item that `stands`; a hit none of whose items does is left out.
    /// [`Error::InUse`] when there is no index and another process is making it.
    pub fn find(
        &self,
        words: &str,
        filter: &SearchFilter,
        limit: usize,
        offset: usize,
        mut stands: impl FnMut(&Treatment) -> bool,
    ) -> Result<SearchResult, Error> {
        let synonyms = self.synonyms.current();
        let question = Question { words, filter, synonyms: &synonyms, limit, offset };
        let (opened, places) =
            self.search.ask(&self.store, |index| Ok((Arc::clone(index), index.answer(&question)?)))?;
        let sought = passage::Sought::new(opened.analysis(), &places.plan);
        let hits = self.store.read(|connection| {
            let mut hits = Vec::with_capacity(places.places.len());
            for place in &places.places {
                // Gone when its document was corrected and the search index does not know yet.
                hits.extend(hit(connection, place, &sought, &mut stands)?);
            }
            Ok(hits)
        })?;
        let shown = |stem: &str| self.surface(&opened, stem);
        let reading = Reading {
            corrected: (places.plan.corrected.iter())
                .map(|it| Ok((it.typed.clone(), shown(&it.stem)?)))
                .collect::<Result<_, Error>>()?,
            unknown: unknown(&places.plan),
            is_partial: places.is_partial,
            near: places.near.iter().map(|it| shown(&it.stem)).collect::<Result<_, Error>>()?,
        };
        let (total, is_more) = (places.total, places.is_more);
        Ok(SearchResult { total, is_more, hits, places: places.places.len(), reading })
    }

    /// A word of the index as some minutes have it.
    fn surface(&self, opened: &Opened, stem: &str) -> Result<String, Error> {
        let Ok(Some(place)) = opened.holding(stem) else { return Ok(stem.to_owned()) };
        let found = self.store.read(|connection| match place.item {
            Some(item) => {
                let treatment = meetings::item(connection, item)?;
                Ok(treatment.and_then(|it| passage::surface(texts_of(&it.item), opened.analysis(), stem)))
            }
            None => {
                let document = documents::detail(connection, place.document)?;
                Ok(passage::surface(texts_of_whole(&document), opened.analysis(), stem))
            }
        })?;
        Ok(found.map_or_else(|| stem.to_owned(), |word| word.to_lowercase()))
    }
}

/// Words that stand nowhere and were not corrected.
fn unknown(plan: &Plan) -> Vec<String> {
    let unknown = plan.needs.iter().filter(|need| need.is_unknown());
    unknown.map(|need| need.typed.clone()).collect()
}

fn hit(
    connection: &Connection,
    place: &Place,
    sought: &passage::Sought<'_>,
    mut stands: impl FnMut(&Treatment) -> bool,
) -> rusqlite::Result<Option<Hit>> {
    let (found, passage) = match place.item {
        Some(item) => {
            let mut best = None;
            for item in std::iter::once(item).chain(place.others.iter().copied()) {
                best = meetings::item(connection, item)?.filter(|treatment| stands(treatment));
                if best.is_some() {
                    break;
                }
            }
            let Some(treatment) = best else { return Ok(None) };
            let passage = passage::of_item(&treatment.item, sought);
            (Found::Item(Box::new(treatment)), passage)
        }
        None => {
            let Some(meeting) = meetings::one(connection, place.document)? else { return Ok(None) };
            let document = documents::detail(connection, place.document)?;
            (Found::Document(meeting), passage::of_document(&document, sought))
        }
    };
    let marks = sought.marks(&passage);
    Ok(Some(Hit { score: place.score, found, passage, marks, others: place.others.len() }))
}

/// The cases of these items that were not seen before, at most `limit`.
fn titled_cases(
    connection: &Connection,
    places: &[Place],
    limit: usize,
    seen: &mut HashSet<String>,
) -> rusqlite::Result<Vec<CaseHead>> {
    let mut found = Vec::new();
    for item in places.iter().filter_map(|place| place.item) {
        if found.len() == limit {
            break;
        }
        if let Some(case) = case_heads::of_item(connection, item)?
            && seen.insert(case.key.clone())
        {
            found.push(case);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::writer::tests::{document, entry, telling};

    #[test]
    fn a_folder_that_may_only_be_read_answers() {
        let directory = tempfile::tempdir().unwrap();
        let writable = Archive::open(directory.path()).unwrap();
        let mut writer = writable.writer().unwrap();
        writer.record(&[entry("a", &document("herberg"))], &telling()).unwrap();
        writer.commit().unwrap();
        drop((writer, writable));
        for log in ["referent.db-wal", "referent.db-shm"] {
            let _ = fs::remove_file(directory.path().join(log));
        }
        let listed = |folder: &str| fs::read_dir(directory.path().join(folder)).unwrap().count();
        let before = (listed("."), listed("search"));
        let store = Store::open(directory.path(), true).unwrap();
        let archive = Archive::of(directory.path(), store, Steps::ALL, true).unwrap();
        assert_eq!(archive.search("herberg", 10, 0).unwrap().total, 1);
        assert_eq!((listed("."), listed("search")), before);
    }
}
