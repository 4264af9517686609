//! `referent doctor`: each thing that can be wrong is found, and its mend is told.

use std::path::Path;

use fake_discord::{CHANNEL, Fake, GUILD, Setup, permissions};
use tokio::process::Command;

use crate::bot::{Bot, Start, place};

/// What it says, and its exit code.
async fn doctor(place: &Path, environment: &[(&str, String)]) -> (String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_referent"))
        .arg("doctor")
        .current_dir(place)
        .env_remove("DISCORD_TOKEN")
        .env_remove("DISCORD_API")
        .envs(environment.iter().map(|(name, value)| (*name, value)))
        .output()
        .await
        .unwrap();
    let text = [output.stdout, output.stderr].concat();
    (String::from_utf8(text).unwrap(), output.status.code().unwrap())
}

fn in_fake(fake: &Fake) -> Vec<(&'static str, String)> {
    vec![("DISCORD_TOKEN", fake.token()), ("DISCORD_API", fake.api())]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_in_order_is_said_to_be() {
    let bot = Bot::start(Start::default()).await;
    let (text, code) = doctor(bot.place.path(), &in_fake(&bot.fake)).await;
    assert_eq!(code, 0, "{text}");
    assert!(!text.contains('✗') && !text.contains('!'), "{text}");
    for wanted in ["✓ Opsætning", "✓ Data", "✓ Kilde", "✓ Token", "✓ Ur", "✓ Server", "✓ Kommandoer"]
    {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    assert!(text.contains("https://discord.com/oauth2/authorize?client_id=100000000000000001&scope=bot+applications.commands&permissions="), "{text}");
    assert!(!text.contains(&bot.fake.token()));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_found_and_its_mend_told() {
    let mut setup = Setup::default();
    for guild in &mut setup.guilds {
        for channel in guild.channels.iter_mut().filter(|channel| channel.id == CHANNEL) {
            channel.deny_bot = permissions::SEND_MESSAGES;
        }
    }
    let config = format!("[discord]\nguilds = [\"{GUILD}\", \"987654321\"]\n");
    let start = Start { setup: setup.clone(), config, ..Start::default() };
    let place = place(&start);
    let fake = Fake::start(setup).await;
    let (text, code) = doctor(place.path(), &in_fake(&fake)).await;
    assert_eq!(code, 1, "{text}");
    for wanted in [
        "✗ Server: 987654321 står i bot.toml, men botten er ikke på den",
        "mangler Send Messages",
        "er ikke blandt guilds i bot.toml",
        "»sag« mangler",
    ] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    // Every finding that is not good says what to do.
    let lines: Vec<&str> = text.lines().collect();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.starts_with(['✗', '!'])) {
        assert!(lines.get(at + 1).is_some_and(|next| next.starts_with("  → ")), "{line}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_discord_the_house_is_looked_at() {
    let start = Start::default();
    let place = place(&start);
    let (text, code) = doctor(place.path(), &[]).await;
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("! Token: DISCORD_TOKEN er ikke sat"), "{text}");

    let fake = Fake::start(Setup::default()).await;
    let wrong = [("DISCORD_TOKEN", "forkert".to_owned()), ("DISCORD_API", fake.api())];
    let (text, code) = doctor(place.path(), &wrong).await;
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("✗ Token: Discord afviser tokenet"), "{text}");
    assert!(!text.contains("forkert"), "{text}");

    let elsewhere = [("DISCORD_TOKEN", fake.token()), ("DISCORD_API", "http://203.0.113.7:80".to_owned())];
    let (text, code) = doctor(place.path(), &elsewhere).await;
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("✗ DISCORD_API"), "{text}");

    std::fs::write(place.path().join("bot.toml"), "[council]\nnavn = 3\n").unwrap();
    let (text, code) = doctor(place.path(), &[]).await;
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("✗ Opsætning: bot.toml linje 2: ukendt nøgle 'navn'"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bot_that_is_connected_is_alive() {
    let alive = |place: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_referent"));
        command.args(["doctor", "--alive"]).current_dir(place).stdout(std::process::Stdio::null());
        command
    };
    let mut bot = Bot::start(Start::default()).await;
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while !alive(bot.place.path()).status().await.unwrap().success() {
        assert!(std::time::Instant::now() < deadline);
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(bot.end().await, Some(0), "{}", bot.log());
    assert_eq!(alive(bot.place.path()).status().await.unwrap().code(), Some(1));
}

/// More than any of the samples has.
const MOST_DOUBTED: usize = 9;

/// Minutes that the reader was unsure of are named, with a way to look; those whose layout was only inferred are not.
#[tokio::test(flavor = "multi_thread")]
async fn minutes_read_with_doubt_are_named() {
    let start = Start::default();
    let place = place(&start);
    let folder = place.path().join("tvivl");
    std::fs::create_dir(&folder).unwrap();
    let minutes = |heading: &str| -> String {
        let items = (1..=MOST_DOUBTED).map(|at| format!("\n{at}. Skaterbane {at}\n\n{heading}\nGodkendt.\n"));
        format!("Referat fra møde i Ungerådet den 4. maj 2022\n{}", items.collect::<String>())
    };
    std::fs::write(folder.join("sikkert.txt"), minutes("Beslutning")).unwrap();
    let other = minutes("Beslutning i Ungerådet den 3. maj 2021");
    std::fs::write(folder.join("mit møde.txt"), other).unwrap();
    let config = std::fs::read_to_string(place.path().join("bot.toml")).unwrap();
    let config = format!("{config}\n[[sources]]\nkind = \"folder\"\npath = \"tvivl\"\n");
    std::fs::write(place.path().join("bot.toml"), config).unwrap();
    let sync = Command::new(env!("CARGO_BIN_EXE_referent"))
        .arg("sync")
        .current_dir(place.path())
        .output()
        .await
        .unwrap();
    assert!(sync.status.success(), "{sync:?}");
    let (text, code) = doctor(place.path(), &[]).await;
    assert_eq!(code, 0, "{text}");
    assert!(
        text.contains(
            "✓ Læsning: tvivl/mit møde.txt: 9 advarsler, mest: beslutningens overskrift nævner et andet møde\n  → se dem med referent parse 'tvivl/mit møde.txt'"
        ),
        "{text}"
    );
    assert!(!text.contains("sikkert.txt"), "{text}");
}
