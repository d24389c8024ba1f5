"""Every kind of page in each language and width, with and without JavaScript: nothing sticks out, nothing is dead.

`make soak` surveys all kinds of pages in all five languages; test_browser.py and test_browser_extras.py look at those
that are most read.
"""

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from tests.web.conftest import served
from tests.web.test_axe import pages
from tests.web.test_browser import CHROMIUM, FLAGS, playwright
from web.languages.choice import LANGUAGES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium found: apt-get install chromium"),
]

WIDTHS = (1280, 390, 320)
# Controls that a reader sees, and that do nothing without a script: buttons of no form, fields that no form sends,
# links that lead nowhere, or to a place that the page does not have.
DEAD = """() => {
  const seen = each => each.checkVisibility({visibilityProperty: true}) && !each.closest('noscript');
  const say = each => each.outerHTML.slice(0, 120);
  const buttons = [...document.querySelectorAll('button, input, select, textarea')].filter(each => !each.form);
  const links = [...document.querySelectorAll('a')].filter(each => {
    const to = each.getAttribute('href');
    return !to || /^javascript:/i.test(to) || (to.length > 1 && to[0] === '#' && !document.getElementById(to.slice(1)));
  });
  const shown = [...document.querySelectorAll('[data-script-only], [onclick]')];
  return [...buttons, ...links, ...shown].filter(seen).map(say);
}"""
SENDS_NOTHING = """() => [...document.forms].filter(form =>
  form.checkVisibility() && ![...form.elements].some(each => each.type === 'submit' && !each.disabled)
).map(form => form.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


def too_wide(page: "Page", address: str) -> list[str]:
    """Return the widths at which a page scrolls sideways; no script asks for the width, so it is opened once."""
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.goto(address)
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append(f"{address} at {width} px: {wide} px wide")
    return found


def dead(page: "Page", address: str) -> list[str]:
    """Return the controls of a page that do nothing."""
    page.goto(address)
    return [f"{address}: {each}" for each in [*page.evaluate(DEAD), *page.evaluate(SENDS_NOTHING)]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_kind_of_page_scrolls_sideways_in_any_language(browser: "Browser", desk: Flask, language: str):
    prefix = "" if language == "en" else f"/{language}"
    with served(desk) as server, closing(browser.new_context()) as context:
        page, site = context.new_page(), server.url.rstrip("/")
        found = [each for path in pages(desk) for each in too_wide(page, f"{site}{prefix}{path}")]
    assert not found, "\n".join(found)


def test_every_control_of_every_kind_of_page_works_without_javascript(browser: "Browser", desk: Flask):
    with served(desk) as server, closing(browser.new_context(java_script_enabled=False)) as context:
        page, site = context.new_page(), server.url.rstrip("/")
        found = [each for path in pages(desk) for each in dead(page, site + path)]
    assert not found, "\n".join(found)
