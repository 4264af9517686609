//! Discord's limits, as its documentation states them. Lengths of texts are counted in UTF-16 units, the strictest of the ways
//! in which Discord's parts count.

use std::time::Duration;

/// An interaction must be answered, or the answer be announced, within this time.
pub(crate) const FIRST_ANSWER: Duration = Duration::from_secs(3);
/// How long an interaction's token lives.
pub(crate) const TOKEN_LIFE: Duration = Duration::from_secs(15 * 60);

/// Text of a message outside its embeds.
pub(crate) const CONTENT: usize = 2_000;
/// Embeds of one message.
pub(crate) const EMBEDS: usize = 10;
/// All texts of all embeds of one message together.
pub(crate) const EMBEDS_TOTAL: usize = 6_000;
/// Title of an embed.
pub(crate) const EMBED_TITLE: usize = 256;
/// Description of an embed.
pub(crate) const EMBED_DESCRIPTION: usize = 4_096;
/// Footer of an embed.
pub(crate) const EMBED_FOOTER: usize = 2_048;

/// Rows of buttons in a message.
pub(crate) const ROWS: usize = 5;
/// Buttons in a row.
pub(crate) const BUTTONS: usize = 5;
/// Label of a button.
pub(crate) const LABEL: usize = 80;
/// What a button carries.
pub(crate) const CUSTOM_ID: usize = 100;

/// Choices of an autocomplete answer.
pub(crate) const CHOICES: usize = 25;
/// Name and value of a choice.
pub(crate) const CHOICE: usize = 100;
