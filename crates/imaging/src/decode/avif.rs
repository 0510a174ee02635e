//! AVIF decoding: a picture, or a grid of tiles, and its opacity, from AV1 streams (AV1 Image File Format 1.1).

use super::av1::{self, Decoder, Frame, RARE_STREAM};
use super::decoded::Decoded;
use super::header::Header;
use super::memory;
use crate::colour::{Colour, Conversion, Nclx, blend, widen};
use crate::container::isobmff::{Meta, Window, grid};
use crate::raster::{Channels, Pixels, unmultiply};
use crate::{Format, Limits, Refusal};

/// Bytes a pixel that streams of more than eight bits take: three planes of two bytes, the picture, and the decoder's
/// own.
const DEEP: u64 = 14;

/// The most bytes a pixel that the canvas takes on which tiles are put.
const CANVAS: u64 = 4;

/// Reads the sides, and how the picture must be turned. No stream is opened.
pub(super) fn header(bytes: &[u8], limits: &Limits) -> Result<Header, Refusal> {
    let meta = Meta::open(bytes)?;
    let id = meta.primary();
    let stored = Mosaic::of(&meta, id)?;
    limits.check(stored.width, stored.height)?;
    let most = stored.tiles.iter().map(|&tile| bytes_a_pixel(&meta, tile)).max().unwrap_or(DEEP);
    memory::allow(memory::pixels((stored.width, stored.height)).saturating_mul(most), limits)?;
    let shown = meta.window(id).ok_or(Refusal::Corrupt)?;
    Ok(Header {
        width: shown.width,
        height: shown.height,
        has_alpha: meta.alpha_item(id).is_some(),
        frames: 1,
        orientation: Some(meta.orientation(id)),
    })
}

/// Decodes the picture; of a sequence, the one that stands for it.
pub(super) fn decode(bytes: &[u8], limits: &Limits) -> Result<Decoded, Refusal> {
    let meta = Meta::open(bytes)?;
    let id = meta.primary();
    let stored = Mosaic::of(&meta, id)?;
    limits.check(stored.width, stored.height)?;
    let window = meta.window(id).ok_or(Refusal::Corrupt)?;
    let alpha = meta.alpha_item(id);
    let channels = if alpha.is_some() { Channels::Rgba } else { Channels::Rgb };
    let size = stored.width as usize * stored.height as usize * channels.count();
    let mut canvas = Pixels { width: stored.width, height: stored.height, channels, bytes: vec![0; size] };

    let colour = paint_colours(&meta, &stored, limits, &mut canvas)?;
    if let Some(alpha) = alpha {
        let mosaic = Mosaic::of(&meta, alpha)?;
        if (mosaic.width, mosaic.height) != (canvas.width, canvas.height) {
            return Err(RARE_STREAM);
        }
        paint_opacity(&meta, &mosaic, limits, &mut canvas)?;
        if meta.is_multiplied(id, alpha) {
            unmultiply(&mut canvas.bytes);
        }
    }
    Ok(Decoded { pixels: cut(canvas, window), colour })
}

/// What the decoder of a stream holds at its peak.
fn bytes_a_pixel(meta: &Meta<'_>, stream: u32) -> u64 {
    if meta.is_deep(stream) { DEEP } else { memory::bytes_a_pixel(Format::Avif) }
}

/// Where the streams of a picture go: one, or tiles in rows.
struct Mosaic {
    width: u32,
    height: u32,
    columns: usize,
    rows: usize,
    /// From the top left, row by row.
    tiles: Vec<u32>,
}

impl Mosaic {
    fn of(meta: &Meta<'_>, id: u32) -> Result<Self, Refusal> {
        let (width, height) = meta.sides(id).ok_or(Refusal::Corrupt)?;
        match &meta.kind(id).ok_or(Refusal::Corrupt)? {
            b"av01" => Ok(Self { width, height, columns: 1, rows: 1, tiles: vec![id] }),
            b"grid" => {
                let tiles: Vec<u32> = meta.targets(*b"dimg", id).collect();
                let (columns, rows, sides) = grid(&meta.data(id)?).ok_or(Refusal::Corrupt)?;
                let are_streams = tiles.iter().all(|&tile| meta.kind(tile) == Some(*b"av01"));
                if sides != (width, height) || tiles.len() != columns * rows || !are_streams {
                    return Err(Refusal::Corrupt);
                }
                Ok(Self { width, height, columns, rows, tiles })
            }
            _ => Err(RARE_STREAM),
        }
    }

