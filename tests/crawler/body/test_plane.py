"""A table of the basic plane says of each character what the question itself says."""

from collections.abc import Callable

import pytest

from crawler.body.plane import SIZE, answers


@pytest.mark.parametrize(
    "question", [str.isalpha, str.islower, str.isupper, str.isdigit, str.isspace, str.isalnum, str.isdecimal]
)
def test_every_character_of_the_plane_is_answered_as_the_question_answers_it(question: Callable[[str], bool]) -> None:
    assert answers(question).tolist() == [question(chr(number)) for number in range(SIZE)]
