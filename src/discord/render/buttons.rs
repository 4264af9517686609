//! The buttons below an answer.

use commands::{Card, Suggestion};
use minutes::case_number;
use serenity::builder::{CreateActionRow, CreateButton};
use serenity::model::application::ButtonStyle;

use super::Shown;
use crate::discord::custom_id::{Action, Question, encode, encode_marked};
use crate::discord::limits::{BUTTONS, LABEL, ROWS};
use crate::discord::markdown::label;

/// What a button to a command is called where its suggestion does not say; the others show the question.
const NAMES: [(&str, &str); 1] = [("historik", "Historik")];
/// Buttons that ask something else, at most; the rest of the rows is for the answer itself.
const MOST_ASKS: usize = 15;
/// How a suggestion to follow something begins.
const FOLLOW: &str = "/følg ";
/// What the marked button asks where its own question is too long, and what is written on it.
const WHY: (&str, &str) = ("/hvorfor", "Hvorfor?");
const WHOLE: &str = "Hele teksten";
const SHARE: &str = "Del i kanalen";
const BACK: &str = "‹";
const FORTH: &str = "›";
/// The button between them shows where one is and cannot be pressed.
const HERE: &str = "side";

/// What the buttons of a page are made from.
pub(super) struct Below<'a> {
    pub(super) question: &'a Question,
    pub(super) page: usize,
    pub(super) count: usize,
    pub(super) is_cut: bool,
    /// Whether there is anything that is worth sharing.
    pub(super) is_found: bool,
    pub(super) shown: Shown,
}

impl Below<'_> {
    /// The rows, and whether every button could carry its question.
    pub(super) fn rows(&self, cards: &[Card], suggestions: &[Suggestion]) -> (Vec<CreateActionRow>, bool) {
        let is_to_follow = |suggestion: &&Suggestion| suggestion.ask.starts_with(FOLLOW);
        let (follow, others): (Vec<&Suggestion>, Vec<&Suggestion>) =
            suggestions.iter().partition(is_to_follow);
        let asks: Vec<Suggestion> =
            self.cases(cards).into_iter().chain(others.into_iter().cloned()).collect();
        let mut buttons = ask_buttons(&asks);
        let mut all_fit = true;
        let mut add = |wanted: bool, action: Action, name: &str| match encode(&action) {
            Some(id) if wanted => {
                buttons.push(CreateButton::new(id).label(name).style(ButtonStyle::Secondary));
            }
            None if wanted => all_fit = false,
            _ => {}
        };
        let question = || self.question.clone();
        add(self.is_cut, Action::Whole { question: question(), page: self.page }, WHOLE);
        let is_to_share =
            self.is_found && self.shown == Shown::Privately && !self.question.request.command.private_always;
        add(is_to_share, Action::Share { question: question(), page: self.page }, SHARE);
        // The last of all: what one looks for in an answer stays where it was.
        let follow: Vec<Suggestion> = follow.into_iter().cloned().collect();
        buttons.extend(ask_buttons(&follow).into_iter().map(|button| button.style(ButtonStyle::Secondary)));
        let turning = self.turning();
        all_fit &= self.count == 1 || turning.is_some();
        let most = ROWS - usize::from(turning.is_some());
        let mut rows = in_rows(buttons, most);
        rows.extend(turning);
        (rows, all_fit)
    }

    /// The cases that the cards of a page are about, where it is not the one that was asked for.
    fn cases(&self, cards: &[Card]) -> Vec<Suggestion> {
        let asked = self.question.request.option("nummer").map(case_number::key);
        let case = |card: &Card| {
            let item = card.item.as_ref()?;
            let number = item.case_number.as_ref()?;
            let is_other = asked.as_ref() != Some(&case_number::key(number));
            let label = item
                .number
                .as_ref()
                .map_or_else(|| item.title.clone().unwrap_or_default(), |punkt| format!("punkt {punkt}"));
            is_other.then(|| Suggestion { ask: format!("/sag {number}"), label })
        };
        cards.iter().filter_map(case).collect()
    }

    /// ‹ and ›, where there is more than one page.
    fn turning(&self) -> Option<CreateActionRow> {
        let to = |page| encode(&Action::Page { question: self.question.clone(), page });
        turning(self.page, self.count, to)
    }
}

