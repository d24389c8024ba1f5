"""Texts that are gone are searched on the pages: each hit says when its text was last seen, and leads to the change."""

import re
import shutil
from pathlib import Path

from corpus.store import ArticleStore
from indexer.open import open_self_repairing
from tests.web.conftest import app_over, client_of, token_of
from tests.web.corpus import NOW, config
from web.app import create_app
from web.layout.services import EXTENSION


def test_texts_that_are_gone_are_searched_and_lead_to_what_changed(data: Path, tmp_path: Path):
    shutil.copytree(data, tmp_path / "data", ignore=shutil.ignore_patterns("removed"))
    made = config(tmp_path / "data")
    store = ArticleStore.open(made.data / "pressmark.sqlite")
    app = create_app(made, lambda: store, lambda: open_self_repairing(made, lambda: store, wait=True), now=lambda: NOW)
    reader = client_of(app)
    page = reader.get("/search?q=in:removed+worst", follow_redirects=True).text
    assert "<mark>worst</mark>" in page
    assert re.search(r'Last seen 12 Jan 2026, gone by 14 Jan 2026 · <a href="/a/k5s0we/diff/1\.\.2">', page)
    assert '<input type=hidden name="in" value="removed">' in page
    assert "texts that are gone" in page
    assert "worst was in the text on 12 Jan 2026 alone" in reader.get("/a/k5s0we?q=worst", follow_redirects=True).text
    assert reader.get("/search.json?q=worst&in=removed").json["hits"][0]["removed"]["replaced_by"] == 2
    assert "k5s0we" in reader.get("/search.csv?q=worst&in=removed").text
    feed = reader.get("/search.atom?q=worst&in=removed")
    assert (feed.status_code, feed.text.count("<entry")) == (200, 1)
    token = token_of(reader)
    reader.post("/saved", data={"token": token, "search": "q=worst&in=removed", "name": "Worst"})
    (saved,) = reader.get("/saved.json").get_json()
    assert saved["new"] == 0
    assert reader.get(saved["feed"]).text.count("<entry") == 1
    without = reader.get("/search?q=insurance&not.in=removed").text
    assert re.search(r"<i>In</i> <i[^>]*>not</i> <bdi>texts that are gone</bdi>", without)
    assert "in texts that stand" in reader.get("/search?q=insurance+in:removed", follow_redirects=True).text
    app.extensions[EXTENSION].close()


def test_a_stranger_of_a_public_archive_does_not_search_texts_that_are_gone(data: Path):
    app = app_over(data, web={"public": True})
    found = client_of(app).get("/search.json?q=in:removed+worst").json
    assert found["read_as"] == "worst"
    assert any("in:removed is left out" in note for note in found["notes"])
    assert "texts that are gone" not in client_of(app).get("/advanced").text
    app.extensions[EXTENSION].close()
