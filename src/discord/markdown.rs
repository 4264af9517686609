//! Text of others as Discord shall show it: letter for letter. What Discord would turn into a heading, a quotation, a mention, a
//! link or an invitation is escaped or broken by a zero-width space, which the eye does not see; what is already unseen is removed
//! by [`crate::neutral`].

use crate::neutral;

/// What is left out is told by this.
const ELLIPSIS: char = '…';
/// Breaks what Discord would recognise. Nobody else's zero-width characters get this far.
const BREAK: char = '\u{200b}';

/// Characters that mean something anywhere (Discord's Markdown Text 101): emphasis, code, spoilers, mentions, masked links.
const ANYWHERE: [char; 10] = ['\\', '*', '_', '~', '`', '|', '<', '[', ']', '>'];
/// Characters that mean something where a line begins: headings, lists, small print.
const AT_LINE_START: [char; 3] = ['#', '-', '+'];
/// What Discord recognises without any marks around it, in lower case, and how much of it stands before the break.
const RECOGNISED: [(&str, usize); 8] = [
    ("@everyone", 1),
    ("@here", 1),
    ("://", 1),
    // Invitations, gifts and templates are shown as such even without a scheme.
    ("discord.gg", "discord".len()),
    ("discord.com/", "discord".len()),
    ("discordapp.com/", "discordapp".len()),
    ("discord.gift", "discord".len()),
    ("discord.new", "discord".len()),
];

/// The characters of them that stand before the break: after any other, nothing needs to be looked for.
const BEFORE_BREAK: [char; 4] = ['@', ':', 'd', 'p'];

/// How many units of Discord's limits a text takes.
pub(crate) fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// A text made ready to be shown, and whether something was left out.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fitted {
    /// What is shown.
    pub(crate) text: String,
    /// The end of it was left out.
    pub(crate) cut: bool,
}

/// `text` for places where Discord reads markdown, cut at a word to at most `most` units.
pub(crate) fn fit(text: &str, most: usize) -> Fitted {
    cut(&neutral::lines(text), most, Some(LineStart::Yes))
}

/// [`fit`] on one line, for what stands after other text, as titles and values do.
pub(crate) fn line(text: &str, most: usize) -> String {
    fit_line(text, most).text
}

/// [`line()`], with whether something was left out.
pub(crate) fn fit_line(text: &str, most: usize) -> Fitted {
    cut(&neutral::one_line(text), most, Some(LineStart::No))
}

/// `text` on one line for places where Discord reads no markdown: labels of buttons, choices, footers.
pub(crate) fn label(text: &str, most: usize) -> String {
    cut(&neutral::one_line(text), most, None).text
}

/// The name of a file to be sent along: `parts` in lower-case letters and digits, joined by hyphens, and an ending.
pub(crate) fn file_name(parts: &[&str], ending: &str) -> String {
    /// Longer names are cut off on a phone.
    const MOST: usize = 60;
    let mut name = String::new();
    for c in parts.join("-").to_lowercase().chars() {
        match c {
            'æ' => name.push_str("ae"),
            'ø' => name.push_str("oe"),
            'å' => name.push_str("aa"),
            c if c.is_ascii_alphanumeric() => name.push(c),
            _ if name.is_empty() || name.ends_with('-') => {}
            _ => name.push('-'),
        }
    }
    name.truncate(MOST);
    format!("{}.{ending}", name.trim_end_matches('-'))
}

/// `text` piece by piece as long as they fit; escaped where Discord reads markdown, which `markdown` begins with.
fn cut(text: &str, most: usize, markdown: Option<LineStart>) -> Fitted {
    let text = text.trim_end();
    let mut shown = String::new();
    let mut units = 0;
    // Where the text may end, and the ellipsis still fits: after the last whole word, or anywhere.
    let (mut word_end, mut any_end) = (0, 0);
    let mut line_start = markdown.unwrap_or(LineStart::No);
    for (at, c) in text.char_indices() {
        let start = shown.len();
        if markdown.is_some() && means_something(&text[at..], c, line_start) {
            shown.push('\\');
        }
        shown.push(c);
        if BEFORE_BREAK.contains(&c.to_ascii_lowercase()) && begins_recognised(&text[at..]) {
            shown.push(BREAK);
        }
        units += length(&shown[start..]);
        if units > most {
            shown.truncate(if word_end * 2 > any_end { word_end } else { any_end });
            let kept = shown.trim_end_matches([' ', '\n', ',', ';', '.']).len();
            shown.truncate(kept);
            shown.push(ELLIPSIS);
            return Fitted { text: shown, cut: true };
        }
        if c.is_whitespace() {
            word_end = start;
        }
        if units < most {
            any_end = shown.len();
        }
        line_start = line_start.after(c);
    }
    Fitted { text: shown, cut: false }
}

/// Whether a character stands where a line begins.
#[derive(Clone, Copy, PartialEq)]
enum LineStart {
    /// Nothing but blanks before it.
    Yes,
    /// Nothing but digits before it: a full stop would make them a number of a list.
    AfterDigits,
    No,
}

impl LineStart {
    fn after(self, c: char) -> Self {
        match self {
            _ if c == '\n' => Self::Yes,
            Self::Yes if c.is_whitespace() => Self::Yes,
            Self::Yes | Self::AfterDigits if c.is_ascii_digit() => Self::AfterDigits,
            _ => Self::No,
        }
    }
}

/// Whether Discord would take a character for more than itself.
fn means_something(rest: &str, c: char, line_start: LineStart) -> bool {
    let ends_number = || (c == '.' || c == ')') && rest[1..].starts_with([' ', '\n']);
    ANYWHERE.contains(&c)
        || (line_start == LineStart::Yes && AT_LINE_START.contains(&c))
        || (line_start == LineStart::AfterDigits && ends_number())
}

