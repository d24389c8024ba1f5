"""The OpenSearch node of a test run: started when the first test asks for it, shared by all processes of the run.

The environment variable PYTEST_OPENSEARCH names a node that runs already, and is used instead.
"""

import hashlib
import os
from dataclasses import replace
from urllib.request import Request, urlopen

import pytest

from indexer.opensearch_engine.cluster import ClusterSettings
from tests.opensearch.nodes import Unavailable, lacking, shared, state_of_shared
from tests.shared import of_the_run

_address = []  # of the node, once it answers
_folder = []  # of the node, where this run started it
_used = set()  # prefixes of indexes that are there


def address(folder):
    """Return the address of the run's node, or skip and say why."""
    if not _address and (running := os.environ.get("PYTEST_OPENSEARCH")):
        _address.append(running)
    if not _address:
        why = lacking()
        if why:
            pytest.skip(why)
        try:
            url, alive = shared(folder)
        except Unavailable as error:
            pytest.skip(f"no OpenSearch node: {error}")
        _address.append(url)
        _folder.append(folder)
        return url, alive
    return _address[0], None


def settings_at(path, **given):
    """Return the settings of indexes that belong to a test's folder."""
    name = hashlib.sha256(str(path.parent).encode()).hexdigest()[:12]
    _used.add(f"t{name}")
    known = ClusterSettings(hosts=(_address[0],), replicas=0, prefix=f"t{name}", retry_for=(5.0, 10.0))
    return replace(known, **given)


def used():
    """Return the prefixes of the indexes that are there now."""
    return frozenset(_used)


def clean(lasting=frozenset()):
    """Delete all indexes but the lasting ones: a node of little memory holds some hundreds."""
    for prefix in _used - lasting:
        _used.discard(prefix)
        request = Request(f"{_address[0]}/{prefix}-*", method="DELETE")
        try:
            with urlopen(request, timeout=30) as answer:
                answer.read()
        except OSError as error:  # a node that is gone fails many tests, none of which says why
            raise Unavailable(
                f"the node at {_address[0]}: {error}; {''.join(map(state_of_shared, _folder))}"
            ) from error


@pytest.fixture(scope="session")
def opensearch_node(tmp_path_factory):
    """The address of a node; its data is in a folder that is temporary."""
    url, alive = address(of_the_run(tmp_path_factory) / "opensearch")
    yield url
    if alive is not None:
        os.close(alive)
