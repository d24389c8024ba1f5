"""What stands beside an article or a source, by the API: bounds, strangers, and what is not right."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from corpus.store import ArticleStore
from tests.web.conftest import app_over, client_of
from tests.web.corpus import COUNCIL, HERALD
from web.layout.services import EXTENSION


def test_a_stranger_of_a_public_archive_gets_no_whole_text_beside_an_article(folder: Path):
    with ArticleStore.open(folder / "pressmark.sqlite") as store:
        stored = store.by_url(COUNCIL.url)
    assert stored
    app = app_over(folder, web={"public": True})
    stranger, path = client_of(app), f"/api/v1/articles/{stored.mark}"
    refused = stranger.get(f"{path}/changes")
    assert (refused.status_code, refused.content_type) == (403, "application/problem+json")
    last = stored.article.body.rpartition("\n\n")[2]
    for form in ("txt", "md", "json", "bib", "ris", "csl.json"):
        given = stranger.get(f"{path}/exports/{form}")
        assert (given.status_code, last in given.text) == (200, False), form
    assert len(stranger.get(f"{path}/citations").json["items"]) == 4
    assert 0 < len(stranger.get(f"{path}/similar").json["items"]) <= 5
    app.extensions[EXTENSION].close()


@pytest.mark.parametrize(
    ("path", "where", "expected"),
    [
        ("/articles/{mark}/changes?new=9", "query: new", "the number of one of its texts: 1, 2"),
        ("/articles/{mark}/changes?old=2&new=1", "query: old", "a text before text 1"),
        ("/articles/{mark}/changes?old=x", "query: old", "a number from 1 to 1,000,000"),
        (f"/sources/{HERALD}/coverage?month=soon", "query: month", "a month such as 2024-03"),
        ("/trend/exports/svg?mean=5", "query: mean", "one of 3, 6, 12"),
    ],
)
def test_what_is_not_right_is_refused_with_what_would_be(client: FlaskClient, path: str, where: str, expected: str):
    mark = client.get(f"/api/v1/lookup?url={COUNCIL.url}").json["article"]
    refused = client.get("/api/v1" + path.format(mark=mark))
    assert (refused.status_code, refused.content_type) == (400, "application/problem+json")
    assert (refused.json["errors"][0]["where"], refused.json["errors"][0]["expected"]) == (where, expected)


def test_what_is_not_there_is_a_problem_and_what_was_withdrawn_says_why(client: FlaskClient):
    gone = client.get("/api/v1/lookup?url=https://coastpost.example/gone").json["article"]
    for rest in ("citations", "similar", "changes", "exports/bib"):
        reply = client.get(f"/api/v1/articles/{gone}/{rest}")
        assert (reply.status_code, "asked for by the author" in reply.json["detail"]) == (410, True), rest
        assert client.get(f"/api/v1/articles/a0aaaa/{rest}").status_code == 404
    for path in ("/sources/nowhere.example/coverage", "/trend/exports/png", "/trend/exports/svg?q=xyzzyx"):
        reply = client.get(f"/api/v1{path}")
        assert (reply.status_code, reply.content_type) == (404, "application/problem+json"), path


def test_an_answer_that_is_the_same_is_not_sent_again(client: FlaskClient):
    mark = client.get(f"/api/v1/lookup?url={COUNCIL.url}").json["article"]
    for rest in ("citations", "similar", "changes"):
        first = client.get(f"/api/v1/articles/{mark}/{rest}")
        again = client.get(f"/api/v1/articles/{mark}/{rest}", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b""), rest


def test_an_article_with_one_text_has_no_changes(client: FlaskClient):
    mark = client.get("/api/v1/lookup?url=https://coastpost.example/wall").json["article"]
    found = client.get(f"/api/v1/articles/{mark}/changes").json
    assert (found["old"], found["new"]["number"], found["items"], found["added"]) == (None, 1, [], 0)
