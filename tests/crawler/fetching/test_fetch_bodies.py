import gzip
from datetime import timedelta

import pytest

from crawler.values import Limits
from tests.crawler.faultweb import Reply, serving
from tests.crawler.fetching.test_fetch import PAGE, dripping, fetch, refusal


@pytest.mark.parametrize("status", [404, 410, 429, 503])
@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Length": "5000", "Connection": "close"},
        {"Content-Length": "20"},
        {"Content-Encoding": "br"},
        {"Content-Encoding": "gzip"},
        {"Content-Length": "999999999", "Connection": "close"},
    ],
    ids=["truncated", "overrun", "coding", "damaged", "large"],
)
def test_what_a_status_says_holds_however_its_body_comes(status, headers):
    reply = Reply(b"x" * 60, status, headers={"Retry-After": "60", **headers})
    with serving({"/": reply}) as site:
        response = fetch(site)
    assert (response.status, response.header("retry-after")) == (status, "60")


def test_what_a_status_says_holds_though_its_body_never_ends():
    limits = Limits(silence=timedelta(seconds=0.1), deadline=timedelta(seconds=0.3))
    with dripping("404 Not Found") as drip, serving({"/": drip}) as site:
        assert fetch(site, limits=limits).status == 404


def test_what_follows_a_compressed_body_counts_for_its_limit():
    body = gzip.compress(PAGE.encode())
    coded = {"Content-Encoding": "gzip", "Transfer-Encoding": "chunked"}

    def padded(size):
        whole = body + b"\0" * size
        head = "".join(f"{name}: {value}\r\n" for name, value in coded.items()).encode()
        chunks = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (whole[:9], whole[9:]))
        return lambda asked: asked.write(b"HTTP/1.1 200 OK\r\n" + head + b"\r\n" + chunks + b"0\r\n\r\n")

    limits = Limits(max_bytes=4000)
    with serving({"/": padded(4000 - len(body))}) as site:
        assert fetch(site, limits=limits).content == PAGE.encode()
    assert refusal(padded(4001 - len(body)), limits=limits) == "too-large"
