"""The plot: bars of what counts, one panel below the other. SVG, drawn by hand."""

from html import escape

from benchmarks.pictures.records import rate

from .records import KINDS, before_of, clicked_code, loaded_code, middle, scrolled_code

WIDE, MARGIN, LEFT, BAR = 900, 24, 210, 20
COLOURS = {
    "page": "#c2410c",
    "style": "#1d4ed8",
    "script": "#15803d",
    "wasm": "#7e22ce",
    "other": "#a8a29e",
    "headers": "#57534e",
}
OURS, THEIRS = "#c2410c", "#1d4ed8"
NAME = "What pages bring, and what they cost to send"
STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #1c1917 }
  .title { font-weight: 600; font-size: 15px }
"""


class Sheet:
    """Panels of bars, from the top. A row is a label, its parts as (value, colour), and what it says in words."""

    def __init__(self):
        self.shapes, self.top = [], MARGIN

    def text(self, x, y, words, kind="", anchor="start"):
        self.shapes.append(f'<text x="{x}" y="{y:.1f}" class="{kind}" text-anchor="{anchor}">{escape(words)}</text>')

    def bar(self, x, wide, colour):
        size = f'width="{wide:.1f}" height="{BAR - 6}"'
        self.shapes.append(f'<rect x="{x:.1f}" y="{self.top:.1f}" {size} fill="{colour}"/>')

    def panel(self, title, rows, legend=None):
        if not rows:
            return
        self.text(MARGIN, self.top + 12, title, "title")
        self.top += 26
        if legend:
            self.legend(legend)
        longest = max(sum(value for value, _ in parts) for _, parts, _ in rows) or 1
        room = WIDE - LEFT - MARGIN - 110
        for label, parts, words in rows:
            self.text(LEFT - 10, self.top + 11.5, label, anchor="end")
            x = LEFT
            for value, colour in parts:
                self.bar(x, room * value / longest, colour)
                x += room * value / longest
            self.text(x + 8, self.top + 11.5, words)
            self.top += BAR
        self.top += 18

    def legend(self, colours):
        x = LEFT
        for word, colour in colours.items():
            self.bar(x, BAR - 6, colour)
            self.text(x + BAR, self.top + 11.5, word)
            x += 46 + 8 * len(word)
        self.top += BAR + 4

    def drawn(self):
        high = self.top + MARGIN - 18
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {high:.0f}" role="img"'
        ground = f'<rect width="{WIDE}" height="{high:.0f}" fill="#ffffff"/>'
        parts = [f"{head}>", f"<title>{NAME}</title>", f"<style>{STYLE}</style>", ground, *self.shapes, "</svg>"]
        return "\n".join(parts) + "\n"


def drawing(found):
    """The sheet of `Records`."""
    sheet = Sheet()
    sheet.panel("Kilobytes before the largest picture is painted, pictures aside", first_bytes(found), COLOURS)
    sheet.panel("Kilobytes of script and WebAssembly", code(found))
    sheet.panel("Requests a CPU-second: a page that lies ready, brotli", rates(found, "kept", encoding="br"))
    sheet.panel("Requests a CPU-second: a gallery of 60 rendered on request", rates(found, "rendered"))
    return sheet.drawn()


def first_bytes(found):
    rows = []
    for (who,) in found.keys("looks", "who"):
        parts = [(middle(found, before_of(kind), "looks", who=who), COLOURS[kind]) for kind in KINDS]
        rows.append((who, parts, f"{sum(value for value, _ in parts) / 1000:.1f} KB"))
    return rows


def code(found):
    rows = []
    for when, value, part in [
        ("at load", loaded_code, "looks"),
        ("after scrolling", scrolled_code, "looks"),
        ("after a touch", clicked_code, "likes"),
    ]:
        for who in ["tuku", "astro, nginx"]:
            bytes_ = middle(found, value, part, who=who)
            if bytes_ is not None:
                rows.append((f"{who}, {when}", [(bytes_, colour(who))], f"{bytes_ / 1000:.1f} KB"))
    return rows


def rates(found, part, **wanted):
    rows = []
    for page, encoding, who in sorted(found.keys(part, "page", "encoding", "who"), key=lambda key: key[:2]):
        here = {"page": page, "encoding": encoding, "who": who}
        if here | wanted == here:
            value = middle(found, rate, part, **here)
            rows.append((f"{page}, {encoding}: {who}", [(value, colour(who))], f"{value:,.0f}"))
    return rows


def colour(who):
    return OURS if who == "tuku" else THEIRS
