//! The council's own list of seats: a TOML or CSV file, read strictly. A seat that is not as it should be is told with its line and
//! what to write; nothing is left out or guessed.

use std::collections::HashMap;
use std::path::Path;

use commands::{Roster, RosterSeat};
use csv::{ErrorKind, ReaderBuilder, StringRecord, Trim};
use jiff::civil::Date;
use minutes::{Role, body, person};
use serde::Deserialize;
use toml::{Spanned, Value};

use super::{danish, line_at};

/// A larger file is no list of seats: a council with all its boards has a few hundred a term.
const MOST_BYTES: u64 = 1 << 20;
/// More seats than any council has in all the years that are kept.
const MOST_SEATS: usize = 5_000;

/// The columns of a CSV file and the keys of a seat in TOML, in the order in which they are documented.
const COLUMNS: [&str; 6] = ["body", "name", "role", "party", "from", "to"];

/// What the columns of a CSV file may be called in Danish, in the same order; the first is what a message offers.
const DANISH_COLUMNS: [&[&str]; 6] = [
    &["udvalg", "organ", "råd", "udvalg eller råd"],
    &["navn", "medlem", "person"],
    &["rolle", "hverv"],
    &["parti", "liste"],
    &["fra", "fra dato", "startdato", "tiltrådt"],
    &["til", "til dato", "slutdato", "fratrådt"],
];

/// What an office may be called.
const ROLES: [(&str, Role); 13] = [
    ("medlem", Role::Member),
    ("formand", Role::Chair),
    ("næstformand", Role::ViceChair),
    ("borgmester", Role::Mayor),
    ("viceborgmester", Role::DeputyMayor),
    ("stedfortræder", Role::Substitute),
    ("suppleant", Role::Substitute),
    ("member", Role::Member),
    ("chair", Role::Chair),
    ("vice_chair", Role::ViceChair),
    ("mayor", Role::Mayor),
    ("deputy_mayor", Role::DeputyMayor),
    ("substitute", Role::Substitute),
];

/// The names of offices that a message offers: those of the first rows.
const OFFERED: usize = 6;

/// Offices that one person at a time has in a body.
const SINGLE: [Role; 3] = [Role::Chair, Role::ViceChair, Role::Mayor];

/// A mistake: the line, and what is wrong with it and what to write.
type Mistake = (usize, String);

/// The columns as the file calls them, in the order of [`COLUMNS`].
type Heads = [String; COLUMNS.len()];

/// A seat as written.
#[derive(Debug, Default)]
struct Written {
    line: usize,
    /// In the order of [`COLUMNS`]; empty where nothing is written.
    values: [String; COLUMNS.len()],
}

/// Reads the list in a file, which answers cite as it is named in bot.toml.
///
/// # Errors
/// The file's name, the line, what is wrong there and what to write instead.
pub(super) fn read(named: &Path, file: &Path) -> Result<Roster, String> {
    let shown = named.display();
    let told = |what: String| format!("{shown} {what}");
    let unreadable = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => {
            told("findes ikke; ret roster i bot.toml, eller læg listen der".to_owned())
        }
        std::io::ErrorKind::InvalidData => {
            told("er ikke UTF-8; gem den som UTF-8 (i Excel: CSV UTF-8)".to_owned())
        }
        _ => told(format!("kan ikke læses: {}", crate::sources::reason(&error))),
    };
    if std::fs::metadata(file).map_err(unreadable)?.len() > MOST_BYTES {
        return Err(told("er større end 1 MB og er ikke en liste over pladser".to_owned()));
    }
    let text = std::fs::read_to_string(file).map_err(unreadable)?;
    let extension = file.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let seats = match extension.to_lowercase().as_str() {
        "toml" => of_toml(&text),
        "csv" => of_csv(&text),
        _ => return Err(told("skal være en .toml- eller en .csv-fil".to_owned())),
    };
    let seats = seats
        .and_then(|(heads, written)| checked(&heads, &written))
        .map_err(|(line, what)| told(format!("linje {line}: {what}")))?;
    Ok(Roster::new(shown.to_string(), seats))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    seats: Vec<Spanned<SeatTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeatTable {
    body: String,
    name: String,
    role: Option<String>,
    party: Option<String>,
    from: Value,
    to: Option<Value>,
}

