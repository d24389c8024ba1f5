"""A name typed in another writing of Chinese, or alphabet of Serbian, chooses the author; a key is itself alone."""

import pytest

from corpus.people.names import fold
from indexer.analysis.filter_keys import chosen_keys
from indexer.contract.facets import FacetName

NAMES = (
    "張偉",
    "渡邊太郎",
    "Петар Петровић",
    "Ђорђе Чолић",
    "Ljiljana Njegoš",
    "Пётр Щукин",
    "Ana Petrović",
    "Ана Лукић",
    "髮颱後榦 麺繫歷麹",
    "Għarb Ħamrun",
)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("张伟", ["張偉"]),
        ("渡辺太郎", ["渡邊太郎"]),
        ("张", []),  # a part of a word
        ("张*", ["張偉"]),
        ("发台后干 面系历曲", ["髮颱後榦 麺繫歷麹"]),  # the last of 96,000 writings
        ("发台后干 面系*", ["髮颱後榦 麺繫歷麹"]),  # one of thousands, begun
        ("发台后干面系历曲", ["髮颱後榦 麺繫歷麹"]),  # in one word
        ("系历*", []),
        ("面*", ["髮颱後榦 麺繫歷麹"]),
        ("hamrun", ["Għarb Ħamrun"]),
        ("ghar*", ["Għarb Ħamrun"]),
        ("petar petrovic", ["Петар Петровић"]),
        ("Petrović", ["Петар Петровић", "Ana Petrović"]),
        ("Петровић", ["Петар Петровић", "Ana Petrović"]),
        ("Đorđe Čolić", ["Ђорђе Чолић"]),
        ("Љиљана Његош", ["Ljiljana Njegoš"]),
        ("Njeg*", ["Ljiljana Njegoš"]),
        ("Luki*", ["Ана Лукић"]),
        ("Petr Sukin", []),  # a transcription of another alphabet
        ("Щукин", ["Пётр Щукин"]),
        ("ana petrović", ["Ana Petrović"]),
    ],
)
def test_a_typed_name_chooses_the_names_that_are_one_with_it(typed: str, names: list[str]) -> None:
    keys = {fold(name) for name in NAMES}
    value = fold(typed) + ("*" if typed.endswith("*") else "")
    assert chosen_keys(FacetName.AUTHOR, value, keys) == {fold(name) for name in names}


def test_a_name_that_is_a_key_is_that_key_alone() -> None:
    for one, other in (("张伟", "張偉"), ("petar petrovic", "Петар Петровић")):
        keys = {fold(one), fold(other)}
        assert chosen_keys(FacetName.AUTHOR, fold(one), keys) == {fold(one)}
