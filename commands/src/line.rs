//! A typed line to a [`Request`]: the command with its typing errors, options by name or in order.

use crate::number::{is_amount, looks_like_number};
use crate::request::{help, tidy, unknown};
use crate::table::{ASK, find, names_option, usage};
use crate::{Command, OptionKind, Request, UserError, bad_use, choose, danish, period};

/// Commands that are known without their slash by their first word; the others' names begin questions too.
const PLAIN: [&str; 9] =
    ["sag", "historik", "beslægtet", "person", "råd", "følg", "følger", "hjælp", "status"];

/// Reads a line: `/sag 27.00.00`, `/råd udvalg:social dato:2020-01-01`, `/raad social 2020-01-01`. Without a slash it is a
/// case number or else a question.
///
/// # Errors
/// [`UserError::BadUse`] for an empty line, an unknown command (with the nearest ones) or a missing option.
pub fn parse_line(line: &str) -> Result<Request, UserError> {
    let line = line.trim();
    let Some(rest) = line.strip_prefix('/') else { return without_slash(line) };
    let (name, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let command = find(name).ok_or_else(|| unknown(name, rest))?;
    request(command, rest)
}

impl Request {
    /// The line to type for it, which [`crate::parse_line`] reads as the same question: `/sag 27.00.00-A00-5-15`,
    /// `/møde udvalg:Byrådet dato:2020-08-12`.
    pub fn line(&self) -> String {
        let name = self.command.name;
        if let [(option, value)] = self.options.as_slice()
            && self.command.option(option).is_some_and(|option| option.required)
        {
            let plain = format!("/{name} {value}");
            if parse_line(&plain).as_ref() == Ok(self) {
                return plain;
            }
        }
        let options: String = self.options.iter().map(|(name, value)| format!(" {name}:{value}")).collect();
        format!("/{name}{options}")
    }
}

fn without_slash(line: &str) -> Result<Request, UserError> {
    if line.is_empty() {
        return Err(bad_use(
            "Skriv et spørgsmål, for eksempel /sag 27.00.00-A00-5-15, eller /hjælp.",
            vec![],
        ));
    }
    // "hjælp" or "sag 27.00.00" is meant as the command even without its slash; "møde i byrådet i går" is a question.
    let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let first = first.strip_suffix('?').filter(|name| !name.is_empty()).unwrap_or(first);
    if let Some(command) = find(first).filter(|command| is_command(command, first, rest)) {
        return request(command, rest);
    }
    let is_number = looks_like_number(line) && !is_amount(line) && !period::is_time(line);
    let name = if is_number { "sag" } else { ASK };
    let command = find(name).ok_or_else(|| unknown(name, line))?;
    request(command, line)
}

/// Whether a first word without its slash is meant as a command: by its own name and with nothing that is a question.
fn is_command(command: &Command, first: &str, rest: &str) -> bool {
    let is_name = danish::fold_short(command.name) == danish::fold_short(first);
    let has_option = rest
        .split(' ')
        .any(|word| word.split_once(':').is_some_and(|(name, _)| command.option(name).is_some()));
    rest.is_empty() || has_option || (is_name && PLAIN.contains(&command.name) && !rest.ends_with('?'))
}

fn request(command: &'static Command, rest: &str) -> Result<Request, UserError> {
    let (mut options, left) = named_options(command, rest)?;
    let mut words: Vec<&str> = left.split_whitespace().collect();
    for option in command.options.iter().filter(|option| option.kind == OptionKind::Date) {
        if words.is_empty() || options.iter().any(|(name, _)| *name == option.name) {
            continue;
        }
        let time = time_at_end(&words);
        // What looks like a date and is none is the command's to refuse, not a part of a name.
        let like_date = words.last().is_some_and(|word| is_like_date(word));
        if let Some(at) = date_at_end(&words).or(time).or_else(|| like_date.then(|| words.len() - 1)) {
            options.push((option.name, words[at..].join(" ")));
            words.truncate(at);
        }
    }
    let free = command.options.iter().find(|option| !options.iter().any(|(name, _)| *name == option.name));
    match free {
        Some(option) if !words.is_empty() => options.push((option.name, tidy(option.kind, &words.join(" ")))),
        None if !words.is_empty() => {
            return Err(bad_use(
                format!(
                    "»{}« er der ikke plads til i /{}. {}",
                    choose::echo(&words.join(" ")),
                    command.name,
                    usage(command)
                ),
                vec![help(command)],
            ));
        }
        _ => {}
    }
    Request::checked(command, options)
}

/// Names of options and what was typed for them.
pub(crate) type Options = Vec<(&'static str, String)>;

/// Takes `name:value` out of a line; a value goes on to the next name. Returns them and what stood before the first.
pub(crate) fn named_options(command: &'static Command, rest: &str) -> Result<(Options, String), UserError> {
    let mut options = Options::new();
    let mut free = String::new();
    for word in rest.split_whitespace() {
        let named = word.split_once(':').filter(|(name, _)| !name.is_empty());
        let known = named.and_then(|(name, value)| {
            let folded = danish::fold(name);
            let option = command.options.iter().find(|option| danish::fold(option.name) == folded)?;
            Some((option.name, value))
        });
        let into = match known {
            Some((name, _)) if options.iter().any(|(seen, _)| *seen == name) => {
                return Err(bad_use(format!("»{name}:« står der to gange."), vec![]));
            }
            Some((name, value)) => {
                options.push((name, String::new()));
                push_word(options.last_mut().map_or(&mut free, |(_, text)| text), value);
                continue;
            }
            None => options.last_mut().map_or(&mut free, |(_, text)| text),
        };
        if let Some((name, _)) = named.filter(|(name, _)| names_option(command, name)) {
            return Err(bad_use(
                format!("/{} kender ikke valget »{}:«. {}", command.name, choose::echo(name), usage(command)),
                vec![help(command)],
            ));
        }
        push_word(into, word);
    }
    for (name, value) in &mut options {
        let kind = command.option(name).map_or(OptionKind::Words, |option| option.kind);
        *value = tidy(kind, value);
    }
    Ok((options, free))
}

fn push_word(text: &mut String, word: &str) {
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(word);
}

/// Where a date at the end of some words begins.
fn date_at_end(words: &[&str]) -> Option<usize> {
    (words.len().saturating_sub(4)..words.len()).find(|at| {
        let text = words[*at..].join(" ");
        text.starts_with(|c: char| c.is_ascii_digit()) && minutes::day(&text).is_some()
    })
}

/// Where a time at the end of some words begins: "efteråret 2019", "sidste måned".
fn time_at_end(words: &[&str]) -> Option<usize> {
    (words.len().saturating_sub(period::MOST_WORDS)..words.len())
        .find(|at| period::is_time(&words[*at..].join(" ")))
}

/// Digits and what parts them in a date, or the name of a month.
fn is_like_date(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let only_date_signs = word.chars().all(|c| c.is_ascii_digit() || "-./".contains(c));
    (digits >= 4 && only_date_signs) || minutes::month::named(&word.to_lowercase()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &str) {
        let found = match parse_line(line) {
            Ok(request) => {
                let options: Vec<String> =
                    request.options.iter().map(|(name, value)| format!("{name}={value}")).collect();
                format!("{} {}", request.command.name, options.join(" "))
            }
            Err(UserError::BadUse { suggestions, .. }) => {
                format!("! {}", suggestions.first().map_or("", |first| first.ask.as_str()))
            }
            Err(UserError::Trouble { text }) => text,
        };
        assert_eq!(found.trim(), expected, "{line}");
    }

    #[test]
    fn options_go_by_name_or_in_order() {
        check("/sag 27.00.00-A00-5-15", "sag nummer=27.00.00-A00-5-15");
        check("/SAG  nummer:27.00.00 A00 5 15", "sag nummer=27.00.00 A00 5 15");
        check("/råd", "råd");
        check("/råd beskæftigelsesrådet dato:2019-01-01", "råd udvalg=beskæftigelsesrådet dato=2019-01-01");
        check(
            "/raad beskæftigelsesrådet 1. januar 2019",
            "råd udvalg=beskæftigelsesrådet dato=1. januar 2019",
        );
        check("/rad dato:1.1.2019 udvalg:social og sundhed", "råd udvalg=social og sundhed dato=1.1.2019");
        check("/opfolgning udvalg:beskæftigelse", "opfølgning udvalg=beskæftigelse");
        check("/møde 12-08-2020", "møde dato=12-08-2020");
        check("/møde efteråret 2019", "møde dato=efteråret 2019");
        check("/møde teknisk udvalg sidste måned", "møde udvalg=teknisk udvalg dato=sidste måned");
        check("/møde byrådet", "møde udvalg=byrådet");
        check("/søg note: aftale om \"blå kors\"", "søg ord=note: aftale om \"blå kors\"");
    }

    #[test]
    fn lines_without_a_slash_are_understood() {
        check("27.00.00-a00-5-15", "sag nummer=27.00.00-a00-5-15");
        check("2700.00 a00 5 15", "sag nummer=2700.00 a00 5 15");
        check("aftale med varmestuen", "spørg spørgsmål=aftale med varmestuen");
        check("240.000", "spørg spørgsmål=240.000");
        check("30.04.2019", "spørg spørgsmål=30.04.2019");
        check("27.00.00", "sag nummer=27.00.00");
        check("hjælp", "hjælp");
        check("sag 27.00.00", "sag nummer=27.00.00");
        check("budget 2021", "spørg spørgsmål=budget 2021");
        check(
            "hvad skete der med 27.00.00-A00-5-15?",
            "spørg spørgsmål=hvad skete der med 27.00.00-A00-5-15?",
        );
        check("hvem sidder i byrådet", "spørg spørgsmål=hvem sidder i byrådet");
        check("råd social", "råd udvalg=social");
        check("møde i byrådet i går", "spørg spørgsmål=møde i byrådet i går");
        check("møde udvalg:byrådet", "møde udvalg=byrådet");
        check("status?", "status");
        check("/søg budget udvalg:byrådet", "søg ord=budget udvalg=byrådet");
        check("/søg dato:byrådet budget", "! /hjælp søg");
        check("/råd byrådet 2019-02-30", "råd udvalg=byrådet dato=2019-02-30");
        check("/møde sos juni", "møde udvalg=sos dato=juni");
    }

    #[test]
    fn typing_errors_propose_the_right_line() {
        check("/sga 27.00.00", "! /sag 27.00.00");
        check("/opfølgnign", "! /opfølgning");
        check("/histroik 1", "! /historik 1");
        check("/xyzzy", "!");
        check("/sag", "! /sag 27.00.00-A00-5-15");
        check("/råd person:Ida", "! /hjælp råd");
        check("/råd udvalg:a udvalg:b", "!");
        check("", "!");
    }
}
