"""The settings that are tried, and at which qualities."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Candidate:
    """Settings of an encoder in its own words, on top of what it has by itself. See crates/imaging/examples/encoders.rs
    and sharp.mjs."""

    form: str
    settings: str
    by: str = "library"

    def name(self):
        words = self.settings.replace(",", " ")
        return f"sharp {words}".strip() if self.by == "sharp" else words or "as it comes"

    def qualities(self):
        return QUALITIES[self.by, self.form]

    def timed_at(self):
        return TIMED[self.by, self.form]


# sharp's scales are not Tuku's: these reach from about as bad to about as good.
QUALITIES = {
    ("library", "avif"): [46, 54, 62, 72],
    ("library", "webp"): [62, 70, 78, 86],
    ("sharp", "avif"): [34, 42, 50, 60, 70],
    ("sharp", "webp"): [60, 70, 75, 80, 88],
}
# What each has by itself.
TIMED = {("library", "avif"): 62, ("library", "webp"): 78, ("sharp", "avif"): 50, ("sharp", "webp"): 80}

# What the crate `imaging` sets: SPEED, STEEPEST and FLATTEST; METHOD.
CHOSEN = {
    "avif": Candidate("avif", "cpu-used=9,enable-qm=1,qm-min=0,qm-max=6"),
    "webp": Candidate("webp", "method=2"),
}

CANDIDATES = [
    CHOSEN["avif"],
    Candidate("avif", "cpu-used=9"),
    Candidate("avif", "cpu-used=9,enable-qm=1"),
    Candidate("avif", "cpu-used=9,enable-qm=1,qm-min=0,qm-max=3"),
    Candidate("avif", "cpu-used=9,enable-qm=1,qm-min=0,qm-max=10"),
    Candidate("avif", "cpu-used=9,enable-qm=1,qm-min=4,qm-max=10"),
    Candidate("avif", "cpu-used=9,enable-qm=1,qm-min=0,qm-max=6,tune=ssim"),
    Candidate("avif", "cpu-used=9,enable-qm=1,qm-min=0,qm-max=6,enable-cdef=0"),
    Candidate("avif", "cpu-used=9,enable-qm=1,qm-min=0,qm-max=6,sharpness=3"),
    Candidate("avif", "cpu-used=8,enable-qm=1,qm-min=0,qm-max=6"),
    Candidate("avif", "cpu-used=7,enable-qm=1,qm-min=0,qm-max=6"),
    Candidate("avif", "cpu-used=6,enable-qm=1,qm-min=0,qm-max=6"),
    Candidate("avif", "effort=2", "sharp"),
    Candidate("avif", "effort=4", "sharp"),
    Candidate("avif", "effort=2,chromaSubsampling=4:2:0", "sharp"),
    CHOSEN["webp"],
    Candidate("webp", "method=0"),
    Candidate("webp", "method=1"),
    Candidate("webp", "method=3"),
    Candidate("webp", "method=4"),
    Candidate("webp", "method=6"),
    Candidate("webp", "method=2,filter_strength=0"),
    Candidate("webp", "method=2,filter_strength=20"),
    Candidate("webp", "method=2,filter_strength=80"),
    Candidate("webp", "method=2,sns_strength=0"),
    Candidate("webp", "method=2,sns_strength=20"),
    Candidate("webp", "method=2,sns_strength=80"),
    Candidate("webp", "effort=2", "sharp"),
    Candidate("webp", "effort=4", "sharp"),
]
