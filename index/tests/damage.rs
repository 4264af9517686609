//! Crashes, damage, and other people's files.
#![allow(clippy::unwrap_used, reason = "tests may fail")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::*;
use index::{Archive, Error};

fn sampled() -> (tempfile::TempDir, Vec<String>) {
    let directory = tempfile::tempdir().unwrap();
    let archive = Archive::open(directory.path()).unwrap();
    record_samples(&archive);
    let answers = answers(&archive);
    (directory, answers)
}

fn files(directory: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(directory)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.is_file() && fs::metadata(path).unwrap().len() > 0)
        .collect();
    files.sort();
    files
}

/// Does something to the search folder of a sampled archive; the answers must be the same afterwards.
#[track_caller]
fn check(harm: impl FnOnce(&Path)) {
    let (directory, answers_before) = sampled();
    // Opened once more, so that the checksums were compared and noted.
    drop(Archive::open(directory.path()).unwrap());
    harm(&directory.path().join("search"));
    let archive = Archive::open(directory.path()).unwrap();
    assert_eq!(answers(&archive), answers_before);
    record(&archive, &[entry("new.txt", "new.txt", &policy("Nyt", "herberg"))]);
    assert_eq!(archive.search("nyt herberg", 10, 0).unwrap().total, 1);
}

#[test]
fn the_search_folder_can_be_gone_or_empty_or_a_file() {
    check(|search| fs::remove_dir_all(search).unwrap());
    check(|search| {
        fs::remove_dir_all(search).unwrap();
        fs::create_dir(search).unwrap();
    });
    check(|search| {
        fs::remove_dir_all(search).unwrap();
        fs::write(search, "no folder").unwrap();
    });
    check(|search| {
        fs::rename(search, search.with_file_name("search-old")).unwrap();
        fs::create_dir(search.with_file_name("search-new")).unwrap();
    });
}

#[test]
fn any_file_of_the_index_can_be_damaged() {
    let (directory, _) = sampled();
    let count = files(&directory.path().join("search")).len();
    assert!(count > 5);
    for nth in 0..count {
        let file = |search: &Path| files(search).get(nth).cloned();
        check(|search| file(search).into_iter().for_each(|file| fs::remove_file(file).unwrap()));
        check(|search| {
            if let Some(file) = file(search) {
                let length = fs::metadata(&file).unwrap().len();
                fs::OpenOptions::new().write(true).open(file).unwrap().set_len(length / 2).unwrap();
            }
        });
        check(|search| file(search).into_iter().for_each(|file| overwrite(&file, nth % 4)));
    }
}

/// Turns over the byte that lies `quarters` into the file.
fn overwrite(file: &Path, quarters: usize) {
    let mut bytes = fs::read(file).unwrap();
    let at = bytes.len() * quarters / 4;
    bytes[at] = !bytes[at];
    fs::write(file, bytes).unwrap();
}

#[test]
fn an_index_of_another_kind_is_made_again() {
    use tantivy::schema::{Schema, TEXT};
    check(|search| {
        fs::remove_dir_all(search).unwrap();
        fs::create_dir(search).unwrap();
        let mut schema = Schema::builder();
        schema.add_text_field("other", TEXT);
        tantivy::Index::create_in_dir(search, schema.build()).unwrap();
    });
}

#[test]
fn another_archives_index_is_made_again() {
    let other = tempfile::tempdir().unwrap();
    let archive = Archive::open(other.path()).unwrap();
    let documents = [policy("1", "andet"), policy("2", "andet"), policy("3", "andet"), policy("4", "andet")];
    for document in &documents {
        let name = document.title.as_deref().unwrap();
        record(&archive, &[entry(name, name, document)]);
    }
    check(|search| {
        fs::remove_dir_all(search).unwrap();
        fs::rename(other.path().join("search"), search).unwrap();
    });
}

#[test]
fn damage_while_open_is_no_end() {
    let (directory, before) = sampled();
    let archive = Archive::open(directory.path()).unwrap();
    fs::remove_dir_all(directory.path().join("search")).unwrap();
    let document = policy("Nyt", "nyt");
    record(&archive, &[entry("new.txt", "new.txt", &document)]);
    assert_eq!(archive.search("nyt", 10, 0).unwrap().total, 1);
    assert_eq!(answers(&archive).len(), before.len());
}

