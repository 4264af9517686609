//! What Tab proposes: commands, then bodies and cases of the archive.

use index::Archive;
use minutes::case_number;

use crate::{COMMANDS, Council, OptionKind, danish, line};

/// Proposals at most, as many as Discord shows.
const MOST: usize = 25;

/// Whole lines that the word at the end of `line` may become; empty when nothing fits.
pub fn complete(archive: &Archive, council: &Council, line: &str) -> Vec<String> {
    let Some(rest) = line.strip_prefix('/') else { return Vec::new() };
    let Some((name, typed)) = rest.split_once(' ') else {
        let folded = danish::fold(rest);
        return COMMANDS
            .iter()
            .filter(|command| {
                danish::fold(command.name).starts_with(&folded)
                    || danish::fold_short(command.name).starts_with(&folded)
            })
            .map(|command| format!("/{} ", command.name))
            .collect();
    };
    let Some(command) = line::find(name) else { return Vec::new() };
    let start = typed.rfind(':').map_or(0, |colon| colon + 1);
    let (kept, word) = typed.split_at(start);
    let kind = kept
        .strip_suffix(':')
        .and_then(|named| named.split_whitespace().next_back())
        .and_then(|named| {
            command.options.iter().find(|option| danish::fold(option.name) == danish::fold(named))
        })
        .or_else(|| command.options.first())
        .map(|option| option.kind);
    let values = match kind {
        Some(OptionKind::Case) => cases(archive, word),
        Some(OptionKind::Body) => bodies(archive, council, word),
        _ => Vec::new(),
    };
    values.into_iter().take(MOST).map(|value| format!("/{name} {kept}{value}")).collect()
}

fn cases(archive: &Archive, word: &str) -> Vec<String> {
    let key = case_number::key(word);
    let found = if key.is_empty() || line::looks_like_number(word) || key.len() < 3 {
        archive.cases_with_prefix(&key, MOST)
    } else {
        archive.cases_by_title(word, MOST)
    };
    found.unwrap_or_default().into_iter().map(|case| case.case_number.to_string()).collect()
}

fn bodies(archive: &Archive, council: &Council, word: &str) -> Vec<String> {
    let folded = danish::fold(word);
    let known = archive.bodies().unwrap_or_default().into_iter().map(|body| body.name);
    let mut names: Vec<String> =
        known.chain(council.body.clone()).filter(|name| danish::fold(name).contains(&folded)).collect();
    names.dedup();
    names
}
