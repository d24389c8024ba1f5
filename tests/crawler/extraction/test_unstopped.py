"""Texts without full stops, verse for one, break off only where they say so."""

import pytest

from crawler.values import PageKind
from tests.crawler.stories import page, read


@pytest.mark.parametrize("last", ["", "…"])
def test_verse_without_full_stops_breaks_off_where_it_says_so_alone(last: str) -> None:
    lines = ("The ferry leaves the winter pier", "and nobody waves to it", "the gulls have gone", "the rope is long")
    verse = "".join(f"<p>{'<br>'.join(f'{line} {n}' for line in lines)}{last if n == 4 else ''}</p>" for n in range(5))
    song = f"<article><h1>Winter pier</h1>{verse}<ul><li>Subscribe for 2 crowns</li></ul></article>"
    kind = read(page(song, title="Winter pier")).kind
    assert kind is (PageKind.PAYWALL if last else PageKind.ARTICLE)
