//! Who sees what: as the question says, else as `bot.toml` does; what is wrong is told to nobody but the asker.

use fake_discord::{Asker, CHANNEL, Fake, GatewayFault, USER};

use super::{
    ANSWER, QUESTION, anne, check_all_sent, check_forgotten, check_log, check_polite, open_messages,
};
use crate::bot::{Bot, NO_HURRY, Start, TO_START, place, spawn_with};

/// `answers` of bot.toml, what the question says, and whether the answer is private.
const WHO_SEES: &[(&str, &str, bool)] = &[
    ("private", "", true),
    ("private", " privat:ja", true),
    ("private", " privat:nej", false),
    ("public", "", false),
    ("public", " privat:ja", true),
    ("public", " privat:nej", false),
];
/// Questions that have no answer, but an error.
const WRONG: &[&str] = &["/møde dato:igår", "/råd udvalg:Ældrerådet dato:31-02-2020"];

fn config(answers: &str) -> String {
    format!("[discord]\nanswers = \"{answers}\"\n{NO_HURRY}")
}

async fn start(answers: &str) -> Bot {
    Bot::start(Start { config: config(answers), ..Start::default() }).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_question_says_who_sees_the_answer_and_else_the_configuration() {
    for answers in ["private", "public"] {
        let bot = start(answers).await;
        let direct = Asker::in_dm(USER);
        for (_, privacy, private) in WHO_SEES.iter().filter(|(of, ..)| *of == answers) {
            let reply = bot.fake.command(&anne(), &format!("{QUESTION}{privacy}")).await.settled().await;
            assert!(reply.text().contains(ANSWER));
            assert_eq!(reply.private, *private, "{answers}{privacy}");
            for wrong in WRONG {
                check_polite(&bot.fake.command(&anne(), &format!("{wrong}{privacy}")).await.settled().await);
            }
            let reply = bot.fake.command(&direct, &format!("{QUESTION}{privacy}")).await.settled().await;
            assert!(reply.text().contains(ANSWER), "{}", reply.text());
        }
        let status = bot.fake.command(&anne(), "/status").await.settled().await;
        assert!(status.private && status.text().contains("Programmet"), "{}", status.text());
        check_all_sent(&bot);
    }
}

/// What tells of the process is for whoever asks, whatever way they find.
#[tokio::test(flavor = "multi_thread")]
async fn the_state_of_the_process_is_never_told_to_all() {
    let bot = start("public").await;
    let status = bot.fake.command(&anne(), "/status").await.settled().await.message().clone();
    let labels: Vec<String> = status.buttons().into_iter().map(|button| button.label).collect();
    assert!(!labels.contains(&"Del i kanalen".to_owned()), "{labels:?}");
    let open = bot.fake.command(&anne(), QUESTION).await.settled().await.message().clone();
    assert!(!open.ephemeral);
    for (source, button) in [
        (&status, "1s0.20200820|status"),
        (&open, "1s0.20200820|status"),
        (&open, "1a|status"),
        (&open, "1p0.20200820|status"),
    ] {
        let reply = bot.fake.press_raw(&anne(), source, button).await.settled().await;
        assert!(
            reply.private && reply.edited.as_ref().is_none_or(|edited| edited.ephemeral),
            "{button}: {reply:?}"
        );
    }
    for asked in ["/status", "status", "tilstand"] {
        bot.fake.say(&anne(), &format!("{} {asked}", bot.fake.mention())).await;
        let message = bot.fake.next_message(CHANNEL).await;
        assert!(message.text().contains("/status"), "{}", message.text());
    }
    let told: Vec<String> =
        open_messages(&bot, CHANNEL).iter().map(fake_discord::ShownMessage::text).collect();
    assert!(told.iter().all(|text| !text.contains("Programmet") && !text.contains("Startet")), "{told:?}");
    // Where nobody else reads along, it is told.
    let direct = Asker::in_dm(USER);
    bot.fake.say(&direct, "/status").await;
    assert!(bot.fake.next_message(bot.fake.dm(USER)).await.text().contains("Programmet"));
}

/// CPR numbers as people write them.
const CPR: &[&str] = &["010190-1234", "0101901235", "010190 1236"];

#[tokio::test(flavor = "multi_thread")]
async fn a_cpr_number_is_not_repeated() {
    let bot = start("private").await;
    let direct = Asker::in_dm(USER);
    for cpr in CPR {
        for line in [
            format!("/søg ord:{cpr}"),
            format!("/søg ord:samarbejde {cpr}"),
            format!("/sag nummer:{cpr}"),
            format!("/historik nummer:borgeren {cpr}"),
            format!("/råd udvalg:{cpr}"),
            format!("/møde dato:{cpr}"),
            format!("/opfølgning udvalg:{cpr}"),
        ] {
            bot.fake.command(&anne(), &line).await.settled().await;
        }
        for line in ["", "/", "/sag ", "/xyzzy ", "/råd social dato:2020-01-01 ", "/møde x:"] {
            bot.fake.say(&direct, &format!("{line}{cpr}")).await;
            bot.fake.next_message(bot.fake.dm(USER)).await;
        }
        let said =
            bot.fake.say(&anne(), &format!("Borger {cpr} i 27.00.00-A00-5-15 og 27.36.00-P22-1-21")).await;
        bot.fake.message_command(&anne(), "Slå sagsnumre op", &said).await.settled().await;
        bot.fake.autocomplete(&anne(), "/sag", "nummer", cpr, &[]).await;
        bot.fake.autocomplete(&anne(), "/råd", "udvalg", cpr, &[]).await;
        check_forgotten(&bot, cpr);
    }
    check_all_sent(&bot);
}

/// As much as the log can be asked for.
const EVERYTHING: &str = "trace,serenity::gateway=trace,tungstenite::protocol=trace,hyper_util::client=trace";

#[tokio::test(flavor = "multi_thread")]
async fn the_most_talkative_log_tells_no_token() {
    let start = Start::default();
    let place = place(&start);
    let fake = Fake::start(start.setup).await;
    let environment = [("DISCORD_API", fake.api()), ("RUST_LOG", EVERYTHING.to_owned())];
    let environment = environment.map(|(name, value)| (name.to_owned(), value));
    let child = spawn_with(&fake, place.path(), Some(&start.today), &environment);
    let mut bot = Bot { fake, child, place };
    bot.fake.within(TO_START).wait_registered().await;
    let message = bot.fake.command(&anne(), QUESTION).await.settled().await.message().clone();
    bot.fake.press(&anne(), &message, "Historik").await.settled().await;
    bot.fake.autocomplete(&anne(), "/sag", "nummer", "27", &[]).await;
    bot.fake.say(&anne(), &format!("{} 27", bot.fake.mention())).await;
    bot.fake.next_message(CHANNEL).await;
    bot.fake.gateway(&GatewayFault::Reconnect);
    bot.fake.gateway(&GatewayFault::Unknown);
    // The request that fails is told of too.
    bot.fake.faults("[[fault]]\non = \"POST /interactions/*/*/callback\"\nrefuse = true");
    bot.fake.command(&anne(), QUESTION).await.settled().await;
    assert_eq!(bot.end().await, Some(0));
    assert!(bot.log().contains("DEBUG referent"), "{}", bot.log());
    check_log(&bot);
}
