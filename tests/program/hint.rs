//! Minutes without a head: what the file's name and folder tell of the meeting counts, and a warning says so.

use std::fs;

use crate::place::Place;

const HEADLESS: &str = "Punkt 1: Godkendelse af dagsorden\n\nBeslutning\n\nGodkendt.\n\nPunkt 2: Cykelsti langs Østergade\n\n\
     Sagsfremstilling\n\nForvaltningen har målt vejen op.\n\nBeslutning\n\nForslaget blev godkendt. Sagen genoptages den 7. juni.\n";

#[test]
fn a_name_tells_the_meeting_of_minutes_without_a_head() {
    let place = Place::new();
    fs::create_dir(place.path("referater/Teknikudvalget")).unwrap();
    let path = place.file("Teknikudvalget/referat 03-05-2021.txt", HEADLESS);
    place.run(&["parse", path.to_str().unwrap()]).expect(
        0,
        &[
            "referat, Teknikudvalget, 3. maj 2021",
            "body of the meeting by the file's name",
            "date of the meeting by the file's name",
        ],
    );
    place.run(&["sync"]).expect(0, &["1 ny"]);
    place.run(&["ask", "/møde", "teknikudvalget"]).expect(0, &["3. maj 2021", "Cykelsti langs Østergade"]);
    place.run(&["ask", "--today", "2021-05-10", "/opfølgning"]).expect(0, &["7. juni 2021"]);
}

#[test]
fn a_text_that_tells_its_meeting_is_believed_before_its_name() {
    let place = Place::new();
    let path = place.file("Byrådet 2019-01-02.txt", crate::place::minutes(0, 1));
    let run = place.run(&["parse", path.to_str().unwrap()]);
    run.expect(0, &["Prøveudvalget, 1. januar 2001"]);
    assert!(!run.out.contains("by the file's name"), "{run:#?}");
}
