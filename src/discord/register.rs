//! The table of commands as Discord knows them, and when it is told again.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use commands::{COMMANDS, Command, OptionKind, OptionSpec};
use serde::{Deserialize, Serialize};
use serenity::builder::{CreateCommand, CreateCommandOption};
use serenity::model::application::{CommandOptionType, CommandType, InstallationContext, InteractionContext};
use serenity::model::id::{ApplicationId, GuildId};

use super::transport::{SendError, Transport};
use tokio::time::Instant;

/// The command in the menu of a message.
pub(crate) const LOOK_UP: &str = "Slå sagsnumre op";
const LOOK_UP_ENGLISH: &str = "Look up case numbers";
/// The option that every command takes: whether only the person who asks sees the answer.
pub(crate) const PRIVATE: &str = "privat";
/// What it may hold: yes and no.
pub(crate) const YES_NO: [&str; 2] = ["ja", "nej"];
const PRIVATE_SUMMARY: &str = "ja: kun du ser svaret; nej: alle i kanalen ser det";
const PRIVATE_ENGLISH: &str = "ja: only you see the answer; nej: everyone in the channel sees it";
/// Locales of English.
const ENGLISH: [&str; 2] = ["en-US", "en-GB"];

/// How long it is tried to register in one place.
const PATIENCE: Duration = Duration::from_secs(120);

/// What was registered, in the data folder: a hash of the table for each application and scope.
const FILE: &str = "discord-commands.json";

/// Everything that is registered.
pub(crate) fn commands() -> Vec<CreateCommand> {
    let look_up = ENGLISH
        .into_iter()
        .fold(CreateCommand::new(LOOK_UP).kind(CommandType::Message), |command, locale| {
            command.name_localized(locale, LOOK_UP_ENGLISH)
        });
    COMMANDS.iter().map(command).chain([look_up]).map(everywhere).collect()
}

/// In servers and direct messages, for everybody: `default_member_permissions` stays null.
fn everywhere(command: CreateCommand) -> CreateCommand {
    command
        .contexts(vec![InteractionContext::Guild, InteractionContext::BotDm])
        .integration_types(vec![InstallationContext::Guild])
}

fn command(command: &Command) -> CreateCommand {
    let created = CreateCommand::new(command.name).kind(CommandType::ChatInput).description(command.summary);
    let created = ENGLISH
        .into_iter()
        .fold(created, |created, locale| created.description_localized(locale, command.english));
    let privacy = (!command.private_always).then(privacy);
    command.options.iter().map(option).chain(privacy).fold(created, CreateCommand::add_option)
}

fn option(option: &OptionSpec) -> CreateCommandOption {
    let created = CreateCommandOption::new(CommandOptionType::String, option.name, option.summary)
        .required(option.required);
    let created = ENGLISH
        .into_iter()
        .fold(created, |created, locale| created.description_localized(locale, option.english));
    match option.kind {
        OptionKind::Choice(choices) => {
            choices.iter().fold(created, |created, (shown, value)| created.add_string_choice(*shown, *value))
        }
        OptionKind::Words => created.max_length(option.max_chars),
        _ => created.max_length(option.max_chars).set_autocomplete(true),
    }
}

fn privacy() -> CreateCommandOption {
    let created = CreateCommandOption::new(CommandOptionType::String, PRIVATE, PRIVATE_SUMMARY);
    let created = ENGLISH
        .into_iter()
        .fold(created, |created, locale| created.description_localized(locale, PRIVATE_ENGLISH));
    YES_NO.into_iter().fold(created, |created, value| created.add_string_choice(value, value))
}

/// What was registered where, as the data folder remembers it.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Registered {
    application: u64,
    /// Hash of the table by scope: a server's ID, or [`EVERYWHERE`].
    hashes: BTreeMap<String, String>,
}

const EVERYWHERE: &str = "everywhere";

/// Registers the table where it is not known as it stands: in the allowed servers, which know it at once, else everywhere.
/// Where it was registered before and no longer belongs, it is taken back.
///
/// # Errors
/// The first refusal; what was registered before it is remembered.
pub(crate) async fn register(
    transport: &Transport,
    application: ApplicationId,
    guilds: &[u64],
    data: &Path,
) -> Result<(), SendError> {
    let table = commands();
    let hash = hash(&table);
    let file = data.join(FILE);
    let mut known = remembered(&file, application);
    let wanted: Vec<String> = match guilds {
        [] => vec![EVERYWHERE.to_owned()],
        guilds => guilds.iter().map(u64::to_string).collect(),
    };
    let gone: Vec<String> = known.hashes.keys().filter(|scope| !wanted.contains(scope)).cloned().collect();
    let mut first_refusal = Ok(());
    for scope in wanted {
        if known.hashes.get(&scope) == Some(&hash) {
            continue;
        }
        match transport.register(guild(&scope), &table, Instant::now() + PATIENCE).await {
            Ok(()) => {
                tracing::info!(scope, commands = table.len(), "commands registered");
                known.hashes.insert(scope, hash.clone());
            }
            Err(error) => {
                tracing::warn!(scope, %error, "commands not registered");
                first_refusal = first_refusal.and(Err(error));
            }
        }
    }
    for scope in gone {
        // A server that the bot has left cannot be told, and needs not to be.
        if let Err(error) = transport.register(guild(&scope), &table[..0], Instant::now() + PATIENCE).await {
            tracing::info!(scope, %error, "commands not taken back");
        }
        known.hashes.remove(&scope);
    }
    if let Err(error) = remember(&file, &known) {
        tracing::warn!(%error, file = %file.display(), "what is registered cannot be remembered");
    }
    first_refusal
}

/// The server of a scope; None for everywhere.
fn guild(scope: &str) -> Option<GuildId> {
    scope.parse().ok().filter(|id| *id != 0).map(GuildId::new)
}

fn hash(table: &[CreateCommand]) -> String {
    let json = serde_json::to_vec(table).unwrap_or_default();
    blake3::hash(&json).to_hex().to_string()
}

/// What another application registered is not known of this one. A file that cannot be read is as good as none: registering twice
/// does no harm.
fn remembered(file: &Path, application: ApplicationId) -> Registered {
    let known: Option<Registered> =
        std::fs::read(file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    known
        .filter(|known| known.application == application.get())
        .unwrap_or(Registered { application: application.get(), hashes: BTreeMap::new() })
}

/// Written whole or not at all.
fn remember(file: &Path, known: &Registered) -> io::Result<()> {
    let draft: PathBuf = file.with_extension("new");
    std::fs::write(&draft, serde_json::to_vec_pretty(known)?)?;
    std::fs::rename(&draft, file)
}
