//! What Discord would act on in a text, were it sent: pings, links, invitations, marks, and what nobody sees.

/// Stands where the bot has broken a word that Discord would recognise.
pub(crate) const BREAK: char = '\u{200b}';

/// What Discord recognises wherever it stands, also behind a backslash; in lower case.
const RECOGNISED: &[&str] = &[
    "@everyone",
    "@here",
    "://",
    "discord.gg/",
    "discord.com/",
    "discordapp.com/",
    "discord.gift/",
    "discord.new/",
];
/// What begins a mention of anybody or anything, or a time: the server reads these before any markdown.
const MENTIONS: &[&str] = &["<@", "<@!", "<@&", "<#", "</", "<id:", "<t:", "<:", "<a:"];
/// Marks of markdown that mean something anywhere in a line.
const MARKS: &[char] = &['*', '_', '~', '|', '`', '[', ']', '<', '>'];
/// Marks of markdown that mean something where a line begins.
const LINE_STARTS: &[&str] = &["# ", "## ", "### ", "-# ", "- ", "* ", "+ ", "> ", ">>> "];
/// Characters that nobody sees and that turn, hide or part what is seen.
const UNSEEN: &[(char, char)] = &[
    ('\u{0}', '\u{9}'),
    ('\u{b}', '\u{1f}'),
    ('\u{7f}', '\u{9f}'),
    ('\u{ad}', '\u{ad}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{200c}', '\u{200f}'),
    ('\u{2028}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{e0000}', '\u{e007f}'),
];

/// What Discord would act on in `text`; None when it would show it letter for letter. `markdown` says whether it reads marks and
/// mentions there; where it does not, what it might recognise is looked for all the same.
pub(crate) fn live(text: &str, markdown: bool) -> Option<String> {
    let lower = text.to_lowercase();
    if let Some(word) = RECOGNISED.iter().find(|word| lower.contains(**word)) {
        return Some(format!("{word} is recognised"));
    }
    if let Some(unseen) = text.chars().find(|c| UNSEEN.iter().any(|(from, to)| (from..=to).contains(&c))) {
        return Some(format!("{unseen:?} is not seen"));
    }
    if !markdown {
        return None;
    }
    if let Some(mention) = mention(text) {
        return Some(format!("{mention} mentions"));
    }
    if let Some(line) = text.lines().find(|line| begins_something(line)) {
        return Some(format!("»{line}« begins as markdown does"));
    }
    bare_mark(text).map(|mark| format!("{mark} is a mark"))
}

/// The beginning of a text between angle brackets that stands for something else.
fn mention(text: &str) -> Option<&'static str> {
    let starts = text.match_indices('<').map(|(at, _)| &text[at..]);
    for rest in starts {
        let Some((inside, _)) = rest.split_once('>') else { continue };
        // Inside one there is neither a blank nor a backslash.
        if inside.contains([' ', '\\', '\n']) {
            continue;
        }
        if let Some(found) = MENTIONS.iter().find(|start| inside.starts_with(**start)) {
            return Some(found);
        }
    }
    None
}

fn begins_something(line: &str) -> bool {
    let line = line.trim_start();
    let after_digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered =
        after_digits.len() < line.len() && [". ", ") "].iter().any(|end| after_digits.starts_with(end));
    is_numbered || LINE_STARTS.iter().any(|start| line.starts_with(start))
}

/// The first mark that no backslash stands before.
fn bare_mark(text: &str) -> Option<char> {
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            c if MARKS.contains(&c) => return Some(c),
            _ => {}
        }
    }
    None
}

/// A piece of a text.
#[derive(Debug, PartialEq)]
pub(crate) enum Piece<'a> {
    /// Discord takes its beginning for that of a line.
    Line(&'a str),
    /// Something stands before it on its line.
    Within(&'a str),
}

impl Piece<'_> {
    /// As [`live`], for markdown.
    pub(crate) fn live(&self) -> Option<String> {
        match self {
            Self::Line(text) => live(text, true),
            Self::Within(text) => live(&format!("x{text}"), true),
        }
    }
}

