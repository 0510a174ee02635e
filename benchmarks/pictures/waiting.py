"""How long a page takes while nothing else is done, and while eight clients have pictures made."""

import json
import subprocess
import sys
import time
from pathlib import Path

from .over_http import loading

HERE = Path(__file__).resolve().parent
RATE = 20
CLIENTS = 8


def records(bench):
    """The front page, both ways, in turn."""
    source = bench.aimed[0]
    # Enough for a hundredth to mean something.
    seconds = max(3, 2.5 * bench.seconds)
    with bench.tuku() as tuku:
        pages(tuku, 1)
        yield {"state": "idle", "times": pages(tuku, seconds)}
        command = loading(tuku.urls(source, "webp"), CLIENTS, seconds + 1)
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as clients:
            time.sleep(0.5)
            times = pages(tuku, seconds)
            out, wrong = clients.communicate()
        if clients.returncode != 0:
            raise SystemExit(f"Tuku could not be asked for pictures: {wrong}\n{tuku.said()}")
        yield {"state": "saturated", "times": times, "pictures": json.loads(out)["requests"]}


def pages(server, seconds):
    """Milliseconds of each."""
    command = [sys.executable, "-B", str(HERE / "pages.py"), f"{server.url}/", str(RATE), str(seconds)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"The page could not be asked for: {done.stderr}")
    return json.loads(done.stdout)
