"""Pages that libxml2 would read otherwise than browsers do are read as browsers read them."""

import pytest

from crawler.markup import html5
from crawler.markup.blocks import segment
from crawler.markup.tree import parse_text
from tests.counting import calls
from tests.stalling import no_stall

STORY = "<h1>Ferry</h1><p>It sails twice a day.</p><p>Fares stay.</p>"
READ = ["Ferry", "It sails twice a day.", "Fares stay."]


def texts(markup: str) -> list[str]:
    tree = parse_text(markup)
    assert tree is not None
    return segment(tree).texts


def test_an_open_dialog_is_shown_where_it_holds_most_of_a_page_s_paragraphs() -> None:
    three = "<p>The wall is up.</p><p>The ferry sails again.</p><p>Fares stay.</p>"
    other = "<p>{}</p>"
    assert len(texts(f"<body><dialog open>{three}</dialog>{other.format('x' * 47)}</body>")) == 4
    assert len(texts(f"<body><dialog open>{three}</dialog>{other.format('x' * 48)}</body>")) == 1
    assert len(texts(f"<body><dialog>{three}</dialog>{other.format('x' * 47)}</body>")) == 1
    assert len(texts(f"<body><dialog open>{three[:-18]}</dialog>{other.format('x')}</body>")) == 1
    dialogs = f"<body>{f'<dialog open>{three}</dialog>' * 400}</body>"
    assert texts(dialogs) == []
    assert calls(lambda: texts(dialogs)) < 100 * 400  # thirty for each; not all paragraphs for each of them


@pytest.mark.parametrize(
    "markup",
    [
        f"<!doctype html><html lang=en><meta charset=utf-8><main><article>{STORY}</article></main></html>",
        f"<title>x</title><section>{STORY}</section>",
        f"<html><head><title>x</title><main>{STORY}</main></head></html>",
        f"<html><head><title>x</title><news-app>{STORY}</news-app></head><body></body></html>",
        f"<html><body></body><body><article>{STORY}</article></body></html>",
        f"<html><head><title>x</title></head><body></body></html><article>{STORY}</article>",
        f"<html><body></body></html><html><head></head><body>{STORY}</body></html>",
        f"<html><body><svg><path d=1>{STORY}</body></html>",
        f"<html><body><svg><title>mark</svg>{STORY}</body></html>",
        f"<html><body><math><mrow>{STORY}</body></html>",
    ],
)
def test_the_story_is_read_wherever_browsers_show_it(markup: str) -> None:
    assert texts(markup)[-3:] == READ


@pytest.mark.parametrize("attribute", ["shadowrootmode=open", "shadowrootmode=closed", "shadowroot=open"])
def test_a_declarative_shadow_root_is_shown_and_a_plain_template_is_not(attribute: str) -> None:
    assert texts(f"<body><x-story><template {attribute}><slot></slot>{STORY}</template></x-story></body>") == READ
    assert texts(f"<body><template>{STORY}</template><p>Shown.</p></body>") == ["Shown."]


@pytest.mark.parametrize(
    "markup",
    [
        f"<html><head><title>x</title></head><body>{STORY}</body></html>",
        f"<html><head><script>1</script></head><body>{STORY}</body><script>2</script></html> <!-- x -->",
        f"<body><svg><title>mark</title><foreignobject><p>in</p></foreignobject></svg>{STORY}</body>",
    ],
)
def test_a_page_that_both_read_alike_is_read_once(markup: str) -> None:
    tree = parse_text(markup)
    assert tree is not None
    behind = markup[markup.find("</html") :] if "</html" in markup else ""
    assert not html5.is_misread(tree, behind, tree.iter("svg", "math", "title"))
    assert texts(markup)[-3:] == READ


def test_a_page_too_deep_for_the_second_reading_keeps_the_first() -> None:
    deep = "<main><p>Shown.</p>" + "<div>" * 30_000
    with no_stall():
        assert html5.rewritten(deep) is None
        assert parse_text(deep) is not None


@pytest.mark.parametrize(("depth", "is_asked"), [(html5.MAX_OPEN, True), (html5.MAX_OPEN + 1, False)])
def test_as_many_open_tags_as_the_limit_are_asked_about(depth: int, is_asked: bool) -> None:
    assert (html5.rewritten("<p>" + "<b>" * depth) is not None) is is_asked
    assert (html5.rewritten("<b></b><p>" * 3 * depth) is not None) is True


@pytest.mark.parametrize(("size", "is_asked"), [(html5.MAX_CHARS, True), (html5.MAX_CHARS + 1, False)])
def test_a_page_as_large_as_the_limit_is_asked_about(size: int, is_asked: bool) -> None:
    assert (html5.rewritten("<p>".ljust(size, "x")) is not None) is is_asked
