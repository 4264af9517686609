//! What was proposed, and by whom.

use std::sync::LazyLock;

use crate::model::Recommendation;
use crate::segment::Line;
use crate::{Pattern, pattern};

static PROPOSER: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"^(.{2,200}?)\s+(?:indstiller|anbefaler|foreslår)(?:\s+(?:til|over ?for)\s.{2,120}?)?\s*[,:;]?(?:\s*at)?\s*[,:]?$",
    )
});

/// Proposer and proposal on one line.
static ON_ONE_LINE: LazyLock<Pattern> = LazyLock::new(|| {
    pattern(
        r"^(\p{Lu}[^.:;]{1,200}?)\s+(?:indstiller|anbefaler|foreslår)(?:\s+(?:til|over ?for)\s[^,]{2,120}?)?\s*[,:]?\s+at\s+(\S.*)$",
    )
});

/// The pattern's verbs.
const VERBS: [&str; 3] = ["indstiller", "anbefaler", "foreslår"];

/// Introductions that name no proposer.
const IMPERSONAL: [&str; 3] = ["Det indstilles", "Det foreslås", "Det anbefales"];

/// One entry for each proposal of a recommendation section; a proposer's line that is printed again after the list counts once.
pub(super) fn read(lines: &[Line<'_>]) -> Vec<Recommendation> {
    let mut found: Vec<Recommendation> = Vec::new();
    let mut by: Option<String> = None;
    let mut open = false;
    for line in lines {
        let text = line.text.trim();
        if text.is_empty() {
            continue;
        }
        if let Some(told) =
            VERBS.iter().any(|verb| text.contains(verb)).then(|| ON_ONE_LINE.captures(text)).flatten()
        {
            by = Some(told[1].to_owned());
            found.push(Recommendation { by: by.clone(), text: told[2].to_owned() });
            open = true;
            continue;
        }
        if let Some(proposal) =
            IMPERSONAL.iter().find_map(|start| text.strip_prefix(start)?.strip_prefix(", at "))
        {
            found.push(Recommendation { by: by.clone(), text: proposal.to_owned() });
            open = true;
            continue;
        }
        if let Some(proposer) = proposer(text) {
            by = proposer;
            open = false;
            continue;
        }
        let row = text.trim_start_matches(['•', '·', '-', '–']).trim_start();
        let proposal = row.strip_prefix("at ").or_else(|| row.strip_prefix("At ")).unwrap_or(row);
        match found.last_mut() {
            Some(last) if open && proposal == text => {
                last.text.push('\n');
                last.text.push_str(text);
            }
            _ => found.push(Recommendation { by: by.clone(), text: proposal.to_owned() }),
        }
        open = true;
    }
    found
}

/// Who proposes, for a line that only says so: Some(None) where it names nobody.
pub(super) fn proposer(line: &str) -> Option<Option<String>> {
    let bare = line.trim_end_matches([',', ':', ' ']).trim_end_matches(" at").trim_end_matches([',', ' ']);
    if IMPERSONAL.contains(&bare) {
        return Some(None);
    }
    // Asked of every line of a list: the verb is looked for before the pattern is tried.
    let proposes = VERBS.iter().any(|verb| line.contains(verb));
    proposes.then(|| PROPOSER.captures(line)).flatten().map(|found| Some(found[1].to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(Option<&str>, &str)]) {
        let lines: Vec<Line> = text.lines().enumerate().map(|(number, text)| Line { number, text }).collect();
        let found = read(&lines);
        let found: Vec<_> = found.iter().map(|r| (r.by.as_deref(), r.text.as_str())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn proposals_have_a_proposer() {
        check(
            "Direktøren for Social, Sundhed og Beskæftigelse indstiller,\n\nat a tages til efterretning,\nat b godkendes.\nDirektøren for Social, Sundhed og Beskæftigelse indstiller,",
            &[
                (Some("Direktøren for Social, Sundhed og Beskæftigelse"), "a tages til efterretning,"),
                (Some("Direktøren for Social, Sundhed og Beskæftigelse"), "b godkendes."),
            ],
        );
        check("Det indstilles,\n\nat referatet godkendes.", &[(None, "referatet godkendes.")]);
        check("Det indstilles, at planen vedtages.", &[(None, "planen vedtages.")]);
        check("Til drøftelse.", &[(None, "Til drøftelse.")]);
        check(
            "Chef for Teknik Ida Holm indstiller til udvalget, at planen drøftes,\nat prisen godkendes.",
            &[
                (Some("Chef for Teknik Ida Holm"), "planen drøftes,"),
                (Some("Chef for Teknik Ida Holm"), "prisen godkendes."),
            ],
        );
        check(
            "Chef for Teknik Ida Holm indstiller til udvalget, at\n • orienteringen drøftes.",
            &[(Some("Chef for Teknik Ida Holm"), "orienteringen drøftes.")],
        );
    }
}
