"""An article's page as it was fetched: its bytes, in a sandbox; and what is said where there are none."""

import gzip
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.captures import Captures
from corpus.model import Article, Outcome, UrlKind, UrlState, Visit
from corpus.store import ArticleStore
from corpus.warc.exchange import Exchange
from tests.web.conftest import Send, app_over, client_of
from tests.web.corpus import COUNCIL, HERALD, NOW, article
from web.articles import capture_page, provenance, search_archive, web_archive
from web.layout.services import EXTENSION
from web.search import downloads

URL = f"https://{HERALD}/captured"
HOSTILE = (
    '<html><head><meta http-equiv="refresh" content="0;url=https://evil.example/">'
    '<base href="https://evil.example/"><LINK rel=preconnect href="https://evil.example">'
    "<link/rel=stylesheet href=//evil.example/a.css><script>alert(1)</script></head>"
    '<body onload="alert(2)"><h1>Captured</h1><img src="https://evil.example/p.gif"><form action="/undo" method=post>'
    "</form></body></html>"
)


@pytest.fixture
def store(desk: Flask) -> ArticleStore:
    found: ArticleStore = desk.extensions[EXTENSION].store
    return found


def captured(
    folder: Path,
    store: ArticleStore,
    body: bytes,
    *,
    type: str | None = "text/html",
    days: int = 0,
    words: str = "First",
    further: tuple[bytes, ...] = (),
) -> str:
    """Store an article that was read from a capture; return the address of its capture's page."""
    at = NOW - timedelta(days=9 - days)
    headers = (("Content-Type", type),) if type is not None else ()
    with Captures(folder / "captures") as captures:
        of_parts = [Exchange(url=f"{URL}?page={n}", at=at, body=each, status=200) for n, each in enumerate(further, 2)]
        parts = [captures.append(each) for each in of_parts]
        ref = captures.append(Exchange(url=URL, at=at, status=200, headers=headers, body=body), parts=parts)
        captures.sync()
    text: Article = replace(
        article(HERALD, "captured", "Captured <b>page</b>", f"{words} text of the page.", day="2026-11-01"),
        fetched=at,
        capture=ref,
    )
    store.record(
        Visit(url=URL, at=at, outcome=Outcome.NEW, state=UrlState.WAITING, due=NOW, kind=UrlKind.ARTICLE, status=200,
              article=text, capture=ref)
    )  # fmt: skip
    found = store.by_url(URL)
    assert found
    return f"/a/{found.mark}/capture"


def test_the_page_is_framed_in_a_sandbox_with_a_banner_of_when_and_from_where(
    browser: FlaskClient, folder: Path, store: ArticleStore
):
    path = captured(folder, store, HOSTILE.encode())
    reply = browser.get(path)
    page = reply.text
    assert "The page as it was fetched, 14 Nov 2026, 10:30" in page
    assert URL in page.replace("<wbr>", "")
    assert "Captured &lt;b&gt;page" in page
    assert f'sandbox src="{path}/page?at=0"' in page
    assert "frame-src 'self'" in reply.headers["Content-Security-Policy"]
    assert f'href="{path}"' in browser.get(path.removesuffix("/capture"), follow_redirects=True).text


