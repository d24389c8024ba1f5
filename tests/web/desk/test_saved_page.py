"""Saved searches: what is new, looked at, paused, renamed, deleted and brought back."""

import csv
import io
import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from corpus.store import ArticleStore
from indexer.results import receipts
from tests.web.conftest import Send
from tests.web.corpus import article


def add(store: ArticleStore, index: Callable[[], object], name: str, day: str = "2026-11-22") -> int:
    text = article("coastpost.example", name, f"Flood {name}", f"The flood of {name}.", day=day)
    store.write(text)
    index()
    return store.by_url(text.url).id


def test_nothing_is_new_in_a_search_that_was_just_saved(browser: FlaskClient, send: Send):
    reply = send("/saved", search="q=flood", name="Floods")
    assert reply.headers["Location"] == "/saved?done=1"
    page = browser.get("/saved?done=1").text
    assert "“Floods” is saved" in page
    assert "nothing new" in page
    assert browser.get("/saved.json").json[0]["new"] == 0


@pytest.mark.parametrize(
    ("search", "name"),
    [
        ("q=council+vote", "council vote"),
        ("q=council+vote&sort=new", "council vote"),
        ("q=council+vote&lang=en", "all of council, vote; in English"),
        ("", "everything"),
    ],
)
def test_a_search_without_a_name_is_called_by_its_words_or_else_as_it_was_read(
    browser: FlaskClient, send: Send, search: str, name: str
):
    send("/saved", search=search)
    assert browser.get("/saved.json").json[0]["name"] == name


def test_a_search_that_finds_nothing_can_be_saved_and_tells_of_the_first_article(
    browser: FlaskClient, send: Send, store: ArticleStore, index: Callable[[], object]
):
    page = browser.get("/search?q=tidewheel&site=coastpost.example").text
    assert "No article has all of this" in page
    assert re.search(r"<button form=s>Save this search</button>", page)
    form = page[page.index("<form id=s") :]
    (search,) = re.findall(r'name=search value="([^"]+)"', form)
    send("/saved", search=search.replace("&amp;", "&"))
    store.write(article("coastpost.example", "tide", "Tidewheel turns", "The tidewheel turns.", day="2026-11-22"))
    store.write(article("valley-herald.example", "tide", "Tidewheel turns", "A tidewheel turns.", day="2026-11-22"))
    index()
    assert [each["new"] for each in browser.get("/saved.json").json] == [1]


def test_what_enters_later_is_new_though_it_was_published_long_ago(
    browser: FlaskClient, send: Send, store: ArticleStore, index: Callable[[], object]
):
    send("/saved", search="q=flood", name="Floods")
    send("/saved", search="q=letters", name="Letters")
    add(store, index, "letters", day="2011-01-01")
    page = browser.get("/saved").text
    assert "1 new article<" in page
    assert "Flood letters" in page
    assert re.search(r"in <a [^>]*><bdi>Floods</bdi></a>, <a [^>]*><bdi>Letters</bdi>", page)
    assert [each["new"] for each in browser.get("/saved.json").json] == [1, 1]


def test_a_correction_or_a_new_index_makes_nothing_new(
    browser: FlaskClient, send: Send, store: ArticleStore, index: Callable[[], object]
):
    send("/saved", search="q=flood", name="Floods")
    id = store.by_mark(browser.get("/search.json?q=flood").json["hits"][0]["id"]).id
    store.set_copy(id, None)
    store.amend_many([(store.article(id).sequence, store.article(id).article)])
    index()
    assert browser.get("/saved.json").json[0]["new"] == 0


def test_looking_marks_one_search_or_all_and_is_undone(
    browser: FlaskClient, send: Send, store: ArticleStore, index: Callable[[], object]
):
    send("/saved", search="q=flood", name="Floods")
    send("/saved", search="q=coast", name="Coast")
    add(store, index, "coast")
    first, second = (each["id"] for each in browser.get("/saved.json").json)
    send(f"/saved/{first}", do="look")
    assert [each["new"] for each in browser.get("/saved.json").json] == [0, 1]
    reply = send("/saved/looked")
    assert [each["new"] for each in browser.get("/saved.json").json] == [0, 0]
    change = re.search(r"done=(\d+)", reply.headers["Location"])[1]
    send("/undo", change=change)
    assert [each["new"] for each in browser.get("/saved.json").json] == [0, 1]
    assert second


def test_a_paused_search_tells_nothing_until_it_is_resumed(
    browser: FlaskClient, send: Send, store: ArticleStore, index: Callable[[], object]
):
    send("/saved", search="q=flood", name="Floods")
    send("/saved/1", do="pause")
    add(store, index, "harbour")
    page = browser.get("/saved").text
    assert "paused by hand, 23 Nov 2026" in page
    assert "nothing new" in page
    send("/saved/1", do="resume")
    assert "1 new article<" in browser.get("/saved").text


