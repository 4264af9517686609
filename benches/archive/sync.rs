//! `referent sync` of everything, the whole process, beside the same rows and entries written straight.

use std::error::Error;
use std::fs;

use crate::direct::Ready;
use crate::figures::{Times, Took, bar, ratio};
use crate::place::Place;

/// Each is done so often, in turn.
const ROUNDS: usize = 3;
/// The bar: `sync` takes at most so many times as long.
const MOST: f64 = 1.5;

pub(crate) fn run(place: &Place) -> Result<(), Box<dyn Error>> {
    let ready = Ready::of(&place.data()?)?;
    println!("sync of {} items beside ready-made rows and entries", ready.items);
    let (synced, written) = (place.path("sync-data"), place.path("direct-data"));
    let (mut sync_times, mut direct_times) = (Times::default(), Times::default());
    let mut processor = [0.0, 0.0];
    for round in 1..=ROUNDS {
        let sync = place.sync(&synced)?;
        let direct = ready.write(&written)?;
        println!(
            "  round {round}: sync {}, straight {}, ratio {:.2}",
            shown(sync),
            shown(direct),
            ratio(sync.time, direct.time)
        );
        sync_times.add(sync.time);
        direct_times.add(direct.time);
        processor = [processor[0] + sync.processor, processor[1] + direct.processor];
        fs::remove_dir_all(&synced)?;
        fs::remove_dir_all(&written)?;
    }
    println!("  ratio of processor time: {:.2}", processor[0] / processor[1]);
    bar("ratio of the median times", ratio(sync_times.median(), direct_times.median()), MOST);
    Ok(())
}

fn shown(took: Took) -> String {
    format!("{:.2?} ({:.1} s of processor)", took.time, took.processor)
}
