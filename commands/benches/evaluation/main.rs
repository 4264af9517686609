//! How well `/søg` answers: queries with graded relevance (`queries.tsv`) over the samples and the fixtures of minutes.
//!
//! `cargo bench -p commands --bench evaluation`. For each class of queries: nDCG@10, hit@1 and recall@10; for queries that the
//! minutes hold nothing of, the share answered with nothing. Then the same with only some of the steps of the analysis, and by
//! SQLite's FTS5 and ripgrep, in the same run.
//!
//! `-- --each` tells of every query that was not answered in full.

mod judged;
mod others;
mod ours;

use std::collections::BTreeMap;
use std::error::Error;
use std::time::Duration;

use index::Steps;
use judged::{Corpus, Figures};

/// What answers queries: the best first, each by the key that judgements name it by.
trait Engine {
    fn answer(&self, query: &str) -> Result<Vec<String>, Box<dyn Error>>;
}

/// Steps of the analysis, each with those before it.
const ABLATION: [(&str, Steps); 7] = [
    ("tokens", Steps::PLAIN),
    ("+ folding", Steps { folding: true, ..Steps::PLAIN }),
    ("+ stemming", Steps { folding: true, stemming: true, ..Steps::PLAIN }),
    ("+ exceptions", Steps { folding: true, stemming: true, exceptions: true, ..Steps::PLAIN }),
    ("+ compounds", Steps { synonyms: false, typos: false, ..Steps::ALL }),
    ("+ synonyms", Steps { typos: false, ..Steps::ALL }),
    ("+ typos", Steps::ALL),
];

fn main() -> Result<(), Box<dyn Error>> {
    let each = std::env::args().any(|argument| argument == "--each");
    let corpus = Corpus::read()?;
    let queries = judged::queries(&corpus)?;
    println!(
        "{} queries over {} entries of {} documents\n",
        queries.len(),
        corpus.entries.len(),
        corpus.documents.len()
    );
    let mut rows = Vec::new();
    for (name, steps) in ABLATION {
        let ours = ours::Ours::new(&corpus, steps)?;
        let is_last = steps == Steps::ALL;
        let figures = judged::measure(&ours, &queries, each && is_last)?;
        rows.push(Row { name: name.to_owned(), bytes: Some(ours.bytes()?), figures });
    }
    if let Some(whole) = rows.last() {
        table_of_classes(&whole.figures);
    }
    for (name, engine) in others::all(&corpus)? {
        let figures = judged::measure(engine.as_ref(), &queries, false)?;
        rows.push(Row { name, bytes: None, figures });
    }
    table_of_engines(&rows);
    Ok(())
}

struct Row {
    name: String,
    bytes: Option<u64>,
    figures: BTreeMap<String, Figures>,
}

fn table_of_classes(figures: &BTreeMap<String, Figures>) {
    println!("| class | queries | nDCG@10 | hit@1 | recall@10 |\n|---|---|---|---|---|");
    for (class, of_class) in figures {
        let [ndcg, hit, recall] = [of_class.ndcg(), of_class.hit(), of_class.recall()];
        match class.as_str() {
            judged::NOTHING => {
                println!("| {class} | {} | answered with nothing: {ndcg:.2} | | |", of_class.queries);
            }
            _ => println!("| {class} | {} | {ndcg:.2} | {hit:.2} | {recall:.2} |", of_class.queries),
        }
    }
    println!();
}

fn table_of_engines(rows: &[Row]) {
    let classes: Vec<&String> = rows.first().map(|row| row.figures.keys().collect()).unwrap_or_default();
    let heads: Vec<&str> = classes.iter().map(|class| class.as_str()).collect();
    println!("nDCG@10 by class (nothing: the share answered with nothing)\n");
    println!("| | {} | index kB | p50 |\n|---|{}---|---|", heads.join(" | "), "---|".repeat(classes.len()));
    for row in rows {
        let cells: Vec<String> =
            classes.iter().map(|class| format!("{:.2}", row.figures[*class].ndcg())).collect();
        let size = row.bytes.map_or("–".to_owned(), |bytes| (bytes / 1000).to_string());
        let mut times: Vec<Duration> =
            row.figures.values().flat_map(|of_class| of_class.times.clone()).collect();
        times.sort_unstable();
        let median = times.get(times.len() / 2).copied().unwrap_or_default();
        println!("| {} | {} | {size} | {median:.1?} |", row.name, cells.join(" | "));
    }
}
