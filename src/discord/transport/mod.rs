//! What we send to Discord: within its time, in order, and as often as is safe.
//!
//! serenity's own client repeats nothing after a server error, forgets how long a rate limit lasts, and takes an answer it cannot
//! read for a failure. So only its routes and types are used here; requests are made, repeated and limited by us:
//!
//! * Each call has an `until`. It never waits past it, and fails at once when waiting would be in vain.
//! * What may have been carried out is repeated only where twice is the same as once; see [`Repeat`].
//! * A success whose body cannot be read is a success.
//! * Messages to one channel go one at a time and in order; no channel holds back another, and none holds back an answer.
//! * Everything but answers to interactions keeps Discord's global limit of its own accord; see [`pacer`].

mod call;
mod counts;
mod error;
mod fate;
mod find;
mod lanes;
mod limit;
mod pace;
mod pacer;
mod send;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use reqwest::Client;
use reqwest::header::HeaderValue;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;
use serenity::http::{Http, HttpBuilder, LightMethod, Route};
use serenity::model::id::{ApplicationId, ChannelId, GuildId, InteractionId, MessageId};
use tokio::sync::Semaphore;
use tokio::time::Instant;

pub(crate) use counts::TransportCounts;
pub(crate) use error::SendError;
pub(crate) use fate::Fate;

use super::api::Api;
use super::message::Message;
use super::token::Token;
use call::{Call, Lane, Repeat, Use};
use send::Reply;

/// Where serenity's routes begin.
const DISCORD: &str = "https://discord.com";

/// The way to Discord. Its clones are the same one.
#[derive(Clone)]
pub(crate) struct Transport {
    inner: Arc<Inner>,
}

struct Inner {
    client: Client,
    token: Token,
    authorization: HeaderValue,
    api: Api,
    /// 0 until it is known.
    application: AtomicU64,
    /// The bot's user; 0 until it was asked for.
    me: AtomicU64,
    lanes: lanes::Lanes,
    /// Closed while Discord's global limit lasts; answers to interactions are not held back by it.
    everything: lanes::Gate,
    /// Answers to interactions do not pass here.
    pacer: pacer::Pacer,
    /// Places for answers to interactions, for deliveries, and for everything else.
    answers: Semaphore,
    deliveries: Semaphore,
    others: Semaphore,
    counters: counts::Counters,
}

/// Why there is no way to Discord. The text is for people.
#[derive(Debug, thiserror::Error)]
#[error("forbindelsen til Discord kan ikke sættes op: {0}")]
pub(crate) struct SetupError(String);

