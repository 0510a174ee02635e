"""What a photo page brings and costs: Tuku beside a like page of Astro's, in turn in one go.

    make bench-pages OPTIONS="--parts looks likes --rounds 3"
    TUKU_BIN=target/release/tuku python3 -B -m benchmarks.pages.run [--quick]

A full run takes about half an hour, writes docs/benchmarks/pages.md and a plot beside it, and prints the tables. It
ends with an error, and writes nothing, when an answer is wrong. After each part of each round what was found until then
is kept in target/benchmarks/pages.json; `--saved` that file tells it, and with `--write` it becomes a page. `--quick`
is one short round of each, to see that all is well: it writes nothing, as do runs that leave something out.
"""

import os
import shutil
import subprocess
from pathlib import Path

from benchmarks import machine, rounds

from . import filling, looking, report, sending
from .photographs import FROM, photographs
from .records import brief
from .sites import BROTLI, AstroSite, CompressedNginx, TukuSite

HERE = Path(__file__).resolve().parent
DEBIAN = machine.TOOLS / "debian"
PARTS = {
    "looks": looking.looks,
    "likes": looking.likes,
    "lighthouse": looking.lighthouse,
    "kept": sending.kept,
    "rendered": sending.rendered,
}


class Bench:
    """What every part needs: programs, the filled sites, cores, and how long to measure."""

    def __init__(self, options, folder):
        self.seconds, self.folder = options.seconds, folder
        self.nginx_binary = DEBIAN / "usr/sbin/nginx"
        self.chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        # What is sent is measured on a core, and asked for from another.
        self.cores = machine.cores()
        self.need()
        self.data, self.project = folder / "data", folder / "astro"
        self.built = self.project / "dist/client"
        self.fill()

    def need(self):
        """Everything is there, and can be started."""
        programs = [machine.BINARY, self.nginx_binary, self.chromium, "node", "wrk", "taskset"]
        machine.need(programs + ["djpeg", "cjpeg", "jpegtran"], "bench-pages")
        for file in [DEBIAN / BROTLI, FROM, HERE / "astro/node_modules/astro"]:
            if not file.exists():
                raise SystemExit(f"{file} is missing. `make bench-pages` installs it.")
        packages = ["node", "--input-type=module", "--eval", 'import "lighthouse"; import "playwright-core"']
        if subprocess.run(packages, cwd=HERE).returncode != 0:
            raise SystemExit("Lighthouse or Playwright does not run. `make bench-pages` installs them.")

    def fill(self):
        """Tuku, and Astro's project: a copy, so that what is built stays out of the clone."""
        with self.tuku() as tuku:
            self.filled = filling.fill(tuku, photographs(self.folder / "photographs"))
            shutil.copytree(HERE / "astro", self.project, ignore=shutil.ignore_patterns("node_modules"))
            (self.project / "node_modules").symlink_to(HERE / "astro/node_modules")
            filling.copy(tuku, self.filled, self.project)
        run(["node", "node_modules/astro/bin/astro.mjs", "build"], self.project)
        run(["node", str(HERE / "compress.mjs"), str(self.built)], self.project)

    def tuku(self, core=None, keeping=True):
        return TukuSite(machine.BINARY, self.data, core, keeping)

    def astro(self, core=None):
        return AstroSite(self.project, core)

    def nginx(self, folder, core=None, behind=None):
        return CompressedNginx(DEBIAN, folder, core, behind)

    def about(self):
        """Numbers that the page tells."""
        return {"pictures": sending.PICTURES, "comments": len(filling.WORDS), "warm_up": sending.WARM_UP}


def run(command, folder):
    environment = os.environ | {"ASTRO_TELEMETRY_DISABLED": "1"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout[-1000:]}{done.stderr[-2000:]}")


def measure(bench, options):
    return rounds.in_turn(options, lambda part, _: PARTS[part](bench), lambda record: f"{record['part']}: {brief(record)}")


if __name__ == "__main__":
    options = rounds.asked(rounds.parser(__doc__, PARTS, "pages"), PARTS, "pages")
    rounds.run(options, Bench, measure, report)
