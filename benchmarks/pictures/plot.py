"""The plot: CPU time of each cell, and under it what bytes buy in likeness. SVG, drawn by hand."""

from html import escape
from math import ceil, floor, log10
from statistics import median

from .records import http_milliseconds, milliseconds

WIDE = 900
MARGIN = 24
ROW = 26
COLOURS = {"tuku": "#c2410c", "sharp": "#1d4ed8", "sharp as it comes": "#60a5fa", "ipx": "#15803d", "oximg": "#7e22ce"}
SHOWN = {"tuku": "Tuku"}
FORMATS = ["jpeg", "webp", "avif"]
STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #1c1917 }
  .title { font-weight: 600; font-size: 15px }
  .quiet { fill: #57534e; font-size: 12px }
  .line { stroke: #d6d3d1; stroke-width: 1; fill: none }
"""


class Sheet:
    """Shapes, from the top."""

    def __init__(self):
        self.shapes, self.top = [], MARGIN

    def text(self, x, y, words, kind="", anchor="start"):
        place = f'x="{x:.1f}" y="{y:.1f}" class="{kind}" text-anchor="{anchor}"'
        self.shapes.append(f"<text {place}>{escape(words)}</text>")

    def line(self, *points):
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.shapes.append(f'<polyline points="{path}" class="line"/>')

    def curve(self, points, colour):
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        look = f'fill="none" stroke="{colour}" stroke-width="1.5" opacity="0.6"'
        self.shapes.append(f'<polyline points="{path}" {look}/>')

    def dot(self, x, y, colour, words):
        shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5" fill="{colour}" fill-opacity="0.9">'
        self.shapes.append(f"{shape}<title>{escape(words)}</title></circle>")

    def drawn(self):
        high = self.top + MARGIN
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {high:.0f}" role="img"'
        name = "<title>CPU time, and bytes against likeness</title>"
        ground = f'<rect width="{WIDE}" height="{high:.0f}" fill="#ffffff"/>'
        return "\n".join([f"{head}>", name, f"<style>{STYLE}</style>", ground, *self.shapes, "</svg>"]) + "\n"


def drawing(found, aimed):
    """The sheet of `Records`; likeness is shown of the sources that are `aimed` at."""
    sheet = Sheet()
    legend(sheet)
    from_one_process = {
        (source, form, who): found.values(milliseconds, "process", source=source, format=form, who=who)
        for source, form, who in found.keys("process", "source", "format", "who")
    }
    times(sheet, "CPU ms a picture, in one process", from_one_process)
    on_request = {
        (source, form, who): found.values(http_milliseconds, "http", source=source, format=form, who=who, clients=8)
        for source, form, who in found.keys("http", "source", "format", "who")
    }
    times(sheet, "CPU ms a request, eight clients, nothing kept", on_request)
    qualities(sheet, found, aimed)
    return sheet.drawn()


def legend(sheet):
    x = MARGIN
    for who, colour in COLOURS.items():
        sheet.dot(x + 5, sheet.top, colour, who)
        sheet.text(x + 16, sheet.top + 4.5, SHOWN.get(who, who))
        x += 40 + 8 * len(who)
    sheet.top += 24


def times(sheet, title, cells):
    """A row for each source and format, a dot for each who made it, on a logarithmic scale."""
    middles = {key: median(values) for key, values in cells.items() if values}
    if not middles:
        return
    left, right = 150, WIDE - MARGIN - 20
    first, last = floor(log10(min(middles.values()) * 0.95) * 3) / 3, ceil(log10(max(middles.values()) * 1.05) * 3) / 3

    def across(value):
        return left + (right - left) * (log10(value) - first) / (last - first)

    sheet.top += 18
    sheet.text(MARGIN, sheet.top, title, "title")
    rows = list(dict.fromkeys((source, form) for source, form, _ in middles))
    top, bottom = sheet.top + 12, sheet.top + 12 + ROW * len(rows)
    for power in range(floor(first), ceil(last) + 1):
        for step in [1, 2, 5]:
            value = step * 10**power
            if first <= log10(value) <= last:
                sheet.line((across(value), top), (across(value), bottom))
                sheet.text(across(value), bottom + 15, f"{value:,g}", "quiet", "middle")
    for at, (source, form) in enumerate(rows):
        y = top + ROW * (at + 0.5)
        sheet.text(left - 12, y + 4.5, f"{source} → {form}", "", "end")
        sheet.line((left, y), (right, y))
        # Tuku last, so that it lies on top.
        for who in reversed(COLOURS):
            if (source, form, who) in middles:
                value = middles[source, form, who]
                sheet.dot(across(value), y, COLOURS[who], f"{SHOWN.get(who, who)}: {value:,.1f} ms")
    sheet.top = bottom + 26


def qualities(sheet, found, aimed):
    """A little field for each source and format: bytes across, likeness up. Higher and further left is better."""
    sources = [source for source in aimed if found.of("score", source=source)]
    if not sources:
        return
    sheet.top += 18
    sheet.text(MARGIN, sheet.top, "SSIMULACRA2 over kilobytes: higher and further left is better", "title")
    sheet.text(MARGIN, sheet.top + 18, "The line is sharp at several qualities.", "quiet")
    sheet.top += 30
    wide, high = (WIDE - 2 * MARGIN) / len(FORMATS), 190
    for source in sources:
        for at, form in enumerate(FORMATS):
            field(sheet, found, source, form, MARGIN + at * wide, sheet.top, wide - 18, high)
        sheet.top += high + 12


def field(sheet, found, source, form, x, y, wide, high):
    dots = {}
    for who in COLOURS:
        score = found.score(source, form, who)
        if score:
            dots[who] = (score["bytes"] / 1000, score["score"])
    curve = [(size / 1000, score) for size, score in found.curve(source, form)]
    points = list(dots.values()) + curve
    if not points:
        return
    sizes, scores = [size for size, _ in points], [score for _, score in points]
    least, most = 0.9 * min(sizes), 1.05 * max(sizes)
    low, best = min(scores) - 2, max(scores) + 2
    left, right, top, bottom = x + 30, x + wide, y + 22, y + high - 22

    def placed(size, score):
        across, up = (size - least) / (most - least), (score - low) / (best - low)
        return left + (right - left) * across, bottom - (bottom - top) * up

    sheet.text(left, y + 14, f"{source} → {form}")
    sheet.line((left, top), (left, bottom), (right, bottom))
    for score in range(ceil(low / 5) * 5, floor(best) + 1, 5):
        sheet.line(placed(least, score), placed(most, score))
        sheet.text(left - 6, placed(least, score)[1] + 4, str(score), "quiet", "end")
    for share in [0.1, 0.5, 0.9]:
        size = least + share * (most - least)
        sheet.text(placed(size, low)[0], bottom + 16, f"{size:.0f}", "quiet", "middle")
    sheet.curve([placed(*point) for point in curve], COLOURS["sharp"])
    for who, (size, score) in reversed(dots.items()):
        sheet.dot(*placed(size, score), COLOURS[who], f"{SHOWN.get(who, who)}: {size:.1f} KB, {score:.1f}")
