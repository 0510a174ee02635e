//! The sides that HEVC pictures are coded with, from the settings beside the tables (ISO/IEC 14496-15, 8.3.3.1; ITU-T
//! H.265, 7.3.2.2). A decoder takes memory for them; what the tables say may be less.

use super::boxes::Fields;
use super::meta::Meta;

/// The type of the unit that says how large pictures are.
const SEQUENCE_SETTINGS: u8 = 33;

/// The bytes of such a unit that are looked at. The sides end well before.
const LOOKED_AT: usize = 128;

/// Bits of profile and level, when there are no layers in time.
const PROFILE_BITS: usize = 96;

impl Meta<'_> {
    /// Width and height of an HEVC picture or tile before anything is cut off, by the stream's own settings.
    pub(crate) fn coded_sides(&self, id: u32) -> Option<(u32, u32)> {
        let settings = self.properties(id).filter(|property| &property.kind == b"hvcC").last()?;
        coded_sides(settings.body)
    }
}

/// Likewise for the body of a `hvcC` box. Nothing if there are no settings that the decoder takes.
pub(crate) fn coded_sides(body: &[u8]) -> Option<(u32, u32)> {
    let mut fields = Fields::new(body);
    let _profile_and_depth = fields.take(22)?;
    for _ in 0..fields.u8()? {
        let kind = fields.u8()? & 0x3F;
        for _ in 0..fields.u16()? {
            let length = fields.u16()?;
            let unit = fields.take(usize::from(length))?;
            if kind != SEQUENCE_SETTINGS {
                continue;
            }
            let [first, second, settings @ ..] = unit else { return None };
            let layer = ((first & 1) << 5) | (second >> 3);
            if (first >> 1) & 0x3F == SEQUENCE_SETTINGS && layer == 0 {
                return sides(settings);
            }
        }
    }
    None
}

fn sides(settings: &[u8]) -> Option<(u32, u32)> {
    let mut bits = Bits::new(settings.get(..LOOKED_AT).unwrap_or(settings));
    let _parameters = bits.number(4)?;
    let layers_in_time = bits.number(3)?;
    let _nesting = bits.number(1)?;
    if layers_in_time != 0 {
        return None;
    }
    bits.at += PROFILE_BITS;
    let _id = bits.golomb()?;
    let chroma = bits.golomb()?;
    if chroma == 3 {
        let _separate_planes = bits.number(1)?;
    }
    let sides = (bits.golomb()?, bits.golomb()?);
    (sides.0 > 0 && sides.1 > 0).then_some(sides)
}

/// Reads bits from the front.
struct Bits {
    bytes: Vec<u8>,
    at: usize,
}

impl Bits {
    /// Takes out the bytes that only keep start codes from appearing: a three behind two zeros.
    fn new(unit: &[u8]) -> Self {
        let mut bytes = Vec::with_capacity(unit.len());
        let mut zeros = 0;
        for &byte in unit {
            if zeros >= 2 && byte == 3 {
                zeros = 0;
                continue;
            }
            zeros = if byte == 0 { zeros + 1 } else { 0 };
            bytes.push(byte);
        }
        Self { bytes, at: 0 }
    }

    fn bit(&mut self) -> Option<u32> {
        let byte = self.bytes.get(self.at / 8)?;
        let bit = (byte >> (7 - self.at % 8)) & 1;
        self.at += 1;
        Some(u32::from(bit))
    }

    fn number(&mut self, bits: u32) -> Option<u32> {
        (0..bits).try_fold(0, |number, _| Some((number << 1) | self.bit()?))
    }

    /// A number of the code that begins with as many zeros as bits follow (9.2).
    fn golomb(&mut self) -> Option<u32> {
        let mut zeros = 0;
        while self.bit()? == 0 {
            zeros += 1;
            if zeros > 31 {
                return None;
            }
        }
        Some((1_u32 << zeros) - 1 + self.number(zeros)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Settings of 64 by 64 pixels, as an encoder wrote them.
    const UNIT: &[u8] = b"\x42\x01\x01\x03\x70\0\0\x03\0\x90\0\0\x03\0\0\x03\0\x1e\xa0\x20\x81\x05\x96\xea\xe4\xa6";

    fn body(kind: u8, unit: &[u8]) -> Vec<u8> {
        [&[0; 22][..], &[1, kind, 0, 1], &(unit.len() as u16).to_be_bytes(), unit].concat()
    }

    #[test]
    fn sides_are_read_from_the_settings() {
        assert_eq!(coded_sides(&body(33, UNIT)), Some((64, 64)));
        assert_eq!(coded_sides(&body(32, UNIT)), None);
        assert_eq!(coded_sides(&body(33, &UNIT[..20])), None);
        assert_eq!(coded_sides(&body(33, b"")), None);
        assert_eq!(coded_sides(&[0; 22]), None);
        // Those of another layer.
        assert_eq!(coded_sides(&body(33, &[&[0x42, 9][..], &UNIT[2..]].concat())), None);
    }

    #[test]
    fn numbers_say_how_long_they_are() {
        for (bytes, number) in [(&[0x80][..], 0), (&[0x40], 1), (&[0x60], 2), (&[0x28], 4)] {
            assert_eq!(Bits::new(bytes).golomb(), Some(number));
        }
        assert_eq!(Bits::new(&[0; 9]).golomb(), None);
        assert_eq!(Bits::new(&[0, 0, 3, 1]).bytes, [0, 0, 1]);
    }
}
