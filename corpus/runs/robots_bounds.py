"""A stored robots.txt -> what of the site's file is not read as it stands: a comment in the text, and sentences."""

import re
from dataclasses import dataclass

from corpus.texts import text as sentence
from corpus.texts import texts

_BEYOND = re.compile(r"# beyond our bounds: sitemaps (\d{1,9}), rules (\d{1,9}), file (\d)")


@dataclass(frozen=True, slots=True)
class Beyond:
    """What of a robots.txt is not read as it stands.

    Attributes:
        sitemaps: How many are not read, beyond a bound of their number or length.
        rules: How many are read more widely: what they forbid stays forbidden, what they allow may not be.
        file: Whether the file is longer than what is read of it.
    """

    sitemaps: int = 0
    rules: int = 0
    file: bool = False


def beyond(text: str) -> Beyond:
    """Return what of the site's robots.txt is missing in its stored, reduced text."""
    found = _BEYOND.fullmatch("".join(text.split("\n", 2)[1:2]))
    return Beyond(int(found[1]), int(found[2]), found[3] == "1") if found else Beyond()


def line_of(lacks: Beyond) -> str:
    """Return the comment that says what a reduced text lacks; it is the second line of that text."""
    return f"# beyond our bounds: sitemaps {lacks.sitemaps}, rules {lacks.rules}, file {lacks.file:d}"


def in_words(text: str) -> tuple[str, ...]:
    """Return sentences on what of a robots.txt is not read as it stands; `text` is the stored, reduced robots.txt."""
    lacks, said = beyond(text), []
    if lacks.file:
        said.append(sentence("it is longer than what is read of it"))
    if lacks.sitemaps:
        said.append(
            texts(
                "{n:,} sitemap that it names is not read",
                "{n:,} sitemaps that it names are not read",
                lacks.sitemaps,
            )
        )
    if lacks.rules:
        said.append(
            texts(
                "{n:,} rule is read as a wider one, which allows less",
                "{n:,} rules are read as wider ones, which allow less",
                lacks.rules,
            )
        )
    return tuple(said)
