"""Where it is measured: the folders, the cores, and what is told of the machine without naming it."""

import datetime
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ROOT / "docs/benchmarks"
# Without these settings, as `make` builds them.
BINARY = Path(os.environ.get("TUKU_BIN", ROOT / "target/release/tuku")).resolve()
EXAMPLES = Path(os.environ.get("TUKU_EXAMPLES", ROOT / "target/release/examples")).resolve()
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
TOOLS = Path(os.environ.get("TUKU_TOOLS", CACHE / "tuku/tools")).resolve()


def cores():
    """One for the server and one for who asks it, where there are two; else none in particular."""
    own = sorted(os.sched_getaffinity(0))
    return (own[0], own[1]) if len(own) > 1 else (None, None)


def need(programs, stage):
    """Ends at once if one of them is missing, rather than after half an hour."""
    missing = [str(program) for program in programs if not shutil.which(program)]
    if missing:
        raise SystemExit(f"Missing: {', '.join(missing)}. `make {stage}` installs and builds what it needs.")


def clear_up_when_told_to_stop():
    """SIGTERM ends a run as Ctrl-C does: servers are stopped, folders removed."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Told to stop."))


def first_line(command):
    """What a program says of its version. wrk ends with an error when it does; no program may end by a signal, or in
    the search for its libraries (127)."""
    done = subprocess.run(command, capture_output=True, text=True)
    lines = (done.stdout + done.stderr).splitlines()
    if not lines or done.returncode not in (0, 1):
        raise SystemExit(f"{command[0]} does not run: {done.stdout}{done.stderr}")
    return lines[0]


def today():
    return f"{datetime.date.today():%-d %B %Y}"


def about():
    """The processor, its cores, the memory and the kernel."""
    cpu = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e9
    kernel = re.match(r"[\d.]*\d", platform.release()).group()
    name = cpu.group(1) if cpu else platform.machine()
    return f"{name}, {os.cpu_count()} cores, {memory:.0f} GB; Linux {kernel}"


def asking():
    """wrk and Python, which ask."""
    return f"{first_line(['wrk', '-v']).split(' [')[0]}, Python {platform.python_version()}"
