//! PDF files, good and hostile, through the program: each hostile one is refused with a reason, and all else is read.

use crate::place::{Place, minutes};

/// A file of numbered objects; the first is the catalogue, and there is no table of them.
fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    for (at, object) in objects.iter().enumerate() {
        bytes.extend(format!("{} 0 obj\n", at + 1).bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    bytes.extend(format!("trailer\n<< /Size {} /Root 1 0 R >>\n%%EOF\n", objects.len() + 1).bytes());
    bytes
}

fn stream(entries: &str, content: &[u8]) -> Vec<u8> {
    [format!("<< {entries} /Length {} >>\nstream\n", content.len()).as_bytes(), content, b"\nendstream"]
        .concat()
}

/// A file of one page: its content, and more objects from the fifth on, which it may draw as `/X5`, `/X6` ….
fn page(content: Vec<u8>, more: Vec<Vec<u8>>) -> Vec<u8> {
    let drawn: String = (5..5 + more.len()).map(|at| format!("/X{at} {at} 0 R ")).collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 595 842] /Resources << /XObject << {drawn}>> /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >> >> >> >>").into_bytes(),
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>".to_vec(),
        content,
    ];
    objects.extend(more);
    file(&objects)
}

/// Lines as a page shows them.
fn shown(text: &str) -> Vec<u8> {
    let mut content = b"BT /F 10 Tf 12 TL 57 780 Td\n".to_vec();
    for line in text.lines() {
        let line: Vec<u8> = line.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
        content.extend(b"(");
        content.extend(line);
        content.extend(b") '\n");
    }
    content.extend(b"ET");
    page(stream("", &content), Vec::new())
}

#[test]
fn minutes_are_read_from_pages() {
    let place = Place::new();
    place.file("a.pdf", shown(&minutes(0, 1)));
    // By content, not by name.
    place.file("b.txt", shown(&minutes(1, 1)));
    place.run(&["sync"]).expect(0, &["2 nye, 0 rettede, 0 uændrede"]);
    place.run(&["sync"]).expect(0, &["0 nye, 0 rettede, 2 uændrede"]);
    place.run(&["ask", "/sag 27.00.00-A00-2-20"]).expect(0, &["Godkendt som prøve 1 i udgave 1."]);
    place.run(&["parse", "referater/a.pdf"]).expect(0, &["Prøveudvalget", "27.00.00-A00-1-20"]);
    place.run_with(&["parse", "-"], shown(&minutes(2, 1))).expect(0, &["27.00.00-A00-3-20"]);
}

/// Forms that draw the next one sixteen times each.
fn laughs() -> Vec<u8> {
    let form = |next: usize| {
        stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", format!("/X{next} Do ").repeat(16).as_bytes())
    };
    let mut forms: Vec<Vec<u8>> = (6..16).map(form).collect();
    forms.push(stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", b"q Q"));
    page(stream("", b"/X5 Do"), forms)
}

/// Run-length coding in which 129 means "the next byte 128 times", and 128 the end: 256 KB unpack to 16 MB of the same, and these to
/// a gigabyte.
fn gigabytes() -> Vec<u8> {
    let packed = [vec![129; 256 << 10], vec![128]].concat();
    page(stream("/Filter [/RunLengthDecode /RunLengthDecode]", &packed), Vec::new())
}

/// An object stream that says it holds itself, and is all there is.
fn own_container() -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let start = bytes.len();
    bytes.extend(b"1 0 obj\n");
    bytes.extend(stream(
        "/Type /XRef /Size 3 /W [1 2 1] /Root 2 0 R",
        &[0, 0, 0, 0, 1, 0, start as u8, 0, 2, 0, 2, 0],
    ));
    bytes.extend(b"\nendobj\n2 0 obj\n");
    bytes.extend(stream(
        "/Type /ObjStm /N 1 /First 4 /Extends 2 0 R",
        b"2 0 << /Type /Catalog /Pages 2 0 R >>",
    ));
    bytes.extend(format!("\nendobj\nstartxref\n{start}\n%%EOF").bytes());
    bytes
}

/// Pages that hold themselves.
fn own_parent() -> Vec<u8> {
    file(&[
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Count 9 /Kids [2 0 R 2 0 R] >>".to_vec(),
    ])
}

#[test]
fn hostile_files_cost_themselves_only() {
    let place = Place::new();
    let many = "BT /F 1 Tf 50 50 Td (a) Tj ET\n".repeat(1_000_000);
    let hostile: [(&str, Vec<u8>, &str); 7] = [
        ("b-laughs.pdf", laughs(), "PDF-filen tager mere end 20 sekunder at læse"),
        ("c-gigabytes.pdf", gigabytes(), "den kræver mere end 640 MB hukommelse"),
        ("d-own-container.pdf", own_container(), "PDF-filen er beskadiget"),
        ("e-own-parent.pdf", own_parent(), "PDF-filen er beskadiget"),
        (
            "f-many.pdf",
            page(stream("", many.as_bytes()), Vec::new()),
            "filen har flere dele, end noget referat har",
        ),
        ("g-cut.pdf", shown(&minutes(3, 1))[..60].to_vec(), "PDF-filen er beskadiget"),
        ("h-empty.pdf", page(stream("", b"0 0 9 9 re f"), Vec::new()), "kør tekstgenkendelse (OCR)"),
    ];
    place.file("a.txt", minutes(0, 1));
    for (name, bytes, _) in &hostile {
        place.file(name, bytes);
    }
    place.file("i.pdf", shown(&minutes(1, 1)));
    let run = place.run(&["sync"]);
    run.expect(1, &["2 nye, 0 rettede, 0 uændrede", "7 afvist:"]);
    for (name, _, reason) in &hostile {
        run.expect(1, &[&format!("referater/{name}: ")]);
        let line = run.out.lines().chain(run.err.lines()).find(|line| line.contains(name)).unwrap();
        assert!(line.contains(reason), "{line}");
    }
}

#[test]
fn the_child_is_the_programs_own_business() {
    let place = Place::new();
    let help = place.run(&["--help"]);
    assert!(!help.out.contains("read-pdf"), "{}", help.out);
    place.run_with(&["read-pdf"], "Referat").expect(0, &["{\"Err\":\"Binary\"}"]);
}
