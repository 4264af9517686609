//! PDF to text: the lines that are printed on its pages, in the order in which they are read, as the text copy of such minutes looks.
//!
//! Letters are taken where they stand and put together by their places: `glyphs` asks each page for its letters, `row` makes rows and cells
//! of them, `block` reads columns one by one, `edge` leaves out what each page repeats, and `paragraph` joins the lines that only the
//! page's width parted. Not read: pictures, letters that do not stand upright, and notes that are laid over the page.
//!
//! Whoever calls this gives it a process of its own, with limits of time and memory: a page is a program, and may run long.

mod block;
mod edge;
mod glyphs;
mod paragraph;
mod row;

use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};

use super::{Refusal, Text, finished};

/// A PDF says so within this many bytes (ISO 32000-1, Annex H.3, note 13: "the header appear somewhere within the first 1024 bytes").
const HEAD_BYTES: usize = 1024;

/// How a PDF begins.
const HEAD: &[u8] = b"%PDF-";

/// Pages of one file; a year's minutes in one file have some 2,000.
const MOST_PAGES: usize = 5_000;

/// One letter in this many may be one that the file does not say the meaning of; with more, nobody could read the text.
const LETTERS_PER_UNKNOWN: usize = 10;

/// Whether bytes are a PDF, whatever stands before its head.
pub(super) fn is_pdf(bytes: &[u8]) -> bool {
    bytes[..bytes.len().min(HEAD_BYTES)].windows(HEAD.len()).any(|window| window == HEAD)
}

/// The text of a PDF, with lines joined to paragraphs and blank lines between them; masked and tidied as [`super::text`] does.
///
/// Takes as much time and memory as the file asks for: call it where both are limited.
///
/// # Errors
/// [`Refusal::Locked`] behind a password, [`Refusal::Damaged`] without pages that can be found, [`Refusal::Scanned`] without letters,
/// [`Refusal::Letters`] when it does not say which letters it shows, [`Refusal::Crowded`] at the limits, [`Refusal::Binary`] for
/// bytes that are no PDF.
pub fn text(bytes: &[u8]) -> Result<Text, Refusal> {
    if !is_pdf(bytes) {
        return Err(Refusal::Binary);
    }
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Refusal::Locked,
        LoadPdfError::Invalid => Refusal::Damaged,
    })?;
    if pdf.pages().is_empty() {
        return Err(Refusal::Damaged);
    }
    if pdf.pages().len() > MOST_PAGES {
        return Err(Refusal::Crowded);
    }
    let pages = glyphs::pages(&pdf)?;
    let letters = pages.iter().flat_map(|page| &page.glyphs).filter(|glyph| !glyph.letter.is_whitespace());
    let (known, unknown) = letters.fold((0, 0), |(known, unknown), glyph| {
        if glyph.letter == glyphs::UNKNOWN { (known, unknown + 1) } else { (known + 1, unknown) }
    });
    if known + unknown == 0 {
        return Err(Refusal::Scanned);
    }
    if unknown * LETTERS_PER_UNKNOWN > known + unknown {
        return Err(Refusal::Letters);
    }
    let mut pages: Vec<row::Page> = pages.iter().map(row::page).collect();
    let pitch = row::pitch(&pages);
    edge::leave_out(&mut pages, pitch);
    let lines = block::lines(pages, pitch);
    finished(paragraph::text(&lines, pitch), Vec::new())
}