def test_a_search_is_renamed_deleted_and_brought_back(browser: FlaskClient, send: Send):
    send("/saved", search="q=flood&site=coastpost.example", name="")
    assert "coastpost.example" in browser.get("/saved.json").json[0]["name"]
    send("/saved/1", do="rename", name="  The \n coast ")
    assert browser.get("/saved.json").json[0]["name"] == "The coast"
    reply = send("/saved/1", do="delete")
    assert browser.get("/saved.json").json == []
    assert send("/saved/1", do="pause").status_code == 410
    send("/undo", change=re.search(r"done=(\d+)", reply.headers["Location"])[1])
    assert browser.get("/saved.json").json[0]["name"] == "The coast"


def test_an_empty_list_says_how_to_begin(browser: FlaskClient):
    assert "No search saved yet." in browser.get("/saved").text
    assert "No receipt was made yet." in browser.get("/receipts").text


def test_a_button_that_says_nothing_changes_nothing(send: Send, browser: FlaskClient):
    send("/saved", search="q=flood", name="Floods")
    assert send("/saved/1", do="explode").status_code == 403
    assert browser.get("/saved.json").json[0]["name"] == "Floods"


def test_a_search_that_finds_too_much_is_named_and_stops_no_other(
    browser: FlaskClient, send: Send, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(receipts, "MOST", 3)
    send("/saved", search="q=flood", name="Floods")
    send("/saved", search="q=zeppelin", name="None")
    page = browser.get("/saved")
    assert page.status_code == 200
    assert "cannot be counted: the search finds" in page.text
    assert [each["new"] for each in browser.get("/saved.json").json] == [None, 0]
    assert send("/keep", what="all", search="q=flood", dossier="new", dossier_name="x").status_code == 403


def test_each_search_has_twelve_weeks_of_what_entered_on_the_page_and_as_data(
    browser: FlaskClient, send: Send, store: ArticleStore, index: Callable[[], object]
):
    send("/saved", search="q=flood&site=coastpost.example", name="=Coast")
    send("/saved", search="q=zeppelin", name="None")
    before = browser.get("/saved.json").json[0]["weeks"]
    assert [each["begins"] for each in before][::11] == ["2026-09-01", "2026-11-17"]
    assert sum(each["entered"] for each in before) == 0
    for name, day in (("first", "2026-09-01T00:00"), ("second", "2026-11-16T23:40"), ("third", "2026-11-17T00:10")):
        add(store, index, name, day)  # each is fetched 32 minutes later
    add(store, index, "before", "2026-08-31T20:00")
    found = browser.get("/saved.json").json
    assert [each["entered"] for each in found[0]["weeks"]] == [1, *[0] * 10, 2]
    assert [each["entered"] for each in found[1]["weeks"]] == [0] * 12
    page = browser.get("/saved").text
    assert "3 articles in 12 weeks" in page
    assert page.count('<svg width="84"') == 1
    rows = list(csv.DictReader(io.StringIO(browser.get("/saved.csv").get_data(as_text=True))))
    assert [(row["name"], row["new"], row["entered 2026-11-17"]) for row in rows] == [
        ("'=Coast", "4", "2"),
        ("None", "0", "0"),
    ]
    assert "feed" not in rows[0]


def test_a_table_of_no_saved_search_has_its_heading(browser: FlaskClient):
    (heading,) = csv.reader(io.StringIO(browser.get("/saved.csv").get_data(as_text=True)))
    assert (heading[0], heading[-1]) == ("id", "entered 2026-11-17")


def test_what_is_new_is_listed_since_another_moment_too(
    browser: FlaskClient, send: Send, store: ArticleStore, index: Callable[[], object]
):
    add(store, index, "older", "2026-10-30T12:00")
    add(store, index, "week", "2026-11-17T12:00")
    add(store, index, "eve", "2026-11-22T00:00")
    send("/saved", search="q=flood&site=coastpost.example", name="Coast")

    def listed(since: str) -> list[str]:
        page = browser.get(f"/saved?since={since}").text
        return re.findall(r'<li class="item"><h3[^>]*><a [^>]*>(?:<mark>)?Flood(?:</mark>)? (\w+)', page)

    assert listed("") == []
    assert listed("yesterday") == ["eve"]
    assert listed("7d") == ["eve", "week"]
    assert listed("30d") == ["eve", "week", "older"]
    assert listed("never") == []
    assert '<a href="/saved?since=7d#new">7 days ago</a>' in browser.get("/saved").text
    send("/saved/1", do="pause")
    assert listed("30d") == []
