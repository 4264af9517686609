//! Minutes as a test needs them, in the layout of Herning's web page.

use std::fmt::Write;
use std::fs;

use tempfile::TempDir;

/// An item of a meeting. Texts are written as they stand.
pub(crate) struct Item {
    /// One line.
    pub(crate) title: String,
    pub(crate) case_number: String,
    pub(crate) caseworker: String,
    pub(crate) background: String,
    pub(crate) decision: String,
}

impl Default for Item {
    fn default() -> Self {
        Self {
            title: "Et emne".to_owned(),
            case_number: "00.00.00-A00-1-20".to_owned(),
            caseworker: "Mie Lundhede".to_owned(),
            background: "Der er ikke mere at sige.".to_owned(),
            decision: "Godkendt.".to_owned(),
        }
    }
}

/// The minutes of a meeting on a day such as `12. august 2020`.
pub(crate) fn meeting(body: &str, day: &str, items: &[Item]) -> String {
    let mut text = format!("Udvalg: {body}\nMødedato: {day}\nMødested: C3.40\n\nDagsordenpunkter\n\n");
    for item in items {
        let Item { title, case_number, caseworker, background, decision } = item;
        let _ = write!(
            text,
            "Sagsnr.: {case_number} Sagsbehandler: {caseworker} \u{a0}\n\n{title}\n\nØvrige sagsbehandlere: -\n\n\
             Sagsfremstilling\n\n{background}\n\nBeslutning\n\n{decision}\n\nBilag\n\n"
        );
    }
    text
}

/// A folder with these files.
pub(crate) fn folder(files: impl IntoIterator<Item = (String, String)>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}
