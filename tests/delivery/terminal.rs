//! The terminal chat tells what is new, too.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use fake_discord::Setup;

use crate::paper::meeting;
use crate::world::{World, days_ago, in_words, item};

#[tokio::test(flavor = "multi_thread")]
async fn new_minutes_are_shown_as_they_arrive() {
    let world = World::new(0, "", Setup::default()).await;
    let mut chat = Command::new(env!("CARGO_BIN_EXE_referent"))
        .arg("chat")
        .current_dir(world.place.path())
        .env_remove("DISCORD_TOKEN")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = chat.stdin.take().unwrap();
    let mut lines = BufReader::new(chat.stdout.take().unwrap()).lines().map(Result::unwrap);
    // What stands until a line that holds the words, and that line.
    let mut until = |words: &str| -> String {
        let mut seen = String::new();
        for line in lines.by_ref() {
            seen = seen + &line + "\n";
            if line.contains(words) {
                return seen;
            }
        }
        panic!("»{words}« never came:\n{seen}")
    };
    writeln!(input, "/følg alt").unwrap();
    until("/følger");
    let day = in_words(days_ago(2));
    world.arrive("a.txt", &meeting("Byrådet", &day, &[item("Ny sti", "05.00.00-A00-1-26", "Godkendt.")]));
    writeln!(input, "/hjælp sag").unwrap();
    let told = until("/sag");
    assert!(told.contains(&format!("Nyt referat: Byrådet, {day}")), "{told}");
    assert!(told.contains("Ny sti"), "{told}");
    // Once is enough.
    writeln!(input, "/hjælp møde").unwrap();
    drop(input);
    let rest: String = lines.collect();
    assert!(!rest.contains("Nyt referat"), "{rest}");
    assert!(chat.wait().unwrap().success());
}
