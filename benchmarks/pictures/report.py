"""What was found, as a page: the aims, the tables, and how it was measured."""

import datetime
import json
import os
import platform
import re
import subprocess
from dataclasses import dataclass
from math import exp, log
from pathlib import Path
from statistics import median

import plot

HERE = Path(__file__).resolve().parent
NONE = "–"
# A score of the same picture by the same program moves by less than this; bytes do not move.
SCORE_SLACK, BYTES_SLACK = 0.1, 1.005

HEAD = """# Pictures

What it costs to make a smaller picture, and to send one: Tuku beside [sharp](https://sharp.pixelplumbing.com/) \
(libvips, what most build on), [ipx](https://github.com/unjs/ipx) (sharp behind HTTP), \
[oximg](https://github.com/oximg/oximg) and nginx. `make bench-pictures` measures it and writes this page. The numbers are one machine's; what counts is how they \
stand to each other.

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


@dataclass
class Aim:
    """A row of the aims: ratios of its cells by their names, of which the worst counts."""

    words: str
    aim: float
    least: float
    cells: dict
    # Whether less is better.
    lower: bool = False
    remark: str = ""

    def row(self):
        aims = [f"{self.aim:g}", f"{self.least:g}"]
        if not self.cells:
            return [self.words, *aims, NONE, NONE, "not measured"]
        worst = (max if self.lower else min)(self.cells, key=lambda name: median(self.cells[name]))
        found = median(self.cells[worst])

        def met(bound):
            return found <= bound if self.lower else found >= bound

        verdict = "aim met" if met(self.aim) else "least met" if met(self.least) else "**missed**"
        return [self.words, *aims, spread(self.cells[worst], 2), worst, verdict + self.remark]


class Page:
    """The records, and what is told of them."""

    def __init__(self, records, setting):
        self.records, self.told = records, setting

    def of(self, part, **wanted):
        return [
            record
            for record in self.records
            if record["part"] == part and all(record.get(name) == value for name, value in wanted.items())
        ]

    def values(self, value, part, **wanted):
        """A value of each round, in order."""
        return [value(record) for record in self.of(part, **wanted)]

    def ratio(self, value, part, above, below, **wanted):
        """`above` ÷ `below` in each round."""
        pairs = zip(self.values(value, part, who=above, **wanted), self.values(value, part, who=below, **wanted))
        return [one / other for one, other in pairs]

    def keys(self, part, *names):
        return list(dict.fromkeys(tuple(record.get(name) for name in names) for record in self.of(part)))

    def cells(self, value, part, above, below, names, **wanted):
        """The ratios of every cell that both have."""
        found = {}
        for key in self.keys(part, *names):
            here = dict(zip(names, key)) | wanted
            ratios = self.ratio(value, part, above, below, **here)
            if ratios:
                found[label(here)] = ratios
        return found

    def aimed(self):
        return [source["name"] for source in self.told["sources"] if source["aimed"]]

    # --- The aims --------------------------------------------------------------------------------

    def aims(self):
        rows, formats = [], [("jpeg", "JPEG", 1.5, 1.1), ("webp", "WebP", 2.0, 1.5), ("avif", "AVIF", 1.5, 1.1)]
        for form, name, aim, least in formats:
            cells = {}
            for source in self.aimed():
                ratios = self.ratio(milliseconds, "process", "sharp", "tuku", source=source, format=form)
                if ratios:
                    cells[source] = ratios
            effort = ", its effort 2" if form == "avif" else ""
            words = f"JPEG→{name} CPU time, sharp{effort} ÷ Tuku"
            rows.append(Aim(words, aim, least, cells, remark=self.quality_remark(form)))
        names = ["source", "format", "clients"]
        oximg = self.cells(http_milliseconds, "http", "oximg", "tuku", names)
        rows.append(Aim("CPU time of a request, oximg ÷ Tuku", 1.2, 1.0, oximg))
        memory = self.cells(peak, "http", "ipx", "tuku", ["source", "format"], clients=8)
        rows.append(Aim("peak memory under eight clients, ipx ÷ Tuku", 8, 3, memory))
        sent = {what: self.ratio(rate, "kept", "tuku", "nginx", what=what) for what in self.sizes()}
        rows.append(Aim("kept picture, requests a CPU-second, Tuku ÷ nginx", 1.0, 0.8, sent))
        known = {}
        for what in ["304, entity tag"]:
            ratios = self.ratio(rate, "kept", "tuku", "ipx", what=what)
            if ratios:
                known[what] = ratios
        rows.append(Aim("304, requests a CPU-second, Tuku ÷ ipx", 50, 20, known))
        rows.append(Aim("front page p99, saturated ÷ idle", 1.5, 3, self.waits(), lower=True))
        return table(["what", "aim", "at least", "found", "worst cell", ""], [row.row() for row in rows])

    def quality_remark(self, form):
        """Whether Tuku's pictures are as good and as small as sharp's."""
        worse = []
        for source in self.aimed():
            ours, theirs = self.score(source, form, "tuku"), self.score(source, form, "sharp")
            if ours and theirs:
                if ours["score"] < theirs["score"] - SCORE_SLACK:
                    worse.append(f"{source}: score {ours['score'] - theirs['score']:+.1f}")
                if ours["bytes"] > theirs["bytes"] * BYTES_SLACK:
                    worse.append(f"{source}: bytes × {ours['bytes'] / theirs['bytes']:.2f}")
        return f", **but** {'; '.join(worse)}" if worse else ""

    def sizes(self):
        return [what for (what,) in self.keys("kept", "what") if what.endswith(" px")]

    def waits(self):
        idle = self.values(p99, "pages", state="idle")
        saturated = self.values(p99, "pages", state="saturated")
        ratios = [busy / calm for busy, calm in zip(saturated, idle)]
        return {"front page": ratios} if ratios else {}

    # --- The tables ------------------------------------------------------------------------------

    def score(self, source, form, who):
        found = self.of("score", source=source, format=form, who=who)
        return found[0] if found else None

    def process(self):
        rows = []
        for source, form, who in self.keys("process", "source", "format", "who"):
            here = {"source": source, "format": form}
            score = self.score(source, form, who)
            rows.append(
                [
                    f"{source} → {self.width(source)} px",
                    form,
                    who,
                    spread(self.values(milliseconds, "process", who=who, **here), 1),
                    "1" if who == "tuku" else spread(self.ratio(milliseconds, "process", who, "tuku", **here), 2),
                    *likeness(score),
                    megabytes(self.values(peak, "process", who=who, **here)),
                ]
            )
        heads = ["source", "to", "by", "CPU ms a picture", "÷ Tuku", "KB", "SSIMULACRA2", "peak MB"]
        return table(heads, rows, left=3)

    def likeness(self):
        rows = []
        for source in self.aimed():
            for form in ["jpeg", "webp", "avif"]:
                ours, theirs = self.score(source, form, "tuku"), self.score(source, form, "sharp")
                if not ours or not theirs:
                    continue
                needed = self.needed(source, form, ours["score"])
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
        return table(heads, rows, left=2)

    def curve(self, source, form):
        """sharp's (bytes, score) by rising quality."""
        found = [
            record
            for record in self.of("score", source=source, format=form)
            if record["who"].startswith("sharp at ")
        ]
        return sorted((record["bytes"], record["score"]) for record in found)

    def needed(self, source, form, score):
        """The bytes that sharp needs for a score, if it is between two of its results."""
        points = self.curve(source, form)
        for (small, low), (large, high) in zip(points, points[1:]):
            if low <= score <= high and high > low:
                share = (score - low) / (high - low)
                return exp(log(small) + share * (log(large) - log(small)))
        return None

    def http(self):
        rows = []
        for source, form, who in self.keys("http", "source", "format", "who"):
            here = {"source": source, "format": form}
            row = [f"{source} → {self.width(source)} px", form, who]
            for clients in [1, 8]:
                here["clients"] = clients
                row.append(spread(self.values(http_milliseconds, "http", who=who, **here), 1))
                ratios = self.ratio(http_milliseconds, "http", who, "tuku", **here)
                row.append("1" if who == "tuku" else spread(ratios, 2))
            row.append(spread(self.values(throughput, "http", who=who, **here), 1))
            row.append(megabytes(self.values(peak, "http", who=who, **here)))
            row += likeness(self.score(source, form, "tuku over http" if who == "tuku" else who))
            rows.append(row)
        heads = ["source", "to", "by", "one client: CPU ms", "÷ Tuku", "eight: CPU ms", "÷ Tuku", "eight: a second"]
        return table(heads + ["eight: peak MB", "KB", "SSIMULACRA2"], rows, left=3)

    def kept(self):
        rows, cells = [], self.keys("kept", "what", "who")
        order = list(dict.fromkeys(what for what, _ in cells))
        for what, who in sorted(cells, key=lambda cell: (cell[0].startswith("304"), order.index(cell[0]))):
            rates = spread(self.values(rate, "kept", what=what, who=who), 0)
            size = self.of("kept", what=what, who=who)[0].get("size")
            shown = f"{what}, {size / 1000:.1f} KB" if size else what
            ratios = self.ratio(rate, "kept", "tuku", who, what=what)
            rows.append([shown, who, rates, "1" if who == "tuku" else spread(ratios, 2)])
        return table(["what", "by", "requests a CPU-second", "Tuku ÷ it"], rows, left=2)

    def pages(self):
        rows = []
        for (state,) in self.keys("pages", "state"):
            middle = self.values(lambda record: median(record["times"]), "pages", state=state)
            rows.append([state, spread(middle, 2), spread(self.values(p99, "pages", state=state), 2)])
        return table(["pool", "median ms", "p99 ms"], rows)

    def width(self, source):
        return next(one["width"] for one in self.told["sources"] if one["name"] == source)

    def tables(self):
        parts = ["## The aims", self.aims() + "\nThe worst cell of each row counts. *album* is no part of the aims."]
        for part, title, found in [
            ("process", "Made in one process", lambda: f"{self.process()}\n{self.likeness()}"),
            ("http", "Made on request", self.http),
            ("kept", "Kept", self.kept),
            ("pages", "Pages meanwhile", self.pages),
        ]:
            if self.of(part):
                parts += [f"## {title}", found()]
        return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"

    def write(self, path):
        """The page, and the plot beside it."""
        picture = path.with_suffix(".svg")
        picture.write_text(plot.drawing(self))
        about = {source["name"]: source["about"] for source in self.told["sources"]}
        lines = "".join(f"- {line}\n" for line in self.told["lines"]).rstrip("\n")
        explained = EXPLAINED.format(lines=lines, rate=20, **about)
        shown = f"![CPU time, and bytes against likeness]({picture.name})"
        path.write_text(f"{HEAD}\n{self.tables()}\n{shown}\n{explained}")


