"""Pictures made on request, nothing kept: one client and eight, in turn against each server."""

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.servers.server import ask

from .picture_servers import FORMATS

HERE = Path(__file__).resolve().parent
CLIENTS = [1, 8]
# What each format starts with, to see that a server made what it was asked for.
BEGINS = {"jpeg": b"\xff\xd8\xff", "webp": b"RIFF", "avif": b"\x00\x00\x00"}


def records(bench):
    """Each source in each format from each server, started for it so that its memory is of this work alone."""
    for source in bench.aimed:
        for form in FORMATS:
            for server in bench.servers():
                if form not in server.formats:
                    continue
                with server:
                    warm_up(bench, server, source, form)
                    for clients in CLIENTS:
                        told = loaded(server, server.urls(source, form), clients, bench.seconds)
                        record = {"source": source.name, "format": form, "who": server.name, "clients": clients}
                        yield record | told


def warm_up(bench, server, source, form):
    """Each photograph once. What was made is kept, to be scored; that of Tuku was made in one process already."""
    who = "tuku over http" if server.name == "tuku" else server.name
    for at, url in enumerate(server.urls(source, form)[: len(source.files)]):
        body, _ = ask(url)
        if not body.startswith(BEGINS[form]):
            raise SystemExit(f"{url} is not {form}: {body[:40]!r}")
        (bench.made_by(source, form, who) / f"{at}.{form}").write_bytes(body)


def loading(urls, clients, seconds, status=200, headers=None):
    """The command of so many clients; see load.py."""
    command = [sys.executable, "-B", str(HERE / "load.py"), str(clients), str(seconds), str(status)]
    for name, value in (headers or {}).items():
        command += ["--header", f"{name}:{value}"]
    return command + urls


def loaded(server, urls, clients, seconds, status=200, headers=None):
    """What so many clients were answered, the CPU time of it, and the most memory the server had."""
    before = server.cpu_seconds()
    with server.watch() as watch:
        done = subprocess.run(loading(urls, clients, seconds, status, headers), capture_output=True, text=True)
    cpu = server.cpu_seconds() - before
    if done.returncode != 0:
        raise SystemExit(f"{server.name} could not be asked: {done.stderr}\n{server.said()}")
    told = json.loads(done.stdout)
    if told["requests"] == 0:
        raise SystemExit(f"{server.name} answered nothing.")
    if watch.peak == 0:
        raise SystemExit(f"The memory of {server.name} cannot be read.")
    return {"requests": told["requests"], "cpu": cpu, "seconds": told["seconds"], "peak": watch.peak}
