//! Markup to a tree of elements and text, as a browser sees it as far as text goes (HTML Standard, 13.2.6 "Tree construction"):
//! end tags that may be left out are added, those that belong to nothing are passed over.
//!
//! Nodes stand in the order of the page, so that a node's descendants are the run after it: nothing here or above is recursive.
//! Nothing is ever moved or doubled, so that any page costs time in proportion to its length.

use std::ops::Range;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::tags::{self, Tag};
use crate::read::Refusal;

/// Elements inside elements; a page of a municipality has some thirty, and browsers stop at 512 (Blink's `kMaximumHTMLParserDOMTreeDepth`).
pub(super) const DEEPEST: usize = 512;

/// Elements and texts of a page. The longest minutes known have some 60,000.
pub(super) const MOST_NODES: usize = 1_000_000;

/// A page taken apart.
pub(super) struct Tree {
    pub(super) nodes: Vec<Node>,
    text: String,
}

pub(super) struct Node {
    /// The index of the element that this stands in; its own for the root.
    pub(super) parent: usize,
    /// The index after its last descendant.
    pub(super) end: usize,
    pub(super) what: What,
}

pub(super) enum What {
    Element(Element),
    /// Where the words stand in the page's text.
    Text(Range<usize>),
}

pub(super) struct Element {
    pub(super) tag: &'static Tag,
    /// None when it has no attribute that means something here.
    pub(super) attributes: Option<Box<Attributes>>,
}

/// What attributes say.
#[derive(Default)]
pub(super) struct Attributes {
    pub(super) id: String,
    /// In lower case, with the id after it: pages use either to say what a part is.
    pub(super) names: String,
    pub(super) role: String,
    pub(super) hidden: bool,
    /// The ids of elements that this one shows and hides.
    pub(super) controls: Vec<String>,
    /// Where a list's numbers begin, or the number of its row.
    pub(super) number: Option<u32>,
    pub(super) columns: Option<u32>,
}

impl Tree {
    /// Reads markup. With `xml`, `<div/>` is an empty element and not the beginning of one.
    ///
    /// # Errors
    /// [`Refusal::Nested`] and [`Refusal::Crowded`] at the limits.
    pub(super) fn read(markup: &str, xml: bool) -> Result<Self, Refusal> {
        let mut builder = Builder::new(xml);
        let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| builder.take(&event));
        emitter.naively_switch_states(true);
        if let Some(Ok(refusal)) = Tokenizer::new_with_emitter(markup, emitter).next() {
            return Err(refusal);
        }
        builder.close_down_to(0);
        Ok(builder.tree)
    }

    /// A node and all that is in it.
    pub(super) fn run(&self, at: usize) -> Range<usize> {
        at..self.nodes[at].end
    }

    /// The element at an index; None for text.
    pub(super) fn element(&self, at: usize) -> Option<&Element> {
        match &self.nodes[at].what {
            What::Element(element) => Some(element),
            What::Text(_) => None,
        }
    }

    /// The words at an index; None for an element.
    pub(super) fn text(&self, at: usize) -> Option<&str> {
        match &self.nodes[at].what {
            What::Element(_) => None,
            What::Text(range) => Some(&self.text[range.clone()]),
        }
    }

    /// The element's name, `""` for text and for elements that mean nothing here.
    pub(super) fn name(&self, at: usize) -> &'static str {
        self.element(at).map_or("", |element| element.tag.name)
    }

    pub(super) fn attributes(&self, at: usize) -> Option<&Attributes> {
        self.element(at)?.attributes.as_deref()
    }
}

struct Builder {
    tree: Tree,
    /// Indices of the elements that are open, the root first.
    open: Vec<usize>,
    /// The start tag that is being read.
    tag: &'static Tag,
    attributes: Attributes,
    has_attributes: bool,
    attribute: Option<Attribute>,
    xml: bool,
}

/// The attributes that mean something here.
#[derive(Clone, Copy)]
enum Attribute {
    Id,
    Class,
    Role,
    AriaHidden,
    Style,
    Controls,
    Target,
    Number,
    Columns,
}

impl Builder {
    fn new(xml: bool) -> Self {
        let root =
            Node { parent: 0, end: 0, what: What::Element(Element { tag: &tags::ROOT, attributes: None }) };
        Self {
            tree: Tree { nodes: vec![root], text: String::new() },
            open: vec![0],
            tag: &tags::ROOT,
            attributes: Attributes::default(),
            has_attributes: false,
            attribute: None,
            xml,
        }
    }