#[test]
fn a_crash_before_the_commit_loses_nothing() {
    let (directory, _) = sampled();
    let archive = Archive::open(directory.path()).unwrap();
    let (first, second) = (policy("Et", "første vej"), policy("To", "anden vej"));
    let changed = policy("Politik for udsatte", "helt anden tekst om en vej");
    let mut writer = archive.writer().unwrap();
    writer.record(&[entry("1", "1", &first)], &telling()).unwrap();
    writer.record(&[entry("2", "2", &second), entry("d.txt", "changed", &changed)], &telling()).unwrap();
    assert_eq!(archive.search("vej", 10, 0).unwrap().total, 1, "the first batch opened the index");
    drop(writer);
    for archive in [archive, Archive::open(directory.path()).unwrap()] {
        assert_eq!(archive.search("vej", 10, 0).unwrap().total, 3);
        assert_eq!(archive.search("åbent for alle", 10, 0).unwrap().total, 0);
    }
}

#[test]
fn another_handle_sees_commits() {
    let (directory, _) = sampled();
    let (one, other) = (Archive::open(directory.path()).unwrap(), Archive::open(directory.path()).unwrap());
    for nth in 1..4 {
        let name = format!("{nth}.txt");
        record(&one, &[entry(&name, &name, &policy(&name, "brandvej"))]);
        assert_eq!(other.search("brandvej", 10, 0).unwrap().total, nth);
    }
}

#[test]
fn there_is_one_writer() {
    let (directory, _) = sampled();
    let archive = Archive::open(directory.path()).unwrap();
    let writer = archive.writer().unwrap();
    for archive in [&archive, &Archive::open(directory.path()).unwrap()] {
        match archive.writer().err().unwrap() {
            Error::InUse { pid, directory: at } => {
                assert_eq!((pid, at.as_path()), (Some(std::process::id()), directory.path()));
            }
            other => panic!("{other}"),
        }
    }
    assert!(matches!(index::set_aside(directory.path(), "1"), Err(Error::InUse { .. })));
    drop(writer);
    archive.writer().unwrap();
}

#[test]
fn a_search_while_somebody_writes_and_no_index_is_there_says_so() {
    let (directory, before) = sampled();
    let archive = Archive::open(directory.path()).unwrap();
    let writer = archive.writer().unwrap();
    fs::remove_dir_all(directory.path().join("search")).unwrap();
    let late = Archive::open(directory.path()).unwrap();
    assert!(matches!(late.search("herberg", 10, 0), Err(Error::InUse { .. })));
    assert_eq!(late.treatments("270000A00515").unwrap().len(), 2);
    drop(writer);
    assert_eq!(answers(&late), before);
}

/// Opening, or else writing, must fail as said and change no byte.
#[track_caller]
fn refused(directory: &Path, expected: impl Fn(&Error) -> bool) {
    let file = directory.join("referent.db");
    let before = fs::read(&file).unwrap();
    let error = match Archive::open(directory) {
        Err(error) => error,
        Ok(archive) => archive.writer().err().expect("refused"),
    };
    assert!(expected(&error), "{error:?}");
    assert!(!error.danish().is_empty());
    assert!(fs::read(&file).unwrap() == before, "the file was changed");
}

#[test]
fn a_damaged_database_is_refused_and_left_alone() {
    for (from, length) in [(0, 100), (0, 16), (16, 40), (4096, 4096), (20_000, 9_000)] {
        let (directory, _) = sampled();
        let file = directory.path().join("referent.db");
        let mut bytes = fs::read(&file).unwrap();
        assert!(bytes.len() > from + length);
        bytes[from..from + length].fill(0xa5);
        fs::write(&file, bytes).unwrap();
        refused(directory.path(), |error| matches!(error, Error::Damaged { .. }));
    }
    let (directory, _) = sampled();
    let file = directory.path().join("referent.db");
    let length = fs::metadata(&file).unwrap().len();
    fs::OpenOptions::new().write(true).open(&file).unwrap().set_len(length / 2).unwrap();
    refused(directory.path(), |error| matches!(error, Error::Damaged { .. }));
    fs::write(&file, "ikke en database ".repeat(1000)).unwrap();
    refused(directory.path(), |error| matches!(error, Error::Damaged { .. }));
}

