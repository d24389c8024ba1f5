"""`pressmark extract --all`: what it says, and that the index follows."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.captures import Captures
from corpus.model import Article, Outcome, UrlState, Visit
from corpus.store import ArticleStore
from corpus.warc.exchange import Exchange
from tests.crawler.crawling import story
from tests.web.commands import run
from tests.web.corpus import NOW
from web.cli.differences import Differences

URL = "https://gazette.example/news/council-settles-budget"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus of one article, stored with a worse text than its capture holds."""
    (tmp_path / "config.toml").write_text('data = "."\n')
    exchange = Exchange(
        url=URL, at=NOW, status=200, headers=(("content-type", "text/html"),), body=story("Council settles it").encode()
    )
    with Captures(tmp_path / "captures") as captures:
        capture = captures.append(exchange)
    stored = Article(
        url=URL, source="gazette", headline="Misread", body="A misread text.", fetched=NOW, capture=capture
    )
    visit = Visit(url=URL, at=NOW, outcome=Outcome.NEW, state=UrlState.WAITING, due=NOW, article=stored)
    with ArticleStore.open(tmp_path / "pressmark.sqlite") as store:
        store.record(visit)
    assert run(tmp_path, "-q", "index").exit_code == 0
    return tmp_path


def test_what_reads_better_now_is_stored_and_found(folder: Path) -> None:
    assert "misread" in run(folder, "search", "misread").stdout.lower()
    assert "1 would change" in run(folder, "extract", "--all", "--dry-run").stdout
    assert run(folder, "extract", "--all").stdout.startswith("read 1 again, 1 changed")
    assert "Council settles it" in run(folder, "search", "council").stdout
    assert "Misread" not in run(folder, "search", "misread").stdout
    assert run(folder, "extract", "--all").stdout.startswith("read 1 again, 0 changed")


def test_a_dry_run_counts_by_field_what_would_change_and_shows_samples(folder: Path) -> None:
    shown = run(folder, "extract", "--all", "--dry-run").stdout.splitlines()
    assert "  headline: 1" in shown
    assert f"    {URL}: Misread -> Council settles it" in shown
    assert "  authors: 1" in shown
    assert f"    {URL}: (none) -> Ana Pérez" in shown
    assert any(line.startswith(f"    {URL}: A misread text. -> The council met") for line in shown)
    assert "Misread" in run(folder, "show", URL).stdout


def test_a_long_text_is_shown_from_where_it_parts() -> None:
    words = "word " * 200
    before = Article(url=URL, source="a", body=f"{words}ends so", fetched=NOW)
    differences = Differences()
    for number in range(5):
        differences.add(before, replace(before, url=f"{URL}/{number}", body=f"{words}ends otherwise"))
    differences.add(before, replace(before, facts={"body": "rule"}))
    lines = list(differences.lines())
    assert lines[0] == "  body: 5"
    assert [line.partition(": ")[2] for line in lines[1:4]] == [
        "...rd word word word ends so -> ...rd word word word ends otherwise"
    ] * 3
    assert lines[4:] == ["  how a field was found: 1"]


def test_an_unknown_source_is_named_with_the_known_ones(folder: Path) -> None:
    shown = run(folder, "extract", "--all", "--source", "herald")
    assert shown.exit_code == 2
    assert '"herald": expected one of gazette' in shown.stderr


def test_source_and_dry_run_go_with_all_only(folder: Path) -> None:
    assert run(folder, "extract", "--dry-run", "page.html").exit_code == 2
    assert run(folder, "extract", "--all", "page.html").exit_code == 2
