//! A sync that is killed or interrupted: nothing is lost, nothing is recorded twice.

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::place::{Place, Run, case_number, minutes};

const DOCUMENTS: usize = 400;
const KILLS: usize = 50;
/// More bytes than the tables take without a row.
const EMPTY_TABLES: u64 = 512 << 10;
const SEED: u64 = 27_00_00;

/// Numbers that look random and are the same in every run (Steele and others, SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A part of `whole`, in thousandths.
    fn part_of(&mut self, whole: Duration) -> Duration {
        whole.mul_f64((self.next() % 1000) as f64 / 1000.0)
    }
}

/// Which edition of each document stands in the source.
struct Source {
    place: Place,
    editions: Vec<usize>,
}

impl Source {
    fn new(documents: usize) -> Self {
        let source = Self { place: Place::new(), editions: vec![1; documents] };
        (0..documents).for_each(|number| source.write(number));
        source
    }

    fn write(&self, number: usize) {
        self.place.file(&format!("{number:04}.txt"), minutes(number, self.editions[number]));
    }

    /// Corrects every third document, beginning with a random one.
    fn correct(&mut self, random: &mut Random) {
        let first = (random.next() % 3) as usize;
        for number in (first..self.editions.len()).step_by(3) {
            self.editions[number] += 1;
            self.write(number);
        }
    }

    /// After a last sync: each document is there once, in its current edition, and a sync more finds nothing to do.
    fn check(&self) {
        let all = self.editions.len();
        self.place.run(&["sync"]).expect(0, &[]);
        self.place.run(&["sync"]).expect(0, &[&format!("0 nye, 0 rettede, {all} uændrede")]);
        let lines: String = (0..all).map(|number| format!("/sag {}\n", case_number(number))).collect();
        let run = self.place.run_with(&["chat"], lines);
        assert!(run.err.contains(&format!("{all} dokumenter, {all} møder, {all} punkter")), "{}", run.err);
        for (number, edition) in self.editions.iter().enumerate() {
            let decision = format!("Godkendt som prøve {number} i udgave ");
            assert_eq!(run.out.matches(&decision).count(), 1, "{decision}");
            assert!(run.out.contains(&format!("{decision}{edition}.")), "{decision}{edition}");
        }
        let found = self.place.run_with(&["chat"], "/søg prøvesag\n");
        assert!(found.out.contains(&all.to_string()), "{found:#?}");
    }
}

#[test]
fn fifty_kills_lose_nothing_and_repeat_nothing() {
    let mut random = Random(SEED);
    let mut source = Source::new(DOCUMENTS);
    let begun = Instant::now();
    source.place.run(&["sync"]).expect(0, &[]);
    let whole = begun.elapsed();

    fs::remove_dir_all(source.place.path("data")).unwrap();
    let (mut killed, mut begun) = (0, 0);
    while killed < KILLS {
        assert!(begun < 10 * KILLS, "only {killed} of {begun} syncs were killed before their end");
        begun += 1;
        let mut sync =
            source.place.command(&["sync"]).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        thread::sleep(random.part_of(whole));
        sync.kill().unwrap();
        let run = Run::from(sync.wait_with_output().unwrap());
        match run.code {
            None => killed += 1,
            Some(code) => assert_eq!(code, 0, "{run:#?}"),
        }
        // A sync that was left alone long enough is checked, and gets new work.
        if run.code.is_some() {
            source.check();
            source.correct(&mut random);
        }
    }
    source.check();
}

#[test]
fn an_interrupt_ends_in_good_order() {
    let source = Source::new(800);
    let mut command = source.place.command(&["sync"]);
    let mut sync = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // The first batch is being recorded when the database holds more than its empty tables.
    let written = |name| fs::metadata(source.place.path(name)).map_or(0, |data| data.len());
    while written("data/referent.db-wal") < EMPTY_TABLES && sync.try_wait().unwrap().is_none() {
        thread::yield_now();
    }
    let told = Command::new("kill").args(["-INT", &sync.id().to_string()]).status().unwrap();
    assert!(told.success());
    let run = Run::from(sync.wait_with_output().unwrap());
    run.expect(130, &["Afbrudt efter ", "resten kommer næste gang: referent sync"]);
    source.place.run(&["sync"]).expect(0, &["uændrede"]);
    source.place.run(&["sync"]).expect(0, &["0 nye, 0 rettede, 800 uændrede"]);
}
