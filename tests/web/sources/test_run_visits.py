"""The visits of one crawl: each count of its receipt leads to exactly what it counts."""

import csv
import html
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.model import Outcome
from corpus.runs.receipts import SourceReceipt
from corpus.store import ArticleStore
from tests.corpus.samples import NOW, article, visit
from tests.web.conftest import app_over, client_of
from web.sources import run_visits

SOURCE, OTHER = "news.example", "other.example"
COUNTS = {
    SOURCE: {"new": {"": 3}, "failed": {"timeout": 2, "http-403": 1}},
    OTHER: {"refused": {"robots": 1}},
}


@pytest.fixture
def client(tmp_path: Path):
    """An archive with one run: seven visits of two sources."""
    with (
        ArticleStore.open(tmp_path / "pressmark.sqlite") as store,
        store.runs.begin([SOURCE, OTHER], started=NOW) as claim,
    ):
        for number in range(3):
            store.record(replace(visit(article(url=f"https://{SOURCE}/{number}", body=f"{number}.")), run=claim.run.id))
        reasons = ["timeout", "timeout: after 20 s", "http-403: no, =1+1"]
        for number, reason in enumerate(reasons):
            gone = visit(url=f"https://{SOURCE}/gone-{number}")
            store.record(replace(gone, article=None, outcome=Outcome.FAILED, reason=reason, run=claim.run.id))
        refused = visit(article(url=f"https://{OTHER}/x", source=OTHER))
        store.record(replace(refused, article=None, outcome=Outcome.REFUSED, reason="robots: /x", run=claim.run.id))
        receipts = [
            SourceReceipt(source=name, state="done", started=NOW, ended=NOW, counts=counts)
            for name, counts in COUNTS.items()
        ]
        store.runs.finish_sources(claim.run.id, receipts, {})
        store.runs.finish(replace(claim.run, ended=NOW, status="partial"))
    return client_of(app_over(tmp_path))


def test_each_count_is_a_link_to_as_many_visits(client):
    page = client.get("/crawls/1").text
    links = re.findall(r'<a href="(/crawls/1/visits\?[^"]*)">([\d,]+)</a>', page)
    assert len(links) >= 6
    for address, count in links:
        listed = client.get(html.unescape(address)).text
        assert f'<p class="lead">{count} visit' in listed, address
        assert listed.count('<tr role="row"><td') == int(count), address


@pytest.mark.parametrize("page", ["/crawls", "/crawls/1/visits"])
def test_an_address_has_a_line_of_its_own_where_the_page_is_narrow(client, page):
    rows = client.get(page).text.split('<tr role="row"><td')[1:]
    assert len(rows) == 7
    assert all('<td class="whole"><a class="m" href="/lookup?' in row for row in rows)


def test_csv_has_a_row_for_each_visit_and_no_formula(client):
    reply = client.get("/crawls/1.csv")
    assert reply.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(reply.text)))
    assert len(rows) == 7
    assert {row["outcome"] for row in rows} == {"new", "failed", "refused"}
    assert all(not cell.startswith("=") and ",=" not in cell for row in rows for cell in row.values())
    assert len(client.get("/crawls/1.csv?outcome=failed&reason=timeout").text.splitlines()) == 3


def test_what_does_not_fit_is_behind_a_link_and_nothing_is_lost(client, monkeypatch):
    monkeypatch.setattr(run_visits, "SHOWN", 3)
    monkeypatch.setattr(run_visits, "ROWS", 3)
    seen: list[str] = []
    address: str | None = "/crawls/1/visits"
    while address:
        page = client.get(address).text
        seen += re.findall(r'<tr role="row"><td', page)
        found = re.search(r'<a href="([^"]*)" rel="next">', page)
        address = html.unescape(found[1]) if found else None
    assert len(seen) == 7
    reply, rows = client.get("/crawls/1.csv"), 0
    while True:
        rows += len(reply.text.splitlines()) - 1
        assert reply.headers["Pressmark-Complete"] == ("no" if "Link" in reply.headers else "yes")
        if "Link" not in reply.headers:
            break
        reply = client.get(re.match("<([^>]*)>", reply.headers["Link"])[1])
    assert rows == 7


@pytest.mark.parametrize(
    "address", ["/crawls/9/visits", "/crawls/9.csv", "/crawls/1/visits?outcome=nonsense", "/crawls/1.csv?outcome=%00"]
)
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_odd_parameters_choose_nothing(client):
    page = client.get("/crawls/1/visits?source=%3Cscript%3E&reason='&after=-1").text
    assert "No such visit is stored" in page
    assert "<script>" not in page.partition("<main")[2]
