//! What Discord says of the bot: who it is, where it is, and what it may do there.

use std::time::Duration;

use commands::danish;
use jiff::Timestamp;
use serde::Deserialize;
use serenity::http::Route;
use serenity::model::Permissions;
use serenity::model::channel::{ChannelType, GuildChannel};
use serenity::model::guild::{GuildInfo, Member, PartialGuild};
use serenity::model::id::{ApplicationId, GuildId, UserId};

use super::{Finding, Report, registered};
use crate::config::Config;
use crate::discord::{Api, Fetched, Scope, SendError, Token, Transport, registered_commands};
use crate::failure::Failure;
use tokio::time::Instant;

/// What the bot needs in a channel, and what it is for.
const NEEDED: [(Permissions, &str, &str); 6] = [
    (Permissions::VIEW_CHANNEL, "View Channels", "se spørgsmål"),
    (Permissions::SEND_MESSAGES, "Send Messages", "svare på beskeder"),
    (Permissions::SEND_MESSAGES_IN_THREADS, "Send Messages in Threads", "svare i tråde"),
    (Permissions::EMBED_LINKS, "Embed Links", "vise svar med farve og kilde"),
    (Permissions::ATTACH_FILES, "Attach Files", "vedhæfte lange beslutninger"),
    (Permissions::READ_MESSAGE_HISTORY, "Read Message History", "svare på en bestemt besked"),
];
/// A clock that is off by more than this makes the bot think that answers came too late.
const CLOCK_SECONDS: i64 = 5;
/// Channels named where a permission is missing.
const MOST_CHANNELS: usize = 5;
/// Servers whose channels are looked at.
const MOST_GUILDS: usize = 20;

/// How long Discord is waited for, each time.
const PATIENCE: Duration = Duration::from_secs(10);

fn soon() -> Instant {
    Instant::now() + PATIENCE
}

/// The bot's own user.
#[derive(Deserialize)]
struct Me {
    id: UserId,
    username: String,
}

/// The application, as far as the bot depends on it.
#[derive(Deserialize)]
struct Application {
    id: ApplicationId,
    interactions_endpoint_url: Option<String>,
}

/// Looks at everything that the token gives access to. Gives the invite link when it is known.
pub(super) fn look(
    config: &Config,
    token: Token,
    api: Api,
    report: &mut Report,
) -> Result<Option<String>, Failure> {
    let is_plausible = token.is_plausible();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::Trouble(format!("kan ikke starte: {error}")))?;
    let transport = Transport::new(token, api).map_err(|error| Failure::Trouble(error.to_string()))?;
    runtime.block_on(async {
        let me = match transport.get::<Me>(Route::UserMe, soon()).await {
            Ok(me) => me,
            Err(error) => {
                report.tell(&refused(&error, is_plausible))?;
                return Ok(None);
            }
        };
        report.tell(&Finding::good("Token", format!("botten hedder {}", me.value.username)))?;
        report.tell(&clock(&me))?;
        let application = match transport.get::<Application>(Route::Oauth2ApplicationCurrent, soon()).await {
            Ok(application) => application.value,
            Err(error) => {
                report.tell(&asked_in_vain("Applikation", &error))?;
                return Ok(None);
            }
        };
        if application.interactions_endpoint_url.as_deref().is_some_and(|url| !url.is_empty()) {
            report.tell(&Finding::bad(
                "Applikation",
                "der står en Interactions Endpoint URL, så Discord sender spørgsmålene et andet sted hen",
                "slet Interactions Endpoint URL under General Information i udviklerportalen",
            ))?;
        }
        guilds(config, &transport, me.value.id, report).await?;
        commands(config, &transport, application.id, report).await?;
        Ok(Some(invite(application.id)))
    })
}

/// The link that adds the bot to a server with what it needs and no more.
fn invite(application: ApplicationId) -> String {
    let permissions = NEEDED.iter().fold(Permissions::empty(), |all, (one, ..)| all | *one);
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}&scope=bot+applications.commands&permissions={}",
        permissions.bits()
    )
}

fn refused(error: &SendError, is_plausible: bool) -> Finding {
    let mend = "tryk Reset Token under Bot i udviklerportalen, og sæt det nye i DISCORD_TOKEN";
    match error {
        SendError::Unauthorized if is_plausible => Finding::bad("Token", "Discord afviser tokenet", mend),
        SendError::Unauthorized => {
            Finding::bad("Token", "Discord afviser tokenet, og det ligner ikke et token", mend)
        }
        other => asked_in_vain("Token", other),
    }
}

fn asked_in_vain(subject: &'static str, error: &SendError) -> Finding {
    Finding::bad(subject, error.danish(), "se, om maskinen kan nå https://discord.com, og prøv igen")
}

/// The clock beside Discord's.
fn clock(fetched: &Fetched<Me>) -> Finding {
    const SUBJECT: &str = "Ur";
    let Some(theirs) = fetched.date else { return Finding::good(SUBJECT, "kunne ikke sammenlignes") };
    let off = (Timestamp::now().as_second() - theirs.as_second()).abs();
    match off <= CLOCK_SECONDS {
        true => Finding::good(SUBJECT, "går rigtigt"),
        false => Finding::doubtful(
            SUBJECT,
            format!("går {off} sekunder forkert"),
            "slå tidssynkronisering til (NTP)",
        ),
    }
}

