"""Connections over real sockets: straight, from an interface, through proxies; never to what is not public."""

import asyncio
import socket
import ssl
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus.errors import ConfigError, FetchError
from crawler.fetching.dialing import Route, proxy_of
from crawler.fetching.fetch import Fetcher
from crawler.values import Request, Response
from tests.crawler.faultweb import ALLOWED, Reply, Site, serving
from tests.crawler.proxies import ProxyServer, authority, certified, proxied, served

HOST = "gazette.example"
STORY = "<!doctype html><p>The council met on Monday."


def has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Host name -> the addresses that this machine knows for it; a literal is itself."""
    known: dict[str, list[str]] = {}
    real = socket.getaddrinfo

    def getaddrinfo(host, port, *args, **kwargs):
        if host in known:
            return [entry for literal in known[host] for entry in real(literal, port, *args, **kwargs)]
        if isinstance(host, str) and host.endswith((".example", "localhost", ".")):
            raise socket.gaierror("no such name")
        return real(host, port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return known


def fetch(address: str, port: int, route: Route, *, allow=ALLOWED, proxy_resolves: bool = False) -> Response:
    async def once() -> Response:
        async with Fetcher("pressmark", allow_addresses=allow, route=route, proxy_resolves=proxy_resolves) as fetcher:
            return await fetcher.fetch(Request(address=address, ports=frozenset({port})))

    return asyncio.run(once())


@contextmanager
def tls_site(folder: Path) -> Iterator[Site]:
    """Serve the story over TLS under the host's name, signed by the authority of the tests."""
    site = Site("127.88.0.1", {"/": STORY})
    site._server.socket = certified(folder, HOST).wrap_socket(
        site._server.socket, server_side=True, do_handshake_on_connect=False
    )
    try:
        yield site
    finally:
        site.close()


def through(proxy: ProxyServer, scheme: str = "http", login: str = "", ca: Path | None = None) -> Route:
    return Route(proxy_of(f"{scheme}://{login}127.0.0.1:{proxy.port}"), ca)


# ---------------------------------------------------------------- addresses are checked here


@pytest.mark.parametrize(("scheme", "verb"), [("http", "CONNECT"), ("socks5", "SOCKS")])
def test_a_proxy_is_given_the_address_that_was_checked_and_no_name(names, scheme, verb):
    names[HOST] = ["127.88.0.1"]
    with serving({"/": STORY}) as site, proxied(ProxyServer({HOST: "127.88.0.9"})) as proxy:
        response = fetch(f"http://{HOST}:{site.port}/", site.port, through(proxy, scheme))
    assert response.content == STORY.encode()
    assert proxy.asked == [f"{verb} 127.88.0.1:{site.port}"]
    assert site.log[0].headers["host"] == f"{HOST}:{site.port}"
    assert response.server == "127.88.0.1"  # and not the proxy's own


@pytest.mark.parametrize("scheme", ["http", "socks5"])
@pytest.mark.parametrize("proxy_resolves", [False, True])
@pytest.mark.parametrize(
    "address", "10.0.0.7 [::1] 169.254.169.254 2130706433 0x7f.1 127.0.0.1 127.0.0.1. 127.1.".split()
)
def test_a_private_address_is_refused_before_a_proxy_hears_of_it(names, scheme, proxy_resolves, address):
    with proxied(ProxyServer()) as proxy, pytest.raises(FetchError) as caught:
        fetch(f"http://{address}/", 80, through(proxy, scheme), proxy_resolves=proxy_resolves)
    assert caught.value.reason in {"private-address", "bad-url", "dns"}
    assert proxy.asked == []


@pytest.mark.parametrize("proxy_resolves", [False, True])
def test_a_name_that_this_machine_knows_as_private_is_refused(names, proxy_resolves):
    names[HOST] = ["93.184.215.14", "10.0.0.7"]
    with proxied(ProxyServer({HOST: "127.88.0.1"})) as proxy, pytest.raises(FetchError, match=r"10\.0\.0\.7") as caught:
        fetch(f"http://{HOST}/", 80, through(proxy), proxy_resolves=proxy_resolves)
    assert caught.value.reason == "private-address"
    assert proxy.asked == []


