"""The photographs that are measured with: Debian's, and sharp's own benchmark picture where it is at hand."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

# 5640x3172, from mate-backgrounds, as published: progressive and of a quality no camera writes.
PUBLISHED = "usr/share/backgrounds/mate/abstract/Elephants_5640x3172.jpg"
# Stands in for sharp's picture.
STAND_IN = "usr/share/backgrounds/mate/nature/Wood.jpg"
NATURE, WALLPAPERS = "usr/share/backgrounds/mate/nature", "usr/share/wallpapers"
ALBUM = [f"{NATURE}/{name}.jpg" for name in ["Garden", "LadyBird", "TwoWings", "YellowFlower", "Dune"]] + [
    f"{WALLPAPERS}/{name}/contents/images/2560x1600.jpg" for name in ["BytheWater", "EveningGlow", "FallenLeaf", "Path"]
]
# As many addresses as clients, so that no two ask for the same picture at once.
COPIES = 8
# When the servers' files were changed, in Unix seconds: a whole one, as a file from an archive has it. What was changed
# between two seconds ipx does not know again by the date that it told.
CHANGED = 1_780_000_000


@dataclass
class Source:
    """One photograph or several, and the width in pixels that is wanted of them."""

    name: str
    about: str
    files: list
    width: int
    # Whether the aims are about it.
    aimed: bool = True

    def addresses(self):
        """File names for servers, at least as many as clients: one photograph is many under several names."""
        names = [f"{self.name}-{at}.jpg" for at in range(1, max(COPIES, len(self.files)) + 1)]
        return [(name, self.files[at % len(self.files)]) for at, name in enumerate(names)]


def sources(debian, own, folder):
    """The sources, from the unpacked packages; `own` is sharp's picture, if there is one."""
    camera = folder / "camera.jpg"
    as_a_camera_writes(debian / PUBLISHED, camera)
    six = Path(own) if own else debian / STAND_IN
    about = "sharp's benchmark picture" if own else "“Wood” of Debian's mate-backgrounds"
    album = [debian / path for path in ALBUM]
    for path in [six, *album]:
        if not path.is_file():
            raise SystemExit(f"{path} is missing. scripts/setup bench-pictures fetches Debian's photographs.")
    return [
        Source("camera", "camera-like 18 MP, 4:2:2, quality 90", [camera], 800),
        Source("six", about, [six], 720),
        Source("album", f"{len(album)} photographs of 2 to 4 MP", album, 640, aimed=False),
    ]


def as_a_camera_writes(published, into):
    """A baseline JPEG with the colours at half the width, as cameras write them."""
    with into.open("wb") as file:
        decode = subprocess.Popen(["djpeg", str(published)], stdout=subprocess.PIPE)
        encode = subprocess.run(["cjpeg", "-quality", "90", "-sample", "2x1"], stdin=decode.stdout, stdout=file)
        decode.stdout.close()
    if decode.wait() != 0 or encode.returncode != 0:
        raise SystemExit(f"{published} could not be made into what a camera writes; is it there?")


def lay_out(found, folder):
    """Copies the files for the servers that read them from a folder."""
    folder.mkdir()
    for source in found:
        for name, file in source.addresses():
            shutil.copyfile(file, folder / name)
            os.utime(folder / name, (CHANGED, CHANGED))
