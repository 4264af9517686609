//! Answering an interaction in time: at once, or announced and then given; and when Discord cannot be reached, said in the channel.

use std::time::Duration;

use serde::Deserialize;
use serenity::http::Route;
use serenity::model::Permissions;
use serenity::model::id::{ApplicationId, ChannelId, GuildId, InteractionId, UserId};

use super::{BROKEN, Receiver};
use crate::discord::desk::{Desk, Visitor};
use crate::discord::limits::{FIRST_ANSWER, TOKEN_LIFE};
use crate::discord::message::Message;
use crate::discord::render::{self, Shown};
use crate::discord::transport::{AnswerKind, SendError};
use crate::health::count;
use tokio::time::Instant;

/// An answer that takes longer is announced first.
const ANNOUNCE_AFTER: Duration = Duration::from_secs(1);
/// An answer that takes longer is given up.
const GIVE_UP_AFTER: Duration = Duration::from_secs(60);
/// What is left of the time that Discord gives, for its own way and ours.
const MARGIN: Duration = Duration::from_millis(250);
/// How long it is tried to say in the channel that an answer did not arrive.
const LAST_RESORT: Duration = Duration::from_secs(120);

const TOO_SLOW: &str = "Det tog for lang tid at finde svaret. Prøv igen, eller spørg om mindre ad gangen.";
const NOT_SHOWN: &str = "Svaret blev fundet, men kunne ikke vises i Discord. Prøv igen; sker det igen, så sig det til den, der driver Referent.";

/// Who asked by an interaction, and how to answer.
#[derive(Debug, Clone)]
pub(super) struct Asker {
    pub(super) id: InteractionId,
    pub(super) application: ApplicationId,
    /// Never logged: whoever has it can answer in the bot's name.
    pub(super) token: String,
    pub(super) user: UserId,
    /// None in a direct message.
    pub(super) guild: Option<GuildId>,
    pub(super) channel: ChannelId,
    /// What the bot may do there.
    pub(super) bot_may: Permissions,
    /// Whether they may decide what the channel follows.
    pub(super) may_manage: bool,
    pub(super) received: Instant,
}

/// How an interaction is answered first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answering {
    /// With a message of its own.
    Anew,
    /// By changing the message whose button was pressed.
    Changing,
}

/// Discord's flag for an answer that was announced and has not come.
const LOADING: u64 = 1 << 7;

/// What is looked at of an answer to see whether it is one.
#[derive(Deserialize)]
struct Found {
    #[serde(default)]
    flags: u64,
}

impl Receiver {
    /// Gives what `work` finds to whoever asked. `shown` tells who is expected to see it, should it have to be announced before
    /// it is known.
    pub(super) async fn reply(
        &self,
        asker: &Asker,
        how: Answering,
        shown: Shown,
        work: impl FnOnce(&Desk) -> Message + Send + 'static,
    ) {
        let mut work = std::pin::pin!(self.message_of(work));
        let announce_at = asker.received + ANNOUNCE_AFTER;
        tokio::select! {
            message = &mut work => self.at_once(asker, how, &message).await,
            () = tokio::time::sleep_until(announce_at) => {
                let announced = match how {
                    Answering::Anew => AnswerKind::Defer { private: shown == Shown::Privately },
                    Answering::Changing => AnswerKind::DeferUpdate,
                };
                match self.first(asker, announced).await {
                    Err(error @ (SendError::Gone { .. } | SendError::Refused { .. })) => {
                        return self.did_not_arrive(asker, &error).await;
                    }
                    // It may have arrived all the same: then the answer can follow, and if not, that shows.
                    Err(error) => tracing::warn!(%error, "it is not known whether an answer was announced"),
                    Ok(()) => {}
                }
                let give_up_at = asker.received + GIVE_UP_AFTER;
                let message = tokio::time::timeout_at(give_up_at, work).await;
                let message = message.unwrap_or_else(|_| render::apology(TOO_SLOW));
                self.afterwards(asker, how, shown, &message).await;
            }
        }
    }

    /// A sentence to whoever asked, which is no answer: where it does not arrive, nothing is said in the channel instead, for one
    /// person could fill it.
    pub(super) async fn tell(&self, asker: &Asker, text: &str) {
        match self.first(asker, AnswerKind::Message(&render::notice(text))).await {
            Ok(()) => count(&self.desk.health.counts.answered),
            Err(error) => {
                tracing::debug!(%error, "a notice did not arrive");
                count(&self.desk.health.counts.lost);
            }
        }
    }