/// Whether a break belongs behind the first character of `rest`.
fn begins_recognised(rest: &str) -> bool {
    RECOGNISED.iter().any(|(word, before)| {
        // All of them are ASCII. From the last character before the break on, so that every character is looked at once.
        let tail = &word.as_bytes()[before - 1..];
        rest.as_bytes().get(..tail.len()).is_some_and(|start| start.eq_ignore_ascii_case(tail))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What Discord must not find in anything that comes from minutes or from people.
    const INJECTIONS: &str = include_str!("../../tests/bot/injections.txt");

    #[test]
    fn marks_are_shown_as_they_stand() {
        for (text, shown) in [
            ("Økonomi- og Erhvervsudvalget, § 17, stk. 4", "Økonomi- og Erhvervsudvalget, § 17, stk. 4"),
            ("**fed** _kursiv_ ~~streg~~", "\\*\\*fed\\*\\* \\_kursiv\\_ \\~\\~streg\\~\\~"),
            (
                "# Overskrift\n- punkt\n  - under\n12. tolv",
                "\\# Overskrift\n\\- punkt\n  \\- under\n12\\. tolv",
            ),
            ("nr. 5 - 7. juni #1", "nr. 5 - 7. juni #1"),
            ("27.00.00-A00-5-15", "27.00.00-A00-5-15"),
            ("> citat", "\\> citat"),
            ("@everyone @Here <@123>", "@\u{200b}everyone @\u{200b}Here \\<@123\\>"),
            ("se https://a.dk/b_c", "se https:\u{200b}//a.dk/b\\_c"),
            ("[her](https://a.dk)", "\\[her\\](https:\u{200b}//a.dk)"),
            (
                "DISCORD.GG/abc discord.com/invite/abc",
                "DISCORD\u{200b}.GG/abc discord\u{200b}.com/invite/abc",
            ),
            ("skriv til post@herning.dk", "skriv til post@herning.dk"),
            ("by\u{200b}rå\u{202e}d\u{ad}", "byrå\u{fffd}d"),
        ] {
            assert_eq!(fit(text, 1_000), Fitted { text: shown.to_owned(), cut: false });
        }
    }

    #[test]
    fn texts_are_cut_at_words_and_never_inside_an_escape() {
        assert_eq!(fit("en to tre", 9), Fitted { text: "en to tre".to_owned(), cut: false });
        assert_eq!(fit("en to, tre", 9), Fitted { text: "en to…".to_owned(), cut: true });
        assert_eq!(fit("********", 6), Fitted { text: "\\*\\*…".to_owned(), cut: true });
        assert_eq!(fit("𝄞𝄞𝄞", 5), Fitted { text: "𝄞𝄞…".to_owned(), cut: true });
        assert_eq!(fit("", 0), Fitted { text: String::new(), cut: false });
        for most in 1..40 {
            let text = fit("@everyone _en_ https://a.dk **to** æøå 𝄞 tre", most).text;
            assert!(length(&text) <= most, "{most}: {text}");
            assert!(!text.trim_end_matches(ELLIPSIS).ends_with('\\'), "{text}");
        }
    }

    #[test]
    fn every_break_is_looked_for() {
        for (word, before) in RECOGNISED {
            assert!(word[..before].ends_with(BEFORE_BREAK), "{word}");
        }
    }

    #[test]
    fn labels_are_plain() {
        assert_eq!(line("7. juni\n# a_b", 80), "7. juni # a\\_b");
        assert_eq!(label("a_b\n@everyone", 80), "a_b @\u{200b}everyone");
        assert_eq!(label(&"x".repeat(90), 80).chars().count(), 80);
        assert_eq!(
            file_name(&["Beslutning", "27.00.00-A00-5-15", "../Ø"], "txt"),
            "beslutning-27-00-00-a00-5-15-oe.txt"
        );
        assert_eq!(file_name(&["\u{202e}gpj", "@everyone"], "txt"), "gpj-everyone.txt");
    }

    #[test]
    fn no_injection_survives() {
        let lines: Vec<&str> = INJECTIONS.lines().filter(|line| !line.is_empty()).collect();
        assert!(lines.len() >= 40, "{}", lines.len());
        for injection in lines {
            for around in
                [injection.to_owned(), format!("tekst {injection} tekst"), format!("tekst\n{injection}")]
            {
                let shown = fit(&around, 1_000).text;
                assert_eq!(live(&shown), None, "{injection} became {shown}");
            }
        }
    }

    /// What of a shown text Discord would still act on.
    fn live(shown: &str) -> Option<&'static str> {
        let lower = shown.to_lowercase();
        let bare = |mark: char| {
            let mut escaped = false;
            shown.chars().any(|c| {
                let hit = c == mark && !escaped;
                escaped = c == '\\' && !escaped;
                hit
            })
        };
        RECOGNISED
            .into_iter()
            .find_map(|(word, _)| lower.contains(word).then_some(word))
            .or_else(|| ANYWHERE[1..].iter().any(|mark| bare(*mark)).then_some("a bare mark"))
            .or_else(|| {
                let starts = |line: &str| line.trim_start().starts_with(AT_LINE_START);
                shown.lines().any(starts).then_some("a mark at the start of a line")
            })
            .or_else(|| {
                let hidden = |c: char| {
                    c != BREAK && c != '\n' && (c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c))
                };
                shown.chars().any(hidden).then_some("an unseen character")
            })
    }
}
