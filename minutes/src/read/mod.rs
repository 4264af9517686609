//! Bytes to text: what a file is by its content, its encoding, and what must never get further (CPR numbers, members' private addresses).

mod contact;
mod cpr;
mod docx;
mod encoding;
mod export;
mod firstagenda;
mod html;
mod markdown;
mod mask;
pub mod pdf;
mod sbsys;

use serde::{Deserialize, Serialize};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::model::Warning;

/// Text as the segmenters take it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The text with `\n` line ends, without byte order mark, CPR numbers masked, and on pages of members what is private.
    pub text: String,
    /// What was strange about the bytes.
    pub warnings: Vec<Warning>,
}

/// Why bytes are not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    /// No bytes, or only white space.
    Empty,
    /// Neither text nor a known format.
    Binary,
    /// A PDF file: [`pdf::text`] reads it, where time and memory are limited.
    Pdf,
    /// A PDF file that only a password opens.
    Locked,
    /// A PDF file whose pages cannot be found.
    Damaged,
    /// A PDF file of pictures only.
    Scanned,
    /// A PDF file that does not say which letters it shows.
    Letters,
    /// A ZIP file that is no Word document (XLSX, ODT, an archive), or that is damaged.
    Zip,
    /// A web page on which nobody could read anything before its scripts have run.
    NoText,
    /// Elements, tables or lists inside each other, deeper than any minutes have them.
    Nested,
    /// More elements, items or sections than any minutes have.
    Crowded,
    /// XML that is no export of minutes known here, or that is damaged.
    Xml,
    /// XML that declares entities: a few lines of them can stand for gigabytes, and no export has any.
    Entities,
    /// JSON that is no publication of minutes known here, or that is damaged.
    Json,
    /// A document in RTF, whose text stands between commands.
    Rtf,
}

impl Refusal {
    /// What the person reads: what the file is and what to do.
    pub fn danish(self) -> &'static str {
        match self {
            Self::Empty => "filen er tom; hent den igen fra kilden",
            Self::Binary => "filen er ikke tekst; gem referatet som tekstfil (.txt)",
            Self::Pdf => "PDF læses ikke her; gem referatet som tekstfil (.txt)",
            Self::Locked => {
                "PDF-filen er låst med en adgangskode; gem den uden adgangskode, eller gem referatet som tekstfil (.txt)"
            }
            Self::Damaged => {
                "PDF-filen er beskadiget, og dens sider kan ikke findes; hent den igen, eller gem referatet som tekstfil (.txt)"
            }
            Self::Scanned => {
                "PDF-filen har kun billeder og ingen tekst (indscannet); hent referatet som tekst, eller kør tekstgenkendelse (OCR) på den først"
            }
            Self::Letters => {
                "PDF-filen siger ikke, hvilke bogstaver den viser; hent referatet som tekst, eller kør tekstgenkendelse (OCR) på den først"
            }
            Self::Zip => {
                "filen er en ZIP-fil, men ikke et Word-dokument (.docx), der kan læses; er den et arkiv af referater, skal dens navn ende på .zip; ellers gem referatet som tekstfil (.txt)"
            }
            Self::NoText => {
                "der er ingen tekst på siden, før dens scripts har kørt; åbn den i en browser, og gem teksten som tekstfil (.txt)"
            }
            Self::Nested => {
                "filen har flere lag inden i hinanden, end noget referat har; gem referatet som tekstfil (.txt)"
            }
            Self::Crowded => "filen har flere dele, end noget referat har; gem hvert møde som en fil for sig",
            Self::Xml => {
                "filen er XML, men ikke en eksport fra SBSYS, der kan læses; hent den igen, eller gem referatet som tekstfil (.txt)"
            }
            Self::Entities => {
                "filen er XML med egne forkortelser (ENTITY) og læses ikke; eksportér referatet igen uden dem"
            }
            Self::Json => {
                "filen er JSON, men ikke en dagsorden fra FirstAgenda, der kan læses; hent /api/agenda/dagsorden/… igen"
            }
            Self::Rtf => {
                "filen er et RTF-dokument, som ikke læses; gem referatet som Word-dokument (.docx) eller tekstfil (.txt)"
            }
        }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Empty => "the file is empty",
            Self::Binary => "the file is not text",
            Self::Pdf => "a pdf, which is read by itself",
            Self::Locked => "a pdf behind a password",
            Self::Damaged => "a pdf without pages that can be found",
            Self::Scanned => "a pdf without text",
            Self::Letters => "a pdf whose letters cannot be told",
            Self::Zip => "a zip file, but no word document that can be read",
            Self::NoText => "the page has no text",
            Self::Nested => "nested too deep",
            Self::Crowded => "too many parts",
            Self::Xml => "xml, but no known export of minutes",
            Self::Entities => "xml that declares entities",
            Self::Json => "json, but no known publication of minutes",
            Self::Rtf => "rtf, which is not read",
        })
    }
}

