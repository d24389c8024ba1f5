"""A hit's texts and a query's readings -> their marks and fragments, cached: the next page shows many of them again."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from threading import Lock
from typing import NamedTuple

from indexer.contract.values import Highlighted, Reading

QUERIES = 128  # whose cards are cached, the latest
GAP = "…"
CARDS = 200  # of one query: ten pages; a card has about two kilobytes


class HitSnippets(NamedTuple):
    """What is shown of the texts of a hit."""

    headline: Highlighted
    standfirst: Highlighted | None
    fragments: tuple[Highlighted, ...]

    @property
    def marked(self) -> tuple[Highlighted, ...]:
        """What may have marks."""
        return (self.headline, *((self.standfirst,) if self.standfirst else ()), *self.fragments)


Texts = tuple[str, str | None, str]  # headline, standfirst, body
Make = Callable[[Texts], HitSnippets]  # named: Python makes the types of a function within another at each call
_Key = tuple[str, str | None, int, int]


class SnippetCache:
    """SnippetCache by the readings they were made for and the texts they show; threads share them."""

    def __init__(self) -> None:
        self._cached: OrderedDict[tuple[tuple[Reading, ...], int | None], dict[_Key, HitSnippets]] = OrderedDict()
        self._lock = Lock()

    def of(self, readings: Sequence[Reading], most: int | None = None) -> Callable[[Texts, Make], HitSnippets]:
        """Return a function that gives the card of some texts, and calls `make` for a card that is not cached.

        Args:
            most: Characters of the fragments, where they are bounded.
        """
        key = tuple(readings), most
        with self._lock:
            own = self._cached.setdefault(key, {})
            self._cached.move_to_end(key)
            while len(self._cached) > QUERIES:
                self._cached.popitem(last=False)

        def card(texts: Texts, make: Make) -> HitSnippets:
            headline, standfirst, body = texts
            place = headline, standfirst, len(body), hash(body)  # of 64 bits, with a secret of the process
            found = own.get(place)
            if found is None:
                if len(own) >= CARDS:
                    own.clear()
                found = own[place] = make(texts)
            return found

        return card


def in_one_text(fragments: Iterable[Highlighted]) -> Iterator[Highlighted]:
    """Return the fragments with a mark between them, as one text shows them."""
    before: Highlighted | None = None
    for fragment in fragments:
        if before is not None:
            has_gap = before.text.endswith(GAP) or fragment.text.startswith(GAP)
            yield Highlighted(" " if has_gap else f" {GAP} ")
        yield fragment
        before = fragment
