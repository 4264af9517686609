//! What holds for any input: reading never panics, and no word of a text is lost on the way to its reading.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

const FIXTURES: [&str; 6] = [
    include_str!("../../tests/minutes/herning-001.txt"),
    include_str!("../../tests/minutes/herning-004.txt"),
    include_str!("../../tests/minutes/herning-012.txt"),
    include_str!("../../tests/minutes/herning-035.txt"),
    include_str!("../../tests/minutes/herning-074.txt"),
    include_str!("../../tests/minutes/herning-075.txt"),
];

/// Layouts that are inferred.
const INFERRED: [&str; 12] = [
    include_str!("../../tests/minutes/punkt-kolon.txt"),
    include_str!("../../tests/minutes/sag-nr.txt"),
    include_str!("../../tests/minutes/flere-udvalg.txt"),
    include_str!("../../tests/minutes/kun-sagsnumre.txt"),
    include_str!("../../tests/minutes/nummer-alene.txt"),
    include_str!("../../tests/minutes/beslutning-foerst.txt"),
    include_str!("../../tests/minutes/romertal.txt"),
    include_str!("../../tests/minutes/underpunkter.txt"),
    include_str!("../../tests/minutes/faellesmoede.txt"),
    include_str!("../../tests/minutes/limet.txt"),
    include_str!("../../tests/minutes/fede-tal.txt"),
    include_str!("../../tests/minutes/udvalg-uden-ord.txt"),
];

/// Labels whose values go into fields of their own.
const LABELS: [&str; 12] = [
    "Udvalg:",
    "Mødedato:",
    "Mødested:",
    "Sagsnr.:",
    "Sagsbehandler:",
    "Øvrige",
    "sagsbehandlere:",
    "Fraværende:",
    "Afbud:",
    "Afbud",
    "fra:",
    "og",
];

/// Of those, the ones that follow a name.
const GLUED: [&str; 2] = ["Sagsbehandler", "Øvrige"];

/// Every word of a text stands somewhere in its reading. Dates of headers change their form, and the inside of a closed item
/// is left out on purpose: texts with either are not asked.
fn check_no_word_lost(text: &str) -> Result<(), TestCaseError> {
    let (document, warnings) = minutes::parse(text);
    if document.items.iter().any(|item| item.closed) {
        return Ok(());
    }
    let reading = serde_json::to_string(&(&document, &warnings)).unwrap();
    for line in text.lines().filter(|line| !line.trim().starts_with("Mødedato")) {
        let words = line.split_whitespace().filter(|word| !LABELS.contains(word));
        for piece in words.flat_map(|word| word.split(|c: char| !c.is_alphanumeric())) {
            let number = piece.parse::<u64>().is_ok();
            // A grid's mark may be glued to the label after it.
            let glued_mark = piece.trim_start_matches(['x', 'X']) == "Øvrige";
            // Joined lines glue a label to the name before it, which is known for a label all the same.
            let piece = GLUED.iter().find_map(|label| piece.strip_suffix(label)).unwrap_or(piece);
            prop_assert!(number || glued_mark || reading.contains(piece), "{piece:?} of {line:?} in\n{text}");
        }
    }
    Ok(())
}

/// A change to a text's lines, as copying and converting does it.
#[derive(Debug, Clone)]
enum Change {
    Drop(usize),
    Double(usize),
    Swap(usize, usize),
    Join(usize),
    Blank(usize),
    Unblank(usize),
}

fn change() -> impl Strategy<Value = Change> {
    let at = 0..200usize;
    prop_oneof![
        at.clone().prop_map(Change::Drop),
        at.clone().prop_map(Change::Double),
        (at.clone(), 0..200usize).prop_map(|(a, b)| Change::Swap(a, b)),
        at.clone().prop_map(Change::Join),
        at.clone().prop_map(Change::Blank),
        at.prop_map(Change::Unblank),
    ]
}

fn apply(text: &str, changes: &[Change]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for change in changes {
        let last = lines.len().saturating_sub(1);
        match *change {
            Change::Drop(at) if last > 0 => drop(lines.remove(at.min(last))),
            Change::Double(at) => lines.insert(at.min(last), lines[at.min(last)].clone()),
            Change::Swap(one, other) => lines.swap(one.min(last), other.min(last)),
            Change::Join(at) if at < last => {
                let next = lines.remove(at + 1);
                lines[at].push_str(&next);
            }
            Change::Blank(at) => lines.insert(at.min(last), "\u{a0}".to_owned()),
            Change::Unblank(at) => {
                if let Some(blank) = (at.min(last)..lines.len()).find(|at| lines[*at].trim().is_empty()) {
                    lines.remove(blank);
                }
            }
            Change::Drop(_) | Change::Join(_) => {}
        }
    }
    lines.join("\n")
}

