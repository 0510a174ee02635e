"""PNG and APNG (W3C PNG, third edition)."""

import zlib

from .draw import endless_tags, file, moving, picture, see_through, tags, zip_archive

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(kind, content=b""):
    checked = kind + content
    return len(content).to_bytes(4, "big") + checked + zlib.crc32(checked).to_bytes(4, "big")


def header(width, height, depth=8, colour=2, interlaced=0):
    sides = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    return chunk(b"IHDR", sides + bytes([depth, colour, 0, 0, interlaced]))


def built(*chunks):
    return SIGNATURE + b"".join(chunks) + chunk(b"IEND")


def rows(*, row, count):
    """Unfiltered rows, packed."""
    return chunk(b"IDAT", zlib.compress((b"\0" + row) * count, 9))


def small(*extra, behind=()):
    """Eight grey pixels by four, with chunks before and behind them."""
    return built(header(8, 4, colour=0), *extra, rows(row=bytes(range(0, 240, 30)), count=4), *behind)


def profile(packed):
    return chunk(b"iCCP", b"a profile\0\0" + packed)


def taken():
    deep = b"".join((value * 257).to_bytes(2, "big") * 3 for value in range(0, 240, 30))
    first, *rest = moving()
    return {
        "plain.png": file(picture(), "PNG"),
        "see-through.png": file(see_through(), "PNG"),
        "palette.png": file(picture().quantize(16), "PNG", transparency=3),
        "16-bit.png": built(header(8, 4, depth=16), rows(row=deep, count=4)),
        "1-bit.png": built(header(8, 4, depth=1, colour=0), rows(row=b"\xa5", count=4)),
        "moving.png": file(first, "PNG", save_all=True, append_images=rest, duration=80),
        "turned-with-position.png": small(chunk(b"eXIf", tags(orientation=8))),
        "tags-in-a-circle.png": small(chunk(b"eXIf", endless_tags())),
        "profile-that-is-none.png": small(profile(zlib.compress(b"none"))),
        "archive-behind.png": small() + zip_archive(),
        "comment.png": small(chunk(b"tEXt", b"Author\0Secret name")),
    }


def refused():
    whole = file(picture(), "PNG")
    return {
        "half.png": whole[: len(whole) // 2],
        "signature-alone.png": SIGNATURE,
        "50000-square.png": built(header(50_000, 50_000, colour=6)),
        "2-to-the-31-square.png": built(header(2**31 - 1, 2**31 - 1, depth=16, colour=6), rows(row=b"\0", count=1)),
        "no-width.png": built(header(0, 8), rows(row=b"", count=8)),
        "no-pixels.png": built(header(8, 4)),
        "no-palette.png": built(header(8, 4, colour=3), rows(row=bytes(8), count=4)),
        "depth-3.png": built(header(8, 4, depth=3), rows(row=bytes(24), count=4)),
        "colour-kind-5.png": built(header(8, 4, colour=5), rows(row=bytes(24), count=4)),
        "pixels-that-do-not-unpack.png": built(header(8, 4), chunk(b"IDAT", b"\x78\x9c" + b"\xff" * 40)),
        "too-few-rows.png": built(header(8, 400), rows(row=bytes(24), count=4)),
        "4-billion-frames.png": small(chunk(b"acTL", b"\xff\xff\xff\xff" + bytes(4))),
    }


def odd():
    frame = (0).to_bytes(4, "big") + (9000).to_bytes(4, "big") * 2 + bytes(8) + b"\0\1\0\1\0\0"
    outside = (0).to_bytes(4, "big") + (8).to_bytes(4, "big") * 2 + b"\xff\xff\xff\xf0" * 2 + b"\0\1\0\1\0\0"
    return {
        "31-megapixels-in-4-kb.png": built(header(5600, 5600, depth=1, colour=0), rows(row=bytes(700), count=5600)),
        "profile-that-unpacks-to-3-mb.png": small(profile(zlib.compress(bytes(3_000_000), 9))),
        "text-that-unpacks-to-3-mb.png": small(chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(3_000_000), 9))),
        "chunk-of-4-gb.png": SIGNATURE + header(8, 4) + b"\xff\xff\xff\xffIDAT" + bytes(20),
        "wrong-checksum-in-the-header.png": small().replace(header(8, 4, colour=0)[-4:], b"\1\2\3\4", 1),
        "too-many-rows.png": built(header(8, 4), rows(row=bytes(24), count=4000)),
        "interlaced-1-by-1.png": built(header(1, 1, interlaced=1), rows(row=bytes(3), count=1)),
        "frame-larger-than-the-picture.png": small(chunk(b"acTL", b"\0\0\0\2" + bytes(4)), chunk(b"fcTL", frame)),
        "frame-outside.png": small(chunk(b"acTL", b"\0\0\0\2" + bytes(4)), chunk(b"fcTL", outside)),
        "frame-without-pixels.png": small(
            chunk(b"acTL", b"\0\0\0\2" + bytes(4)),
            behind=[chunk(b"fcTL", frame[:4] + b"\0\0\0\1" * 2 + frame[12:]), chunk(b"fdAT", b"\0\0\0\1")],
        ),
        "two-headers.png": built(header(8, 4), header(50_000, 50_000), rows(row=bytes(24), count=4)),
        "unknown-critical-chunk.png": small(chunk(b"ABCD", b"?")),
        "palette-of-257.png": built(
            header(8, 4, colour=3), chunk(b"PLTE", bytes(257 * 3)), rows(row=b"\xff" * 8, count=4)
        ),
    }
