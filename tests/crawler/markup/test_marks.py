# ruff: noqa: E501 - a page stands on one line
"""Footnote marks, pilcrows and edit labels are no words; powers, ordinals and links to places are."""

from collections.abc import Iterator

import pytest
from lxml import etree

from crawler.markup import marks
from crawler.markup.blocks import segment
from crawler.markup.tree import parse_text


def texts(markup: str) -> list[str]:
    tree = parse_text(f"<body>{markup}</body>")
    assert tree is not None
    return segment(tree).texts


@pytest.mark.parametrize(
    "mark",
    [
        "<sup><a href='#1'>1</a></sup>", "<sup><a href='#cite_note-4'>[4]</a></sup>", "<a href='#fn7'><sup>7</sup></a>",
        "<sup class=reference>12</sup>", "<a class=footnote-ref href='#fn:2'>2</a>", "<sup><a href='#n'>*</a></sup>",
        "<sup id=fnref3>3</sup>", "<a href='#note-a'>[a]</a>", "<sup>[citation needed]</sup>", "<sup>[注 1]</sup>",
        "<a href='https://courier.example/a#_ftn1'>[1]</a>", "<a href='#fn1'>†</a>", "<a href='#top'>↑</a>", "<a href='#p3'>¶</a>",
        "<sup><a href='#anm2'>Anm. 2</a></sup>",
    ],
)  # fmt: skip
def test_a_mark_is_left_out_and_the_words_around_it_stand(mark: str) -> None:
    assert texts(f"<p>The tide tables{mark} have been kept for years.</p>") == [
        "The tide tables have been kept for years."
    ]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("40 m<sup>2</sup> of sail", "40 m2 of sail"),
        ("the 1<sup>st</sup> of May", "the 1st of May"),
        ("CO<sub>2</sub> and 10<sup>6</sup>", "CO2 and 106"),
        ("see <a href='#map'>the map</a> below", "see the map below"),
        ("see <a href='#chapter-4'>4</a> below", "see 4 below"),
        ("page <a href=/page/2>2</a> of it", "page 2 of it"),
        ("<sup>A whole sentence set high, which is no mark of anything at all.</sup>", "A whole sentence set high, which is no mark of anything at all."),
        ("in <span>1998</span> they", "in 1998 they"),
    ],
)  # fmt: skip
def test_what_is_no_mark_stays(markup: str, text: str) -> None:
    assert texts(f"<p>{markup}</p>") == [text]


@pytest.mark.parametrize(
    "label",
    [
        "<a class=headerlink href='#cost'>¶</a>", "<a href='#cost'>#</a>", "<a class=anchor href='#cost'>link</a>",
        "<span class=mw-editsection><span>[</span><a href='/w?action=edit'>edit</a><span>]</span></span>",
        "<span class=mw-editsection>[<a href='/w?action=edit'>Bearbeiten</a>]</span>", "<a href=/edit>[modifier]</a>",
        "<a class=permalink href='https://courier.example/a#cost'>Permalink</a>", "<small><a href=/e>[編集]</a></small>",
        "<small><a href=/e>Bearbeiten</a> · <a href=/s>Quelltext bearbeiten</a></small>", "<a href=/e>edit</a>",
        "<span><a href=#>editar</a> / <a href=#>editar código</a></span>", "<span><a href=/e>править</a> | <a href=/s>править код</a></span>",
        "<span><a href=/e>编辑</a></span>", "<span><a href=/e>عدل</a></span>", "<small><a href=/e>edytuj</a>, <a href=/s>edytuj kod</a></small>",
    ],
)  # fmt: skip
def test_a_label_within_a_heading_is_left_out(label: str) -> None:
    assert texts(f"<h2>What it will cost {label}</h2><p>x</p>")[0] == "What it will cost"


@pytest.mark.parametrize(
    "heading", ["<a href=/cost>What it costs</a>", "<a class=anchor href='#c'>What it costs</a>", "[What it costs]"]
)
def test_a_heading_that_is_a_link_stays(heading: str) -> None:
    assert texts(f"<h2>{heading}</h2>")[0].strip("[]") == "What it costs"


def test_words_to_edit_without_a_link_or_among_others_stay() -> None:
    assert texts("<h2>Who may <em>edit</em></h2>") == ["Who may edit"]
    assert texts("<h2>Who may <a href=/e>edit the paper</a></h2>") == ["Who may edit the paper"]
    assert texts("<p>Who may <a href=/e>edit</a></p>") == ["Who may edit"]


def test_a_linked_word_of_a_heading_stays() -> None:
    assert texts("<h2>What <a href=/pier>the pier</a> will cost</h2>") == ["What the pier will cost"]


def test_a_mark_and_a_label_have_a_size() -> None:
    for length, is_mark in ((marks.MAX_MARK, True), (marks.MAX_MARK + 1, False)):
        assert (texts(f"<p>Tides<a href='#x'>{'*' * length}</a></p>") == ["Tides"]) is is_mark
    for length, is_label in ((marks.MAX_LABEL, True), (marks.MAX_LABEL + 1, False)):
        assert (texts(f"<h2>Tides <a class=anchor href='#x'>{'w' * length}</a></h2>") == ["Tides"]) is is_label
        assert (texts(f"<p>Tides<sup>[{'w' * (length - 2)}]</sup></p>") == ["Tides"]) is is_label


@pytest.mark.parametrize("mark", ["1", "12", "*", "†", "1,2", "3–5", "<a href='/n'>1</a>,<a href='/n'>2</a>", "1)"])
@pytest.mark.parametrize("before", ["The tide tables", "The <em>tables</em>", "Die Tafeln.", "„Die Tafeln“"])
def test_a_number_raised_right_behind_a_word_is_a_mark(before: str, mark: str) -> None:
    plain = before.replace("<em>", "").replace("</em>", "")
    assert texts(f"<p>{before}<sup>{mark}</sup> and the rest.</p>") == [f"{plain} and the rest."]


@pytest.mark.parametrize(
    "said",
    ["40 km<sup>2</sup>", "10<sup>6</sup>", "square metres<sup>2</sup>", "the 21<sup>st</sup>", "x<sup>2</sup>", "Mc<sup>4</sup>"],
)  # fmt: skip
def test_a_power_behind_a_number_a_unit_or_a_letter_stays(said: str) -> None:
    assert texts(f"<p>{said} of it.</p>") == [said.replace("<sup>", "").replace("</sup>", "") + " of it."]


def test_a_heading_of_thousands_of_links_is_read_in_a_few_looks() -> None:
    looks: list[str] = []
    heading = etree.fromstring("<h2>" + "<a href='#x'>[edit]</a>" * 2_000 + "</h2>")

    class Counted:
        def itertext(self) -> Iterator[str]:
            for text in map(str, heading.itertext()):
                looks.append(text)
                yield text

    assert all(marks.is_mark_in(Counted(), link, "a") for link in heading)  # type: ignore[arg-type]
    assert len(looks) == 2 * len(heading)
