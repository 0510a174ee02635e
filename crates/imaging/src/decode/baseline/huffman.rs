//! Huffman tables (ITU-T T.81, annex C), made for lookups.

/// Bits that one lookup sees.
pub(super) const LOOK: u32 = 11;

/// A table.
#[derive(Clone)]
pub(super) struct Codes {
    /// By the next [`LOOK`] bits.
    pub(super) whole: [Entry; 1 << LOOK],
    /// By the same bits.
    pub(super) leaps: [Leap; 1 << LOOK],
    /// By the same bits: the length of the code and its symbol. Length zero: the code is longer.
    pub(super) short: [(u8, u8); 1 << LOOK],
    /// By the length of a code: from which number on, left-aligned in 16 bits, codes are longer.
    pub(super) ends: [u32; 17],
    /// By the length of a code: what to add to the code for the place of its symbol.
    pub(super) offsets: [i32; 17],
    pub(super) symbols: [u8; 256],
}

/// A code with its value: from the lowest bit on, how many bits they take (8), how far the position moves (8), and the
/// value (16). Zero if they are longer than the lookup.
#[derive(Clone, Copy, Default)]
pub(super) struct Entry(u32);

impl Entry {
    fn new(bits: u32, step: u8, value: i32) -> Self {
        Self(bits | u32::from(step) << 8 | (value as u32) << 16)
    }

    #[inline(always)]
    pub(super) fn bits(self) -> u32 {
        self.0 & 0xFF
    }

    #[inline(always)]
    pub(super) fn step(self) -> u32 {
        self.0 >> 8 & 0xFF
    }

    #[inline(always)]
    pub(super) fn value(self) -> i32 {
        self.0 as i32 >> 16
    }
}

/// As many codes with their values as fit into the lookup, to be passed over: from the lowest bit on, how many bits
/// they take (4), whether the last is the end of the block (1), and how far the others move the position. Zero if not
/// even one fits.
#[derive(Clone, Copy, Default)]
pub(super) struct Leap(u16);

impl Leap {
    fn new(bits: u32, is_last: bool, steps: u32) -> Self {
        Self((bits | u32::from(is_last) << 4 | steps << 5) as u16)
    }

    #[inline(always)]
    pub(super) fn bits(self) -> u32 {
        u32::from(self.0) & 15
    }

    #[inline(always)]
    pub(super) fn is_last(self) -> bool {
        self.0 & 16 != 0
    }

    #[inline(always)]
    pub(super) fn steps(self) -> usize {
        usize::from(self.0 >> 5)
    }
}

/// The position after the end of a block, whatever it was before.
const END: u8 = 64;

impl Codes {
    /// Nothing if there are more codes of a length than the length allows.
    pub(super) fn new(counts: &[u8; 16], symbols: &[u8], is_ac: bool) -> Option<Self> {
        let mut table = Self {
            whole: [Entry::default(); 1 << LOOK],
            leaps: [Leap::default(); 1 << LOOK],
            short: [(0, 0); 1 << LOOK],
            ends: [0; 17],
            offsets: [0; 17],
            symbols: [0; 256],
        };
        table.symbols.get_mut(..symbols.len())?.copy_from_slice(symbols);
        let (mut code, mut place) = (0_u32, 0_u32);
        for length in 1..=16_u32 {
            let count = u32::from(counts[length as usize - 1]);
            if code + count > 1 << length {
                return None;
            }
            table.offsets[length as usize] = place as i32 - code as i32;
            for next in code..code + count {
                table.enter(next, length, symbols[place as usize], is_ac);
                place += 1;
            }
            code += count;
            table.ends[length as usize] = code << (16 - length);
            code <<= 1;
        }
        if is_ac {
            for bits in 0..1 << LOOK {
                table.leaps[bits as usize] = table.leap(bits);
            }
        }
        Some(table)
    }

    /// How far one gets with these bits alone.
    fn leap(&self, bits: u32) -> Leap {
        let (mut taken, mut steps) = (0, 0);
        loop {
            let entry = self.whole[(bits << taken) as usize & ((1 << LOOK) - 1)];
            if entry.bits() == 0 || taken + entry.bits() > LOOK {
                return Leap::new(taken, false, steps);
            }
            taken += entry.bits();
            if entry.step() == u32::from(END) {
                return Leap::new(taken, true, steps);
            }
            steps += entry.step();
        }
    }

    /// Fills in every lookup that begins with this code.
    fn enter(&mut self, code: u32, length: u32, symbol: u8, is_ac: bool) {
        if length > LOOK {
            return;
        }
        let size = u32::from(symbol & 15);
        let first = code << (LOOK - length);
        for bits in first..first + (1 << (LOOK - length)) {
            self.short[bits as usize] = (length as u8, symbol);
            if length + size <= LOOK {
                let value = (bits >> (LOOK - length - size)) & ((1 << size) - 1);
                let step = if is_ac { step(symbol) } else { 1 };
                self.whole[bits as usize] = Entry::new(length + size, step, extended(value, size));
            }
        }
    }
}

/// How far a symbol moves the position.
#[inline]
pub(super) fn step(symbol: u8) -> u8 {
    match symbol {
        0x00 => END,
        // Sixteen zeros; other runs without a value do not occur.
        _ => (symbol >> 4) + 1,
    }
}

/// The value that `size` bits stand for (T.81, F.2.2.1).
#[inline]
pub(super) fn extended(bits: u32, size: u32) -> i32 {
    let bits = bits as i32;
    if size > 0 && bits < 1 << (size - 1) { bits - (1 << size) + 1 } else { bits }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The end of a block as `0`, and a value of one bit as `10`.
    fn codes() -> Codes {
        let mut counts = [0; 16];
        counts[..2].fill(1);
        Codes::new(&counts, &[0x00, 0x01], true).unwrap()
    }

    /// The place of what is seen when these bits come first, and zeros behind them.
    fn place(bits: &str) -> usize {
        usize::from_str_radix(bits, 2).unwrap() << (LOOK as usize - bits.len())
    }

    #[test]
    fn a_lookup_tells_code_and_value() {
        let codes = codes();
        let entry = |bits: &str| {
            let entry = codes.whole[place(bits)];
            (entry.bits(), entry.step(), entry.value())
        };
        assert_eq!(entry("0"), (1, u32::from(END), 0));
        assert_eq!(entry("100"), (3, 1, -1));
        assert_eq!(entry("101"), (3, 1, 1));
        // No code begins like this.
        assert_eq!(entry("11"), (0, 0, 0));
    }

    #[test]
    fn a_leap_passes_over_as_much_as_the_lookup_sees() {
        let codes = codes();
        let leap = |bits: &str| {
            let leap = codes.leaps[place(bits)];
            (leap.bits(), leap.is_last(), leap.steps())
        };
        assert_eq!(leap("1010"), (4, true, 1));
        assert_eq!(leap("1001010"), (7, true, 2));
        // The fourth value does not fit.
        assert_eq!(leap("10110110110"), (9, false, 3));
        assert_eq!(leap("11"), (0, false, 0));
    }

    #[test]
    fn values_are_extended_by_their_size() {
        let all = |size: u32| (0..1 << size).map(|bits| extended(bits, size)).collect::<Vec<i32>>();
        assert_eq!(all(0), [0]);
        assert_eq!(all(1), [-1, 1]);
        assert_eq!(all(2), [-3, -2, 2, 3]);
    }

    #[test]
    fn more_codes_than_a_length_has_are_not_taken() {
        let mut counts = [0; 16];
        counts[0] = 3;
        assert!(Codes::new(&counts, &[1, 2, 3], true).is_none());
    }
}
