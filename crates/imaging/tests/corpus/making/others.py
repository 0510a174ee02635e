"""Files of other kinds, some with a picture somewhere in them."""

import gzip

from . import jpeg, png
from .draw import zip_archive
from .heif import box
from .svg import svg


def taken():
    return {}


def refused():
    photoshop = b"8BPS\0\x01" + bytes(6) + b"\0\x03\0\0\0\x18\0\0\0\x20\0\x08\0\x03" + bytes(14)
    return {
        "words.jpg": b"this is only text, whatever its name",
        "zeros.png": bytes(64),
        "page.gif": b"<!DOCTYPE html><html><script>alert(1)</script></html>",
        "photoshop.psd": photoshop,
        "photoshop-with-a-picture-in-it.psd": photoshop + jpeg.plain(),
        "icon.ico": b"\0\0\x01\0\x01\0\x10\x10\0\0\x01\0\x18\0" + (22).to_bytes(4, "little") * 2 + png.small(),
        "document.pdf": b"%PDF-1.7\n1 0 obj<<>>stream\n" + jpeg.plain() + b"\nendstream\n%%EOF",
        "postscript.eps": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n",
        "video.mp4": box(b"ftyp", b"isom\0\0\x02\0isomiso2mp41") + box(b"mdat", bytes(64)),
        "video.mov": box(b"ftyp", b"qt  \0\0\x02\0qt  ") + box(b"mdat", bytes(64)),
        "archive-with-a-picture-behind.zip": zip_archive() + png.small(),
        "packed.svgz": gzip.compress(svg(), mtime=0),
        "sound.wav": b"RIFF\x24\0\0\0WAVEfmt " + bytes(24),
        "program.jpg": b"\x7fELF" + bytes(60),
        "byte-order-alone.svg": b"\xef\xbb\xbf",
    }


def odd():
    return {"nothing": b"", "one-byte": b"\xff", "newline": b"\n"}