#[test]
fn later_versions_and_other_programs_are_left_alone() {
    let (directory, _) = sampled();
    let set = |sql: &str| {
        let connection = rusqlite::Connection::open(directory.path().join("referent.db")).unwrap();
        connection.execute_batch(sql).unwrap();
    };
    set("PRAGMA user_version = 99");
    refused(directory.path(), |error| matches!(error, Error::NewerVersion { found: 99, known: 7 }));
    set("PRAGMA user_version = 1; PRAGMA application_id = 7");
    refused(directory.path(), |error| matches!(error, Error::NotOurs { .. }));
    let other = tempfile::tempdir().unwrap();
    let connection = rusqlite::Connection::open(other.path().join("referent.db")).unwrap();
    connection.execute_batch("CREATE TABLE theirs (x)").unwrap();
    drop(connection);
    refused(other.path(), |error| matches!(error, Error::NotOurs { .. }));
}

/// What the steps from version 1 on have added, taken away again.
const BACK_TO_THE_FIRST_VERSION: &str = "
    DROP TABLE in_part;
    DROP TABLE attendance;
    DROP INDEX seats_of_other_parties;
    DROP INDEX seats_by_body;
    ALTER TABLE seats DROP COLUMN date;
    ALTER TABLE seats DROP COLUMN event;
    CREATE INDEX seats_by_body ON seats (body_key);
    DROP TABLE calendar;
    DROP TABLE planned_meetings;
    DROP TABLE setbacks;
    ALTER TABLE follow_ups DROP COLUMN names_body;
    DROP TABLE outbox;
    DROP TABLE news;
    DROP TABLE subscriptions;
    DROP TABLE sources;
    ALTER TABLE documents DROP COLUMN withdrawn_at;
    ALTER TABLE meta DROP COLUMN reminded_until;
    DROP INDEX items_by_case;
    ALTER TABLE items DROP COLUMN date;
    ALTER TABLE items DROP COLUMN body_key;
    CREATE INDEX items_by_case ON items (case_key) WHERE case_key IS NOT NULL;
    PRAGMA user_version = 1;";

#[test]
fn an_earlier_version_is_brought_up_to_date() {
    let (directory, before) = sampled();
    let file = directory.path().join("referent.db");
    rusqlite::Connection::open(&file).unwrap().execute_batch(BACK_TO_THE_FIRST_VERSION).unwrap();
    let holder = fs::File::open(directory.path().join("lock")).unwrap();
    holder.lock().unwrap();
    refused(directory.path(), |error| matches!(error, Error::InUse { .. }));
    holder.unlock().unwrap();
    assert_eq!(answers(&Archive::open(directory.path()).unwrap()), before);
    let version: u32 = rusqlite::Connection::open(&file)
        .unwrap()
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    assert_eq!(version, 7);
}

#[test]
fn a_folder_can_be_set_aside() {
    let (directory, before) = sampled();
    let aside = index::set_aside(directory.path(), "2026-01-01").unwrap();
    assert_eq!(answers(&Archive::open(&aside).unwrap()), before);
    let archive = Archive::open(directory.path()).unwrap();
    assert!(archive.is_empty().unwrap());
    record_samples(&archive);
    assert!(matches!(index::set_aside(directory.path(), "2026-01-01"), Err(Error::Io { .. })));
}

#[test]
fn a_folder_that_cannot_be_is_an_error_with_its_path() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("file");
    fs::write(&file, "x").unwrap();
    match Archive::open(&file.join("data")) {
        Err(Error::Io { path, .. }) => assert_eq!(path, file.join("data")),
        other => panic!("{:?}", other.err()),
    }
}

#[test]
fn archives_are_asked_from_many_threads() {
    let (directory, before) = sampled();
    let archive = Archive::open(directory.path()).unwrap();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| assert_eq!(answers(&archive), before));
        }
    });
}
