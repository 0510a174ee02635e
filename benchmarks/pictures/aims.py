"""What is aimed at, beside what was found: ratios to whoever is the fastest of a kind."""

from dataclasses import dataclass
from statistics import median

from benchmarks.tables import NONE, spread, table

from .records import http_milliseconds, milliseconds, p99, peak, rate

# A score of the same picture by the same program moves by less than this; bytes do not move.
SCORE_SLACK, BYTES_SLACK = 0.1, 1.005
# Of each format sharp's CPU time ÷ Tuku's: what is aimed at, and the least.
FORMATS = [("jpeg", "JPEG", 1.5, 1.1), ("webp", "WebP", 2.0, 1.5), ("avif", "AVIF", 1.5, 1.1)]


@dataclass
class Aim:
    """A row: the ratios of its cells by their names, of which the worst counts."""

    words: str
    aim: float
    least: float
    cells: dict
    # Whether less is better.
    lower: bool = False
    remark: str = ""

    def row(self):
        sign = "≤" if self.lower else "≥"
        bounds = [f"{sign} {self.aim:g}", f"{sign} {self.least:g}"]
        cells = {name: ratios for name, ratios in self.cells.items() if ratios}
        if not cells:
            return [self.words, *bounds, NONE, NONE, "not measured"]
        worst = (max if self.lower else min)(cells, key=lambda name: median(cells[name]))
        found = median(cells[worst])

        def met(bound):
            return found <= bound if self.lower else found >= bound

        verdict = "aim met" if met(self.aim) else "least met" if met(self.least) else "**missed**"
        return [self.words, *bounds, spread(cells[worst], 2), worst, verdict + self.remark]


def aims(found, aimed):
    """The table, of `Records`, about the sources that are `aimed` at."""
    rows = []
    for form, name, aim, least in FORMATS:
        cells = {
            source: found.ratio(milliseconds, "process", "sharp", "tuku", source=source, format=form)
            for source in aimed
        }
        effort = ", its effort 2" if form == "avif" else ""
        words = f"JPEG→{name} CPU time, sharp{effort} ÷ Tuku"
        rows.append(Aim(words, aim, least, cells, remark=remark(found, aimed, form)))
    over_http = cells_of(found, http_milliseconds, "oximg", ["source", "format", "clients"])
    rows.append(Aim("CPU time of a request over HTTP, oximg ÷ Tuku", 1.2, 1.0, over_http))
    memory = cells_of(found, peak, "ipx", ["source", "format"], clients=8)
    rows.append(Aim("peak memory under eight clients, ipx ÷ Tuku", 8, 3, memory))
    sizes = [what for (what,) in found.keys("kept", "what") if what.endswith(" px")]
    sent = {what: found.ratio(rate, "kept", "tuku", "nginx", what=what) for what in sizes}
    rows.append(Aim("picture already made, requests a CPU-second, Tuku ÷ nginx", 1.0, 0.8, sent))
    tag = "304, entity tag"
    known = {tag: found.ratio(rate, "kept", "tuku", "ipx", what=tag)}
    rows.append(Aim("304 by the entity tag, requests a CPU-second, Tuku ÷ ipx", 50, 20, known))
    waits = found.ratio_of(p99, found.of("pages", state="saturated"), found.of("pages", state="idle"))
    rows.append(Aim("front page p99, pool saturated ÷ idle", 1.5, 3, {"front page": waits}, lower=True))
    return table(["what", "aim", "at least", "found", "worst cell", ""], [row.row() for row in rows], words=[0, 4, 5])


def cells_of(found, value, peer, names, **wanted):
    """What a peer took over HTTP ÷ what Tuku took, of every cell that both have."""
    cells = {}
    for key in found.keys("http", *names):
        here = dict(zip(names, key)) | wanted
        cells[label(here)] = found.ratio(value, "http", peer, "tuku", **here)
    return cells


def label(cell):
    words = [cell["source"], cell["format"]]
    if "clients" in cell:
        words.append("one client" if cell["clients"] == 1 else "eight clients")
    return ", ".join(words)


def remark(found, aimed, form):
    """Whether Tuku's pictures are as good and as small as sharp's."""
    worse = []
    for source in aimed:
        ours, theirs = found.score(source, form, "tuku"), found.score(source, form, "sharp")
        if ours and theirs:
            if ours["score"] < theirs["score"] - SCORE_SLACK:
                worse.append(f"{source}: score {ours['score'] - theirs['score']:+.1f}")
            if ours["bytes"] > theirs["bytes"] * BYTES_SLACK:
                worse.append(f"{source}: bytes × {ours['bytes'] / theirs['bytes']:.2f}")
    return f", **but** {'; '.join(worse)}" if worse else ""
