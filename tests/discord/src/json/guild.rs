//! Guilds, roles, channels.

use serde_json::{Value, json};

use super::{LONG_AGO, extend, member, user};
use crate::setup::{Channel, Guild, Kind, Role, Setup, User};

fn role(id: u64, name: &str, bits: u64, position: u32, managed: bool) -> Value {
    json!({
        "id": id.to_string(),
        "name": name,
        "color": 0,
        "colors": { "primary_color": 0, "secondary_color": null, "tertiary_color": null },
        "hoist": false,
        "icon": null,
        "unicode_emoji": null,
        "position": position,
        "permissions": bits.to_string(),
        "managed": managed,
        "mentionable": false,
        "flags": 0,
    })
}

/// The roles of a guild: `@everyone`, the bot's own, the rest.
pub(crate) fn roles(guild: &Guild, setup: &Setup) -> Vec<Value> {
    let mut roles = vec![
        role(guild.id, "@everyone", guild.everyone, 0, false),
        role(setup.application, &setup.name, guild.bot, 1, true),
    ];
    roles.extend(
        guild
            .roles
            .iter()
            .zip(2..)
            .map(|(it, position): (&Role, u32)| role(it.id, &it.name, it.permissions, position, false)),
    );
    roles
}

/// A guild, as `GET /guilds/{id}` gives it.
pub(crate) fn guild(guild: &Guild, setup: &Setup) -> Value {
    json!({
        "id": guild.id.to_string(),
        "name": guild.name,
        "icon": null,
        "splash": null,
        "discovery_splash": null,
        "owner_id": guild.id.to_string(),
        "region": "deprecated",
        "afk_channel_id": null,
        "afk_timeout": 300,
        "verification_level": 1,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "roles": roles(guild, setup),
        "emojis": [],
        "features": [],
        "mfa_level": 0,
        "application_id": null,
        "system_channel_id": null,
        "system_channel_flags": 0,
        "rules_channel_id": null,
        "vanity_url_code": null,
        "description": null,
        "banner": null,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "preferred_locale": "da",
        "public_updates_channel_id": null,
        "nsfw_level": 0,
        "nsfw": false,
        "stickers": [],
        "premium_progress_bar_enabled": false,
        "safety_alerts_channel_id": null,
    })
}

/// A guild, as the event `GUILD_CREATE` gives it.
pub(crate) fn guild_create(guild: &Guild, setup: &Setup, bot: &User) -> Value {
    let mut value = self::guild(guild, setup);
    let thread = |it: &&Channel| matches!(it.kind, Kind::Thread { .. });
    let all = |wanted: bool| -> Vec<Value> {
        let fitting = guild.channels.iter().filter(|it| thread(it) == wanted);
        fitting.map(|it| channel(it, Some(guild), setup, None)).collect()
    };
    let more = json!({
        "joined_at": LONG_AGO,
        "large": false,
        "unavailable": false,
        "member_count": 1,
        "voice_states": [],
        "members": [member(bot, guild.id)],
        "channels": all(false),
        "threads": all(true),
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    });
    extend(&mut value, more);
    value
}

fn kind(channel: &Channel) -> u8 {
    match channel.kind {
        Kind::Text => 0,
        Kind::Dm { .. } => 1,
        Kind::Thread { .. } => 11,
    }
}

fn thread_metadata() -> Value {
    json!({
        "archived": false, "auto_archive_duration": 10080, "archive_timestamp": LONG_AGO, "locked": false,
        "create_timestamp": LONG_AGO,
    })
}

/// A channel; `other` is the person at the other end of direct messages.
pub(crate) fn channel(
    channel: &Channel,
    guild: Option<&Guild>,
    setup: &Setup,
    other: Option<&User>,
) -> Value {
    let mut value = json!({
        "id": channel.id.to_string(),
        "type": kind(channel),
        "last_message_id": null,
        "flags": 0,
    });
    if let Some(other) = other {
        value["recipients"] = json!([user(other)]);
    }
    let Some(guild) = guild else { return value };
    let overwrites = if channel.deny_bot | channel.allow_bot == 0 {
        Vec::new()
    } else {
        vec![json!({
            "id": setup.application.to_string(),
            "type": 1,
            "allow": channel.allow_bot.to_string(),
            "deny": channel.deny_bot.to_string(),
        })]
    };
    let more = json!({
        "guild_id": guild.id.to_string(),
        "name": channel.name,
        "position": 0,
        "parent_id": null,
        "nsfw": false,
        "topic": null,
        "rate_limit_per_user": 0,
        "permission_overwrites": overwrites,
    });
    extend(&mut value, more);
    if let Kind::Thread { parent } = channel.kind {
        value["parent_id"] = json!(parent.to_string());
        value["owner_id"] = json!(setup.application.to_string());
        value["message_count"] = json!(0);
        value["member_count"] = json!(1);
        value["thread_metadata"] = thread_metadata();
    }
    value
}

/// The event that a channel was deleted: its name and what it says.
pub(crate) fn channel_gone(guild: u64, channel: &Channel) -> (&'static str, Value) {
    let mut value = json!({
        "id": channel.id.to_string(), "guild_id": guild.to_string(), "type": kind(channel),
    });
    match channel.kind {
        Kind::Thread { parent } => {
            value["parent_id"] = json!(parent.to_string());
            ("THREAD_DELETE", value)
        }
        Kind::Text | Kind::Dm { .. } => {
            extend(&mut value, json!({ "name": channel.name, "position": 0, "permission_overwrites": [] }));
            ("CHANNEL_DELETE", value)
        }
    }
}

/// The part of a channel that comes with an interaction.
pub(crate) fn partial_channel(channel: &Channel, bits: u64) -> Value {
    let mut value = json!({
        "id": channel.id.to_string(),
        "type": kind(channel),
        "permissions": bits.to_string(),
        "flags": 0,
    });
    if !channel.name.is_empty() {
        value["name"] = json!(channel.name);
    }
    if let Kind::Thread { parent } = channel.kind {
        value["parent_id"] = json!(parent.to_string());
        value["thread_metadata"] = thread_metadata();
    }
    value
}
