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

use super::transport::Transport;
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

/// Where commands are registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// In servers and direct messages.
    Everywhere,
    /// In one server.
    Guild(GuildId),
}

/// Everything that is registered in a place.
pub(crate) fn commands(scope: Scope) -> Vec<CreateCommand> {
    let look_up = ENGLISH
        .into_iter()
        .fold(CreateCommand::new(LOOK_UP).kind(CommandType::Message), |command, locale| {
            command.name_localized(locale, LOOK_UP_ENGLISH)
        });
    // For everybody: `default_member_permissions` stays null.
    let all = COMMANDS.iter().map(command).chain([look_up]);
    match scope {
        Scope::Everywhere => all.map(with_contexts).collect(),
        Scope::Guild(_) => all.collect(),
    }
}

/// Contexts are for commands that are registered everywhere only (Discord's reference of application commands).
fn with_contexts(command: CreateCommand) -> CreateCommand {
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
    /// Hash of the table by the server's ID, or 0 for everywhere.
    hashes: BTreeMap<u64, String>,
}

impl Scope {
    /// The places that belong to the servers of the configuration: those, at once; else everywhere.
    pub(crate) fn all(guilds: &[u64]) -> Vec<Self> {
        match guilds {
            [] => vec![Self::Everywhere],
            guilds => guilds.iter().map(|id| Self::of(*id)).collect(),
        }
    }

    fn of(id: u64) -> Self {
        if id == 0 { Self::Everywhere } else { Self::Guild(GuildId::new(id)) }
    }

    fn id(self) -> u64 {
        self.guild().map_or(0, GuildId::get)
    }

    fn guild(self) -> Option<GuildId> {
        match self {
            Self::Everywhere => None,
            Self::Guild(guild) => Some(guild),
        }
    }
}

/// Registers the table where it is not known as it stands, and takes it back where it no longer belongs. Refusals are logged; they are
/// tried again when the bot connects anew.
pub(crate) async fn register(transport: &Transport, application: ApplicationId, guilds: &[u64], data: &Path) {
    let file = data.join(FILE);
    let mut known = remembered(&file, application);
    let wanted = Scope::all(guilds);
    let gone: Vec<u64> =
        known.hashes.keys().filter(|id| !wanted.contains(&Scope::of(**id))).copied().collect();
    for scope in wanted {
        let table = commands(scope);
        let hash = hash(&table);
        if known.hashes.get(&scope.id()) == Some(&hash) {
            continue;
        }
        match transport.register(scope.guild(), &table, Instant::now() + PATIENCE).await {
            Ok(()) => {
                tracing::info!(guild = scope.id(), commands = table.len(), "commands registered");
                known.hashes.insert(scope.id(), hash);
            }
            Err(error) => tracing::error!(guild = scope.id(), %error, "commands not registered"),
        }
    }
    for id in gone {
        let none: [CreateCommand; 0] = [];
        // A server that the bot has left cannot be told, and needs not to be.
        if let Err(error) = transport.register(Scope::of(id).guild(), &none, Instant::now() + PATIENCE).await
        {
            tracing::info!(guild = id, %error, "commands not taken back");
        }
        known.hashes.remove(&id);
    }
    if let Err(error) = remember(&file, &known) {
        tracing::warn!(%error, file = %file.display(), "what is registered cannot be remembered");
    }
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
