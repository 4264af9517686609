//! Bytes to characters: byte order mark, UTF-8, UTF-16, what a page or export declares, else the Danish single-byte encodings.

use std::sync::LazyLock;

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Refusal;
use crate::{Pattern, pattern};

/// A declared encoding stands in the first bytes of a page (HTML Standard, 13.2.3.2 "Prescan a byte stream", says 1024; the pages
/// of some systems have long comments before it).
const DECLARED_WITHIN: usize = 4096;

static DECLARED: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r#"(?i)<meta\b[^<>]*\bcharset\s*=\s*["']?\s*([a-z0-9_:.-]+)["'\s/;>]|^\s*<\?xml\b[^<>]*\bencoding\s*=\s*["']([a-z0-9_:.-]+)"#,
    )
});

/// The text, and the name of its encoding when that had to be guessed.
///
/// A declaration is believed only where the bytes do not prove it wrong: text that is UTF-8 is hardly ever anything else.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, Option<&'static str>), Refusal> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok((encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned(), None));
    }
    if let Some(encoding) = wide_markup(bytes) {
        return Ok((encoding.decode_without_bom_handling(bytes).0.into_owned(), Some(encoding.name())));
    }
    if bytes.contains(&0) {
        return Err(Refusal::Binary);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((text.to_owned(), None));
    }
    if is_damaged_utf8(bytes) {
        return Ok((String::from_utf8_lossy(bytes).into_owned(), Some("damaged UTF-8")));
    }
    if let Some(encoding) = declared(bytes) {
        let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
        if !has_errors {
            return Ok((text.into_owned(), None));
        }
    }
    let mut detector = EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(Some(b"dk"), chardetng::Utf8Detection::Deny);
    debug_assert_ne!(encoding, UTF_8);
    Ok((encoding.decode_without_bom_handling(bytes).0.into_owned(), Some(encoding.name())))
}

/// Whether bytes are UTF-8 but for a few: then one cut letter must not turn all others into another encoding's. Single-byte
/// texts hardly ever hold a letter's two bytes by accident.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

/// UTF-16 without a byte order mark, known by the `<` or `{` that pages and exports begin with.
fn wide_markup(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [b'<' | b'{', 0, ..] => Some(UTF_16LE),
        [0, b'<' | b'{', ..] => Some(UTF_16BE),
        _ => None,
    }
}

/// The single-byte encoding that a page or export says it has.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARED_WITHIN)]);
    let found = DECLARED.captures(&start)?;
    let label = found.get(1).or_else(|| found.get(2))?;
    Encoding::for_label(label.as_str().as_bytes()).filter(|encoding| encoding.is_single_byte())
}

/// The warning where letters were put right.
pub(super) const PUT_RIGHT: &str = "letters were damaged (UTF-8 read as Windows-1252) and were put right";

/// Fewer letters of another make prove nothing.
const ENOUGH_DAMAGED: usize = 3;

/// A text with its letters put right where all of it was UTF-8 and then read as Windows-1252 (`BÃ¸rneudvalget`), and whether it was. A
/// text that has Danish letters of its own, or that is no UTF-8 when read back, stays as it is.
pub(super) fn put_right(text: String) -> (String, bool) {
    // The first half of every Danish letter in UTF-8; few texts have it at all.
    if text.matches('Ã').count() < ENOUGH_DAMAGED || text.contains(['æ', 'ø', 'å', 'Æ', 'Ø', 'Å']) {
        return (text, false);
    }
    let (bytes, _, has_others) = WINDOWS_1252.encode(&text);
    match std::str::from_utf8(&bytes) {
        Ok(right) if !has_others => (right.to_owned(), true),
        _ => (text, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_declaration_stands_near_the_start() {
        // In this encoding, not in the one that would be guessed, the byte is a euro sign.
        let page = |before: usize| {
            let meta = b"<meta charset=iso-8859-15>";
            let mut page = vec![b' '; before - meta.len()];
            page.extend_from_slice(meta);
            page.extend_from_slice(b"\xA4");
            decode(&page).unwrap().0.trim_end().ends_with('€')
        };
        assert!(page(DECLARED_WITHIN));
        assert!(!page(DECLARED_WITHIN + 1));
    }
}
