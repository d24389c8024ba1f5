"""An article that has had many texts, and one that is damaged: what is read, listed, compared and said."""

import html
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from corpus.store import ArticleStore
from corpus.store.file.database import Database
from tests.web.conftest import app_over, client_of
from tests.web.corpus import NOW, article

TEXTS = 250


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> tuple[FlaskClient, str, Path]:
    """A page that was written on 250 times; its text 248 is damaged, and its text 3."""
    folder = tmp_path_factory.mktemp("live")
    path = folder / "pressmark.sqlite"
    with ArticleStore.open(path) as store:
        for number in range(1, TEXTS + 1):
            one = article("herald.example", "live", f"Live {number}", f"Line {number}.\n\nStart.", day="2026-01-12")
            store.write(replace(one, fetched=NOW - timedelta(days=30) + timedelta(minutes=number)))
        mark = next(iter(store.every())).mark
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE revisions SET body = x'00ff' WHERE number IN (3, 248)")
    return client_of(app_over(folder)), mark, path


def test_the_article_lists_its_last_texts_and_counts_the_others(live: tuple[FlaskClient, str, Path]):
    client, mark, _ = live
    page = client.get(f"/a/{mark}", follow_redirects=True).text
    assert page.count(">See diff<") == 18  # of 20: one is damaged, and one stands behind it
    assert f'href="/a/{mark}/revisions">250</a>' in page
    assert "and 230 more" in page
    assert "damaged in the store" in page


def test_the_list_of_texts_has_pages_and_says_which_are_damaged(live: tuple[FlaskClient, str, Path]):
    client, mark, _ = live
    here, listed, damaged = f"/a/{mark}/revisions", [], []
    while here:
        page = client.get(here).text
        assert "250 texts seen" in page
        listed += map(int, re.findall(r'<th scope="row">(\d+)', page))
        damaged += map(int, re.findall(r'<th scope="row">(\d+)(?:(?!<tr>).)*?damaged in the store', page))
        further = re.search(r'href="([^"]+)" rel="next"', page)
        here = further[1] if further else ""
    assert listed == list(range(TEXTS, 0, -1))
    assert damaged == [248, 3]
    for nonsense in ("0", "252", "-1", "x", "9" * 30):
        page = client.get(f"/a/{mark}/revisions?before={nonsense}").text
        assert "expected a number from 1 to 251" in page, nonsense
    for right in ("1", "251"):
        assert 'class="w note"' not in client.get(f"/a/{mark}/revisions?before={right}").text, right


def test_the_pages_of_the_list_are_of_one_search(live: tuple[FlaskClient, str, Path]):
    client, mark, _ = live
    further = re.search(r'href="([^"]+)" rel="next"', client.get(f"/a/{mark}/revisions?q=start").text)
    assert further
    given = parse_qs(urlsplit(html.unescape(further[1])).query)
    assert given == {"q": ["start"], "before": ["151"]}


def test_what_is_compared_alone_is_read(live: tuple[FlaskClient, str, Path], monkeypatch: pytest.MonkeyPatch):
    client, mark, _ = live
    read: list[bytes | None] = []
    texts = Database.texts

    def noted(self: Database, stored: bytes | None) -> list[str]:
        read.append(stored)
        return texts(self, stored)

    monkeypatch.setattr(Database, "texts", noted)
    for path in (f"/api/v1/articles/{mark}/changes?old=100&new=200", f"/a/{mark}/diff/100..200"):
        read.clear()
        assert client.get(path).status_code == 200
        assert len({*read}) <= 5, path  # two texts, how they are set, and the article


def test_a_damaged_text_is_passed_over_and_refused_by_name(live: tuple[FlaskClient, str, Path]):
    client, mark, _ = live
    changes = f"/api/v1/articles/{mark}/changes"
    found = client.get(f"{changes}?new=249").json
    assert (found["old"]["number"], found["new"]["number"]) == (247, 249)
    for named in ("old=3", "new=248"):
        refused = client.get(f"{changes}?{named}")
        assert (refused.status_code, "damaged in the store" in refused.json["errors"][0]["expected"]) == (400, True)
    assert client.get(f"/api/v1/articles/{mark}/revisions").json["unreadable"] == [3, 248]
    gone = client.get(f"/a/{mark}/diff/247..248")
    assert (gone.status_code, "One of these texts is damaged" in gone.text) == (404, True)


def test_texts_are_read_by_number(live: tuple[FlaskClient, str, Path]):
    with ArticleStore.open(live[2]) as store:
        assert list(store.revision_times(1)) == list(range(1, TEXTS + 1))
        assert [each.number for each in store.revisions(1, numbers=(5, 1, 3, 999))] == [1, 5]
        assert store.revisions(1, numbers=()) == []
        assert store.revision_times(0) == {}
        assert store.revision_times(2**70) == {}
