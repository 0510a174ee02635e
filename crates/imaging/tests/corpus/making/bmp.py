"""BMP: the headers of Windows."""

from .draw import file, picture

PLAIN, RLE8, FIELDS = 0, 1, 3


def number(value, size):
    return (value % (1 << 8 * size)).to_bytes(size, "little")


def built(width=4, height=4, bits=24, packing=PLAIN, colours=0, header=40, behind=b"", pixels=bytes(range(48))):
    start = 14 + 40 + len(behind)
    info = number(header, 4) + number(width, 4) + number(height, 4) + number(1, 2) + number(bits, 2)
    info += number(packing, 4) + number(len(pixels), 4) + bytes(8) + number(colours, 4) + bytes(4)
    return b"BM" + number(start + len(pixels), 4) + bytes(4) + number(start, 4) + info + behind + pixels


def taken():
    return {
        "plain.bmp": file(picture(16, 12), "BMP"),
        "from-the-top.bmp": built(height=-4),
        "palette.bmp": file(picture(16, 12).quantize(16), "BMP"),
    }


def refused():
    whole = file(picture(16, 12), "BMP")
    return {
        "half.bmp": whole[: len(whole) // 2],
        "signature-alone.bmp": b"BM",
        "vast-sides.bmp": built(width=2**31 - 1, height=2**31 - 1),
        "no-sides.bmp": built(width=0, height=0),
        "negative-width.bmp": built(width=-4),
        "header-of-4-gb.bmp": built(header=2**32 - 1),
        "3-bit.bmp": built(bits=3),
        "packed-by-nobody.bmp": built(packing=99),
    }


def odd():
    runs = b"\xff\x01" * 200 + b"\0\2\xff\xff" * 20 + b"\0\0" * 50 + b"\0\1"
    return {
        "height-of-minus-2-to-the-31.bmp": built(height=-(2**31)),
        "palette-of-4-billion.bmp": built(bits=8, colours=2**32 - 1, behind=bytes(64)),
        "palette-of-1.bmp": built(bits=8, colours=1, behind=bytes(4), pixels=b"\xff" * 16),
        "runs-beyond-the-picture.bmp": built(bits=8, packing=RLE8, behind=bytes(1024), pixels=runs),
        "fields-of-nothing.bmp": built(bits=32, packing=FIELDS, behind=bytes(12), pixels=bytes(64)),
        "fields-over-each-other.bmp": built(bits=32, packing=FIELDS, behind=b"\xff" * 12, pixels=bytes(64)),
        "10000-square-of-runs.bmp": built(
            width=10_000, height=10_000, bits=8, packing=RLE8, behind=bytes(1024), pixels=b"\0\1"
        ),
        "pixels-before-the-file.bmp": built()[:10] + bytes(4) + built()[14:],
    }
