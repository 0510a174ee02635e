"""GIF 87a and 89a."""

from .draw import file, moving, picture, zip_archive

BLACK_AND_WHITE = bytes(3) + b"\xff" * 3
TRAILER = b"\x3b"
# One black pixel: a clear code, the pixel, the end.
DOT = b"\x02\x02\x44\x01\x00"


def screen(width, height):
    return b"GIF89a" + width.to_bytes(2, "little") + height.to_bytes(2, "little") + b"\x80\0\0" + BLACK_AND_WHITE


def frame(left=0, top=0, width=1, height=1, pixels=DOT):
    return b"\x2c" + b"".join(side.to_bytes(2, "little") for side in [left, top, width, height]) + b"\0" + pixels


def control():
    """A tenth of a second, then the frame's place is cleared."""
    return b"\x21\xf9\x04\x08\x0a\0\0\0"


def application(name, content):
    return b"\x21\xff\x0b" + name + bytes([len(content)]) + content + b"\0"


def taken():
    first, *rest = [step.quantize(16) for step in moving()]
    small = screen(1, 1) + frame() + TRAILER
    return {
        "still.gif": file(picture().quantize(16), "GIF"),
        "moving.gif": file(first, "GIF", save_all=True, append_images=rest, duration=80, loop=0),
        "1-pixel.gif": small,
        "archive-behind.gif": small + zip_archive(),
        "script-behind.gif": small + b"/*<script>alert(1)</script>*/",
        "comment.gif": screen(1, 1) + b"\x21\xfe\x0bSecret name\0" + frame() + TRAILER,
        "packet-of-another-program.gif": screen(1, 1) + application(b"XMP DataXMP", b"<x/>") + frame() + TRAILER,
    }


def refused():
    whole = file(picture().quantize(16), "GIF")
    return {
        "half.gif": whole[: len(whole) // 2],
        "signature-alone.gif": b"GIF89a",
        "vast-screen.gif": screen(65_535, 65_535) + frame() + TRAILER,
        "many-frames-on-a-vast-screen.gif": screen(10_000, 9_000) + (control() + frame()) * 100 + TRAILER,
        "no-frame.gif": screen(8, 8) + TRAILER,
        "script-that-is-a-picture.gif": b"GIF89a/*\0\0\0\0*/=1;alert(1)",
    }


def odd():
    return {
        "no-screen.gif": screen(0, 0) + frame() + TRAILER,
        "frame-outside.gif": screen(8, 8) + frame(left=9000, top=9000) + TRAILER,
        "frame-larger-than-the-screen.gif": screen(2, 2) + frame(width=60_000, height=60_000) + TRAILER,
        "frame-without-sides.gif": screen(8, 8) + frame(width=0, height=0) + TRAILER,
        "codes-of-12-bits.gif": screen(8, 8) + frame(pixels=b"\x0c\x02\x44\x01\0") + TRAILER,
        "codes-of-255-bits.gif": screen(8, 8) + frame(pixels=b"\xff\x02\x44\x01\0") + TRAILER,
        "no-pixels-in-a-frame.gif": screen(8, 8) + frame(pixels=b"\x02\0") + TRAILER,
        "no-colours.gif": b"GIF89a\x08\0\x08\0\0\0\0" + frame() + TRAILER,
        "no-trailer.gif": screen(1, 1) + frame(),
        "200-frames-of-a-dot.gif": screen(4, 4) + frame() * 200 + TRAILER,
        "endless-comment.gif": screen(8, 8) + b"\x21\xfe" + (b"\xff" + b"x" * 255) * 10,
    }
