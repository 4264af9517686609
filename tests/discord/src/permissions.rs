//! Discord's permissions: bits of a number that travels as a decimal string.
//! Source: <https://discord.com/developers/docs/topics/permissions>.

use crate::setup::{Channel, Guild, Kind, User};

/// Everything.
pub const ADMINISTRATOR: u64 = 1 << 3;
/// Manage the guild.
pub const MANAGE_GUILD: u64 = 1 << 5;
/// See a channel.
pub const VIEW_CHANNEL: u64 = 1 << 10;
/// Write in a channel.
pub const SEND_MESSAGES: u64 = 1 << 11;
/// Delete others' messages.
pub const MANAGE_MESSAGES: u64 = 1 << 13;
/// Send embeds.
pub const EMBED_LINKS: u64 = 1 << 14;
/// Send files.
pub const ATTACH_FILES: u64 = 1 << 15;
/// Read what was written before.
pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
/// Use commands.
pub const USE_APPLICATION_COMMANDS: u64 = 1 << 31;
/// Write in threads.
pub const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;

/// What `@everyone` has in a guild that nobody changed, as far as it matters here.
pub const EVERYONE: u64 =
    VIEW_CHANNEL | SEND_MESSAGES | READ_MESSAGE_HISTORY | USE_APPLICATION_COMMANDS | SEND_MESSAGES_IN_THREADS;
/// What a bot that was invited with sense has beyond that.
pub const BOT: u64 = EMBED_LINKS | ATTACH_FILES;
/// In direct messages.
pub(crate) const DM: u64 = EVERYONE | BOT;

/// What the bot may do in a channel; `guild` is `None` for direct messages.
pub(crate) fn of_bot(guild: Option<&Guild>, channel: &Channel) -> u64 {
    let Some(guild) = guild else { return DM };
    let base = guild.everyone | guild.bot;
    if base & ADMINISTRATOR != 0 {
        return u64::MAX;
    }
    // A thread has the overwrites of the channel it hangs under.
    let owner = match channel.kind {
        Kind::Thread { parent } => guild.channels.iter().find(|it| it.id == parent).unwrap_or(channel),
        Kind::Text | Kind::Dm { .. } => channel,
    };
    (base & !owner.deny_bot) | owner.allow_bot
}

/// What a person may do in a guild; `None` for direct messages.
pub(crate) fn of_user(guild: Option<&Guild>, user: &User) -> u64 {
    let Some(guild) = guild else { return DM };
    let held = user.member_of.iter().filter(|it| it.guild == guild.id).flat_map(|it| &it.roles);
    let all = held
        .filter_map(|role| guild.roles.iter().find(|it| it.id == *role))
        .fold(guild.everyone, |sum, role| sum | role.permissions);
    if all & ADMINISTRATOR == 0 { all } else { u64::MAX }
}
