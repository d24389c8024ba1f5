"""The sample corpus, served: by Flask's test client, and over a socket for the browser tests."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from corpus.store import ArticleStore
from indexer.open import open_engine
from indexer.sync import update
from tests.web.compiled import compile_once
from tests.web.corpus import NOW, config, make
from web.app import create_app
from web.layout.server import Server, bind
from web.layout.services import EXTENSION

compile_once()

Send = Callable[..., TestResponse]  # a path, and the fields of the form


def app_over(data: Path, **tables: object) -> Flask:
    """Return the app over a data directory, its clock stopped at NOW."""
    return create_app(
        config(data, **tables),
        lambda: ArticleStore.open(data / "pressmark.sqlite"),
        lambda: open_engine(data / "index"),
        now=lambda: NOW,
    )


def client_of(app: Flask) -> FlaskClient:
    """Return a client that names a host of ours."""
    client = app.test_client()
    client.environ_base["HTTP_HOST"] = "localhost"
    return client


@contextmanager
def served(app: Flask, **options: Any) -> Iterator[Server]:
    """Serve an app by waitress, on a port of its own; the options are those of `bind`."""
    server = bind(app, **options)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.close()
        thread.join(10)


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of the sample corpus."""
    folder = tmp_path_factory.mktemp("sample")
    store, engine = make(folder)
    engine.close()
    store.close()
    return folder


@pytest.fixture(scope="session")
def app(data: Path) -> Iterator[Flask]:
    """The app over the sample corpus."""
    app = app_over(data)
    yield app
    app.extensions[EXTENSION].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client of the app."""
    return client_of(app)


@pytest.fixture(scope="session")
def site(app: Flask) -> Iterator[str]:
    """The address of the app, served by waitress on a port of its own."""
    with served(app) as server:
        yield server.url.rstrip("/")


# ---------------------------------------------------------------- a corpus that a test changes


@pytest.fixture
def folder(data: Path, tmp_path: Path) -> Path:
    """The sample corpus, copied."""
    shutil.copytree(data, tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def desk(folder: Path) -> Iterator[Flask]:
    app = app_over(folder)
    yield app
    app.extensions[EXTENSION].close()


@pytest.fixture
def browser(desk: Flask) -> FlaskClient:
    return client_of(desk)


@pytest.fixture
def store(desk: Flask) -> ArticleStore:
    found: ArticleStore = desk.extensions[EXTENSION].store
    return found


@pytest.fixture
def index(desk: Flask, folder: Path) -> Callable[[], object]:
    """Bring the index up to the store."""
    services = desk.extensions[EXTENSION]
    return lambda: update(services.store, services.engine, zone=config(folder).zone)


def token_of(client: FlaskClient) -> str:
    found = re.search(r'name="token" value="([0-9a-f]+)"', client.get("/dossiers").text)
    assert found
    return found[1]


@pytest.fixture
def send(browser: FlaskClient) -> Send:
    """Send a form as a page of ours does."""
    token = token_of(browser)
    return lambda path, **fields: browser.post(path, data={"token": token, **fields})
