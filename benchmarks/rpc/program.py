"""The program under measurement: started on a free port, asked, told to stop, and its CPU time."""

import json
import os
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

# How long it may take to be well, and to stop, in seconds.
PATIENCE = 30


class Program:
    """A running program over a data folder, on one core if one is named. For `with`."""

    def __init__(self, binary, folder, kept_seconds, core=None):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{free.getsockname()[1]}"
        self.url = f"http://{address}/api/rpc"
        self.health = f"http://{address}/health"
        # Less the settings of a Tuku that the one who runs this may have.
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("TUKU_")} | {
            "TUKU_ADDR": address,
            "TUKU_DATA_DIR": str(folder),
            "TUKU_CACHED_READS_SECONDS": str(kept_seconds),
        }
        self.command = pinned(core) + [str(binary), "serve"]
        self.log = Path(folder) / f"log-{kept_seconds}.txt"

    def __enter__(self):
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                self.command, env=self.environment, cwd=self.log.parent, stdout=log, stderr=log
            )
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urllib.request.urlopen(self.health, timeout=PATIENCE):
                    return self
            except OSError:
                time.sleep(0.05)
        self.__exit__()
        raise SystemExit(f"The program did not become healthy:\n{self.log.read_text()}")

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def ask(self, call):
        """The result of a call, and what `Cache-Status` says of it: None where the header is missing."""
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(self.url, json.dumps(call).encode(), headers)
        with urllib.request.urlopen(request, timeout=PATIENCE) as response:
            answer, status = json.load(response), response.headers["Cache-Status"]
        if "result" not in answer:
            raise SystemExit(f"{call['method']} was refused: {answer}")
        return answer["result"], status

    def cpu_seconds(self):
        """User and system time of all its threads since it was started (proc_pid_stat(5): utime, stime)."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def pinned(core):
    """What a command is preceded by to stay on a core."""
    return [] if core is None else ["taskset", "-c", str(core)]
