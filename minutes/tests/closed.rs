//! Text of closed items never gets out, however a municipality marks them; open items whose titles have the word stay.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use minutes::read::{self, Refusal};

/// Stands in the text of the closed items.
const SECRET: &str = "Nabostriden";

/// Minutes of three items before and after `middle`.
fn minutes_with(middle: &str) -> String {
    format!(
        "Vejby Kommune\nTeknisk Udvalg\n\nReferat\n\nMødedato: 14. marts 2023\nMødested: Salen\n\n1. Dagsorden\nSagsnr.: 71-2023-1\n\nBeslutning\nGodkendt.\n\n2. Cykelstier\nSagsnr.: 71-2023-2\n\nBeslutning\nTaget til efterretning.\n\n{middle}\n\n4. Eventuelt\n\nBeslutning\nIntet nyt.\n"
    )
}

const TEXT: &str =
    "\nSagsnr.: 71-2023-3\n\nSagsfremstilling\nNabostriden om hegnet.\n\nBeslutning\nNabostriden er forbi.";

/// Number, title, whether closed, decision.
fn items(text: &str) -> Vec<(String, String, bool, String)> {
    let (document, _) = minutes::parse(&read::text(text.as_bytes()).unwrap().text);
    let of = |text: Option<&str>| text.unwrap_or_default().to_owned();
    document
        .items
        .iter()
        .map(|item| {
            let decision = item.decision.as_ref().map(|decision| decision.text.as_str());
            (of(item.number.as_deref()), of(item.title.as_deref()), item.closed, of(decision))
        })
        .collect()
}

#[track_caller]
fn check_closed(text: &str, title: &str, closed_after: bool) {
    let found = items(text);
    let [_, second, third, last] = found.as_slice() else { panic!("{found:?}\n{text}") };
    assert_eq!((second.2, second.3.as_str()), (false, "Taget til efterretning."), "{text}");
    assert_eq!((third.0.as_str(), third.1.as_str(), third.2), ("3", title, true), "{text}");
    assert_eq!((last.1.as_str(), last.2), ("Eventuelt", closed_after), "{text}");
    let document = minutes::parse(text).0;
    assert!(!serde_json::to_string(&document).unwrap().contains(SECRET), "{text}");
}

#[test]
fn heads_of_closed_items_have_many_forms() {
    for (head, title) in [
        ("3. Hegnssag (Lukket)", "Hegnssag (Lukket)"),
        ("3. (LUKKET) Hegnssag", "Hegnssag"),
        ("3. Hegnssag [Lukket]", "Hegnssag [Lukket]"),
        ("3. Hegnssag, lukket", "Hegnssag, lukket"),
        ("3. Hegnssag /Lukket", "Hegnssag /Lukket"),
        ("3. Hegnssag – Lukket dagsorden", "Hegnssag – Lukket dagsorden"),
        ("3. Hegnssag (Punktet er lukket)", "Hegnssag (Punktet er lukket)"),
        ("3. Hegnssag - fortroligt", "Hegnssag - fortroligt"),
        ("3. Hegnssag (L)", "Hegnssag (L)"),
        ("3. Hegnssag (Lukket sag) 82.02.00.G10 24/11", "Hegnssag (Lukket sag)"),
        ("3. Hegnssag (Lukket)\t24/11", "Hegnssag (Lukket)"),
        ("3. Lukket sag 82.02.00.G10 24/11", "Lukket sag"),
        ("Lukket punkt 3. Hegnssag", "Hegnssag"),
        ("3 - Lukket - Hegnssag", "Hegnssag"),
        ("3 (Lukket) Hegnssag", "Hegnssag"),
        ("L 3. Hegnssag", "Hegnssag"),
        ("L-3 Hegnssag", "Hegnssag"),
        ("3. Hegnssag\nÅbent punkt: Nej", "Hegnssag"),
        ("3. Hegnssag\n\nLukket punkt", "Hegnssag"),
        ("3. Hegnssag\nPunktet behandles for lukkede døre, jf. styrelseslovens § 10.", "Hegnssag"),
        ("3. Hegnssag\nPunktet er lukket for offentligheden.", "Hegnssag"),
        ("3. Hegnssag\nSagen er lukket.", "Hegnssag"),
        ("3. Hegnssag\nPunktet er ikke offentligt.", "Hegnssag"),
        ("3. Hegnssag\nBehandles på lukket møde", "Hegnssag"),
        ("3. Hegnssag\nBehandles for lukkede døre.", "Hegnssag"),
        ("3. Hegnssag\n\nBehandlet for lukkede døre", "Hegnssag"),
        ("3. Hegnssag\nBehandles for lukkede døre, jf. styrelseslovens § 10", "Hegnssag"),
        ("3. Hegnssag\nSagen er undtaget fra offentlighed.", "Hegnssag"),
    ] {
        check_closed(&minutes_with(&format!("{head}{TEXT}")), title, false);
    }
}

