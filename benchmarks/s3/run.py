"""What it costs to put files into the bucket: rclone into Tuku, garage and SeaweedFS on the same disk, in turn.

    make bench-s3
    TUKU_BIN=target/release/tuku python3 -B -m benchmarks.s3.run [--quick]

A full run takes about ten minutes; it writes docs/benchmarks/s3.md and prints the tables. It ends with an error, and
writes nothing, when a file is not where it should be. `--quick` is one short round, to see that all is well.
"""

import os
import random
import shutil
import subprocess
import time

from benchmarks import machine, rounds
from benchmarks.pages.photographs import FROM, another, smaller

from . import report
from .stores import BUCKET, GARAGE, WEED, Garage, SeaweedFs, SyncedGarage, TukuBucket

FILES, SIZE = 1_000, 1_000_000
PARTS = ["sync", "pictures"]
TRANSFERS = 8
KINDS = [TukuBucket, Garage, SyncedGarage, SeaweedFs]


class Bench:
    """The files, and how to sync them."""

    def __init__(self, options, folder):
        self.folder = folder
        machine.need([machine.BINARY, GARAGE, WEED, "rclone", "djpeg", "cjpeg", "jpegtran"], "bench-s3")
        self.files = FILES // 10 if options.quick else FILES
        self.fill()

    def fill(self):
        """Files of random bytes, and as many photographs, each another file."""
        chance = random.Random(1)
        (self.folder / "sync").mkdir()
        (self.folder / "pictures").mkdir()
        photograph = self.folder / "photograph.jpg"
        smaller(FROM / "TwoWings.jpg", photograph, 8, None)
        whole = photograph.read_bytes()
        for number in range(self.files):
            (self.folder / f"sync/{number:04}.bin").write_bytes(chance.randbytes(SIZE))
            (self.folder / f"pictures/{number:04}.jpg").write_bytes(another(whole, number))

    def sync(self, part, kind):
        """Everything into an empty server: seconds, and CPU seconds of the server."""
        scratch = self.folder / "server"
        with kind(scratch) as server:
            key, secret, region, folder = server.key()
            remote = {"TYPE": "s3", "PROVIDER": "Other", "ACCESS_KEY_ID": key, "SECRET_ACCESS_KEY": secret}
            remote |= {"ENDPOINT": server.url, "REGION": region, "FORCE_PATH_STYLE": "true"}
            settings = {f"RCLONE_CONFIG_THERE_{name}": value for name, value in remote.items()}
            settings |= {"RCLONE_CONFIG": os.devnull, "PATH": os.environ["PATH"], "HOME": str(self.folder)}
            here, there = str(self.folder / part), f"there:{BUCKET}/{folder}{part}"
            command = ["rclone", "--transfers", str(TRANSFERS), "--checkers", str(TRANSFERS)]
            before, begun = server.cpu_seconds(), time.monotonic()
            run([*command, "sync", here, there], settings)
            seconds, cpu = time.monotonic() - begun, server.cpu_seconds() - before
            listed = run(["rclone", "lsf", there], settings).split()
            if len(listed) != self.files:
                raise SystemExit(f"{server.name} has {len(listed)} of {self.files} files.")
        shutil.rmtree(scratch)
        return {"who": server.name, "files": self.files, "seconds": seconds, "cpu": cpu}


def run(command, settings):
    done = subprocess.run(command, env=settings, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}: {done.stderr[-2000:]}")
    return done.stdout


def synced(bench, part, number):
    """A part into all of them. Who goes first changes, so that nobody always has the warmer disk."""
    first = number % len(KINDS)
    for kind in KINDS[first:] + KINDS[:first]:
        yield bench.sync(part, kind)


def told(record):
    return f"{record['part']}, {record['who']}: {report.rate(record):.0f} files a second"


def measure(bench, options):
    return rounds.in_turn(options, lambda part, number: synced(bench, part, number), told)


if __name__ == "__main__":
    options = rounds.asked(rounds.parser(__doc__, PARTS, "s3"), PARTS, "s3")
    rounds.run(options, Bench, measure, report)
