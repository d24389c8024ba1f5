"""Nodes that die, stop and come back: no search fails, nothing is lost, the position is true.

A cluster of three nodes of its own, with a copy of each shard but where a test says otherwise.
"""

import re
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import IndexUnreachable
from indexer.contract.listing import Listing
from indexer.contract.protocol import Batch
from indexer.contract.values import Query, Results
from indexer.opensearch_engine.cluster import Cluster, ClusterSettings
from indexer.opensearch_engine.engine import OpenSearchEngine
from tests.indexer.conftest import read
from tests.indexer.opensearch_engine.test_faults import BATCHES, EACH, Watched, documents
from tests.opensearch.nodes import Node, Unavailable, cluster, lacking


@pytest.fixture(scope="module")
def nodes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Node]]:
    """Three nodes; a test that kills one starts it again."""
    if why := lacking():
        pytest.skip(why)
    try:
        with cluster(
            tmp_path_factory.mktemp("nodes"), 3, {"cluster.fault_detection.follower_check.timeout": "2s"}
        ) as own:
            yield own
    except Unavailable as error:
        pytest.skip(f"no cluster: {error}")


def settings_of(nodes: list[Node], prefix: str) -> ClusterSettings:
    return ClusterSettings(
        hosts=tuple(node.url for node in nodes),
        replicas=1,
        shards=2,
        timeout=3.0,
        retry_for=(60.0, 120.0),
        prefix=prefix,
    )


@pytest.mark.soak
def test_a_node_killed_while_searches_and_writes_go_on_costs_nothing(nodes: list[Node], tmp_path: Path) -> None:
    engine = OpenSearchEngine(settings_of(nodes, "killed"), "store", tmp_path)
    engine.apply([Batch(documents(0), (), 1)])
    other = OpenSearchEngine(settings_of(nodes, "killed"), "store", tmp_path)
    with Watched(other) as watched:
        for position in range(2, BATCHES):
            if position == BATCHES // 2:
                nodes[2].kill()
            engine.apply([Batch(documents(position), (), position)])
        until = time.monotonic() + 120
        while len(watched.totals) < 1_000 and time.monotonic() < until:
            time.sleep(0.1)
    nodes[2].start().wait(3)
    assert watched.failures == []
    assert set(watched.totals) == {EACH}
    assert len(watched.totals) >= 1_000
    assert engine.position == BATCHES - 1
    assert engine.search(read(f"round{BATCHES - 1}")).total == EACH
    other.close()
    engine.close()


@pytest.mark.soak
def test_a_node_that_stands_still_is_waited_for(nodes: list[Node], tmp_path: Path) -> None:
    engine = OpenSearchEngine(settings_of(nodes, "stopped"), "store", tmp_path)
    engine.apply([Batch(documents(0), (), 1)])
    other = OpenSearchEngine(settings_of(nodes, "stopped"), "store", tmp_path)
    with Watched(other) as watched:
        nodes[1].signal(signal.SIGSTOP)
        try:
            time.sleep(30)  # as long as a cable is out
        finally:
            nodes[1].signal(signal.SIGCONT)
        engine.apply([Batch(documents(2), (), 2)])
    assert watched.failures == []
    assert set(watched.totals) == {EACH}
    assert engine.position == 2
    other.close()
    engine.close()


@pytest.mark.soak
def test_a_part_without_a_copy_that_is_lost_is_said_and_what_is_left_answers(nodes: list[Node], tmp_path: Path) -> None:
    settings = replace(settings_of(nodes, "red"), replicas=0, shards=3, retry_for=(10.0, 10.0))
    engine = OpenSearchEngine(settings, "store", tmp_path)
    engine.apply([Batch(documents(0), (), 1)])
    assert engine.problems() == []
    rows = Cluster(settings).read("GET", "/_cat/shards/red-*", format="json", h="index,node")
    needed = {row["node"] for row in rows if "-articles-" not in row["index"]}  # by every search: state and words
    holding = {row["node"] for row in rows} - needed
    lost = next(node for node in nodes if node.name in holding)
    lost.kill()
    other = OpenSearchEngine(settings, "store", tmp_path)
    try:
        until = time.monotonic() + 60
        said: list[str] = []
        while "a part of it is on no node of the cluster" not in " ".join(said) and time.monotonic() < until:
            said = _problems(other)
            time.sleep(0.5)
        assert "a part of it is on no node of the cluster" in " ".join(said)
        for ask in (other.search, other.listing):
            assert re.fullmatch("partial|.*the cluster cannot answer now.*", _answer(ask))
    finally:
        lost.start().wait(3)
    until = time.monotonic() + 60
    while _problems(other) and time.monotonic() < until:
        time.sleep(0.5)
    assert other.search(read("flood")).total == EACH
    other.close()
    engine.close()


def _problems(engine: OpenSearchEngine) -> list[str]:
    try:
        return engine.problems()
    except IndexUnreachable as error:
        return [str(error)]


def _answer(ask: Callable[[Query], Results | Listing]) -> str:
    """`partial`, or the words of an error: what every search needs may have been on the lost node."""
    try:
        found = ask(read("flood"))
    except IndexUnreachable as error:
        return str(error)
    return "partial" if found.partial and found.total < EACH else f"{found.total} of {EACH}, partial: {found.partial}"
