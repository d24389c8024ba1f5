"""An address that is sent as it is written is checked in fewer steps, with the same answer."""

from collections.abc import Callable
from random import Random

import pytest

from corpus.errors import FetchError
from crawler.fetching import address

PORTS = frozenset({80, 443, 8080})
HOSTS = (
    "gazette.example",
    "127.0.0.1:8080",
    "a-b.example:80",
    "x.example:443",
    "999.1.1.1",
    "h:99",
    "xn--ls8h",
    "a..b",
    "-a.example",
    "a.example.",
    "1.2",
    "a:b",
    "a:",
    "münchen.example",
    "xn--mnchen-3ya.example",
    "a_b.example",
    "user@a.example",
)


def test_addresses_are_checked_alike_both_ways() -> None:
    draw = Random(7)
    plain = 0
    for _ in range(20_000):
        path = "".join(draw.choice("ab/./..-_~%?=&,A9é #+;") for _ in range(draw.randint(0, 10)))
        written = f"{draw.choice(('http', 'https'))}://{draw.choice(HOSTS)}{draw.choice(('', '/'))}{path}"
        plain += address._AS_SENT.fullmatch(written) is not None
        assert _answer(address._quickly_checked, written) == _answer(address._checked, written), written
    assert plain > 1_000


def test_an_address_is_taken_apart_as_it_is_sent() -> None:
    url = address.check_address("http://gazette.example:80/2024/a-story.html?page=2&q=a,b")
    assert url == address.Url("http", b"gazette.example", None, b"gazette.example", b"/2024/a-story.html?page=2&q=a,b")
    url = address.check_address("https://münchen.example/straße/../a b")
    assert (url.netloc, url.raw_path) == (b"xn--mnchen-3ya.example", b"/a%20b")


@pytest.mark.parametrize(
    "host", ["gazette.example", "GAZETTE.example:443", "straße.example", "[2001:db8::1]:8080", "127.0.0.1"]
)
def test_a_turn_asks_the_name_server_for_the_host_that_the_request_goes_to(host: str) -> None:
    url = address.check_address(f"https://{host}/a", PORTS)
    assert address.host_and_port(f"https://{host}/a") == (url.raw_host.decode(), url.port or 443)


def _answer(check: Callable[[str, frozenset[int]], address.Url], written: str) -> object:
    try:
        return check(written, PORTS)
    except FetchError as error:
        return (error.reason, str(error))
