"""A deferred pattern is a compiled one, from its first use on."""

import re

import pytest

from corpus.patterns import deferred


def test_a_deferred_pattern_answers_as_a_compiled_one() -> None:
    compiled = re.compile(r"(\w)\d", re.IGNORECASE)
    for use in (
        lambda pattern: pattern.search("xa1").span(),
        lambda pattern: pattern.match("xa1"),
        lambda pattern: pattern.fullmatch("a1").group(1),
        lambda pattern: pattern.findall("a1 b2"),
        lambda pattern: [found.span() for found in pattern.finditer("a1 b2")],
        lambda pattern: pattern.sub("-", "a1 b2"),
        lambda pattern: pattern.split("a1 b2"),
        lambda pattern: (pattern.pattern, pattern.flags, pattern.groups),
    ):
        late = deferred(r"(\w)\d", re.IGNORECASE)
        assert use(late) == use(compiled)
        assert use(late) == use(compiled)  # compiled by now


def test_a_pattern_that_is_none_is_found_when_it_is_first_used() -> None:
    late = deferred("(")
    with pytest.raises(re.error):
        late.search("a")
