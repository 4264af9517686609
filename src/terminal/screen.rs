//! An answer as terminal text: the status first, quotations behind a bar, the source last.

use std::io::{IsTerminal, stdout};

use commands::{Answer, Card, Field, UserError};
use minutes::Outcome;
use unicode_width::UnicodeWidthStr;

use super::wrap::wrap;
use crate::emphasis::emphasised;
use crate::in_common::{InCommon, cite};
use crate::neutral::{lines, one_line};

/// Text wider than this is hard to read; also the width when standard output is no terminal.
const MAX_COLUMNS: usize = 100;
/// A name of a field longer than this does not push the values of the others to the right.
const NAME_COLUMNS: usize = 16;
const INDENT: &str = "  ";
const BAR: &str = "│ ";

const BOLD: &str = "1";
const DIM: &str = "2";

/// The colour of a status, as an SGR code (ECMA-48, section 8.3.117), by what it means for whoever waits for the matter.
const COLOURS: [(Outcome, &str); 10] = [
    (Outcome::Approved, "1;32"),
    (Outcome::Amended, "1;32"),
    (Outcome::Appointed, "1;32"),
    (Outcome::Noted, "1;36"),
    (Outcome::Discussed, "1;36"),
    (Outcome::Other, "1;36"),
    (Outcome::Referred, "1;34"),
    (Outcome::Postponed, "1;33"),
    (Outcome::Rejected, "1;31"),
    (Outcome::None, "1;35"),
];

/// How wide the terminal is, and whether it shows colours.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Screen {
    columns: usize,
    colours: bool,
}

impl Screen {
    /// Standard output as it is now. Colours only on a terminal, and not where `NO_COLOR` is set (no-color.org).
    pub(crate) fn of_stdout() -> Self {
        let columns = terminal_size::terminal_size().map_or(MAX_COLUMNS, |(width, _)| usize::from(width.0));
        let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self { columns: columns.min(MAX_COLUMNS), colours: stdout().is_terminal() && !no_color }
    }

    /// Words of our own, wrapped.
    pub(crate) fn plain(self, words: &str) -> String {
        let mut text = String::new();
        for line in words.lines() {
            if line.is_empty() {
                text.push('\n');
            } else {
                let indent = &line[..line.len() - line.trim_start().len()];
                self.put(&mut text, indent, indent, line.trim_start(), None);
            }
        }
        text
    }

    /// The answer, ending in a line break.
    pub(crate) fn show(self, answer: &Answer) -> String {
        let mut text = String::new();
        self.put(&mut text, "", "", &answer.title, Some(BOLD));
        self.put(&mut text, "", "", &answer.text, None);
        let shared = InCommon::of(&answer.cards);
        self.fields(&mut text, "", &shared.said.iter().collect::<Vec<_>>());
        if let Some(source) = shared.source.and_then(cite) {
            let source = &source;
            self.put(&mut text, "", INDENT, source, Some(DIM));
        }
        if let Some(file) = &answer.file {
            let words = format!("Kalender med {}: {}", file.what, file.command);
            self.put(&mut text, "", INDENT, &one_line(&words), None);
        }
        let mut last_was_bare = false;
        let mut group = None;
        for card in &answer.cards {
            if card.group != group
                && let Some(name) = &card.group
            {
                text.push('\n');
                self.put(&mut text, "── ", INDENT, &one_line(name), Some(BOLD));
            }
            group.clone_from(&card.group);
            let fields = shared.rest_of(card);
            let is_bare = fields.is_empty() && card.status.is_none();
            // Rows of one line each, such as members, stand together.
            if !(is_bare && last_was_bare) {
                text.push('\n');
            }
            last_was_bare = is_bare;
            self.card(&mut text, card, &fields, shared.source.is_none());
        }
        if !answer.suggestions.is_empty() {
            text.push('\n');
        }
        for suggestion in &answer.suggestions {
            let line = match suggestion.label.as_str() {
                "" => suggestion.ask.clone(),
                label => format!("{} – {label}", suggestion.ask),
            };
            self.put(&mut text, "→ ", INDENT, &one_line(&line), Some(DIM));
        }
        text
    }

    /// Why there is no answer, ending in a line break.
    pub(crate) fn show_error(self, error: &UserError) -> String {
        let (UserError::BadUse { text, .. } | UserError::Trouble { text }) = error;
        let mut shown = String::new();
        self.put(&mut shown, "", "", text, None);
        if let UserError::BadUse { suggestions, .. } = error {
            for suggestion in suggestions {
                self.put(&mut shown, "→ ", INDENT, &one_line(&suggestion.ask), Some(DIM));
            }
        }
        shown
    }

    fn card(self, text: &mut String, card: &Card, fields: &[&Field], with_source: bool) {
        if let Some(status) = &card.status {
            let outcome = card.outcome.unwrap_or(Outcome::None);
            let colour =
                COLOURS.iter().find(|(known, _)| *known == outcome).map_or(BOLD, |(_, colour)| colour);
            self.put(text, "● ", INDENT, status, Some(colour));
        }
        self.put(text, if card.status.is_some() { INDENT } else { "" }, INDENT, &card.heading, Some(BOLD));
        self.fields(text, INDENT, fields);
        if let Some(source) = card.item.as_ref().filter(|_| with_source).and_then(cite) {
            self.put(text, INDENT, INDENT, &source, Some(DIM));
        }
    }

