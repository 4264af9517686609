//! A data folder that is busy, full, damaged or from another time: told what to do, nothing overwritten.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::path::PathBuf;

use crate::place::{BINARY, Place, Run, case_number, minutes};

fn filled(documents: usize) -> Place {
    let place = Place::new();
    for number in 0..documents {
        place.file(&format!("{number:04}.txt"), minutes(number, 1));
    }
    place
}

/// The database file without the log beside it, whose pages would stand in for damaged ones.
fn database_alone(place: &Place) -> PathBuf {
    for log in ["referent.db-wal", "referent.db-shm"] {
        // Not there after every end of a sync.
        let _ = fs::remove_file(place.path("data").join(log));
    }
    place.path("data/referent.db")
}

#[test]
fn a_corrected_document_replaces_the_old_one() {
    let place = filled(3);
    place.run(&["sync"]).expect(0, &["3 nye, 0 rettede, 0 uændrede"]);
    place.run(&["sync"]).expect(0, &["0 nye, 0 rettede, 3 uændrede"]);
    place.file("0001.txt", minutes(1, 2));
    place.run(&["sync"]).expect(0, &["0 nye, 1 rettet, 2 uændrede"]);
    let run = place.run(&["ask", &format!("/sag {}", case_number(1))]);
    run.expect(0, &["prøve 1 i udgave 2."]);
    assert!(!run.out.contains("udgave 1"), "{run:#?}");
}

#[test]
fn a_source_that_was_not_read_yet_is_told_of() {
    let place = filled(1);
    place.run(&["sync"]).expect(0, &[]);
    place.config("[data]", "[[sources]]\nkind = \"folder\"\npath = \"nye\"\n\n[data]");
    let status = place.run(&["ask", "/status"]);
    status.expect(0, &["referater: stille: kan læses", "aldrig læst: er ikke læst endnu"]);
}

#[test]
fn in_use_by_another_process() {
    let place = filled(1);
    place.run(&["sync"]).expect(0, &[]);
    let lock = File::options().write(true).open(place.path("data/lock")).unwrap();
    lock.try_lock().unwrap();
    // Reading goes on, and so does a sync that has nothing to write.
    place.run(&["ask", &format!("/sag {}", case_number(0))]).expect(0, &["prøve 0"]);
    place.run(&["sync"]).expect(0, &["1 uændret"]);
    place.file("ny.txt", minutes(1, 1));
    place.run(&["sync"]).expect(3, &["data"]);
    place.run(&["sync", "--set-aside"]).expect(3, &[]);
    lock.unlock().unwrap();
    place.run(&["sync"]).expect(0, &["1 ny"]);
}

#[test]
fn a_damaged_database_is_moved_only_on_request() {
    let place = filled(40);
    place.run(&["sync"]).expect(0, &["40 nye"]);
    let path = database_alone(&place);
    let file = File::options().write(true).open(&path).unwrap();
    let size = file.metadata().unwrap().len();
    // Everything after the first page: the file still looks like SQLite.
    file.write_all_at(&vec![0xA5; usize::try_from(size).unwrap() - 4096], 4096).unwrap();
    let damaged = fs::read(&path).unwrap();

    place.file("ny.txt", minutes(50, 1));
    let line = format!("/sag {}", case_number(0));
    for arguments in [&["sync"][..], &["ask", &line], &["chat"]] {
        place.run(arguments).expect(3, &["--set-aside"]);
        assert!(fs::read(&path).unwrap() == damaged, "{arguments:?} changed the damaged database");
    }
    place.run(&["sync", "--set-aside"]).expect(0, &["41 nye"]);
    let aside: Vec<_> = fs::read_dir(place.path("data"))
        .unwrap()
        .map(|entry| entry.unwrap().path().join("referent.db"))
        .filter(|path| path.exists())
        .collect();
    assert_eq!(aside.len(), 1);
    assert!(fs::read(&aside[0]).unwrap() == damaged, "the database set aside is not the damaged one");
}

