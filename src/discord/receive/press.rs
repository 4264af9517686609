//! Buttons. Whoever presses is treated as whoever asks: what a button says gives nobody a right.

use serenity::model::Permissions;
use serenity::model::application::ComponentInteraction;
use serenity::model::channel::{ChannelType, Message as Posted, MessageFlags};

use super::Receiver;
use super::reply::{Answering, Asker};
use crate::discord::access;
use crate::discord::custom_id::{Action, Question, Unreadable, decode};
use crate::discord::limits::LABEL;
use crate::discord::markdown::line;
use crate::discord::render::Shown;
use tokio::time::Instant;

const OTHER_VERSION: &str =
    "Knappen er fra en anden udgave af Referent. Stil spørgsmålet igen, så får du nye knapper.";
const NOT_OURS: &str = "Den knap kan ikke læses. Stil spørgsmålet igen, så får du nye knapper.";
const NOT_TO_SHARE: &str = "Du har ikke lov til at skrive i denne kanal, så svaret kan ikke deles her.";

impl Receiver {
    pub(super) async fn pressed(&self, press: &ComponentInteraction, received: Instant) {
        let asker = Asker {
            id: press.id,
            application: press.application_id,
            token: press.token.clone(),
            user: press.user.id,
            guild: press.guild_id,
            channel: press.channel_id,
            bot_may: press.app_permissions.unwrap_or(Permissions::empty()),
            may_manage: access::may_manage(
                &self.desk.session.config.discord,
                press.guild_id,
                press.member.as_ref(),
            ),
            received,
        };
        let visitor = asker.visitor();
        let action = decode(&press.data.custom_id);
        // Who turns pages reads, and asks nothing new.
        let is_turning = matches!(action, Ok(Action::Page { .. } | Action::Part { .. }));
        let may = if is_turning { self.may_turn(&asker).await } else { self.may_ask(&asker).await };
        if !may {
            return;
        }
        let action = match action {
            Ok(action) => action,
            Err(Unreadable::OtherVersion) => return self.tell(&asker, OTHER_VERSION).await,
            Err(Unreadable::NotOurs) => {
                tracing::warn!("a button that no version has made");
                return self.tell(&asker, NOT_OURS).await;
            }
        };
        let is_private = press.message.flags.is_some_and(|flags| flags.contains(MessageFlags::EPHEMERAL));
        // An answer in the open is its asker's: others turn the pages of a copy of their own.
        let is_theirs = asked_by(&press.message) == Some(asker.user);
        let (how, in_place) = match (asker.guild, is_private, is_theirs) {
            (None, ..) => (Answering::Changing, Shown::Directly),
            (Some(_), true, _) => (Answering::Changing, Shown::Privately),
            (Some(_), false, true) => (Answering::Changing, Shown::Openly),
            (Some(_), false, false) => (Answering::Anew, Shown::Privately),
        };
        match action {
            Action::Ask { request } => {
                let always = is_private || request.command.private_always;
                let shown = self.shown(&asker, None, always);
                self.reply(&asker, Answering::Anew, shown, move |desk| {
                    desk.page(&Question { request, today: desk.today() }, 0, shown, visitor)
                })
                .await;
            }
            Action::Page { question, page } => {
                self.reply(&asker, how, in_place, move |desk| desk.page(&question, page, in_place, visitor))
                    .await;
            }
            Action::Whole { question, page } => {
                self.reply(&asker, Answering::Anew, Shown::Privately, move |desk| {
                    desk.whole(&question, page, 0, visitor)
                })
                .await;
            }
            Action::Part { question, page, part } => {
                // All words are shown to one person alone, and never in the place of what others see.
                let how = if in_place == Shown::Openly { Answering::Anew } else { how };
                self.reply(&asker, how, Shown::Privately, move |desk| {
                    desk.whole(&question, page, part, visitor)
                })
                .await;
            }
            Action::Share { question, page } => {
                if !may_write(press) {
                    return self.tell(&asker, NOT_TO_SHARE).await;
                }
                let sharer = line(name(press), LABEL);
                self.reply(&asker, Answering::Anew, Shown::Openly, move |desk| {
                    let mut message = desk.page(&question, page, Shown::Openly, visitor);
                    if !message.is_notice {
                        message.content = format!("Delt af {sharer}");
                    }
                    message
                })
                .await;
            }
        }
    }
}

/// Whose question a message answers: a command's, a button's, or a message's.
fn asked_by(message: &Posted) -> Option<serenity::model::id::UserId> {
    use serenity::model::application::MessageInteractionMetadata::{Command, Component};
    match message.interaction_metadata.as_deref() {
        Some(Command(command)) => Some(command.user.id),
        Some(Component(component)) => Some(component.user.id),
        _ => message.referenced_message.as_ref().map(|asked| asked.author.id),
    }
}

/// Whether whoever presses may write in the channel themselves. In a thread that is another right than in a channel.
fn may_write(press: &ComponentInteraction) -> bool {
    use ChannelType::{NewsThread, PrivateThread, PublicThread};
    let may = press.member.as_ref().and_then(|member| member.permissions).unwrap_or(Permissions::empty());
    let is_thread = press
        .channel
        .as_ref()
        .is_some_and(|channel| matches!(channel.kind, NewsThread | PublicThread | PrivateThread));
    let write = if is_thread { Permissions::SEND_MESSAGES_IN_THREADS } else { Permissions::SEND_MESSAGES };
    press.guild_id.is_none() || may.contains(write)
}

fn name(press: &ComponentInteraction) -> &str {
    press.member.as_ref().map_or_else(|| press.user.display_name(), |member| member.display_name())
}
