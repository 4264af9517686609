//! Word documents (ECMA-376, Office Open XML): a ZIP file whose `word/document.xml` holds the paragraphs. They become markup, and
//! that the text that a page would give.
//!
//! Left out is what Word does not show: deleted text, hidden text, fields' instructions, and the second form of drawings. Page
//! heads and feet, footnotes and comments are files of their own and not read. Roman numbers of lists are written as others.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::{Refusal, html};

/// Bytes of one unpacked part of a document; the longest minutes known have 3 MB of it. Unpacking stops here, whatever the
/// archive says of itself.
const MOST_UNPACKED: u64 = 32 * 1024 * 1024;

/// Files in the archive; a document has some twenty, and one for each picture.
const MOST_FILES: usize = 10_000;

/// Elements inside elements; tables and text boxes stand some ten deep.
const DEEPEST: usize = 256;

/// Bytes of a list's mark (`%1.%2.`); a longer one is no number, and would be written before each row.
const LONGEST_MARK: usize = 48;

const DOCUMENT: &str = "word/document.xml";
const NUMBERING: &str = "word/numbering.xml";

/// Styles of headings begin so, in the two languages of Danish Word, in lower case.
const HEADING_STYLES: [&str; 4] = ["heading", "overskrift", "title", "titel"];

/// Elements whose inside is not shown, or shown in another form beside it.
const NOT_SHOWN: [&str; 4] = ["del", "instrText", "Fallback", "moveFrom"];

/// Lists inside lists: Word has nine levels (ECMA-376, 17.9.3 "ilvl").
const LEVELS: usize = 9;

/// The document's text; None for an archive that holds no Word document.
///
/// # Errors
/// [`Refusal::Zip`] for an archive that is damaged or encrypted; [`Refusal::Crowded`] and [`Refusal::Nested`] at the limits;
/// [`Refusal::Entities`] where its XML declares any; [`Refusal::Empty`] without text.
pub(super) fn text(bytes: &[u8]) -> Result<String, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Zip)?;
    if archive.len() > MOST_FILES {
        return Err(Refusal::Crowded);
    }
    let document = unpack(&mut archive, DOCUMENT)?.ok_or(Refusal::Zip)?;
    let lists =
        unpack(&mut archive, NUMBERING)?.map(|xml| Lists::read(&xml)).transpose()?.unwrap_or_default();
    let lines = html::fragment(&markup(&document, lists)?)?;
    if lines.trim().is_empty() { Err(Refusal::Empty) } else { Ok(lines) }
}

/// A part of the archive as text; None when it is not there.
fn unpack(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<String>, Refusal> {
    if archive.index_for_name(name).is_none() {
        return Ok(None);
    }
    let part = archive.by_name(name).map_err(|_| Refusal::Zip)?;
    let mut bytes = Vec::new();
    part.take(MOST_UNPACKED + 1).read_to_end(&mut bytes).map_err(|_| Refusal::Zip)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > MOST_UNPACKED) {
        return Err(Refusal::Crowded);
    }
    super::encoding::decode(&bytes).map(|(text, _)| Some(text)).map_err(|_| Refusal::Zip)
}

