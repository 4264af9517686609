//! The ways in which numbered items begin: a table of forms.

use std::sync::LazyLock;

use super::numbering::Numbering;
use crate::{Pattern, pattern};

/// A numbered way of beginning an item.
pub(super) struct Style {
    /// Number `n`, title `t`, and `s` for words that say whether the item is open.
    pub(super) form: Pattern,
    pub(super) numbering: Numbering,
    /// What the form says by itself, in points: a word such as `Punkt` is seldom met in a list.
    pub(super) prior: i32,
}

impl Style {
    /// Whether it numbers in figures: a numeral or a letter also begins a title.
    pub(super) fn counts(&self) -> bool {
        matches!(self.numbering, Numbering::Figures | Numbering::Decimal)
    }
}

/// What may stand before a number: bullets and marks.
const BEFORE: &str = r"^[\s•·*_#]*";
/// A number in figures; a part of an item has a letter too (`4a`, `4.a`).
const N: &str = r"(?P<n>\d{1,4}(?:\.?[a-zæøå]|[A-ZÆØÅ])?)\b";
/// What may stand between a number and its title; a bold number ends in marks.
const AFTER: &str = r"\s*[.:)*_–-]*\s*";
/// Whether the item is open, between number and title.
const STATUS: &str = r"(?:\(?(?P<s>(?i:åbent?|offentligt?|lukket))\)?(?:\s+(?i:punkt|sag))?\s*[.:–-]*\s+)?";
/// The title; a heading of a page may go on with points and a page number, which are cut off later.
const TITLE: &str = r"(?P<t>\S.*?)\s*$";

pub(super) static STYLES: LazyLock<[Style; 20]> = LazyLock::new(|| {
    use Numbering::{Decimal, Figures, Lettered, Letters, OfYear, Roman};
    [
        // Punkt 4: Titel; Pkt. 4; Dagsordenspunkt 4 - Titel; Punkt 4.a; PUNKT: 4
        (format!(r"{BEFORE}(?i:dagsordens?punkt|dagsordenens punkt|punkt|pkt\.?)\s*:?\s*(?i:nr\.?:?\s*)?{N}{AFTER}{STATUS}(?:{TITLE})?$"), Figures, 2),
        // Sag nr. 129; Sag 4: Titel
        (format!(r"{BEFORE}(?i:sag)(?:\s*(?i:nr)\.?)?\s*{N}{AFTER}{STATUS}(?:{TITLE})?$"), Figures, 2),
        // Nr. 4 - Titel
        (format!(r"{BEFORE}(?i:nr)\.?\s*{N}\s*[.:)–-]*\s+{STATUS}{TITLE}"), Figures, 2),
        // Ad 4. Titel
        (format!(r"{BEFORE}(?i:ad)\.?\s*(?i:pkt\.?|punkt)?\s*{N}{AFTER}{STATUS}{TITLE}"), Figures, 2),
        // Lukket 4 Titel; Åbent punkt 4: Titel
        (format!(r"{BEFORE}(?P<s>(?i:åbent?|offentligt?|lukket))\s+(?i:punkt|sag)?\s*(?i:nr\.?)?\s*{N}{AFTER}{TITLE}"), Figures, 2),
        // O-4 Titel; L 4. Titel: open and closed items by their letter
        (format!(r"{BEFORE}(?P<s>[OÅL])[ .-]{{1,2}}(?P<n>\d{{1,4}})\b\s*[.:)–-]*\s+(?P<t>\p{{Lu}}.*?)\s*$"), Figures, 0),
        // 4 Åben - Titel; 4 (Lukket) Titel
        (format!(r"{BEFORE}(?P<n>\d{{1,4}})\s*[–-]?\s*\(?(?P<s>(?i:åbent?|offentligt?|lukket))\)?(?:\s+(?i:punkt|sag))?\s*[.:–-]*\s+{TITLE}"), Figures, 2),
        // 4 | Åben | Titel
        (format!(r"{BEFORE}(?P<n>\d{{1,4}})\.?\s*\|\s*(?P<s>(?i:åbent?|offentligt?|lukket))(?:\s+(?i:punkt|sag))?\s*\|\s*{TITLE}"), Figures, 2),
        // 4. Titel; 4.a Titel
        (format!(r"{BEFORE}(?:(?P<m>\d{{1,4}}(?:\.?[a-zæøå]|[A-ZÆØÅ]))\b\.?\s|(?P<n>\d{{1,4}})\.)[*_]*\s*{STATUS}{TITLE}"), Figures, 1),
        // 4: Titel; 4) Titel; 4.) Titel
        (format!(r"{BEFORE}{N}\s*\.?[:)]\s*{STATUS}{TITLE}"), Figures, 0),
        // 4 - Titel
        (format!(r"{BEFORE}{N}\s+[–-]\s+{TITLE}"), Figures, 0),
        // 4   Titel
        (format!(r"{BEFORE}(?P<n>\d{{1,4}}[A-ZÆØÅ]?)\s+(?P<t>\p{{Lu}}.*?)\s*$"), Figures, 0),
        // 4 alone, the title after it
        (format!(r"{BEFORE}{N}\.?[\s*_]*$"), Figures, -1),
        // IV. Titel; Punkt IV: Titel
        (format!(r"{BEFORE}(?i:punkt|pkt\.?|sag)?\s*(?P<n>[IVXL]{{1,8}})(?:\s*[.:)]|\s+[–-]\s)[*_]*\s*{STATUS}{TITLE}"), Roman, 0),
        // B. Titel; Punkt B: Titel
        (format!(r"{BEFORE}(?i:punkt|pkt\.?|sag)?\s*(?P<n>[A-ZÆØÅ])(?:\s*[.:)]|\s+[–-])[*_]*\s+{STATUS}{TITLE}"), Letters, 0),
        // [4] Titel
        (format!(r"{BEFORE}\[(?P<n>\d{{1,3}})\]\s+{STATUS}{TITLE}"), Figures, 0),
        // 4Titel, as pages are copied
        (r"^(?P<n>\d{1,3})(?P<t>\p{Lu}\p{L}{2,}.*?)\s*$".to_owned(), Figures, -1),
        // 4/23 Titel; 2023-4 Titel
        (format!(r"{BEFORE}(?:(?i:punkt|pkt\.?|sag)\s*)?(?P<n>\d{{1,3}}/(?:20)?\d{{2}}|20\d{{2}}-\d{{1,3}})\b[.:)]?\s+{STATUS}(?P<t>\p{{Lu}}.*?)\s*$"), OfYear, 0),
        // A.4. Titel; A4 Titel
        (format!(r"{BEFORE}(?i:punkt|pkt\.?|sag)?\s*(?P<n>[A-ZÆØÅ]\.?\d{{1,3}})\b[.:)]?\s+{STATUS}(?P<t>\p{{Lu}}.*?)\s*$"), Lettered, 0),
        // 1.2 Titel; Punkt 1.2. Titel
        (format!(r"{BEFORE}(?i:punkt|pkt\.?|sag)?\s*(?P<n>\d{{1,2}}\.\d{{1,2}})\b\.?[:)*_]*\s+{STATUS}{TITLE}"), Decimal, 0),
    ]
    .map(|(form, numbering, prior)| Style { form: pattern(&form), numbering, prior })
});