    fn take(&mut self, event: &CallbackEvent<'_>) -> Option<Refusal> {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = tags::find(name);
                self.attributes = Attributes::default();
                self.has_attributes = false;
            }
            CallbackEvent::AttributeName { name } => self.attribute_name(name),
            CallbackEvent::AttributeValue { value } => {
                self.attribute_value(&String::from_utf8_lossy(value));
            }
            CallbackEvent::CloseStartTag { self_closing } => return self.open_element(*self_closing),
            CallbackEvent::EndTag { name } => self.close_element(tags::find(name)),
            CallbackEvent::String { value } => {
                let start = self.tree.text.len();
                self.tree.text.push_str(&String::from_utf8_lossy(value));
                return self.push(What::Text(start..self.tree.text.len()));
            }
            CallbackEvent::Comment { .. } | CallbackEvent::Doctype { .. } | CallbackEvent::Error(_) => {}
        }
        None
    }

    fn attribute_name(&mut self, name: &[u8]) {
        self.attribute = match name {
            b"id" => Some(Attribute::Id),
            b"class" => Some(Attribute::Class),
            b"role" => Some(Attribute::Role),
            b"aria-hidden" => Some(Attribute::AriaHidden),
            b"style" => Some(Attribute::Style),
            b"aria-controls" => Some(Attribute::Controls),
            b"data-target" | b"data-bs-target" | b"href" => Some(Attribute::Target),
            b"start" | b"value" => Some(Attribute::Number),
            b"colspan" => Some(Attribute::Columns),
            _ => None,
        };
        let is_hidden = name == b"hidden";
        self.attributes.hidden |= is_hidden;
        self.has_attributes |= is_hidden;
    }

    fn attribute_value(&mut self, value: &str) {
        let Some(attribute) = self.attribute.take() else { return };
        let attributes = &mut self.attributes;
        match attribute {
            Attribute::Id => {
                value.clone_into(&mut attributes.id);
                attributes.names.push_str(&format!(" {} ", value.to_lowercase()));
            }
            Attribute::Class => attributes.names.push_str(&format!(" {} ", value.to_lowercase())),
            Attribute::Role => attributes.role = value.trim().to_lowercase(),
            Attribute::AriaHidden => attributes.hidden |= value.eq_ignore_ascii_case("true"),
            Attribute::Style => {
                let style: String =
                    value.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
                attributes.hidden |= style.contains("display:none") || style.contains("visibility:hidden");
            }
            Attribute::Controls => {
                attributes.controls.extend(value.split_ascii_whitespace().map(str::to_owned));
            }
            Attribute::Target => match value.strip_prefix('#') {
                Some(id) if !id.is_empty() => attributes.controls.push(id.to_owned()),
                _ => return,
            },
            Attribute::Number => attributes.number = value.trim().parse().ok(),
            Attribute::Columns => attributes.columns = value.trim().parse().ok(),
        }
        self.has_attributes = true;
    }

    fn open_element(&mut self, self_closing: bool) -> Option<Refusal> {
        self.close_implied(self.tag);
        let attributes = self.has_attributes.then(|| Box::new(std::mem::take(&mut self.attributes)));
        let at = self.tree.nodes.len();
        let refusal = self.push(What::Element(Element { tag: self.tag, attributes }));
        let is_empty = self.tag.is_empty() || (self.xml && self_closing);
        if !is_empty {
            self.open.push(at);
        }
        refusal.or_else(|| (self.open.len() > DEEPEST).then_some(Refusal::Nested))
    }

    fn push(&mut self, what: What) -> Option<Refusal> {
        let at = self.tree.nodes.len();
        let parent = self.open.last().copied().unwrap_or(0);
        self.tree.nodes.push(Node { parent, end: at + 1, what });
        (at >= MOST_NODES).then_some(Refusal::Crowded)
    }

    /// Closes what a start tag closes without saying so: a row begun inside a row is the next row.
    fn close_implied(&mut self, tag: &Tag) {
        for (closed, stops) in tags::implied(tag) {
            let found = self.open.iter().rposition(|at| {
                let name = self.tree.name(*at);
                closed.contains(&name) || stops.contains(&name)
            });
            if let Some(level) = found
                && closed.contains(&self.tree.name(self.open[level]))
            {
                self.close_down_to(level);
            }
        }
    }

    /// Closes the innermost open element of that name, and what was left open in it. An end tag closes nothing outside the cell
    /// that it stands in, and that of a word nothing but words.
    fn close_element(&mut self, tag: &'static Tag) {
        if tag.name.is_empty() {
            return;
        }
        let level = self.open.iter().rposition(|at| {
            let Some(element) = self.tree.element(*at) else { return true };
            let stops = if tag.is_inline() { !element.tag.is_inline() } else { element.tag.is_table_part() };
            element.tag.name == tag.name || (stops && !tag.is_table_part())
        });
        if let Some(level) = level
            && level > 0
            && self.tree.name(self.open[level]) == tag.name
        {
            self.close_down_to(level);
        }
    }

    /// Closes all open elements from a level on; the root, at level 0, only at the end.
    fn close_down_to(&mut self, level: usize) {
        let end = self.tree.nodes.len();
        for at in self.open.drain(level..) {
            self.tree.nodes[at].end = end;
        }
    }
}
