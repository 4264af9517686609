//! Numbers as words, as minutes write small ones.

use std::sync::LazyLock;

/// From one; a council seldom counts further than its members.
const NUMBERS: [&str; 20] = [
    "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv", "tretten",
    "fjorten", "femten", "seksten", "sytten", "atten", "nitten", "tyve",
];

/// The number one of things whose gender asks for it.
const ONE: &str = "et";

/// A part of a pattern that fits any of these words.
pub(super) static WORDS: LazyLock<String> = LazyLock::new(|| format!("{ONE}|ét|én|{}", NUMBERS.join("|")));

/// The number that figures or a word mean, in any case; None for anything else.
pub(super) fn read(printed: &str) -> Option<u32> {
    // The accent only says that one is meant, and no article.
    let lower = printed.to_lowercase().replace('é', "e");
    if lower == ONE {
        return Some(1);
    }
    let in_words = NUMBERS.iter().zip(1..).find(|(word, _)| **word == lower).map(|(_, number)| number);
    in_words.or_else(|| lower.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_figures_are_numbers() {
        for (printed, number) in [
            ("en", Some(1)),
            ("Et", Some(1)),
            ("ét", Some(1)),
            ("tolv", Some(12)),
            ("34", Some(34)),
            ("mange", None),
        ] {
            assert_eq!(read(printed), number, "{printed}");
        }
    }
}
