"""A client of the API that needs Python alone: page through all of a list, follow the limits, begin again when told.

    python docs/client.py http://127.0.0.1:8765 flood defences        one line of JSON for each article found
    python docs/client.py http://127.0.0.1:8765 --list authors        the same for authors, runs, facets/site ...

A token is read from $PRESSMARK_TOKEN. Copy this file: it may be changed as you like.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

TRIES = 5
REMEMBERED = 20  # answers


class Problem(Exception):
    """What the archive answered instead (RFC 9457): `status`, and `body` with type, title, detail and errors."""

    def __init__(self, status: int, body: dict[str, Any]) -> None:
        super().__init__(f"{status} {body.get('title', '')}: {body.get('detail', '')}")
        self.status = status
        self.body = body


class Archive:
    """The API of one archive; an answer that was seen lately is asked for by its tag, and read from memory."""

    def __init__(self, address: str, token: str | None = None) -> None:
        self.root = f"{address.rstrip('/')}/api/v1"
        self.token = token
        self._seen: dict[str, tuple[str, Any]] = {}

    def get(self, path: str, **parameters: Any) -> Any:
        """Return an answer, such as `get("articles/k7f003")`; a value that is a list is given several times."""
        given = {name.replace("__", "."): value for name, value in parameters.items() if value is not None}
        url = f"{self.root}/{quote(path)}" + (f"?{urlencode(given, doseq=True)}" if given else "")
        return self.ask("GET", url)

    def pages(self, path: str, **parameters: Any) -> Iterator[Any]:
        """Yield all items of a list, of one state of the archive; Problem 410 when that state is gone meanwhile."""
        cursor = None
        while True:
            page = self.get(path, **parameters, cursor=cursor)
            yield from page["items"]
            cursor = page.get("next")
            if cursor is None:
                return

    def send(self, method: str, path: str, body: Any = None) -> Any:
        """Change something: `send("POST", "dossiers", {"name": "Sea walls"})`; needs a token that writes."""
        return self.ask(method, f"{self.root}/{quote(path)}", body)

    def ask(self, method: str, url: str, body: Any = None) -> Any:
        """Send a request; wait and try again where the archive says that it is busy."""
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if method == "GET" and url in self._seen:
            headers["If-None-Match"] = self._seen[url][0]
        data = None if body is None else json.dumps(body).encode()
        for attempt in range(TRIES):
            try:
                with urlopen(Request(url, data, headers, method=method), timeout=60) as reply:
                    text = reply.read()
                    answer = json.loads(text) if text else None
                    if method == "GET" and (tag := reply.headers.get("ETag")):
                        self._seen[url] = tag, answer
                        if len(self._seen) > REMEMBERED:
                            del self._seen[next(iter(self._seen))]
                    return answer
            except HTTPError as error:
                with error:
                    if error.code == 304:
                        return self._seen[url][1]
                    if error.code not in (429, 503) or attempt == TRIES - 1:
                        is_ours = error.headers.get_content_type() == "application/problem+json"  # else a proxy's
                        raise Problem(error.code, json.load(error) if is_ours else {"title": error.reason}) from None
                    wait = error.headers.get("Retry-After", "")  # seconds, or of a proxy a date
                    time.sleep(int(wait) if wait.isdecimal() else 1)
        raise AssertionError  # the last try returns or raises


def main() -> None:
    """Print all items of a list, one line of JSON each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address")
    parser.add_argument("words", nargs="*")
    parser.add_argument("--list", default="search", help="the list to page through")
    asked = parser.parse_args()
    archive = Archive(asked.address, os.environ.get("PRESSMARK_TOKEN"))
    words = " ".join(asked.words) or None
    for item in archive.pages(asked.list, limit=100, q=words):
        print(json.dumps(item, ensure_ascii=False))


if __name__ == "__main__":
    try:
        main()
    except (Problem, OSError) as problem:
        sys.exit(str(problem))
