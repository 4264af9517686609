//! Minutes that nobody wrote: as many as a measurement needs, in Herning's layouts, the same on every machine.
//!
//! What they share with real ones is what costs time: the layouts, some 1.2 KB of text an item and ten items a document,
//! a large vocabulary with frequent and rare words, case numbers that come back at later meetings (a few of
//! them at every meeting for years), every outcome, recommendations with the proposer repeated, follow-ups.
//! What they say means nothing, and nobody in them exists.

mod layout;
mod matter;
mod random;
mod words;

use jiff::ToSpan;
use jiff::civil::{Date, date};

use random::Random;

/// The first meeting of the first body.
const FIRST_DAY: Date = date(2004, 1, 5);
/// Days from a body's meeting to its next one.
const DAYS_BETWEEN: u64 = 12;
/// Fewest and most items of a meeting: ten on average.
const ITEMS: (u64, u64) = (6, 14);

/// The minutes of one meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Synthetic {
    /// A file name, different for every index; sorts by index.
    pub name: String,
    /// The text, with `\n` line ends.
    pub text: String,
}

/// The minutes with this index: the same for the same seed, whatever other ones are made.
pub fn document(seed: u64, index: u64) -> Synthetic {
    let mut random = Random::new(&[seed, index]);
    let (body, _) = words::BODIES[usize::try_from(index % words::BODIES.len() as u64).unwrap_or_default()];
    let day = meeting_day(index);
    let items = random.between(ITEMS.0, ITEMS.1);
    let mut text = String::new();
    let layout = if random.percent(50) { layout::Layout::Page } else { layout::Layout::Print };
    layout.header(&mut text, body, day, &mut random);
    let first_number = random.between(1, 150);
    for place in 0..items {
        let matter = matter::Matter::at(seed, index, place);
        layout.item(&mut text, first_number + place, &matter, day, &mut random);
    }
    Synthetic { name: format!("{index:07}-{day}.txt"), text }
}

/// The first `documents` of them, in order.
pub fn corpus(seed: u64, documents: u64) -> impl Iterator<Item = Synthetic> {
    (0..documents).map(move |index| document(seed, index))
}

/// How many documents hold about so many items, at least one.
pub fn documents_for(items: u64) -> u64 {
    (items * 2 / (ITEMS.0 + ITEMS.1)).max(1)
}

/// The bodies meet in turn, each every [`DAYS_BETWEEN`] days. After the last day of the calendar all days are that one.
fn meeting_day(index: u64) -> Date {
    let bodies = words::BODIES.len() as u64;
    let days = (index / bodies) * DAYS_BETWEEN + index % bodies % 4;
    i32::try_from(days).map_or(Date::MAX, |days| FIRST_DAY.saturating_add(days.days()))
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use minutes::Outcome;

    use super::*;

    const SEED: u64 = 7;

    #[test]
    fn the_same_seed_gives_the_same_minutes() {
        assert_eq!(document(SEED, 5), document(SEED, 5));
        assert_ne!(document(SEED, 5).text, document(SEED + 1, 5).text);
        let names: HashSet<String> = corpus(SEED, 300).map(|made| made.name).collect();
        assert_eq!(names.len(), 300);
    }

    #[test]
    fn the_parser_reads_them_as_they_were_meant() {
        let (mut items, mut bytes, mut follow_ups, mut seats) = (0, 0, 0, 0);
        let mut cases: HashMap<String, u32> = HashMap::new();
        let mut outcomes = HashSet::new();
        for (made, index) in corpus(SEED, 150).zip(0..) {
            let (read, warnings) = minutes::parse(&made.text);
            assert_eq!(warnings, [], "{}", made.text);
            assert_eq!(read.date, Some(meeting_day(index)));
            assert!(read.body.is_some());
            for item in &read.items {
                assert!(item.title.is_some() && !item.recommendations.is_empty(), "{item:#?}");
                assert!(item.case_number.as_ref().is_some_and(|number| number.kle().is_some()), "{item:#?}");
                *cases.entry(item.case_number.as_ref().unwrap().key()).or_default() += 1;
                outcomes.insert(item.decision.as_ref().map_or(Outcome::None, |decision| decision.outcome));
                follow_ups += item.follow_ups.len();
                seats += item.seats.len();
            }
            items += read.items.len();
            bytes += made.text.len();
        }
        assert!((1_400..=1_600).contains(&items), "{items}");
        assert!((1_100..=1_300).contains(&(bytes / items)), "{}", bytes / items);
        assert_eq!(outcomes.len(), 10, "{outcomes:?}");
        assert!(follow_ups > items / 4 && seats > items / 40, "{follow_ups} {seats} {items}");
        let mut times: Vec<u32> = cases.into_values().collect();
        times.sort_unstable();
        assert!(times.len() > items / 3 && times.len() < items * 3 / 4, "{}", times.len());
        assert!(times[times.len() / 2] == 1 && times[times.len() - 1] > 5, "{times:?}");
    }
}