def test_a_redirect_to_a_private_address_is_refused_behind_a_proxy(names):
    names[HOST] = ["127.88.0.1"]
    moved = Reply("", 302, headers={"Location": "http://169.254.169.254/latest"})
    with serving({"/": moved}) as site, proxied(ProxyServer()) as proxy, pytest.raises(FetchError) as caught:
        fetch(f"http://{HOST}:{site.port}/", site.port, through(proxy))
    assert caught.value.reason == "private-address"
    assert len(proxy.asked) == 1


def test_a_name_that_only_the_proxy_knows_does_not_resolve_unless_names_are_left_to_it(names):
    with proxied(ProxyServer({HOST: "127.88.0.1"})) as proxy, pytest.raises(FetchError) as caught:
        fetch(f"http://{HOST}/", 80, through(proxy))
    assert caught.value.reason == "dns"
    assert proxy.asked == []


# ---------------------------------------------------------------- names are left to the proxy


@pytest.mark.parametrize(("scheme", "asked"), [("http", "GET http://{}:{}/"), ("socks5", "SOCKS {}:{}")])
def test_a_name_is_left_to_the_proxy_where_config_says_so(names, caplog, scheme, asked):
    caplog.set_level("INFO")
    with serving({"/": STORY}) as site, proxied(ProxyServer({HOST: "127.88.0.1"})) as proxy:
        response = fetch(f"http://{HOST}:{site.port}/", site.port, through(proxy, scheme), proxy_resolves=True)
    assert response.content == STORY.encode()
    assert proxy.asked == [asked.format(HOST, site.port)]
    assert response.server is None  # nobody told us
    assert "left to the proxy unchecked" in caplog.text


def test_a_page_over_tls_is_asked_for_by_name_and_its_certificate_is_the_hosts(names, tmp_path):
    ca = authority(tmp_path)
    with tls_site(tmp_path) as site, proxied(ProxyServer({HOST: "127.88.0.1"})) as proxy:
        response = fetch(f"https://{HOST}:{site.port}/", site.port, through(proxy, ca=ca), proxy_resolves=True)
    assert response.content == STORY.encode()
    assert proxy.asked == [f"CONNECT {HOST}:{site.port}"]


@pytest.mark.parametrize("host", ["localhost", "intranet", "printer.local", "wiki.corp", "nas.lan.", "db.internal"])
def test_a_name_of_a_local_network_is_never_left_to_a_proxy(names, host):
    with proxied(ProxyServer({host: "127.88.0.1"})) as proxy, pytest.raises(FetchError) as caught:
        fetch(f"http://{host}/", 80, through(proxy), proxy_resolves=True)
    assert caught.value.reason == "private-address"
    assert proxy.asked == []


# ---------------------------------------------------------------- what proxies ask and answer


@pytest.mark.parametrize("scheme", ["http", "socks5"])
def test_a_proxy_that_wants_a_login_gets_it_and_the_host_does_not(names, scheme):
    names[HOST] = ["127.88.0.1"]
    with serving({"/": STORY}) as site, proxied(ProxyServer(login="desk:p@ss")) as proxy:
        address = f"http://{HOST}:{site.port}/"
        assert fetch(address, site.port, through(proxy, scheme, "desk:p%40ss@")).content == STORY.encode()
        with pytest.raises(FetchError) as caught:
            fetch(address, site.port, through(proxy, scheme, "desk:wrong@"))
    assert caught.value.reason == "proxy"
    assert "wrong" not in str(caught.value)
    assert [any("proxy" in name for name in asked.headers) for asked in site.log] == [False]


def test_a_login_is_sent_with_each_plain_request_of_a_kept_connection(names):
    async def twice(address: str, port: int, route: Route) -> None:
        async with Fetcher("pressmark", allow_addresses=ALLOWED, route=route, proxy_resolves=True) as fetcher:
            for _ in range(2):
                await fetcher.fetch(Request(address=address, ports=frozenset({port})))

    with serving({"/": STORY}) as site, proxied(ProxyServer({HOST: "127.88.0.1"}, login="a:b")) as proxy:
        asyncio.run(twice(f"http://{HOST}:{site.port}/", site.port, through(proxy, login="a:b@")))
    assert len(site.log) == 2


@pytest.mark.parametrize("scheme", ["http", "socks5"])
def test_a_proxy_that_refuses_is_named_and_its_password_is_not(names, scheme):
    names[HOST] = ["127.88.0.1"]
    with (
        serving({"/": STORY}) as site,
        proxied(ProxyServer(forbids=frozenset({site.port}))) as proxy,
        pytest.raises(FetchError) as caught,
    ):
        fetch(f"http://{HOST}:{site.port}/", site.port, through(proxy, scheme, "desk:secret@"))
    assert caught.value.reason == "proxy"
    assert f"{scheme}://127.0.0.1:{proxy.port}" in str(caught.value)
    assert "secret" not in str(caught.value)
    assert site.log == []


