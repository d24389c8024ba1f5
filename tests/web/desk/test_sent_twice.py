"""A form that makes something and is sent twice within a moment makes it once; the second leads to the first."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from corpus.store import ArticleStore
from indexer.open import open_engine
from tests.web.conftest import Send, client_of, token_of
from tests.web.corpus import COUNCIL, NOW, config
from web.app import create_app
from web.layout.services import EXTENSION

MAKING = {
    "/saved": {"search": "?q=flood", "name": "Floods"},
    "/dossiers": {"name": "Walls"},
    "/keep": {"what": "all", "search": "?q=flood", "dossier": "new", "dossier_name": "Walls"},
    "/q": {"search": "?q=flood", "purpose": "a story"},
    "/samples": {"search": "?q=flood", "n": "2"},
}


@pytest.mark.parametrize("path", MAKING)
def test_the_second_makes_nothing_and_leads_to_the_first(send: Send, store: ArticleStore, path: str):
    first, second = (send(path, **MAKING[path]) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert second.headers["Location"] == first.headers["Location"]
    assert len(store.audit.latest()) == 1


def test_words_marked_and_a_bundle_made_twice_are_one(send: Send, store: ArticleStore):
    mark = store.by_url(COUNCIL.url).mark
    quote = store.by_url(COUNCIL.url).article.body.split(".")[0]
    dossier = send("/keep", mark=mark, dossier="new", dossier_name="Walls").headers["Location"].partition("?")[0]
    for path, fields in (
        ("/passages", {"do": "mark", "mark": mark, "quote": quote, "at": "0"}),
        (f"{dossier}/bundles", {"do": "make"}),
    ):
        before = len(store.audit.latest())
        first, second = (send(path, **fields) for _ in range(2))
        assert (first.status_code, second.headers.get("Location")) == (303, first.headers["Location"]), path
        assert len(store.audit.latest()) == before + 1


def test_two_that_come_at_once_make_one(browser: FlaskClient, store: ArticleStore):
    fields = {"token": token_of(browser), **MAKING["/keep"]}
    clients = [client_of(browser.application) for _ in range(4)]
    with ThreadPoolExecutor(len(clients)) as pool:
        replies = [*pool.map(lambda client: client.post("/keep", data=fields), clients)]
    assert len({reply.headers["Location"] for reply in replies}) == 1
    assert len(store.dossiers.all()) == 1


def test_another_name_or_something_done_between_or_an_undo_makes_another(send: Send, store: ArticleStore):
    send("/dossiers", name="Walls")
    send("/dossiers", name="Floods")
    send("/dossiers", name="Walls")
    assert sorted(each.name for each in store.dossiers.all()) == ["Floods", "Walls", "Walls"]
    send("/undo", change=str(store.audit.latest(1)[0].id))
    send("/dossiers", name="Walls")
    assert sorted(each.name for each in store.dossiers.all()) == ["Floods", "Walls", "Walls"]


def test_the_same_form_of_later_makes_another(folder: Path):
    clock = [NOW]
    app = create_app(
        config(folder),
        lambda: ArticleStore.open(folder / "pressmark.sqlite"),
        lambda: open_engine(folder / "index"),
        now=lambda: clock[0],
    )
    client = client_of(app)
    for seconds, made in ((0, 1), (5, 1), (6, 2)):
        clock[0] = NOW + timedelta(seconds=seconds)
        client.post("/dossiers", data={"token": token_of(client), "name": "Walls"})
        assert len(app.extensions[EXTENSION].store.dossiers.all()) == made, seconds
    app.extensions[EXTENSION].close()
