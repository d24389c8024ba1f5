"""Whoever changes something by keyboard stands on what was done, with Undo as the next stop, with JavaScript or not."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from tests.web.conftest import client_of, served, token_of
from tests.web.test_browser import CHROMIUM, PATIENCE, browser  # noqa: F401  fixture
from web.layout.services import EXTENSION

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium found: apt-get install chromium")


@pytest.fixture(params=[True, False], ids=["script", "plain"])
def page(browser: "Browser", desk: Flask, request: pytest.FixtureRequest) -> "Iterator[Page]":  # noqa: F811
    with served(desk) as server:
        context = browser.new_context(java_script_enabled=request.param, base_url=server.url)
        context.set_default_timeout(PATIENCE)
        yield context.new_page()
        context.close()


def test_what_was_done_has_the_focus_and_undo_is_next(page: "Page"):
    page.goto("/dossiers")
    page.focus("main form [name=name]")
    page.keyboard.type("The sea wall")
    page.keyboard.press("Enter")
    page.locator("[role=status]:focus", has_text="“The sea wall” is begun.").wait_for()
    page.keyboard.press("Tab")
    assert page.locator("button:focus").inner_text() == "Undo"
    page.keyboard.press("Enter")
    page.locator("[role=status]:focus").wait_for()


def test_a_page_without_a_change_takes_no_focus(page: "Page"):
    page.goto("/dossiers")
    assert page.locator(":focus").count() == 0


def mark_of(desk: Flask) -> str:
    return str(desk.extensions[EXTENSION].store.newest(1)[0].mark)


# A form, the button that sends it, and the part of the page that it stands in.
PARTS = {
    "tags of an article": (lambda mark, _: f"/a/{mark}", "form[action='/tags'] button", "#kept"),
    "who reads a dossier": (lambda _, dossier: dossier, "#share form button", "#share"),
    "a bundle": (lambda _, dossier: f"{dossier}/history", "#bundles form button", "#bundles"),
    "the address of a feed": (lambda *_: "/saved?change=1", "button[form=na]", "#s1"),
}


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("part", PARTS)
def test_what_was_done_in_a_part_of_a_page_is_said_there_and_has_the_focus(
    page: "Page", desk: Flask, part: str, width: int
):
    client = client_of(desk)
    token = token_of(client)
    client.post("/saved", data={"token": token, "search": "q=flood", "name": "Floods"})
    fields = {"what": "all", "search": "?q=flood", "dossier": "new", "dossier_name": "Walls"}
    begun = client.post("/keep", data={"token": token, **fields})
    dossier = begun.headers["Location"].partition("?")[0]
    address, button, place = PARTS[part]
    page.set_viewport_size({"width": width, "height": 500})
    page.goto(address(mark_of(desk), dossier))
    for closed in page.locator(f"details:not([open]):has({button}) > summary").all():
        closed.press("Enter")
    page.locator(button).first.press("Enter")
    line = page.locator(f"{place} [role=status]:focus")
    line.wait_for()
    assert page.locator("#done").count() == 1
    assert page.url.endswith("#done")
    top = line.evaluate("e => e.getBoundingClientRect().top")
    assert -1 <= top < 450
    if line.locator("button").count():
        page.keyboard.press("Tab")
        assert page.locator(f"{place} button:focus").inner_text() == "Undo"
        page.keyboard.press("Enter")
        page.locator(f"{place} [role=status]:focus", has_text="Undone:").wait_for()


def test_a_passage_that_was_marked_is_shown_where_it_stands_with_the_line_above_it(page: "Page", desk: Flask):
    page.set_viewport_size({"width": 390, "height": 400})
    page.goto(f"/a/{mark_of(desk)}")
    words = page.locator(".text p").last.inner_text().split(".")[0]
    page.locator("#mark summary").press("Enter")
    page.fill("#quote", words)
    page.locator("#mark button").press("Enter")
    page.locator(".text [role=status]:focus").wait_for()
    assert page.locator("#p1").evaluate("e => e.getBoundingClientRect().bottom < innerHeight")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("main > [role=status]:focus", has_text="Undone:").wait_for()  # the part is gone
    assert page.locator("#p1").count() == 0
