"""How like an original smaller pictures are, and what a likeness costs in bytes."""

import subprocess
from math import exp, log
from pathlib import Path

from benchmarks import machine

HERE = Path(__file__).resolve().parent


def scores(original, files, scratch):
    """The SSIMULACRA2 of each file, whoever made it decoded by one decoder; see crates/imaging/examples/score.rs."""
    large = scratch / "large.png"
    small = [scratch / f"small-{at}.png" for at in range(len(files))]
    pairs = [str(path) for pair in zip([original, *files], [large, *small]) for path in pair]
    run(["node", str(HERE / "png.mjs"), *pairs])
    told = run([str(machine.EXAMPLES / "score"), str(large), *[str(path) for path in small]])
    return [float(line) for line in told.split()]


def bytes_for(curve, score):
    """The bytes at which a curve of (bytes, score) has a score: nothing if it is not between two of its points."""
    for (small, low), (large, high) in zip(curve, curve[1:]):
        if low <= score <= high and high > low:
            share = (score - low) / (high - low)
            return exp(log(small) + share * (log(large) - log(small)))
    return None


def run(command):
    """What a program prints; ends with its words if it fails."""
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{Path(command[0]).name} failed:\n{done.stdout}{done.stderr}")
    return done.stdout
