"""How a page sets its text: spans over the text, which itself does not change by a character."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.structure.checking import MAX_LEVEL, problem
from corpus.structure.values import SpanKind
from crawler.body.classify import parts_of, placed, text_of
from crawler.body.setting.addresses import base_of
from crawler.body.setting.bounds import MAX_IMAGES, MAX_LINKS, facts_of_limits
from crawler.body.setting.spans import structure_of
from crawler.extraction.extract import extract
from crawler.markup.blocks import segment
from crawler.markup.tree import parse_text
from crawler.values import Page, PageKind
from tests.counting import calls

ADDRESS = "https://a.example/news/1"


def read(markup, chosen=None):
    """Return the text of a page's chosen blocks (all of them), its spans as (kind, text), and what was left out."""
    tree = parse_text(f"<html><body>{markup}</body></html>")
    assert tree is not None
    blocks = segment(tree)
    chosen = tuple(range(len(blocks))) if chosen is None else chosen
    spans, left_out = structure_of(
        blocks, placed(chosen, parts_of(blocks, chosen)), base_of(tree.iter("base"), ADDRESS)
    )
    body = text_of(blocks, chosen)
    assert spans is not None
    assert problem(spans, body) is None
    return body, spans, left_out


def shown(markup, kind):
    body, spans, _ = read(markup)
    return [body[span.start : span.end] for span in spans if span.kind is kind]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ('<p>The <a href="/x">port <b>of\n the</b> town</a> opens.</p>', "port of the town"),
        ('<p><a href="x">The port</a></p>', "The port"),
        ('<p>It <a href="x"> opens </a>now</p>', "opens"),
        ('<p>الميناء <a href="/x">يفتح أبوابه</a> اليوم</p>', "يفتح أبوابه"),
        ('<p>港は<a href="/x">月曜日に</a>再開する</p>', "月曜日に"),
        (
            '<table><tr><td>2020</td><td><a href="x">300 ships</a></td></tr><tr><td>a</td><td>b</td></tr></table>',
            "300 ships",
        ),
        ('<p>Roses are<br>red and <a href="x">violets</a><br>are blue</p>', "violets"),
        ('<pre>one\n\n\n\ntwo <a href="x">three</a></pre>', "three"),
        ('<pre>| one | two |\n|   <a href="x">three  four</a> |  |</pre>', "three  four"),
    ],
)
def test_a_link_has_the_characters_of_its_anchor(markup, text):
    assert shown(markup, SpanKind.LINK) == [text]


def test_a_link_over_two_paragraphs_is_two_links():
    assert shown('<div><a href="x"><p>One</p><p>Two</p></a></div>', SpanKind.LINK) == ["One", "Two"]


def test_links_that_lead_nowhere_are_counted_by_their_reason():
    _, spans, left_out = read(
        '<p>A <a href="javascript:x()">b</a> <a href="mailto:a@b.example">c</a> <a href="#top">d</a> <a>e</a>'
        f' <a href="/x"></a> <a href="/{"a" * 3000}">f</a> <a href="http://[">g</a></p>'
    )
    assert spans == ()
    assert sum(left_out.values()) == 7
    assert left_out["links without text"] == 1


def test_addresses_are_made_absolute_by_the_page_and_its_base():
    _, spans, _ = read('<base href="//b.example/c/"><p>A <a href="d?e=1#f">g</a></p>')
    assert [span.address for span in spans] == ["https://b.example/c/d?e=1#f"]


def test_items_have_their_depth_and_the_number_of_the_page():
    _, spans, _ = read(
        "<p>Before</p><ol start=4><li>a</li><li value=9>b<ul><li>c</li></ul></li><li>d</li></ol>"
        "<ol reversed><li>e</li><li>f</li></ol><dl><dt>g</dt><dd>h</dd></dl>"
    )
    assert [(span.level, span.number) for span in spans] == [
        (1, 4), (1, 9), (2, None), (1, 10), (1, 2), (1, 1), (1, None), (2, None),
    ]  # fmt: skip


def test_headings_are_those_of_tags_and_roles_and_bold_lines_are_not():
    body, spans, _ = read(
        '<h2>One</h2><p><b>Bold</b></p><div role="heading" aria-level="4">Two</div><p>Text</p><h3>%s</h3>'
        % ("long " * 90)
    )
    assert [(body[span.start : span.end], span.level) for span in spans] == [("One", 2), ("Two", 4)]


