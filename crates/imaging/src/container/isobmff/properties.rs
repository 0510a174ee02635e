//! What the properties of a picture mean (ISO/IEC 23008-12, 6.5; ISO/IEC 14496-12, 12.1.5).

use super::boxes::Fields;
use super::meta::Meta;
use crate::Orientation;
use crate::colour::Nclx;

/// The part of a stored picture that is shown, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) left: u32,
    pub(crate) top: u32,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

const ALPHA_TYPES: [&[u8]; 2] = [b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha", b"urn:mpeg:hevc:2015:auxid:1"];

impl<'a> Meta<'a> {
    /// The last property of a kind: where there are several, it counts.
    fn property(&self, id: u32, kind: &[u8; 4]) -> Option<&'a [u8]> {
        self.properties(id).filter(|property| &property.kind == kind).last().map(|property| property.body)
    }

    /// Width and height as stored, before anything is cut off or turned.
    pub(crate) fn sides(&self, id: u32) -> Option<(u32, u32)> {
        let mut fields = Fields::new(self.property(id, b"ispe")?);
        fields.version()?;
        let sides = (fields.u32()?, fields.u32()?);
        (sides.0 > 0 && sides.1 > 0).then_some(sides)
    }

    /// Whether an AV1 stream has more than eight bits a sample (AV1 in ISO base media files, 2.3).
    pub(crate) fn is_deep(&self, id: u32) -> bool {
        self.property(id, b"av1C").and_then(|body| body.get(2)).is_some_and(|flags| flags & 0x40 != 0)
    }

    /// What of the stored picture is shown: all of it unless a `clap` property says otherwise. Nothing if what it says
    /// makes no sense.
    pub(crate) fn window(&self, id: u32) -> Option<Window> {
        let (width, height) = self.sides(id)?;
        match self.property(id, b"clap") {
            Some(body) => window(body, width, height),
            None => Some(Window { left: 0, top: 0, width, height }),
        }
    }

    /// How the stored picture must be turned: quarters counter-clockwise and mirrors, one after the other.
    pub(crate) fn orientation(&self, id: u32) -> Orientation {
        let mut turn = Turn::default();
        for property in self.properties(id) {
            let Some(&value) = property.body.first() else { continue };
            match &property.kind {
                b"irot" => turn.rotate(4 - (value & 3)),
                b"imir" => turn.mirror(value & 1 == 0),
                _ => {}
            }
        }
        turn.orientation()
    }

    /// The ICC profile.
    pub(crate) fn profile(&self, id: u32) -> Option<&'a [u8]> {
        self.colours(id).find_map(|body| body.strip_prefix(b"prof").or_else(|| body.strip_prefix(b"rICC")))
    }

    /// What is said in code points; beside a profile it still tells matrix and range.
    pub(crate) fn nclx(&self, id: u32) -> Option<Nclx> {
        let mut fields = Fields::new(self.colours(id).find_map(|body| body.strip_prefix(b"nclx"))?);
        let (primaries, transfer, matrix) = (fields.u16()?, fields.u16()?, fields.u16()?);
        Some(Nclx { primaries, transfer, matrix, is_full_range: fields.u8()? & 0x80 != 0 })
    }

    fn colours(&self, id: u32) -> impl Iterator<Item = &'a [u8]> {
        self.properties(id).filter(|property| &property.kind == b"colr").map(|property| property.body)
    }

    /// The item that holds the opacity of a picture.
    pub(crate) fn alpha_item(&self, of: u32) -> Option<u32> {
        self.referrers(*b"auxl", of).find(|&id| {
            let is_alpha = |body: &'a [u8]| {
                let mut fields = Fields::new(body);
                fields.version();
                ALPHA_TYPES.contains(&fields.text())
            };
            self.property(id, b"auxC").is_some_and(is_alpha)
        })
    }

    /// Whether the colours of a picture are multiplied by its opacity already.
    pub(crate) fn is_multiplied(&self, id: u32, alpha: u32) -> bool {
        self.targets(*b"prem", id).any(|target| target == alpha)
    }
}

/// A `clap` property: width, height and the distance between the centres, as fractions.
fn window(body: &[u8], stored_width: u32, stored_height: u32) -> Option<Window> {
    let mut fields = Fields::new(body);
    let mut fraction = || Some((fields.u32()?, fields.u32()?));
    let (wide, tall) = (fraction()?, fraction()?);
    let (right, down) = (fraction()?, fraction()?);
    let (left, width) = span(stored_width, wide, right)?;
    let (top, height) = span(stored_height, tall, down)?;
    Some(Window { left, top, width, height })
}

