//! The documents of whose reading the reader was least sure: where a layout may be misread, and where to look.

use std::collections::BTreeMap;

use commands::danish;
use index::{Archive, CurrentText};
use minutes::Warning;

use super::Finding;

/// Documents shown.
const MOST_SHOWN: usize = 5;
/// Texts held in memory at once.
const AT_ONCE: usize = 100;

const SUBJECT: &str = "Læsning";

/// What warnings say, in Danish; see [`Warning::what`].
const TOLD: [(&str, &str); 12] = [
    ("a CPR number was masked", "et CPR-nummer er skjult"),
    ("body of the meeting by the file's name", "organet er taget fra filens navn"),
    ("date of the meeting by the file's name", "datoen er taget fra filens navn"),
    ("date of the meeting cannot be read", "mødets dato kan ikke læses"),
    ("decision found under another heading", "beslutningen står under en anden overskrift"),
    ("decision heading names another meeting", "beslutningens overskrift nævner et andet møde"),
    ("decision without a heading", "beslutningen har ingen overskrift"),
    ("item without case number", "et punkt har intet sagsnummer"),
    ("item without number and title", "et punkt har hverken nummer eller titel"),
    ("routing grid without cells", "sagens gang er et skema uden felter"),
    ("text inside a closed item was left out", "tekst i et lukket punkt er udeladt"),
    ("the bodies of a joint meeting decided differently", "organerne på et fællesmøde besluttede hver sit"),
];

/// A document's doubts.
#[derive(Debug, PartialEq, Eq)]
struct Doubts {
    origin: String,
    count: usize,
    /// The warning that it has most of.
    commonest: String,
}

/// Reads every document's text again, as it would be read today. A layout that was inferred is no doubt by itself.
pub(super) fn look(archive: &Archive) -> Vec<Finding> {
    let (mut all, mut documents, mut after) = (Vec::new(), 0, 0);
    loop {
        let texts = match archive.texts(after, AT_ONCE) {
            Ok(texts) => texts,
            Err(error) => {
                return vec![Finding::bad(
                    SUBJECT,
                    error.danish(),
                    "referent sync --set-aside læser alt forfra",
                )];
            }
        };
        let Some(last) = texts.last() else { break };
        after = last.id;
        documents += texts.len();
        all.extend(texts.iter().filter_map(of_text));
    }
    tell(all, documents)
}

fn of_text(text: &CurrentText) -> Option<Doubts> {
    let (_, warnings) = minutes::parse_from(&text.text, &text.origin);
    doubts(&text.origin, &warnings)
}

/// None where there is nothing to doubt.
fn doubts(origin: &str, warnings: &[Warning]) -> Option<Doubts> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for warning in warnings.iter().filter(|warning| warning.what != minutes::INFERRED) {
        *counts.entry(&warning.what).or_default() += 1;
    }
    let (commonest, _) = counts.iter().rev().max_by_key(|(_, count)| **count)?;
    Some(Doubts { origin: origin.to_owned(), count: counts.values().sum(), commonest: told(commonest) })
}

fn told(what: &str) -> String {
    TOLD.iter().find(|(english, _)| *english == what).map_or(what, |(_, danish)| danish).to_owned()
}

/// A finding for each of the documents with most warnings, the worst first.
fn tell(mut all: Vec<Doubts>, documents: usize) -> Vec<Finding> {
    if documents == 0 {
        return Vec::new();
    }
    let read = danish::count(documents, "dokument", "dokumenter");
    if all.is_empty() {
        return vec![Finding::good(SUBJECT, format!("{read} læst uden advarsler"))];
    }
    all.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.origin.cmp(&other.origin)));
    let doubtful = all.len();
    let mut findings =
        vec![Finding::good(SUBJECT, format!("{read}; {doubtful} med advarsler, de fleste i dem herunder"))];
    findings.extend(all.into_iter().take(MOST_SHOWN).map(|doubts| {
        let count = danish::count(doubts.count, "advarsel", "advarsler");
        let what = format!("{}: {count}, mest: {}", doubts.origin, doubts.commonest);
        let mend = format!("se dem med referent parse {}", quoted(&doubts.origin));
        // Ordinary minutes have some: the bot is well all the same.
        Finding { mend: Some(mend), ..Finding::good(SUBJECT, what) }
    }));
    findings
}

/// A file's name as a shell takes it.
fn quoted(name: &str) -> String {
    let is_plain = name.chars().all(|c| c.is_alphanumeric() || "/._-".contains(c));
    if is_plain { name.to_owned() } else { format!("'{}'", name.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warnings(what: &[&str]) -> Vec<Warning> {
        what.iter().map(|what| Warning { line: 1, what: (*what).to_owned() }).collect()
    }

    #[test]
    fn an_inferred_layout_is_no_doubt() {
        assert_eq!(doubts("a.txt", &warnings(&[minutes::INFERRED])), None);
    }

    #[test]
    fn the_commonest_warning_is_told() {
        let found = doubts(
            "a.txt",
            &warnings(&["decision without a heading", "a CPR number was masked", "a CPR number was masked"]),
        );
        let expected =
            Doubts { origin: "a.txt".to_owned(), count: 3, commonest: "et CPR-nummer er skjult".to_owned() };
        assert_eq!(found, Some(expected));
    }

    #[test]
    fn the_worst_come_first_and_few_are_shown() {
        let of = |name: &str, count| Doubts { origin: name.to_owned(), count, commonest: told("x") };
        let all = (0..10).map(|at| of(&format!("mit referat {at}.txt"), at + 1)).collect();
        let told: Vec<String> = tell(all, 12).iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 1 + MOST_SHOWN);
        assert_eq!(told[0], "✓ Læsning: 12 dokumenter; 10 med advarsler, de fleste i dem herunder");
        assert_eq!(
            told[1],
            "✓ Læsning: mit referat 9.txt: 10 advarsler, mest: x\n  → se dem med referent parse 'mit referat 9.txt'"
        );
        assert!(told[MOST_SHOWN].contains("mit referat 5.txt"), "{}", told[MOST_SHOWN]);
        assert_eq!(tell(Vec::new(), 1)[0].to_string(), "✓ Læsning: 1 dokument læst uden advarsler");
        assert!(tell(Vec::new(), 0).is_empty());
    }

    /// What the reader says of texts that make it unsure is known here.
    #[test]
    fn warnings_are_told_in_danish() {
        let text = "Referat fra møde i Ungerådet den 4. maj 2022\n\n1. Valg\n\nBeslutning i Ungerådet den 3. maj 2021\nGodkendt.\n\n2. Salg (Lukket)\n\nHemmeligt.\n";
        let (_, warnings) = minutes::parse(text);
        let doubted: Vec<&Warning> =
            warnings.iter().filter(|warning| warning.what != minutes::INFERRED).collect();
        assert_eq!(doubted.len(), 2, "{warnings:?}");
        assert!(doubted.iter().all(|warning| told(&warning.what) != warning.what), "{doubted:?}");
    }
}
