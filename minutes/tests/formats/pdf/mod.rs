//! PDF files, made from the fixtures and by hand.

pub(crate) mod writer;

use minutes::read::{self, Refusal};

use crate::{check_same, document, fixtures, pages};
use writer::{Font, Layout, Piece};

fn read_pdf(bytes: &[u8]) -> String {
    read::pdf::text(bytes).unwrap().text
}

const LAYOUTS: [Layout; 4] = [
    Layout { font: Font::WinAnsi, columns: 1, hyphens: false },
    Layout { font: Font::WinAnsi, columns: 1, hyphens: true },
    Layout { font: Font::Identity, columns: 1, hyphens: true },
    Layout { font: Font::Drawn, columns: 1, hyphens: true },
];

/// Facts that a page tells otherwise than its text: the fixture, the fact, and why.
const DIFFERENCES: [(&str, &str, &str); 1] = [(
    "herning-074",
    "body",
    "the head of a single page is repeated nowhere, and a list of members names its body first",
)];

#[test]
fn pages_read_as_their_text() {
    for (fixture, text) in fixtures() {
        let expected = document(&text);
        for layout in LAYOUTS {
            let read = read_pdf(&writer::set(&text, layout));
            let name = format!("{fixture} ({layout:?})");
            let lines: Vec<String> =
                pages::plain_lines(&read).into_iter().filter(|line| !line.contains("STØJ")).collect();
            // Where a sentence ends just before the margin, nobody can tell whether a paragraph ends too.
            let (expected_words, found_words) = (pages::plain_lines(&text).join(" "), lines.join(" "));
            let differs =
                expected_words.split(' ').zip(found_words.split(' ')).find(|(one, other)| one != other);
            assert_eq!(differs, None, "{name}");
            assert_eq!(expected_words.len(), found_words.len(), "{name}");
            let known: Vec<&str> = DIFFERENCES
                .iter()
                .filter(|(file, _, _)| *file == fixture)
                .map(|(_, fact, _)| *fact)
                .collect();
            check_same(&name, &expected, &document(&read), &known);
        }
    }
}
