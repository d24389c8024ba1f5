"""The feed of a search: valid Atom, all of it page by page, nothing of it markup."""

from datetime import UTC
from pathlib import Path
from xml.etree import ElementTree

import feedparser
from flask.testing import FlaskClient

from corpus.characters import safe
from corpus.store import ArticleStore
from indexer.open import open_engine
from indexer.sync import update
from tests.indexer.results.hostile import ARTICLES
from tests.web.conftest import app_over, client_of
from web.layout.services import EXTENSION


def test_a_search_can_be_followed_as_a_feed(client: FlaskClient):
    reply = client.get("/search.atom?q=hostile+OR+فيضانات")
    assert reply.mimetype == "application/atom+xml"
    assert "<script>" not in reply.text
    feed = ElementTree.fromstring(reply.text)
    atom = "{http://www.w3.org/2005/Atom}"
    assert len(feed.findall(f"{atom}entry")) == client.get("/search.json?q=hostile+OR+فيضانات").json["total"]
    assert feed.find(f"{atom}entry/{atom}id").text.startswith("tag:")


def test_a_feed_leads_to_its_older_pages_until_all_are_read(client: FlaskClient):
    atom = "{http://www.w3.org/2005/Atom}"
    ids, feeds = [], set()
    url: str | None = "http://localhost/search.atom?n=20"
    while url:
        feed = ElementTree.fromstring(client.get(url).text)
        feeds.add(feed.find(f"{atom}id").text)
        ids += [each.text for each in feed.findall(f"{atom}entry/{atom}id")]
        url = next((each.get("href") for each in feed.findall(f"{atom}link") if each.get("rel") == "next"), None)
    assert len(ids) == len(set(ids)) == client.get("/search.json").json["total"]
    assert len(feeds) == 1


def test_an_entry_of_a_feed_is_updated_when_its_text_changed(client: FlaskClient):
    feed = client.get("/search.atom?q=headline:council").text
    assert "<updated>2026-01-14T02:11:00+00:00</updated>" in feed
    assert "<published>2026-01-12T08:30:00+00:00</published>" in feed


def test_feedparser_reads_each_hostile_article_of_a_feed_with_its_own_words(tmp_path: Path):
    with ArticleStore.open(tmp_path / "pressmark.sqlite") as store:
        store.write_many(each.article for each in ARTICLES)
        engine = open_engine(tmp_path / "index")
        update(store, engine, zone=UTC)
        engine.close()
    app = app_over(tmp_path)
    feed = feedparser.parse(client_of(app).get("/search.atom?q=").data, sanitize_html=False)
    app.extensions[EXTENSION].close()
    assert not feed.bozo
    entries = {plain(each.title): each for each in feed.entries}
    assert len(entries) == len(ARTICLES)
    for article in (each.article for each in ARTICLES):
        entry = entries[plain(article.headline or "")]
        assert (entry.title_detail.type, entry.tags[0].term) == ("text/plain", "Gazette")
        assert [plain(each.name) for each in entry.authors] == [plain(each.name) for each in article.authors]


def plain(text: str) -> str:
    """Return the words of a text; a NUL stands in a feed as U+FFFD, for XML has none."""
    return " ".join(safe(text.replace("\ufffd", "")).split())