fn of_toml(text: &str) -> Result<(Heads, Vec<Written>), Mistake> {
    let tables: Tables = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        (line_at(text, at), danish(error.message()))
    })?;
    let mut seats = Vec::with_capacity(tables.seats.len());
    for table in tables.seats {
        let line = line_at(text, table.span().start);
        let seat = table.into_inner();
        let day = |key: &str, value: Option<Value>| match value {
            None => Ok(String::new()),
            Some(Value::String(text)) => Ok(text),
            Some(Value::Datetime(day)) => Ok(day.to_string()),
            Some(_) => Err((line, format!("{key} skal være en dato, for eksempel {key} = 2022-01-01"))),
        };
        let values = [
            seat.body,
            seat.name,
            seat.role.unwrap_or_default(),
            seat.party.unwrap_or_default(),
            day("from", Some(seat.from))?,
            day("to", seat.to)?,
        ];
        seats.push(Written { line, values });
    }
    Ok((COLUMNS.map(str::to_owned), seats))
}

fn of_csv(text: &str) -> Result<(Heads, Vec<Written>), Mistake> {
    // A mark that Excel puts before UTF-8.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let head = text.lines().next().unwrap_or_default();
    let delimiter = if head.contains(';') { b';' } else { b',' };
    let mut reader = ReaderBuilder::new().delimiter(delimiter).trim(Trim::All).from_reader(text.as_bytes());
    let head = reader.headers().map_err(|error| of_csv_error(&error))?.clone();
    let columns = columns(&head)?;
    let mut seats = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| of_csv_error(&error))?;
        let line = record.position().map_or(0, |position| usize::try_from(position.line()).unwrap_or(0));
        let value = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default().to_owned();
        seats.push(Written { line, values: columns.map(value) });
    }
    let offered = offered(&head);
    let called = |(at, column): (usize, Option<usize>)| {
        column.and_then(|column| head.get(column)).unwrap_or(offered[at]).to_owned()
    };
    let mut heads = Heads::default();
    heads.iter_mut().zip(columns.into_iter().enumerate()).for_each(|(head, at)| *head = called(at));
    Ok((heads, seats))
}

/// The column that a heading is, in English or Danish, in any case.
fn column_of(heading: &str) -> Option<usize> {
    let heading = heading.to_lowercase();
    (0..COLUMNS.len()).find(|at| COLUMNS[*at] == heading || DANISH_COLUMNS[*at].contains(&heading.as_str()))
}

/// What the columns should be called: in Danish where one of them is.
fn offered(head: &StringRecord) -> [&'static str; COLUMNS.len()] {
    let is_danish = head
        .iter()
        .any(|heading| column_of(heading).is_some_and(|at| !COLUMNS[at].eq_ignore_ascii_case(heading)));
    if is_danish { DANISH_COLUMNS.map(|names| names[0]) } else { COLUMNS }
}

/// Where each column stands; `role`, `party` and `to` may be left out.
fn columns(head: &StringRecord) -> Result<[Option<usize>; COLUMNS.len()], Mistake> {
    const NEEDED: [&str; 3] = ["body", "name", "from"];
    let offered = offered(head);
    let should_be = || format!("første linje skal være {}", offered.join(";"));
    if let Some(unknown) = head.iter().find(|heading| column_of(heading).is_none()) {
        return Err((1, format!("ukendt kolonne \"{unknown}\"; {}", should_be())));
    }
    let mut columns = [None; COLUMNS.len()];
    for (place, heading) in head.iter().enumerate() {
        let Some(at) = column_of(heading) else { continue };
        if columns[at].is_some() {
            return Err((1, format!("kolonnen {heading} står to gange")));
        }
        columns[at] = Some(place);
    }
    for (at, column) in COLUMNS.iter().enumerate() {
        if NEEDED.contains(column) && columns[at].is_none() {
            return Err((1, format!("kolonnen {} mangler; {}", offered[at], should_be())));
        }
    }
    Ok(columns)
}

fn of_csv_error(error: &csv::Error) -> Mistake {
    let line = error.position().map_or(1, |position| usize::try_from(position.line()).unwrap_or(1));
    let what = match error.kind() {
        ErrorKind::UnequalLengths { expected_len, len, .. } => format!(
            "her er {len} felter, men første linje har {expected_len}; et felt med skilletegn i skal stå i anførselstegn"
        ),
        _ => "kan ikke læses som CSV; gem listen som CSV UTF-8 med et felt for hver kolonne".to_owned(),
    };
    (line, what)
}

