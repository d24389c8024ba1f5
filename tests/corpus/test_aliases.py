import pytest

from corpus.aliases import read_aliases
from corpus.errors import ConfigError


def test_each_spelling_counts_as_the_name_to_be_known_by() -> None:
    text = '"Mayank Chhaya" = ["Mayank Chayya", "M. Chhaya"]'
    assert read_aliases(text, file="aliases.toml") == {"mayank-chayya": "mayank-chhaya", "m-chhaya": "mayank-chhaya"}


def test_a_spelling_that_folds_alike_needs_no_alias() -> None:
    assert read_aliases('"Ana Pérez" = ["ANA PEREZ"]', file="aliases.toml") == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('"Ana Ruiz" = "A. Ruiz"', "expected a list of names"),
        ('"Ana Ruiz" = ["A. Ruiz"]\n"Alba Ruiz" = ["A. Ruiz"]', "variant of ana-ruiz too"),
        ('"Ana Ruiz" = ["A. Ruiz"]\n"A. Ruiz" = ["Anita Ruiz"]', "is itself another's variant"),
        ('"Ana Ruiz" = ["..."]', "expected a name with letters"),
        ("Ana Ruiz = [", "expected TOML"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        read_aliases(text, file="aliases.toml")
