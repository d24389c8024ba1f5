"""What people come for, each task a walk in a real browser: with and without JavaScript, on a desk and on a phone.

`make soak` walks them; what test_desk_walk.py walks (keep, note, order, hand over) is in `make check`.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import feedparser
import pytest
from flask import Flask

from corpus.store import ArticleStore
from indexer.sync import update
from tests.web.axe import violations
from tests.web.conftest import app_over, served
from tests.web.corpus import COUNCIL, HERALD, POST, article, config
from tests.web.test_browser import CHROMIUM, FLAGS, Tab, playwright
from web.layout.services import EXTENSION

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium found: apt-get install chromium")


@dataclass
class Walk:
    """One walk: its tab, the app behind the pages, and whether the window is a phone's."""

    tab: Tab
    app: Flask
    folder: Path
    narrow: bool

    @property
    def page(self) -> "Page":
        return self.tab.page

    @property
    def store(self) -> ArticleStore:
        found: ArticleStore = self.app.extensions[EXTENSION].store
        return found

    def index(self) -> None:
        """Bring the index up to the store."""
        services = self.app.extensions[EXTENSION]
        update(services.store, services.engine, zone=config(self.folder).zone)

    def open_filters(self) -> None:
        """Open the column of filters, which a phone shows when it is asked for."""
        if self.narrow and self.page.url.partition("#")[2] != "filters":
            self.page.click(".fbtn")

    def article(self, address: str = COUNCIL.url) -> str:
        """Open an article by typing its address into the search box."""
        page = self.tab.open("/")
        page.fill("#q", address)
        page.click(".box button")
        page.wait_for_url("**/a/*")
        return page.locator("h1").inner_text()

    def taken(self, link: str) -> str:
        """Return the file behind a link."""
        with self.page.expect_download() as started:
            self.page.click(link)
        return Path(started.value.path()).read_text(encoding="utf-8")


def all_by_one_author_of_a_year_on_a_subject(walk: Walk) -> None:
    page = walk.tab.open("/")
    page.fill("#q", "flood")
    page.click(".box button")
    walk.open_filters()
    page.click(".quick >> text=1 y")
    page.wait_for_url("**from=-1y*")
    walk.open_filters()
    page.check("input[name=author][value=maria-okafor]")
    page.click("text=Apply filters")
    page.wait_for_url("**author=maria-okafor*")
    total = int(re.sub(r"\D", "", page.locator("#count").inner_text()))
    address = page.url.partition("#")[0].replace("/search?", "/search.json?")
    found = page.request.get(address).json()
    assert total == found["total"] > 0
    assert all("Maria Okafor" in each["authors"] for each in found["hits"])
    assert page.locator(".hit").first.inner_text().count("Maria Okafor") == 1


def two_sources_by_month_in_one_chart(walk: Walk) -> None:
    page = walk.tab.open("/trends")
    walk.open_filters()
    page.fill("input[name=from]", "2025")
    page.press("input[name=from]", "Enter")
    page.wait_for_url("**from=2025*")
    walk.open_filters()
    page.check("input[name=line][value=site]")
    page.click("#filters button")
    page.wait_for_url("**line=site*")
    walk.open_filters()
    for box in page.locator("#filters input[type=checkbox]:checked").all():
        box.uncheck()
    for site in (HERALD, POST):
        page.check(f"input[name=site][value='{site}']")
    page.click("#filters button")
    page.wait_for_url(f"**site={HERALD}*")
    if page.locator("#results .opts b", has_text="month").count() == 0:
        page.click("#results .opts >> text=month")
        page.wait_for_url("**by=month*")
    assert page.locator(".keys > span").count() == 2
    assert page.locator("#results > svg").count() == 1
    rows = list(csv.DictReader(io.StringIO(walk.taken("text=CSV"))))
    assert {each["line"] for each in rows} == {HERALD, POST}
    assert {each["period"][:4] for each in rows} == {"2025", "2026"}
    cells = [int(re.sub(r"\D", "", each)) for each in page.locator("tfoot td.num a").all_inner_texts()]
    assert sum(cells) == sum(int(each["articles"] or 0) for each in rows) > 0


def a_citation_in_three_styles_for_a_program_and_for_zotero(walk: Walk) -> None:
    walk.article()
    page = walk.page
    page.click("#cite >> text=APA")
    assert "(2026, January 12)" in page.locator("#cited").inner_text()
    page.click("#cite >> text=MLA")
    assert "12 Jan. 2026" in page.locator("#cited").inner_text()
    assert walk.taken("#cite >> text=BibTeX").startswith("@")
    assert page.locator("meta[name=citation_title]").get_attribute("content") == page.locator("h1").inner_text()
    assert "rft.type=newspaperArticle" in (page.locator("span.Z3988").get_attribute("title") or "")


def news_of_a_search_by_its_list_and_its_feed(walk: Walk) -> None:
    page = walk.tab.open("/search?q=flood")
    page.click("a[href='#save']")
    page.fill("#sn", "Floods")
    page.locator("#save button").click()
    page.wait_for_url("**/saved?done=*")
    feed = page.locator("a[href*='.atom']").first.get_attribute("href")
    walk.store.write(
        article(HERALD, "new-flood", "A new flood at Saltmere", "The flood came at night.", day="2026-11-23T09:00")
    )
    walk.index()
    page = walk.tab.open("/saved")
    assert "A new flood at Saltmere" in page.locator("main").inner_text()
    entries = feedparser.parse(page.request.get(walk.tab.site + str(feed)).text()).entries
    assert entries[0].title == "A new flood at Saltmere"


