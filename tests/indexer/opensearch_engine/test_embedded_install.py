"""Whoever keeps the index on one machine installs and loads nothing of OpenSearch."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[3]

SEARCHED = """
import sys
from pathlib import Path
from datetime import UTC, datetime
from indexer.contract.protocol import Batch, Document
from indexer.open import open_engine
from indexer.query.query import parse

engine = open_engine(Path(sys.argv[1]))
engine.apply([Batch([Document(id=1, body="a flood")], (), 1)])
assert engine.search(parse("flood", now=datetime(2026, 1, 1, tzinfo=UTC), zone=UTC)).total == 1
print([name for name in sys.modules if name.partition(".")[0] in ("opensearchpy", "requests", "urllib3", "dateutil")
       or name.startswith("indexer.opensearch_engine")])
"""


def test_the_extra_is_no_dependency_of_the_rest() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert not [need for need in project["dependencies"] if "opensearch" in need]
    assert [need for need in project["optional-dependencies"]["opensearch"] if need.startswith("opensearch-py")]


def test_a_search_on_the_embedded_engine_loads_nothing_of_it(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SEARCHED, str(tmp_path / "index")], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_every_command_starts_without_it(tmp_path: Path) -> None:
    loaded = "import sys, json; import web.cli, web.app; print(json.dumps('opensearchpy' in sys.modules))"
    done = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) is False


def test_without_it_the_message_says_what_to_install(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['opensearchpy'] = None\n"
        "from indexer.opensearch_engine.cluster import Cluster, ClusterSettings\n"
        "Cluster(ClusterSettings(hosts=('http://127.0.0.1:1',)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert 'pip install "pressmark[opensearch]"' in done.stderr
