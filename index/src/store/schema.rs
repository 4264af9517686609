//! The tables, and whose file a database is.

use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

/// Marks the file as Referent's (SQLite, "The Application ID"): `Ref1` in ASCII.
pub(crate) const APPLICATION_ID: i32 = 0x5265_6631;

/// The version of the tables, in the file's `user_version`: how many of [`STEPS`] were taken. A change of the tables adds one.
pub(crate) const SCHEMA_VERSION: i32 = STEPS.len() as i32;

/// What makes each version from the one before. A step that was ever released is never changed.
const STEPS: [&str; 7] =
    [TABLES, MEETINGS_OF_ITEMS, LEDGER, COURSE_OF_FOLLOW_UPS, SEATS_IN_ORDER, LISTED_IN_ATTENDANCE, IN_PART];

/// An item keeps its number for ever and numbers are not used again (AUTOINCREMENT): a search index that lags behind
/// can name an item that is gone, never a wrong one. `sequence` counts what was recorded and is what the search
/// index is compared by; `entries` is how many entries that index must have.
const TABLES: &str = "
CREATE TABLE meta (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    store_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    entries INTEGER NOT NULL
) STRICT;
INSERT INTO meta VALUES (1, lower(hex(randomblob(8))), 0, 0);

CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    origin TEXT NOT NULL UNIQUE,
    url TEXT,
    hash TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT,
    body_key TEXT NOT NULL,
    date TEXT,
    time TEXT,
    place TEXT,
    title TEXT,
    recorded_at TEXT NOT NULL,
    version INTEGER NOT NULL,
    reading INTEGER NOT NULL,
    sequence INTEGER NOT NULL UNIQUE,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX documents_by_body ON documents (body_key, date, kind, body);
CREATE INDEX documents_by_date ON documents (date);

CREATE TABLE texts (
    document INTEGER NOT NULL REFERENCES documents (id),
    version INTEGER NOT NULL,
    hash TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (document, version)
) STRICT;
CREATE INDEX texts_by_hash ON texts (hash);

CREATE TABLE items (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents (id),
    position INTEGER NOT NULL,
    number TEXT,
    case_number TEXT,
    case_key TEXT,
    title TEXT,
    closed INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    detail TEXT NOT NULL,
    UNIQUE (document, position)
) STRICT;
CREATE INDEX items_by_case ON items (case_key) WHERE case_key IS NOT NULL;

CREATE TABLE follow_ups (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (id),
    position INTEGER,
    body_key TEXT NOT NULL,
    from_date TEXT,
    to_date TEXT,
    detail TEXT NOT NULL,
    FOREIGN KEY (document, position) REFERENCES items (document, position)
) STRICT;
CREATE INDEX follow_ups_by_item ON follow_ups (document, position);
CREATE INDEX follow_ups_by_body ON follow_ups (body_key, from_date, to_date);
CREATE INDEX follow_ups_by_end ON follow_ups (to_date);

CREATE TABLE seats (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (id),
    position INTEGER,
    body TEXT,
    body_key TEXT NOT NULL,
    detail TEXT NOT NULL,
    FOREIGN KEY (document, position) REFERENCES items (document, position)
) STRICT;
CREATE INDEX seats_by_item ON seats (document, position);
CREATE INDEX seats_by_body ON seats (body_key);
";

/// An item's meeting stands at the item too: the meetings of a case, which may be hundreds, are then read from one index alone.
const MEETINGS_OF_ITEMS: &str = "
ALTER TABLE items ADD COLUMN date TEXT;
ALTER TABLE items ADD COLUMN body_key TEXT NOT NULL DEFAULT '';
UPDATE items SET (date, body_key) = (SELECT d.date, d.body_key FROM documents d WHERE d.id = items.document);
DROP INDEX items_by_case;
CREATE INDEX items_by_case ON items (case_key, date, body_key, outcome) WHERE case_key IS NOT NULL;
";

/// Who wants to be told of what, what there was to tell, and what became of each message. Times are milliseconds since 1970 in
/// UTC, days ISO text. `outbox.ready_at` is NULL while somebody is at work on the row, `settled_at` until nothing more is done about it.
const LEDGER: &str = "
ALTER TABLE documents ADD COLUMN withdrawn_at TEXT;
ALTER TABLE meta ADD COLUMN reminded_until TEXT;

CREATE TABLE sources (
    name TEXT PRIMARY KEY,
    first_read_at INTEGER,
    succeeded_at INTEGER,
    failed_at INTEGER,
    problem TEXT,
    error TEXT,
    told TEXT
) STRICT;

CREATE TABLE subscriptions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    place TEXT NOT NULL,
    subject TEXT NOT NULL,
    key TEXT NOT NULL,
    label TEXT NOT NULL,
    cadence TEXT NOT NULL,
    quiet TEXT,
    paused TEXT,
    created_at INTEGER NOT NULL,
    UNIQUE (place, subject, key)
) STRICT;

CREATE TABLE news (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents (id),
    version INTEGER NOT NULL,
    meeting TEXT NOT NULL,
    kind TEXT NOT NULL,
    silence TEXT,
    changes TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX news_by_document ON news (document);

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    place TEXT NOT NULL,
    subject TEXT NOT NULL,
    meeting TEXT,
    content TEXT NOT NULL,
    state TEXT NOT NULL,
    not_before INTEGER NOT NULL,
    ready_at INTEGER,
    attempts INTEGER NOT NULL,
    tried_at INTEGER,
    message TEXT,
    problem TEXT,
    created_at INTEGER NOT NULL,
    settled_at INTEGER,
    UNIQUE (place, subject)
) STRICT;
CREATE INDEX outbox_open ON outbox (place, id, not_before) WHERE settled_at IS NULL;
CREATE INDEX outbox_by_meeting ON outbox (place, meeting);
";

