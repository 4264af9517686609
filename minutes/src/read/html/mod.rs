//! Web pages to text: the minutes on them, as their text looks when it is copied from a browser.

mod lines;
mod region;
mod tags;
mod tree;

use std::sync::LazyLock;

use super::Refusal;
use crate::{Pattern, body, pattern};
use tree::Tree;

/// The minutes on a page, as lines.
///
/// # Errors
/// [`Refusal::Nested`], [`Refusal::Crowded`] at the limits; [`Refusal::NoText`] when nobody could read anything on it.
pub(super) fn page(markup: &str) -> Result<String, Refusal> {
    let tree = if markup.trim_start().starts_with("<?xml") {
        Tree::read(&without_empty_scripts(markup), true)?
    } else {
        Tree::read(markup, false)?
    };
    let lines = lines::lines(&tree, &region::find(&tree));
    if lines.trim().is_empty() {
        return Err(Refusal::NoText);
    }
    match municipality(&tree).filter(|_| !lines.to_lowercase().contains("kommune")) {
        Some(name) => Ok(format!("{name}\n{lines}")),
        None => Ok(lines),
    }
}

/// The municipality that the page's title names beside other words (`Referat - Odense Kommune`); None where it names none.
fn municipality(tree: &Tree) -> Option<String> {
    let title = (0..tree.nodes.len()).find(|at| tree.name(*at) == "title")?;
    let title: String = tree.run(title).filter_map(|at| tree.text(at)).collect();
    let mut parts = title.split(['|', '–', '·', ',', ':']).flat_map(|part| part.split(" - ")).map(str::trim);
    parts.find(|part| MUNICIPALITY.is_match(part)).map(str::to_owned)
}

/// A municipality's name and nothing else.
static MUNICIPALITY: LazyLock<Pattern> = LazyLock::new(|| pattern(&format!("^{}$", body::MUNICIPALITY)));

/// The lines of a piece of markup that is known to be minutes: a field of an export. Empty where it shows nothing. Text without
/// any markup keeps its lines.
///
/// # Errors
/// [`Refusal::Nested`], [`Refusal::Crowded`] at the limits.
pub(super) fn fragment(markup: &str) -> Result<String, Refusal> {
    let with_breaks = if markup.contains('<') { None } else { Some(markup.replace('\n', "<br>")) };
    let tree = Tree::read(with_breaks.as_deref().unwrap_or(markup), false)?;
    Ok(lines::lines(&tree, &region::whole(&tree)))
}

/// Whether an element of that name, in lower case, is one of HTML's.
pub(super) fn is_element(name: &str) -> bool {
    !tags::find(name.as_bytes()).name.is_empty()
}

/// XHTML without elements that hold nothing but whose start tag would begin raw text in HTML: all after it would be taken for a
/// script.
fn without_empty_scripts(markup: &str) -> String {
    let mut kept = String::with_capacity(markup.len());
    let mut copied = 0;
    for found in EMPTY_SCRIPT.find_iter(markup) {
        kept.push_str(&markup[copied..found.start()]);
        copied = found.end();
    }
    kept.push_str(&markup[copied..]);
    kept
}

static EMPTY_SCRIPT: LazyLock<Pattern> =
    LazyLock::new(|| pattern(r"(?i)<(?:script|style|title|textarea|iframe|noscript)\b[^<>]*/>"));

#[cfg(test)]
mod tests {
    use super::*;

    fn nested(deep: usize) -> String {
        format!("<html>{}a", "<div>".repeat(deep))
    }

    #[test]
    fn the_title_names_the_municipality_where_the_page_does_not() {
        let read =
            |title: &str, text: &str| page(&format!("<title>{title}</title><main>{text}</main>")).unwrap();
        assert_eq!(
            read("Referat - Byr&aring;det - Hvidek&aelig;r Kommune", "Vej"),
            "Hvidekær Kommune\nVej\n"
        );
        assert_eq!(read("Referat | Hvidekær Kommune", "Solbjerg Kommune"), "Solbjerg Kommune\n");
        assert_eq!(read("Velkommen til en ny kommune", "Vej"), "Vej\n");
    }

    #[test]
    fn the_deepest_page_is_read() {
        // The root and `html` are elements too.
        assert_eq!(page(&nested(tree::DEEPEST - 2)), Ok("a\n".to_owned()));
        assert_eq!(page(&nested(tree::DEEPEST - 1)), Err(Refusal::Nested));
    }

    #[test]
    fn the_largest_page_is_read() {
        // The root, `html` and the text stand beside the breaks.
        let page_of = |nodes: usize| format!("<html>{}a", "<br>".repeat(nodes - 3));
        assert_eq!(page(&page_of(tree::MOST_NODES)), Ok("a\n".to_owned()));
        assert_eq!(page(&page_of(tree::MOST_NODES + 1)), Err(Refusal::Crowded));
    }
}
