"""Lines of an export -> what several databases write alike: days, numbers of words, paragraphs."""

import re
from collections.abc import Sequence

from crawler.dates.printed import parse_date

WORDS = re.compile(
    r"\s*\d[\d.,\s]{0,10}(?:words?|wörter|woerter|mots|palabras|parole|woorden|palavras|字|語)\s*\Z", re.I
)
COPYRIGHT = re.compile(r"\s*(?:\(c\)|©|copyright\b|alle rechte|tous droits|all rights)", re.I)
_YEAR = re.compile(r"(?<!\d)(?:1[6-9]|20)\d\d(?!\d)")
_BYLINE = re.compile(r"\s*(?:by|von|par|por|door|di|av|af|text)\b[: ]", re.I)


def is_day(line: str) -> bool:
    """Is a line a date to the day and little else, such as "May 6, 2014 Tuesday"?"""
    text = line.strip()
    if not 6 <= len(text) <= 60 or not _YEAR.search(text) or ":" in text.split(" ")[0]:
        return False
    found = parse_date(text, today=None)
    return found is not None and found.precision.has_day


def is_byline(line: str) -> bool:
    """Does a line begin as bylines do?"""
    return len(line) <= 200 and _BYLINE.match(line) is not None


def filled(lines: Sequence[str]) -> list[str]:
    """Return the lines that are not blank, trimmed."""
    return [line.strip() for line in lines if line.strip()]


def paragraphs_of(lines: Sequence[str]) -> str:
    """Join lines to paragraphs, which blank lines part; without blank lines each line is a paragraph."""
    text = "\n".join(line.strip() for line in lines).strip("\n")
    return re.sub(r"\n{3,}", "\n\n", text) if "\n\n" in text else text.replace("\n", "\n\n")
