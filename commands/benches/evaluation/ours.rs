//! `/søg` itself, with all of the analysis or some of it.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;

use commands::{Asker, Council, Setting};
use index::{Archive, Entry, Steps, Telling};
use tempfile::TempDir;

use crate::Engine;
use crate::judged::{Corpus, key};

pub(crate) struct Ours {
    archive: Archive,
    council: Council,
    directory: TempDir,
}

impl Ours {
    pub(crate) fn new(corpus: &Corpus, steps: Steps) -> Result<Self, Box<dyn Error>> {
        let directory = tempfile::tempdir()?;
        let archive = Archive::open_with(directory.path(), steps)?;
        let entries: Vec<Entry<'_>> = corpus
            .documents
            .iter()
            .map(|(name, document)| Entry {
                origin: name,
                url: None,
                hash: name,
                text: name,
                document,
                recorded_at: "2026-01-01T00:00:00Z",
            })
            .collect();
        let telling = Telling {
            now: "2026-01-01T00:00:00+01:00[Europe/Copenhagen]".parse()?,
            digest_at: jiff::civil::time(8, 0, 0, 0),
            max_age_days: 30,
            first_reading: true,
        };
        let mut writer = archive.writer()?;
        writer.record(&entries, &telling)?;
        writer.commit()?;
        drop(writer);
        let abbreviations = BTreeMap::from([
            ("SOS".to_owned(), "Social- og Sundhedsudvalget".to_owned()),
            ("BYR".to_owned(), "Fjordby Byråd".to_owned()),
        ]);
        Ok(Self { archive, council: Council { abbreviations, ..Council::default() }, directory })
    }

    /// How large the search index is.
    pub(crate) fn bytes(&self) -> Result<u64, Box<dyn Error>> {
        let mut bytes = 0;
        for file in fs::read_dir(self.directory.path().join("search"))? {
            bytes += file?.metadata()?.len();
        }
        Ok(bytes)
    }
}

impl Engine for Ours {
    fn answer(&self, query: &str) -> Result<Vec<String>, Box<dyn Error>> {
        let setting = Setting {
            council: &self.council,
            today: jiff::civil::date(2026, 1, 1),
            process: &[],
            sources: &[],
            asker: Asker::default(),
        };
        let request = commands::Request::new("søg", [("ord", query.to_owned())])?;
        let answer = commands::brief_answer(&self.archive, &setting, &request)?;
        let mut keys = Vec::new();
        for source in answer.cards.iter().filter_map(|card| card.item.as_ref()) {
            let file = source.file.as_deref().unwrap_or_default();
            let key = key(source.case_number.as_deref(), file, source.title.as_deref().unwrap_or_default());
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        Ok(keys)
    }
}
