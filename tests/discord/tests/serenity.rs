//! A small serenity bot against the fake: what the fake sends is read by a real library, and what that sends is understood.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::time::Duration;

use fake_discord::{
    ADMIN, Asker, CHANNEL, Fake, GUILD, GatewayFault, OTHER_GUILD, Setup, ShownMessage, THREAD, Trouble, USER,
};
use serenity::all::{
    AutocompleteChoice, ButtonStyle, Client, ClientBuilder, Command, CommandDataOptionValue,
    CommandOptionType, CommandType, ComponentInteraction, Context, CreateActionRow, CreateAllowedMentions,
    CreateAttachment, CreateAutocompleteResponse, CreateButton, CreateCommand, CreateCommandOption,
    CreateEmbed, CreateInteractionResponse, CreateInteractionResponseFollowup,
    CreateInteractionResponseMessage, CreateMessage, EditInteractionResponse, EventHandler, GatewayIntents,
    HttpBuilder, Interaction, Message, Nonce, Ready,
};
use serenity::async_trait;

type Outcome = Result<(), serenity::Error>;

struct Bot;

fn quiet() -> CreateAllowedMentions {
    CreateAllowedMentions::new()
}

fn said(text: &str) -> CreateInteractionResponseMessage {
    CreateInteractionResponseMessage::new().content(text).allowed_mentions(quiet())
}

impl Bot {
    async fn register(context: &Context) -> Outcome {
        let text = CreateCommandOption::new(CommandOptionType::String, "tekst", "Det, der siges");
        let text = text.required(true).max_length(80).set_autocomplete(true);
        let private = CreateCommandOption::new(CommandOptionType::Boolean, "privat", "Kun til dig");
        let echo =
            CreateCommand::new("sig").description("Siger det igen").add_option(text).add_option(private);
        let slow = CreateCommand::new("længe").description("Svarer senere");
        let lookup = CreateCommand::new("Slå op").kind(CommandType::Message);
        Command::set_global_commands(&context.http, vec![echo, slow, lookup]).await?;
        Ok(())
    }

    async fn act(context: &Context, interaction: Interaction) -> Outcome {
        match interaction {
            Interaction::Command(it) if it.data.name == "sig" => {
                let text =
                    it.data.options.first().and_then(|it| it.value.as_str()).unwrap_or_default().to_owned();
                let private =
                    it.data.options.iter().any(|it| it.value == CommandDataOptionValue::Boolean(true));
                let more = CreateButton::new("mere").label("Mere").style(ButtonStyle::Primary);
                let source = CreateButton::new_link("https://example.org").label("Kilde");
                let answer = said(&text)
                    .embed(CreateEmbed::new().title("Titel").field("Navn", "Værdi", false))
                    .components(vec![CreateActionRow::Buttons(vec![more, source])])
                    .add_file(CreateAttachment::bytes(text.as_bytes(), "svar.txt"))
                    .ephemeral(private);
                it.create_response(&context.http, CreateInteractionResponse::Message(answer)).await
            }
            Interaction::Command(it) if it.data.name == "længe" => {
                it.create_response(&context.http, CreateInteractionResponse::Defer(said("").ephemeral(true)))
                    .await?;
                it.edit_response(
                    &context.http,
                    EditInteractionResponse::new().content("endelig").allowed_mentions(quiet()),
                )
                .await?;
                let more =
                    CreateInteractionResponseFollowup::new().content("og mere").allowed_mentions(quiet());
                it.create_followup(&context.http, more).await?;
                Ok(())
            }
            Interaction::Command(it) => {
                let text =
                    it.data.resolved.messages.values().map(|it| it.content.as_str()).collect::<String>();
                it.create_response(&context.http, CreateInteractionResponse::Message(said(&text))).await
            }
            Interaction::Autocomplete(it) => {
                let typed = it.data.autocomplete().map(|it| it.value.to_uppercase()).unwrap_or_default();
                let choices = CreateAutocompleteResponse::new()
                    .set_choices(vec![AutocompleteChoice::new(typed.clone(), typed)]);
                it.create_response(&context.http, CreateInteractionResponse::Autocomplete(choices)).await
            }
            Interaction::Component(it) => Self::pressed(context, &it).await,
            _ => Ok(()),
        }
    }