def test_nothing_of_the_page_runs_or_asks_the_network(browser: FlaskClient, folder: Path, store: ArticleStore):
    path = captured(folder, store, HOSTILE.encode())
    reply = browser.get(f"{path}/page?at=0")
    policy = reply.headers["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "allow-" not in policy
    assert "script-src" not in policy
    assert all(each in policy for each in ("base-uri 'none'", "form-action 'none'", "frame-ancestors 'self'"))
    assert reply.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert "<link" not in reply.text.lower()
    assert reply.text == HOSTILE.replace("<LINK", "<L-NK").replace("<link", "<l-nk")


@pytest.mark.parametrize(
    ("body", "type", "given"),
    [
        ('<a href="/x">Größe'.encode("latin-1"), "text/html; charset=ISO-8859-1", "text/html; charset=iso-8859-1"),
        ("<meta charset=shift_jis>堤防".encode("shift_jis"), "text/html", "text/html"),
        ("堤防".encode("gb18030"), 'text/html; charset="gb18030"', "text/html; charset=gb18030"),
        (b"x", 'text/html; charset="x\r\n', "text/html; charset=x"),
        (b"x", "text/html; charset=<b>;", "text/html"),
        (b"<b>x", "text/plain", "text/plain"),
        (b"<\x1b(Blin\x1b(Bk rel=x>", None, "text/html"),
    ],
)
def test_bytes_and_their_encoding_are_those_that_were_fetched(
    browser: FlaskClient, folder: Path, store: ArticleStore, body: bytes, type: str | None, given: str
):
    path = captured(folder, store, body, type=type)
    for language in ("", "/de"):  # our own links get the language of the address, and ours is not the page's
        reply = browser.get(f"{language}{path}/page?at=0")
        assert reply.data.replace(b"-", b"i") == body
        assert b"link" not in reply.data.replace(b"\x1b(B", b"")
        assert reply.headers["Content-Type"] == given
        assert "Content-Language" not in reply.headers


@pytest.mark.parametrize(
    ("body", "type"),
    [
        ("\ufeff<link rel=x>堤防".encode("utf-16-le"), "text/html"),
        ("\ufeff<link rel=x>堤防".encode("utf-16-be"), "text/html; charset=utf-8"),
        ("<link rel=x>堤防".encode("utf-16-le"), "text/html; charset=iso-10646-ucs-2"),
        ("<?xml?><link rel=x>堤防".encode("utf-16-be"), "text/html"),
    ],
)
def test_two_byte_pages_hide_no_link_either(
    browser: FlaskClient, folder: Path, store: ArticleStore, body: bytes, type: str
):
    reply = browser.get(f"{captured(folder, store, body, type=type)}/page?at=0")
    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    assert reply.data.decode().removeprefix("<?xml?>") == "<l-nk rel=x>堤防"


def test_what_is_no_page_is_not_shown_and_its_record_is_offered(
    browser: FlaskClient, folder: Path, store: ArticleStore
):
    path = captured(folder, store, b"%PDF-1.4", type="application/pdf")
    assert "It is no page but “application/pdf”" in browser.get(path).text
    assert browser.get(f"{path}/page?at=0").status_code == 404
    assert browser.get(f"{path}.warc.gz?at=0").status_code == 200


def test_the_record_and_the_archive_have_the_bytes_as_they_came(
    browser: FlaskClient, folder: Path, store: ArticleStore
):
    path = captured(folder, store, HOSTILE.encode())
    record = browser.get(f"{path}.warc.gz?at=0")
    assert record.mimetype == "application/warc"
    assert HOSTILE.encode() in gzip.decompress(record.data)
    packed = browser.get(f"{path}.wacz")
    with ZipFile(io.BytesIO(packed.data)) as archive:
        assert json.loads(archive.read("pages/pages.jsonl").splitlines()[1])["url"] == URL
        (warc,) = (name for name in archive.namelist() if name.startswith("archive/"))
        assert HOSTILE.encode() in gzip.decompress(archive.read(warc))


def test_every_capture_is_listed_and_says_which_text_it_has(
    browser: FlaskClient, folder: Path, store: ArticleStore, monkeypatch: pytest.MonkeyPatch
):
    captured(folder, store, b"<p>first", words="First")
    path = captured(folder, store, b"<p>second", days=2, words="Second, quite another")
    latest = browser.get(path).text
    assert "It has the present text." in latest
    assert f'href="{path}?at=1"' in latest
    assert "It has text 1 of 2." in browser.get(f"{path}?at=1").text
    assert browser.get(f"{path}/page?at=1").data == b"<p>first"
    for at in ("2", "999999999"):
        assert browser.get(f"{path}?at={at}").status_code == 404
    for hours in range(60):  # the article has not changed since
        seen = NOW + timedelta(hours=hours)
        store.record(Visit(url=URL, outcome=Outcome.UNCHANGED, at=seen, state=UrlState.WAITING, due=seen))
    assert f'href="{path}?at=1"' in browser.get(path).text
    captured(folder, store, b"<p>third", days=1, words="Third")
    monkeypatch.setattr(capture_page, "LISTED", 2)
    assert "and 1 more" in browser.get(path).text
    monkeypatch.setattr(capture_page, "LISTED", 0)  # as when 400 days have passed since
    assert f'src="{path}/page"' in browser.get(path).text
    assert browser.get(f"{path}/page").data == b"<p>third"
    assert browser.get(f"{path}.warc.gz").status_code == 200


def test_the_article_says_how_many_fetches_are_not_listed(
    browser: FlaskClient, folder: Path, store: ArticleStore, monkeypatch: pytest.MonkeyPatch
):
    captured(folder, store, b"<p>first")
    path = captured(folder, store, b"<p>second", days=2, words="Second").removesuffix("/capture")
    monkeypatch.setattr(provenance, "VISITS", 2)
    assert "and 1 more" not in browser.get(path, follow_redirects=True).text
    monkeypatch.setattr(provenance, "VISITS", 1)
    assert "and 1 more" in browser.get(path, follow_redirects=True).text


def test_each_page_of_a_story_on_several_pages_is_shown(browser: FlaskClient, folder: Path, store: ArticleStore):
    path = captured(folder, store, b"<p>first", further=(b"<p>second", b"<p>third"))
    first, third = browser.get(path).text, browser.get(f"{path}?at=0&part=3").text
    assert "The text was read from several pages" in first
    assert f'href="{path}?at=0&amp;part=3"' in first
    assert f"{URL}?page=3" in third.replace("<wbr>", "")
    assert f'src="{path}/page?at=0&amp;part=3"' in third
    given = [browser.get(f"{path}/page?at=0{part}").data for part in ("", "&part=1", "&part=2", "&part=3", "&part=x")]
    assert given == [b"<p>first", b"<p>first", b"<p>second", b"<p>third", b"<p>first"]
    assert browser.get(f"{path}?part=4").status_code == browser.get(f"{path}/page?part=0").status_code == 404
    lone = captured(folder, store, b"<p>alone", days=1, words="Second")
    assert "several pages" not in browser.get(lone).text


def test_a_capture_that_is_gone_says_so(browser: FlaskClient, folder: Path, store: ArticleStore):
    path = captured(folder, store, b"<p>x")
    for file in (folder / "captures").iterdir():
        file.unlink()
    assert "pruned by its age, or emptied with a withdrawal" in browser.get(path).text
    assert browser.get(f"{path}/page?at=0").status_code == 404
    assert browser.get(f"{path}.wacz").status_code == 410
    imported = store.by_url(f"https://{HERALD}/budget")
    assert imported
    assert "imported without one" in browser.get(f"/a/{imported.mark}/capture").text


def test_a_damaged_file_is_no_error_of_the_program(browser: FlaskClient, folder: Path, store: ArticleStore):
    path = captured(folder, store, b"<p>x" * 100)
    for file in (folder / "captures").iterdir():
        content = bytearray(file.read_bytes())
        content[len(content) // 2 :] = b"\0" * (len(content) - len(content) // 2)
        file.write_bytes(content)
    reply = browser.get(path)
    assert reply.status_code == 200
    assert "cannot be read" in reply.text or "taken away" in reply.text


def test_a_withdrawn_article_shows_no_capture(browser: FlaskClient, folder: Path, store: ArticleStore):
    path = captured(folder, store, b"<p>secret")
    found = store.by_url(URL)
    assert found
    store.withdraw(found.id, "by request", at=NOW)
    for ending in ("", "/page?at=0", ".warc.gz", ".wacz"):
        reply = browser.get(path + ending)
        assert reply.status_code == 410, ending
        assert b"secret" not in reply.data


def test_a_public_archive_shows_no_capture(folder: Path, store: ArticleStore):
    path = captured(folder, store, b"<p>whole")
    app = app_over(folder, web={"public": True})
    client = client_of(app)
    for ending in ("", "/page?at=0", ".warc.gz", ".wacz"):
        assert client.get(path + ending).status_code == 403, ending
    assert "As it was fetched" not in client.get(path.removesuffix("/capture"), follow_redirects=True).text
    app.extensions[EXTENSION].close()


def test_a_dossier_gives_its_pages_as_a_web_archive_and_counts_those_without(
    browser: FlaskClient, send: Send, folder: Path, store: ArticleStore
):
    mark = captured(folder, store, b"<p>x").split("/")[2]
    imported = store.by_url(f"https://{HERALD}/budget")
    found = store.by_url(URL)
    assert imported
    assert found
    send("/dossiers", name="Walls")
    dossier = store.dossiers.all()[0]
    store.dossiers.put(dossier.id, [found.id, imported.id], NOW)
    reply = browser.get(f"/d/{dossier.mark}/export.wacz")
    assert reply.headers["Pressmark-Missing"] == "1"
    assert said_in(reply.data)["without_raw_response"] == [imported.mark]
    store.withdraw(imported.id, "gone")
    said = said_in(browser.get(f"/d/{dossier.mark}/export.wacz").data)
    assert said["left_out_by_reason"] == {"withdrawn": 1, "other_tags": 0, "unreadable": 0}
    with ZipFile(io.BytesIO(reply.data)) as archive:
        assert mark in archive.read("pages/pages.jsonl").decode()
    shared = browser.application.extensions[EXTENSION].shared
    with downloads.turn(shared), downloads.turn(shared):
        assert browser.get(f"/d/{dossier.mark}/export.wacz").status_code == 503
    assert "export.wacz" in browser.get(f"/d/{dossier.mark}", follow_redirects=True).text


def test_a_search_gives_its_pages_as_a_web_archive_that_says_what_it_lacks(
    browser: FlaskClient,
    folder: Path,
    store: ArticleStore,
    index: Callable[[], object],
    monkeypatch: pytest.MonkeyPatch,
):
    mark = captured(folder, store, b"<p>x").split("/")[2]
    index()
    search = f"?q=captured+OR+budget&site={HERALD}"
    reply = browser.get(f"/search.wacz{search}")
    total = int(reply.headers["Pressmark-Total"])
    assert (reply.mimetype, reply.headers["Pressmark-Complete"]) == ("application/wacz", "yes")
    assert total > 1
    assert int(reply.headers["Pressmark-Missing"]) == total - 1
    with ZipFile(io.BytesIO(reply.data)) as archive:
        assert mark in archive.read("pages/pages.jsonl").decode()
        package = json.loads(archive.read("datapackage.json"))
    assert package["title"].startswith("Articles of a search: ")
    assert f"{total} articles match" in package["description"]
    assert f"pages in this file: 1; articles without a raw response: {total - 1}" in package["description"]
    assert "/search.wacz?q=captured" in browser.get(f"/export{search}").text
    assert browser.get("/search.wacz?q=nothinghere").status_code == 410
    monkeypatch.setattr(web_archive, "Captures", None)  # to write a file would fail
    only = browser.head(f"/search.wacz{search}")
    assert (only.mimetype, only.headers["Pressmark-Total"]) == ("application/wacz", str(total))
    assert int(reply.headers["Content-Length"]) == len(reply.data)


def said_in(wacz: bytes) -> dict[str, Any]:
    """Return what a web archive says is in it, and what is not."""
    with ZipFile(io.BytesIO(wacz)) as archive:
        return dict(json.loads(archive.read("datapackage.json"))["manifest"])


def test_a_web_archive_of_a_search_says_where_it_was_cut(
    browser: FlaskClient,
    folder: Path,
    store: ArticleStore,
    index: Callable[[], object],
    monkeypatch: pytest.MonkeyPatch,
):
    captured(folder, store, b"<p>x")
    index()
    monkeypatch.setattr(search_archive, "MOST_ARCHIVED", 1)
    reply = browser.get("/search.wacz?q=captured+OR+council&sort=new")
    assert (reply.status_code, reply.headers["Pressmark-Complete"]) == (200, "no")
    total = int(reply.headers["Pressmark-Total"])
    with ZipFile(io.BytesIO(reply.data)) as archive:
        assert "not complete, 1 of them" in archive.read("datapackage.json").decode()
        assert said_in(reply.data)["left_out_by_reason"] == {"beyond_the_bound": total - 1, "unreadable": 0}
    council = store.by_url(COUNCIL.url)
    assert council
    store.withdraw(council.id, "gone")
    monkeypatch.undo()
    reply = browser.get(f"/search.wacz?q=captured+OR+council&site={HERALD}")
    headers = {name: int(reply.headers[f"Pressmark-{name}"]) for name in ("Total", "Given", "Missing")}
    assert headers["Total"] == headers["Given"] + headers["Missing"] + 1  # taken away since it was indexed
    said = said_in(reply.data)
    assert (said["left_out"], said["left_out_by_reason"]["withdrawn"]) == (1, 1)
    assert (said["pages"], len(said["without_raw_response"])) == (headers["Given"], headers["Missing"])
    *_, last = browser.get("/search.jsonl?q=council").text.splitlines()[:1]
    manifest = json.loads(last)["manifest"]
    assert (manifest["left_out"], manifest["left_out_by_reason"]["withdrawn"]) == (1, 1)


def test_a_public_archive_offers_no_web_archive_of_a_search(folder: Path):
    app = app_over(folder, web={"public": True})
    client = client_of(app)
    assert client.get("/search.wacz?q=flood").status_code == 403
    assert "search.wacz" not in client.get("/export?q=flood").text
    app.extensions[EXTENSION].close()
