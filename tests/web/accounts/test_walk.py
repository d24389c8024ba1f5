"""Each role in a real browser: led to the form, signed in, at work, signed out."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.web.accounts.conftest import PASSWORD
from tests.web.conftest import served
from tests.web.test_browser import CHROMIUM, FLAGS, Tab, playwright

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium found: apt-get install chromium")


@pytest.fixture
def shared_site(shared: Flask) -> Iterator[str]:
    """The address of a corpus that people sign in to."""
    with served(shared) as server:
        yield server.url.rstrip("/")


def test_each_role_signs_in_works_and_signs_out(shared_site: str):
    walk_of_each_role(shared_site)


def walk_of_each_role(shared_site: str) -> None:
    """Walk, wherever the pages are served."""
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for role, javascript, width in (("reader", True, 1280), ("editor", False, 390), ("admin", True, 390)):
            context = browser.new_context(
                java_script_enabled=javascript, viewport={"width": width, "height": 900}, ignore_https_errors=True
            )
            tab = Tab(context.new_page(), shared_site)
            page = tab.open("/search?q=flood")
            page.fill("#name", role)
            page.fill("#password", PASSWORD)
            page.click("main button")
            page.wait_for_url(f"{shared_site}/search?q=flood")
            page.click("a[href='#save']")
            page.fill("#sn", f"Floods of the {role}")
            page.locator("#save button").click()
            page.wait_for_url(f"{shared_site}/saved?done=*")
            assert page.locator("tbody th").all_inner_texts()[0].startswith(f"Floods of the {role}")
            assert page.locator("nav a[href$='/people']").count() == (role == "admin")
            page.click("nav a[href$='/account']")
            page.wait_for_load_state()
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth") if javascript else True
            page.click("text=Sign out >> nth=0")
            page.wait_for_url(f"{shared_site}/login*")
            page.go_back()
            tab.open("/saved")
            assert page.locator("#password").count() == 1
            assert (tab.strangers, tab.complaints) == ([], [])
            context.close()
        browser.close()