/// The seats, each by itself and all together as they may be.
fn checked(heads: &Heads, written: &[Written]) -> Result<Vec<RosterSeat>, Mistake> {
    if written.len() > MOST_SEATS {
        return Err((written[MOST_SEATS].line, format!("der er flere end {MOST_SEATS} pladser")));
    }
    let [.., from, to] = heads;
    let mut seats: Vec<RosterSeat> = Vec::with_capacity(written.len());
    // The seats of each office in each body, with what the names are compared by.
    let mut of_office: HashMap<(String, Role), Vec<(usize, String)>> = HashMap::new();
    for one in written {
        let seat = seat(heads, one).map_err(|what| (one.line, what))?;
        let key = person::key(&seat.name);
        let others = of_office.entry((body::key(&seat.body), seat.role)).or_default();
        for (at, other_key) in others.iter() {
            let other = &seats[*at];
            let overlap = other.from <= seat.last() && seat.from <= other.last();
            if overlap && *other_key == key {
                let (name, line) = (&seat.name, other.line);
                return Err((
                    seat.line,
                    format!("{name} har allerede den plads på linje {line}; ret {from} eller {to}"),
                ));
            }
            if overlap && SINGLE.contains(&seat.role) {
                let RosterSeat { name, body, line, .. } = other;
                let what = format!(
                    "{name} har det hverv i {body} på samme tid (linje {line}); ret {from} eller {to}"
                );
                return Err((seat.line, what));
            }
        }
        others.push((seats.len(), key));
        seats.push(seat);
    }
    Ok(seats)
}

fn seat(heads: &Heads, written: &Written) -> Result<RosterSeat, String> {
    let [body, name, role, party, from, to] = &written.values;
    let [body_head, name_head, role_head, _, from_head, to_head] = heads;
    if body::key(body).is_empty() {
        return Err(format!("{body_head} mangler; skriv udvalgets eller rådets navn"));
    }
    if !person::key(name).contains(' ') {
        return Err(format!("{name_head} er \"{name}\"; skriv for- og efternavn"));
    }
    let role = match role.to_lowercase().as_str() {
        "" => Role::Member,
        word => ROLES.iter().find(|(known, _)| *known == word).map(|(_, role)| *role).ok_or_else(|| {
            let offered: Vec<&str> = ROLES[..OFFERED].iter().map(|(known, _)| *known).collect();
            format!("ukendt {role_head} \"{role}\"; skriv {}", offered.join(", "))
        })?,
    };
    if from.is_empty() {
        return Err(format!("{from_head} mangler; skriv den første dag, for eksempel 2022-01-01"));
    }
    let to = if to.is_empty() { None } else { Some(day(to_head, to)?) };
    let from = day(from_head, from)?;
    if to.is_some_and(|to| to < from) {
        return Err(format!("{to_head} ligger før {from_head}"));
    }
    let party = (!party.is_empty()).then(|| party.clone());
    Ok(RosterSeat { line: written.line, body: body.clone(), name: name.clone(), role, party, from, to })
}