# --- Values of a record --------------------------------------------------------------------------


def milliseconds(record):
    return 1000 * record["cpu"] / record["pictures"]


def http_milliseconds(record):
    return 1000 * record["cpu"] / record["requests"]


def rate(record):
    """The CPU time is counted in hundredths: a server cannot have taken less than one."""
    return record["requests"] / max(record["cpu"], 0.01)


def throughput(record):
    return record["requests"] / record["seconds"]


def peak(record):
    return record["peak"]


def p99(record):
    """By nearest rank."""
    times = sorted(record["times"])
    return times[-(-99 * len(times) // 100) - 1]


# --- Words ---------------------------------------------------------------------------------------


def spread(values, digits):
    if not values:
        return NONE
    middle, least, most = [f"{value:,.{digits}f}" for value in [median(values), min(values), max(values)]]
    return f"{middle} ({least}–{most})" if len(values) > 1 else middle


def megabytes(values):
    return f"{median(values) / 1e6:,.0f}" if values else NONE


def likeness(score):
    return [f"{score['bytes'] / 1000:.1f}", f"{score['score']:.1f}"] if score else [NONE, NONE]


def label(cell):
    words = [cell["source"], cell["format"]]
    if "clients" in cell:
        words.append("one client" if cell["clients"] == 1 else "eight clients")
    return ", ".join(words)


def table(heads, rows, left=1):
    lines = [heads, ["---" if at < left else "---:" for at in range(len(heads))], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def brief(record):
    """A line for whoever waits."""
    what = " ".join(str(record[name]) for name in ["what", "source", "format", "who", "state"] if name in record)
    if "times" in record:
        return f"{what}: p99 {p99(record):.1f} ms"
    if "pictures" in record:
        return f"{what}: {milliseconds(record):.1f} ms, {record['peak'] / 1e6:.0f} MB"
    if record["part"] == "http":
        memory = f"{record['peak'] / 1e6:.0f} MB"
        return f"{what}, {record['clients']} at once: {http_milliseconds(record):.1f} ms of CPU, {memory}"
    return f"{what}: {rate(record):,.0f} a CPU-second"


# --- Where and how, without names of this machine ------------------------------------------------


def setting(bench):
    cpu = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    kernel = re.match(r"[\d.]*\d", platform.release()).group()
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9
    lock = json.loads((HERE / "package-lock.json").read_text())["packages"]
    version = {name: lock[f"node_modules/{name}"]["version"] for name in ["sharp", "ipx"]}
    inner = lock.get("node_modules/ipx/node_modules/sharp", lock["node_modules/sharp"])["version"]
    peers = [f"sharp {version['sharp']}"]
    if "ipx" not in bench.without:
        peers.append(f"ipx {version['ipx']} with its sharp {inner}")
    if "oximg" not in bench.without:
        peers.append(first_line([bench.oximg().binary, "--version"]))
    nginx = bench.nginx(bench.folder).binary
    peers += [first_line([nginx, "-v"]).replace("nginx version: ", ""), f"Node {first_line(['node', '--version'])}"]
    return {
        "sources": [
            {"name": one.name, "about": one.about, "width": one.width, "aimed": one.aimed} for one in bench.sources
        ],
        "lines": [
            f"{datetime.date.today():%-d %B %Y}, {first_line([bench.binary, '--version'])}, release build",
            f"{cpu.group(1) if cpu else platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB; Linux {kernel}",
            ", ".join(peers),
            f"{first_line(['wrk', '-v']).split(' [')[0]}, Python {platform.python_version()}",
            f"{bench.rounds} rounds, all in turn; {bench.seconds:g} seconds each measurement",
        ],
    }


def first_line(command):
    done = subprocess.run(command, capture_output=True, text=True)
    lines = (done.stdout + done.stderr).splitlines()
    return lines[0] if lines else Path(command[0]).name
