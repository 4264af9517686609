//! One card as the text of an embed: the status first, quotations behind a bar, and where it stands.

use commands::{Card, Field, Source};
use minutes::Outcome;

use super::embed::Embed;
use crate::discord::limits::{EMBED_FOOTER, EMBED_TITLE};
use crate::discord::markdown::{Fitted, fit, fit_line, label, length, line};
use crate::in_common::{InCommon, cite};
use crate::neutral::one_line;

/// Where quotations must be cut, each takes at most this share of what is left, as a fraction: the first is the decision.
const SHARE: (usize, usize) = (3, 4);
/// A quotation shorter than this is not worth showing.
const LEAST_QUOTE: usize = 60;
/// Most of a fact that is no quotation.
const FACT: usize = 300;
/// Most of a fact's name.
const NAME: usize = 60;
/// Facts that together are longer than this, in UTF-16 units, stand on a line each.
const LINE: usize = 120;
/// A longer address is not led to.
const URL: usize = 500;

/// The colour of a status by what it means for whoever waits for the matter, `0xRRGGBB`.
const COLOURS: [(Outcome, u32); 10] = [
    (Outcome::Approved, 0x2e_9e_5b),
    (Outcome::Amended, 0x2e_9e_5b),
    (Outcome::Appointed, 0x2e_9e_5b),
    (Outcome::Noted, 0x2b_8c_a3),
    (Outcome::Discussed, 0x2b_8c_a3),
    (Outcome::Other, 0x2b_8c_a3),
    (Outcome::Referred, 0x3b_62_c9),
    (Outcome::Postponed, 0xd1_96_1d),
    (Outcome::Rejected, 0xc4_3c_3c),
    (Outcome::None, 0x8a_5a_b0),
];

/// A card as an embed of its own, of at most `budget` units in its description; and whether words of it are left out.
pub(super) fn embed(card: &Card, common: &InCommon<'_>, budget: usize) -> (Embed, bool) {
    let body = body(card, &common.rest_of(card), budget);
    let source = card.item.as_ref().filter(|_| common.source.is_none());
    let title = fit_line(&card.heading, EMBED_TITLE);
    let embed = Embed {
        title: title.text,
        url: source.and_then(link),
        description: body.text,
        colour: colour(card),
        footer: source.map(footer).unwrap_or_default(),
    };
    (embed, body.cut || title.cut)
}

/// The colour of a card's outcome; None where it has none.
pub(super) fn colour(card: &Card) -> Option<u32> {
    let outcome = card.outcome?;
    COLOURS.iter().find(|(known, _)| *known == outcome).map(|(_, colour)| *colour)
}

/// Whether a card is told in a line or two among others: no status, no quotation.
pub(super) fn is_row(card: &Card) -> bool {
    card.status.is_none() && !card.fields.iter().any(|field| field.quote)
}

/// Such a card: its heading, and its facts below it.
pub(super) fn row(card: &Card, common: &InCommon<'_>) -> Fitted {
    let facts: Vec<Fitted> = common.rest_of(card).into_iter().map(fact).collect();
    if facts.is_empty() {
        return fit(&one_line(&card.heading), FACT);
    }
    let heading = fit_line(&card.heading, FACT);
    let cut = heading.cut || facts.iter().any(|fact| fact.cut);
    let facts: Vec<String> = facts.into_iter().map(|fact| fact.text).collect();
    let between = if facts.iter().map(|fact| length(fact)).sum::<usize>() > LINE { "\n" } else { " · " };
    Fitted { text: format!("**{}**\n{}", heading.text, facts.join(between)), cut }
}

/// The status, then the fields in their order, within a budget; cut also where a quotation was short of words before.
pub(super) fn body(card: &Card, fields: &[&Field], budget: usize) -> Fitted {
    let status: Option<Fitted> = card.status.as_ref().map(|status| fit_line(status, FACT));
    let fixed: Vec<Option<Fitted>> = fields.iter().map(|field| (!field.quote).then(|| fact(field))).collect();
    let mut cut = status.iter().chain(fixed.iter().flatten()).any(|text| text.cut);
    let mut parts: Vec<String> = status.iter().map(|status| format!("**{}**", status.text)).collect();
    let facts = fixed.iter().flatten().map(|fact| &fact.text);
    let taken: usize = parts.iter().chain(facts).map(|text| length(text) + 1).sum();
    let mut left = budget.saturating_sub(taken);
    let mut quotes = fields.iter().filter(|field| field.quote).count();
    for (field, fixed) in fields.iter().zip(fixed) {
        let text = match fixed {
            Some(fact) => fact.text,
            None => {
                quotes -= 1;
                let share = if quotes == 0 { left } else { left * SHARE.0 / SHARE.1 };
                let quoted = quotation(field, share.saturating_sub(1));
                left = left.saturating_sub(length(&quoted.text) + 1);
                cut |= quoted.cut || field.whole.is_some();
                quoted.text
            }
        };
        if !text.is_empty() {
            parts.push(text);
        }
    }
    Fitted { text: parts.join("\n"), cut }
}

/// Where a card's facts stand, when that can be led to.
pub(super) fn link(source: &Source) -> Option<String> {
    let url = reqwest::Url::parse(source.url.as_deref()?).ok()?;
    let is_page =
        matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none();
    let text = String::from(url);
    (is_page && length(&text) <= URL).then_some(text)
}

/// Where a card's facts stand, in small print.
pub(super) fn footer(source: &Source) -> String {
    cite(source).map(|cited| label(&cited, EMBED_FOOTER / 4)).unwrap_or_default()
}

/// A fact on one line.
pub(super) fn fact(field: &Field) -> Fitted {
    let value = fit_line(&field.value, FACT);
    Fitted { text: format!("**{}:** {}", line(&field.name, NAME), value.text), cut: value.cut }
}

/// A quotation with its name, within a budget; nothing when there is no room for any of it.
fn quotation(field: &Field, budget: usize) -> Fitted {
    let name = format!("**{}**\n", line(&field.name, NAME));
    let room = budget.saturating_sub(length(&name));
    if room < LEAST_QUOTE {
        return Fitted { text: String::new(), cut: true };
    }
    let mut most = room;
    loop {
        let fitted = fit(&field.value, most);
        let quoted = format!("> {}", fitted.text.replace('\n', "\n> "));
        let excess = length(&quoted).saturating_sub(room);
        if excess == 0 {
            return Fitted { text: format!("{name}{quoted}"), cut: fitted.cut };
        }
        // The bars take room too: each turn leaves at least as much out as was too much.
        most = most.saturating_sub(excess);
    }
}
