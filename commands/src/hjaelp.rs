//! `/hjælp`: the table of commands, or one of them at length.

use crate::{Answer, COMMANDS, Card, Command, Context, Field, Request, UserError, line, suggest, table};

pub(crate) fn run(_: &Context<'_>, request: &Request) -> Result<Answer, UserError> {
    match request.option("kommando") {
        Some(name) => match table::find(name.trim_start_matches('/')) {
            Some(command) => {
                Ok(Answer { request: Some(request.with("kommando", command.name)), ..one(command) })
            }
            None => line::parse_line(&format!("/{}", name.trim_start_matches('/'))).map(|_| all()),
        },
        None => Ok(all()),
    }
}

fn all() -> Answer {
    Answer {
        title: "Det kan du spørge om".to_owned(),
        text: "Svarene er referaternes egne ord, med udvalg, dato og kilde. Et sagsnummer alene virker også."
            .to_owned(),
        cards: COMMANDS
            .iter()
            .map(|command| Card {
                heading: table::usage(command).trim_start_matches("Skriv ").trim_end_matches('.').to_owned(),
                fields: vec![Field::new("Giver", command.summary)],
                ..Card::default()
            })
            .collect(),
        suggestions: COMMANDS
            .iter()
            .take(2)
            .map(|command| suggest(format!("/hjælp {}", command.name), ""))
            .collect(),
        found: true,
        request: None,
        ..Answer::default()
    }
}

fn one(command: &Command) -> Answer {
    let options = command.options.iter().map(|option| {
        let needed = if option.required { "" } else { " (kan udelades)" };
        Field::new(option.name, format!("{}{needed}", option.summary))
    });
    Answer {
        title: format!("/{}: {}", command.name, command.summary),
        text: table::usage(command),
        cards: vec![Card { heading: "Valg".to_owned(), fields: options.collect(), ..Card::default() }]
            .into_iter()
            .filter(|card| !card.fields.is_empty())
            .collect(),
        suggestions: command.examples.iter().map(|example| suggest(*example, "")).collect(),
        found: true,
        request: None,
        ..Answer::default()
    }
}
