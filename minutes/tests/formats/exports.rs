//! FirstAgenda JSON and SBSYS XML, made from the readings of the fixtures.

use minutes::{AgendaItem, Document, Kind, SectionKind, Warning};
use serde_json::{Value, json};

use crate::{check_same, document, fixtures, markup, read_text, words};

/// Facts that an export of a system has no place for.
const NO_CASEWORKERS: &str = "caseworkers";

/// The one fixture whose reading warns that an outcome stands under another heading: the export puts it where it was read.
const MOVED: &str = "decision found under another heading";

/// Heading and text of each section of an item as a system would hold it; decisions back under their headings.
fn sections(item: &AgendaItem) -> Vec<(String, String)> {
    let mut decision = item.decision.as_ref().map(|decision| decision.text.clone());
    let mut earlier = item.earlier_decisions.clone();
    let mut found = Vec::new();
    for section in &item.sections {
        if matches!(section.kind, SectionKind::Routing | SectionKind::Attachments) {
            continue;
        }
        let heading = section.heading.clone().unwrap_or_else(|| name_of(section.kind).to_owned());
        let mut text = section.text.clone();
        if section.kind == SectionKind::Decision {
            let others = earlier
                .iter()
                .position(|other| other.body.as_ref().is_some_and(|body| heading.contains(body.as_str())));
            let decided = match others {
                Some(at) => Some(earlier.remove(at).text),
                None => of_heading(&heading, &mut decision),
            };
            text = format!("{}\n\n{text}", decided.unwrap_or_default());
        }
        found.push((heading, text));
    }
    found.extend(decision.map(|text| ("Beslutning".to_owned(), text)));
    found
}

/// What a system calls a section to which the text gives no heading.
fn name_of(kind: SectionKind) -> &'static str {
    match kind {
        SectionKind::Recommendation => "Indstilling",
        SectionKind::Decision => "Beslutning",
        _ => "",
    }
}

/// The decision under a heading: all of it, or at a joint meeting the part that repeats the heading.
fn of_heading(heading: &str, decision: &mut Option<String>) -> Option<String> {
    let text = decision.take()?;
    let Some(rest) = text.strip_prefix(&format!("{heading}\n")) else { return Some(text) };
    let next = rest.find("\n\nBeslutning i ");
    *decision = next.map(|at| rest[at + 2..].to_owned());
    Some(rest[..next.unwrap_or(rest.len())].to_owned())
}

fn as_json(document: &Document, html: fn(&str) -> String) -> Value {
    let points: Vec<Value> = document
        .items
        .iter()
        .enumerate()
        .map(|(at, item)| {
            // Hosts differ in their names.
            let [number, name, case] = if at % 2 == 0 {
                ["Punktnummer", "Navn", "SagsNummer"]
            } else {
                ["Number", "Caption", "CaseNumber"]
            };
            let fields: Vec<Value> = sections(item)
                .into_iter()
                .map(|(heading, text)| json!({"Navn": heading, "Html": html(&text), "DocumentId": null, "Link": null}))
                .collect();
            let files: Vec<Value> =
                item.attachments.iter().map(|name| json!({"Id": "1", "Navn": name, "Order": 0})).collect();
            json!({
                "Id": "00000000-0000-0000-0000-000000000001", "AgendaUid": {"a": [1, 2]}, number: item.number, name: item.title, "Lukket": item.closed,
                case: item.case_number.as_ref().map(ToString::to_string), "Felter": fields, "Bilag": files,
            })
        })
        .collect();
    json!({
        "Id": "00000000-0000-0000-0000-000000000000",
        "Udvalg": {"Id": "1", "Navn": document.body},
        "Moede": {"Navn": "Referat", "Dato": document.date.map(|day| format!("{day}T14:00:00+02:00")), "Sted": document.place},
        "TillaegsDagsorden": false,
        "Dagsordenpunkter": points,
    })
}

/// A heading as the name of an element, which holds no other marks than points and dashes.
fn element(heading: &str) -> String {
    let name: String = heading
        .trim_matches(['*', ':', ' ', ','])
        .chars()
        .map(|c| if c.is_alphanumeric() || c == '.' || c == '-' { c } else { '_' })
        .collect();
    if name.is_empty() { "Tekst".to_owned() } else { name }
}

/// How a section's markup stands in the XML.
#[derive(Clone, Copy)]
enum Inside {
    Data,
    Escaped,
    Elements,
}

