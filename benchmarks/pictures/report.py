"""What was found, as a page: the aims, the tables, and how it was measured."""

import json
from pathlib import Path
from statistics import median

from benchmarks import machine
from benchmarks.tables import NONE, spread, table

from . import plot
from .aims import aims
from .records import Records, http_milliseconds, middle, milliseconds, p99, peak, rate, throughput
from .waiting import RATE

HERE = Path(__file__).resolve().parent

HEAD = """# Pictures

What it costs to make a smaller picture, and to send one: Tuku beside [sharp](https://sharp.pixelplumbing.com/) \
(libvips, what most build on), [ipx](https://github.com/unjs/ipx) (sharp behind HTTP), \
[oximg](https://github.com/oximg/oximg) and nginx. `make bench-pictures` measures it and writes this page. The numbers \
are one machine's; what counts is how they stand to each other.

Each cell is the median of the rounds, with the least and the most in brackets. A ratio is taken within a round, where \
all had their turn one after the other. CPU time is that of all threads and all processes of a program, user and system.
"""

EXPLAINED = """
## How it was measured

- **Photographs.** *camera*: {camera}; the published file put through `djpeg | cjpeg -quality 90 -sample 2x1`. *six*: \
{six}. *album*: {album}, of which the means are told.
- **Settings.** Each at its own quality unless said: sharp 80 for JPEG and WebP and 50 for AVIF, with libvips on one \
thread and nothing cached; ipx likewise, as its README has it; oximg 80 and, set for this, 80 for WebP. sharp's AVIF \
at effort 2 is what Tuku is held against; at its own 4 it is “as it comes”.
- **In one process.** The file is in memory, and so is the result; start and warm-up do not count. Memory is the most \
the process ever had in RAM, the file and the runtime included.
- **Likeness.** SSIMULACRA2 against a reference that no encoder has seen: the whole picture decoded, scaled in linear \
light and floating point by a Lanczos3 filter, never rounded to 8 bits. Results are decoded by sharp, whoever made \
them. *Bytes at the same likeness*: what sharp needs to reach Tuku's score, between its results at several qualities.
- **Over HTTP.** Nothing is kept: every request is made anew, and no two clients ask for the same address, so that \
nothing is shared. Each server is started for each cell and has all cores, which the clients share; requests that were \
begun are waited for. Memory is the most that the server and its children had at once, shared pages counted once, \
looked at every 50 ms.
- **Kept.** Each server on one core, wrk with 16 connections on another; nginx has one worker, `sendfile` and \
`open_file_cache`, and sends the very files that Tuku answers. By *entity tag* alone ipx makes the picture to compare; \
*as browsers ask* is with the date too, where the server gave one: ipx then makes nothing.
- **Pages.** The front page, {rate} times a second at a steady pace, counted from when it was due; saturated is eight \
clients having pictures made without a pause.

{lines}
"""

# The plot, by its name.
SHOWN = "![CPU time, and bytes against likeness]({})"


