//! How the minutes are printed: Herning's page of a whole meeting, whose items have no numbers, and its print view,
//! where each head has a number and stands twice; the routing grid with a paragraph a cell, or a line a cell.

use std::fmt::Write;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::matter::{Matter, capital, compound};
use crate::random::Random;
use crate::words::{
    ADVERBS, BODIES, COLUMNS, DECISIONS, FIRST_NAMES, FOLLOW_UPS, LAST_NAMES, OPENINGS, PLACES, PROPOSERS,
    ROOMS, VERBS,
};

const MONTHS: [&str; 12] = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
];

/// A page of the older system has one column name and one cell a line, without blank lines.
const YEAR_OF_PARAGRAPHS: i16 = 2015;

/// How a meeting is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// The whole meeting as a web page.
    Page,
    /// The print view.
    Print,
}

impl Layout {
    pub(crate) fn header(self, text: &mut String, body: &str, day: Date, random: &mut Random) {
        if self == Self::Page {
            line(text, "Dagsordener og referater");
        }
        let room = random.one(&ROOMS);
        let _ = write!(text, "Udvalg: {body}\nMødedato: {}\nMødested: {room}\n\n", danish(day));
        line(text, "Dagsordenpunkter");
    }

    pub(crate) fn item(
        self,
        text: &mut String,
        number: u64,
        matter: &Matter,
        day: Date,
        random: &mut Random,
    ) {
        if self == Self::Print {
            line(text, &format!("{number}. {}", matter.title));
        }
        let caseworker = person(random);
        line(text, &format!("Sagsnr.: {} Sagsbehandler: {caseworker} \u{a0}", matter.number));
        line(text, &matter.title);
        grid(text, day, random);
        let others = if random.percent(30) { person(random) } else { "-".to_owned() };
        line(text, &format!("Øvrige sagsbehandlere: {others}"));
        line(text, "Sagsresume");
        line(text, &sentences(random, 1, 2));
        line(text, "Sagsfremstilling");
        background(text, day, random);
        if random.percent(40) {
            line(text, "Økonomi");
            let thousands = random.between(1, 999);
            line(
                text,
                &format!(
                    "Udgiften er {}.{thousands:03}.000 kr., som finansieres af kassen.",
                    random.below(30)
                ),
            );
        }
        recommendations(text, random);
        line(text, "Beslutning");
        // An item in fifty has no decision.
        if !random.percent(2) {
            let decision = random.early(&DECISIONS);
            line(text, &filled(decision, day, random));
        }
        line(text, "Bilag");
        if self == Self::Print {
            line(text, &format!(" • {}.pdf\n \u{a0}", capital(&compound(random))));
        }
    }
}

/// A paragraph: the line and a blank one.
fn line(text: &mut String, words: &str) {
    text.push_str(words);
    text.push_str("\n\n");
}

fn grid(text: &mut String, day: Date, random: &mut Random) {
    let end = if day.year() < YEAR_OF_PARAGRAPHS { "\n" } else { "\n\n" };
    for column in COLUMNS {
        text.push_str(column);
        text.push_str(end);
    }
    let marked = random.below(COLUMNS.len() as u64);
    for at in 0..COLUMNS.len() as u64 {
        let mark = if at == marked || (at == 9 && random.percent(30)) { "x" } else { "" };
        let _ = write!(text, "\u{a0}{mark}{end}");
    }
    if end.len() == 1 {
        text.push_str("\n\u{a0}\n");
    }
}

fn background(text: &mut String, day: Date, random: &mut Random) {
    for _ in 0..random.between(1, 4) {
        line(text, &sentences(random, 1, 3));
    }
    if random.percent(40) {
        let follow_up = random.one(&FOLLOW_UPS);
        line(text, &filled(follow_up, day, random));
    }
    if random.percent(10) {
        let earlier = day.saturating_sub(i32::try_from(random.between(30, 400)).unwrap_or_default().days());
        let (number, body) = (random.between(1, 150), random.one(&BODIES).0);
        line(text, &format!("Sagen blev behandlet i {body} den {}, punkt {number}.", danish(earlier)));
    }
}

fn recommendations(text: &mut String, random: &mut Random) {
    line(text, "Indstilling");
    let proposer = random.one(&PROPOSERS);
    line(text, proposer);
    for at in 0..random.between(1, 3) {
        let what =
            ["godkendes", "drøftes", "tages til efterretning"][usize::try_from(at).unwrap_or_default()];
        let _ = writeln!(text, "at {} {what}.", compound(random));
    }
    if random.percent(50) {
        text.push_str(proposer);
        text.push('\n');
    }
    text.push('\n');
}

fn sentences(random: &mut Random, least: u64, most: u64) -> String {
    let mut text = String::new();
    for at in 0..random.between(least, most) {
        if at > 0 {
            text.push(' ');
        }
        let (subject, object) = (compound(random), compound(random));
        let opening = if random.percent(35) { random.one(&OPENINGS) } else { "" };
        let subject = if opening.is_empty() { capital(&subject) } else { subject };
        let _ = write!(text, "{opening}{subject} {} {object} {}", random.one(&VERBS), random.one(&ADVERBS));
        if random.percent(30) {
            let _ = write!(text, ", også i {}", random.one(&PLACES));
        }
        text.push('.');
    }
    text
}

fn person(random: &mut Random) -> String {
    format!("{} {}", random.one(&FIRST_NAMES), random.one(&LAST_NAMES))
}

fn filled(template: &str, day: Date, random: &mut Random) -> String {
    let ahead = day.saturating_add(i32::try_from(random.between(14, 120)).unwrap_or_default().days());
    template
        .replace("{b}", random.one(&BODIES).0)
        .replace("{d}", &danish(ahead))
        .replace("{y}", &(day.year() + 1).to_string())
        .replace("{p}", &person(random))
        .replace("{q}", &person(random))
}

fn danish(day: Date) -> String {
    let month = MONTHS[usize::from(day.month().unsigned_abs()) - 1];
    format!("{}. {month} {}", day.day(), day.year())
}
