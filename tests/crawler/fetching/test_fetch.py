import asyncio
import gzip
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from corpus.errors import FetchError
from crawler.fetching.address import check_address
from crawler.fetching.fetch import Fetcher
from crawler.values import Credentials, Limits, Request, Response
from tests.counting import calls
from tests.crawler.faultweb import ALLOWED, Reply, Site, serving

PAGE = "<!doctype html><title>Café</title><p>The council met on Monday."


def fetch(site: Site, path: str = "/", *, limits: Limits | None = None, allow=ALLOWED, **asked) -> Response:
    async def once() -> Response:
        async with Fetcher("pressmark/test (+desk@gazette.example)", limits=limits, allow_addresses=allow) as fetcher:
            ports = frozenset({site.port})
            return await fetcher.fetch(Request(address=site.url + path, ports=ports, **asked))

    return asyncio.run(once())


def refusal(route, path: str = "/", **options) -> str:
    with serving({path: route}) as site, pytest.raises(FetchError) as caught:
        fetch(site, path, **options)
    return caught.value.reason


@contextmanager
def dripping(status: str) -> Iterator[Callable]:
    """Give a route that answers a byte at a time, and without an end."""
    over = threading.Event()

    def drip(asked):
        asked.write(f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\n\r\n".encode())
        while not over.wait(0.02):
            asked.write(b"x")

    yield drip
    over.set()


def test_a_page_comes_back_with_its_charset_and_validators():
    reply = Reply(PAGE, headers={"ETag": '"a1"', "Last-Modified": "Mon, 02 Nov 2026 10:00:00 GMT"})
    with serving({"/": reply}) as site:
        response = fetch(site)
    assert response.content == PAGE.encode()
    assert (response.charset, response.etag) == ("utf-8", '"a1"')
    assert response.last_modified == "Mon, 02 Nov 2026 10:00:00 GMT"


def test_the_user_agent_names_us_and_no_cookie_is_ever_sent_back():
    with serving({"/": Reply("", 302, headers={"Location": "/b", "Set-Cookie": "id=7"}), "/b": PAGE}) as site:
        fetch(site)
    assert [asked.headers["user-agent"] for asked in site.log] == ["pressmark/test (+desk@gazette.example)"] * 2
    assert not any("cookie" in asked.headers for asked in site.log)


def test_validators_are_sent_exactly_as_received():
    with serving({"/": Reply("", 304, headers={"Content-Length": ""})}) as site:
        response = fetch(site, etag='W/"odd one"', last_modified="Monday, sometime")
    assert response.status == 304
    assert site.log[0].headers["if-none-match"] == 'W/"odd one"'
    assert site.log[0].headers["if-modified-since"] == "Monday, sometime"


@pytest.mark.parametrize(
    ("coding", "compress"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", lambda body: gzip.compress(body[:9]) + gzip.compress(body[9:])),
        ("deflate", zlib.compress),
        ("deflate", lambda body: zlib.compress(body)[2:-4]),
        ("identity", bytes),
    ],
)
def test_compressed_bodies_are_inflated(coding, compress):
    with serving({"/": Reply(compress(PAGE.encode()), headers={"Content-Encoding": coding})}) as site:
        assert fetch(site).content == PAGE.encode()


def test_a_gzip_bomb_stops_at_the_limit():
    bomb = gzip.compress(b"\0" * 50_000_000)
    assert refusal(Reply(bomb, headers={"Content-Encoding": "gzip"})) == "too-large"


def test_a_declared_length_over_the_limit_is_not_read():
    assert refusal(Reply(b"x" * 5000), limits=Limits(max_bytes=4000)) == "too-large"


def test_stacked_codings_are_refused():
    body = gzip.compress(gzip.compress(PAGE.encode()))
    assert refusal(Reply(body, headers={"Content-Encoding": "gzip, gzip"})) == "encoding"


def test_a_coding_we_did_not_ask_for_is_refused():
    assert refusal(Reply(b"\x0b\x02\x80", headers={"Content-Encoding": "br"})) == "encoding"


def test_a_drip_of_bytes_meets_the_deadline():
    with dripping("200 OK") as drip:
        assert refusal(drip, limits=Limits(deadline=timedelta(seconds=0.15))) == "timeout"


def test_a_server_that_never_answers_meets_the_deadline():
    over = threading.Event()
    assert refusal(lambda _: over.wait(), limits=Limits(deadline=timedelta(seconds=0.15))) == "timeout"
    over.set()


def test_a_truncated_body_is_a_failure():
    assert refusal(Reply(PAGE, headers={"Content-Length": "5000", "Connection": "close"})) == "truncated"


def test_a_truncated_chunked_body_is_a_failure():
    def chunked(asked):
        asked.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>ab\r\n")

    assert refusal(chunked) == "truncated"


def test_a_truncated_gzip_stream_is_a_failure():
    body = gzip.compress(PAGE.encode() * 50)[:-20]
    assert refusal(Reply(body, headers={"Content-Encoding": "gzip"})) == "truncated"


def test_a_content_length_below_what_was_sent_is_a_failure():
    assert refusal(Reply(PAGE, headers={"Content-Length": "20"})) == "length-mismatch"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"%PDF-1.7\n1 0 obj", "pdf"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"PK\x03\x04rest", "archive"),
        (b"\0\1\2\3" * 100, "binary"),
    ],
)
def test_bytes_that_are_no_page_are_refused_under_text_html(body, reason):
    assert refusal(Reply(body, type="text/html")) == reason


