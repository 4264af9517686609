//! How an archive of 100,000 items behaves: filling it, asking it, and the process around it, each beside the least that
//! the parts it is made of can do it in.
//! `cargo bench --bench archive -- sync|questions|proposals|search|process|discord` runs one of them.
//!
//! `REFERENT_BENCH_ITEMS` makes the archive smaller or larger; the bars are meant for 100,000.

mod direct;
mod discord;
mod figures;
mod indexed;
mod place;
mod process;
mod proposals;
mod questions;
mod search;
mod sync;

use std::error::Error;

use place::Place;

/// A measurement's name on the command line, and what it does.
type Measurement = (&'static str, fn(&Place) -> Result<(), Box<dyn Error>>);

const MEASUREMENTS: [Measurement; 6] = [
    ("sync", sync::run),
    ("questions", questions::run),
    ("proposals", proposals::run),
    ("search", search::run),
    ("process", process::run),
    ("discord", discord::run),
];

/// How many items the bars are meant for.
const ITEMS: u64 = 100_000;
/// How many are enough to see that the measurements work, as `cargo test --benches` does.
const FEW_ITEMS: u64 = 500;

fn main() -> Result<(), Box<dyn Error>> {
    if discord::is_bare() {
        return discord::be_bare();
    }
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let default = if arguments.iter().any(|argument| argument == "--bench") { ITEMS } else { FEW_ITEMS };
    let items = match std::env::var("REFERENT_BENCH_ITEMS") {
        Ok(items) => items.parse()?,
        Err(_) => default,
    };
    let named = |name: &str| arguments.iter().any(|argument| argument == name);
    let all = !MEASUREMENTS.iter().any(|(name, _)| named(name));
    let place = Place::new(items)?;
    println!("{} documents, {:.1} MB of text, about {items} items", place.documents, place.megabytes());
    for (_, measure) in MEASUREMENTS.iter().filter(|(name, _)| all || named(name)) {
        measure(&place)?;
    }
    Ok(())
}
