//! From what is looked for to a query of tantivy.

use std::ops::Bound;

use jiff::civil::Date;
use minutes::Outcome;
use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, FuzzyTermQuery, Occur, PhraseQuery, Query,
    RangeQuery, TermQuery,
};
use tantivy::schema::IndexRecordOption;

use super::analysis::{Analysis, words_of};
use super::entries::day;
use super::facts;
use super::plan::{Form, InFields, Need, Plan, Words};
use super::schema::Fields;
use super::typed::MAX_WORDS;

/// What an entry whose title is all that was typed is worth more: it comes before any other.
const WHOLE_TITLE: f32 = 1_000.0;

/// Which entries are searched; all conditions hold at once, the default is every entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchFilter {
    /// Of this body, see [`minutes::body::key`].
    pub body_key: Option<String>,
    /// Of meetings on this day or later.
    pub from: Option<Date>,
    /// Of meetings on this day or before.
    pub to: Option<Date>,
    /// Items decided so: any of these. Empty: however they were decided.
    pub outcomes: Vec<Outcome>,
    /// Items that somebody of this name works on: the whole name or one of its words.
    pub caseworker: Option<String>,
    /// Entries in which this name stands.
    pub person: Option<String>,
    /// Items of cases under this KLE group, main subject or subject (`27`, `27.36`, `27.36.00`).
    pub kle: Option<String>,
    /// Items that are marked as closed to the public.
    pub closed: bool,
    /// No meetings themselves: their items, and documents that are no minutes.
    pub no_meetings: bool,
}

impl SearchFilter {
    /// Whether it leaves anything out.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// How many of the needs an entry must meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Least {
    All,
    Of(usize),
}

/// Clauses of a query.
pub(super) type Clauses = Vec<(Occur, Box<dyn Query>)>;

/// What an index is asked with.
pub(super) struct Asked<'a, W> {
    pub(super) fields: &'a Fields,
    pub(super) words: &'a W,
    /// All that was typed, where it is the title of some entry.
    pub(super) title: Option<&'a str>,
}

impl<W: Words> Asked<'_, W> {
    /// The entries that a plan and [`conditions`] let through; None where nothing is asked.
    pub(super) fn query(&self, plan: &Plan, conditions: &Clauses, least: Least) -> Option<BooleanQuery> {
        if plan.needs.is_empty() && conditions.is_empty() {
            return None;
        }
        let mut clauses: Clauses =
            conditions.iter().map(|(occur, query)| (*occur, query.box_clone())).collect();
        let each = |needs: &[Need], occur: Occur| -> Clauses {
            needs.iter().map(|need| (occur, Box::new(self.any(need)) as Box<dyn Query>)).collect()
        };
        if plan.needs.is_empty() {
            clauses.push((Occur::Must, Box::new(AllQuery)));
        }
        match least {
            Least::All => clauses.extend(each(&plan.needs, Occur::Must)),
            Least::Of(count) => {
                let (exact, loose): (Vec<Need>, Vec<Need>) =
                    plan.needs.iter().cloned().partition(|need| need.is_exact || need.is_name);
                let count = count.saturating_sub(exact.len());
                clauses.extend(each(&exact, Occur::Must));
                let some = BooleanQuery::with_minimum_required_clauses(each(&loose, Occur::Should), count);
                clauses.push((Occur::Must, Box::new(some)));
            }
        }
        clauses.extend(each(&plan.wishes, Occur::Should));
        clauses.extend(each(&plan.unwanted, Occur::MustNot));
        clauses.extend(self.same_title().map(|same| (Occur::Should, same)));
        Some(BooleanQuery::new(clauses))
    }

    /// The entries that meet a need and have all that was typed as their title; None where there are none.
    pub(super) fn titled(&self, need: &Need) -> Option<BooleanQuery> {
        let same = self.same_title()?;
        Some(BooleanQuery::new(vec![(Occur::Must, Box::new(self.any(need))), (Occur::Must, same)]))
    }

    fn same_title(&self) -> Option<Box<dyn Query>> {
        let title = Term::from_field_text(self.fields.facts, self.title?);
        let same = TermQuery::new(title, IndexRecordOption::Basic);
        Some(Box::new(ConstScoreQuery::new(Box::new(same), WHOLE_TITLE)))
    }

    /// Any of the forms of a need in any field where it stands; a word in a heavier field counts for more.
    pub(super) fn any(&self, need: &Need) -> BooleanQuery {
        let mut places: Clauses = Vec::new();
        for (form, worth) in &need.forms {
            let terms = match form {
                Form::Term(term) => std::slice::from_ref(term),
                Form::Phrase(terms, _) => terms,
            };
            let there: Vec<InFields> = terms.iter().map(|term| self.words.in_fields(term)).collect();
            for (nth, (field, weight)) in self.fields.weighted().into_iter().enumerate() {
                if there.iter().any(|counts| counts[nth] == 0) {
                    continue;
                }
                let term = |term: &String| Term::from_field_text(field, term);
                let query: Box<dyn Query> = match form {
                    Form::Term(one) => term_query(term(one)),
                    Form::Phrase(terms, between) => {
                        let terms = terms.iter().map(term).enumerate().collect();
                        Box::new(PhraseQuery::new_with_offset_and_slop(terms, *between))
                    }
                };
                places.push((Occur::Should, Box::new(BoostQuery::new(query, weight * worth))));
            }
        }
        BooleanQuery::new(places)
    }
}

