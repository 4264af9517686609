//! A topic that is followed, in the signs and words of `/søg`: the same text is found by both. What `/søg` reads off all minutes
//! (misspelt words, limits in words) is not in it, for a topic waits for what nobody has read yet.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::analysis::{Analysis, Steps};
use super::synonyms::Synonyms;
use super::typed::{Piece, Telling, Typed, telling};

static ANALYSIS: LazyLock<Analysis> = LazyLock::new(|| Analysis::built_in(Steps::ALL));

/// By a word's stem, or those of several joined by [`TOGETHER`], what else it is called, in the same form.
static ALSO_CALLED: LazyLock<HashMap<String, Vec<String>>> = LazyLock::new(|| {
    let synonyms = Synonyms::built_in();
    let groups = synonyms.stems(&ANALYSIS);
    let others =
        |stem: &String| synonyms.of(&ANALYSIS, &groups, stem).iter().map(|it| it.join(TOGETHER)).collect();
    groups.keys().map(|stem| (stem.replace(' ', TOGETHER), others(stem))).collect()
});

/// Signs of a key: between pieces, between words that stand together, after a beginning, before what is not wanted.
const BETWEEN: char = ' ';
const TOGETHER: &str = "+";
const BEGUN: char = '*';
const UNWANTED: char = '-';

/// What a topic is compared by, and which topics are the same: its different words without endings, with the signs that hold for
/// them. Words that only ask are left out. Empty when the text has nothing to look for.
pub(crate) fn key(text: &str) -> String {
    let typed = Typed::read(text);
    let is_about = |piece: &&Piece| !matches!(piece, Piece::Word(word) if telling(word) != Telling::About);
    let has_matter = typed.wanted.iter().any(|piece| is_about(&piece));
    let wanted = typed.wanted.iter().filter(|piece| !has_matter || is_about(piece)).map(written);
    let wanted: Vec<String> = wanted.filter(|piece| !piece.is_empty()).collect();
    if wanted.is_empty() {
        return String::new();
    }
    let unwanted = typed.unwanted.iter().map(written).filter(|piece| !piece.is_empty());
    let mut pieces: Vec<String> = Vec::new();
    for piece in wanted.into_iter().chain(unwanted.map(|piece| format!("{UNWANTED}{piece}"))) {
        if !pieces.contains(&piece) {
            pieces.push(piece);
        }
    }
    pieces.join(&BETWEEN.to_string())
}

fn written(piece: &Piece) -> String {
    match piece {
        Piece::Word(word) => ANALYSIS.word(word).whole,
        Piece::Phrase(words) => {
            words.iter().map(|word| ANALYSIS.word(word).whole).collect::<Vec<_>>().join(TOGETHER)
        }
        Piece::Beginning(word) => format!("{}{BEGUN}", ANALYSIS.folded(word)),
    }
}

/// A text that may be about a topic.
pub(crate) struct Text {
    /// Words without endings, and the parts of compounds.
    words: HashSet<String>,
    /// Words as written, but for spelling.
    folded: HashSet<String>,
    /// Words without endings in their order, [`TOGETHER`] before and after each; twice between texts.
    running: String,
}

impl Text {
    pub(crate) fn new<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut text = Self { words: HashSet::new(), folded: HashSet::new(), running: TOGETHER.to_owned() };
        // Most words of a text stand in it again and again.
        let mut seen: HashSet<&str> = HashSet::new();
        for part in texts {
            for (word, at) in ANALYSIS.words(part) {
                text.running.push_str(&word.whole);
                text.running.push_str(TOGETHER);
                if seen.insert(&part[at.clone()]) {
                    text.folded.insert(ANALYSIS.folded(&part[at]));
                    text.words.insert(word.whole.clone());
                    text.words.extend(word.parts.iter().cloned());
                }
            }
            text.running.push_str(TOGETHER);
        }
        text
    }

    /// Whether it is about the topic of a [`key`].
    pub(crate) fn is_about(&self, key: &str) -> bool {
        !key.is_empty()
            && key.split(BETWEEN).all(|piece| match piece.strip_prefix(UNWANTED) {
                Some(unwanted) => !self.holds(unwanted),
                None => {
                    self.holds(piece)
                        || ALSO_CALLED.get(piece).is_some_and(|also| also.iter().any(|it| self.holds(it)))
                }
            })
    }

    fn holds(&self, piece: &str) -> bool {
        if let Some(beginning) = piece.strip_suffix(BEGUN) {
            return self.folded.iter().any(|word| word.starts_with(beginning));
        }
        if piece.contains(TOGETHER) {
            return self.running.contains(&format!("{TOGETHER}{piece}{TOGETHER}"));
        }
        self.words.contains(piece)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_finds_what_a_search_for_it_finds() {
        let text = "Sikker skolevej langs Havnegade. Varmestuen får en cykelsti.";
        for (topic, is_about) in [
            ("skolevej", true),
            ("skoleveje", true),
            ("cykelstier", true),
            ("sti", true),
            ("skolev*", true),
            ("skolex*", false),
            ("\"sikker skolevej\"", true),
            ("\"skolevej sikker\"", false),
            ("cykelsti -havnegade", false),
            ("cykelsti -strandvej", true),
            ("værested", true),
            ("sagen om cykelstien", true),
            ("svømmehal", false),
            ("cykelsti svømmehal", false),
            ("-cykelsti", false),
            ("", false),
        ] {
            assert_eq!(Text::new([text].into_iter()).is_about(&key(topic)), is_about, "{topic}");
        }
    }

    #[test]
    fn a_phrase_does_not_go_from_one_text_into_the_next() {
        let text = Text::new(["Ny sikker", "skolevej"].into_iter());
        assert!(!text.is_about(&key("\"sikker skolevej\"")));
        assert!(text.is_about(&key("sikker skolevej")));
    }

    #[test]
    fn topics_are_the_same_by_what_they_find() {
        assert_eq!(key("Skolevejen"), key("skoleveje"));
        assert_ne!(key("skol*"), key("skole"));
        assert_eq!(key("om cykelsti"), key("cykelsti"));
        assert_eq!(key("om"), "om");
        assert_eq!(key("?!"), "");
    }
}
