"""Requests per CPU-second of `gallery.listPublic`, kept and made anew, in libraries of growing size.

    TUKU_BIN=target/release/tuku python3 -B -m benchmarks.rpc.run

Two programs serve the same library: one keeps answers for 60 seconds, the other never. wrk asks them in turn, and what
counts is the CPU time of the program over what it answered, so that another's load on the machine shows little. Writes
docs/benchmarks/rpc.md and prints its tables. Ends with an error, and writes nothing, when an answer is wrong.
"""

import argparse
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks import machine
from benchmarks.servers import wrk
from benchmarks.servers.tuku import Tuku

from . import library, report

ASK = Path(__file__).resolve().parent / "ask.lua"
LIMIT = 20
# The settings of the two programs: TUKU_CACHED_READS_SECONDS.
KEPT, ANEW = 60, 0
# The least share of hits among answers said to be kept: now and then one has just ended.
HITS = 0.99


@dataclass
class Scenario:
    """One of the pages from first to last at a time. Pages far down are never kept."""

    name: str
    first: int
    last: int
    kept: bool = True


def scenarios(galleries):
    pages = -(-galleries // LIMIT)
    return [
        Scenario("the first", 1, 1),
        Scenario("one of the first 50", 1, min(50, pages)),
        Scenario("the last", pages, pages, kept=False),
    ]


def serving(folder, kept_seconds, core=None):
    """The program over the library in the folder."""
    return Tuku(machine.BINARY, folder / "data", core, {"TUKU_CACHED_READS_SECONDS": str(kept_seconds)})


def asked(program, page):
    """The page, and what `Cache-Status` says of it: None where the header is missing."""
    result, headers = program.answer("gallery.listPublic", {"page": page, "limit": LIMIT})
    return result, headers["Cache-Status"]


def expect(holds, words):
    if not holds:
        raise SystemExit(f"{words}\nNothing was written.")


def check(programs, galleries, identities, scenario):
    """Each page holds what it should, and says truly whether it was kept. Leaves those kept that can be."""
    for page in range(scenario.first, scenario.last + 1):
        fresh, unmarked = asked(programs[ANEW], page)
        expect(unmarked is None, f"Nothing is to be kept, yet Cache-Status is {unmarked}.")
        if scenario.kept:
            first, _ = asked(programs[KEPT], page)
            second, status = asked(programs[KEPT], page)
            expect(status == "tuku; hit", f"Page {page} was asked twice, yet Cache-Status is {status}.")
            expect(first == second == fresh, f"Page {page} is not the same when it is kept.")
        shown = [gallery["id"] for gallery in fresh["galleries"]]
        expect(shown == identities[(page - 1) * LIMIT : page * LIMIT], f"Page {page} holds the wrong galleries.")
        expect(fresh["totalPages"] == -(-galleries // LIMIT), f"Page {page} tells a wrong number of pages.")
        whole = all(gallery["count"] == len(gallery["covers"]) == library.PICTURES for gallery in fresh["galleries"])
        expect(whole, f"Page {page} lacks pictures.")


def load(program, kept, scenario, seconds, core):
    """One run of wrk: requests and CPU seconds, and the share of the time that the program was busy."""
    words = [str(scenario.first), str(scenario.last), str(LIMIT)]
    told = wrk.load(program, program.rpc, seconds, core, script=ASK, words=words)
    if kept:
        expect(told["hits"] >= HITS * told["answers"], f"Too few answers were kept ones: {told}")
    else:
        expect(told["marked"] == 0, f"Some answers were kept ones: {told}")
    return report.Run(told["requests"], told["cpu"], told["cpu"] / seconds)


def measure(folder, galleries, options, cores):
    """Fills a library, and measures each scenario in it."""
    with serving(folder, KEPT):
        pass
    file = folder / "data/tuku.sqlite"
    library.fill(file, galleries)
    identities = library.newest_first(file)
    with serving(folder, KEPT, cores[0]) as keeping, serving(folder, ANEW, cores[0]) as forgetful:
        programs = {KEPT: keeping, ANEW: forgetful}
        for scenario in scenarios(galleries):
            runs = {KEPT: [], ANEW: []}
            for counted in [False] + [True] * options.runs:
                check(programs, galleries, identities, scenario)
                for lifetime in [KEPT, ANEW] if scenario.kept else [ANEW]:
                    seconds = options.seconds if counted else options.warm_up
                    run = load(programs[lifetime], lifetime != 0, scenario, seconds, cores[1])
                    if counted:
                        runs[lifetime].append(run)
            yield report.Row(galleries, scenario.name, runs[KEPT], runs[ANEW])


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--galleries", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    arguments.add_argument("--runs", type=int, default=7, help="counted runs of each")
    arguments.add_argument("--seconds", type=int, default=4, help="of a run")
    arguments.add_argument("--warm-up", type=int, default=2, help="seconds of the run that is not counted")
    arguments.add_argument("--write", type=Path, default=machine.DOCUMENTS / "rpc.md")
    options = arguments.parse_args()
    machine.need([machine.BINARY, "wrk", "taskset"], "bench-rpc")
    machine.clear_up_when_told_to_stop()
    # The program has a core to itself where there are two.
    cores = machine.cores()
    rows = []
    for galleries in options.galleries:
        with tempfile.TemporaryDirectory(prefix="tuku-bench-") as folder:
            for row in measure(Path(folder), galleries, options, cores):
                rows.append(row)
                print(f"{galleries:>7,} galleries, {row.page}: {row.brief()}", flush=True)
    setting = report.setting(options, cores, rows)
    options.write.parent.mkdir(parents=True, exist_ok=True)
    options.write.write_text(report.document(rows, setting))
    print("\n" + report.tables(rows))


if __name__ == "__main__":
    main()
