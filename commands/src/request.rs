//! A question, understood as far as its form goes: made from a line or from named options, and written as a line again.

use crate::table::{COMMANDS, Command, OptionKind, OptionSpec, find, names_option, usage};
use crate::{Suggestion, UserError, bad_use, choose, danish, suggest};

/// A name less like a command's than this is not taken for a slip of the finger.
const LEAST_LIKE: f64 = 0.5;

/// A question, understood as far as its form goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Which command.
    pub command: &'static Command,
    /// Name of an option of the command, and what was typed for it, in the order of the table; never empty, on one line
    /// with single spaces, each name at most once.
    pub options: Vec<(&'static str, String)>,
}

impl Request {
    /// A question from a command's name, in any spelling, and named options. Blank ones count as left out.
    ///
    /// # Errors
    /// [`UserError::BadUse`] for an unknown command or option, one given twice, one longer than its
    /// [`OptionSpec::max_chars`], or one that is missing.
    pub fn new<'n>(
        command: &str,
        options: impl IntoIterator<Item = (&'n str, String)>,
    ) -> Result<Self, UserError> {
        let command = find(command).ok_or_else(|| unknown(command, ""))?;
        let mut known = Vec::new();
        for (name, value) in options {
            let option = command.option(name).ok_or_else(|| unknown_option(command, name))?;
            let value = set_apart(command, &tidy(option.kind, &value));
            if value.chars().count() > usize::from(option.max_chars) {
                let most = option.max_chars;
                return Err(bad_use(format!("»{name}« er for langt; skriv højst {most} tegn."), vec![]));
            }
            known.push((option.name, value));
        }
        Self::checked(command, known)
    }

    /// A question with options that are tidy; blank ones are left out.
    pub(crate) fn checked(
        command: &'static Command,
        mut options: Vec<(&'static str, String)>,
    ) -> Result<Self, UserError> {
        options.retain(|(_, value)| !value.is_empty());
        let place = |name: &str| command.options.iter().position(|option| option.name == name);
        options.sort_by_key(|(name, _)| place(name));
        if let Some(pair) = options.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            return Err(bad_use(format!("»{}:« står der to gange.", pair[0].0), vec![]));
        }
        match command.lacks(|name| options.iter().any(|(given, _)| *given == name)) {
            Some(option) => Err(missing(command, option)),
            None => Ok(Self { command, options }),
        }
    }

