"""nginx sending files: the limit for what is already made."""

import os
from pathlib import Path

from .server import Server


class Nginx(Server):
    """Files of a folder, open ones kept open. One worker; it writes no log of requests, as Tuku writes none."""

    name = "nginx"

    def __init__(self, binary, folder, core=None):
        super().__init__(Path(folder).parent, core)
        self.binary, self.folder = binary, Path(folder)

    def command(self):
        own = self.scratch / f"nginx-{self.port}"
        own.mkdir(exist_ok=True)
        configuration = own / "nginx.conf"
        paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        temporary = "".join(f"    {path}_temp_path {own}/{path};\n" for path in paths)
        user = "user root;\n" if os.geteuid() == 0 else ""
        configuration.write_text(f"""{user}daemon off;
worker_processes 1;
pid {own}/nginx.pid;
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
        text/html html;
        text/css css;
        text/javascript js;
        application/wasm wasm;
        image/avif avif;
        image/jpeg jpg;
        image/webp webp;
    }}
    server {{
        listen 127.0.0.1:{self.port};
        root {self.folder};
    }}
}}
""")
        return [str(self.binary), "-e", "stderr", "-p", str(own), "-c", str(configuration)]
