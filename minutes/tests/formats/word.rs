//! Word documents, made from the fixtures' markup.

use std::io::{Cursor, Write};

use minutes::read::{self, Refusal};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::{check_same, document, fixtures, markup, pages, read_text};

/// Markup of the fixtures, and what Word has in its place.
const WORDS: [(&str, &str); 19] = [
    ("&nbsp;", "&#160;"),
    ("<br>\n", "</w:t><w:br/><w:t xml:space=\"preserve\">"),
    ("<td><p>", "<td>"),
    ("</p></td>", "</td>"),
    ("<table><tbody>", "<w:tbl><w:tblPr/>"),
    ("</tbody></table>", "</w:tbl>"),
    ("<tr>", "<w:tr>"),
    ("</tr>", "</w:tr>"),
    ("<td>", "<w:tc><w:p><w:r><w:t>"),
    ("</td>", "</w:t></w:r></w:p></w:tc>"),
    ("<ul>\n", ""),
    ("</ul>\n", ""),
    ("<li>", "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>"),
    ("</li>", "</w:t></w:r></w:p>"),
    ("<h3>", "<w:p><w:pPr><w:pStyle w:val=\"Overskrift3\"/></w:pPr><w:r><w:t>"),
    ("<h2 class=\"overskrift\">", "<w:p><w:pPr><w:pStyle w:val=\"Heading2\"/></w:pPr><w:r><w:t>"),
    ("</h3>", "</w:t></w:r></w:p>"),
    ("</h2>", "</w:t></w:r></w:p>"),
    ("</p>", "</w:t></w:r></w:p>"),
];

const NUMBERING: &str = r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:start w:val="72"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num></w:numbering>"#;

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in files {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A document of some paragraphs.
fn docx(body: &str) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"w\"><w:body>{body}<w:sectPr/></w:body></w:document>"
    );
    zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", document.as_bytes()),
        ("word/numbering.xml", NUMBERING.as_bytes()),
    ])
}

#[test]
fn documents_read_as_their_text() {
    for (name, text) in fixtures() {
        let mut body = markup::of(&text);
        for (html, word) in WORDS {
            body = body.replace(html, word);
        }
        let body = body.replace("<p>", "<w:p><w:r><w:t xml:space=\"preserve\">");
        let read = read_text(&docx(&body));
        assert_eq!(pages::plain_lines(&text), pages::plain_lines(&read), "{name}");
        check_same(&name, &document(&text), &document(&read), &[]);
    }
}

#[track_caller]
fn check(body: &str, expected: &str) {
    assert_eq!(read_text(&docx(body)), expected, "{body}");
}

fn numbered(level: u8, list: u8, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

#[test]
fn lists_have_the_marks_that_word_shows() {
    let body = [
        (0, 2, "a"),
        (1, 2, "b"),
        (1, 2, "c"),
        (0, 2, "d"),
        (1, 2, "e"),
        (0, 1, "f"),
        (0, 9, "g"),
        (0, 0, "h"),
    ]
    .map(|(level, list, text)| numbered(level, list, text))
    .concat();
    check(&body, "72. a\n72.a) b\n72.b) c\n73. d\n73.a) e\n• f\n• g\n\nh\n");
}

#[test]
fn what_word_does_not_show_is_left_out() {
    check(
        "<w:p><w:r><w:t>a &amp; &lt;b&gt;</w:t><w:tab/><w:t>c</w:t></w:r><w:del><w:r><w:delText>x</w:delText><w:t>x</w:t></w:r></w:del></w:p>",
        "a & <b> c\n",
    );
    check(
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>a</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>",
        "a\n",
    );
    check(
        "<w:p><w:r><w:t>a</w:t><mc:AlternateContent><mc:Choice><w:p><w:r><w:t>b</w:t></w:r></w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>b</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        "b\n\na\n",
    );
}

#[test]
fn hostile_archives_are_refused() {
    let bomb = format!("<w:document>{}", "<w:p/>".repeat(6_000_000));
    let deep = format!("<w:document>{}</w:document>", "<a>".repeat(100_000));
    let entities = "<!DOCTYPE a [<!ENTITY a \"b\">]><w:document>&a;</w:document>";
    for (document, refusal) in [
        (bomb.as_str(), Refusal::Crowded),
        (&deep, Refusal::Nested),
        (entities, Refusal::Entities),
        ("<w:document><w:body>", Refusal::Zip),
        ("<w:document/>", Refusal::Empty),
        ("\0\0", Refusal::Zip),
    ] {
        let bytes = zipped(&[("word/document.xml", document.as_bytes())]);
        assert_eq!(read::text(&bytes), Err(refusal), "{}", &document[..document.len().min(60)]);
    }
    let other = zipped(&[("xl/workbook.xml", b"<x/>")]);
    assert_eq!(read::text(&other), Err(Refusal::Zip));
    assert_eq!(read::text(&other[..other.len() / 2]), Err(Refusal::Zip));
}