/// Start and length along one side. The distance is signed.
fn span(stored: u32, length: (u32, u32), distance: (u32, u32)) -> Option<(u32, u32)> {
    let length = length.0.checked_div(length.1).filter(|length| (1..=stored).contains(length))?;
    let (numerator, denominator) = (i128::from(distance.0.cast_signed()), i128::from(distance.1));
    if denominator == 0 {
        return None;
    }
    let doubled = i128::from(stored - length) * denominator + 2 * numerator;
    let start = u32::try_from(doubled.div_euclid(2 * denominator)).ok()?;
    (start <= stored - length).then_some((start, length))
}

/// Mirrored left to right or not, and then turned by quarters clockwise: each of the eight ways a picture can lie.
#[derive(Clone, Copy, Default)]
struct Turn {
    is_mirrored: bool,
    quarters: u8,
}

impl Turn {
    fn rotate(&mut self, quarters: u8) {
        self.quarters = (self.quarters + quarters) % 4;
    }

    /// Mirrors top to bottom, or left to right.
    fn mirror(&mut self, is_upside_down: bool) {
        self.is_mirrored = !self.is_mirrored;
        // A turn before a mirror is the opposite turn behind it; upside down is mirrored and turned by half.
        self.quarters = (4 - self.quarters + if is_upside_down { 2 } else { 0 }) % 4;
    }

    fn orientation(self) -> Orientation {
        match (self.is_mirrored, self.quarters) {
            (false, 0) => Orientation::Upright,
            (false, 1) => Orientation::QuarterRight,
            (false, 2) => Orientation::HalfTurn,
            (false, _) => Orientation::QuarterLeft,
            (true, 0) => Orientation::Mirrored,
            (true, 1) => Orientation::Transversed,
            (true, 2) => Orientation::Flipped,
            (true, _) => Orientation::Transposed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_and_mirrors_add_up() {
        let after = |steps: &[fn(&mut Turn)]| {
            let mut turn = Turn::default();
            steps.iter().for_each(|step| step(&mut turn));
            turn.orientation()
        };
        let right: fn(&mut Turn) = |turn| turn.rotate(1);
        let left: fn(&mut Turn) = |turn| turn.rotate(3);
        let flip: fn(&mut Turn) = |turn| turn.mirror(true);
        let mirror: fn(&mut Turn) = |turn| turn.mirror(false);
        assert_eq!(after(&[]), Orientation::Upright);
        assert_eq!(after(&[right]), Orientation::QuarterRight);
        assert_eq!(after(&[left]), Orientation::QuarterLeft);
        assert_eq!(after(&[right, right]), Orientation::HalfTurn);
        assert_eq!(after(&[right, left]), Orientation::Upright);
        assert_eq!(after(&[mirror]), Orientation::Mirrored);
        assert_eq!(after(&[flip]), Orientation::Flipped);
        assert_eq!(after(&[mirror, flip]), Orientation::HalfTurn);
        assert_eq!(after(&[mirror, mirror]), Orientation::Upright);
        // A quarter clockwise puts the left edge on top; mirrored, its lower end comes to the right.
        assert_eq!(after(&[right, mirror]), Orientation::Transposed);
        assert_eq!(after(&[mirror, right]), Orientation::Transversed);
        assert_eq!(after(&[left, mirror]), Orientation::Transversed);
    }

    #[test]
    fn windows_lie_inside_the_picture() {
        let clap = |numbers: [i32; 8]| numbers.map(i32::to_be_bytes).concat();
        let shown = |numbers| window(&clap(numbers), 100, 60);
        assert_eq!(shown([40, 1, 20, 1, -10, 1, 5, 1]), Some(Window { left: 20, top: 25, width: 40, height: 20 }));
        assert_eq!(shown([99, 1, 60, 1, 1, 2, 0, 1]), Some(Window { left: 1, top: 0, width: 99, height: 60 }));
        assert_eq!(shown([101, 1, 60, 1, 0, 1, 0, 1]), None);
        assert_eq!(shown([40, 0, 20, 1, 0, 1, 0, 1]), None);
        assert_eq!(shown([40, 1, 20, 1, 31, 1, 0, 1]), None);
        assert_eq!(shown([40, 1, 20, 1, 0, 0, 0, 1]), None);
    }
}