    async fn pressed(context: &Context, it: &ComponentInteraction) -> Outcome {
        let by = it.member.as_ref().map_or("nogen i en DM", |it| it.display_name());
        let answer = said(&format!("trykket af {by}")).components(Vec::new());
        it.create_response(&context.http, CreateInteractionResponse::UpdateMessage(answer)).await
    }

    async fn hear(context: &Context, message: &Message) -> Outcome {
        if message.author.bot {
            return Ok(());
        }
        let text = format!("hørt: »{}«", message.content);
        let answer = CreateMessage::new()
            .content(text)
            .reference_message(message)
            .nonce(Nonce::String("en-gang".to_owned()))
            .enforce_nonce(true)
            .allowed_mentions(quiet());
        message.channel_id.send_message(&context.http, answer).await?;
        Ok(())
    }
}

#[async_trait]
impl EventHandler for Bot {
    async fn ready(&self, context: Context, ready: Ready) {
        context.http.set_application_id(ready.application.id);
        Self::register(&context).await.unwrap();
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        Self::act(&context, interaction).await.unwrap();
    }

    async fn message(&self, context: Context, message: Message) {
        Self::hear(&context, &message).await.unwrap();
    }
}

async fn client(fake: &Fake) -> Client {
    let http = HttpBuilder::new(fake.token()).proxy(fake.api()).ratelimiter_disabled(true).build();
    let intents = GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES;
    ClientBuilder::new_with_http(http, intents).event_handler(Bot).await.unwrap()
}

async fn start(setup: Setup) -> Fake {
    let fake = Fake::start(setup).await;
    let mut client = client(&fake).await;
    tokio::spawn(async move { client.start().await });
    fake.wait_ready().await;
    fake.wait_registered().await;
    fake
}

#[tokio::test]
async fn a_command_is_answered_as_the_asker_sees_it() {
    let fake = start(Setup::default()).await;
    let reply = fake.command(&Asker::default(), "/sig tekst:kl. 9:30 i dag privat:ja").await;
    assert_eq!(reply.text(), "kl. 9:30 i dag\nTitel\nNavn\nVærdi");
    assert!(reply.private && !reply.deferred && reply.edited.is_none());
    assert_eq!(reply.callbacks.iter().map(|it| it.kind).collect::<Vec<_>>(), [4]);
    let file = &reply.message().attachments[0];
    assert_eq!((file.name.as_str(), file.bytes.as_slice()), ("svar.txt", "kl. 9:30 i dag".as_bytes()));
    let labels: Vec<String> = reply.message().buttons().into_iter().map(|it| it.label).collect();
    assert_eq!(labels, ["Mere", "Kilde"]);
    let open = fake.command(&Asker::in_channel(ADMIN, THREAD), "/sig tekst:åbent").await;
    assert!(!open.private);
}

#[tokio::test]
async fn a_person_cannot_send_what_discord_would_not_let_them() {
    let fake = start(Setup::default()).await;
    let long = format!("/sig tekst:{}", "x".repeat(81));
    for line in ["/ukendt", "/sig", "/sig privat:ja", "/sig tekst:a privat:måske", long.as_str()] {
        let outcome = fake.try_command(&Asker::default(), line).await;
        assert!(matches!(outcome, Err(Trouble::Impossible(_))), "{line}: {outcome:?}");
    }
    let reply = fake.command(&Asker::default(), "/sig tekst:a").await;
    let link = fake.try_press(&Asker::default(), reply.message(), "Kilde").await;
    assert!(matches!(link, Err(Trouble::Impossible(_))), "{link:?}");
}

#[tokio::test]
async fn an_announced_answer_keeps_its_privacy_and_its_order() {
    let fake = start(Setup::default()).await;
    let reply = fake.command(&Asker::in_dm(USER), "/længe").await.settled().await.with_messages(2).await;
    assert!(reply.deferred && reply.private);
    let texts: Vec<String> = reply.messages.iter().map(ShownMessage::text).collect();
    assert_eq!(texts, ["endelig", "og mere"]);
    assert_eq!(reply.messages.iter().map(|it| it.ephemeral).collect::<Vec<_>>(), [true, false]);
}