/// ‹ and › around where one is; None where there is one page, or a page's button cannot be written.
pub(super) fn turning(
    page: usize,
    count: usize,
    to: impl Fn(usize) -> Option<String>,
) -> Option<CreateActionRow> {
    if count < 2 {
        return None;
    }
    // A button that leads nowhere still needs a text of its own.
    let back = if page > 0 { to(page - 1)? } else { format!("{HERE}{BACK}") };
    let forth = if page + 1 < count { to(page + 1)? } else { format!("{HERE}{FORTH}") };
    let button = |id, name: &str| CreateButton::new(id).label(name).style(ButtonStyle::Secondary);
    Some(CreateActionRow::Buttons(vec![
        button(back, BACK).disabled(page == 0),
        button(HERE.to_owned(), &format!("{} af {count}", page + 1)).disabled(true),
        button(forth, FORTH).disabled(page + 1 >= count),
    ]))
}

/// The same below a message that nobody asked for: the last button marks it as the one of a row in the outbox.
pub(super) fn marked(suggestions: &[Suggestion], row: i64) -> Vec<CreateActionRow> {
    let (last, before) = match suggestions.split_last() {
        Some((last, before)) => (Some(last), before),
        None => (None, suggestions),
    };
    let mut buttons = ask_buttons(before);
    let marked = |ask: &str| encode_marked(&commands::parse_line(ask).ok()?, row);
    let why = || Some((marked(WHY.0)?, WHY.1.to_owned()));
    let last = last.and_then(|last| {
        let request = commands::parse_line(&last.ask).ok()?;
        Some((encode_marked(&request, row)?, name(request.command.name, last)))
    });
    // A question too long for a button gives way to one that always fits: without the mark the message is not known again.
    if let Some((id, name)) = last.or_else(why) {
        buttons.push(CreateButton::new(id).label(label(&name, LABEL)).style(ButtonStyle::Secondary));
    }
    in_rows(buttons, ROWS)
}

/// Buttons that ask what is suggested.
pub(super) fn asks(suggestions: &[Suggestion]) -> Vec<CreateActionRow> {
    in_rows(ask_buttons(suggestions), ROWS)
}

fn ask_buttons(suggestions: &[Suggestion]) -> Vec<CreateButton> {
    let mut seen: Vec<String> = Vec::new();
    let mut names: Vec<String> = Vec::new();
    let mut buttons = Vec::new();
    for suggestion in suggestions {
        if buttons.len() == MOST_ASKS {
            break;
        }
        let Ok(request) = commands::parse_line(&suggestion.ask) else { continue };
        let mut name = name(request.command.name, suggestion);
        let named = |name: &str| names.iter().any(|other| other == name);
        if let Some((_, value)) = suggestion.ask.split_once(':').filter(|_| named(&name)) {
            // Two buttons with the same words: what they are about tells them apart.
            name = format!("{name}: {value}");
        }
        let Some(id) = encode(&Action::Ask { request }).filter(|id| !seen.contains(id)) else { continue };
        let style = if buttons.is_empty() { ButtonStyle::Primary } else { ButtonStyle::Secondary };
        buttons.push(CreateButton::new(id.clone()).label(label(&name, LABEL)).style(style));
        seen.push(id);
        names.push(name);
    }
    buttons
}

/// What is written on a button that asks: a name of ours, else what it gives in our words, else the number and its title.
fn name(command: &str, suggestion: &Suggestion) -> String {
    if let Some((_, name)) = NAMES.iter().find(|(name, _)| *name == command) {
        return (*name).to_owned();
    }
    let Suggestion { ask, label } = suggestion;
    let is_case = ask.starts_with("/sag ");
    match label.chars().next() {
        // Our own words begin in lower case, as they stand behind the question in the terminal; titles do not.
        Some(first) if first.is_lowercase() && !label.starts_with("punkt ") => {
            format!("{}{}", first.to_uppercase(), &label[first.len_utf8()..])
        }
        Some(_) if is_case => format!("{} · {label}", ask.trim_start_matches("/sag ")),
        Some(_) => label.clone(),
        None if is_case => ask.trim_start_matches("/sag ").to_owned(),
        None => ask.clone(),
    }
}

fn in_rows(buttons: Vec<CreateButton>, most: usize) -> Vec<CreateActionRow> {
    let mut buttons = buttons.into_iter().take(most * BUTTONS);
    let next = || Some(buttons.by_ref().take(BUTTONS).collect()).filter(|row: &Vec<_>| !row.is_empty());
    std::iter::from_fn(next).map(CreateActionRow::Buttons).collect()
}
