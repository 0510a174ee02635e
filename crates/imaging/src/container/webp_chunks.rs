//! The chunks of a WebP file (RFC 9649, section 2).

/// How many frames there are: `ANMF` chunks of a file that says it is an animation.
pub(crate) fn frames(bytes: &[u8]) -> u32 {
    const ANIMATION: u8 = 0b10;
    let is_animation =
        bytes.get(12..16) == Some(&b"VP8X"[..]) && bytes.get(20).is_some_and(|flags| flags & ANIMATION != 0);
    if !is_animation {
        return 1;
    }
    let mut rest = bytes.get(12..).unwrap_or_default();
    let mut frames = 0_u32;
    while let Some((kind, after)) = rest.split_first_chunk::<4>() {
        let Some((length, content)) = after.split_first_chunk::<4>() else { break };
        frames += u32::from(kind == b"ANMF");
        let length = u64::from(u32::from_le_bytes(*length)).next_multiple_of(2);
        let Some(next) = usize::try_from(length).ok().and_then(|length| content.get(length..)) else { break };
        rest = next;
    }
    frames.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_counted() {
        let still = b"RIFF\x1E\0\0\0WEBPVP8X\x0A\0\0\0\0\0\0\0\0\0\0\0\0\0";
        assert_eq!(frames(still), 1);
        let mut moving = still.to_vec();
        moving[20] = 2;
        moving.extend(b"ANIM\x06\0\0\0\0\0\0\0\0\0ANMF\x01\0\0\0x\0ANMF\x02\0\0\0xx");
        assert_eq!(frames(&moving), 2);
        // The second one's content is cut short: it was announced all the same.
        assert_eq!(frames(&moving[..moving.len() - 1]), 2);
    }
}