/// What a filter asks of every entry.
pub(super) fn conditions(fields: &Fields, analysis: &Analysis, filter: &SearchFilter) -> Clauses {
    let fact = |text: &str| -> Box<dyn Query> {
        Box::new(TermQuery::new(Term::from_field_text(fields.facts, text), IndexRecordOption::Basic))
    };
    let mut conditions: Vec<Box<dyn Query>> = Vec::new();
    if let Some(key) = &filter.body_key {
        conditions.push(fact(&facts::body(key)));
    }
    if !filter.outcomes.is_empty() {
        let any = filter.outcomes.iter().map(|outcome| fact(&facts::outcome(*outcome)));
        conditions.push(Box::new(BooleanQuery::union(any.collect())));
    }
    if let Some(name) = &filter.caseworker {
        conditions.push(fact(&facts::caseworker(&minutes::person::key(name))));
    }
    if let Some(group) = &filter.kle {
        // What is no group of KLE is the subject of nothing.
        conditions.push(fact(&facts::kle(group).unwrap_or_default()));
    }
    if filter.closed {
        conditions.push(fact(facts::CLOSED));
    }
    if let Some(name) = &filter.person {
        conditions.push(named(fields, analysis, name));
    }
    if filter.from.is_some() || filter.to.is_some() {
        let bound = |date: Option<Date>, none: u64| {
            Bound::Included(Term::from_field_u64(fields.day, date.map_or(none, day)))
        };
        // Entries without a day have day 0 and are of no period.
        conditions.push(Box::new(RangeQuery::new(bound(filter.from, 1), bound(filter.to, u64::MAX))));
    }
    let in_score = |query: Box<dyn Query>| -> Box<dyn Query> { Box::new(ConstScoreQuery::new(query, 0.0)) };
    let without = filter.no_meetings.then(|| (Occur::MustNot, in_score(fact(facts::MEETING))));
    conditions.into_iter().map(|condition| (Occur::Must, in_score(condition))).chain(without).collect()
}

/// The words of a name, together in their order, in any field.
fn named(fields: &Fields, analysis: &Analysis, name: &str) -> Box<dyn Query> {
    let words: Vec<String> =
        words_of(name).take(MAX_WORDS).map(|at| analysis.word(&name[at]).whole).collect();
    let places = fields.weighted().map(|(field, _)| -> Box<dyn Query> {
        let mut terms: Vec<Term> = words.iter().map(|word| Term::from_field_text(field, word)).collect();
        match terms.len() {
            0 | 1 => term_query(terms.pop().unwrap_or_else(|| Term::from_field_text(field, ""))),
            _ => Box::new(PhraseQuery::new(terms)),
        }
    });
    Box::new(BooleanQuery::union(places.into()))
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
pub(super) fn in_title(
    fields: &Fields,
    analysis: &Analysis,
    words: &str,
    spelling: Spelling,
) -> Option<BooleanQuery> {
    let last = analysis.folded(&words[words_of(words).last()?]);
    let mut stems: Vec<String> = words_of(words).map(|at| analysis.word(&words[at]).whole).collect();
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
