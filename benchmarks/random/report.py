"""What was found, as a page: the aims, the tables, and how it was measured."""

import json
from pathlib import Path

from benchmarks import machine
from benchmarks.pictures.aims import Aim
from benchmarks.pictures.records import Records, rate
from benchmarks.servers.wrk import CONNECTIONS
from benchmarks.tables import spread, table

HERE = Path(__file__).resolve().parent

# What chooses, and reads nothing of a picture besides.
CHOOSING = "the address of a picture"

HEAD = """# Random pictures

What a random picture costs as the library grows, and beside the script that people put before a bucket for it. \
`make bench-random` measures it and writes this page. The numbers are one machine's; what counts is how they stand to \
each other.

Each cell is the median of the rounds, with the least and the most in brackets. A ratio is taken within a round. CPU \
time is that of all threads and all processes of a program, user and system.
"""

EXPLAINED = """
## How it was measured

- **The libraries** are rows alone: public pictures in galleries of a thousand, a third each wide, high and square. \
What is asked for there needs no file: addresses, what is told of pictures, and counts. What is told of a picture is \
read from its own row, of which a million are more than a processor's caches hold; the aim is about choosing alone. Each \
program has been asked for {warm_up} seconds before.
- **The script** (`benchmarks/random/script.js`) does what such scripts do: it lists a folder, a thousand objects at \
most, chooses one of them, and sends it; for a count it lists as well. It runs in workerd, over a local R2 bucket \
(both as wrangler brings them), without wrangler's own proxy before it. The bucket holds a thousand files, and Tuku's \
library the same thousand pictures; a file of the bucket is just what Tuku sends of that picture, {size} KB of JPEG. \
Each had been asked for before.
- Each program is on one core, wrk with {connections} connections on another. A second before each run does not count. \
The two libraries are asked in slices of a second that take turns, so that the machine is as fast for one as for the \
other.

{lines}
"""


class Page:
    """The records, and what is told of where they are from; see `setting`."""

    def __init__(self, records, told):
        self.found, self.told = Records(records), told

    def pairs(self):
        """The sizes of the libraries: the small one and the large one."""
        sizes = sorted(size for (size,) in self.found.keys("sizes", "pictures"))
        return sizes[0], sizes[-1]

    def grown(self, what):
        small, large = self.pairs()
        return self.found.ratio(rate, "sizes", str(large), str(small), what=what)

    def aims(self):
        rows = []
        if self.found.of("sizes"):
            small, large = self.pairs()
            cells = {CHOOSING: self.grown(CHOOSING)}
            title = f"`/random/landscape`, requests a CPU-second, {large:,} pictures ÷ {small:,}"
            rows.append(Aim(title, 1.0, 0.9, cells))
        if self.found.of("script"):
            cells = {"a picture": self.found.ratio(rate, "script", "tuku", "script", what="a picture")}
            rows.append(Aim("requests a CPU-second, Tuku ÷ the script, a thousand pictures", 20, 5, cells))
        heads = ["what", "aim", "at least", "found", "worst cell", ""]
        return table(heads, [row.row() for row in rows], words=[0, 4, 5])

    def sizes(self):
        small, large = self.pairs()
        rows = []
        for what, path in self.found.keys("sizes", "what", "path"):
            rates = [spread(self.found.values(rate, "sizes", what=what, pictures=size), 0) for size in (small, large)]
            rows.append([what, f"`{path}`", *rates, spread(self.grown(what), 2)])
        return table(["asked for", "address", f"{small:,} pictures", f"{large:,}", "÷"], rows, words=[0, 1])

    def script(self):
        rows = []
        for (what,) in self.found.keys("script", "what"):
            rates = [spread(self.found.values(rate, "script", what=what, who=who), 0) for who in ["tuku", "script"]]
            rows.append([what, *rates, spread(self.found.ratio(rate, "script", "tuku", "script", what=what), 1)])
        return table(["asked for", "Tuku", "the script", "÷"], rows)

    def tables(self):
        parts = ["## The aims", self.aims(), "The worst cell of each row counts."]
        for part, title, drawn in [
            ("sizes", "A thousand pictures, and a million: requests a CPU-second", self.sizes),
            ("script", "Beside the script: requests a CPU-second", self.script),
        ]:
            if self.found.of(part):
                parts += [f"## {title}", drawn()]
        return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"

    def drawn(self):
        sizes = [record["size"] for record in self.found.of("script", what="a picture", who="tuku")]
        told = [*self.told["lines"], f"{self.found.rounds()} rounds, all in turn; {self.told['seconds']:g} seconds each"]
        lines = "".join(f"- {line}\n" for line in told).rstrip("\n")
        size = f"{max(sizes, default=0) / 1000:.0f}"
        explained = EXPLAINED.format(lines=lines, connections=CONNECTIONS, size=size, **self.told["about"])
        return f"{HEAD}\n{self.tables()}{explained}"

    def write(self, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.drawn())


def setting(bench):
    """Where and how it is measured, without names of this machine."""
    packages = json.loads((machine.ROOT / "end2end/package-lock.json").read_text())["packages"]
    versions = {name: packages[f"node_modules/{name}"]["version"] for name in ["miniflare", "workerd", "wrangler"]}
    return {
        "seconds": bench.seconds,
        "about": bench.about(),
        "lines": [
            f"{machine.today()}, {machine.first_line([machine.BINARY, '--version'])}, release build",
            machine.about(),
            ", ".join(f"{name} {version}" for name, version in versions.items()),
            machine.asking(),
        ],
    }
