"""Searches by tag and dossier: filtered, counted, exported, and seen by whose they are."""

import re
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from flask.testing import FlaskClient

from corpus.store import ArticleStore
from indexer.results.receipts import make
from tests.web.accounts.conftest import SignIn, people, shared, sign_in  # noqa: F401  fixtures
from tests.web.conftest import Send, app_over, client_of
from tests.web.corpus import NOW
from web.desk.saved_links import feed_path
from web.layout.services import EXTENSION
from web.search.annotating import annotations_for
from web.search.request import ask


@pytest.fixture
def ids(browser: FlaskClient, store: ArticleStore) -> list[int]:
    """Three articles of a search, the first two tagged, the last two in a dossier."""
    marks = [each["id"] for each in browser.get("/search.json?q=flood&copies=show").json["hits"][:3]]
    found = [stored.id for mark in marks if (stored := store.by_mark(mark))]
    collect(store, found)
    return found


def collect(store: ArticleStore, ids: list[int], who: str = "this machine") -> str:
    dossier = store.dossiers.add("The (old) wall", who, NOW)
    store.dossiers.put(dossier.id, ids[1:], NOW)
    for id in ids[:2]:
        store.dossiers.set_tags(id, ["to check"])
    return dossier.mark


def marks_of(store: ArticleStore, ids: list[int]) -> dict[int, str]:
    return {id: each.mark for id, each in store.heads(ids).items()}


def found(browser: FlaskClient, search: str) -> list[str]:
    return sorted(each["id"] for each in browser.get(f"/search.json?copies=show&{search}").json["hits"])


def test_a_tag_narrows_a_search_and_is_counted_beside_it(browser: FlaskClient, store: ArticleStore, ids: list[int]):
    marks = marks_of(store, ids)
    assert found(browser, "q=tag:%22To+check%22") == sorted(marks[id] for id in ids[:2])
    assert found(browser, "tag=to+check&in=none") == [marks[ids[0]]]
    assert found(browser, "q=in:%22the+(old)+wall%22&not.tag=to+check") == [marks[ids[2]]]
    page = browser.get("/search?q=flood").text
    assert re.search(r'name=tag value="to check">[^\n]*<span>2</span>', page)
    assert "The (old) wall" in page
    page = browser.get("/search?tag=to+check").text
    assert re.search(r"<i>Tag</i> <bdi>to check</bdi>", page)
    assert "2 articles" in page


def test_the_tags_of_an_article_and_a_dossier_lead_to_searches(
    browser: FlaskClient, store: ArticleStore, ids: list[int]
):
    page = browser.get(f"/a/{marks_of(store, ids)[ids[1]]}", follow_redirects=True).text
    assert '<a href="/search?tag=to+check"><bdi>to check</bdi></a>' in page
    mark = store.dossiers.all()[0].mark
    assert f'href="/search?in={mark}"' in browser.get(f"/d/{mark}").text
    assert "The (old) wall" in browser.get(f"/search?in={mark}").text


def test_a_tag_that_is_given_or_taken_counts_at_once(browser: FlaskClient, store: ArticleStore, ids: list[int]):
    first = browser.get("/search?tag=to+check")
    store.dossiers.set_tags(ids[2], ["to check"])
    later = browser.get("/search?tag=to+check", headers={"If-None-Match": first.headers["ETag"]})
    assert later.status_code == 200
    assert "3 articles" in later.text
    store.dossiers.set_tags(ids[2], [])
    assert "2 articles" in browser.get("/search?tag=to+check").text


def test_exports_feeds_trends_and_facet_pages_follow_the_tag(browser: FlaskClient, ids: list[int]):
    assert browser.get("/search.jsonl?tag=to+check").text.count("\n") == 3
    assert browser.get("/search.atom?tag=to+check").text.count("</entry>") == 2
    assert "to check" in browser.get("/facets/tag?q=flood").text
    assert browser.get("/trends?q=tag:%22to+check%22").status_code == 200
    assert browser.get("/api/v1/search?tag=to+check").json["total"] == 2
    assert browser.get("/suggest?q=tag:che").json[1] == ['tag:"to check"']


def test_all_that_a_tag_finds_is_kept_in_a_dossier(browser: FlaskClient, send: Send, ids: list[int]):
    reply = send("/keep", what="all", search="tag=to+check", dossier="new", dossier_name="Checked")
    assert "2 articles are kept" in browser.get(reply.headers["Location"]).text


def test_a_search_without_a_hit_offers_itself_without_the_tag(browser: FlaskClient, ids: list[int]):
    page = browser.get("/search?q=flood&tag=unheard").text
    assert "with any tag or none" in page


def test_one_sees_all_tags_and_the_dossiers_of_ones_own(shared, sign_in: SignIn):  # noqa: F811  fixtures
    store = shared.extensions[EXTENSION].store
    reader, editor = sign_in("reader"), sign_in("editor")
    marks = [each["id"] for each in reader.get("/search.json?q=flood&copies=show").json["hits"][:3]]
    mark = collect(store, [stored.id for each in marks if (stored := store.by_mark(each))], who="reader")
    assert len(found(reader, f"in={mark}")) == len(found(reader, "q=in:%22The+(old)+wall%22")) == 2
    assert found(editor, f"in={mark}") == found(editor, "q=in:%22The+(old)+wall%22") == []
    assert "The (old) wall" not in editor.get("/search?q=flood").text
    assert len(found(editor, "tag=to+check")) == 2


