//! Turns a stored picture upright.

use crate::Orientation;
use crate::raster::{Channels, Pixels};

/// Turns or mirrors a picture as its orientation says.
pub(crate) fn upright(stored: Pixels, orientation: Orientation) -> Pixels {
    if orientation == Orientation::Upright {
        return stored;
    }
    let walk = Walk::new(stored.width, stored.height, orientation);
    let bytes = match stored.channels {
        Channels::Rgb => walk.collect::<3>(&stored.bytes),
        Channels::Rgba | Channels::Cmyk => walk.collect::<4>(&stored.bytes),
    };
    let (width, height) =
        if orientation.swaps_sides() { (stored.height, stored.width) } else { (stored.width, stored.height) };
    Pixels { width, height, channels: stored.channels, bytes }
}

/// The same for a plane of samples.
pub(super) fn upright_samples(stored: Vec<u8>, (width, height): (u32, u32), orientation: Orientation) -> Vec<u8> {
    if orientation == Orientation::Upright {
        return stored;
    }
    Walk::new(width, height, orientation).collect::<1>(&stored)
}

/// Where the pixels of the upright picture are stored, counted in pixels.
struct Walk {
    columns: isize,
    rows: isize,
    /// Where the one at the top left is.
    first: isize,
    /// How far the one to the right is.
    right: isize,
    /// How far the one below is.
    down: isize,
}

impl Walk {
    fn new(width: u32, height: u32, orientation: Orientation) -> Self {
        let (width, height) = (width as isize, height as isize);
        let (last_column, last_row) = (width - 1, (height - 1) * width);
        let (first, right, down) = match orientation {
            Orientation::Upright => (0, 1, width),
            Orientation::Mirrored => (last_column, -1, width),
            Orientation::HalfTurn => (last_row + last_column, -1, -width),
            Orientation::Flipped => (last_row, 1, -width),
            Orientation::Transposed => (0, width, 1),
            Orientation::QuarterRight => (last_row, -width, 1),
            Orientation::Transversed => (last_row + last_column, -width, -1),
            Orientation::QuarterLeft => (last_column, width, -1),
        };
        let (columns, rows) = if orientation.swaps_sides() { (height, width) } else { (width, height) };
        Self { columns, rows, first, right, down }
    }

    /// `N` is the bytes of a pixel.
    fn collect<const N: usize>(&self, stored: &[u8]) -> Vec<u8> {
        let pixels = stored.as_chunks::<N>().0;
        let mut shown = Vec::with_capacity(pixels.len());
        for row in 0..self.rows {
            let start = self.first + row * self.down;
            shown.extend((0..self.columns).map(|column| pixels[(start + column * self.right) as usize]));
        }
        shown.into_flattened()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two rows of three, as stored; what is shown, by EXIF value.
    #[test]
    fn every_orientation_puts_each_pixel_in_its_place() {
        let shown: [&[u8]; 8] = [
            &[1, 2, 3, 4, 5, 6],
            &[3, 2, 1, 6, 5, 4],
            &[6, 5, 4, 3, 2, 1],
            &[4, 5, 6, 1, 2, 3],
            &[1, 4, 2, 5, 3, 6],
            &[4, 1, 5, 2, 6, 3],
            &[6, 3, 5, 2, 4, 1],
            &[3, 6, 2, 5, 1, 4],
        ];
        for (value, expected) in (1..).zip(shown) {
            let bytes = (1..=6).flat_map(|number| [number; 3]).collect();
            let stored = Pixels { width: 3, height: 2, channels: Channels::Rgb, bytes };
            let turned = upright(stored, Orientation::from(value));
            assert_eq!((turned.width, turned.height), if value < 5 { (3, 2) } else { (2, 3) });
            let first_bytes: Vec<u8> = turned.bytes.iter().step_by(3).copied().collect();
            assert_eq!(first_bytes, expected, "orientation {value}");
        }
    }
}