/// What a follow-up's state rests on. A row of `setbacks` is of an item's matter (`case_key`, or `title` alone where it has no number;
/// `body_key` is that of the body that decided), or of a meeting (`day`; `body_key` is that of the body that was to meet). With both
/// `title` and `day` and without `case_key` it is of an event on that day, which the item of that title calls off.
/// `calendar` keeps the events that were given out, so that one that changes or goes can be told apart from a new one: `content` is
/// the event as JSON, times are milliseconds since 1970 in UTC. What was recorded before has its rows when it is read again.
const COURSE_OF_FOLLOW_UPS: &str = "
ALTER TABLE follow_ups ADD COLUMN names_body INTEGER NOT NULL DEFAULT 0;
UPDATE follow_ups SET names_body = json_extract(detail, '$.body') IS NOT NULL;

CREATE TABLE setbacks (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (id),
    position INTEGER NOT NULL,
    is_cancelled INTEGER NOT NULL,
    case_key TEXT,
    title TEXT,
    body_key TEXT NOT NULL,
    day TEXT,
    quote TEXT NOT NULL,
    FOREIGN KEY (document, position) REFERENCES items (document, position)
) STRICT;
CREATE INDEX setbacks_by_item ON setbacks (document, position);
CREATE INDEX setbacks_by_case ON setbacks (case_key) WHERE case_key IS NOT NULL;
CREATE INDEX setbacks_by_body ON setbacks (body_key) WHERE case_key IS NULL;

CREATE TABLE planned_meetings (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (id),
    position INTEGER,
    body_key TEXT NOT NULL,
    day TEXT NOT NULL,
    quote TEXT NOT NULL,
    FOREIGN KEY (document, position) REFERENCES items (document, position)
) STRICT;
CREATE INDEX planned_meetings_by_item ON planned_meetings (document, position);
CREATE INDEX planned_meetings_by_day ON planned_meetings (body_key, day);

CREATE TABLE calendar (
    uid TEXT PRIMARY KEY,
    body_key TEXT NOT NULL,
    to_date TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    revised_at INTEGER NOT NULL,
    content TEXT NOT NULL
) STRICT;
CREATE INDEX calendar_by_end ON calendar (to_date);
";

/// What is said of a body's seats is read in the order of the meetings from the index alone, and changes of party, which count in
/// every body, from an index of their own. Who was at which meeting stands in rows: those of documents that were there before
/// come when they are read again ([`minutes::READING`]).
const SEATS_IN_ORDER: &str = "
ALTER TABLE seats ADD COLUMN date TEXT;
ALTER TABLE seats ADD COLUMN event TEXT NOT NULL DEFAULT '';
UPDATE seats SET date = (SELECT d.date FROM documents d WHERE d.id = seats.document),
                 event = json_extract(detail, '$.event');
DROP INDEX seats_by_body;
CREATE INDEX seats_by_body ON seats (body_key, date, document);
CREATE INDEX seats_of_other_parties ON seats (date) WHERE event = 'party_change';

CREATE TABLE attendance (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (id),
    body_key TEXT NOT NULL,
    date TEXT,
    person TEXT NOT NULL,
    person_key TEXT NOT NULL,
    was TEXT NOT NULL,
    other TEXT
) STRICT;
CREATE INDEX attendance_by_document ON attendance (document);
CREATE INDEX attendance_by_person ON attendance (person_key, date);
CREATE INDEX attendance_by_body ON attendance (body_key, date);
";

/// The office and the party that a list of who was there prints beside a name; NULL where it prints none, and for what was
/// recorded before until it is read again.
const LISTED_IN_ATTENDANCE: &str = "
ALTER TABLE attendance ADD COLUMN role TEXT;
ALTER TABLE attendance ADD COLUMN party TEXT;
";

/// Who was at a meeting in part only, in the minutes' words; empty for what was recorded before until it is read again.
const IN_PART: &str = "
CREATE TABLE in_part (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents (id),
    person TEXT NOT NULL,
    person_key TEXT NOT NULL,
    told TEXT NOT NULL,
    item TEXT
) STRICT;
CREATE INDEX in_part_by_document ON in_part (document);
CREATE INDEX in_part_by_person ON in_part (person_key);
";

/// Whose file it is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Identity {
    /// Nothing in it yet: a new file, or one whose creation was cut off.
    Empty,
    /// Ours, with the tables of this program.
    Ours,
    /// Ours, from an earlier version of this program.
    Older,
    /// Ours, from a later version of this program.
    Newer(u32),
    /// Another program's.
    Foreign,
}

pub(crate) fn identity(connection: &Connection) -> rusqlite::Result<Identity> {
    let application: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let has_tables =
        connection.query_row("SELECT 1 FROM sqlite_schema LIMIT 1", [], |_| Ok(())).optional()?.is_some();
    Ok(match (application, version) {
        (APPLICATION_ID, SCHEMA_VERSION) => Identity::Ours,
        (APPLICATION_ID, 1..SCHEMA_VERSION) => Identity::Older,
        (APPLICATION_ID, found) if found > SCHEMA_VERSION => Identity::Newer(found.unsigned_abs()),
        (0, 0) if !has_tables => Identity::Empty,
        _ => Identity::Foreign,
    })
}

/// Makes the tables of an empty file, and what those of an older one lack, in one transaction; unless another process was
/// quicker.
pub(crate) fn make(connection: &mut Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if matches!(identity(&transaction)?, Identity::Empty | Identity::Older) {
        let version: i32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
        for step in STEPS.iter().skip(version.unsigned_abs() as usize) {
            transaction.execute_batch(step)?;
        }
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    }
    transaction.commit()
}