impl std::error::Error for Refusal {}

/// How ZIP files begin, those with nothing in them too.
const ZIP_STARTS: [&[u8]; 2] = [b"PK\x03\x04", b"PK\x05\x06"];

/// How web pages and pieces of them begin, in lower case, after white space.
const HTML_STARTS: [&str; 21] = [
    "<!--",
    "<!doctype html",
    "<article",
    "<base",
    "<body",
    "<div",
    "<form",
    "<h1",
    "<h2",
    "<head",
    "<html",
    "<link",
    "<main",
    "<meta",
    "<p>",
    "<p ",
    "<script",
    "<section",
    "<span",
    "<table",
    "<title",
];

/// How XML begins.
const XML_STARTS: [&str; 2] = ["<?xml", "<dagsorden"];

/// How RTF begins.
const RTF_START: &str = r"{\rtf";

/// What kind of text a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Plain,
    Html,
    Xml,
    Json,
    JsonList,
    Rtf,
}

impl Form {
    fn of(text: &str) -> Self {
        let text = text.trim_start();
        let start = text.chars().take(20).collect::<String>().to_lowercase();
        let begins = |starts: &[&str]| starts.iter().any(|known| start.starts_with(known));
        if begins(&XML_STARTS) {
            if sbsys::is_page(text) { Self::Html } else { Self::Xml }
        } else if begins(&HTML_STARTS) {
            Self::Html
        } else if text.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with('{')) {
            Self::JsonList
        } else if start.starts_with(RTF_START) {
            Self::Rtf
        } else if text.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}'])) {
            Self::Json
        } else {
            Self::Plain
        }
    }
}

/// One control character in this many is more than any text has.
const CHARS_PER_CONTROL: usize = 20;

/// Characters that nobody sees and that break words, numbers and patterns apart: soft hyphen, zero-width space, non-joiner,
/// joiner, word joiner, byte order mark. They are left out of the text.
const UNSEEN: [char; 6] = ['\u{ad}', '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}'];

/// Spaces between words that a word processor or a page puts for a plain one: no-break, figure, punctuation, thin, hair and narrow.
const HARD_SPACES: [char; 6] = ['\u{a0}', '\u{2007}', '\u{2008}', '\u{2009}', '\u{200a}', '\u{202f}'];

/// A name or line with every CPR number in it masked, for what does not go through [`text`].
pub fn without_cpr(line: &str) -> String {
    cpr::mask(line.to_owned()).0
}

