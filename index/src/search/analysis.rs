//! Danish words as they are compared: in lower case, letters with two spellings in one form, without endings.

use std::collections::HashSet;

use tantivy::tokenizer::{
    Language, LowerCaser, RemoveLongFilter, Stemmer, TextAnalyzer, Token, TokenStream, Tokenizer,
};

/// The analyzer's name in the index.
pub(super) const NAME: &str = "danish";

/// Longer runs of letters are no words (bytes).
const MAX_WORD_BYTES: usize = 80;

/// Letters that are also written otherwise, and the form they are compared in. A letter in lower case.
const FOLDED: [(char, &str); 28] = [
    ('å', "aa"),
    ('æ', "ae"),
    ('ä', "ae"),
    ('ø', "oe"),
    ('ö', "oe"),
    ('á', "a"),
    ('à', "a"),
    ('â', "a"),
    ('ã', "a"),
    ('é', "e"),
    ('è', "e"),
    ('ê', "e"),
    ('ë', "e"),
    ('í', "i"),
    ('ì', "i"),
    ('î', "i"),
    ('ï', "i"),
    ('ó', "o"),
    ('ò', "o"),
    ('ô', "o"),
    ('õ', "o"),
    ('ú', "u"),
    ('ù', "u"),
    ('û', "u"),
    ('ü', "u"),
    ('ç', "c"),
    ('ñ', "n"),
    ('ß', "ss"),
];

/// Letters written as a base and a combining mark (Unicode normal form D, usual in PDF files), and their form.
const COMBINED: [(&str, &str); 4] =
    [("a\u{30a}", "aa"), ("a\u{308}", "ae"), ("o\u{308}", "oe"), ("o\u{338}", "oe")];

/// Words as they stand in the index.
pub(super) fn analyzer() -> TextAnalyzer {
    TextAnalyzer::builder(Words::default())
        .filter(RemoveLongFilter::limit(MAX_WORD_BYTES))
        .filter(LowerCaser)
        .filter(Fold)
        .filter(Stemmer::new(Language::Danish))
        .build()
}

/// Words with their endings, for one that is not typed to its end.
pub(super) fn whole_words() -> TextAnalyzer {
    TextAnalyzer::builder(Words::default())
        .filter(RemoveLongFilter::limit(MAX_WORD_BYTES))
        .filter(LowerCaser)
        .filter(Fold)
        .build()
}

/// The different words of texts as they stand in the index.
pub(crate) fn word_set<'a>(texts: impl Iterator<Item = &'a str>) -> HashSet<String> {
    texts.flat_map(|text| words(analyzer(), text)).map(|(word, _)| word).collect()
}

/// The words of a text, each as `analyzer` gives it, with its bytes in the text.
pub(super) fn words(mut analyzer: TextAnalyzer, text: &str) -> Vec<(String, std::ops::Range<usize>)> {
    let mut words = Vec::new();
    let mut stream = analyzer.token_stream(text);
    while let Some(token) = stream.next() {
        words.push((token.text.clone(), token.offset_from..token.offset_to));
    }
    words
}

/// Cuts a text into runs of letters and digits; marks that combine with a letter and soft hyphens belong to the run.
#[derive(Clone, Default)]
struct Words {
    token: Token,
}

struct WordStream<'a> {
    text: &'a str,
    at: usize,
    token: &'a mut Token,
}

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        self.token.reset();
        WordStream { text, at: 0, token: &mut self.token }
    }
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let Some(start) = rest.find(char::is_alphanumeric) else { return false };
        let length = rest[start..].find(|c| !is_part(c)).unwrap_or(rest.len() - start);
        self.token.offset_from = self.at + start;
        self.token.offset_to = self.at + start + length;
        self.token.position = self.token.position.wrapping_add(1);
        self.token.text.clear();
        self.token.text.push_str(&rest[start..start + length]);
        self.at = self.token.offset_to;
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c) || c == '\u{ad}'
}

/// Combining Diacritical Marks (Unicode block).
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Two letters for one, and the letter that the stemmer's rules are written for.
const DANISH: [(&str, &str); 3] = [("aa", "å"), ("ae", "æ"), ("oe", "ø")];

/// Brings letters that have two spellings to one.
#[derive(Clone)]
struct Fold;

/// The tokenizer that [`Fold`] makes of another.
#[derive(Clone)]
struct Folding<T>(T);

struct FoldStream<T> {
    tail: T,
}

impl tantivy::tokenizer::TokenFilter for Fold {
    type Tokenizer<T: Tokenizer> = Folding<T>;

    fn transform<T: Tokenizer>(self, tokenizer: T) -> Folding<T> {
        Folding(tokenizer)
    }
}

impl<T: Tokenizer> Tokenizer for Folding<T> {
    type TokenStream<'a> = FoldStream<T::TokenStream<'a>>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Self::TokenStream<'a> {
        FoldStream { tail: self.0.token_stream(text) }
    }
}

impl<T: TokenStream> TokenStream for FoldStream<T> {
    fn advance(&mut self) -> bool {
        if !self.tail.advance() {
            return false;
        }
        let token = self.tail.token_mut();
        if !token.text.is_ascii() {
            token.text = fold(&token.text);
        }
        // Folded to two letters and back to one: the stemmer knows "løs" and takes the end off "loes".
        for (pair, letter) in DANISH {
            if token.text.contains(pair) {
                token.text = token.text.replace(pair, letter);
            }
        }
        true
    }

    fn token(&self) -> &Token {
        self.tail.token()
    }

    fn token_mut(&mut self) -> &mut Token {
        self.tail.token_mut()
    }
}

fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len() + 2);
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        if let Some((combined, form)) = COMBINED.iter().find(|(combined, _)| rest.starts_with(combined)) {
            folded.push_str(form);
            rest = &rest[combined.len()..];
            continue;
        }
        rest = &rest[first.len_utf8()..];
        match FOLDED.iter().find(|(letter, _)| *letter == first) {
            Some((_, form)) => folded.push_str(form),
            None if is_mark(first) || first == '\u{ad}' => {}
            None => folded.push(first),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn analyzed(text: &str) -> Vec<String> {
        words(analyzer(), text).into_iter().map(|(word, _)| word).collect()
    }

    #[test]
    fn spellings_of_one_word_are_one() {
        for (one, other) in [
            ("Ålborg", "AALBORG"),
            ("Søren Sørensen", "soeren soerensen"),
            ("æblehaven", "aeblehave"),
            ("idé", "ide"),
            ("skolerne", "SKOLER"),
            ("arbejdsløs", "arbejdsløse"),
            ("hjemloes", "hjemløse"),
            ("religiøs", "religiøse"),
            ("gra\u{30a}d", "gråd"),
            ("Aa\u{ad}gade", "ågade"),
            ("hørings\u{ad}svar", "høringssvar"),
        ] {
            assert_eq!(analyzed(one), analyzed(other), "{one} / {other}");
        }
    }

    #[test]
    fn words_keep_their_place() {
        let text = "Blå »Sø«, 27.00";
        let places: Vec<&str> = words(analyzer(), text).into_iter().map(|(_, at)| &text[at]).collect();
        assert_eq!(places, ["Blå", "Sø", "27", "00"]);
        assert!(analyzed(&"x".repeat(500)).is_empty());
        assert!(analyzed("\u{30a} – …").is_empty());
    }
}
