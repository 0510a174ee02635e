"""What was found of the candidates, as a page."""

import json
import re
from math import exp, log
from pathlib import Path
from statistics import mean, median

from benchmarks import machine
from benchmarks.tables import NONE, spread, table

from ..likeness import bytes_for
from ..records import milliseconds
from .candidates import CANDIDATES, CHOSEN

PACKAGES = Path(__file__).resolve().parent.parent / "package-lock.json"
FORMATS = {"avif": "AVIF, by libaom for single pictures (all-intra)", "webp": "WebP, by libwebp"}

HEAD = """# Settings of the encoders

What the settings of the encoders cost and give: those in **bold** are Tuku's, the others were tried beside them, and \
sharp's stand for what most have. `make bench-encoders` measures it and writes this page. The numbers are one \
machine's; what counts is how they stand to each other.

*Bytes at the same likeness* are those that the settings need to look as good as Tuku's at each of its qualities, over \
Tuku's: below 1 is smaller. It is the geometric mean over all photographs and qualities, where at least half of them \
can be compared. CPU time and memory are at the quality that each has by itself; a cell is the median of the rounds, \
with the least and the most in brackets. The last column has the means of all photographs.
"""

EXPLAINED = """
## How it was measured

- **Photographs.** {photographs} photographs of Debian's: {sources}. Tuku made them smaller once, as PNG; all \
candidates encode these.
- **Settings** stand on top of what a library has by itself: options of `aomenc`, numbers of `WebPConfig`, and sharp's \
own. Nothing is set that is not told, but what a single picture needs. Those of Tuku give what Tuku makes, byte for \
byte, at each of the qualities: that is looked at first.
- **CPU time** is of encoding alone, on one thread, after a warm-up. For AVIF red, green and blue are taken apart \
before the time counts, as Tuku's photographs come from JPEG that way; sharp's time has that in it.
- **Memory** is the most the process ever had in RAM, with all photographs; sharp's has its runtime in it.
- **Likeness.** SSIMULACRA2 against the PNG. Results are decoded by sharp, whoever made them.

{lines}
"""


class Page:
    """`looked` has (bytes, score) of each photograph by candidate and quality; `costs` are candidates with what each
    run told."""

    def __init__(self, looked, costs):
        self.looked, self.costs = looked, costs

    def milliseconds(self, candidate):
        return [milliseconds(told) for one, told in self.costs if one == candidate]

    def ratios(self, candidate):
        """CPU time ÷ that of what was chosen, in each round."""
        chosen = self.milliseconds(CHOSEN[candidate.form])
        return [one / other for one, other in zip(self.milliseconds(candidate), chosen)]

    def curve(self, candidate, photograph):
        """(bytes, score) by rising bytes."""
        return sorted(self.looked[candidate, quality][photograph] for quality in candidate.qualities())

    def same_likeness(self, candidate):
        """Bytes ÷ those of what was chosen; see HEAD."""
        chosen = CHOSEN[candidate.form]
        logs, points = [], 0
        for photograph in range(len(self.looked[chosen, chosen.qualities()[0]])):
            curve = self.curve(candidate, photograph)
            for size, score in self.curve(chosen, photograph):
                needed = bytes_for(curve, score)
                points += 1
                if needed:
                    logs.append(log(needed / size))
        return exp(mean(logs)) if 2 * len(logs) >= points else None

    def qualities(self, candidate):
        cells = []
        for quality in candidate.qualities():
            found = self.looked[candidate, quality]
            size, score = mean(size for size, _ in found), mean(score for _, score in found)
            cells.append(f"{quality}: {size / 1000:.1f} KB, {score:.2f}")
        return " · ".join(cells)

    def rows(self, form):
        """By rising CPU time."""
        found = [candidate for candidate in CANDIDATES if candidate.form == form]
        for candidate in sorted(found, key=lambda one: median(self.milliseconds(one))):
            name, same = candidate.name(), self.same_likeness(candidate)
            peaks = [told["peak"] / 1e6 for one, told in self.costs if one == candidate]
            yield [
                f"**{name}**" if candidate == CHOSEN[form] else name,
                spread(self.milliseconds(candidate), 1),
                "1" if candidate == CHOSEN[form] else spread(self.ratios(candidate), 2),
                f"× {same:.3f}" if same else NONE,
                f"{median(peaks):,.0f}",
                self.qualities(candidate),
            ]

    def tables(self):
        heads = ["settings", "CPU ms a picture", "÷ Tuku's", "bytes at the same likeness", "peak MB"]
        heads += ["quality: KB, SSIMULACRA2"]
        parts = [f"## {title}\n\n{table(heads, self.rows(form), words=[0, 5])}" for form, title in FORMATS.items()]
        return "\n".join(parts)

    def text(self, options, found):
        told = [f"{source.about}, {source.width} px wide" for source in found]
        photographs = sum(len(source.files) for source in found)
        lines = [
            machine.today(),
            machine.about(),
            f"{crate('libaom-sys')}, {crate('libwebp-sys')}, sharp {sharp()}",
            f"Node {machine.first_line(['node', '--version'])}",
            f"{options.rounds} rounds, all in turn; {options.seconds:g} seconds each measurement",
        ]
        lines = "".join(f"- {line}\n" for line in lines).rstrip("\n")
        explained = EXPLAINED.format(photographs=photographs, sources="; ".join(told), lines=lines)
        return f"{HEAD}\n{self.tables()}{explained}"


def crate(name):
    """A library and its version, as the program is built with it."""
    lock = (machine.ROOT / "Cargo.lock").read_text()
    version = re.search(rf'name = "{name}"\nversion = "(.+)"', lock)
    return f"{name} {version.group(1)}"


def sharp():
    return json.loads(PACKAGES.read_text())["packages"]["node_modules/sharp"]["version"]