/// Reads bytes as text, by content: plain text, Markdown, the minutes on a web page, FirstAgenda's JSON, SBSYS's XML, or a Word document, in UTF-8, UTF-16,
/// the encoding that they declare, or else a Danish single-byte encoding.
///
/// Lines of a page are those of its text copied from a browser; exports become the form of `segment::export`, which says where
/// each item and section begins. Text is kept, so that a newer reading needs no file.
///
/// # Errors
/// [`Refusal`] when the bytes hold no text, a format that is not read, or more than a limit allows; [`Refusal::Pdf`] for a PDF, which
/// [`pdf::text`] reads.
pub fn text(bytes: &[u8]) -> Result<Text, Refusal> {
    if ZIP_STARTS.iter().any(|start| bytes.starts_with(start)) {
        return finished(docx::text(bytes)?, Vec::new());
    }
    if pdf::is_pdf(bytes) {
        return Err(Refusal::Pdf);
    }
    let (decoded, guessed) = encoding::decode(bytes)?;
    let (decoded, was_damaged) = encoding::put_right(decoded);
    if decoded.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    let decoded = match Form::of(&decoded) {
        Form::Plain if markdown::is_own(&decoded) => markdown::text(&decoded),
        Form::Plain => decoded,
        Form::Html => html::page(&decoded)?,
        Form::Xml => sbsys::text(&decoded)?,
        Form::Json => firstagenda::text(&decoded)?,
        Form::JsonList => return Err(Refusal::Json),
        Form::Rtf => return Err(Refusal::Rtf),
    };
    let damaged = was_damaged.then(|| encoding::PUT_RIGHT.to_owned());
    let guessed = guessed.map(|how| format!("not UTF-8: read as {how}"));
    let warnings = guessed.into_iter().chain(damaged).map(|what| Warning { line: 1, what }).collect();
    finished(decoded, warnings)
}

/// Characters to text: tidied, CPR numbers masked, with a warning for each.
fn finished(decoded: String, mut warnings: Vec<Warning>) -> Result<Text, Refusal> {
    let seen = Seen::of(&decoded);
    if seen.controls * CHARS_PER_CONTROL > seen.chars {
        return Err(Refusal::Binary);
    }
    let (text, numbers) = cpr::mask(tidied(decoded, &seen));
    let (text, contacts) = contact::mask(text);
    let told = |lines: Vec<usize>, what: &'static str| {
        lines.into_iter().map(move |line| Warning { line, what: what.to_owned() })
    };
    warnings.extend(told(numbers, "a CPR number was masked"));
    warnings.extend(told(contacts, "a member's address, phone or e-mail was left out"));
    Ok(Text { text, warnings })
}

/// What one look at every character of a text finds: most texts need no tidying at all.
#[derive(Default)]
struct Seen {
    chars: usize,
    controls: usize,
    other_line_ends: bool,
    unseen: bool,
    hard_spaces: bool,
    /// Letters that may be written in two forms.
    may_combine: bool,
}

impl Seen {
    fn of(text: &str) -> Self {
        let mut seen = Self::default();
        for c in text.chars() {
            seen.chars += 1;
            match c {
                '\n' | '\t' | ' '..='~' => {}
                '\r' | '\u{c}' => seen.other_line_ends = true,
                c if c.is_control() => seen.controls += 1,
                c if UNSEEN.contains(&c) => seen.unseen = true,
                c if HARD_SPACES.contains(&c) => seen.hard_spaces = true,
                // Below U+0300 nothing combines (UAX #15); above it, punctuation does not.
                '\u{80}'..'\u{300}' | '\u{2000}'..='\u{206f}' | '\u{20a0}'..='\u{20bf}' => {}
                _ => seen.may_combine = true,
            }
        }
        seen
    }
}

/// The text with `\n` line ends, nothing unseen in it, and one form for letters with marks: a title copied from a Mac has å as
/// a and a ring.
fn tidied(mut text: String, seen: &Seen) -> String {
    if seen.other_line_ends {
        text = text.replace("\r\n", "\n").replace(['\r', '\u{c}'], "\n");
    }
    if seen.unseen {
        text.retain(|c| !UNSEEN.contains(&c));
    }
    if seen.hard_spaces {
        text = with_plain_spaces(&text);
    }
    if seen.may_combine && is_nfc_quick(text.chars()) != IsNormalized::Yes {
        text = text.nfc().collect();
    }
    text
}

