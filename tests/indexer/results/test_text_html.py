"""Blocks as HTML: every kind in its element, and nothing of a page that runs, loads or leads where it must not."""

import pytest
from markupsafe import Markup, escape

from corpus.structure.layout import layout
from indexer.results.text_html import Setting, html, link_address
from tests.indexer.results.structured import BODY, SCRIPT, STRUCTURE

SETTING = Setting(BODY, lambda start, end: escape(BODY[start:end]), 2, "Picture not loaded", "Table {}".format)


def made() -> str:
    return Markup("").join(html(layout(BODY, [*STRUCTURE, SCRIPT]), SETTING))


@pytest.mark.parametrize(
    "part",
    [
        '<h2 dir="auto">What is built</h2>',
        '<ul dir="auto">\n<li>flood gates at Wick<ol dir="auto">\n<li value="3">small ones</li>\n</ol>\n</li>\n'
        "<li>a bank</li>",
        '<blockquote dir="auto">\n<p dir="auto">The sea_would_wait.</p>\n<p dir="auto">It did not.</p>\n</blockquote>',
        'role="region" tabindex="0" aria-label="Table 1: Cost by &lt;town&gt;"><table dir="auto"><caption',
        "<thead><tr><th scope=col>Town</th>\n<th scope=col class=num>Cost</th>",
        "<th scope=row>Wick</th>\n<td class=num>18.4</td>",
        '<pre dir="auto">let x = 1\n``` end</pre>',
        '<a href="https://council.example/minutes?a=1&amp;b=&lt;2&gt;" title="council.example"'
        ' rel="noopener noreferrer nofollow ugc">the minutes</a>.</p>',
        '<figure><figcaption dir="auto">The *wall*</figcaption><p class="q">Picture not loaded',
    ],
)
def test_each_kind_of_block_has_its_element(part: str) -> None:
    assert part in made()


def test_no_script_is_linked_and_no_picture_is_loaded() -> None:
    assert "javascript:" not in made()
    assert "<img" not in made()


@pytest.mark.parametrize(
    "address",
    [None, "", "javascript:alert(1)", "data:text/html,x", "//a.example", "https://", "http://[", "java\x01script:x"],
)
def test_only_addresses_of_the_web_are_linked(address: str | None) -> None:
    assert link_address(address) is None


def test_an_address_has_no_character_that_no_page_may_get() -> None:
    assert link_address("https://a.example/\u202ex\x00") == "https://a.example/x"
