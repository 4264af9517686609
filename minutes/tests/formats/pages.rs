//! Web pages.

use crate::{check_same, document, fixtures, markup, read_text};

/// A page with nothing but the minutes.
fn plain(body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"da\"><head><meta charset=\"utf-8\"><title>Referat</title></head><body>\n{body}</body></html>"
    )
}

/// What stands around the minutes on a municipality's page. Each line of it is one that nobody would find in minutes.
const BEFORE: &str = r##"<!doctype html><html lang="da"><head><title>STØJ titel</title>
<style>.a { color: red } /* STØJ stil */</style><script>if (1 < 2) { document.write("<p>STØJ script</p>") }</script></head>
<body class="has-cookie-banner" aria-hidden="true"><a class="skip-link" href="#indhold">STØJ spring til indhold</a>
<div id="CybotCookiebotDialog" role="dialog"><h2>STØJ cookies</h2><p>Vi bruger STØJ cookies. <button>Tillad alle STØJ</button></p></div>
<header><div class="logo">STØJ Kommune</div><nav><ul><li><a href="/politik">STØJ Politik</a><li><a href="/bilag">Beslutning</a></ul></nav></header>
<ol class="breadcrumb"><li><a href="/">STØJ Forside</a></li></ol>
<noscript><p>STØJ Slå JavaScript til</p></noscript>
"##;
const AFTER: &str = r#"<aside><h2>STØJ Kontakt</h2><p>STØJ Skriv til os</p></aside>
<div hidden><p>STØJ skjult</p></div><div style="display: none">STØJ skjult</div><template><p>STØJ skabelon</p></template>
<footer><p>STØJ Kommune, Torvet 1<br>CVR STØJ</p></footer><iframe>STØJ ramme</iframe></body></html>"#;

/// The same in elements that say nothing of themselves.
const MUTE_BEFORE: &str = r#"<html><body><div><div><ul><li><a href="/a">STØJ Politik</a></li><li><a href="/b">Beslutning</a></li></ul></div>
<div><p>STØJ Kommune byder velkommen.</p></div><div>"#;
const MUTE_AFTER: &str = "</div><div><p>STØJ Kommune<br>Torvet 1</p><form><input value=STØJ><select><option>STØJ</select></form></div></div></body></html>";

/// Pages around a body, by name.
fn pages(body: &str) -> Vec<(&'static str, String)> {
    let folded: String =
        body.replace("<h2", "</div></section><section><h2").replace("</h2>", "</h2><div hidden id=fold1>");
    vec![
        ("plain", plain(body)),
        ("main", format!("{BEFORE}<main id=\"indhold\">{body}</main>{AFTER}")),
        ("article", format!("{BEFORE}<div><article>{body}</article></div>{AFTER}")),
        (
            "tags left open",
            format!(
                "{BEFORE}<div role=main>{}</div>{AFTER}",
                body.replace("</p>", "").replace("</li>", "").replace("</td>", "").replace("</tr>", "")
            ),
        ),
        (
            "folded",
            format!(
                "{BEFORE}<main><a href=#fold1>STØJ</a><section><div>{folded}</div></section></main>{AFTER}"
            )
            .replace("<a href=#fold1>STØJ</a>", "<button aria-controls=fold1></button>"),
        ),
        (
            "xhtml",
            format!(
                "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" \"x\">\n<html xmlns=\"http://www.w3.org/1999/xhtml\"><head><script src=\"a.js\"/><title/></head><body><div class=\"menu\"/><div>{}</div></body></html>",
                body.replace("<br>", "<br/>")
            ),
        ),
    ]
}

/// Lines without what markup has in another form: bullets, and tabs between cells that text has on lines of their own.
pub(crate) fn plain_lines(text: &str) -> Vec<String> {
    text.lines()
        .flat_map(|line| line.split('\t'))
        .map(|line| crate::words(line.trim().trim_start_matches('•')))
        .filter(|line| !line.is_empty())
        .collect()
}

#[test]
fn pages_read_as_their_text() {
    for (name, text) in fixtures() {
        let expected = document(&text);
        for (page, html) in pages(&markup::of(&text)) {
            let read = read_text(html.as_bytes());
            let name = format!("{name} ({page})");
            assert_eq!(plain_lines(&text), plain_lines(&read), "{name}");
            check_same(&name, &expected, &document(&read), &[]);
        }
    }
}

/// The fixtures that have only headings which any page may have (`Konklusion`, without a colon), or none: all of a mute page is read
/// then.
const WITHOUT_EVIDENCE: [&str; 3] = ["havelaage", "moede-som-overskrift", "raadsmoede-uden-overskrifter"];

/// Pages that say nothing of their parts: the minutes are where the evidence is.
#[test]
fn mute_pages_are_read_where_the_evidence_is() {
    let mut differ: Vec<String> = Vec::new();
    for (name, text) in fixtures() {
        let expected = document(&text);
        if expected.items.is_empty() {
            continue;
        }
        let html = format!("{MUTE_BEFORE}{}{MUTE_AFTER}", markup::of(&text));
        let read = read_text(html.as_bytes());
        if plain_lines(&text) != plain_lines(&read) {
            differ.push(name);
            continue;
        }
        check_same(&name, &expected, &document(&read), &[]);
    }
    assert_eq!(differ, WITHOUT_EVIDENCE);
}