#[test]
fn another_programs_file_is_left_alone() {
    let place = filled(1);
    fs::create_dir(place.path("data")).unwrap();
    fs::write(place.path("data/referent.db"), "en helt anden fil").unwrap();
    place.run(&["sync"]).expect(3, &["referent.db"]);
    assert_eq!(fs::read_to_string(place.path("data/referent.db")).unwrap(), "en helt anden fil");
}

#[test]
fn a_newer_version_is_left_alone() {
    let place = filled(1);
    place.run(&["sync"]).expect(0, &[]);
    let path = database_alone(&place);
    // The user version, which says how the tables are laid out: bytes 60 to 63 of an SQLite file, big-endian.
    File::options().write(true).open(&path).unwrap().write_all_at(&9_999_u32.to_be_bytes(), 60).unwrap();
    let before = fs::read(&path).unwrap();
    for arguments in [&["sync"][..], &["ask", "/hjælp"]] {
        place.run(arguments).expect(3, &["nyere"]);
        assert!(fs::read(&path).unwrap() == before);
    }
}

/// A full disk: a file system of 1 MB, where mounting one is permitted.
#[test]
fn a_full_disk() {
    let place = filled(600);
    fs::create_dir(place.path("data")).unwrap();
    let mount = "mount -t tmpfs -o size=1m tmpfs data";
    let permitted = place.other_command("unshare", &["-rm", "sh", "-c", mount]).status();
    if !permitted.is_ok_and(|status| status.success()) {
        eprintln!("note: mounting a small tmpfs is not permitted here; only the file size limit is tested");
        return;
    }
    let script = format!(
        "{mount} && '{BINARY}' sync; echo \"først $?\"; mount -o remount,size=64m data && '{BINARY}' sync"
    );
    let output = place.other_command("unshare", &["-rm", "sh", "-c", &script]).output().unwrap();
    Run::from(output).expect(0, &["disk", "først 3", "uændrede"]);
}

/// A quota: writing beyond it is an error, not the end of the process.
#[test]
fn a_file_that_may_not_grow() {
    let place = filled(600);
    let script = format!("trap '' XFSZ; ulimit -f 600; exec '{BINARY}' sync");
    let output = place.other_command("sh", &["-c", &script]).output().unwrap();
    Run::from(output).expect(3, &["referent: "]);
    place.run(&["sync"]).expect(0, &["0 rettede"]);
    place.run(&["sync"]).expect(0, &["0 nye, 0 rettede, 600 uændrede"]);
}

#[test]
fn a_meeting_whose_name_comes_to_hold_another_is_kept_as_withdrawn() {
    let place = filled(2);
    place.run(&["sync"]).expect(0, &["2 nye"]);
    place.file("0001.txt", minutes(0, 1));
    for _ in 0..2 {
        place.run(&["sync"]).expect(0, &["0 nye, 0 rettede, 1 uændret", "1 kopi sprunget over"]);
    }
    place.run(&["ask", &format!("/sag {}", case_number(1))]).expect(0, &[WITHDRAWN.trim()]);
}

/// What is said of a document whose file is gone.
const WITHDRAWN: &str = " (trukket tilbage fra kilden)";

#[test]
fn a_better_reader_reads_the_stored_texts_again() {
    let place = Place::new();
    let file = place.file("a.txt", minutes(1, 1));
    place.run(&["sync"]).expect(0, &["1 ny"]);
    let before = place.run(&["ask", "--json", "/møde"]);
    let database = rusqlite::Connection::open(place.path("data/referent.db")).unwrap();
    database.execute("UPDATE documents SET reading = 0", []).unwrap();
    drop(database);
    // The source may have lost the file since.
    std::fs::remove_file(file).unwrap();
    place.run(&["sync"]).expect(0, &["1 kendt dokument læst på ny"]);
    place.run(&["sync"]).expect(0, &["0 nye, 0 rettede, 0 uændrede"]);
    let after = place.run(&["ask", "--json", "/møde"]).out;
    assert!(after.contains(WITHDRAWN), "{after}");
    assert_eq!(after.replace(WITHDRAWN, ""), before.out);
}
