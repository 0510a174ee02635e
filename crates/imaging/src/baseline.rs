//! Ordinary JPEG files (baseline, Huffman codes, Y Cb Cr) decoded at a half, a quarter or an eighth of their sides.
//!
//! Why not libjpeg-turbo here: most of its time goes into the Huffman codes of coefficients that a small picture
//! does not need, one lookup for the code and another for the value. This reader takes both in one lookup, keeps the
//! few coefficients that count, and leaves brightness and colour apart, each at the scale that its own resize wants.
//! Whatever is out of the ordinary, a damaged file too, is answered with nothing, and is libjpeg-turbo's.

use crate::planes::Plane;
use crate::segments::{self, Segments};

/// Bits that one lookup sees.
const LOOK: u32 = 11;

/// The most bits that a value takes. With a code of 16, two of them fit into what is at hand after a refill.
const LARGEST: u32 = 11;

/// Coefficients of a block, in the order of the file: T.81, figure 5. Row times eight plus column.
const ZIGZAG: [u8; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21,
    28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54,
    47, 55, 62, 63,
];

/// Where coefficients go that are not needed.
const NOWHERE: u8 = 16;

/// Decodes to planes whose sides are at least 1.7 times what is wanted of each: first Y, then Cb and Cr, which are
/// wanted at half of `target`. Nothing if the file is not ordinary, or a scale of a half is too small.
pub(crate) fn decode(bytes: &[u8], target: (u32, u32)) -> Option<[Plane; 3]> {
    let file = File::read(bytes)?;
    let halved = (target.0.div_ceil(2), target.1.div_ceil(2));
    let points = [points(file.sides(0), target)?, points(file.sides(1), halved)?, points(file.sides(2), halved)?];
    let scan = Scan::new(file.scan, file.restarts)?;
    decode_scan(&file, &scan, points)
}

/// How many samples a block of eight becomes per side: the fewest that leave the resize 1.7 times what it makes.
fn points((width, height): (u32, u32), target: (u32, u32)) -> Option<usize> {
    let is_enough =
        |side: u32, points: u32, target: u32| u64::from(side) * u64::from(points) * 10 >= u64::from(target) * 8 * 17;
    [1, 2, 4]
        .into_iter()
        .find(|&points| is_enough(width, points, target.0) && is_enough(height, points, target.1))
        .map(|points| points as usize)
}

/// A component of the picture: Y, Cb or Cr.
struct Component {
    /// Blocks across and down a minimum coded unit.
    across: usize,
    down: usize,
    /// By position in the file's order.
    quantizers: [f32; 64],
    dc: Box<Codes>,
    ac: Box<Codes>,
}

/// What the header says, as far as it is needed.
struct File<'a> {
    width: u32,
    height: u32,
    components: [Component; 3],
    /// Minimum coded units between restarts; 0: there are none.
    restarts: usize,
    /// From the first byte of the codes.
    scan: &'a [u8],
}

