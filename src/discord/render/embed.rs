//! An embed that knows its length.

use serenity::builder::{CreateEmbed, CreateEmbedFooter};

use crate::discord::markdown::length;

/// An embed; texts are ready to be shown, empty ones are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Embed {
    /// Bold, on top.
    pub(crate) title: String,
    /// Where the title leads.
    pub(crate) url: Option<String>,
    /// The text, as markdown.
    pub(crate) description: String,
    /// Colour of the bar to the left, `0xRRGGBB`.
    pub(crate) colour: Option<u32>,
    /// Small print at the end, without markdown.
    pub(crate) footer: String,
}

impl Embed {
    /// What it takes of the sum over all embeds of a message.
    pub(crate) fn length(&self) -> usize {
        length(&self.title) + length(&self.description) + length(&self.footer)
    }

    pub(crate) fn built(self) -> CreateEmbed {
        let mut embed = CreateEmbed::new();
        if !self.title.is_empty() {
            embed = embed.title(self.title);
        }
        if !self.description.is_empty() {
            embed = embed.description(self.description);
        }
        if !self.footer.is_empty() {
            embed = embed.footer(CreateEmbedFooter::new(self.footer));
        }
        if let Some(url) = self.url {
            embed = embed.url(url);
        }
        if let Some(colour) = self.colour {
            embed = embed.colour(colour);
        }
        embed
    }
}