/// Pieces of markup that show the words between them, in any order.
const SHOWN: [&str; 38] = [
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<div",
    "<b>",
    "</b>",
    "<a href=x>",
    "</a>",
    "<ul>",
    "<li>",
    "</ul>",
    "<ol start=9>",
    "</ol>",
    "<table>",
    "<tr>",
    "<td>",
    "<th colspan=2>",
    "</tr>",
    "</table>",
    "<h2>",
    "</h2>",
    "<br>",
    "<br/>",
    "<dl>",
    "<dt>",
    "<dd>",
    "</dl>",
    "<pre>",
    "</pre>",
    "<section>",
    "</section>",
    "</main>",
    "</body>",
    "<!-- x -->",
    "&nbsp;",
    "\n",
    "<x-y>",
];

/// Pieces of exports and of pages, whole and broken.
const PIECES: [&str; 36] = [
    "<?xml version='1.0'?>",
    "<Dagsorden>",
    "<Dagsordenpunkt Åbent='true'>",
    "<Indhold>",
    "<Beslutning>",
    "<![CDATA[<p>a",
    "]]>",
    "</Beslutning>",
    "</Indhold>",
    "</Dagsordenpunkt>",
    "</Dagsorden>",
    "<Overskrift>a</Overskrift>",
    "&nbsp;",
    "&#9;",
    "<Bilag Navn='a'/>",
    "<!DOCTYPE a>",
    "<!--",
    "-->",
    "{\"Dagsordenpunkter\":[",
    "{\"Navn\":\"a\",\"Felter\":[{\"Html\":\"<p>b\"}]}",
    ",",
    "]",
    "}",
    "{",
    "\"",
    "1",
    "<html>",
    "<nav>",
    "<main>",
    "<div hidden>",
    "<script>",
    "</script>",
    "<table><td>",
    "</table>",
    "<li>",
    "a\nb",
];

/// A page of some pieces, numbered words between them.
fn page(picks: &[usize]) -> (String, Vec<String>) {
    let words: Vec<String> = (0..picks.len()).map(|at| format!("ord{at}")).collect();
    let body: String = picks
        .iter()
        .zip(&words)
        .map(|(pick, word)| format!("{}>{word} ", SHOWN[*pick].trim_end_matches('>')))
        .collect();
    (format!("<!doctype html><body>{body}"), words)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn no_word_shown_on_a_page_is_lost(picks in proptest::collection::vec(0..SHOWN.len(), 1..60)) {
        let (html, words) = page(&picks);
        let read = minutes::read::text(html.as_bytes()).unwrap().text;
        for word in &words {
            prop_assert!(read.contains(word.as_str()), "{word} of {html} in {read}");
        }
        let order: Vec<usize> = words.iter().filter_map(|word| read.find(&format!("{word}\n")).or(read.find(&format!("{word} ")))).collect();
        prop_assert!(order.is_sorted(), "{html} as {read}");
    }

    #[test]
    fn broken_exports_are_read_or_refused(picks in proptest::collection::vec(0..PIECES.len(), 0..40)) {
        let file: String = picks.iter().map(|pick| PIECES[*pick]).collect();
        if let Ok(read) = minutes::read::text(file.as_bytes()) {
            check_no_word_lost(&read.text)?;
        }
    }

    #[test]
    fn any_bytes_can_be_read(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        if let Ok(read) = minutes::read::text(&bytes) {
            check_no_word_lost(&read.text)?;
        }
    }

    #[test]
    fn any_text_can_be_parsed(text in "\\PC{0,400}|(\\PC{0,30}\\n){0,12}") {
        check_no_word_lost(&text)?;
    }

    #[test]
    fn nothing_is_decided_that_does_not_stand_in_the_text(
        fixture in 0..INFERRED.len(),
        changes in proptest::collection::vec(change(), 0..12),
    ) {
        let text = apply(INFERRED[fixture], &changes);
        let (document, _) = minutes::parse(&text);
        let decided = document.items.iter().filter_map(|item| item.decision.as_ref());
        for line in decided.flat_map(|decision| decision.text.lines()) {
            prop_assert!(text.contains(line.trim()), "{line:?} in\n{text}");
        }
    }

    #[test]
    fn damaged_minutes_lose_no_word(
        fixture in 0..FIXTURES.len(),
        changes in proptest::collection::vec(change(), 0..12),
    ) {
        check_no_word_lost(&apply(FIXTURES[fixture], &changes))?;
    }
}