#[tokio::test]
async fn proposals_buttons_and_message_commands_work() {
    let fake = start(Setup::default()).await;
    let asker = Asker::default();
    let choices = fake.autocomplete(&asker, "/sig", "tekst", "ab", &[("privat", "true")]).await;
    assert_eq!(choices.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["AB"]);
    let reply = fake.command(&asker, "/sig tekst:a").await;
    let pressed = fake.press(&asker, reply.message(), "Mere").await;
    assert_eq!(pressed.edited.as_ref().map(|it| it.content.as_str()), Some("trykket af Anne"));
    assert!(pressed.message().buttons().is_empty() && pressed.messages.is_empty());
    let message = fake.say(&asker, "se 27.00.00").await;
    let looked = fake.message_command(&asker, "Slå op", &message).await;
    assert_eq!(looked.text(), "se 27.00.00");
}

#[tokio::test]
async fn text_is_seen_only_where_discord_shows_it() {
    let fake = start(Setup::default()).await;
    let cases = [
        (Asker::default(), "hemmeligt".to_owned(), "hørt: »«".to_owned()),
        (Asker::in_dm(USER), "til dig".to_owned(), "hørt: »til dig«".to_owned()),
        (
            Asker::in_channel(USER, THREAD),
            format!("{} hej", fake.mention()),
            format!("hørt: »{} hej«", fake.mention()),
        ),
    ];
    for (asker, text, expected) in cases {
        let message = fake.say(&asker, &text).await;
        let answer = fake.next_message(message.channel).await;
        assert_eq!((answer.content, answer.reply_to), (expected, Some(message.id)));
    }
}

#[tokio::test]
async fn a_nonce_makes_a_post_unique_in_its_channel() {
    let fake = start(Setup::default()).await;
    let first = fake.say(&Asker::default(), "et").await;
    fake.next_message(CHANNEL).await;
    fake.say(&Asker::default(), "to").await;
    let again = fake.within(Duration::from_millis(300)).try_next_message(CHANNEL).await;
    assert!(matches!(again, Err(Trouble::Silence(_))), "{again:?}");
    let posts = fake.messages(first.channel).into_iter().filter(|it| it.nonce.is_some()).count();
    assert_eq!(posts, 1);
}

#[tokio::test]
async fn a_dropped_session_is_resumed_and_loses_nothing() {
    let fake = start(Setup::default()).await;
    fake.gateway(&GatewayFault::Drop);
    let reply = fake.command(&Asker::default(), "/sig tekst:igen").await;
    assert_eq!(reply.message().content, "igen");
    let counts = fake.counts();
    assert_eq!((counts.identifies, counts.resumes), (1, 1));
}

#[tokio::test]
async fn an_invalid_session_is_begun_anew() {
    let fake = start(Setup::default()).await;
    fake.gateway(&GatewayFault::Invalid { resumable: false });
    // serenity pauses for five seconds before it identifies again.
    fake.within(Duration::from_secs(20)).wait_identified(2).await;
    let reply = fake.command(&Asker::default(), "/sig tekst:igen").await;
    assert_eq!(reply.message().content, "igen");
}

#[tokio::test]
async fn what_exists_is_read_by_a_library() {
    let fake = Fake::start(Setup::default()).await;
    let http = HttpBuilder::new(fake.token()).proxy(fake.api()).ratelimiter_disabled(true).build();
    assert_eq!(http.get_current_user().await.unwrap().name, "referent");
    assert_eq!(http.get_current_application_info().await.unwrap().name, "Referent");
    assert_eq!(http.get_guilds(None, None).await.unwrap().len(), 2);
    assert_eq!(http.get_bot_gateway().await.unwrap().shards, 1);
    assert_eq!(http.get_guild(GUILD.into()).await.unwrap().name, "Fjordby Kommune");
    assert_eq!(http.get_channels(GUILD.into()).await.unwrap().len(), 2);
    assert_eq!(http.get_guild_roles(GUILD.into()).await.unwrap().len(), 3);
    assert_eq!(http.get_member(GUILD.into(), USER.into()).await.unwrap().display_name(), "Anne");
    let channel = http.get_channel(THREAD.into()).await.unwrap();
    assert_eq!(channel.guild().map(|it| it.name), Some("en tråd".to_owned()));
    let dm =
        http.create_private_channel(&serde_json::json!({ "recipient_id": USER.to_string() })).await.unwrap();
    assert_eq!(dm.recipient.id, USER);
    http.leave_guild(OTHER_GUILD.into()).await.unwrap();
    assert_eq!(http.get_guilds(None, None).await.unwrap().len(), 1);
}
