//! A municipality that writes more than anybody should.

use tempfile::TempDir;

use crate::paper::{Item, folder, meeting};

/// Items of the longest meeting.
pub(crate) const ITEMS: usize = 200;
/// Meetings at which one case was treated.
pub(crate) const MEETINGS: usize = 300;
/// Members of the largest body.
pub(crate) const MEMBERS: usize = 300;
/// Things that come back.
pub(crate) const FOLLOW_UPS: usize = 500;
/// Follow-ups of one item.
const FOLLOW_UPS_OF_ITEM: usize = 10;
/// Characters of the longest decisions.
pub(crate) const LONGEST_DECISION: usize = 100_000;
/// Characters of decisions that are shown in parts rather than as a file.
const DECISION_IN_PARTS: usize = 4_500;
/// Characters of a body's name.
const LONGEST_NAME: usize = 200;

/// What long decisions are made of, by the serial number of their case.
const PATTERNS: [&str; 5] = ["ord og ", "*", "𝄞𝄞𝄞 ", "x", "@everyone https://ond.example/ [a](b) _c_\n- d\n"];

const FIRST_NAMES: [&str; 15] = [
    "Ida", "Bo", "Lars", "Mie", "Karl", "Birte", "Poul", "Jytte", "Hans", "Else", "Anna", "Ole", "Per",
    "Eva", "Finn",
];
const LAST_NAMES: [&str; 20] = [
    "Holm", "Dahl", "Skov", "Ravn", "Bukh", "Riis", "Kloster", "Lund", "Krog", "Bay", "Toft", "Vang", "Juul",
    "Bang", "Friis", "Kjær", "Beck", "Munk", "Hald", "Ager",
];

/// A decision that is too long to be shown at once.
pub(crate) struct Decision {
    pub(crate) case_number: String,
    pub(crate) text: String,
}

/// All of them: each pattern at both lengths.
pub(crate) fn decisions() -> Vec<Decision> {
    let lengths = [LONGEST_DECISION, DECISION_IN_PARTS];
    let all = lengths.iter().flat_map(|length| PATTERNS.iter().map(move |pattern| (*length, *pattern)));
    all.zip(1..)
        .map(|((length, pattern), serial)| Decision {
            case_number: format!("02.01.00-A00-{serial}-20"),
            text: pattern.chars().cycle().take(length).collect::<String>().trim_end().to_owned(),
        })
        .collect()
}

/// What was decided about the case that was treated most often.
pub(crate) fn decision_of(treatment: usize) -> String {
    format!("Godkendt for {treatment}. gang. {}", "Med de bemærkninger, der fremgår. ".repeat(30).trim_end())
}

/// Everything, as files.
pub(crate) fn minutes() -> TempDir {
    let several = [
        ("mange-punkter".to_owned(), longest_meeting()),
        ("lange-beslutninger".to_owned(), long_decisions()),
        ("opfølgninger".to_owned(), follow_ups()),
        ("langt-navn".to_owned(), long_name()),
        ("medlemmer".to_owned(), members()),
        ("udpegninger".to_owned(), seats()),
    ];
    let treatments = (1..=MEETINGS).map(|number| (format!("hallen-{number:03}"), treatment(number)));
    folder(several.into_iter().chain(treatments).map(|(name, text)| (format!("{name}.txt"), text)))
}

fn longest_meeting() -> String {
    let item = |number: usize| Item {
        title: format!(
            "Emne {number}: {}",
            "veje, stier, pladser og torve i hele kommunen ".repeat(6).trim_end()
        ),
        case_number: format!("01.01.00-A00-{number}-20"),
        decision: format!("Godkendt med de ændringer, der fremgår af bilag {number}."),
        ..Item::default()
    };
    meeting("Teknikudvalget", "12. august 2020", &(1..=ITEMS).map(item).collect::<Vec<_>>())
}

fn long_decisions() -> String {
    let item = |(decision, number): (Decision, usize)| Item {
        title: format!("Lang beslutning {number}"),
        case_number: decision.case_number,
        decision: decision.text,
        ..Item::default()
    };
    let items: Vec<Item> = decisions().into_iter().zip(1..).map(item).collect();
    meeting("Økonomiudvalget", "5. august 2020", &items)
}

