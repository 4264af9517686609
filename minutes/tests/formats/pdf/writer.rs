//! A PDF of lines, written by hand: what Word and its kin write is no more than this, compressed.

use std::fmt::Write;

/// A4, in points.
const WIDTH: f64 = 595.0;
const HEIGHT: f64 = 842.0;
const MARGIN: f64 = 57.0;
const SIZE: f64 = 10.0;
/// Every letter of Courier is 600 units wide.
const LETTER: f64 = 6.0;
const LINE: f64 = 12.0;
const PARAGRAPH: f64 = 8.0;
const TOP: f64 = HEIGHT - 90.0;
const BOTTOM: f64 = 90.0;

/// How the font says which letters it shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Font {
    /// One of the fourteen that every reader has, with ligatures by their names.
    WinAnsi,
    /// Letters by number, and a table that says what they mean.
    Identity,
    /// Letters drawn by the file itself, and the same table.
    Drawn,
}

/// How lines are set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layout {
    pub(crate) font: Font,
    pub(crate) columns: usize,
    /// Whether words are parted at the ends of lines.
    pub(crate) hyphens: bool,
}

/// A piece of text on a page: from the left, from the bottom, what it says.
pub(crate) type Piece = (f64, f64, String);

/// A file of numbered objects; the first is the catalogue.
pub(crate) fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n%\xe6\xf8\xe5\xc6\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n", at + 1).bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let start = bytes.len();
    let mut end = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        writeln!(end, "{place:010} 00000 n ").unwrap();
    }
    write!(end, "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1)
        .unwrap();
    bytes.extend(end.bytes());
    bytes
}

pub(crate) fn stream(content: &[u8]) -> Vec<u8> {
    [format!("<< /Length {} >>\nstream\n", content.len()).as_bytes(), content, b"\nendstream"].concat()
}

/// A file of pages with pieces of text on them.
pub(crate) fn pages(font: Font, pages: &[Vec<Piece>]) -> Vec<u8> {
    let letters = Letters::of(font, pages);
    let contents: Vec<Vec<u8>> = pages.iter().map(|pieces| letters.content(pieces)).collect();
    contents_with(&contents, &letters.objects())
}

/// A file of pages with that content; `font` are the objects of the font, its own first.
pub(crate) fn contents_with(contents: &[Vec<u8>], font: &[Vec<u8>]) -> Vec<u8> {
    let first_page = 3 + font.len();
    let kids: String = (0..contents.len()).map(|at| format!("{} 0 R ", first_page + 2 * at)).collect();
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Count {} /Kids [{kids}] >>", contents.len()).into_bytes(),
    ];
    objects.extend_from_slice(font);
    for (at, content) in contents.iter().enumerate() {
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Resources << /Font << /F 3 0 R >> >> /Contents {} 0 R >>",
                first_page + 2 * at + 1
            )
            .into_bytes(),
        );
        objects.push(stream(content));
    }
    file(&objects)
}

/// The letters of a file, by the number that stands for them.
struct Letters {
    font: Font,
    /// From 1; what each means.
    meanings: Vec<String>,
}

const LIGATURES: [&str; 2] = ["fi", "fl"];

impl Letters {
    fn of(font: Font, pages: &[Vec<Piece>]) -> Self {
        let mut meanings: Vec<String> = LIGATURES.map(str::to_owned).to_vec();
        for letter in pages.iter().flatten().flat_map(|(_, _, text)| text.chars()) {
            let meaning = letter.to_string();
            if font != Font::WinAnsi && !meanings.contains(&meaning) {
                meanings.push(meaning);
            }
        }
        assert!(meanings.len() < 255, "a font of this kind has no more letters");
        Self { font, meanings }
    }

    fn codes(&self, text: &str) -> Vec<u8> {
        let mut codes = Vec::new();
        let mut rest = text;
        while let Some(letter) = rest.chars().next() {
            let ligature = LIGATURES.iter().position(|ligature| rest.starts_with(ligature));
            let meaning = ligature.map_or(letter.to_string(), |at| LIGATURES[at].to_owned());
            rest = &rest[meaning.len()..];
            match (self.font, ligature) {
                (Font::WinAnsi, None) => {
                    let (bytes, _, is_missing) = encoding_rs::WINDOWS_1252.encode(&meaning);
                    assert!(!is_missing, "{meaning:?} is not in this font");
                    codes.extend_from_slice(&bytes);
                }
                _ => codes.push(1 + self.meanings.iter().position(|known| *known == meaning).unwrap() as u8),
            }
        }
        codes
    }

