//! What the command line promises: exit codes, streams, JSON, the chat over a pipe.

use std::fs;
use std::process::Stdio;

use crate::place::{Place, case_number, minutes};

fn place_with(documents: usize) -> Place {
    let place = Place::new();
    for number in 0..documents {
        place.file(&format!("{number:03}.txt"), minutes(number, 1));
    }
    place
}

#[test]
fn the_first_question_reads_the_sources() {
    let place = place_with(2);
    let line = format!("/sag {}", case_number(1));
    let run = place.run(&["ask", &line]);
    run.expect(0, &["2 nye", "Godkendt som prøve 1 i udgave 1."]);
    assert!(!run.out.contains("nye") && !run.out.contains('\u{1b}'), "{run:#?}");
    assert_eq!(place.run(&["ask", "/sag", &case_number(1)]).out, run.out);
    assert_eq!(place.run(&["ask", &line]).err, "");
}

#[test]
fn exit_codes_tell_how_it_went() {
    let place = place_with(1);
    let line = format!("/sag {}", case_number(0));
    place.run(&["ask", &line]).expect(0, &[]);
    place.run(&["ask", "/sag 99.99.99-X99-9-99"]).expect(1, &[]);
    place.run(&["ask", "/sagg 1"]).expect(2, &["/sag"]);
    place.run(&["ask"]).expect(2, &["der mangler", "referent --help"]);
    place.run(&["ask", &"x".repeat(4_001)]).expect(2, &["højst 4000 tegn"]);
    place.run(&["ask", "--data", "bot.toml", &line]).expect(3, &[]);
}

#[test]
fn json_is_one_object_on_one_line() {
    let place = place_with(1);
    let line = format!("/sag {}", case_number(0));
    for arguments in [["ask", "--json", &line], ["ask", &line, "--json"]] {
        let run = place.run(&arguments);
        run.expect(0, &[]);
        assert_eq!(run.out.lines().count(), 1);
        let answer: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        assert_eq!(answer["cards"][0]["item"]["file"], "referater/000.txt", "{answer:#}");
        assert_eq!(answer["cards"][0]["outcome"], "approved", "{answer:#}");
    }
    let run = place.run(&["ask", "--json", "/sag 99.99.99-X99-9-99"]);
    run.expect(1, &["\"cards\":[]"]);
}

#[test]
fn global_options_stand_before_or_after_the_command() {
    let place = place_with(1);
    fs::rename(place.path("bot.toml"), place.path("anden.toml")).unwrap();
    place.run(&["--config", "anden.toml", "--data", "d1", "sync"]).expect(0, &["1 ny"]);
    place.run(&["sync", "--config", "anden.toml", "--data", "d1"]).expect(0, &["1 uændret"]);
    assert!(place.path("d1/referent.db").exists() && !place.path("data").exists());
}

#[test]
fn the_chat_over_a_pipe_answers_line_by_line() {
    let place = place_with(1);
    let long = "ø".repeat(20_000);
    let line = format!("/sag {}", case_number(0));
    let run = place.run_with(&["chat"], format!("\n{line}\n\n/sagg\n{long}\n/SLUT\n{line}\n"));
    run.expect(0, &["spørgsmålet er for langt; skriv højst 4000 tegn"]);
    assert_eq!(run.out.matches("Godkendt som prøve 0").count(), 1, "{run:#?}");
    assert!(!run.out.contains("referent>") && !run.out.contains('\u{1b}'), "{run:#?}");
    assert!(run.err.contains("Prøveby Kommune: 1 dokument, 1 møde"), "{run:#?}");
    // A last line without an end, and bytes that are no text.
    place.run_with(&["chat"], [b"\xff\xfe\n", line.as_bytes()].concat()).expect(0, &["Godkendt som prøve 0"]);
}

#[test]
fn without_a_token_the_chat_starts() {
    let place = place_with(1);
    let run = place.run(&[]);
    run.expect(
        0,
        &["DISCORD_TOKEN er ikke sat", "Prøveby Kommune: 1 dokument", "/hjælp", "Prøv for eksempel"],
    );
    assert_eq!(run.err.lines().filter(|line| line.starts_with("  /")).count(), 3, "{run:#?}");
}

#[test]
fn a_token_is_given_to_nobody_else() {
    let place = place_with(1);
    for address in ["http://203.0.113.7:80", "http://localhost.example:80", "https://127.0.0.1:80"] {
        let run =
            place.command(&["run"]).env("DISCORD_TOKEN", "hemmelig").env("DISCORD_API", address).output();
        let run = crate::place::Run::from(run.unwrap());
        run.expect(2, &["DISCORD_API kan kun pege på denne maskine"]);
        assert!(!run.err.contains("hemmelig"), "{run:#?}");
    }
    let strange = place.command(&["run"]).env("DISCORD_TOKEN", "to ord").output().unwrap();
    crate::place::Run::from(strange).expect(2, &["tegn, der ikke hører til i et token"]);
}

