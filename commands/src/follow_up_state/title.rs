//! What titles tell: whether two are of one matter, and which stand on every agenda.

use std::collections::BTreeSet;

use index::TracedItem;
use minutes::fold;

/// Beginnings of titles that stand on every agenda, folded.
const STANDING_TITLES: [&str; 15] = [
    "bordet rundt",
    "efterretningssager",
    "eventuelt",
    "evt",
    "gensidig orientering",
    "godkendelse af dagsorden",
    "godkendelse af referat",
    "meddelelser",
    "naeste moede",
    "nyt fra",
    "opfoelgning fra",
    "orientering fra",
    "orienteringspunkter",
    "siden sidst",
    "underskrift",
];

/// Words of titles that tell nothing of the matter, folded.
const EMPTY_WORDS: [&str; 17] = [
    "aarets",
    "behandling",
    "drift",
    "endelig",
    "forslag",
    "fornyet",
    "godkendelse",
    "kommune",
    "orientering",
    "status",
    "sag",
    "vedroerende",
    "vedtagelse",
    "videre",
    "samt",
    "efter",
    "foerste",
];

/// Shorter words of titles tell nothing of the matter.
const SHORTEST_WORD: usize = 4;

/// Whether a title is one that stands on every agenda.
pub(super) fn is_standing(title: &str) -> bool {
    let folded = fold(title.trim());
    STANDING_TITLES.iter().any(|standing| folded.starts_with(standing))
}

/// Whether a title tells of one matter rather than of what stands on every agenda.
pub(super) fn is_telling(title: &str) -> bool {
    words(title).len() > 1 && !is_standing(title)
}

pub(super) fn has_title(item: &TracedItem, title: &str) -> bool {
    item.title.as_deref().is_some_and(|other| fold(other.trim()) == fold(title.trim()))
}

/// Whether two titles have at least half of the words of the shorter one in common.
pub(super) fn shares_words(one: &str, other: &str) -> bool {
    let (one, other) = (words(one), words(other));
    let least = one.len().min(other.len());
    least > 0 && one.intersection(&other).count() * 2 >= least
}

/// The words of a title that tell of its matter, folded.
fn words(title: &str) -> BTreeSet<String> {
    fold(title)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() >= SHORTEST_WORD && !EMPTY_WORDS.contains(word))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_one_matter_share_words() {
        for (one, other, expected) in [
            (
                "Rammer for samarbejdet på udsatteområdet",
                "Samarbejdet på udsatteområdet - endelig godkendelse",
                true,
            ),
            ("Renovering af svømmehallen", "Svømmehallen: licitation", true),
            ("Ny skole i Ulvshede", "Cykelsti til Ulvshede skole og idrætsanlæg", true),
            ("Renovering af svømmehallen", "Tilskud til musikskolen", false),
            ("Orientering", "Orientering", false),
            ("", "", false),
        ] {
            assert_eq!(shares_words(one, other), expected, "{one} / {other}");
        }
    }

    #[test]
    fn what_stands_on_every_agenda_tells_nothing() {
        for title in ["Eventuelt", "Nyt fra formanden", "Godkendelse af referat", "Orientering", "Budget"] {
            assert!(!is_telling(title), "{title}");
        }
        assert!(is_telling("Tandpleje for socialt udsatte"));
    }
}
