"""The pages behind a proxy: under a path, by another scheme, for senders the proxy names."""

import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from tests.web.conftest import app_over, client_of
from web.layout.services import EXTENSION

PUBLIC = "https://archive.example/the%20press/"
PATH = "/the%20press"


@pytest.fixture
def mounted(data: Path):
    app = app_over(data, web={"url": PUBLIC})
    yield app
    app.extensions[EXTENSION].close()


@pytest.fixture
def reader(mounted: Flask) -> FlaskClient:
    client = mounted.test_client()
    client.environ_base["HTTP_HOST"] = "archive.example"
    return client


def links(text: str) -> set[str]:
    found = re.findall(r'\s(?:href|src|action)="([^"]*)"', text)
    return {each.replace("&amp;", "&") for each in found if not each.startswith(("#", "data:", "mailto:", "?"))}


def test_every_link_of_every_page_leads_to_a_page_under_the_path(reader: FlaskClient):
    seen: set[str] = set()
    kinds: set[tuple[str, tuple[str, ...]]] = set()
    waiting = [f"{PATH}/", f"{PATH}/search?q=flood", f"{PATH}/nope"]
    while waiting and len(seen) < 150:
        here = waiting.pop(0)
        seen.add(here)
        reply = reader.get(here)
        reply.get_data()  # a stream that is left unread would end in the middle of another request
        assert reply.status_code in {200, 301, 302, 308, 404, 405, 410}, here  # 405: it takes a form
        if reply.status_code == 404:
            assert here == f"{PATH}/nope" or "/a/" not in here, here
        if "Location" in reply.headers:
            assert reply.headers["Location"].startswith(f"{PATH}/"), here
        if reply.mimetype != "text/html":
            continue
        for each in links(reply.text):
            target = urlsplit(urljoin(f"https://archive.example{here}", each))
            if target.netloc != "archive.example":
                continue
            assert target.path.startswith(f"{PATH}/"), (here, each)
            address = target.path + (f"?{target.query}" if target.query else "")
            # one page of a kind is enough: the search has a link for each of its values
            kind = re.sub(r"[^/]*\d[^/]*", "N", target.path), tuple(sorted(re.findall(r"[?&](\w+)=", address)))
            if kind not in kinds:
                kinds.add(kind)
                waiting.append(address)
    assert len(kinds) > 30


def test_a_proxy_may_pass_the_path_on_or_cut_it_off(reader: FlaskClient):
    assert reader.get("/the press/search?q=flood").text == reader.get("/search?q=flood").text


def test_a_path_that_only_begins_like_ours_is_not_cut(reader: FlaskClient):
    assert reader.get("/the pressure/search").status_code == 404


def test_what_leaves_the_pages_names_the_public_address(reader: FlaskClient):
    feed = reader.get("/search.atom?q=flood").text
    assert f'href="{PUBLIC}search.atom?q=flood"' in feed
    assert f'href="{PUBLIC}a/' in feed
    assert f'template="{PUBLIC}search?q={{searchTerms}}"' in reader.get("/opensearch.xml").text
    assert reader.get("/?q=flood").headers["Location"] == f"{PATH}/search?q=flood"


def test_a_text_of_a_stranger_is_no_link_of_ours(reader: FlaskClient):
    page = reader.get('/search?q=%20href="/a').text
    assert f'href="{PATH}/a"' not in page
    assert "href=&#34;/a" in page


def test_the_host_of_the_public_address_is_answered_and_no_other(mounted: Flask):
    assert mounted.test_client().get("/", headers={"Host": "archive.example"}).status_code == 200
    assert mounted.test_client().get("/", headers={"Host": "other.example"}).status_code == 400


@pytest.mark.parametrize("path", ["/healthz", "/readyz", f"{PATH}/healthz", f"{PATH}/readyz"])
@pytest.mark.parametrize("host", ["10.2.3.4:8765", "pressmark-7f9c", "", "other.example"])
def test_a_probe_is_answered_whatever_host_it_names(mounted: Flask, path: str, host: str):
    assert mounted.test_client().get(path.replace("%20", " "), headers={"Host": host}).status_code == 200


def test_without_a_public_address_the_root_is_what_the_request_names(data: Path):
    app = app_over(data)
    client = client_of(app)
    assert 'href="http://localhost/a/' in client.get("/search.atom?q=flood").text
    assert (
        'href="http://127.0.0.1:8765/a/' in client.get("/search.atom?q=flood", headers={"Host": "127.0.0.1:8765"}).text
    )
    app.extensions[EXTENSION].close()


@pytest.mark.parametrize("host", ["203.0.113.9", "203.0.113.9:81", "[2001:db8::9]", "[2001:db8::9]:81"])
def test_an_address_of_another_machine_is_not_repeated(data: Path, host: str):
    app = app_over(data)
    feed = client_of(app).get("/search.atom?q=flood", headers={"Host": host}).text
    assert host not in feed
    assert 'href="http://127.0.0.1:80/a/' in feed
    app.extensions[EXTENSION].close()


@pytest.fixture
def echo(data: Path):
    """An app that says how it sees a request."""
    app = app_over(data, web={"trusted_proxies": ("10.0.0.0/8", "::1"), "allowed_hosts": ("news.example",)})

    @app.get("/echo")
    def seen() -> str:
        return f"{request.remote_addr} {request.scheme} {request.host}"

    yield app
    app.extensions[EXTENSION].close()


def ask(app: Flask, peer: str, **headers: str) -> str:
    given = {"Host": "localhost"} | {name.replace("_", "-"): value for name, value in headers.items()}
    return app.test_client().get("/echo", headers=given, environ_base={"REMOTE_ADDR": peer}).text


def test_a_trusted_proxy_says_who_asks_by_which_scheme_and_for_which_host(echo: Flask):
    forwarded = {"X_Forwarded_For": "198.51.100.7", "X_Forwarded_Proto": "https", "X_Forwarded_Host": "news.example"}
    assert ask(echo, "10.1.2.3", **forwarded) == "198.51.100.7 https news.example"
    assert ask(echo, "::1", **forwarded) == "198.51.100.7 https news.example"
    assert ask(echo, "192.0.2.1", **forwarded) == "192.0.2.1 http localhost"


def test_what_a_client_wrote_before_the_proxy_is_not_believed(echo: Flask):
    assert ask(echo, "10.1.2.3", X_Forwarded_For="127.0.0.1, 198.51.100.7") == "198.51.100.7 http localhost"
    assert ask(echo, "10.1.2.3", X_Forwarded_For="127.0.0.1, 198.51.100.7, 10.9.9.9").startswith("198.51.100.7 ")
    assert ask(echo, "10.1.2.3", X_Forwarded_For="evil, <b>").startswith("10.1.2.3 ")
    assert ask(echo, "10.1.2.3", X_Forwarded_Proto="javascript") == "10.1.2.3 http localhost"
    assert "not answer to that name" in ask(echo, "10.1.2.3", X_Forwarded_Host="other.example")
