"""axe-core finds nothing on any kind of page, in any scheme, at any width, from the left and from the right."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from flask import Flask

from corpus.store import ArticleStore
from corpus.store.crawls.requests import RequestKind
from indexer.open import open_engine
from tests.demo import set_article
from tests.web.accounts.conftest import people, sign_in_by_browser
from tests.web.articles.test_capture_page import captured as capture
from tests.web.axe import violations
from tests.web.conftest import app_over, client_of, served, token_of
from tests.web.corpus import COUNCIL, HERALD, NOW
from tests.web.sources.test_look_page import LOOK
from tests.web.sources.test_rule_page import RULE
from tests.web.test_browser import CHROMIUM, FLAGS, playwright
from web.desk.saved_links import pause_path
from web.layout.server import Server
from web.layout.services import EXTENSION

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium found: apt-get install chromium"),
]

LOOKS = (
    ("light", 1280, "ltr"),
    ("light", 390, "rtl"),
    ("light", 320, "ltr"),
    ("dark", 1280, "rtl"),
    ("dark", 390, "ltr"),
    ("dark", 320, "rtl"),
    ("forced", 1280, "ltr"),
    ("forced", 320, "rtl"),
)  # each scheme at each width that matters to it, half of them from the right
NARROWEST = 320
# The text of an article that is not drawn, such as a table that a rule for phones hides.
UNSEEN = """[...document.querySelectorAll('.text :not(.v, .v *, .ponly, .noprint *)')]
    .filter(e => e.textContent.trim() && !e.closest('details') && !e.getClientRects().length)
    .map(e => e.tagName + ': ' + e.textContent.trim().slice(0, 60))"""
# WCAG 1.4.12: readers set lines, letters and words apart as much as this, and lose nothing: neither
# in what hides its overflow, nor beyond the edge of a button.
SPACE_OUT = """{const sheet = new CSSStyleSheet()
    sheet.replaceSync(`*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}
        p{margin-block-end:2em!important}`)
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]}"""
CUT_OFF = """[...document.querySelectorAll('body *')].filter(e => {
    const words = [...e.childNodes].filter(n => n.nodeType === 3 && n.textContent.trim())
    if (!words.length || e.closest('svg, script, style, option, textarea')) return false
    const style = getComputedStyle(e), cuts = way => way === 'hidden' || way === 'clip'
    if (style.clipPath === 'inset(50%)') return false  // it is there for screen readers alone
    const button = e.closest('button, .btn')
    return e.getClientRects().length && (cuts(style.overflowX) && e.scrollWidth > e.clientWidth + 1
        || cuts(style.overflowY) && e.scrollHeight > e.clientHeight + 2
        || button && words.some(n => {
            const line = document.createRange(), edge = button.getBoundingClientRect()
            line.selectNodeContents(n)
            const {left, right, bottom} = line.getBoundingClientRect()
            return bottom > edge.bottom + 3 || right > edge.right + 1 || left < edge.left - 1
        }))
}).map(e => e.tagName + ': ' + e.textContent.trim().slice(0, 60))"""
# The pages behind addresses that name something, and searches in each of their states.
KINDS = {
    "/": "/",
    "/search": "/search?q=flood&from=2021&author=maria-okafor",
    "/search none": "/search?q=flood&site=coastpost.example&from=2019&to=2019",
    "/search notes": "/search?q=flood+xyzzy&from=21-13&sort=old",
    "/trends": "/trends?q=flood&q=insurance&q=school&from=2021&mean=3&y=share",
    "/words": "/words?q=insurance",
    "/batch": "/batch?list=flood%0Ainsurance&by=year",
    "/trends by": f"/trends?q=flood&line=site&site={HERALD}&by=year",
    "/facets/<name>": "/facets/author?q=flood",
    "/a/<name>": "/a/{article}?q=flood+defences",
    "/a/<name> correct": "/a/{article}?correct=authors",
    "/a/<name> passages": "/a/{article}?quote=the+county",
    "/a/<name> structured": "/a/{structured}",
    "/a/<name> structured rtl": "/a/{structured_rtl}",
    "/a/<name> no article": "/a/{article}?correct=kind",
    "/a/<mark>/revisions": "/a/{article}/revisions",
    "/a/<mark>/diff/<span>": "/a/{article}/diff/1..2",
    "/a/<mark>/diff/<span> inline": "/a/{article}/diff/1..2?view=inline",
    "/authors/<key>": "/authors/maria-okafor",
    "/sources/<path:name>": "/sources/coastpost.example",
    "/sources/<path:name>/coverage": "/sources/coastpost.example/coverage",
    "/crawls/<run>": "/crawls/1",
    "/crawls/<run>/visits": "/crawls/1/visits?outcome=new",
    "/q/<mark>": "/q/{receipt}",
    "/d/<mark>": "/d/{dossier}",
    "/d/<mark>/history": "/d/{dossier}/history",
    "/d/<mark> edit": "/d/{dossier}?edit={article}",
    "/samples/<mark>": "/samples/{sample}",
    "/shared/<name>": "{shared}",
    "/saved edit": "/saved?change=1",
    "/saved since": "/saved?since=30d",
    "/saved/pause/<name>": "{pause}",
    "/requests/<id>": "/requests/1",
    "/requests/<id> look": "/requests/2",
    "/requests/<id> rule": "/requests/3",
    "/a/<mark>/capture": "/a/{captured}/capture",
    "/lookup found": f"/lookup?url={COUNCIL.url}",
    "/lookup unknown": "/lookup?url=https://unknown.example/x",
    "error": "/nothing",
    "gone": "/a/{gone}",
}
NO_PAGES = re.compile(
    r"/(healthz|readyz|metrics|suggest|favicon.ico|help|api|account|people|login|.*[.]\w+)/?"
)  # data, what leads elsewhere, and what only a person with an account sees


def filled(app: Flask) -> dict[str, str]:
    """Keep something of every kind, and return the marks that stand in KINDS."""
    client, store = client_of(app), app.extensions[EXTENSION].store
    mark = store.by_url(COUNCIL.url).mark
    made: dict[str, Any] = {}
    for path, body in (
        ("saved-searches", {"search": "q=flood", "name": "Floods"}),
        ("dossiers", {"name": "The sea wall", "about": "What the county said"}),
        ("receipts", {"search": "q=flood", "purpose": "chapter 3"}),
    ):
        made[path] = client.post(f"/api/v1/{path}", json=body).json
    dossier = made["dossiers"]["mark"]
    correction = {"mark": mark, "field": "section", "value": "Coast", "why": "it is printed so"}
    assert client.post("/correct", data={"token": token_of(client), **correction}).status_code == 303
    client.put(f"/api/v1/dossiers/{dossier}/articles/{mark}", json={"note": "Start here.", "tags": ["money"]})
    client.post(f"/api/v1/articles/{mark}/passages", json={"quote": "Work is to begin in April.", "note": "When?"})
    assert client.post(f"/api/v1/dossiers/{dossier}/bundles", json={"tag": "money"}).status_code == 201
    sample = client.post("/api/v1/samples", json={"dossier": dossier, "count": 2, "seed": 7, "evenly": "source"})
    address = client.patch(f"/api/v1/dossiers/{dossier}", json={"shared": "link"}).json["address"]
    for kind, language in (("structured", "en"), ("structured_rtl", "ar")):
        article = set_article(language)
        store.write(article)
        made[kind] = store.by_url(article.url).mark
    gone = store.by_url("https://coastpost.example/gone").mark
    store.requests.add(RequestKind.CRAWL, HERALD, "ana", NOW)
    store.requests.add(RequestKind.LOOK, str(LOOK["address"]), "ana", NOW)
    store.requests.finish(store.requests.claim(RequestKind.LOOK, NOW, limit=1)[0], NOW, answer=LOOK)
    store.requests.add(RequestKind.RULE, f"section {HERALD}", "ana", NOW)
    store.requests.finish(store.requests.claim(RequestKind.RULE, NOW, limit=1)[0], NOW, answer=RULE)
    pause = pause_path(store.saved.all(), store.audit.secret)
    captured = capture(app.extensions[EXTENSION].config.data, store, b"<p>As it was").split("/")[2]
    return {"article": mark, "receipt": made["receipts"]["mark"], "dossier": dossier, "gone": gone} | {
        "pause": pause,
        "shared": "/shared/" + address.rpartition("/")[2],
        "captured": captured,
        "structured": made["structured"],
        "structured_rtl": made["structured_rtl"],
        "sample": sample.json["mark"],
    }


def pages(app: Flask) -> list[str]:
    """Return the addresses of every kind of page: those that name nothing are found by themselves."""
    rules = [
        each.rule
        for each in app.url_map.iter_rules()
        if "GET" in (each.methods or ()) and not each.rule.startswith("/api/v1/")
    ]
    plain = [rule for rule in rules if "<" not in rule and not NO_PAGES.fullmatch(rule)]
    known = {re.sub(r"<int[^>]*:(\w+)>", r"<\1>", key.partition(" ")[0]) for key in KINDS}
    others = [
        re.sub(r"<int[^>]*:(\w+)>", r"<\1>", rule)
        for rule in rules
        if "<" in rule
        and "<ending>" not in rule
        and not re.search(r"[.](json|csv|atom|gz|wacz|zip)$|static|capture/page", rule)
    ]
    assert set(others) <= known, "a new kind of page needs an address in KINDS"
    parts = filled(app)
    return [*dict.fromkeys([*plain, "/api/v1/", *(path.format(**parts) for path in KINDS.values())])]


def look(page: "Page", address: tuple[str, str], scheme: str, width: int, direction: str) -> list[str]:
    page.emulate_media(
        color_scheme="dark" if scheme == "dark" else "light", forced_colors="active" if scheme == "forced" else "none"
    )
    page.set_viewport_size({"width": width, "height": 900})
    site, path = address
    page.goto(f"{site}/ar{path}" if direction == "rtl" else site + path)
    found = violations(page)
    if page.evaluate("document.documentElement.scrollWidth") > width:
        found.append("the page scrolls sideways")
    found += [f"nobody sees it: {each}" for each in page.evaluate(UNSEEN)]
    if width == NARROWEST:
        page.evaluate(SPACE_OUT)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append("the page scrolls sideways with its text spaced out")
        found += [f"cut off with its text spaced out: {each}" for each in page.evaluate(CUT_OFF)]
    return [f"{path} {scheme} {width} {direction}: {each}" for each in found]


def in_browser(server: Server, paths: list[str], *, person: str = "") -> list[str]:
    """Return what axe finds on the pages, those of the account of a person too."""
    found: list[str] = []
    site = server.url.rstrip("/")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_context().new_page()
        page.set_default_timeout(20_000)
        for path in paths:
            found += [each for looks in LOOKS for each in look(page, (site, path), *looks)]
        if person:
            sign_in_by_browser(page, site, person)
            for path in ("/account", "/people", "/"):
                found += [each for looks in LOOKS for each in look(page, (site, path), *looks)]
        browser.close()
    return found


def test_no_kind_of_page_breaks_a_rule(desk: Flask):
    with served(desk) as server:
        assert not (found := in_browser(server, pages(desk))), "\n".join(found)


def test_no_page_of_a_public_archive_breaks_a_rule(folder: Path):
    app = app_over(folder, web={"public": True})
    with served(app) as server:
        assert not (found := in_browser(server, ["/", "/search?q=flood", "/sources", "/crawls", "/lookup"])), "\n".join(
            found
        )
    app.extensions[EXTENSION].close()


def test_no_page_of_an_empty_archive_breaks_a_rule(tmp_path: Path):
    ArticleStore.open(tmp_path / "pressmark.sqlite").close()
    open_engine(tmp_path / "index").close()
    app = app_over(tmp_path)
    with served(app) as server:
        assert not (
            found := in_browser(
                server,
                [
                    "/",
                    "/search",
                    "/sources",
                    "/crawls",
                    "/authors",
                    "/trends",
                    "/saved",
                    "/dossiers",
                    "/requests",
                    "/schedule",
                ],
            )
        ), "\n".join(found)
    app.extensions[EXTENSION].close()


def test_no_page_of_accounts_breaks_a_rule(folder: Path):
    app = people(app_over(folder, web={"accounts": "password"}))
    with served(app) as server:
        assert not (found := in_browser(server, ["/login"], person="admin")), "\n".join(found)
    app.extensions[EXTENSION].close()