@pytest.mark.parametrize(("kind", "reason"), [("image/svg+xml", "image"), ("application/json", "not-html")])
def test_a_type_that_is_no_page_is_refused(kind, reason):
    assert refusal(Reply("{}", type=kind)) == reason


def test_a_feed_may_have_any_type():
    with serving({"/feed": Reply("<rss/>", type="application/octet-stream")}) as site:
        assert fetch(site, "/feed", page=False).content == b"<rss/>"


def test_headers_over_their_limit_are_refused():
    many = {f"X-{number}": "y" * 900 for number in range(90)}
    assert refusal(Reply(PAGE, headers=many)) == "too-large"


def test_headers_without_end_are_refused():
    def endless(asked):
        asked.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(3000):
            asked.write(b"X-%d: %s\r\n" % (number, b"y" * 100))

    assert refusal(endless) in {"protocol", "truncated"}


def test_an_answer_that_is_no_http_is_refused():
    assert refusal(lambda asked: asked.write(b"SSH-2.0-OpenSSH_9.2\r\n")) == "protocol"


def continued(times: int, then: bytes):
    return lambda asked: asked.write(b"HTTP/1.1 100 Continue\r\n\r\n" * times + then)


ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nok"


def test_informational_answers_are_passed_over():
    with serving({"/": continued(3, ANSWER)}) as site:
        assert fetch(site).content == b"ok"


@pytest.mark.parametrize("times", [21, 1_000, 200_000])
def test_informational_answers_without_end_are_refused(times):
    assert refusal(continued(times, ANSWER)) == "protocol"


def test_a_body_in_single_bytes_is_refused_before_it_costs_seconds():
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    found: list[str] = []
    body = b"1\r\nx\r\n" * 1_000_000
    work = calls(lambda: found.append(refusal(lambda asked: asked.write(head + body))))
    assert found == ["protocol"]
    assert work < 1_000_000  # for the first five thousand of them a quarter of it


def test_a_body_in_lines_is_read():
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
    with serving({"/": lambda asked: asked.write(head + b"8\r\n<p>a</p>\r\n" * 5_000 + b"0\r\n\r\n")}) as site:
        assert len(fetch(site).content) == 40_000


