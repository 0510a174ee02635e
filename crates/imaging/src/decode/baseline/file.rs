//! What the marker segments before the scan say (ITU-T T.81, annex B), as far as it is needed.

use super::huffman::Codes;
use crate::container::jpeg_segments::{self, Segments};

/// A component of the picture: Y, Cb or Cr.
pub(super) struct Component {
    /// Blocks across and down a minimum coded unit.
    pub(super) across: usize,
    pub(super) down: usize,
    /// By position in the file's order.
    pub(super) quantizers: [f32; 64],
    pub(super) dc: Box<Codes>,
    pub(super) ac: Box<Codes>,
}

/// What the header says, as far as it is needed.
pub(super) struct File<'a> {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) components: [Component; 3],
    /// Minimum coded units between restarts; 0: there are none.
    pub(super) restarts: usize,
    /// From the first byte of the codes.
    pub(super) scan: &'a [u8],
}

impl<'a> File<'a> {
    pub(super) fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut quantizers: [Option<[f32; 64]>; 4] = [None; 4];
        let mut codes: [[Option<Box<Codes>>; 4]; 2] = Default::default();
        let mut frame: Option<&[u8]> = None;
        let mut restarts = 0;
        let mut walk = Segments::of(bytes);
        for segment in walk.by_ref() {
            let payload = segment.payload;
            match segment.marker {
                jpeg_segments::DQT => read_quantizers(payload, &mut quantizers)?,
                jpeg_segments::DHT => read_codes(payload, &mut codes)?,
                jpeg_segments::DRI => restarts = usize::from(u16::from_be_bytes(payload.try_into().ok()?)),
                jpeg_segments::SOF0 | jpeg_segments::SOF1 if frame.is_none() => frame = Some(payload),
                // Progressive, lossless, arithmetic, hierarchical, or with its height at the end.
                0xC0..=0xC3 | 0xC5..=0xCF | 0xDC..=0xDF | jpeg_segments::EOI => return None,
                jpeg_segments::APP14 if payload.starts_with(b"Adobe") && payload.get(11) != Some(&1) => return None,
                jpeg_segments::SOS => {
                    let (width, height, components) = components(frame?, payload, &quantizers, &mut codes)?;
                    return Some(Self { width, height, components, restarts, scan: walk.rest() });
                }
                _ => {}
            }
        }
        None
    }

    /// Minimum coded units across and down.
    pub(super) fn units(&self) -> (usize, usize) {
        let first = &self.components[0];
        ((self.width as usize).div_ceil(8 * first.across), (self.height as usize).div_ceil(8 * first.down))
    }

    /// The sides of a component in samples, as in the file.
    pub(super) fn sides(&self, component: usize) -> (u32, u32) {
        let (first, this) = (&self.components[0], &self.components[component]);
        let side = |side: u32, most: usize, own: usize| (side * own as u32).div_ceil(most as u32);
        (side(self.width, first.across, this.across), side(self.height, first.down, this.down))
    }
}

fn read_quantizers(mut payload: &[u8], quantizers: &mut [Option<[f32; 64]>; 4]) -> Option<()> {
    while let Some((&kind, rest)) = payload.split_first() {
        let table = quantizers.get_mut(usize::from(kind & 15))?;
        let mut steps = [0.0; 64];
        match kind >> 4 {
            0 => {
                let (bytes, rest) = rest.split_first_chunk::<64>()?;
                payload = rest;
                for (step, &byte) in steps.iter_mut().zip(bytes) {
                    *step = f32::from(byte);
                }
            }
            1 => {
                let (bytes, rest) = rest.split_first_chunk::<128>()?;
                payload = rest;
                for (step, &pair) in steps.iter_mut().zip(bytes.as_chunks::<2>().0) {
                    *step = f32::from(u16::from_be_bytes(pair));
                }
            }
            _ => return None,
        }
        *table = Some(steps);
    }
    Some(())
}

fn read_codes(mut payload: &[u8], codes: &mut [[Option<Box<Codes>>; 4]; 2]) -> Option<()> {
    while let Some((&kind, rest)) = payload.split_first() {
        let (class, place) = (usize::from(kind >> 4), usize::from(kind & 15));
        let table = codes.get_mut(class)?.get_mut(place)?;
        let (counts, rest) = rest.split_first_chunk::<16>()?;
        let symbols: usize = counts.iter().map(|&count| usize::from(count)).sum();
        let (symbols, rest) = rest.split_at_checked(symbols)?;
        payload = rest;
        *table = Some(Box::new(Codes::new(counts, symbols, class == 1)?));
    }
    Some(())
}

/// Puts frame and scan together; nothing unless it is one scan of Y, Cb and Cr, of which only Y may be finer.
fn components(
    frame: &[u8],
    scan: &[u8],
    quantizers: &[Option<[f32; 64]>; 4],
    codes: &mut [[Option<Box<Codes>>; 4]; 2],
) -> Option<(u32, u32, [Component; 3])> {
    let &[8, high_y, low_y, high_x, low_x, 3, ref frame @ ..] = frame else { return None };
    let &[3, ref chosen @ .., 0, 63, 0] = scan else { return None };
    let (frame, chosen) = (frame.as_chunks::<3>().0, chosen.as_chunks::<2>().0);
    let (frame, chosen) = (<&[[u8; 3]; 3]>::try_from(frame).ok()?, <&[[u8; 2]; 3]>::try_from(chosen).ok()?);
    let (width, height) = (u16::from_be_bytes([high_x, low_x]), u16::from_be_bytes([high_y, low_y]));
    if width == 0 || height == 0 || frame.map(|[id, ..]| id) == *b"RGB" {
        return None;
    }
    let component = |place: usize| {
        let ([id, sampling, quantizer], [chosen, tables]) = (frame[place], chosen[place]);
        let (across, down) = (usize::from(sampling >> 4), usize::from(sampling & 15));
        let is_usual = if place == 0 { matches!((across, down), (1 | 2, 1 | 2)) } else { (across, down) == (1, 1) };
        if id != chosen || !is_usual {
            return None;
        }
        let quantizers = (*quantizers.get(usize::from(quantizer))?)?;
        let table = |class: usize, place: u8| codes[class].get(usize::from(place))?.clone();
        Some(Component { across, down, quantizers, dc: table(0, tables >> 4)?, ac: table(1, tables & 15)? })
    };
    Some((width.into(), height.into(), [component(0)?, component(1)?, component(2)?]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantizers_are_read_with_either_width() {
        let payload = [&[0x01_u8][..], &[7; 64], &[0x12], &[1_u8, 2].repeat(64)].concat();
        let mut quantizers = [None; 4];
        assert_eq!(read_quantizers(&payload, &mut quantizers), Some(()));
        assert_eq!(quantizers, [None, Some([7.0; 64]), Some([258.0; 64]), None]);
        assert_eq!(read_quantizers(&payload[..64], &mut quantizers), None);
        assert_eq!(read_quantizers(&[0x04; 65], &mut quantizers), None, "there are four tables");
        assert_eq!(read_quantizers(&[0x20; 65], &mut quantizers), None, "there are two widths");
    }
}
