//! What elements mean for the text of a page: how they stand on it (HTML Standard, 15.3 "Non-replaced elements"), and which of
//! them show no text.

use Show::{
    Block, Break, Cell, Definition, Heading, Inline, Item, List, Nothing, Numbers, Paragraph, Part, Pre, Row,
    Rule, Table, Term,
};

/// How an element stands on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Show {
    /// Inside a line.
    Inline,
    /// On lines of its own.
    Block,
    /// On lines of its own with a blank line around.
    Paragraph,
    /// Likewise.
    Heading,
    /// `br`.
    Break,
    /// `hr`.
    Rule,
    /// A list with bullets.
    List,
    /// A list with numbers.
    Numbers,
    Item,
    Table,
    /// A part of a table that holds rows.
    Part,
    Row,
    Cell,
    /// What a definition defines.
    Term,
    Definition,
    /// Its white space is its form.
    Pre,
    /// Not shown, or shown by something else than text.
    Nothing,
}

#[derive(Debug)]
pub(super) struct Tag {
    /// In lower case; empty for elements that mean nothing here.
    pub(super) name: &'static str,
    pub(super) show: Show,
}

/// What all of a page stands in.
pub(super) const ROOT: Tag = Tag { name: "#root", show: Block };

/// An element that the table does not know: a browser shows it as a part of the line.
const UNKNOWN: Tag = Tag { name: "", show: Inline };

const fn tag(name: &'static str, show: Show) -> Tag {
    Tag { name, show }
}

static TAGS: [Tag; 96] = [
    tag("a", Inline),
    tag("abbr", Inline),
    tag("address", Block),
    tag("area", Nothing),
    tag("article", Paragraph),
    tag("aside", Paragraph),
    tag("audio", Nothing),
    tag("b", Inline),
    tag("base", Nothing),
    tag("blockquote", Paragraph),
    tag("body", Block),
    tag("br", Break),
    tag("button", Inline),
    tag("canvas", Nothing),
    tag("caption", Paragraph),
    tag("center", Block),
    tag("cite", Inline),
    tag("code", Inline),
    tag("col", Nothing),
    tag("colgroup", Part),
    tag("datalist", Nothing),
    tag("dd", Definition),
    tag("del", Inline),
    tag("details", Paragraph),
    tag("dialog", Paragraph),
    tag("div", Block),
    tag("dl", Paragraph),
    tag("dt", Term),
    tag("em", Inline),
    tag("embed", Nothing),
    tag("fieldset", Paragraph),
    tag("figcaption", Block),
    tag("figure", Paragraph),
    tag("font", Inline),
    tag("footer", Paragraph),
    tag("form", Block),
    tag("frame", Nothing),
    tag("h1", Heading),
    tag("h2", Heading),
    tag("h3", Heading),
    tag("h4", Heading),
    tag("h5", Heading),
    tag("h6", Heading),
    tag("head", Block),
    tag("header", Paragraph),
    tag("hgroup", Paragraph),
    tag("hr", Rule),
    tag("html", Block),
    tag("i", Inline),
    tag("iframe", Nothing),
    tag("img", Nothing),
    tag("input", Nothing),
    tag("ins", Inline),
    tag("label", Inline),
    tag("legend", Block),
    tag("li", Item),
    tag("link", Nothing),
    tag("main", Paragraph),
    tag("map", Inline),
    tag("menu", List),
    tag("meta", Nothing),
    tag("nav", Paragraph),
    tag("noembed", Nothing),
    tag("noscript", Nothing),
    tag("object", Nothing),
    tag("ol", Numbers),
    tag("p", Paragraph),
    tag("param", Nothing),
    tag("pre", Pre),
    tag("script", Nothing),
    tag("search", Paragraph),
    tag("section", Paragraph),
    tag("select", Nothing),
    tag("small", Inline),
    tag("source", Nothing),
    tag("span", Inline),
    tag("strong", Inline),
    tag("style", Nothing),
    tag("summary", Heading),
    tag("svg", Nothing),
    tag("table", Table),
    tag("tbody", Part),
    tag("td", Cell),
    tag("template", Nothing),
    tag("textarea", Nothing),
    tag("tfoot", Part),
    tag("th", Cell),
    tag("thead", Part),
    tag("title", Nothing),
    tag("tr", Row),
    tag("track", Nothing),
    tag("u", Inline),
    tag("ul", List),
    tag("video", Nothing),
    tag("wbr", Nothing),
    tag("xmp", Pre),
];

/// Elements that never have an end tag (HTML Standard, 13.1.2 "Void elements").
const EMPTY: [&str; 17] = [
    "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr", "keygen", "basefont",
];

/// The element of that name, in lower case.
pub(super) fn find(name: &[u8]) -> &'static Tag {
    static NONE: Tag = UNKNOWN;
    TAGS.binary_search_by(|tag| tag.name.as_bytes().cmp(name)).map_or(&NONE, |at| &TAGS[at])
}

impl Tag {
    pub(super) fn is_empty(&self) -> bool {
        EMPTY.contains(&self.name)
    }

    pub(super) fn is_inline(&self) -> bool {
        self.show == Inline
    }

    /// Whether it divides a page, rather than being a heading, a paragraph, or a part of a list or table.
    pub(super) fn is_container(&self) -> bool {
        matches!(
            self.name,
            "#root" | "article" | "body" | "center" | "div" | "fieldset" | "form" | "html" | "section"
        )
    }

    pub(super) fn is_table_part(&self) -> bool {
        matches!(self.show, Table | Part | Row | Cell) || self.name == "caption"
    }
}

/// Elements that a start tag closes, and those it does not look beyond.
type Closes = (&'static [&'static str], &'static [&'static str]);

const IN_CELL: [&str; 4] = ["td", "th", "caption", "table"];
const ITEM: [Closes; 1] = [(&["li"], &["ul", "ol", "menu", "td", "th", "table"])];
const DEFINED: [Closes; 1] = [(&["dt", "dd"], &["dl", "td", "th", "table"])];
const CELL: [Closes; 1] = [(&["td", "th"], &["tr", "table"])];
const ROW: [Closes; 1] = [(&["tr", "caption"], &["table"])];
const PART: [Closes; 1] = [(&["thead", "tbody", "tfoot", "colgroup", "caption"], &["table"])];
const BODY: [Closes; 1] = [(&["head"], &["body"])];
const BLOCK: [Closes; 1] = [(&["p"], &IN_CELL)];

/// What a start tag closes without saying so (HTML Standard, 13.1.2.4 "Optional tags").
pub(super) fn implied(tag: &Tag) -> &'static [Closes] {
    match tag.name {
        "li" => &ITEM,
        "dt" | "dd" => &DEFINED,
        "body" => &BODY,
        "table" => &BLOCK,
        _ => match tag.show {
            Cell => &CELL,
            Row => &ROW,
            Part => &PART,
            Block | Paragraph | Heading | List | Numbers | Pre | Rule => &BLOCK,
            _ => &[],
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_order() {
        assert!(TAGS.is_sorted_by(|one, other| one.name < other.name));
    }
}
