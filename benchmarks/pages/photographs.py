"""The photographs of the gallery: twelve of Debian's in five sizes each, every third of them cut upright."""

import subprocess

from benchmarks import machine

FROM = machine.TOOLS / "debian/usr/share/backgrounds/mate/nature"
# The first is the one that has a page: 2560x1600, so that it has every size there is.
NAMES = [
    ("TwoWings", 2560, 1600),
    ("Garden", 2560, 1600),
    ("Dune", 1680, 1050),
    ("LadyBird", 2560, 1600),
    ("Storm", 1920, 1280),
    ("Wood", 2560, 1920),
    ("YellowFlower", 2560, 1600),
    ("RainDrops", 1920, 1200),
    ("Aqua", 2560, 1600),
    ("Blinds", 1920, 1200),
    ("GreenMeadow", 1280, 1024),
    ("FreshFlower", 1600, 1203),
]
EIGHTHS = [8, 7, 6, 5, 4]


def photographs(folder):
    """Writes them into a new folder; answers each with its name."""
    folder.mkdir()
    made = []
    for eighths in EIGHTHS:
        for name, width, height in NAMES:
            into = folder / f"{name}-{eighths}.jpg"
            upright = f"{height * 3 // 4}x{height}+{width // 4}+0" if len(made) % 3 == 2 else None
            smaller(FROM / f"{name}.jpg", into, eighths, upright)
            made.append((name, into))
    return made


def another(photograph, number):
    """The bytes of a JPEG as another file: with a comment of its own (ITU T.81, B.2.4.5)."""
    note = f"{number:04}".encode()
    return photograph[:2] + b"\xff\xfe" + (len(note) + 2).to_bytes(2, "big") + note + photograph[2:]


def smaller(original, into, eighths, crop):
    """So many eighths of a photograph, or of a part of it."""
    commands = [["jpegtran", *(["-crop", crop] if crop else []), str(original)]]
    commands += [["djpeg", "-scale", f"{eighths}/8"], ["cjpeg", "-quality", "88"]]
    data = b""
    for command in commands:
        done = subprocess.run(command, input=data, capture_output=True)
        if done.returncode != 0:
            raise SystemExit(f"{original} could not be made smaller: {done.stderr.decode(errors='replace')}")
        data = done.stdout
    into.write_bytes(data)
