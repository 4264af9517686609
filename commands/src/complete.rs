//! What Tab proposes in a terminal: commands, then what may be meant by the option that is being typed.

use index::Archive;
use jiff::civil::Date;

use crate::propose::propose;
use crate::table::{Command, OptionSpec};
use crate::{COMMANDS, Council, danish, line, table};

/// Whole lines that the word at the end of `line` may become; empty when nothing fits.
pub fn complete(archive: &Archive, council: &Council, line: &str, today: Date) -> Vec<String> {
    let Some(rest) = line.strip_prefix('/') else { return Vec::new() };
    let Some((name, typed)) = rest.split_once(' ') else { return commands(rest) };
    let Some(command) = table::find(name) else { return Vec::new() };
    let (before, option, typed) = at_end(command, typed);
    let Some(option) = option else { return Vec::new() };
    // What cannot be understood before the option tells nothing about it.
    let given = line::named_options(command, before).map(|(named, free)| {
        let first =
            command.options.first().map(|first| (first.name, free)).filter(|(_, free)| !free.is_empty());
        named.into_iter().chain(first).collect::<Vec<_>>()
    });
    let given = given.unwrap_or_default();
    let others: Vec<(&str, &str)> = given
        .iter()
        .filter(|(name, _)| *name != option.name)
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let kept = &line[..line.len() - typed.len()];
    propose(archive, council, command, option.name, typed, &others, today)
        .into_iter()
        .map(|proposal| format!("{kept}{}", proposal.value))
        .collect()
}

fn commands(begun: &str) -> Vec<String> {
    let folded = danish::fold(begun);
    let fits = |command: &&Command| {
        danish::fold(command.name).starts_with(&folded)
            || danish::fold_short(command.name).starts_with(&folded)
    };
    COMMANDS.iter().filter(fits).map(|command| format!("/{} ", command.name)).collect()
}

/// What stands before the option at the end, the option, and what is typed of it. Without a name it is the first option.
fn at_end<'l>(command: &'static Command, typed: &'l str) -> (&'l str, Option<&'static OptionSpec>, &'l str) {
    for (at, _) in typed.rmatch_indices(':') {
        let start = typed[..at].rfind(' ').map_or(0, |space| space + 1);
        let named = danish::fold(&typed[start..at]);
        let option = command.options.iter().find(|option| danish::fold(option.name) == named);
        if option.is_some() {
            return (&typed[..start], option, &typed[at + 1..]);
        }
    }
    ("", command.options.first(), typed)
}
