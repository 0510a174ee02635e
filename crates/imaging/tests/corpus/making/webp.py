"""WebP (RFC 9649)."""

from .draw import file, moving, picture, see_through, tags, zip_archive

ANIMATED, ALPHA, EXIF = 0x02, 0x10, 0x08


def chunk(kind, content):
    return kind + len(content).to_bytes(4, "little") + content + bytes(len(content) % 2)


def built(*chunks):
    content = b"WEBP" + b"".join(chunks)
    return b"RIFF" + len(content).to_bytes(4, "little") + content


def lossy():
    return file(picture(), "WEBP", quality=60)


def lossless(width=32, height=24):
    return file(picture(width, height), "WEBP", lossless=True)


def body(whole):
    """The one chunk of a simple file."""
    return whole[12:]


def canvas(flags, width, height):
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return chunk(b"VP8X", bytes([flags, 0, 0, 0]) + sides)


def frame(x, y, width, height, content):
    place = b"".join(number.to_bytes(3, "little") for number in [x // 2, y // 2, width - 1, height - 1, 80])
    return chunk(b"ANMF", place + b"\0" + content)


ANIM = chunk(b"ANIM", bytes(6))


def taken():
    first, *rest = moving()
    return {
        "lossy.webp": lossy(),
        "lossless.webp": lossless(),
        "see-through.webp": file(see_through(), "WEBP", quality=60),
        "moving.webp": file(first, "WEBP", save_all=True, append_images=rest, duration=80, quality=50),
        "turned-with-position.webp": built(canvas(EXIF, 32, 24), body(lossy()), chunk(b"EXIF", tags(orientation=3))),
        "archive-behind.webp": lossy() + zip_archive(),
    }


def refused():
    whole = lossy()
    return {
        "half.webp": whole[: len(whole) // 2],
        "half-lossless.webp": (other := lossless())[: len(other) // 2],
        "longer-by-its-header.webp": whole[:4] + (2**31).to_bytes(4, "little") + whole[8:],
        "signature-alone.webp": whole[:12],
        "vast-canvas.webp": built(canvas(0, 1 << 24, 1 << 24), body(whole)),
        "vast-frames.webp": built(canvas(ANIMATED, 16_000, 6_000), ANIM, frame(0, 0, 32, 24, body(whole)) * 12),
        "no-picture.webp": built(canvas(0, 32, 24)),
        "lossless-by-name-only.webp": built(chunk(b"VP8L", b"\x2f" + b"\xff" * 30)),
    }


def odd():
    whole = lossy()
    part = body(whole)
    return {
        "shorter-by-its-header.webp": whole[:4] + (20).to_bytes(4, "little") + whole[8:],
        "chunk-of-4-gb.webp": whole[:16] + b"\xff\xff\xff\xff" + whole[20:],
        "canvas-of-other-sides.webp": built(canvas(0, 64, 64), part),
        "frame-outside.webp": built(canvas(ANIMATED, 32, 24), ANIM, frame(5000, 5000, 32, 24, part)),
        "frame-of-other-sides.webp": built(canvas(ANIMATED, 32, 24), ANIM, frame(0, 0, 8, 8, part)),
        "frame-without-pixels.webp": built(canvas(ANIMATED, 32, 24), ANIM, frame(0, 0, 32, 24, b"")),
        "moving-without-frames.webp": built(canvas(ANIMATED, 32, 24), ANIM),
        "frame-in-a-frame.webp": built(
            canvas(ANIMATED, 32, 24), ANIM, frame(0, 0, 32, 24, frame(0, 0, 32, 24, part))
        ),
        "opacity-of-nothing.webp": built(canvas(ALPHA, 32, 24), chunk(b"ALPH", b""), part),
        "opacity-of-noise.webp": built(canvas(ALPHA, 32, 24), chunk(b"ALPH", b"\x01" + b"\xa5" * 40), part),
        "metadata-that-is-not-there.webp": built(canvas(0x2C, 32, 24), part),
        "100-empty-chunks.webp": built(canvas(0, 32, 24), chunk(b"XXXX", b"") * 100, part),
    }
