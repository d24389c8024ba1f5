"""Rules that corrections offer: wanted from the pages, shown with their trial, taken into config.toml, undone."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from corpus.config import load
from corpus.corrections.values import Correction, Field
from corpus.store import ArticleStore
from corpus.store.crawls.requests import RequestKind
from tests.web.conftest import Send
from tests.web.corpus import HERALD, NOW
from tests.web.sources.test_look_page import HEAD, KNOWN, desk  # noqa: F401 - a fixture

RULE: dict[str, Any] = {
    "field": "section",
    "source": HERALD,
    "corrections": 3,
    "captured": 3,
    "right": 0,
    "unsearched": 0,
    "hurried": False,
    "captures": 50,
    "tried": 41,
    "unread": 1,
    "rules": [
        {
            "setting": "section",
            "value": 'a[rel="<b>tag"]',
            "held": 3,
            "changed": 12,
            "lost": 2,
            "samples": [
                {
                    "url": "https://herald.example/x",
                    "headline": "<script>alert(1)</script>",
                    "before": "A",
                    "after": "B",
                }
            ],
        },
    ],
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "own" / "config.toml"
    file.parent.mkdir()
    file.write_text(HEAD + KNOWN.replace("herald.example", HERALD))
    return file


def correct(store: ArticleStore, count: int = 3) -> None:
    urls = [each.article.url for each in store.every() if each.article.source == HERALD][:count]
    assert len(urls) == count
    for url in urls:
        made = Correction(url=url, field=Field.SECTION, value="Coast", said=None, who="ana", at=NOW)
        store.corrections.add(made)


def tried(store: ArticleStore, **changes: object) -> str:
    """Store a trial that has ended; return the address of its page."""
    made = store.requests.add(RequestKind.RULE, f"section {HERALD}", "ana", NOW)[0]
    (taken,) = store.requests.claim(RequestKind.RULE, NOW, limit=1)
    store.requests.finish(taken, NOW, answer=RULE | changes)
    return f"/requests/{made.id}"


def form(browser: FlaskClient, path: str) -> dict[str, str]:
    found = re.search(r'name="expected" value="([0-9a-f]+)"', browser.get(path).text)
    assert found
    return {"expected": found[1], "do": "take", "rule": "0"}


def selector(file: Path) -> str | None:
    found = load(file).source(HERALD)
    assert found
    return found.selectors.section


def test_three_corrections_of_a_field_offer_a_rule_on_the_source_and_on_the_list(
    browser: FlaskClient, send: Send, store: ArticleStore
):
    correct(store, 2)
    assert "Find a rule" not in browser.get(f"/sources/{HERALD}").text
    correct(store, 3)
    for path in (f"/sources/{HERALD}", "/corrections"):
        assert "Find a rule" in browser.get(path).text
    reply = send("/requests", do="rule", name=HERALD, field="section")
    assert (reply.status_code, reply.location) == (303, "/requests/1")
    assert [(each.kind, each.about) for each in store.requests.open()] == [(RequestKind.RULE, f"section {HERALD}")]
    page = browser.get("/requests/1").text
    assert "A rule for <bdi>Section, valley" in page
    assert "pressmark crawl" not in page
    assert "The latest trial" in browser.get(f"/sources/{HERALD}").text


@pytest.mark.parametrize(("name", "field"), [(HERALD, "headline"), (HERALD, "kind"), ("other", "section"), ("", "")])
def test_a_rule_that_nothing_offers_is_refused_in_words(send: Send, store: ArticleStore, name: str, field: str):
    correct(store)
    reply = send("/requests", do="rule", name=name, field=field)
    assert (reply.status_code, "needs 3 corrections" in reply.text) == (403, True)
    assert store.requests.open() == []


def test_a_trial_is_shown_with_its_counts_samples_and_the_line_that_would_be_written(
    browser: FlaskClient, store: ArticleStore, file: Path
):
    path = tried(store)
    page = browser.get(path).text
    assert "<script>alert" not in page
    for words in (
        "41 of the 50 latest",
        "then 20 seconds were over",
        "on 3 of 3 corrected pages",
        "12 read differently",
    ):
        assert words in page, words
    assert "selectors.section = " in page[page.index("<pre") : page.index("</pre>")]
    record = browser.get(f"{path}.json").json
    assert record
    assert record["found"] == RULE
    file.write_text(f'source = [{{url = "https://{HERALD}/", headers = {{X-Key = "qwerty"}}}}]\n')
    page = browser.get(path).text
    assert '<pre class="m">(hidden)</pre>' in page
    assert "qwerty" not in page


def test_a_rule_is_taken_with_comments_kept_and_a_copy_made_and_undone(
    browser: FlaskClient,
    send: Send,
    store: ArticleStore,
    file: Path,
):
    before, path = file.read_text(), tried(store)
    reply = send(path, **form(browser, path))
    assert reply.location.startswith(f"{path}?done=")
    assert selector(file) == 'a[rel="<b>tag"]'
    assert all(words in file.read_text() for words in ("# mine", "# ours", "# the first"))
    (copy,) = file.parent.glob("config.toml.*.bak")
    assert copy.read_text() == before
    page = browser.get(reply.location).text
    assert "the next crawl reads" in page
    assert "config.toml has this rule" in page
    change = re.search(r"done=(\d+)", reply.location)
    assert change
    send("/undo", change=change[1], back="/")
    assert file.read_text() == before


def test_the_undo_of_a_rule_leaves_a_setting_that_was_changed_since(
    browser: FlaskClient,
    send: Send,
    store: ArticleStore,
    file: Path,
):
    path = tried(store)
    change = re.search(r"done=(\d+)", send(path, **form(browser, path)).location)
    assert change
    file.write_text(file.read_text().replace("<b>tag", "mine"))
    reply = send("/undo", change=change[1], back="/")
    assert (reply.status_code, "was changed since" in reply.text) == (403, True)
    assert selector(file) == 'a[rel="mine"]'


def test_a_file_changed_meanwhile_is_a_conflict_that_is_shown_and_nothing_is_written(
    browser: FlaskClient,
    send: Send,
    store: ArticleStore,
    file: Path,
):
    path = tried(store)
    fields = form(browser, path)
    file.write_text(file.read_text() + "# changed by another\n")
    reply = send(path, **fields)
    assert reply.location == f"{path}?conflict=1"
    assert "config.toml was changed since this page was made" in browser.get(reply.location).text
    assert selector(file) is None


@pytest.mark.parametrize("rule", ["1", "-1", "x", ""])
def test_a_rule_that_was_not_tried_is_not_taken(browser: FlaskClient, send: Send, store: ArticleStore, rule: str):
    path = tried(store)
    assert send(path, **form(browser, path) | {"rule": rule}).status_code == 403


def test_which_comes_first_of_day_and_month_is_a_setting_of_the_source(
    browser: FlaskClient,
    send: Send,
    store: ArticleStore,
    file: Path,
):
    day_first = RULE["rules"][0] | {"setting": "day_first", "value": True, "samples": []}
    path = tried(store, field="published", rules=[day_first])
    assert "day_first = true" in browser.get(path).text
    send(path, **form(browser, path))
    assert tomllib.loads(file.read_text())["source"][0]["day_first"] is True


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"rules": [], "captured": 2}, "Too few of the corrected articles"),
        ({"rules": [], "right": 3}, "read rightly today"),
        ({"rules": []}, "No rule reads what was corrected"),
        ({"rules": [], "hurried": True, "unsearched": 1}, "not all selectors were tested"),
    ],
)
def test_a_trial_without_a_rule_says_why(
    browser: FlaskClient, store: ArticleStore, changes: dict[str, Any], words: str
):
    page = browser.get(tried(store, **changes)).text
    assert words in page
    assert "Take this rule" not in page
