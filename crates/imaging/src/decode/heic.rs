//! HEIC decoding by heic-decoder: a picture or a grid of tiles, and its opacity, from HEVC streams.

use super::decoded::Decoded;
use super::header::Header;
use super::memory;
use crate::colour::Colour;
use crate::container::isobmff::{Boxes, Meta, coded_sides, grid};
use crate::raster::{Channels, Pixels, unmultiply};
use crate::refusal::UNDRAWABLE;
use crate::{Format, Limits, Orientation, Refusal};
use heic_decoder::{ColorInfo, HeifError, ImageInfo, RgbOptions};
use rayon::ThreadPoolBuilder;

/// What a file means that says nothing: sRGB by the matrix of BT.601, full range (ISO/IEC 23000-22, 7.3.6.4).
const UNSAID: ColorInfo =
    ColorInfo { color_primaries: 1, transfer_characteristics: 13, matrix_coefficients: 6, full_range: true };

/// The most pixels that tiles may have in all beside twice those of the picture: they reach over its edges.
const MOST_BEYOND_EDGES: u64 = 16_000_000;

/// Bytes that each of those takes: three planes of four bytes.
const BEYOND_EDGES: u64 = 12;

/// The most tracks that are looked at for the sides of a sequence.
const MOST_TRACKS: usize = 64;

const RARE_KIND: Refusal = Refusal::unsupported(
    "This HEIC picture is of a rare kind that cannot be opened here. Export it as JPEG and upload that file.",
);

/// Reads the sides. What the decoder answers is upright already.
pub(super) fn header(bytes: &[u8], limits: &Limits) -> Result<Header, Refusal> {
    let info = look(bytes, limits)?;
    Ok(Header {
        width: side(info.width)?,
        height: side(info.height)?,
        has_alpha: info.alpha_bit_depth.is_some(),
        frames: 1,
        orientation: Some(Orientation::Upright),
    })
}

/// Decodes the picture; of a sequence, the one that stands for it. The container's turns are applied.
pub(super) fn decode(bytes: &[u8], limits: &Limits) -> Result<Decoded, Refusal> {
    look(bytes, limits)?;
    // The decoder spreads its work over a pool; if none is given, over one with a thread for each core.
    let pool = ThreadPoolBuilder::new().num_threads(1).build().map_err(|_| UNDRAWABLE)?;
    pool.install(|| on_this_thread(bytes))
}

fn on_this_thread(bytes: &[u8]) -> Result<Decoded, Refusal> {
    let image = heic_decoder::decode(bytes).map_err(refusal)?;
    let (width, height) = (side(image.width)?, side(image.height)?);
    let mut said = image.color_info.unwrap_or(UNSAID);
    let colour = match &image.metadata.icc_profile {
        Some(profile) => Colour::Icc(profile.clone()),
        None => Colour::of_code_points(said.color_primaries, said.transfer_characteristics),
    };
    if said.matrix_coefficients == 2 {
        said.matrix_coefficients = UNSAID.matrix_coefficients;
    }
    let options = RgbOptions { color: Some(said), ..RgbOptions::default() };
    let (channels, bytes) = if image.alpha.is_some() {
        let mut shown = image.to_rgba8_with_options(&options).map_err(refusal)?;
        if shown.premultiplied {
            unmultiply(&mut shown.data);
        }
        (Channels::Rgba, shown.data)
    } else {
        (Channels::Rgb, image.to_rgb8_with_options(&options).map_err(refusal)?.data)
    };
    Ok(Decoded { pixels: Pixels { width, height, channels, bytes }, colour })
}

/// Reads what the file says, and checks it.
fn look(bytes: &[u8], limits: &Limits) -> Result<ImageInfo, Refusal> {
    // The decoder does not tell a table that is cut short from one that makes no sense.
    let cut_short = || matches!(Meta::open(bytes), Err(Refusal::Truncated)).then_some(Refusal::Truncated);
    let info = heic_decoder::probe(bytes).map_err(|error| cut_short().unwrap_or_else(|| refusal(error)))?;
    check(bytes, &info, limits)?;
    Ok(info)
}

