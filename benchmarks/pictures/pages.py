"""How long a page takes, asked for at a steady pace, in a process of its own.

    python3 pages.py URL RATE SECONDS

The time counts from when a page was due to be asked for, so that one slow answer is not hidden by those that waited
behind it. Prints the times in milliseconds as a JSON list.
"""

import http.client
import json
import sys
import time
from urllib.parse import urlsplit

PATIENCE = 60


def main():
    url, rate, seconds = urlsplit(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3])
    connection = http.client.HTTPConnection(url.netloc, timeout=PATIENCE)
    times, began = [], time.monotonic()
    for number in range(round(rate * seconds)):
        due = began + number / rate
        time.sleep(max(0.0, due - time.monotonic()))
        connection.request("GET", url.path or "/")
        response = connection.getresponse()
        body = response.read()
        if response.status != 200 or not body:
            sys.exit(f"{sys.argv[1]} answered {response.status}")
        times.append(1000 * (time.monotonic() - due))
    print(json.dumps(times))


if __name__ == "__main__":
    main()
