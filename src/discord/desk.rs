//! Where questions are answered: the archive, what the configuration says, and the day. Nothing here knows how an answer is sent.

use std::sync::Arc;

use commands::{Answer, Field, Request, Setting, UserError};
use index::{Letter, OutboxRow};
use jiff::civil::Date;
use minutes::case_number;

use super::custom_id::Question;
use super::message::Message;
use super::render::{self, Shown};
use super::transport::Transport;
use crate::health::Health;
use crate::session::{LINE_CHARS, Session, too_long};

/// Case numbers of one message that are answered at length; the rest get a button.
const MOST_LOOKED_UP: usize = 5;
/// Case numbers of one message that are answered or get a button.
const MOST_NUMBERS: usize = 15;

/// The archive and what belongs to answering from it.
pub(crate) struct Desk {
    pub(crate) session: Session,
    pub(crate) health: Arc<Health>,
    pub(crate) transport: Transport,
    /// The day that counts as today; None: whichever it is.
    pub(crate) today: Option<Date>,
}

impl Desk {
    /// What day it is in the municipality.
    pub(crate) fn today(&self) -> Date {
        self.session.today(self.today)
    }

    /// The answer to a question, page by page. What is for the asker alone is not shown to all, whatever way it is asked.
    pub(crate) fn page(&self, question: &Question, page: usize, shown: Shown) -> Message {
        if question.request.command.private_always && shown == Shown::Openly {
            return render::notice(&format!(
                "Det er kun for den, der spørger. Skriv /{} som kommando.",
                question.request.command.name
            ));
        }
        match self.answer(question) {
            Ok((answer, question)) => render::page(&answer, &question, page, shown),
            Err(error) => render::error(&error),
        }
    }

    /// All words of the cards on a page of an answer.
    pub(crate) fn whole(&self, question: &Question, page: usize, part: usize) -> Message {
        match self.answer(question) {
            Ok((answer, question)) => render::whole(&answer, &question, page, part),
            Err(error) => render::error(&error),
        }
    }

    /// The answer to a line of text as people write to the bot.
    pub(crate) fn line(&self, line: &str, shown: Shown) -> Message {
        let request = match line.trim() {
            "" => commands::parse_line("/hjælp"),
            line if line.chars().count() > LINE_CHARS => Err(too_long()),
            line => commands::parse_line(line),
        };
        match request {
            Ok(request) => self.page(&Question { request, today: self.today() }, 0, shown),
            Err(error) => render::error(&error),
        }
    }

    /// Each case number of a text with its latest decision.
    pub(crate) fn look_up(&self, text: &str, shown: Shown) -> Message {
        let mut numbers: Vec<String> = Vec::new();
        // The facet's letter may be written small.
        for number in case_number::find_all(&text.to_uppercase()) {
            let number = number.to_string();
            if !numbers.contains(&number) {
                numbers.push(number);
            }
        }
        numbers.truncate(MOST_NUMBERS);
        let today = self.today();
        let ask = |number: &String| commands::parse_line(&format!("/sag {number}"));
        match numbers.as_slice() {
            [] => render::notice(
                "Der står intet sagsnummer i beskeden. Et sagsnummer ser sådan ud: 27.00.00-A00-5-15.",
            ),
            [number] => match ask(number) {
                Ok(request) => self.page(&Question { request, today }, 0, shown),
                Err(error) => render::error(&error),
            },
            several => {
                let asked = several.iter().take(MOST_LOOKED_UP).filter_map(|number| ask(number).ok());
                let answers = asked.map(|request| self.answer(&Question { request, today }));
                match answers.collect::<Result<Vec<_>, _>>() {
                    Ok(answers) => render::several(&answers, several, shown),
                    Err(error) => render::error(&error),
                }
            }
        }
    }

    /// What may be meant while somebody types.
    pub(crate) fn proposals(
        &self,
        command: &commands::Command,
        option: &str,
        typed: &str,
        others: &[(&str, &str)],
    ) -> Vec<commands::Proposal> {
        let Session { archive, config } = &self.session;
        commands::propose(archive, &config.council, command, option, typed, others, self.today())
    }

    /// What the button of a message that was told carries, so that the message is found again: other archives have other marks.
    pub(crate) fn mark(&self, row: i64) -> String {
        format!("{}-{row}", self.session.archive.id())
    }

    /// A message of the outbox as it is sent, marked as that of row `mark`; None when there is nothing to tell any more.
    pub(crate) fn letter(&self, row: &OutboxRow, mark: i64) -> Option<Message> {
        let text = match &row.letter {
            Letter::Notice { text } => text.clone(),
            Letter::News { document, .. } | Letter::Due { document, .. } => {
                let archive = &self.session.archive;
                let meeting = archive.meeting(*document).ok()??;
                let items = archive.items_of(*document).ok()?;
                let lines: Vec<String> = items
                    .iter()
                    .map(|it| {
                        format!(
                            "{}: {}",
                            it.item.title.clone().unwrap_or_default(),
                            it.item.decision.as_ref().map(|d| d.text.clone()).unwrap_or_default()
                        )
                    })
                    .collect();
                let rettet =
                    if matches!(row.letter, Letter::News { edits: Some(_), .. }) { "Rettet" } else { "" };
                format!(
                    "{rettet} {} {}",
                    meeting.date.map(commands::danish::date).unwrap_or_default(),
                    lines.join(" / ")
                )
            }
        };
        let button = serenity::builder::CreateButton::new(format!("x~{}", self.mark(mark))).label("Hvorfor?");
        let mut message = Message { nonce: Some(self.mark(mark)), ..render::notice(&text) };
        message.rows.push(serenity::builder::CreateActionRow::Buttons(vec![button]));
        Some(message)
    }

    /// The answer, and the question as it was understood.
    fn answer(&self, question: &Question) -> Result<(Answer, Question), UserError> {
        let process = self.facts(&question.request);
        let setting =
            Setting { council: &self.session.config.council, today: question.today, process: &process };
        let answer = commands::answer(&self.session.archive, &setting, &question.request)?;
        let request = answer.request.clone().unwrap_or_else(|| question.request.clone());
        Ok((answer, Question { request, today: question.today }))
    }

    /// What the process knows of itself, for the command that tells it.
    fn facts(&self, request: &Request) -> Vec<Field> {
        if !request.command.private_always {
            return Vec::new();
        }
        self.health.facts(self.transport.counts(), &self.session.config.council.time_zone)
    }
}
