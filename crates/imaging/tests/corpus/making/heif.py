"""AVIF and HEIC: boxes of ISO/IEC 14496-12 and 23008-12, made by their encoders and then broken."""

import pillow_heif

from .draw import file, picture, see_through, zip_archive

pillow_heif.register_heif_opener()

CONTAINERS = {b"meta": 4, b"iprp": 0, b"ipco": 0, b"iref": 4, b"iinf": 6}


def avif(drawn=None, **options):
    return file(drawn or picture(), "AVIF", quality=50, speed=6, max_threads=1, **options)


def heic(drawn=None, **options):
    return file(drawn or picture(64, 64), "HEIF", quality=40, **options)


def box(kind, content):
    return (len(content) + 8).to_bytes(4, "big") + kind + content


def boxes(content, base=0):
    """Kind, start and end of each box."""
    at = 0
    while at + 8 <= len(content):
        size = int.from_bytes(content[at:at + 4], "big")
        assert size >= 8, "encoders write plain sizes"
        yield content[at + 4:at + 8], base + at, base + at + size
        at += size


def find(whole, *path):
    """Start and end of the box at a path."""
    start, end = 0, len(whole)
    for depth, kind in enumerate(path):
        start, end = next((s, e) for k, s, e in boxes(whole[start:end], start) if k == kind)
        if depth < len(path) - 1:
            start += 8 + CONTAINERS[kind]
    return start, end


def patched(whole, path, at, new):
    """`new` put over a box's content, from `at` on: the file stays as long."""
    start, _ = find(whole, *path)
    start += 8 + at
    return whole[:start] + new + whole[start + len(new):]


def renamed(whole, path, kind):
    start, _ = find(whole, *path)
    return whole[:start + 4] + kind + whole[start + 8:]


def resized(whole, path, size):
    """The box says that it is as long as this."""
    start, _ = find(whole, *path)
    return whole[:start] + size.to_bytes(4, "big") + whole[start + 4:]


def with_references(whole, content):
    """A box of references at the end of `meta`, and the pictures' places moved behind it."""
    added = box(b"iref", bytes(4) + content)
    start, end = find(whole, b"meta")
    grown = whole[:start] + (end - start + len(added)).to_bytes(4, "big") + whole[start + 4:end] + added + whole[end:]
    return moved(grown, len(added))


def moved(whole, by):
    """Adds to every extent's offset. Encoders here write version 0 with four bytes each and one extent an item."""
    start, end = find(whole, b"meta", b"iloc")
    content = bytearray(whole[start + 8:end])
    sizes, count = content[4], int.from_bytes(content[6:8], "big")
    base = content[5] >> 4
    assert content[0] == 0 and sizes == 0x44, "another version of iloc"
    at = 8
    for _ in range(count):
        at += 4 + base
        extents = int.from_bytes(content[at:at + 2], "big")
        at += 2
        for _ in range(extents):
            offset = int.from_bytes(content[at:at + 4], "big") + by
            content[at:at + 4] = offset.to_bytes(4, "big")
            at += 8
    return whole[:start + 8] + bytes(content) + whole[end:]


def reference(kind, source, *targets):
    ids = [source, len(targets), *targets]
    return box(kind, b"".join(number.to_bytes(2, "big") for number in ids))


def sides(width, height):
    return bytes(4) + width.to_bytes(4, "big") + height.to_bytes(4, "big")


META = (b"meta",)
LOCATIONS = (b"meta", b"iloc")
PROPERTIES = (b"meta", b"iprp", b"ipco")
SIDES = (*PROPERTIES, b"ispe")


def taken():
    return {
        "plain.avif": avif(),
        "see-through.avif": avif(see_through()),
        "grey.avif": avif(picture().convert("L")),
        "plain.heic": heic(),
        "archive-behind.avif": avif() + zip_archive(),
    }


def refused():
    found = {}
    for name, whole in [("avif", avif()), ("heic", heic())]:
        found |= {
            f"half.{name}": whole[: find(whole, b"mdat")[1] - 40],
            f"header-alone.{name}": whole[: find(whole, b"meta")[0]],
            f"half-a-header.{name}": whole[: find(whole, b"meta")[0] + 100],
            f"no-places.{name}": renamed(whole, LOCATIONS, b"free"),
            f"no-properties.{name}": renamed(whole, (b"meta", b"iprp"), b"free"),
            f"no-primary-picture.{name}": patched(whole, (b"meta", b"pitm"), 4, b"\x7f\xff"),
            f"pixels-of-zeros.{name}": patched(whole, (b"mdat",), 0, bytes(len(whole) - find(whole, b"mdat")[0] - 8)),
            f"place-beyond-the-file.{name}": moved(whole, 0x7000_0000),
        }
    found["vast-sides.avif"] = patched(avif(), SIDES, 0, sides(60_000, 60_000))
    return found


def odd():
    # What the stream itself says counts.
    found = {"vast-sides.heic": patched(heic(), SIDES, 0, sides(60_000, 60_000))}
    for name, whole in [("avif", avif()), ("heic", heic())]:
        _, end = find(whole, *LOCATIONS)
        found |= {
            f"no-sides.{name}": patched(whole, SIDES, 0, sides(0, 0)),
            f"other-sides.{name}": patched(whole, SIDES, 0, sides(640, 480)),
            f"65535-places.{name}": patched(whole, LOCATIONS, 6, b"\xff\xff"),
            f"place-of-4-gb.{name}": whole[:end - 4] + b"\xff\xff\xff\xf0" + whole[end:],
            f"eight-byte-offsets.{name}": patched(whole, LOCATIONS, 4, b"\x88\x80"),
            f"meta-of-size-0.{name}": resized(whole, META, 0),
            f"meta-of-size-1.{name}": resized(whole, META, 1),
            f"meta-of-size-7.{name}": resized(whole, META, 7),
            f"meta-of-4-gb.{name}": resized(whole, META, 2**32 - 1),
            f"properties-of-4-gb.{name}": resized(whole, PROPERTIES, 2**32 - 1),
            f"picture-is-its-own-opacity.{name}": with_references(whole, reference(b"auxl", 1, 1)),
            f"picture-made-of-itself.{name}": with_references(whole, reference(b"dimg", 1, 1, 1, 1)),
            f"65535-references.{name}": with_references(whole, box(b"dimg", b"\0\1\xff\xff\0\1")),
            f"described-by-itself.{name}": with_references(whole, reference(b"cdsc", 1, 1)),
            f"noise.{name}": whole[: find(whole, b"mdat")[0] + 40] + bytes(range(1, 200)) + whole[-20:],
        }
    # A grid of 256 by 256 tiles that are the grid.
    grid = renamed(avif(), SIDES, b"free")
    kind, _ = find(grid, b"meta", b"iinf", b"infe")
    grid = grid[:kind + 16] + b"grid" + grid[kind + 20:]
    data = find(grid, b"mdat")[0] + 8
    found["grid-of-itself.avif"] = with_references(
        grid[:data] + b"\0\0\xff\xff\xff\xff\xff\xff" + grid[data + 8:], reference(b"dimg", 1, *[1] * 256)
    )
    return found
