"""The pages in a real browser: Debian's chromium over a real socket."""

import re
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from tests.web.corpus import COUNCIL
from tests.web.looks import Look, look_at
from web.layout.services import EXTENSION

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

playwright = pytest.importorskip("playwright.sync_api", reason="the browser tests need playwright")

# The one without a window of its own lays out and paints with the same engine, and takes half or less of the CPU.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium found: apt-get install chromium")

PAGES = (
    "/",
    "/search?q=flood&from=2021",
    "/search?q=%22flood+defences%22+OR+防洪+-insurance&author=none&author=maria-okafor",
    "/search?q=flood&site=coastpost.example&from=2019&to=2019",
    "/facets/author?q=flood",
    "/trends?q=flood&q=insurance&q=school&from=2021&mean=3&y=share",
    "/authors/maria-okafor",
    "/sources",
    "/sources/valley-herald.example",
    "/crawls",
    "/crawls/1",
    "/help/search",
    "/about",
    "/lookup?url=https://unknown.example/x",
    "/saved",
    "/dossiers",
    "/receipts",
    "/samples",
)
# Only the last such switch counts, so what Playwright turns off is named again. The last two are hidden pages under the
# address bar, made for each window: a quarter of what the browser takes.
FEATURES = (
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,"
    "LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect,"
    "OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch,WebUIOmniboxPopup,WebUIOmniboxAimPopup"
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-sync",
    # One site is open, ours: a process for each frame and one in reserve are a sixth of what the browser takes.
    "--disable-site-isolation-trials",
    "--process-per-site",
    f"--disable-features={FEATURES}",
]

PATIENCE = 30_000  # milliseconds: only a test that fails waits so long


