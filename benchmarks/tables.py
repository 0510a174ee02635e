"""Numbers as Markdown."""

from statistics import median

# Where there is no number.
NONE = "–"


def spread(values, digits):
    """The median, with the least and the most in brackets where there are several."""
    if not values:
        return NONE
    middle, least, most = [f"{value:,.{digits}f}" for value in [median(values), min(values), max(values)]]
    return f"{middle} ({least}–{most})" if len(values) > 1 else middle


def table(heads, rows, words=(0,)):
    """Numbers stand to the right; `words` are the columns that hold none, which stand to the left."""
    lines = [heads, ["---" if at in words else "---:" for at in range(len(heads))], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
