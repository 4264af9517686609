//! Files, folders and configurations that cannot be used: each is told with what to do, and the rest goes on.

use std::fs::{self, File};

use crate::place::{Place, minutes};

/// Puts one good file beside `spoil`'s, and checks that it alone is read and why the other is not.
#[track_caller]
fn refused(spoil: impl FnOnce(&Place), words: &[&str]) {
    let place = Place::new();
    place.file("a.txt", minutes(0, 1));
    spoil(&place);
    place.run(&["sync"]).expect(1, &["1 ny, 0 rettede, 0 uændrede", "1 afvist:"]).expect(1, words);
    place.run(&["sync"]).expect(1, &["0 nye, 0 rettede, 1 uændret"]);
}

#[test]
fn an_empty_file() {
    refused(|place| drop(place.file("b.txt", "")), &["referater/b.txt: filen er tom"]);
}

#[test]
fn a_binary_file() {
    refused(
        |place| drop(place.file("b.txt", b"\x7fELF\0\0\x01\0")),
        &["referater/b.txt: filen er ikke tekst"],
    );
}

#[test]
fn a_file_of_500_megabytes_is_not_read() {
    let sparse =
        |place: &Place| File::create(place.path("referater/b.txt")).unwrap().set_len(500 << 20).unwrap();
    refused(
        sparse,
        &["referater/b.txt: er for stor (500 MB; grænsen er 64 MB, [limits] file_bytes i bot.toml)"],
    );
}

#[test]
fn the_limit_can_be_set() {
    let place = Place::new();
    place.file("a.txt", "Et dokument på mere end tyve byte");
    place.config("[data]", "[limits]\nfile_bytes = 20\n\n[data]");
    place.run(&["sync"]).expect(1, &["referater/a.txt: er for stor (34 byte; grænsen er 20 byte"]);
}

#[cfg(unix)]
#[test]
fn a_file_that_is_gone() {
    // The race between listing and reading has a test of its own beside the code; a dangling link is its visible twin.
    let link = |place: &Place| {
        std::os::unix::fs::symlink(place.path("væk.txt"), place.path("referater/b.txt")).unwrap();
    };
    refused(link, &["referater/b.txt: er en genvej, hvis mål findes ikke (mere)"]);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder() {
    let link = |place: &Place| {
        std::os::unix::fs::symlink(place.path("bot.toml"), place.path("referater/b.txt")).unwrap();
    };
    refused(link, &["referater/b.txt: er en genvej ud af mappen"]);
}

#[cfg(unix)]
#[test]
fn a_pipe_does_not_stop_the_reading() {
    let pipe = |place: &Place| {
        let made = place.other_command("mkfifo", &["referater/b.txt"]).status().unwrap();
        assert!(made.success());
    };
    refused(pipe, &["referater/b.txt: er ikke en almindelig fil"]);
}

#[cfg(unix)]
#[test]
fn an_unreadable_folder() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;

    let place = Place::new();
    place.file("a.txt", minutes(0, 1));
    let closed = place.path("referater/lukket");
    fs::create_dir(&closed).unwrap();
    let mode =
        |path: &std::path::Path, mode| fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
    mode(&closed, 0o000);

    let mut command = place.command(&["sync"]);
    if fs::read_dir(&closed).is_ok() {
        // Nothing is closed to root: the program runs as nobody, in a place that nobody may use.
        let binary = place.path("referent");
        // By cp: a file that this process wrote itself could still be open in another test's child, too busy to run.
        let copied = place.other_command("cp", &[crate::place::BINARY, "referent"]).status().unwrap();
        assert!(copied.success());
        mode(place.root(), 0o777);
        command = place.other_command(binary.to_str().unwrap(), &["sync"]);
        command.uid(65534).gid(65534);
    }
    let run: crate::place::Run = command.output().unwrap().into();
    mode(&closed, 0o700);
    run.expect(1, &["1 ny", "referater/lukket: må ikke læses; giv programmet læseadgang"]);
}

#[test]
fn a_source_that_is_missing() {
    let place = Place::new();
    fs::remove_dir(place.path("referater")).unwrap();
    place.run(&["sync"]).expect(1, &["0 nye", "referater: findes ikke (mere)"]);
}

#[test]
fn files_with_the_same_content_are_read_once() {
    let place = Place::new();
    place.file("a.txt", minutes(0, 1));
    place.file("b.txt", minutes(0, 1));
    for count in ["1 ny, 0 rettede, 0 uændrede", "0 nye, 0 rettede, 1 uændret"] {
        place.run(&["sync"]).expect(0, &[count, "referater/b.txt er det samme som referater/a.txt"]);
    }
}

#[test]
fn mistakes_in_bot_toml_name_the_line() {
    for (from, to, words) in [
        (
            "directory",
            "direktory",
            "bot.toml linje 9: ukendt nøgle 'direktory'; kendte nøgler her: directory",
        ),
        ("name = \"Prøveby Kommune\"", "name = 7", "bot.toml linje 2: forkert type: her står tallet 7"),
        ("path = \"referater\"", "path = \".\"", "linje 6: \".\" har intet mappenavn; giv kilden et name"),
        ("path = \"referater\"", "path = \".\"\nname = \"alt\"", "datamappen data ligger i kilden"),
    ] {
        let place = Place::new();
        place.config(from, to);
        for command in [&["sync"][..], &["ask", "/hjælp"], &["chat"]] {
            place.run(command).expect(2, &[words]);
        }
    }
}

#[test]
fn no_bot_toml() {
    let place = Place::new();
    fs::remove_file(place.path("bot.toml")).unwrap();
    place.run(&["sync"]).expect(2, &["bot.toml findes ikke", "--config FIL", "[council]\nname = "]);
    place.run(&["sync", "--config", "x/anden.toml"]).expect(2, &["x/anden.toml findes ikke"]);
}
