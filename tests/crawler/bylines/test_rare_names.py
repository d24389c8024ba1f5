"""Where a rare name signs: beside a date or with a role, unless the page tells that its words are no name."""

import pytest

from crawler.bylines.alone.lines import names_alone
from crawler.markup.blocks import segment
from crawler.markup.tree import parse_text
from tests.crawler.bylines.test_authors_of_pages import names as signers


def test_a_rare_name_in_brackets_behind_the_story_signs_beside_a_date():
    for line in ("(Tivoda Sarnel)", "[Orsolya van der Wessely]"):
        assert signers(after=f"<p>{line}</p><p>3 May 2026</p>") == [line[1:-1]]
        assert signers(after=f"<p>{line}</p>") == []
        told = f"<p>{line[1:-1]} wants to buy the building this winter.</p>"
        assert signers(byline=told, after=f"<p>{line}</p><p>3 May 2026</p>") == []
    for words in ("(Last updated)", "(Last Updated)", "(Published On)"):
        assert signers(after=f"<p>{words}</p><p>3 May 2026</p>") == []


@pytest.mark.parametrize(
    "line", ["Tivoda Sarnel", "Tivoda Sarnel:", "Orsolya van der Wessely", "Tivoda Sarnel and Orsolya Wessely"]
)
def test_rare_names_near_the_headline_sign_beside_a_date_where_nothing_says_that_they_are_words(line):
    names = line.rstrip(":").split(" and ")
    day = "<div>3 May 2026</div>"
    story = "<p>The bakers of the island have waited for it for three winters, and so have all who work there.</p>"
    assert signers(byline=f"<div>{line}</div>{day}{story}") == names
    assert signers(byline=f"{day}<div>{line}</div>{story}") == names
    assert signers(byline=f"<div>{line.rstrip(':')} | 3 May 2026 | 4 min read</div>{story}") == names
    assert signers(byline=f"<div>{line}</div>{story}") == []
    for words in ("La Tivoda", "Tivoda Sarnel/Orsolya Wessely", "Tivoda Sarnel – Orsolya Wessely"):
        assert signers(byline=f"<div>{words}</div>{day}{story}") == []
    assert signers(byline=f"<div>{line}</div><div>For our readers</div>{story}") == []
    told = story.replace("The bakers", f"{names[-1]} and the bakers")
    small = story.replace("The bakers", f"The {names[-1].split()[-1].lower()} and the bakers")
    menu = f"<p><a href=/x>{names[-1]}</a></p>"
    for other in (told, small, story + menu):
        assert signers(byline=f"<div>{line}</div>{day}{other}") == []


@pytest.mark.parametrize(
    ("above", "under", "found"),
    [
        ("3 May 2026", "Tivoda Sarnel", ["Tivoda Sarnel"]),
        ("Tivoda Sarnel", "3 May 2026", ["Tivoda Sarnel"]),
        ("Tivoda Sarnel", "", []),
        ("For our readers", "Tivoda Sarnel", []),
    ],
)
def test_a_date_on_the_other_side_of_the_headline_stands_beside_a_rare_name(above, under, found):
    story = f"<p>{'The bakers have waited for it. ' * 9}</p>" * 2
    tree = parse_text(f"<div>{above}</div><h1>The old bakery of the island</h1><div>{under}</div>{story}")
    assert tree is not None
    blocks = segment(tree)
    start = blocks.texts.index("The old bakery of the island")
    lines = names_alone(blocks, start=start, prose=len(blocks) - 2, last=len(blocks) - 1, language="en")
    assert [line.text for line in lines] == found


@pytest.mark.parametrize("line", ["{}, Senior Editor", "{}, Reuters", "{} | The Coast Newsroom"])
def test_a_rare_name_signs_with_what_somebody_is_or_for_whom_they_write(line):
    assert signers(byline=f"<div>{line.format('Tivoda Sarnel')}</div>")[:1] == ["Tivoda Sarnel"]
    told = "<p>Tivoda Sarnel has met the bakers of the island, who have waited for three winters.</p>"
    assert signers(byline=f"<div>{line.format('Tivoda Sarnel')}</div>{told}") == []


def test_a_rare_name_at_the_far_edge_signs_in_italics_where_nothing_says_that_it_is_words():
    line = "<p align=right><i>{}</i></p>"
    for name in ("Tivoda Sarnel", "Orsolya van der Wessely"):
        assert signers(after=line.format(name)) == [name]
        assert signers(after=f"<p align=right>{name}</p>") == []
        assert signers(after=f"<p><i>{name}</i></p>") == []
        word = name.split()[-1]
        assert signers(byline=f"<p>The {word.lower()} of the island is shut.</p>", after=line.format(name)) == []
        assert signers(byline=f"<p>{name} is the baker of the island.</p>", after=line.format(name)) == []
    for words in ("Harbour Walls", "Back To Top"):
        small = f"<p>The {words.lower()} were mended.</p>"
        assert signers(byline=small, after=line.format(words)) == []