/// Which servers the bot is in, whether those of bot.toml are among them, and what it may do in their channels.
async fn guilds(
    config: &Config,
    transport: &Transport,
    me: UserId,
    report: &mut Report,
) -> Result<(), Failure> {
    const SUBJECT: &str = "Server";
    let guilds = match transport.get::<Vec<GuildInfo>>(Route::UserMeGuilds, soon()).await {
        Ok(guilds) => guilds.value,
        Err(error) => return report.tell(&asked_in_vain(SUBJECT, &error)),
    };
    if guilds.is_empty() {
        report.tell(&Finding::bad(SUBJECT, "botten er ikke på nogen server", "brug linket nedenfor"))?;
    }
    for wanted in &config.discord.guilds {
        if !guilds.iter().any(|guild| guild.id.get() == *wanted) {
            let what = format!("{wanted} står i bot.toml, men botten er ikke på den");
            report.tell(&Finding::bad(
                SUBJECT,
                what,
                "invitér den med linket nedenfor, eller ret guilds i bot.toml",
            ))?;
        }
    }
    for guild in guilds.iter().take(MOST_GUILDS) {
        if !crate::discord::is_allowed(&config.discord, Some(guild.id)) {
            let what = format!(
                "{} ({}) er ikke blandt guilds i bot.toml; botten svarer ikke der",
                guild.name, guild.id
            );
            report.tell(&Finding::doubtful(
                SUBJECT,
                what,
                "tilføj den til guilds, eller fjern botten fra serveren",
            ))?;
            continue;
        }
        report.tell(&channels(transport, guild, me).await)?;
    }
    Ok(())
}

/// What the bot may do in the channels of a server.
async fn channels(transport: &Transport, guild: &GuildInfo, me: UserId) -> Finding {
    const SUBJECT: &str = "Server";
    let name = &guild.name;
    let fetched = match fetch(transport, guild.id, me).await {
        Ok(fetched) => fetched,
        Err(error) => return asked_in_vain(SUBJECT, &error),
    };
    let (guild, channels, member) = fetched;
    let texts: Vec<&GuildChannel> = channels.iter().filter(|channel| is_text(channel.kind)).collect();
    let mut missing: Vec<String> = Vec::new();
    let mut usable = texts.len();
    for channel in &texts {
        let may = guild.user_permissions_in(channel, &member);
        let lacks: Vec<&str> =
            NEEDED.iter().filter(|(one, ..)| !may.contains(*one)).map(|(_, name, _)| *name).collect();
        if !lacks.is_empty() {
            usable -= 1;
            missing.push(format!("#{} mangler {}", channel.name, lacks.join(", ")));
        }
    }
    let more = missing.len().saturating_sub(MOST_CHANNELS);
    missing.truncate(MOST_CHANNELS);
    if more > 0 {
        missing.push(format!("og {more} kanaler til"));
    }
    let told = missing.join("; ");
    let mend = "giv bottens rolle disse rettigheder i kanalen; kommandoer med / virker dog også uden dem";
    match (usable, missing.is_empty()) {
        (_, true) => Finding::good(
            SUBJECT,
            format!("{name}: alle rettigheder i {}", danish::count(usable, "kanal", "kanaler")),
        ),
        (0, _) => Finding::bad(SUBJECT, format!("{name}: {told}"), mend),
        _ => Finding::doubtful(SUBJECT, format!("{name}: {told}"), mend),
    }
}

async fn fetch(
    transport: &Transport,
    guild: GuildId,
    me: UserId,
) -> Result<(PartialGuild, Vec<GuildChannel>, Member), SendError> {
    let whole = transport.get(Route::Guild { guild_id: guild }, soon()).await?.value;
    let channels = transport.get(Route::GuildChannels { guild_id: guild }, soon()).await?.value;
    let member = transport.get(Route::GuildMember { guild_id: guild, user_id: me }, soon()).await?.value;
    Ok((whole, channels, member))
}

fn is_text(kind: ChannelType) -> bool {
    matches!(kind, ChannelType::Text | ChannelType::News)
}

/// Whether Discord knows the commands as this version has them.
async fn commands(
    config: &Config,
    transport: &Transport,
    application_id: ApplicationId,
    report: &mut Report,
) -> Result<(), Failure> {
    const SUBJECT: &str = "Kommandoer";
    for scope in Scope::all(&config.discord.guilds) {
        let ours = serde_json::to_value(registered_commands(scope)).unwrap_or_default();
        let route = match scope {
            Scope::Everywhere => Route::Commands { application_id },
            Scope::Guild(guild_id) => Route::GuildCommands { application_id, guild_id },
        };
        report.tell(&match transport.get::<serde_json::Value>(route, soon()).await {
            Ok(theirs) => {
                let differences = registered::differences(&ours, &theirs.value);
                match differences.is_empty() {
                    true => Finding::good(SUBJECT, "registreret, som denne udgave har dem"),
                    false => Finding::doubtful(
                        SUBJECT,
                        differences.join(", "),
                        "start botten; den registrerer dem selv. Kører den allerede, så slet discord-commands.json i datamappen, og genstart",
                    ),
                }
            }
            Err(error) => asked_in_vain(SUBJECT, &error),
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_invitation_asks_for_what_is_needed_and_no_more() {
        let link = invite(ApplicationId::new(7));
        let bits = (1 << 10) | (1 << 11) | (1_u64 << 38) | (1 << 14) | (1 << 15) | (1 << 16);
        assert!(
            link.ends_with(&format!("client_id=7&scope=bot+applications.commands&permissions={bits}")),
            "{link}"
        );
    }
}
