//! How fast minutes are read, in bytes a second on one core, beside merely cutting the same bytes into lines.
//! There is no bar: what parsing costs in the end is measured by `sync`.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};

/// Documents a sample goes through, some 1.2 MB.
const DOCUMENTS: u64 = 100;
const SEED: u64 = 1;

fn main() {
    divan::main();
}

fn texts() -> (Vec<String>, BytesCount) {
    let texts: Vec<String> = synthetic::corpus(SEED, DOCUMENTS).map(|made| made.text).collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    (texts, BytesCount::new(bytes))
}

#[divan::bench]
fn lines_alone(bencher: Bencher<'_, '_>) {
    let (texts, bytes) = texts();
    bencher.counter(bytes).bench_local(|| {
        texts
            .iter()
            .map(|text| black_box(text).lines().map(|line| black_box(line).len()).sum::<usize>())
            .sum::<usize>()
    });
}

#[divan::bench]
fn read_text(bencher: Bencher<'_, '_>) {
    let (texts, bytes) = texts();
    bencher.counter(bytes).bench_local(|| {
        for text in &texts {
            let _ = black_box(minutes::read::text(black_box(text.as_bytes())));
        }
    });
}

#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    let (texts, bytes) = texts();
    bencher.counter(bytes).bench_local(|| {
        for text in &texts {
            black_box(minutes::parse(black_box(text)));
        }
    });
}
