"""An alias file -> which folded names count as which person.

TOML, one line a person: the name to be known by, and the other spellings it is printed in.

    "Mayank Chhaya" = ["Mayank Chayya", "M. Chhaya"]
"""

import tomllib

from corpus.errors import ConfigError, Problem
from corpus.names import fold

MAX_BYTES = 2_000_000


def read_aliases(text: str, *, file: str) -> dict[str, str]:
    """Return variant key -> canonical key; a name that folds to the canonical one itself is left out.

    Args:
        text: The file's content.
        file: Its name, for what is said of mistakes.

    Raises:
        ConfigError: with every line that cannot be used.
    """
    if len(text) > MAX_BYTES:
        raise ConfigError((Problem(file, None, "", f"{len(text):,} characters: expected at most {MAX_BYTES:,}"),))
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError((Problem(file, None, "", f"{error}: expected TOML"),)) from error
    aliases: dict[str, str] = {}
    problems: list[Problem] = []
    for name, variants in told.items():
        if not isinstance(variants, list) or not all(isinstance(variant, str) for variant in variants):
            problems.append(_problem(file, name, f"{variants!r}: expected a list of names"))
            continue
        for variant in (variant for variant in variants if fold(variant) != fold(name)):
            problem = _add(aliases, fold(variant), fold(name))
            if problem:
                problems.append(_problem(file, name, f'"{variant}": {problem}'))
    circles = [key for key in aliases if aliases[key] in aliases]
    problems += [
        _problem(file, aliases[key], "is itself another's variant: expected one name to be known by") for key in circles
    ]
    if problems:
        raise ConfigError(tuple(problems))
    return aliases


def _add(aliases: dict[str, str], variant: str, canonical: str) -> str | None:
    if not variant or not canonical:
        return "expected a name with letters"
    if aliases.setdefault(variant, canonical) != canonical:
        return f"is a variant of {aliases[variant]} too: expected one of them"
    return None


def _problem(file: str, key: str, message: str) -> Problem:
    return Problem(file, None, key, message)
