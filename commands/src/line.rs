//! A typed line to a [`Request`]: the command with its typing errors, options by name or in order.

use crate::request::{help, tidy};
use crate::{
    COMMANDS, Command, OptionKind, Request, Suggestion, UserError, bad_use, choose, danish, period, spoerg,
    suggest,
};

/// Commands that are known without their slash by their first word; the others' names begin questions too.
const PLAIN: [&str; 9] =
    ["sag", "historik", "beslægtet", "person", "råd", "følg", "følger", "hjælp", "status"];

/// A name less like a command's than this is not taken for a slip of the finger.
const LEAST_LIKE: f64 = 0.5;

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

/// The command of a name, in any of its spellings.
pub(crate) fn find(name: &str) -> Option<&'static Command> {
    let folded = danish::fold(name);
    COMMANDS.iter().find(|command| {
        danish::fold(command.name) == folded
            || danish::fold_short(command.name) == folded
            || command.aliases.contains(&folded.as_str())
    })
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
    let name = if is_number { "sag" } else { spoerg::NAME };
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

/// Whether a text holds a whole case number, or is a part of one.
pub(crate) fn is_number(text: &str) -> bool {
    minutes::case_number::is_whole(text) || looks_like_number(text)
}

/// Whether a text is a number with its thousands parted: "240.000".
pub(crate) fn is_amount(text: &str) -> bool {
    let is_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = text.trim().split('.');
    let first = groups.next().unwrap_or_default();
    let mut thousands = groups.peekable();
    (1..=3).contains(&first.len())
        && is_digits(first)
        && thousands.peek().is_some()
        && thousands.all(|group| group.len() == 3 && is_digits(group))
}

/// Whether a text is a case number or a part of one: mostly digits, at most a facet's letter.
pub(crate) fn looks_like_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    digits >= 2 && letters <= 3 && letters < digits && !text.trim().contains(char::is_whitespace) || {
        let words: Vec<&str> = text.split_whitespace().collect();
        words.len() > 1 && digits >= 5 && letters <= 2
    }
}

/// The commands most like a misspelt name, with what was typed after it.
pub(crate) fn unknown(name: &str, rest: &str) -> UserError {
    let folded = danish::fold(name);
    let likeness = |command: &Command| {
        let names = std::iter::once(danish::fold(command.name))
            .chain(command.aliases.iter().map(|a| (*a).to_owned()));
        names.map(|known| strsim::normalized_damerau_levenshtein(&known, &folded)).fold(0.0, f64::max)
    };
    let mut near: Vec<(f64, &Command)> =
        COMMANDS.iter().map(|command| (likeness(command), command)).collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    let suggestions: Vec<Suggestion> = near
        .into_iter()
        .filter(|(likeness, _)| *likeness >= LEAST_LIKE)
        .take(2)
        .map(|(_, command)| suggest(format!("/{} {rest}", command.name).trim_end(), command.summary))
        .collect();
    let name = choose::echo(name);
    let text = match suggestions.first() {
        Some(first) => format!("Kommandoen »/{name}« kendes ikke. Mente du »{}«?", first.ask),
        None => format!("Kommandoen »/{name}« kendes ikke. Skriv /hjælp for at se dem, der findes."),
    };
    bad_use(text, suggestions)
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

/// Whether `name:` in a line names an option, of this command or of another. Titles and words to search for may hold a
/// colon; where none are asked for, any word before a colon is meant as an option.
pub(crate) fn names_option(command: &Command, name: &str) -> bool {
    if name.is_empty() {
        return false;
    }
    let folded = danish::fold(name);
    let of_another =
        COMMANDS.iter().flat_map(|other| other.options).any(|option| danish::fold(option.name) == folded);
    let takes_words = command.options.iter().any(|o| matches!(o.kind, OptionKind::Words | OptionKind::Case));
    of_another || (!takes_words && name.chars().all(char::is_alphabetic))
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

/// How a command is written: `Skriv /råd [udvalg] [dato].`
pub(crate) fn usage(command: &Command) -> String {
    let options: Vec<String> = command
        .options
        .iter()
        .map(
            |option| {
                if option.required { format!("<{}>", option.name) } else { format!("[{}]", option.name) }
            },
        )
        .collect();
    format!("Skriv /{} {}", command.name, options.join(" ")).trim_end().to_owned() + "."
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