    fn content(&self, pieces: &[Piece]) -> Vec<u8> {
        let mut content = String::new();
        for (x, y, text) in pieces {
            let codes = self.codes(text);
            let hex: String = match self.font {
                Font::Identity => codes.iter().map(|code| format!("00{code:02x}")).collect(),
                _ => codes.iter().map(|code| format!("{code:02x}")).collect(),
            };
            writeln!(content, "BT /F {SIZE} Tf 1 0 0 1 {x:.2} {y:.2} Tm <{hex}> Tj ET").unwrap();
        }
        content.into_bytes()
    }

    fn objects(&self) -> Vec<Vec<u8>> {
        let meanings = |digits: usize| {
            let mut map = String::from(
                "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /M def\n",
            );
            let most = "f".repeat(digits);
            writeln!(map, "1 begincodespacerange <{}> <{most}> endcodespacerange", "0".repeat(digits))
                .unwrap();
            for (at, meaning) in self.meanings.iter().enumerate() {
                let units: String = meaning.encode_utf16().map(|unit| format!("{unit:04x}")).collect();
                writeln!(map, "1 beginbfchar <{:0digits$x}> <{units}> endbfchar", at + 1).unwrap();
            }
            map.push_str("endcmap CMapName currentdict /CMap defineresource pop end end");
            stream(map.as_bytes())
        };
        match self.font {
            Font::WinAnsi => vec![
                b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding << /BaseEncoding /WinAnsiEncoding /Differences [1 /fi /fl] >> >>"
                    .to_vec(),
            ],
            Font::Identity => vec![
                b"<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Courier /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>".to_vec(),
                b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+Courier /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 600 >>".to_vec(),
                meanings(4),
            ],
            Font::Drawn => {
                let many = self.meanings.len();
                let procs: String = (1..=many).map(|code| format!("/g{code} 4 0 R ")).collect();
                let names: String = (1..=many).map(|code| format!("/g{code} ")).collect();
                vec![
                    format!(
                        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 600 1000] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << {procs}>> /Encoding << /Differences [1 {names}] >> /FirstChar 1 /LastChar {many} /Widths [{}] /ToUnicode 5 0 R /Resources << >> >>",
                        "600 ".repeat(many)
                    )
                    .into_bytes(),
                    stream(b"600 0 0 0 500 700 d1 0 0 500 700 re f"),
                    meanings(2),
                ]
            }
        }
    }
}

/// A text set on pages, with a head, a foot and the page's number on each.
pub(crate) fn set(text: &str, layout: Layout) -> Vec<u8> {
    let gap = 24.0;
    let columns = layout.columns as f64;
    let width = (WIDTH - 2.0 * MARGIN - gap * (columns - 1.0)) / columns;
    let mut sheets: Vec<Vec<Piece>> = vec![Vec::new()];
    let (mut column, mut y) = (0, TOP);
    for line in text.lines() {
        if line.trim().is_empty() {
            y -= PARAGRAPH;
            continue;
        }
        for line in wrapped(line.trim(), (width / LETTER) as usize, layout.hyphens) {
            if y < BOTTOM {
                (column, y) = (column + 1, TOP);
            }
            if column == layout.columns {
                column = 0;
                sheets.push(Vec::new());
            }
            let left = MARGIN + column as f64 * (width + gap);
            sheets.last_mut().unwrap().push((left, y, line));
            y -= LINE;
        }
    }
    let count = sheets.len();
    for (at, sheet) in sheets.iter_mut().enumerate() {
        sheet.push((MARGIN, HEIGHT - 45.0, "STØJ Kommune".to_owned()));
        sheet.push((MARGIN, 40.0, "STØJ Torvet 1, 7400 Prøveby".to_owned()));
        sheet.push((WIDTH - MARGIN - 80.0, 40.0, format!("Side {} af {count}", at + 1)));
    }
    pages(layout.font, &sheets)
}

/// How many letters wide a text is set.
fn width(text: &str) -> usize {
    text.chars().count() - LIGATURES.iter().map(|ligature| text.matches(ligature).count()).sum::<usize>()
}

/// A line in lines of at most `most` letters; long words are parted where the line ends within them.
fn wrapped(text: &str, most: usize, hyphens: bool) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let line = lines.last_mut().unwrap();
        let room = most.saturating_sub(width(line) + usize::from(!line.is_empty()));
        let letters: Vec<char> = word.chars().collect();
        if width(word) <= room || line.is_empty() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
            continue;
        }
        let can_part =
            hyphens && letters.iter().all(|letter| letter.is_lowercase()) && letters.len() >= 9 && room >= 5;
        if can_part {
            let at = (room - 1).min(letters.len() - 3);
            line.push(' ');
            line.extend(&letters[..at]);
            line.push('-');
            lines.push(letters[at..].iter().collect());
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}
