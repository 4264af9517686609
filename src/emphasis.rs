//! The words that were asked for, made to stand out in what is quoted: in the terminal as in Discord.

use std::collections::HashSet;

use commands::Field;

/// Puts `before` and `after` around each word of `text` that the field marks. `text` is the field's value as it is shown: what
/// stands in it that is no word stays as it is.
pub(crate) fn emphasised(text: &str, field: &Field, before: &str, after: &str) -> String {
    let words: HashSet<&str> = field.marks.iter().filter_map(|at| field.value.get(at.clone())).collect();
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        let end =
            rest[start..].find(|c: char| !c.is_alphanumeric()).map_or(rest.len(), |length| start + length);
        let word = &rest[start..end];
        shown.push_str(&rest[..start]);
        if words.contains(word) {
            shown.extend([before, word, after]);
        } else {
            shown.push_str(word);
        }
        rest = &rest[end..];
    }
    shown.push_str(rest);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_words_that_are_marked_stand_out() {
        let value = "Stien ved stien og cykelstien";
        let field = Field { marks: vec![10..15, 90..99], ..Field::quoted("Uddrag", value) };
        assert_eq!(emphasised(value, &field, "<", ">"), "Stien ved <stien> og cykelstien");
        assert_eq!(emphasised("> …stien…", &field, "**", "**"), "> …**stien**…");
        assert_eq!(emphasised("", &field, "<", ">"), "");
    }
}
