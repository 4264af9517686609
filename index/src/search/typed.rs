//! What was typed, read as pieces to look for. Nothing typed is an error: what cannot be read as a sign is left out.

use std::ops::Range;

use super::analysis::words_of;

/// Words of a question that are looked for, in phrases too; the rest are passed over.
pub(crate) const MAX_WORDS: usize = 24;

/// Bytes of a question that are read; the rest is passed over.
const MOST_BYTES: usize = 4_000;

/// Letters that the beginning of a word has at least (`ord*`): shorter ones are words.
const LEAST_OF_BEGINNING: usize = 2;

/// Signs around a phrase, and what ends it.
const QUOTES: [(char, char); 6] = [('"', '"'), ('»', '«'), ('«', '»'), ('“', '”'), ('„', '“'), ('”', '”')];

/// Words that ask and do not tell what about. They stand in the index, and in a phrase they count.
const ASKING: &[&str] = &[
    "af",
    "alle",
    "alt",
    "altså",
    "at",
    "blev",
    "blevet",
    "blive",
    "bliver",
    "da",
    "de",
    "dem",
    "den",
    "denne",
    "der",
    "deres",
    "det",
    "dette",
    "disse",
    "du",
    "efter",
    "eller",
    "en",
    "er",
    "et",
    "findes",
    "for",
    "fra",
    "får",
    "fået",
    "fik",
    "gerne",
    "gik",
    "gjort",
    "gør",
    "ham",
    "han",
    "har",
    "havde",
    "have",
    "hej",
    "hos",
    "hun",
    "hvad",
    "hvem",
    "hvilke",
    "hvilken",
    "hvilket",
    "hvis",
    "hvor",
    "hvordan",
    "hvorfor",
    "hvornår",
    "hvorvidt",
    "i",
    "igen",
    "ind",
    "jeg",
    "jer",
    "kan",
    "kom",
    "kommer",
    "kunne",
    "lige",
    "man",
    "mange",
    "med",
    "meget",
    "mig",
    "mon",
    "må",
    "noget",
    "nogen",
    "nogle",
    "nu",
    "når",
    "og",
    "også",
    "om",
    "omkring",
    "op",
    "os",
    "over",
    "på",
    "sammen",
    "se",
    "ses",
    "siden",
    "sig",
    "siger",
    "sin",
    "sit",
    "skal",
    "ske",
    "sker",
    "skete",
    "skulle",
    "som",
    "så",
    "tak",
    "til",
    "ud",
    "under",
    "var",
    "ved",
    "vedrørende",
    "vi",
    "vide",
    "vil",
    "ville",
    "vise",
    "vis",
    "vores",
    "være",
    "været",
];

/// Words for what minutes are made of. Whoever asks about something else with them means that.
const OF_MINUTES: &[&str] = &[
    "afgjort",
    "afgørelse",
    "afgørelsen",
    "besluttede",
    "besluttet",
    "beslutning",
    "beslutningen",
    "beslutninger",
    "dagsorden",
    "dagsordenen",
    "emne",
    "emnet",
    "fortæl",
    "gælder",
    "handler",
    "kommune",
    "kommunen",
    "kommunens",
    "mener",
    "møde",
    "mødet",
    "punkt",
    "punktet",
    "punkter",
    "referat",
    "referatet",
    "referater",
    "sag",
    "sagen",
    "sager",
    "sagerne",
    "sagt",
    "spørgsmål",
    "spørgsmålet",
    "status",
    "vedtaget",
    "vedtog",
    "beslutte",
    "ting",
    "drøftet",
    "drøftede",
    "behandlet",
];

/// The words that only ask.
pub(super) fn asking() -> impl Iterator<Item = &'static str> {
    ASKING.iter().copied()
}

/// A piece of what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A word.
    Word(String),
    /// Words that stand together in this order.
    Phrase(Vec<String>),
    /// The beginning of a word.
    Beginning(String),
}

/// How much a word tells of what is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Telling {
    /// What it is about.
    About,
    /// What minutes are made of: better with it.
    OfMinutes,
    /// Only that something is asked.
    Asking,
}

/// All pieces.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Typed {
    pub(crate) wanted: Vec<Piece>,
    /// `-ord` and `-"ord ord"`.
    pub(crate) unwanted: Vec<Piece>,
}

impl Typed {
    pub(crate) fn read(text: &str) -> Self {
        let mut typed = Self::default();
        let mut room = MAX_WORDS;
        let text = &text[..text.floor_char_boundary(MOST_BYTES)];
        let mut rest = 0..text.len();
        while let Some((piece, is_unwanted)) = next(text, &mut rest) {
            let words = if let Piece::Phrase(words) = &piece { words.len() } else { 1 };
            if words > room {
                break;
            }
            room -= words;
            let into = if is_unwanted { &mut typed.unwanted } else { &mut typed.wanted };
            if !into.contains(&piece) {
                into.push(piece);
            }
        }
        typed
    }
}

