"""A page that shows the beginning of a stored story alone takes its place only where its site says that it is so."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.crawler.crawling import Desk, front, source, story
from tests.crawler.faultweb import serving

LATER = datetime.now(UTC) + timedelta(days=20)  # between the first and the second night
AMENDED = (
    '<meta property="article:published_time" content="2026-01-05T08:00Z">'
    f'<meta property="article:modified_time" content="{LATER:%Y-%m-%dT%H:00Z}">'
)
PATHS = ["/news/flood-on-the-river-road", "/news/school-gets-a-new-roof", "/news/ferry-sails-twice-a-day"]
STORIES = {path: story(path[6:].replace("-", " ").capitalize()) for path in PATHS}


def beginning(path: str, head: str = "") -> str:
    """The page of a story with its first paragraph, and an offer that is no paragraph."""
    page = STORIES[path].replace("</head>", f"{head}</head>")
    return page[: page.index("</p>", page.index("part 0")) + 4] + "</article><form><button>Go on</button></form>"


def parts(tmp_path, cut: dict[str, str]) -> list[list[int]]:
    """How many of five paragraphs each story has after each night, of which the first knows them whole."""
    with serving({"/": front(*PATHS, feed=None)} | STORIES) as site:
        desk = Desk(tmp_path, source(site))
        desk.crawl()
        counts = []
        for _ in range(3):
            counts.append([desk.bodies[path].count("part") for path in PATHS])
            site.routes |= cut
            desk.wait(days=40)
            desk.crawl()
        return [*counts, [desk.bodies[path].count("part") for path in PATHS]]


def test_a_site_that_shows_beginnings_from_one_day_on_takes_no_text_away(tmp_path):
    assert parts(tmp_path, {path: beginning(path) for path in PATHS}) == [[5, 5, 5]] * 4


@pytest.mark.parametrize(
    ("head", "after"),
    [("", [5, 5, 5, 1]), (AMENDED, [5, 1, 1, 1])],
    ids=["stays", "says so"],
)
def test_one_story_that_was_shortened_is_believed_when_it_stays_or_its_page_says_so(tmp_path, head, after):
    path = PATHS[0]
    assert parts(tmp_path, {path: beginning(path, head)}) == [[count, 5, 5] for count in after]
