# ruff: noqa: E501 - a control and what it opens stand on one line
"""Sections that a reader opens are of the story, though the page hides them at first; boxes and answers are not."""

import pytest
from lxml import etree

from crawler.body.rules.folded import _is_tab
from crawler.markup.tree import parse_text
from tests.crawler.stories import FERRY, MILL, body, page, paragraphs

HEADS = {"en": "How the mill works", "de": "So arbeitet die Mühle", "ar": "كيف تعمل الطاحونة"}
CONTROLS = {
    "a name": ('<h3>{head}</h3><div class="collapsible-text" hidden>{text}</div>'),
    "a state": ('<h3><button aria-expanded="false">{head}</button></h3><div style="display:none">{text}</div>'),
    "a region": ('<h3>{head}</h3><div role=region class="acc accordion-panel" aria-hidden="true">{text}</div>'),
    "a tab": (
        '<ul role=tablist><li><a role=tab href="#b">{head}</a></ul><div role=tabpanel>A.</div><div role=tabpanel id=b hidden>{text}</div>'
    ),
    "a label": (
        '<div><b role=tab id="C 1">{head}</b></div><div role=tabpanel>A.</div><div role=tabpanel aria-labelledby="C 1" style="display: none">{text}</div>'
    ),
}


def story(section: str) -> list[str]:
    return body(
        page(f"<main><article><h1>Second ferry sails from April</h1>{paragraphs(*FERRY)}{section}</article></main>")
    )


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("control", CONTROLS.values(), ids=CONTROLS)
def test_a_section_that_opens_is_of_the_story(control: str, head: str) -> None:
    found = story(control.format(head=head, text=paragraphs(*MILL)))
    assert set(MILL) <= set(found)
    assert set(FERRY) <= set(found)


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize(
    "section",
    [
        "<h3>{head}</h3><div hidden>{text}</div>",
        '<h3>{head}</h3><div class="modal collapsible" hidden>{text}</div>',
        '<h3>{head}</h3><div class="accordion-panel" itemprop=acceptedAnswer hidden>{text}</div>',
        '<h3>{head}</h3><div class="faq accordion-panel" hidden>{text}</div>',
        '<button aria-expanded="false">{head}</button><p>{head}</p><div hidden>{text}</div>',
        "<b role=tab aria-controls=c>{head}</b><div role=tabpanel>A.</div><div role=tabpanel id=b hidden>{text}</div>",
        "<b role=tab aria-controls=b>{head}</b><div role=tabpanel id=b hidden>{text}</div>",
    ],
    ids=["nothing opens it", "a box", "an answer", "questions", "a control elsewhere", "no tab", "a tab alone"],
)
def test_what_is_hidden_and_no_section_that_opens_is_left_out(section: str, head: str) -> None:
    assert set(MILL).isdisjoint(story(section.format(head=head, text=paragraphs(*MILL))))


def test_the_tabs_of_a_page_are_looked_for_once_for_all_that_they_may_show() -> None:
    tree = parse_text("<body><div>" + "<div role=tabpanel hidden><p>A.</p></div>" * 200)
    assert tree is not None
    looked: list[etree._Element] = []

    class Tabs(dict[etree._Element, frozenset[str]]):
        def __setitem__(self, around: etree._Element, named: frozenset[str]) -> None:
            looked.append(around)
            super().__setitem__(around, named)

    tabs = Tabs()
    assert not any(_is_tab(panel, tabs) for panel in tree.iterfind(".//div[@role]"))
    assert len(looked) == 1
