//! Commands, proposals while somebody types, and the menu of a message.

use commands::{COMMANDS, Request};
use serenity::model::Permissions;
use serenity::model::application::{
    CommandDataOption, CommandDataOptionValue, CommandInteraction, CommandType, Interaction,
};

use super::Receiver;
use super::reply::{Answering, Asker};
use crate::config::Answers;
use crate::discord::access::{self, Turn};
use crate::discord::custom_id::Question;
use crate::discord::limits::{CHOICE, CHOICES};
use crate::discord::markdown::label;
use crate::discord::register::{LOOK_UP, PRIVATE, YES_NO};
use crate::discord::render::{self, Shown};
use crate::discord::transport::{AnswerKind, Choice};
use crate::health::count;
use tokio::time::{Instant, timeout_at};

const NOT_HERE: &str =
    "Referent svarer ikke på denne server. Den, der driver Referent, kan tilføje serveren i bot.toml.";
const ENDING: &str = "Referent er ved at genstarte. Spørg igen om et øjeblik.";
const UNKNOWN: &str = "Den kommando kender denne udgave af Referent ikke. Skriv / for at se dem, der findes.";

impl Receiver {
    pub(super) async fn interaction(&self, interaction: Interaction) {
        let received = Instant::now();
        match interaction {
            Interaction::Command(command) => self.command(&command, received).await,
            Interaction::Autocomplete(command) => self.propose(&command, received).await,
            Interaction::Component(press) => self.pressed(&press, received).await,
            // Neither forms nor anything else is sent out that could come back.
            other => tracing::warn!(kind = ?other.kind(), "an interaction of a kind that is not used"),
        }
    }

    async fn command(&self, command: &CommandInteraction, received: Instant) {
        let asker = self.asker(command, received);
        if !self.may_ask(&asker).await {
            return;
        }
        let visitor = asker.visitor();
        if command.data.kind == CommandType::Message && command.data.name == LOOK_UP {
            let content: Vec<String> = command.data.resolved.messages.values().map(words).collect();
            let shown = self.shown(&asker, None, false);
            return self
                .reply(&asker, Answering::Anew, shown, move |desk| {
                    desk.look_up(&content.join("\n"), shown, visitor)
                })
                .await;
        }
        let known = COMMANDS.iter().find(|known| known.name == command.data.name);
        let Some(known) = known.filter(|_| command.data.kind == CommandType::ChatInput) else {
            return self.tell(&asker, UNKNOWN).await;
        };
        let (privacy, options): (Vec<_>, Vec<_>) =
            command.data.options.iter().map(written).partition(|(name, _)| *name == PRIVATE);
        let privacy = privacy.first().map(|(_, value)| value.as_str());
        if let Some(strange) = privacy.filter(|value| !YES_NO.contains(value)) {
            return self
                .tell(&asker, &format!("»{PRIVATE}« er ja eller nej, ikke »{}«.", shortened(strange)))
                .await;
        }
        let shown = self.shown(&asker, privacy, known.private_always);
        let request = match Request::new(known.name, options) {
            Ok(request) => request,
            Err(error) => {
                return self
                    .reply(&asker, Answering::Anew, Shown::Privately, move |_| render::error(&error))
                    .await;
            }
        };
        self.reply(&asker, Answering::Anew, shown, move |desk| {
            desk.page(&Question { request, today: desk.today() }, 0, shown, visitor)
        })
        .await;
    }

    fn asker(&self, command: &CommandInteraction, received: Instant) -> Asker {
        let config = &self.desk.session.config.discord;
        Asker {
            id: command.id,
            application: command.application_id,
            token: command.token.clone(),
            user: command.user.id,
            guild: command.guild_id,
            channel: command.channel_id,
            bot_may: command.app_permissions.unwrap_or(Permissions::empty()),
            may_manage: access::may_manage(config, command.guild_id, command.member.as_deref()),
            received,
        }
    }

