//! What marks an item as closed to the public, in any layout. A mark that is not known shows what was not meant to be published, so
//! a line that can only be a mark is one; a title that merely has the word (`Lukket vej ved søen`) is none.

use std::sync::LazyLock;

use crate::{Pattern, pattern};

/// What a closed item is called.
const NOUN: &str = r"(?:dagsordenspunkt|dagsordenpunkt|dagsorden|punkt|sag|møde|del)";

/// The words of a mark.
const WORD: &str = r"(?:lukket|fortroligt?|ikke[ -](?:offentligt?|åbent?))";

/// A case number may follow the mark on the title's line.
const END: &str = r"(?:\s+(?:\d{2}\.\d{2}\.\d{2}\S*(?:\s+\d{2,4}/\d+)?|\d{2,4}[/-]\d{1,7}))?\s*$";

/// The law by which something is closed, after a mark: `jf. styrelseslovens § 10`, `(§ 10)`.
const BY_LAW: &str =
    r"(?:,? *\(?(?:(?:jf\.?|i henhold til|i medfør af|efter) [^:]{0,60}?(?:lov|§)|§).{0,80})?";

/// A number that stands before a mark.
const NUMBER: &str = r"^(?:\d{1,4}[.:)]? *)?";

/// `(Lukket) Titel`, `Lukket: Titel`, `Lukket punkt`, `Lukkede sager`, `Fortroligt - Titel`, `Sag for lukkede døre - Titel`.
static LEADS: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i){NUMBER}(?:[(\[/]{WORD}(?: {NOUN})?[)\]/]|(?:{WORD}|lukkede|ikke[ -]offentlige)(?: ?[:–—|-]| {NOUN}(?:er)?\b)|{NOUN} for lukkede døre\b)"
    ))
});

/// `Titel (Lukket punkt)`, `Titel [lukket]`, `Titel (Punktet er lukket, jf. § 10)`, `Titel - Lukket`, `Titel (ikke offentlig)`.
static ENDS: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)(?:[(\[](?:(?:(?:punktet|sagen) er )?{WORD}(?: \p{{L}}+)?|(?:behandles )?for lukkede døre)(?:, [^()\[\]]{{0,80}})?[)\]]|[-–—:./|] *{WORD}(?: {NOUN}\.?)?){END}"
    ))
});

/// Marks that are known by standing in a title: `Titel, lukket`, `Titel (L)`, `(L) Titel`.
static IN_TITLE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(r"^(?P<b>[(\[]L[)\]])\s|(?:, *(?:(?i:{WORD})(?: {NOUN})?)|(?P<l>\(L\)|\[L\])){END}"))
});

/// `(L)` is a list where somebody of it speaks, or has or leaves a seat.
static OF_LIST: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\b(?:fra|forslag|forespørgsel|spørgsmål|\p{L}*liste\p{L}*)\b",
        r"|\b(?:orlov|fritagelse|udtræden|indtræden|udtræder|indtræder|valg|udpegning|byrådsmedlem\p{L}*|medlem\p{L}*|formand\p{L}*|næstformand\p{L}*|viceborgmester\p{L}*|stedfortræder\p{L}*|suppleant\p{L}*|anmodning|henvendelse|beslutningsforslag|initiativret)\b.*",
        r"\b(?-i:\p{Lu}[\p{L}.'-]+ \p{Lu}[\p{L}'-]+) \(L\)",
    ))
});

/// A time and then the word tells when something is closed: `Børnehaver, uge 7 - lukket`.
static AT_A_TIME: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\buger?(?:ne)? \d[\d ,.og–-]*|\d{1,2}\. \p{L}+(?: \d{4})?|(?:man|tirs|ons|tors|fre|lør|søn)dage?|\p{L}*ferien?|\bjul(?:en)?|\bpåsken?|\bnytår) *[-–—:.,] *lukket\s*$",
    )
});

