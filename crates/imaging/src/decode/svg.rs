//! SVG drawings, drawn as pixels by resvg.
//!
//! Nothing outside of the file is ever read: no files, no addresses. Pictures within it (`data:` addresses) are opened
//! by the caller, who opens all others too, and handed over as PNG.

use super::decoded::Decoded;
use super::header::Header;
use super::memory;
use crate::colour::Colour;
use crate::container::{ending, svg_text};
use crate::encode::png;
use crate::raster::{Channels, Pixels};
use crate::refusal::UNDRAWABLE;
use crate::{Format, Limits, Refusal};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Family, Query};
use resvg::usvg::{self, Group, ImageHrefDataResolverFn, ImageHrefResolver, ImageKind, Node, Options, Tree, roxmltree};
use std::sync::{Arc, LazyLock};
use std::thread;

/// The most pixels a drawing has by itself. It has none, really: what is declared larger is shown smaller.
const MOST_PIXELS: u64 = 25_000_000;

/// The longest side of a drawing that may be as small as it comes.
const SMALLEST: u32 = 256;

/// The most elements, attributes aside, that a file may have.
const MOST_NODES: u32 = 500_000;

/// What the parser and the renderer have to call themselves in.
const STACK: usize = 64 * 1024 * 1024;

/// How many times the result's pixels one layer can have: resvg cuts it off there.
const LARGEST_LAYER: f64 = 25.0;

const NO_SIZE: Refusal = Refusal::unsupported(
    "This SVG drawing does not say how large it is. Give it a width and a height, or a viewBox, and upload it again.",
);
const TOO_ELABORATE: Refusal = Refusal::unsupported(
    "This SVG drawing is too elaborate: too many or too deeply nested elements, or entities. Save it as PNG and upload \
     that file.",
);
const NOT_UTF8: Refusal =
    Refusal::unsupported("This SVG drawing is not written in UTF-8. Save it in that encoding and upload it again.");

/// Opens a picture within the drawing: upright, in sRGB. Nothing if it is left out.
pub(super) type Open<'a> = dyn Fn(&[u8]) -> Option<Pixels> + Sync + 'a;

/// Parses the drawing for its size, in pixels of 1/96 inch.
pub(super) fn header(bytes: &[u8], limits: &Limits) -> Result<Header, Refusal> {
    let nothing = Box::new(|_: &str, _: Arc<Vec<u8>>, _: &Options<'_>| -> Option<ImageKind> { None });
    let (width, height) = with_room(|| {
        let tree = parse(bytes, nothing, Arc::default())?;
        let sides = sides(&tree, limits);
        // So that a drawing that is taken can be shown in every size.
        memory::allow(needed(&tree, sides), limits)?;
        Ok(sides)
    })?;
    Ok(Header { width, height, has_alpha: true, frames: 1, orientation: None })
}

/// Draws it with the sides `target`, whatever its own are.
pub(super) fn decode(bytes: &[u8], target: (u32, u32), limits: &Limits, open: &Open<'_>) -> Result<Decoded, Refusal> {
    let pixels = with_room(|| {
        let pictures = Box::new(move |_: &str, file: Arc<Vec<u8>>, _: &Options<'_>| embedded(&file, open));
        let fonts: Arc<Database> = if may_have_text(bytes) { Arc::clone(&FONTS) } else { Arc::default() };
        let tree = parse(bytes, pictures, fonts)?;
        draw(&tree, if target == (0, 0) { smallest(sides(&tree, limits)) } else { target }, limits)
    })?;
    Ok(Decoded { pixels, colour: Colour::Srgb })
}

/// Runs on a stack that is large enough. Waits, so that it is still one thread that works.
fn with_room<T: Send>(work: impl FnOnce() -> Result<T, Refusal> + Send) -> Result<T, Refusal> {
    thread::scope(|scope| {
        let worker = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work).map_err(|_| UNDRAWABLE)?;
        worker.join().unwrap_or(Err(Refusal::Crashed))
    })
}

fn parse(bytes: &[u8], pictures: ImageHrefDataResolverFn<'_>, fonts: Arc<Database>) -> Result<Tree, Refusal> {
    let text = svg_text::without_start(std::str::from_utf8(bytes).map_err(|_| NOT_UTF8)?);
    if !svg_text::is_tame(text) {
        return Err(TOO_ELABORATE);
    }
    let parsing = roxmltree::ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, ..Default::default() };
    let document =
        roxmltree::Document::parse_with_options(text, parsing).map_err(|error| xml_refusal(&error, bytes))?;
    if !has_size(document.root_element()) {
        return Err(NO_SIZE);
    }
    let options = Options {
        // Files on the disk are not pictures within the drawing, whatever the default thinks.
        image_href_resolver: ImageHrefResolver { resolve_data: pictures, resolve_string: Box::new(|_, _| None) },
        fontdb: fonts,
        ..Options::default()
    };
    Tree::from_xmltree(&document, &options).map_err(|error| match error {
        usvg::Error::InvalidSize => NO_SIZE,
        usvg::Error::ElementsLimitReached => TOO_ELABORATE,
        usvg::Error::ParsingFailed(error) => xml_refusal(&error, bytes),
        _ => Refusal::Corrupt,
    })
}

