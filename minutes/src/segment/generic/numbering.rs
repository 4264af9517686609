//! What items are numbered by: figures, Roman numerals, letters. Each number has a rank, by which two can be compared.

/// A way of counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numbering {
    /// `4`, with a letter for a part of an item: `4a`, `4.b`.
    Figures,
    /// `1.2`.
    Decimal,
    /// `IV`.
    Roman,
    /// `B`.
    Letters,
    /// `A.4`, the letter for a group of items.
    Lettered,
    /// `4/23`, `2023-4`: the year beside the number.
    OfYear,
}

/// More parts than this no item has; ranks of figures and decimals leave room for them.
const MOST_PARTS: u32 = 100;

/// More items than this no group has; ranks of groups leave room for them.
const MOST_OF_GROUP: u32 = 1_000;

/// Items counted by numerals or letters begin at the first, and a single one may be anybody's initial.
const FEWEST_UNUSUAL: usize = 2;

/// The numerals' values, the larger first.
const NUMERALS: [(&str, u32); 7] =
    [("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1)];

/// The highest Roman numeral that is read.
const HIGHEST_ROMAN: u32 = 89;

/// The alphabet in its order.
const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ";

impl Numbering {
    /// Whether a line can hold such a number; asked before a pattern is tried.
    pub(super) fn may_stand_in(self, line: &str) -> bool {
        match self {
            Self::Figures | Self::Decimal | Self::Lettered | Self::OfYear => {
                line.contains(|c: char| c.is_ascii_digit())
            }
            Self::Roman => line.contains(['I', 'V', 'X', 'L']),
            Self::Letters => true,
        }
    }

    /// Where a number stands among others of its kind; None for what is none.
    pub(super) fn rank(self, printed: &str) -> Option<u32> {
        match self {
            Self::Figures => {
                let (whole, part) = match printed.char_indices().next_back()? {
                    (_, last) if last.is_ascii_digit() => (printed, 0),
                    (at, last) => (printed[..at].trim_end_matches('.'), letter(last)?),
                };
                Some(whole.parse::<u32>().ok()? * MOST_PARTS + part)
            }
            Self::Decimal => {
                let (whole, part) = printed.split_once('.')?;
                Some(whole.parse::<u32>().ok()? * MOST_PARTS + part.parse::<u32>().ok()?)
            }
            Self::Roman => value(printed).filter(|value| *value <= HIGHEST_ROMAN && roman(*value) == printed),
            Self::Letters => letter(printed.chars().next()?),
            Self::Lettered => {
                let group = printed.chars().next()?;
                let number: u32 = printed[group.len_utf8()..].trim_start_matches('.').parse().ok()?;
                Some(letter(group)? * MOST_OF_GROUP + number)
            }
            Self::OfYear => match printed.split_once('/') {
                Some((number, _)) => number.parse().ok(),
                None => printed.split_once('-')?.1.parse().ok(),
            },
        }
    }

    /// Whether one rank comes right after another.
    pub(super) fn is_next(self, low: u32, high: u32) -> bool {
        let is_next_whole = || high / MOST_PARTS == low / MOST_PARTS + 1 && high % MOST_PARTS <= 1;
        match self {
            Self::Figures | Self::Decimal => high == low + 1 || is_next_whole(),
            Self::Roman | Self::Letters | Self::OfYear => high == low + 1,
            Self::Lettered => {
                high == low + 1
                    || high / MOST_OF_GROUP == low / MOST_OF_GROUP + 1 && high % MOST_OF_GROUP == 1
            }
        }
    }

    /// Whether items may have these ranks. A numeral or a letter also begins a name or a row.
    pub(super) fn may_number(self, ranks: &[u32]) -> bool {
        let is_begun = || ranks[0] % MOST_OF_GROUP == 1;
        matches!(self, Self::Figures)
            || (matches!(self, Self::Lettered) && ranks.len() >= FEWEST_UNUSUAL && is_begun())
            || (ranks.len() >= FEWEST_UNUSUAL && self.begins_at_first(ranks[0]))
    }

    fn begins_at_first(self, rank: u32) -> bool {
        matches!(self, Self::Figures | Self::Decimal | Self::OfYear) || rank == 1
    }
}

fn letter(letter: char) -> Option<u32> {
    let upper = letter.to_uppercase().next()?;
    ALPHABET.chars().zip(1..).find(|(known, _)| *known == upper).map(|(_, at)| at)
}

/// What numerals add up to in that order, also where nobody would write them so; None for other letters.
fn value(printed: &str) -> Option<u32> {
    let (mut rest, mut value) = (printed, 0);
    for (numeral, worth) in NUMERALS {
        while let Some(after) = rest.strip_prefix(numeral) {
            (rest, value) = (after, value + worth);
        }
    }
    rest.is_empty().then_some(value)
}

fn roman(mut value: u32) -> String {
    let mut written = String::new();
    for (numeral, worth) in NUMERALS {
        while value >= worth {
            written.push_str(numeral);
            value -= worth;
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_ranks() {
        for (numbering, printed, expected) in [
            (Numbering::Figures, "4", Some(400)),
            (Numbering::Figures, "4.b", Some(402)),
            (Numbering::Figures, "12a", Some(1201)),
            (Numbering::Decimal, "2.10", Some(210)),
            (Numbering::Roman, "IV", Some(4)),
            (Numbering::Roman, "XXIX", Some(29)),
            (Numbering::Roman, "IIII", None),
            (Numbering::Roman, "LXXXX", None),
            (Numbering::Letters, "A", Some(1)),
            (Numbering::Letters, "Å", Some(29)),
            (Numbering::Figures, "11A", Some(1101)),
            (Numbering::Lettered, "A.4", Some(1004)),
            (Numbering::Lettered, "B12", Some(2012)),
            (Numbering::OfYear, "4/23", Some(4)),
            (Numbering::OfYear, "2023-4", Some(4)),
        ] {
            assert_eq!(numbering.rank(printed), expected, "{numbering:?} {printed}");
        }
        assert_eq!(Numbering::Roman.rank(&roman(HIGHEST_ROMAN)), Some(HIGHEST_ROMAN));
        assert_eq!(Numbering::Roman.rank(&roman(HIGHEST_ROMAN + 1)), None);
    }

    #[test]
    fn numbers_follow_each_other() {
        let next = |numbering: Numbering, low: &str, high: &str| {
            numbering.is_next(numbering.rank(low).unwrap(), numbering.rank(high).unwrap())
        };
        for (low, high) in [("1", "2"), ("1", "1a"), ("1.a", "1.b"), ("1.b", "2"), ("1.b", "2.a")] {
            assert!(next(Numbering::Figures, low, high), "{low} {high}");
        }
        assert!(!next(Numbering::Figures, "1", "2.b"));
        assert!(next(Numbering::Lettered, "A.4", "B.1"));
        assert!(!next(Numbering::Lettered, "A.4", "B.2"));
        assert!(next(Numbering::Decimal, "1.9", "2.1"));
        assert!(next(Numbering::Roman, "IX", "X"));
        assert!(!next(Numbering::Letters, "A", "C"));
    }

    #[test]
    fn initials_number_nothing() {
        assert!(Numbering::Letters.may_number(&[1, 2]));
        assert!(!Numbering::Letters.may_number(&[2, 3]));
        assert!(!Numbering::Roman.may_number(&[1]));
        assert!(Numbering::Figures.may_number(&[7200]));
    }
}
