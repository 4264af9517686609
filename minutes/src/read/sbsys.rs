//! SBSYS's export of a meeting (`Dagsorden(ID…)/dagsorden.xml`): items and their sections come ready. Known from the importers of
//! OS2Web, a public Drupal module; what a section holds is markup, as CDATA, escaped, or as elements.
//!
//! No entity but XML's own and characters' numbers means anything here; a file that declares others is refused unread.

use quick_xml::Reader;
use quick_xml::escape::{resolve_xml_entity, unescape};
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::export::{Item, Meeting, is_no};
use super::firstagenda::{MOST_ATTACHMENTS, MOST_ITEMS, MOST_SECTIONS};
use super::{Refusal, html};
use crate::segment::export as form;

/// Elements inside elements: the export's own five, and the markup of a section.
const DEEPEST: usize = 256;

/// Numbers before titles are the items' numbers when this many or more go up one by one, and nothing else tells numbers.
const FEWEST_NUMBERED: usize = 2;

const ROOT: &str = "Dagsorden";
const MEETING: [&str; 2] = ["Møde", "Moede"];
const POINT: &str = "Dagsordenpunkt";
const CONTENT: &str = "Indhold";
const ATTACHMENT: &str = "Bilag";

/// Attributes of the meeting, and their labels in the form.
const MEETING_ATTRIBUTES: [(&str, &str); 3] =
    [("Udvalg", form::BODY), ("Mødedato", form::DATE), ("Mødested", form::PLACE)];
/// Told after the date.
const MEETING_TIME: &str = "Mødetid";
/// Attributes of the root that say what the document is.
const AGENDA_KIND: &str = "Dagsordentype";

/// Attributes of an item, an attachment or the whole that say whether it is open to the public.
const OPEN: [&str; 4] = ["Åbent", "Åben", "Aabent", "MaaPubliceres"];

const TITLE: [&str; 2] = ["Overskrift", "Titel"];
const NUMBER: [&str; 3] = ["Nummer", "Punktnummer", "Punktnr"];
const CASE: [&str; 3] = ["Sagsnummer", "Sagsnr", "SagsNummer"];
const CASEWORKER: &str = "Sagsbehandler";

/// Whether XML is a web page: its first element says so.
pub(super) fn is_page(xml: &str) -> bool {
    let mut rest = xml.trim_start();
    loop {
        let end = if rest.starts_with("<?") {
            "?>"
        } else if rest.starts_with("<!--") {
            "-->"
        } else if rest.starts_with("<!") {
            // A page's document type has no subset of its own.
            ">"
        } else {
            return rest.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("<html"));
        };
        match rest.find(end) {
            Some(at) => rest = rest[at + end.len()..].trim_start(),
            None => return false,
        }
    }
}