/// The words after a heading are never left behind, however little there is on the page.
#[test]
fn what_follows_the_evidence_is_read() {
    check("<div><div><h3>Beslutning</h3></div><div>Godkendt.</div></div>", "Beslutning\n\nGodkendt.\n");
    check("<table><tr><td>Beslutning<td>Godkendt.</table><p>a", "Beslutning\nGodkendt.\n\na\n");
    check(
        "<h1>Referat</h1><div><p>Udvalg: A</p><div><b>Beslutning</b></div><div>Ja</div></div>",
        "Referat\n\nUdvalg: A\n\nBeslutning\nJa\n",
    );
}

/// A button that is called what a section is called opens it.
#[test]
fn buttons_may_be_headings() {
    check("<div><button>Beslutning</button><div>Godkendt.</div></div>", "Beslutning\nGodkendt.\n");
    check(
        "<div><button>Beslutning</button> <div style='display:none'>Godkendt.</div></div><div hidden>b</div>",
        "Beslutning\nGodkendt.\n",
    );
    check("<main><p>a</p><button>Udskriv</button><div hidden>b</div><div>c</div></main>", "a\n\nc\n");
}

#[track_caller]
fn check(html: &str, expected: &str) {
    assert_eq!(read_text(plain(html).as_bytes()), expected, "{html}");
}

#[test]
fn blocks_end_lines() {
    check("<p>a\n  b<p>c", "a b\n\nc\n");
    check("<div>a</div><div>b</div>c", "a\nb\nc\n");
    check("a<br>b<br><br>c<br></br>", "a\nb\n\nc\n");
    check("<h1>A</h1>b<h2>C</h2>", "A\n\nb\n\nC\n");
    check("<b>a</b><i> b</i><span>c</span>", "a bc\n");
    check("<pre>a\n  b</pre>", "a\n  b\n");
    check("x&nbsp;y &aelig;&#248;&#xe5; &lt;b&gt; &amp;amp;", "x y æøå <b> &amp;\n");
    check("<p>a<p>&nbsp;<p>b", "a\n\n\u{a0}\n\nb\n");
}

#[test]
fn lists_keep_their_marks() {
    check("<ul><li>a<li><p>b</p><p>c</p><li><a href=x>d</a></ul>e", "• a\n• b\n\nc\n\n• d\n\ne\n");
    check("<ol start=3><li>a<li value=7>b<li>c</ol>", "3. a\n7. b\n8. c\n");
    check("<ul><li>a<ul><li>b</ul><li>c</ul>", "• a\n• b\n• c\n");
    check("<ul><li><h3>72. Titel</h3><p>b</p></ul>", "72. Titel\n\nb\n");
    check("<dl><dt>Mødedato<dd>12. august<dt>Sted:<dd>Salen</dl>", "Mødedato: 12. august\nSted: Salen\n");
}

#[test]
fn tables_keep_their_cells() {
    check("<table><tr><th>a<th>b<tr><td><td>1 2</table>c", "a\tb\n\t1 2\n\nc\n");
    check("<table><tr><td colspan=2>a<td>b<tr><td>1<td>2<br>x<td>3</table>", "a\t\tb\n1\t2 x\t3\n");
    check("<table><tr><td>Deltagere<td>A<br>B</table>", "Deltagere\tA\nB\n");
    // A table that places text on the page is no table.
    check("<table><tr><td><h2>A</h2><p>b<td>c</table>", "A\n\nb\n\nc\n");
    check("<table><tr><td>Beslutning<td>Godkendt.</table>", "Beslutning\nGodkendt.\n");
    let long = "ord ".repeat(200);
    check(&format!("<table><tr><td>a<td>{long}</table>"), &format!("a\n{}\n", long.trim()));
}

#[test]
fn encodings_of_pages_are_told() {
    let page = |charset: &str| {
        format!("<html><head><meta charset=\"{charset}\"></head><body><p>Økonomi på rådhuset – »ja«</p>")
    };
    let expected = "Økonomi på rådhuset – »ja«\n";
    for charset in ["windows-1252", "iso-8859-1", "utf-8", "x-ukendt"] {
        let html = page(charset);
        // Whatever is declared, what is UTF-8 is read as such.
        assert_eq!(read_text(html.as_bytes()), expected, "{charset} declared, UTF-8");
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode(&html);
        assert_eq!(read_text(&bytes), expected, "{charset} declared, Windows-1252");
    }
    let (bytes, _, _) = encoding_rs::ISO_8859_15
        .encode("<?xml version='1.0' encoding='iso-8859-15'?><html><body>5 € på</body></html>");
    assert_eq!(read_text(&bytes), "5 € på\n");
    for units in [u16::to_le_bytes as fn(u16) -> [u8; 2], u16::to_be_bytes] {
        let bytes: Vec<u8> = page("utf-16").encode_utf16().flat_map(units).collect();
        assert_eq!(read_text(&bytes), expected);
    }
}

#[test]
fn numbers_of_people_do_not_get_past_markup() {
    let read = minutes::read::text(plain("<p>Borger 010190-<b>12</b>34").as_bytes()).unwrap();
    assert_eq!(read.text, "Borger xxxxxx-xxxx\n");
    assert_eq!(read.warnings.len(), 1);
}
