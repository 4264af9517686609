//! The process is killed at every step between a file and the message about it.

use fake_discord::Setup;
use index::{FAILPOINTS, Subject};

use crate::paper::meeting;
use crate::world::{World, days_ago, in_words, item};

const CASE: &str = "27.00.00-A00-5-26";

/// The deaths that it takes to get to a step, where one is not enough: a message is only looked for when it may have been sent.
const LEADS_TO: [(&str, &[&str]); 1] = [("looked", &["posted"])];

/// Steps that only a process at work on a correction comes to.
const OF_CORRECTIONS: [&str; 1] = ["edited"];

/// One death at a step, with and without Discord's memory of what it took, and what each channel has in the end.
async fn dies_at(failpoint: &str, nonces: bool) {
    let world = World::new(3, "", Setup { nonces, ..Setup::default() }).await;
    let [all, body, case] = world.channels[..] else { unreachable!() };
    world.follow(all, Subject::Everything, "");
    world.follow(body, Subject::Body, &minutes::body::key("Byrådet"));
    world.follow(case, Subject::Case, &minutes::case_number::key(CASE));
    let (first, second, third) = (in_words(days_ago(9)), in_words(days_ago(5)), in_words(days_ago(2)));
    let decided = |words: &str| [item("Rammer for samarbejdet", CASE, words)];
    world.arrive("a.txt", &meeting("Byrådet", &first, &decided("Godkendt.")));
    world.settle().await;
    // A correction, and two that are new: of the body and the case, and of neither.
    let corrected = "Forkastet efter afstemning.";
    world.arrive("a.txt", &meeting("Byrådet", &first, &decided(corrected)));
    world.arrive("b.txt", &meeting("Byrådet", &second, &decided("Udsat.")));
    world.arrive("c.txt", &meeting("Udvalget", &third, &[item("Sti", "01.00.00-A00-1-26", "Godkendt.")]));
    let deaths = LEADS_TO.iter().find(|(to, _)| *to == failpoint).map_or(&[][..], |(_, deaths)| deaths);
    for death in deaths.iter().copied().chain([failpoint]) {
        world.die_at(death).await;
    }
    world.settle().await;
    let words = [first.clone(), second.clone(), third.clone()];
    for (channel, expected) in [(all, [1, 1, 1]), (body, [1, 1, 0]), (case, [1, 1, 0])] {
        let tally = world.tally(channel, &words);
        let found: Vec<usize> = words.iter().map(|word| tally[word]).collect();
        assert_eq!(
            found,
            expected,
            "{failpoint}, nonces {nonces}, channel {channel}: {tally:?}\n{}",
            world.log()
        );
        let first_message =
            world.fake.messages(channel).into_iter().find(|it| it.text().contains(&first)).unwrap();
        let text = first_message.text();
        assert!(text.contains("Rettet") && text.to_lowercase().contains("afvist"), "{failpoint}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_channel_gets_each_message_once_whichever_step_dies() {
    for failpoint in FAILPOINTS {
        // Both at once: each has a world of its own.
        tokio::join!(dies_at(failpoint, true), dies_at(failpoint, false));
    }
    println!("{} steps, twice: lost 0, doubled 0", FAILPOINTS.len());
}

#[test]
fn there_are_enough_steps_and_the_tables_name_them() {
    assert!(FAILPOINTS.len() >= 15);
    for name in LEADS_TO.iter().flat_map(|(to, deaths)| deaths.iter().chain([to])).chain(&OF_CORRECTIONS) {
        assert!(FAILPOINTS.contains(name), "{name}");
    }
}
