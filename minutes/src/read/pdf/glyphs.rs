//! The letters of each page and where they stand, as whoever looks at the page sees them: without those outside it.

use hayro_interpret::font::{Glyph as Shape, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::page::Page as Source;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Shape as _};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, RenderContent, SoftMask, TransformExt, interpret_page,
};

use super::super::Refusal;

/// Letters on one page; one in the smallest print that can be read has 20,000.
const MOST_ON_PAGE: usize = 100_000;

/// Letters in one file: twice what the longest minutes known have in a year.
const MOST_LETTERS: usize = 10_000_000;

/// Stands for a letter whose meaning the file does not say.
pub(super) const UNKNOWN: char = '\u{fffd}';

/// Units of a glyph's own measures in its size (ISO 32000-1, 9.2.4 "Glyph Positioning and Metrics").
const UNITS: f64 = 1000.0;

/// A line that rises by more than this part of its length is not upright.
const UPRIGHT: f64 = 0.05;

/// The least and the largest size of a letter that a person reads, in points.
const SIZES: std::ops::Range<f64> = 1.0..200.0;

/// A drawn line thicker than this, in points, is a surface.
const THICKEST_RULE: f64 = 3.0;

/// Letters that are printed as one (Unicode, "Alphabetic Presentation Forms").
const LIGATURES: [(char, &str); 7] = [
    ('\u{fb00}', "ff"),
    ('\u{fb01}', "fi"),
    ('\u{fb02}', "fl"),
    ('\u{fb03}', "ffi"),
    ('\u{fb04}', "ffl"),
    ('\u{fb05}', "st"),
    ('\u{fb06}', "st"),
];

/// A letter; places in points from the page's upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Glyph {
    pub(super) letter: char,
    pub(super) left: f64,
    pub(super) right: f64,
    /// Where the letter stands: letters of one line have one base.
    pub(super) base: f64,
    pub(super) size: f64,
    /// Tells fonts apart, and nothing else.
    pub(super) font: u64,
}

/// What a page shows.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) glyphs: Vec<Glyph>,
    /// Lines drawn from left to right, as between the rows of a table.
    pub(super) rules: Vec<Rule>,
}

/// A line drawn from left to right.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rule {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) at: f64,
}

/// The pages of a file.
///
/// # Errors
/// [`Refusal::Crowded`] at the limits.
pub(super) fn pages(pdf: &Pdf) -> Result<Vec<Page>, Refusal> {
    let cache = InterpreterCache::new();
    let mut left = MOST_LETTERS;
    let mut pages = Vec::new();
    for source in pdf.pages().iter() {
        let page = page(source, &cache, left.min(MOST_ON_PAGE))?;
        left -= page.glyphs.len();
        pages.push(page);
    }
    Ok(pages)
}

fn page<'a>(source: &'a Source<'a>, cache: &InterpreterCache<'a>, most: usize) -> Result<Page, Refusal> {
    let (width, height) = source.render_dimensions();
    let (width, height) = (f64::from(width), f64::from(height));
    let settings =
        InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
    let place = Rect::new(0.0, 0.0, width, height);
    let upright = source.initial_transform(true).to_kurbo();
    let mut context = Context::new(upright, place, cache, source.xref(), settings);
    let mut taker =
        Taker { place, most, is_full: false, shown: Vec::new(), unseen: Vec::new(), rules: Vec::new() };
    interpret_page(source, &mut context, &mut taker);
    if taker.is_full {
        return Err(Refusal::Crowded);
    }
    // The unseen text of a scanned page is what a machine read from the picture; beside text that is seen it says nothing.
    let glyphs =
        if taker.shown.iter().all(|glyph| glyph.letter.is_whitespace()) { taker.unseen } else { taker.shown };
    Ok(Page { width, height, glyphs, rules: taker.rules })
}

/// Takes letters, and lets all else go by.
struct Taker {
    place: Rect,
    most: usize,
    is_full: bool,
    shown: Vec<Glyph>,
    unseen: Vec<Glyph>,
    rules: Vec<Rule>,
}

impl Taker {
    fn letters(&mut self, shape: &Shape<'_>, place: Affine, font: u64, is_shown: bool) {
        let width = match shape {
            Shape::Outline(outline) => outline.advance_width(),
            Shape::Type3(drawn) => drawn.advance_width(),
        };
        let start = place * Point::ORIGIN;
        let end = place * Point::new(width.map_or(UNITS / 2.0, f64::from), 0.0);
        let size = (place * Point::new(0.0, UNITS) - start).hypot();
        let (across, down) = (end.x - start.x, (end.y - start.y).abs());
        let is_upright = across >= 0.0 && down <= across * UPRIGHT;
        if !is_upright || !SIZES.contains(&size) || !self.place.contains(start) {
            return;
        }
        let mut one = [0; 4];
        let many = shape.as_unicode();
        let letters: &str = match &many {
            Some(BfString::Char(letter)) => ligature(*letter).unwrap_or_else(|| letter.encode_utf8(&mut one)),
            Some(BfString::String(letters)) => letters,
            None => UNKNOWN.encode_utf8(&mut one),
        };
        let taken = if is_shown { &mut self.shown } else { &mut self.unseen };
        let count = letters.chars().count();
        if taken.len() + count > self.most {
            self.is_full = true;
            return;
        }
        let each = across / count.max(1) as f64;
        let mut left = start.x;
        for letter in letters.chars() {
            taken.push(Glyph { letter, left, right: left + each, base: start.y, size, font });
            left += each;
        }
    }
}

fn ligature(letter: char) -> Option<&'static str> {
    LIGATURES.iter().find(|(one, _)| *one == letter).map(|(_, many)| *many)
}

impl<'a> Device<'a> for Taker {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        if self.is_full {
            return;
        }
        let is_shown = !matches!(mode, DrawMode::Invisible);
        let first = run.glyphs().first().map(|first| &**first);
        let font = match first {
            Some(Shape::Outline(outline)) => outline.font_data().map_or(0, |data| data.cache_key as u64),
            _ => 0,
        };
        for glyph in run.glyphs() {
            self.letters(glyph, props.transform * glyph.transform(), font, is_shown);
        }
    }

    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, _: &DrawMode) {
        let bounds = props.transform.transform_rect_bbox(path.bounding_box());
        let is_rule = bounds.height() <= THICKEST_RULE && bounds.width() > THICKEST_RULE;
        if is_rule && self.rules.len() < self.most {
            self.rules.push(Rule { left: bounds.x0, right: bounds.x1, at: bounds.center().y });
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