def test_a_proxy_that_is_away_is_the_reason_and_the_host_is_not_asked_straight(names):
    names[HOST] = ["127.88.0.1"]
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with serving({"/": STORY}) as site, pytest.raises(FetchError) as caught:
        fetch(f"http://{HOST}:{site.port}/", site.port, Route(proxy_of(f"http://127.0.0.1:{port}")))
    assert caught.value.reason == "proxy"
    assert site.log == []


def test_a_host_that_a_proxy_does_not_reach_is_the_hosts_own_failure(names):
    names[HOST] = ["127.88.0.1"]
    with socket.create_server(("127.88.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with proxied(ProxyServer()) as proxy, pytest.raises(FetchError) as caught:
        fetch(f"http://{HOST}:{port}/", port, through(proxy, "socks5"))
    assert caught.value.reason == "connect"


@pytest.mark.parametrize("scheme", ["http", "socks5"])
def test_a_host_is_asked_by_its_next_address_when_the_proxy_does_not_reach_the_first(names, scheme):
    names[HOST] = ["127.88.0.9", "127.88.0.1"]
    with serving({"/": STORY}) as site, proxied(ProxyServer(away=frozenset({"127.88.0.9"}))) as proxy:
        assert fetch(f"http://{HOST}:{site.port}/", site.port, through(proxy, scheme)).server == "127.88.0.1"
        assert len(proxy.asked) == 2
        names["post.example"] = ["127.88.0.9"]
        with pytest.raises(FetchError) as caught:
            fetch("http://post.example/", 80, through(proxy, scheme))
    assert caught.value.reason == "connect"  # the host's own failure


HOSTILE = [
    b"",
    b"\x05",
    b"\x05\xff",
    b"\x04\x00",
    b"nonsense",
    b"HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfalse",
    b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 20_000,
    b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\n\r\n",
    b"\x05\x00\x05\x00\x00\x01" + bytes(6) + b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfalse",
    b"\x05\x00\x05\x00\x00\x03\xff" + b"x" * 10,
]


@pytest.mark.parametrize("scheme", ["http", "socks5"])
def test_a_proxy_that_resets_the_connection_is_in_the_way(names, scheme):
    names[HOST] = ["127.88.0.1"]

    async def serve(reader, writer):
        await reader.read(1)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()

    with served(serve, "127.0.0.1") as port, pytest.raises(FetchError) as caught:
        fetch(f"http://{HOST}/", 80, Route(proxy_of(f"{scheme}://127.0.0.1:{port}")))
    assert caught.value.reason == "proxy"


@pytest.mark.parametrize("scheme", ["http", "socks5"])
@pytest.mark.parametrize("answer", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_a_proxy_answers_is_bounded_and_no_page(names, scheme, answer):
    names[HOST] = ["127.88.0.1"]

    async def serve(reader, writer):
        await reader.read(100)
        writer.write(answer)
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    with served(serve, "127.0.0.1") as port, pytest.raises(FetchError) as caught:
        fetch(f"http://{HOST}/", 80, Route(proxy_of(f"{scheme}://127.0.0.1:{port}")))
    assert caught.value.reason == "proxy"
    assert len(str(caught.value)) < 500


def test_tls_to_the_proxy_and_tls_to_the_host_in_it(names, tmp_path):
    names[HOST] = ["127.88.0.1"]
    ca, tls = authority(tmp_path), certified(tmp_path, "127.0.0.1")
    with tls_site(tmp_path) as site, proxied(ProxyServer(), tls=tls) as proxy:
        response = fetch(f"https://{HOST}:{site.port}/", site.port, through(proxy, "https", ca=ca))
    assert response.content == STORY.encode()
    assert proxy.asked == [f"CONNECT 127.88.0.1:{site.port}"]


# ---------------------------------------------------------------- authorities, interfaces, families


def test_a_host_that_an_authority_of_ours_signed_is_trusted_only_with_it(names, tmp_path):
    names[HOST] = ["127.88.0.1"]
    with tls_site(tmp_path) as site:
        address = f"https://{HOST}:{site.port}/"
        with pytest.raises(FetchError) as caught:
            fetch(address, site.port, Route())
        assert caught.value.reason == "tls"
        assert fetch(address, site.port, Route(ca=authority(tmp_path))).content == STORY.encode()
        names["post.example"] = ["127.88.0.1"]
        with pytest.raises(FetchError) as caught:  # signed for another name
            fetch(f"https://post.example:{site.port}/", site.port, Route(ca=authority(tmp_path)))
        assert caught.value.reason == "tls"


@pytest.mark.parametrize("content", [None, b"", b"no certificate"])
def test_a_file_without_certificates_stops_the_crawl_before_it_begins(tmp_path, content):
    file = tmp_path / "authority.pem"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigError, match=r"crawler\.ca.*authority\.pem.*expected a file"):
        Fetcher("pressmark", route=Route(ca=file))


def peer_of(route: Route, names: dict[str, list[str]]) -> str:
    """Return the address that a request came from."""
    names[HOST] = ["127.88.0.1"]
    seen = []

    async def serve(reader, writer):
        seen.append(writer.get_extra_info("peername")[0])
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\n<p>a")
        await writer.drain()

    with served(serve, "127.88.0.1") as port:
        fetch(f"http://{HOST}:{port}/", port, route)
    return str(seen[0])


def test_requests_come_from_the_address_that_config_names(names):
    assert peer_of(Route(bind="127.77.0.5"), names) == "127.77.0.5"


@pytest.mark.skipif(not hasattr(socket, "SO_BINDTODEVICE"), reason="this system binds to no interface by its name")
def test_requests_leave_by_the_interface_that_config_names(names):
    assert peer_of(Route(bind="lo"), names).startswith("127.")


@pytest.mark.parametrize("bind", ["203.0.113.9", "no-such-if0"])
def test_what_is_not_of_this_machine_stops_the_crawl_before_it_begins(bind):
    with pytest.raises(ConfigError, match=rf'crawler\.bind: "{bind}": .*expected an address or an interface'):
        Fetcher("pressmark", route=Route(bind=bind))


needs_ipv6 = pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6")


@contextmanager
def serving6() -> Iterator[tuple[int, list[str]]]:
    """Serve the story on ::1 alone; give the port, and the Host headers of the requests."""
    hosts: list[str] = []

    async def serve(reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        hosts.extend(line.partition(": ")[2] for line in head.split("\r\n") if line.startswith("Host: "))
        body = STORY.encode()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
        await writer.drain()

    with served(serve, "::1") as port:
        yield port, hosts


@needs_ipv6
@pytest.mark.parametrize("answers", [["::1"], ["127.88.0.1", "::1"], ["::1", "127.88.0.1"]])
def test_a_host_that_answers_by_ipv6_alone_is_reached(names, answers):
    names[HOST] = answers
    with serving6() as (port, hosts):
        response = fetch(f"http://{HOST}:{port}/", port, Route(), allow=(*ALLOWED, "::1/128"))
    assert (response.content, response.server) == (STORY.encode(), "::1")
    assert hosts == [f"{HOST}:{port}"]


@needs_ipv6
@pytest.mark.parametrize("scheme", [None, "http", "socks5"])
def test_an_address_of_ipv6_is_asked_for_in_brackets(names, scheme):
    with serving6() as (port, hosts), proxied(ProxyServer()) as proxy:
        route = through(proxy, scheme) if scheme else Route()
        assert fetch(f"http://[::1]:{port}/", port, route, allow=("::1/128",)).content == STORY.encode()
    assert hosts == [f"[::1]:{port}"]


@needs_ipv6
def test_an_address_of_ours_is_used_for_hosts_of_its_family(names):
    names[HOST] = ["127.88.0.1", "::1"]
    with serving6() as (port, _):
        assert fetch(f"http://{HOST}:{port}/", port, Route(bind="::1"), allow=(*ALLOWED, "::1/128")).status == 200


def test_no_proxy_of_the_environment_is_used(names, monkeypatch):
    names[HOST] = ["127.88.0.1"]
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with serving({"/": STORY}) as site:
        assert fetch(f"http://{HOST}:{site.port}/", site.port, Route()).status == 200


def test_the_authorities_of_the_web_stay_trusted_beside_ours(tmp_path):
    from crawler.fetching.dialing import _trusted

    count = [_trusted(ca).cert_store_stats()["x509_ca"] for ca in (None, authority(tmp_path))]
    assert count[1] == count[0] + 1
    assert isinstance(_trusted(None), ssl.SSLContext)
