"""Writers that are killed, clusters that refuse: no search fails, nothing is lost, the position is true."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from corpus.errors import IndexDamaged, IndexError_, IndexLocked, IndexUnreachable
from indexer.contract.facets import FacetName
from indexer.contract.protocol import Batch, Document
from indexer.opensearch_engine import bulk, snapshot, words, writing
from indexer.opensearch_engine.bulk import Change
from indexer.opensearch_engine.cluster import Cluster
from indexer.opensearch_engine.engine import OpenSearchEngine
from indexer.opensearch_engine.mapping import writing as written_through
from indexer.opensearch_engine.refusals import Refused
from indexer.opensearch_engine.state import State, States
from tests.indexer.conftest import read
from tests.opensearch.trial import settings_at

BATCHES, EACH = 12, 40

WRITER = """
import sys
from pathlib import Path
from indexer.contract.protocol import Batch, Document
from indexer.opensearch_engine import writing
from indexer.opensearch_engine.cluster import ClusterSettings
from indexer.opensearch_engine.engine import OpenSearchEngine

writing.COMMIT_EVERY = 0.0
url, prefix, folder = sys.argv[1:]
settings = ClusterSettings(hosts=(url,), replicas=0, prefix=prefix)
engine = OpenSearchEngine(settings, "store", Path(folder))
start = engine.position
print("at", start, flush=True)
engine.apply(
    Batch([Document(id=n * 10 + i, body=f"flood edition{n} word{n}x{i}") for i in range(10)], (n * 10 - 95,), n)
    for n in range(start + 1, 61)
)
"""


def documents(round_: int) -> list[Document]:
    return [Document(id=id, body=f"flood round{round_}") for id in range(1, EACH + 1)]


class Watched:
    """Searches that go on in a thread; what they found, and what went wrong."""

    def __init__(self, engine: OpenSearchEngine) -> None:
        self.totals: list[int] = []
        self.failures: list[Exception] = []
        self._engine = engine
        self._stop = Event()
        self._thread = Thread(target=self._run)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                found = self._engine.search(read("flood", n=100))
                self.totals.append(found.total)
            except Exception as error:  # whatever it is, the test says so
                self.failures.append(error)

    def __enter__(self) -> "Watched":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()


@pytest.mark.parametrize("kills", [2, pytest.param(50, marks=pytest.mark.soak)])
def test_a_writer_killed_at_any_moment_is_followed_to_the_same_index(
    tmp_path: Path, opensearch_node: str, kills: int
) -> None:
    settings = settings_at(tmp_path / "index")
    command = [sys.executable, "-c", WRITER, opensearch_node, settings.prefix, str(tmp_path)]
    engine = OpenSearchEngine(settings, "store", tmp_path)
    for attempt in range(kills):
        writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert writer.stdout
        writer.stdout.readline()
        time.sleep(0.013 * (attempt * 7 % kills))  # the moment is what the test varies
        writer.kill()
        writer.wait()
        writer.stdout.close()
        position = engine.position
        found = engine.search(read("flood"))
        assert found.position == position
        assert found.total >= 10 * position - max(0, position - 10)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    assert engine.position == 60
    assert engine.search(read("flood")).total == len(engine) == 600 - 50
    assert engine.search(read("edition60")).total == 10
    engine.close()


def test_a_rebuild_under_searches_fails_none_of_them(tmp_path: Path, opensearch_node: str) -> None:
    engine = OpenSearchEngine(settings_at(tmp_path / "index"), "store", tmp_path)
    engine.apply([Batch(documents(0), (), 1)])
    other = OpenSearchEngine(settings_at(tmp_path / "index"), "store", tmp_path)
    with Watched(other) as watched:
        for _ in range(4):
            engine.rebuild([Batch(documents(1), (), 1)])
    assert watched.failures == []
    assert set(watched.totals) == {EACH}
    other.close()
    engine.close()


def test_a_search_whose_index_goes_meanwhile_is_asked_of_the_new_one(tmp_path: Path, opensearch_node: str) -> None:
    engine = OpenSearchEngine(settings_at(tmp_path / "index"), "store", tmp_path)
    engine.apply([Batch(documents(0), (), 1)])
    gone = [Refused(404, "search_phase_execution_exception", "all shards failed")]

    def question(newest: snapshot.Snapshot) -> int:
        if gone:
            raise gone.pop()
        return newest.position

    assert engine.answered(question) == 1
    engine.close()


class HalfRefusing(Cluster):
    """A cluster whose first answer to many changes says that it was too busy for every other one of them."""

    refused = 0

    def write(self, method: str, path: str, body: object = None, **given: object) -> Any:
        """Pass it on; what is said to be refused was not sent."""
        if not path.endswith("_bulk") or self.refused:
            return super().write(method, path, body, **given)
        pairs = str(body).splitlines(keepends=True)
        taken = "".join(pairs[at] + pairs[at + 1] for at in range(0, len(pairs), 4))
        done = super().write(method, path, taken, **given)["items"]
        busy = {"index": {"status": 429, "error": {"type": "rejected_execution_exception", "reason": "full"}}}
        self.refused = len(done)
        return {"errors": True, "items": [item for one in done for item in (one, busy)]}


def test_a_bulk_answered_half_is_sent_again(tmp_path: Path, opensearch_node: str) -> None:
    sent = HalfRefusing(settings_at(tmp_path / "index"))
    name = f"{sent.settings.prefix}-half"
    sent.write("PUT", f"/{name}", {"mappings": {"dynamic": False}, "aliases": {written_through(name): {}}})
    changes = [Change(str(id), {"id": id}, 2) for id in range(10)]
    bulk.write(sent, name, changes)
    sent.write("POST", f"/{name}/_refresh")
    assert sent.refused == 5
    assert sent.read("GET", f"/{name}/_count")["count"] == 10
    sent.close()


def test_what_a_request_on_its_way_meets_with_is_raised_when_it_is_waited_for(
    tmp_path: Path, opensearch_node: str
) -> None:
    cluster = Cluster(settings_at(tmp_path / "index"))
    sent = bulk.InFlight(cluster)
    sent.write(f"{cluster.settings.prefix}-nowhere", [Change("1", {"id": 1}, 1)])
    with pytest.raises(Refused, match="no such index"):
        sent.wait()
    sent.close()
    cluster.close()


def test_a_rebuild_makes_its_copies_at_the_end_and_waits_for_none_that_no_node_can_take(
    tmp_path: Path, opensearch_node: str
) -> None:
    settings = settings_at(tmp_path / "index", replicas=1)
    engine, asked = OpenSearchEngine(settings, "store", tmp_path), Cluster(settings)
    seen = []

    def batches() -> Iterator[Batch]:
        for at in range(1, 3):
            rows = asked.read("GET", f"/_cat/indices/{settings.prefix}-store-*-*", format="json", h="rep")
            seen.extend(row["rep"] for row in rows)
            yield Batch(documents(at), (), at)

    assert engine.rebuild(batches()) == 2
    assert seen == ["0", "0"]  # by then the two new indexes are there
    rows = asked.read("GET", f"/_cat/indices/{settings.prefix}-store-*-*", format="json", h="rep,health")
    assert rows == [{"rep": "1", "health": "yellow"}] * 2
    assert engine.search(read("round2")).total == EACH
    engine.close()
    asked.close()


Opened = tuple[OpenSearchEngine, Cluster]


@pytest.fixture
def opened(tmp_path: Path, opensearch_node: str) -> Iterator[Opened]:
    """An engine that holds some articles, and a connection of our own to its cluster."""
    settings = settings_at(tmp_path / "index")
    engine, asked = OpenSearchEngine(settings, "store", tmp_path), Cluster(settings)
    engine.apply([Batch(documents(0), (), 1)])
    yield engine, asked
    engine.close()
    asked.close()


def articles_of(asked: Cluster) -> str:
    """The name of the index of articles that answers."""
    (name,) = asked.read("GET", f"/_alias/{asked.settings.prefix}-store")
    return str(name)


def test_words_that_get_the_keys_of_another_language_keep_the_lease(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, _ = opened
    monkeypatch.setattr(writing, "COMMIT_EVERY", 0.0)  # a lease is due after each request
    monkeypatch.setattr(words, "A_REQUEST", 1)
    renewed: list[float] = []
    write = States.write

    def noted(self: States, state: State) -> State:
        renewed.append(state.until)
        return write(self, state)

    monkeypatch.setattr(States, "write", noted)
    german = [Document(id=id, body="die Deiche halten", facets={FacetName.LANGUAGE: ("de",)}) for id in range(50, 90)]
    engine.apply([Batch(german, (), 2)])
    assert len(renewed) > 2 * len("die Deiche halten".split())  # they are new, and all get keys of German
    assert renewed[:-1] == sorted(renewed[:-1])  # the last one gives it back
    assert engine.search(read("Deich")).total == len(german)
    assert engine.position == 2


@pytest.mark.parametrize("by_itself", ["true", pytest.param("false", marks=pytest.mark.soak)])
def test_an_index_deleted_while_it_is_written_is_damage_and_no_other_takes_its_place(
    opened: Opened, by_itself: str
) -> None:
    engine, asked = opened
    settings = {"persistent": {"action.auto_create_index": by_itself}}
    asked.write("PUT", "/_cluster/settings", settings)

    def batches() -> Iterator[Batch]:
        yield Batch(documents(1), (), 2)
        asked.write("DELETE", f"/{articles_of(asked)}")
        yield Batch(documents(2), (), 3)

    try:
        with pytest.raises(IndexDamaged, match="no such index"):
            engine.apply(batches())
        assert engine.position == 1
        with pytest.raises(IndexDamaged):
            engine.search(read("flood"))
        assert engine.rebuild([Batch(documents(2), (), 3)]) == 3
        assert engine.search(read("round2")).total == EACH
    finally:
        asked.write("PUT", "/_cluster/settings", {"persistent": {"action.auto_create_index": None}})


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("read_only_allow_delete", "the disk of a node is too full.*nothing is lost"),
        ("read_only", "blocked by who keeps the cluster.*index read-only"),
        pytest.param("write", "blocked by who keeps the cluster.*index write", marks=pytest.mark.soak),
    ],
)
def test_a_block_is_said_in_words_and_indexing_goes_on_when_it_is_lifted(opened: Opened, block: str, said: str) -> None:
    engine, asked = opened
    name = articles_of(asked)
    asked.write("PUT", f"/{name}/_settings", {f"index.blocks.{block}": True})
    with pytest.raises(IndexError_, match=said):
        engine.apply([Batch(documents(1), (), 2)])
    assert engine.search(read("round0")).total == EACH
    asked.write("PUT", f"/{name}/_settings", {f"index.blocks.{block}": None})
    assert engine.apply([Batch(documents(1), (), 2)]) == 2
    assert engine.search(read("round1")).total == EACH


def test_a_rebuild_answers_although_the_index_before_it_cannot_be_deleted(opened: Opened) -> None:
    engine, asked = opened
    before = articles_of(asked)
    asked.write("PUT", f"/{before}/_settings", {"index.blocks.read_only": True})
    assert engine.rebuild([Batch(documents(1), (), 2)]) == 2
    assert engine.search(read("round1")).total == EACH
    asked.write("PUT", f"/{before}/_settings", {"index.blocks.read_only": None})
    engine.apply([Batch(documents(2), (), 3)])
    with pytest.raises(Refused, match="no such index"):
        asked.read("GET", f"/{before}/_count")


def test_a_closed_index_is_said_and_not_built_anew(opened: Opened) -> None:
    engine, asked = opened
    name = articles_of(asked)
    asked.write("POST", f"/{name}/_close")
    with pytest.raises(IndexUnreachable, match=r"an index is closed.*open it in the cluster"):
        engine.search(read("flood"))
    assert engine.problems() == [f"{name}: it is closed: open it in the cluster"]
    asked.write("POST", f"/{name}/_open")
    assert engine.problems() == []


def test_a_listing_goes_on_where_a_page_ends(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, _ = opened
    monkeypatch.setattr(snapshot, "MAX_DEPTH", 7)
    for sort in ("new", "rel"):
        found = engine.listing(read("flood", sort=sort))
        assert (list(found.ids), found.total, found.partial) == (list(range(EACH, 0, -1)), EACH, False)


@pytest.mark.soak
def test_a_listing_has_more_than_a_page_can_reach(opened: Opened) -> None:
    engine, _ = opened
    engine.rebuild(
        Batch([Document(id=id, body="flood") for id in range(first, first + 1_000)], (), first + 999)
        for first in range(1, 25_001, 1_000)
    )
    found = engine.listing(read("flood"))
    assert list(found.ids) == list(range(25_000, 0, -1))
    assert (found.total, found.partial) == (25_000, False)


def test_a_writer_that_was_overtaken_is_refused(tmp_path: Path, opensearch_node: str) -> None:
    settings = settings_at(tmp_path / "index")
    first = OpenSearchEngine(settings, "store", tmp_path / "one")
    second = OpenSearchEngine(settings, "store", tmp_path / "other")  # a copy of the store, with a lock of its own

    def batches() -> Iterator[Batch]:
        yield Batch(documents(1), (), 1)
        with pytest.raises(IndexLocked, match="pid"):
            second.apply([Batch(documents(2), (), 2)])
        yield Batch(documents(3), (), 3)

    assert first.apply(batches()) == 3
    assert second.apply([Batch(documents(4), (), 4)]) == 4
    first.close()
    second.close()
