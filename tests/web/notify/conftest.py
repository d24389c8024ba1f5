import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.store import ArticleStore
from tests.stores import new_store
from tests.web.notify.servers import Posts, certificate, webhook


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a certificate of 127.0.0.1 and its key."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed, which makes the certificate")
    folder = tmp_path_factory.mktemp("keys")
    certificate(folder)
    return folder


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ArticleStore]:
    with new_store(tmp_path / "data" / "pressmark.sqlite") as opened:
        yield opened


@pytest.fixture
def posts() -> Iterator[Posts]:
    with webhook() as served:
        yield served
