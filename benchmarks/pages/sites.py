"""The sites that are measured: Tuku, and Astro's pages, sent by its own server and by nginx."""

from pathlib import Path

from benchmarks.servers.nginx import Nginx
from benchmarks.servers.server import Server
from benchmarks.servers.tuku import Tuku

# Of the unpacked Debian packages.
BROTLI = "usr/lib/nginx/modules/ngx_http_brotli_static_module.so"


class TukuSite(Tuku):
    """The program. Without `keeping` it renders every page anew."""

    def __init__(self, binary, data, core=None, keeping=True):
        super().__init__(binary, data, core, {} if keeping else {"TUKU_PAGE_MEMORY": "0"})


class AstroSite(Server):
    """What Astro built, on the server that its adapter for Node makes of it."""

    name = "astro"
    sign, sign_status = "/favicon.svg", 200

    def __init__(self, project, core=None):
        super().__init__(project, core)

    def command(self):
        return ["node", "dist/server/entry.mjs"]

    def settings(self):
        return {"HOST": "127.0.0.1", "PORT": str(self.port), "NODE_ENV": "production"}


class CompressedNginx(Nginx):
    """nginx sending files as they lie compressed beside them, and asking another server for what is no file. The
    pictures have no endings to tell their type by, and browsers go by what is in them."""

    def __init__(self, debian, folder, core=None, behind=None):
        super().__init__(debian / "usr/sbin/nginx", folder, core)
        self.module, self.behind = debian / BROTLI, behind

    def command(self):
        """Into the end of what is told of the only server."""
        command = super().command()
        configuration = Path(command[-1])
        rest, end, _ = configuration.read_text().rpartition("    }\n}")
        told = ["default_type application/octet-stream;", "gzip_static on;", "brotli_static on;"]
        if self.behind:
            told += [
                "location / { try_files $uri $uri/index.html @behind; }",
                "location /_astro/ { expires 1y; }",
                f"location @behind {{ proxy_pass {self.behind}; proxy_set_header Host $http_host; }}",
            ]
        further = "".join(f"        {line}\n" for line in told)
        configuration.write_text(f"load_module {self.module};\n{rest}{further}{end}\n")
        return command
