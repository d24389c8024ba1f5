"""The API gives an article's tags and dossiers, of those that who asks may see, and writes tags outside a dossier."""

import shutil
from pathlib import Path

from flask.testing import FlaskClient

from corpus.store import ArticleStore
from indexer.open import open_self_repairing
from tests.web.accounts.conftest import SignIn, shared, sign_in  # noqa: F401  fixtures
from tests.web.api.sending import send
from tests.web.conftest import app_over, client_of
from tests.web.corpus import COUNCIL, NOW, config
from web.app import create_app
from web.layout.services import EXTENSION


def test_an_article_in_no_dossier_is_tagged_and_its_hit_has_the_tags(browser: FlaskClient, store: ArticleStore):
    mark = store.by_url(COUNCIL.url).mark
    path = f"/articles/{mark}"
    found = "/api/v1/search?q=flood&limit=100"
    before = browser.get(found)
    made = send(browser, "PUT", f"{path}/tags", {"tags": ["Money", " to  check", "money"]})
    assert (made.status_code, made.json) == (200, {"id": mark, "tags": ["money", "to check"], "dossiers": []})
    assert browser.get(f"/api/v1{path}/annotations").json == made.json
    after = browser.get(found, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200  # the tags are part of the answer
    tagged = {each["id"]: each["tags"] for each in after.json["items"]}
    assert tagged[mark] == ["money", "to check"]
    assert sum(map(bool, tagged.values())) == 1
    assert store.audit.latest()[0].undo["kind"] == "tagged"
    assert send(browser, "PUT", f"{path}/tags", {"tags": []}).json["tags"] == []


def test_wrong_tags_and_articles_that_are_not_there_change_nothing(browser: FlaskClient, store: ArticleStore):
    mark, gone = store.by_url(COUNCIL.url).mark, store.by_url("https://coastpost.example/gone").mark
    for tags in (["a, b"], ["x" * 61], [str(each) for each in range(21)]):
        reply = send(browser, "PUT", f"/articles/{mark}/tags", {"tags": tags})
        assert (reply.status_code, reply.json["errors"][0]["where"]) == (400, "body: tags")
    assert send(browser, "PUT", f"/articles/{mark}/tags", {}).status_code == 400
    assert send(browser, "PUT", f"/articles/{gone}/tags", {"tags": ["x"]}).status_code == 410
    assert send(browser, "PUT", "/articles/zzzzzz/tags", {"tags": ["x"]}).status_code == 404
    assert store.dossiers.known_tags() == []


def test_dossiers_and_notes_of_others_are_in_no_answer_and_shared_ones_are_given_with_the_article(
    shared, sign_in: SignIn  # noqa: F811
):  # fmt: skip
    store = shared.extensions[EXTENSION].store
    stored = store.by_url(COUNCIL.url)
    dossier = store.dossiers.add("My secret wall", "reader", NOW)
    store.dossiers.put(dossier.id, [stored.id], NOW)
    store.dossiers.set_note(dossier.id, stored.id, "For my eyes", NOW)
    reader, editor = sign_in("reader"), sign_in("editor")
    search, of_article = "/api/v1/search?q=flood&limit=100", f"/api/v1/articles/{stored.mark}/annotations"

    def dossiers(client: FlaskClient) -> list[list[str]]:
        return [each["dossiers"] for each in client.get(search).json["items"] if each["id"] == stored.mark]

    assert (dossiers(reader), dossiers(editor)) == ([[dossier.mark]], [[]])
    given = {"mark": dossier.mark, "name": "My secret wall", "note": "For my eyes"}
    assert (reader.get(of_article).json["dossiers"], editor.get(of_article).json["dossiers"]) == ([given], [])
    store.dossiers.share(dossier.id, type(dossier.shared)("people"), 1)
    assert editor.get(of_article).json["dossiers"] == [given]
    assert dossiers(editor) == [[]]  # `in:` of another's dossier finds nothing, so no hit names it


def test_a_stranger_of_a_public_archive_sees_no_additions(folder: Path):
    store = ArticleStore.open(folder / "pressmark.sqlite")
    stored = store.by_url(COUNCIL.url)
    store.dossiers.set_tags(stored.id, ["secret"])
    store.close()
    app = app_over(folder, web={"public": True})
    stranger = client_of(app)
    assert "secret" not in stranger.get("/api/v1/search?q=flood&limit=100").text
    assert stranger.get(f"/api/v1/articles/{stored.mark}/annotations").status_code == 403
    assert send(stranger, "PUT", f"/articles/{stored.mark}/tags", {"tags": ["x"]}).status_code == 403
    app.extensions[EXTENSION].close()


def test_a_sample_names_its_articles_and_strata_as_its_page_does(browser: FlaskClient):
    made = send(browser, "POST", "/samples", {"count": 3, "search": "q=flood", "seed": 7, "evenly": "source"}).json
    page = browser.get(f"/samples/{made['mark']}.json").json
    assert len(made["ids"]) == made["articles"] == sum(each["articles"] for each in made["strata"])
    assert (made["ids"], made["strata"]) == (page["ids"], page["strata"])
    assert browser.get(f"/api/v1/samples/{made['mark']}").json == made
    (listed,) = browser.get("/api/v1/samples").json["items"]
    assert (listed["ids"], listed["strata"]) == (None, None)
    typed = browser.get(f"/search?q={made['mark'].upper()}")
    assert (typed.status_code, typed.headers["Location"]) == (302, f"/samples/{made['mark']}")
    assert browser.get("/search?q=s-00000").status_code == 200


def test_a_hit_in_a_text_that_is_gone_says_when_it_was_there(data: Path, tmp_path: Path):
    shutil.copytree(data, tmp_path / "data", ignore=shutil.ignore_patterns("removed"))
    made = config(tmp_path / "data")
    store = ArticleStore.open(made.data / "pressmark.sqlite")
    app = create_app(made, lambda: store, lambda: open_self_repairing(made, lambda: store, wait=True), now=lambda: NOW)
    (hit,) = client_of(app).get("/api/v1/search?q=worst&in=removed").json["items"]
    gone = hit["removed"]
    assert (gone["revision"], gone["seen"][:10]) == (1, "2026-01-12")
    assert (gone["replaced_by"], gone["gone"][:10]) == (2, "2026-01-14")
    assert client_of(app).get("/api/v1/search?q=flood&limit=1").json["items"][0]["removed"] is None
    app.extensions[EXTENSION].close()
