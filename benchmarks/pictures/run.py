"""What smaller pictures cost, made and sent: Tuku beside sharp, ipx, oximg and nginx, in turn in one go.

    make bench-pictures OPTIONS="--parts process --rounds 3"
    TUKU_BIN=target/release/tuku python3 -B -m benchmarks.pictures.run [--quick]

TUKU_BENCH_PHOTO may name sharp's own benchmark picture (2569067123_aca715a2ee_o.jpg of its tests, 2725x2225); without
it a photograph of Debian's stands in. A full run takes about 40 minutes, writes docs/benchmarks/pictures.md and a plot
beside it, and prints the tables. It ends with an error, and writes nothing, when an answer is wrong. After each round
what was found until then is kept in target/benchmarks/pictures.json; `--saved` that file tells it, and with `--write`
it becomes a page. `--quick` is one short round of each, to see that all is well: it writes nothing, as do runs that
leave something out.
"""

import os
import subprocess
from pathlib import Path

from benchmarks import machine, rounds
from benchmarks.servers.nginx import Nginx

from . import kept, making, over_http, records, report, waiting
from .photographs import lay_out, sources
from .picture_servers import Ipx, Oximg, TukuPictures

HERE = Path(__file__).resolve().parent
PARTS = {"process": making.records, "http": over_http.records, "kept": kept.records, "pages": waiting.records}
EXAMPLES = [machine.EXAMPLES / name for name in ["measure", "score"]]


class Bench:
    """What every part needs: programs, photographs, folders, cores, and how long to measure."""

    def __init__(self, options, folder):
        self.rounds, self.seconds, self.without = options.rounds, options.seconds, options.without
        self.nginx_binary = machine.TOOLS / "debian/usr/sbin/nginx"
        self.oximg_binary = machine.TOOLS / "bin/oximg"
        # What is sent from memory is measured on a core, and asked for from another.
        self.cores = machine.cores()
        self.folder = folder
        self.photographs, self.data, self.made = folder / "photographs", folder / "data", folder / "made"
        self.need()
        self.made.mkdir()
        self.sources = sources(machine.TOOLS / "debian", options.photo, folder)
        self.aimed = [source for source in self.sources if source.aimed]
        lay_out(self.aimed, self.photographs)

    def need(self):
        """Everything is there, and can be started."""
        programs = [machine.BINARY, *EXAMPLES, self.nginx_binary, "node", "wrk", "taskset", "djpeg", "cjpeg"]
        machine.need(programs + [self.oximg_binary] * ("oximg" not in self.without), "bench-pictures")
        packages = ["node", "--input-type=module", "--eval", 'import "sharp"; import "ipx"']
        if subprocess.run(packages, cwd=HERE).returncode != 0:
            raise SystemExit("sharp or ipx does not run. `make bench-pictures` installs them.")

    def tuku(self, core=None, keeping=False):
        return TukuPictures(machine.BINARY, self.data, core, keeping)

    def ipx(self, core=None):
        return Ipx(self.photographs, core)

    def oximg(self, core=None):
        return Oximg(self.oximg_binary, self.photographs, core)

    def nginx(self, folder, core=None):
        return Nginx(self.nginx_binary, folder, core)

    def servers(self):
        """Those that make pictures, to be started."""
        return [server for server in [self.tuku(), self.ipx(), self.oximg()] if server.name not in self.without]

    def made_by(self, source, form, who):
        """The folder of what somebody made of a source: `0.webp` of its first file, and so on."""
        folder = self.made / f"{source.name}-{form}-{who}"
        folder.mkdir(exist_ok=True)
        return folder


def measure(bench, options):
    """All records until then, after each round. What was made is the same in each: it is scored in the first."""
    found = []
    parts = options.parts
    if set(parts) - {"process"}:
        with bench.tuku() as tuku:
            tuku.fill(bench.aimed, [kept.SMALL])
    for number in range(bench.rounds):
        steps = [(part, {"round": number}, PARTS[part]) for part in parts]
        if number == 0 and "process" in parts:
            steps.append(("score", {}, making.scores))
        for part, place, step in steps:
            for record in step(bench):
                found.append({"part": part} | place | record)
                print(f"round {number + 1} of {bench.rounds}: {records.brief(found[-1])}", flush=True)
        yield found


def arguments():
    parser = rounds.parser(__doc__, PARTS, "pictures")
    parser.add_argument("--without", nargs="+", choices=["ipx", "oximg"], default=[])
    options = rounds.asked(parser, PARTS, "pictures", lambda options: options.without)
    options.photo = os.environ.get("TUKU_BENCH_PHOTO")
    return options


if __name__ == "__main__":
    rounds.run(arguments(), Bench, measure, report)
