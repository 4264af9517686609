//! The real mode: without `DISCORD_API` the same program asks discord.com over TLS. Here that name leads to the fake, by the means that
//! anybody's network has: a proxy, and a certificate authority of its own.

use fake_discord::{Asker, CHANNEL, Fake, Setup, USER};

use crate::bot::{Start, place, spawn_with};

#[tokio::test(flavor = "multi_thread")]
async fn discord_com_is_asked_over_tls() {
    let start = Start { setup: Setup { tls: true, ..Setup::default() }, ..Start::default() };
    let place = place(&start);
    let fake = Fake::start(start.setup).await;
    let environment = fake.real_env();
    assert!(!environment.is_empty());
    let mut child = spawn_with(&fake, place.path(), Some(&start.today), &environment);
    fake.wait_ready().await;
    fake.wait_registered().await;
    let asker = Asker::in_channel(USER, CHANNEL);
    let reply = fake.command(&asker, "/sag nummer:27.00.00-A00-5-15").await;
    assert!(reply.text().contains("Taget til efterretning"), "{}", reply.text());

    // A limit on the answer, and on a message.
    fake.faults(
        "[[fault]]\non = 'POST /interactions/*/*/callback'\nstatus = 429\nretry_after = 0.5\n\
         [[fault]]\non = 'POST /channels/*/messages'\nstatus = 429\nretry_after = 1.0\nheader = 'none'\n",
    );
    let reply = fake.command(&asker, "/sag nummer:27.00.00-A00-5-15").await;
    assert!(reply.text().contains("Taget til efterretning"), "{}", reply.text());
    fake.say(&asker, &format!("{} 27.00.00-A00-5-15", fake.mention())).await;
    assert!(fake.next_message(CHANNEL).await.text().contains("Taget til efterretning"));
    assert_eq!(fake.faults_left(), 0);
    child.kill().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_discord_com_gets_no_token() {
    let start = Start { setup: Setup { tls: true, ..Setup::default() }, ..Start::default() };
    let place = place(&start);
    let fake = Fake::start(start.setup).await;
    // The proxy leads to the fake, but nobody vouches for it.
    let environment: Vec<_> =
        fake.real_env().into_iter().filter(|(name, _)| !name.starts_with("SSL_CERT")).collect();
    let mut child = spawn_with(&fake, place.path(), Some(&start.today), &environment);
    let log = || std::fs::read_to_string(place.path().join("log")).unwrap();
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while !log().contains("gateway") {
        assert!(std::time::Instant::now() < deadline, "{}", log());
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(fake.counts().connections, 0);
    assert!(fake.log().iter().all(|entry| !matches!(entry.what, fake_discord::What::Request(_))));
    assert!(!log().contains(&fake.token()));
    child.kill().await.unwrap();
}
