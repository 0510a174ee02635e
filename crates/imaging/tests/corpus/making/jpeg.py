"""JPEG (ITU-T T.81)."""

from PIL import Image

from .draw import endless_tags, file, picture, tags, zip_archive

SOF0, SOF2, SOS, EOI = 0xC0, 0xC2, 0xDA, b"\xff\xd9"


def plain(**options):
    return file(picture(), "JPEG", quality=70, **options)


def segment(marker, payload):
    return bytes([0xFF, marker]) + (len(payload) + 2).to_bytes(2, "big") + payload


def behind_start(whole, put):
    return whole[:2] + put + whole[2:]


def find(whole, marker):
    """Where the first such segment begins. The headers of these files hold no such bytes elsewhere."""
    return whole.index(bytes([0xFF, marker]))


def patched(whole, marker, at, new):
    """`new` put over a segment's payload, from `at` on."""
    start = find(whole, marker) + 4 + at
    return whole[:start] + new + whole[start + len(new):]


def sides(width, height):
    return height.to_bytes(2, "big") + width.to_bytes(2, "big")


def many_scans():
    """A progressive file that draws its last scan 250 times more. Scans without content are legal."""
    whole = file(Image.new("L", (8, 8), 90), "JPEG", progressive=True, quality=10)
    last = whole.rindex(bytes([0xFF, SOS]))
    return whole[:-2] + whole[last:-2] * 250 + EOI


def taken():
    grey = file(picture().convert("L"), "JPEG", quality=70)
    inks = file(picture().convert("CMYK"), "JPEG", quality=50)
    turned = behind_start(plain(), segment(0xE1, b"Exif\0\0" + tags(orientation=6)))
    return {
        "baseline.jpg": plain(),
        "progressive.jpg": plain(progressive=True),
        "grey.jpg": grey,
        "inks.jpg": inks,
        "turned-with-position.jpg": turned,
        "tags-in-a-circle.jpg": behind_start(plain(), segment(0xE1, b"Exif\0\0" + endless_tags())),
        "profile-of-zeros.jpg": behind_start(plain(), segment(0xE2, b"ICC_PROFILE\0\1\1" + bytes(128))),
        "profile-part-0-of-255.jpg": behind_start(plain(), segment(0xE2, b"ICC_PROFILE\0\0\xff" + bytes(128))),
        "archive-behind.jpg": plain() + zip_archive(),
        "markup-behind.jpg": plain() + b"<script>alert(1)</script>",
    }


def refused():
    whole = plain()
    return {
        "half.jpg": whole[: len(whole) // 2],
        "half-progressive.jpg": (progressive := plain(progressive=True))[: len(progressive) * 3 // 4],
        "start-alone.jpg": whole[:3],
        "65500-square.jpg": patched(whole, SOF0, 1, sides(65500, 65500)),
        "no-height.jpg": patched(whole, SOF0, 1, sides(32, 0)),
        "no-sides.jpg": patched(whole, SOF0, 1, sides(0, 0)),
        "12-bit.jpg": patched(whole, SOF0, 0, b"\x0c").replace(b"\xff\xc0", b"\xff\xc1", 1),
        "lossless.jpg": whole.replace(b"\xff\xc0", b"\xff\xc3", 1),
        "hierarchical.jpg": whole.replace(b"\xff\xc0", b"\xff\xc5", 1),
        "many-scans.jpg": many_scans(),
        "no-scan.jpg": whole[: find(whole, SOS)] + EOI,
        "zero-components.jpg": patched(whole, SOF0, 5, b"\0"),
    }


def odd():
    whole = plain()
    tables = find(whole, 0xC4)
    return {
        "arithmetic-by-name-only.jpg": whole.replace(b"\xff\xc0", b"\xff\xc9", 1),
        "all-table-entries-1-bit.jpg": whole[: tables + 5] + b"\xff" + bytes(15) + whole[tables + 21:],
        "quantised-by-zero.jpg": patched(whole, 0xDB, 1, bytes(64)),
        "sampled-4-by-4.jpg": patched(whole, SOF0, 7, b"\x44"),
        "sampled-0-by-0.jpg": patched(whole, SOF0, 7, b"\x00"),
        "start-256-times.jpg": b"\xff\xd8" * 256 + whole[2:],
        "two-pictures.jpg": whole + whole,
        "frame-twice.jpg": behind_start(whole, segment(SOF0, b"\x08" + sides(16, 16) + b"\x01\x01\x11\0")),
        "long-segment.jpg": behind_start(whole, b"\xff\xe1\xff\xff"),
        "segment-of-length-0.jpg": behind_start(whole, b"\xff\xe1\0\0"),
        "fill-bytes.jpg": behind_start(whole, b"\xff" * 1000 + b"\xfe\0\x02"),
        "noise-for-a-scan.jpg": whole[: find(whole, SOS) + 14] + bytes(range(1, 255)) * 4 + EOI,
        "65500-wide-1-tall.jpg": patched(whole, SOF0, 1, sides(65500, 1)),
        "tags-cut-short.jpg": behind_start(whole, segment(0xE1, b"Exif\0\0" + tags()[:20])),
    }
