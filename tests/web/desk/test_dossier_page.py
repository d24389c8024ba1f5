"""Dossiers: kept from results and articles, ordered, noted, tagged, exported, sampled, and each change undone."""

import csv
import io
import json
import re

import pytest
from flask.testing import FlaskClient

from corpus.store import ArticleStore
from corpus.store.file.database import Database
from tests.web.conftest import Send
from tests.web.corpus import NOW
from web.desk import keeping
from web.desk.dossier_reading import ON_A_PAGE
from web.layout.changes import LONGEST_PURPOSE


@pytest.fixture
def marks(browser: FlaskClient) -> list[str]:
    """The first hits of a search."""
    return [each["id"] for each in browser.get("/search.json?q=flood").json["hits"][:4]]


def kept(send: Send, marks: list[str], name: str = "The wall") -> str:
    """Keep articles in a new dossier; return its address."""
    reply = send("/keep", mark=marks, dossier="new", dossier_name=name)
    assert reply.status_code == 303, reply.text
    return str(reply.headers["Location"].partition("?")[0])


def order_of(browser: FlaskClient, path: str) -> list[str]:
    return re.findall(r'<li class="item" id="(\w+)"', browser.get(path).text)


def undo(send: Send, location: str) -> str:
    return str(send("/undo", change=re.search(r"done=(\d+)", location)[1], back="/dossiers").headers["Location"])


def test_checked_results_are_kept_in_a_new_dossier_in_their_order(browser: FlaskClient, send: Send, marks: list[str]):
    path = kept(send, marks)
    assert order_of(browser, path) == marks
    assert "4 articles" in browser.get(path).text
    assert "The wall" in browser.get(f"/a/{marks[0]}", follow_redirects=True).text


def test_what_is_in_it_already_is_not_kept_twice(browser: FlaskClient, send: Send, marks: list[str]):
    path = kept(send, marks[:2])
    reply = send("/keep", mark=marks, dossier=path.removeprefix("/d/"))
    assert "2 articles are kept in “The wall”; 2 were in it already." in browser.get(reply.headers["Location"]).text
    assert order_of(browser, path) == marks
    undo(send, reply.headers["Location"])
    assert order_of(browser, path) == marks[:2]


def test_all_that_a_search_finds_is_kept(browser: FlaskClient, send: Send):
    path = str(send("/keep", what="all", search="q=flood", dossier="new", dossier_name="All").headers["Location"])
    total = browser.get("/search.json?q=flood&copies=show").json["total"]
    assert f"{total} articles are kept" in browser.get(path).text
    assert len(order_of(browser, path)) == total


def test_keeping_nothing_is_said(send: Send):
    assert "No article is checked" in send("/keep", dossier="new", dossier_name="x").text
    assert "needs a name" in send("/keep", mark="k7f003", dossier="new", what="all", search="q=flood").text
    assert send("/keep", what="all", search="q=flood", dossier="d-00000").status_code == 404


def test_what_is_too_long_is_refused_and_not_cut(browser: FlaskClient, send: Send, marks: list[str]):
    refused = send("/dossiers", name="x" * (LONGEST_PURPOSE + 1))
    assert "501 characters are too many: expected at most 500." in refused.text
    assert browser.get("/dossiers.json").json == []
    assert send("/dossiers", name=f" {'x' * LONGEST_PURPOSE}\n").status_code == 303
    path = kept(send, marks)
    assert "10,001 characters are too many" in send(path, do="note", mark=marks[0], note="x" * 10_001).text
    assert send(path, do="note", mark=marks[0], note="x" * 10_000).status_code == 303


def test_undoing_the_first_keeping_takes_the_new_dossier_away(browser: FlaskClient, send: Send, marks: list[str]):
    reply = send("/keep", mark=marks, dossier="new", dossier_name="Once")
    assert undo(send, reply.headers["Location"]).startswith("/dossiers")
    assert "Once" not in re.sub("“Once”", "", browser.get("/dossiers").text)
    assert browser.get(reply.headers["Location"]).status_code == 410


def test_numbers_put_articles_in_another_order_and_undo_restores_it(browser: FlaskClient, send: Send, marks: list[str]):
    path = kept(send, marks)
    reply = send(path, do="order", **{f"place-{marks[3]}": "1.5", f"place-{marks[0]}": "1", "place-nobody": "7"})
    assert order_of(browser, path) == [marks[0], marks[3], marks[1], marks[2]]
    undo(send, reply.headers["Location"])
    assert order_of(browser, path) == marks
    refused = send(path, do="order", **{f"place-{marks[0]}": "first"})
    assert "“first” is no place: expected a number" in refused.text
    assert send(path, do="order", **{f"place-{marks[0]}": "nan"}).status_code == 403


