//! Letters with two spellings in one form.

/// Letters that are also written otherwise, and the form they are compared in. A letter in lower case.
const FOLDED: [(char, &str); 28] = [
    ('å', "aa"),
    ('æ', "ae"),
    ('ä', "ae"),
    ('ø', "oe"),
    ('ö', "oe"),
    ('á', "a"),
    ('à', "a"),
    ('â', "a"),
    ('ã', "a"),
    ('é', "e"),
    ('è', "e"),
    ('ê', "e"),
    ('ë', "e"),
    ('í', "i"),
    ('ì', "i"),
    ('î', "i"),
    ('ï', "i"),
    ('ó', "o"),
    ('ò', "o"),
    ('ô', "o"),
    ('õ', "o"),
    ('ú', "u"),
    ('ù', "u"),
    ('û', "u"),
    ('ü', "u"),
    ('ç', "c"),
    ('ñ', "n"),
    ('ß', "ss"),
];

/// Letters written as a base and a combining mark (Unicode normal form D, usual in PDF files), and their form.
const COMBINED: [(&str, &str); 4] =
    [("a\u{30a}", "aa"), ("a\u{308}", "ae"), ("o\u{308}", "oe"), ("o\u{338}", "oe")];

/// Two letters for one, and the letter that the stemmer's rules are written for.
const DANISH: [(&str, &str); 3] = [("aa", "å"), ("ae", "æ"), ("oe", "ø")];

/// A word in lower case in the form that all its spellings have.
pub(super) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len() + 2);
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        if let Some((combined, form)) = COMBINED.iter().find(|(combined, _)| rest.starts_with(combined)) {
            folded.push_str(form);
            rest = &rest[combined.len()..];
            continue;
        }
        rest = &rest[first.len_utf8()..];
        if first.is_ascii() {
            folded.push(first);
            continue;
        }
        match FOLDED.iter().find(|(letter, _)| *letter == first) {
            Some((_, form)) => folded.push_str(form),
            None if is_mark(first) || first == '\u{ad}' => {}
            None => folded.push(first),
        }
    }
    // Folded to two letters and back to one: the stemmer knows "løs" and takes the end off "loes".
    for (pair, letter) in DANISH {
        if folded.contains(pair) {
            folded = folded.replace(pair, letter);
        }
    }
    folded
}

/// Combining Diacritical Marks (Unicode block).
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}
