from datetime import UTC, datetime

from corpus.model import UrlKind
from corpus.runs.lost_lists import LostList, each, of_source


def lost(number: int, *, is_over: bool = False) -> LostList:
    since = datetime(2026, 11, number, tzinfo=UTC)
    return LostList(f"https://a.example/{number}", UrlKind.SECTION, "challenge: log in", since, is_over)


def test_lists_that_give_nothing_are_counted_with_why_and_since_when():
    assert of_source("a", [lost(4), lost(2)], UTC) == (
        "a: 2 lists that were read before give nothing now: a page asks for consent, an age, a login or a proof"
        " that we are not a robot, since 02 Nov 2026"
    )


def test_each_is_named_with_why_and_since_when_and_beyond_twenty_they_are_counted():
    (said,) = each([lost(2, is_over=True)], UTC)
    assert said.startswith("https://a.example/2: a page asks for consent, an age, a login")
    assert said.endswith(", since 02 Nov 2026; it is no longer asked for")
    assert len(each([lost(2)] * 20, UTC)) == 20
    assert each([lost(2)] * 23, UTC)[20:] == ["3 more lists"]
