"""Teasers are known by the links that they stand beside, a story by its prose between its links."""

from datetime import date
from random import Random

import pytest

from crawler.extraction.teasers import MAX_PARAGRAPHS, is_teasers

HERE = "https://gazette.example/harbour/"
WORDS = "alder birch cedar elm fir gorse hazel ivy juniper larch maple nettle oak pine quince rowan thorn yew".split()
TITLE = "Harbour wall number {n} gives way"


def prose(seed: int, words: int = 32) -> str:
    draw = Random(seed)
    return " ".join(draw.choice(WORDS) for _ in range(words)).capitalize() + "."


def page(body: str) -> bytes:
    return f"<html><head><title>Harbour</title></head><body><nav><a href=/a>A</a></nav>{body}</body></html>".encode()


def taken(body: str, text: str) -> bool:
    return is_teasers(page(body), HERE, text, charset="utf-8", today=date(2026, 11, 26))


MARKUPS = {
    "a linked heading": '<h2><a href="{u}">{t}</a></h2><p>{p}</p>',
    "a heading in a link": '<a href="{u}"><h3>{t}</h3></a><div>{p}</div>',
    "a linked line": '<p><a href="{u}">{t}</a></p><p>{p}</p>',
    "a link behind the text": '<article><h2>{t}</h2><p>{p} <a href="{u}">Mehr lesen</a></p></article>',
    "a link below the text": '<article><h2>{t}</h2><p>{p}</p><p><a href="{u}">続きを読む</a></p></article>',
    "a link around all": '<a href="{u}"><h2>{t}</h2><p>{p}</p></a>',
    "a list": '<ul><li><a href="{u}">{t}</a> {p}</li></ul>',
    "a table": '<table><tr><td><a href="{u}">{t}</a></td><td>{p}</td></tr></table>',
    "a picture's link": '<div><a href="{u}"><img src="/i.jpg"></a><p>{p}</p></div>',
    "links with a fragment": '<p><a href="{u}#top">{t}</a></p><p>{p}</p><a href="{u}#comments">3</a>',
}


@pytest.mark.parametrize("markup", MARKUPS.values(), ids=MARKUPS)
@pytest.mark.parametrize("number", [2, 3, 12])
def test_short_texts_beside_links_to_stories_are_teasers(markup, number):
    teasers = [(f"/2026/11/{n + 1}/harbour-wall-{n}", TITLE.format(n=n), prose(n)) for n in range(number)]
    body = "".join(markup.format(u=url, t=title, p=text) for url, title, text in teasers)
    assert taken(body, "\n\n".join(text for _, _, text in teasers))
    assert taken(body, "\n\n".join(f"{title}\n\n{text}" for _, title, text in teasers))


def _story(between: str, *, words: int = 32) -> tuple[str, str]:
    """A story of eight paragraphs with something after each second one; its markup and its text."""
    paragraphs = [prose(n, words) for n in range(8)]
    body = "".join(f"<p>{text}</p>{between.format(n=n) if n % 2 else ''}" for n, text in enumerate(paragraphs))
    return body, "\n\n".join(paragraphs)


def test_a_story_with_related_ones_below_or_above_it_is_none():
    body, text = _story("")
    related = "".join(f'<h3><a href="/2026/11/{n}/old-wall-{n}">{TITLE.format(n=n)}</a></h3>' for n in range(1, 9))
    assert not taken(body + related, text)
    assert not taken(related + body, text)


def test_links_amid_the_sentences_of_a_story_make_no_teasers_of_it():
    linked = [
        f'<p>{prose(n, 12)} <a href="/2026/11/{n + 1}/old-wall-{n}">as it was told</a> {prose(n + 90, 12)}</p>'
        for n in range(8)
    ]
    text = "\n\n".join(f"{prose(n, 12)} as it was told {prose(n + 90, 12)}" for n in range(8))
    assert not taken("".join(linked), text)


@pytest.mark.parametrize(
    "link",
    [
        '<p><a href="/2026/11/4/old-wall-4">Read this, too</a></p>',  # one story, again and again
        '<p><a href="https://other.example/2026/11/{n}1/old-wall-{n}">Elsewhere</a></p>',
        '<p><a href="/harbour">More of the harbour</a></p>',
        '<p><a href="/files/plan-{n}.pdf">The plan</a></p>',
        "<p><a>Figure {n}</a></p>",
    ],
)
def test_links_to_no_other_stories_cut_no_story_into_pieces(link):
    assert not taken(*_story(link))


def test_a_story_that_goes_on_between_its_links_is_none():
    link = '<p><a href="/2026/11/{n}/old-wall-{n}">Read this, too</a></p>'
    assert taken(*_story(link, words=32))
    assert not taken(*_story(link, words=64))


def test_a_text_that_does_not_stand_on_the_page_is_none():
    body = "".join(f'<h2><a href="/2026/11/{n}/wall-{n}">{TITLE.format(n=n)}</a></h2>' for n in range(1, 9))
    assert not taken(body, "\n\n".join(prose(n) for n in range(5)))
    assert not taken("", prose(1))
    assert not is_teasers(b"", HERE, prose(1), charset=None, today=date(2026, 11, 26))


def test_a_text_of_countless_paragraphs_is_not_looked_for_to_its_end():
    title = '<h2><a href="/2026/11/{n}/wall-{n}">{t}</a></h2>'
    texts = [prose(n, 8) for n in range(MAX_PARAGRAPHS + 50)]
    body = "".join(title.format(n=n, t=TITLE.format(n=n)) + f"<p>{text}</p>" for n, text in enumerate(texts))
    assert taken(body, "\n\n".join(texts[: MAX_PARAGRAPHS // 2]))
    assert not taken(body, "\n\n".join(texts))
