"""What names resolve to is the world's to say: here `socket.getaddrinfo` says it."""

import asyncio
import ipaddress
import socket
from itertools import pairwise

import pytest

from corpus.config import Source
from corpus.errors import FetchError
from crawler.fetching.fetch import Fetcher
from crawler.fetching.transport import Resolver, is_global
from crawler.values import Request
from tests.crawler.crawling import Desk, front, story
from tests.crawler.faultweb import ALLOWED, serving


@pytest.fixture
def names(monkeypatch):
    """Host name -> the answers it resolves to, one list a lookup; the last one stays."""
    told: dict[str, list[list[str]]] = {}

    def getaddrinfo(host, port, *args, **kwargs):
        if host not in told:
            raise socket.gaierror("no such name")
        answers = told[host].pop(0) if len(told[host]) > 1 else told[host][0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answer, port)) for answer in answers]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return told


def test_the_host_header_stays_the_name_while_the_connection_goes_to_the_address(names):
    names["gazette.example"] = [["127.88.0.1"]]
    with serving({"/": "<p>ok"}) as site:

        async def once() -> bytes:
            async with Fetcher("pressmark", allow_addresses=ALLOWED) as fetcher:
                address = f"http://gazette.example:{site.port}/"
                return (await fetcher.fetch(Request(address=address, ports=frozenset({site.port})))).content

        assert asyncio.run(once()) == b"<p>ok"
    assert site.log[0].headers["host"] == f"gazette.example:{site.port}"


def test_one_private_answer_among_public_ones_refuses_the_name(names):
    names["gazette.example"] = [["93.184.215.14", "10.0.0.7"]]
    with pytest.raises(FetchError, match=r"10\.0\.0\.7") as caught:
        asyncio.run(Resolver().resolve("gazette.example", 80))
    assert caught.value.reason == "private-address"


def test_a_name_that_changes_its_mind_is_not_asked_again(names):
    names["gazette.example"] = [["127.88.0.1"], ["127.0.0.1"]]
    with serving({"/": "<p>ok"}) as site:

        async def twice() -> None:
            async with Fetcher("pressmark", allow_addresses=ALLOWED) as fetcher:
                request = Request(address=f"http://gazette.example:{site.port}/", ports=frozenset({site.port}))
                for _ in range(2):
                    await fetcher.resolver.resolve("gazette.example", site.port)
                    await fetcher.fetch(request)

        asyncio.run(twice())
    assert len(site.log) == 2


def test_a_name_without_address_is_named(names):
    with pytest.raises(FetchError) as caught:
        asyncio.run(Resolver().resolve("nowhere.example", 80))
    assert caught.value.reason == "dns"


def test_two_names_of_one_address_are_asked_one_at_a_time(names, tmp_path):
    names |= {"one.example": [["127.88.0.1"]], "two.example": [["127.88.0.1"]]}
    pages = {f"/news/story-of-day-{n:05}": story(f"Story {n}") for n in range(6)}
    with serving({"/": front(*pages, feed=None), **pages}) as site:
        sources = [Source(url=f"http://{name}:{site.port}/", name=name) for name in names]
        Desk(tmp_path, *sources).crawl()
    asked = sorted(site.log, key=lambda each: each.began)
    assert {each.headers["host"].partition(":")[0] for each in asked} == set(names)
    assert all(before.ended <= after.began for before, after in pairwise(asked))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.215.14", True), ("2606:2800:220:1::1", True), ("64:ff9b::5db8:d70e", True),
        ("127.0.0.1", False), ("10.1.2.3", False), ("172.31.0.1", False),
        ("192.168.1.1", False), ("169.254.169.254", False),
        ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False), ("255.255.255.255", False),
        ("192.88.99.1", False),
        ("::1", False), ("::", False), ("fe80::1", False), ("fd00:ec2::254", False), ("ff02::1", False),
        ("::ffff:127.0.0.1", False), ("::ffff:93.184.215.14", True), ("::7f00:1", False), ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False), ("64:ff9b:1::1", False), ("2001:db8::1", False), ("2001:0:4136:e378::1", False),
    ],
)  # fmt: skip
def test_only_addresses_of_the_public_internet_are_global(address, expected):
    assert is_global(ipaddress.ip_address(address)) is expected


