"""Writes the corpus anew: files that are taken, files that are refused, and odd ones that may be either.

Needs what README.md says beside Python's own library. The same versions write the same bytes.
"""

import shutil
from pathlib import Path

from making import bmp, gif, heif, jpeg, jxl, others, png, svg, tiff, webp

FOLDER = Path(__file__).parent
KINDS = [jpeg, png, webp, gif, heif, jxl, tiff, bmp, svg, others]
MOST_BYTES = 4096
MOST_BYTES_ALTOGETHER = 200_000


def main():
    total = 0
    for verdict in ["taken", "refused", "odd"]:
        folder = FOLDER / verdict
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for kind in KINDS:
            for name, content in getattr(kind, verdict)().items():
                assert len(content) <= MOST_BYTES, f"{name} has {len(content)} bytes"
                assert not (folder / name).exists(), f"{name} is there twice"
                (folder / name).write_bytes(content)
                total += len(content)
    assert total <= MOST_BYTES_ALTOGETHER, f"{total} bytes altogether"
    print(f"{total} bytes")


main()
