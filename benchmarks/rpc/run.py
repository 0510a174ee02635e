"""Requests per CPU-second of `gallery.listPublic`, kept and made anew, in libraries of growing size.

    TUKU_BIN=target/release/tuku python3 benchmarks/rpc/run.py

Two programs serve the same library: one keeps answers for 60 seconds, the other never. wrk asks them in turn, and what
counts is the CPU time of the program over what it answered, so that another's load on the machine shows little. Writes
docs/benchmarks/rpc.md and prints its tables. Ends with an error, and writes nothing, when an answer is wrong.
"""

import argparse
import json
import os
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import library
import report
from program import Program, pinned

HERE = Path(__file__).resolve().parent
LIMIT = 20
CONNECTIONS = 16
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


def call(page):
    params = {"page": page, "limit": LIMIT}
    return {"jsonrpc": "2.0", "method": "gallery.listPublic", "params": params, "id": 1}


def expect(holds, words):
    if not holds:
        raise SystemExit(f"{words}\nNothing was written.")


def check(programs, galleries, identities, scenario):
    """Each page holds what it should, and says truly whether it was kept. Leaves those kept that can be."""
    for page in range(scenario.first, scenario.last + 1):
        fresh, unmarked = programs[ANEW].ask(call(page))
        expect(unmarked is None, f"Nothing is to be kept, yet Cache-Status is {unmarked}.")
        if scenario.kept:
            first, _ = programs[KEPT].ask(call(page))
            second, status = programs[KEPT].ask(call(page))
            expect(status == "tuku; hit", f"Page {page} was asked twice, yet Cache-Status is {status}.")
            expect(first == second == fresh, f"Page {page} is not the same when it is kept.")
        shown = [gallery["id"] for gallery in fresh["galleries"]]
        expect(shown == identities[(page - 1) * LIMIT : page * LIMIT], f"Page {page} holds the wrong galleries.")
        expect(fresh["totalPages"] == -(-galleries // LIMIT), f"Page {page} tells a wrong number of pages.")
        whole = all(gallery["count"] == len(gallery["covers"]) == library.PICTURES for gallery in fresh["galleries"])
        expect(whole, f"Page {page} lacks pictures.")


def load(program, kept, scenario, seconds, core):
    """One run of wrk: requests and CPU seconds, and the share of the time that the program was busy."""
    command = pinned(core) + ["wrk", "--threads", "1", "--connections", str(CONNECTIONS), "--timeout", "30s"]
    command += ["--duration", f"{seconds}s", "--script", str(HERE / "ask.lua"), program.url]
    command += ["--", str(scenario.first), str(scenario.last), str(LIMIT)]
    before = program.cpu_seconds()
    done = subprocess.run(command, capture_output=True, text=True)
    cpu = program.cpu_seconds() - before
    expect(done.returncode == 0, f"wrk could not run:\n{done.stdout}{done.stderr}")
    told = json.loads(done.stdout.splitlines()[-1])
    expect(told["requests"] > 0 and told["errors"] == told["bad"] == 0, f"Some requests failed: {told}")
    if kept:
        expect(told["hits"] >= HITS * told["answers"], f"Too few answers were kept ones: {told}")
    else:
        expect(told["marked"] == 0, f"Some answers were kept ones: {told}")
    return report.Run(told["requests"], cpu, cpu / seconds)


def measure(binary, folder, galleries, options, cores):
    """Fills a library, and measures each scenario in it."""
    with Program(binary, folder, KEPT):
        pass
    file = folder / "tuku.sqlite"
    library.fill(file, galleries)
    identities = library.newest_first(file)
    with Program(binary, folder, KEPT, cores[0]) as keeping, Program(binary, folder, ANEW, cores[0]) as forgetful:
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
    arguments.add_argument("--write", type=Path, default=HERE / "../../docs/benchmarks/rpc.md")
    options = arguments.parse_args()
    binary = Path(os.environ.get("TUKU_BIN", HERE / "../../target/release/tuku")).resolve()
    own = sorted(os.sched_getaffinity(0))
    # The program has a core to itself where there are two.
    cores = (own[0], own[1]) if len(own) > 1 else (None, None)
    rows = []
    for galleries in options.galleries:
        with tempfile.TemporaryDirectory(prefix="tuku-bench-") as folder:
            for row in measure(binary, Path(folder), galleries, options, cores):
                rows.append(row)
                print(f"{galleries:>7,} galleries, {row.page}: {row.brief()}", flush=True)
    setting = report.setting(binary, options, CONNECTIONS, cores, rows)
    options.write.parent.mkdir(parents=True, exist_ok=True)
    options.write.write_text(report.document(rows, setting))
    print("\n" + report.tables(rows))


if __name__ == "__main__":
    main()
