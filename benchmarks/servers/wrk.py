"""Runs of wrk against a server, and the CPU time that the server took for them."""

import json
import subprocess
from pathlib import Path

from .server import pinned

CONNECTIONS = 16
# Tells what was answered. Another script must do so too: a line of JSON with `requests`, `failed` and `bad`.
COUNT = Path(__file__).resolve().parent / "count.lua"


def load(server, url, seconds, core=None, headers=None, script=COUNT, words=()):
    """One run of whole seconds on a core: what the script tells, with the `cpu` seconds of the server and the
    `seconds`. `words` are arguments for the script. No request may fail."""
    command = pinned(core) + ["wrk", "--threads", "1", "--connections", str(CONNECTIONS), "--timeout", "30s"]
    command += ["--duration", f"{seconds}s", "--script", str(script)]
    for name, value in (headers or {}).items():
        command += ["--header", f"{name}: {value}"]
    before = server.cpu_seconds()
    done = subprocess.run(command + [url, "--", *words], capture_output=True, text=True)
    cpu = server.cpu_seconds() - before
    if done.returncode != 0:
        raise SystemExit(f"wrk could not run:\n{done.stdout}{done.stderr}")
    told = json.loads(done.stdout.splitlines()[-1])
    if not told["requests"] or told["failed"] or told["bad"]:
        raise SystemExit(f"{server.name} did not answer all as it should: {told}\n{server.said()}")
    return told | {"cpu": cpu, "seconds": seconds}


def alternating_loads(servers, path, seconds, core=None):
    """A run against each, in slices of a second that take turns: the machine is as fast for one as for the others. One
    to a server, in their order; a second of each before does not count."""
    for server in servers:
        load(server, server.url + path, 1, core)
    slices = {server: [] for server in servers}
    for number in range(seconds):
        for server in servers[:: 1 if number % 2 == 0 else -1]:
            slices[server].append(load(server, server.url + path, 1, core))
    return [
        {name: sum(one[name] for one in slices[server]) for name in ("requests", "cpu", "seconds")}
        for server in servers
    ]


def warmed_load(server, url, seconds, core=None, headers=None):
    """A second that does not count, and a run."""
    load(server, url, 1, core, headers)
    return load(server, url, seconds, core, headers)
