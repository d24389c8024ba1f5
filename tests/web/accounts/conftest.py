"""The sample corpus with three people, and browsers of theirs."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from flask.testing import FlaskClient

from corpus.passwords import hash_password
from corpus.store.accounts.users import Role
from tests.web.conftest import app_over, client_of
from tests.web.corpus import NOW
from web.layout.services import EXTENSION

if TYPE_CHECKING:
    from playwright.sync_api import Page

PASSWORD = "the tide tables"

SignIn = Callable[[str], FlaskClient]


def people(app: Flask) -> Flask:
    """Add a reader, an editor and an admin, each called as the role."""
    users = app.extensions[EXTENSION].store.users
    for role in Role:
        users.add(role.value, role, hash_password(PASSWORD, log_n=4), NOW)
    return app


@pytest.fixture
def shared(folder: Path) -> Iterator[Flask]:
    """The app over a corpus that people sign in to."""
    app = people(app_over(folder, web={"accounts": "password"}))
    yield app
    app.extensions[EXTENSION].close()


@pytest.fixture
def sign_in(shared: Flask) -> SignIn:
    """Return a browser that a person is signed in with."""

    def signed_in(name: str) -> FlaskClient:
        client = client_of(shared)
        assert try_password(client, name, PASSWORD).status_code == 303
        return client

    return signed_in


def try_password(client: FlaskClient, name: str, password: str, *, headers: dict[str, str] | None = None, **more: str):
    """Send the form of the sign-in page."""
    page = client.get("/login").text
    token = page.partition('name="token" value="')[2].partition('"')[0]
    return client.post("/login", data={"token": token, "name": name, "password": password, **more}, headers=headers)


def sign_in_by_browser(page: "Page", site: str, person: str) -> None:
    """Sign in as a person of `people` with a browser's page; `site` has no slash at its end."""
    page.goto(f"{site}/login")
    page.fill("[name=name]", person)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_url(f"{site}/")
