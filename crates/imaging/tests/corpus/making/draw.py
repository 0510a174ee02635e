"""Pictures as Pillow holds them, and as files."""

from io import BytesIO

from PIL import Image


def picture(width=32, height=24):
    """A gradient without red, and a red block at the top left: a quarter of each side."""
    drawn = Image.new("RGB", (width, height))
    for y in range(height):
        for x in range(width):
            corner = x < width // 4 and y < height // 4
            drawn.putpixel((x, y), (230, 20, 20) if corner else (20, x * 200 // width, y * 200 // height))
    return drawn


def see_through(width=32, height=24):
    """The same, transparent on its right half."""
    drawn = picture(width, height).convert("RGBA")
    drawn.paste((0, 0, 0, 0), (width // 2, 0, width, height))
    return drawn


def moving(count=3):
    """The same, brighter from frame to frame."""
    return [picture().point(lambda value, step=step: min(255, value + step * 20)) for step in range(count)]


def file(drawn, kind, **options):
    """The bytes that Pillow writes."""
    written = BytesIO()
    drawn.save(written, kind, **options)
    return written.getvalue()


def tags(little=True, orientation=6):
    """A TIFF structure as cameras write it: an orientation, a maker, and a position."""
    order = "little" if little else "big"

    def number(value, size):
        return value.to_bytes(size, order)

    def entry(tag, kind, count, value):
        return number(tag, 2) + number(kind, 2) + number(count, 4) + value

    maker = b"Secret maker\0"
    position = 8 + 2 + 3 * 12 + 4
    first = [
        entry(0x010F, 2, len(maker), number(position + 2 + 12 + 4, 4)),
        entry(0x0112, 3, 1, number(orientation, 2) + b"\0\0"),
        entry(0x8825, 4, 1, number(position, 4)),
    ]
    gps = entry(1, 2, 2, b"N\0\0\0")
    start = (b"II" if little else b"MM") + number(42, 2) + number(8, 4)
    return start + number(3, 2) + b"".join(first) + number(0, 4) + number(1, 2) + gps + number(0, 4) + maker


def endless_tags():
    """A TIFF structure whose only directory names itself as the next, and as the one with the camera's tags."""
    entry = (0x8769).to_bytes(2, "little") + b"\x04\0\x01\0\0\0\x08\0\0\0"
    return b"II*\0\x08\0\0\0\x01\0" + entry + b"\x08\0\0\0"


def zip_archive():
    """An empty ZIP archive: its end record alone."""
    return b"PK\x05\x06" + bytes(18)
