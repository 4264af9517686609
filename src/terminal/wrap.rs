//! Lines no wider than the terminal, counted in columns as terminals do, not in characters.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Fewest columns that text is set in, however deep it is indented and however narrow the terminal is.
const LEAST: usize = 20;

/// `text` in lines of at most `width` columns. Its own line breaks and the indentation of its lines are kept;
/// a word longer than a line is cut.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(LEAST);
    text.lines().flat_map(|line| wrap_line(line.trim_end(), width)).collect()
}

fn wrap_line(line: &str, width: usize) -> Vec<String> {
    let indent: String = line.chars().take_while(|c| *c == ' ').take(width / 2).collect();
    let mut lines = Vec::new();
    let mut current = indent.clone();
    for word in line.split_whitespace() {
        let space = usize::from(current.len() > indent.len());
        if space == 1 && current.width() + 1 + word.width() > width {
            lines.push(std::mem::replace(&mut current, indent.clone()));
        } else if space == 1 {
            current.push(' ');
        }
        for c in word.chars() {
            if current.width() + c.width().unwrap_or(0) > width {
                lines.push(std::mem::replace(&mut current, indent.clone()));
            }
            current.push(c);
        }
    }
    lines.push(current.trim_end().to_owned());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, lines: &[&str]) {
        assert_eq!(wrap(text, 20), lines);
    }

    #[test]
    fn text_is_wrapped_at_words() {
        check(
            "Udvalget tog orienteringen til efterretning.",
            &["Udvalget tog", "orienteringen til", "efterretning."],
        );
        check("kort\n\nog godt", &["kort", "", "og godt"]);
        check("  - punkt der er for langt her", &["  - punkt der er for", "  langt her"]);
        check("", &[]);
    }

    #[test]
    fn columns_are_counted_as_terminals_do() {
        check(&"ø".repeat(20), &["ø".repeat(20).as_str()]);
        check(&"漢".repeat(11), &["漢".repeat(10).as_str(), "漢"]);
        check(&"e\u{301}".repeat(20), &["e\u{301}".repeat(20).as_str()]);
    }
}
