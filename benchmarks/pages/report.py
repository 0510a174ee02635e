"""What was found, as a page: the aims, the tables, and how it was measured."""

import json
from operator import itemgetter
from pathlib import Path

from benchmarks import machine
from benchmarks.pictures.records import Records, rate
from benchmarks.servers.wrk import CONNECTIONS
from benchmarks.tables import NONE, spread, table

from . import plot
from .aims import aims
from .records import before_of, before_picture, clicked_code, loaded_code, middle, scrolled_code

HERE = Path(__file__).resolve().parent

HEAD = """# Pages

What a photo page brings to a phone, how soon it is there, and what it costs to send: Tuku beside a like page built \
with [Astro](https://astro.build/) and Preact islands, sent by nginx and by Astro's own server on Node. \
`make bench-pages` measures it and writes this page. The numbers are one machine's; what counts is how they stand to \
each other.

Each cell is the median of the rounds, with the least and the most in brackets. A ratio is taken within a round. CPU \
time is that of all threads and all processes of a program, user and system. Bytes are what comes over the network, \
compressed as it comes; KB are thousands.
"""

EXPLAINED = """
## How it was measured

- **The same content.** One public gallery of {pictures} photographs; a photo with words, tags, likes and {comments} \
comments. Astro's pages have the same elements, the same classes, Tuku's own style sheet, and the very picture files \
that Tuku answers, under the same addresses. What differs is the page around them and what makes it alive.
- **Astro** as its documentation has it: the photo prerendered, the action bar `client:idle`, the comments \
`client:visible`; the gallery rendered on request. *astro, nginx* is the built folder, compressed beforehand as hard \
as can be and sent by `brotli_static`, with Node behind for the rest; *astro, node* is the adapter's standalone \
server, which compresses nothing. It is the smaller program: it knows no accounts, no access rules, no edited comments \
and no security headers, and reads one small SQLite file of just what it shows (`node:sqlite`, statements prepared \
once). All of that is to its advantage. Its loader stands in the page and counts as HTML; *inline script* tells how \
long it is before compression.
- **Looking.** Chromium as the phone that Lighthouse emulates, with its slow 4G and its processor four times slower, \
by the browser's own throttling; a new browser each time. *Before LCP*: what had come when the largest picture was \
painted, headers too. *At load*: all script and WebAssembly that comes by itself within five seconds after the first \
paint, without headers. Then the page is scrolled to its end. TBT is of the five seconds after the first paint, CLS of \
the whole visit.
- **A touch** of the heart by a signed-in member, for whom Tuku renders a page of their own. *After a touch* is all \
that a first visit brings: load, scrolling and the touch. *Touch to effect* is from the touch to the turned heart on a \
later visit, with everything in the browser's cache and the page at rest: on the phone (slow 4G, slow processor), and \
here, as fast as the machine is.
- **Lighthouse** {lighthouse}, its own settings: a phone, network and processor simulated.
- **Ready pages.** Each server on one core, wrk with {connections} connections on another, asking for one encoding. \
*nginx* sends the very bytes that Tuku answers, from files beside each other (`brotli_static`, `gzip_static`, \
`open_file_cache`, `sendfile`, one worker, no log). Before each run body and encoding are compared.
- **Rendered on request.** The gallery with `TUKU_PAGE_MEMORY=0`, and by Astro's server on Node, after {warm_up} \
seconds that do not count. The aim is about *plain*, where nobody compresses. Asked for brotli, Tuku compresses each \
page and Astro's server does not.

{lines}
"""

# The plot, by its name.
SHOWN = "![What pages bring, and what they cost to send]({})"


