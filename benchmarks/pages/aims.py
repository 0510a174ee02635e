"""What is aimed at, beside what was found."""

from operator import itemgetter

from benchmarks.pictures.aims import Aim
from benchmarks.pictures.records import rate
from benchmarks.tables import table

from .records import before_picture, score, scrolled_code

# Lighthouse's categories: what is aimed at, and the least.
CATEGORIES = [("performance", 100, 98), ("accessibility", 100, 100), ("best-practices", 100, 100), ("seo", 100, 100)]
# The script that wakes islands, and nothing else, in KB.
LOADER = 2


def aims(found):
    """The table, of `Records`."""
    looked = {"photo": [bytes_ / 1000 for bytes_ in found.values(scrolled_code, "looks", who="tuku")]}
    wasm = any(record["scrolled"]["wasm"] for record in found.of("looks", who="tuku"))
    before = {"photo, nginx": found.ratio(before_picture, "looks", "astro, nginx", "tuku")}
    rows = [
        Aim(
            "KB of script and WebAssembly for a visitor who looks and scrolls",
            LOADER,
            LOADER,
            looked,
            lower=True,
            remark=", **but** WebAssembly came" if wasm else "",
        ),
        Aim("bytes before LCP, pictures aside, Astro ÷ Tuku", 1.2, 1.0, before),
    ]
    pages = [page for page, who in found.keys("lighthouse", "page", "who") if who == "tuku"]
    for category, aim, least in CATEGORIES:
        cells = {page: found.values(score(category), "lighthouse", page=page, who="tuku") for page in pages}
        rows.append(Aim(f"Lighthouse for phones, {category}", aim, least, cells))
    kept = {
        f"{page}, {encoding}": found.ratio(rate, "kept", "tuku", "nginx", page=page, encoding=encoding)
        for page, encoding in found.keys("kept", "page", "encoding")
    }
    rows.append(Aim("kept page, requests a CPU-second, Tuku ÷ nginx sending the same bytes", 0.9, 0.6, kept))
    rendered = {"gallery": found.ratio(rate, "rendered", "tuku", "astro", encoding="plain")}
    rows.append(Aim("gallery of 60 rendered on request, Tuku ÷ Astro's Node server", 10, 5, rendered))
    touched = {"like": found.values(itemgetter("phone"), "likes", who="tuku")}
    rows.append(Aim("a touch to its effect on a phone, everything cached, ms", 150, 300, touched, lower=True))
    return table(["what", "aim", "at least", "found", "worst cell", ""], [row.row() for row in rows], words=[0, 4, 5])
