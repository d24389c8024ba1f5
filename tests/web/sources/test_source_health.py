"""How a source does, on its page, in the list and on the page of a crawl."""

import re
from datetime import UTC, datetime
from pathlib import Path

from flask.testing import FlaskClient

from corpus.store import ArticleStore, Robots
from crawler.fetching.robots_text import reduced
from tests.web.conftest import app_over, client_of
from tests.web.corpus import ALMARSA, HERALD, POST


def test_the_page_of_a_source_says_since_when_why_and_what_to_try(client: FlaskClient):
    page = client.get(f"/sources/{ALMARSA}").text
    assert (
        "<b>Blocked since 21 Nov 2026: nothing could be read: robots.txt disallows the address ×7.</b> What to try:"
        in page
    )
    assert (
        f"<li>3. To get no more messages until it is well: <code>pressmark sources ack &#39;{ALMARSA}&#39;</code>"
        in page
    )
    assert "What to try" not in client.get(f"/sources/{HERALD}").text


def test_the_page_of_a_source_says_what_its_latest_crawls_brought(browser: FlaskClient, store: ArticleStore):
    ((run, receipt, _), *_) = store.runs.of_source(POST, 5)
    page = browser.get(f"/sources/{POST}").text
    (row,) = re.findall(rf'<tr role="row"><th scope="row" class="n"><a href="/crawls/{run}">.*', page)
    counts = [receipt.of("new"), receipt.of("changed"), receipt.of("unchanged"), 0, receipt.of("refused", "failed")]
    assert [int(each) for each in re.findall(r'data-l="[^"]+">(\d+)', row)] == counts
    assert sum(counts) > 0
    assert store.runs.of_source("nobody", 5) == []


def test_a_visit_that_robots_txt_refused_is_not_called_failed(client: FlaskClient):
    page = client.get(f"/sources/{ALMARSA}").text
    assert "<dt>Refused<dd>robots.txt disallows the address (7 times)" in page
    assert "<dt>Failed<dd>robots.txt" not in page


def test_readers_of_a_public_archive_see_the_trouble_and_no_commands(data: Path):
    page = client_of(app_over(data, web={"public": True})).get(f"/sources/{ALMARSA}").text
    assert "Blocked since 21 Nov 2026" in page
    assert "pressmark sources ack" not in page


def test_the_page_of_a_crawl_names_the_sources_of_it_that_have_a_trouble_now(client: FlaskClient):
    page = client.get("/crawls/1").text
    assert "<b>1 of its sources has a trouble now.</b>" in page
    assert f'<a href="/sources/{POST}"><bdi>{POST}</bdi></a> is slow since 21 Nov 2026' in page


def test_the_page_of_a_source_says_what_of_its_robots_txt_is_not_read(browser: FlaskClient, store: ArticleStore):
    said = "1 sitemap that it names is not read"
    assert said not in browser.get(f"/sources/{HERALD}").text
    text = reduced("".join(f"Sitemap: https://{HERALD}/{number}.xml\n" for number in range(51)), "pressmark")
    store.journal.keep_robots(HERALD, Robots(text, 200, datetime.now(UTC)))
    assert said in browser.get(f"/sources/{HERALD}").text


def test_the_list_of_sources_says_why_one_has_a_trouble_also_when_no_visit_failed(browser: FlaskClient):
    page = browser.get("/sources").text
    rows = {name: re.search(rf"<bdi>{re.escape(name)}</bdi></a><td>.*", page)[0] for name in (ALMARSA, POST, HERALD)}
    assert "nothing could be read: robots.txt disallows the address ×7" in rows[ALMARSA]
    assert "no failures" not in rows[POST]
    assert "no failures" in rows[HERALD]