class Page:
    """The records, and what is told of where they are from; see `setting`."""

    def __init__(self, records, told):
        self.found, self.told = Records(records), told

    def looks(self):
        rows = []
        for (who,) in self.found.keys("looks", "who"):
            row = [who]
            for name, digits in [("fcp", 0), ("lcp", 0), ("tbt", 0), ("cls", 3)]:
                row.append(spread(self.found.values(itemgetter(name), "looks", who=who), digits))
            parts = [before_picture, *map(before_of, ["page", "style", "headers", "script"]), itemgetter("inline")]
            for value in parts:
                bytes_ = self.found.values(value, "looks", who=who)
                row.append(spread([one / 1000 for one in bytes_], 1))
            rows.append(row)
        heads = ["by", "FCP ms", "LCP ms", "TBT ms", "CLS", "KB before LCP, pictures aside", "of which HTML", "CSS"]
        return table([*heads, "headers", "script", "inline script KB"], rows)

    def code(self):
        rows = []
        for (who,) in self.found.keys("looks", "who"):
            bytes_ = [middle(self.found, value, "looks", who=who) for value in [loaded_code, scrolled_code]]
            bytes_.append(middle(self.found, clicked_code, "likes", who=who))
            times = [self.found.values(itemgetter(name), "likes", who=who) for name in ["phone", "here"]]
            rows.append([who, *map(kilobytes, bytes_), *(spread(values, 0) for values in times)])
        heads = ["by", "KB at load", "after scrolling", "after a touch", "touch to effect, phone ms"]
        return table([*heads, "touch to effect, here ms"], rows)

    def lighthouse(self):
        rows = []
        for page, who in self.found.keys("lighthouse", "page", "who"):
            here = {"page": page, "who": who}
            records = self.found.of("lighthouse", **here)
            scores = [spread([record["scores"][name] for record in records], 0) for name in records[0]["scores"]]
            times = [spread([record[name] for record in records], 0) for name in ["lcp", "tbt"]]
            failed = dict.fromkeys(audit for record in records for audit in record["failed"])
            rows.append([page, who, *scores, *times, ", ".join(failed) or NONE])
        heads = ["page", "by", "performance", "accessibility", "best practices", "SEO", "LCP ms", "TBT ms", "not well"]
        return table(heads, rows, words=[0, 1, 8])

    def rates(self, part):
        rows = []
        for page, encoding, who in self.found.keys(part, "page", "encoding", "who"):
            here = {"page": page, "encoding": encoding}
            size = self.found.of(part, who=who, **here)[0]["size"]
            ratios = spread(self.found.ratio(rate, part, "tuku", who, **here), 2)
            values = spread(self.found.values(rate, part, who=who, **here), 0)
            rows.append([page, encoding, who, f"{size / 1000:.1f}", values, "1" if who == "tuku" else ratios])
        rows.sort(key=lambda row: row[:2])
        return table(["page", "asked for", "by", "KB", "requests a CPU-second", "Tuku ÷ it"], rows, words=range(3))

    def tables(self):
        parts = ["## The aims", aims(self.found), "The worst cell of each row counts."]
        for part, title, drawn in [
            ("looks", "A photo, looked at", self.looks),
            ("looks", "Script and WebAssembly", self.code),
            ("lighthouse", "Lighthouse", self.lighthouse),
            ("kept", "Ready pages", lambda: self.rates("kept")),
            ("rendered", "Rendered on request", lambda: self.rates("rendered")),
        ]:
            if self.found.of(part):
                parts += [f"## {title}", drawn()]
        return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"

    def drawn(self):
        """The page and its plot, to be written beside each other: text with the name of the plot left open, and SVG."""
        seconds = f"{self.told['seconds']:g} seconds each measurement of requests"
        rounds = f"{self.found.rounds()} rounds, all in turn; {seconds}"
        lines = "".join(f"- {line}\n" for line in [*self.told["lines"], rounds]).rstrip("\n")
        explained = EXPLAINED.format(lines=lines, connections=CONNECTIONS, **self.told["about"])
        return f"{HEAD}\n{self.tables()}\n{SHOWN}\n{explained}", plot.drawing(self.found)

    def write(self, path):
        """Both are ready before either is written."""
        text, picture = self.drawn()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(".svg").write_text(picture)
        path.write_text(text.replace(SHOWN, SHOWN.format(path.with_suffix(".svg").name)))


def kilobytes(bytes_):
    return NONE if bytes_ is None else f"{bytes_ / 1000:.1f}"


def setting(bench):
    """Where and how it is measured, without names of this machine."""
    built, looked = version_in(HERE / "astro"), version_in(HERE)
    nginx = machine.first_line([bench.nginx_binary, "-v"]).replace("nginx version: ", "")
    chromium = machine.first_line([bench.chromium, "--version"]).split(" built")[0].strip()
    return {
        "seconds": bench.seconds,
        "about": bench.about() | {"lighthouse": looked("lighthouse")},
        "lines": [
            f"{machine.today()}, {machine.first_line([machine.BINARY, '--version'])}, release build",
            machine.about(),
            f"Astro {built('astro')}, its Node adapter {built('@astrojs/node')}, Preact {built('preact')}, "
            f"Node {machine.first_line(['node', '--version'])}, {nginx}",
            f"{chromium} by Playwright {looked('playwright-core')}",
            machine.asking(),
        ],
    }


def version_in(folder):
    """What tells the version of a package."""
    packages = json.loads((folder / "package-lock.json").read_text())["packages"]
    return lambda name: packages[f"node_modules/{name}"]["version"]
