"""Receipts: made of a search, run again, compared, cited, withdrawn."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from corpus.store import ArticleStore
from indexer.results.receipts import Comparison, compare
from tests.web.conftest import Send
from tests.web.corpus import COUNCIL, NOW, article
from web.desk import receipt_page


def made(send: Send, search: str, purpose: str = "") -> str:
    """Make a receipt and return its mark."""
    reply = send("/q", search=search, purpose=purpose)
    assert reply.status_code == 303, reply.text
    found = re.search(r"/q/(q-\w{5})", reply.headers["Location"])
    assert found
    return found[1]


def sums(browser: FlaskClient, mark: str) -> dict[str, int]:
    """Return the numbers of "Run again"."""
    rows = re.findall(r'<th scope="row">(.*?)<td class="num"><b[^>]*>[+−]?([\d,]+)</b>', browser.get(f"/q/{mark}").text)
    return {re.sub(r"<[^>]*>", "", name): int(count) for name, count in rows}


def test_a_receipt_says_what_was_found_and_that_it_is_the_same_today(browser: FlaskClient, send: Send):
    total = browser.get("/search.json?q=flood").json["total"]
    mark = made(send, "q=flood", "chapter 3, first paragraph")
    page = browser.get(f"/q/{mark}").text
    assert f"{total} articles on 23 Nov 2026" in page
    assert "chapter 3, first paragraph" in page
    assert "its checksum agrees" in page
    assert f"The same {total} today." in page
    assert sums(browser, mark)["Counted then"] == total == sums(browser, mark)["Found today"]


def test_a_receipt_of_a_pressmark_or_an_address_holds_its_article(
    browser: FlaskClient, send: Send, store: ArticleStore
):
    for typed in (store.by_url(COUNCIL.url).mark, COUNCIL.url):
        mark = made(send, f"q={typed}")
        assert (sums(browser, mark)["Counted then"], sums(browser, mark)["Found today"]) == (1, 1)
    store.withdraw(store.by_url(COUNCIL.url).id, "by hand: at the author's wish")
    assert browser.get(f"/q/{mark}.json").json["today"]["withdrawn"] == [store.by_url(COUNCIL.url).mark]


def test_new_withdrawn_changed_and_lost_articles_are_counted_and_listed(
    browser: FlaskClient, send: Send, store: ArticleStore, index: Callable[[], object]
):
    mark = made(send, "q=flood")
    before = browser.get("/search.json?q=flood&n=50&copies=show").json
    ids = [store.by_mark(each["id"]).id for each in before["hits"]]
    council = store.by_url(COUNCIL.url)
    withdrawn, lost = [id for id in ids if id != council.id][:2]
    store.write(
        article("coastpost.example", "fresh", "A flood of letters", "The flood came by post.", day="2026-11-23")
    )
    store.write(article("coastpost.example", "old", "The flood of 1953", "The flood of that year.", day="2019-01-31"))
    store.withdraw(withdrawn, "by hand: at the author's wish")
    other = store.article(lost).article
    store.write(replace(other, headline="Nothing", standfirst=None, body="Nothing is said.", fetched=NOW))
    store.write(replace(council.article, body=council.article.body + "\n\nThe flood rose again.", fetched=NOW))
    index()
    counts = sums(browser, mark)
    total = before["total"]
    assert counts == {
        "Counted then": total,
        "New since": 2,
        "Withdrawn since": 1,
        "Not found any more": 1,
        "Found today": total,
        "Changed since": 1,
    }
    page = browser.get(f"/q/{mark}").text
    assert "A flood of letters" in page
    assert "entered the corpus" in page
    assert "by hand: at the author&#39;s wish" in page
    assert "at the author&#39;s wish" in (arabic := browser.get(f"/ar/q/{mark}").text)
    assert "by hand" not in arabic
    assert store.article(withdrawn).mark in page
    data = browser.get(f"/q/{mark}.json").json
    assert data["today"]["withdrawn"] == [store.article(withdrawn).mark]
    assert data["today"]["lost"] == [store.article(lost).mark]
    assert data["today"]["changed"] == [council.mark]
    assert data["today"]["checksum_agrees"] is True
    assert "Withdrawn since: 1" in browser.get(f"/q/{mark}.txt").text


def test_a_receipt_of_another_store_is_not_compared(browser: FlaskClient, send: Send, store: ArticleStore):
    mark = made(send, "q=flood")
    receipt = store.receipts.get(mark)
    assert receipt
    other = store.receipts.add(replace(receipt, store="0" * 16))
    page = browser.get(f"/q/{other}").text
    assert "The list cannot be compared" in page
    assert browser.get(f"/q/{other}.json").json["today"]["same_store"] is False


def test_a_receipt_that_was_tampered_with_says_so(browser: FlaskClient, send: Send, store: ArticleStore):
    receipt = store.receipts.get(made(send, "q=flood"))
    assert receipt
    forged = store.receipts.add(replace(receipt, facts=receipt.facts[1:]))
    assert "The list is not as it was" in browser.get(f"/q/{forged}").text


def test_relative_dates_count_from_the_day_of_the_receipt(browser: FlaskClient, send: Send, store: ArticleStore):
    mark = made(send, "from=-30d")
    page = browser.get(f"/q/{mark}").text
    assert "2026-10-24, as from -30d was on that day" in re.sub("<wbr>", "", page)
    receipt = store.receipts.get(mark)
    assert "-30d" not in receipt.read_as
    assert "2026-10-24" in receipt.read_as


def test_a_purpose_is_changed_and_changed_back(browser: FlaskClient, send: Send, store: ArticleStore):
    mark = made(send, "q=flood", "first")
    reply = send(f"/q/{mark}", do="purpose", purpose="second")
    assert store.receipts.get(mark).purpose == "second"
    change = re.search(r"done=(\d+)", reply.headers["Location"])[1]
    send("/undo", change=change, back=f"/q/{mark}")
    assert store.receipts.get(mark).purpose == "first"


def test_a_withdrawn_receipt_says_so_under_its_mark(browser: FlaskClient, send: Send, store: ArticleStore):
    mark = made(send, "q=flood")
    assert send(f"/q/{mark}", do="withdraw").headers["Location"].startswith("/receipts")
    gone = browser.get(f"/q/{mark}")
    assert gone.status_code == 410
    assert "was withdrawn on 23 Nov 2026" in gone.text
    assert mark in browser.get("/receipts").text


def test_marks_are_read_in_capitals_and_unknown_ones_are_no_page(browser: FlaskClient, send: Send):
    mark = made(send, "q=flood")
    assert browser.get(f"/q/{mark.upper()}").headers["Location"] == f"/q/{mark}"
    assert browser.get("/q/q-00000").status_code == 404
    assert browser.get(f"/q/{mark}.exe").status_code == 404


@pytest.mark.parametrize(
    ("style", "part"),
    [
        ("chicago", "November 23, 2026"),
        ("apa", "(2026, November 23)"),
        ("mla", "“Search for"),
        ("plain", "receipt q-"),
        ("nonsense", "November 23, 2026"),
    ],
)
def test_a_receipt_is_cited_in_four_styles(browser: FlaskClient, send: Send, style: str, part: str):
    mark = made(send, "q=flood")
    page = browser.get(f"/q/{mark}?cite={style}").text
    cited = re.search(r'id="cited"[^>]*><bdi>(.*?)</bdi>', page)[1].replace("<wbr>", "")
    assert part in cited
    assert f"http://localhost/q/{mark}" in cited


def test_what_strangers_and_readers_wrote_stays_text(browser: FlaskClient, send: Send):
    mark = made(send, "q=flood", '<script>alert(1)</script>" onfocus="x')
    page = browser.get(f"/q/{mark}").text
    assert "<script>alert" not in page
    assert '" onfocus="' not in page
    assert "<script>alert" not in browser.get("/receipts").text


def test_a_receipt_is_run_again_only_when_something_changed(
    browser: FlaskClient, send: Send, store: ArticleStore, monkeypatch: pytest.MonkeyPatch
):
    mark = made(send, "q=flood")
    runs: list[object] = []

    def counted(*given: Any) -> Comparison:
        runs.append(given)
        return compare(*given)

    monkeypatch.setattr(receipt_page, "compare", counted)
    for _ in range(3):
        browser.get(f"/q/{mark}")
    assert len(runs) == 1
    store.write(article("coastpost.example", "fresh", "Letters", "By post.", day="2026-11-23"))
    browser.get(f"/q/{mark}")
    assert len(runs) == 2


def test_a_long_list_of_a_receipt_is_shown_in_parts(
    browser: FlaskClient, send: Send, store: ArticleStore, index: Callable[[], object], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(receipt_page, "ON_A_PAGE", 10)
    mark = made(send, "q=zeppelin")
    store.write_many(article("post.example", str(n), f"Zeppelin {n}", "It flew.", day="2026-11-20") for n in range(25))
    index()
    assert browser.get(f"/q/{mark}").text.count('<li class="item">') == 20
    shown = []
    for page in ("1", "2", "3", "99", "x"):
        text = browser.get(f"/q/{mark}?all=new&page={page}").text
        shown.append(text.count('<li class="item">'))
    assert shown == [10, 10, 5, 5, 10]