#[test]
fn a_closed_part_closes_the_items_after_it() {
    for part in [
        "LUKKET DAGSORDEN",
        "Lukket dagsorden",
        "Lukket",
        "Lukkede sager:",
        "LUKKEDE PUNKTER",
        "Lukkede punkter på dagsordenen",
        "Sager for lukkede døre",
        "Behandles for lukkede døre:",
    ] {
        check_closed(&minutes_with(&format!("{part}\n\n3. Hegnssag{TEXT}")), "Hegnssag", true);
    }
    let again = minutes_with(&format!("Lukket\n\n3. Hegnssag{TEXT}\n\nÅben"));
    check_closed(&again, "Hegnssag", false);
    // The closed items may be counted anew, or have no number.
    for head in ["1. Hegnssag", "Hegnssag"] {
        let text = minutes_with(&format!("LUKKET DAGSORDEN\n\n{head}{TEXT}"));
        let document = minutes::parse(&text).0;
        assert!(!serde_json::to_string(&document).unwrap().contains(SECRET), "{text}");
    }
}

#[test]
fn a_matter_that_ends_is_not_closed_to_the_public() {
    let found = items(&minutes_with("3. Hegnssag\n\nBeslutning\nSagen er lukket."));
    assert_eq!(found.get(2).map(|item| (item.2, item.3.as_str())), Some((false, "Sagen er lukket.")));
    let found = items(&minutes_with("3. Hegnssag\n\nBeslutning\nBehandlet for lukkede døre."));
    assert_eq!(found.iter().map(|item| item.2).collect::<Vec<_>>(), [false, false, true, false]);
}

#[test]
fn items_of_a_closed_part_may_be_counted_anew() {
    let titles = |part: &str| -> Vec<String> {
        let found = items(&minutes_with(&format!("LUKKET DAGSORDEN\n\n{part}")));
        found.into_iter().filter(|item| item.2).map(|item| item.1).collect()
    };
    assert_eq!(titles("1. Hegnssag\n2. Salg af grund"), ["Hegnssag", "Salg af grund", "Eventuelt"]);
    let decided =
        "1. Hegnssag\n\nBeslutning\nNabostriden er forbi.\n\n2. Salg af grund\n\nBeslutning\nSolgt.";
    assert_eq!(titles(decided), ["Hegnssag", "Salg af grund", "Eventuelt"]);
    // A row of a list inside a closed item is no title.
    let row = "1. Hegnssag\nNabostriden er\n2. Nabostriden er forbi\n\nBeslutning\nForlig.";
    assert_eq!(titles(row), ["Hegnssag", "Eventuelt"]);
}

#[test]
fn a_closed_part_closes_items_that_begin_with_their_case() {
    let text = "Udvalg: Teknisk Udvalg\nMødedato: 14. marts 2023\nMødested: Salen\n\nDagsordenpunkter\n\nSagsnr.: 29.00.00-A26-1-13 Sagsbehandler: Ida Holm\nCykelstier\n\nBeslutning\nGodkendt.\n\nLUKKET DAGSORDEN\n\nSagsnr.: 29.00.00-A26-2-13 Sagsbehandler: Ida Holm\nHegnssag\n\nBeslutning\nNabostriden er forbi.\n";
    let found = items(text);
    assert_eq!(found.first().map(|item| (item.2, item.3.as_str())), Some((false, "Godkendt.")));
    assert_eq!(found.last().map(|item| (item.1.as_str(), item.2)), Some(("Hegnssag", true)));
    assert!(!serde_json::to_string(&minutes::parse(text).0).unwrap().contains(SECRET));
}

