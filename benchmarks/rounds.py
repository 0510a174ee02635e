"""A benchmark in rounds: its options, and a page drawn from what is kept after each step, so that nothing is lost when a
later one fails."""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from benchmarks import machine


def parser(about, parts, name):
    """The options that every such benchmark has; `name` is that of its page."""
    options = argparse.ArgumentParser(description=about.splitlines()[0])
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=float, default=4, help="of one measurement")
    options.add_argument("--quick", action="store_true", help="one round, a second each measurement")
    options.add_argument("--parts", nargs="+", choices=parts, default=list(parts))
    options.add_argument("--write", type=Path, help=f"the page; docs/benchmarks/{name}.md after a full run")
    options.add_argument("--save", type=Path, help="keeps what was found; a full run does so anyhow")
    options.add_argument("--saved", type=Path, help="tells what was kept, and measures nothing")
    return options


def asked(parser, parts, name, leaves_out=lambda options: False):
    """What was asked for; a full run writes the page and keeps what was found."""
    options = parser.parse_args()
    if options.quick:
        options.rounds, options.seconds = 1, 1
    if options.rounds < 1 or options.seconds <= 0:
        parser.error("There is at least one round, and each measurement takes time.")
    is_full = not options.quick and options.parts == list(parts) and not options.saved and not leaves_out(options)
    if is_full:
        options.write = options.write or machine.DOCUMENTS / f"{name}.md"
        options.save = options.save or machine.ROOT / f"target/benchmarks/{name}.json"
    return options


def run(options, bench, measure, report):
    """Measures or takes what was saved, and tells it. `measure` yields all records until then, again and again."""
    if options.saved:
        found = json.loads(options.saved.read_text())
        page = report.Page(found["records"], found["setting"])
    else:
        machine.clear_up_when_told_to_stop()
        page = measured(options, bench, measure, report)
    if options.write:
        page.write(options.write)
    print("\n" + page.tables())


def measured(options, bench, measure, report):
    """The page in the end. All until then is kept each time, and drawn to see that it can be."""
    page, saved = None, False
    try:
        with tempfile.TemporaryDirectory(prefix="tuku-bench-") as folder:
            filled = bench(options, Path(folder))
            setting = report.setting(filled)
            for found in measure(filled, options):
                if options.save:
                    keep(options.save, {"records": found, "setting": setting})
                    saved = True
                page = report.Page(found, setting)
                page.drawn()
    except BaseException:
        if saved:
            print(f"What was found until then is kept: --saved {options.save} tells it.", file=sys.stderr)
        raise
    return page


def in_turn(options, records_of, told):
    """All records until then, after each part of each round: `records_of` a part and the round's number gives those of a
    part, and `told` of a record what is printed of it."""
    found = []
    for number in range(options.rounds):
        for part in options.parts:
            for record in records_of(part, number):
                found.append({"part": part, "round": number} | record)
                print(f"round {number + 1} of {options.rounds}: {told(found[-1])}", flush=True)
            yield found


def keep(path, found):
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.unfinished")
    unfinished.write_text(json.dumps(found))
    os.replace(unfinished, path)
