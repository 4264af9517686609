//! What exists, as Discord writes it. Every field that a strict reader demands is there; ids are decimal strings.

use std::time::SystemTime;

use serde_json::{Map, Value, json};

use crate::permissions;
use crate::setup::{Channel, Guild, Kind, Membership, Role, Setup, User};
use crate::shown::{ShownFile, ShownMessage};
use crate::state::State;

/// When everything that has no date of its own came to be.
const LONG_AGO: &str = "2020-08-12T10:00:00.000000+00:00";

/// A point in time as Discord writes it.
pub(crate) fn timestamp(time: SystemTime) -> String {
    jiff::Timestamp::try_from(time).map_or_else(|_| LONG_AGO.to_owned(), |it| format!("{it:.6}"))
}

/// A user.
pub(crate) fn user(user: &User) -> Value {
    json!({
        "id": user.id.to_string(),
        "username": user.name.to_lowercase(),
        "discriminator": "0",
        "global_name": user.name,
        "avatar": null,
        "bot": user.bot,
        "public_flags": 0,
        "flags": 0,
    })
}

/// The application's own description.
pub(crate) fn application(setup: &Setup) -> Value {
    json!({
        "id": setup.application.to_string(),
        "name": setup.name,
        "icon": null,
        "description": "",
        "bot_public": false,
        "bot_require_code_grant": false,
        "verify_key": "0".repeat(64),
        "owner": null,
        "team": null,
        "flags": 0,
        "integration_types_config": { "0": {} },
    })
}

fn membership(user: &User, guild: u64) -> Option<&Membership> {
    user.member_of.iter().find(|it| it.guild == guild)
}

/// A user as a member of a guild, without `user`.
fn member_alone(user: &User, guild: u64) -> Value {
    let held = membership(user, guild);
    let roles: Vec<String> = held.into_iter().flat_map(|it| &it.roles).map(u64::to_string).collect();
    json!({
        "nick": held.and_then(|it| it.nick.clone()),
        "avatar": null,
        "roles": roles,
        "joined_at": LONG_AGO,
        "premium_since": null,
        "deaf": false,
        "mute": false,
        "pending": false,
        "flags": 0,
        "communication_disabled_until": null,
    })
}

/// A user as a member of a guild.
pub(crate) fn member(user: &User, guild: u64) -> Value {
    let mut value = member_alone(user, guild);
    value["user"] = self::user(user);
    value
}

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

