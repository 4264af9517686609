//! Letters that are typed in several ways brought to one.

/// Lower case with æ, ø, å and é written out, for comparing what people type: `Ældrerådet` is `aeldreraadet`.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'æ' | 'ä' => folded.push_str("ae"),
            'ø' | 'ö' => folded.push_str("oe"),
            'å' => folded.push_str("aa"),
            'é' | 'è' => folded.push('e'),
            'ü' => folded.push('u'),
            _ => folded.push(c),
        }
    }
    folded
}

/// A text on one line with single spaces, none at its ends.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