    async fn propose(&self, command: &CommandInteraction, received: Instant) {
        let asker = self.asker(command, received);
        let known = COMMANDS.iter().find(|known| known.name == command.data.name);
        let focused = command.data.autocomplete();
        let allowed = access::is_allowed(&self.desk.session.config.discord, asker.guild)
            && self.pace.proposals(asker.user, received) == Turn::Yes;
        let proposals = match (known, focused) {
            (Some(known), Some(focused)) if allowed => {
                let (option, typed) = (focused.name.to_owned(), focused.value.to_owned());
                let others: Vec<(String, String)> = command
                    .data
                    .options
                    .iter()
                    .map(written)
                    .filter(|(name, _)| *name != option)
                    .map(|(name, value)| (name.to_owned(), value))
                    .collect();
                let work = move |desk: &crate::discord::desk::Desk| {
                    let others: Vec<(&str, &str)> =
                        others.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
                    desk.proposals(known, &option, &typed, &others)
                };
                self.at_desk(work, |_| Vec::new()).await
            }
            _ => Vec::new(),
        };
        let choices: Vec<Choice> = proposals.iter().take(CHOICES).map(choice).collect();
        match self.transport.answer(asker.id, &asker.token, AnswerKind::Choices(&choices), asker.soon()).await
        {
            Ok(()) => count(&self.desk.health.counts.proposed),
            // The person types on, or has what they need; there is nothing to apologise for.
            Err(error) => tracing::debug!(%error, "proposals not taken"),
        }
    }

    /// Whether a person may ask here and now; if not, they have been told.
    pub(super) async fn may_ask(&self, asker: &Asker) -> bool {
        if self.stop.is_cancelled() {
            self.tell(asker, ENDING).await;
            return false;
        }
        if !access::is_allowed(&self.desk.session.config.discord, asker.guild) {
            self.tell(asker, NOT_HERE).await;
            return false;
        }
        self.in_turn(asker, self.pace.question(asker.user, asker.received)).await
    }

    /// [`Receiver::may_ask`] for who turns the pages of an answer: as often as somebody may type.
    pub(super) async fn may_turn(&self, asker: &Asker) -> bool {
        let is_here = access::is_allowed(&self.desk.session.config.discord, asker.guild);
        if self.stop.is_cancelled() || !is_here {
            return self.may_ask(asker).await;
        }
        self.in_turn(asker, self.pace.proposals(asker.user, asker.received)).await
    }

    async fn in_turn(&self, asker: &Asker, turn: Turn) -> bool {
        match turn {
            Turn::Yes => true,
            Turn::Wait { seconds, .. } => {
                count(&self.desk.health.counts.hurried);
                // However many they are, they leave room for the answers of others.
                if let Ok(Ok(_place)) = timeout_at(asker.soon(), self.refusals.acquire()).await {
                    self.tell(asker, &wait(seconds)).await;
                }
                false
            }
        }
    }

    /// Who sees an answer: what the question says, else the configuration. In a direct message there is nobody else.
    pub(super) fn shown(&self, asker: &Asker, privacy: Option<&str>, always: bool) -> Shown {
        let private = match privacy {
            _ if always => true,
            Some(word) => word == YES_NO[0],
            None => self.desk.session.config.discord.answers == Answers::Private,
        };
        match (asker.guild, private) {
            (None, _) => Shown::Directly,
            (Some(_), true) => Shown::Privately,
            (Some(_), false) => Shown::Openly,
        }
    }
}

/// What a person who asks too often is told.
pub(super) fn wait(seconds: u64) -> String {
    let unit = if seconds == 1 { "sekund" } else { "sekunder" };
    format!("Det gik lidt stærkt. Spørg igen om {seconds} {unit}.")
}

/// All that stands in a message, its embeds too: the bot's own answers have their words there.
fn words(message: &serenity::model::channel::Message) -> String {
    let embeds = message.embeds.iter().flat_map(|embed| [&embed.title, &embed.description]);
    let texts = std::iter::once(&message.content).chain(embeds.flatten());
    texts.map(String::as_str).collect::<Vec<_>>().join("\n")
}

/// An option as it was written. All of ours are text; what is none is taken as nothing, and refused where something is needed.
fn written(option: &CommandDataOption) -> (&str, String) {
    let value = match &option.value {
        CommandDataOptionValue::String(value) | CommandDataOptionValue::Autocomplete { value, .. } => {
            value.clone()
        }
        _ => String::new(),
    };
    (&option.name, value)
}

/// What was written where it does not belong, as it is repeated.
fn shortened(written: &str) -> String {
    label(&minutes::read::without_cpr(written), CHOICE)
}

fn choice(proposal: &commands::Proposal) -> Choice {
    Choice { name: label(&proposal.label, CHOICE), value: proposal.value.chars().take(CHOICE).collect() }
}
