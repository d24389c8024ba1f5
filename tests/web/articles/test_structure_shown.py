"""The structure of a stored text: on the page of its article, in its formats, in the API and in its dossier."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from markupsafe import Markup

from corpus.model import StoredArticle
from corpus.records import WHOLE, stored_record
from corpus.store import ArticleStore
from corpus.structure.as_data import spans_data
from corpus.structure.values import Span, SpanKind
from crawler.importing.own import whole_article
from indexer.contract.linked_sites import linked_sites
from indexer.results.article_markdown import article_markdown
from indexer.results.exporting import whole_jsonl
from tests.indexer.results.structured import BODY, STRUCTURE
from tests.web.articles.conftest import page
from tests.web.corpus import COUNCIL, NOW
from web.articles.finding import found, laid_out
from web.articles.setting import layout_counts, linked
from web.languages.choice import LANGUAGES, speaking

LINKED = replace(COUNCIL, url="https://valley-herald.example/structured", body=BODY, structure=STRUCTURE, fetched=NOW)
COUNCILS_PAGE = "https://council.example/minutes?a=1&b=<2>"


def striptags(shown: str) -> str:
    return str(Markup(shown).striptags())


@pytest.fixture
def mark(store: ArticleStore) -> str:
    """The mark of an article whose text has structure."""
    store.write(LINKED)
    stored = store.by_url(LINKED.url)
    assert stored
    return stored.mark


def test_the_page_shows_it(browser: FlaskClient, mark: str) -> None:
    shown = page(browser, mark)
    text = shown.partition('<div class="text"')[2].partition('<details class="sec noprint"')[0]
    assert re.findall(r"<(h2|ul|ol|blockquote|table|pre|figure)\b", text) == [
        *("h2", "ul", "ol", "blockquote", "table", "pre", "figure")
    ]
    assert "<img" not in shown
    assert "javascript:" not in text


def test_a_passage_is_marked_across_what_a_browser_gives_of_it(browser: FlaskClient, mark: str) -> None:
    quote = "a bank\n\nThe sea_would_wait.\n\nIt did not.\n\nTown\tCost"
    assert browser.post(f"/api/v1/articles/{mark}/passages", json={"quote": quote}).status_code == 201
    assert len(re.findall('<mark class="pen" id="p', page(browser, mark))) == 1


def test_formats_and_the_api_give_it(browser: FlaskClient, mark: str) -> None:
    for given in (browser.get(f"/a/{mark}.json").json, browser.get(f"/api/v1/articles/{mark}").json):
        assert given["structure"] == spans_data(STRUCTURE)
        assert given["text"] == BODY
        assert given["links"][0] == COUNCILS_PAGE
    assert "* flood gates at Wick" in browser.get(f"/a/{mark}.md").text


def test_a_text_of_unknown_structure_says_so(browser: FlaskClient, store: ArticleStore) -> None:
    stored = store.by_url(COUNCIL.url)
    assert stored
    assert browser.get(f"/a/{stored.mark}.json").json["structure"] is None
    assert "not known: the text was stored without its links" in page(browser, stored.mark)


def test_its_links_are_counted_by_site_as_the_facet_does() -> None:
    link = STRUCTURE[0]
    more = (*(f"https://www.{n}.example/" for n in range(21)), "https://sport.valley-herald.example/", "http://inside/")
    others = [replace(link, address=each) for each in more]
    article = replace(LINKED, structure=(link, link, *others))
    found = str(linked(article))
    assert striptags(found).startswith("23 links to 22 sites · council.example 2 · 0.example · 1.example")
    assert striptags(found).endswith("18.example · and 2 more · 1 link within its own site · 1 link to no public site")
    assert len(linked_sites(article)) == 22
    assert '<a href="/search?links=council.example"><bdi>council.example</bdi></a> 2' in found
    assert str(linked(replace(LINKED, structure=()))) == "none"
    own = replace(link, address="https://valley-herald.example/other")
    assert str(linked(replace(LINKED, structure=(own,)))) == "1 link within its own site"


def test_its_blocks_are_counted() -> None:
    shown = "1 heading · 2 lists · 1 quote · 1 table · 1 preformatted text · 1 picture"
    assert str(layout_counts(laid_out(LINKED))) == shown
    assert str(layout_counts(laid_out(replace(LINKED, structure=())))) == "plain text"


def test_a_text_whose_structure_was_not_read_is_not_called_plain(browser: FlaskClient, store: ArticleStore) -> None:
    store.write(replace(LINKED, structure=None))
    assert "Set as" not in page(browser, store.by_url(LINKED.url).mark)


def test_parts_that_do_not_fit_the_text_are_counted_beside_its_links(browser: FlaskClient, store: ArticleStore) -> None:
    store.write(replace(LINKED, structure=(*STRUCTURE, Span(SpanKind.QUOTE, 0, 9_999, level=1))))
    shown = striptags(page(browser, store.by_url(LINKED.url).mark))
    assert "without 1 part that does not fit the text" in shown
    assert "1 heading · 2 lists" in shown


def test_what_is_exported_is_imported_as_it_was(browser: FlaskClient, store: ArticleStore, mark: str) -> None:
    with_history = replace(LINKED, body="Before.\n\n" + BODY, structure=(), fetched=NOW + timedelta(hours=1))
    given = browser.get(f"/a/{mark}.json").json
    assert given["structure"] == spans_data(STRUCTURE)
    store.write(with_history)
    stored = store.by_url(LINKED.url)
    assert stored
    (line,) = whole_jsonl([stored], store)
    record = whole_article(json.loads(line), "here", NOW + timedelta(days=1))
    assert record.article.structure == ()
    assert [each.structure for each in record.revisions] == [STRUCTURE]
    for structure in (None, (), STRUCTURE):
        whole = stored_record(replace(stored, article=replace(LINKED, structure=structure)), WHOLE)
        again = whole_article({**json.loads(json.dumps(whole)), "first_seen": NOW.isoformat()}, "here", NOW)
        assert again.article.structure == structure


def test_a_part_of_a_text_is_its_first_paragraph_though_one_block_holds_all() -> None:
    body = "One, linked.\n\nTwo."
    link = Span(SpanKind.LINK, 5, 11, address="https://council.example/paper")
    for kind in (SpanKind.QUOTE, SpanKind.ITEM, SpanKind.TABLE, SpanKind.PREFORMATTED):
        whole = replace(LINKED, body=body, structure=(Span(kind, 0, len(body), 1), link))
        stored = StoredArticle(1, "k7f003", 1, NOW, 1, whole)
        for part in ("".join(found(whole, (), (), laid_out(whole, most=1)).blocks), article_markdown(stored, most=1)):
            assert "One, linked." in part
            assert "Two" not in part
            assert "council.example" not in part
        assert "Two" in "".join(found(whole, (), (), laid_out(whole)).blocks)


def test_provenance_leads_to_the_sites_and_says_what_was_cut(browser: FlaskClient, store: ArticleStore) -> None:
    cut = "3,000 of 5,000 links, <b>"
    store.write(replace(LINKED, facts={**LINKED.facts, "structure": cut}))
    stored = store.by_url(LINKED.url)
    assert stored
    site = '<a href="/search?links=council.example"><bdi>council.example</bdi></a>'
    said = "not all is stored: {}"
    assert f"1 link to 1 site · {site} · {said.format('3,000 of 5,000 links, &lt;b&gt;')}" in page(browser, stored.mark)
    none = replace(LINKED, structure=(), facts={"structure": "0 of 3 links"})
    assert str(linked(none)) == f"none · {said.format('0 of 3 links')}"
    with speaking(LANGUAGES["de"]):
        assert str(linked(none)) == "keine · nicht alles ist gespeichert: 0 von 3 Links"
        other = replace(none, facts={"structure": "by another <make>"})
        assert str(linked(other)).endswith("<span lang=en dir=ltr>by another &lt;make&gt;</span>")
