"""What the structure of a text adds to a page, its formats and the API: bounded, however hostile the article.

The text itself is as long as it is; what is counted here is what stands beside it.
"""

import functools
import re
import tracemalloc
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient

from corpus.model import Article, StoredArticle
from corpus.store import ArticleStore
from corpus.structure.as_data import spans_data
from corpus.structure.budget import MAX_BYTES, size, within_budget
from corpus.structure.checking import MAX_SPANS, problem
from corpus.structure.values import Span, SpanKind
from crawler.body.setting.bounds import MAX_LINKS, facts_of_limits
from indexer.open import open_engine
from indexer.results.article_markdown import article_markdown
from tests.counting import calls
from tests.crawler.body.setting.test_spans import read
from tests.web.corpus import COUNCIL, NOW
from web.articles.finding import found, laid_out
from web.mcp import answers as answers_of_models
from web.mcp.answers import PIECE, Corpus

MB = 1_000_000
LONGEST = "https://пример.example/" + "&" * 1_900  # an ampersand takes five bytes in a page
MARKUP = {
    "all": "",
    "links": "".join(f"<p>{''.join(f'<a href={LONGEST}{n}x{k}>a</a>' for k in range(50))}</p>" for n in range(100)),
    "short links": "<p>" + '<a href="//a.example">a</a>' * 5_000 + "</p>",
    "hosts": "<p>" + "".join(f'<a href="https://{"&" * 1_900}{n}/">a</a> ' for n in range(300)) + "</p>",
    "cells": "<table>" + ("<tr>" + "<td>1" * 50) * 200 + "</table>",
    "spans": "<table><tr>" + "<td colspan=65535 rowspan=65535>a" * 3 + "<tr><td>b<td>c" * 900 + "</table>",
    "lists": "<p>a</p>" * 9 + "<ul><li>b" * 90 + "</ul>" * 90 + "<ol><li value=9>c<li>d</ol>" * 2_000,
    "quotes": "<p>a</p>" * 9 + "<blockquote>" * 90 + "b" + "</blockquote>" * 90 + "<blockquote>c</blockquote>" * 2_000,
    "tables": ("<p>a</p><table><caption>" + "d" * 3_000 + "</caption><tr><td>b<td>c</table>") * 400,
    "pictures": "".join(f'<p>a</p><img src="/{n}{"&" * 1_900}" alt="{"&" * 900}">' for n in range(300)),
    "headings": "<h2>a</h2><h6>b</h6>" * 2_500,
    "words": f"<p>{'w' * 3_000} <a href=/x>\u202e{'v' * 3_000}</a></p><pre>{'p' * 3_000}</pre>",
    "schemes": "".join(
        f'<p><a href="{address}">a</a> <a href="/{address}">b</a></p>'
        for address in ("javascript:alert(1)", "JAVA\tscript:x", "data:text/html,x", "vbscript:x", "//\u202eb.example")
    ),
}

MARKUP["all"] = "".join(MARKUP[name] for name in ("hosts", "cells"))
# Half of the parts that an article may have are cells one by one, half those that one cell spans.
TABLES = "<table>" + ("<tr>" + "<td>1" * 50) * 100 + "</table>" + MARKUP["spans"].replace("<tr><td>b<td>c" * 450, "", 1)


@functools.cache  # several tests look at one page
def article(markup: str) -> Article:
    """Return the article that a crawl would make of a page of these blocks."""
    body, spans, left_out = read(markup)
    assert problem(spans, body) is None
    facts = {**COUNCIL.facts, **facts_of_limits(spans, left_out)}
    return replace(COUNCIL, url="https://valley-herald.example/hostile-set", body=body, structure=spans, facts=facts)


def answers(browser: FlaskClient, store: ArticleStore, given: Article) -> dict[str, bytes]:
    """Return the page of an article, its formats, and its answer of the API."""
    store.write(replace(given, fetched=NOW))
    stored = store.by_url(given.url)
    assert stored
    mark = stored.mark
    paths = {"page": f"/a/{mark}", "md": f"/a/{mark}.md", "json": f"/a/{mark}.json", "api": f"/api/v1/articles/{mark}"}
    return {name: browser.get(path, follow_redirects=True).data for name, path in paths.items()}