fn day(head: &str, text: &str) -> Result<Date, String> {
    minutes::day(text)
        .ok_or_else(|| format!("{head} er \"{text}\"; skriv en dato, der findes, for eksempel 2022-01-01"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "body;name;role;party;from;to\n";
    const ONE: &str = "Byrådet;Ida Holm;formand;A;2022-01-01;2025-12-31\n";

    fn read_as(name: &str, text: &[u8]) -> Result<Roster, String> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(name);
        std::fs::write(&file, text).unwrap();
        read(Path::new(name), &file)
    }

    #[test]
    fn both_forms_say_the_same() {
        let comma = "body,name,role,party,from,to\nByrådet,Ida Holm,chair,A,01-01-2022,31.12.2025\n";
        let toml = "[[seats]]\nbody = \"Byrådet\"\nname = \"Ida Holm\"\nrole = \"formand\"\nparty = \"A\"\nfrom = 2022-01-01\nto = \"2025-12-31\"\n";
        let expected = read_as("a.csv", format!("{HEAD}{ONE}").as_bytes()).unwrap();
        assert_eq!(expected.seats().len(), 1);
        assert_eq!(expected.seats()[0].line, 2);
        for (name, text) in [("a.csv", comma), ("a.csv", &format!("\u{feff}{HEAD}{ONE}")), ("a.toml", toml)] {
            let seats = read_as(name, text.as_bytes()).unwrap().seats().to_vec();
            let line = seats[0].line;
            assert_eq!(seats, [RosterSeat { line, ..expected.seats()[0].clone() }], "{text}");
        }
    }

    #[test]
    fn headings_may_be_danish() {
        let expected = read_as("a.csv", format!("{HEAD}{ONE}").as_bytes()).unwrap();
        for head in [
            "udvalg;navn;rolle;parti;fra;til",
            "Organ;Navn;Hverv;Parti;Fra;Til",
            "body;Navn;rolle;party;Fra;to",
        ] {
            let seats = read_as("a.csv", format!("{head}\n{ONE}").as_bytes()).unwrap().seats().to_vec();
            assert_eq!(seats, expected.seats(), "{head}");
        }
        for (text, expected) in [
            (
                "udvalg;navn\n",
                "linje 1: kolonnen fra mangler; første linje skal være udvalg;navn;rolle;parti;fra;til",
            ),
            ("udvalg;navn;fra;body\n", "linje 1: kolonnen body står to gange"),
            (
                "udvalg;navn;fra;bemærkning\n",
                "linje 1: ukendt kolonne \"bemærkning\"; første linje skal være udvalg;navn",
            ),
            (
                "udvalg;navn;fra\nByrådet;Ida Holm;31. februar 2022\n",
                "linje 2: fra er \"31. februar 2022\"; skriv en dato, der findes",
            ),
            ("udvalg;navn;rolle;fra\nByrådet;Ida Holm;chef;2022-01-01\n", "linje 2: ukendt rolle \"chef\""),
        ] {
            let mistake = read_as("a.csv", text.as_bytes()).unwrap_err();
            assert!(mistake.starts_with(&format!("a.csv {expected}")), "{mistake}");
        }
    }

    /// Words of toml that no clerk should meet.
    const ENGLISH: [&str; 12] = [
        "expected",
        "invalid",
        "missing",
        "unclosed",
        "extra",
        "unexpected",
        "duplicate",
        "string",
        "table",
        "array",
        "TOML parse",
        "newline",
    ];

    #[test]
    fn broken_toml_is_told_in_danish_with_its_line() {
        let seat = |rest: &str| format!("[[seats]]\nbody = \"B\"\nname = \"I H\"\n{rest}");
        for (text, line) in [
            (seat("from = 2022-01-01\nparty = A\n"), 5),
            (seat("from = 2022-01-01\nparty = \"A\n"), 5),
            (seat("from = 2022-02-31\n"), 4),
            (seat("from = 2022-13-01\n"), 4),
            (seat("from =\n"), 4),
            (seat("from 2022-01-01\n"), 4),
            (seat("from = 2022-01-01 to = 2023-01-01\n"), 4),
            (seat("from = 2022-01-01\nfrom = 2022-01-01\n"), 5),
            (seat("from = [2022-01-01\n"), 4),
            (seat("from = { a = 1\n"), 4),
            (seat("from = 20x2\n"), 4),
            ("[[seats]\nbody = \"B\"\n".to_owned(), 1),
            ("[seats]\nbody = \"B\"\n".to_owned(), 1),
            ("seats = 3\n".to_owned(), 1),
            ("seats = [3]\n".to_owned(), 1),
            ("[[pladser]]\nbody = \"B\"\n".to_owned(), 1),
            ("rådet = 1\n".to_owned(), 1),
            ("body;name;from\n".to_owned(), 1),
            ("= 1\n".to_owned(), 1),
            ("[[seats]]\nbody = 3\nname = \"I H\"\nfrom = 2022-01-01\n".to_owned(), 2),
        ] {
            let mistake = read_as("pladser.toml", text.as_bytes()).unwrap_err();
            let what = mistake.strip_prefix(&format!("pladser.toml linje {line}: "));
            let what = what.unwrap_or_else(|| panic!("{text}\n{mistake}"));
            assert!(!ENGLISH.iter().any(|word| what.contains(word)), "{text}\n{mistake}");
        }
    }

    #[test]
    fn what_may_be_left_out_is() {
        let seats = read_as("a.csv", b"name;body;from\nIda Holm;Skoleudvalget;2022-03-01\n").unwrap();
        let seat = &seats.seats()[0];
        assert_eq!((seat.role, seat.party.as_deref(), seat.to), (Role::Member, None, None));
        assert_eq!(seat.last().to_string(), "2025-12-31", "no end: with the term");
    }

    #[test]
    fn mistakes_name_the_line_and_the_mend() {
        let two = |second: &str| format!("{HEAD}{ONE}{second}\n");
        for (text, expected) in [
            (
                two("Byrådet;Bo Dahl;formand;V;2023-01-01;"),
                "linje 3: Ida Holm har det hverv i Byrådet på samme tid (linje 2)",
            ),
            (
                two("Byråd;IDA HOLM;formand;A;2023-01-01;"),
                "linje 3: IDA HOLM har allerede den plads på linje 2",
            ),
            (two("Byrådet;Bo;medlem;V;2022-01-01;"), "linje 3: name er \"Bo\"; skriv for- og efternavn"),
            (two(";Bo Dahl;medlem;V;2022-01-01;"), "linje 3: body mangler"),
            (
                two("Byrådet;Bo Dahl;chef;V;2022-01-01;"),
                "linje 3: ukendt role \"chef\"; skriv medlem, formand, næstformand, borgmester, viceborgmester, stedfortræder",
            ),
            (two("Byrådet;Bo Dahl;medlem;V;;"), "linje 3: from mangler"),
            (two("Byrådet;Bo Dahl;medlem;V;i går;"), "linje 3: from er \"i går\"; skriv en dato"),
            (two("Byrådet;Bo Dahl;medlem;V;2022-02-01;2022-01-01"), "linje 3: to ligger før from"),
            (two("Byrådet;Bo Dahl;medlem;V"), "linje 3: her er 4 felter, men første linje har 6"),
            (
                ONE.to_owned(),
                "linje 1: ukendt kolonne \"Byrådet\"; første linje skal være body;name;role;party;from;to",
            ),
            ("body;name\n".to_owned(), "linje 1: kolonnen from mangler"),
            ("body;name;from;name\n".to_owned(), "linje 1: kolonnen name står to gange"),
        ] {
            let mistake = read_as("pladser.csv", text.as_bytes()).unwrap_err();
            assert!(mistake.starts_with(&format!("pladser.csv {expected}")), "{mistake}");
        }
        for (text, expected) in [
            ("[[seats]]\nbody = \"B\"\n", "linje 1: der mangler 'name'"),
            (
                "[[seats]]\nbody = \"B\"\nname = \"I H\"\nfrom = 2022-01-01\nparti = \"A\"\n",
                "linje 5: ukendt nøgle 'parti'",
            ),
            ("\n[[seats]]\nbody = \"B\"\nname = \"I H\"\nfrom = 2022\n", "linje 2: from skal være en dato"),
        ] {
            let mistake = read_as("pladser.toml", text.as_bytes()).unwrap_err();
            assert!(mistake.starts_with(&format!("pladser.toml {expected}")), "{mistake}");
        }
    }

    #[test]
    fn files_that_are_no_lists_are_refused() {
        assert!(read_as("a.txt", b"").unwrap_err().contains("skal være en .toml- eller en .csv-fil"));
        assert!(read_as("a.csv", b"body;name;from\nB\xf8;a b;2022-01-01\n").unwrap_err().contains("UTF-8"));
        let large = vec![b' '; usize::try_from(MOST_BYTES).unwrap() + 1];
        assert!(read_as("a.csv", &large).unwrap_err().contains("større end 1 MB"));
        let many = "B;I H;2022-01-01\n".repeat(MOST_SEATS + 1);
        let many = read_as("a.csv", format!("body;name;from\n{many}").as_bytes()).unwrap_err();
        assert!(many.contains(&format!("linje {}: der er flere end {MOST_SEATS}", MOST_SEATS + 2)), "{many}");
        let missing = read(Path::new("x.csv"), Path::new("/findes/ikke/x.csv")).unwrap_err();
        assert!(missing.starts_with("x.csv findes ikke"), "{missing}");
    }
}