class Tab:
    """A browser page that remembers what it asked for and what it complained of."""

    def __init__(self, page: "Page", site: str) -> None:
        self.page = page
        self.site = site
        self.strangers: list[str] = []
        self.complaints: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda asked: self._asked(asked.url))
        page.on(
            "console", lambda said: self.complaints.append(said.text) if said.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _asked(self, url: str) -> None:
        if not url.startswith((self.site, "data:")):
            self.strangers.append(url)

    def open(self, path: str) -> "Page":
        self.page.goto(self.site + path)
        return self.page


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def tab(browser: "Browser", site: str) -> Iterator[Tab]:
    """A tab of 1280 by 900; the test fails if it asked elsewhere or the console complained."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = Tab(context.new_page(), site)
    yield tab
    context.close()
    assert tab.strangers == []
    assert tab.complaints == []


@pytest.fixture
def plain(browser: "Browser", site: str) -> Iterator[Tab]:
    """A tab without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    tab = Tab(context.new_page(), site)
    yield tab
    context.close()
    assert tab.strangers == []


@pytest.fixture
def article(app: Flask) -> str:
    """The address of the revised article, as a hit of a search."""
    return f"/a/{app.extensions[EXTENSION].store.by_url(COUNCIL.url).mark}?q=flood+defences"


@pytest.fixture(scope="module")
def every_page(app: Flask) -> tuple[str, ...]:
    """The pages above, those of the revised article, and hits in two directions."""
    mark = app.extensions[EXTENSION].store.by_url(COUNCIL.url).mark
    of_article = (f"/a/{mark}?q=flood+defences", f"/a/{mark}/diff/1..2", f"/a/{mark}/revisions")
    return (*PAGES, *of_article, "/search?q=hostile+OR+فيضانات")


def total(page: "Page") -> int:
    return int(re.sub(r"\D", "", page.locator("#count").inner_text()))


# ---------------------------------------------------------------- without JavaScript


def test_a_search_with_facets_works_without_javascript(plain: Tab):
    page = plain.open("/")
    page.fill("#q", "flood")
    page.click(".box button")
    assert page.url.endswith("/search?q=flood")
    before = total(page)
    page.check("input[name=site][value='coastpost.example']")
    page.click("text=Apply filters")
    assert page.url.endswith("/search?q=flood&site=coastpost.example")
    assert 0 < total(page) < before
    page.click("a.chip:has-text('coastpost')")
    assert page.url.endswith("/search?q=flood")


def test_sorting_and_one_period_of_the_table_work_without_javascript(plain: Tab):
    page = plain.open("/search?q=flood&from=2021")
    page.select_option("select[name=sort]", "old")
    page.click("noscript button")
    assert "sort=old" in page.url
    page.click("text=Show as a table")
    page.click("section[aria-labelledby=time] tbody input >> nth=0")
    assert re.search(r"from=(\d{4}[^&]*)&to=\1", page.url)


def test_from_a_hit_to_the_next_and_back_works_without_javascript(plain: Tab):
    page = plain.open("/search?q=flood")
    page.click(".hit h3 a >> nth=0")
    first = page.locator("h1").inner_text()
    page.click("a[rel=next]")
    assert page.locator("h1").inner_text() != first
    assert "2 of" in page.locator(".side").inner_text()
    page.click("text=results")
    assert page.url.endswith("/search?q=flood")


# ---------------------------------------------------------------- with it


def test_checking_a_facet_changes_results_and_address_without_a_new_page(tab: Tab):
    page = tab.open("/search?q=flood")
    before = total(page)
    page.evaluate("window.here = 1")
    page.check("input[name=site][value='coastpost.example']")
    page.wait_for_url("**/search?q=flood&site=coastpost.example")
    page.wait_for_selector("a.chip:has-text('coastpost')")
    assert 0 < total(page) < before
    assert page.evaluate("window.here") == 1
    assert page.evaluate("document.activeElement.value") == "coastpost.example"
    page.check("input[name=site][value='valley-herald.example']")
    page.wait_for_url("**&site=valley-herald.example")
    page.go_back()
    playwright.expect(page.locator("a.chip")).to_have_count(2)
    assert page.url.endswith("/search?q=flood&site=coastpost.example")


def test_dragging_over_the_histogram_sets_both_ends(tab: Tab):
    page = tab.open("/search?q=flood&from=2021&by=year")
    area = page.locator("#results .hist").bounding_box()
    assert area
    middle = area["y"] + area["height"] / 2
    page.mouse.move(area["x"] + area["width"] * 0.25, middle)
    page.mouse.down()
    page.mouse.move(area["x"] + area["width"] * 0.45, middle)
    page.mouse.up()
    page.wait_for_url("**from=2022&to=2023**")


def test_a_filter_costs_one_request_and_says_that_it_is_busy(tab: Tab):
    page = tab.open("/search?q=flood")
    page.evaluate(
        "new MutationObserver(() => busy = 1).observe(document, {attributeFilter: ['aria-busy'], subtree: true})"
    )
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.check("input[name=site][value='coastpost.example']")
    page.wait_for_url("**/search?q=flood&site=coastpost.example")
    assert len(asked) == 1
    assert page.evaluate("busy") == 1
    assert page.locator("[aria-busy]").count() == 0


def test_the_histogram_says_its_values_to_the_pointer_and_to_the_keyboard(tab: Tab):
    page = tab.open("/search?q=flood&from=2019&by=year")
    chart = page.locator("#results .over")
    area = chart.bounding_box()
    assert area
    page.mouse.move(area["x"] + 2, area["y"] + 40)
    assert page.locator(".tip").inner_text() == "2019: no data"
    page.mouse.move(0, 0)
    chart.focus()
    page.keyboard.press("End")
    assert chart.get_attribute("aria-valuetext") == page.locator(".tip").inner_text()
    page.keyboard.press("Shift+ArrowLeft")
    assert page.locator(".tip").inner_text() == "2025 to 2026"
    page.keyboard.press("Enter")
    page.wait_for_url("**from=2025&to=2026**")


def test_completions_can_be_walked_and_chosen_by_keyboard(tab: Tab):
    page = tab.open("/")
    page.fill("#q", "okaf")  # at once: after a pause the list of the next letters takes the place of this one
    page.wait_for_selector("#list [role=option]")
    assert page.get_attribute("#q", "aria-expanded") == "true"
    assert "suggestions available" in page.locator(".box + p[role=status]").inner_text()
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#q", "aria-activedescendant") == "o0"
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?*okafor*")
    page.wait_for_selector(".hit")


def test_keys_walk_the_hits_and_stay_quiet_in_fields(tab: Tab):
    page = tab.open("/search?q=flood")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement === document.querySelectorAll('.hit h3 a')[0]")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("End")
    page.keyboard.type("jk")
    assert page.input_value("#q") == "floodjk" or page.input_value("#q") == "jk"
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("]")
    page.wait_for_url("**page=2")


def test_keys_can_be_turned_off(tab: Tab):
    page = tab.open("/help/search")
    page.click("#turn")
    page.goto(tab.site + "/search?q=flood")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") != "q"


def test_the_key_that_marks_a_passage_takes_what_is_selected_and_nothing_empty(tab: Tab, article: str):
    page = tab.open(article)
    page.evaluate("getSelection().selectAllChildren(document.querySelector('.text p'))")
    page.keyboard.press("m")
    words = page.input_value("#quote")
    assert words == page.inner_text(".text p").strip()
    page.evaluate("document.activeElement.blur(); getSelection().collapse(document.querySelector('.text p'), 0)")
    page.keyboard.press("m")  # a click into the text leaves a place there, and no words
    assert page.input_value("#quote") == words


def test_the_arrows_of_an_article_step_from_mark_to_mark(tab: Tab, article: str):
    page = tab.open(article)
    forward = page.locator("[data-find='0'][data-step='1']")
    forward.click()
    assert page.url.endswith("#w0-1")
    forward.click()
    assert page.url.endswith("#w0-2")


# ---------------------------------------------------------------- for everyone


@pytest.fixture(scope="module")
def looks(browser: "Browser", site: str, every_page: tuple[str, ...]) -> dict[tuple[str, str], Look]:
    """Scheme and path -> its look; each page is opened once in each scheme, for all who ask."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab, looks = Tab(context.new_page(), site), {}
    for scheme in ("light", "dark"):
        tab.page.emulate_media(color_scheme=scheme)
        for path in every_page:
            page = tab.open(path)
            looks[scheme, path] = look_at(page, tab.complaints, tab.strangers)
    context.close()
    assert tab.complaints == tab.strangers == []  # what came after a page was looked at
    return looks


def wrong(looks: dict[tuple[str, str], Look], name: str) -> dict[tuple[str, str], object]:
    return {place: found for place, look in looks.items() if (found := getattr(look, name))}


def test_no_page_complains_or_asks_elsewhere_in_either_scheme(looks: dict[tuple[str, str], Look]):
    assert len(looks) == 2 * (len(PAGES) + 4)
    assert wrong(looks, "complaints") == wrong(looks, "strangers") == {}


def test_no_page_scrolls_sideways(tab: Tab, every_page: tuple[str, ...]):
    for path in every_page:
        tab.page.set_viewport_size({"width": 320, "height": 800})
        page = tab.open(path)
        for width in (320, 390, 900):  # no script asks for the width, so a page need not be opened for each
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (width, path)


def test_the_filters_of_a_narrow_page_open_and_close_by_link(tab: Tab):
    tab.page.set_viewport_size({"width": 390, "height": 800})
    page = tab.open("/search?q=flood&site=coastpost.example")
    assert not page.is_visible("#filters")
    page.click("text=Filter · 1")
    assert page.is_visible("#filters")
    page.click("#filters >> text=Close")
    assert not page.is_visible("#filters")


def test_an_arabic_article_reads_from_the_right(tab: Tab):
    page = tab.open("/search?q=فيضانات")
    words, block = (page.locator(each).first.bounding_box() or {} for each in (".hit h3 a", ".hit h3"))
    assert words["x"] > block["x"] + 100
    page.click(".hit h3 a")
    assert page.locator("h1").evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert page.locator(".text p").first.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert page.locator(".prov").evaluate("e => getComputedStyle(e).direction") == "ltr"
    text, column = page.locator("h1").bounding_box(), page.locator("article").bounding_box()
    assert text
    assert column
    assert abs(text["x"] + text["width"] - column["x"] - column["width"]) < 2


def test_the_first_tab_stop_skips_to_the_results(tab: Tab):
    page = tab.open("/search?q=flood")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to results"
    page.keyboard.press("Enter")
    page.wait_for_url("**#count")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "sort"  # behind the filters and the chart


def test_names_headings_ids_and_lists_are_sound(looks: dict[tuple[str, str], Look]):
    assert wrong(looks, "names") == {}


def test_every_text_has_contrast_in_either_scheme(looks: dict[tuple[str, str], Look]):
    assert wrong(looks, "contrasts") == {}
    grounds = {(scheme, look.ground) for (scheme, _), look in looks.items()}
    assert grounds == {("light", "rgb(253, 253, 252)"), ("dark", "rgb(19, 22, 26)")}


def test_the_tab_key_reaches_everything_within_125_stops(tab: Tab):
    page = tab.open("/search?q=flood+defences&from=2021")
    stops = page.evaluate(
        "[...document.querySelectorAll('a[href],button,select,summary,input:not([type=hidden])')]"
        ".filter(e => e.checkVisibility() && !e.closest('noscript')).length"
    )
    assert page.locator(".hit").count() == 20
    assert stops <= 125


def test_paper_gets_the_text_its_mark_and_the_day_and_no_tools(tab: Tab, article: str):
    page = tab.open(article)
    page.emulate_media(media="print")
    assert page.is_visible(".text")
    assert "retrieved 23 Nov 2026" in page.locator(".ponly").inner_text()
    for hidden in ("nav", ".tools", ".find", ".rec", "footer"):
        assert not page.is_visible(hidden), hidden


def test_forced_colours_keep_the_bars_and_the_words_of_states(tab: Tab):
    tab.page.emulate_media(forced_colors="active")
    page = tab.open("/search?q=flood")
    assert page.locator(".hist path.b").evaluate("e => getComputedStyle(e).fill") != "rgb(86, 107, 134)"
    assert "blocked" in tab.open("/sources").locator("table").inner_text()
