"""The feed of a search: valid Atom, all of it page by page, nothing of it markup."""

from xml.etree import ElementTree

from flask.testing import FlaskClient


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