#[test]
fn letters_may_tell_open_and_closed_items() {
    let text = "Vejby Kommune\nTeknisk Udvalg\nReferat\n\nMødedato: 14. marts 2023\n\nO-1 Dagsorden\n\nBeslutning\nGodkendt.\n\nO-2 Cykelstier\n\nBeslutning\nTaget til efterretning.\n\nL-3 Hegnssag\n\nBeslutning\nNabostriden er forbi.\n\nO-4 Eventuelt\n\nBeslutning\nIntet nyt.\n";
    check_closed(text, "Hegnssag", false);
}

#[test]
fn titles_that_have_the_word_stay_open() {
    for title in [
        "Lukket vej ved Skolegade - indsigelse",
        "Lukket botilbud (godkendelse)",
        "Lukning af Engskolen",
        "Lukkede døre i folkeskolen",
        "Børnehaver, uge 29 - lukket",
        "Åbent brev om stier",
    ] {
        let found = items(&minutes_with(&format!("3. {title}{TEXT}")));
        let expected = ("3".to_owned(), title.to_owned(), false, "Nabostriden er forbi.".to_owned());
        assert_eq!(found.get(2), Some(&expected));
        assert_eq!(found.len(), 4, "{found:?}");
    }
}

#[test]
fn exports_mark_closed_items_in_their_titles() {
    for title in [
        "(LUKKET) Hegnssag",
        "(Lukket punkt) Hegnssag",
        "Lukket punkt: Hegnssag",
        "Hegnssag, lukket",
        "Hegnssag (ikke offentlig)",
    ] {
        let json = format!(
            r#"{{"Udvalg": {{"Navn": "Teknisk Udvalg"}}, "Moede": {{"Navn": "Referat", "Dato": "2024-01-22T08:00:00+01:00"}}, "Dagsordenpunkter": [{{"Punktnummer": "3", "Navn": "{title}", "Felter": [{{"Navn": "Beslutning", "Html": "<p>Nabostriden er forbi.</p>"}}], "Bilag": []}}]}}"#
        );
        let xml = format!(
            r#"<?xml version="1.0"?><Dagsorden><Møde Udvalg="Teknisk Udvalg" Mødedato="22. januar 2024"/><Dagsordenpunkter><Dagsordenpunkt><Overskrift>2. Cykelstier</Overskrift></Dagsordenpunkt><Dagsordenpunkt><Overskrift>3. {title}</Overskrift><Indhold><Beslutning>Nabostriden er forbi.</Beslutning></Indhold></Dagsordenpunkt></Dagsordenpunkter></Dagsorden>"#
        );
        for file in [json, xml] {
            let expected = ("3".to_owned(), title.to_owned(), true, String::new());
            assert_eq!(items(&file).last(), Some(&expected));
            assert!(!read::text(file.as_bytes()).unwrap().text.contains(SECRET));
        }
    }
}

#[test]
fn a_list_of_agendas_and_rtf_are_refused() {
    for (file, why) in [
        (r#"[{"Udvalg": {"Navn": "Teknisk Udvalg"}, "Dagsordenpunkter": []}]"#, Refusal::Json),
        (r"{\rtf1\ansi {\b Referat}\par 1. Dagsorden\par}", Refusal::Rtf),
    ] {
        assert_eq!(read::text(file.as_bytes()), Err(why));
    }
    assert!(Refusal::Rtf.danish().starts_with("filen er et RTF-dokument"));
    assert!(read::text(b"[Lukket] Hegnssag").is_ok());
}

#[test]
fn what_stands_under_the_heading_of_a_closed_part_is_closed() {
    let item = |number: u8, title: &str, text: &str| {
        format!(
            "{number}. {title}\n\nSagsnr.: 82.01.00-G01-{number}-22 Sagsbehandler: Ida Holm\n\n{title}\n\nBeslutning\n\n{text}\n"
        )
    };
    let head = "Udvalg: Byrådet\nMødedato: 7. november 2022\nMødested: Salen\n\nDagsordenpunkter\n\n";
    let (open, closed) = (item(1, "Vejplan", "Godkendt."), item(2, "Hegnssag", SECRET));
    for (part, more) in
        [("Lukkede punkter\n", 0), ("Lukkede punkter på dagsordenen:\nNabostriden er forbi.\n\n", 1)]
    {
        let found = items(&format!("{head}{open}\n{part}{closed}"));
        assert_eq!(found.len(), 2 + more, "{found:?}");
        assert_eq!(found[0].3, "Godkendt.", "{found:?}");
        assert!(found[1..].iter().all(|(_, _, closed, text)| *closed && text.is_empty()), "{found:?}");
    }
}
