"""JPEG XL (ISO/IEC 18181): codestreams, naked and in a container."""

import pillow_jxl  # noqa: F401, it registers itself

from .draw import file, picture, see_through, tags, zip_archive
from .heif import box

CONTAINER = b"\0\0\0\x0cJXL \r\n\x87\n"
KIND = box(b"ftyp", b"jxl \0\0\0\0jxl ")


def plain():
    naked = file(picture(), "JXL", quality=70)
    assert naked.startswith(b"\xff\x0a"), "a naked codestream"
    return naked


def wrapped(*boxes):
    return CONTAINER + KIND + b"".join(boxes)


def bits(*fields):
    """Values and their widths, the lowest bit first."""
    number, at = 0, 0
    for value, width in fields:
        number |= value << at
        at += width
    return number.to_bytes((at + 7) // 8, "little")


def sides(width, height):
    """A header that tells such sides in 30 bits each, and leaves the rest at its defaults."""
    # Not small; height; no ratio; width; all else by default.
    fields = [(0, 1), (3, 2), (height - 1, 30), (0, 3), (3, 2), (width - 1, 30), (1, 1), (0, 7)]
    return b"\xff\x0a" + bits(*fields)


def taken():
    naked = plain()
    return {
        "plain.jxl": naked,
        "lossless.jxl": file(picture(), "JXL", lossless=True),
        "see-through.jxl": file(see_through(), "JXL", quality=70),
        "container.jxl": wrapped(box(b"jxlc", naked)),
        "container-with-position.jxl": wrapped(box(b"Exif", bytes(4) + tags()), box(b"jxlc", naked)),
        "container-in-parts.jxl": wrapped(
            box(b"jxlp", b"\0\0\0\0" + naked[:50]), box(b"jxlp", b"\x80\0\0\1" + naked[50:])
        ),
    }


def refused():
    naked = plain()
    return {
        "half.jxl": naked[: len(naked) // 2],
        "signature-alone.jxl": b"\xff\x0a",
        "container-alone.jxl": CONTAINER + KIND,
        "half-a-container.jxl": wrapped(box(b"jxlc", naked))[:100],
        "2-to-the-30-square.jxl": sides(2**30, 2**30) + bytes(40),
        "header-alone.jxl": sides(32, 24),
        "noise.jxl": b"\xff\x0a" + b"\xa5\x5a" * 60,
    }


def odd():
    naked = plain()
    return {
        "archive-behind.jxl": naked + zip_archive(),
        "parts-out-of-order.jxl": wrapped(
            box(b"jxlp", b"\x80\0\0\1" + naked[50:]), box(b"jxlp", b"\0\0\0\0" + naked[:50])
        ),
        "same-part-twice.jxl": wrapped(box(b"jxlp", b"\0\0\0\0" + naked), box(b"jxlp", b"\x80\0\0\0" + naked)),
        "box-of-size-0-first.jxl": wrapped(b"\0\0\0\0Exif", box(b"jxlc", naked)),
        "box-of-4-gb.jxl": wrapped(b"\xff\xff\xff\xffExif" + bytes(40), box(b"jxlc", naked)),
        "box-of-size-7.jxl": wrapped(b"\0\0\0\x07Exif" + bytes(40), box(b"jxlc", naked)),
        "packed-tags-of-noise.jxl": wrapped(box(b"brob", b"Exif" + b"\xff" * 60), box(b"jxlc", naked)),
        "noise-behind-a-good-header.jxl": naked[:30] + bytes(range(200)),
        "many-wrong-bytes.jxl": bytes(byte ^ (0x10 if at % 17 == 16 else 0) for at, byte in enumerate(naked)),
        "10000-square-of-nothing.jxl": sides(10_000, 10_000) + bytes(40),
    }
