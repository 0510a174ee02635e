//! Pictures that are put together from tiles (ISO/IEC 23008-12, 6.6.2.3).

/// Columns, rows and the sides of the whole, from the bytes of a `grid` item.
pub(crate) fn grid(body: &[u8]) -> Option<(usize, usize, (u32, u32))> {
    let [_version, flags, rows, columns, sides @ ..] = body else { return None };
    let sides = if flags & 1 == 0 {
        let &[a, b, c, d] = sides.first_chunk::<4>()?;
        (u32::from(u16::from_be_bytes([a, b])), u32::from(u16::from_be_bytes([c, d])))
    } else {
        let (width, rest) = sides.split_first_chunk::<4>()?;
        (u32::from_be_bytes(*width), u32::from_be_bytes(*rest.first_chunk::<4>()?))
    };
    Some((usize::from(*columns) + 1, usize::from(*rows) + 1, sides))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grids_tell_columns_rows_and_sides() {
        assert_eq!(grid(&[0, 0, 1, 2, 1, 0, 0, 200]), Some((3, 2, (256, 200))));
        assert_eq!(grid(&[0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 9]), Some((1, 1, (65_536, 9))));
        assert_eq!(grid(&[0, 1, 0, 0, 0, 1, 0, 0]), None);
        assert_eq!(grid(&[0, 0, 1]), None);
    }
}
