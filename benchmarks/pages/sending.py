"""Requests per CPU-second: pages that lie ready, and a gallery rendered for each who asks. Each server is on one core,
who asks on another."""

import time

from benchmarks.servers import wrk
from benchmarks.servers.server import ask

# Pages, and how they are sent: as browsers have it, as older ones do, and as they are.
KEPT = [("photo", "br"), ("photo", "gzip"), ("photo", "plain"), ("gallery", "br"), ("home", "br")]
ENDINGS = {"br": ".br", "gzip": ".gz", "plain": ""}
PICTURES = 60
# Seconds until Tuku compresses a page that stays as hard as it can, when it is asked for again; and until it has.
SETTLED = 11
PRESSED = 2
# Seconds until Node has compiled what it runs often.
WARM_UP = 4


def kept(bench):
    """Tuku's pages from its memory, and the very same bytes by nginx; then the photo's page as Astro made it."""
    folder = bench.folder / "kept"
    pages = bench.filled.pages()
    with bench.tuku(bench.cores[0]) as tuku:
        save(tuku, pages, folder)
        for page, encoding in KEPT:
            yield record(page, encoding, "tuku") | asked(bench, tuku, pages[page], encoding, folder / page)
    with bench.nginx(folder, bench.cores[0]) as nginx:
        for page, encoding in KEPT:
            yield record(page, encoding, "nginx") | asked(bench, nginx, f"/{page}", encoding, folder / page)
    yield from by_astro(bench)


def save(tuku, pages, folder):
    """Each page in each encoding, as Tuku sends it from its memory."""
    folder.mkdir(exist_ok=True)
    for path in pages.values():
        # Once to have it rendered, and again to have it as it stays.
        ask(tuku.url + path)
    time.sleep(SETTLED)
    for path in pages.values():
        ask(tuku.url + path)
        time.sleep(PRESSED)
    for page, path in pages.items():
        for encoding, ending in ENDINGS.items():
            body, headers = sent(tuku, path, encoding)
            if headers["Cache-Status"] != "tuku; hit":
                raise SystemExit(f"{path} is not kept: Cache-Status is {headers['Cache-Status']}.")
            (folder / f"{page}{ending}").write_bytes(body)


def by_astro(bench):
    """The photo's page as Astro made it: by nginx, and by its own server, which compresses nothing."""
    path = f"{bench.filled.photo}/index.html"
    file = bench.built / path.lstrip("/")
    with bench.nginx(bench.built, bench.cores[0]) as nginx:
        for encoding in ENDINGS:
            yield record("photo", encoding, "astro, nginx") | asked(bench, nginx, path, encoding, file)
    with bench.astro(bench.cores[0]) as astro:
        yield record("photo", "plain", "astro, node") | asked(bench, astro, path, "plain", file)


def rendered(bench):
    """The gallery, rendered on request: as it is, and as browsers ask for it."""
    path = bench.filled.gallery
    for encoding in ["plain", "br"]:
        for server in [bench.tuku(bench.cores[0], keeping=False), bench.astro(bench.cores[0])]:
            with server:
                body, headers = sent(server, path, encoding)
                if not headers["Content-Encoding"] and body.count(b"<img") != PICTURES:
                    raise SystemExit(f"{server.name} does not show {PICTURES} pictures.")
                told = load(bench, server, path, encoding, WARM_UP)
                yield record("gallery", encoding, server.name) | told | {"size": len(body)}


def record(page, encoding, who):
    return {"page": page, "encoding": encoding, "who": who}


def accepted(encoding):
    return {"Accept-Encoding": "identity" if encoding == "plain" else encoding}


def sent(server, path, encoding):
    """Body and headers."""
    return ask(server.url + path, headers=accepted(encoding))


def asked(bench, server, path, encoding, file):
    """A run, after a look whether the very file is sent, in its encoding."""
    body, headers = sent(server, path, encoding)
    expected = file.with_name(file.name + ENDINGS[encoding]).read_bytes()
    if body != expected or (headers["Content-Encoding"] or "plain") != encoding:
        raise SystemExit(f"{server.name} sends {path} in another way than {encoding}.")
    told = load(bench, server, path, encoding, 1)
    if told["bytes"] < told["requests"] * len(body):
        raise SystemExit(f"{server.name} did not send {path} each time: {told}")
    return told | {"size": len(body)}


def load(bench, server, path, encoding, warm_up):
    """A run, after so many seconds that do not count."""
    url, headers = server.url + path, accepted(encoding)
    wrk.load(server, url, warm_up, bench.cores[1], headers)
    return wrk.load(server, url, max(1, int(bench.seconds)), bench.cores[1], headers)
