//! Where questions are answered: the archive, what the configuration says, and the day. Nothing here knows how an answer is sent.

use std::sync::Arc;

use commands::{Answer, Asker, Field, Request, Setting, UserError};
use index::OutboxRow;
use jiff::civil::Date;
use minutes::case_number;
use serenity::model::id::ChannelId;

use super::custom_id::{Question, number_of};
use super::message::Message;
use super::render::{self, Shown};
use super::transport::Transport;
use crate::health::Health as Process;
use crate::session::{LINE_CHARS, STATUS, Session, too_long};

/// Case numbers of one message that are answered at length; the rest get a button.
const MOST_LOOKED_UP: usize = 5;
/// Case numbers of one message that are answered or get a button.
const MOST_NUMBERS: usize = 15;

/// What the outbox calls a channel: this and its number.
const PLACE: &str = "discord:";

/// Where somebody asks, and what they may do there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Visitor {
    /// The channel, thread or direct message: what is followed is told there.
    pub(crate) channel: ChannelId,
    /// Whether they may decide what the channel follows.
    pub(crate) may_manage: bool,
}

/// What the outbox calls a channel.
pub(crate) fn place(channel: ChannelId) -> String {
    format!("{PLACE}{channel}")
}

/// The channel that the outbox calls so; None for other places.
pub(crate) fn channel_of(place: &str) -> Option<ChannelId> {
    let number = place.strip_prefix(PLACE)?.parse().ok().filter(|number| *number > 0);
    number.map(ChannelId::new)
}

/// Bits of a mark that hold the row; those above hold six hexadecimal digits of the archive's id.
const ROW_BITS: u32 = 36;

/// The archive and what belongs to answering from it.
pub(crate) struct Desk {
    pub(crate) session: Session,
    pub(crate) health: Arc<Process>,
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
    pub(crate) fn page(&self, question: &Question, page: usize, shown: Shown, visitor: Visitor) -> Message {
        if question.request.command.private_always && shown == Shown::Openly {
            return render::notice(&format!(
                "Det er kun for den, der spørger. Skriv /{} som kommando.",
                question.request.command.name
            ));
        }
        match self.answer(question, visitor) {
            Ok((answer, question)) => render::page(&answer, &question, page, shown),
            Err(error) => render::error(&error),
        }
    }

    /// All words of the cards on a page of an answer.
    pub(crate) fn whole(&self, question: &Question, page: usize, part: usize, visitor: Visitor) -> Message {
        match self.answer(question, visitor) {
            Ok((answer, question)) => render::whole(&answer, &question, page, part),
            Err(error) => render::error(&error),
        }
    }

    /// The answer to a line of text as people write to the bot.
    pub(crate) fn line(&self, line: &str, shown: Shown, visitor: Visitor) -> Message {
        let request = match line.trim() {
            "" => commands::parse_line("/hjælp"),
            line if line.chars().count() > LINE_CHARS => Err(too_long()),
            line => commands::parse_line(line),
        };
        match request {
            Ok(request) => self.page(&Question { request, today: self.today() }, 0, shown, visitor),
            Err(error) => render::error(&error),
        }
    }

    /// The message that a row of the outbox becomes; None when there is nothing to tell any more.
    ///
    /// # Errors
    /// When the archive cannot be read.
    pub(crate) fn letter(&self, row: &OutboxRow, marked: i64) -> Result<Option<Message>, UserError> {
        let today = self.today();
        let asker = self.session.asker(today);
        let setting =
            Setting { council: &self.session.config.council, today, process: &[], sources: &[], asker };
        let answer = commands::letter(&self.session.archive, &setting, row)?;
        Ok(answer.map(|answer| render::letter(&answer, self.number(marked))))
    }

    /// The mark of a row's message, which it is found by in a channel.
    pub(crate) fn mark(&self, row: i64) -> String {
        number_of(self.number(row))
    }

    /// A row's number among those of all archives: another one, also one begun anew in the same folder, has others.
    fn number(&self, row: i64) -> i64 {
        let archive = i64::from_str_radix(self.session.archive.id(), 16).unwrap_or_default();
        (archive << ROW_BITS) + row
    }

    /// Each case number of a text with its latest decision.
    pub(crate) fn look_up(&self, text: &str, shown: Shown, visitor: Visitor) -> Message {
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
                Ok(request) => self.page(&Question { request, today }, 0, shown, visitor),
                Err(error) => render::error(&error),
            },
            several => {
                let asked = several.iter().take(MOST_LOOKED_UP).filter_map(|number| ask(number).ok());
                let answers = asked.map(|request| self.answer(&Question { request, today }, visitor));
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

    /// The answer, and the question as it was understood.
    fn answer(&self, question: &Question, visitor: Visitor) -> Result<(Answer, Question), UserError> {
        let process = self.facts(&question.request);
        let place = place(visitor.channel);
        // A page turned later is of the day it was asked; what is done is done now.
        let asker =
            Asker { place: Some(&place), may_manage: visitor.may_manage, ..self.session.asker(self.today()) };
        let council = &self.session.config.council;
        let sources = self.session.sources_for(&question.request)?;
        let setting = Setting { council, today: question.today, process: &process, sources: &sources, asker };
        let answer = commands::answer(&self.session.archive, &setting, &question.request)?;
        let request = answer.request.clone().unwrap_or_else(|| question.request.clone());
        Ok((answer, Question { request, today: question.today }))
    }

    /// What the process knows of itself, for the command that tells it.
    fn facts(&self, request: &Request) -> Vec<Field> {
        if request.command.name != STATUS {
            return Vec::new();
        }
        self.health.facts(self.transport.counts(), &self.session.config.council.time_zone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_are_known_by_their_places() {
        assert_eq!(place(ChannelId::new(7)), "discord:7");
        assert_eq!(channel_of("discord:7"), Some(ChannelId::new(7)));
        for place in ["terminal", "discord:", "discord:0", "discord:x", "7"] {
            assert_eq!(channel_of(place), None, "{place}");
        }
    }
}
