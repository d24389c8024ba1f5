"""`pressmark demo --cluster`: the three sites crawled for real, and indexed in OpenSearch."""

import json
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from tests.opensearch.trial import opensearch_node  # noqa: F401  a fixture
from tests.web.commands import run
from tests.web.ports import held_port

QUERIES = ("flood", "flood defences", "author:okafor harbour", "الفيضانات", "hafen*", '"city council"', "")


def answer(folder: Path, text: str) -> tuple[int, list[str]]:
    """How many articles a search finds, and their headlines; which of two equal ones comes first may differ."""
    shown = run(folder, "search", "--json", "-n", "100", text)
    assert shown.exit_code == 0, shown.output
    found = json.loads(shown.stdout)
    return found["total"], sorted(hit["headline"] for hit in found["hits"]) if found["total"] <= 100 else []


def indexes(node: str) -> list[str]:
    with urlopen(f"{node}/_cat/indices/pressmark-demo-*?format=json&h=index", timeout=30) as given:
        return [row["index"] for row in json.loads(given.read())]


def test_a_cluster_that_does_not_answer_is_said_before_anything_is_crawled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRESSMARK__INDEXER__TIMEOUT", "1")
    with held_port() as port:
        shown = run(tmp_path, "demo", "made", "--no-serve", "--cluster", f"http://127.0.0.1:{port}")
    assert shown.exit_code == 1
    assert "cannot be reached: is OpenSearch running there?" in shown.stderr
    assert "crawled" not in shown.output


@pytest.mark.soak
def test_the_demo_on_a_cluster_finds_what_the_demo_on_one_machine_finds(
    tmp_path: Path,
    opensearch_node: str,  # noqa: F811  the fixture
) -> None:
    for name, more in (("one", ()), ("cluster", ("--cluster", opensearch_node))):
        made = run(tmp_path, "demo", name, "--no-serve", "--json", *more)
        assert made.exit_code == 0, made.output
        assert json.loads(made.stdout)["articles"] == 416
    one, cluster = tmp_path / "one", tmp_path / "cluster"
    before = [answer(cluster, text) for text in QUERIES]
    assert before == [answer(one, text) for text in QUERIES]
    assert not (cluster / "data" / "index" / "segments").exists()
    exported = [run(folder, "export", "flood").stdout.splitlines() for folder in (cluster, one)]
    assert len(exported[0]) == len(exported[1]) > 10
    assert run(cluster, "index", "rebuild").exit_code == 0
    assert [answer(cluster, text) for text in QUERIES] == before
    (state,) = (name for name in indexes(opensearch_node) if name.endswith("-state"))
    articles = next(name for name in indexes(opensearch_node) if "-articles-" in name)
    _delete(opensearch_node, articles)
    assert [answer(cluster, text) for text in QUERIES] == before  # rebuilt from the store
    assert run(cluster, "index", "verify").exit_code == 0
    for name in (state, *(name for name in indexes(opensearch_node) if name != state)):
        _delete(opensearch_node, name)


@pytest.mark.soak
def test_a_temporary_demo_leaves_nothing_in_the_cluster(opensearch_node: str, tmp_path: Path) -> None:  # noqa: F811
    made = run(tmp_path, "demo", "--no-serve", "--cluster", opensearch_node)
    assert made.exit_code == 0, made.output
    assert indexes(opensearch_node) == []


def _delete(node: str, name: str) -> None:
    with urlopen(Request(f"{node}/{name}", method="DELETE"), timeout=30) as given:
        given.read()
