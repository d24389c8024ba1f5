"""An archive in which something of every kind is stored, for the pages in every language."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import app_over, client_of
from tests.web.test_axe import KINDS, filled
from web.layout.services import EXTENSION


@pytest.fixture(scope="package")
def kept(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[FlaskClient, dict[str, str]]]:
    """A client, and the address of each kind of page, where something of every kind is stored."""
    folder = tmp_path_factory.mktemp("languages") / "data"
    shutil.copytree(data, folder)
    app = app_over(folder)
    marks = filled(app)
    yield client_of(app), {name: path.format(**marks) for name, path in KINDS.items()}
    app.extensions[EXTENSION].close()