fn follow_ups() -> String {
    let sentence = |number: usize| {
        format!("Sag {number} behandles igen på udvalgets møde den {}. januar 2021. ", 1 + number % 28)
    };
    let item = |at: usize| Item {
        title: format!("Opfølgning {at}"),
        case_number: format!("03.01.00-A00-{at}-20"),
        background: (0..FOLLOW_UPS_OF_ITEM).map(|n| sentence(at * FOLLOW_UPS_OF_ITEM + n)).collect(),
        ..Item::default()
    };
    let items: Vec<Item> = (0..FOLLOW_UPS / FOLLOW_UPS_OF_ITEM).map(item).collect();
    meeting("Socialudvalget", "6. august 2020", &items)
}

fn long_name() -> String {
    let name =
        format!("Det Rådgivende Udvalg for {}", "Veje, Stier, 𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞𝄞, Havne og Skove, ".repeat(5));
    let name: String = name.chars().take(LONGEST_NAME - 1).chain(['e']).collect();
    let item = |number: usize| Item {
        title: format!("Sti {number}"),
        case_number: format!("04.01.00-A00-{number}-20"),
        background: "Sagen behandles igen på udvalgets møde den 2. februar 2021.".to_owned(),
        ..Item::default()
    };
    meeting(&name, "7. august 2020", &(1..=40).map(item).collect::<Vec<_>>())
}

/// Who sits in more bodies than anybody.
pub(crate) const PERSON: &str = "Torsten Ugilt";
/// In how many.
pub(crate) const SEATS: usize = 100;
const FIRST_PARTS: [&str; 10] =
    ["Vej", "Sti", "Havne", "Skov", "Park", "Torve", "Bro", "Dige", "Mark", "Eng"];
const SECOND_PARTS: [&str; 10] =
    ["trafik", "bygge", "natur", "miljø", "plan", "drifts", "lys", "vand", "idræts", "støj"];

fn seats() -> String {
    let bodies = FIRST_PARTS.iter().flat_map(|first| SECOND_PARTS.iter().map(move |second| (first, second)));
    let item = |((first, second), number): ((&&str, &&str), usize)| Item {
        title: format!("Udpegning {number}"),
        case_number: format!("07.01.00-A00-{number}-20"),
        decision: format!("{PERSON} udpeges som medlem af {first}{second}rådet."),
        ..Item::default()
    };
    let items: Vec<Item> = bodies.zip(1..).map(item).collect();
    assert_eq!(items.len(), SEATS);
    meeting("Erhvervsudvalget", "9. januar 2020", &items)
}

/// One of the meetings: no two on the same day.
fn treatment(number: usize) -> String {
    const MONTHS: [&str; 10] =
        ["januar", "februar", "marts", "april", "maj", "juni", "august", "september", "oktober", "november"];
    let (year, rest) = (1990 + number / 20, number % 20);
    let day = format!("{}. {} {year}", 3 + 14 * (rest % 2), MONTHS[rest / 2]);
    let item = Item {
        title: "Renovering af hallen".to_owned(),
        case_number: CASE.to_owned(),
        decision: decision_of(number),
        ..Item::default()
    };
    meeting("Kulturudvalget", &day, &[item])
}

/// The case that was treated most often.
pub(crate) const CASE: &str = "05.01.00-A00-1-90";

fn members() -> String {
    let names =
        FIRST_NAMES.iter().flat_map(|first| LAST_NAMES.iter().map(move |last| format!("{first} {last}")));
    let names: Vec<String> = names.collect();
    assert_eq!(names.len(), MEMBERS);
    let item = Item {
        title: "Konstituering".to_owned(),
        case_number: "06.01.00-A00-1-20".to_owned(),
        decision: format!("Følgende er valgt som medlemmer af Idrætsrådet:\n\n{}", names.join("\n")),
        ..Item::default()
    };
    meeting("Idrætsrådet", "8. januar 2020", &[item])
}
