"""Every engine, opened in a folder of its own; what a test says of `engine` holds for each of them."""

from datetime import UTC, datetime

import pytest

from indexer import open as engines
from indexer.contract.protocol import Batch, Document
from indexer.open import KINDS
from indexer.query.query import parse
from tests.opensearch.trial import clean, opensearch_node, settings_at, used  # noqa: F401  a fixture

CLUSTER = "opensearch"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def read(text, **parameters):
    """A typed query with parameters, such as not_site="a.example"."""
    given = {name.replace("not_", "not."): [str(value)] for name, value in parameters.items()}
    return parse(text, given, now=NOW, zone=UTC)


def ids(engine, text, **parameters):
    """The ids a typed query finds, in order."""
    return [hit.id for hit in engine.search(read(text, **parameters)).hits]


def bodies(*texts, **common):
    """One document for each body, numbered from 1."""
    return [Document(id=id, body=text, **common) for id, text in enumerate(texts, 1)]


def open_engine(path, kind="columnar", **given):
    """An engine in a folder; one of OpenSearch on the node of this test run, with indexes of the folder's own."""
    if kind == CLUSTER:
        given["cluster"] = settings_at(path)
    return engines.open_engine(path, kind, **given)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Leave every sixth case of a table on OpenSearch to the check, the others to the soak: each is some requests."""
    cases = [each for each in items if getattr(each, "callspec", None) and each.callspec.params.get("kind") == CLUSTER]
    tables = [each for each in cases if len(each.callspec.params) > 1]
    for at, each in enumerate(tables):
        if at % 6:
            each.add_marker(pytest.mark.soak)


@pytest.fixture(autouse=True)
def cleaned():
    """Leave no index of a test on the node."""
    lasting = used()  # those of the module, which are made before
    yield
    clean(lasting)


@pytest.fixture(params=(*KINDS, CLUSTER), scope="module")
def kind(request):
    """Every kind of engine; that on OpenSearch only where there is a node."""
    if request.param == CLUSTER:
        request.getfixturevalue("opensearch_node")
    return request.param


@pytest.fixture
def engine(kind, tmp_path):
    """An empty engine."""
    opened = open_engine(tmp_path / "index", kind)
    yield opened
    opened.close()


@pytest.fixture
def holding(engine):
    """Fill the engine with documents, all at once, and return it."""

    def fill(*documents):
        engine.apply([Batch(documents, (), len(documents))])
        return engine

    return fill


@pytest.fixture(scope="module")
def holding_for_all(kind, tmp_path_factory):
    """Fill an engine once for all tests of a module, none of which changes it, and return it."""
    opened = []

    def fill(*documents):
        engine = open_engine(tmp_path_factory.mktemp("shared") / "index", kind)
        opened.append(engine)
        engine.apply([Batch(documents, (), len(documents))])
        return engine

    yield fill
    for engine in opened:
        engine.close()
    clean()
