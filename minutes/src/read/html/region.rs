//! Where on a page the minutes stand, and what of it nobody reads: menus, cookie dialogs, what is hidden.
//!
//! What a page says of itself comes first (`main`, `article`); where it says nothing, the smallest part that holds everything that
//! only minutes say, and at least half of the page's words outside links.

use std::collections::HashSet;
use std::ops::Range;

use super::tags::Show;
use super::tree::Tree;
use crate::segment::{is_evidence, is_heading};

/// Elements that are about the page and not of it, unless they hold evidence of minutes.
const ASIDE: [&str; 4] = ["aside", "footer", "header", "search"];

/// Elements that never hold minutes.
const NEVER: [&str; 2] = ["dialog", "nav"];

/// Roles of elements that never hold minutes (WAI-ARIA 1.2, 5.3.4 "Landmark Roles", and its dialogs).
const ROLES: [&str; 7] = ["alertdialog", "banner", "contentinfo", "dialog", "menu", "navigation", "search"];

/// Parts of class names and ids by which pages know cookie dialogs.
const COOKIE_NAMES: [&str; 6] = ["cookie", "consent", "gdpr", "onetrust", "didomi", "usercentrics"];

/// Class names and ids of what stands around a page's text, or is there for screen readers only.
const AROUND: [&str; 22] = [
    "breadcrumb",
    "breadcrumbs",
    "footer",
    "menu",
    "mainmenu",
    "main-menu",
    "nav",
    "navbar",
    "navigation",
    "page-footer",
    "page-header",
    "screen-reader-text",
    "share",
    "sidebar",
    "site-footer",
    "site-header",
    "skip-link",
    "skiplink",
    "sr-only",
    "topbar",
    "topmenu",
    "visually-hidden",
];

/// The part of a page that is read.
pub(super) struct Region {
    /// Nodes, as runs of indices in order.
    pub(super) runs: Vec<Range<usize>>,
    /// For each node whether it is left out with all that is in it.
    pub(super) left_out: Vec<bool>,
}

/// Running counts over the nodes: what stands in a run of them is a difference.
struct Counts {
    words: Vec<usize>,
    linked: Vec<usize>,
    evidence: Vec<usize>,
}

impl Counts {
    /// Counts what is seen; all of an element's inside is passed over when it is left out.
    fn of(tree: &Tree, left_out: &[bool]) -> Self {
        let length = tree.nodes.len() + 1;
        let mut counts = Self { words: vec![0; length], linked: vec![0; length], evidence: vec![0; length] };
        let (mut hidden_until, mut linked_until) = (0, 0);
        for (at, is_left_out) in left_out.iter().enumerate() {
            let (mut words, mut linked, mut evidence) = (0, 0, 0);
            if *is_left_out {
                hidden_until = hidden_until.max(tree.nodes[at].end);
            }
            if tree.name(at) == "a" {
                linked_until = linked_until.max(tree.nodes[at].end);
            }
            if at >= hidden_until
                && let Some(text) = tree.text(at)
            {
                words = text.split_whitespace().map(str::len).sum();
                linked = if at < linked_until { words } else { 0 };
                // A menu may well have an entry that is called what minutes call a section.
                evidence = usize::from(linked == 0 && is_evidence(text));
            }
            counts.words[at + 1] = counts.words[at] + words;
            counts.linked[at + 1] = counts.linked[at] + linked;
            counts.evidence[at + 1] = counts.evidence[at] + evidence;
        }
        counts
    }

    fn evidence(&self, run: &Range<usize>) -> usize {
        self.evidence[run.end] - self.evidence[run.start]
    }

    fn words(&self, run: &Range<usize>) -> usize {
        self.words[run.end] - self.words[run.start]
    }

    /// Words that are no link.
    fn prose(&self, run: &Range<usize>) -> usize {
        self.words(run) - (self.linked[run.end] - self.linked[run.start])
    }
}

/// Finds the minutes on a page.
pub(super) fn find(tree: &Tree) -> Region {
    let mut left_out = unseen(tree);
    let counts = Counts::of(tree, &left_out);
    for (at, is_left_out) in left_out.iter_mut().enumerate() {
        let run = tree.run(at);
        let is_small = counts.words(&run) * 2 <= counts.words(&tree.run(0));
        if is_around(tree, at) && is_small && counts.evidence(&run) == 0 {
            *is_left_out = true;
        }
    }
    let counts = Counts::of(tree, &left_out);
    Region { runs: runs(tree, &counts, &left_out), left_out }
}

/// Of a part of a page that is known to be minutes, all that is seen.
pub(super) fn whole(tree: &Tree) -> Region {
    Region { runs: vec![tree.run(0)], left_out: unseen(tree) }
}

/// For each node whether it shows no text or none that could be minutes.
fn unseen(tree: &Tree) -> Vec<bool> {
    let controlled: HashSet<&str> = (0..tree.nodes.len())
        .filter_map(|at| tree.attributes(at))
        .flat_map(|attributes| attributes.controls.iter().map(String::as_str))
        .collect();
    let folded = folded(tree);
    (0..tree.nodes.len())
        .map(|at| {
            let Some(element) = tree.element(at) else { return false };
            // What a button opens is folded, not hidden: items of an agenda often are.
            // A page may hide itself whole until its scripts have run.
            let is_page = matches!(element.tag.name, "html" | "body");
            let is_hidden = tree
                .attributes(at)
                .is_some_and(|found| found.hidden && !is_page && !controlled.contains(found.id.as_str()))
                && !folded[at];
            let role = tree.attributes(at).map_or("", |found| &found.role);
            element.tag.show == Show::Nothing
                || NEVER.contains(&element.tag.name)
                || ROLES.contains(&role)
                || is_hidden
                || is_mere_button(tree, at)
        })
        .collect()
}

