//! Markdown to the text that one sees of it: the marks of headings and of bold words are left out.

/// Fewer headings may be something else: a number sign begins a line here and there.
const FEWEST_HEADINGS: usize = 2;

/// The deepest heading's marks.
const MOST_MARKS: usize = 6;

/// Whether a plain text is Markdown.
pub(super) fn is_own(text: &str) -> bool {
    text.lines().filter(|line| heading(line).is_some()).take(FEWEST_HEADINGS).count() == FEWEST_HEADINGS
}

/// The text without its marks, line by line.
pub(super) fn text(markdown: &str) -> String {
    let mut text = String::with_capacity(markdown.len());
    for line in markdown.split_inclusive('\n') {
        text.push_str(&heading(line).unwrap_or(line).replace("**", ""));
    }
    text
}

/// What a heading says.
fn heading(line: &str) -> Option<&str> {
    let bare = line.trim_start_matches('#');
    let marks = line.len() - bare.len();
    let text = bare.strip_prefix(' ')?.trim_start_matches(' ');
    ((1..=MOST_MARKS).contains(&marks) && text.starts_with(char::is_alphanumeric)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_left_out() {
        let page = "# Referat\n\n**Dato:** 4. maj 2026\n## 1. Vej\n- **Godkendt**\n";
        assert!(is_own(page));
        assert_eq!(text(page), "Referat\n\nDato: 4. maj 2026\n1. Vej\n- Godkendt\n");
        assert!(!is_own("Referat\n# 4 Vej\nDato: ** 4. maj"));
        assert!(!is_own("#1\n#2\n#Vej"));
    }
}
