"""The pages in a real browser, answered by a real OpenSearch node: the tests of test_browser.py, once more."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from corpus.store import ArticleStore
from indexer.open import open_self_repairing
from indexer.sync import update
from tests.opensearch.trial import opensearch_node  # noqa: F401  a fixture
from tests.web.conftest import served
from tests.web.corpus import NOW, config
from tests.web.test_browser import *  # noqa: F403  its tests, its tabs
from tests.web.test_browser import CHROMIUM
from web.app import create_app
from web.layout.services import EXTENSION

pytestmark = [  # type: ignore[assignment]  # test_browser.py has one mark
    pytest.mark.soak,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium found: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def app(data: Path, tmp_path_factory: pytest.TempPathFactory, opensearch_node: str) -> Iterator[Flask]:  # noqa: F811
    """The app over the sample corpus, its index on the node."""
    folder = tmp_path_factory.mktemp("browsed") / "data"
    shutil.copytree(data, folder)
    indexer = {"engine": "opensearch", "hosts": (opensearch_node,), "replicas": 0, "prefix": "browsed", "timeout": 5}
    own = config(folder, indexer=indexer)
    with ArticleStore.open(own.store) as store:
        engine = open_self_repairing(own, lambda: store, wait=True)
        update(store, engine, zone=own.zone)
        app = create_app(
            own,
            lambda: ArticleStore.open(own.store),
            lambda: open_self_repairing(own, lambda: store, wait=False),
            now=lambda: NOW,
        )
        yield app
        app.extensions[EXTENSION].close()
        engine.close()


@pytest.fixture(scope="module")
def site(app: Flask) -> Iterator[str]:
    """The address of the app."""
    with served(app) as server:
        yield server.url.rstrip("/")
