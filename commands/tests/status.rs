//! What `/status` tells of the process.
#![allow(clippy::unwrap_used, reason = "tests may fail")]

mod common;

use commands::{Field, parse_line};
use common::Place;

#[test]
fn the_process_tells_of_itself() {
    let place = Place::with(&[]);
    let process = [Field::new("Oppe siden", "12. august 2020")];
    let setting = place.setting("2021-10-01", &process);
    let answer = commands::answer(&place.archive, &setting, &parse_line("/status").unwrap()).unwrap();
    assert!(answer.found && answer.text.contains("referent sync"), "{answer:?}");
    assert_eq!(answer.cards.last().unwrap().fields, process);
    assert_eq!(answer.cards.len(), 2);
}
