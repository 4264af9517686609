//! What is told without being asked, as one message to everybody in a channel.

use commands::Answer;

use super::embed::Embed;
use super::{buttons, card, pages};
use crate::discord::custom_id::number_of;
use crate::discord::limits::EMBEDS_TOTAL;
use crate::discord::markdown::length;
use crate::discord::message::Message;

/// What a nonce begins with.
const NONCE: &str = "referent-";
/// Said above a message that holds less than there is.
const MORE: &str = "Der er mere, end der er plads til her.";

/// A message of the outbox. Its last button carries the number of its row ([`marked_row`](crate::discord::custom_id::marked_row)),
/// and its nonce is made from it: sent twice within minutes it arrives once, and later it is found in the channel.
pub(crate) fn letter(answer: &Answer, row: i64) -> Message {
    let page = pages::pages(answer).into_iter().next().unwrap_or_default();
    let mut embeds = page.embeds;
    // Lines of items cite no source each, and few of them none at all.
    let is_cited = embeds.iter().any(|embed| !embed.footer.is_empty());
    let source = answer.cards.iter().find_map(|card| card.item.as_ref()).filter(|_| !is_cited);
    let taken: usize = embeds.iter().map(Embed::length).sum();
    if let (Some(head), Some(source)) = (embeds.first_mut(), source) {
        let footer = card::footer(source);
        head.url = card::link(source);
        head.footer = if taken + length(&footer) <= EMBEDS_TOTAL { footer } else { String::new() };
    }
    Message {
        content: if page.cards.1 < answer.cards.len() { MORE.to_owned() } else { String::new() },
        embeds: embeds.into_iter().map(Embed::built).collect(),
        rows: buttons::marked(&answer.suggestions, row),
        nonce: Some(nonce(row)),
        ..Message::default()
    }
}

/// What makes Discord take a row's message once: at most 22 characters.
fn nonce(row: i64) -> String {
    format!("{NONCE}{}", number_of(row))
}

#[cfg(test)]
mod tests {
    use commands::{Card, Field, Source, Suggestion, parse_line};

    use super::*;
    use crate::discord::custom_id::{Action, decode, marked_row};
    use crate::discord::limits::{CUSTOM_ID, EMBEDS, ROWS};

    /// Most characters of a nonce (Discord, Create Message).
    const MOST_NONCE: usize = 25;

    fn source() -> Source {
        Source { file: Some("samples/a.txt".to_owned()), ..Source::default() }
    }

    fn row_card(title: &str) -> Card {
        Card { heading: title.to_owned(), item: Some(source()), ..Card::default() }
    }

    fn asking(asks: &[&str]) -> Vec<Suggestion> {
        asks.iter().map(|ask| Suggestion { ask: (*ask).to_owned(), label: String::new() }).collect()
    }

    fn json(answer: &Answer, row: i64) -> serde_json::Value {
        serde_json::to_value(letter(answer, row)).unwrap()
    }

    fn ids(message: &serde_json::Value) -> Vec<String> {
        let rows = message["components"].as_array().unwrap().iter();
        let buttons = rows.flat_map(|row| row["components"].as_array().unwrap());
        buttons.map(|button| button["custom_id"].as_str().unwrap().to_owned()).collect()
    }

    #[track_caller]
    fn fits(message: &serde_json::Value) {
        let embeds = message["embeds"].as_array().unwrap();
        let text = |value: &serde_json::Value| length(value.as_str().unwrap_or_default());
        let total: usize = embeds
            .iter()
            .map(|it| text(&it["title"]) + text(&it["description"]) + text(&it["footer"]["text"]))
            .sum();
        assert!((1..=EMBEDS).contains(&embeds.len()) && total <= EMBEDS_TOTAL, "{total}");
        assert!(embeds.iter().all(|it| text(&it["title"]) <= 256 && text(&it["description"]) <= 4096));
        assert!(message["components"].as_array().unwrap().len() <= ROWS);
        assert!(ids(message).iter().all(|id| length(id) <= CUSTOM_ID));
        assert!(text(&message["nonce"]) <= MOST_NONCE && message["enforce_nonce"] == true);
        assert!(message.get("flags").is_none(), "everybody sees it");
    }

    #[test]
    fn the_last_button_tells_the_row() {
        let why = "/hvorfor udvalg:Byrådet dato:2020-08-12";
        let answer = Answer {
            title: "Nyt referat: Byrådet, 12. august 2020".to_owned(),
            cards: vec![row_card("1. Vej: Godkendt")],
            suggestions: asking(&["/møde udvalg:Byrådet dato:2020-08-12", why]),
            ..Answer::default()
        };
        let message = json(&answer, 4711);
        fits(&message);
        let ids = ids(&message);
        assert_eq!(ids.len(), 2);
        assert_eq!((marked_row(&ids[0]), marked_row(&ids[1])), (None, Some(4711)));
        assert_eq!(decode(&ids[1]), Ok(Action::Ask { request: parse_line(why).unwrap() }));
        assert_eq!(message["embeds"][0]["footer"]["text"], "Kilde: samples/a.txt");
        assert_eq!(message["nonce"], "referent-3mv");
    }

    #[test]
    fn every_message_has_a_button_that_tells_its_row() {
        let long = format!("/hvorfor udvalg:{} dato:2020-08-12", "ø".repeat(80));
        for asks in [&[][..], &["/status"], &["/hvorfor", long.as_str()], &["//", "/ukendt ting"]] {
            let answer =
                Answer { title: "Til dem".to_owned(), suggestions: asking(asks), ..Answer::default() };
            let message = json(&answer, i64::MAX);
            fits(&message);
            let last = ids(&message).pop().unwrap();
            assert_eq!(marked_row(&last), Some(i64::MAX), "{asks:?}");
            assert!(decode(&last).is_ok(), "{last}");
        }
    }

    #[test]
    fn what_is_too_much_is_left_out_and_said() {
        let mut card = row_card(&"*".repeat(300));
        card.status = Some("_".repeat(400));
        card.fields = vec![Field::quoted("Beslutning", "<@1> ".repeat(20_000))];
        let mut cards = vec![card; 3];
        cards.extend((0..200).map(|number| row_card(&format!("{number}. @everyone {}", "**".repeat(60)))));
        let suggestions = asking(&["/møde", "/sag 1.1", "/sag 2.2", "/hvorfor"]);
        let answer = Answer {
            title: "x".repeat(400),
            text: "@here ".repeat(900),
            cards,
            suggestions,
            ..Answer::default()
        };
        let message = json(&answer, 7);
        fits(&message);
        assert_eq!(message["content"], MORE);
        let text = message.to_string();
        assert!(!text.contains("@everyone") && !text.contains("@here"));
        assert_eq!(message["allowed_mentions"]["parse"], serde_json::json!([]));
    }
}
