"""`engine = "opensearch"` end to end: the sample corpus on a real node, beside the embedded engine."""

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from time import monotonic
from urllib.request import Request, urlopen

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from corpus.store import ArticleStore
from indexer.open import open_engine, open_self_repairing
from indexer.sync import update
from tests.opensearch.trial import opensearch_node  # noqa: F401  a fixture
from tests.web.commands import run
from tests.web.conftest import client_of
from tests.web.corpus import NOW, config, fill
from tests.web.ports import held_port
from web.app import create_app
from web.cli.group import pressmark
from web.layout.services import EXTENSION

QUERIES = (
    "q=flood", "q=council+flood&sort=new", "q=%22flood+defences%22", "q=flood*&n=50", "q=&n=50", "q=flod",
    "q=after:2024", "q=council+-flood", "q=flood&site=herald.example", "q=by:okafor", "q=&sort=old&page=2", "q=lang:ar",
    "q=flood~&interval=year",
)  # fmt: skip


def tables(folder: Path, node: str) -> dict[str, object]:
    prefix = f"w{abs(hash(folder)):x}"[:16]
    return {"engine": "opensearch", "hosts": (node,), "replicas": 0, "prefix": prefix, "timeout": 5}


def asked(method: str, url: str, body: object = None) -> object:
    data = None if body is None else json.dumps(body).encode()
    request = Request(url, data, {"Content-Type": "application/json"}, method=method)
    with urlopen(request, timeout=30) as answer:
        return json.loads(answer.read() or b"null")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, opensearch_node: str) -> Path:  # noqa: F811  the fixture
    """A folder with the sample corpus, indexed on the node by the command line."""
    folder = tmp_path_factory.mktemp("cluster")
    given = tables(folder, opensearch_node)
    lines = [f"{name} = {json.dumps(value)}" for name, value in given.items()]
    (folder / "config.toml").write_text("[indexer]\n" + "\n".join(lines) + "\n")
    (folder / "data").mkdir()
    with ArticleStore.open(folder / "data" / "pressmark.sqlite") as store:
        fill(store)
    done = run(folder, "index")
    assert done.exit_code == 0, done.output
    return folder


Pages = Callable[..., FlaskClient]


@pytest.fixture
def pages(folder: Path, opensearch_node: str) -> Iterator[Pages]:  # noqa: F811  the fixture
    """Makes a client of the pages, with other settings when some are given."""
    opened = []

    def made(**given: object) -> FlaskClient:
        own = config(folder / "data", indexer=tables(folder, opensearch_node) | given)

        def store() -> ArticleStore:
            return ArticleStore.open(own.store)

        held = store()
        app = create_app(own, store, lambda: open_self_repairing(own, lambda: held, wait=False), now=lambda: NOW)
        opened.append((app, held))
        return client_of(app)

    yield made
    for app, held in opened:
        app.extensions[EXTENSION].close()
        held.close()


@pytest.fixture(scope="module")
def embedded(folder: Path) -> Iterator[FlaskClient]:
    """A client of the pages over the same store, with an index of its own on this machine."""
    own = config(folder / "data")
    with ArticleStore.open(own.store) as store:
        engine = open_engine(folder / "embedded")
        update(store, engine, zone=own.zone)
        app = create_app(own, lambda: store, lambda: engine, now=lambda: NOW)
        yield client_of(app)
        engine.close()


def test_texts_that_are_gone_are_searched_with_the_articles_in_a_cluster(pages: Pages) -> None:
    found = pages().get("/search.json?q=worst&in=removed").get_json()
    assert [hit["removed"]["replaced_by"] for hit in found["hits"]] == [2]
    assert not found["partial"]


