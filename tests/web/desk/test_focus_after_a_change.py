"""Whoever changes something by keyboard stands on what was done, with Undo as the next stop, with JavaScript or not."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from tests.web.conftest import served
from tests.web.test_browser import CHROMIUM, browser  # noqa: F401  fixture

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium found: apt-get install chromium")


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def page(browser: "Browser", desk: Flask, request: pytest.FixtureRequest) -> "Iterator[Page]":  # noqa: F811
    with served(desk) as server:
        context = browser.new_context(java_script_enabled=request.param, base_url=server.url)
        yield context.new_page()
        context.close()


def test_what_was_done_has_the_focus_and_undo_is_next(page: "Page"):
    page.goto("/dossiers")
    page.focus("main form [name=name]")
    page.keyboard.type("The sea wall")
    page.keyboard.press("Enter")
    page.get_by_text("“The sea wall” is begun.").wait_for()
    assert page.locator("[role=status]:focus").count() == 1
    page.keyboard.press("Tab")
    assert page.locator("button:focus").inner_text() == "Undo"
    page.keyboard.press("Enter")
    page.locator("[role=status]:focus").wait_for()


def test_a_page_without_a_change_takes_no_focus(page: "Page"):
    page.goto("/dossiers")
    assert page.locator(":focus").count() == 0
