//! What may be meant by an option that is being typed: from the archive, within the time between two keys.

mod body;
mod case;
mod day;
mod period;
mod person;

use index::Archive;
use jiff::civil::Date;

use crate::table::{Command, OptionKind, OptionSpec};
use crate::{Council, danish};

/// Proposals at most, as many as Discord shows.
pub const MOST_PROPOSALS: usize = 25;

/// UTF-16 code units of a label or value, as many as Discord takes.
pub const MOST_LABEL_UNITS: usize = 100;

/// A value that may be meant, and how it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// One line of at most [`MOST_LABEL_UNITS`].
    pub label: String,
    /// What the option then holds, at most [`OptionSpec::max_chars`].
    pub value: String,
}

/// What may be meant by what is typed so far for an option of a command, best first; `others` are the options given already.
/// Empty when nothing fits, when the command has no such option, and when the archive cannot be read.
pub fn propose(
    archive: &Archive,
    council: &Council,
    command: &Command,
    option: &str,
    typed: &str,
    others: &[(&str, &str)],
    today: Date,
) -> Vec<Proposal> {
    let Some(option) = command.option(option) else { return Vec::new() };
    let typed = typed.trim();
    if typed.chars().count() > usize::from(option.max_chars) {
        return Vec::new();
    }
    let asked = Asked { archive, council, command, typed, others, today };
    let found = match option.kind {
        OptionKind::Case => case::propose(&asked),
        OptionKind::Body => body::propose(&asked),
        OptionKind::Person => person::propose(&asked),
        OptionKind::Date => day::propose(&asked),
        OptionKind::Period => Ok(period::propose(&asked)),
        OptionKind::Words => Ok(Vec::new()),
        OptionKind::Choice(choices) => Ok(choice(choices, typed)),
    };
    match found {
        Ok(found) => shown(found, option),
        Err(error) => {
            tracing::warn!(%error, command = command.name, option = option.name, "nothing can be proposed");
            Vec::new()
        }
    }
}

/// What is asked.
struct Asked<'a> {
    archive: &'a Archive,
    council: &'a Council,
    command: &'a Command,
    /// Without white space around it.
    typed: &'a str,
    others: &'a [(&'a str, &'a str)],
    today: Date,
}

impl Asked<'_> {
    /// What was given for another option; None for nothing.
    fn other(&self, name: &str) -> Option<&str> {
        let given = self.others.iter().find(|(other, _)| *other == name);
        given.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }
}

fn choice(choices: &[(&str, &str)], typed: &str) -> Vec<Proposal> {
    let begun = danish::fold(typed.trim_start_matches('/'));
    let short = danish::fold_short(typed.trim_start_matches('/'));
    let fits = |value: &str| {
        danish::fold(value).starts_with(&begun) || danish::fold_short(value).starts_with(&short)
    };
    let proposal =
        |(label, value): &(&str, &str)| Proposal { label: (*label).to_owned(), value: (*value).to_owned() };
    choices.iter().filter(|(_, value)| fits(value)).map(proposal).collect()
}

/// As many as may be shown, each value once, labels made fit; without those whose value is too long to be asked.
fn shown(found: Vec<Proposal>, option: &OptionSpec) -> Vec<Proposal> {
    let mut shown: Vec<Proposal> = Vec::new();
    for proposal in found {
        let value = plain(&proposal.value);
        let fits = (1..=usize::from(option.max_chars)).contains(&value.chars().count())
            && value.encode_utf16().count() <= MOST_LABEL_UNITS;
        if fits && !shown.iter().any(|other| other.value == value) {
            shown.push(Proposal { label: label(&proposal.label), value });
        }
        if shown.len() == MOST_PROPOSALS {
            break;
        }
    }
    shown
}

/// A label on one line, cut at a word where it is too long.
fn label(text: &str) -> String {
    let text = plain(text);
    if text.encode_utf16().count() <= MOST_LABEL_UNITS {
        return text;
    }
    let mut units = 1; // the ellipsis
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= MOST_LABEL_UNITS
    };
    let cut: String = text.chars().take_while(fits).collect();
    danish::cut_at_word(&cut)
}

/// On one line, without characters that act or are not seen. Minutes are rid of most of them when they are read.
fn plain(text: &str) -> String {
    let seen = |c: &char| c.is_whitespace() || !(c.is_control() || is_unseen(*c));
    danish::one_line(&text.chars().filter(seen).collect::<String>())
}

/// Soft hyphen, zero-width characters, and those that turn the order of text (Unicode 16, section 23.2; UAX #9).
pub(crate) fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::COMMANDS;

    #[test]
    fn labels_are_cut_at_words() {
        let long = "27.00.00-A00-5-15 · Rammer for samarbejdet på udsatteområdet i byerne og på øerne i den kommende periode";
        assert_eq!(
            label(long),
            "27.00.00-A00-5-15 · Rammer for samarbejdet på udsatteområdet i byerne og på øerne i den kommende…"
        );
        assert_eq!(label(&"😀".repeat(60)), format!("{}…", "😀".repeat(49)));
        assert_eq!(label(&"ø".repeat(100)), "ø".repeat(100));
        assert_eq!(label("en\u{202e}to\n\u{7}tre\u{200b}"), "ento tre");
    }

    #[test]
    fn only_what_can_be_asked_is_shown() {
        let option = &COMMANDS[0].options[0];
        let proposal = |value: &str| Proposal { label: value.to_owned(), value: value.to_owned() };
        let found =
            [proposal("1"), proposal("1"), proposal(&"2".repeat(81)), proposal("\u{200b}"), proposal("3")];
        let values: Vec<String> = shown(found.into(), option).into_iter().map(|shown| shown.value).collect();
        assert_eq!(values, ["1", "3"]);
        let many = (0..99).map(|number| proposal(&number.to_string())).collect();
        assert_eq!(shown(many, option).len(), MOST_PROPOSALS);
    }
}