@pytest.mark.parametrize("validator", ['"caf\xe9"', 'W/"\xff\x80"', '"\x93"'])
def test_a_validator_that_is_not_ascii_is_sent_back_as_the_bytes_it_was(validator):
    def echo(asked):
        asked.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nETag: " + validator.encode("latin-1") + b"\r\n\r\nok")

    with serving({"/": echo}) as site:
        received = fetch(site).etag
        fetch(site, etag=received, last_modified=received)
    assert received == validator
    assert site.log[1].headers["if-none-match"] == site.log[1].headers["if-modified-since"] == validator


@pytest.mark.parametrize("validator", ['"a\r\nX-Evil: 1"', '"\0"', "x" * 100_000])
def test_a_validator_no_request_can_hold_is_left_out(validator):
    with serving({"/": PAGE}) as site:
        assert fetch(site, etag=validator, last_modified=validator).status == 200
    assert not {"if-none-match", "if-modified-since", "x-evil"} & set(site.log[0].headers)


@pytest.mark.parametrize(
    "head",
    [
        b"Location: http://xn--ls8h--/\r\nContent-Length: 0\r\n",
        b"Content-Length: 99999999999999999999999999\r\n",
        b"Content-Length: \xb2\r\n",
        b"Content-Length: -1\r\n",
        b"Content-Type: text/html; charset=" + b"x" * 30_000 + b"\r\nContent-Encoding: \xff\r\n",
        b"Transfer-Encoding: chunked, chunked\r\n",
        b"Set-Cookie: " + b"a=b; " * 5_000 + b"expires=99-Foo-9999\r\nLocation: //[\r\nContent-Length: 0\r\n",
    ],
)
@pytest.mark.parametrize("status", [b"200 OK", b"301 \xff\xfe", b"304 Not Modified"])
def test_whatever_a_head_holds_the_exchange_ends_with_an_answer_or_a_reason(head, status):
    with serving({"/": lambda asked: asked.write(b"HTTP/1.1 " + status + b"\r\n" + head + b"\r\n")}) as site:
        try:
            outcome = str(fetch(site).status)
        except FetchError as error:
            outcome = error.reason
    assert outcome in {"200", "301", "304", "bad-url", "too-large", "protocol", "encoding", "truncated"}


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 \x1b]0;x\x07\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/\x80\x9b31m\r\nContent-Length: 1\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: \x9b31m\r\nContent-Length: 1\r\n\r\nx",
        b"HTTP/1.1 302 Found\r\nLocation: ftp://x/\xe2\x80\xae\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: /\xc2\x9b31m\xe2\x80\xae\r\nContent-Length: 0\r\n\r\n",
    ],
)
def test_a_reason_quotes_nothing_that_does_not_print(head):
    loop = lambda asked: asked.write(head)  # noqa: E731
    routes = {"/": loop, "/%C2%9B31m%E2%80%AE": loop}
    with serving(routes) as site, pytest.raises(FetchError) as caught:
        fetch(site)
    assert str(caught.value).isprintable()


def test_redirects_are_followed_and_named():
    with serving({"/": Reply("", 301, headers={"Location": "/b#part"}), "/b": PAGE}) as site:
        response = fetch(site)
    assert response.address == site.url + "/b"
    assert response.hops == ((301, site.url + "/"),)


def test_a_redirect_loop_is_refused():
    loop = {"/": Reply("", 302, headers={"Location": "/b"}), "/b": Reply("", 302, headers={"Location": "/"})}
    with serving(loop) as site, pytest.raises(FetchError) as caught:
        fetch(site)
    assert caught.value.reason == "redirects"
    assert site.paths == ["/", "/b"]


def test_more_than_five_redirects_are_refused():
    chain = {f"/{n}": Reply("", 302, headers={"Location": f"/{n + 1}"}) for n in range(9)}
    with serving(chain) as site, pytest.raises(FetchError):
        fetch(site, "/0")
    assert len(site.log) == 6


