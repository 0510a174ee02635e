"""Pages looked at in Chromium: what comes over the network, how soon the page is there and at rest, and what a touch of
the heart brings. And what Lighthouse says of them."""

import json
import subprocess
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.servers.server import ask

HERE = Path(__file__).resolve().parent
# How long a visit may take, in seconds.
PATIENCE = 240
# Seconds after which a page has stood for a while.
SETTLED = 10


def looks(bench):
    """A visitor who looks and scrolls. Who comes first finds nothing ready, and does not count; a page that has stood
    for a while is made smaller when somebody comes again."""
    with everyone(bench) as sites:
        told("visit.mjs", "look", sites["tuku"] + bench.filled.photo)
        time.sleep(SETTLED)
        ask(sites["tuku"] + bench.filled.photo)
        time.sleep(1)
        for who, url in sites.items():
            yield {"who": who} | told("visit.mjs", "look", url + bench.filled.photo)


def likes(bench):
    """A member who touches the heart: first with nothing cached, then with everything."""
    with everyone(bench) as sites:
        yield {"who": "tuku"} | told("visit.mjs", "like", sites["tuku"] + bench.filled.photo, bench.filled.cookie)
        member = bench.filled.photo.replace("/photos/", "/member/")
        yield {"who": "astro, nginx"} | told("visit.mjs", "like", sites["astro, nginx"] + member)


def lighthouse(bench):
    """Each of our pages, and Astro's photo."""
    with everyone(bench) as sites:
        for name, path in bench.filled.pages().items():
            yield {"who": "tuku", "page": name} | told("lighthouse.mjs", sites["tuku"] + path)
        url = sites["astro, nginx"] + bench.filled.photo
        yield {"who": "astro, nginx", "page": "photo"} | told("lighthouse.mjs", url)


@contextmanager
def everyone(bench):
    """The addresses of the sites, started."""
    with ExitStack() as stack:
        tuku = stack.enter_context(bench.tuku())
        astro = stack.enter_context(bench.astro())
        nginx = stack.enter_context(bench.nginx(bench.built, behind=astro.url))
        yield {"tuku": tuku.url, "astro, nginx": nginx.url, "astro, node": astro.url}


def told(script, *words):
    """The line of JSON that a script ends with."""
    done = subprocess.run(["node", str(HERE / script), *words], capture_output=True, text=True, timeout=PATIENCE)
    if done.returncode != 0:
        raise SystemExit(f"{script} {words[0]} failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout.splitlines()[-1])