@pytest.mark.parametrize("query", QUERIES)
def test_pages_are_those_of_the_embedded_engine(pages: Pages, embedded: FlaskClient, query: str) -> None:
    own, other = (each.get(f"/search.json?{query}").get_json() for each in (pages(), embedded))
    for answer in (own, other):
        for volatile in ("took", "position", "took_ms"):
            answer.pop(volatile, None)
    assert own.keys() == other.keys()
    assert own["total"] == other["total"]
    assert own.get("facets") == other.get("facets")
    assert own.get("histogram") == other.get("histogram")
    assert own.get("suggestion") == other.get("suggestion")
    ids = [[hit["mark"] if "mark" in hit else hit["id"] for hit in answer["hits"]] for answer in (own, other)]
    assert len(ids[0]) == len(ids[1])
    if "sort" in query or query.startswith("q=&"):  # which of several copies scores best may differ
        assert ids[0] == ids[1]


def test_the_search_page_marks_what_was_found(pages: Pages) -> None:
    shown = pages().get("/search?q=flood").get_data(as_text=True)
    assert "<mark>" in shown


def test_the_command_line_searches_and_exports(folder: Path) -> None:
    found = json.loads(run(folder, "search", "flood", "--json").output)
    exported = run(folder, "export", "flood").output.splitlines()
    assert found["total"] == len(exported) - 1 > 0  # the first line says what was asked


def test_a_rebuild_swaps_the_index_and_leaves_one_behind(folder: Path, opensearch_node: str) -> None:  # noqa: F811
    before = json.loads(run(folder, "search", "flood", "--json").output)["total"]
    done = run(folder, "index", "rebuild")
    assert done.exit_code == 0, done.output
    assert json.loads(run(folder, "search", "flood", "--json").output)["total"] == before
    prefix = tables(folder, opensearch_node)["prefix"]
    names = asked("GET", f"{opensearch_node}/_cat/indices/{prefix}-*?format=json")
    assert isinstance(names, list)
    assert sorted(name["index"].split("-")[2] for name in names) == ["articles", "state", "words"]
    aliased = asked("GET", f"{opensearch_node}/_cat/aliases/{prefix}-*?format=json")
    assert isinstance(aliased, list)
    assert len([one for one in aliased if not one["alias"].endswith("-writing")]) == 1


def test_verify_and_doctor_find_a_whole_index(folder: Path) -> None:
    assert run(folder, "index", "verify").output == "the index is as it was written\n"
    assert "up to date" in run(folder, "doctor").output


def test_a_closed_index_is_known_to_verify_doctor_and_pages(
    folder: Path,
    pages: Pages,
    opensearch_node: str,  # noqa: F811  the fixture
) -> None:
    prefix = tables(folder, opensearch_node)["prefix"]
    asked("POST", f"{opensearch_node}/{prefix}-*-articles-*/_close")
    try:
        assert "it is closed: open it in the cluster" in run(folder, "index", "verify").output
        doctor = run(folder, "doctor")
        assert doctor.exit_code != 0
        assert "it is closed: open it in the cluster" in doctor.output
        client = pages()
        page = client.get("/search?q=flood")
        assert page.status_code == 503
        assert "Nothing is lost" in page.get_data(as_text=True)
        ready = client.get("/readyz")
        assert (ready.status_code, list(ready.get_json()["problems"])) == (503, ["open"])
    finally:
        asked("POST", f"{opensearch_node}/{prefix}-*-articles-*/_open")


def test_an_index_deleted_by_others_is_made_anew(folder: Path, opensearch_node: str) -> None:  # noqa: F811
    prefix = tables(folder, opensearch_node)["prefix"]
    before = json.loads(run(folder, "search", "flood", "--json").output)["total"]
    names = asked("GET", f"{opensearch_node}/_cat/indices/{prefix}-*articles*?format=json")
    assert isinstance(names, list)
    asked("DELETE", f"{opensearch_node}/{names[0]['index']}")
    repaired = CliRunner().invoke(pressmark, ["-C", str(folder), "search", "flood", "--json"])
    assert "it is rebuilt from the articles, nothing is lost" in repaired.stderr
    assert json.loads(repaired.stdout)["total"] == before


