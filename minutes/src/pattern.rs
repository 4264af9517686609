//! Compiled patterns of the program's own tables.

use regex::{CaptureMatches, Captures, Match, Regex};

/// A pattern with a cheap test before it.
///
/// The regex engine leaves its fast path at the first letter outside ASCII as soon as a pattern holds `\b`, and every Danish
/// sentence has such letters. The same pattern without `\b` matches whatever the whole one does and stays fast; most
/// texts end there.
pub(crate) struct Pattern {
    quick: Regex,
    exact: Regex,
}

/// Compiles a pattern that is part of the program's source; one that does not compile is a defect found by any test.
#[allow(clippy::expect_used, reason = "the source is a constant")]
pub(crate) fn pattern(source: &str) -> Pattern {
    let compile = |source: &str| Regex::new(source).expect("patterns in the source compile");
    Pattern { quick: compile(&source.replace(r"\b", "")), exact: compile(source) }
}

impl Pattern {
    pub(crate) fn is_match(&self, text: &str) -> bool {
        self.quick.is_match(text) && self.exact.is_match(text)
    }

    pub(crate) fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.may_begin(text, 0).and_then(|at| self.exact.find_at(text, at))
    }

    pub(crate) fn find_iter<'t>(&self, text: &'t str) -> regex::Matches<'_, 't> {
        self.exact.find_iter(self.worth_reading(text))
    }

    pub(crate) fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.captures_at(text, 0)
    }

    pub(crate) fn captures_iter<'t>(&self, text: &'t str) -> CaptureMatches<'_, 't> {
        self.exact.captures_iter(self.worth_reading(text))
    }

    /// Captures from a byte on; look-around sees what stands before it.
    pub(crate) fn captures_at<'t>(&self, text: &'t str, start: usize) -> Option<Captures<'t>> {
        self.may_begin(text, start).and_then(|at| self.exact.captures_at(text, at))
    }

    /// The first byte at which a match may begin: no match of the whole pattern begins before one of the quick pattern.
    fn may_begin(&self, text: &str, start: usize) -> Option<usize> {
        self.quick.find_at(text, start).map(|found| found.start())
    }

    /// The text, or nothing where no match can be in it.
    fn worth_reading<'t>(&self, text: &'t str) -> &'t str {
        if self.quick.is_match(text) { text } else { "" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_test_loses_no_match() {
        let word = pattern(r"\budsat\b|\bår\b");
        assert!(word.is_match("Sagen blev udsat i går, et år før."));
        assert_eq!(word.find_iter("udsat, og et år").count(), 2);
        assert!(!word.is_match("udsatte råd"));
        assert_eq!(word.captures_iter("rådudsatte").count(), 0);
    }
}