/// Checks what is held in memory: the stored picture before anything is cut off, and what it is put together from.
fn check(bytes: &[u8], info: &ImageInfo, limits: &Limits) -> Result<(), Refusal> {
    let stored = (side(info.coded_width)?, side(info.coded_height)?);
    limits.check(stored.0, stored.1)?;
    limits.check(side(info.width)?, side(info.height)?)?;
    let whole = memory::pixels(stored);
    let held = match Boxes::new(bytes).filter(|part| &part.kind == b"meta").count() {
        0 => vec![Held { streams: largest_of_sequence(bytes)?, canvases: 0 }],
        1 => {
            let meta = Meta::find(bytes).ok_or(Refusal::Corrupt)?;
            let colours = meta.parts([meta.primary()]);
            let opacities = meta.opacities(&colours);
            if info.alpha_bit_depth.is_some() && opacities.is_empty() {
                return Err(RARE_KIND);
            }
            vec![Held::by(&meta, &colours)?, Held::by(&meta, &meta.parts(opacities))?]
        }
        // Which of them counts would be a guess.
        _ => return Err(Refusal::Corrupt),
    };
    let most = whole.saturating_mul(2).saturating_add(MOST_BEYOND_EDGES);
    if held.iter().any(|held| held.streams.max(held.canvases) > most) {
        return Err(Refusal::Corrupt);
    }
    // One after the other is drawn.
    let beyond = held.iter().map(|held| held.beyond(whole)).max().unwrap_or_default();
    let needed = whole.saturating_mul(memory::bytes_a_pixel(Format::Heic));
    memory::allow(needed.saturating_add(beyond.saturating_mul(BEYOND_EDGES)), limits)
}

/// How many pixels are held while a picture is put together.
struct Held {
    /// Those of the streams, each with the edges that it cuts off.
    streams: u64,
    /// Those that tiles are put on.
    canvases: u64,
}

impl Held {
    fn by(meta: &Meta<'_>, parts: &[u32]) -> Result<Self, Refusal> {
        let mut held = Self { streams: 0, canvases: 0 };
        for &part in parts {
            let kind = meta.kind(part);
            if let Some(coded) = meta.coded_sides(part) {
                held.streams = held.streams.saturating_add(memory::pixels(coded));
            } else if kind == Some(*b"hvc1") {
                return Err(Refusal::Corrupt);
            }
            if kind == Some(*b"grid") {
                let (_, _, sides) = grid(&meta.data(part)?).ok_or(Refusal::Corrupt)?;
                held.canvases = held.canvases.saturating_add(memory::pixels(sides));
            }
        }
        Ok(held)
    }

    /// What is more than the stored picture.
    fn beyond(&self, whole: u64) -> u64 {
        self.streams.saturating_sub(whole).saturating_add(self.canvases.saturating_sub(whole))
    }
}

/// The most pixels that a picture of a sequence has before anything is cut off. Its settings lie deep in boxes, of
/// which only the name is looked for.
fn largest_of_sequence(bytes: &[u8]) -> Result<u64, Refusal> {
    let tracks = Boxes::new(bytes).filter(|part| &part.kind == b"moov").last().map_or(&[][..], |part| part.body);
    let names = tracks.windows(4).enumerate().filter(|(_, name)| *name == b"hvcC");
    let settings: Vec<&[u8]> = names.take(MOST_TRACKS + 1).filter_map(|(at, _)| tracks.get(at + 4..)).collect();
    if settings.len() > MOST_TRACKS {
        return Err(RARE_KIND);
    }
    Ok(settings.into_iter().filter_map(coded_sides).map(memory::pixels).max().unwrap_or_default())
}

fn side(side: usize) -> Result<u32, Refusal> {
    u32::try_from(side).ok().filter(|&side| side > 0).ok_or(Refusal::Corrupt)
}

fn refusal(error: HeifError) -> Refusal {
    match error {
        HeifError::Truncated { .. } => Refusal::Truncated,
        HeifError::Unsupported(_) | HeifError::LimitExceeded(_) => RARE_KIND,
        _ => Refusal::Corrupt,
    }
}