def test_pages_say_that_an_index_deleted_by_others_is_built_anew_and_then_answer(
    folder: Path,
    pages: Pages,
    opensearch_node: str,  # noqa: F811  the fixture
) -> None:
    client = pages()
    before = client.get("/search.json?q=flood").get_json()["total"]
    asked("DELETE", f"{opensearch_node}/{tables(folder, opensearch_node)['prefix']}-*-articles-*")
    page = client.get("/search?q=council")
    assert page.status_code == 503
    assert "being rebuilt from the articles; nothing is lost" in page.get_data(as_text=True)
    until, pause = monotonic() + 30, Event()
    while client.get("/search?q=council").status_code != 200 and monotonic() < until:
        pause.wait(0.1)
    assert client.get("/search.json?q=flood&n=50").get_json()["total"] == before


@pytest.fixture
def away() -> Iterator[str]:
    """The address of a cluster that does not answer."""
    with held_port() as port:
        yield f"http://127.0.0.1:{port}"


def test_a_cluster_that_does_not_answer_is_told_in_words(
    pages: Pages, folder: Path, away: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = pages(hosts=(away,), timeout=0.2)
    with caplog.at_level(logging.WARNING):
        page = client.get("/search?q=flood")
    assert page.status_code == 503
    assert "The search cluster does not answer just now. Nothing is lost." in page.get_data(as_text=True)
    assert away not in page.get_data(as_text=True)
    assert any(away in record.getMessage() for record in caplog.records)
    ready = client.get("/readyz")
    assert ready.status_code == 503
    assert ready.get_json()["problems"]["open"] == "the search cluster does not answer"
    done = CliRunner(env={"PRESSMARK__INDEXER__HOSTS": f'["{away}"]', "PRESSMARK__INDEXER__TIMEOUT": "0.2"}).invoke(
        pressmark, ["-C", str(folder), "search", "flood"]
    )
    assert done.exit_code == 1
    assert done.stderr == f"error: {away}: cannot be reached: is OpenSearch running there?\n"


def test_a_full_disk_is_told_in_words_and_indexing_goes_on_later(
    folder: Path,
    opensearch_node: str,  # noqa: F811  the fixture
) -> None:
    prefix = tables(folder, opensearch_node)["prefix"]
    block = {"index.blocks.read_only_allow_delete": True}  # what OpenSearch sets above the flood stage
    asked("PUT", f"{opensearch_node}/{prefix}-*/_settings", block)
    more = folder / "more.jsonl"
    more.write_text('{"url": "https://gazette.example/late", "title": "Late", "text": "A zeppelin landed at noon."}\n')
    try:
        assert run(folder, "-q", "import", str(more)).exit_code != 0 or run(folder, "index").exit_code != 0
        refused = run(folder, "index")
        assert refused.exit_code == 1
        assert "the disk of a node is too full" in refused.output
        assert "nothing is lost" in refused.output
        assert json.loads(run(folder, "search", "flood", "--json").output)["total"] > 0
    finally:
        asked("PUT", f"{opensearch_node}/{prefix}-*/_settings", {"index.blocks.read_only_allow_delete": None})
    assert run(folder, "index").exit_code == 0
    assert json.loads(run(folder, "search", "zeppelin", "--json").output)["total"] == 1


def test_readiness_does_not_wait_for_a_cluster_that_is_away(tmp_path: Path, away: str) -> None:
    given = {"engine": "opensearch", "hosts": (away,), "timeout": 30}
    own = config(tmp_path, indexer=given)
    with ArticleStore.open(own.store) as store:
        app = create_app(
            own, lambda: store, lambda: open_self_repairing(own, lambda: store, wait=False), now=lambda: NOW
        )
        began = monotonic()
        reply = client_of(app).get("/readyz")
        assert reply.status_code == 503
        assert monotonic() - began < 20.0  # a search waits for twice the timeout
        app.extensions[EXTENSION].close()
