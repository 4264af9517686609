//! A page as Discord measures it, and as the answer's cards are found on it again.

use std::collections::HashSet;

use fake_discord::ShownMessage;
use serde_json::Value;

use crate::live::as_read;

pub(crate) const WHOLE: &str = "Hele teksten";
pub(crate) const FORTH: &str = "›";

/// Discord's limits for a message, counted here once more, in UTF-16 units.
const CONTENT: usize = 2_000;
const EMBEDS: usize = 10;
const EMBEDS_TOTAL: usize = 6_000;
const TITLE: usize = 256;
const DESCRIPTION: usize = 4_096;
const FOOTER: usize = 2_048;
const ROWS: usize = 5;
const BUTTONS: usize = 5;
const LABEL: usize = 80;
const CUSTOM_ID: usize = 100;
const FILE_BYTES: usize = 10 << 20;

/// Fails where a message is larger than Discord takes.
#[track_caller]
pub(crate) fn check_limits(message: &ShownMessage) {
    let most = |what: &str, found: usize, most: usize| assert!(found <= most, "{what}: {found} of {most}");
    most("content", length(&message.content), CONTENT);
    most("embeds", message.embeds.len(), EMBEDS);
    let mut total = 0;
    for embed in &message.embeds {
        for (text, limit) in [
            (&embed["title"], TITLE),
            (&embed["description"], DESCRIPTION),
            (&embed["footer"]["text"], FOOTER),
        ] {
            let text = length(text.as_str().unwrap_or_default());
            most("a text of an embed", text, limit);
            total += text;
        }
        assert!(embed["fields"].as_array().is_none_or(Vec::is_empty), "fields are counted nowhere: {embed}");
    }
    most("all embeds", total, EMBEDS_TOTAL);
    most("rows", message.components.len(), ROWS);
    for row in &message.components {
        most("buttons", row["components"].as_array().map_or(0, Vec::len), BUTTONS);
    }
    let mut seen = HashSet::new();
    for button in message.buttons() {
        most("label", length(&button.label), LABEL);
        most("custom_id", length(&button.custom_id), CUSTOM_ID);
        assert!(!button.label.trim().is_empty() && !button.custom_id.is_empty(), "{button:?}");
        assert!(seen.insert(button.custom_id.clone()), "{} stands twice", button.custom_id);
    }
    for file in &message.attachments {
        most("file", file.bytes.len(), FILE_BYTES);
    }
}

fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Takes the cards of a page of an answer from those that are left, in their order. An error tells what stands there instead.
pub(crate) fn read_page<'a>(
    message: &ShownMessage,
    answer: &Value,
    mut left: &'a [Value],
) -> Result<&'a [Value], String> {
    let only = answer["cards"].as_array().filter(|cards| cards.len() == 1);
    for (at, embed) in message.embeds.iter().enumerate() {
        let title = as_read(embed["title"].as_str().unwrap_or_default());
        let description = embed["description"].as_str().unwrap_or_default();
        let is_head = at == 0;
        if is_head && !is_same(&title, answer["title"].as_str().unwrap_or_default()) {
            return Err(format!("»{title}« stands on top of it"));
        }
        if is_head && only.is_some() && left.len() == 1 {
            let shown = format!("{title}\n{}", as_read(description));
            let heading = left[0]["heading"].as_str().unwrap_or_default();
            left =
                if shown.contains(heading) { &[] } else { return Err(format!("no »{heading}«: {shown}")) };
        } else if !is_head && !title.is_empty() {
            left = take(left, &title)?;
        } else {
            for line in description.lines() {
                match line.strip_prefix("**").and_then(|rest| rest.strip_suffix("**")) {
                    Some(heading) => left = take(left, &as_read(heading))?,
                    // A card without facts is a line without marks; before the cards stands other text.
                    None => left = take(left, &as_read(line)).unwrap_or(left),
                }
            }
        }
    }
    Ok(left)
}

/// The cards after the one with this heading, which must be next.
fn take<'a>(left: &'a [Value], heading: &str) -> Result<&'a [Value], String> {
    match left.split_first() {
        Some((card, rest)) if is_same(heading, card["heading"].as_str().unwrap_or_default()) => Ok(rest),
        Some((card, _)) => Err(format!("»{heading}« stands where »{}« is next", card["heading"])),
        None => Err(format!("»{heading}« stands there, and no card is left")),
    }
}

/// Whether a heading is shown, if need be shortened.
fn is_same(shown: &str, heading: &str) -> bool {
    shown == heading
        || shown.strip_suffix('…').is_some_and(|start| !start.is_empty() && heading.starts_with(start))
}
