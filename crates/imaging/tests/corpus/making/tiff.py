"""TIFF 6.0 and BigTIFF."""

from .draw import file, picture, see_through

BYTE, SHORT, LONG, LONG8 = 1, 3, 4, 16
WIDTH, HEIGHT, BITS, PACKING, INK, PLACES, SAMPLES, ROWS, COUNTS = 256, 257, 258, 259, 262, 273, 277, 278, 279
TILE_WIDTH, TILE_HEIGHT, TILE_PLACES, TILE_COUNTS = 322, 323, 324, 325
DNG_VERSION, SUB_DIRECTORIES = 50706, 330


def number(value, size):
    return value.to_bytes(size, "little")


def directory(fields, behind=0):
    """Entries of one value each, sorted as the format asks, and where the next directory is."""
    fields = sorted(fields)
    entries = [number(tag, 2) + number(kind, 2) + number(1, 4) + number(value, 4) for tag, (kind, value) in fields]
    return number(len(entries), 2) + b"".join(entries) + number(behind, 4)


def grey(behind=0, pixels=bytes(range(0, 256, 8)), **changed):
    """Eight grey pixels by four, in one strip behind the directory; with fields other than usual."""
    fields = {
        WIDTH: (LONG, 8),
        HEIGHT: (LONG, 4),
        BITS: (SHORT, 8),
        PACKING: (SHORT, 1),
        INK: (SHORT, 1),
        PLACES: (LONG, 0),
        SAMPLES: (SHORT, 1),
        ROWS: (LONG, 4),
        COUNTS: (LONG, len(pixels)),
    }
    fields |= {globals()[name]: value for name, value in changed.items()}
    if fields[PLACES] == (LONG, 0):
        fields[PLACES] = (LONG, 8 + 2 + 12 * len(fields) + 4)
    return b"II*\0\x08\0\0\0" + directory(fields.items(), behind) + pixels


def big(count=2**62):
    """A BigTIFF whose one strip says that it has so many bytes."""
    fields = [
        (WIDTH, LONG, 8), (HEIGHT, LONG, 4), (BITS, SHORT, 8), (PACKING, SHORT, 1), (INK, SHORT, 1),
        (PLACES, LONG8, 16 + 8 + 20 * 9 + 8), (SAMPLES, SHORT, 1), (ROWS, LONG, 4), (COUNTS, LONG8, count),
    ]
    entries = [number(tag, 2) + number(kind, 2) + number(1, 8) + number(value, 8) for tag, kind, value in fields]
    start = b"II\x2b\0\x08\0\0\0" + number(16, 8)
    return start + number(len(entries), 8) + b"".join(entries) + bytes(8) + bytes(range(0, 256, 8))


def taken():
    return {
        "plain.tif": file(picture(), "TIFF"),
        "packed.tif": file(picture(), "TIFF", compression="tiff_lzw"),
        "deflated.tif": file(picture(), "TIFF", compression="tiff_adobe_deflate"),
        "see-through.tif": file(see_through(16, 12), "TIFF"),
        "inks.tif": file(picture(16, 12).convert("CMYK"), "TIFF"),
        "grey.tif": grey(),
        "big.tif": big(32),
    }


def refused():
    whole = file(picture(), "TIFF", compression="tiff_lzw")
    return {
        "signature-alone.tif": b"II*\0\x08\0\0\0",
        "half.tif": grey()[:-16],
        "no-directory.tif": b"II*\0\xff\xff\xff\x7f" + bytes(40),
        "vast-sides.tif": grey(WIDTH=(LONG, 2**31), HEIGHT=(LONG, 2**31), ROWS=(LONG, 2**31)),
        "no-sides.tif": grey(WIDTH=(LONG, 0), HEIGHT=(LONG, 0)),
        "place-beyond-the-file.tif": grey(PLACES=(LONG, 2**32 - 16)),
        "packed-by-nobody.tif": grey(PACKING=(SHORT, 60_000)),
        "noise-for-codes.tif": grey(PACKING=(SHORT, 5), pixels=b"\xff" * 32),
        "raw.dng": grey(DNG_VERSION=(BYTE, 0x0401)),
        "raw.cr2": b"II*\0\x10\0\0\0CR\x02\0" + bytes(4) + directory([(WIDTH, (LONG, 8)), (HEIGHT, (LONG, 4))]),
        "half-packed.tif": whole[: len(whole) // 3],
    }


def odd():
    return {
        "directory-that-follows-itself.tif": grey(behind=8),
        "directory-inside-itself.tif": grey(SUB_DIRECTORIES=(LONG, 8)),
        "strip-of-2-to-the-62.tif": big(),
        "strip-of-4-gb.tif": grey(COUNTS=(LONG, 2**32 - 1)),
        "tiles-of-4-gb.tif": grey(
            TILE_WIDTH=(LONG, 65_520), TILE_HEIGHT=(LONG, 65_520), TILE_PLACES=(LONG, 8), TILE_COUNTS=(LONG, 32)
        ),
        "tiles-of-nothing.tif": grey(
            TILE_WIDTH=(LONG, 0), TILE_HEIGHT=(LONG, 0), TILE_PLACES=(LONG, 8), TILE_COUNTS=(LONG, 32)
        ),
        "rows-of-0-a-strip.tif": grey(ROWS=(LONG, 0)),
        "65535-samples.tif": grey(SAMPLES=(SHORT, 65_535)),
        "64-bit-samples.tif": grey(BITS=(SHORT, 64)),
        "no-bits.tif": grey(BITS=(SHORT, 0)),
        "10000-square-of-nothing.tif": grey(WIDTH=(LONG, 10_000), HEIGHT=(LONG, 10_000), ROWS=(LONG, 10_000)),
        "65535-entries.tif": b"II*\0\x08\0\0\0\xff\xff" + bytes(200),
        "palette-without-colours.tif": grey(INK=(SHORT, 3)),
        "fax.tif": grey(PACKING=(SHORT, 4), BITS=(SHORT, 1), pixels=b"\xa5" * 32),
        "picture-in-a-picture.tif": grey(PACKING=(SHORT, 7), pixels=b"\xff\xd8\xff\xd9"),
    }