fn xml_refusal(error: &roxmltree::Error, bytes: &[u8]) -> Refusal {
    use roxmltree::Error;
    match error {
        Error::NodesLimitReached
        | Error::AttributesLimitReached
        | Error::NamespacesLimitReached
        | Error::EntityReferenceLoop(_) => TOO_ELABORATE,
        _ => ending::damage(Format::Svg, bytes),
    }
}

/// A viewBox, or both sides in a unit that means something by itself.
fn has_size(root: roxmltree::Node<'_, '_>) -> bool {
    let is_length = |name: &str| root.attribute(name).is_some_and(|length: &str| !length.trim_end().ends_with('%'));
    root.has_attribute("viewBox") || (is_length("width") && is_length("height"))
}

/// Its own sides, in whole pixels, or in proportion as much smaller as is necessary.
fn sides(tree: &Tree, limits: &Limits) -> (u32, u32) {
    let (width, height) = (f64::from(tree.size().width()), f64::from(tree.size().height()));
    let scale = (limits.max_pixels.min(MOST_PIXELS) as f64 / (width * height)).sqrt().min(1.0);
    // Rounded down if it had to be scaled, so as to stay below the limit.
    let side = |side: f64| if scale < 1.0 { (side * scale) as u32 } else { side.round() as u32 };
    (side(width).max(1), side(height).max(1))
}

/// In proportion, and no longer than need be.
fn smallest((width, height): (u32, u32)) -> (u32, u32) {
    let scale = (f64::from(SMALLEST) / f64::from(width.max(height))).min(1.0);
    let side = |side: u32| ((f64::from(side) * scale) as u32).max(1);
    (side(width), side(height))
}

fn draw(tree: &Tree, (width, height): (u32, u32), limits: &Limits) -> Result<Pixels, Refusal> {
    let (width, height) = (width.max(1), height.max(1));
    limits.check(width, height)?;
    memory::allow(needed(tree, (width, height)), limits)?;
    let (across, down) = scales(tree, (width, height));
    let mut canvas = Pixmap::new(width, height).ok_or(UNDRAWABLE)?;
    resvg::render(tree, Transform::from_scale(across, down), &mut canvas.as_mut());
    Ok(Pixels { width, height, channels: Channels::Rgba, bytes: canvas.take_demultiplied() })
}

/// Pixels of the result for one of the drawing, across and down.
fn scales(tree: &Tree, (width, height): (u32, u32)) -> (f32, f32) {
    (width as f32 / tree.size().width(), height as f32 / tree.size().height())
}

/// The memory that drawing takes, in bytes.
fn needed(tree: &Tree, sides: (u32, u32)) -> u64 {
    let (across, down) = scales(tree, sides);
    let canvas = memory::pixels(sides) as f64;
    let layers = Layers { scale: f64::from(across) * f64::from(down), largest: canvas * LARGEST_LAYER };
    // The canvas counts twice: it is resized, or copied on its way out.
    ((canvas * 2.0 + layers.held(tree.root())) * 4.0) as u64
}

/// What is held in memory while groups are drawn that must be drawn apart: for opacity, masks, filters.
struct Layers {
    /// Pixels of the result for one of the drawing.
    scale: f64,
    /// The most pixels that a layer can have.
    largest: f64,
}

