"""CPU time and memory of a process and all that it started, from /proc."""

import os
import threading
import time
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
# Seconds between two looks at the memory.
APART = 0.05


def tree(pid):
    """The process and its living descendants. Who ends while it is looked at is left out."""
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        for thread in listed(Path(f"/proc/{one}/task")):
            waiting += [int(child) for child in text(thread / "children").split()]
    return found


def cpu_seconds(pid):
    """User and system time of the whole tree since its start, with that of children who ended (proc_pid_stat(5))."""
    total = 0
    for one in tree(pid):
        fields = text(Path(f"/proc/{one}/stat")).rpartition(")")[2].split()
        total += sum(int(field) for field in fields[11:15])
    return total / TICKS


def memory(pid):
    """Bytes of RAM of the whole tree, what several share counted once (proc_pid_smaps_rollup(5): Pss)."""
    total = 0
    for one in tree(pid):
        for line in text(Path(f"/proc/{one}/smaps_rollup")).splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1]) * 1024
    return total


class Watch:
    """Looks at the memory of a tree again and again, and keeps the most. For `with`."""

    def __init__(self, pid):
        self.pid, self.peak, self.over = pid, 0, threading.Event()
        self.thread = threading.Thread(target=self.look, daemon=True)

    def look(self):
        while not self.over.is_set():
            self.peak = max(self.peak, memory(self.pid))
            time.sleep(APART)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()


def listed(folder):
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def text(file):
    try:
        return file.read_text()
    except OSError:
        return ""
