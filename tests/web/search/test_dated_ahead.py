"""An article that is dated later than it was added: where it stands, and where that is said."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from corpus.model import Article, PageDate, Precision
from corpus.store import ArticleStore
from indexer.open import open_engine
from indexer.sync import update
from tests.web.articles.conftest import page
from tests.web.conftest import app_over, client_of
from web.cli.group import pressmark
from web.layout.services import EXTENSION

SAID = "dated later than it was added"
DATED = {"Usual tides": datetime(2026, 3, 2, tzinfo=UTC), "Tides to come": datetime(2031, 1, 1, tzinfo=UTC)}
FETCHED = {"Usual tides": datetime(2026, 3, 2, 8, tzinfo=UTC), "Tides to come": datetime(2026, 3, 1, 8, tzinfo=UTC)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with ArticleStore.open(tmp_path / "pressmark.sqlite") as store:
        store.write_many(
            Article(
                url=f"https://a.example/{number}",
                source="a.example",
                headline=headline,
                body="All about tides.",
                published=PageDate(at, Precision.MINUTE, "import", timedelta()),
                fetched=FETCHED[headline],
            )
            for number, (headline, at) in enumerate(DATED.items())
        )
        engine = open_engine(tmp_path / "index")
        update(store, engine, zone=UTC)
        engine.close()
    return tmp_path


@pytest.fixture
def reader(folder: Path):
    app = app_over(folder)
    yield client_of(app)
    app.extensions[EXTENSION].close()


def test_it_stands_where_it_was_added_and_the_page_says_so(reader: FlaskClient):
    shown = reader.get("/search?q=tides&sort=new").text
    assert shown.index("Usual") < shown.index("to come")
    assert shown.count(SAID) == 1
    assert "1 Jan 2031" in shown, "its date stays as its page says"
    hits = reader.get("/search.json?q=tides&sort=new").get_json()["hits"]
    assert [hit["headline"] for hit in hits] == list(DATED)
    assert [hit["first_seen"] for hit in hits] == [at.isoformat() for at in FETCHED.values()]
    assert "later than it was added" in page(reader, hits[1]["id"])


def test_its_page_is_true_when_it_is_fetched_again_after_its_day(folder: Path):
    with ArticleStore.open(folder / "pressmark.sqlite") as store:
        ahead = store.by_url("https://a.example/1")
        assert ahead is not None
        store.write(replace(ahead.article, body="All of the tides.", fetched=datetime(2031, 2, 1, tzinfo=UTC)))
    app = app_over(folder)
    shown = page(client_of(app), ahead.mark)
    app.extensions[EXTENSION].close()
    assert "later than it was added" in shown
    assert "later than it was fetched" not in shown


def test_the_start_page_has_it_where_it_was_added(reader: FlaskClient):
    shown = reader.get("/").text
    assert shown.index("Usual") < shown.index("to come")


def test_its_entry_in_a_feed_has_no_date_to_come_and_says_how_it_is_dated(reader: FlaskClient):
    feed = reader.get("/search.atom?q=tides").text
    assert feed.count("<published>") == 1
    assert "Dated 2031-01-01, later than it was added" in feed


def test_the_command_says_it(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PRESSMARK__DATA", str(folder))
    monkeypatch.setattr("web.cli.search.is_terminal", lambda: True)
    said = CliRunner().invoke(pressmark, ["-C", str(folder), "search", "tides", "--sort", "new"]).output
    assert said.index("Usual") < said.index("to come")
    assert said.count("2031-01-01, later than it was added") == 1