/// `Åbent punkt: Nej`, `Lukket: Ja`, `Punktet behandles for lukkede døre, jf. …`
static TELLS: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)^\W*(?:",
        r"(?:åbent?(?: (?:punkt|sag|dagsordenspunkt))?|offentligt?(?: (?:punkt|sag))?)\s*:\s*nej",
        r"|(?:lukket(?: (?:punkt|sag|dagsordenspunkt))?|fortroligt?)\s*:\s*ja",
        r"|(?:dette |denne )?(?:dagsordens)?(?:punkt|sag)(?:et|en)? (?:er|behandles|drøftes|behandledes|blev behandlet|er behandlet|bliver behandlet)",
        r" (?:for lukkede døre|på (?:et )?lukket møde|i lukket møde|på lukket dagsorden|som (?:et |en )?lukket (?:punkt|sag))\b.{0,120}",
        // The remark may leave out what it is about.
        r"|(?:(?:er|blev|bliver) )?(?:behandle(?:s|t|des)|drøfte(?:s|t|des)) (?:for lukkede døre|(?:på|i) (?:et )?lukket møde|på lukket dagsorden|som (?:et |en )?lukket (?:punkt|sag))(?:,? *\(?(?:jf|efter|i henhold|i medfør|§|på grund|af hensyn).{0,100})?",
        r"|(?:(?:dette |denne )?(?:dagsordens)?(?:punkt|sag)(?:et|en)? (?:er|var) )?(?:(?:lukket|fortroligt?|ikke[ -](?:offentligt?|åbent?)) for offentligheden|ikke[ -]offentlig(?:t?|t tilgængeligt?)|undtaget (?:fra|for) offentlighed(?:en)?)(?:,? *\(?(?:jf|efter|i henhold|i medfør|§|på grund|af hensyn).{0,100})?",
        r"|(?:dagsordens)?punktet er lukket(?:,? jf.{0,120})?|(?:dagsordens)?(?:punktet er fortroligt|sagen er fortrolig)(?:,? jf.{0,120})?",
        r"|(?:dagsordens)?(?:punktet|sagen) offentliggøres ikke|(?:sag|punkt) i lukket møde|lukket sag - \p{L}*sag",
        r"|(?:\p{L}+ )?\p{L}*(?:type|status|offentlighed)\s*:\s*(?:lukket|fortroligt?|ikke[ -]offentligt?)(?: (?:punkt|sag|dagsorden))?(?: *\([^()]{0,80}\)|,? *(?:jf|§).{0,100})?",
        r")\W*$",
    ))
});

/// `Sagen er lukket.`
static TELLS_FIRST: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:(?:dette |denne )?(?:dagsordens)?(?:punkt|sag)(?:et|en)? (?:er|var) )lukket(?:,? *\(?(?:jf|efter|i henhold|i medfør|§).{0,100})?\W*$",
    )
});

/// A line that is nothing but the state of what follows or stands above: `Lukket`, `ÅBENT PUNKT`.
static STATE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)^[\s(\[*_=–—-]*(?P<s>åbent?|lukket|fortroligt?|ikke[ -]offentligt?)(?: {NOUN})?{BY_LAW}[\s)\]*_=:.–—-]*$"
    ))
});

/// A line that heads several items: `LUKKEDE PUNKTER`, `Lukkede punkter på dagsordenen`, `Sager for lukkede døre`.
static PART: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)^[\s*_=–—-]*(?:\p{L}{1,4}[.)] )?(?:referat |den )?(?:",
        r"(?:(?:der (?:var|er) )?(?:følgende )?)(?P<s>åbent?|åbne|lukket|lukkede|ikke[ -]offentlig[et]?|offentlig[et]?) (?:punkter|sager|dagsorden|møde|mødedel|del|dagsordens?punkt(?:er)?)",
        r"(?: (?:på|af|i|fra|til) (?:dagsorden(?:en)?|mødet?|referatet))?",
        r"|(?:(?:sager|punkter|dagsordens?punkter|møde|behandling|behandles|behandlet|sager,? der behandles|punkter,? der behandles|(?:sager|punkter) til behandling) )?for (?P<d>åbne|lukkede) døre",
        r"|(?:sager|punkter|dagsordens?punkter) (?P<u>uden) offentlighed",
        r"|(?:sager|punkter|dagsordens?punkter) (?:på|i|til) (?:den )?(?P<p>åben|åbne|åbent|lukket|lukkede) (?:dagsorden|møde|mødedel|del)",
        r")[\s*_=:.–—-]*$",
    ))
});

