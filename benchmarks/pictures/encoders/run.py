"""What the settings of the encoders of AVIF and WebP cost and give: those that Tuku has, others, and sharp's.

    make bench-encoders OPTIONS="--rounds 1 --seconds 0.5 --write encoders.md"
    python3 -B -m benchmarks.pictures.encoders.run

Each candidate encodes the same small photographs, in turn; what they cost, how many bytes they have and how good they
look goes into docs/benchmarks/encoders.md, in about a quarter of an hour. To try others, add them to candidates.py. It
ends with an error at once when what candidates.py calls chosen is not what Tuku does, byte for byte.
"""

import argparse
import tempfile
from pathlib import Path

from benchmarks import machine

from .. import likeness
from ..making import by_tuku, measured
from ..photographs import sources
from ..records import milliseconds
from . import report
from .candidates import CANDIDATES, CHOSEN

HERE = Path(__file__).resolve().parent
EXAMPLES = [machine.EXAMPLES / name for name in ["encoders", "measure", "score"]]
# Wider than any of the photographs becomes.
NO_SMALLER = 2000


def smaller(found, folder):
    """Every photograph at its source's width, as Tuku draws it, in PNG: what the encoders get."""
    files = []
    for source in found:
        into = folder / source.name
        into.mkdir()
        by_tuku("png", source.width, "default", 0, into, source.files)
        files += [into / f"{at}.png" for at in range(len(source.files))]
    return files


def encoded(candidate, quality, seconds, folder, files):
    """One run of a candidate: what it tells, and its files."""
    folder.mkdir(exist_ok=True)
    program = ["node", HERE / "sharp.mjs"] if candidate.by == "sharp" else [machine.EXAMPLES / "encoders"]
    told = measured([*program, candidate.form, quality, candidate.settings, seconds, folder, *files])
    return told, [folder / f"{at}.{candidate.form}" for at in range(len(files))]


def check(files, folder):
    """What is called chosen is what Tuku does."""
    for form, candidate in CHOSEN.items():
        for quality in candidate.qualities():
            _, ours = encoded(candidate, quality, 0, folder / "ours", files)
            by_tuku(form, NO_SMALLER, quality, 0, folder, files)
            if any(file.read_bytes() != (folder / file.name).read_bytes() for file in ours):
                raise SystemExit(f"Tuku's {form} is no longer made with {candidate.settings}: mend CHOSEN.")


def costs(options, files, folder):
    """CPU time and memory of each candidate in each round."""
    for number in range(options.rounds):
        for candidate in CANDIDATES:
            told, _ = encoded(candidate, candidate.timed_at(), options.seconds, folder / "timed", files)
            words = f"round {number + 1} of {options.rounds}: {candidate.form} {candidate.name()}"
            print(f"{words}: {milliseconds(told):.1f} ms", flush=True)
            yield candidate, told


def looks(files, folder):
    """Bytes and SSIMULACRA2 of each photograph by each candidate at each quality."""
    tried = [(candidate, quality) for candidate in CANDIDATES for quality in candidate.qualities()]
    made = []
    for at, (candidate, quality) in enumerate(tried):
        made.append(encoded(candidate, quality, 0, folder / f"made-{at}", files)[1])
    found = {one: [] for one in tried}
    for at, original in enumerate(files):
        here = [paths[at] for paths in made]
        for one, path, score in zip(tried, here, likeness.scores(original, here, folder)):
            found[one].append((path.stat().st_size, score))
        print(f"judged {at + 1} of {len(files)} photographs", flush=True)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2, help="of one measurement")
    parser.add_argument("--write", type=Path, default=machine.DOCUMENTS / "encoders.md")
    options = parser.parse_args()
    if options.rounds < 1 or options.seconds <= 0:
        parser.error("There is at least one round, and each measurement takes time.")
    machine.need([*EXAMPLES, "node", "djpeg", "cjpeg"], "bench-encoders")
    machine.clear_up_when_told_to_stop()
    with tempfile.TemporaryDirectory(prefix="tuku-bench-") as name:
        folder = Path(name)
        found = sources(machine.TOOLS / "debian", None, folder)
        files = smaller(found, folder)
        check(files, folder)
        looked = looks(files, folder)
        page = report.Page(looked, list(costs(options, files, folder)))
        options.write.parent.mkdir(parents=True, exist_ok=True)
        options.write.write_text(page.text(options, found))
    print("\n" + page.tables())


if __name__ == "__main__":
    main()
