"""The article that most tests of an article's page look at."""

import pytest
from flask.testing import FlaskClient

from corpus.model import StoredArticle
from corpus.store import ArticleStore
from tests.web.corpus import COUNCIL


@pytest.fixture
def council(store: ArticleStore) -> StoredArticle:
    found = store.by_url(COUNCIL.url)
    assert found
    return found


def page(browser: FlaskClient, mark: str, query: str = "") -> str:
    return browser.get(f"/a/{mark}{query}", follow_redirects=True).text
