"""The servers under measurement: started on free ports, asked, and told to stop."""

import http.client
import json
import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import processes

HERE = Path(__file__).resolve().parent
# How long a server may take to answer, and to stop, in seconds.
PATIENCE = 60
FORMATS = ["jpeg", "webp", "avif"]


class Server:
    """A server over a folder. For `with`; `core` keeps it on one."""

    name = ""
    formats = FORMATS

    def __init__(self, folder, core=None):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.folder, self.core = Path(folder), core
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = self.folder.parent / f"{self.name}.log"

    def command(self):
        """What starts it."""
        raise NotImplementedError

    def settings(self):
        """Environment variables of its own."""
        return {}

    def urls(self, source, form):
        """Where each address of a source is served in a format, none of them kept."""
        return [self.url + self.path(name, source.width, form) for name, _ in source.addresses()]

    def path(self, name, width, form):
        raise NotImplementedError

    def __enter__(self):
        # Less the settings of those that the one who runs this may have.
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("TUKU_", "OXIMG_"))}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                pinned(self.core) + self.command(),
                env=environment | self.settings(),
                cwd=self.folder.parent,
                stdout=log,
                stderr=log,
            )
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
                connection.request("GET", "/")
                connection.getresponse().read()
                connection.close()
                return self
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
        self.__exit__()
        raise SystemExit(f"{self.name} did not come up:\n{self.log.read_text()}")

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def cpu_seconds(self):
        return processes.cpu_seconds(self.process.pid)


class Tuku(Server):
    """The program over its data folder. Without `keeping` it makes every picture anew."""

    name = "tuku"

    def __init__(self, binary, folder, core=None, keeping=False):
        super().__init__(folder, core)
        self.binary, self.keeping, self.token = binary, keeping, None
        # The addresses of variants, by file name, width and format; see `fill`.
        self.known = folder.parent / "tuku-addresses.json"

    def command(self):
        return [str(self.binary), "serve"]

    def settings(self):
        forgetful = {} if self.keeping else {"TUKU_VARIANT_MEMORY": "0", "TUKU_VARIANT_DISK": "0"}
        return forgetful | {
            "TUKU_ADDR": f"127.0.0.1:{self.port}",
            "TUKU_DATA_DIR": str(self.folder),
            "TUKU_MADE_AHEAD": "off",
        }

    def path(self, name, width, form):
        return json.loads(self.known.read_text())[f"{name} {width} {form}"]

    def fill(self, found, further):
        """Uploads every address of the sources into a public gallery, and has the addresses of variants signed.
        `further` are widths wanted of the first source besides its own."""
        cookie = self.register()
        made = self.call("gallery.create", {"name": "Measured", "isPublic": True}, cookie)
        addresses, identities = {}, []
        for source in found:
            for name, file in source.addresses():
                identity = self.upload(name, file, cookie)
                identities.append(identity)
                for width in [source.width] + (further if source is found[0] else []):
                    for form in self.formats:
                        params = {"imageId": identity, "width": width, "format": form}
                        addresses[f"{name} {width} {form}"] = self.call("image.variantUrl", params, cookie)["url"]
        self.call("gallery.addImages", {"galleryId": made["galleryId"], "imageIds": identities}, cookie)
        self.known.write_text(json.dumps(addresses))

    def register(self):
        """The cookie of a new account."""
        params = {"username": "bench", "email": "bench@example.com", "password": "measured, not kept"}
        call = {"jsonrpc": "2.0", "method": "user.register", "params": params, "id": 1}
        body, headers = ask(f"{self.url}/api/rpc", json.dumps(call).encode(), {"Content-Type": "application/json"})
        if "result" not in json.loads(body):
            raise SystemExit(f"user.register was refused: {body.decode()}")
        return headers["Set-Cookie"].split(";")[0]

    def call(self, method, params, cookie):
        call = {"jsonrpc": "2.0", "method": method, "params": params, "id": 1}
        headers = {"Content-Type": "application/json", "Cookie": cookie}
        answer = json.loads(ask(f"{self.url}/api/rpc", json.dumps(call).encode(), headers)[0])
        if "result" not in answer:
            raise SystemExit(f"{method} was refused: {answer}")
        return answer["result"]

    def upload(self, name, file, cookie):
        """The id of a new picture."""
        params = {"filename": name, "contentType": "image/jpeg", "size": file.stat().st_size}
        ticket = self.call("image.generateUploadUrl", params, cookie)
        ask(ticket["uploadUrl"], file.read_bytes(), {"Content-Type": "image/jpeg"}, "PUT")
        confirmed = self.call("image.confirmUpload", {"assetId": ticket["assetId"]}, cookie)
        if confirmed["state"] != "completed":
            raise SystemExit(f"{name} was not taken: {confirmed}")
        return confirmed["picture"]["id"]


class Ipx(Server):
    """ipx as its README has it, with sharp's own settings."""

    name = "ipx"

    def command(self):
        return ["node", str(HERE / "ipx.mjs"), str(self.folder), str(self.port)]

    def settings(self):
        return {"NODE_ENV": "production"}

    def path(self, name, width, form):
        return f"/w_{width},f_{form}/{name}"


class Oximg(Server):
    """oximg as it comes, but for WebP's quality, which is 75 there and 80 with everyone else. It has no AVIF."""

    name = "oximg"
    formats = ["jpeg", "webp"]

    def __init__(self, binary, folder, core=None):
        super().__init__(folder, core)
        self.binary = binary

    def command(self):
        return [str(self.binary), "serve"]

    def settings(self):
        return {
            "IMAGES_DIR": str(self.folder),
            "PORT": str(self.port),
            "OXIMG_BIND": "127.0.0.1",
            "OXIMG_WEBP_QUALITY": "80",
        }

    def path(self, name, width, form):
        return f"/resize/{width}/0/{name}@{'jpg' if form == 'jpeg' else form}"


class Nginx(Server):
    """nginx sending files, open ones kept open. One worker; it writes no log of requests, as Tuku writes none."""

    name = "nginx"

    def __init__(self, binary, folder, core=None):
        super().__init__(folder, core)
        self.binary = binary
        self.configuration = self.folder.parent / "nginx.conf"

    def command(self):
        scratch = self.folder.parent / "nginx"
        scratch.mkdir(exist_ok=True)
        paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        temporary = "".join(f"    {path}_temp_path {scratch}/{path};\n" for path in paths)
        user = "user root;\n" if os.geteuid() == 0 else ""
        self.configuration.write_text(f"""{user}daemon off;
worker_processes 1;
pid {scratch}/nginx.pid;
events {{
    worker_connections 256;
}}
http {{
{temporary}    access_log off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 100000000;
    open_file_cache max=1000 inactive=60s;
    open_file_cache_valid 60s;
    types {{
        image/webp webp;
    }}
    server {{
        listen 127.0.0.1:{self.port};
        root {self.folder};
    }}
}}
""")
        return [str(self.binary), "-e", "stderr", "-p", str(scratch), "-c", str(self.configuration)]

    def path(self, name, width, form):
        return f"/{name}"


def ask(url, body=None, headers=None, method=None):
    """Body and headers of an answer that is well."""
    request = urllib.request.Request(url, body, headers or {}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as response:
            return response.read(), response.headers
    except urllib.error.HTTPError as error:
        raise SystemExit(f"{url} answered {error.code}: {error.read()[:500].decode(errors='replace')}") from None


def pinned(core):
    """What a command is preceded by to stay on a core."""
    return [] if core is None else ["taskset", "-c", str(core)]
