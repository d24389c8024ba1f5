"""The spans of a text -> those without the heading that is its standfirst: a deck set as a heading heads no section."""

from collections.abc import Mapping

from corpus.structure.values import Span, SpanKind

DECK = "headings that are the standfirst"


def without_deck(
    spans: tuple[Span, ...] | None, left_out: Mapping[str, int], body: str, standfirst: str | None
) -> tuple[tuple[Span, ...] | None, dict[str, int]]:
    """Return spans and what is left out, without a heading before all else that the page gives as its standfirst.

    Both signs are needed: a heading further down names its section, whatever the page's description says.
    """
    deck = next((each for each in spans or () if each.kind is SpanKind.HEADING), None)
    is_deck = deck and standfirst and deck.start == 0 and _words(body[: deck.end]) == _words(standfirst)
    if spans is None or not is_deck:
        return spans, dict(left_out)
    return tuple(each for each in spans if each is not deck), {**left_out, DECK: 1}


def _words(text: str) -> list[str]:
    return text.casefold().rstrip(" .…").split()
