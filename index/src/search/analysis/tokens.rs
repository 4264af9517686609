//! Texts cut into words, as tantivy takes them.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::fold::is_mark;
use super::{Analysis, Analyzed, MAX_WORD_BYTES, MOST_REMEMBERED, PART};

/// The places of the words of a text: runs of letters and digits; marks that combine with a letter and soft hyphens belong to the
/// run.
pub(crate) fn words_of(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = &text[at..];
            let start = rest.find(char::is_alphanumeric)?;
            let length = rest[start..].find(|c| !is_part(c)).unwrap_or(rest.len() - start);
            let word = at + start..at + start + length;
            at = word.end;
            if word.len() <= MAX_WORD_BYTES {
                return Some(word);
            }
        }
    })
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c) || c == '\u{ad}'
}

/// Whole words and the parts of compounds, as they stand in the index.
pub(super) struct Danish {
    analysis: Analysis,
    known: HashMap<String, Arc<Analyzed>>,
}

impl Danish {
    pub(super) fn new(analysis: Analysis) -> Self {
        Self { analysis, known: HashMap::new() }
    }

    fn analyzed(&mut self, word: &str) -> Arc<Analyzed> {
        if let Some(known) = self.known.get(word) {
            return Arc::clone(known);
        }
        if self.known.len() >= MOST_REMEMBERED {
            self.known.clear();
        }
        let analyzed = Arc::new(self.analysis.word(word));
        self.known.insert(word.to_owned(), Arc::clone(&analyzed));
        analyzed
    }
}

/// What is remembered stays with the first: a copy goes to another thread.
impl Clone for Danish {
    fn clone(&self) -> Self {
        Self::new(self.analysis.clone())
    }
}

impl Tokenizer for Danish {
    type TokenStream<'a> = DanishStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> DanishStream<'a> {
        let words = Box::new(words_of(text));
        DanishStream { text, words, danish: self, parts: None, token: Token::default() }
    }
}

pub(super) struct DanishStream<'a> {
    text: &'a str,
    words: Box<dyn Iterator<Item = Range<usize>> + 'a>,
    danish: &'a mut Danish,
    /// A compound, and how many of its parts were given.
    parts: Option<(Arc<Analyzed>, usize)>,
    token: Token,
}

impl TokenStream for DanishStream<'_> {
    fn advance(&mut self) -> bool {
        if let Some((compound, given)) = &mut self.parts
            && let Some(part) = compound.parts.get(*given)
        {
            *given += 1;
            self.token.text.clear();
            self.token.text.push(PART);
            self.token.text.push_str(part);
            return true;
        }
        let Some(at) = self.words.next() else { return false };
        let word = self.danish.analyzed(&self.text[at.clone()]);
        self.token.offset_from = at.start;
        self.token.offset_to = at.end;
        self.token.position = self.token.position.wrapping_add(1);
        self.token.text.clear();
        self.token.text.push_str(&word.whole);
        self.parts = (!word.parts.is_empty()).then_some((word, 0));
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