/// The meeting in the form of `segment::export`.
///
/// # Errors
/// [`Refusal::Xml`] for other or damaged XML, [`Refusal::Entities`] where it declares any, [`Refusal::Nested`] and
/// [`Refusal::Crowded`] at the limits.
pub(super) fn text(xml: &str) -> Result<String, Refusal> {
    let mut export = Export::default();
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().map_err(|_| Refusal::Xml)? {
            Event::Start(tag) => export.start(&tag, false)?,
            Event::Empty(tag) => export.start(&tag, true)?,
            Event::End(_) => export.end()?,
            Event::Text(text) => export.words(&text.into_inner(), true)?,
            Event::CData(data) => export.words(&data.into_inner(), false)?,
            Event::GeneralRef(entity) => export.entity(&entity),
            Event::DocType(subset) if subset.to_ascii_uppercase().contains("<!ENTITY") => {
                return Err(Refusal::Entities);
            }
            Event::DocType(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    // A file that was cut off tells half a meeting.
    if !export.open.is_empty() || !export.is_agenda {
        return Err(Refusal::Xml);
    }
    let mut meeting = export.meeting;
    (meeting.sign, _) = form::SIGNS[1];
    number_by_titles(&mut meeting.items);
    Ok(meeting.into_text())
}

#[derive(Default)]
struct Export {
    meeting: Meeting,
    is_agenda: bool,
    /// The whole agenda is closed.
    closed: bool,
    /// Names of the elements that are open.
    open: Vec<String>,
    /// The item that is being read.
    item: Option<Item>,
    /// The element whose inside is being read.
    part: Option<Part>,
}

/// An element whose inside is words or markup.
struct Part {
    name: String,
    /// How many elements are open when it ends.
    depth: usize,
    /// Its inside as written.
    markup: String,
    /// Its inside with character references resolved: markup too, where it was escaped or CDATA.
    words: String,
    has_elements: bool,
}

impl Export {
    fn start(&mut self, tag: &BytesStart<'_>, is_empty: bool) -> Result<(), Refusal> {
        let name = tag.local_name().into_inner().to_owned();
        if self.open.is_empty() {
            if name != ROOT || self.is_agenda {
                return Err(Refusal::Xml);
            }
            self.is_agenda = true;
            self.closed = says_closed(tag);
            let kind = attribute(tag, &[AGENDA_KIND]);
            self.meeting.header.push((AGENDA_KIND, kind));
        }
        if self.open.len() >= DEEPEST {
            return Err(Refusal::Nested);
        }
        self.open.push(name);
        if let Some(part) = &mut self.part {
            part.has_elements = true;
            part.markup.push_str(&format!("<{}>", &**tag));
        } else {
            self.element(tag)?;
        }
        if is_empty { self.end() } else { Ok(()) }
    }

    /// An element that is no markup.
    fn element(&mut self, tag: &BytesStart<'_>) -> Result<(), Refusal> {
        let depth = self.open.len() - 1;
        let name = self.open[depth].as_str();
        let parent = depth.checked_sub(1).map_or("", |above| self.open[above].as_str());
        if MEETING.contains(&name) && self.item.is_none() {
            let header = &mut self.meeting.header;
            for (key, label) in MEETING_ATTRIBUTES {
                let mut value = attribute(tag, &[key]);
                if label == form::DATE {
                    value = format!("{value} {}", with_colon(&attribute(tag, &[MEETING_TIME])));
                }
                header.push((label, value));
            }
        } else if name == POINT && self.item.is_none() {
            if self.meeting.items.len() == MOST_ITEMS {
                return Err(Refusal::Crowded);
            }
            self.item = Some(Item {
                title: attribute(tag, &TITLE),
                number: attribute(tag, &NUMBER),
                case_number: attribute(tag, &CASE),
                closed: self.closed || says_closed(tag),
                ..Item::default()
            });
        } else if let Some(item) = &mut self.item {
            if name == ATTACHMENT && parent != CONTENT {
                if item.attachments.len() == MOST_ATTACHMENTS {
                    return Err(Refusal::Crowded);
                }
                let file = attribute(tag, &["Navn"]);
                if !file.is_empty() && !says_closed(tag) {
                    item.attachments.push(file);
                }
            }
            let is_field = TITLE.contains(&name)
                || NUMBER.contains(&name)
                || CASE.contains(&name)
                || name == CASEWORKER
                || parent == CONTENT;
            if is_field {
                let (name, words) = (name.to_owned(), String::new());
                // Markup without sections: all of it is one text.
                let is_markup = parent == CONTENT && html::is_element(&name);
                let markup = if is_markup { format!("<{}>", &**tag) } else { String::new() };
                self.part = Some(Part { name, depth, markup, words, has_elements: is_markup });
            }
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Refusal> {
        let Some(name) = self.open.pop() else { return Err(Refusal::Xml) };
        if let Some(part) = self.part.take_if(|part| part.depth == self.open.len()) {
            self.finish(&part)?;
        } else if let Some(part) = &mut self.part {
            part.markup.push_str(&format!("</{name}>"));
        } else if name == POINT && !self.open.iter().any(|open| open == POINT) {
            self.meeting.items.extend(self.item.take());
        }
        Ok(())
    }

    fn finish(&mut self, part: &Part) -> Result<(), Refusal> {
        let Some(item) = &mut self.item else { return Ok(()) };
        let name = part.name.as_str();
        let words = part.words.trim();
        if self.open.last().is_some_and(|parent| parent == CONTENT) {
            if item.closed {
                return Ok(());
            }
            if item.sections.len() == MOST_SECTIONS {
                return Err(Refusal::Crowded);
            }
            let text = html::fragment(if part.has_elements { &part.markup } else { &part.words })?;
            let heading = if html::is_element(name) { String::new() } else { heading(name) };
            item.sections.push((heading, text));
        } else if TITLE.contains(&name) {
            words.clone_into(&mut item.title);
        } else if NUMBER.contains(&name) {
            words.clone_into(&mut item.number);
        } else if CASE.contains(&name) {
            words.clone_into(&mut item.case_number);
        } else {
            item.sections.push((name.to_owned(), words.to_owned()));
        }
        Ok(())
    }

    /// Words of a part; of text before any section, a section without a heading.
    fn words(&mut self, words: &str, is_escaped: bool) -> Result<(), Refusal> {
        if let Some(part) = &mut self.part {
            part.words.push_str(words);
            if is_escaped {
                part.markup.push_str(words);
            } else {
                part.markup.push_str(&words.replace('&', "&amp;").replace('<', "&lt;"));
            }
        } else if !words.trim().is_empty()
            && self.open.last().is_some_and(|name| name == CONTENT)
            && let Some(item) = self.item.as_mut().filter(|item| !item.closed)
        {
            if item.sections.len() == MOST_SECTIONS {
                return Err(Refusal::Crowded);
            }
            item.sections.push((String::new(), html::fragment(words)?));
        }
        Ok(())
    }

    fn entity(&mut self, entity: &BytesRef<'_>) {
        let Some(part) = &mut self.part else { return };
        let name: &str = entity;
        part.markup.push_str(&format!("&{name};"));
        match (entity.resolve_char_ref(), resolve_xml_entity(name)) {
            (Ok(Some(character)), _) => part.words.push(character),
            (_, Some(known)) => part.words.push_str(known),
            // An entity of HTML, which is resolved as such.
            _ => part.words.push_str(&format!("&{name};")),
        }
    }
}

/// The value of the first of some attributes that is there; empty when none is.
fn attribute(tag: &BytesStart<'_>, names: &[&str]) -> String {
    // The check for doubled names would take the square of their number.
    tag.attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| names.contains(&attribute.key.local_name().into_inner()))
        .map(|attribute| {
            unescape(&attribute.value)
                .map_or_else(|_| attribute.value.to_string(), std::borrow::Cow::into_owned)
        })
        .unwrap_or_default()
}

fn says_closed(tag: &BytesStart<'_>) -> bool {
    is_no(&attribute(tag, &OPEN)) == Some(true)
}

/// `15.00` as `kl. 15:00`.
fn with_colon(time: &str) -> String {
    if time.trim().is_empty() { String::new() } else { format!("kl. {}", time.trim().replace('.', ":")) }
}

/// An element's name as a heading: names in XML have no spaces.
fn heading(name: &str) -> String {
    name.replace("_x0020_", " ").replace('_', " ")
}

/// Takes numbers off titles that are all numbered one after the other. A title may itself begin with a number (`2. behandling`).
fn number_by_titles(items: &mut [Item]) {
    let split = |item: &Item| -> Option<(u32, String)> {
        let (number, title) = item.title.trim_start().split_once('.')?;
        let title = title.trim();
        Some((number.parse().ok()?, title.to_owned())).filter(|_| !title.is_empty())
    };
    let found: Option<Vec<(u32, String)>> = items.iter().map(split).collect();
    let Some(found) = found.filter(|found| found.len() >= FEWEST_NUMBERED) else { return };
    let go_up = found.windows(2).all(|pair| pair[0].0.checked_add(1) == Some(pair[1].0));
    if !go_up || items.iter().any(|item| !item.number.is_empty()) {
        return;
    }
    for (item, (number, title)) in items.iter_mut().zip(found) {
        item.number = number.to_string();
        item.title = title;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(inside: &str) -> Result<String, Refusal> {
        text(&format!("<Dagsorden><Dagsordenpunkt>{inside}</Dagsordenpunkt></Dagsorden>"))
    }

    #[test]
    fn each_limit_is_a_refusal() {
        let nested = |deep: usize| format!("{}{}", "<a>".repeat(deep), "</a>".repeat(deep));
        assert!(with(&nested(DEEPEST - 2)).is_ok());
        assert_eq!(with(&nested(DEEPEST - 1)), Err(Refusal::Nested));
        let sections = |count: usize| format!("<Indhold>{}</Indhold>", "<A>x</A>".repeat(count));
        assert!(with(&sections(MOST_SECTIONS)).is_ok());
        assert_eq!(with(&sections(MOST_SECTIONS + 1)), Err(Refusal::Crowded));
        let loose = |count: usize| format!("<Indhold>{}</Indhold>", "x<!-- -->".repeat(count));
        assert!(with(&loose(MOST_SECTIONS)).is_ok());
        assert_eq!(with(&loose(MOST_SECTIONS + 1)), Err(Refusal::Crowded));
        let files = |count: usize| "<Bilag Navn='a'/>".repeat(count);
        assert!(with(&files(MOST_ATTACHMENTS)).is_ok());
        assert_eq!(with(&files(MOST_ATTACHMENTS + 1)), Err(Refusal::Crowded));
        let points =
            |count: usize| text(&format!("<Dagsorden>{}</Dagsorden>", "<Dagsordenpunkt/>".repeat(count)));
        assert!(points(MOST_ITEMS).is_ok());
        assert_eq!(points(MOST_ITEMS + 1), Err(Refusal::Crowded));
    }

    #[test]
    fn references_are_resolved_once() {
        for (inside, expected) in [
            ("<Overskrift>A &amp; B &#248; &lt;b&gt;</Overskrift>", "# A & B ø <b>"),
            ("<Overskrift><![CDATA[A & B]]></Overskrift>", "# A & B"),
            ("<Indhold><A>x &amp;amp; y&amp;nbsp;z</A></Indhold>", "x & y z"),
            ("<Indhold><A><p>x &amp; y&nbsp;z &#248;</p></A></Indhold>", "x & y z ø"),
            ("<Indhold><A><![CDATA[<p>x &amp; y]]></A></Indhold>", "x & y"),
            ("<Indhold><p>x</p><p>y</p></Indhold>", "x"),
            (
                "<Indhold><Økonomiske_konsekvenser>x</Økonomiske_konsekvenser></Indhold>",
                "## Økonomiske konsekvenser",
            ),
        ] {
            let text = with(inside).unwrap();
            assert!(text.lines().any(|line| line == expected), "{expected} in {text}");
        }
    }

    #[test]
    fn pages_are_known_by_their_first_element() {
        for (xml, expected) in [
            ("<?xml version='1.0'?><html>", true),
            ("<?xml version='1.0'?><!-- a --><!DOCTYPE html PUBLIC 'a'><HTML lang='da'>", true),
            ("<?xml version='1.0'?><Dagsorden>", false),
            ("<?xml", false),
            ("<?xml ?><!-- <html>", false),
        ] {
            assert_eq!(is_page(xml), expected, "{xml}");
        }
    }
}