def test_an_opened_range_opens_nothing_else():
    resolver = Resolver(["10.1.0.0/16"])
    opened = [resolver.allows(ipaddress.ip_address(each)) for each in ("10.1.255.1", "10.2.0.1", "127.0.0.1", "::1")]
    assert opened == [True, False, False, False]


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.0", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "127.0.0.1", "169.254.169.254",
        "100.64.0.0", "100.127.255.255", "0.0.0.0", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        "192.0.0.9", "192.0.0.170", "192.88.99.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1",
        "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:0:8.8.8.8", "64:ff9b::10.0.0.1", "64:ff9b:1::1",
        "2002:808:808::1", "2001::1", "2001:0:ffff::1", "2001:db8::1", "3fff::1", "5f00::1", "fc00::1", "fd00::1",
        "fe80::1", "fec0::1", "feff::1", "ff02::1", "ff0e::1", "100::1",
    ],
)  # fmt: skip
def test_an_address_that_is_not_of_the_public_internet_is_refused(address):
    assert not is_global(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8", "9.255.255.255", "11.0.0.0", "172.15.255.255", "172.32.0.0", "100.63.255.255", "100.128.0.0",
        "192.0.1.1", "192.88.98.1", "223.255.255.255", "2001:4860:4860::8888", "2001:1::5", "2003::1", "2600::1",
        "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2a00::1",
    ],
)  # fmt: skip
def test_an_address_of_the_public_internet_is_taken(address):
    assert is_global(ipaddress.ip_address(address)) is (address != "2001:1::5")


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("10.0.0.7", "10.0.0.7: not a public address; "),
        ("::1", "::1: not a public address; "),
        ("gazette.example", "gazette.example: resolves to 10.0.0.7, which is not a public address; "),
    ],
)
def test_a_refusal_names_the_address_of_a_name_and_repeats_no_address(names, host, said):
    names["gazette.example"] = [["10.0.0.7"]]
    with pytest.raises(FetchError) as refused:
        asyncio.run(Resolver().resolve(host, 80))
    assert str(refused.value) == f"{said}[crawler] allow_addresses opens a range on purpose"


def test_the_eighth_answer_of_a_name_is_looked_at_too(names):
    names["gazette.example"] = [[*(f"93.184.215.{n}" for n in range(1, 8)), "10.0.0.7"]]
    with pytest.raises(FetchError, match="not a public address"):
        asyncio.run(Resolver().resolve("gazette.example", 80))


@pytest.mark.parametrize(
    ("answers", "reached"),
    [
        (["127.88.0.1"], True),
        (["127.88.9.1", "127.88.0.1"], True),
        (["127.88.9.1", "127.88.0.1", "127.88.9.2"], True),
        (["127.88.9.1", "127.88.9.2", "127.88.0.1"], True),
        (["127.88.9.1", "127.88.9.2", "127.88.9.3", "127.88.0.1"], True),
        (["127.88.9.1", "127.88.9.2", "127.88.0.1", "127.88.9.3"], False),
    ],
)
def test_the_first_two_addresses_of_a_name_are_tried_and_the_last(names, answers, reached):
    names["gazette.example"] = [answers]
    with serving({"/": "<p>ok"}) as site:

        async def once() -> bytes:
            async with Fetcher("pressmark", allow_addresses=ALLOWED) as fetcher:
                address = f"http://gazette.example:{site.port}/"
                return (await fetcher.fetch(Request(address=address, ports=frozenset({site.port})))).content

        if reached:
            assert asyncio.run(once()) == b"<p>ok"
        else:
            with pytest.raises(FetchError) as caught:
                asyncio.run(once())
            assert caught.value.reason == "connect"
