"""Two machines that crawl and one that shows the articles of both: `stores = "all"` end to end, on a real node."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
from flask.testing import FlaskClient

from corpus.store import ArticleStore
from tests.opensearch.trial import opensearch_node  # noqa: F401  a fixture
from tests.web.commands import run
from tests.web.conftest import client_of
from tests.web.corpus import NOW, fill
from web.app import create_app
from web.cli.context import Context
from web.layout.notes import NOTES, sentences
from web.layout.services import EXTENSION

FIRST_HOME = "https://press-1.example/archive"
PREFIX = "fed" + os.environ.get("PYTEST_XDIST_WORKER", "")  # each worker of the tests has indexes of its own
SECOND = (
    {"url": "https://islands.example/ferry", "title": "Ferry to the flood barrier", "authors": ["Ines Okoye"],
     "published": "2026-10-02", "text": "The ferry to the flood barrier sails. Zephyrine said so at the harbour."},
    {"url": "https://islands.example/goats", "title": "Goats of the islands", "authors": ["Ines Okoye"],
     "published": "2026-10-03", "text": "The goats of the islands are counted each autumn, by hand and in the rain."},
)  # fmt: skip


def lines(node: str, **more: object) -> str:
    given = {"engine": "opensearch", "hosts": [node], "replicas": 0, "prefix": PREFIX, "timeout": 5, **more}
    return "[indexer]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in given.items())


def sent(method: str, url: str) -> object:
    with urlopen(Request(url, method=method), timeout=30) as answer:
        return json.loads(answer.read() or b"null")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory, opensearch_node: str) -> Iterator[dict[str, Path]]:  # noqa: F811
    """The folders of two machines that have indexed, and of one that has no store."""
    made = {name: tmp_path_factory.mktemp(name) for name in ("first", "second", "shown")}
    (made["first"] / "config.toml").write_text(lines(opensearch_node) + f'[web]\nurl = "{FIRST_HOME}"\n')
    (made["second"] / "config.toml").write_text(lines(opensearch_node))
    (made["shown"] / "config.toml").write_text(lines(opensearch_node, stores="all"))
    (made["first"] / "data").mkdir()
    with ArticleStore.open(made["first"] / "data" / "pressmark.sqlite") as store:
        fill(store)
    (made["second"] / "articles.jsonl").write_text("".join(json.dumps(each) + "\n" for each in SECOND))
    for done in (
        run(made["first"], "index"),
        run(made["second"], "import", str(made["second"] / "articles.jsonl")),
        run(made["second"], "index"),
    ):
        assert done.exit_code == 0, done.output
    yield made
    sent("DELETE", f"{opensearch_node}/{PREFIX}-*")


@pytest.fixture(scope="module")
def client(folders: dict[str, Path]) -> Iterator[FlaskClient]:
    """A client of the pages of the machine that has no store."""
    context = Context(folder=folders["shown"], verb="serve")
    app = create_app(context.config, lambda: context.articles, lambda: context.engine, now=lambda: NOW)
    yield client_of(app)
    app.extensions[EXTENSION].close()
    context.close()


def found(folder: Path, text: str) -> dict[str, object]:
    done = run(folder, "search", text, "--json")
    assert done.exit_code == 0, done.output
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


@pytest.mark.parametrize(
    "query",
    ["flood*", *(pytest.param(each, marks=pytest.mark.soak) for each in
     ("flood", "ferry", '"flood defences"', "flod", "by:okafor", "", "goats OR council"))],
)  # fmt: skip
def test_a_search_finds_the_articles_of_all_stores(folders: dict[str, Path], query: str) -> None:
    every = {name: found(folder, query) for name, folder in folders.items()}
    assert every["shown"]["total"] == every["first"]["total"] + every["second"]["total"]
    facets = {name: {each["key"]: each["count"] for each in one["facets"]["sites"]} for name, one in every.items()}
    for site, count in facets["shown"].items():
        assert count == facets["first"].get(site, 0) + facets["second"].get(site, 0)


def test_no_id_is_of_two_stores(client: FlaskClient) -> None:
    hits = client.get("/search.json?q=&n=100").get_json()["hits"]
    marks = [each["id"] for each in hits]
    assert len(marks) == len(set(marks)) > len(SECOND)


def test_a_page_shows_the_text_and_leads_to_the_machine_that_has_its_revisions(client: FlaskClient) -> None:
    hit = client.get("/search.json?q=%22flood+defences%22").get_json()["hits"][0]
    page = client.get(f"/a/{hit['id']}", follow_redirects=True)
    text = page.get_data(as_text=True)
    assert page.status_code == 200
    assert hit["headline"] in text
    assert f'href="{FIRST_HOME}/a/{hit["id"]}' in text
    revisions = client.get(f"/a/{hit['id']}/revisions")
    assert revisions.status_code == 302
    assert revisions.headers["Location"] == f"{FIRST_HOME}/a/{hit['id']}/revisions"


def test_a_page_of_a_machine_without_an_address_says_which_machine_it_is(client: FlaskClient) -> None:
    (hit,) = client.get("/search.json?q=zephyrine").get_json()["hits"]
    text = client.get(f"/a/{hit['id']}", follow_redirects=True).get_data(as_text=True)
    assert "Zephyrine said so at the harbour" in text
    assert "whose config.toml names no address of its pages" in text
    assert client.get(f"/a/{hit['id']}/revisions").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/", "/search?q=flood", "/search?q=nosuchword", "/search.csv?q=flood", "/search.jsonl?q=flood", "/readyz",
     "/search.atom?q=flood", "/suggest?q=flo", "/trends?q=flood", "/words?q=flood", "/batch",
     "/export?q=flood", "/advanced", "/people.csv", "/people.json", "/audit", "/audit.csv", "/audit.json",
     "/authors", "/authors/ines-okoye",
     "/healthz",
     "/facets/author?q=", "/help/search", "/lookup?url=https://islands.example/goats", "/opensearch.xml",
     "/search?q=islands.example/goats", "/api/v1/search?q=flood&limit=5", "/api/v1/authors", "/api/v1/openapi.json",
     "/api/v1/facets/author?q=flood", "/api/v1/histogram?q=flood", "/api/v1/trend?q=flood", "/api/v1/suggestions?q=flo",
     "/api/v1/exports/csv?q=flood"],
)  # fmt: skip
def test_every_page_that_the_indexes_can_answer_is_answered(client: FlaskClient, path: str) -> None:
    assert client.get(path, follow_redirects=True).status_code == 200


@pytest.mark.parametrize("path", ["/sources", "/crawls", "/saved", "/dossiers", "/receipts"])
def test_every_other_page_leads_to_the_machines(client: FlaskClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 404
    assert f'href="{FIRST_HOME}{path}"' in page.get_data(as_text=True)


def test_the_api_gives_an_article_of_any_store_and_names_the_machines_for_the_rest(client: FlaskClient) -> None:
    found = client.get("/api/v1/search?q=zephyrine").get_json()["items"][0]
    article = client.get(f"/api/v1/articles/{found['id']}")
    assert (article.status_code, article.get_json()["url"]) == (200, "https://islands.example/ferry")
    rest = client.get("/api/v1/sources")
    assert (rest.status_code, rest.get_json()["machines"][0]["url"]) == (404, FIRST_HOME)


def test_an_address_that_no_index_has_is_not_said_to_be_unseen(client: FlaskClient) -> None:
    text = client.get("/lookup?url=https://islands.example/whales").get_data(as_text=True)
    assert "never seen" not in text
    assert f"{FIRST_HOME}/lookup?url=https" in text


def test_an_export_has_the_articles_of_all_stores(folders: dict[str, Path]) -> None:
    counts = {}
    for name, folder in folders.items():
        done = run(folder, "export", "flood")
        assert done.exit_code == 0, done.output
        counts[name] = len(done.stdout.splitlines()) - 1  # the first line says what was asked
    assert counts["shown"] == counts["first"] + counts["second"] > 0


@pytest.mark.parametrize(
    "verb",
    [
        ("index",),
        *(
            pytest.param(each, marks=pytest.mark.soak)
            for each in (("crawl",), ("import", "x.jsonl"), ("status",), ("runs",))
        ),
    ],
)
def test_what_needs_a_store_is_refused_in_words(folders: dict[str, Path], verb: tuple[str, ...]) -> None:
    (folders["shown"] / "x.jsonl").write_text("{}")
    done = run(folders["shown"], *verb)
    assert done.exit_code != 0
    assert "this machine has no articles of its own" in done.stderr


@pytest.mark.soak
def test_a_withdrawn_article_is_gone_from_the_pages_after_the_next_update(
    folders: dict[str, Path], client: FlaskClient
) -> None:
    (hit,) = client.get("/search.json?q=%22counted+each+autumn%22").get_json()["hits"]
    assert run(folders["second"], "withdraw", hit["id"], "--reason", "asked for", "--yes").exit_code == 0
    assert run(folders["second"], "index").exit_code == 0
    assert client.get("/search.json?q=%22counted+each+autumn%22").get_json()["total"] == 0
    assert client.get(f"/a/{hit['id']}").status_code == 404


def test_what_stands_beside_an_article_is_given_by_the_api_as_by_the_pages(client: FlaskClient) -> None:
    marks = [hit["id"] for hit in client.get("/search.json?q=flood+quay+OR+council").get_json()["hits"][:3]]
    assert marks
    for mark in marks:
        assert len(client.get(f"/api/v1/articles/{mark}/citations").get_json()["items"]) == 4
        assert client.get(f"/api/v1/articles/{mark}/similar").get_json()["id"] == mark
        assert client.get(f"/api/v1/articles/{mark}/exports/bib").text == client.get(f"/a/{mark}.bib").text


def test_a_store_whose_index_is_gone_is_named_and_the_others_answer(
    folders: dict[str, Path],
    client: FlaskClient,
    opensearch_node: str,  # noqa: F811  the fixture
) -> None:
    with ArticleStore.open(folders["second"] / "data" / "pressmark.sqlite") as store:
        token = store.history(0)
    sent("DELETE", f"{opensearch_node}/{PREFIX}-{token}-articles-*")
    answer = client.get("/search.json?q=barrier+OR+flood").get_json()
    assert answer["total"] == found(folders["first"], "barrier OR flood")["total"]
    said = "its index is not in the cluster"
    assert any(said in note for note in answer["notes"])
    for path in ("search?q=flood", "facets/site?q=flood", "histogram?q=flood", "trend?q=flood", "batch?list=flood"):
        assert said in " ".join(client.get(f"/api/v1/{path}").get_json()["notes"]), path
    assert "its index is not in the cluster" in client.get("/readyz").get_json()["warnings"]["stores"]
    for path in ("search?q=flood", "trends?q=flood", "trends.json?q=flood"):
        assert "not searched" in client.get(f"/{path}").get_data(as_text=True), path
    for path in (
        "trends.csv?q=flood",
        "trends.svg?q=flood",
        "api/v1/trend/exports/csv?q=flood",
        "batch.csv?list=flood",
    ):
        reply = client.get(f"/{path}")
        assert reply.status_code == 200, reply.text
        assert said in " ".join(sentences(reply.headers[NOTES])), path
    assert "not searched" in client.get("/sources").get_data(as_text=True)
    examined = run(folders["shown"], "doctor")
    assert "not searched: its index is not in the cluster" in examined.output
    assert examined.output.count("indexed") == 1
    for verb in ("search", "flood"), ("export", "flood"), ("export",):
        done = run(folders["shown"], *verb)
        assert done.exit_code == 0, done.output
        assert "its index is not in the cluster" in done.stderr
        assert verb[0] == "search" or "not complete" in done.stderr
    manifest = json.loads(run(folders["shown"], "export", "flood").stdout.splitlines()[0])["manifest"]
    assert not manifest["complete"]
    assert found(folders["second"], "ferry")["total"] == 1  # it is rebuilt by its own machine
    answer = client.get("/search.json?q=zephyrine").get_json()
    assert (answer["total"], answer["notes"]) == (1, [])


def test_a_store_whose_state_cannot_be_read_is_named(
    folders: dict[str, Path],
    client: FlaskClient,
    opensearch_node: str,  # noqa: F811  the fixture
) -> None:
    with ArticleStore.open(folders["second"] / "data" / "pressmark.sqlite") as store:
        index = f"{PREFIX}-{store.history(0)}-state"
    sent("POST", f"{opensearch_node}/{index}/_close")
    try:
        examined = run(folders["shown"], "doctor").output
        assert f"its state cannot be read: {index} is closed" in examined
        assert "not searched" in client.get("/sources").get_data(as_text=True)
    finally:
        sent("POST", f"{opensearch_node}/{index}/_open")


def test_without_a_store_in_the_cluster_pages_and_doctor_say_so(tmp_path: Path, opensearch_node: str) -> None:  # noqa: F811
    (tmp_path / "config.toml").write_text(lines(opensearch_node, stores="all", prefix="nobody"))
    context = Context(folder=tmp_path, verb="serve")
    app = create_app(context.config, lambda: context.articles, lambda: context.engine)
    page = client_of(app).get("/search?q=flood")
    assert page.status_code == 503
    assert "No machine has indexed an article" in page.get_data(as_text=True)
    assert "No machine has indexed an article" in client_of(app).get("/readyz").get_json()["warnings"]["stores"]
    assert "no store has indexed anything" in run(tmp_path, "doctor").output
    assert "No machine has indexed an article" in run(tmp_path, "search", "flood").stderr
    assert "No machine has indexed an article" in run(tmp_path, "export", "flood").stderr
    app.extensions[EXTENSION].close()
    context.close()


def test_doctor_says_when_a_store_has_another_timezone(folders: dict[str, Path], opensearch_node: str) -> None:  # noqa: F811
    (folders["shown"] / "config.toml").write_text('timezone = "Asia/Tokyo"\n' + lines(opensearch_node, stores="all"))
    assert "its dates are by timezone = UTC" in run(folders["shown"], "doctor").output


def test_a_machine_that_shows_all_stores_follows_no_source(tmp_path: Path, opensearch_node: str) -> None:  # noqa: F811
    given = lines(opensearch_node, stores="all") + '[[source]]\nurl = "https://gazette.example/"\n'
    (tmp_path / "config.toml").write_text(given)
    assert "follows no source" in run(tmp_path, "search", "flood").stderr
    (tmp_path / "config.toml").write_text('[indexer]\nstores = "all"\n')
    assert 'needs engine = "opensearch"' in run(tmp_path, "search", "flood").stderr
