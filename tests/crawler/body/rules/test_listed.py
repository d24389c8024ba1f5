"""A list of links to other pages of the site behind a story is none of its text; a list that is the story's stays."""

import pytest

from crawler.body.rules.listed import listed
from crawler.body.rules.story import Cues
from tests.counting import calls
from tests.crawler.body.rules import dropped, of

CUES = Cues(address="https://courier.example/2026/03/second-ferry")
STORY = f"<p>{of(900)}</p>"
TITLES = (
    "The mill",
    "A bishop who said for twenty years that bells were too loud has given the parish a bell, and rang it himself.",
    "島の新しい橋は春までに完成しない見通しであると町議会が火曜日の夜の会議で全会一致で発表した。",
    "Der Gemeinderat bestritt am Dienstag erneut, dass die Brücke vor dem Frühjahr fertig wird?",
)


def items(form: str, folder: str = "/2026/04/") -> str:
    return "".join(form.format(f"{folder}{n}", title) for n, title in enumerate(TITLES))


LI = "<li><a href={}>{}</a></li>"


@pytest.mark.parametrize(
    ("box", "form", "blocks"),
    [
        ("<ul>{}</ul>", LI, 4),
        ("<ol>{}</ol>", LI, 4),
        ("{}", "<p><a href={}>{}</a></p>", 4),
        ("<div>{}</div>", "<div class=c><h4><a href={}>{}</a></h4></div>", 4),
        ("<div>{}</div>", "<div class=c><h4><a href={}>{}</a></h4><p>28.11.26</p></div>", 7),
        ("<ul>{}</ul>", "<li><a href=https://courier.example{}>{}</a></li>", 4),
        ("<dl>{}</dl>", "<dt><a href={}>{}</a></dt><dd>28.11.26</dd>", 7),
    ],
)
def test_siblings_that_are_links_to_pages_beside_the_story_are_a_list_of_other_pages(
    box: str, form: str, blocks: int
) -> None:
    assert dropped(listed, STORY + box.format(items(form)), CUES) == list(range(1, 1 + blocks))
    assert dropped(listed, STORY + box.format(items(form)) + STORY, CUES) == []  # amid the story


def test_pages_in_another_folder_are_one_fact_and_the_judge_of_blocks_must_be_the_second() -> None:
    assert dropped(listed, f"{STORY}<ul>{items(LI, '/about/us/x')}</ul>", CUES) == []


@pytest.mark.parametrize(
    "kept",
    [
        f"<ul>{items('<li><a href=https://records.example{}>{}</a></li>')}</ul>",  # sources
        f"<ul>{items('<li><a href={}>{}</a> ' + of(90) + '</li>')}</ul>",  # prose in each item
        f"<div>{items('<div><p><a href={}>{}</a></p><p>' + of(90) + '</p></div>')}</div>",
        items("<h3><a href={}>{}</a></h3><ul><li>Two eggs<li>A cup of flour</ul>"),
        f"<p>The mayor named four more:</p><ul>{items(LI)}</ul>",
        f"<ul>{items('<li><a href=#note{}>{}</a></li>', '')}</ul>",  # footnotes
        f"<ul>{items(LI)}<li><a href='http://[bells/'>Bells</a></li></ul>",  # an address that cannot be read
        f"<ul>{items('<li><a href=/2026/04/one>{1}</a></li>')}</ul>",
        "<ul><li><a href=/2026/04/1>The mill</a></li><li><a href=/2026/04/2>A bell</a></li></ul>",
    ],
)
def test_a_list_that_is_the_storys_own_stays(kept: str) -> None:
    assert dropped(listed, STORY + kept, CUES) == []


def test_a_list_that_is_most_of_the_text_is_the_text() -> None:
    assert dropped(listed, f"<p>{of(200)}</p><ul>{items(LI)}</ul>", CUES) == []


def test_many_short_runs_of_one_list_are_looked_for_at_once() -> None:
    pair = "<p><a href=/2026/04/{0}>Mill {0}</a></p><p>Mill</p>"
    markup = f"<p>{of(900)}</p><div>{''.join(map(pair.format, range(300)))}</div>"
    assert dropped(listed, markup, CUES) == []
    assert calls(lambda: dropped(listed, markup, CUES)) < 400 * 300  # two hundred for each, in whatever lists they are
