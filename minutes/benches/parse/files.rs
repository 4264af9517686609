//! The same minutes as a file of each format.

#[path = "../../tests/formats/markup.rs"]
mod markup;
#[allow(dead_code, reason = "the tests set pages in more ways")]
#[path = "../../tests/formats/pdf/writer.rs"]
mod writer;

use std::io::{Cursor, Write};

use minutes::Document;
use serde_json::json;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::text_of;
use writer::{Font, Layout};

/// What minutes come as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    Text,
    /// Text read as if its layout were unknown.
    Inferred,
    Html,
    Pdf,
    Docx,
    Sbsys,
    FirstAgenda,
}

impl Format {
    pub(crate) const ALL: [Self; 7] =
        [Self::Text, Self::Inferred, Self::Html, Self::Pdf, Self::Docx, Self::Sbsys, Self::FirstAgenda];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Inferred => "text, layout inferred",
            Self::Html => "HTML",
            Self::Pdf => "PDF",
            Self::Docx => "DOCX",
            Self::Sbsys => "SBSYS XML",
            Self::FirstAgenda => "FirstAgenda JSON",
        }
    }

    /// The text as such a file.
    pub(crate) fn file(self, text: &str) -> Vec<u8> {
        match self {
            Self::Text | Self::Inferred => text.as_bytes().to_vec(),
            Self::Html => {
                format!("<!DOCTYPE html><html><body><main>{}</main></body></html>", markup::of(text))
                    .into_bytes()
            }
            Self::Pdf => writer::set(text, Layout { font: Font::WinAnsi, columns: 1, hyphens: true }),
            Self::Docx => docx(text),
            Self::Sbsys => sbsys(&minutes::parse(text).0).into_bytes(),
            Self::FirstAgenda => first_agenda(&minutes::parse(text).0).into_bytes(),
        }
    }

    /// Bytes to a document.
    pub(crate) fn read(self, file: &[u8]) -> Document {
        let text = text_of(file, self == Self::Pdf);
        if self == Self::Inferred { minutes::parse_generic(&text, "").0 } else { minutes::parse(&text).0 }
    }
}

fn docx(text: &str) -> Vec<u8> {
    let paragraphs: String = text
        .lines()
        .map(|line| format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escaped(line)))
        .collect();
    let document = format!("<w:document xmlns:w=\"w\"><w:body>{paragraphs}</w:body></w:document>");
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("word/document.xml", SimpleFileOptions::default()).expect("a name that a ZIP may have");
    writer.write_all(document.as_bytes()).expect("memory can be written to");
    writer.finish().expect("memory can be written to").into_inner()
}

fn escaped(text: &str) -> String {
    markup::escaped(text).replace("&nbsp;", "&#160;").replace('"', "&quot;")
}

/// Heading and markup of each section of each item, with number, case and title of the item before them.
fn items(document: &Document) -> impl Iterator<Item = (String, String, String, Vec<(String, String)>)> {
    document.items.iter().map(|item| {
        let sections = item.sections.iter().filter(|section| !section.text.is_empty());
        let mut sections: Vec<(String, String)> = sections
            .map(|section| {
                (section.heading.clone().unwrap_or_else(|| "Tekst".to_owned()), markup::of(&section.text))
            })
            .collect();
        sections.extend(
            item.decision.as_ref().map(|decided| ("Beslutning".to_owned(), markup::of(&decided.text))),
        );
        (
            item.number.clone().unwrap_or_default(),
            item.case_number.as_ref().map(ToString::to_string).unwrap_or_default(),
            item.title.clone().unwrap_or_default(),
            sections,
        )
    })
}

fn sbsys(document: &Document) -> String {
    let points: String = items(document)
        .map(|(number, case, title, sections)| {
            let sections: String = sections
                .iter()
                .map(|(heading, html)| {
                    let name: String = heading.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
                    format!("<{name}><![CDATA[{html}]]></{name}>")
                })
                .collect();
            format!(
                "<Dagsordenpunkt Åbent=\"true\" Nummer=\"{number}\" Sagsnummer=\"{case}\"><Overskrift>{}</Overskrift><Indhold>{sections}</Indhold></Dagsordenpunkt>",
                escaped(&title)
            )
        })
        .collect();
    let day = document.date.map(|day| day.strftime("%d-%m-%Y").to_string()).unwrap_or_default();
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><Dagsorden Åben=\"true\" Dagsordentype=\"referat\"><Møde Udvalg=\"{}\" Mødedato=\"{day}\"/><Dagsordenpunkter>{points}</Dagsordenpunkter></Dagsorden>",
        escaped(document.body.as_deref().unwrap_or_default())
    )
}

fn first_agenda(document: &Document) -> String {
    let points: Vec<serde_json::Value> = items(document)
        .map(|(number, case, title, sections)| {
            let fields: Vec<serde_json::Value> =
                sections.iter().map(|(heading, html)| json!({"Navn": heading, "Html": html})).collect();
            json!({"Punktnummer": number, "Navn": title, "SagsNummer": case, "Felter": fields})
        })
        .collect();
    json!({
        "Udvalg": {"Navn": document.body},
        "Moede": {"Navn": "Referat", "Dato": document.date.map(|day| format!("{day}T14:00:00+02:00"))},
        "Dagsordenpunkter": points,
    })
    .to_string()
}
