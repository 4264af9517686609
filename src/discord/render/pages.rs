//! Cards dealt out to pages: as many to a message as Discord and a phone take.

use commands::Answer;

use super::card;
use super::embed::Embed;
use crate::discord::limits::{EMBED_DESCRIPTION, EMBED_TITLE, EMBEDS, EMBEDS_TOTAL};
use crate::discord::markdown::{fit, fit_line, length, line};
use crate::in_common::InCommon;

/// Most of a card among others; what it leaves out is behind *Hele teksten*.
const CARD: usize = 900;
/// Most of the prose before the cards.
const INTRODUCTION: usize = 1_500;
/// Embeds of one page, the head among them: as many as one reads on a phone before turning.
const MOST_EMBEDS: usize = 7;
const _: () = assert!(MOST_EMBEDS <= EMBEDS);
/// Most of what stands above cards that belong together.
const GROUP: usize = 100;
/// What makes it stand out takes room too.
const GROUP_SIGNS: usize = 8;
/// Rows of one page, as many as one takes in at a glance.
const ROWS: usize = 30;

/// One message's worth of an answer.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) embeds: Vec<Embed>,
    /// Some words of its cards are left out.
    pub(super) is_cut: bool,
    /// Which cards of the answer are on it: from the first to before the last.
    pub(super) cards: (usize, usize),
    rows: usize,
}

/// All pages of an answer, at least one.
pub(super) fn pages(answer: &Answer) -> Vec<Page> {
    if let [only] = answer.cards.as_slice()
        && !card::is_row(only)
    {
        return vec![single(answer)];
    }
    let common = InCommon::of(&answer.cards);
    let mut pages = Vec::new();
    let mut page = first(answer, &common);
    for (at, card) in answer.cards.iter().enumerate() {
        if card::is_row(card) {
            let row = card::row(card, &common);
            if !page.takes_row(&row.text) {
                turn(&mut pages, &mut page, answer, at);
            }
            page.add_row(&row.text);
            page.is_cut |= row.cut;
        } else {
            let (mut embed, is_cut) = card::embed(card, &common, CARD);
            let with_group = embed.length() + GROUP + GROUP_SIGNS;
            if page.is_full() || page.length() + with_group > EMBEDS_TOTAL {
                turn(&mut pages, &mut page, answer, at);
            }
            if let Some(group) = page.begins_group(answer, at) {
                embed.description.insert_str(0, &format!("**── {}**\n", line(group, GROUP)));
            }
            page.embeds.push(embed);
            page.is_cut |= is_cut;
            // Rows after a card begin an embed of their own.
            page.rows = 0;
        }
        page.cards.1 = at + 1;
    }
    pages.push(page);
    pages
}

/// An answer of one card: its title and its card are one embed.
fn single(answer: &Answer) -> Page {
    let [only] = answer.cards.as_slice() else { return Page::default() };
    let Page { mut embeds, mut is_cut, .. } = first(answer, &InCommon::of(&[]));
    let mut head = embeds.pop().unwrap_or_default();
    if !answer.title.contains(&only.heading) {
        head.push(&format!("**{}**", line(&only.heading, EMBED_TITLE)));
    }
    let fields: Vec<_> = only.fields.iter().collect();
    let body = card::body(only, &fields, EMBED_DESCRIPTION - length(&head.description) - 1);
    head.push(&body.text);
    head.colour = card::colour(only);
    if let Some(source) = &only.item {
        head.url = card::link(source);
        head.footer = card::footer(source);
    }
    is_cut |= body.cut;
    Page { embeds: vec![head], is_cut, cards: (0, 1), rows: 0 }
}

/// The first page with what stands before the cards.
fn first(answer: &Answer, common: &InCommon<'_>) -> Page {
    let mut head = title(answer);
    let introduction = fit(&answer.text, INTRODUCTION);
    let mut is_cut = introduction.cut || fit_line(&answer.title, EMBED_TITLE).cut;
    head.push(&introduction.text);
    for field in &common.said {
        let fact = card::fact(field);
        head.push(&fact.text);
        is_cut |= fact.cut;
    }
    if let Some(source) = common.source {
        head.url = card::link(source);
        head.footer = card::footer(source);
    }
    Page { embeds: vec![head], is_cut, ..Page::default() }
}

fn title(answer: &Answer) -> Embed {
    Embed { title: line(&answer.title, EMBED_TITLE), ..Embed::default() }
}

/// Begins a new page at a card.
fn turn(pages: &mut Vec<Page>, page: &mut Page, answer: &Answer, at: usize) {
    let next = Page { embeds: vec![title(answer)], cards: (at, at), ..Page::default() };
    pages.push(std::mem::replace(page, next));
}

impl Page {
    /// The name of the group that a card is the first of, in the answer or on this page.
    fn begins_group<'a>(&self, answer: &'a Answer, at: usize) -> Option<&'a str> {
        let group = answer.cards.get(at)?.group.as_deref()?;
        let before = at.checked_sub(1).and_then(|before| answer.cards.get(before));
        let is_new = before.is_none_or(|before| before.group.as_deref() != Some(group));
        (is_new || self.cards.0 == at).then_some(group)
    }

    fn is_full(&self) -> bool {
        self.embeds.len() == MOST_EMBEDS
    }

    fn length(&self) -> usize {
        self.embeds.iter().map(Embed::length).sum()
    }

    /// Rows go on in the embed before them: the head's, or that of other rows.
    fn goes_on(&self) -> bool {
        self.rows > 0 || self.embeds.len() == 1
    }

    fn takes_row(&self, row: &str) -> bool {
        let added = length(row) + 2;
        let in_embed = self.embeds.last().map_or(0, |embed| length(&embed.description));
        let room = if self.goes_on() { in_embed + added <= EMBED_DESCRIPTION } else { !self.is_full() };
        room && self.rows < ROWS && self.length() + added <= EMBEDS_TOTAL
    }

    fn add_row(&mut self, row: &str) {
        if !self.goes_on() {
            self.embeds.push(Embed::default());
        }
        if let Some(embed) = self.embeds.last_mut() {
            if self.rows == 0 && !embed.description.is_empty() {
                embed.push("");
            }
            embed.push(row);
        }
        self.rows += 1;
    }
}

impl Embed {
    /// Adds a paragraph to the description.
    fn push(&mut self, text: &str) {
        if !self.description.is_empty() && !self.description.ends_with("\n\n") {
            self.description.push('\n');
        }
        self.description.push_str(text);
        self.description.truncate(if text.is_empty() {
            self.description.len()
        } else {
            self.description.trim_end().len()
        });
    }
}