/// A longer line heads nothing, in bytes.
const LONGEST_PART: usize = 80;

/// Whether a line has any word of a mark: it is looked for before the patterns are tried.
fn has_word(line: &str) -> bool {
    MARKED.is_match(line)
}

/// What the words of marks have in common, as they may be printed.
static MARKED: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        "ukke|UKKE|ortroli|ORTROLI|kke[ -](?:offentlig|åben)|KKE[ -](?:OFFENTLIG|ÅBEN)|offentliggøres ikke|ndtaget f|{LOCK}"
    ))
});

/// A lock beside a title says it without a word.
const LOCK: &str = "🔒";

/// The first letters of what says closed, in lower case.
const SAYS_CLOSED: [&str; 4] = ["lukke", "ikke", "uden", "fortrolig"];

fn says_closed(word: &str) -> bool {
    SAYS_CLOSED.iter().any(|begin| word.to_lowercase().starts_with(begin))
}

/// A title that begins with the letter of its part of the agenda: whether that is the closed one, and the title without it. A letter
/// may be a word of the title: ask it where several titles begin so.
pub(crate) fn lettered(title: &str) -> Option<(bool, &str)> {
    let (closed, rest) = match title.strip_prefix('L') {
        Some(rest) => (true, rest),
        None => (false, title.strip_prefix('Å')?),
    };
    let title = rest.strip_prefix([' ', ':', '-'])?.trim_start_matches([' ', ':', '-', '–']);
    title.starts_with(char::is_uppercase).then_some((closed, title))
}

/// Whether a title says that its item is closed to the public.
pub(crate) fn is_closed(title: &str) -> bool {
    let title = title.trim_end_matches('.');
    let has_word = has_word(title);
    if !has_word && !title.contains("(L)") && !title.contains("[L]") {
        return false;
    }
    let is_marked = || begins_with_mark(title) || ends_with_mark(title);
    if has_word && (is_marked() || state(title) == Some(true) || tells(title)) {
        return true;
    }
    !AT_A_TIME.is_match(title)
        && IN_TITLE.captures(title).is_some_and(|found| found.name("l").is_none() || !OF_LIST.is_match(title))
}

/// A mark in brackets before all of a line, as some agendas have it before the number: whether it says closed, and what stands
/// behind it. None without one.
pub(crate) fn bracketed(line: &str) -> Option<(bool, &str)> {
    static MARK: LazyLock<Pattern> = LazyLock::new(|| {
        pattern(
            r"^\s*[(\[](?:(?P<open>[OÅ]|(?i:åbent?|offentligt?))|L|(?i:lukket|fortroligt?|ikke[ -]offentligt?))(?i: punkt| sag)?[)\]]\s*",
        )
    });
    if !line.trim_start().starts_with(['(', '[']) {
        return None;
    }
    let found = MARK.captures(line)?;
    Some((found.name("open").is_none(), &line[found.get(0)?.end()..]))
}

/// Whether a line that may be a title or text says that it is the title of a closed item.
pub(crate) fn is_closed_line(line: &str) -> bool {
    has_word(line) && (begins_with_mark(line) || ends_with_mark(line))
}

/// Whether a line begins with the mark.
pub(crate) fn leads_closed(line: &str) -> bool {
    has_word(line) && begins_with_mark(line)
}

fn begins_with_mark(line: &str) -> bool {
    line.contains(LOCK) || LEADS.is_match(line)
}

fn ends_with_mark(line: &str) -> bool {
    ENDS.is_match(line) && !AT_A_TIME.is_match(line)
}

/// Whether a line inside an item says that the item is closed.
pub(crate) fn tells_closed(line: &str) -> bool {
    (has_word(line) || line.contains(':')) && tells(line)
}

