"""Pictures already made: sent whole, and answered with 304. Each server is on one core, who asks on another."""

from benchmarks.servers import wrk
from benchmarks.servers.server import ask

from .over_http import loaded

FORM = "webp"
# A small picture beside that of the source's own width.
SMALL = 160


def records(bench):
    """Tuku and nginx with the very same files; then those and ipx with questions for what the client has."""
    source, folder = bench.aimed[0], bench.folder / "files"
    folder.mkdir(exist_ok=True)
    name, _ = source.addresses()[0]
    widths = [SMALL, source.width]
    with bench.tuku(bench.cores[0], keeping=True) as tuku:
        paths = {width: tuku.path(name, width, FORM) for width in widths}
        for width in widths:
            (folder / f"{width}.{FORM}").write_bytes(ask(tuku.url + paths[width])[0])
        for width in widths:
            yield {"what": f"{width} px", "who": "tuku"} | whole(bench, tuku, paths[width], folder, width)
        yield from known(bench, tuku, paths[source.width])
    with bench.nginx(folder, bench.cores[0]) as nginx:
        for width in widths:
            path = f"/{width}.{FORM}"
            yield {"what": f"{width} px", "who": "nginx"} | whole(bench, nginx, path, folder, width)
        yield from known(bench, nginx, f"/{source.width}.{FORM}")
    if "ipx" not in bench.without:
        with bench.ipx(bench.cores[0]) as ipx:
            yield from known(bench, ipx, ipx.path(name, source.width, FORM), ipx.urls(source, FORM))


def whole(bench, server, path, folder, width):
    file = folder / f"{width}.{FORM}"
    body, _ = ask(server.url + path)
    if body != file.read_bytes():
        raise SystemExit(f"{server.name} sends something else at {path}.")
    told = asked(bench, server, path)
    if told["bytes"] < told["requests"] * len(body):
        raise SystemExit(f"{server.name} did not send {path} each time: {told}")
    return told | {"size": len(body)}


def known(bench, server, path, distinct=None):
    """304 by the entity tag alone, and by all that a browser would tell. With `distinct` addresses the former is asked
    for by as many clients, each of its own: a server that makes the picture for it answers too few for wrk."""
    _, headers = ask(server.url + path)
    tag, date = headers["ETag"], headers["Last-Modified"]
    if not tag:
        raise SystemExit(f"{server.name} gives {path} no entity tag.")
    conditions = {"If-None-Match": tag}
    if distinct:
        told = loaded(server, distinct, len(distinct), bench.seconds, 304, conditions)
    else:
        told = unchanged(bench, server, path, conditions)
    yield {"what": "304, entity tag", "who": server.name} | told
    if date:
        conditions["If-Modified-Since"] = date
    yield {"what": "304, as browsers ask", "who": server.name} | unchanged(bench, server, path, conditions)


def unchanged(bench, server, path, conditions):
    told = asked(bench, server, path, conditions)
    # More than any headers of a 304 have, and less than any picture.
    if told["bytes"] > told["requests"] * 1500:
        raise SystemExit(f"{server.name} sends {path} although it is known: {told}")
    return told


def asked(bench, server, path, headers=None):
    return wrk.warmed_load(server, server.url + path, max(1, int(bench.seconds)), bench.cores[1], headers)
