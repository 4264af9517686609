//! What exists before the bot arrives: guilds, channels, roles, people. Plain data, made by the tests.

use std::time::Duration;

use crate::permissions;

/// The default bot's token. Has the three parts of a real one, and no secret.
pub const TOKEN: &str = "MTAwMDAwMDAwMDAwMDAwMDAx.fake-discord.only-for-tests";
/// The default application, which is also the bot's user.
pub const APPLICATION: u64 = 100_000_000_000_000_001;
/// The default guild.
pub const GUILD: u64 = 200_000_000_000_000_001;
/// A second guild of the default setup.
pub const OTHER_GUILD: u64 = 200_000_000_000_000_002;
/// The default guild's role for those who manage.
pub const ADMIN_ROLE: u64 = 300_000_000_000_000_001;
/// A text channel of the default guild.
pub const CHANNEL: u64 = 400_000_000_000_000_001;
/// Another text channel of the default guild.
pub const OTHER_CHANNEL: u64 = 400_000_000_000_000_002;
/// A thread in [`CHANNEL`].
pub const THREAD: u64 = 400_000_000_000_000_003;
/// The text channel of the second guild.
pub const FAR_CHANNEL: u64 = 400_000_000_000_000_004;
/// The first of the channels that [`Setup::with_channels`] makes.
const EXTRA_CHANNELS: u64 = 410_000_000_000_000_000;
/// A member of both default guilds.
pub const USER: u64 = 500_000_000_000_000_001;
/// A second member of the default guild.
pub const OTHER_USER: u64 = 500_000_000_000_000_002;
/// A member of the default guild with [`ADMIN_ROLE`].
pub const ADMIN: u64 = 500_000_000_000_000_003;

/// The `number`-th channel, from 0, of those that [`Setup::with_channels`] makes.
pub fn extra_channel(number: u64) -> u64 {
    EXTRA_CHANNELS + number
}

/// All that a [`Fake`](crate::Fake) is started with.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The bot's token, without `Bot `.
    pub token: String,
    /// Id of the application and of the bot's user.
    pub application: u64,
    /// The bot's name.
    pub name: String,
    /// Guilds in which the bot is.
    pub guilds: Vec<Guild>,
    /// Everyone but the bot.
    pub users: Vec<User>,
    /// What HELLO tells the bot.
    pub heartbeat: Duration,
    /// Whether Discord's limits are kept: 50 requests in any second for the bot, answers to interactions apart, and for each channel 5
    /// posts and 5 changes in 5 seconds. [`Fake::limited`](crate::Fake::limited) counts what met them.
    pub limits: bool,
    /// Whether a post with the nonce of an earlier one is recognised. Discord does that for a few minutes.
    pub nonces: bool,
    /// Whether requests are judged, and what happens is logged. Off for benches only.
    pub judge: bool,
    /// Whether privileged intents may be asked for; if not, such an IDENTIFY is closed with 4014, as Discord does.
    pub privileged: bool,
    /// Whether there is a TLS front too, and `/gateway` names it.
    pub tls: bool,
    /// Faults from the first connection on, as [`Fake::faults`](crate::Fake::faults) takes them. Empty is none.
    pub faults: String,
}

/// A guild (a server, as people say).
#[derive(Debug, Clone)]
pub struct Guild {
    /// Its id, which is the id of its role `@everyone` too.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// Permissions of `@everyone`.
    pub everyone: u64,
    /// What the bot may do beyond that, everywhere in the guild.
    pub bot: u64,
    /// Roles besides `@everyone`.
    pub roles: Vec<Role>,
    /// Channels and threads.
    pub channels: Vec<Channel>,
}

/// A role of a guild.
#[derive(Debug, Clone)]
pub struct Role {
    /// Its id.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// Its permissions, see [`permissions`].
    pub permissions: u64,
}

/// A channel.
#[derive(Debug, Clone)]
pub struct Channel {
    /// Its id.
    pub id: u64,
    /// Its name; empty for direct messages.
    pub name: String,
    /// What sort it is.
    pub kind: Kind,
    /// What the bot is denied here, though its roles would let it.
    pub deny_bot: u64,
    /// What the bot is allowed here, though its roles would not let it.
    pub allow_bot: u64,
}