def test_notes_and_tags_are_written_filtered_by_and_undone(browser: FlaskClient, send: Send, marks: list[str]):
    path = kept(send, marks)
    reply = send(path, do="note", mark=marks[1], note="Oldest paper.\nAsk why.", tags="Money,  to  check, money")
    page = browser.get(path).text
    assert "Oldest paper." in page
    assert "Ask why." in page
    assert order_of(browser, f"{path}?tag=money") == [marks[1]]
    assert order_of(browser, f"{path}?tag=to+check") == [marks[1]]
    assert order_of(browser, f"{path}?tag=none") == [marks[0], *marks[2:]]
    undo(send, reply.headers["Location"])
    assert "Oldest paper." not in browser.get(path).text
    assert order_of(browser, f"{path}?tag=money") == []
    assert "At most 20 tags" in send(path, do="note", mark=marks[1], tags=",".join(map(str, range(30)))).text


def test_an_article_taken_out_comes_back_with_its_note(browser: FlaskClient, send: Send, marks: list[str]):
    path = kept(send, marks)
    send(path, do="note", mark=marks[1], note="Keep this.")
    reply = send(path, do="out", mark=marks[1])
    assert order_of(browser, path) == [marks[0], *marks[2:]]
    undo(send, reply.headers["Location"])
    assert order_of(browser, path) == marks
    assert "Keep this." in browser.get(path).text
    assert send(path, do="out", mark="z9zzzz").status_code == 404


def test_a_dossier_is_named_anew_deleted_and_brought_back(browser: FlaskClient, send: Send, marks: list[str]):
    path = kept(send, marks)
    send(path, do="describe", name="The sea wall", about="What the papers said.")
    assert "What the papers said." in browser.get(path).text
    reply = send(path, do="delete")
    assert browser.get(path).status_code == 410
    undo(send, reply.headers["Location"])
    assert order_of(browser, path) == marks


def test_a_withdrawn_article_keeps_its_place_and_note_without_text(
    browser: FlaskClient, send: Send, store: ArticleStore, marks: list[str]
):
    path = kept(send, marks)
    send(path, do="note", mark=marks[0], note="It was here.")
    gone = store.by_mark(marks[0])
    assert gone
    assert gone.article.headline
    store.withdraw(gone.id, "by law")
    page = browser.get(path).text
    assert order_of(browser, path) == marks
    assert gone.article.headline not in page
    assert "by law" in page
    assert gone.article.url not in browser.get(f"{path}/export.csv").text


def test_exports_hold_notes_and_tags_and_are_read_back(browser: FlaskClient, send: Send, marks: list[str]):
    path = kept(send, marks[:2])
    send(path, do="note", mark=marks[0], note="=SUM(A1) & more\nsecond line", tags="money, sea")
    rows = list(csv.DictReader(io.StringIO(browser.get(f"{path}/export.csv").text.removeprefix("\ufeff"))))
    assert [row["id"] for row in rows] == marks[:2]
    assert rows[0]["note"] == "'=SUM(A1) & more\nsecond line"
    assert rows[0]["tags"] == "money; sea"
    lines = browser.get(f"{path}/export.ris").text.split("ER  - ")[0].splitlines()
    assert [line for line in lines if line.startswith(("KW", "N1"))] == [
        "N1  - =SUM(A1) & more second line",
        "KW  - money",
        "KW  - sea",
    ]
    item = json.loads(browser.get(f"{path}/export.csl.json").text)[0]
    assert (item["annote"], item["keyword"]) == ("=SUM(A1) & more\nsecond line", "money, sea")
    assert "annote = {=SUM(A1) \\& more second line}" in browser.get(f"{path}/export.bib").text
    assert "> =SUM(A1) & more\n> second line" in browser.get(f"{path}/export.md").text
    assert len(list(csv.DictReader(io.StringIO(browser.get(f"{path}/export.csv?tag=sea").text)))) == 1
    assert browser.get(f"{path}/export.exe").status_code == 404


def test_a_long_dossier_is_shown_in_parts(browser: FlaskClient, send: Send, store: ArticleStore, marks: list[str]):
    path = kept(send, marks)
    found = store.dossiers.get(path.removeprefix("/d/"))
    assert found
    ids = [each.id for each in store.every()]
    store.dossiers.put(found.id, ids, found.made)
    assert len(order_of(browser, path)) == min(len(ids), ON_A_PAGE)
    assert len(order_of(browser, f"{path}?from=999999")) == min(len(ids), ON_A_PAGE)


def test_what_a_reader_writes_stays_text(browser: FlaskClient, send: Send, marks: list[str]):
    path = kept(send, marks[:1], "<script>alert(1)</script>")
    send(path, do="note", mark=marks[0], note='<img src=x onerror="alert(1)">', tags='"><b>')
    for page in (path, f"{path}?edit={marks[0]}", "/dossiers", f"/a/{marks[0]}", "/search?q=flood"):
        text = browser.get(page, follow_redirects=True).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert '"><b>' not in text


