"""What was read from a page + its truth -> figures: body, authors, date, title.

Body: runs of four words, as multisets; a page's precision and recall are averaged over pages, and F1 is that of
the two averages, so that long pages count like short ones. Authors: names folded, lists split. Date: the exact
day. Title: the same words, whatever their case and quotes.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

RUN = 4
_WORD = re.compile(r"\w+")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\ufeff\u2060"))
_BY = re.compile(r"^(?:(?:written|posted|words|story) )?(?:by|von|par|por|di|af|av|door)[\s:]+", re.I)
_LIST = re.compile(r"\s*(?:[;,\n|·•、]|\s[/&]\s|\s(?:and|und|et|y|e|og|och|with|mit|ve)\s)\s*")
_SUFFIX = re.compile(r"(?:ph\.?\s?d|m\.?d|j\.?d|jr|sr|esq|rn|rd|mba|mph|dds|m\.?s|m\.?a|ii|iii)\.?", re.I)

Counts = tuple[int, int, int]  # right, too much, missing


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall and their F1 over `pages`; `empty` of them gave nothing."""

    precision: float
    recall: float
    f1: float
    pages: int
    empty: int = 0


def words_of(text: str) -> list[str]:
    """Return the words of a text; soft hyphens and the like part none."""
    return _WORD.findall(text.translate(_INVISIBLE))


def runs(text: str) -> Counter[tuple[str, ...]]:
    """Return the runs of four words of a text; a shorter text is one run."""
    words = words_of(text or "")
    if not words:
        return Counter()
    return Counter(tuple(words[n : n + RUN]) for n in range(max(1, len(words) - RUN + 1)))


def body_counts(truth: str, found: str) -> Counts:
    """Compare two texts."""
    wanted, given = runs(truth), runs(found)
    right = sum((wanted & given).values())
    return right, sum(given.values()) - right, sum(wanted.values()) - right


def body_summary(counts: Sequence[Counts]) -> Figures:
    """Average pages' precision (where something was given) and recall (where something was wanted)."""
    precisions = [right / (right + more) for right, more, _ in counts if right + more]
    recalls = [right / (right + missing) for right, _, missing in counts if right + missing]
    precision, recall = fmean(precisions or [0.0]), fmean(recalls or [0.0])
    return Figures(precision, recall, _f1(precision, recall), len(counts), sum(not a + b for a, b, _ in counts))


def author_counts(truth: Iterable[str], found: Iterable[str]) -> Counts:
    """Compare two lists of names, each cut where a list in one string could be."""
    wanted, given = _names(truth), _names(found)
    return len(wanted & given), len(given - wanted), len(wanted - given)


def author_summary(counts: Sequence[Counts]) -> Figures:
    """Add the names of all pages up."""
    right, more, missing = (sum(count[n] for count in counts) for n in range(3))
    precision = right / (right + more) if right + more else 0.0
    recall = right / (right + missing) if right + missing else 0.0
    return Figures(precision, recall, _f1(precision, recall), len(counts), sum(not a + b for a, b, _ in counts))


def same_title(truth: str, found: str | None) -> bool:
    """Whether two titles have the same words in the same order."""
    return bool(found) and _words(truth) == _words(found or "")


def summary(pairs: Sequence[tuple[dict[str, Any], dict[str, Any]]]) -> dict[str, float]:
    """Return the figures of (truth, found) pairs by name; only those some truth asks for."""
    figures: dict[str, float] = {}
    body = [body_counts(truth["text"], found.get("text") or "") for truth, found in pairs if truth.get("text")]
    if body:
        of = body_summary(body)
        figures |= {"body F1": of.f1, "precision": of.precision, "recall": of.recall}
    names = [author_counts(t["authors"], found.get("authors") or ()) for t, found in pairs if "authors" in t]
    if names:
        of = author_summary(names)
        figures |= {"authors F1": of.f1, "authors precision": of.precision}
    days = [(found.get("date") or "")[:10] == truth["date"] for truth, found in pairs if truth.get("date")]
    if days:
        figures["dates"] = fmean(days)
    titles = [same_title(truth["title"], found.get("title")) for truth, found in pairs if truth.get("title")]
    if titles:
        figures["titles"] = fmean(titles)
    return figures


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _words(text: str) -> list[str]:
    text = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).casefold()
    return _WORD.findall(text)


def _names(names: Iterable[str]) -> set[str]:
    found = set()
    for name in names:
        plain = " ".join(unicodedata.normalize("NFKC", str(name)).split())
        for part in _LIST.split(_BY.sub("", plain) + " "):
            key = _folded(_BY.sub("", part.strip()))
            if key and not _SUFFIX.fullmatch(key):
                found.add(key)
    return found


def _folded(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.translate(_INVISIBLE).casefold().strip(" .,;:|-–—*\"'‘’“”"))
    return " ".join(
        "".join(c for c in letters if not unicodedata.combining(c)).replace(".", " ").replace("’", "'").split()
    )
