//! The least bot that serenity can be: `/ping`, registered when it is ready, and nothing else. Benches start it as the floor to compare
//! with. Takes `DISCORD_TOKEN`, and `DISCORD_API` for another server than Discord.

use std::env;
use std::sync::Arc;

use serenity::all::{
    Client, ClientBuilder, Command, Context, CreateAllowedMentions, CreateCommand, CreateInteractionResponse,
    CreateInteractionResponseMessage, EventHandler, GatewayIntents, HttpBuilder, Interaction, Ready,
};
use serenity::async_trait;

struct Bare;

#[async_trait]
impl EventHandler for Bare {
    async fn ready(&self, context: Context, ready: Ready) {
        context.http.set_application_id(ready.application.id);
        let ping = CreateCommand::new("ping").description("Says pong");
        if let Err(trouble) = Command::set_global_commands(&context.http, vec![ping]).await {
            eprintln!("cannot register: {trouble}");
        }
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        let Interaction::Command(command) = interaction else { return };
        let nobody = CreateAllowedMentions::new();
        let pong = CreateInteractionResponseMessage::new().content("pong").allowed_mentions(nobody);
        let answer = CreateInteractionResponse::Message(pong);
        if let Err(trouble) = command.create_response(&context.http, answer).await {
            eprintln!("cannot answer: {trouble}");
        }
    }
}

async fn client() -> Result<Client, Box<dyn std::error::Error>> {
    let token = env::var("DISCORD_TOKEN")?;
    let intents = GatewayIntents::GUILDS | GatewayIntents::GUILD_MESSAGES | GatewayIntents::DIRECT_MESSAGES;
    // With the rate limiter on, another address is silently ignored.
    let http = match env::var("DISCORD_API") {
        Ok(api) => HttpBuilder::new(token).proxy(api).ratelimiter_disabled(true).build(),
        Err(_) => HttpBuilder::new(token).build(),
    };
    Ok(ClientBuilder::new_with_http(http, intents).event_handler_arc(Arc::new(Bare)).await?)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    client().await?.start().await?;
    Ok(())
}