def test_undoing_the_first_keeping_throws_away_nothing_that_came_since(
    browser: FlaskClient, send: Send, marks: list[str]
):
    reply = send("/keep", mark=marks[:2], dossier="new", dossier_name="Mine")
    path = str(reply.headers["Location"].partition("?")[0])
    send("/keep", mark=marks[2], dossier=path.removeprefix("/d/"))
    send(path, do="note", mark=marks[0], note="Written since.")
    undo(send, reply.headers["Location"])
    assert order_of(browser, path) == [marks[0], marks[2]]
    assert "Written since." in browser.get(path).text
    change = re.search(r"done=(\d+)", reply.headers["Location"])[1]
    assert send("/undo", change=change).status_code == 403


def test_the_page_of_a_dossier_unpacks_each_article_that_it_shows_once_and_no_other(
    browser: FlaskClient, send: Send, marks: list[str], monkeypatch: pytest.MonkeyPatch
):
    path = kept(send, marks)
    unpacked: list[bytes] = []
    texts = Database.texts

    def watched(self: Database, stored: bytes | None) -> list[str]:
        if stored:
            unpacked.append(stored)
        return texts(self, stored)

    monkeypatch.setattr(Database, "texts", watched)
    assert browser.get(path).status_code == 200
    assert len(unpacked) == len(set(unpacked)) == len(marks)


def test_more_marks_than_are_kept_at_once_and_unknown_ones_are_refused_not_cut(
    send: Send, store: ArticleStore, monkeypatch: pytest.MonkeyPatch
):
    marks = [each.mark for each in store.newest(3)]
    assert send("/keep", mark=[*marks, "k00000"], dossier="new", dossier_name="Walls").status_code == 403
    monkeypatch.setattr(keeping, "MOST", 2)
    refused = send("/keep", mark=marks, dossier="new", dossier_name="Walls")
    assert (refused.status_code, "3 articles are checked" in refused.text) == (403, True)
    assert store.dossiers.all() == []
    assert send("/keep", mark=[marks[0]] * 3, dossier="new", dossier_name="Walls").status_code == 303


def test_the_history_of_a_dossier_has_each_change_with_its_search_and_what_was_undone(
    browser: FlaskClient, send: Send, marks: list[str]
):
    path = kept(send, marks[:1])
    send("/keep", what="all", search="q=insurance", dossier=path.removeprefix("/d/"))
    send(path, do="note", mark=marks[0], note="Here.", tags="money")
    taken = send(path, do="out", mark=marks[0]).headers["Location"]
    undo(send, taken)
    kept(send, marks, "Another")
    found = browser.get(f"{path}/history.json").get_json()
    assert [each["kind"] for each in found["items"]] == ["taken out", "note written", "kept", "kept"]
    assert [bool(each["undone"]) for each in found["items"]] == [True, False, False, False]
    assert [each["search"] for each in found["items"]] == [None, None, "/search?q=insurance", None]
    assert found["items"][3]["articles"] == found["items"][0]["articles"] == marks[:1]
    assert found["complete"] is True
    page = browser.get(f"{path}/history").text
    assert 'href="/search?q=insurance"' in page
    assert f'href="{path}/history"' in browser.get(path).text
    assert browser.get("/d/d-00000/history").status_code == 404


def test_a_dossier_that_was_begun_and_filled_is_not_said_to_be_undone(
    browser: FlaskClient, send: Send, store: ArticleStore
):
    begun = send("/dossiers", name="Walls").headers["Location"].rpartition("=")[2]
    (dossier,) = store.dossiers.all()
    send("/keep", what="all", search="q=flood", dossier=dossier.mark)
    reply = send("/undo", change=begun)
    assert (reply.status_code, "there are articles in the dossier now" in reply.text) == (403, True)
    change = store.audit.get(int(begun))
    assert change is not None
    assert change.undone is None
    assert [each.mark for each in store.dossiers.all()] == [dossier.mark]


def test_a_list_of_dossiers_to_choose_from_says_how_many_more_there_are(
    browser: FlaskClient, store: ArticleStore, marks: list[str]
):
    for number in range(52):
        store.dossiers.add(f"Wall {number}", "this machine", NOW)
    for page in (f"/a/{marks[0]}", "/search?q=flood"):
        shown = browser.get(page, follow_redirects=True).text.replace('"', "")
        choices = shown.partition("<select id=dd")[2].partition("</select>")[0]
        assert (choices.count("<option value=d-"), "<option disabled>and 2 more" in choices) == (50, True), page