/// The sort of a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A guild's text channel.
    Text,
    /// A public thread.
    Thread {
        /// The channel it hangs under.
        parent: u64,
    },
    /// Direct messages with the bot.
    Dm {
        /// The other one.
        user: u64,
    },
}

/// A person, or another bot.
#[derive(Debug, Clone)]
pub struct User {
    /// Id.
    pub id: u64,
    /// Name that is shown.
    pub name: String,
    /// Whether it is a bot.
    pub bot: bool,
    /// The language of the person's client, such as `da`.
    pub locale: String,
    /// Whether the bot may write to this person.
    pub takes_dms: bool,
    /// Where the person is a member.
    pub member_of: Vec<Membership>,
}

/// That someone is a member of a guild.
#[derive(Debug, Clone)]
pub struct Membership {
    /// Of which guild.
    pub guild: u64,
    /// Another name in that guild.
    pub nick: Option<String>,
    /// Roles besides `@everyone`.
    pub roles: Vec<u64>,
}

impl Default for Setup {
    /// Two guilds, three people; the bot may do everything it needs, and no more.
    fn default() -> Self {
        Self {
            token: TOKEN.to_owned(),
            application: APPLICATION,
            name: "Referent".to_owned(),
            guilds: vec![
                Guild {
                    roles: vec![Role {
                        id: ADMIN_ROLE,
                        name: "Sekretariat".to_owned(),
                        permissions: permissions::MANAGE_GUILD,
                    }],
                    channels: vec![
                        Channel::text(CHANNEL, "referater"),
                        Channel::text(OTHER_CHANNEL, "kaffe"),
                        Channel {
                            kind: Kind::Thread { parent: CHANNEL },
                            ..Channel::text(THREAD, "en tråd")
                        },
                    ],
                    ..Guild::new(GUILD, "Fjordby Kommune")
                },
                Guild {
                    channels: vec![Channel::text(FAR_CHANNEL, "almen")],
                    ..Guild::new(OTHER_GUILD, "En anden server")
                },
            ],
            users: vec![
                User::member(USER, "Anne", &[GUILD, OTHER_GUILD], &[]),
                User::member(OTHER_USER, "Bo", &[GUILD], &[]),
                User::member(ADMIN, "Carla", &[GUILD], &[ADMIN_ROLE]),
            ],
            heartbeat: Duration::from_millis(41_250),
            limits: false,
            nonces: true,
            judge: true,
            privileged: false,
            tls: false,
            faults: String::new(),
        }
    }
}

impl Setup {
    /// The same with so many text channels more in the default guild; [`extra_channel`] gives their ids. Discord itself lets a guild
    /// have 500.
    #[must_use]
    pub fn with_channels(mut self, count: u64) -> Self {
        if let Some(guild) = self.guilds.iter_mut().find(|it| it.id == GUILD) {
            let extra = (0..count).map(|it| Channel::text(extra_channel(it), &format!("udvalg-{it}")));
            guild.channels.extend(extra);
        }
        self
    }
}

impl Guild {
    /// A guild without channels, where everyone may write and the bot may embed and attach.
    pub fn new(id: u64, name: &str) -> Self {
        Self {
            id,
            name: name.to_owned(),
            everyone: permissions::EVERYONE,
            bot: permissions::BOT,
            roles: Vec::new(),
            channels: Vec::new(),
        }
    }
}

impl Channel {
    /// A text channel without overwrites.
    pub fn text(id: u64, name: &str) -> Self {
        Self { id, name: name.to_owned(), kind: Kind::Text, deny_bot: 0, allow_bot: 0 }
    }

    pub(crate) fn dm(id: u64, user: u64) -> Self {
        Self { id, name: String::new(), kind: Kind::Dm { user }, deny_bot: 0, allow_bot: 0 }
    }
}

impl User {
    /// A Danish person who is a member of the guilds, with the same roles in all.
    pub fn member(id: u64, name: &str, guilds: &[u64], roles: &[u64]) -> Self {
        let member_of =
            guilds.iter().map(|&guild| Membership { guild, nick: None, roles: roles.to_vec() }).collect();
        Self { id, name: name.to_owned(), bot: false, locale: "da".to_owned(), takes_dms: true, member_of }
    }
}
