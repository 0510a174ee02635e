"""What was found, as a page."""

from benchmarks import machine
from benchmarks.pictures.aims import Aim
from benchmarks.pictures.records import Records
from benchmarks.tables import spread, table

from .stores import GARAGE, WEED

HEAD = """# Files by S3

What it costs to put files into the bucket that is built in: rclone into Tuku, and into two other S3 servers on the \
same disk, [garage](https://garagehq.deuxfleurs.fr/) and [SeaweedFS](https://github.com/seaweedfs/seaweedfs). \
`make bench-s3` measures it and writes this page. The numbers are one machine's; what counts is how they stand to each other.

Each cell is the median of the rounds, with the least and the most in brackets. A ratio is taken within a round.
"""

EXPLAINED = """
## How it was measured

- **The same files** into an empty server each time, {files} of them, by `rclone sync` with eight transfers at once, from \
the same disk. Who goes first changes with each round.
- **On the disk** (`fsync`) is a file when Tuku answers. garage and SeaweedFS leave that to the system, by themselves; \
"garage, synced" is told to wait for the disk, too (`data_fsync`, `metadata_fsync`).
- **Files** are random bytes, a million each. **Photographs** are one JPEG of {pixels}, each with another comment in it; \
Tuku also makes pictures of them meanwhile, which the others do not.
- **garage** as one node, nothing replicated, metadata in LMDB, which is its default.
- **SeaweedFS** as `weed server -s3` starts it, nothing replicated.

{lines}
"""

NAMES = {"sync": "files of 1 MB", "pictures": "photographs"}


def rate(record):
    return record["files"] / record["seconds"]


def cpu(record):
    return 1000 * record["cpu"] / record["files"]


class Page:
    """The records, and what is told of where they are from; see `setting`."""

    def __init__(self, records, told):
        self.found, self.told = Records(records), told

    def kinds(self):
        return sorted({who for (who,) in self.found.keys("sync", "who")}, key=lambda who: (who != "tuku", who.lower()))

    def aims(self):
        others = [who for who in self.kinds() if who != "tuku"]
        cells = {who: self.found.ratio(rate, "sync", "tuku", who) for who in others}
        row = Aim("rclone sync of 1,000 files of 1 MB, files a second, Tuku ÷ another server", 1.0, 0.8, cells).row()
        return table(["what", "aim", "at least", "found", "worst cell", ""], [row], words=[0, 4, 5])

    def tables(self):
        rows = []
        for part, name in NAMES.items():
            for who in self.kinds():
                rates, costs = (self.found.values(value, part, who=who) for value in [rate, cpu])
                rows.append([name, who, spread(rates, 0), spread(costs, 1)])
        told = table(["what", "into", "files a second", "CPU ms a file"], rows, words=[0, 1])
        return "\n\n".join(["## The aim", self.aims().rstrip("\n"), "## Files a second", told.rstrip("\n")]) + "\n"

    def drawn(self):
        told = [*self.told["lines"], f"{self.found.rounds()} rounds, all in turn"]
        lines = "".join(f"- {line}\n" for line in told).rstrip("\n")
        return f"{HEAD}\n{self.tables()}{EXPLAINED.format(lines=lines, **self.told['about'])}"

    def write(self, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.drawn())


def setting(bench):
    """Where and how it is measured, without names of this machine."""
    garage = machine.first_line([str(GARAGE), "--version"]).split(" [")[0]
    seaweedfs = machine.first_line([str(WEED), "version"]).split()[2]
    return {
        "about": {"files": bench.files, "pixels": "2560 × 1600"},
        "lines": [
            f"{machine.today()}, {machine.first_line([machine.BINARY, '--version'])}, release build",
            machine.about(),
            f"{garage}, SeaweedFS {seaweedfs}, {machine.first_line(['rclone', '--version'])}",
        ],
    }
