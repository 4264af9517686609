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

/// Every word in the title, the last one also as the beginning of a word. None when nothing is typed.
pub(super) fn in_title(fields: &Fields, words: &str) -> Option<BooleanQuery> {
    let exact = |term: &str| term_query(Term::from_field_text(fields.title, term));
    let (last, _) = analysis::words(analysis::whole_words(), words).pop()?;
    let mut terms: Vec<String> =
        analysis::words(analysis::analyzer(), words).into_iter().map(|(term, _)| term).collect();
    let stem = terms.pop()?;
    let mut all: Vec<(Occur, Box<dyn Query>)> =
        terms.iter().take(MAX_WORDS).map(|term| (Occur::Must, exact(term))).collect();
    let beginning = FuzzyTermQuery::new_prefix(Term::from_field_text(fields.title, &last), 0, false);
    let either = BooleanQuery::new(vec![
        (Occur::Should, exact(&stem)),
        (Occur::Should, Box::new(beginning) as Box<dyn Query>),
    ]);
    all.push((Occur::Must, Box::new(either)));
    Some(BooleanQuery::new(all))
}

fn term_query(term: Term) -> Box<dyn Query> {
    Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
}
