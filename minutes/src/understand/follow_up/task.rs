//! Promises without a date: "Forvaltningen vil undersøge …", "Udvalget bad om en status". Read from decisions only: what a
//! background says somebody will do is a plan, not a promise to the body.

use std::sync::LazyLock;

use super::tense;
use super::{Meeting, name_of};
use crate::model::{FollowUp, FollowUpKind};
use crate::understand::{bodies, date};
use crate::{Pattern, pattern};

/// What somebody "vil" or "skal" do.
const TO_DO: &str = concat!(
    "afklare[s]?|aftale|arbejdes? videre|bede|belyse[s]?|beskrive[s]?|bringes? (?:\\p{L}+ )?videre|drøftes?|evaluere[s]?|",
    "forelægges?|fremlægges?|fremsende[s]?|følges? op|følge (?:sagen|udviklingen|projektet)|genoptages?|indhente[s]?|",
    "indkalde[s]?|informere|invitere[s]?|kontakte[s]?|kortlægges?|orientere[s]?|planlægges?|præsentere[s]?|",
    "rette[s]? henvendelse|se (?:nærmere )?på|sendes?|skrive[s]?|sørge for|tages? (?:\\p{L}+ )?(?:op|kontakt|med)|",
    "udarbejde[s]?|undersøge[s]?|vende tilbage",
);

/// What somebody does, told as a promise.
const DOES: &str = concat!(
    "afklarer|arbejder videre|bringer (?:\\p{L}+ )?videre|følger (?:\\p{L}+ )?op|indhenter|indkalder til|inviterer|",
    "kontakter|retter henvendelse|ser nærmere på|sender|skriver (?:til|et|en)|sørger for|",
    "tager (?:\\p{L}+ ){0,2}med (?:tilbage|videre)|tager kontakt|tager fat i|udarbejder|undersøger|vender (?:\\p{L}+ )?tilbage",
);

/// Those who work for the body.
const OFFICIALS: &str = "forvaltningen|administrationen|sekretariatet|direktionen|direktøren|afdelingen|formanden|borgmesteren|\\p{L}+chefen";

/// What a body asks to see.
const PAPERS: &str = "redegørelse|status|statusnotat|orientering|notat|oversigt|opfølgning|evaluering|oplæg|opgørelse|tilbagemelding";

static WILL: LazyLock<Pattern> =
    LazyLock::new(|| pattern(&format!(r"(?i)\b(?:vil|skal)\s+(?:\p{{L}}+\s+){{0,3}}?(?:{TO_DO})\b")));
/// The one who promises begins the sentence or its clause.
static PROMISES: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:^(?:[•*·–-]\s*)?|\b(?:at|idet|og)\s|[,:]\s)(?:(?i:{OFFICIALS})|\p{{Lu}}[\p{{L}}.-]+(?: \p{{Lu}}[\p{{L}}.-]+){{0,3}}(?: og \p{{Lu}}[\p{{L}}.-]+)?) (?:{DOES})\b"
    ))
});
static IS_ASKED: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(&format!(
        concat!(
            r"(?i)\b(?:anmoder|anmodede|anmodes|beder|bad|bedes|pålægger|pålagde)\s+(?:\p{{L}}+\s+)?(?:{officials})\b",
            r"|\b(?:{officials})\s+(?:blev\s+|bliver\s+|er\s+)?(?:anmodet|bedt|anmodes|bedes|pålægges|pålagt)\b",
            r"|\b(?:anmoder|anmodede|beder|bad|anmodes|bedt)\s+om(?:,?\s+at|\s+(?:en|et)\s+(?:\p{{L}}+\s+)?(?:{papers}))\b",
            r"|\b(?:ønsker|ønskede)\s+(?:en|et)\s+(?:\p{{L}}+\s+)?(?:{papers})\b",
        ),
        officials = OFFICIALS,
        papers = PAPERS
    ))
});
static IS_TO_BE_DONE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(concat!(
        r"(?i)\bder\s+(?:arbejdes\s+videre|følges\s+op|udarbejdes|indhentes|indkaldes|rettes\s+henvendelse|tages\s+kontakt|undersøges)\b",
        r"|\b(?:sagen|punktet|emnet|forslaget|spørgsmålet|temaet|det)\s+(?:genoptages|undersøges|tages\s+op\s+(?:igen|senere|på))\b",
        r"|\b(?:sættes|kommer|tages|behandles|drøftes|forelægges|genoptages)\b[^.;]{0,60}\b(?:på\s+et\s+(?:kommende|senere|fremtidigt)\s+(?:\p{L}*møde)|på\s+en\s+(?:kommende|senere|fremtidig)\s+dagsorden",
        r"|på\s+(?:det\s+)?(?:første|næste|førstkommende|næstkommende)\s+(?:\p{L}+\s+)?\p{L}*møde\s+(?:derefter|herefter|efter)|på\s+årets\s+første\s+\p{L}*møde)\b",
        r"|\bgenoptages,?\s+når\b",
        r"|\b(?:behandles|drøftes|forelægges|fremlægges|genoptages|kommer|evalueres|tages\s+op)\b[^,.;]{0,60}\befter\s+(?:(?:sommer|efterårs|vinter|jule|påske)ferien|nytår|påske|jul)\b",
    ))
});
/// What makes a promise none: it is denied, hangs on something, or is asked of somebody in a question.
static NO_PROMISE: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)\bikke\b|\bhvis\b|\bsåfremt\b|\?$|\bskal\s+(?:ses|forstås)\b"));

/// The promise that a sentence of a decision holds; None where it holds none, or names a day that lies ahead (that day is then
/// told, or was left out for a reason).
pub(super) fn read(text: &str, meeting: &Meeting<'_>) -> Option<FollowUp> {
    let promises = [&WILL, &PROMISES, &IS_ASKED, &IS_TO_BE_DONE].iter().any(|cue| cue.is_match(text));
    if !promises || NO_PROMISE.is_match(text) || tense::is_old_plan(text) {
        return None;
    }
    let lies_ahead =
        |mention: &date::Mention| mention.resolve(meeting.date).is_some_and(|(_, to)| to > meeting.date);
    if date::mentions(text).iter().any(lies_ahead) {
        return None;
    }
    let named = bodies::mentions(text);
    let body = named.first().and_then(|body| name_of(text, body, &named, meeting));
    Some(FollowUp { from: None, to: None, body, kind: FollowUpKind::Task, quote: text.to_owned() })
}