    async fn at_once(&self, asker: &Asker, how: Answering, message: &Message) {
        // What only one person may see cannot take the place of what all see.
        let kind = match how {
            Answering::Changing if !message.is_notice => AnswerKind::Update(message),
            _ => AnswerKind::Message(message),
        };
        match self.first(asker, kind).await {
            Ok(()) => self.arrived(message),
            Err(error @ SendError::Refused { .. }) => {
                tracing::error!(%error, "an answer was refused");
                match self.first(asker, AnswerKind::Message(&render::apology(NOT_SHOWN))).await {
                    Ok(()) => count(&self.desk.health.counts.apologised),
                    Err(error) => self.did_not_arrive(asker, &error).await,
                }
            }
            Err(error) => self.did_not_arrive(asker, &error).await,
        }
    }

    /// Counts what arrived.
    pub(super) fn arrived(&self, message: &Message) {
        let counts = &self.desk.health.counts;
        count(if message.is_apology { &counts.apologised } else { &counts.answered });
    }

    /// The first answer, which must come soon.
    async fn first(&self, asker: &Asker, kind: AnswerKind<'_>) -> Result<(), SendError> {
        self.transport.answer(asker.id, &asker.token, kind, asker.soon()).await
    }

    /// Gives an answer that was announced.
    async fn afterwards(&self, asker: &Asker, how: Answering, shown: Shown, message: &Message) {
        let until = asker.received + TOKEN_LIFE - MARGIN;
        let to_one = message.is_notice && (shown == Shown::Openly || how == Answering::Changing);
        let given = if to_one {
            // Announced to all, but for one person only: the announcement goes, where it was a message of its own.
            if how == Answering::Anew
                && let Err(error) = self.transport.delete_answer(&asker.token, until).await
            {
                tracing::warn!(%error, "an announcement stays");
            }
            self.transport.follow_up(&asker.token, message, until).await.map(drop)
        } else {
            self.transport.edit_answer(&asker.token, message, until).await
        };
        match given {
            Ok(()) => self.arrived(message),
            Err(error) => {
                tracing::error!(%error, "an announced answer was not taken");
                let sorry = render::apology(if matches!(error, SendError::Refused { .. }) {
                    NOT_SHOWN
                } else {
                    BROKEN
                });
                match self.transport.edit_answer(&asker.token, &sorry, until).await {
                    Ok(()) => count(&self.desk.health.counts.apologised),
                    Err(error) => self.did_not_arrive(asker, &error).await,
                }
            }
        }
    }

    /// Discord did not say that it took the first answer. Where it did all the same, all is well; else it is said in the channel, for an
    /// interaction that was not answered in time cannot be answered at all.
    async fn did_not_arrive(&self, asker: &Asker, error: &SendError) {
        let until = Instant::now() + LAST_RESORT;
        let answer = Route::WebhookOriginalInteractionResponse {
            application_id: asker.application,
            token: &asker.token,
        };
        let found = self.transport.get::<Found>(answer, until).await;
        if found.is_ok_and(|found| found.value.flags & LOADING == 0) {
            return count(&self.desk.health.counts.answered);
        }
        let may_post = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES;
        if asker.guild.is_some() && !asker.bot_may.contains(may_post) {
            tracing::error!(%error, "an answer was lost, and the bot may not write in the channel");
            return count(&self.desk.health.counts.lost);
        }
        let sorry = Message {
            content: format!(
                "<@{}>: et spørgsmål til Referent blev ikke besvaret i tide, fordi forbindelsen til Discord var afbrudt. Stil det igen.",
                asker.user
            ),
            nonce: Some(asker.id.to_string()),
            ..Message::default()
        };
        match self.transport.post(asker.channel, &sorry, until).await {
            Ok(_) => {
                tracing::warn!(%error, "an answer did not arrive; said so in the channel");
                count(&self.desk.health.counts.apologised);
            }
            Err(second) => {
                tracing::error!(%error, %second, "an answer was lost, and its asker could not be told");
                count(&self.desk.health.counts.lost);
            }
        }
    }
}

impl Asker {
    /// Where they ask, as the desk knows it.
    pub(super) fn visitor(&self) -> Visitor {
        Visitor { channel: self.channel, user: self.user, may_manage: self.may_manage }
    }

    /// Until when the first answer is taken.
    pub(super) fn soon(&self) -> Instant {
        self.received + FIRST_ANSWER - MARGIN
    }
}
