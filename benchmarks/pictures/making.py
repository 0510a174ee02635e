"""Pictures made in one process, by sharp and Tuku in turn: CPU time and memory. And how good they are, all of them."""

import json
from pathlib import Path
from statistics import mean

from benchmarks import machine

from . import likeness

HERE = Path(__file__).resolve().parent
FORMATS = ["jpeg", "webp", "avif"]
# sharp's efforts for each format; the first is what Tuku is held against. For AVIF it has 4 unless told.
EFFORTS = {"jpeg": ["default"], "webp": ["default"], "avif": ["2", "default"]}
# Over these sharp's bytes are followed, to tell what it needs for a likeness as good as another's.
QUALITIES = {
    "jpeg": [60, 70, 75, 80, 85, 90],
    "webp": [60, 70, 75, 80, 85, 90],
    "avif": [30, 40, 45, 50, 55, 60, 65, 70, 75],
}


def records(bench):
    """Each source in each format, by sharp and by Tuku."""
    for source in bench.sources:
        for form in FORMATS:
            for effort in EFFORTS[form] if source.aimed else EFFORTS[form][:1]:
                who = "sharp" if effort == EFFORTS[form][0] else "sharp as it comes"
                told = by_sharp(bench, source, form, "default", effort, bench.seconds, who)
                yield {"source": source.name, "format": form, "who": who} | told
            folder = bench.made_by(source, form, "tuku")
            told = by_tuku(form, source.width, "default", bench.seconds, folder, source.files)
            yield {"source": source.name, "format": form, "who": "tuku"} | told


def by_sharp(bench, source, form, quality, effort, seconds, who):
    words = [form, source.width, quality, effort, seconds, bench.made_by(source, form, who), *source.files]
    return measured(["node", HERE / "sharp.mjs", *words])


def by_tuku(form, width, quality, seconds, folder, files):
    return measured([machine.EXAMPLES / "measure", form, width, quality, seconds, folder, *files])


def measured(words):
    """What a measurement tells: pictures, CPU seconds, the most memory in bytes."""
    return json.loads(likeness.run([str(word) for word in words]).splitlines()[-1])


def scores(bench):
    """Bytes and SSIMULACRA2 of everything that was made, means over the files of a source."""
    for source in bench.aimed:
        for form, qualities in QUALITIES.items():
            for quality in qualities:
                by_sharp(bench, source, form, quality, EFFORTS[form][0], 0, f"sharp at {quality}")
    for source in bench.sources:
        folders = sorted(folder for folder in bench.made.iterdir() if folder.name.startswith(f"{source.name}-"))
        found = {folder: [] for folder in folders}
        for at, original in enumerate(source.files):
            files = [folder / f"{at}.{form_of(folder)}" for folder in folders]
            for folder, file, score in zip(folders, files, likeness.scores(original, files, bench.folder)):
                found[folder].append((file.stat().st_size, score))
        for folder, pairs in found.items():
            form, who = form_of(folder), folder.name.split("-", 2)[2]
            size, score = mean(size for size, _ in pairs), mean(score for _, score in pairs)
            yield {"source": source.name, "format": form, "who": who, "bytes": size, "score": score}


def form_of(folder):
    """See `Bench.made_by`."""
    return folder.name.split("-", 2)[1]