/// The next piece and whether it is not wanted; None at the end.
fn next(text: &str, rest: &mut Range<usize>) -> Option<(Piece, bool)> {
    loop {
        let here = &text[rest.clone()];
        let start = here.find(|c: char| c.is_alphanumeric() || opens(c).is_some())?;
        let at = rest.start + start;
        let is_unwanted = is_minus_before(text, at);
        let first = text[at..].chars().next()?;
        if let Some(closing) = opens(first) {
            let inside = at + first.len_utf8();
            let end = text[inside..].find([closing, '"']).map(|length| inside + length);
            let Some(end) = end else {
                // A quotation mark that is never closed is none.
                rest.start = inside;
                continue;
            };
            let words: Vec<String> =
                words_of(&text[inside..end]).map(|at| text[inside..end][at].to_owned()).collect();
            rest.start = end + text[end..].chars().next().map_or(1, char::len_utf8);
            match words.len() {
                0 => continue,
                1 => return Some((Piece::Word(words.concat()), is_unwanted)),
                _ => return Some((Piece::Phrase(words), is_unwanted)),
            }
        }
        if let Some(number) = number_at(text, at) {
            rest.start = at + number.len();
            let words: Vec<String> = words_of(number).map(|at| number[at].to_owned()).collect();
            return Some((Piece::Phrase(words), is_unwanted));
        }
        let word = words_of(&text[at..rest.end]).next()?;
        let (from, to) = (at + word.start, at + word.end);
        rest.start = to;
        let written = text[from..to].to_owned();
        let is_begun = text[to..].starts_with('*') && written.chars().count() >= LEAST_OF_BEGINNING;
        return Some((if is_begun { Piece::Beginning(written) } else { Piece::Word(written) }, is_unwanted));
    }
}

/// Whether `-` stands right before, and nothing or white space before that.
fn is_minus_before(text: &str, at: usize) -> bool {
    let Some(before) = text[..at].strip_suffix('-') else { return false };
    before.chars().next_back().is_none_or(char::is_whitespace)
}

fn opens(c: char) -> Option<char> {
    QUOTES.iter().find(|(opening, _)| *opening == c).map(|(_, closing)| *closing)
}

/// A whole case number that begins here, up to white space.
fn number_at(text: &str, at: usize) -> Option<&str> {
    let end = text[at..].find(char::is_whitespace).map_or(text.len(), |length| at + length);
    let written = text[at..end].trim_end_matches(|c: char| !c.is_alphanumeric());
    minutes::case_number::is_whole(written).then_some(written)
}

/// How much a word tells, in one form.
pub(crate) fn telling(word: &str) -> Telling {
    let lower = word.to_lowercase();
    if ASKING.contains(&lower.as_str()) {
        Telling::Asking
    } else if OF_MINUTES.contains(&lower.as_str()) {
        Telling::OfMinutes
    } else {
        Telling::About
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let typed = Typed::read(text);
        let tell = |piece: &Piece| match piece {
            Piece::Word(word) => word.clone(),
            Piece::Phrase(words) => format!("[{}]", words.join(" ")),
            Piece::Beginning(word) => format!("{word}*"),
        };
        let wanted = typed.wanted.iter().map(tell);
        let unwanted = typed.unwanted.iter().map(|piece| format!("-{}", tell(piece)));
        assert_eq!(wanted.chain(unwanted).collect::<Vec<_>>().join(" "), expected, "{text}");
    }

    #[test]
    fn signs_are_read_where_they_are_signs() {
        check("blå kors", "blå kors");
        check("\"blå kors\" aftale", "[blå kors] aftale");
        check("»blå kors« -sang", "[blå kors] -sang");
        check("-\"blå kors\" sang", "sang -[blå kors]");
        check("skole* x*", "skole* x");
        check("tids- og procesplan", "tids og procesplan");
        check("Anne-Mette", "Anne Mette");
        check("\"blå kors", "blå kors");
        check("27.00.00-A00-5-15 aftale", "[27 00 00 A00 5 15] aftale");
        check("?!*\"()[]{}:^~\\ -", "");
        check("budget budget", "budget");
        check(&format!("{}x", "»".repeat(MOST_BYTES)), "");
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_read_within_bounds(text in any::<String>()) {
            let typed = Typed::read(&text);
            let words = |pieces: &[Piece]| -> usize {
                pieces.iter().map(|piece| if let Piece::Phrase(words) = piece { words.len() } else { 1 }).sum()
            };
            prop_assert!(words(&typed.wanted) + words(&typed.unwanted) <= MAX_WORDS);
        }
    }
}
