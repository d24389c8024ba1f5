"""The story is found on pages of many shapes, whole and alone."""

import json

import numpy as np
import pytest

from crawler.body.classify import frame_of, judge, verdict_of
from crawler.markup.blocks import MAX_BLOCKS, segment
from crawler.markup.hints import PageHints
from crawler.markup.tree import parse_text
from crawler.values import PageKind, Selectors
from tests.crawler.stories import FERRY, MILL, article, body, page, paragraphs, read

SHAPES = {
    "article": article(),
    "divs": page(
        "<div id=c><h1>Second ferry sails from April</h1>" + "".join(f"<div>{t}</div>" for t in FERRY) + "</div>"
    ),
    "line breaks": page("<div id=content><h1>Second ferry sails from April</h1>" + "<br><br>".join(FERRY) + "</div>"),
    "old table": page(
        "<table><tr><td width=150><a href=/a>News</a><br><a href=/b>Sport</a></td><td>"
        "<h1>Second ferry sails from April</h1>" + paragraphs(*FERRY) + "</td></tr></table>"
    ),
    "unclosed navigation": page(
        "<nav><a href=/>Home</a><main><h1>Second ferry sails from April</h1>" + paragraphs(*FERRY) + "</main>"
    ),
    "nothing but paragraphs": "<h1>Second ferry sails from April</h1>" + paragraphs(*FERRY),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_story_is_found_whole_and_alone(shape: str) -> None:
    assert body(SHAPES[shape]) == list(FERRY)


def test_other_stories_on_the_page_are_left_out() -> None:
    teasers = "".join(
        f"<div class=teaser><h3><a href=/t{n}>{t[:50]}</a></h3><p>{t}</p></div>" for n, t in enumerate(MILL)
    )
    assert body(article(after=f"<aside class=related><h2>More news</h2>{teasers}</aside>")) == list(FERRY)


def test_lists_and_table_rows_within_the_story_are_kept_as_text() -> None:
    rows = "<table><tr><th>Day</th><th>Sailings</th></tr><tr><td>Monday</td><td>2</td></tr></table>"
    items = (
        "<ul><li>Leave the car on the mainland if you can.</li><li>Bring a coat, whatever the forecast says.</li></ul>"
    )
    markup = page(
        f"<article><h1>Second ferry sails</h1>{paragraphs(*FERRY[:4])}{rows}{items}{paragraphs(*FERRY[4:])}</article>"
    )
    text = read(markup).article.body
    assert "Leave the car on the mainland if you can.\nBring a coat" in text
    assert "Monday | 2" in text


@pytest.mark.parametrize(
    ("chances", "chosen"),
    [
        ((0.9, 0.35, 0.9), (0, 1, 2)),
        ((0.9, 0.35, 0.31, 0.3, 0.9), (0, 1, 2, 3, 4)),
        ((0.9, 0.35, 0.29, 0.35, 0.9), (0, 4)),
        ((0.35, 0.9, 0.35), (1,)),
        ((0.35, 0.1, 0.9), (2,)),
        ((0.2, 0.1), (0,)),
        ((0.01,), ()),
    ],
)
def test_what_likely_blocks_join_to_the_story_on_both_sides_needs_less(
    chances: tuple[float, ...], chosen: tuple[int, ...]
) -> None:
    assert verdict_of(np.array(chances), 0.4).chosen == chosen


HAFEN = (
    "Die Fähre zu den äußeren Inseln fährt ab April zweimal am Tag, teilte das Hafenamt am Dienstag mit.",
    "Seit dem Brand im Jahr 2019, bei dem niemand verletzt wurde, fuhr sie nur einmal täglich.",
    "„Darauf haben wir sechs Winter gewartet“, sagte Inga Dahl, die auf der nördlichen Insel den Laden führt.",
    "Die Preise bleiben bis zum Ende des Jahres. Eine Dauerkarte kostet weiter 340 Kronen, ein Fahrrad nichts.",
    "Der Rat stimmte mit neun zu vier Stimmen für die zweite Fahrt, nach einer Debatte bis Mitternacht.",
)


@pytest.mark.parametrize(
    ("story", "lines"),
    [(FERRY, ("Timetable for April", "Timetable for May")), (HAFEN, ("Fahrplan im April", "Fahrplan im Mai"))],
)
def test_the_lines_of_a_list_amid_the_story_are_of_it_together(story: tuple[str, ...], lines: tuple[str, ...]) -> None:
    items = "".join(f"<li><a href=/{n}>{line}</a></li>" for n, line in enumerate(lines))
    amid = f"<h1>Second ferry sails</h1>{paragraphs(*story[:4])}<ul>{items}</ul>{paragraphs(*story[4:])}"
    assert body(page(f"<article>{amid}</article>")) == [*story[:4], "\n".join(lines), *story[4:]]
    behind = f"<h1>Second ferry sails</h1>{paragraphs(*story)}<ul>{items}</ul>"
    assert body(page(f"<article>{behind}</article>")) == [*story]


def test_the_same_page_gives_the_same_chances_alone_or_again() -> None:
    tree = parse_text(article())
    assert tree is not None
    hints = PageHints(titles=("Second ferry sails from April",))
    assert judge(frame_of(segment(tree)), hints) == judge(frame_of(segment(tree)), hints)


def test_a_page_without_text_has_no_story() -> None:
    assert read("<html><body><img src=x></body></html>").article.body == ""
    assert read(b"").article.body == ""


def test_a_sources_own_selector_says_what_the_body_is() -> None:
    found = read(
        page("<div id=a><p>Short.</p></div><div id=b>" + paragraphs(*FERRY) + "</div>"), selectors=Selectors(body="#a")
    )
    assert found.article.body == "Short."


def test_what_a_sources_selectors_remove_is_gone() -> None:
    markup = article(after="").replace(FERRY[3], f"<span class=fares>{FERRY[3]}</span>")
    assert body(markup) == list(FERRY)
    found = read(markup, selectors=Selectors(remove=(".fares",)))
    assert FERRY[3] not in found.article.body
    assert FERRY[4] in found.article.body


def test_a_story_that_only_the_pages_data_holds_is_rescued_from_there() -> None:
    hints = json.dumps({"@type": "NewsArticle", "articleBody": "\n".join(FERRY)})
    head = f'<script type="application/ld+json">{hints}</script>'
    found = read(page("<main><h1>Second ferry sails from April</h1><div id=app></div></main>", head=head))
    assert found.article.body == "\n\n".join(FERRY)
    assert found.kind is PageKind.ARTICLE
    assert found.article.facts["body"] == "json-ld articleBody"


WALL = "<div class=wall><h2>Read on</h2><p>Already a subscriber? Log in.</p><button>Subscribe</button></div>"


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ("\n".join(FERRY), PageKind.ARTICLE),
        ("\n".join(FERRY).rstrip(".") + " …", PageKind.PAYWALL),  # cut where the page is cut, or a little later
        ("\n".join(FERRY).rstrip(".") + "...", PageKind.PAYWALL),
        (" ".join(FERRY)[:-30], PageKind.PAYWALL),
        ("\n".join(FERRY[1:]), PageKind.PAYWALL),  # another story's
    ],
    ids=["whole", "ellipsis", "dots", "within a sentence", "another story"],
)
@pytest.mark.parametrize("ending", ["", " …"])
def test_a_locked_story_is_an_article_only_where_its_data_goes_on_from_what_is_shown_to_the_end(
    given: str, kind: PageKind, ending: str
) -> None:
    hints = json.dumps({"@type": "NewsArticle", "isAccessibleForFree": False, "articleBody": given})
    head = f'<script type="application/ld+json">{hints}</script>'
    shown = FERRY[0].rstrip(".") + ending if ending else FERRY[0]
    found = read(page(f"<main><h1>Second ferry sails from April</h1><p>{shown}</p>{WALL}</main>", head=head))
    assert found.kind is kind
    if kind is PageKind.ARTICLE:
        assert found.article.body == "\n\n".join(FERRY)


