//! Servers that the bot is not meant for.

use std::time::{Duration, Instant};

use fake_discord::{Asker, CHANNEL, FAR_CHANNEL, Fake, GUILD, Guild, OTHER_GUILD, Setup, USER};
use serde_json::json;

use super::malformed::elsewhere;
use super::{anne, check_all_sent, check_polite, lives, open_messages};
use crate::bot::{Bot, Start, place, spawn};

const NOT_HERE: &str =
    "Referent svarer ikke på denne server. Den, der driver Referent, kan tilføje serveren i bot.toml.";
/// A server that the bot is invited to while it runs.
const NEW_GUILD: u64 = 200_000_000_000_000_009;
/// How long anything is waited for.
const PATIENCE: Duration = Duration::from_secs(20);
const LOOK: Duration = Duration::from_millis(10);

/// A bot that is meant for [`GUILD`] alone.
async fn start(other_guilds: &str) -> Bot {
    let config = format!("[discord]\nguilds = [\"{GUILD}\"]\nother_guilds = \"{other_guilds}\"\n");
    let start = Start { config, ..Start::default() };
    let place = place(&start);
    let fake = Fake::start(Setup::default()).await;
    let child = spawn(&fake, place.path(), &start.today);
    let bot = Bot { fake, child, place };
    wait(|| !bot.fake.guild_commands(GUILD).is_empty(), "commands registered").await;
    bot
}

async fn wait(is_so: impl Fn() -> bool, what: &str) {
    let end = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < end, "no {what}");
        tokio::time::sleep(LOOK).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn other_servers_get_no_answer() {
    let bot = start("ignore").await;
    assert!(bot.fake.commands().is_empty() && bot.fake.guild_commands(OTHER_GUILD).is_empty());
    let sag = json!({
        "id": "1", "name": "sag", "type": 1, "options": [{ "name": "nummer", "type": 3, "value": "27.00.00-A00-5-15" }],
    });
    let reply = bot.fake.command_raw(elsewhere(2, sag.clone())).await.settled().await;
    check_polite(&reply);
    assert_eq!(reply.text(), NOT_HERE);
    let mut typed = sag;
    typed["options"][0]["focused"] = json!(true);
    let proposed = bot.fake.command_raw(elsewhere(4, typed)).await;
    assert!(proposed.messages.is_empty() && !proposed.callbacks.is_empty());
    let far = Asker::in_channel(USER, FAR_CHANNEL);
    let said = bot.fake.say(&far, &format!("{} 27.00.00-A00-5-15", bot.fake.mention())).await;
    for button in ["1a|sag|27.00.00-A00-5-15", "1s0.20200820|sag|27.00.00-A00-5-15", "1p0.20200820|råd", "x"]
    {
        let pressed = bot.fake.press_raw(&far, &said, button).await.settled().await;
        check_polite(&pressed);
        assert_eq!(pressed.text(), NOT_HERE, "{button}");
    }
    // Where it is meant to be, it is: and until then it has not said a word elsewhere.
    bot.fake.say(&anne(), &format!("{} 27.00.00-A00-5-15", bot.fake.mention())).await;
    assert!(bot.fake.next_message(CHANNEL).await.text().contains(super::ANSWER));
    lives(&bot, &anne()).await;
    assert_eq!(open_messages(&bot, FAR_CHANNEL).len(), 0);
    assert!(bot.fake.is_in(OTHER_GUILD));
    check_all_sent(&bot);
}

#[tokio::test(flavor = "multi_thread")]
async fn other_servers_are_left() {
    let bot = start("leave").await;
    wait(|| !bot.fake.is_in(OTHER_GUILD), "leaving").await;
    bot.fake.join(Guild::new(NEW_GUILD, "Endnu en"));
    wait(|| !bot.fake.is_in(NEW_GUILD), "leaving").await;
    assert!(bot.fake.is_in(GUILD));
    lives(&bot, &anne()).await;
}