def five_hundred_hits_as_csv_while_the_index_grows(walk: Walk) -> None:
    many = [
        article(
            HERALD,
            f"sluice-{at}",
            f"Sluice {at}",
            f"The sluice was opened, number {at}.",
            day="2025-03-04",
            by=("Ida Brandt",),
        )
        for at in range(500)
    ]
    walk.store.write_many(many)
    walk.index()
    over = Event()

    def grow() -> None:
        at = 0
        while not over.is_set() and at < 20:
            walk.store.write(
                article(
                    HERALD,
                    f"more-{at}",
                    f"More {at}",
                    "The sluice was opened again.",
                    day="2025-03-05",
                    by=("Ida Brandt",),
                )
            )
            walk.index()
            at += 1

    growing = Thread(target=grow)
    page = walk.tab.open("/search?q=sluice&author=ida-brandt&from=2025-03-04&to=2025-03-04")
    growing.start()
    try:
        rows = list(csv.DictReader(io.StringIO(walk.taken("text=CSV"))))
    finally:
        over.set()
        growing.join()
    assert {each["url"] for each in rows} == {each.url for each in many}
    assert len(rows) == 500
    assert "500" in page.locator("#count").inner_text()


def what_changed_in_an_article(walk: Walk) -> None:
    walk.article()
    walk.page.click("text=See diff")
    walk.page.wait_for_url("**/diff/1..2*")
    walk.page.click("text=Inline")
    walk.page.wait_for_url("**view=inline*")
    assert "worst" in " ".join(walk.page.locator("del").all_inner_texts())
    assert "record" in " ".join(walk.page.locator("ins").all_inner_texts())


def an_address_leads_to_its_article_or_says_that_there_is_none(walk: Walk) -> None:
    assert "flood defences" in walk.article(COUNCIL.url.replace("https://", "http://www.") + "?utm_source=x")
    page = walk.tab.open("/lookup")
    page.fill("#url", "https://unknown.example/x")
    page.click("main form button")
    page.wait_for_url("**/lookup?url=*")
    assert "unknown.example" in page.locator("main").inner_html()


def similar_articles_of_an_article(walk: Walk) -> None:
    first = walk.article()
    link = walk.page.locator("section:has(h2:text('More like this')) li a").first
    other = link.inner_text()
    link.click()
    walk.page.wait_for_function("was => document.querySelector('h1').innerText !== was", arg=first)
    assert walk.page.locator("h1").inner_text() == other != first


def an_author_that_was_misread_is_corrected_and_comes_back(walk: Walk) -> None:
    walk.article()
    page = walk.page
    page.click("text=Something is wrong")
    page.wait_for_url("**correct=authors*")
    page.fill("#cv", "Maria Okafor; Thomas Whitfield")
    page.fill("#cw", "he signs in full")
    page.click("text=Save the correction")
    page.wait_for_url("**done=*")
    assert "Thomas Whitfield" in page.locator(".fact").inner_text()
    assert "he signs in full" in page.locator("main").inner_text()
    page = walk.tab.open("/corrections")
    assert "Thomas Whitfield" in page.locator("table").inner_text()
    page.locator("table button[value=undo]").first.click()
    page.wait_for_url("**done=*")
    walk.article()
    assert "Thomas Whitfield" not in walk.page.locator(".fact").inner_text()


def why_last_night_missed_a_site(walk: Walk) -> None:
    page = walk.tab.open("/sources")
    page.locator("main").get_by_role("link", name=POST).first.click()
    page.wait_for_url(f"**/sources/{POST}")
    assert "slow down" in page.locator("main").inner_text()
    page = walk.tab.open("/crawls")
    page.locator("main a[href='/crawls/1']").first.click()
    page.wait_for_url("**/crawls/1")
    lost = page.locator("section:has(h2:text('Refused and failed'))")
    assert POST in lost.inner_text()
    assert "timeout" in lost.inner_text()


TASKS: tuple[Callable[[Walk], None], ...] = (
    all_by_one_author_of_a_year_on_a_subject,
    two_sources_by_month_in_one_chart,
    a_citation_in_three_styles_for_a_program_and_for_zotero,
    news_of_a_search_by_its_list_and_its_feed,
    five_hundred_hits_as_csv_while_the_index_grows,
    what_changed_in_an_article,
    an_address_leads_to_its_article_or_says_that_there_is_none,
    similar_articles_of_an_article,
    an_author_that_was_misread_is_corrected_and_comes_back,
    why_last_night_missed_a_site,
)
WINDOWS = ((True, 1280), (True, 390), (False, 1280), (False, 390))


def walks() -> Iterator[Any]:
    for task in TASKS:
        for javascript, width in WINDOWS:
            name = f"{task.__name__}-{'script' if javascript else 'plain'}-{width}"
            yield pytest.param(task, javascript, width, marks=pytest.mark.soak, id=name)


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.mark.parametrize(("task", "javascript", "width"), [*walks()])
def test_a_task_is_done(browser: "Browser", folder: Path, task: Callable[[Walk], None], javascript: bool, width: int):
    app = app_over(folder)
    with closing(app.extensions[EXTENSION]), served(app) as server:
        context = browser.new_context(java_script_enabled=javascript, viewport={"width": width, "height": 900})
        with closing(context):
            tab = Tab(context.new_page(), server.url.rstrip("/"))
            task(Walk(tab, app, folder, narrow=width < 600))
            assert tab.strangers == []
            assert tab.complaints == []
            if javascript:
                assert tab.page.evaluate("document.documentElement.scrollWidth") <= width


def test_axe_finds_nothing_on_the_pages_that_are_most_read(browser: "Browser", site: str, app: Flask):
    mark = app.extensions[EXTENSION].store.by_url(COUNCIL.url).mark
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{site}/search?q=flood")
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{site}/a/{mark}")
    assert violations(page) == []
    context.close()