#[test]
fn files_are_parsed_without_configuration() {
    let place = place_with(2);
    fs::remove_file(place.path("bot.toml")).unwrap();
    let files = ["referater/001.txt", "findes-ikke.txt", "referater", "referater/000.txt"];
    let run = place.run(&[&["parse", "--json"][..], &files].concat());
    run.expect(1, &["findes-ikke.txt: findes ikke", "referater: er en mappe"]);
    let objects: Vec<serde_json::Value> =
        run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(objects.len(), 2);
    for (object, number) in objects.iter().zip([1, 0]) {
        assert_eq!(object["file"], format!("referater/00{number}.txt"));
        assert_eq!(object["kind"], "minutes");
        assert_eq!(object["items"][0]["case_number"], case_number(number));
        assert!(object["warnings"].is_array());
    }
    place
        .run(&["parse", "referater/000.txt"])
        .expect(0, &["referat, Prøveudvalget, 1. januar 2001", "Prøvesag 0"]);
    place.run_with(&["parse", "--json", "-"], minutes(0, 1)).expect(0, &["\"file\":\"-\"", "Prøveudvalget"]);
    place.run(&["parse", "--json", "--generic", "referater/000.txt"]).expect(0, &["\"layout\":\"generic\""]);
    place.run_with(&["parse", "-"], "").expect(1, &["-: filen er tom"]);
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_quietly() {
    let place = place_with(1);
    let script =
        format!("'{}' parse --json $(yes referater/000.txt | head -500) | head -1", crate::place::BINARY);
    let output = place.other_command("sh", &["-c", &script]).stderr(Stdio::piped()).output().unwrap();
    let run = crate::place::Run::from(output);
    assert_eq!((run.out.lines().count(), run.err.as_str()), (1, ""), "{run:#?}");
}

#[test]
fn completions_and_help() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        place.run(&["completions", shell]).expect(0, &["completions", "set-aside"]);
    }
    place.run(&["completions", "dos"]).expect(2, &["vælg mellem bash"]);
    for command in ["run", "chat", "ask", "parse", "sync", "completions"] {
        let run = place.run(&[command, "--help"]);
        run.expect(0, &["Brug: referent ", "Fælles valg:"]);
        for english in ["Usage", "Options", "Print", "possible values"] {
            assert!(!run.out.contains(english), "{run:#?}");
        }
    }
    place.run(&["--version"]).expect(0, &["referent 0.1.0"]);
}

/// Minutes whose follow-up lies far ahead of any day on which this is run.
const AHEAD: &str = "\
Udvalg: Kulturudvalget
Mødedato: 12. januar 2022
Mødested: Mødelokale 2

Dagsordenpunkter

1. Renovering af svømmehallen

Sagsnr.: 04.01.00-P20-2-22 Sagsbehandler: Ida Holmgaard

Renovering af svømmehallen

Sagsfremstilling

Projektet behandles i Byrådet den 9. februar 2099.

Beslutning

Godkendt.
";

#[test]
fn follow_ups_are_exported_as_a_calendar() {
    let place = Place::new();
    place.file("a.txt", AHEAD);
    let run = place.run(&["export", "--format", "ics"]);
    run.expect(0, &["DTSTART;VALUE=DATE:20990209\r\n", "DTEND;VALUE=DATE:20990210\r\n", "SEQUENCE:0\r\n"]);
    assert!(run.out.starts_with("BEGIN:VCALENDAR\r\n") && run.out.ends_with("END:VCALENDAR\r\n"));
    let file = place.path("a.ics").display().to_string();
    place.run(&["export", "--format", "ics", "--body", "kultur", "--out", &file]).expect(1, &["intet"]);
    place
        .run(&["export", "--format", "ics", "--case", "04.01.00", "--out", &file])
        .expect(0, &["1 begivenhed"]);
    assert_eq!(fs::read_to_string(&file).unwrap(), run.out, "the same again");
    place.run(&["export", "--format", "ics", "--period", "engang"]).expect(2, &["Perioden »engang«"]);
    // Before its meeting nothing of it is known; long after it, it is no calendar's any more.
    place.run(&["export", "--format", "ics", "--today", "2001-01-01"]).expect(1, &["intet"]);
    place
        .run(&["export", "--format", "ics", "--today", "2099-02-08"])
        .expect(0, &["DTSTART;VALUE=DATE:20990209\r\n"]);
    place.run(&["export", "--format", "ics", "--today", "2101-01-01"]).expect(1, &["intet"]);
    place.run(&["export", "--format", "ics", "--today", "i morgen"]).expect(2, &["--today"]);
    place.run(&["export", "--format", "pdf"]).expect(2, &["ics"]);
    let nowhere = place.path("findes/ikke.ics").display().to_string();
    place
        .run(&["export", "--format", "ics", "--out", &nowhere])
        .expect(3, &["kan ikke skrives: mappen findes ikke"]);
    let folder = place.path("").display().to_string();
    place
        .run(&["export", "--format", "ics", "--out", &folder])
        .expect(3, &["kan ikke skrives: det er en mappe"]);
}
