"""The pages by the keyboard alone, in a real browser: what Enter does, where a panel opens and leads back."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from corpus.store import ArticleStore
from tests.web.conftest import client_of, served
from tests.web.corpus import COUNCIL
from tests.web.test_axe import pages
from tests.web.test_browser import CHROMIUM, Tab, browser, total  # noqa: F401  fixtures

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium found: apt-get install chromium")

# A field, and the button that Enter presses in it: the first of its form, which should be the next one behind it.
STRANGE = """() => [...document.querySelectorAll('input')].filter(e => e.form
  && /text|search|email|url|number|password|date|tel/.test(e.type)
  && !e.form.elements[0].matches('.box input') && e.form.id !== 'f').map(e => {
  const buttons = [...e.form.elements].filter(b => b.type === 'submit');
  const next = buttons.find(b => e.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING);
  return buttons.length > 1 && (buttons[0] !== next || next.matches('.plain')) &&
    `${e.name}: Enter presses ${buttons[0].textContent}, before ${next?.textContent}`;
}).filter(Boolean)"""


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def desk_tab(browser: "Browser", desk: Flask, request: pytest.FixtureRequest) -> Iterator[Tab]:  # noqa: F811
    """A tab of a corpus that may be changed, with and without JavaScript."""
    with served(desk) as server:
        context = browser.new_context(java_script_enabled=request.param, viewport={"width": 1280, "height": 800})
        tab = Tab(context.new_page(), server.url.rstrip("/"))
        yield tab
        context.close()
    assert tab.complaints == []


def test_no_form_stands_in_another_on_any_page(desk: Flask):
    found = []
    for path in pages(desk):
        depth = 0
        for tag in re.findall(r"</?form\b", client_of(desk).get(path).text):
            depth += 1 if tag == "<form" else -1
            if depth > 1:  # a browser drops the inner one, and its buttons send the outer
                found.append(path)
    assert found == []


def test_an_export_of_some_fields_is_taken_by_the_keyboard(desk_tab: Tab):
    page = desk_tab.open("/export?q=flood&author=maria-okafor")
    page.locator("input[value=byline]").press("Space")
    with page.expect_download() as started:
        page.get_by_role("button", name="CSV", exact=True).press("Enter")
    rows = list(csv.DictReader(io.StringIO(Path(started.value.path()).read_text(encoding="utf-8"))))
    assert rows
    assert {each["authors"].count("Maria Okafor") for each in rows} == {1}
    assert "byline" not in rows[0]
    assert page.url.endswith("/export?q=flood&author=maria-okafor")


def test_enter_presses_the_button_beside_its_field_on_every_page(browser: "Browser", desk: Flask):  # noqa: F811
    found = {}
    with served(desk) as server:
        page = browser.new_page()
        for path in [*pages(desk), "/search?q=flood"]:
            page.goto(server.url.rstrip("/") + path)
            if strange := page.evaluate(STRANGE):
                found[path] = strange
        page.close()
    assert found == {}


@pytest.mark.parametrize(
    ("panel", "field", "leads"), [("save", "#sn", "/saved"), ("keep", "#kp", "/q/"), ("dossier", "#nd", "/d/")]
)
def test_enter_in_a_panel_does_what_the_panel_says(desk_tab: Tab, panel: str, field: str, leads: str):
    page = desk_tab.open("/search?q=flood")
    page.locator("input[name=mark]").first.press("Space")
    page.locator(f"a[href='#{panel}']").press("Enter")
    page.fill(field, "Walls")
    page.press(field, "Enter")
    page.wait_for_url(f"**{leads}*done=*")
    assert "Walls" in page.locator("main").inner_text()


def test_a_name_that_is_typed_beside_another_dossier_begins_one(desk_tab: Tab, store: ArticleStore):
    for name in ("Walls", "Gates", "Gates"):
        page = desk_tab.open("/search?q=flood")
        page.locator("input[name=mark]").nth(store.dossiers.revision % 7).press("Space")
        page.locator("a[href='#dossier']").press("Enter")
        page.fill("#nd", name)
        page.press("#nd", "Enter")
        page.wait_for_url("**done=*")
        assert name in page.locator("[role=status]").inner_text()
    assert sorted(each.name for each in store.dossiers.all()) == ["Gates", "Walls"]


def test_undo_of_a_change_of_an_article_leads_back_to_it(desk_tab: Tab, store: ArticleStore):
    stored = store.by_url(COUNCIL.url)
    assert stored
    page = desk_tab.open(f"/a/{stored.mark}?correct=authors")
    page.fill("#cv", "Maria Okafor; Thomas Whitfield")
    page.press("#cw", "Enter")
    page.wait_for_url("**done=*")
    page.locator("[role=status]:focus").wait_for()  # the browser gives it the focus when it has drawn the page
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("[role=status]:focus", has_text="Undone:").wait_for()
    assert f"/a/{stored.mark}" in page.url


def test_a_note_is_written_before_the_button_that_keeps_it(desk_tab: Tab, store: ArticleStore):
    stored = store.by_url(COUNCIL.url)
    assert stored
    page = desk_tab.open(f"/a/{stored.mark}")
    page.fill("#nd", "Walls")
    for key in ("Tab", "Enter", "Tab", "S", "e", "a", "Tab", "Enter"):
        page.keyboard.press(key)
    page.wait_for_url("**/d/*done=*")
    assert page.locator(".item .pen").inner_text().startswith("Sea")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_form_that_a_link_opens_has_the_focus_in_its_field(desk_tab: Tab, store: ArticleStore, width: int):
    stored = store.by_url(COUNCIL.url)
    assert stored
    desk_tab.page.set_viewport_size({"width": width, "height": 844})
    page = desk_tab.open(f"/a/{stored.mark}")
    page.fill("#nd", "Walls")
    page.press("#nd", "Enter")
    page.wait_for_url("**/d/*done=*")
    page.get_by_role("link", name=f"Add note and tags of {stored.mark}").press("Enter")
    page.locator("#note:focus").wait_for()
    desk_tab.open("/search?q=flood#save")
    page.press("#sn", "Enter")
    page.get_by_role("link", name="Change").press("Enter")
    page.locator("#name:focus").wait_for()
    desk_tab.open(f"/a/{stored.mark}")
    page.get_by_text("Something is wrong").press("Enter")
    page.locator("#cv:focus").wait_for()
    box = page.locator("#cv").bounding_box()
    assert box
    assert 0 <= box["y"] < 844 - box["height"]


class TestWithScript:
    """What needs JavaScript: without it every change of a filter opens a new page."""

    @pytest.fixture(params=[True], ids=["script"])
    def desk_tab(self, browser: "Browser", desk: Flask, request: pytest.FixtureRequest) -> Iterator[Tab]:  # noqa: F811
        with served(desk) as server:
            context = browser.new_context(viewport={"width": 1280, "height": 800})
            tab = Tab(context.new_page(), server.url.rstrip("/"))
            yield tab
            context.close()
        assert tab.complaints == []

    @pytest.mark.parametrize(
        ("panel", "field", "leads"), [("save", "#sn", "/saved"), ("keep", "#kp", "/q/"), ("dossier", "#nd", "/d/")]
    )
    def test_what_is_kept_is_the_search_that_is_shown(self, desk_tab: Tab, panel: str, field: str, leads: str):
        page = desk_tab.open("/search?q=xyzzy")  # a page without panels comes first
        page.fill("#q", "flood")
        page.press("#q", "Enter")
        page.wait_for_url("**q=flood")
        page.locator("input[name=author][value=maria-okafor]").press("Space")
        page.wait_for_url("**author=maria-okafor*")
        found = total(page)
        assert "maria-okafor" in (page.locator("link[rel=alternate]").get_attribute("href") or "")
        page.locator(f"a[href='#{panel}']").press("Enter")
        page.fill(field, "Walls")
        page.keyboard.press("Tab")
        if panel == "dossier":
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{leads}*done=*")
        assert str(found) in page.locator("main").inner_text().split()

    def test_the_arrows_reach_every_choice_of_a_line_of_trends(self, desk_tab: Tab):
        page = desk_tab.open("/trends?q=flood&from=2025")
        lines = [each.get_attribute("value") for each in page.locator("input[name=line]").all()]
        page.locator("input[name=line]").first.focus()
        for line in lines[1:]:
            page.keyboard.press("ArrowDown")
            page.wait_for_url(f"**line={line}*")
            page.locator(f"main:not([aria-busy]) input[value={line}]:focus").wait_for()

    def test_a_panel_that_opens_leaves_the_focus_in_a_field_of_its_own(self, desk_tab: Tab):
        page = desk_tab.open("/search?q=flood")
        page.evaluate("addEventListener('hashchange', () => { document.body.id = 'opened'; })")
        page.evaluate("location.hash = 'dossier'; document.querySelector('#nd').focus()")  # before the browser says so
        page.locator("#opened #nd:focus").wait_for()

    @pytest.mark.parametrize(("panel", "field"), [("save", "sn"), ("keep", "kp"), ("dossier", "dd")])
    def test_a_panel_has_the_focus_and_gives_it_back(self, desk_tab: Tab, panel: str, field: str):
        page = desk_tab.open("/search?q=flood")
        link = page.locator(f"a[href='#{panel}']")
        for leave in ("Escape", "Close"):
            link.press("Enter")
            assert page.is_visible(f"#{panel}")
            page.locator(f"#{field}:focus").wait_for()
            if leave == "Escape":
                page.keyboard.press("Escape")
            else:
                page.locator(f"#{panel} >> text=Close").press("Enter")
            assert not page.is_visible(f"#{panel}")
            page.locator(f"a[href='#{panel}']:focus").wait_for()

    def test_escape_of_a_word_that_is_being_composed_leaves_the_panel_open(self, desk_tab: Tab):
        page = desk_tab.open("/search?q=flood#save")
        press = """of => document.activeElement.dispatchEvent(
            new KeyboardEvent('keydown', {key: 'Escape', bubbles: true, ...of}))"""
        page.evaluate(press, {"isComposing": True})
        assert page.is_visible("#save")
        page.evaluate(press, {})
        assert not page.is_visible("#save")

    def test_escape_closes_the_filters_of_a_narrow_page(self, desk_tab: Tab):
        desk_tab.page.set_viewport_size({"width": 390, "height": 844})
        page = desk_tab.open("/search?q=flood")
        page.locator("a.fbtn").press("Enter")
        page.locator("#filters input[name=author]").first.press("Escape")
        assert not page.is_visible("#filters")
        page.locator("a.fbtn:focus").wait_for()
