//! Questions over the documents that the project was founded on. Their text stays outside the repository: the folder is named by
//! `REFERENT_SEEDS`, and without it there is nothing to ask. Named and missing, it is an error.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

const BINARY: &str = env!("CARGO_BIN_EXE_referent");
const TODAY: &str = "2020-08-20";

/// The folder, if it is named.
fn seeds() -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("REFERENT_SEEDS") else {
        println!("REFERENT_SEEDS is not set: the seeds were not asked");
        return None;
    };
    let folder = Path::new(&folder).canonicalize().expect("REFERENT_SEEDS names a folder that is there");
    assert!(folder.is_dir(), "REFERENT_SEEDS is no folder: {}", folder.display());
    Some(folder)
}

struct Desk {
    place: tempfile::TempDir,
}

impl Desk {
    fn over(seeds: &Path) -> Self {
        let place = tempfile::tempdir().unwrap();
        let config = format!(
            "[council]\nname = \"Herning Kommune\"\n[[sources]]\nkind = \"folder\"\npath = {:?}\n[data]\ndirectory = \"data\"\n",
            seeds.display().to_string()
        );
        std::fs::write(place.path().join("bot.toml"), config).unwrap();
        Self { place }
    }

    #[track_caller]
    fn ask(&self, question: &str) -> Value {
        let output = Command::new(BINARY)
            .args(["ask", "--json", "--today", TODAY, question])
            .current_dir(self.place.path())
            .output()
            .unwrap();
        serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{question}: {error}: {output:?}"))
    }
}

fn field<'a>(card: &'a Value, name: &str) -> &'a str {
    let fields = card["fields"].as_array().unwrap();
    fields
        .iter()
        .find(|field| field["name"] == name)
        .and_then(|field| field["value"].as_str())
        .unwrap_or_default()
}

#[test]
fn the_founding_questions_are_answered() {
    let Some(folder) = seeds() else { return };
    let desk = Desk::over(&folder);

    let answer = desk.ask("/sag 27.00.00-a00-5-15");
    let card = &answer["cards"][0];
    assert_eq!(card["outcome"], "noted");
    assert_eq!(field(card, "Beslutning"), "Til efterretning.");
    assert_eq!(card["item"]["date"], "2020-08-12");
    assert_eq!(card["item"]["body"], "Social- og Sundhedsudvalget");
    assert_eq!(card["item"]["number"], "72");
    assert_eq!(field(card, "Næste"), "23. september 2020 i Social- og Sundhedsudvalget");

    let answer = desk.ask("/sag 29.00.00-A26-2-17");
    let dates: Vec<&Value> =
        answer["cards"].as_array().unwrap().iter().map(|card| &card["item"]["date"]).collect();
    assert_eq!(dates, ["2017-11-14"; 4]);

    let answer = desk.ask("/sag 00.00.00-P19-662-17");
    assert_eq!(answer["cards"][0]["outcome"], "none");
    assert!(answer["text"].as_str().unwrap().contains("ikke gengivet nogen beslutning"), "{answer}");

    let answer = desk.ask("/råd beskæftigelsesrådet dato:2019-01-01");
    let cards = answer["cards"].as_array().unwrap();
    assert_eq!(cards.len(), 15);
    for card in cards {
        assert_eq!(field(card, "Periode"), "1. april 2018–31. december 2021");
        assert!(card["item"]["file"].as_str().is_some_and(|file| file.contains("001_")), "{card}");
    }

    let answer = desk.ask("/historik 27.00.00-A00-5-15");
    let rows: Vec<_> = answer["cards"]
        .as_array()
        .unwrap()
        .iter()
        .map(|card| (&card["item"]["date"], &card["item"]["number"]))
        .collect();
    assert_eq!(rows, [(&"2020-05-17".into(), &"57".into()), (&"2020-08-12".into(), &"72".into())]);

    let answer = desk.ask("/søg sociale partnerskaber ungevejledning projektejer");
    assert!(answer["cards"].as_array().unwrap().iter().all(|card| card["outcome"].is_null()), "{answer}");
    let answer = desk.ask("/søg sociale partnerskaber");
    assert_eq!(answer["cards"][0]["item"]["title"], "Sociale partnerskaber");
    assert_eq!(answer["cards"][0]["outcome"], Value::Null);
}
