"""What our script adds in a real browser, values left out by hand, searches of a tab, copying; and paper."""

import re
import struct
from pathlib import Path

import pytest

from tests.web.corpus import POST
from tests.web.test_browser import CHROMIUM, Tab, article, browser, plain, tab, total  # noqa: F401  fixtures
from tests.web.test_survey import dead

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium found: apt-get install chromium")


def test_a_value_that_is_pointed_at_is_left_out_and_the_tab_remembers_its_searches(tab: Tab):  # noqa: F811
    page = tab.open("/search?q=flood")
    before = total(page)
    page.hover("#filters [data-f]>label >> nth=0")
    page.click("#filters [data-f]>label button")
    page.wait_for_url("**not.author=**")
    assert total(page) < before
    searches = tab.open("/advanced").locator("#history a")
    assert [each.get_attribute("href") for each in searches.all()][1] == "/search?q=flood"
    assert "not" in searches.first.inner_text()


def test_a_citation_is_copied_as_it_is_shown(tab: Tab, article: str):  # noqa: F811
    tab.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = tab.open(article)
    page.click("#cited + button")
    page.get_by_text("Copied", exact=True).wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == re.sub("[\u200b\u00ad]", "", page.locator("#cited").text_content() or "").strip()


def test_no_control_of_the_results_and_of_help_is_dead_without_javascript(plain: Tab):  # noqa: F811
    assert dead(plain.page, f"{plain.site}/search?q=flood") == dead(plain.page, f"{plain.site}/help/search") == []


@pytest.mark.soak
@pytest.mark.parametrize("language", ["", "/ar"])
def test_a_chart_is_taken_as_png_twice_as_fine_as_its_svg(tab: Tab, language: str):  # noqa: F811
    page = tab.open(f"{language}/trends?q=flood&from=2021&by=quarter")
    with page.expect_download() as started:
        page.click("text=PNG")
    assert started.value.suggested_filename == "trends.png"
    head = Path(started.value.path()).read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", head[16:24]) == (1920, 840)


@pytest.mark.soak
def test_a_chart_that_cannot_be_had_as_png_says_why(tab: Tab):  # noqa: F811
    page = tab.open("/trends?q=flood&from=2021&by=quarter")
    page.eval_on_selector("a[data-png]", "each => { each.href = '/help/search'; }")
    with page.expect_navigation(url="**/help/search"):
        page.click("text=PNG")


def test_paper_has_nothing_of_an_article_and_a_source_that_is_clicked_to_change_them(tab: Tab, article: str):  # noqa: F811
    tab.page.emulate_media(media="print")
    shown = (
        "[...document.querySelectorAll('main button, main [href*=correct]')].filter(e => e.checkVisibility()).length"
    )
    for path in (article, f"/sources/{POST}"):
        page = tab.open(path)
        assert page.locator("main button, main [href*=correct]").count() > 0
        assert page.evaluate(shown) == 0, path