    /// What was typed for an option.
    pub fn option(&self, name: &str) -> Option<&str> {
        self.options.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// The same question with this value for an option of the command; as it is where the value is longer than may be asked.
    pub(crate) fn with(&self, name: &str, value: &str) -> Self {
        let Some(option) = self.command.option(name) else { return self.clone() };
        let value = set_apart(self.command, &tidy(option.kind, value));
        if value.is_empty() || value.chars().count() > usize::from(option.max_chars) {
            return self.clone();
        }
        let mut options = self.options.clone();
        options.retain(|(known, _)| *known != name);
        options.push((option.name, value));
        Self::checked(self.command, options).unwrap_or_else(|_| self.clone())
    }
}

/// A question as a command takes it; None where a value is longer than it may be.
pub(crate) fn ask(command: &str, options: &[(&'static str, &str)]) -> Option<Request> {
    let options = options.iter().map(|(name, value)| (*name, (*value).to_owned()));
    Request::new(command, options).ok()
}

/// What was typed on one line with single spaces, without quotation marks around all of it; but among words they mean a phrase.
pub(crate) fn tidy(kind: OptionKind, typed: &str) -> String {
    let typed = danish::one_line(typed);
    if kind == OptionKind::Words {
        return typed.trim().to_owned();
    }
    let inner = typed.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inner.filter(|inner| !inner.contains('"')).map_or(typed.as_str(), str::trim).to_owned()
}

/// In a line, `ord:om budget udvalg:social` would name an option; a space before the colon makes it words again. The first
/// word follows its own option's name and needs none.
fn set_apart(command: &Command, value: &str) -> String {
    let word = |(at, word): (usize, &str)| match word.split_once(':') {
        Some((name, rest)) if at > 0 && names_option(command, name) => format!("{name} :{rest}"),
        _ => word.to_owned(),
    };
    value.split(' ').enumerate().map(word).collect::<Vec<_>>().join(" ")
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

fn unknown_option(command: &Command, name: &str) -> UserError {
    bad_use(
        format!("/{} kender ikke valget »{}:«. {}", command.name, choose::echo(name), usage(command)),
        vec![help(command)],
    )
}

fn missing(command: &Command, option: &OptionSpec) -> UserError {
    let examples = command.examples.iter().map(|line| suggest(*line, "")).collect();
    bad_use(format!("/{} mangler {}. {}", command.name, option.name, usage(command)), examples)
}

/// The line that explains a command.
pub(crate) fn help(command: &Command) -> Suggestion {
    suggest(format!("/hjælp {}", command.name), command.summary)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{COMMANDS, parse_line};

    fn request(command: &str, options: &[(&'static str, &str)]) -> Result<Request, UserError> {
        Request::new(command, options.iter().map(|(name, value)| (*name, (*value).to_owned())))
    }

    #[test]
    fn a_question_is_written_as_one_types_it() {
        for (command, options, expected) in [
            ("sag", &[("nummer", "27.00.00-A00-5-15")][..], "/sag 27.00.00-A00-5-15"),
            ("opfolgning", &[], "/opfølgning"),
            ("opf", &[("udvalg", "social  og\tsundhed")], "/opfølgning udvalg:social og sundhed"),
            ("møde", &[("dato", "2020-08-12"), ("udvalg", "SOS")], "/møde udvalg:SOS dato:2020-08-12"),
            ("søg", &[("ord", "\"blå kors\"")], "/søg \"blå kors\""),
            ("sag", &[("nummer", "\"blå kors\"")], "/sag blå kors"),
            ("søg", &[("ord", "om \"blå kors\"")], "/søg om \"blå kors\""),
            ("søg", &[("ord", "note: aftale")], "/søg note: aftale"),
            ("søg", &[("ord", "dato:2020")], "/søg ord:dato:2020"),
            ("søg", &[("ord", "budget dato:2020 ord:x")], "/søg budget dato :2020 ord :x"),
            ("råd", &[("udvalg", " "), ("dato", "12. august 2020")], "/råd dato:12. august 2020"),
        ] {
            assert_eq!(request(command, options).unwrap().line(), expected);
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        let long = "9".repeat(81);
        for (command, options, expected) in [
            ("sga", &[][..], "Kommandoen »/sga« kendes ikke. Mente du »/sag«?"),
            ("sag", &[], "/sag mangler nummer. Skriv /sag <nummer>."),
            ("sag", &[("nummer", " \n ")], "/sag mangler nummer. Skriv /sag <nummer>."),
            ("sag", &[("nummer", &long)], "»nummer« er for langt; skriv højst 80 tegn."),
            ("råd", &[("dato", &long)], "»dato« er for langt; skriv højst 40 tegn."),
            ("møde", &[("nummer", "1")], "/møde kender ikke valget »nummer:«. Skriv /møde [udvalg] [dato]."),
            ("møde", &[("udvalg", "a"), ("udvalg", "b")], "»udvalg:« står der to gange."),
        ] {
            assert_eq!(request(command, options).unwrap_err().to_string(), expected);
        }
        assert!(request("sag", &[("nummer", &"ø".repeat(80))]).is_ok());
    }

    #[test]
    fn what_is_too_long_is_asked_as_it_was() {
        let asked = request("sag", &[("nummer", "5-15")]).unwrap();
        assert_eq!(asked.with("nummer", "27.00.00-A00-5-15").line(), "/sag 27.00.00-A00-5-15");
        for value in ["", &"9".repeat(81)] {
            assert_eq!(asked.with("nummer", value), asked);
        }
    }

    proptest! {
        #[test]
        fn a_line_is_read_back_as_the_same_question(
            at in 0..COMMANDS.len(),
            values in proptest::collection::vec(
                proptest::collection::vec(r#"dato|ord|:|"|/|sag|ø|12\.|2020|august| |\PC{0,3}"#, 0..8),
                2,
            ),
        ) {
            let command = &COMMANDS[at];
            let options = command.options.iter().zip(values.iter().map(|parts| parts.concat()));
            if let Ok(asked) = Request::new(command.name, options.map(|(option, value)| (option.name, value))) {
                let line = asked.line();
                prop_assert_eq!(parse_line(&line), Ok(asked), "{}", line);
            }
        }
    }
}
