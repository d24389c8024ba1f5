"""Which of the values that a script assigns are given: those that are long enough, and none within another one."""

import pytest

from crawler.markup.data.assigned import assigned
from crawler.markup.data.literals import Bounds

LEAST = 100  # characters


def names(script: str, least: int = LEAST) -> list[str]:
    return [name for name, _, _, _ in assigned(script, least, Bounds())]


def simple(length: int) -> str:
    """An object of strings, of so many characters."""
    whole = '{"key":"' + "x" * (length - 10) + '"}'
    assert len(whole) == length
    return whole


@pytest.mark.parametrize("least", [LEAST - 1, LEAST, LEAST + 1, 3 * LEAST])
def test_an_object_is_given_from_the_length_on_that_is_asked_for(least: int) -> None:
    assert names(f"window.state = {simple(least)};", least) == ["state"]
    assert names(f"window.state = {simple(least - 1)};", least) == []


@pytest.mark.parametrize(
    "value",
    [
        '{"a":{"b":"' + "x" * LEAST + '"}}',  # an object within
        '{"a":"}","b":"' + "x" * LEAST + '"}',  # a brace that ends nothing
        '{"a":"\\"}","b":"' + "x" * LEAST + '"}',
        '{"a":[{},{"b":"' + "x" * LEAST + '"}]}',
        '[{"a":1},{"b":"' + "x" * LEAST + '"}]',
        "{\n'a': 1, b: '" + "x" * LEAST + "'}",
    ],
)
def test_what_begins_as_a_short_object_may_be_a_long_value(value: str) -> None:
    assert names(f"var short={{}};var one={value},other={{1:2}};") == ["one"]


def test_many_short_objects_hide_no_long_one() -> None:
    short = "".join(f'window.item{n}={{"a":"b=[1]","n":[{n},2]}};' for n in range(300))
    assert names(f"{short}window.state={simple(200)};{short}") == ["state"]