class Page:
    """The records, and what is told of where they are from; see `setting`."""

    def __init__(self, records, told):
        self.found, self.told = Records(records), told

    def aimed(self):
        return [source["name"] for source in self.told["sources"] if source["aimed"]]

    def width(self, source):
        return next(one["width"] for one in self.told["sources"] if one["name"] == source)

    def process(self):
        rows = []
        for source, form, who in self.found.keys("process", "source", "format", "who"):
            here = {"source": source, "format": form}
            score = self.found.score(source, form, who)
            rows.append(
                [
                    f"{source} → {self.width(source)} px",
                    form,
                    who,
                    spread(self.found.values(milliseconds, "process", who=who, **here), 1),
                    "1" if who == "tuku" else spread(self.found.ratio(milliseconds, "process", who, "tuku", **here), 2),
                    *likeness(score),
                    megabytes(self.found.values(peak, "process", who=who, **here)),
                ]
            )
        heads = ["source", "to", "by", "CPU ms a picture", "÷ Tuku", "KB", "SSIMULACRA2", "peak MB"]
        return table(heads, rows, words=range(3))

    def likeness(self):
        rows = []
        for source in self.aimed():
            for form in ["jpeg", "webp", "avif"]:
                ours, theirs = self.found.score(source, form, "tuku"), self.found.score(source, form, "sharp")
                if not ours or not theirs:
                    continue
                needed = self.found.needed(source, form, ours["score"])
                rows.append(
                    [
                        source,
                        form,
                        f"{ours['score'] - theirs['score']:+.1f}",
                        f"× {ours['bytes'] / theirs['bytes']:.2f}",
                        f"× {ours['bytes'] / needed:.2f}" if needed else NONE,
                    ]
                )
        heads = ["source", "to", "SSIMULACRA2, Tuku − sharp", "bytes, Tuku ÷ sharp", "bytes at the same likeness"]
        return table(heads, rows, words=range(2))

    def http(self):
        rows = []
        for source, form, who in self.found.keys("http", "source", "format", "who"):
            here = {"source": source, "format": form}
            row = [f"{source} → {self.width(source)} px", form, who]
            for clients in [1, 8]:
                here["clients"] = clients
                row.append(spread(self.found.values(http_milliseconds, "http", who=who, **here), 1))
                ratios = self.found.ratio(http_milliseconds, "http", who, "tuku", **here)
                row.append("1" if who == "tuku" else spread(ratios, 2))
            row.append(spread(self.found.values(throughput, "http", who=who, **here), 1))
            row.append(megabytes(self.found.values(peak, "http", who=who, **here)))
            row += likeness(self.found.score(source, form, "tuku over http" if who == "tuku" else who))
            rows.append(row)
        heads = ["source", "to", "by", "one client: CPU ms", "÷ Tuku", "eight: CPU ms", "÷ Tuku", "eight: a second"]
        return table(heads + ["eight: peak MB", "KB", "SSIMULACRA2"], rows, words=range(3))

    def kept(self):
        rows, cells = [], self.found.keys("kept", "what", "who")
        order = list(dict.fromkeys(what for what, _ in cells))
        for what, who in sorted(cells, key=lambda cell: (cell[0].startswith("304"), order.index(cell[0]))):
            rates = spread(self.found.values(rate, "kept", what=what, who=who), 0)
            size = self.found.of("kept", what=what, who=who)[0].get("size")
            shown = f"{what}, {size / 1000:.1f} KB" if size else what
            ratios = self.found.ratio(rate, "kept", "tuku", who, what=what)
            rows.append([shown, who, rates, "1" if who == "tuku" else spread(ratios, 2)])
        return table(["what", "by", "requests a CPU-second", "Tuku ÷ it"], rows, words=range(2))

    def pages(self):
        rows = []
        for (state,) in self.found.keys("pages", "state"):
            times = [spread(self.found.values(value, "pages", state=state), 2) for value in [middle, p99]]
            rows.append([state, *times])
        return table(["pool", "median ms", "p99 ms"], rows)

    def tables(self):
        worst = "The worst cell of each row counts. *album* is no part of the aims."
        parts = ["## The aims", aims(self.found, self.aimed()), worst]
        for part, title, drawn in [
            ("process", "Made in one process", lambda: f"{self.process()}\n{self.likeness()}"),
            ("http", "Made on request", self.http),
            ("kept", "Kept", self.kept),
            ("pages", "Pages meanwhile", self.pages),
        ]:
            if self.found.of(part):
                parts += [f"## {title}", drawn()]
        return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"

    def drawn(self):
        """The page and its plot, to be written beside each other: text with the name of the plot left open, and SVG."""
        about = {source["name"]: source["about"] for source in self.told["sources"]}
        rounds = f"{self.found.rounds()} rounds, all in turn; {self.told['seconds']:g} seconds each measurement"
        lines = "".join(f"- {line}\n" for line in [*self.told["lines"], rounds]).rstrip("\n")
        explained = EXPLAINED.format(lines=lines, rate=RATE, **about)
        return f"{HEAD}\n{self.tables()}\n{SHOWN}\n{explained}", plot.drawing(self.found, self.aimed())

    def write(self, path):
        """Both are ready before either is written."""
        text, picture = self.drawn()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(".svg").write_text(picture)
        path.write_text(text.replace(SHOWN, SHOWN.format(path.with_suffix(".svg").name)))


def likeness(score):
    return [f"{score['bytes'] / 1000:.1f}", f"{score['score']:.1f}"] if score else [NONE, NONE]


def megabytes(values):
    return f"{median(values) / 1e6:,.0f}" if values else NONE


def setting(bench):
    """Where and how it is measured, without names of this machine. Every program is started for its version."""
    lock = json.loads((HERE / "package-lock.json").read_text())["packages"]
    version = {name: lock[f"node_modules/{name}"]["version"] for name in ["sharp", "ipx"]}
    inner = lock.get("node_modules/ipx/node_modules/sharp", lock["node_modules/sharp"])["version"]
    peers = [f"sharp {version['sharp']}"]
    if "ipx" not in bench.without:
        peers.append(f"ipx {version['ipx']} with its sharp {inner}")
    if "oximg" not in bench.without:
        peers.append(machine.first_line([bench.oximg_binary, "--version"]))
    nginx = machine.first_line([bench.nginx_binary, "-v"]).replace("nginx version: ", "")
    peers += [nginx, f"Node {machine.first_line(['node', '--version'])}"]
    return {
        "sources": [
            {"name": one.name, "about": one.about, "width": one.width, "aimed": one.aimed} for one in bench.sources
        ],
        "seconds": bench.seconds,
        "lines": [
            f"{machine.today()}, {machine.first_line([machine.BINARY, '--version'])}, release build",
            machine.about(),
            ", ".join(peers),
            machine.asking(),
        ],
    }