/// What one element of a part says, names without their namespace.
enum Part<'e> {
    Start(&'e str, &'e BytesStart<'e>),
    End(&'e str),
    Text(&'e str),
}

/// Goes through a part; at the end of an element the name is its own.
fn walk(xml: &str, mut take: impl FnMut(&Part<'_>) -> Result<(), Refusal>) -> Result<(), Refusal> {
    let mut reader = Reader::from_str(xml);
    let mut open: Vec<String> = Vec::new();
    loop {
        match reader.read_event().map_err(|_| Refusal::Zip)? {
            Event::Start(tag) => {
                let name = tag.local_name().into_inner().to_owned();
                take(&Part::Start(&name, &tag))?;
                open.push(name);
                if open.len() > DEEPEST {
                    return Err(Refusal::Nested);
                }
            }
            Event::Empty(tag) => {
                take(&Part::Start(tag.local_name().into_inner(), &tag))?;
                take(&Part::End(tag.local_name().into_inner()))?;
            }
            Event::End(_) => take(&Part::End(&open.pop().ok_or(Refusal::Zip)?))?,
            Event::Text(text) => take(&Part::Text(&text.into_inner()))?,
            Event::CData(data) => take(&Part::Text(&data.into_inner()))?,
            Event::GeneralRef(entity) => match (entity.resolve_char_ref(), resolve_xml_entity(&entity)) {
                (Ok(Some(character)), _) => take(&Part::Text(character.encode_utf8(&mut [0; 4])))?,
                (_, Some(known)) => take(&Part::Text(known))?,
                _ => {}
            },
            // No part of a document has one.
            Event::DocType(_) => return Err(Refusal::Entities),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    if open.is_empty() { Ok(()) } else { Err(Refusal::Zip) }
}

fn value(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().into_inner() == name)
        .map(|attribute| attribute.value.into_owned())
}

/// How a level of a list is marked.
#[derive(Clone, Default)]
struct Level {
    /// `bullet`, `decimal`, `lowerLetter` …
    format: String,
    /// `%1.%2`: numbers of levels in text.
    text: String,
    start: u32,
}

/// Lists of the document and where each one has come to.
#[derive(Default)]
struct Lists {
    kinds: HashMap<String, Vec<Level>>,
    kind_of: HashMap<String, String>,
    counters: HashMap<String, [u32; LEVELS]>,
}

impl Lists {
    fn read(xml: &str) -> Result<Self, Refusal> {
        let mut lists = Self::default();
        let (mut kind, mut list, mut level) = (String::new(), String::new(), 0);
        walk(xml, |part| {
            let Part::Start(name, tag) = part else { return Ok(()) };
            let said = value(tag, "val").unwrap_or_default();
            let current = lists.kinds.get_mut(&kind).map(|levels| &mut levels[level]);
            match (*name, current) {
                ("abstractNum", _) => {
                    kind = value(tag, "abstractNumId").unwrap_or_default();
                    let none = Level { start: 1, ..Level::default() };
                    lists.kinds.insert(kind.clone(), vec![none; LEVELS]);
                }
                ("lvl", _) => level = level_of(value(tag, "ilvl").as_deref()),
                ("numFmt", Some(current)) => current.format = said,
                // Without one the row has no mark.
                ("lvlText", Some(current)) if said.len() <= LONGEST_MARK => current.text = said,
                ("start", Some(current)) => current.start = said.parse().unwrap_or(1),
                ("num", _) => list = value(tag, "numId").unwrap_or_default(),
                ("abstractNumId", _) => {
                    lists.kind_of.insert(list.clone(), said);
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(lists)
    }

    /// What stands before the next paragraph of a list.
    fn mark(&mut self, list: &str, level: usize) -> String {
        // A paragraph of list 0 has been taken out of its list (ECMA-376, 17.9.18 "numId").
        if list == "0" {
            return String::new();
        }
        let Some(levels) = self.kind_of.get(list).and_then(|kind| self.kinds.get(kind)) else {
            return "• ".to_owned();
        };
        let counters = self.counters.entry(list.to_owned()).or_insert([0; LEVELS]);
        counters[level] =
            if counters[level] == 0 { levels[level].start } else { counters[level].saturating_add(1) };
        counters[level + 1..].fill(0);
        match levels[level].format.as_str() {
            "bullet" => "• ".to_owned(),
            "none" => String::new(),
            // Numbers of all levels above may stand in the mark.
            _ => {
                let mut text = levels[level].text.clone();
                for (at, counter) in counters.iter().enumerate() {
                    let number = (*counter).max(1);
                    text = text.replace(&format!("%{}", at + 1), &printed(number, &levels[at].format));
                }
                if text.is_empty() { text } else { format!("{text} ") }
            }
        }
    }
}

fn level_of(level: Option<&str>) -> usize {
    level.and_then(|level| level.parse::<usize>().ok()).unwrap_or(0).min(LEVELS - 1)
}

fn printed(number: u32, format: &str) -> String {
    let letter =
        |first: u8| u8::try_from(number - 1).ok().filter(|at| *at < 26).map(|at| char::from(first + at));
    let letter = match format {
        "lowerLetter" => letter(b'a'),
        "upperLetter" => letter(b'A'),
        _ => None,
    };
    letter.map_or_else(|| number.to_string(), String::from)
}

/// A paragraph that is being read.
#[derive(Default)]
struct Paragraph {
    is_heading: bool,
    list: Option<String>,
    level: usize,
    markup: String,
}

/// The document as markup.
fn markup(xml: &str, mut lists: Lists) -> Result<String, Refusal> {
    let mut page = String::new();
    // Text boxes stand inside paragraphs.
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let (mut unseen, mut in_text, mut hidden) = (0_usize, false, false);
    walk(xml, |part| {
        match part {
            Part::Start(name, _) if NOT_SHOWN.contains(name) => unseen += 1,
            Part::End(name) if NOT_SHOWN.contains(name) => unseen -= 1,
            _ if unseen > 0 => {}
            Part::Start("p", _) => paragraphs.push(Paragraph::default()),
            Part::End("p") => {
                if let Some(paragraph) = paragraphs.pop() {
                    page.push_str(&paragraph.markup(&mut lists));
                }
            }
            Part::Start("tbl", _) => page.push_str("<table>"),
            Part::End("tbl") => page.push_str("</table>"),
            Part::Start("tr", _) => page.push_str("<tr>"),
            Part::Start("tc", _) => page.push_str("<td>"),
            Part::End("tc") => page.push_str("</td>"),
            Part::Start("r", _) => hidden = false,
            Part::Start("vanish", tag) => {
                hidden = !matches!(value(tag, "val").as_deref(), Some("0" | "false"));
            }
            Part::Start("t", _) => in_text = true,
            Part::End("t") => in_text = false,
            Part::Start(name, tag) => {
                if let Some(paragraph) = paragraphs.last_mut() {
                    paragraph.says(name, tag);
                }
            }
            Part::Text(text) => {
                if let Some(paragraph) = paragraphs.last_mut().filter(|_| in_text && !hidden) {
                    paragraph.markup.push_str(&text.replace('&', "&amp;").replace('<', "&lt;"));
                }
            }
            Part::End(_) => {}
        }
        Ok(())
    })?;
    Ok(page)
}

impl Paragraph {
    /// An element of a paragraph that is no text.
    fn says(&mut self, name: &str, tag: &BytesStart<'_>) {
        let said = || value(tag, "val");
        match name {
            "pStyle" => {
                let style = said().unwrap_or_default().to_lowercase();
                self.is_heading = HEADING_STYLES.iter().any(|known| style.starts_with(known));
            }
            "numId" => self.list = said(),
            "ilvl" => self.level = level_of(said().as_deref()),
            "br" | "cr" => self.markup.push_str("<br>"),
            "tab" => self.markup.push(' '),
            "noBreakHyphen" => self.markup.push('-'),
            _ => {}
        }
    }

    fn markup(self, lists: &mut Lists) -> String {
        let text = self.markup;
        let mark = self.list.map(|list| lists.mark(&list, self.level)).unwrap_or_default();
        if self.is_heading {
            format!("<h2>{mark}{text}</h2>")
        } else if mark.is_empty() {
            format!("<p>{text}</p>")
        } else {
            format!("<div>{mark}{text}</div>")
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::SimpleFileOptions;
    use zip::{CompressionMethod, ZipWriter};

    use super::*;

    fn zipped(files: usize, document: &str) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        writer.start_file(DOCUMENT, stored).unwrap();
        writer.write_all(document.as_bytes()).unwrap();
        for at in 1..files {
            writer.start_file(at.to_string(), stored).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    const ONE: &str = "<document><p><t>a</t></p></document>";

    #[test]
    fn each_limit_is_a_refusal() {
        let read = |text: &str| text.to_owned();
        assert_eq!(text(&zipped(MOST_FILES, ONE)), Ok(read("a\n")));
        assert_eq!(text(&zipped(MOST_FILES + 1, ONE)), Err(Refusal::Crowded));
        let most = usize::try_from(MOST_UNPACKED).unwrap();
        let padded = |bytes: usize| {
            ONE.replace("</document>", &format!("{}</document>", " ".repeat(bytes - ONE.len())))
        };
        assert_eq!(text(&zipped(1, &padded(most))), Ok(read("a\n")));
        assert_eq!(text(&zipped(1, &padded(most + 1))), Err(Refusal::Crowded));
        let nested = |deep: usize| format!("{}{ONE}{}", "<a>".repeat(deep), "</a>".repeat(deep));
        assert_eq!(text(&zipped(1, &nested(DEEPEST - 3))), Ok(read("a\n")));
        assert_eq!(text(&zipped(1, &nested(DEEPEST - 2))), Err(Refusal::Nested));
    }

    #[test]
    fn marks_of_lists_are_short() {
        let mark = |bytes: usize| {
            let text = "x".repeat(bytes);
            let mut lists = Lists::read(&format!(
                "<n><abstractNum abstractNumId='1'><lvl ilvl='0'><numFmt val='decimal'/><lvlText val='{text}'/></lvl></abstractNum><num numId='2'><abstractNumId val='1'/></num></n>"
            ))
            .unwrap();
            lists.mark("2", 0)
        };
        assert_eq!(mark(LONGEST_MARK).len(), LONGEST_MARK + 1);
        assert_eq!(mark(LONGEST_MARK + 1), "");
    }
}
