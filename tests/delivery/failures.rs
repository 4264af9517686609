//! Ways in which other systems lose messages or repeat them, each a test that ours does not.

use fake_discord::{Setup, permissions};
use index::{State, Subject};

use crate::paper::meeting;
use crate::world::{World, days_ago, end, in_words, item};

const CASE: &str = "27.00.00-A00-5-26";

/// Minutes of the council so many days ago, with one item of that title.
fn minutes(days: i64, title: &str) -> String {
    meeting("Byrådet", &in_words(days_ago(days)), &[item(title, CASE, "Godkendt.")])
}

async fn world(channels: u64, setup: Setup) -> World {
    let world = World::new(channels, "", setup).await;
    for channel in &world.channels {
        world.follow(*channel, Subject::Everything, "");
    }
    world
}

/// How many messages of each channel hold a title.
fn told(world: &World, title: &str) -> Vec<usize> {
    let title = title.to_owned();
    world.channels.iter().map(|channel| world.tally(*channel, std::slice::from_ref(&title))[&title]).collect()
}

/// MonitoRSS notes an article as seen whatever became of its delivery, and drops what exceeds the rate.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_seen_before_it_is_delivered_and_nothing_exceeds_the_rate() {
    let world = world(1, Setup { limits: true, ..Setup::default() }).await;
    let titles: Vec<String> = (0..12).map(|nth| format!("Emne {nth:02}.")).collect();
    for (nth, title) in (1..).zip(&titles) {
        world.arrive(&format!("{nth}.txt"), &minutes(nth, title));
    }
    world.fake.faults("[[fault]]\non = \"POST /channels/*/messages\"\ntimes = 4\nstatus = 503\n");
    world.settle().await;
    for title in &titles {
        assert_eq!(told(&world, title), [1], "{title}");
    }
}

/// Healthchecks claims a message before it sends it, so that a crash in between loses it.
#[tokio::test(flavor = "multi_thread")]
async fn a_claim_is_not_a_delivery() {
    let world = world(2, Setup::default()).await;
    world.arrive("a.txt", &minutes(3, "Emne et"));
    for _ in 0..3 {
        world.die_at("claimed").await;
    }
    assert_eq!(told(&world, "Emne et"), [0, 0]);
    world.settle().await;
    assert_eq!(told(&world, "Emne et"), [1, 1]);
}

/// reminder-rs deletes what a server error answered.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_error_deletes_nothing() {
    let world = world(2, Setup::default()).await;
    world.fake.faults("[[fault]]\non = \"POST /channels/*/messages\"\ntimes = 6\nstatus = 500\n");
    world.arrive("a.txt", &minutes(3, "Emne et"));
    world.settle().await;
    assert_eq!(told(&world, "Emne et"), [1, 1]);
}

/// TheyWorkForYou told everybody again when `15:00` became `15:00:00`.
#[tokio::test(flavor = "multi_thread")]
async fn another_form_is_no_news() {
    let world = world(1, Setup::default()).await;
    let timed =
        |time: &str, text: &str| text.replacen("Mødested:", &format!("Mødetidspunkt: {time}\nMødested:"), 1);
    let text = minutes(3, "Emne et");
    world.arrive("a.txt", &timed("15:00", &text));
    world.settle().await;
    assert_eq!(told(&world, "Emne et"), [1]);
    let before = world.fake.messages(world.channels[0]);
    let other_forms = [
        timed("15:00:00", &text),
        timed("15:00", &text).replace("Godkendt.", "Godkendt  ."),
        timed("15:00", &text).replace('\n', "\r\n"),
    ];
    for other in other_forms {
        world.arrive("a.txt", &other);
        world.settle().await;
    }
    let after = world.fake.messages(world.channels[0]);
    assert_eq!(after.len(), before.len());
    assert_eq!(after[0].text(), before[0].text());
}

/// civic-dashboard sends to all again when one of them fails.
#[tokio::test(flavor = "multi_thread")]
async fn a_closed_channel_is_its_own_affair() {
    let world = world(3, Setup::default()).await;
    let closed = world.channels[1];
    world.fake.deny(closed, permissions::SEND_MESSAGES);
    world.arrive("a.txt", &minutes(3, "Emne et"));
    world.arrive("b.txt", &minutes(2, "Emne to"));
    let mut bot = world.start(None);
    let parked = |archive: &index::Archive| archive.outbox_counts().unwrap().parked == 1;
    world.until(|archive| parked(archive) && archive.outbox_counts().unwrap().sent == 4).await;
    end(&mut bot).await;
    for title in ["Emne et", "Emne to"] {
        assert_eq!(told(&world, title), [1, 0, 1], "{title}");
    }
    let place = format!("discord:{closed}");
    assert_eq!(world.archive().subscriptions(&place).unwrap()[0].paused, Some(index::Pause::NoAccess));
    // Somebody lets the bot in again, and says so: what was kept arrives, in its order.
    world.fake.deny(closed, 0);
    world.follow(closed, Subject::Everything, "");
    let mut bot = world.start(None);
    world.until(|archive| archive.outbox_counts().unwrap().sent == 6).await;
    end(&mut bot).await;
    for title in ["Emne et", "Emne to"] {
        assert_eq!(told(&world, title), [1, 1, 1], "{title}");
    }
    assert_eq!(world.archive().subscriptions(&place).unwrap()[0].paused, None);
}

/// meine-stadt-transparent loses what arrives between matching and noting until where it has matched.
#[tokio::test(flavor = "multi_thread")]
async fn what_arrives_meanwhile_is_told_too() {
    let world = world(1, Setup::default()).await;
    let titles: Vec<String> = (0..20).map(|nth| format!("Emne {nth:02}.")).collect();
    let mut bot = world.start(None);
    for (nth, title) in (1..).zip(&titles) {
        // By turns while the bot reads and from a process beside it.
        world.arrive(&format!("{nth}.txt"), &minutes(nth, title));
        if nth % 4 == 0 {
            world.sync();
        }
    }
    world.sync();
    world.until(|archive| world.is_quiet(archive)).await;
    end(&mut bot).await;
    for title in &titles {
        assert_eq!(told(&world, title), [1], "{title}");
    }
}

/// Five thousand documents of an archive that is read for the first time, and a channel that follows everything.
#[tokio::test(flavor = "multi_thread")]
async fn the_first_reading_tells_nobody() {
    const DOCUMENTS: i64 = 5_000;
    let world = World::new(1, "[[sources]]\nkind = \"folder\"\npath = \"arkiv\"\n", Setup::default()).await;
    world.follow(world.channels[0], Subject::Everything, "");
    let archive = world.place.path().join("arkiv");
    for nth in 0..DOCUMENTS {
        // Some are recent enough to be told otherwise.
        let text =
            minutes(nth % 900, &format!("Emne {nth}")).replace("Byrådet", &format!("Udvalg {}", nth / 900));
        std::fs::write(archive.join(format!("{nth}.txt")), text).unwrap();
    }
    world.sync();
    let read = world.archive();
    assert_eq!(read.counts().unwrap().documents, DOCUMENTS.unsigned_abs() + 1);
    assert_eq!(read.outbox_counts().unwrap(), index::OutboxCounts::default());
    std::fs::write(archive.join("nyt.txt"), minutes(1, "Emne nyt").replace("Byrådet", "Udvalg 77")).unwrap();
    world.settle().await;
    assert_eq!(told(&world, "Emne nyt"), [1]);
    assert_eq!(world.fake.messages(world.channels[0]).len(), 1);
    let row = read.message(1).unwrap().unwrap();
    assert_eq!(row.state, State::Sent);
}
