//! Files made to do harm: each ends in a refusal, or is read, in time that grows with its length only.

use minutes::read::{self, Refusal};

#[track_caller]
fn refused(file: &str) -> Refusal {
    read::text(file.as_bytes()).map(|read| read.text.chars().take(200).collect::<String>()).unwrap_err()
}

#[test]
fn nesting_is_refused() {
    for tag in ["div", "ul><li", "table><tr><td", "b", "x-y", "span hidden", "svg", "button"] {
        let page = format!("<html><body>{}a", format!("<{tag}>").repeat(100_000));
        assert_eq!(refused(&page), Refusal::Nested, "{tag}");
    }
    let field = |html: &str| format!("{{\"Dagsordenpunkter\":[{{\"Felter\":[{{\"Html\":\"{html}\"}}]}}]}}");
    assert_eq!(refused(&field(&"<div>".repeat(100_000))), Refusal::Nested);
    let xml = format!("<Dagsorden><Dagsordenpunkt><Indhold><A>{}", "&lt;div&gt;".repeat(100_000));
    assert_eq!(refused(&format!("{xml}</A></Indhold></Dagsordenpunkt></Dagsorden>")), Refusal::Nested);
    assert_eq!(refused(&format!("<Dagsorden>{}", "<a>".repeat(100_000))), Refusal::Nested);
}

#[test]
fn crowds_are_refused() {
    for tag in ["<br>", "<p>a"] {
        let page = format!("<html><body>{}", tag.repeat(1_000_001));
        assert_eq!(refused(&page), Refusal::Crowded, "{tag}");
    }
    let numbers = "0,".repeat(5_000_000);
    assert_eq!(refused(&format!("{{\"Dagsordenpunkter\":[{numbers}0]}}")), Refusal::Json);
    assert_eq!(
        refused(&format!("{{\"Dagsordenpunkter\":[{}{{}}]}}", "{},".repeat(1_000_000))),
        Refusal::Crowded
    );
    assert_eq!(refused(&format!("<Dagsorden>{}", "<Dagsordenpunkt/>".repeat(1_000_000))), Refusal::Crowded);
}

/// What is passed over is not kept, nor entered.
#[test]
fn unknown_parts_cost_nothing() {
    let deep = |open: &str, close: &str| open.repeat(100_000) + "1" + &close.repeat(100_000);
    for unknown in [format!("[{}0]", "[0],".repeat(1_000_000)), deep("[", "]"), deep("{\"a\":", "}")] {
        for key in ["Ukendt", "Moede\":{\"Navn\":[]},\"Sted"] {
            let json = format!(
                "{{\"{key}\":{unknown},\"Dagsordenpunkter\":[{{\"Navn\":\"a\",\"Number\":{unknown}}}]}}"
            );
            assert_eq!(read::text(json.as_bytes()).unwrap().text, "Dagsorden fra FirstAgenda\n\n# a\n");
        }
    }
    assert_eq!(refused(&format!("{{\"Dagsordenpunkter\":{}", "[".repeat(100_000))), Refusal::Json);
}

#[test]
fn attributes_without_end_are_read_in_time() {
    let attributes: String = (0..100_000).map(|at| format!(" a{at}='x' class='c{at}'")).collect();
    assert_eq!(read::text(format!("<html><p{attributes}>a</p>").as_bytes()).unwrap().text, "a\n");
    let point = format!("<Dagsordenpunkt{attributes} Nummer='1'><Overskrift>a</Overskrift></Dagsordenpunkt>");
    let xml = format!("<Dagsorden{attributes}>{point}</Dagsorden>");
    assert_eq!(read::text(xml.as_bytes()).unwrap().text, "Dagsorden fra SBSYS\n\n# a\nPunkt: 1\n");
}

/// End tags that belong to nothing, and what a browser moves or doubles.
#[test]
fn broken_markup_is_read_in_time() {
    let open = "<div>".repeat(400);
    for broken in ["</table>", "</p>", "</b>", "<table>x<b>", "<b><p></b>", "<a><div></a>"] {
        let page = format!("<html>{open}{}a", broken.repeat(20_000));
        match read::text(page.as_bytes()) {
            Ok(read) => assert!(read.text.ends_with("a\n"), "{broken}"),
            Err(refusal) => {
                assert!(matches!(refusal, Refusal::Nested | Refusal::Crowded), "{broken}: {refusal}");
            }
        }
    }
    // A browser opens all of these anew in each paragraph: a page of a million elements from 20 kB.
    let formatting: String = (0..1_000).map(|at| format!("<p><b id={at}>{at}")).collect();
    let read = read::text(format!("<html>{formatting}").as_bytes()).unwrap();
    assert_eq!(read.text.lines().filter(|line| !line.is_empty()).count(), 1_000);
}

#[test]
fn entities_are_refused() {
    let bomb = r#"<?xml version="1.0"?><!DOCTYPE Dagsorden [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<Dagsorden><Dagsordenpunkt><Overskrift>&c;</Overskrift></Dagsordenpunkt></Dagsorden>"#;
    assert_eq!(refused(bomb), Refusal::Entities);
    assert_eq!(
        refused(&bomb.replace("<!ENTITY a \"ha\">", "<!ENTITY a SYSTEM \"file:///etc/passwd\">")),
        Refusal::Entities
    );
}

#[test]
fn pages_without_text_say_what_to_do() {
    for page in [
        "<!doctype html><html><head><title>Referat</title></head><body><div id=root></div><script>app()</script></body></html>",
        "<!doctype html><html><body><noscript>Slå JavaScript til</noscript><script>",
        "<html><body><nav>Menu</nav></body></html>",
        "<!-- intet -->",
    ] {
        assert_eq!(refused(page), Refusal::NoText, "{page}");
    }
    assert!(Refusal::NoText.danish().starts_with("der er ingen tekst på siden"));
}

#[test]
fn what_is_neither_page_nor_export_is_refused() {
    for (file, refusal) in [
        ("<?xml version=\"1.0\"?><rss><channel/></rss>", Refusal::Xml),
        ("<?xml version=\"1.0\"?><Dagsorden><Møde></Dagsorden>", Refusal::Xml),
        ("<Dagsorden><Dagsordenpunkt>", Refusal::Xml),
        ("<?xml", Refusal::Xml),
        ("{\"Udvalg\": {\"2026\": []}}", Refusal::Json),
        ("{\"Dagsordenpunkter\": [", Refusal::Json),
        ("{}", Refusal::Json),
    ] {
        assert_eq!(refused(file), refusal, "{file}");
    }
    // Text may begin like any of them.
    for text in ["{se bilag}\n", "[image]\n", "< 5 % af sagerne\n", "<Navn> indstiller\n"] {
        assert_eq!(read::text(text.as_bytes()).unwrap().text, text);
    }
}