fn extend(value: &mut Value, more: Value) {
    if let (Value::Object(map), Value::Object(more)) = (value, more) {
        map.extend(more);
    }
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

fn attachment(file: &ShownFile, channel: u64) -> Value {
    let url = format!("https://cdn.discordapp.com/attachments/{channel}/{}/{}", file.id, file.name);
    json!({
        "id": file.id.to_string(),
        "filename": file.name,
        "size": file.bytes.len(),
        "url": url,
        "proxy_url": url,
        "content_type": "text/plain; charset=utf-8",
    })
}

/// Whether someone without the message-content intent sees what a message says: in direct messages, on its own messages, and where
/// it is mentioned. Source: <https://discord.com/developers/docs/events/gateway#message-content-intent>.
pub(crate) fn sees_content(state: &State, message: &ShownMessage, bot: u64) -> bool {
    let in_guild = state.channel(message.channel).is_some_and(|(guild, _)| guild.is_some());
    !in_guild || message.author == bot || message.mentions.contains(&bot)
}

/// A message. What it says is left out when `whole` is false.
pub(crate) fn message(state: &State, message: &ShownMessage, whole: bool) -> Value {
    let author = state.users.get(&message.author).map_or(Value::Null, user);
    let mentions: Vec<Value> =
        message.mentions.iter().filter_map(|id| state.users.get(id)).map(user).collect();
    let attachments: Vec<Value> =
        message.attachments.iter().map(|it| attachment(it, message.channel)).collect();
    let mut value = json!({
        "id": message.id.to_string(),
        "channel_id": message.channel.to_string(),
        "author": author,
        "content": if whole { message.content.as_str() } else { "" },
        "timestamp": timestamp(message.sent),
        "edited_timestamp": message.edited.then(|| timestamp(message.sent)),
        "tts": false,
        "mention_everyone": false,
        "mentions": mentions,
        "mention_roles": [],
        "attachments": if whole { attachments } else { Vec::new() },
        "embeds": if whole { message.embeds.clone() } else { Vec::new() },
        "components": if whole { message.components.clone() } else { Vec::new() },
        "pinned": false,
        "type": if message.interaction.is_some() { 20 } else if message.reply_to.is_some() { 19 } else { 0 },
        "flags": message.flags,
    });
    if let Some(nonce) = &message.nonce {
        value["nonce"] = json!(nonce);
    }
    if let Some(reply_to) = message.reply_to {
        value["message_reference"] = json!({
            "type": 0, "message_id": reply_to.to_string(), "channel_id": message.channel.to_string(),
        });
    }
    if message.interaction.is_some() {
        value["application_id"] = json!(message.author.to_string());
        value["webhook_id"] = json!(message.author.to_string());
    }
    value
}

/// A message as the event `MESSAGE_CREATE` gives it.
pub(crate) fn message_event(state: &State, it: &ShownMessage, whole: bool) -> Value {
    let mut value = message(state, it, whole);
    let guild = state.channel(it.channel).and_then(|(guild, _)| guild);
    if let Some(guild) = guild {
        value["guild_id"] = json!(guild.id.to_string());
        if let Some(user) = state.users.get(&it.author) {
            value["member"] = member_alone(user, guild.id);
        }
    }
    value
}

/// A registered command: what was sent, with what Discord adds.
pub(crate) fn command(sent: &Value, id: u64, setup: &Setup, guild: Option<u64>) -> Value {
    let mut map = sent.as_object().cloned().unwrap_or_default();
    let application = json!(setup.application.to_string());
    map.insert("id".to_owned(), json!(id.to_string()));
    map.insert("application_id".to_owned(), application);
    map.insert("version".to_owned(), json!((id + 1).to_string()));
    if let Some(guild) = guild {
        map.insert("guild_id".to_owned(), json!(guild.to_string()));
    }
    let added = json!({
        "type": 1, "description": "", "default_member_permissions": null, "nsfw": false, "dm_permission": true,
        "contexts": null, "integration_types": [0], "name_localizations": null, "description_localizations": null,
    });
    if let Value::Object(added) = added {
        fill(&mut map, added);
    }
    Value::Object(map)
}

fn fill(map: &mut Map<String, Value>, added: Map<String, Value>) {
    for (key, value) in added {
        map.entry(key).or_insert(value);
    }
}

/// What every interaction has: who, where, by which rights.
pub(crate) fn interaction(
    state: &State,
    setup: &Setup,
    (id, token): (u64, &str),
    kind: u8,
    (who, channel_id): (u64, u64),
    data: &Value,
) -> Value {
    let place = state.channel(channel_id);
    let guild = place.and_then(|(guild, _)| guild);
    let mut value = json!({
        "id": id.to_string(),
        "application_id": setup.application.to_string(),
        "type": kind,
        "token": token,
        "version": 1,
        "channel_id": channel_id.to_string(),
        "data": data,
        "locale": "da",
        "entitlements": [],
        "attachment_size_limit": 10_485_760,
        "context": if guild.is_some() { 0 } else { 1 },
        "authorizing_integration_owners": { "0": guild.map_or_else(|| "0".to_owned(), |it| it.id.to_string()) },
    });
    if let Some((guild, channel)) = place {
        value["app_permissions"] = json!(permissions::of_bot(guild, channel).to_string());
    }
    let Some(person) = state.users.get(&who) else { return value };
    let bits = permissions::of_user(guild, person);
    value["locale"] = json!(person.locale);
    if let Some((_, channel)) = place {
        value["channel"] = partial_channel(channel, bits);
    }
    if let Some(guild) = guild {
        value["guild_id"] = json!(guild.id.to_string());
        value["guild_locale"] = json!("da");
        value["guild"] = json!({ "id": guild.id.to_string(), "locale": "da", "features": [] });
        let mut member = member(person, guild.id);
        member["permissions"] = json!(bits.to_string());
        value["member"] = member;
    } else {
        value["user"] = user(person);
    }
    value
}
