"""The text of an article, its words and passages marked, whatever blocks and links they stand in."""

import re
from dataclasses import replace
from html import unescape

from corpus.structure.values import Span, SpanKind
from indexer.contract.values import Phrase, Reading, Word
from indexer.results.passages import Squeezed, place
from tests.indexer.results.structured import BODY, STRUCTURE
from tests.web.corpus import COUNCIL
from web.articles.finding import MarkedText, PassageMark, found, laid_out

FLOOD_DEFENCES = (Reading(Phrase(("flood", "defences")), ("flood", "defences"), (("flood",), ("defences",))),)


def shown(
    body: str,
    structure: tuple[Span, ...] | None,
    readings: tuple[Reading, ...] = (),
    passages: tuple[PassageMark, ...] = (),
    most: int | None = None,
) -> MarkedText:
    article = replace(COUNCIL, body=body, structure=structure)
    return found(article, readings, passages, laid_out(article, most=most))


def test_a_mark_that_a_link_cuts_has_one_anchor_and_counts_once() -> None:
    body = "the flood defences now"
    link = Span(SpanKind.LINK, 10, 22, address="https://a.example/x")
    made = shown(body, (link,), FLOOD_DEFENCES)
    (paragraph,) = made.blocks
    assert '<mark id="w0-1">flood </mark><a href="https://a.example/x"' in paragraph
    assert "><mark>defences</mark> now</a></p>" in paragraph
    assert [each.count for each in made.words] == [1]


def test_words_are_counted_as_in_the_plain_text() -> None:
    words = tuple(Reading(Word(each), (each,)) for each in ("wick", "sea", "minutes", "town"))
    plain, structured = shown(BODY, None, words), shown(BODY, STRUCTURE, words)
    assert [(each.word, each.count) for each in structured.words] == [(each.word, each.count) for each in plain.words]
    for n, word in enumerate(structured.words):
        assert "".join(structured.blocks).count(f'id="w{n}-') == word.count


def test_a_passage_over_cells_and_blocks_is_marked_in_each_and_anchored_once() -> None:
    selected = "a bank\nThe sea_would_wait.\nIt did not.\nTown\tCost\nWick"  # as a browser gives a selection
    where = place(selected, 0, Squeezed.of(BODY))
    assert where
    made = "".join(shown(BODY, STRUCTURE, passages=((*where, 7), (where[0], where[0] + 6, 8))).blocks)
    assert made.count('id="p7"') == made.count('id="p8"') == 1
    marked = [
        unescape(each) for each in re.findall(r'<mark class="pen"[^>]*>(?:<span[^>]*></span>)?([^<]*)</mark>', made)
    ]
    assert marked == ["a bank", "The sea_would_wait.", "It did not.", "Town", "Cost", "Wick"]


def test_a_passage_that_begins_between_blocks_has_its_anchor_in_the_next() -> None:
    made = shown("One.\n\nTwo.", None, passages=((4, 8, 1),)).blocks
    assert made[1].startswith('<p dir="auto"><mark class="pen" id="p1">Tw</mark>')


def test_only_the_first_blocks_are_shown_and_counted_if_so_wished() -> None:
    made = shown("A flood.\n\nA flood.", None, (Reading(Word("flood"), ("flood",)),), most=1)
    assert (len(made.blocks), made.words[0].count) == (1, 1)


def test_no_text_is_doubled_or_lost_by_marks() -> None:
    readings = tuple(Reading(Word(each), (each,)) for each in ("sea", "is", "no", "wick"))
    for structure in (None, STRUCTURE):
        made = "".join(shown(BODY, structure, readings, ((3, 60, 1), (40, len(BODY), 2))).blocks)
        made = re.sub(r"<(figure|caption).*?</\1>", "", made)
        text = unescape(re.sub(r"<[^>]*>", "", made))
        assert "".join(text.split()).replace("|", "") == "".join(BODY.split()).replace("|", "")