/// A text in which a space of another make between two words is a plain one: tables of words know no other. At the beginning and the
/// end of a line they part paragraphs, and stay.
fn with_plain_spaces(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut after_word = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let is_between = after_word && chars.peek().is_some_and(|next| !next.is_whitespace());
        plain.push(if is_between && HARD_SPACES.contains(&c) { ' ' } else { c });
        after_word = !c.is_whitespace();
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_by_content() {
        let danish = "Beslutning\nØkonomiudvalget på Rådhuset sagde: »Godkendt«.\n";
        assert_eq!(text(danish.as_bytes()).unwrap().text, danish);
        let with_mark = [&[0xEF, 0xBB, 0xBF], danish.as_bytes()].concat();
        assert_eq!(text(&with_mark).unwrap().text, danish);
        let utf16: Vec<u8> =
            std::iter::once(0xFEFFu16).chain(danish.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(text(&utf16).unwrap().text, danish);
        let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(danish);
        let read = text(&windows).unwrap();
        assert_eq!(read.text, danish);
        assert_eq!(read.warnings.len(), 1);
    }

    #[test]
    fn one_cut_letter_spoils_nothing_else() {
        let danish = "Økonomiudvalget på Rådhuset ønsker det".as_bytes();
        let cut = [&danish[..danish.len() - 2], &[0xC3]].concat();
        let read = text(&cut).unwrap();
        assert!(read.text.starts_with("Økonomiudvalget på Rådhuset"), "{}", read.text);
        assert_eq!(read.warnings[0].what, "not UTF-8: read as damaged UTF-8");
    }

    #[test]
    fn letters_have_one_form() {
        assert_eq!(text("A\u{30a}rhus Byra\u{30a}d".as_bytes()).unwrap().text, "Århus Byråd");
    }

    #[test]
    fn line_ends_are_one_kind() {
        assert_eq!(text(b"a\r\nb\rc\x0Cd").unwrap().text, "a\nb\nc\nd");
    }

    #[test]
    fn unseen_characters_part_nothing() {
        let read = text("by\u{200b}råd 010190\u{200b}-12\u{ad}34 \u{1b}[31m".as_bytes()).unwrap();
        assert_eq!(read.text, "byråd xxxxxx-xxxx \u{1b}[31m");
    }

    #[test]
    fn spaces_between_words_are_plain() {
        let read = text("Indstillingen\u{a0}blev ikke\u{2009}godkendt.\n\u{a0}\n\u{a0}x \u{a0}y".as_bytes())
            .unwrap();
        assert_eq!(read.text, "Indstillingen blev ikke godkendt.\n\u{a0}\n\u{a0}x \u{a0}y");
    }

    #[test]
    fn letters_read_in_a_wrong_encoding_are_put_right() {
        let danish = "Børneudvalget på Rådhuset\nÆldrerådet, Økonomi: »Godkendt«\n";
        let (wrong, _, _) = encoding_rs::WINDOWS_1252.decode(danish.as_bytes());
        let read = text(wrong.as_bytes()).unwrap();
        assert_eq!(read.text, danish);
        assert_eq!(
            read.warnings[0].what,
            "letters were damaged (UTF-8 read as Windows-1252) and were put right"
        );
        // A text with letters of its own is as it says, whatever stands in it.
        let own = "Børnene skrev Ã¸ og Ã¥ og Ã¦ på tavlen";
        assert_eq!(text(own.as_bytes()).unwrap().text, own);
    }

    #[test]
    fn what_is_not_text_is_refused() {
        for (bytes, refusal) in [
            (&b""[..], Refusal::Empty),
            (b" \r\n\t", Refusal::Empty),
            (b"%PDF-1.7\n", Refusal::Pdf),
            (b"PK\x03\x04docx", Refusal::Zip),
            (b"\x7fELF\0\0\0", Refusal::Binary),
            (b"\x01\x02\x03\x04abc", Refusal::Binary),
        ] {
            assert_eq!(text(bytes), Err(refusal), "{bytes:?}");
        }
    }

    #[test]
    fn cpr_numbers_are_masked_and_counted() {
        let read = text("Sag\nBorgeren 010190-1234 søger.\n".as_bytes()).unwrap();
        assert!(!read.text.contains("1234"), "{}", read.text);
        assert_eq!(read.warnings, [Warning { line: 2, what: "a CPR number was masked".into() }]);
    }
}
