"""A site added and watched from the pages, in a real browser before `pressmark serve` as it is installed.

From an address typed into a form to a mail, a post and a feed that tell of an article which came later: with and
without JavaScript, wide and narrow.
"""

import email
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.policy import default
from pathlib import Path
from time import monotonic, sleep
from urllib.request import urlopen

import pytest

from tests.crawler.crawling import front, rss, story
from tests.crawler.faultweb import Site, serving
from tests.web.notify.servers import certificate, smtp, webhook
from tests.web.test_browser import CHROMIUM, FLAGS, Tab, playwright

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium found: apt-get install chromium"),
    pytest.mark.soak,
]

WINDOWS = [(True, 1280), (False, 1280), (True, 390), (False, 390)]
TEXTS = {
    "morning": "The water stood at the doors before anybody was awake, and the baker saw it first.",
    "evening": "By nightfall pumps from three counties ran along the quay while children slept in a gym.",
    "second": "Engineers walked the bank and counted eleven places at which clay had slipped away.",
    "night": "A gate that nobody had closed since spring was found open by a fisherman with a lamp.",
}
PATIENCE = 240.0  # seconds for a look or a crawl, on a machine that is busy


@contextmanager
def archive(folder: Path, **notify: object) -> Iterator[str]:
    """Serve an empty archive by a process of its own; its address."""
    ways = "".join(f"{key} = {json.dumps(value)}\n" for key, value in notify.items())
    (folder / "config.toml").write_text(
        "# mine\n[crawler]\n"
        'contact = "desk@gazette.example"\ndelay = 0\nworkers = 1\nallow_addresses = ["127.88.0.0/16"]\n'
        f'[schedule]\ncrawl = "never"\n[notify]\n{ways}'
    )
    command = [sys.executable, "-m", "web.cli", "-C", str(folder), "serve", "--port", "0", "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        try:
            yield str(json.loads(process.stdout.readline())["url"]).rstrip("/")
        finally:
            process.terminate()
            process.wait(PATIENCE)


def found(address: str, words: str) -> int:
    with urlopen(f"{address}/search.json?q={words}") as reply:
        return int(json.load(reply)["total"])


def wait_for(done: Callable[[], object]) -> None:
    deadline = monotonic() + PATIENCE
    while not done():
        assert monotonic() < deadline
        sleep(0.1)


def site_of(*names: str) -> dict[str, object]:
    pages = {
        f"/news/2026/11/{name}-of-the-flood": story(f"{name.title()} of the flood", text=f"{name} {TEXTS[name]} " * 6)
        for name in names
    }
    return {"/": front(*pages), "/feed.xml": rss(*pages), **pages}


def publish(site: Site, *names: str) -> None:
    site.routes.update(site_of(*names))


@pytest.mark.parametrize(("javascript", "width"), WINDOWS)
def test_a_site_is_added_and_its_news_arrive(tmp_path: Path, javascript: bool, width: int):
    key = certificate(tmp_path)
    names = ["morning", "evening", "second"]
    with (
        smtp(tmp_path) as mails,
        webhook() as posts,
        serving(site_of(*names)) as site,
        archive(
            tmp_path, webhook=posts.url, mail_to=["desk@news.example"], smtp_host="127.0.0.1", smtp_port=mails.port,
            smtp_ca=str(key),
        ) as address,
        playwright.sync_playwright() as started,
    ):  # fmt: skip
        browser = started.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        context = browser.new_context(java_script_enabled=javascript, viewport={"width": width, "height": 900})
        tab = Tab(context.new_page(), address)
        page = tab.open("/search")
        page.set_default_timeout(PATIENCE * 1000)

        page.fill("#url", site.url)
        page.click("button[value=look]")
        page.locator("button[value=add]").wait_for()
        assert "Morning of the flood" in page.locator("main").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.fill("#name", "gazette")
        page.click("button[value=add]")
        page.wait_for_url(f"{address}/sources/gazette?done=*")
        text = (tmp_path / "config.toml").read_text()
        assert "# mine" in text
        assert 'name = "gazette"' in text
        assert len(list(tmp_path.glob("config.toml.*.bak"))) == 1

        page.click("button[value=crawl]")
        page.locator("a[href^='/requests/']").click()
        page.locator("text=It was made:").wait_for()
        wait_for(lambda: found(address, "flood") == 3)
        tab.open("/search?q=flood")

        page.click("a[href='#save']")
        page.fill("#sn", "Floods")
        page.locator("#save button").click()
        page.wait_for_url(f"{address}/saved?done=*")
        tab.open("/saved?change=1#s1")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.check("input[value=mail]")
        page.check("input[value=webhook]")
        page.click("button[value=change]")
        page.wait_for_url(f"{address}/saved?done=*")
        feed = page.locator("a[href*='/saved/feeds/']").first.get_attribute("href") or ""

        publish(site, *names, "night")
        tab.open("/schedule")
        tab.open("/sources/gazette")
        page.click("button[value=crawl]")
        wait_for(lambda: mails.taken and posts.bodies)
        (mail,) = mails.taken
        told = email.message_from_string(mail, policy=default)
        plain = next(told.iter_parts()).get_content()
        assert "Night of the flood" in plain
        assert "Morning of the flood" not in plain
        assert [each["headline"] for each in json.loads(posts.bodies[0])["searches"][0]["articles"]] == [
            "Night of the flood"
        ]
        with urlopen(address + feed) as reply:
            assert b"Night of the flood" in reply.read()

        stop = told["List-Unsubscribe"].strip(" <>")
        tab.open(stop[stop.index("/saved/") :])
        page.click("text=Pause them")
        page.locator("text=No more messages come about").wait_for()
        tab.open("/saved")
        assert "from a message" in page.locator("table").inner_text()

        tab.open("/search?q=night")
        page.locator(".hit h3 a").first.click()
        page.click("text=As it was fetched")
        frame = page.frame_locator("iframe.capture")
        assert frame.locator("h1").inner_text() == "Night of the flood"
        with page.expect_event("requestfailed"):  # the page of the crawled site lets nobody frame it
            frame.locator("text=Home").click()
        assert "/capture" in page.url
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        browser.close()
    assert tab.strangers == []
