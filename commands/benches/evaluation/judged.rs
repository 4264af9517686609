//! The minutes, the queries over them, and what an answer is worth.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use minutes::{AgendaItem, Document};

use crate::Engine;

/// The class of queries that should find nothing.
pub(crate) const NOTHING: &str = "nothing";

/// Places of an answer that are looked at.
const LOOKED_AT: usize = 10;
/// A judgement from which on something belongs to the answer.
const RELEVANT: u32 = 2;

/// All minutes, and their items and documents with their texts.
pub(crate) struct Corpus {
    pub(crate) documents: Vec<(String, Document)>,
    pub(crate) entries: Vec<Entry>,
}

/// What can be found: an item, or a document.
pub(crate) struct Entry {
    pub(crate) key: String,
    /// Title, case number, decision, names, and the rest.
    pub(crate) texts: [String; 5],
}

impl Corpus {
    pub(crate) fn read() -> Result<Self, Box<dyn Error>> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut documents = Vec::new();
        for folder in ["samples", "tests/minutes"] {
            for file in fs::read_dir(root.join(folder))? {
                let path = file?.path();
                if path.extension().is_none_or(|extension| extension != "txt") {
                    continue;
                }
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let text = minutes::read::text(&fs::read(&path)?)
                    .map_err(|refusal| format!("{name}: {refusal:?}"))?;
                documents.push((name, minutes::parse(&text.text).0));
            }
        }
        documents.sort_by(|one, other| one.0.cmp(&other.0));
        let entries = documents.iter().flat_map(|(name, document)| entries(name, document)).collect();
        Ok(Self { documents, entries })
    }
}

fn entries(name: &str, document: &Document) -> Vec<Entry> {
    let sections = |sections: &[minutes::Section]| -> String {
        sections.iter().map(|section| format!("{}\n", section.text)).collect()
    };
    let title = document.title.clone().unwrap_or_default();
    let whole = Entry {
        key: key(None, name, &title),
        texts: [title, String::new(), String::new(), String::new(), sections(&document.sections)],
    };
    let of_item = |item: &AgendaItem| {
        let title = item.title.clone().unwrap_or_default();
        let number = item.case_number.as_ref().map(|number| number.as_str().to_owned());
        let decision = item.decision.as_ref().map(|decision| decision.text.clone()).unwrap_or_default();
        Entry {
            key: key(number.as_deref(), name, &title),
            texts: [
                title,
                number.unwrap_or_default(),
                decision,
                item.caseworkers.join("\n"),
                sections(&item.sections),
            ],
        }
    };
    std::iter::once(whole).chain(document.items.iter().map(of_item)).collect()
}

/// What judgements name an item by.
pub(crate) fn key(case_number: Option<&str>, file: &str, title: &str) -> String {
    match case_number {
        Some(number) => number.to_owned(),
        None => format!("{file}#{title}"),
    }
}

/// A query, and what belongs to its answer.
pub(crate) struct Query {
    class: String,
    words: String,
    grades: HashMap<String, u32>,
}

/// The queries of `queries.tsv`. An error where a judgement names nothing.
pub(crate) fn queries(corpus: &Corpus) -> Result<Vec<Query>, Box<dyn Error>> {
    let known: HashSet<&str> = corpus.entries.iter().map(|entry| entry.key.as_str()).collect();
    let mut queries = Vec::new();
    for line in include_str!("queries.tsv").lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let [class, words, judgements] = line.split('\t').collect::<Vec<_>>()[..] else {
            return Err(format!("not three parts: {line}").into());
        };
        let mut grades = HashMap::new();
        for judgement in judgements.split("; ").filter(|judgement| !judgement.is_empty()) {
            let (grade, key) = judgement.split_once(' ').ok_or_else(|| format!("no grade: {line}"))?;
            if !known.contains(key) {
                let like: Vec<&&str> =
                    known.iter().filter(|other| other.contains(&key[..key.len().min(8)])).collect();
                return Err(format!("nothing is called {key}; there is {like:?}").into());
            }
            grades.insert(key.to_owned(), grade.parse()?);
        }
        queries.push(Query { class: class.to_owned(), words: words.to_owned(), grades });
    }
    Ok(queries)
}

/// What the queries of a class came to, in sums.
#[derive(Default)]
pub(crate) struct Figures {
    pub(crate) queries: usize,
    ndcg: f64,
    hits: f64,
    recall: f64,
    pub(crate) times: Vec<Duration>,
}

impl Figures {
    /// Discounted cumulative gain of the first ten, gains 2^grade - 1, over the best that could be; the mean.
    pub(crate) fn ndcg(&self) -> f64 {
        self.ndcg / self.queries as f64
    }

    /// How often the first is of the best grade there is.
    pub(crate) fn hit(&self) -> f64 {
        self.hits / self.queries as f64
    }

    /// How much of what belongs there is among the first ten; the mean.
    pub(crate) fn recall(&self) -> f64 {
        self.recall / self.queries as f64
    }
}

/// Asks every query twice; the second time counts.
pub(crate) fn measure(
    engine: &dyn Engine,
    queries: &[Query],
    each: bool,
) -> Result<BTreeMap<String, Figures>, Box<dyn Error>> {
    let mut figures: BTreeMap<String, Figures> = BTreeMap::new();
    for query in queries {
        black_box(engine.answer(&query.words)?);
        let start = Instant::now();
        let answer = engine.answer(&query.words)?;
        let time = start.elapsed();
        let of_class = figures.entry(query.class.clone()).or_default();
        let [ndcg, hit, recall] = worth(query, &answer);
        of_class.queries += 1;
        of_class.times.push(time);
        of_class.ndcg += ndcg;
        of_class.hits += hit;
        of_class.recall += recall;
        if each && ndcg < 0.995 {
            println!(
                "{ndcg:.2} {} »{}«: {:?}",
                query.class,
                query.words,
                answer.iter().take(4).collect::<Vec<_>>()
            );
        }
    }
    Ok(figures)
}

fn worth(query: &Query, answer: &[String]) -> [f64; 3] {
    if query.grades.is_empty() {
        return [if answer.is_empty() { 1.0 } else { 0.0 }; 3];
    }
    let gain = |grade: u32| f64::from(2_u32.pow(grade) - 1);
    let discounted = |gains: &[f64]| -> f64 {
        gains.iter().zip(2_u32..).map(|(gain, nth)| gain / f64::from(nth).log2()).sum()
    };
    let grade = |key: &String| query.grades.get(key).copied().unwrap_or_default();
    let found: Vec<u32> = answer.iter().take(LOOKED_AT).map(grade).collect();
    let mut best: Vec<u32> = query.grades.values().copied().collect();
    best.sort_unstable_by(|one, other| other.cmp(one));
    best.truncate(LOOKED_AT);
    let gains = |grades: &[u32]| grades.iter().map(|grade| gain(*grade)).collect::<Vec<_>>();
    let ndcg = discounted(&gains(&found)) / discounted(&gains(&best));
    let hit = if found.first() == best.first() { 1.0 } else { 0.0 };
    let relevant = query.grades.values().filter(|grade| **grade >= RELEVANT).count();
    let seen = found.iter().filter(|grade| **grade >= RELEVANT).count();
    [ndcg, hit, if relevant == 0 { 1.0 } else { seen as f64 / relevant as f64 }]
}