/// The first answer to an interaction. Discord takes one, within three seconds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum AnswerKind<'a> {
    /// A message (type 4).
    Message(&'a Message),
    /// "… is thinking"; the message follows with [`Transport::edit_answer`] (type 5).
    Defer {
        /// Only the person who asked will see it. What follows cannot change that.
        private: bool,
    },
    /// Nothing is seen; the message that the button is on may be edited later (type 6).
    DeferUpdate,
    /// A message in place of the one that the button is on (type 7).
    Update(&'a Message),
    /// What an option may be completed to; at most [`limits::CHOICES`](super::limits::CHOICES) (type 8).
    Choices(&'a [Choice]),
}

/// One thing that an option may be completed to. Both are 1 to [`limits::CHOICE`](super::limits::CHOICE) long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Choice {
    /// What is shown.
    pub(crate) name: String,
    /// What the option then is.
    pub(crate) value: String,
}

/// What was asked for.
#[derive(Debug)]
pub(crate) struct Fetched<T> {
    /// It.
    pub(crate) value: T,
    /// When it was sent by Discord's clock, in whole seconds; None when the answer does not say.
    pub(crate) date: Option<Timestamp>,
}

/// What is read of an answer that holds a message or a channel.
#[derive(Deserialize)]
struct Identified<Id> {
    id: Id,
}

impl Transport {
    /// The way to `api` with `token`. Nothing is sent yet.
    ///
    /// Discord is reached through the proxy that `HTTPS_PROXY` names, a loopback server never through one.
    ///
    /// # Errors
    /// When the system's TLS library cannot be used.
    pub(crate) fn new(token: Token, api: Api) -> Result<Self, SetupError> {
        let agent = concat!("Referent/", env!("CARGO_PKG_VERSION"));
        let mut client = Client::builder()
            // Discord asks for this form: a library with its address first, then whatever one likes.
            .user_agent(format!("{} {agent}", serenity::constants::USER_AGENT))
            .connect_timeout(pace::CONNECT)
            .timeout(pace::TRY)
            .pool_idle_timeout(pace::IDLE)
            .redirect(reqwest::redirect::Policy::none());
        if let Api::Loopback(_) = api {
            client = client.no_proxy();
        }
        let client = client.build().map_err(|error| SetupError(error.without_url().to_string()))?;
        let mut authorization = HeaderValue::from_str(&format!("Bot {}", token.reveal()))
            .map_err(|error| SetupError(error.to_string()))?;
        authorization.set_sensitive(true);
        let inner = Inner {
            client,
            token,
            authorization,
            api,
            application: AtomicU64::new(0),
            me: AtomicU64::new(0),
            lanes: lanes::Lanes::default(),
            everything: lanes::Gate::default(),
            pacer: pacer::Pacer::new(),
            answers: Semaphore::new(pace::ANSWERS_AT_ONCE),
            deliveries: Semaphore::new(pace::DELIVERIES_AT_ONCE),
            others: Semaphore::new(pace::OTHERS_AT_ONCE),
            counters: counts::Counters::default(),
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Where Discord is.
    pub(crate) fn api(&self) -> &Api {
        &self.inner.api
    }

    /// serenity's client over the same connections, for its gateway. Nothing should be sent with it.
    pub(crate) fn http(&self) -> Http {
        let builder = HttpBuilder::new(self.inner.token.reveal()).client(self.inner.client.clone());
        match &self.inner.api {
            Api::Discord => builder.build(),
            // With its rate limiter on, serenity ignores the other address and sends the token to Discord.
            Api::Loopback(base) => builder.proxy(base).ratelimiter_disabled(true).build(),
        }
    }

    /// Whose answers are edited and followed up, and whose commands are registered. The gateway sets it before the first event.
    pub(crate) fn set_application(&self, application: ApplicationId) {
        self.inner.application.store(application.get(), Ordering::Release);
    }

    /// Since the process began.
    pub(crate) fn counts(&self) -> TransportCounts {
        self.inner.counters.read()
    }

    /// The first answer to an interaction. It may be sent several times; Discord takes one.
    ///
    /// # Errors
    /// [`SendError::Gone`] when it came too late, and all others but [`SendError::Uncertain`] and [`SendError::Unreadable`].
    pub(crate) async fn answer(
        &self,
        interaction_id: InteractionId,
        token: &str,
        kind: AnswerKind<'_>,
        until: Instant,
    ) -> Result<(), SendError> {
        const EPHEMERAL: u64 = 1 << 6;
        let (message, body) = match kind {
            AnswerKind::Message(message) => {
                (Some(message), json!({ "type": 4, "data": call::message(message, Use::Answer)? }))
            }
            AnswerKind::Defer { private: true } => {
                (None, json!({ "type": 5, "data": { "flags": EPHEMERAL } }))
            }
            AnswerKind::Defer { private: false } => (None, json!({ "type": 5 })),
            AnswerKind::DeferUpdate => (None, json!({ "type": 6 })),
            AnswerKind::Update(message) => {
                (Some(message), json!({ "type": 7, "data": call::message(message, Use::Edit)? }))
            }
            AnswerKind::Choices(choices) => (None, json!({ "type": 8, "data": { "choices": choices } })),
        };
        let call = Call {
            body: Some(call::json(&body)?),
            files: message.map_or(&[], |message| &message.files),
            lane: Lane::Interaction,
            repeat: Repeat::TakenOnce,
            interaction_token: token,
            ..Call::plain("answer", LightMethod::Post, Route::InteractionResponse { interaction_id, token })
        };
        self.send(&call, until).await.map(drop)
    }

    /// Puts `message` in the place of the first answer, or of the "is thinking" that announced it. Whether it is private was
    /// decided there.
    ///
    /// # Errors
    /// All but [`SendError::Uncertain`] and [`SendError::Unreadable`].
    pub(crate) async fn edit_answer(
        &self,
        token: &str,
        message: &Message,
        until: Instant,
    ) -> Result<(), SendError> {
        let route = Route::WebhookOriginalInteractionResponse { application_id: self.application()?, token };
        let call = Call {
            body: Some(call::json(&call::message(message, Use::Edit)?)?),
            files: &message.files,
            lane: Lane::Interaction,
            interaction_token: token,
            ..Call::plain("edit answer", LightMethod::Patch, route)
        };
        self.send(&call, until).await.map(drop)
    }

    /// Takes the first answer away.
    ///
    /// # Errors
    /// All but [`SendError::Uncertain`] and [`SendError::Unreadable`].
    pub(crate) async fn delete_answer(&self, token: &str, until: Instant) -> Result<(), SendError> {
        let route = Route::WebhookOriginalInteractionResponse { application_id: self.application()?, token };
        let call = Call {
            lane: Lane::Interaction,
            interaction_token: token,
            ..Call::plain("delete answer", LightMethod::Delete, route)
        };
        self.send(&call, until).await.map(drop)
    }

    /// A further message after the first answer. Discord takes no nonce here, so that it is sent again only when it surely did
    /// not arrive. None when Discord took it but did not readably say as what.
    ///
    /// # Errors
    /// All but [`SendError::Unreadable`].
    pub(crate) async fn follow_up(
        &self,
        token: &str,
        message: &Message,
        until: Instant,
    ) -> Result<Option<MessageId>, SendError> {
        let route = Route::WebhookFollowupMessages { application_id: self.application()?, token };
        let call = Call {
            body: Some(call::json(&call::message(message, Use::Answer)?)?),
            files: &message.files,
            lane: Lane::Interaction,
            repeat: Repeat::Never,
            interaction_token: token,
            ..Call::plain("follow up", LightMethod::Post, route)
        };
        self.send(&call, until).await.map(|reply| id(&reply))
    }

    /// A message in a channel, after those that were asked for earlier. With a nonce it is sent again until Discord takes it;
    /// without, only when it surely did not arrive. None when Discord took it but did not readably say as what.
    ///
    /// # Errors
    /// All but [`SendError::Unreadable`]. [`SendError::Uncertain`] when it may have arrived, whatever was said of the last try.
    pub(crate) async fn post(
        &self,
        channel_id: ChannelId,
        message: &Message,
        until: Instant,
    ) -> Result<Option<MessageId>, SendError> {
        let repeat = if message.nonce.is_some() { Repeat::ByNonce } else { Repeat::Never };
        self.put(channel_id, message, Lane::Channel(channel_id), repeat, until).await
    }

    /// A message in a channel, after those that were asked for earlier, for a caller who afterwards looks whether it is there: it is
    /// sent again only after a rate limit or where no connection could be made. A nonce is sent along, but nothing rests on it.
    /// None when Discord took it but did not readably say as what. However many of these there are, nothing else waits long for them.
    ///
    /// # Errors
    /// All but [`SendError::Unreadable`]; [`SendError::fate`] says what is known.
    pub(crate) async fn post_once(
        &self,
        channel_id: ChannelId,
        message: &Message,
        until: Instant,
    ) -> Result<Option<MessageId>, SendError> {
        self.put(channel_id, message, Lane::Delivery(channel_id), Repeat::ByCaller, until).await
    }

    async fn put(
        &self,
        channel_id: ChannelId,
        message: &Message,
        lane: Lane,
        repeat: Repeat,
        until: Instant,
    ) -> Result<Option<MessageId>, SendError> {
        let call = Call {
            body: Some(call::json(&call::message(message, Use::Post)?)?),
            files: &message.files,
            lane,
            repeat,
            ..Call::plain("post", LightMethod::Post, Route::ChannelMessages { channel_id })
        };
        self.send(&call, until).await.map(|reply| id(&reply))
    }

    /// Puts `message` in the place of one that the bot posted in a channel, after what was asked for earlier. It may be made twice:
    /// when the error leaves it open whether it was carried out, it is simply made again.
    ///
    /// # Errors
    /// All but [`SendError::Uncertain`] and [`SendError::Unreadable`]; [`SendError::Gone`] when somebody deleted it.
    pub(crate) async fn edit(
        &self,
        channel_id: ChannelId,
        message_id: MessageId,
        message: &Message,
        until: Instant,
    ) -> Result<(), SendError> {
        let call = Call {
            body: Some(call::json(&call::message(message, Use::Edit)?)?),
            files: &message.files,
            lane: Lane::Delivery(channel_id),
            ..Call::plain("edit", LightMethod::Patch, Route::ChannelMessage { channel_id, message_id })
        };
        self.send(&call, until).await.map(drop)
    }

    /// Makes `commands` all the commands there are, in one guild or everywhere.
    ///
    /// # Errors
    /// All but [`SendError::Uncertain`] and [`SendError::Unreadable`].
    pub(crate) async fn register(
        &self,
        scope: Option<GuildId>,
        commands: &[impl Serialize],
        until: Instant,
    ) -> Result<(), SendError> {
        let application_id = self.application()?;
        let route = match scope {
            Some(guild_id) => Route::GuildCommands { application_id, guild_id },
            None => Route::Commands { application_id },
        };
        let call =
            Call { body: Some(call::json(&commands)?), ..Call::plain("register", LightMethod::Put, route) };
        self.send(&call, until).await.map(drop)
    }

    /// Leaves a guild.
    ///
    /// # Errors
    /// All but [`SendError::Uncertain`] and [`SendError::Unreadable`].
    pub(crate) async fn leave(&self, guild_id: GuildId, until: Instant) -> Result<(), SendError> {
        let call = Call::plain("leave", LightMethod::Delete, Route::UserMeGuild { guild_id });
        self.send(&call, until).await.map(drop)
    }

    /// Asks for something.
    ///
    /// # Errors
    /// All but [`SendError::Uncertain`].
    pub(crate) async fn get<T: DeserializeOwned>(
        &self,
        route: Route<'_>,
        until: Instant,
    ) -> Result<Fetched<T>, SendError> {
        let reply = self.send(&Call::plain("get", LightMethod::Get, route), until).await?;
        let value = decode(&reply).ok_or(SendError::Unreadable)?;
        Ok(Fetched { value, date: limit::date(&reply.headers) })
    }

    fn application(&self) -> Result<ApplicationId, SendError> {
        match self.inner.application.load(Ordering::Acquire) {
            0 => Err(SendError::Refused {
                status: 0,
                code: 0,
                message: "the application is not known yet".to_owned(),
            }),
            id => Ok(ApplicationId::new(id)),
        }
    }

    fn url(&self, route: Route<'_>) -> String {
        let url = route.path();
        match (&self.inner.api, url.strip_prefix(DISCORD)) {
            (Api::Loopback(base), Some(path)) => format!("{base}{path}"),
            _ => url.into_owned(),
        }
    }
}

/// None when the body is not readable as that.
fn decode<T: DeserializeOwned>(reply: &Reply) -> Option<T> {
    serde_json::from_slice(reply.body.as_deref()?).ok()
}

fn id<Id: DeserializeOwned>(reply: &Reply) -> Option<Id> {
    decode::<Identified<Id>>(reply).map(|answer| answer.id)
}
