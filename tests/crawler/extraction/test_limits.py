"""The limits by which stories are cleaned and pages are told apart, as they were measured.

The tests of each module show what happens on both sides of a limit; here stand the numbers, for none to change unseen.
"""

from types import ModuleType

import pytest

from crawler.body import rescue, unshown
from crawler.body.rules import boxes, heads, quotes, story, tails, vetoes
from crawler.extraction import kinds, listing, paywall, walls
from crawler.markup import html5, marks

LIMITS: dict[ModuleType, dict[str, object]] = {
    heads: {"LIKE_HEADLINE": 0.75, "LIKE_AUTHOR": 0.3, "SHORT_HEAD": 150, "SHORT_LINE": 60, "SURE": 0.8, "FIRST": 3},
    tails: {"COPY": 200, "MOST": 0.7, "LABEL": 60, "POINTS": 3},
    boxes: {
        "FEW_LETTERS": 2,
        "CAPTION": 400,
        "UNSURE": 0.6,
        "ALSO": 300,
        "ALSO_LINKED": 0.4,
        "APPEALS": 12,
        "LABEL": 80,
        "MARK": 40,
        "MARK_LINKED": 0.8,
    },
    vetoes: {
        "MOST": 0.5,
        "FEW": 0.3,
        "ADVERT": 600,
        "LINES": 4,
        "PICTURE": 250,
        "SLANTED": 0.8,
        "WHOLLY": 0.8,
        "CAPTION": 400,
        "OFFER": 600,
        "TEASER": 300,
        "LABEL": 80,
        "LINKED": 0.3,
        "BEHIND": 0.4,
        "LEFT": 60,
    },
    quotes: {"QUOTE_WORDS": (5, 80), "QUOTE_LETTERS": (20, 400), "RUN": 3, "NAMED": 0.6, "REPEATED": 0.9},
    story: {"LINE": 250, "PROSE": 80, "MIN_LEFT": 0.5},
    rescue: {"MIN_RESCUE": 600, "MAX_SHOWN": 0.3},
    unshown: {
        "MIN_STORY": 300,
        "TIMES": 4,
        "NOTHING": 60,
        "MIN_TITLE": 12,
        "MAX_SHOWN": 200,
        "SENTENCE": 60,
        "LEVELS": 6,
        "MAX_HOLDERS": 20,
        "MAX_NODES": 60000,
        "MAX_DEPTH": 60,
        "MAX_TEXT": 500000,
    },
    kinds: {"MIN_BODY": 60, "MAX_UNREADABLE": 0.1},
    walls: {
        "STUB": 1200,
        "LITTLE": 400,
        "COVERED": 0.4,
        "WHOLE": 0.75,
        "MOST": 0.5,
        "ASIDE": 200,
        "FEW_LINKS": 10,
        "MENU_LINKS": 30,
        "LINE": 60,
        "MAX_HEADINGS": 6,
    },
    paywall: {"STUB": 1200, "SHOWN_WHOLE": 600, "SHORT": 500, "PROSE": 80, "BEHIND": 8, "LAST": 3},
    listing: {
        "MIN_ENTRIES": 5,
        "GROUP_ENTRIES": 3,
        "ENTRY": 400,
        "ROUND_UP": 120,
        "STRETCH": 600,
        "STUB": 1200,
        "MANY_LINKS": 12,
        "LINK": (15, 200),
        "LINKED": 0.8,
    },
    marks: {"MAX_MARK": 12, "MAX_LABEL": 40},
    html5: {"MAX_CHARS": 3000000, "MAX_OPEN": 1000},
}


@pytest.mark.parametrize("module", LIMITS, ids=lambda module: str(module.__name__))
def test_a_limit_is_the_one_that_was_measured(module: ModuleType) -> None:
    assert {name: getattr(module, name) for name in LIMITS[module]} == LIMITS[module]
