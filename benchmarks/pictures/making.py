"""Pictures made in one process, by sharp and Tuku in turn: CPU time and memory. And how good they are, all of them."""

import json
import subprocess
from pathlib import Path
from statistics import mean

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
            command = [str(bench.examples / "measure"), form, str(source.width), "default", str(bench.seconds)]
            told = run(command + [str(bench.made_by(source, form, "tuku"))] + [str(file) for file in source.files])
            yield {"source": source.name, "format": form, "who": "tuku"} | told


def by_sharp(bench, source, form, quality, effort, seconds, who):
    words = [form, source.width, quality, effort, seconds, bench.made_by(source, form, who), *source.files]
    return run(["node", str(HERE / "sharp.mjs")] + [str(word) for word in words])


def run(command):
    """What a measurement tells: pictures, CPU seconds, the most memory in bytes."""
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{Path(command[0]).name} failed:\n{done.stdout}{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def scores(bench):
    """Bytes and SSIMULACRA2 of everything that was made, means over the files of a source."""
    for source in bench.aimed:
        for form, qualities in QUALITIES.items():
            for quality in qualities:
                by_sharp(bench, source, form, quality, EFFORTS[form][0], 0, f"sharp at {quality}")
    found = []
    for source in bench.sources:
        folders = sorted(folder for folder in bench.made.iterdir() if folder.name.startswith(f"{source.name}-"))
        likeness = {folder: [] for folder in folders}
        for at, original in enumerate(source.files):
            for folder, value in zip(folders, compared(bench, original, folders, at)):
                likeness[folder].append(value)
        for folder, values in likeness.items():
            _, form, who = folder.name.split("-", 2)
            sizes = [(folder / f"{at}.{form}").stat().st_size for at in range(len(values))]
            record = {"part": "score", "source": source.name, "format": form, "who": who}
            found.append(record | {"bytes": mean(sizes), "score": mean(values)})
            print(f"{source.name} to {form} by {who}: {mean(sizes):,.0f} bytes, SSIMULACRA2 {mean(values):.1f}")
    return found


def compared(bench, original, folders, at):
    """The likeness of what each folder holds of the original, all decoded by one decoder."""
    large = bench.folder / "large.png"
    pairs, small = [str(original), str(large)], []
    for number, folder in enumerate(folders):
        small.append(str(bench.folder / f"small-{number}.png"))
        pairs += [str(folder / f"{at}.{folder.name.split('-', 2)[1]}"), small[-1]]
    subprocess.run(["node", str(HERE / "png.mjs"), *pairs], check=True)
    done = subprocess.run([str(bench.examples / "score"), str(large), *small], capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"score failed:\n{done.stdout}{done.stderr}")
    return [float(line) for line in done.stdout.split()]
