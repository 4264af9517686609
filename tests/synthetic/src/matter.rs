//! What an item is about: its case number and title. The same case has the same title at every meeting.

use crate::random::Random;
use crate::words::{BODIES, FACETS, HEADS, PLACES, STANDING, TAILS};

/// Of a hundred items so many stand under a number that the body uses at every meeting.
const STANDING_PERCENT: u64 = 8;
/// Of a hundred others so many are cases treated before.
const AGAIN_PERCENT: u64 = 48;
/// A case comes back from at most so many documents earlier.
const MEMORY: u64 = 400;

/// Serial numbers have at most six digits.
const SERIALS: u64 = 999_999;

/// Numbers that make the seeds of different things differ.
const CASE: u64 = 1;
const CHOICE: u64 = 2;

/// A case as it stands on an agenda.
pub(crate) struct Matter {
    pub(crate) number: String,
    pub(crate) title: String,
}

impl Matter {
    /// The matter at this place of this document: new, from an earlier document, or a standing one.
    ///
    /// An earlier case is named by where it would have been new, so that no list of cases need be kept. Small
    /// places are chosen more often, and recent documents too: a few cases come back many times, most once or never.
    pub(crate) fn at(seed: u64, document: u64, place: u64) -> Self {
        let mut random = Random::new(&[seed, document, place, CHOICE]);
        if random.percent(STANDING_PERCENT) {
            return Self::standing(document, random.below(STANDING.len() as u64));
        }
        if document > 0 && random.percent(AGAIN_PERCENT) {
            let reach = document.min(MEMORY);
            let back = 1 + random.below(reach).min(random.below(reach));
            let origin = random.below(place + 1);
            return Self::new(seed, document - back, origin);
        }
        Self::new(seed, document, place)
    }

    fn new(seed: u64, document: u64, place: u64) -> Self {
        let mut random = Random::new(&[seed, document, place, CASE]);
        let group = random.between(0, 29);
        let number = format!(
            "{group:02}.{:02}.{:02}-{}-{}-{:02}",
            random.below(20),
            random.below(10),
            random.early(&FACETS),
            (document * 16 + place) % SERIALS + 1,
            crate::meeting_day(document).year().rem_euclid(100),
        );
        let noun = compound(&mut random);
        let title = match random.below(5) {
            0 => format!("Orientering om {noun}"),
            1 => format!("{} i {}", capital(&noun), random.one(&PLACES)),
            2 => format!("Godkendelse af {noun}"),
            3 => format!("{} og {}", capital(&noun), compound(&mut random)),
            _ => format!("Drøftelse af {noun} for {}", random.one(&PLACES)),
        };
        Self { number, title }
    }

    fn standing(document: u64, which: u64) -> Self {
        let body = document % BODIES.len() as u64;
        Self {
            number: format!("00.00.00-P19-{}-07", 1800 + body * STANDING.len() as u64 + which),
            title: STANDING[usize::try_from(which).unwrap_or_default()].to_owned(),
        }
    }
}

/// A noun put together of two.
pub(crate) fn compound(random: &mut Random) -> String {
    format!("{}{}", random.early(&HEADS), random.early(&TAILS))
}

/// With a capital first letter.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
