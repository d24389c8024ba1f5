"""Each source is asked once for its robots.txt, and what its host answered is said."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_network

from corpus.config import CrawlerSettings, Source
from crawler.checkup import HostReport, ask_hosts
from tests.crawler.faultweb import ALLOWED, Reply, Site, serving

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


RULES = CrawlerSettings(
    contact="desk@news.example", allow_addresses=tuple(map(ip_network, ALLOWED)), delay=timedelta(0)
)


def asked(url: str, *, feeds: tuple[str, ...] = ()) -> HostReport:
    return ask_hosts((Source(url=url, name="gazette", feeds=feeds),), RULES, now=lambda: NOW)[0]


def robots(text: str, status: int = 200) -> Reply:
    return Reply(text, status, "text/plain")


def test_a_host_is_asked_once_and_for_its_robots_txt_alone() -> None:
    with serving({"/robots.txt": robots("User-agent: *\nCrawl-delay: 7\n")}) as site:
        report = asked(site.url + "/")
        assert site.paths == ["/robots.txt"]
    assert (report.reason, report.refused, report.delay) == (None, None, timedelta(seconds=7))


def test_an_address_of_config_that_robots_forbids_is_named() -> None:
    with serving({"/robots.txt": robots("User-agent: *\nDisallow: /feeds/\n")}) as site:
        assert asked(site.url + "/").refused is None
        assert asked(site.url + "/", feeds=(site.url + "/feeds/all",)).refused == site.url + "/feeds/all"


def test_rules_of_one_host_are_not_held_against_addresses_of_another() -> None:
    with serving({"/robots.txt": robots("User-agent: *\nDisallow: /feeds/\n")}) as site:
        assert asked(site.url + "/", feeds=("https://feeds.example/feeds/all",)).refused is None


def test_a_robots_txt_that_cannot_be_read_is_no_permission_and_no_refusal() -> None:
    with serving({"/robots.txt": robots("", 503)}) as site:
        report = asked(site.url + "/")
    assert (report.reachable, report.refused, report.status) == (False, None, 503)


def test_a_robots_txt_that_a_proxy_has_changed_holds_as_in_a_crawl() -> None:
    with serving({"/robots.txt": robots("User-agent: *\nDisallow: /\n", 203)}) as site:
        assert asked(site.url + "/").refused == site.url + "/"


def test_a_host_without_robots_txt_allows_all() -> None:
    with serving({}) as site:
        report = asked(site.url + "/")
    assert (report.reachable, report.refused, report.status) == (True, None, 404)


def test_a_host_that_cannot_be_reached_has_a_reason() -> None:
    closed = Site("127.88.0.2", {})
    closed.close()
    assert asked(closed.url + "/").reason == "connect"
    assert asked("http://127.0.0.1/").reason == "private-address"
    assert asked("https://gazette.invalid/").reason == "dns"


def test_a_certificate_that_does_not_hold_has_a_reason() -> None:
    with serving({}) as site:  # speaks no TLS at all
        assert asked(site.url.replace("http:", "https:") + "/").reason == "tls"


def test_the_hosts_clock_is_compared_with_ours() -> None:
    def dated(text: bytes) -> object:
        answer = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nDate: " + text + b"\r\n\r\n"
        return lambda asked: asked.write(answer) and None

    with serving({"/robots.txt": dated(b"Thu, 26 Nov 2026 11:51:00 GMT")}) as site:
        assert asked(site.url + "/").ahead == timedelta(minutes=9)
    for strange in (b"", b"soon", b"Thu, 26 Nov 99999999999 11:51:00 GMT", b"9" * 50_000):
        with serving({"/robots.txt": dated(strange)}) as site:
            report = asked(site.url + "/")
            assert (report.reason, report.ahead) == (None, None)


def test_many_sources_are_answered_in_their_order() -> None:
    with serving({"/robots.txt": robots("")}) as site:
        sources = [Source(url=f"{site.url}/{number}", name=f"n{number}") for number in range(20)]
        assert [each.source for each in ask_hosts(sources, RULES, now=lambda: NOW)] == [each.name for each in sources]
