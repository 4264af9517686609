//! PDF files, made from the fixtures and by hand.

pub(crate) mod writer;

use minutes::read::{self, Refusal};

use crate::{check_same, document, fixtures, pages};
use writer::{Font, Layout, Piece};

fn read_pdf(bytes: &[u8]) -> String {
    read::pdf::text(bytes).unwrap().text
}

const LAYOUTS: [Layout; 4] = [
    Layout { font: Font::WinAnsi, columns: 1, hyphens: false },
    Layout { font: Font::WinAnsi, columns: 1, hyphens: true },
    Layout { font: Font::Identity, columns: 1, hyphens: true },
    Layout { font: Font::Drawn, columns: 1, hyphens: true },
];

/// Facts that a page tells otherwise than its text: the fixture, the fact, and why.
const DIFFERENCES: [(&str, &str, &str); 2] = [
    (
        "herning-074",
        "body",
        "the head of a single page is repeated nowhere, and a list of members names its body first",
    ),
    ("medlemsside", "body", "the same"),
];

#[test]
fn pages_read_as_their_text() {
    for (fixture, text) in fixtures() {
        let expected = document(&text);
        for layout in LAYOUTS {
            let read = read_pdf(&writer::set(&text, layout));
            let name = format!("{fixture} ({layout:?})");
            let lines: Vec<String> =
                pages::plain_lines(&read).into_iter().filter(|line| !line.contains("STØJ")).collect();
            // Where a sentence ends just before the margin, nobody can tell whether a paragraph ends too.
            let (expected_words, found_words) = (pages::plain_lines(&text).join(" "), lines.join(" "));
            let differs =
                expected_words.split(' ').zip(found_words.split(' ')).find(|(one, other)| one != other);
            assert_eq!(differs, None, "{name}");
            assert_eq!(expected_words.len(), found_words.len(), "{name}");
            let known: Vec<&str> = DIFFERENCES
                .iter()
                .filter(|(file, _, _)| *file == fixture)
                .map(|(_, fact, _)| *fact)
                .collect();
            check_same(&name, &expected, &document(&read), &known);
        }
    }
}

/// A page of pieces of text as it is read.
#[track_caller]
fn check(pieces: &[(f64, f64, &str)], expected: &str) {
    let page: Vec<Piece> = pieces.iter().map(|(x, y, text)| (*x, *y, (*text).to_owned())).collect();
    assert_eq!(read_pdf(&writer::pages(Font::Identity, &[page])), expected, "{pieces:?}");
}

#[test]
fn cells_stand_on_one_line() {
    check(
        &[
            (57.0, 700.0, "Parti"),
            (200.0, 700.0, "For"),
            (300.0, 700.0, "Imod"),
            (57.0, 688.0, "A"),
            (300.0, 688.0, "12"),
        ],
        "Parti\tFor\tImod\nA\t12\n",
    );
    check(&[(57.0, 700.0, "72."), (90.0, 700.0, "Budget 2021")], "72. Budget 2021\n");
}

#[test]
fn gaps_are_blank_lines() {
    check(&[(57.0, 700.0, "a"), (57.0, 688.0, "b"), (57.0, 660.0, "c")], "a\nb\n\nc\n");
    // Each line is a paragraph.
    check(&[(57.0, 700.0, "a"), (57.0, 680.0, "b"), (57.0, 660.0, "c")], "a\n\nb\n\nc\n");
    // Lines are far apart in paragraphs too.
    let line = "x".repeat(80);
    let page = (0..6).map(|at| (57.0, 700.0 - 22.0 * f64::from(at), line.clone())).collect();
    let read = read_pdf(&writer::pages(Font::Identity, &[page]));
    assert_eq!(read.lines().count(), 1, "{read}");
}

#[test]
fn pieces_of_a_line_are_put_together_by_their_places() {
    check(
        &[(93.0, 700.0, "for"), (57.0, 700.5, "Sag"), (75.0, 700.0, "en"), (57.0, 712.0, "Titel")],
        "Titel\nSagen for\n",
    );
    // Bold by printing twice.
    check(&[(57.0, 700.0, "Beslutning"), (57.3, 700.0, "Beslutning")], "Beslutning\n");
}

/// A line that reaches the margin, whose last word is `end`, and the next line.
fn broken(end: &str, next: &str, elsewhere: &str) -> String {
    let line = format!("{} {end}", "x".repeat(79 - end.chars().count()));
    let page = vec![(57.0, 700.0, line), (57.0, 688.0, next.to_owned()), (57.0, 600.0, elsewhere.to_owned())];
    let read = read_pdf(&writer::pages(Font::Identity, &[page]));
    read.lines().next().unwrap().trim_start_matches('x').trim().to_owned()
}

#[test]
fn words_are_joined_where_only_the_margin_parted_them() {
    for (end, next, elsewhere, expected) in [
        ("beslut-", "ningen", "y", "beslutningen"),
        ("beslut\u{ad}", "ningen", "y", "beslutningen"),
        ("social-", "og sundhed", "y", "social- og sundhed"),
        ("lærer-", "elev", "en lærer-elev samtale", "lærer-elev"),
        ("27.00.00-A00-", "5-15", "y", "27.00.00-A00-5-15"),
        ("Nord-", "Jylland", "y", "Nord-Jylland"),
        ("e-", "mailen", "y", "e-mailen"),
        ("den", "5. august", "y", "den 5. august"),
    ] {
        assert_eq!(broken(end, next, elsewhere), expected, "{end} {next}");
    }
    for (end, next) in
        [("godkendes", "2. at det andet"), ("afvist", "• Bilag"), ("2022", "Sagsnr.: 1"), ("-", "- b")]
    {
        assert_eq!(broken(end, next, "y"), end, "{next}");
    }
    // A heading ends the paragraph though no white space stands before it.
    for (end, next) in [
        ("parken", "Indstilling og beslutning"),
        ("parken", "Sagsfremstilling"),
        ("parken", "Baggrund"),
        ("parken", "Økonomi:"),
        ("parken", "Beslutning i Byrådet den 4. maj 2026"),
        ("2022", "Sagsnr. 23/117"),
    ] {
        assert_eq!(broken(end, next, "y"), end, "{next}");
    }
}

