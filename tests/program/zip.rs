//! ZIP files: what is in one is read as if it lay beside it, and what is wrong with one costs nothing else.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::place::{Place, minutes};

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn an_archive_is_read_file_by_file() {
    let place = Place::new();
    let (one, two) = (minutes(0, 1), minutes(1, 1));
    place.file("2001.zip", zipped(&[("januar/et.txt", one.as_bytes()), ("to.txt", two.as_bytes())]));
    place.run(&["sync"]).expect(0, &["2 nye, 0 rettede, 0 uændrede"]);
    place
        .run(&["ask", "/møde", "prøveudvalget", "1.1.2001"])
        .expect(0, &["Godkendt som prøve 0", "referater/2001.zip/januar/et.txt"]);
    place.run(&["sync"]).expect(0, &["0 nye, 0 rettede, 2 uændrede"]);
    // What a new archive corrects is corrected, and what it has no more is withdrawn.
    place.file("2001.zip", zipped(&[("januar/et.txt", minutes(0, 2).as_bytes())]));
    place.run(&["sync"]).expect(0, &["0 nye, 1 rettet, 0 uændrede", "referater/2001.zip/to.txt"]);
}

#[test]
fn a_bomb_costs_nothing_else() {
    let place = Place::new();
    place.file("a.txt", minutes(0, 1));
    let bomb = vec![b'a'; 70 << 20];
    let good = minutes(1, 1);
    place.file(
        "b.zip",
        zipped(&[("bombe.txt", &bomb), ("god.txt", good.as_bytes()), ("tal.bin", b"\x7fELF\0\0")]),
    );
    place.file("halv.zip", &zipped(&[("c.txt", good.as_bytes())])[..40]);
    place.run(&["sync"]).expect(
        1,
        &[
            "2 nye, 0 rettede, 0 uændrede",
            "referater/b.zip/bombe.txt: er for stor (70 MB; grænsen er 64 MB",
            "referater/b.zip/tal.bin: filen er ikke tekst",
            "referater/halv.zip: er ikke en hel ZIP-fil; læg den i mappen igen, eller pak den ud",
        ],
    );
}

#[test]
fn parse_shows_each_file_of_an_archive() {
    let place = Place::new();
    let text = minutes(0, 1);
    let zip = place.file("2001.zip", zipped(&[("et.txt", text.as_bytes()), ("tomt.txt", b"")]));
    let zip = zip.to_str().unwrap();
    place.run(&["parse", zip]).expect(
        1,
        &[&format!("{zip}/et.txt: referat, Prøveudvalget, 1. januar 2001"), "tomt.txt: filen er tom"],
    );
    let json = place.run(&["parse", "--json", zip]);
    assert_eq!(json.out.lines().count(), 1, "{json:#?}");
}
