//! The process is killed at random while minutes arrive and Discord fails.

use std::time::Duration;

use fake_discord::Setup;
use index::Subject;

use crate::paper::meeting;
use crate::world::{World, days_ago, end, in_words, item};

/// Deaths when nothing else is said; `REFERENT_KILLS` says something else.
const KILLS: u32 = 25;
const DOCUMENTS: u32 = 60;
const CHANNELS: u64 = 40;
const SEED: u64 = 4;
/// Milliseconds that a process lives, at least and at most.
const LIFE: (u64, u64) = (80, 4_500);

/// Besides all that can be repeated: a channel is closed, or looks as if it were gone.
const CLOSED: &str = "
[[fault]]
on = 'POST /channels/*/messages'
chance = 0.01
seed = 41
status = 403
code = 50001
[[fault]]
on = 'POST /channels/*/messages'
chance = 0.01
seed = 42
status = 404
code = 10003
";

/// xorshift64*: the same deaths each time.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % below
    }
}

async fn all_is_told(nonces: bool, kills: u32) {
    let world = World::new(CHANNELS, "", Setup { nonces, ..Setup::default() }).await;
    let bodies = ["Byrådet", "Teknik- og Miljøudvalget", "Socialudvalget"];
    let follow = |(nth, channel): (usize, &u64)| match nth % 4 {
        // Every fourth follows everything, the others a body.
        0 => world.follow(*channel, Subject::Everything, ""),
        other => world.follow(*channel, Subject::Body, &minutes::body::key(bodies[other - 1])),
    };
    world.channels.iter().enumerate().for_each(follow);
    world.fake.faults(&(fake_discord::rough_posts(SEED as u32) + CLOSED));
    let mut dice = Dice(SEED);
    let mut arrived = 0;
    let titles: Vec<String> = (0..DOCUMENTS).map(|nth| format!("Emne {nth:02}.")).collect();
    for kill in 0..kills {
        let mut child = world.start(None);
        let life = LIFE.0 + dice.throw(LIFE.1 - LIFE.0);
        let due = DOCUMENTS * (kill + 1) / kills;
        while arrived < due {
            let body = bodies[arrived as usize % bodies.len()];
            // No two meetings of a body on the same day.
            let day = in_words(days_ago(1 + i64::from(arrived) / 3));
            let case = format!("00.01.00-A00-{arrived}-26");
            let text = meeting(body, &day, &[item(&titles[arrived as usize], &case, "Godkendt.")]);
            world.arrive(&format!("{arrived:02}.txt"), &text);
            arrived += 1;
        }
        tokio::time::sleep(Duration::from_millis(life)).await;
        child.kill().await.unwrap();
    }
    world.fake.faults("");
    // Somebody sees to the channels that were closed, and says so.
    world.channels.iter().enumerate().for_each(follow);
    let mut bot = world.start(None);
    world.until(|archive| world.is_quiet(archive) && archive.outbox_counts().unwrap().parked == 0).await;
    end(&mut bot).await;
    let (mut lost, mut doubled, mut told) = (0, 0, 0);
    for (nth, channel) in world.channels.iter().enumerate() {
        let tally = world.tally(*channel, &titles);
        for (document, title) in titles.iter().enumerate() {
            let expected = usize::from(nth % 4 == 0 || document % bodies.len() == nth % 4 - 1);
            told += tally[title];
            lost += expected.saturating_sub(tally[title]);
            doubled += tally[title].saturating_sub(expected);
        }
    }
    println!("{kills} deaths, nonces {nonces}: told {told}, lost {lost}, doubled {doubled}");
    assert_eq!((lost, doubled), (0, 0), "{:?}", world.archive().outbox_counts());
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_lost_or_doubled_by_deaths_at_random() {
    let kills = std::env::var("REFERENT_KILLS").map_or(KILLS, |text| text.parse().unwrap());
    tokio::join!(all_is_told(true, kills), all_is_told(false, kills));
}