impl<'a> File<'a> {
    fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut quantizers: [Option<[f32; 64]>; 4] = [None; 4];
        let mut codes: [[Option<Box<Codes>>; 4]; 2] = Default::default();
        let mut frame: Option<&[u8]> = None;
        let mut restarts = 0;
        let mut walk = Segments::of(bytes);
        for segment in walk.by_ref() {
            let payload = segment.payload;
            match segment.marker {
                segments::DQT => read_quantizers(payload, &mut quantizers)?,
                segments::DHT => read_codes(payload, &mut codes)?,
                segments::DRI => restarts = usize::from(u16::from_be_bytes(payload.try_into().ok()?)),
                segments::SOF0 | segments::SOF1 if frame.is_none() => frame = Some(payload),
                // Progressive, lossless, arithmetic, hierarchical, or with its height at the end.
                0xC0..=0xC3 | 0xC5..=0xCF | 0xDC..=0xDF | segments::EOI => return None,
                segments::APP14 if payload.starts_with(b"Adobe") && payload.get(11) != Some(&1) => return None,
                segments::SOS => {
                    let (width, height, components) = components(frame?, payload, &quantizers, &mut codes)?;
                    return Some(Self { width, height, components, restarts, scan: walk.rest() });
                }
                _ => {}
            }
        }
        None
    }

    /// Minimum coded units across and down.
    fn units(&self) -> (usize, usize) {
        let first = &self.components[0];
        ((self.width as usize).div_ceil(8 * first.across), (self.height as usize).div_ceil(8 * first.down))
    }

    /// The sides of a component in samples, as in the file.
    fn sides(&self, component: usize) -> (u32, u32) {
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

/// A Huffman table (T.81, annex C), made for lookups.
#[derive(Clone)]
struct Codes {
    /// By the next [`LOOK`] bits.
    whole: [Entry; 1 << LOOK],
    /// By the same bits.
    leaps: [Leap; 1 << LOOK],
    /// By the same bits: the length of the code and its symbol. Length zero: the code is longer.
    short: [(u8, u8); 1 << LOOK],
    /// By the length of a code: from which number on, left-aligned in 16 bits, codes are longer.
    ends: [u32; 17],
    /// By the length of a code: what to add to the code for the place of its symbol.
    offsets: [i32; 17],
    symbols: [u8; 256],
}

/// A code with its value: from the lowest bit on, how many bits they take (8), how far the position moves (8), and the
/// value (16). Zero if they are longer than the lookup.
#[derive(Clone, Copy, Default)]
struct Entry(u32);

impl Entry {
    fn new(bits: u32, step: u8, value: i32) -> Self {
        Self(bits | u32::from(step) << 8 | (value as u32) << 16)
    }

    #[inline(always)]
    fn bits(self) -> u32 {
        self.0 & 0xFF
    }

    #[inline(always)]
    fn step(self) -> u32 {
        self.0 >> 8 & 0xFF
    }

    #[inline(always)]
    fn value(self) -> i32 {
        self.0 as i32 >> 16
    }
}

/// As many codes with their values as fit into the lookup, to be passed over: from the lowest bit on, how many bits
/// they take (4), whether the last is the end of the block (1), and how far the others move the position. Zero if not
/// even one fits.
#[derive(Clone, Copy, Default)]
struct Leap(u16);

impl Leap {
    fn new(bits: u32, is_last: bool, steps: u32) -> Self {
        Self((bits | u32::from(is_last) << 4 | steps << 5) as u16)
    }

    #[inline(always)]
    fn bits(self) -> u32 {
        u32::from(self.0) & 15
    }

    #[inline(always)]
    fn is_last(self) -> bool {
        self.0 & 16 != 0
    }

    #[inline(always)]
    fn steps(self) -> usize {
        usize::from(self.0 >> 5)
    }
}

/// The position after the end of a block, whatever it was before.
const END: u8 = 64;

impl Codes {
    /// Nothing if there are more codes of a length than the length allows.
    fn new(counts: &[u8; 16], symbols: &[u8], is_ac: bool) -> Option<Self> {
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
fn step(symbol: u8) -> u8 {
    match symbol {
        0x00 => END,
        // Sixteen zeros; other runs without a value do not occur.
        _ => (symbol >> 4) + 1,
    }
}

/// The value that `size` bits stand for (T.81, F.2.2.1).
fn extended(bits: u32, size: u32) -> i32 {
    let bits = bits as i32;
    if size > 0 && bits < 1 << (size - 1) { bits - (1 << size) + 1 } else { bits }
}

/// The codes without stuffing, cut at the restarts.
struct Scan {
    bytes: Vec<u8>,
    /// Where each part ends in `bytes`.
    ends: Vec<usize>,
}

/// Zeros behind the last part, so that eight bytes can be read anywhere before.
const PADDING: usize = 16;

impl Scan {
    /// Up to the end of the picture. Nothing if that does not come, or restarts come that were not announced.
    fn new(mut coded: &[u8], restarts: usize) -> Option<Self> {
        let mut scan = Self { bytes: Vec::with_capacity(coded.len() + PADDING), ends: Vec::new() };
        loop {
            let at = memchr::memchr(0xFF, coded)?;
            scan.bytes.extend_from_slice(&coded[..at]);
            let marker = *coded.get(at + 1)?;
            coded = &coded[at + 2..];
            match marker {
                0x00 => scan.bytes.push(0xFF),
                0xD0..=0xD7 if restarts > 0 => scan.ends.push(scan.bytes.len()),
                segments::EOI => break,
                _ => return None,
            }
        }
        scan.ends.push(scan.bytes.len());
        scan.bytes.extend_from_slice(&[0; PADDING]);
        Some(scan)
    }
}

/// Reads bits from the highest on.
struct Bits<'a> {
    bytes: &'a [u8],
    /// The next byte to take in.
    at: usize,
    /// Bits at hand, left-aligned; below them are bits of the byte at `at`.
    bits: u64,
    /// How many of them count.
    count: u32,
}

impl<'a> Bits<'a> {
    /// At least 56 bits at hand. Nothing past the end of the file.
    #[inline(always)]
    fn refill(&mut self) -> Option<()> {
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
    fn taken(&self) -> usize {
        self.at * 8 - self.count as usize
    }

    /// A symbol with its value: how far the position moves, and the value. At least 27 bits must be at hand.
    #[inline(always)]
    fn coefficient(&mut self, codes: &Codes, is_ac: bool) -> Option<(u32, i32)> {
        let entry = codes.whole[self.peek(LOOK) as usize];
        if entry.bits() > 0 {
            self.skip(entry.bits());
            return Some((entry.step(), entry.value()));
        }
        self.long_coefficient(codes, is_ac)
    }

    /// Passes over what is left of a block, of which the position is that after the last coefficient.
    #[inline(always)]
    fn pass(&mut self, codes: &Codes, mut position: usize) -> Option<()> {
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

/// What a component's blocks become.
struct Target<'a> {
    component: &'a Component,
    points: usize,
    /// Those of the coefficients needed: what each is multiplied by.
    factors: [f32; 16],
    /// By position in the file's order: its place among those needed. Past the end of a block, where runs may lead,
    /// there is nowhere to go.
    places: [u8; 128],
    /// The position after the last coefficient needed.
    enough: usize,
    plane: Plane,
    /// The last block's first coefficient, before it was multiplied.
    dc: i32,
}

impl<'a> Target<'a> {
    fn new(file: &'a File<'_>, component: usize, points: usize) -> Self {
        let (width, height) = file.sides(component);
        let component = &file.components[component];
        let (units, rows) = file.units();
        let first = &file.components[0];
        let scaled = |side: u32| (side * points as u32).div_ceil(8);
        let extent = |side: u32, own: usize, most: usize| f64::from(side) * (own * points) as f64 / (most * 8) as f64;
        let mut target = Self {
            component,
            points,
            factors: [0.0; 16],
            places: [NOWHERE; 128],
            enough: 1,
            plane: Plane {
                width: scaled(width),
                height: scaled(height),
                extent: (
                    extent(file.width, component.across, first.across),
                    extent(file.height, component.down, first.down),
                ),
                stride: units * component.across * points,
                samples: vec![0; units * component.across * points * rows * component.down * points],
            },
            dc: 0,
        };
        for (position, &natural) in ZIGZAG.iter().enumerate() {
            let (row, column) = (usize::from(natural) / 8, usize::from(natural) % 8);
            if row < points && column < points {
                // The normalisation of both cosine transforms, of eight points and of this many.
                let norm = |frequency: usize| if frequency == 0 { 1.0 } else { f32::sqrt(2.0) };
                let place = row * points + column;
                target.factors[place] = component.quantizers[position] * norm(row) * norm(column) / 8.0;
                target.places[position] = place as u8;
                target.enough = position + 1;
            }
        }
        target
    }

    /// Reads a block and writes its samples. `x` and `y` count blocks.
    #[inline(always)]
    fn block(&mut self, bits: &mut Bits<'_>, x: usize, y: usize) -> Option<()> {
        bits.refill()?;
        let codes = &*self.component.ac;
        let (_, difference) = bits.coefficient(&self.component.dc, false)?;
        self.dc = self.dc.wrapping_add(difference);
        let mut block = [0_i32; 32];
        block[0] = self.dc;
        let mut position = 1;
        while position < self.enough {
            bits.refill()?;
            let (step, value) = bits.coefficient(codes, true)?;
            position += step as usize;
            block[usize::from(self.places[(position - 1) & 127]) & 31] = value;
            if position >= self.enough {
                break;
            }
            let (step, value) = bits.coefficient(codes, true)?;
            position += step as usize;
            block[usize::from(self.places[(position - 1) & 127]) & 31] = value;
        }
        bits.pass(codes, position)?;
        let at = y * self.points * self.plane.stride + x * self.points;
        let stride = self.plane.stride;
        let out = self.plane.samples.get_mut(at..)?;
        let mut lights = [0.0_f32; 16];
        for ((light, &coefficient), factor) in lights.iter_mut().zip(&block).zip(&self.factors) {
            *light = coefficient as f32 * factor;
        }
        match self.points {
            4 => four(&lights, out, stride),
            2 => two(&lights, out, stride),
            _ => out.first_mut().map(|sample| *sample = sample_of(lights[0])),
        }
    }
}

/// Rounded, and held between black and white.
#[inline(always)]
fn sample_of(light: f32) -> u8 {
    // From here on a float has no room for fractions: its lowest bits are the number.
    const WHOLE: f32 = 8_388_608.0;
    ((light + 128.0).clamp(0.0, 255.0) + WHOLE).to_bits() as u8
}

/// The inverse cosine transform of four points, of four columns at once.
#[inline(always)]
fn transformed([zero, one, two, three]: [[f32; 4]; 4]) -> [[f32; 4]; 4] {
    const A: f32 = 0.923_879_5;
    const B: f32 = 0.382_683_43;
    const C: f32 = std::f32::consts::FRAC_1_SQRT_2;
    let mut out = [[0.0; 4]; 4];
    for lane in 0..4 {
        let (even, odd) = (zero[lane] + C * two[lane], A * one[lane] + B * three[lane]);
        let (even_too, odd_too) = (zero[lane] - C * two[lane], B * one[lane] - A * three[lane]);
        out[0][lane] = even + odd;
        out[1][lane] = even_too + odd_too;
        out[2][lane] = even_too - odd_too;
        out[3][lane] = even - odd;
    }
    out
}

#[inline(always)]
fn transposed(rows: [[f32; 4]; 4]) -> [[f32; 4]; 4] {
    let mut columns = [[0.0; 4]; 4];
    for row in 0..4 {
        for column in 0..4 {
            columns[column][row] = rows[row][column];
        }
    }
    columns
}

#[inline(always)]
fn four(block: &[f32; 16], out: &mut [u8], stride: usize) -> Option<()> {
    let row = |row: usize| [block[row * 4], block[row * 4 + 1], block[row * 4 + 2], block[row * 4 + 3]];
    let rows = transposed(transformed(transposed(transformed([row(0), row(1), row(2), row(3)]))));
    for (y, row) in rows.iter().enumerate() {
        *out.get_mut(y * stride..)?.first_chunk_mut::<4>()? = row.map(sample_of);
    }
    Some(())
}

#[inline(always)]
fn two(block: &[f32; 16], out: &mut [u8], stride: usize) -> Option<()> {
    const C: f32 = std::f32::consts::FRAC_1_SQRT_2;
    let [a, b, c, d] = [block[0], C * block[1], C * block[2], 0.5 * block[3]];
    *out.first_chunk_mut::<2>()? = [a + b + c + d, a - b + c - d].map(sample_of);
    *out.get_mut(stride..)?.first_chunk_mut::<2>()? = [a + b - c - d, a - b - c + d].map(sample_of);
    Some(())
}

/// Decodes all units. Nothing if the codes end early, or do not end with their part.
#[inline(always)]
fn decode_all(file: &File<'_>, scan: &Scan, points: [usize; 3]) -> Option<[Plane; 3]> {
    let mut targets = [0, 1, 2].map(|component| Target::new(file, component, points[component]));
    let (across, down) = file.units();
    let part = if file.restarts == 0 { across * down } else { file.restarts };
    let mut ends = scan.ends.iter();
    let mut bits = Bits { bytes: &scan.bytes, at: 0, bits: 0, count: 0 };
    let mut end = 0;
    for unit in 0..across * down {
        if unit % part == 0 {
            // What is left of a part are the bits that fill its last byte.
            if unit > 0 && bits.taken().div_ceil(8) != end {
                return None;
            }
            bits = Bits { bytes: &scan.bytes, at: end, bits: 0, count: 0 };
            end = *ends.next()?;
            targets.iter_mut().for_each(|target| target.dc = 0);
        }
        let (column, row) = (unit % across, unit / across);
        for target in &mut targets {
            let (wide, high) = (target.component.across, target.component.down);
            for y in 0..high {
                for x in 0..wide {
                    target.block(&mut bits, column * wide + x, row * high + y)?;
                }
            }
        }
    }
    // Some encoders leave a few bytes behind the last code.
    (bits.taken() <= end * 8 && ends.next().is_none()).then(|| targets.map(|target| target.plane))
}

#[cfg(target_arch = "x86_64")]
fn decode_scan(file: &File<'_>, scan: &Scan, points: [usize; 3]) -> Option<[Plane; 3]> {
    /// The same, with shifts that take any register and with wide vectors.
    #[target_feature(enable = "avx2,bmi1,bmi2,fma,lzcnt")]
    fn decode_with_more(file: &File<'_>, scan: &Scan, points: [usize; 3]) -> Option<[Plane; 3]> {
        decode_all(file, scan, points)
    }
    let has_more = is_x86_feature_detected!("avx2")
        && is_x86_feature_detected!("bmi1")
        && is_x86_feature_detected!("bmi2")
        && is_x86_feature_detected!("fma")
        && is_x86_feature_detected!("lzcnt");
    if has_more {
        // SAFETY: this processor was just asked for every feature that the function wants.
        return unsafe { decode_with_more(file, scan, points) };
    }
    decode_all(file, scan, points)
}

#[cfg(not(target_arch = "x86_64"))]
fn decode_scan(file: &File<'_>, scan: &Scan, points: [usize; 3]) -> Option<[Plane; 3]> {
    decode_all(file, scan, points)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jpeg::Jpeg;
    use crate::pixels::{Channels, Pixels};
    use crate::planes::Planes;
    use crate::{Limits, Orientation};
    use std::ffi::c_int;
    use turbojpeg::raw;

    /// Soft waves of colour, with a hard edge and some grain.
    fn picture(width: u32, height: u32) -> Pixels {
        let mut bytes = Vec::new();
        let mut grain = 7_u32;
        for y in 0..height {
            for x in 0..width {
                grain = grain.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let wave = |by: f32, at: u32| (128.0 + 90.0 * (at as f32 / by).sin()) as u8;
                let edge = if x > width / 2 { 30 } else { 0 };
                let light = |value: u8| value.saturating_add(edge).saturating_add((grain >> 28) as u8);
                bytes.extend([light(wave(31.0, x + y)), light(wave(47.0, y)), light(wave(23.0, x))]);
            }
        }
        Pixels { width, height, channels: Channels::Rgb, bytes }
    }

    /// By libjpeg-turbo, with these settings of it.
    fn file(pixels: &Pixels, settings: &[(raw::TJPARAM, c_int)]) -> Vec<u8> {
        // SAFETY: the handle is ours until it is destroyed, the picture holds what it says, and the file is copied
        // before it is freed.
        unsafe {
            let handle = raw::tj3Init(raw::TJINIT_TJINIT_COMPRESS as c_int);
            let usual =
                [(raw::TJPARAM_TJPARAM_QUALITY, 90), (raw::TJPARAM_TJPARAM_SUBSAMP, raw::TJSAMP_TJSAMP_420 as c_int)];
            for (parameter, value) in usual.iter().chain(settings) {
                assert_eq!(raw::tj3Set(handle, *parameter as c_int, *value), 0);
            }
            let (mut bytes, mut length) = (std::ptr::null_mut(), 0);
            let (width, height) = (pixels.width as c_int, pixels.height as c_int);
            let from = pixels.bytes.as_ptr();
            let format = raw::TJPF_TJPF_RGB as c_int;
            assert_eq!(raw::tj3Compress8(handle, from, width, 0, height, format, &mut bytes, &mut length), 0);
            let file = std::slice::from_raw_parts(bytes, length as usize).to_vec();
            raw::tj3Free(bytes.cast());
            raw::tj3Destroy(handle);
            file
        }
    }

    /// The mean distance of the samples of two pictures.
    fn distance(one: &[u8], other: &[u8]) -> f64 {
        assert_eq!(one.len(), other.len());
        let sum: u64 = one.iter().zip(other).map(|(one, other)| u64::from(one.abs_diff(*other))).sum();
        sum as f64 / one.len() as f64
    }

    /// The picture as it comes by this way, and by libjpeg-turbo's whole decoding.
    fn both_ways(bytes: &[u8], target: u32) -> Option<(Planes, Planes)> {
        use crate::geometry::Layout;
        use crate::render::{Fit, Gravity, Recipe};
        let output = crate::Output::Jpeg;
        let recipe = Recipe {
            width: Some(target),
            height: None,
            fit: Fit::Inside,
            gravity: Gravity::Centre,
            quality: None,
            output,
            moving: false,
        };
        let jpeg = Jpeg::open(bytes, &Limits::default()).unwrap();
        let layout = Layout::new(&recipe, (jpeg.width(), jpeg.height()));
        let short = layout.draw_planes(&decode(bytes, layout.whole(Orientation::Upright))?, Orientation::Upright)?;
        let whole = jpeg.decode((10_000, 10_000)).unwrap();
        let long = layout.draw(whole, &crate::colour::Colour::Srgb, Orientation::Upright, output).unwrap();
        Some((short, Planes::of(&long).unwrap()))
    }

    #[test]
    fn ordinary_files_look_as_by_the_long_way() {
        let subsampling = raw::TJPARAM_TJPARAM_SUBSAMP;
        let cases: [(&str, Vec<(raw::TJPARAM, c_int)>); 8] = [
            ("4:2:0", vec![]),
            ("4:2:2", vec![(subsampling, raw::TJSAMP_TJSAMP_422 as c_int)]),
            ("4:4:4", vec![(subsampling, raw::TJSAMP_TJSAMP_444 as c_int)]),
            ("4:4:0", vec![(subsampling, raw::TJSAMP_TJSAMP_440 as c_int)]),
            ("coarse", vec![(raw::TJPARAM_TJPARAM_QUALITY, 30)]),
            ("finest", vec![(raw::TJPARAM_TJPARAM_QUALITY, 100)]),
            ("codes of its own", vec![(raw::TJPARAM_TJPARAM_OPTIMIZE, 1)]),
            ("restarts", vec![(raw::TJPARAM_TJPARAM_RESTARTBLOCKS, 7)]),
        ];
        // Odd sides, so that the last units are not filled.
        let picture = picture(643, 421);
        for (name, settings) in cases {
            let bytes = file(&picture, &settings);
            for target in [180, 90, 40] {
                let (short, long) = both_ways(&bytes, target).unwrap_or_else(|| panic!("{name} to {target}"));
                assert_eq!(short.samples.each_ref().map(Vec::len), long.samples.each_ref().map(Vec::len));
                for (plane, (short, long)) in short.samples.iter().zip(&long.samples).enumerate() {
                    let distance = distance(short, long);
                    // Two points for a block of hard waves are not the mean of four each.
                    assert!(distance < 4.0, "{name} to {target}, plane {plane}: {distance}");
                }
            }
        }
    }

    #[test]
    fn what_is_not_ordinary_is_left_to_the_library() {
        let picture = picture(200, 120);
        let ordinary = file(&picture, &[]);
        assert!(decode(&ordinary, (40, 24)).is_some());
        assert!(decode(&ordinary, (150, 90)).is_none(), "a half is too small");
        let grey = (raw::TJPARAM_TJPARAM_SUBSAMP, raw::TJSAMP_TJSAMP_GRAY as c_int);
        let thin = (raw::TJPARAM_TJPARAM_SUBSAMP, raw::TJSAMP_TJSAMP_411 as c_int);
        for setting in [(raw::TJPARAM_TJPARAM_PROGRESSIVE, 1), (raw::TJPARAM_TJPARAM_ARITHMETIC, 1), grey, thin] {
            assert!(decode(&file(&picture, &[setting]), (40, 24)).is_none(), "{setting:?}");
        }
        let rgb = (raw::TJPARAM_TJPARAM_COLORSPACE, raw::TJCS_TJCS_RGB as c_int);
        let full = (raw::TJPARAM_TJPARAM_SUBSAMP, raw::TJSAMP_TJSAMP_444 as c_int);
        assert!(decode(&file(&picture, &[full, rgb]), (40, 24)).is_none());
        for cut in (0..ordinary.len()).step_by(97) {
            assert!(decode(&ordinary[..cut], (40, 24)).is_none(), "cut to {cut}");
        }
    }

    #[test]
    fn damage_never_panics() {
        for settings in [&[][..], &[(raw::TJPARAM_TJPARAM_RESTARTBLOCKS, 3)]] {
            let whole = file(&picture(160, 96), settings);
            let mut noise = 99_u32;
            for _ in 0..2_000 {
                let mut bytes = whole.clone();
                for _ in 0..3 {
                    noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    let at = (noise >> 8) as usize % bytes.len();
                    bytes[at] = noise as u8;
                }
                let _ = decode(&bytes, (30, 18));
            }
        }
    }
}
