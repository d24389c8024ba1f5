"""Every kind of page, in every language, at four widths: nothing stands beyond the edge, and a button has one line."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from tests.web.accounts.conftest import people, sign_in_by_browser
from tests.web.conftest import app_over, served
from tests.web.test_axe import pages
from tests.web.test_browser import CHROMIUM, FLAGS, playwright
from web.layout.services import EXTENSION

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium found: apt-get install chromium"),
]

LANGUAGES = ("fr", "es", "de", "ar")
WIDTHS = (1280, 769, 390, 320)
BROKEN = """(() => {
    const root = document.documentElement, found = []
    if (root.scrollWidth > root.clientWidth) found.push(`${root.scrollWidth} px wide`)
    for (const button of document.querySelectorAll('button, .btn')) {
        if (!button.getClientRects().length) continue
        const style = getComputedStyle(button), size = name => parseFloat(style[name]) || 0
        const sides = ['paddingTop', 'paddingBottom', 'borderTopWidth', 'borderBottomWidth']
        const height = button.getBoundingClientRect().height - sides.reduce((n, side) => n + size(side), 0)
        const line = size('lineHeight') || 1.5 * size('fontSize')
        if (height > 1.6 * line) found.push(`two lines: ${button.textContent.trim()}`)
    }
    return found
})()"""


def broken(page: "Page", site: str, paths: list[str]) -> Iterator[str]:
    """Yield what stands beyond the edge, or in two lines, with the page, its language and width."""
    for path in paths:
        for language in LANGUAGES:
            page.goto(f"{site}/{language}{path}")
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                yield from (f"/{language}{path} at {width}: {each}" for each in page.evaluate(BROKEN))


def seen(app: Flask, paths: list[str], *, person: str = "") -> list[str]:
    """Return what is broken on the pages of an app; `person` signs in first."""
    with served(app) as server, playwright.sync_playwright() as started:
        site = server.url.rstrip("/")
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_context().new_page()
        page.set_default_timeout(60_000)
        if person:
            sign_in_by_browser(page, site, person)
        found = list(broken(page, site, paths))
        browser.close()
    return found


def test_no_page_is_wider_than_its_window_and_no_button_breaks(desk: Flask):
    assert seen(desk, pages(desk)) == []


def test_nor_does_a_page_of_accounts(folder: Path):
    app = people(app_over(folder, web={"accounts": "password"}))
    assert seen(app, ["/login"]) == []
    assert seen(app, ["/account", "/people", "/audit", "/"], person="admin") == []
    app.extensions[EXTENSION].close()
