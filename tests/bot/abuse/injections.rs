//! Each line of `injections.txt`, wherever others' words can come from: minutes in all their parts, questions in all their ways, the
//! name of whoever shares. Of all that is sent, Discord must show every letter and act on none.

use fake_discord::{Asker, CHANNEL, GUILD, Membership, Setup, USER, User};

use super::{anne, check_all_sent};
use crate::bot::{Bot, NO_HURRY, Start};
use crate::live::as_read;
use crate::paper::{Item, folder, meeting};

const INJECTIONS: &str = include_str!("../injections.txt");
const FEWEST: usize = 40;
const SHARE: &str = "Del i kanalen";
const WHOLE: &str = "Hele teksten";
/// The first of the people who are called like an injection.
const FIRST_USER: u64 = 700_000_000_000_000_000;
/// What else others' names may be called in minutes.
const BODY: &str = "Idrætsrådet";

fn injections() -> Vec<&'static str> {
    let lines: Vec<&str> = INJECTIONS.lines().filter(|line| !line.is_empty()).collect();
    assert!(lines.len() >= FEWEST, "{}", lines.len());
    lines
}

fn case_number(at: usize) -> String {
    format!("09.01.00-A00-{}-20", at + 1)
}

/// Minutes with an injection in every place.
fn minutes(at: usize, injection: &str) -> (String, String) {
    let item = Item {
        title: format!("{injection} emne {at} {injection}"),
        case_number: case_number(at),
        caseworker: format!("{injection} Mie {injection}"),
        background: format!(
            "{injection}\n\n{injection} behandles igen på udvalgets møde den 2. februar 2021 {injection}.\n\n\
             Stedfortræder nr. 1 er {injection}."
        ),
        decision: format!(
            "{injection}\nGodkendt {injection} med {injection}\n\n{injection} Ida Holm ({injection}) blev valgt som formand. \
             Lars Skov ønsker ikke at fortsætte i {BODY} {injection}.\n{}",
            format!("{injection} og mere til.\n").repeat(300)
        ),
    };
    let other = Item { title: injection.to_owned(), case_number: String::new(), ..Item::default() };
    // What no file can be called.
    let name = injection.replace('/', "∕");
    let text = meeting(&format!("{injection} {at} {BODY}"), "12. august 2020", &[item, other]);
    (format!("{name} {at}.txt"), text)
}

/// People whose nick in the server is an injection.
fn people() -> Setup {
    let mut setup = Setup::default();
    setup.users.extend(injections().into_iter().zip(FIRST_USER..).map(|(injection, id)| User {
        member_of: vec![Membership {
            guild: GUILD,
            nick: Some(injection.chars().take(32).collect()),
            roles: Vec::new(),
        }],
        ..User::member(id, injection, &[], &[])
    }));
    setup
}

#[tokio::test(flavor = "multi_thread")]
async fn minutes_cannot_speak_to_discord() {
    let files = injections().into_iter().enumerate().map(|(at, injection)| minutes(at, injection));
    let folder = folder(files);
    let start = Start {
        setup: people(),
        minutes: folder.path().display().to_string(),
        config: NO_HURRY.to_owned(),
        ..Start::default()
    };
    let bot = Bot::start(start).await;
    for ((at, injection), user) in injections().into_iter().enumerate().zip(FIRST_USER..) {
        let asker = Asker::in_channel(user, CHANNEL);
        let number = case_number(at);
        let answer = bot.fake.command(&asker, &format!("/sag nummer:{number}")).await.settled().await;
        let message = answer.message().clone();
        // Letter for letter, but for what nobody sees anyway.
        let visible: String = injection.chars().filter(char::is_ascii).collect();
        if visible.len() == injection.len() {
            assert!(as_read(&message.text()).contains(injection), "{injection}: {}", message.text());
        }
        bot.fake.press(&asker, &message, WHOLE).await.settled().await;
        bot.fake.press(&asker, &message, SHARE).await.settled().await;
        for line in [
            format!("/historik nummer:{number}"),
            format!("/møde udvalg:{at} Idræt dato:2020-08-12"),
            format!("/opfølgning udvalg:{at} Idræt"),
            format!("/råd udvalg:{at} Idræt"),
        ] {
            bot.fake.command(&asker, &line).await.settled().await;
        }
    }
    for line in [
        "/opfølgning",
        "/råd",
        "/råd udvalg:Idrætsrådet",
        "/person navn:Ida",
        "/person navn:Lars Skov",
        "/møde",
        "/møde dato:2020-08-12",
        "/sag nummer:emne",
        "/søg ord:emne",
        "/søg ord:godkendt",
    ] {
        bot.fake.command(&anne(), line).await.settled().await;
    }
    for (command, option) in [("/sag", "nummer"), ("/råd", "udvalg"), ("/møde", "udvalg"), ("/møde", "dato")]
    {
        for typed in ["", "emne", "i", "09.01", "12"] {
            bot.fake.autocomplete(&anne(), command, option, typed, &[]).await;
        }
    }
    check_all_sent(&bot);
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_cannot_speak_to_discord() {
    let bot = Bot::start(Start { config: NO_HURRY.to_owned(), ..Start::default() }).await;
    let direct = Asker::in_dm(USER);
    for injection in injections() {
        let short: String = injection.chars().take(40).collect();
        for line in [
            format!("/søg ord:{injection}"),
            format!("/sag nummer:{injection}"),
            format!("/historik nummer:{injection}"),
            format!("/råd udvalg:{injection}"),
            format!("/person navn:{injection}"),
            format!("/råd dato:{short}"),
            format!("/møde udvalg:{injection} privat:nej"),
            format!("/møde dato:{short} privat:nej"),
            format!("/opfølgning udvalg:{injection} privat:nej"),
        ] {
            bot.fake.command(&anne(), &line).await.settled().await;
        }
        for line in [injection.to_owned(), format!("/{injection}"), format!("/råd {injection}:{injection}")]
        {
            bot.fake.say(&anne(), &format!("{} {line}", bot.fake.mention())).await;
            bot.fake.next_message(CHANNEL).await;
            bot.fake.say(&direct, &line).await;
            bot.fake.next_message(bot.fake.dm(USER)).await;
        }
        let said = bot.fake.say(&anne(), &format!("{injection} 27.00.00-A00-5-15 {injection}")).await;
        bot.fake.message_command(&anne(), "Slå sagsnumre op", &said).await.settled().await;
        let several =
            bot.fake.say(&anne(), &format!("27.00.00-A00-5-15 {injection} 99.99.99-A00-1-20")).await;
        bot.fake.message_command(&anne(), "Slå sagsnumre op", &several).await.settled().await;
        for (command, option) in
            [("/sag", "nummer"), ("/råd", "udvalg"), ("/person", "navn"), ("/møde", "dato")]
        {
            bot.fake.autocomplete(&anne(), command, option, injection, &[]).await;
        }
    }
    check_all_sent(&bot);
}
