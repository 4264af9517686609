//! The form in which exports of meeting systems become text: see `segment::export`, which reads it.

use crate::one_line;
use crate::segment::export as form;
use crate::segment::is_closed;

/// A meeting as a system exports it.
#[derive(Debug, Default)]
pub(super) struct Meeting {
    /// Which export: the first line.
    pub(super) sign: &'static str,
    /// Label and value, in order; values that are missing are left out.
    pub(super) header: Vec<(&'static str, String)>,
    pub(super) items: Vec<Item>,
}

/// An item as exported, text as lines.
#[derive(Debug, Default)]
pub(super) struct Item {
    pub(super) title: String,
    pub(super) number: String,
    pub(super) case_number: String,
    /// The system says that it is not open to the public; a title may say so too. Nothing but title, number and case number of such
    /// an item is kept, since the text itself is.
    pub(super) closed: bool,
    /// Heading and text.
    pub(super) sections: Vec<(String, String)>,
    /// Names of files.
    pub(super) attachments: Vec<String>,
}

/// Heads the list of files.
const ATTACHMENTS: &str = "Bilag";

/// Stands for the heading of a text after another one, when the system gives it none.
const NO_HEADING: &str = "Uden overskrift";

/// Fields of systems that are lines of an item's head and not sections.
const CASEWORKER_FIELDS: [&str; 3] = ["Sagsbehandler", "Sagsbehandlere", "Øvrige sagsbehandlere"];

impl Meeting {
    /// The meeting in its form.
    pub(super) fn into_text(self) -> String {
        let mut text = format!("{}\n", self.sign);
        for (label, value) in &self.header {
            labelled(&mut text, label, value);
        }
        for item in &self.items {
            item.write(&mut text);
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
        text
    }
}

impl Item {
    fn write(&self, text: &mut String) {
        text.push('\n');
        text.push_str(format!("{}{}", form::ITEM, one_line(&self.title)).trim_end());
        text.push('\n');
        let number = self.number.trim();
        labelled(text, form::NUMBER, number.strip_suffix('.').unwrap_or(number));
        labelled(text, form::CASE, &self.case_number);
        if self.closed || is_closed(&self.title) {
            text.push_str(&format!("{}\n", form::CLOSED));
            return;
        }
        for (_, names) in self.sections.iter().filter(|(heading, _)| is_caseworker(heading)) {
            labelled(text, form::CASEWORKER, names);
        }
        text.push('\n');
        let mut is_first = true;
        for (heading, lines) in self.sections.iter().filter(|(heading, _)| !is_caseworker(heading)) {
            section(text, heading, lines, is_first);
            is_first = false;
        }
        if !self.attachments.is_empty() {
            let bullets: Vec<String> =
                self.attachments.iter().map(|name| format!(" • {}", one_line(name))).collect();
            section(text, ATTACHMENTS, &bullets.join("\n"), false);
        }
    }
}

fn is_caseworker(heading: &str) -> bool {
    CASEWORKER_FIELDS.contains(&heading.trim().trim_end_matches(':'))
}

/// A section of the form; an empty one without a heading is nothing.
fn section(text: &mut String, heading: &str, lines: &str, is_first: bool) {
    let heading = one_line(heading);
    let lines = lines.trim_matches('\n');
    if !heading.is_empty() {
        text.push_str(&format!("{}{heading}\n\n", form::SECTION));
    } else if lines.trim().is_empty() {
        return;
    } else if !is_first {
        text.push_str(&format!("{}{NO_HEADING}\n\n", form::SECTION));
    }
    for line in lines.lines() {
        if form::is_mark(line) {
            text.push(' ');
        }
        text.push_str(line);
        text.push('\n');
    }
    text.push('\n');
}

fn labelled(text: &mut String, label: &str, value: &str) {
    let value = one_line(value);
    if !value.is_empty() {
        text.push_str(&format!("{label}: {value}\n"));
    }
}

/// Whether a system's word for yes or no is a no; None for a word that is neither.
pub(super) fn is_no(word: &str) -> Option<bool> {
    match word.trim().to_lowercase().as_str() {
        "false" | "0" | "nej" | "lukket" => Some(true),
        "true" | "1" | "ja" | "åben" | "åbent" => Some(false),
        _ => None,
    }
}