fn as_xml(document: &Document, inside: Inside) -> String {
    let attribute = |text: &str| markup::escaped(text).replace('"', "&quot;").replace("&nbsp;", "&#160;");
    let points: String = document
        .items
        .iter()
        .map(|item| {
            let sections: String = sections(item)
                .into_iter()
                .map(|(heading, text)| {
                    let name = element(&heading);
                    let html = markup::of(&text);
                    let html = match inside {
                        Inside::Data => format!("<![CDATA[{html}]]>"),
                        Inside::Escaped => markup::escaped(&html),
                        Inside::Elements => html.replace("<br>", "<br/>"),
                    };
                    format!("<{name}>{html}</{name}>\n")
                })
                .collect();
            let files: String =
                item.attachments.iter().map(|name| format!("<Bilag BilagID=\"1\" Navn=\"{}\" MaaPubliceres=\"true\" BilagUrl=\"x\"/>", attribute(name))).collect();
            format!(
                "<Dagsordenpunkt DagsordenpunktID=\"1\" Åbent=\"{}\" Nummer=\"{}\" Sagsnummer=\"{}\"><Overskrift>{}</Overskrift><Indhold>{sections}</Indhold><Bilagsliste>{files}</Bilagsliste></Dagsordenpunkt>\n",
                !item.closed,
                item.number.as_deref().unwrap_or_default(),
                item.case_number.as_ref().map(ToString::to_string).unwrap_or_default(),
                markup::escaped(item.title.as_deref().unwrap_or_default()),
            )
        })
        .collect();
    let date = document.date.map(|day| day.strftime("%d-%m-%Y").to_string()).unwrap_or_default();
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Dagsorden DagsordenID=\"1\" Åben=\"true\" Dagsordentype=\"referat\">\n<Møde MødeID=\"1\" Udvalg=\"{}\" Mødedato=\"{date}\" Mødetid=\"15.00\" Mødested=\"{}\"/>\n<Dagsordenpunkter>{points}</Dagsordenpunkter></Dagsorden>\n",
        attribute(document.body.as_deref().unwrap_or_default()),
        attribute(document.place.as_deref().unwrap_or_default()),
    )
}

/// Every line of the export's text that says something stands in its reading.
#[track_caller]
fn check_nothing_lost(name: &str, text: &str) {
    let (document, warnings): (Document, Vec<Warning>) = minutes::parse(text);
    let kept = words(&serde_json::to_string(&document).unwrap().replace("\\n", " "));
    let closed = document.items.iter().any(|item| item.closed);
    for line in text.lines().filter(|line| !line.starts_with("Mødedato") && !closed) {
        let said = line
            .trim_start_matches('#')
            .split_once(": ")
            .map_or(line.trim_start_matches('#'), |(_, value)| value);
        let said = serde_json::to_string(&words(said)).unwrap();
        assert!(kept.contains(said.trim_matches('"')), "{name}: {line}\n{warnings:?}");
    }
}

#[test]
fn firstagenda_reads_as_text() {
    for (name, text) in fixtures() {
        let (expected, warnings) = minutes::parse(&text);
        if expected.items.is_empty() {
            continue;
        }
        for (form, html) in [("paragraphs", markup::of as fn(&str) -> String), ("text", str::to_owned)] {
            let json = as_json(&expected, html).to_string();
            let read = read_text(json.as_bytes());
            let name = format!("{name} ({form})");
            assert_eq!(document(&read).layout, "firstagenda");
            check_same(&name, &expected, &document(&read), known(&warnings));
            check_nothing_lost(&name, &read);
        }
    }
}

#[test]
fn sbsys_reads_as_text() {
    for (name, text) in fixtures() {
        let (expected, warnings) = minutes::parse(&text);
        if expected.items.is_empty() {
            continue;
        }
        for (form, inside) in
            [("data", Inside::Data), ("escaped", Inside::Escaped), ("elements", Inside::Elements)]
        {
            let read = read_text(as_xml(&expected, inside).as_bytes());
            let name = format!("{name} ({form})");
            assert_eq!(document(&read).layout, "sbsys");
            check_same(&name, &expected, &document(&read), known(&warnings));
            check_nothing_lost(&name, &read);
        }
    }
}

/// What may differ from the text's reading.
fn known(warnings: &[Warning]) -> &'static [&'static str] {
    if warnings.iter().any(|warning| warning.what == MOVED) {
        &[NO_CASEWORKERS, "recommendations"]
    } else {
        &[NO_CASEWORKERS]
    }
}

