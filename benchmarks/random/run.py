"""What a random picture costs: in a library of a thousand and of a million, and beside the script that it replaces.

    make bench-random
    TUKU_BIN=target/release/tuku python3 -B -m benchmarks.random.run [--quick]

A full run takes about fifteen minutes, of which the large library takes five to fill; it writes
docs/benchmarks/random.md and prints the tables. It ends with an error, and writes nothing, when an answer is wrong.
What was found until then is kept in target/benchmarks/random.json; `--saved` that file tells it. `--quick` is one short
round with a smaller library, to see that all is well: it writes nothing.
"""

from contextlib import ExitStack

from benchmarks import machine, rounds
from benchmarks.pages.photographs import FROM, another, smaller
from benchmarks.pictures.records import rate
from benchmarks.servers import wrk
from benchmarks.servers.server import Server, ask
from benchmarks.servers.tuku import Tuku

from . import library, report

SMALL, LARGE = 1_000, 1_000_000
# The pictures of the bucket: as many as the script can list, a thousand pixels wide.
BUCKET = 1_000
WIDTH = 1280
PARTS = ["sizes", "script"]
# Seconds until most of a large database is where it is read.
WARM_UP = 15
# What is asked for by its name, with its address, in the libraries that hold rows alone.
CHOICES = {
    "the address of a picture": "/random/landscape?redirect=1",
    "told of a picture": "/random/landscape?json=1",
    "told of ten of a gallery": "/random?gallery=gallery-0&json=1&n=10",
    "how many there are": "/random/landscape/count",
}


class Script(Server):
    """The script in workerd, over a bucket with the files of a folder."""

    name = "script"
    sign, sign_status = "/count", 200

    def __init__(self, scratch, pictures, core=None):
        super().__init__(scratch, core)
        self.pictures = pictures

    def command(self):
        return ["node", str(report.HERE / "bucket.mjs"), str(self.pictures), str(self.port)]

    def is_up(self):
        """Once the bucket is full: it answers before that."""
        return self.log.read_text().endswith("ready\n") and super().is_up()


class Bench:
    """Programs, libraries, cores, and how long to measure."""

    def __init__(self, options, folder):
        self.seconds, self.folder = options.seconds, folder
        self.cores = machine.cores()
        machine.need([machine.BINARY, "node", "wrk", "taskset", "djpeg", "cjpeg", "jpegtran"], "bench-random")
        if not FROM.exists():
            raise SystemExit(f"{FROM} is missing. `make bench-random` installs it.")
        self.sizes = [SMALL, LARGE // 20 if options.quick else LARGE]
        if "sizes" in options.parts:
            for pictures in self.sizes:
                with self.tuku(pictures):
                    pass
                library.fill(self.data(pictures) / "tuku.sqlite", pictures)
                print(f"{pictures:,} pictures are public", flush=True)
        if "script" in options.parts:
            self.photographs()

    def data(self, name):
        return self.folder / f"library-{name}/data"

    def tuku(self, name, core=None):
        self.data(name).parent.mkdir(exist_ok=True)
        return Tuku(machine.BINARY, self.data(name), core, {"TUKU_LOG": "warn"})

    def about(self):
        """Numbers that the page tells."""
        return {"warm_up": WARM_UP}

    def script(self, core=None):
        return Script(self.folder, self.folder / "bucket-files", core)

    def photographs(self):
        """As many different files of the same photograph in Tuku, and what Tuku sends of each in the folder for the
        bucket."""
        files = self.folder / "bucket-files"
        files.mkdir()
        original = self.folder / "photograph.jpg"
        smaller(FROM / "TwoWings.jpg", original, 4, None)
        whole = original.read_bytes()
        with self.tuku("photographs") as tuku:
            cookie = tuku.register()
            ids = []
            for number in range(BUCKET):
                original.write_bytes(another(whole, number))
                ids.append(tuku.upload(f"{number}.jpg", original, cookie))
            gallery = tuku.call("gallery.create", {"name": "Bucket", "isPublic": True}, cookie)
            tuku.call("gallery.addImages", {"galleryId": gallery["galleryId"], "imageIds": ids}, cookie)
            for number, id_ in enumerate(ids):
                sent, _ = ask(f"{tuku.url}/images/view/{id_}/width={WIDTH},v=1")
                (files / f"{number:04}.jpg").write_bytes(sent)


def sizes(bench):
    """The same requests in both libraries, by programs that have run for a while: a file that is read as memory costs
    more the first time."""
    with ExitStack() as running:
        programs = {size: running.enter_context(bench.tuku(size, bench.cores[0])) for size in bench.sizes}
        for tuku in programs.values():
            wrk.load(tuku, tuku.url + CHOICES["the address of a picture"], WARM_UP, bench.cores[1])
        for what, path in CHOICES.items():
            loads = wrk.alternating_loads(list(programs.values()), path, whole(bench.seconds), bench.cores[1])
            for size, found in zip(programs, loads, strict=True):
                yield {"what": what, "path": path, "pictures": size, "who": str(size)} | found


def script(bench):
    """A picture and the count: by Tuku, and by the script."""
    pictures = {"tuku": (f"/random/landscape?w={WIDTH}", "/random/landscape/count"), "script": ("/", "/count")}
    with bench.tuku("photographs", bench.cores[0]) as tuku, bench.script(bench.cores[0]) as by_script:
        for server in [tuku, by_script]:
            picture, count = (server.url + path for path in pictures[server.name])
            body, headers = ask(picture)
            if headers["Content-Type"] != "image/jpeg" or not body.startswith(b"\xff\xd8"):
                raise SystemExit(f"{server.name} sends no picture: {headers}")
            if ask(count)[0] != str(BUCKET).encode():
                raise SystemExit(f"{server.name} counts {ask(count)[0]}.")
            for what, url in [("a picture", picture), ("how many there are", count)]:
                found = wrk.warmed_load(server, url, whole(bench.seconds), bench.cores[1])
                if what == "a picture" and found["bytes"] < found["requests"] * len(body) * 0.99:
                    raise SystemExit(f"{server.name} did not send pictures each time: {found}")
                yield {"what": what, "who": server.name, "size": len(body)} | found


def whole(seconds):
    return max(1, int(seconds))


def told(record):
    return f"{record['what']}, {record['who']}: {rate(record):,.0f} a CPU-second"


def measure(bench, options):
    measured = {"sizes": sizes, "script": script}
    return rounds.in_turn(options, lambda part, _: measured[part](bench), told)


if __name__ == "__main__":
    options = rounds.asked(rounds.parser(__doc__, PARTS, "random"), PARTS, "random")
    rounds.run(options, Bench, measure, report)
