"""A dossier as one HTML file: whole, escaped, and asking for nothing."""

import re
from dataclasses import replace

from indexer.results.dossier_html import html_lines
from indexer.results.dossiers import Collected
from indexer.results.passages import Quoted
from tests.indexer.results.hostile import ARTICLES


def test_texts_notes_tags_and_passages_are_in_it():
    stored = ARTICLES[0]
    plain = replace(stored, article=replace(stored.article, headline="A wall", body="One.\n\nTwo.", language="de"))
    each = Collected(3, plain, "Mine\nhere", ("money",), (Quoted("Two.", 2, "why"),))
    made = "".join(html_lines("Walls", "Of the sea", [each]))
    assert '<h2 lang="de" dir=auto>3. A wall</h2>' in made
    for part in (
        '<p dir="auto">One.</p>\n<p dir="auto">Two.</p>',
        "¶ 2 “Two.”: why",
        "Mine<p dir=auto>here",
        "Tags: money",
    ):
        assert part in made


def test_no_text_of_a_page_or_a_reader_becomes_markup():
    bad = "<script>alert(1)</script><img src=x>\x00\"'"
    made = "".join(
        html_lines(bad, bad, [Collected(1, each, bad, (bad,), (Quoted(bad, None, bad),)) for each in ARTICLES])
    )
    names = set(re.findall(r"<(\w+)", made))
    assert names == {"html", "meta", "title", "style", "main", "h1", "h2", "p", "br", "bdi", "div", "article"}
    assert not re.search(r"[\x00-\x08]", made)
    assert "default-src 'none'" in made.replace("&#39;", "'")
