"""Names that may be one person's are suggested with their evidence; others are not."""

import pytest

from corpus.model import Author
from corpus.people.identity import suggest
from corpus.people.names import fold
from corpus.people.suggesting import known


def suggested(*articles: str) -> dict[tuple[str, str], str]:
    """Each article as its names and, after a slash, its source."""
    told = []
    for article in articles:
        names, _, source = article.partition(" / ")
        told.append((source or "gazette", tuple(Author(name, fold(name)) for name in names.split(", "))))
    return {(one.key, one.into): one.evidence[0] for one in suggest(known(told))}


def test_a_rare_misspelling_is_suggested():
    found = suggested(*["Mayank Chhaya"] * 12, "Mayank Chayya")
    assert found == {("mayank-chayya", "mayank-chhaya"): "the same sounds in another spelling"}


def test_initials_are_suggested():
    assert ("j-okafor", "jane-okafor") in suggested("Jane Okafor", "Jane Okafor", "J. Okafor")


def test_a_middle_name_is_suggested():
    assert ("maria-chidi-okafor", "maria-okafor") in suggested("Maria Okafor", "Maria Okafor", "Maria Chidi Okafor")


def test_two_who_sign_together_are_two():
    assert not suggested("Jane Okafor", "Jane Okafor", "J. Okafor, Jane Okafor")


@pytest.mark.parametrize("other", ["Janet Okoro", "Tom Okafor", "Jane Whitfield"])
def test_other_people_are_not_suggested(other: str):
    assert not suggested("Jane Okafor", other)


def test_both_write_for_a_source_is_said():
    told = [("gazette", (Author("Jane Okafor", "jane-okafor"),)), ("gazette", (Author("J. Okafor", "j-okafor"),))]
    assert [one.evidence[1] for one in suggest(known(told))] == ["both write for gazette"]
