//! From words typed to a query. Nothing typed is an error.

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, FuzzyTermQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;

use super::analysis;
use super::schema::Fields;

/// Words of a question that are looked for; the rest are passed over.
const MAX_WORDS: usize = 24;

/// The different words of a question, as they stand in the index.
pub(crate) fn terms(words: &str) -> Vec<String> {
    let mut terms: Vec<String> = Vec::new();
    for (term, _) in analysis::words(analysis::analyzer(), words) {
        if terms.len() == MAX_WORDS {
            break;
        }
        if !terms.contains(&term) {
            terms.push(term);
        }
    }
    terms
}

/// Every word in some field; a word in a heavier field counts for more.
pub(super) fn everywhere(fields: &Fields, terms: &[String]) -> BooleanQuery {
    let word = |term: &String| {
        let places = fields.weighted().map(|(field, weight)| {
            let exact = term_query(Term::from_field_text(field, term));
            (Occur::Should, Box::new(BoostQuery::new(exact, weight)) as Box<dyn Query>)
        });
        (Occur::Must, Box::new(BooleanQuery::new(places.into())) as Box<dyn Query>)
    };
    BooleanQuery::new(terms.iter().map(word).collect())
}

/// How well words are spelt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spelling {
    Right,
    /// With as many slips as [`SLIPS`] allows.
    Nearly,
}

/// Words of at least so many letters may be misspelt by so many. The longest first.
const SLIPS: [(usize, u8); 2] = [(8, 2), (4, 1)];

/// Every word in the title, the last one also as the beginning of a word. None when nothing is typed.
pub(super) fn in_title(fields: &Fields, words: &str, spelling: Spelling) -> Option<BooleanQuery> {
    let (last, _) = analysis::words(analysis::whole_words(), words).pop()?;
    let mut stems: Vec<String> =
        analysis::words(analysis::analyzer(), words).into_iter().map(|(term, _)| term).collect();
    let last_stem = stems.pop()?;
    let term = |word: &str| Term::from_field_text(fields.title, word);
    let slips = |word: &str| if spelling == Spelling::Right { 0 } else { slips(word) };
    let whole = |stem: &str| match slips(stem) {
        0 => term_query(term(stem)),
        slips => Box::new(FuzzyTermQuery::new(term(stem), slips, true)) as Box<dyn Query>,
    };
    let beginning = FuzzyTermQuery::new_prefix(term(&last), slips(&last), true);
    let either = BooleanQuery::new(vec![
        (Occur::Should, whole(&last_stem)),
        (Occur::Should, Box::new(beginning) as Box<dyn Query>),
    ]);
    let mut all: Vec<(Occur, Box<dyn Query>)> =
        stems.iter().take(MAX_WORDS).map(|stem| (Occur::Must, whole(stem))).collect();
    all.push((Occur::Must, Box::new(either)));
    Some(BooleanQuery::new(all))
}

fn slips(word: &str) -> u8 {
    let letters = word.chars().count();
    SLIPS.iter().find(|(least, _)| letters >= *least).map_or(0, |(_, slips)| *slips)
}

fn term_query(term: Term) -> Box<dyn Query> {
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}