def test_a_heading_in_a_heading_is_one():
    nested = '<div role="heading">' * 100 + "<p>One</p>" * 300
    assert len(read(nested)[1]) == 300


def test_a_named_quote_needs_the_mark_of_a_quotation_too():
    assert shown('<div class="pull-quote">“We open.”</div>', SpanKind.QUOTE) == ["“We open.”"]
    assert shown('<div class="pull-quote">Stock prices</div>', SpanKind.QUOTE) == []
    assert shown("<blockquote><p>We</p><p>open.</p></blockquote><p>a</p>", SpanKind.QUOTE) == ["We\n\nopen."]


def test_images_stand_between_blocks_and_marks_and_pixels_are_left_out():
    body, spans, left_out = read(
        '<p>One</p><figure><img src="data:image/gif;base64,x" data-src="/p.jpg">'
        "<figcaption>A crane</figcaption></figure>"
        '<p>Two</p><p><img src="/t.gif" width="1" height="1">Three</p>',
        chosen=(0, 2, 3),
    )
    assert body == "One\n\nTwo\n\nThree"
    assert [(span.start, span.address, span.caption) for span in spans] == [(4, "https://a.example/p.jpg", "A crane")]
    assert sum(left_out.values()) == 1


def test_a_caption_in_the_text_is_not_said_twice():
    figure = '<figure><p>b</p><img src="/p.jpg" alt="c"><figcaption><span>Ein Kran</span></figcaption></figure>'
    for chosen, caption in (((0, 1, 2, 3), None), ((0, 1, 3), "Ein Kran")):
        _, spans, _ = read(f"<p>a</p>{figure}<p>d</p>", chosen)
        assert [span.caption for span in spans] == [caption]


def test_hostile_pages_end_in_bounds():
    deep = "<ul><li>a" * 240
    assert max(span.level for span in read(f"<p>b</p>{deep}")[1]) <= MAX_LEVEL
    _, spans, left_out = read("<p>" + '<a href="/x">a</a> ' * 20_000 + "</p>")
    assert len(spans) == MAX_LINKS
    assert left_out[f"links beyond {MAX_LINKS}"] == 20_000 - MAX_LINKS
    read(f"<ol start={'9' * 400}><li value={'9' * 9}>a<li>b</ol><table><tr><td rowspan=1000000000>a<td>b</table>")


def test_what_is_no_part_of_the_structure_is_counted():
    boxed = "".join(f"<p>Paragraph {n}</p>" for n in range(6))
    images = '<img src="/a.jpg">' + "<p>menu</p>" * 14 + '<p>One</p><img src="/b.jpg"><img src="/b.jpg"><p>Two</p>'
    _, _, left_out = read(images, chosen=(14, 15))
    assert left_out == {"images of other parts of the page": 1, "images that the text has already": 1}
    assert read(f"<ul><li>{boxed}</li></ul>")[2] == {"items that hold most of the text": 1}
    assert read(f"<blockquote>{boxed}</blockquote>")[2] == {"quotes that hold most of the text": 1}
    nested = '<a href="/1"><div>x<a href="/2">y</a></div></a>'
    assert read(f"<p>z</p>{nested}")[2] == {"anchors within links": 1}


def test_a_structure_that_was_cut_says_so_as_a_fact():
    links = '<a href="/x">a</a> ' * (MAX_LINKS + 2_000)
    images = "".join(f'<p>b</p><img src="/{n}.jpg">' for n in range(MAX_IMAGES + 5))
    _, spans, left_out = read(f'<p>c <a href="/{"a" * 3_000}">d</a></p><p>{links}</p>{images}<p>e</p>')
    assert facts_of_limits(spans, left_out) == {
        "structure": "3,000 of 5,000 links, 300 of 305 images, without 1 addresses of more than 2000 characters"
    }
    assert facts_of_limits(*read('<p>a <a href="#b">c</a></p>')[1:]) == {}
    assert facts_of_limits(None, {}) == {}