/// Two columns are read one after the other, with lines that go on from one to the next.
#[test]
fn columns_are_read_one_by_one() {
    let layout = Layout { font: Font::WinAnsi, columns: 2, hyphens: true };
    for (fixture, text) in fixtures() {
        let long: String =
            text.lines().filter(|line| line.len() > 120).map(|line| format!("{}\n\n", line.trim())).collect();
        if long.len() < 1500 {
            continue;
        }
        let read = read_pdf(&writer::set(&long, layout));
        let lines: Vec<String> =
            pages::plain_lines(&read).into_iter().filter(|line| !line.contains("STØJ")).collect();
        assert_eq!(pages::plain_lines(&long).join(" "), lines.join(" "), "{fixture}");
    }
}

#[test]
fn heads_and_feet_are_left_out() {
    let page = |at: usize| -> Vec<Piece> {
        let texts = ["Ældrerådet", "Første sag", "Anden sag", "Tredje sag"];
        vec![
            (57.0, 800.0, "Prøveby Kommune".to_owned()),
            (300.0, 800.0, format!("Side {at}")),
            (57.0, 700.0 - at as f64, texts[at].to_owned()),
            (57.0, 688.0 - at as f64, "Beslutning".to_owned()),
            (57.0, 40.0, "Torvet 1".to_owned()),
            (300.0, 30.0, format!("{}", at + 6)),
        ]
    };
    let read = read_pdf(&writer::pages(Font::WinAnsi, &[page(0), page(1), page(2), page(3)]));
    assert_eq!(
        read,
        "Prøveby Kommune\n\nÆldrerådet\nBeslutning\n\nFørste sag\nBeslutning\n\nAnden sag\nBeslutning\n\nTredje sag\nBeslutning\n"
    );
}

#[test]
fn numbers_of_people_do_not_get_past_pages() {
    let page = vec![(57.0, 700.0, "Borger 010190-".to_owned()), (141.0, 700.0, "1234".to_owned())];
    let read = read::pdf::text(&writer::pages(Font::Identity, &[page])).unwrap();
    assert_eq!(read.text, "Borger xxxxxx-xxxx\n");
    assert_eq!(read.warnings.len(), 1);
}

const COURIER: &[u8] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>";

/// A file of one page with that content and no letters by name.
fn content(content: &[u8]) -> Vec<u8> {
    writer::contents_with(&[content.to_vec()], &[COURIER.to_vec()])
}

#[test]
fn what_cannot_be_read_says_why() {
    let scanned = content(b"0 0 100 100 re f");
    let many = content("BT /F 1 Tf 50 50 Td (aaaaaaaaaa) Tj ET\n".repeat(10_001).as_bytes());
    let nameless = b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 600 >>] >>";
    let unknown = writer::contents_with(
        &[b"BT /F 10 Tf 50 50 Td <000100020003000400050006> Tj ET".to_vec()],
        &[nameless.to_vec()],
    );
    let good = content(b"BT /F 10 Tf 50 50 Td (Beslutning) Tj ET");
    let locked = encoding_rs::mem::decode_latin1(&good).replace("/Root 1 0 R", "/Root 1 0 R /ID [<00> <00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <0000000000000000000000000000000000000000000000000000000000000000> /U <0000000000000000000000000000000000000000000000000000000000000000> >>");
    for (name, bytes, refusal) in [
        ("no text", &scanned[..], Refusal::Scanned),
        ("too many letters", &many, Refusal::Crowded),
        ("letters without meaning", &unknown, Refusal::Letters),
        ("a password", &encoding_rs::mem::encode_latin1_lossy(&locked), Refusal::Locked),
        ("nothing but a head", b"%PDF-1.7\n", Refusal::Damaged),
        ("no PDF", b"Referat", Refusal::Binary),
    ] {
        assert_eq!(read::pdf::text(bytes), Err(refusal), "{name}");
    }
    assert_eq!(read::text(&good), Err(Refusal::Pdf));
    assert_eq!(read::text(&[&b"\r\n"[..], &good].concat()), Err(Refusal::Pdf));
}

/// A file without its end, or with a wrong table of its objects, is repaired: each of its pages says where it begins.
#[test]
fn damaged_files_are_read_or_refused() {
    let (_, text) = &fixtures()[0];
    let whole = writer::set(text, LAYOUTS[0]);
    let expected = read_pdf(&whole);
    let table = String::from_utf8_lossy(&whole).rfind("xref\n0").unwrap();
    assert_eq!(read_pdf(&whole[..whole.len() - 40]), expected, "the end is missing");
    let mut wrong = whole.clone();
    let start = wrong.windows(6).rposition(|window| window == b"xref\n0").unwrap();
    wrong[start + 8..start + 200].fill(b'9');
    assert_eq!(read_pdf(&wrong), expected, "a wrong table, at {table}");
    for length in (20..whole.len()).step_by(whole.len() / 50) {
        // Whatever is left, it ends.
        if let Ok(read) = read::pdf::text(&whole[..length]) {
            assert!(read.text.len() <= expected.len() + 1000, "{length}");
        }
    }
}
