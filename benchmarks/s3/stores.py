"""S3 servers over an empty folder each, with a key for a client."""

import json
import random
import subprocess

from benchmarks import machine
from benchmarks.servers.server import Server, free_port
from benchmarks.servers.tuku import Tuku

GARAGE, WEED = machine.TOOLS / "bin/garage", machine.TOOLS / "seaweedfs/bin/weed"
BUCKET = "tuku"
# One node, nothing replicated, everything in one folder; what is not said is garage's default.
GARAGE_SETTINGS = """
metadata_dir = "{folder}/meta"
data_dir = "{folder}/data"
db_engine = "lmdb"
metadata_fsync = {synced}
data_fsync = {synced}
replication_factor = 1
rpc_bind_addr = "127.0.0.1:{rpc}"
rpc_public_addr = "127.0.0.1:{rpc}"
rpc_secret = "{secret}"
[s3_api]
s3_region = "garage"
api_bind_addr = "127.0.0.1:{port}"
"""


class TukuBucket(Tuku):
    """The program over an empty library, with an access key of a member's. It answers when a file is on the disk."""

    def __init__(self, scratch):
        scratch.mkdir()
        super().__init__(machine.BINARY, scratch / "data", None, {"TUKU_LOG": "warn"})

    def key(self):
        """Access key, secret, region, and the folder that they are for."""
        cookie = self.register()
        made = self.call("accessKey.create", {"name": "bench", "rights": ["read", "write"]}, cookie)
        return made["accessKey"], made["secretKey"], "auto", made["folder"]


class Garage(Server):
    """One node; see `GARAGE_SETTINGS`. It leaves to the system when a file is on the disk."""

    name, synced = "garage", False

    def __init__(self, scratch):
        scratch.mkdir()
        super().__init__(scratch)
        self.file, secret = self.scratch / "garage.toml", f"{random.getrandbits(256):064x}"
        told = {"folder": self.scratch, "synced": str(self.synced).lower(), "rpc": free_port(), "secret": secret}
        self.file.write_text(GARAGE_SETTINGS.format(port=self.port, **told))

    def command(self):
        return [str(GARAGE), "-c", str(self.file), "server"]

    def tell(self, *words):
        done = subprocess.run([str(GARAGE), "-c", str(self.file), *words], capture_output=True, text=True)
        if done.returncode != 0:
            raise SystemExit(f"garage {' '.join(words)}: {done.stderr}")
        return done.stdout

    def key(self):
        node = self.tell("node", "id", "-q").split("@")[0]
        self.tell("layout", "assign", "-z", "here", "-c", "100G", node)
        self.tell("layout", "apply", "--version", "1")
        self.tell("bucket", "create", BUCKET)
        told = dict(line.split(":", 1) for line in self.tell("key", "create", "bench").splitlines() if ":" in line)
        key, secret = told["Key ID"].strip(), told["Secret key"].strip()
        self.tell("bucket", "allow", "--read", "--write", BUCKET, "--key", key)
        return key, secret, "garage", ""


class SyncedGarage(Garage):
    """One that, as Tuku, answers when a file is on the disk."""

    name, synced = "garage, synced", True


class SeaweedFs(Server):
    """All of its parts in one program, as `weed server -s3` starts them. It leaves to the system when a file is on the
    disk."""

    name = "SeaweedFS"
    sign, sign_status = "/healthz", 200

    def __init__(self, scratch):
        scratch.mkdir()
        super().__init__(scratch)
        self.secret = f"{random.getrandbits(160):040x}"
        keys = [{"accessKey": "bench", "secretKey": self.secret}]
        identities = {"identities": [{"name": "bench", "credentials": keys, "actions": ["Admin"]}]}
        (self.scratch / "s3.json").write_text(json.dumps(identities))

    def command(self):
        parts = ["s3.port.grpc", "master.port", "master.port.grpc", "volume.port", "volume.port.grpc"]
        ports = [f"-{part}={free_port()}" for part in [*parts, "filer.port", "filer.port.grpc"]]
        fixed = ["-s3", "-s3.config=s3.json", "-s3.port.iceberg=0", "-s3.port.lance=0", "-master.telemetry=false"]
        here = ["-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-dir={self.scratch}", f"-s3.port={self.port}"]
        return [str(WEED), "server", *fixed, *here, *ports]

    def key(self):
        return "bench", self.secret, "us-east-1", ""