def calls_of(markup):
    """Return how many functions, ours and built in, the structure of a page calls."""
    tree = parse_text(f"<html><body>{markup}</body></html>")
    assert tree is not None
    blocks = segment(tree)
    every = tuple(range(len(blocks)))
    rows = placed(every, parts_of(blocks, every))
    return calls(lambda: structure_of(blocks, rows, ADDRESS))


@pytest.mark.parametrize(
    "part",
    [
        '<p>a <a href="/x">b</a></p>',
        '<a href="/x">b</a> ',
        "<ol><li>a<li>b</ol>",
        "<table><tr><th>a<td rowspan=1000000000>b</table>",
        "<blockquote>a</blockquote>",
        '<p>a</p><img src="/x.jpg" alt="b">',
        "<h2>a</h2>",
    ],
)
def test_twice_as_much_of_a_page_is_no_more_than_thrice_the_work(part):
    assert calls_of(part * 200) <= 3 * calls_of(part * 100)


def test_values_of_millions_of_characters_are_cut_or_left_out():
    long = "\u202e" + "x" * 3_000_000
    _, spans, left_out = read(
        f'<p>a <a href="/{long}">b</a></p><img src="/x.jpg" alt="{long}"><p>c</p><img src="/{long}"><p>d</p>'
    )
    assert [len(span.caption or "") for span in spans] == [1_000]
    assert left_out["addresses of more than 2000 characters"] == 1
    assert left_out["images without a web address"] == 1


TAGS = st.sampled_from("p div a b ul ol li table tr td th blockquote h2 pre br figure span dl dt dd".split())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            TAGS.map(lambda tag: f'<{tag} href="/x">'),
            TAGS.map(lambda tag: f"</{tag}>"),
            st.sampled_from(["a | ", " b", "| c", "港 "]),
        )
    )
)
def test_whatever_the_markup_spans_are_valid(parts):
    read("<p>start</p>" + "".join(parts))


def test_an_article_carries_its_structure_and_other_pages_none():
    prose = "The harbour, which was closed for a year, opens again on Monday, the town said in a long statement. " * 2
    page = "".join(f'<p>{prose}<a href="/{n}">More {n}</a> follows.</p>' for n in range(6))
    html = f"<html><body><article><h1>Harbour opens</h1>{page}</article></body></html>".encode()
    answer = extract(
        Page(url=ADDRESS, address=ADDRESS, source="a", content=html, fetched=datetime(2026, 1, 1, tzinfo=UTC))
    )
    assert answer.kind is PageKind.ARTICLE
    assert [span.kind for span in answer.article.structure or ()] == [SpanKind.LINK] * 6
    empty = extract(
        Page(url=ADDRESS, address=ADDRESS, source="a", content=b"<p>No</p>", fetched=datetime(2026, 1, 1, tzinfo=UTC))
    )
    assert empty.article.structure is None


def test_an_image_between_paragraphs_stands_there_whatever_white_space_is_around_it():
    body, spans, _ = read("<p>One</p>\n<img src='/x.jpg'>\n<p>Two</p>\n<p>Three</p>")
    assert [span.start for span in spans] == [body.index("Two") - 1]


@pytest.mark.parametrize(
    ("markup", "addresses", "why"),
    [
        ("<noscript><img src='/x.jpg' alt='A crane'></noscript>", ["/x.jpg"], ""),
        ("<noscript><p><img src='/x.jpg'></p></noscript>", ["/x.jpg"], ""),
        ("<img src='data:image/gif;base64,x'><noscript><img src='/x.jpg'></noscript>", ["/x.jpg"], "without a web"),
        ("<noscript><img src='/x.jpg'></noscript><img data-src='/x-300.jpg'>", ["/x-300.jpg"], "stand beside it"),
        ("<noscript><img src='/pixel.gif' style='display: none'></noscript>", [], "nobody sees"),
        ("<noscript><img src='/pixel.gif' height=1 width=1></noscript>", [], "a mark or a pixel"),
    ],
)
def test_a_noscript_gives_the_image_that_a_script_shows_once_and_no_pixel(markup: str, addresses: list[str], why: str):
    body, spans, left_out = read(f"<p>One</p>\n<div>{markup}<b>.</b></div>\n<p>Two</p>")
    assert body == "One\n\n.\n\nTwo"
    assert [span.address for span in spans] == [f"https://a.example{each}" for each in addresses]
    assert [why in each for each in left_out] == [True] * bool(why)
