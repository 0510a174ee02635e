//! Reads coefficients bit by bit.

use super::huffman::{Codes, LOOK, extended, step};

/// The most bits that a value takes. With a code of 16, two of them fit into what is at hand after a refill.
const LARGEST: u32 = 11;

/// Reads bits from the highest on.
pub(super) struct Bits<'a> {
    bytes: &'a [u8],
    /// The next byte to take in.
    at: usize,
    /// Bits at hand, left-aligned; below them are bits of the byte at `at`.
    bits: u64,
    /// How many of them count.
    count: u32,
}

impl<'a> Bits<'a> {
    /// Begins with the byte at `at`.
    #[inline(always)]
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at, bits: 0, count: 0 }
    }

    /// At least 56 bits at hand. Nothing past the end of the file.
    #[inline(always)]
    pub(super) fn refill(&mut self) -> Option<()> {
        let next = self.bytes.get(self.at..)?.first_chunk::<8>()?;
        self.bits |= u64::from_be_bytes(*next) >> self.count;
        self.at += ((63 - self.count) >> 3) as usize;
        self.count |= 56;
        Some(())
    }

    #[inline(always)]
    fn peek(&self, bits: u32) -> u32 {
        (self.bits >> (64 - bits)) as u32
    }

    #[inline(always)]
    fn skip(&mut self, bits: u32) {
        self.bits <<= bits;
        self.count -= bits;
    }

    /// How many bits were taken, counted from the start of the file.
    #[inline(always)]
    pub(super) fn taken(&self) -> usize {
        self.at * 8 - self.count as usize
    }

    /// A symbol with its value: how far the position moves, and the value. At least 27 bits must be at hand.
    #[inline(always)]
    pub(super) fn coefficient(&mut self, codes: &Codes, is_ac: bool) -> Option<(u32, i32)> {
        let entry = codes.whole[self.peek(LOOK) as usize];
        if entry.bits() > 0 {
            self.skip(entry.bits());
            return Some((entry.step(), entry.value()));
        }
        self.long_coefficient(codes, is_ac)
    }

    /// Passes over what is left of a block, of which the position is that after the last coefficient.
    #[inline(always)]
    pub(super) fn pass(&mut self, codes: &Codes, mut position: usize) -> Option<()> {
        while position < 64 {
            self.refill()?;
            // Two lookups, or one and a long code, are at most 38 bits.
            let leap = codes.leaps[self.peek(LOOK) as usize];
            let reached = position + leap.steps();
            if leap.bits() > 0 && reached < 64 {
                self.skip(leap.bits());
                if leap.is_last() {
                    return Some(());
                }
                position = reached;
                let leap = codes.leaps[self.peek(LOOK) as usize];
                let reached = position + leap.steps();
                if leap.bits() > 0 && reached < 64 {
                    self.skip(leap.bits());
                    if leap.is_last() {
                        return Some(());
                    }
                    position = reached;
                    continue;
                }
            }
            // A block that is full has no end, and what follows is the next block's.
            position += self.coefficient(codes, true)?.0 as usize;
        }
        Some(())
    }

    #[inline(never)]
    fn long_coefficient(&mut self, codes: &Codes, is_ac: bool) -> Option<(u32, i32)> {
        let (mut length, mut symbol) = codes.short[self.peek(LOOK) as usize];
        if length == 0 {
            let next = self.peek(16);
            let longer = (LOOK + 1..=16).find(|&length| next < codes.ends[length as usize])?;
            let place = (next >> (16 - longer)) as i32 + codes.offsets[longer as usize];
            (length, symbol) = (longer as u8, *codes.symbols.get(usize::try_from(place).ok()?)?);
        }
        self.skip(u32::from(length));
        let size = u32::from(symbol & 15);
        if size > LARGEST {
            return None;
        }
        let value = if size == 0 { 0 } else { extended(self.peek(size), size) };
        self.skip(size);
        Some((if is_ac { u32::from(step(symbol)) } else { 1 }, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_read_from_the_highest_on() {
        let bytes = [&[0b1010_0110_u8][..], &[0xFF; 15]].concat();
        let mut bits = Bits::new(&bytes, 0);
        bits.refill().unwrap();
        assert_eq!(bits.peek(3), 0b101);
        bits.skip(3);
        assert_eq!((bits.peek(5), bits.taken()), (0b00110, 3));
        bits.refill().unwrap();
        assert_eq!((bits.peek(7), bits.taken()), (0b001_1011, 3));
        assert!(Bits::new(&bytes, 9).refill().is_none());
    }

    #[test]
    fn coefficients_come_with_how_far_they_move() {
        // The end of a block as `0`, and a value of one bit as `10`.
        let mut counts = [0; 16];
        counts[..2].fill(1);
        let codes = Codes::new(&counts, &[0x00, 0x01], true).unwrap();
        // 101, 100, 0, 101, 0.
        let bytes = [&[0b1011_0001_u8, 0b0100_0000][..], &[0; 14]].concat();
        let mut bits = Bits::new(&bytes, 0);
        bits.refill().unwrap();
        assert_eq!(bits.coefficient(&codes, true), Some((1, 1)));
        assert_eq!(bits.coefficient(&codes, true), Some((1, -1)));
        assert_eq!(bits.coefficient(&codes, true), Some((64, 0)));
        assert_eq!(bits.pass(&codes, 1), Some(()));
        assert_eq!(bits.taken(), 11);
    }

    #[test]
    fn codes_longer_than_a_lookup_are_found() {
        let mut counts = [0; 16];
        counts[11] = 1;
        let codes = Codes::new(&counts, &[0x02], true).unwrap();
        // Twelve zeros, and a value of two bits.
        let bytes = [&[0_u8, 0b0000_1100][..], &[0xFF; 14]].concat();
        let mut bits = Bits::new(&bytes, 0);
        bits.refill().unwrap();
        assert_eq!(bits.coefficient(&codes, true), Some((1, 3)));
        assert_eq!(bits.taken(), 14);
        bits.skip(2);
        assert_eq!(bits.coefficient(&codes, true), None, "there is no such code");
    }
}