const POINT: &str = r##"{"Punktnummer": 7, "Navn": "Salg af grund", "SagsNummer": "13.06.00-P19-1-26", "Felter": [
  {"Navn": "Sagsbehandler", "Html": "<p>Ida Holm</p>"},
  {"Navn": "Indhold", "Html": "<table><tr><td>DIR<td>BFU<td>SOS<td>BSK<td>KFU<tr><td><td><td>X<td><td></table><h3>Resume</h3><p>Kort.</p><p># ikke et punkt<br>## heller ikke</p><h3>Beslutning</h3><p>Godkendt.</p>"}]}"##;

fn agenda(points: &str, meeting: &str) -> String {
    format!(
        r#"{{"Udvalg": {{"Navn": "Byrådet"}}, "Moede": {{"Navn": "{meeting}", "Dato": "2026-05-04T12:00:00Z", "Sted": "Salen"}}, "Dagsordenpunkter": [{points}]}}"#
    )
}

#[test]
fn one_field_may_hold_a_whole_item() {
    let document = document(&read_text(agenda(POINT, "Referat").as_bytes()));
    assert_eq!((document.kind, document.body.as_deref()), (Kind::Minutes, Some("Byrådet")));
    assert_eq!(document.time.as_deref(), Some("14:00"));
    let [item] = document.items.as_slice() else { panic!("{:?}", document.items) };
    assert_eq!(item.number.as_deref(), Some("7"));
    assert_eq!(item.caseworkers, ["Ida Holm"]);
    assert_eq!(item.routed_to.as_deref(), Some(&["SOS".to_owned()][..]));
    assert_eq!(item.decision.as_ref().unwrap().text, "Godkendt.");
    let resume = item.sections.iter().find(|section| section.kind == SectionKind::Summary).unwrap();
    assert_eq!(resume.text, "Kort.\n\n # ikke et punkt\n ## heller ikke");
}

#[test]
fn closed_items_keep_their_head_only() {
    let closed_by_flag = POINT.replace("\"Punktnummer\"", "\"Lukket\": true, \"Punktnummer\"");
    let closed_by_title = POINT.replace("Salg af grund", "Salg af grund (Lukket)");
    for json in [
        agenda(&closed_by_flag, "Referat"),
        agenda(&closed_by_title, "Referat"),
        agenda(POINT, "Lukket referat"),
    ] {
        check_closed(&document(&read_text(json.as_bytes())));
    }
    for (whole, point) in [("true", "false"), ("false", "true"), ("0", "1"), ("true", "nej")] {
        let xml = format!(
            "<Dagsorden Åben='{whole}'><Møde Udvalg='Byrådet' Mødedato='4. maj 2026'/><Dagsordenpunkter><Dagsordenpunkt Åbent='{point}'><Overskrift>Salg af grund</Overskrift><Indhold><Beslutning>Godkendt.</Beslutning>Løs tekst, Ida Holm, Kort.</Indhold><Bilagsliste><Bilag Navn='hemmelig.pdf'/></Bilagsliste></Dagsordenpunkt></Dagsordenpunkter></Dagsorden>"
        );
        check_closed(&document(&read_text(xml.as_bytes())));
    }
}

#[track_caller]
fn check_closed(document: &Document) {
    let [item] = document.items.as_slice() else { panic!("{:?}", document.items) };
    assert!(item.closed && item.decision.is_none() && item.sections.is_empty(), "{item:?}");
    assert!(item.title.as_deref().unwrap().starts_with("Salg af grund"));
    let all = serde_json::to_string(document).unwrap();
    for inside in ["Godkendt", "Kort", "hemmelig", "Ida Holm"] {
        assert!(!all.contains(inside), "{inside} in {all}");
    }
}

/// Titles may be numbered where nothing else tells numbers; a number that belongs to the title is left.
#[test]
fn numbers_of_an_export_may_stand_in_titles() {
    for (titles, expected) in [
        (["1. Dagsorden", "2. Salg"], [(Some("1"), "Dagsorden"), (Some("2"), "Salg")]),
        (["2. behandling af budget", "Salg"], [(None, "2. behandling af budget"), (None, "Salg")]),
        (["1. behandling", "1. behandling"], [(None, "1. behandling"), (None, "1. behandling")]),
    ] {
        let points: String = titles
            .iter()
            .map(|title| format!("<Dagsordenpunkt><Overskrift>{title}</Overskrift></Dagsordenpunkt>"))
            .collect();
        let document =
            document(&read_text(format!("<?xml version='1.0'?><Dagsorden>{points}</Dagsorden>").as_bytes()));
        let found: Vec<_> = document
            .items
            .iter()
            .map(|item| (item.number.as_deref(), item.title.as_deref().unwrap()))
            .collect();
        assert_eq!(found, expected);
    }
}