    /// Decodes one tile after the other and tells where its top left corner belongs. Tiles may reach over the right
    /// and the lower edge, but none lies beyond.
    fn each_tile(
        &self,
        meta: &Meta<'_>,
        limits: &Limits,
        mut paint: impl FnMut(&Frame<'_>, usize, usize) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        let mut tile_sides = None;
        // A single stream's share of it is in what a pixel takes.
        let canvas = if self.tiles.len() == 1 { 0 } else { memory::pixels((self.width, self.height)) };
        for (number, &tile) in self.tiles.iter().enumerate() {
            let stream = meta.data(tile)?;
            let (wide, tall) = av1::sides(&stream)?;
            limits.check(wide, tall)?;
            let decoding = memory::pixels((wide, tall)).saturating_mul(bytes_a_pixel(meta, tile));
            memory::allow(decoding.saturating_add(canvas.saturating_mul(CANVAS)), limits)?;
            let mut decoder = Decoder::new()?;
            let frame = decoder.frame(&stream)?;
            let sides = frame.side(0);
            if *tile_sides.get_or_insert(sides) != sides || !self.is_covered_by(sides) {
                return Err(Refusal::Corrupt);
            }
            paint(&frame, number % self.columns * sides.0, number / self.columns * sides.1)?;
        }
        Ok(())
    }

    /// Whether tiles of these sides cover the picture, and none is left over.
    fn is_covered_by(&self, (wide, tall): (usize, usize)) -> bool {
        let is_covered =
            |side: u32, tile: usize, count: usize| side as usize > tile * (count - 1) && side as usize <= tile * count;
        let is_single = self.tiles.len() == 1;
        if is_single && (wide, tall) != (self.width as usize, self.height as usize) {
            return false;
        }
        is_covered(self.width, wide, self.columns) && is_covered(self.height, tall, self.rows)
    }
}

/// Answers what the colours mean. What the container says of them counts more than what the streams say.
fn paint_colours(meta: &Meta<'_>, mosaic: &Mosaic, limits: &Limits, canvas: &mut Pixels) -> Result<Colour, Refusal> {
    let items = [meta.primary(), mosaic.tiles.first().copied().unwrap_or(meta.primary())];
    let said = items.iter().find_map(|&item| meta.nclx(item));
    let profile = items.iter().find_map(|&item| meta.profile(item));
    let mut meant = None;
    let mut lines = Lines::default();
    mosaic.each_tile(meta, limits, |frame, left, top| {
        let points = said.unwrap_or(frame.code_points());
        meant.get_or_insert(points);
        let conversion = conversion(points, frame)?;
        each_row(canvas, frame, left, top, |pixels, y, size| {
            for (pixel, colour) in pixels.chunks_exact_mut(size).zip(lines.colours(frame, y, &conversion)) {
                pixel[..3].copy_from_slice(colour);
            }
        });
        Ok(())
    })?;
    Ok(match (profile, meant) {
        (Some(profile), _) => Colour::Icc(profile.to_vec()),
        (None, Some(points)) => Colour::of_code_points(points.primaries, points.transfer),
        (None, None) => Colour::Srgb,
    })
}

fn paint_opacity(meta: &Meta<'_>, mosaic: &Mosaic, limits: &Limits, canvas: &mut Pixels) -> Result<(), Refusal> {
    let mut row = Vec::new();
    mosaic.each_tile(meta, limits, |frame, left, top| {
        // Only brightness is looked at, so the matrix does not matter.
        let conversion = Conversion::new(frame.code_points(), frame.depth(), true).ok_or(RARE_STREAM)?;
        each_row(canvas, frame, left, top, |pixels, y, size| {
            frame.row(0, y, &mut row);
            for (pixel, &sample) in pixels.chunks_exact_mut(size).zip(&row) {
                if let Some(alpha) = pixel.get_mut(3) {
                    *alpha = conversion.brightness(sample);
                }
            }
        });
        Ok(())
    })
}

fn conversion(said: Nclx, frame: &Frame<'_>) -> Result<Conversion, Refusal> {
    let is_direct = said.matrix == 0 && !frame.is_grey();
    if is_direct && frame.side(1) != frame.side(0) {
        return Err(Refusal::Corrupt);
    }
    Conversion::new(said, frame.depth(), frame.is_grey()).ok_or(RARE_STREAM)
}

/// Calls for each row of a tile with the pixels on the canvas that it covers, its number in the tile, and the bytes a
/// pixel.
fn each_row(
    canvas: &mut Pixels,
    frame: &Frame<'_>,
    left: usize,
    top: usize,
    mut paint: impl FnMut(&mut [u8], usize, usize),
) {
    let (wide, tall) = frame.side(0);
    let size = canvas.channels.count();
    let width = canvas.width as usize;
    let covered = wide.min(width.saturating_sub(left)) * size;
    let rows = canvas.bytes.chunks_exact_mut(width * size).skip(top).take(tall);
    for (y, row) in rows.enumerate() {
        if let Some(pixels) = row.get_mut(left * size..left * size + covered) {
            paint(pixels, y, size);
        }
    }
}

/// Memory for one row of a picture, used again for the next.
#[derive(Default)]
struct Lines {
    luma: Vec<u16>,
    near: Vec<u16>,
    far: Vec<u16>,
    blended: Vec<f32>,
    chroma: [Vec<f32>; 2],
    colours: Vec<[u8; 3]>,
}

impl Lines {
    /// The colours of a row.
    fn colours(&mut self, frame: &Frame<'_>, y: usize, conversion: &Conversion) -> &[[u8; 3]] {
        frame.row(0, y, &mut self.luma);
        let (wide, tall) = frame.side(0);
        for (plane, chroma) in (1..).zip(&mut self.chroma) {
            let (columns, rows) = frame.side(plane);
            let (near, far) = if rows == tall {
                (y, y)
            } else {
                (y / 2, if y.is_multiple_of(2) { (y / 2).saturating_sub(1) } else { y / 2 + 1 })
            };
            frame.row(plane, near, &mut self.near);
            frame.row(plane, far, &mut self.far);
            if columns == wide {
                blend(&self.near, &self.far, chroma);
            } else {
                blend(&self.near, &self.far, &mut self.blended);
                widen(&self.blended, wide, chroma);
            }
        }
        self.colours.resize(wide, [0; 3]);
        conversion.row(&self.luma, self.chroma.each_ref().map(Vec::as_slice), &mut self.colours);
        &self.colours
    }
}

/// The part of a picture that is shown. The window lies inside.
fn cut(stored: Pixels, window: Window) -> Pixels {
    if (window.width, window.height) == (stored.width, stored.height) {
        return stored;
    }
    let size = stored.channels.count();
    let (start, length) = (window.left as usize * size, window.width as usize * size);
    let rows = stored.bytes.chunks_exact(stored.width as usize * size);
    let shown = rows.skip(window.top as usize).take(window.height as usize);
    let bytes = shown.filter_map(|row| row.get(start..start + length)).flatten().copied().collect();
    Pixels { width: window.width, height: window.height, channels: stored.channels, bytes }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiles_cover_the_picture_and_none_is_left_over() {
        let mosaic = |width, columns: usize| Mosaic { width, height: 64, columns, rows: 1, tiles: vec![1; columns] };
        assert!(mosaic(100, 2).is_covered_by((64, 64)));
        assert!(mosaic(128, 2).is_covered_by((64, 64)));
        assert!(!mosaic(129, 2).is_covered_by((64, 64)));
        assert!(!mosaic(64, 2).is_covered_by((64, 64)));
        assert!(!mosaic(100, 2).is_covered_by((64, 32)));
        assert!(mosaic(64, 1).is_covered_by((64, 64)));
        assert!(!mosaic(63, 1).is_covered_by((64, 64)));
    }

    #[test]
    fn only_the_window_is_kept() {
        let bytes = (0..12).flat_map(|number| [number; 3]).collect();
        let stored = Pixels { width: 4, height: 3, channels: Channels::Rgb, bytes };
        let shown = cut(stored, Window { left: 1, top: 1, width: 2, height: 2 });
        assert_eq!((shown.width, shown.height), (2, 2));
        assert_eq!(shown.bytes, [5, 6, 9, 10].map(|number: u8| [number; 3]).concat());
    }
}
