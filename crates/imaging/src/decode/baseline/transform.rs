//! From coefficients to samples: the inverse cosine transform of four points a side, and of two.

/// Rounded, and held between black and white.
#[inline(always)]
pub(super) fn sample_of(light: f32) -> u8 {
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
pub(super) fn four(block: &[f32; 16], out: &mut [u8], stride: usize) -> Option<()> {
    let row = |row: usize| [block[row * 4], block[row * 4 + 1], block[row * 4 + 2], block[row * 4 + 3]];
    let rows = transposed(transformed(transposed(transformed([row(0), row(1), row(2), row(3)]))));
    for (y, row) in rows.iter().enumerate() {
        *out.get_mut(y * stride..)?.first_chunk_mut::<4>()? = row.map(sample_of);
    }
    Some(())
}

#[inline(always)]
pub(super) fn two(block: &[f32; 16], out: &mut [u8], stride: usize) -> Option<()> {
    const C: f32 = std::f32::consts::FRAC_1_SQRT_2;
    let [a, b, c, d] = [block[0], C * block[1], C * block[2], 0.5 * block[3]];
    *out.first_chunk_mut::<2>()? = [a + b + c + d, a - b + c - d].map(sample_of);
    *out.get_mut(stride..)?.first_chunk_mut::<2>()? = [a + b - c - d, a - b - c + d].map(sample_of);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f32::consts::PI;

    type Transform = fn(&[f32; 16], &mut [u8], usize) -> Option<()>;

    /// Samples by the definition (ITU-T T.81, A.3.3), but for the factors that coefficients were multiplied by.
    fn by_definition(lights: &[f32; 16], points: usize) -> Vec<u8> {
        let wave =
            |at: usize, frequency: usize| (PI * (2 * at + 1) as f32 * frequency as f32 / (2 * points) as f32).cos();
        let sample = |y: usize, x: usize| {
            let part = |place: usize| lights[place] * wave(y, place / points) * wave(x, place % points);
            ((0..points * points).map(part).sum::<f32>() + 128.0).round().clamp(0.0, 255.0) as u8
        };
        (0..points * points).map(|place| sample(place / points, place % points)).collect()
    }

    #[test]
    fn samples_are_those_of_the_definition() {
        let mut lights = [0.0; 16];
        for (place, light) in lights.iter_mut().enumerate() {
            *light = [37.0, -21.0, 13.0, -9.0, 5.0][place % 5];
        }
        let transforms: [(usize, Transform); 2] = [(4, four), (2, two)];
        for (points, transform) in transforms {
            // Rows lie further apart than they are long.
            let stride = points + 3;
            let mut samples = vec![7_u8; stride * points];
            transform(&lights, &mut samples, stride).unwrap();
            let rows: Vec<u8> = samples.chunks(stride).flat_map(|row| row[..points].to_vec()).collect();
            let expected = by_definition(&lights, points);
            assert!(rows.iter().zip(&expected).all(|(own, of)| own.abs_diff(*of) <= 1), "{rows:?}, {expected:?}");
            assert!(samples.chunks(stride).all(|row| row[points..] == [7_u8; 3]));
        }
    }

    #[test]
    fn samples_are_rounded_and_stay_between_black_and_white() {
        assert_eq!([-300.0, -128.0, 0.4, 0.6, 127.0, 300.0].map(sample_of), [0, 0, 128, 129, 255, 255]);
    }

    #[test]
    fn a_plane_that_is_too_short_is_no_reason_to_panic() {
        assert!(four(&[0.0; 16], &mut [0; 15], 4).is_none());
        assert!(two(&[0.0; 16], &mut [0; 3], 2).is_none());
    }
}