/// The pieces of a text of the bot's that hold others' words, without the bot's own marks: `**…**` around a name or a heading where a
/// line or a fact begins, `> ` before a line of a quotation, and in one `**…**` around a single word that was asked for.
pub(crate) fn without_own_marks(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    for line in text.lines() {
        if let Some(quoted) = line.strip_prefix("> ") {
            let (mut begins, mut rest) = (true, quoted);
            while let Some((before, word, after)) = emphasised(rest) {
                pieces.push(if begins { Piece::Line(before) } else { Piece::Within(before) });
                pieces.push(Piece::Within(word));
                (begins, rest) = (false, after);
            }
            pieces.push(if begins { Piece::Line(rest) } else { Piece::Within(rest) });
            continue;
        }
        let Some(facts) = line.strip_prefix("**") else {
            pieces.push(Piece::Line(line));
            continue;
        };
        for fact in facts.split(" · **") {
            let (name, value) = bold_and_rest(fact);
            pieces.extend([Piece::Within(name), Piece::Within(value)]);
        }
    }
    pieces
}

/// The first single word in bold, with what stands before and after it.
fn emphasised(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = bold_and_rest(text);
    let (word, after) = rest.split_once("**")?;
    let is_word = !word.is_empty() && word.chars().all(char::is_alphanumeric);
    is_word.then_some((before, word, after))
}

/// What stands before and after the `**` that ends a bold text; all of it where none does.
fn bold_and_rest(text: &str) -> (&str, &str) {
    let mut is_escaped = false;
    for (at, c) in text.char_indices() {
        if !is_escaped && text[at..].starts_with("**") {
            return (&text[..at], &text[at + 2..]);
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    (text, "")
}

/// What people read: without the backslashes and breaks that keep a text from being acted on.
pub(crate) fn as_read(text: &str) -> String {
    let mut read = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => read.extend(chars.next()),
            BREAK => {}
            c => read.push(c),
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_discord_acts_on_is_found() {
        for text in [
            "@everyone",
            "hej \\@Here",
            "se https://ond.example",
            "steam://run/1",
            "discord.gg/abc",
            "DISCORD.COM/invite/abc",
            "by\u{202e}råd",
            "by\u{2060}råd",
            "a\u{0}b",
        ] {
            assert!(live(text, false).is_some(), "{text:?}");
            assert!(live(text, true).is_some(), "{text:?}");
        }
        for text in [
            "# Overskrift",
            "tekst\n- punkt",
            "  1. et",
            "-# småt",
            "> citat",
            "**fed**",
            "en_to_tre",
            "~~streg~~",
            "||skjult||",
            "`kode`",
            "[her](sted)",
            "a < b",
            "\\\\*fed*",
            "<@123456789012345678>",
            "</sag:123>",
            "\\<@123>",
        ] {
            assert!(live(text, true).is_some(), "{text:?}");
            assert_eq!(live(text, false), None, "{text:?}");
        }
    }

    #[test]
    fn what_is_only_shown_is_let_be() {
        for text in [
            "Økonomi- og Erhvervsudvalget, 12. august 2020, punkt 72",
            "\\*\\*fed\\*\\* \\<@123\\>",
            "@\u{200b}everyone https:\u{200b}//a.dk",
            "\\# nej\n12\\. august\n\\> citat",
            "27.00.00-A00-5-15 · #1 - 2",
        ] {
            assert_eq!(live(text, true), None, "{text:?}");
        }
    }

    #[test]
    fn own_marks_are_set_aside_and_others_are_not() {
        let text = "**Godkendt · nu**\n> # Overskrift\n**Sag:** a · **Fra:** b\nen **fed** to";
        let pieces = without_own_marks(text);
        let within = ["Godkendt · nu", "", "Sag:", " a", "Fra:", " b"].map(Piece::Within);
        let lines = ["# Overskrift", "en **fed** to"].map(Piece::Line);
        assert_eq!(pieces.len(), within.len() + lines.len());
        assert!(within.iter().chain(&lines).all(|piece| pieces.contains(piece)), "{pieces:?}");
        assert!(lines.iter().all(|piece| piece.live().is_some()));
        assert_eq!(Piece::Within(" # 1. - ").live(), None);
        let escaped = without_own_marks("**\\*\\*fed\\*\\***");
        assert!(escaped.iter().all(|piece| piece.live().is_none()), "{escaped:?}");

        let sought = without_own_marks("> den **varme** stue");
        assert!(sought.iter().all(|piece| piece.live().is_none()), "{sought:?}");
        for not_own in ["> den **varme stue**", "> **a**b*", "> **a** _b_"] {
            assert!(without_own_marks(not_own).iter().any(|piece| piece.live().is_some()), "{not_own}");
        }
    }

    #[test]
    fn people_read_no_escapes() {
        assert_eq!(as_read("\\*a\\\\b @\u{200b}here"), "*a\\b @here");
    }
}
