"""A server under measurement: started on a free port, asked, watched, and told to stop."""

import http.client
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from . import processes

# How long a server may take to come up, to answer and to stop, in seconds.
PATIENCE = 60
# No proxy that the environment may name stands between.
DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Server:
    """A server, for `with`; `core` keeps it on one. It runs in the folder `scratch`, where its log is. Each kind says
    its name, what starts it, and what its settings are."""

    name = ""
    # What it is asked for until it is up, and the status that says so; without one any answer does.
    sign, sign_status = "/", None
    # How its settings begin in the environment, so that those of who runs this are kept from it.
    prefix = None

    def __init__(self, scratch, core=None):
        self.port = free_port()
        self.scratch, self.core = Path(scratch), core
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = self.scratch / f"{self.name}-{self.port}.log"
        self.process = None

    def command(self):
        """What starts it."""
        raise NotImplementedError

    def settings(self):
        """Environment variables of its own."""
        return {}

    def __enter__(self):
        inherited = {
            name: value for name, value in os.environ.items() if not (self.prefix and name.startswith(self.prefix))
        }
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                pinned(self.core) + self.command(),
                env=inherited | self.settings(),
                cwd=self.scratch,
                stdout=log,
                stderr=log,
            )
        try:
            self.wait()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def wait(self):
        """Until it is up."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            if self.is_up():
                return
            time.sleep(0.05)
        raise SystemExit(f"{self.name} did not come up:\n{self.said()}")

    def is_up(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("GET", self.sign)
            response = connection.getresponse()
            response.read()
            return self.sign_status in (None, response.status)
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def said(self):
        """The end of its log."""
        return self.log.read_text(errors="replace")[-2000:]

    def cpu_seconds(self):
        """User and system time of it and of all that it started, until now."""
        return processes.cpu_seconds(self.process.pid)

    def watch(self):
        """For `with`: the most memory it and all that it started have meanwhile, as `peak`."""
        return processes.Watch(self.process.pid)


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def ask(url, body=None, headers=None, method=None):
    """Body and headers of an answer that is well."""
    request = urllib.request.Request(url, body, headers or {}, method=method)
    try:
        with DIRECTLY.open(request, timeout=PATIENCE) as response:
            return response.read(), response.headers
    except urllib.error.HTTPError as error:
        raise SystemExit(f"{url} answered {error.code}: {error.read()[:500].decode(errors='replace')}") from None


def pinned(core):
    """What a command is preceded by to stay on a core."""
    return [] if core is None else ["taskset", "-c", str(core)]