def test_feed_and_receipt_follow_the_dossier_of_their_owner_whoever_reads_them(shared, sign_in: SignIn):  # noqa: F811
    services = shared.extensions[EXTENSION]
    store, reader, editor = services.store, sign_in("reader"), sign_in("editor")
    marks = [each["id"] for each in reader.get("/search.json?q=flood&copies=show").json["hits"][:3]]
    ids = [stored.id for each in marks if (stored := store.by_mark(each))]
    address = f"in={collect(store, ids, who='reader')}"
    search = store.saved.get(store.saved.add("Wall", address, "reader", NOW))
    assert client_of(shared).get(feed_path(search, store.audit.secret)).text.count("</entry>") == 2
    with shared.test_request_context():
        found = ask(parse_qsl(address), annotations=annotations_for("Reader"))
    mark = store.receipts.add(make(found.query, address, store, services.engine, who="reader", purpose="", now=NOW))
    for browser in (editor, reader):
        assert browser.get(f"/q/{mark}.json").json["today"]["lost"] == []
    store.dossiers.take_out(store.dossiers.all()[0].id, ids[1:2], NOW)
    assert len(editor.get(f"/q/{mark}.json").json["today"]["lost"]) == 1


def test_a_stranger_of_a_public_archive_sees_no_tag_and_is_not_given_other_results_in_silence(folder: Path):
    app = app_over(folder, web={"public": True})
    store = app.extensions[EXTENSION].store
    client = client_of(app)
    every = client.get("/search.json?q=flood&copies=show").json
    collect(store, [stored.id for each in every["hits"][:3] if (stored := store.by_mark(each["id"]))])
    reply = client.get("/search.json?q=flood&tag=to+check&copies=show").json
    assert reply["total"] == every["total"]
    assert reply["notes"] == ["tag:to check is left out: nobody's tags and dossiers are seen here"]
    assert "tag:to check is left out" in client.get("/search.atom?q=flood&tag=to+check").text
    assert "to check" not in client.get("/search?q=flood").text
    assert client.get("/facets/tag?q=flood").text.count("to check") == 0
    app.extensions[EXTENSION].close()


def lines(browser: FlaskClient, address: str = "/search?q=flood&copies=show") -> dict[str, str]:
    """Return the mark of each hit with a line of what readers added -> that line."""
    hits = browser.get(address).text.split("<li class=hit>")[1:]
    found = [
        (re.search(r"<code>(?:<i.*?</i>)?(\w+)</code>", hit), re.search(r'<p class="pen s">(.*)', hit)) for hit in hits
    ]
    return {mark[1]: line[1] for mark, line in found if mark and line}


def test_a_hit_says_what_readers_added_to_it(browser: FlaskClient, store: ArticleStore, ids: list[int]):
    marks = marks_of(store, ids)
    dossier = store.dossiers.all()[0].id
    store.dossiers.set_note(dossier, ids[1], "why <b>", NOW)
    store.dossiers.set_tags(ids[1], ["to check", "a & b"])
    assert lines(browser) == {
        marks[ids[0]]: "tag to check",
        marks[ids[1]]: "In The (old) wall · tags a &amp; b, to check · 1 note",
        marks[ids[2]]: "In The (old) wall",
    }
    assert (
        "In The (old) wall · Schlagwörter a &amp; b, to check · 1 Notiz"
        in lines(browser, "/de/search?q=flood&copies=show").values()
    )
    store.dossiers.delete(dossier, NOW)
    assert set(lines(browser).values()) == {"tag to check", "tags a &amp; b, to check"}


def test_what_was_added_to_a_hit_is_bounded_and_what_is_left_out_is_counted(
    browser: FlaskClient, store: ArticleStore, ids: list[int]
):
    store.dossiers.set_tags(ids[0], [f"{at:02} {'x' * 57}" for at in range(20)])
    for at in range(7):
        made = store.dossiers.add(f"{at} " + "long " * 90, "this machine", NOW)
        store.dossiers.put(made.id, ids[:1], NOW)
    line = lines(browser)[marks_of(store, ids)[ids[0]]]
    assert "… and 2 more · tags 00" in line
    assert line.endswith("x and 15 more")
    assert len(line) < 800


def test_a_hit_shows_nobody_the_dossier_of_another(shared, sign_in: SignIn):  # noqa: F811  fixtures
    store = shared.extensions[EXTENSION].store
    reader, editor = sign_in("reader"), sign_in("editor")
    marks = [each["id"] for each in reader.get("/search.json?q=flood&copies=show").json["hits"][:3]]
    collect(store, [stored.id for each in marks if (stored := store.by_mark(each))], who="reader")
    assert lines(reader) == {
        marks[0]: "tag to check",
        marks[1]: "In The (old) wall · tag to check",
        marks[2]: "In The (old) wall",
    }
    assert lines(editor) == {marks[0]: "tag to check", marks[1]: "tag to check"}


def test_hits_are_looked_up_at_once_and_only_where_there_is_something_to_see(browser: FlaskClient, store: ArticleStore):
    asked: list[str] = []
    store.dossiers._database.connection.set_trace_callback(asked.append)  # this thread's, which answers the browser
    address = "/search?q=flood&copies=show"
    assert lines(browser) == {}
    assert not any("FROM dossier_articles" in each for each in asked if "UNION" in each)
    store.dossiers.set_tags(1, ["x"])
    asked.clear()
    browser.get(address)
    assert sum("UNION" in each for each in asked) == 1
