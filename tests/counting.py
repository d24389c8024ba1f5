"""How much work something does, counted and not timed."""

import sys
from collections.abc import Callable

from tests.line_counting import uncounted


def calls(made: Callable[[], object]) -> int:
    """Return how many functions are called, ours and Python's."""
    count = 0

    def step(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    with uncounted():
        sys.setprofile(step)
        try:
            made()
        finally:
            sys.setprofile(before)
    return count
