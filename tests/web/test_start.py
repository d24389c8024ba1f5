"""The searches that the start page offers: of one language, and the page's where there is one."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from flask.testing import FlaskClient

from corpus.model import Article, StoredArticle
from indexer.contract.facets import Facet, FacetCount, FacetName
from indexer.contract.values import Results
from web.start import _examples

NOW = datetime(2026, 3, 4, tzinfo=UTC)
KURDISH = ("نامە دەربارەی بەلەمی ڕووبار", "ckb", "herald.example")
ENGLISH = ("Council votes on the bridge", "en", "gazette.example")
JAPANESE = ("白石村、防潮堤の回答を待つ", "ja", "post.example")


def stored(number: int, headline: str, language: str, source: str) -> StoredArticle:
    url = f"https://{source}/{number}"
    article = Article(url=url, source=source, fetched=NOW, headline=headline, body="", language=language)
    return StoredArticle(number, f"k7f00{number}", number, NOW, 1, article)


@pytest.mark.parametrize(
    ("articles", "tried"),
    [
        ([KURDISH, ENGLISH, JAPANESE], ['"Council votes"', "bridge OR Council", "site:gazette.example -Council"]),
        ([KURDISH, JAPANESE], ['"دەربارەی بەلەمی"', "ڕووبار OR دەربارەی", "site:gazette.example"]),
        ([("1 2 3", "fr", "gazette.example"), JAPANESE], ['"防潮堤の回答を待つ"', "site:gazette.example"]),
        ([], ["site:gazette.example"]),
    ],
)
def test_the_words_to_try_are_of_one_language(articles: list[tuple[str, str, str]], tried: list[str]) -> None:
    site = Facet(FacetName.SITE, (FacetCount("gazette.example", 9),), 1)
    found = Results(total=9, hits=(), facets=(site,), position=1)
    given = _examples(found, [stored(number, *each) for number, each in enumerate(articles)])
    assert given == tried


@pytest.mark.parametrize("code", ["ar", "de", "en", "es", "fr"])
def test_words_to_try_are_looked_for_in_the_language_of_the_page(client: FlaskClient, code: str) -> None:
    page = client.get("/", headers={"Accept-Language": code}).text
    first = unescape(re.findall(r'<li><a href="([^"]+)"><code dir="auto">', page)[0])
    found = client.get(first.replace("/search?", "/search.json?")).json
    spoken = client.get(f"/search.json?lang={code}").json["total"] > 0
    assert found["total"]
    assert (code in {each["language"] for each in found["hits"]}) == spoken, first
