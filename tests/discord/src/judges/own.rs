//! Rules that the other judges miss: Discord's, counted in UTF-16 units, and those of this house.

use serde_json::Value;

use super::{Finding, commands, message};
use crate::rest::{Route, Sort, Upload};
use crate::shown::{list, string};

const JUDGE: &str = "own";

/// Most proposals of an autocomplete.
const CHOICES: usize = 25;
/// Longest name and value of a proposal.
const CHOICE: usize = 100;

/// Collects findings.
#[derive(Default)]
pub(super) struct Findings(pub(super) Vec<Finding>);

impl Findings {
    /// Something that Discord refuses.
    pub(super) fn refused(&mut self, text: String) {
        self.0.push(Finding { judge: JUDGE, text, refused: true });
    }

    /// Something that Discord takes, and this house does not.
    pub(super) fn house(&mut self, text: String) {
        self.0.push(Finding { judge: JUDGE, text, refused: false });
    }

    /// Checks that a text that is there has a length from `least` to `most`, in UTF-16 units.
    pub(super) fn length(&mut self, what: &str, text: &Value, least: usize, most: usize) {
        let Some(text) = text.as_str() else { return };
        let length = utf16(text);
        if length < least || length > most {
            self.refused(format!("{what}: {length} UTF-16 units, not {least} to {most}"));
        }
    }

    /// Checks that an object has no other fields than these.
    pub(super) fn fields(&mut self, what: &str, object: &Value, known: &[&str]) {
        let fields = object.as_object().into_iter().flat_map(|it| it.keys());
        for field in fields.filter(|it| !known.contains(&it.as_str())) {
            self.house(format!("{what}: unknown field {field}"));
        }
    }
}

/// The length by which Discord's strictest part counts.
pub(super) fn utf16(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Fields of bodies that are no message and no list of commands.
const CALLBACK: &[&str] = &["type", "data"];
const OTHER: &[&str] = &["recipient_id"];
const PROPOSALS: &[&str] = &["choices"];
/// Of an announcement all but the flags is ignored by Discord, but serenity sends an empty list of embeds along.
const ANNOUNCEMENT: &[&str] =
    &["flags", "tts", "embeds", "components", "content", "allowed_mentions", "attachments"];

pub(super) fn judge(route: &Route, body: &Value, files: &[Upload]) -> Vec<Finding> {
    let mut found = Findings::default();
    match route.sort {
        Sort::Commands => commands::judge(&mut found, body),
        Sort::Callback => {
            found.fields("callback", body, CALLBACK);
            match body["type"].as_u64() {
                Some(8) => proposals(&mut found, &body["data"]),
                Some(5 | 6) => found.fields("announcement", &body["data"], ANNOUNCEMENT),
                _ => {}
            }
        }
        Sort::Other => found.fields("body", body, OTHER),
        Sort::Empty if !body.is_null() => found.house("a body where none is wanted".to_owned()),
        Sort::Empty | Sort::Post | Sort::Edit | Sort::FollowUp => {}
    }
    if let Some(message) = super::message(route.sort, body) {
        message::judge(&mut found, route.sort, message, files);
    }
    found.0
}

fn proposals(found: &mut Findings, data: &Value) {
    found.fields("proposals", data, PROPOSALS);
    let choices = list(&data["choices"]);
    if choices.len() > CHOICES {
        found.refused(format!("choices: {} of at most {CHOICES}", choices.len()));
    }
    for choice in choices {
        if string(&choice["name"]).is_empty() {
            found.refused("choice: no name".to_owned());
        }
        found.length("choice, name", &choice["name"], 1, CHOICE);
        found.length("choice, value", &choice["value"], 1, CHOICE);
    }
}
