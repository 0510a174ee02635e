"""What smaller pictures cost, made and sent: Tuku beside sharp, ipx, oximg and nginx, in turn in one go.

    TUKU_BIN=target/release/tuku python3 benchmarks/pictures/run.py [--quick]
    make bench-pictures OPTIONS="--parts process --rounds 3"

TUKU_BENCH_PHOTO may name sharp's own benchmark picture (2569067123_aca715a2ee_o.jpg of its tests, 2725x2225); without
it a photograph of Debian's stands in. A full run takes about 40 minutes, writes docs/benchmarks/pictures.md and a plot
beside it, and prints the tables. It ends with an error, and writes nothing, when an answer is wrong. `--quick` is one
short round of each, to see that all is well: it writes nothing, as do runs that leave something out.
"""

import argparse
import json
import os
import tempfile
from pathlib import Path

import kept
import making
import over_http
import report
import waiting
from photographs import lay_out, sources
from servers import Ipx, Nginx, Oximg, Tuku

HERE = Path(__file__).resolve().parent
PARTS = ["process", "http", "kept", "pages"]


class Bench:
    """What every part needs: programs, photographs, folders, cores, and how long to measure."""

    def __init__(self, options, folder):
        self.rounds, self.seconds, self.without = options.rounds, options.seconds, options.without
        self.binary, self.examples = options.binary, options.examples
        self.tools = options.tools
        own = sorted(os.sched_getaffinity(0))
        # What is sent from memory is measured on a core, and asked for from another, where there are two.
        self.cores = (own[0], own[1]) if len(own) > 1 else (None, None)
        self.folder = folder
        self.photographs, self.data, self.made = folder / "photographs", folder / "data", folder / "made"
        self.made.mkdir()
        self.sources = sources(options.tools / "debian", options.photo, folder)
        self.aimed = [source for source in self.sources if source.aimed]
        lay_out(self.aimed, self.photographs)

    def tuku(self, core=None, keeping=False):
        return Tuku(self.binary, self.data, core, keeping)

    def ipx(self, core=None):
        return Ipx(self.photographs, core)

    def oximg(self, core=None):
        return Oximg(self.tools / "bin/oximg", self.photographs, core)

    def nginx(self, folder, core=None):
        return Nginx(self.tools / "debian/usr/sbin/nginx", folder, core)

    def servers(self):
        """Those that make pictures, to be started."""
        return [server for server in [self.tuku(), self.ipx(), self.oximg()] if server.name not in self.without]

    def made_by(self, source, form, who):
        """The folder of what somebody made of a source: `0.webp` of its first file, and so on."""
        folder = self.made / f"{source.name}-{form}-{who}"
        folder.mkdir(exist_ok=True)
        return folder


def measure(bench, parts):
    """All records, a round after the other."""
    records = []
    if set(parts) - {"process"}:
        with bench.tuku() as tuku:
            tuku.fill(bench.aimed, [kept.SMALL])
    steps = {"process": making.records, "http": over_http.records, "kept": kept.records, "pages": waiting.records}
    for number in range(bench.rounds):
        for part in parts:
            for record in steps[part](bench):
                records.append({"part": part, "round": number} | record)
                print(f"round {number + 1} of {bench.rounds}: {report.brief(records[-1])}", flush=True)
    if "process" in parts:
        records += making.scores(bench)
    return records


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4, help="of one measurement")
    parser.add_argument("--quick", action="store_true", help="one round of a second each")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--without", nargs="+", choices=["ipx", "oximg"], default=[])
    parser.add_argument("--write", type=Path, help="the page; docs/benchmarks/pictures.md after a full run")
    parser.add_argument("--save", type=Path, help="keeps what was found")
    parser.add_argument("--saved", type=Path, help="tells what was kept, and measures nothing")
    options = parser.parse_args()
    if options.quick:
        options.rounds, options.seconds = 1, 1
    is_full = not options.quick and not options.without and options.parts == PARTS and not options.saved
    if is_full and not options.write:
        options.write = HERE / "../../docs/benchmarks/pictures.md"
    options.binary = Path(os.environ.get("TUKU_BIN", HERE / "../../target/release/tuku")).resolve()
    options.examples = Path(os.environ.get("TUKU_EXAMPLES", HERE / "../../target/release/examples")).resolve()
    cache = os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")
    options.tools = Path(os.environ.get("TUKU_TOOLS", Path(cache) / "tuku/tools")).resolve()
    options.photo = os.environ.get("TUKU_BENCH_PHOTO")
    return options


def main():
    options = arguments()
    if options.saved:
        found = json.loads(options.saved.read_text())
    else:
        with tempfile.TemporaryDirectory(prefix="tuku-bench-") as folder:
            bench = Bench(options, Path(folder))
            found = {"records": measure(bench, options.parts), "setting": report.setting(bench)}
    if options.save:
        options.save.write_text(json.dumps(found))
    page = report.Page(found["records"], found["setting"])
    if options.write:
        options.write.parent.mkdir(parents=True, exist_ok=True)
        page.write(options.write)
    print("\n" + page.tables())


if __name__ == "__main__":
    main()