    /// Fields below each other, the short names in a column.
    fn fields(self, text: &mut String, indent: &str, fields: &[&Field]) {
        let width = |field: &&&Field| one_line(&field.name).width() + 1;
        let names = fields.iter().filter(|field| !field.quote).map(|field| width(&field));
        let column = names.filter(|width| *width <= NAME_COLUMNS).max().unwrap_or(0) + 1;
        for field in fields {
            let name = format!("{}:", one_line(&field.name));
            if field.quote {
                self.put(text, indent, indent, &name, Some(DIM));
                let bar = format!("{indent}{BAR}");
                let mut quoted = String::new();
                self.put(&mut quoted, &bar, &bar, &field.value, None);
                text.push_str(&self.with_marks(quoted, field));
            } else {
                let padding = " ".repeat(column.saturating_sub(name.width()).max(1));
                let first = format!("{indent}{}{padding}", self.styled(&name, DIM));
                self.put(text, &first, &format!("{indent}{}", " ".repeat(column)), &field.value, None);
            }
        }
    }

    /// The words asked for in bold, where there are colours.
    fn with_marks(self, quoted: String, field: &Field) -> String {
        if !self.colours || field.marks.is_empty() {
            return quoted;
        }
        emphasised(&quoted, field, &format!("\u{1b}[{BOLD}m"), "\u{1b}[0m")
    }

    /// Neutralises and wraps `words`, with `first` before the first line and `rest` before the others.
    fn put(self, text: &mut String, first: &str, rest: &str, words: &str, style: Option<&str>) {
        let lines = wrap(&lines(words), self.columns.saturating_sub(rest.width()));
        for (at, line) in lines.iter().enumerate() {
            text.push_str(if at == 0 { first } else { rest });
            text.push_str(&style.map_or_else(|| line.clone(), |style| self.styled(line, style)));
            text.push('\n');
        }
    }

    fn styled(self, words: &str, style: &str) -> String {
        if self.colours && !words.is_empty() {
            format!("\u{1b}[{style}m{words}\u{1b}[0m")
        } else {
            words.to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use commands::{Source, Suggestion};

    use super::*;

    fn answer() -> Answer {
        Answer {
            title: "Sag 27.00.00-A00-5-15".to_owned(),
            text: "Behandlet to gange.".to_owned(),
            cards: vec![Card {
                heading: "Rammer for samarbejdet\u{1b}[2J".to_owned(),
                status: Some("Taget til efterretning".to_owned()),
                outcome: Some(Outcome::Noted),
                fields: vec![
                    Field::quoted("Beslutning", "Til efterretning.\nIngen bemærkninger."),
                    Field::new("Sagsbehandler", "Anna Andersen og mange andre gode folk"),
                    Field::new("Sted", "C3.40"),
                ],
                item: Some(Source {
                    body: Some("SOS".to_owned()),
                    file: Some("samples/a.txt".to_owned()),
                    ..Source::default()
                }),
                group: None,
            }],
            suggestions: vec![Suggestion {
                ask: "/historik 27".to_owned(),
                label: "alle behandlinger".to_owned(),
            }],
            found: true,
            ..Answer::default()
        }
    }

    #[test]
    fn cards_stand_under_their_group_and_a_file_is_told_of() {
        let card = |heading: &str, group: &str| Card {
            heading: heading.to_owned(),
            group: Some(group.to_owned()),
            ..Card::default()
        };
        let answer = Answer {
            title: "Tre".to_owned(),
            cards: vec![card("a", "Uge 34"), card("b", "Uge 34"), card("c", "September\n2020")],
            file: Some(commands::AnswerFile {
                name: "a.ics".to_owned(),
                text: String::new(),
                what: "3 begivenheder".to_owned(),
                command: "referent export".to_owned(),
            }),
            ..Answer::default()
        };
        assert_eq!(
            Screen { columns: 60, colours: false }.show(&answer),
            "Tre\nKalender med 3 begivenheder: referent export\n\n── Uge 34\n\na\nb\n\n── September 2020\nc\n"
        );
    }

    #[test]
    fn an_answer_without_colours() {
        let screen = Screen { columns: 40, colours: false };
        assert_eq!(
            screen.show(&answer()),
            "\
Sag 27.00.00-A00-5-15
Behandlet to gange.

● Taget til efterretning
  Rammer for samarbejdet\u{fffd}[2J
  Beslutning:
  │ Til efterretning.
  │ Ingen bemærkninger.
  Sagsbehandler: Anna Andersen og mange
                 andre gode folk
  Sted:          C3.40
  Kilde: samples/a.txt

→ /historik 27 – alle behandlinger
"
        );
    }

    #[test]
    fn colours_are_only_our_own() {
        let text = Screen { columns: 40, colours: true }.show(&answer());
        assert!(text.starts_with("\u{1b}[1mSag 27.00.00-A00-5-15\u{1b}[0m\n"));
        assert!(text.contains("● \u{1b}[1;36mTaget til efterretning\u{1b}[0m"));
        assert!(!text.contains("\u{1b}[2J"));
    }
}