/// For each node whether it stands right after a button with the name of a section: that is what the button opens, though it does not
/// say so.
fn folded(tree: &Tree) -> Vec<bool> {
    let mut before: Vec<Option<usize>> = vec![None; tree.nodes.len()];
    let mut folded = vec![false; tree.nodes.len()];
    for (at, is_folded) in folded.iter_mut().enumerate().skip(1) {
        if tree.text(at).is_some_and(|text| text.trim().is_empty()) {
            continue;
        }
        let parent = tree.nodes[at].parent;
        *is_folded =
            before[parent].is_some_and(|button| tree.name(button) == "button" && names_section(tree, button));
        before[parent] = Some(at);
    }
    folded
}

/// Whether what stands in an element is called what minutes call a section.
fn names_section(tree: &Tree, at: usize) -> bool {
    tree.run(at).any(|node| tree.text(node).is_some_and(is_heading))
}

/// A button that is neither a title nor opens anything, and does not say what a section of minutes is called.
fn is_mere_button(tree: &Tree, at: usize) -> bool {
    tree.name(at) == "button"
        && !names_section(tree, at)
        && tree.element(tree.nodes[at].parent).is_none_or(|parent| parent.tag.show != Show::Heading)
        && tree.attributes(at).is_none_or(|attributes| attributes.controls.is_empty())
}

/// Whether an element calls itself something that stands around a page's text.
fn is_around(tree: &Tree, at: usize) -> bool {
    let name = tree.name(at);
    if matches!(name, "html" | "body" | "main" | "article" | "#root") {
        return false;
    }
    let names = tree.attributes(at).map_or("", |attributes| &attributes.names);
    ASIDE.contains(&name)
        || COOKIE_NAMES.iter().any(|known| names.contains(known))
        || names.split_ascii_whitespace().any(|name| AROUND.contains(&name))
}

fn runs(tree: &Tree, counts: &Counts, left_out: &[bool]) -> Vec<Range<usize>> {
    let all = tree.run(0);
    let is_main = |at: usize| {
        tree.name(at) == "main" || tree.attributes(at).is_some_and(|attributes| attributes.role == "main")
    };
    let mains = outermost(tree, left_out, is_main);
    let total = counts.evidence(&all);
    let held = |runs: &[Range<usize>]| runs.iter().map(|run| counts.evidence(run)).sum::<usize>();
    let words = |runs: &[Range<usize>]| runs.iter().map(|run| counts.words(run)).sum::<usize>();
    if words(&mains) > 0 && (total == 0 || held(&mains) > 0) {
        return mains;
    }
    let articles = outermost(tree, left_out, |at| tree.name(at) == "article");
    let mut evident: Vec<usize> =
        all.clone().filter(|at| counts.evidence[*at + 1] > counts.evidence[*at]).collect();
    if words(&articles) > 0 && (total == 0 || held(&articles) > 0) {
        evident.extend(articles.iter().map(|article| article.start));
    }
    if evident.is_empty() {
        return vec![all];
    }
    // The page's title may stand above the part that the rest is in.
    evident.extend(outermost(tree, left_out, |at| tree.name(at) == "h1").iter().map(|title| title.start));
    let last = evident.iter().copied().max().unwrap_or(0);
    let mut at = common(tree, &evident);
    while at > 0 && !is_enough(tree, counts, at, last) {
        at = tree.nodes[at].parent;
    }
    vec![tree.run(at)]
}

/// Whether an element that holds all evidence holds the minutes too: a part of the page with at least half of its words outside
/// links. Evidence at its end may be a heading whose text stands after the element, unless hardly anything does.
fn is_enough(tree: &Tree, counts: &Counts, at: usize, last_evidence: usize) -> bool {
    let end = tree.nodes[at].end;
    let (here, all) = (counts.prose(&(at..end)), counts.prose(&tree.run(0)));
    let is_part = tree.element(at).is_some_and(|element| element.tag.is_container());
    let has_text_after = counts.words(&(last_evidence + 1..end)) > 0;
    is_part && here * 2 >= all && (has_text_after || here * 4 >= all * 3)
}

/// The elements that fit, are seen, and are not inside another that fits.
fn outermost(tree: &Tree, left_out: &[bool], fits: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tree.nodes.len() {
        let run = tree.run(at);
        let is_found = !left_out[at] && fits(at);
        at = if left_out[at] || is_found { run.end } else { at + 1 };
        if is_found {
            found.push(run);
        }
    }
    found
}

/// The smallest element that holds all of some nodes, which are not none.
fn common(tree: &Tree, nodes: &[usize]) -> usize {
    let first = nodes.iter().copied().min().unwrap_or(0);
    let last = nodes.iter().copied().max().unwrap_or(0);
    let mut at = first;
    while tree.nodes[at].end <= last || tree.element(at).is_none() {
        at = tree.nodes[at].parent;
    }
    at
}