/// Whether a line before an item's first heading says that the item is closed: under a decision the same words end the matter.
pub(crate) fn tells_closed_first(line: &str) -> bool {
    has_word(line) && line.len() <= LONGEST_TOLD && TELLS_FIRST.is_match(line.trim())
}

/// Whether a line that may head a part of the agenda may as well be about one item.
pub(crate) fn is_part_or_told(line: &str) -> bool {
    part(line) == Some(true) && tells_closed(line)
}

fn tells(line: &str) -> bool {
    line.len() <= LONGEST_TOLD && TELLS.is_match(line.trim())
}

/// A longer line is text, in bytes.
const LONGEST_TOLD: usize = 240;

/// Whether a line that is nothing else says closed (true) or open; None for any other line.
pub(crate) fn state(line: &str) -> Option<bool> {
    let found = (line.len() <= LONGEST_PART).then(|| STATE.captures(line)).flatten()?;
    Some(says_closed(found.name("s")?.as_str()))
}

/// Whether a line begins a part of items that are closed (true) or open; None for any other line.
pub(crate) fn part(line: &str) -> Option<bool> {
    let found = (line.len() <= LONGEST_PART).then(|| PART.captures(line)).flatten()?;
    let word = ["s", "d", "u", "p"].iter().find_map(|name| found.name(name))?;
    Some(says_closed(word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_bear_marks_of_many_forms() {
        for title in [
            "(LUKKET) Grundsalg",
            "4. (LUKKET) Grundsalg",
            "(Lukket punkt) Grundsalg",
            "[Lukket] Grundsalg",
            "Grundsalg [Lukket]",
            "Grundsalg, lukket",
            "Grundsalg /Lukket",
            "Grundsalg – Lukket dagsorden",
            "Grundsalg (Punktet er lukket)",
            "Grundsalg (lukket, jf. styrelseslovens § 10)",
            "Grundsalg - fortroligt",
            "Grundsalg (fortroligt)",
            "Grundsalg (L)",
            "Grundsalg [L]",
            "(L) Grundsalg",
            "(L)\tGrundsalg",
            "Grundsalg. Lukket punkt.",
            "Grundsalg. Lukket.",
            "Lukket",
            "Punktet er lukket",
            "Fortroligt punkt",
            "Salg af Engvej Nord (L)",
            "Grundsalg (Lukket sag) 82.02.00.G10 24/1188",
            "Grundsalg (Lukket)\t23/3",
            "Lukket sag 82.02.00.G10 24/1189",
            "Grundsalg, Engvej 29 - lukket",
            "LUKKET - Grundsalg",
            "Grundsalg (ikke offentlig)",
            "Grundsalg (Ikke-offentligt punkt)",
            "Grundsalg - ikke åbent punkt",
            "Grundsalg (for lukkede døre)",
            "Sag for lukkede døre - Grundsalg",
            "Ikke offentlig: Grundsalg",
            "Punkt 4 🔒 Grundsalg",
        ] {
            assert!(is_closed(title), "{title}");
        }
        for title in [
            "Lukket vej ved Skolegade - indsigelse",
            "Lukket botilbud (godkendelse)",
            "Lukning af Engskolen",
            "Lukkede døre i folkeskolen",
            "Lukketider for beværtninger",
            "Daginstitutioner, uge 29 - lukket",
            "Hallen den 24. december - lukket",
            "Biblioteket i sommerferien, lukket",
            "Hvornår er der lukket?",
            "Forslag fra Lokallisten (L)",
            "Orlov til Ida Holm (L)",
            "Valg af ny formand efter Ida Holm (L)",
            "Fortrolighed i udvalget",
            "Ikke offentlige veje i Fjordby",
            "Offentlige toiletter",
            "Åben dagsorden",
        ] {
            assert!(!is_closed(title), "{title}");
        }
    }

    #[test]
    fn a_list_of_members_is_not_closed_by_their_letter() {
        assert!(!is_closed_line("Ida Holm (L)"));
        assert!(!is_closed_line("Hallen var, lukket"));
    }

    #[test]
    fn a_line_may_tell_that_its_item_is_closed() {
        for line in [
            "Åbent punkt: Nej",
            "Lukket: Ja",
            "Offentlig: nej",
            "Punktet behandles for lukkede døre, jf. styrelseslovens § 10.",
            "Sagen behandles på lukket møde",
            "Punktet er lukket.",
            "Punktet er fortroligt.",
            "Punktet offentliggøres ikke.",
            "Sagstype: Lukket (jf. styrelseslovens § 10)",
            "Sagens status: Lukket",
            "Sagstype: Lukket (personalesag)",
            "Type: Lukket punkt",
            "Dagsordenstype: Lukket",
            "Lukket sag - personalesag",
            "Sag i lukket møde",
            "Punktet er lukket for offentligheden.",
            "Punktet er ikke offentligt.",
            "Sagen er ikke offentlig",
            "Behandles på lukket møde",
            "Behandlet i lukket møde.",
            "Behandles for lukkede døre, jf. styrelseslovens § 10",
            "Sagen er undtaget fra offentlighed",
            "Undtaget fra offentligheden (§ 10)",
        ] {
            assert!(tells_closed(line), "{line}");
        }
        assert!(tells_closed_first("Sagen er lukket."));
        assert!(!tells_closed_first("Sagen er lukket for bemærkninger."));
        for line in [
            "Åbent punkt: Ja",
            "Lukket: Nej",
            "Sagen er lukket.",
            "Svømmehallen: lukket",
            "Biblioteket: Lukket",
            "Punktet er lukket for bemærkninger.",
            "Vejen er lukket for offentligheden.",
            "Behandles på lukket anlæg i Fjordby",
            "Arealet er undtaget fra offentlighed",
            "Udvalget drøftede, om sagen behandles for lukkede døre.",
        ] {
            assert!(!tells_closed(line), "{line}");
        }
    }

    #[test]
    fn lines_head_parts() {
        for line in [
            "LUKKET DAGSORDEN",
            "Lukkede punkter på dagsordenen",
            "Sager for lukkede døre",
            "Lukkede sager:",
            "B. LUKKEDE PUNKTER",
            "Lukket del af mødet",
            "Referat Lukket dagsorden",
            "Punkter uden offentlighed",
            "Ikke-offentlige punkter",
            "Ikke-offentlig dagsorden",
            "Punkter til behandling for lukkede døre",
            "Der var følgende lukkede punkter:",
        ] {
            assert_eq!(part(line), Some(true), "{line}");
        }
        assert_eq!(part("Åbne punkter"), Some(false));
        assert_eq!(part("Offentlige punkter"), Some(false));
        assert_eq!(part("Sager for åbne døre"), Some(false));
        for line in ["Lukkede sager er arkiveret", "Lukket vej", "Lukket", "Åbne døre"] {
            assert_eq!(part(line), None, "{line}");
        }
        assert_eq!(state("Lukket"), Some(true));
        assert_eq!(state("– LUKKET PUNKT –"), Some(true));
        assert_eq!(state("Åben"), Some(false));
        assert_eq!(state("Lukket om mandagen"), None);
        assert_eq!(state("Lukket efter branden i maj"), None);
        for line in [
            "Lukket punkt jf. styrelseslovens § 10",
            "Lukket punkt efter kommunestyrelseslovens § 10, stk. 2.",
            "Lukket (§ 10)",
            "Lukket dagsordenspunkt i henhold til lov om kommunernes styrelse",
            "Fortrolig",
        ] {
            assert_eq!(state(line), Some(true), "{line}");
        }
        assert_eq!(bracketed("(L) 3. Leje"), Some((true, "3. Leje")));
        assert_eq!(bracketed("(Åben) Sag nr. 2"), Some((false, "Sag nr. 2")));
        assert_eq!(bracketed("(O)Sag nr. 2").map(|mark| mark.0), Some(false));
        assert_eq!([bracketed("(A) 3. Leje"), bracketed("3. (L) Leje"), bracketed("Lukket 3")], [None; 3]);
        assert_eq!(part("Punkter på lukket dagsorden"), Some(true));
        assert_eq!(part("Sager på åben dagsorden"), Some(false));
    }
}
