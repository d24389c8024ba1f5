"""A CSL item -> a citation in words, in one of four styles."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from corpus.texts import text
from indexer.results.citations import LONG_MONTHS, inverted, issued, noted

STYLES = {"chicago": "Chicago", "apa": "APA", "mla": "MLA", "plain": text("Plain")}
SMALL_WORDS = frozenset("a an and as at but by for from in nor of on or over the to up via with yet".split())
MLA_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")


@dataclass(frozen=True, slots=True)
class Part:
    """A run of a citation in words; `title` runs are set in italics."""

    text: str
    title: bool = False


# ---------------------------------------------------------------- in words


def cite(item: dict[str, Any], style: str) -> tuple[Part, ...]:
    """Return the citation in one of STYLES."""
    return _WORDS[style](item)


def _chicago(item: dict[str, Any]) -> tuple[Part, ...]:
    lead = _sentence(_listed(item, "and", oxford=True))
    title = _in_title_case(item)
    when = _american(item)
    parts = [Part(f"{lead} " if lead else ""), Part(f"“{_sentence(title)}” "), Part(item["container-title"], True)]
    seen = "" if when else f"Accessed {_american_day(item)}. "
    return (*parts, Part(f", {when}. " if when else ". "), Part(f"{seen}{_bare(item)}. {noted(item)}"))


def _apa(item: dict[str, Any]) -> tuple[Part, ...]:
    names = [_initialled(each) for each in item.get("author", ())]
    year, rest = _split_date(item)
    when = "n.d." if year is None else ", ".join([str(year), *filter(None, [_month_day(rest)])])
    title = Part(_sentence(item["title"]) + " ", True)
    paper = Part(item["container-title"])
    where = Part(f". {item['URL']}" if year else f". Retrieved {_american_day(item)}, from {item['URL']}")
    if not names:
        return (title, Part(f"({when}). "), paper, where)
    return (Part(f"{_sentence(_joined(names, '&'))} ({when}). "), title, paper, where)


def _mla(item: dict[str, Any]) -> tuple[Part, ...]:
    people = item.get("author", ())
    lead = f"{inverted(people[0])}, et al" if len(people) > 2 else _listed(item, "and", oxford=True)
    year, rest = _split_date(item)
    when = " ".join([*map(str, rest[1:]), *(MLA_MONTHS[m - 1] for m in rest[:1]), *([str(year)] if year else [])])
    return (
        Part(f"{_sentence(lead)} " if lead else ""),
        Part(f"“{_sentence(_in_title_case(item))}” "),
        Part(item["container-title"], True),
        Part(", " + ", ".join(filter(None, [when, _bare(item)])) + f". Accessed {_mla_day(item)}."),
    )


def _mla_day(item: dict[str, Any]) -> str:
    """Return the day on which the page was read, such as "23 Nov. 2026"."""
    year, month, day = item["accessed"]["date-parts"][0]
    return f"{day} {MLA_MONTHS[month - 1]} {year}"


def _american_day(item: dict[str, Any]) -> str:
    """Return the day on which the page was read, such as "November 23, 2026"."""
    year, month, day = item["accessed"]["date-parts"][0]
    return f"{LONG_MONTHS[month - 1]} {day}, {year}"


def _words(item: dict[str, Any]) -> tuple[Part, ...]:
    names = ", ".join(_straight(each) for each in item.get("author", ()))
    when = "-".join(f"{each:02}" for each in issued(item))
    read = "-".join(f"{each:02}" for each in item["accessed"]["date-parts"][0])
    said = [names, item["title"], item["container-title"], when, item["URL"], f"Read {read}", f"Pressmark {item['id']}"]
    return (Part(". ".join(each.removesuffix(".") for each in said if each) + "."),)


_WORDS: dict[str, Callable[[dict[str, Any]], tuple[Part, ...]]] = {
    "chicago": _chicago,
    "apa": _apa,
    "mla": _mla,
    "plain": _words,
}


def _split_date(item: dict[str, Any]) -> tuple[int | None, list[int]]:
    when = issued(item)
    return (when[0] if when else None), when[1:]


def _american(item: dict[str, Any]) -> str:
    year, rest = _split_date(item)
    return "" if year is None else ", ".join(filter(None, [_month_day(rest), str(year)]))


def _month_day(rest: list[int]) -> str:
    return " ".join([*(LONG_MONTHS[month - 1] for month in rest[:1]), *map(str, rest[1:])])


def _straight(name: dict[str, str]) -> str:
    return name.get("literal") or f"{name['given']} {name['family']}"


def _initialled(name: dict[str, str]) -> str:
    if "literal" in name:
        return name["literal"]
    initials = " ".join(f"{each[0]}." for each in re.split(r"[\s-]+", name["given"]) if each)
    return f"{name['family']}, {initials}"


def _listed(item: dict[str, Any], word: str, *, oxford: bool) -> str:
    people = item.get("author", ())
    return _joined([inverted(people[0]), *map(_straight, people[1:])], word, oxford=oxford) if people else ""


def _joined(names: list[str], word: str, *, oxford: bool = True) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])}{',' if oxford else ''} {word} {names[-1]}"


def _sentence(text: str) -> str:
    return text if not text or text[-1] in ".?!。？！؟" else f"{text}."


def _bare(item: dict[str, Any]) -> str:
    return re.sub(r"^https?://", "", item["URL"])


def _in_title_case(item: dict[str, Any]) -> str:
    """Capitalise an English title as the styles ask; titles of other languages keep theirs."""
    title: str = item["title"]
    if item.get("language", "")[:2] != "en":
        return title
    words = title.split(" ")
    last = len(words) - 1
    return " ".join(
        word if 0 < at < last and word in SMALL_WORDS else word[:1].upper() + word[1:] for at, word in enumerate(words)
    )