impl Layers {
    /// The most pixels that are held at a time.
    fn held(&self, group: &Group) -> f64 {
        let inner = group.children().iter().map(|node| match node {
            Node::Group(group) => self.held(group),
            _ => 0.0,
        });
        let inner = inner.fold(0.0, f64::max);
        if !group.should_isolate() {
            return inner;
        }
        let area = group.abs_layer_bounding_box();
        let pixels = (f64::from(area.width()) * f64::from(area.height()) * self.scale).min(self.largest);
        let mask = group.mask().map_or(0.0, |mask| pixels + self.held(mask.root()));
        let clip = group.clip_path().map_or(0.0, |clip| pixels + self.held(clip.root()));
        // Each step of a filter keeps what it made for the steps to come.
        let steps: usize = group.filters().iter().map(|filter| filter.primitives().len() + 1).sum();
        pixels * (1.0 + steps as f64) + inner.max(mask).max(clip)
    }
}

/// A picture within the drawing, as the renderer takes it.
fn embedded(file: &[u8], open: &Open<'_>) -> Option<ImageKind> {
    Some(ImageKind::PNG(Arc::new(png::encode(&open(file)?)?)))
}

/// Whether fonts may be needed.
fn may_have_text(bytes: &[u8]) -> bool {
    bytes.windows(5).any(|part| part == b"<text" || part == b":text")
}

/// The fonts of the host, found once.
static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    fonts.load_system_fonts();
    // Hosts without the fonts that are usual for serif and the like show text in what they have.
    let any = fonts.faces().find_map(|face| face.families.first().map(|(name, _)| name.clone()));
    if let Some(any) = any {
        let is_missing = |fonts: &Database, family: Family<'_>| {
            fonts.query(&Query { families: &[family], ..Default::default() }).is_none()
        };
        if is_missing(&fonts, Family::Serif) {
            fonts.set_serif_family(any.as_str());
        }
        if is_missing(&fonts, Family::SansSerif) {
            fonts.set_sans_serif_family(any.as_str());
        }
        if is_missing(&fonts, Family::Monospace) {
            fonts.set_monospace_family(any.as_str());
        }
    }
    Arc::new(fonts)
});

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(attributes: &str, content: &str) -> Vec<u8> {
        format!("<svg xmlns='http://www.w3.org/2000/svg' {attributes}>{content}</svg>").into_bytes()
    }

    fn sides_of(attributes: &str) -> Result<(u32, u32), Refusal> {
        let header = header(&drawing(attributes, ""), &Limits::default())?;
        Ok((header.width, header.height))
    }

    #[test]
    fn the_size_is_the_files_own() {
        assert_eq!(sides_of("width='120' height='80'"), Ok((120, 80)));
        assert_eq!(sides_of("width='1in' height='2.54cm'"), Ok((96, 96)));
        assert_eq!(sides_of("viewBox='0 0 300 200'"), Ok((300, 200)));
        assert_eq!(sides_of("width='100%' height='100%' viewBox='0 0 300 200'"), Ok((300, 200)));
        assert_eq!(sides_of("width='0.1' height='0.1'"), Ok((1, 1)));
        for none in ["", "width='100%' height='100%'", "width='50'"] {
            assert_eq!(sides_of(none), Err(NO_SIZE), "{none}");
        }
    }

    #[test]
    fn what_is_declared_enormous_is_shown_smaller() {
        assert_eq!(sides_of("width='100000' height='100000'"), Ok((5000, 5000)));
        let limits = Limits { max_pixels: 1_000_000, ..Limits::default() };
        let header = header(&drawing("width='4000' height='1000'", ""), &limits).unwrap();
        assert_eq!((header.width, header.height), (2000, 500));
    }

    #[test]
    fn layers_within_layers_are_counted_before_they_are_drawn() {
        let limits = Limits { max_memory: 100_000_000, ..Limits::default() };
        let rect = "<rect width='1000' height='1000'/>";
        let nested = |depth: usize| {
            let content = format!("{}{rect}{}", "<g opacity='.9'>".repeat(depth), "</g>".repeat(depth));
            decode(&drawing("width='1000' height='1000'", &content), (1000, 1000), &limits, &|_| None)
        };
        assert!(nested(5).is_ok_and(|drawn| drawn.pixels.bytes[3] < 255));
        assert!(matches!(nested(60), Err(Refusal::TooMuchMemory { .. })));
    }
}
