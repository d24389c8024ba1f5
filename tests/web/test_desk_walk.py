"""A reader at the desk, in a real browser, with and without JavaScript: keep, note, order, save, count, undo."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.web.conftest import served
from tests.web.test_browser import CHROMIUM, FLAGS, Tab, playwright

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium found: apt-get install chromium")


@pytest.fixture
def desk_site(desk: Flask) -> Iterator[str]:
    """The address of a corpus that may be changed."""
    with served(desk) as server:
        yield server.url.rstrip("/")


@pytest.mark.parametrize(
    ("javascript", "width"),
    [
        (True, 1280),
        (False, 390),
        pytest.param(True, 390, marks=pytest.mark.soak),
        pytest.param(False, 1280, marks=pytest.mark.soak),
    ],
)
def test_what_was_found_is_kept_noted_ordered_counted_and_handed_on(desk_site: str, javascript: bool, width: int):
    walk_of_a_desk(desk_site, javascript=javascript, width=width)


def walk_of_a_desk(desk_site: str, *, javascript: bool, width: int) -> None:
    """Walk, wherever the pages are served."""
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(
            java_script_enabled=javascript, viewport={"width": width, "height": 900}, ignore_https_errors=True
        )
        tab = Tab(context.new_page(), desk_site)
        page = tab.open("/search?q=flood")
        boxes = page.locator("input[name=mark]")
        boxes.nth(0).check()
        boxes.nth(2).check()
        first, second = boxes.nth(0).get_attribute("value"), boxes.nth(2).get_attribute("value")
        page.click("a[href='#dossier']")
        page.select_option("#dd", "new")
        page.fill("#nd", "The sea wall")
        page.click("text=Keep checked")
        page.wait_for_url(f"{desk_site}/d/d-*")
        assert page.locator("li.item").count() == 2
        dossier = page.url.partition("?")[0]

        page.locator(f"#{first} >> text=Add").click()
        page.fill("#note", "Start here.")
        page.fill("#tags", "money, to check")
        page.click("button[value=note]")
        assert page.locator(f"#{first} .pen:not(#done)").inner_text().startswith("Start here.")
        page.fill(f"input[name=place-{second}]", "0")
        page.click("text=Put in this order")
        assert page.locator("li.item").first.get_attribute("id") == second
        page.click("text=Undo")
        assert page.locator("li.item").first.get_attribute("id") == first

        tab.open("/search?q=flood")
        page.click("a[href='#save']")
        page.fill("#sn", "Floods")
        page.locator("#save button").click()
        page.wait_for_url(f"{desk_site}/saved?done=*")
        assert "“Floods” is saved" in page.locator("[role=status]").inner_text()
        page.locator("button[value=pause]").click()
        assert "paused by hand" in page.locator("table").inner_text()

        tab.open("/search?q=flood")
        page.click("a[href='#keep']")
        page.fill("#kp", "chapter 3")
        page.locator("#keep button").click()
        page.wait_for_url(f"{desk_site}/q/q-*")
        assert "its checksum agrees" in page.locator(".sum").inner_text()

        for path in (dossier.removeprefix(desk_site), "/dossiers", "/receipts", "/saved?change=1"):
            tab.open(path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        browser.close()
    assert tab.strangers == []
    assert tab.complaints == []
