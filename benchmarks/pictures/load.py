"""Clients that ask for pictures, in a process of its own.

    python3 load.py CLIENTS SECONDS STATUS [--header NAME:VALUE] URL…

Each client keeps a connection and asks for its share of the addresses in turn, so that no two clients ever ask for the
same. What was asked for before the time was over is waited for. Prints a line of JSON: requests, seconds, bytes.
Ends with an error at an answer of another status.
"""

import argparse
import http.client
import json
import sys
import threading
import time
from urllib.parse import urlsplit

PATIENCE = 120


class Client(threading.Thread):
    """One client; `requests` and `bytes` are what it got."""

    def __init__(self, urls, headers, status, deadline):
        super().__init__()
        self.urls, self.headers, self.status, self.deadline = urls, headers, status, deadline
        self.requests, self.bytes, self.wrong = 0, 0, None

    def run(self):
        try:
            self.ask()
        except (OSError, http.client.HTTPException) as error:
            self.wrong = f"{self.urls[0]}: {error!r}"

    def ask(self):
        connection = http.client.HTTPConnection(urlsplit(self.urls[0]).netloc, timeout=PATIENCE)
        while time.monotonic() < self.deadline:
            url = self.urls[self.requests % len(self.urls)]
            parts = urlsplit(url)
            connection.request("GET", parts.path, headers=self.headers)
            response = connection.getresponse()
            body = response.read()
            if response.status != self.status:
                self.wrong = f"{url} answered {response.status}: {body[:200]!r}"
                return
            self.requests += 1
            self.bytes += len(body)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("clients", type=int)
    arguments.add_argument("seconds", type=float)
    arguments.add_argument("status", type=int)
    arguments.add_argument("--header", action="append", default=[])
    arguments.add_argument("urls", nargs="+")
    options = arguments.parse_args()
    headers = dict(header.split(":", 1) for header in options.header)
    began = time.monotonic()
    shares = [options.urls[at :: options.clients] for at in range(options.clients)]
    clients = [Client(share, headers, options.status, began + options.seconds) for share in shares if share]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    seconds = time.monotonic() - began
    wrong = [client.wrong for client in clients if client.wrong]
    if wrong:
        sys.exit(wrong[0])
    requests, bytes_ = sum(client.requests for client in clients), sum(client.bytes for client in clients)
    print(json.dumps({"requests": requests, "seconds": seconds, "bytes": bytes_}))


if __name__ == "__main__":
    main()