@pytest.mark.parametrize("name", [name for name in MARKUP if name != "cells"])  # "all" has as many cells, and hosts
def test_what_is_added_to_the_text_is_bounded(browser: FlaskClient, store: ArticleStore, name: str) -> None:
    given = article(MARKUP[name])
    assert given.structure
    made = answers(browser, store, given)
    plain = answers(browser, store, replace(given, structure=(), facts=COUNCIL.facts))
    for form, most in (("page", 1.6 * MB), ("md", 0.4 * MB), ("json", 1.1 * MB), ("api", 1.1 * MB)):
        added = len(made[form]) - len(plain[form])
        assert added <= most, (name, form)
    text = made["page"].decode().partition('<div class="text"')[2].partition('<div class="rec')[0]
    assert not re.search(r"""(href|src)=["']?\s*(javascript|data|vbscript):""", text, re.I)
    assert not re.search(r"\]\(<?(javascript|data|vbscript):", made["md"].decode(), re.I)
    assert "\u202e" not in made["page"].decode() + made["md"].decode()


def test_what_is_cut_is_said_where_people_look(browser: FlaskClient, store: ArticleStore) -> None:
    given = article(MARKUP["links"])
    assert given.structure
    shown = sum(span.kind is SpanKind.LINK for span in given.structure)
    assert 100 < shown < MAX_LINKS
    said = given.facts["structure"]
    assert said == f"{shown} of 5,000 links"
    made = answers(browser, store, given)
    assert said in made["page"].decode()
    assert said in made["json"].decode()


def test_a_language_model_gets_as_many_links_as_the_text_has_room_for(store: ArticleStore, tmp_path: Path) -> None:
    given = article(MARKUP["links"])
    store.write(replace(given, fetched=NOW))
    with closing(open_engine(tmp_path / "index")) as engine:
        answer = answers_of_models.article(Corpus(store, engine, ZoneInfo("UTC")), given.url, 0)
    links = answer["untrusted_links"]
    assert sum(len(each["words"] + each["address"]) for each in links) <= PIECE
    assert given.structure
    assert len(links) + answer["links_left_out"] == sum(span.kind is SpanKind.LINK for span in given.structure)


def test_what_does_not_fit_goes_and_what_is_shorter_stays() -> None:
    long, short = ("https://a.example/" + "x" * 1_900, "https://b.example/")
    links = [Span(SpanKind.LINK, n, n + 1, address=long) for n in range(200)]
    last = [Span(SpanKind.LINK, 300, 301, address=short), Span(SpanKind.TABLE, 310, 320, caption="c" * 1_000)]
    fit, gone = within_budget([*links, *last])
    assert fit[-2:] == (last[0], replace(last[1], caption=None))
    assert gone == {SpanKind.LINK: 200 - (len(fit) - 2), SpanKind.TABLE: 1}
    assert size(fit) <= MAX_BYTES
    body = "x" * 400
    assert problem(fit, body) is None
    assert "bytes of addresses and captions" in (problem([*links, *last], body) or "")


PARTS = {
    "links": '<p><a href="/x">a</a> b</p>',
    "cells": "<table><tr><td>1<td rowspan=65535>2<tr><td>3<td>4</table>",
    "lists": "<ul><li>a<ol><li>b<li>c</ol></ul>",
    "quotes": "<blockquote>a</blockquote>",
    "pictures": '<p>a</p><img src="/x.jpg" alt="b">',
}


@pytest.mark.parametrize("name", PARTS)
def test_the_work_for_a_page_grows_with_its_parts(name: str) -> None:
    def work(count: int) -> int:
        given = article("<p>start</p>" + PARTS[name] * count)
        passages = [(n, n + 2, n) for n in range(0, 6 * count, 6)]
        stored = StoredArticle(1, "k7f003", 1, NOW, 1, given)
        return calls(
            lambda: (found(given, (), passages, laid_out(given)), article_markdown(stored), spans_data(given.structure))
        )

    assert work(240) <= 2.3 * work(120)


@pytest.mark.parametrize("markup", [MARKUP["links"], TABLES, MARKUP["pictures"]], ids=["links", "tables", "pictures"])
def test_a_page_takes_no_more_memory_than_some_times_its_size(
    browser: FlaskClient, store: ArticleStore, markup: str
) -> None:
    given = article(markup)
    store.write(replace(given, fetched=NOW))
    stored = store.by_url(given.url)
    assert stored
    paths = [f"/a/{stored.mark}{ending}" for ending in ("", ".md", ".json")]
    tracemalloc.start()
    try:
        sizes = [len(browser.get(path, follow_redirects=True).data) for path in paths]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak <= 8 * max(sizes) + 8 * MB
    assert given.structure
    assert len(given.structure) <= MAX_SPANS