def test_each_hop_is_admitted_before_it_is_asked():
    with serving({"/": Reply("", 302, headers={"Location": "/private"}), "/private": PAGE}) as site:

        class Admit:
            def __init__(self, address: str) -> None:
                self.address = address

            async def __aenter__(self) -> None:
                if self.address.endswith("/private"):
                    raise FetchError("robots", f"{self.address}: robots.txt disallows it")

            async def __aexit__(self, *_: object) -> None: ...

        async def once() -> None:
            async with Fetcher("pressmark", allow_addresses=ALLOWED) as fetcher:
                await fetcher.fetch(Request(address=site.url + "/", ports=frozenset({site.port})), Admit)

        with pytest.raises(FetchError) as caught:
            asyncio.run(once())
    assert (caught.value.reason, site.paths) == ("robots", ["/"])


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("file:///etc/passwd", "scheme"),
        ("http://127.0.0.1/", "private-address"),
        ("http://169.254.169.254/latest/meta-data/", "private-address"),
        ("http://[::1]/", "private-address"),
        ("http://[::ffff:10.0.0.1]/", "private-address"),
        ("http://[2002:7f00:1::]/", "private-address"),
        ("http://[64:ff9b::7f00:1]/", "private-address"),
        ("http://100.64.0.1/", "private-address"),
        ("http://0x7f000001/", "private-address"),
        ("http://2130706433/", "private-address"),
        ("http://localhost/", "private-address"),
        ("http://0.0.0.0/", "private-address"),
        ("http://gazette.example:22/", "port"),
        ("http://user:word@gazette.example/", "userinfo"),
        ("javascript:alert(1)", "scheme"),
        ("data:text/html,<p>a", "scheme"),
        ("mailto:desk@gazette.example", "scheme"),
        ("http://xn--ls8h--/", "bad-url"),
        ("http://gazette.example:port/", "bad-url"),
        ("http://gazette.example:99999/", "bad-url"),
        ("http://[fec0::1]/", "private-address"),
        ("http://[::ffff:0:10.0.0.1]/", "private-address"),
        ("http://[2001::5ef5:79fd]/", "private-address"),
    ],
)
def test_a_redirect_may_not_leave_the_public_web(target, reason):
    assert refusal(Reply("", 302, headers={"Location": target})) == reason


def test_a_loopback_address_is_refused_unless_opened():
    assert refusal(PAGE, allow=()) == "private-address"


def test_secret_headers_stay_with_their_host():
    with serving({"/": PAGE}, "127.88.0.2") as other:
        with serving({"/": Reply("", 302, headers={"Location": other.url + "/"})}) as site:

            async def once() -> None:
                async with Fetcher("pressmark", allow_addresses=ALLOWED) as fetcher:
                    ports = frozenset({site.port, other.port})
                    secrets = Credentials(site=site.url, headers=(("Cookie", "paid=1"),))
                    answer = await fetcher.fetch(Request(address=site.url + "/", credentials=secrets, ports=ports))
                    assert "paid=1" not in repr(answer)

            asyncio.run(once())
        assert site.log[0].headers["cookie"] == "paid=1"
        assert "cookie" not in other.log[0].headers


def test_a_kept_connection_the_server_closed_is_opened_again():
    def once_then_close(asked):
        asked.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nok")

    with serving({"/": once_then_close}) as site:

        async def twice() -> list[bytes]:
            async with Fetcher("pressmark", allow_addresses=ALLOWED) as fetcher:
                request = Request(address=site.url + "/", ports=frozenset({site.port}))
                return [(await fetcher.fetch(request)).content for _ in range(2)]

        assert asyncio.run(twice()) == [b"ok", b"ok"]


def test_nobody_listening_is_named():
    with serving({}) as site:
        pass
    with pytest.raises(FetchError) as caught:
        fetch(site)
    assert caught.value.reason == "connect"


@pytest.mark.parametrize("address", ["http://gazette.example/" + "x" * 3000, "http://[::1", "gazette.example/a"])
def test_what_is_no_address_is_never_asked(address):
    with pytest.raises(FetchError):
        check_address(address)
