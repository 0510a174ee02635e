"""What was measured, as tables."""

from dataclasses import dataclass
from statistics import median

from benchmarks import machine
from benchmarks.servers.wrk import CONNECTIONS
from benchmarks.tables import NONE, spread, table

HEAD = """# Requests per CPU-second

How much CPU time the program takes to answer `gallery.listPublic` (20 galleries a page, three covers each): with \
answers kept in the key-value store, and with answers never kept (`TUKU_CACHED_READS_SECONDS=0`). `make bench-rpc` \
measures it and writes this page. The numbers are one machine's; what counts is how they stand to each other.

Requests a CPU-second are those that were answered in a run over the CPU time of all threads and all processes of the \
program, user and system. Each cell is the median of the runs, with the least and the most in brackets; “ms each” is \
the CPU time of one request.
"""

TOLD = """
- **Kept**: a look at the mark of the galleries, and one at the answer, both in memory. Pages after the hundredth are \
never kept.
- **Made anew**: the page, then its covers, each by index. How many public galleries there are is itself kept until \
galleries change. What stands before a page is passed over in an index that holds public galleries alone, so that the \
last page of many takes longer than the first.
"""


@dataclass
class Run:
    """One run: requests, CPU seconds, and the share of the time that the program was busy."""

    requests: int
    cpu: float
    busy: float


@dataclass
class Row:
    """The runs of one scenario in a library of one size."""

    galleries: int
    page: str
    kept: list
    anew: list

    def brief(self):
        return f"{spread(rates(self.kept), 0)} kept, {spread(rates(self.anew), 0)} made anew, a CPU-second"


def rates(runs):
    return [run.requests / run.cpu for run in runs]


def milliseconds(runs):
    """CPU time of a request."""
    return median(1000 * run.cpu / run.requests for run in runs)


def cost(runs):
    return f"{milliseconds(runs):.3f}" if runs else NONE


def times(more, less):
    """How many times the CPU time of the latter a request of the former takes."""
    return f"× {milliseconds(more) / milliseconds(less):.1f}" if more and less else NONE


def tables(rows):
    measured = table(
        ["galleries", "page", "kept: a CPU-second", "ms each", "made anew: a CPU-second", "ms each", "anew / kept"],
        [
            [
                f"{row.galleries:,}",
                row.page,
                spread(rates(row.kept), 0),
                cost(row.kept),
                spread(rates(row.anew), 0),
                cost(row.anew),
                times(row.anew, row.kept),
            ]
            for row in rows
        ],
        words=[1],
    )
    return measured + growth(rows)


def growth(rows):
    """How many times the CPU time of the smallest library a request takes in the largest one."""
    least, most = min(row.galleries for row in rows), max(row.galleries for row in rows)
    if least == most:
        return ""
    by_size = {(row.galleries, row.page): row for row in rows}
    pairs = [(by_size[least, page], by_size[most, page]) for page in dict.fromkeys(row.page for row in rows)]
    grown = [[f"× {most // least}", small.page, times(large.kept, small.kept), times(large.anew, small.anew)]
             for small, large in pairs]
    head = f"\nHow many times the CPU time of {least:,} galleries a request takes with {most:,}:\n\n"
    return head + table(["galleries", "page", "kept", "made anew"], grown, words=[1])


def setting(options, cores, rows):
    """Where and how it was measured, without names of this machine."""
    least_busy = min(run.busy for row in rows for run in row.kept + row.anew)
    alone = "the program on one core, wrk on another" if cores[0] is not None else "one core for both"
    return [
        f"{machine.today()}, {machine.first_line([machine.BINARY, '--version'])}, release build",
        f"{machine.about()}; {alone}",
        machine.asking(),
        f"{options.runs} runs of {options.seconds} seconds each, kept and made anew in turn, after a warm-up; "
        f"{CONNECTIONS} connections; the program was busy for {least_busy:.0%} of its core or more",
        "the built-in key-value store; answers not compressed, since wrk does not ask for it",
        "every page was compared with the rows before each run, and the status and `Cache-Status` of every answer read",
    ]


def document(rows, lines):
    return f"{HEAD}\n{tables(rows)}{TOLD}\n## How it was measured\n\n" + "".join(f"- {line}\n" for line in lines)