def test_a_locked_story_of_which_half_is_shown_is_an_article_where_its_data_goes_on_to_the_end() -> None:
    hints = json.dumps({"@type": "NewsArticle", "isAccessibleForFree": False, "articleBody": "\n".join(FERRY)})
    head = f'<script type="application/ld+json">{hints}</script>'
    shown = "".join(f"<p>{part}</p>" for part in FERRY[:3])
    found = read(page(f"<main><h1>Second ferry sails from April</h1>{shown}{WALL}</main>", head=head))
    assert (found.kind, found.article.body) == (PageKind.ARTICLE, "\n\n".join(FERRY))


def test_every_block_that_is_left_out_has_a_reason() -> None:
    found = read(article(), explain=True)
    reasons = {dropped.text: dropped.reason for dropped in found.dropped}
    assert "footer" in reasons["© The Sound Courier. All rights reserved."]
    assert reasons["Section 0"].startswith("mostly links")
    assert all(reason for reason in reasons.values())


@pytest.mark.parametrize("line", ["<p>Minute {} of the meeting</p>", "<li>Punkt {} der Sitzung</li>"])
def test_a_page_too_large_to_read_whole_says_how_far_it_was_read(line: str) -> None:
    minutes = "".join(line.format(n) for n in range(MAX_BLOCKS))
    found = read(page(f"<main><h1>Second ferry sails from April</h1>{paragraphs(*FERRY)}{minutes}</main>"))
    assert FERRY[0] in found.article.body
    assert f"read {MAX_BLOCKS:,} blocks" in found.article.facts["body"]
    assert f"read {MAX_BLOCKS:,} blocks" in found.reason
    assert "body" not in read(article()).article.facts
