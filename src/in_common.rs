//! What all of many cards have in common is said once, before them: in the terminal as in Discord.

use commands::{Card, Field, Source};

use crate::neutral::one_line;

/// What fewer cards have in common is said on each of them.
const FEWEST: usize = 3;
/// Most cards are at least this share of them, as a fraction; the rest show their own value.
const MOST: (usize, usize) = (3, 4);

/// What cards have in common; empty for few cards.
pub(crate) struct InCommon<'a> {
    /// The common fields, as they are said before the cards.
    pub(crate) said: Vec<Field>,
    /// Where all of them stand.
    pub(crate) source: Option<&'a Source>,
    fields: Vec<&'a Field>,
}

impl<'a> InCommon<'a> {
    pub(crate) fn of(cards: &'a [Card]) -> Self {
        let Some((first, rest)) = cards.split_first().filter(|_| cards.len() >= FEWEST) else {
            return Self { said: Vec::new(), source: None, fields: Vec::new() };
        };
        let source = |card: &Card| card.item.as_ref().and_then(cite);
        let same_source = rest.iter().all(|card| source(card) == source(first));
        let fields: Vec<&Field> = first.fields.iter().filter(|field| is_common(field, cards)).collect();
        Self {
            said: fields.iter().map(|field| as_said(field, cards)).collect(),
            source: first.item.as_ref().filter(|_| same_source),
            fields,
        }
    }

    /// The fields of a card that were not said before.
    pub(crate) fn rest_of<'c>(&self, card: &'c Card) -> Vec<&'c Field> {
        card.fields.iter().filter(|field| !self.fields.contains(field)).collect()
    }
}

/// The address or file that a card's facts stand in; body, date and item are among its fields.
pub(crate) fn cite(source: &Source) -> Option<String> {
    source.url.as_ref().or(source.file.as_ref()).map(|place| format!("Kilde: {}", one_line(place)))
}

/// A common field as it is said before the cards: where some differ, that is said too.
fn as_said(field: &Field, cards: &[Card]) -> Field {
    let by_all = cards.iter().all(|card| card.fields.contains(field));
    let suffix = if by_all { "" } else { " (hvor intet andet står)" };
    Field { value: format!("{}{suffix}", field.value), ..field.clone() }
}

/// Whether most cards have a field as it stands here, and the others the same one with another value.
fn is_common(field: &Field, cards: &[Card]) -> bool {
    let having = cards.iter().filter(|card| card.fields.contains(field)).count();
    let all_have_one = cards.iter().all(|card| card.fields.iter().any(|other| other.name == field.name));
    !field.quote && all_have_one && having * MOST.1 >= cards.len() * MOST.0
}
