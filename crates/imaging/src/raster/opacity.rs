//! Colours that are multiplied by their opacity.

/// Turns such colours into what they were before: red, green, blue and opacity, a byte each.
pub(crate) fn unmultiply(pixels: &mut [u8]) {
    for [colour @ .., alpha] in pixels.as_chunks_mut::<4>().0 {
        let alpha = u32::from(*alpha);
        if alpha == 0 || alpha == 255 {
            continue;
        }
        for part in colour {
            *part = ((u32::from(*part) * 255 + alpha / 2) / alpha).min(255) as u8;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_what_they_were_before() {
        let mut pixels = [64, 32, 0, 128, 200, 100, 50, 128, 9, 9, 9, 0, 1, 2, 3, 255];
        unmultiply(&mut pixels);
        assert_eq!(pixels, [128, 64, 0, 128, 255, 199, 100, 128, 9, 9, 9, 0, 1, 2, 3, 255]);
    }
}
