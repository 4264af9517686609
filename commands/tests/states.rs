//! Where follow-ups stand: stories of a few meetings, and what is told of them on a day. The stories are data, see `states.txt`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::Place;
use minutes::Document;

const STORIES: &str = include_str!("states.txt");

/// Minutes of a body and its items, each a line as `states.txt` says.
fn minutes(day: &str, body: &str, items: &[&str]) -> Document {
    let date: jiff::civil::Date = day.parse().unwrap();
    let mut text = format!(
        "Udvalg: {body}\nMødedato: {:02}-{:02}-{}\nMødested: Salen\n\nDagsordenpunkter\n\n",
        date.day(),
        date.month(),
        date.year()
    );
    for (at, item) in items.iter().enumerate() {
        let cells: Vec<&str> = item.split(" | ").collect();
        let [case, title, background, decision] = cells[..] else { panic!("{item}") };
        let background = background.replace(" // ", "\n\n");
        let number = at + 1;
        text += &format!(
            "{number}. {title}\n\nSagsnr.: 05.01.00-P20-{case}-22 Sagsbehandler: Ida Holm\n\n{title}\n\nSagsfremstilling\n\n{background}\n\nBeslutning\n\n{decision}\n\n"
        );
    }
    let document = minutes::parse(&text).0;
    assert_eq!(document.items.len(), items.len(), "{text}");
    document
}

#[test]
fn stories_end_as_told() {
    let mut differ = Vec::new();
    let stories = STORIES.split("\n= ").skip(1);
    for story in stories {
        let lines: Vec<&str> =
            story.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
        let mut documents = Vec::new();
        let mut asked = Vec::new();
        for (at, line) in lines.iter().enumerate().skip(1) {
            let after = &lines[at + 1..];
            let (head, rest) = line.split_at(1);
            let until = |starts: &[char]| {
                after.iter().take_while(|line| !line.starts_with(starts)).copied().collect::<Vec<_>>()
            };
            match (head, rest.split_once(' ')) {
                ("@", Some((day, body))) => {
                    documents.push((format!("{day} {body}"), minutes(day, body, &until(&['@', '?']))));
                }
                ("?", Some((day, question))) => asked.push((day, question, until(&['@', '?']))),
                _ => {}
            }
        }
        assert!(!documents.is_empty() && !asked.is_empty(), "{story}");
        let place = Place::with(&documents);
        for (day, question, expected) in asked {
            let answer = place.answer(day, question);
            let row = |card: &commands::Card| {
                format!("> {}: {}", card.heading, card.status.as_deref().unwrap_or_default())
            };
            let mut found: Vec<String> = answer.cards.iter().map(row).collect();
            if found.is_empty() {
                found.extend(answer.text.lines().map(|line| format!("\" {line}")));
            }
            if found != expected {
                differ.push(format!("{}\n{question}\n{}\n{}", lines[0], found.join("\n"), answer.title));
            }
        }
    }
    assert!(differ.is_empty(), "{} differ\n{}", differ.len(), differ.join("\n\n"));
}

/// More follow-ups than are shown at once: each page has its own, and what is beyond the last says so.
#[test]
fn pages_are_turned() {
    let items: Vec<String> = (1..=28)
        .map(|day| format!("{day} | Plan nr. {day} for åen | Planen behandles i Byrådet den {day}. september 2022. | Godkendt."))
        .collect();
    let items: Vec<&str> = items.iter().map(String::as_str).collect();
    let place = Place::with(&[("juni".to_owned(), minutes("2022-06-08", "Byrådet", &items))]);
    let mut shown = Vec::new();
    let mut line = "/opfølgning".to_owned();
    for page in 1..=20 {
        let answer = place.brief_answer("2022-07-01", &line);
        shown.extend(answer.cards.iter().map(|card| card.heading.clone()));
        let next = &answer.suggestions.first().unwrap().ask;
        assert!(page == 1 || answer.text.starts_with(&format!("Side {page} af ")), "{}", answer.text);
        if next.ends_with("side:1") {
            break;
        }
        line.clone_from(next);
    }
    let expected: Vec<String> = (1..=28).map(|day| format!("{day}. september 2022 i Byrådet")).collect();
    assert_eq!(shown, expected);
    let beyond = place.answer("2022-07-01", "/opfølgning side:20");
    assert_eq!((beyond.cards.len(), beyond.text.as_str()), (0, "Så mange sider er der ikke."));
}
