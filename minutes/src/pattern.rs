//! Compiled patterns of the program's own tables.

use regex::{Captures, Match, Regex, RegexBuilder};

/// A pattern with a cheap test before it.
///
/// The regex engine leaves its fast path at the first letter outside ASCII as soon as a pattern holds `\b`, and every Danish
/// sentence has such letters. The same pattern without `\b` matches whatever the whole one does and stays fast; most
/// texts end there.
pub(crate) struct Pattern {
    /// What a text holds wherever the pattern matches; None where nothing cheaper than the pattern is known.
    cue: Option<Regex>,
    /// The pattern without `\b`; None where it has none.
    quick: Option<Regex>,
    exact: Regex,
}

/// Compiles a pattern that is part of the program's source; one that does not compile is a defect found by any test.
pub(crate) fn pattern(source: &str) -> Pattern {
    let has_bounds = source.contains(r"\b");
    let quick = has_bounds.then(|| compiled(&source.replace(r"\b", "")));
    Pattern { cue: None, quick, exact: compiled(source) }
}

/// The same with a cue: a few plain words, one of which stands in every match. It is looked for first.
pub(crate) fn cued(cue: &str, source: &str) -> Pattern {
    Pattern { cue: Some(compiled(cue)), ..pattern(source) }
}

/// Bytes that the engine's fast path may take for one pattern. With its own limit the larger patterns, whose `\p{L}` stands for many
/// letters, leave that path for one that is many times slower.
const FAST_PATH_BYTES: usize = 16 << 20;

#[allow(clippy::expect_used, reason = "the source is a constant")]
fn compiled(source: &str) -> Regex {
    let built = RegexBuilder::new(source).dfa_size_limit(FAST_PATH_BYTES).build();
    built.expect("patterns in the source compile")
}

impl Pattern {
    pub(crate) fn is_match(&self, text: &str) -> bool {
        let may = |test: &Option<Regex>| test.as_ref().is_none_or(|test| test.is_match(text));
        may(&self.cue) && may(&self.quick) && self.exact.is_match(text)
    }

    pub(crate) fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.may_begin(text, 0).and_then(|at| self.exact.find_at(text, at))
    }

    /// The matches one after the other; what lies between is left to the quick pattern.
    pub(crate) fn find_iter<'p, 't: 'p>(&'p self, text: &'t str) -> impl Iterator<Item = Match<'t>> + 'p {
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = self.may_begin(text, from).and_then(|at| self.exact.find_at(text, at))?;
            from = after(text, found);
            Some(found)
        })
    }

    pub(crate) fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.captures_at(text, 0)
    }

    /// The same with their captures.
    pub(crate) fn captures_iter<'p, 't: 'p>(
        &'p self,
        text: &'t str,
    ) -> impl Iterator<Item = Captures<'t>> + 'p {
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = self.captures_at(text, from)?;
            from = after(text, found.get(0)?);
            Some(found)
        })
    }

    /// Captures from a byte on; look-around sees what stands before it.
    pub(crate) fn captures_at<'t>(&self, text: &'t str, start: usize) -> Option<Captures<'t>> {
        self.may_begin(text, start).and_then(|at| self.exact.captures_at(text, at))
    }

    /// The first byte at which a match may begin: no match of the whole pattern begins before one of the quick pattern, and none
    /// without a cue after it. None past the text's end.
    fn may_begin(&self, text: &str, start: usize) -> Option<usize> {
        if start > text.len() || self.cue.as_ref().is_some_and(|cue| !cue.is_match_at(text, start)) {
            return None;
        }
        match &self.quick {
            Some(quick) => quick.find_at(text, start).map(|found| found.start()),
            None => Some(start),
        }
    }
}

/// Where the next match may begin; after an empty one, a letter on.
fn after(text: &str, found: Match<'_>) -> usize {
    match found.is_empty() {
        true => text[found.end()..].chars().next().map_or(text.len() + 1, |c| found.end() + c.len_utf8()),
        false => found.end(),
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
        assert_eq!(word.captures_iter("udsatte, udsat").count(), 1);
        // An empty match does not hold up the others.
        assert_eq!(pattern(r"\bx*").find_iter("å xx").filter(|found| !found.is_empty()).count(), 1);
    }
}
