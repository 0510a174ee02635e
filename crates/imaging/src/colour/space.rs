//! What the numbers in a picture mean.

/// What the numbers in a picture mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Colour {
    /// sRGB, or nothing is said.
    #[default]
    Srgb,
    /// An ICC profile says it.
    Icc(Vec<u8>),
    /// Code points of ITU-T H.273 say it.
    Cicp { primaries: u8, transfer: u8 },
}

impl Colour {
    pub(crate) fn of_profile(profile: Option<Vec<u8>>) -> Self {
        profile.map_or(Self::Srgb, Self::Icc)
    }

    /// What code points say, profiles aside. The curves of television cameras (1, 6, 14, 15) are shown as they are on
    /// screens that are made for sRGB; players and browsers do the same.
    pub(crate) fn of_code_points(primaries: u16, transfer: u16) -> Self {
        let primaries = if primaries == 2 { 1 } else { primaries };
        let transfer = if matches!(transfer, 1 | 2 | 6 | 14 | 15) { 13 } else { transfer };
        match (u8::try_from(primaries), u8::try_from(transfer)) {
            (Ok(1), Ok(13)) => Self::Srgb,
            (Ok(primaries), Ok(transfer)) => Self::Cicp { primaries, transfer },
            _ => Self::Srgb,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_that_say_nothing_mean_srgb() {
        assert_eq!(Colour::of_code_points(2, 2), Colour::Srgb);
        assert_eq!(Colour::of_code_points(1, 1), Colour::Srgb);
        assert_eq!(Colour::of_code_points(12, 13), Colour::Cicp { primaries: 12, transfer: 13 });
        assert_eq!(Colour::of_code_points(9, 16), Colour::Cicp { primaries: 9, transfer: 16 });
        assert_eq!(Colour::of_code_points(999, 13), Colour::Srgb);
    }
}
