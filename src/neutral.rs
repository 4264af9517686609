//! Makes text from elsewhere harmless wherever it is shown: no escape sequence, no reordering and nothing unseen.
//! What Discord makes of words (mentions, links, markdown) is `discord::markdown`'s to defuse.

use std::ops::RangeInclusive;

/// What stands for a character that would act on the terminal.
const REPLACEMENT: char = char::REPLACEMENT_CHARACTER;

/// Characters that are not shown as they are, and what is shown instead; None: nothing.
/// Unicode 16, sections 23.1 (controls) and 23.2 (layout controls), and UAX #9 for the order of text.
const TABLE: [(RangeInclusive<char>, Option<char>); 23] = [
    ('\t'..='\t', Some(' ')),
    ('\u{85}'..='\u{85}', Some('\n')),
    ('\u{0}'..='\u{1f}', Some(REPLACEMENT)), // C0 controls, escape among them; line feed is let through before
    ('\u{7f}'..='\u{9f}', Some(REPLACEMENT)), // delete, and C1 controls: some terminals take U+009B for an escape
    ('\u{ad}'..='\u{ad}', None),              // soft hyphen
    ('\u{61c}'..='\u{61c}', None),            // Arabic letter mark
    ('\u{115f}'..='\u{1160}', None),          // Hangul fillers
    ('\u{34f}'..='\u{34f}', None),            // combining grapheme joiner
    ('\u{180b}'..='\u{180d}', None),          // Mongolian variation selectors
    ('\u{3164}'..='\u{3164}', None),          // Hangul filler
    ('\u{ffa0}'..='\u{ffa0}', None),          // halfwidth Hangul filler
    ('\u{1d173}'..='\u{1d17a}', None),        // musical formatting
    ('\u{180e}'..='\u{180e}', None),          // Mongolian vowel separator
    ('\u{200b}'..='\u{200d}', None),          // zero-width space, non-joiner, joiner
    ('\u{200e}'..='\u{200f}', None),          // direction marks
    ('\u{2028}'..='\u{2029}', Some('\n')),    // line and paragraph separator
    ('\u{202a}'..='\u{202e}', Some(REPLACEMENT)), // embeddings and overrides
    ('\u{2060}'..='\u{2065}', None),          // word joiner, invisible operators
    ('\u{2066}'..='\u{2069}', Some(REPLACEMENT)), // isolates
    ('\u{206a}'..='\u{206f}', None),          // deprecated format characters
    ('\u{feff}'..='\u{feff}', None),          // byte order mark
    ('\u{fff9}'..='\u{fffb}', None),          // interlinear annotation
    ('\u{e0000}'..='\u{e007f}', None),        // tags
];

/// `text` with nothing in it that acts on a terminal; lines are kept.
pub(crate) fn lines(text: &str) -> String {
    text.replace("\r\n", "\n").chars().filter_map(harmless).collect()
}

/// `text` on one line.
pub(crate) fn one_line(text: &str) -> String {
    lines(text).replace('\n', " ")
}

fn harmless(c: char) -> Option<char> {
    // Nearly all of any text, and none of the table.
    if matches!(c, ' '..='~') {
        return Some(c);
    }
    match TABLE.iter().find(|(range, _)| range.contains(&c)) {
        Some(_) if c == '\n' => Some('\n'),
        Some((_, shown)) => *shown,
        None => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_acts_on_the_terminal() {
        for (text, shown) in [
            ("Økonomi- og Erhvervsudvalget »§ 17«\r\nlinje", "Økonomi- og Erhvervsudvalget »§ 17«\nlinje"),
            ("\u{1b}[31mrød\u{1b}]0;titel\u{7}", "\u{fffd}[31mrød\u{fffd}]0;titel\u{fffd}"),
            ("\u{9b}2J", "\u{fffd}2J"),
            ("a\rb\u{8}c\u{7f}", "a\u{fffd}b\u{fffd}c\u{fffd}"),
            ("fil\u{202e}txt.exe\u{2066}", "fil\u{fffd}txt.exe\u{fffd}"),
            ("by\u{200b}rå\u{ad}d\u{feff}\u{e0041}", "byråd"),
            ("a\tb\u{2028}c\u{85}d", "a b\nc\nd"),
        ] {
            assert_eq!(lines(text), shown);
        }
        assert_eq!(one_line("a\nb"), "a b");
    }

    #[test]
    fn no_control_character_is_left() {
        let all: String = ('\0'..=char::MAX).collect();
        assert!(lines(&all).chars().all(|c| c == '\n' || !c.is_control()));
    }
}
