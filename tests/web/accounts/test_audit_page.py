"""The list of changes for admins: all of them and those of one person, paged, as data, and for nobody else."""

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from corpus.store import ArticleStore
from tests.web.accounts.conftest import SignIn
from tests.web.conftest import Send
from tests.web.corpus import NOW
from web.accounts import audit_page
from web.cli.group import pressmark
from web.layout import paths
from web.layout.services import EXTENSION

HOSTILE = '=cmd|"<script>alert(1)</script>'


@pytest.fixture
def changed(shared: Flask) -> ArticleStore:
    """Changes of three people, one of whom has a name that is no plain one."""
    store: ArticleStore = shared.extensions[EXTENSION].store
    for number in range(7):
        store.audit.add(NOW, ("Ana", "Ben", HOSTILE)[number % 3], f"Change {number}", None, network="203.0.113.0/24")
    return store


def test_it_shows_all_of_them_or_those_of_one_person_page_by_page(
    shared: Flask, sign_in: SignIn, changed: ArticleStore, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(audit_page, "ON_A_PAGE", 2)
    admin = sign_in("admin")
    page = admin.get("/audit").text
    assert "7 changes" in page
    assert ("Change 6" in page, "Change 4" in page) == (True, False)
    assert 'href="/audit?page=2" rel="next"' in page
    assert "<script>" not in page
    page = admin.get("/audit?who=Ana&page=2").text
    assert ("Change 0" in page, "Change 3" in page, 'rel="next"' in page) == (True, False, False)
    assert 'href="/audit?who=Ana&amp;page=1" rel="prev"' in page
    assert "who=Zoe" in admin.get("/audit?who=Zoe").text


def test_as_data_it_is_the_same_and_says_when_it_is_not_whole(
    shared: Flask, sign_in: SignIn, changed: ArticleStore, monkeypatch: pytest.MonkeyPatch
):
    admin = sign_in("admin")
    found = admin.get("/audit.json").get_json()
    assert [each["said"] for each in found] == [f"Change {number}" for number in range(6, -1, -1)]
    rows = list(csv.DictReader(io.StringIO(admin.get("/audit.csv", query_string={"who": HOSTILE}).text)))
    assert [(row["said"], row["who"], row["network"]) for row in rows] == [
        (f"Change {number}", f"'{HOSTILE}", "203.0.113.0/24") for number in (5, 2)
    ]
    monkeypatch.setattr(paths, "MOST_LISTED", 3)
    reply = admin.get("/audit.json")
    assert (len(reply.get_json()), reply.headers["Pressmark-Complete"]) == (3, "no")


def test_whoever_sits_at_the_machine_reads_it_and_sees_what_was_undone(browser: FlaskClient, send: Send):
    send("/dossiers", name="Walls")
    send("/undo", change="1")
    done, undone = browser.get("/audit.json").get_json()
    assert (undone["kind"], undone["undone"] is not None, done["said"][:7]) == ("dossier begun", True, "Undone:")
    assert "undone " in browser.get("/audit").text


@pytest.mark.parametrize("path", ["/audit", "/people"])
def test_a_sentence_is_written_as_its_page_whatever_the_name_in_it(browser: FlaskClient, send: Send, path: str):
    send("/dossiers", name="محضر الفيضانات")
    assert '<td class="whole">“محضر الفيضانات” is begun.' in browser.get(path).text


def test_what_the_command_line_changes_of_people_tokens_and_texts_stands_in_it(folder: Path, store: ArticleStore):
    (folder.parent / "config.toml").write_text("")
    mark = store.newest(1)[0].mark
    for words in (
        ["users", "add", "Ana", "--no-password"],
        ["users", "role", "Ana", "editor"],
        ["tokens", "add", "Ana", "--for", "feeds"],
        ["tokens", "revoke", "1"],
        ["users", "remove", "Ana", "--yes"],
        ["withdraw", mark, "--reason", "asked for", "--yes"],
    ):
        run = CliRunner().invoke(pressmark, ["-C", str(folder.parent), *words])
        assert run.exit_code == 0, (words, run.output)
    with ArticleStore.open(folder / "pressmark.sqlite") as opened:
        said = [(each.who, str(each.words)) for each in opened.audit.latest()[::-1]]
    assert said == [
        ("this machine", "Ana is added as reader."),
        ("this machine", "Ana is editor now."),
        ("this machine", "Token 1 of Ana is made."),
        ("this machine", "Token 1 is revoked."),
        ("this machine", "Ana is forgotten, with tokens and sessions."),
        ("this machine", f"{mark} is withdrawn: asked for"),
    ]
