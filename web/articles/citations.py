"""Article -> a citation, in words or for a reference manager; CSL is the one model they are all made of."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from corpus.model import AuthorKind, PageDate, Precision, StoredArticle
from web.layout.render import LONG_MONTHS, one_line, safe

STYLES = {"chicago": "Chicago", "apa": "APA", "mla": "MLA", "plain": "Plain"}
SMALL_WORDS = frozenset("a an and as at but by for from in nor of on or over the to up via with yet".split())
MLA_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")


@dataclass(frozen=True, slots=True)
class Part:
    """A run of a citation in words; `title` runs are set in italics."""

    text: str
    title: bool = False


# ---------------------------------------------------------------- the model


def csl(stored: StoredArticle, paper: str, *, retrieved: datetime) -> dict[str, Any]:
    """Return the article as a CSL-JSON item (citationstyles.org, schema 1.0.2)."""
    article = stored.article
    item: dict[str, Any] = {
        "id": stored.mark,
        "type": "article-newspaper",
        "title": _plain(article.headline) or "Untitled",
        "container-title": paper,
        "URL": article.url,
        "accessed": {"date-parts": [[retrieved.year, retrieved.month, retrieved.day]]},
        "archive": "Pressmark",
        "archive_location": stored.mark,
    }
    if article.authors:
        item["author"] = [_name(_plain(each.name), each.kind) for each in article.authors]
    if article.published:
        item["issued"] = {"date-parts": [_parts(article.published)]}
    if stored.revision > 1:
        item["note"] = f"Revision of {_american_day(article.fetched)}"
    if article.language:
        item["language"] = article.language
    if article.section:
        item["section"] = _plain(article.section)
    return item


def _plain(text: str | None) -> str:
    return one_line(safe(text or ""))


def _parts(date: PageDate) -> list[int]:
    given = {Precision.YEAR: 1, Precision.MONTH: 2}.get(date.precision, 3)
    return [date.day.year, date.day.month, date.day.day][:given]


def _name(name: str, kind: AuthorKind) -> dict[str, str]:
    """Split a person's name; what is no Western name of several words stays whole, so none is cut wrongly."""
    words = name.split()
    if kind is not AuthorKind.PERSON or len(words) < 2 or not re.match(r"[A-Za-zÀ-ɏͰ-ϿЀ-ӿ]", name):
        return {"literal": name}
    at = len(words) - 1
    while at > 1 and words[at - 1][0].islower():  # van der Berg, de la Cruz
        at -= 1
    return {"family": " ".join(words[at:]), "given": " ".join(words[:at])}


# ---------------------------------------------------------------- in words


def cite(item: dict[str, Any], style: str) -> tuple[Part, ...]:
    """Return the citation in one of STYLES."""
    return _WORDS[style](item)


def _chicago(item: dict[str, Any]) -> tuple[Part, ...]:
    lead = _sentence(_listed(item, "and", oxford=True))
    title = _in_title_case(item)
    when = _american(item)
    parts = [Part(f"{lead} " if lead else ""), Part(f"“{_sentence(title)}” "), Part(item["container-title"], True)]
    return (*parts, Part(f", {when}. " if when else ". "), Part(f"{_bare(item)}. {_noted(item)}"))


def _noted(item: dict[str, Any]) -> str:
    return "; ".join([*([item["note"]] if "note" in item else []), f"Pressmark {item['id']}."])


def _apa(item: dict[str, Any]) -> tuple[Part, ...]:
    names = [_initialled(each) for each in item.get("author", ())]
    year, rest = _split_date(item)
    when = "n.d." if year is None else ", ".join([str(year), *filter(None, [_month_day(rest)])])
    title = Part(_sentence(item["title"]) + " ", True)
    paper = Part(item["container-title"])
    if not names:
        return (title, Part(f"({when}). "), paper, Part(f". {item['URL']}"))
    return (Part(f"{_sentence(_joined(names, '&'))} ({when}). "), title, paper, Part(f". {item['URL']}"))


def _mla(item: dict[str, Any]) -> tuple[Part, ...]:
    people = item.get("author", ())
    lead = f"{_inverted(people[0])}, et al" if len(people) > 2 else _listed(item, "and", oxford=True)
    year, rest = _split_date(item)
    when = " ".join([*map(str, rest[1:]), *(MLA_MONTHS[m - 1] for m in rest[:1]), *([str(year)] if year else [])])
    return (
        Part(f"{_sentence(lead)} " if lead else ""),
        Part(f"“{_sentence(_in_title_case(item))}” "),
        Part(item["container-title"], True),
        Part(", " + ", ".join(filter(None, [when, _bare(item)])) + "."),
    )


def _words(item: dict[str, Any]) -> tuple[Part, ...]:
    names = ", ".join(_straight(each) for each in item.get("author", ()))
    when = "-".join(f"{each:02}" for each in _issued(item))
    said = [names, item["title"], item["container-title"], when, item["URL"], f"Pressmark {item['id']}"]
    return (Part(". ".join(each for each in said if each)),)


_WORDS: dict[str, Callable[[dict[str, Any]], tuple[Part, ...]]] = {
    "chicago": _chicago,
    "apa": _apa,
    "mla": _mla,
    "plain": _words,
}


def _issued(item: dict[str, Any]) -> list[int]:
    parts: list[int] = item.get("issued", {}).get("date-parts", [[]])[0]
    return parts


def _split_date(item: dict[str, Any]) -> tuple[int | None, list[int]]:
    issued = _issued(item)
    return (issued[0] if issued else None), issued[1:]


def _american(item: dict[str, Any]) -> str:
    year, rest = _split_date(item)
    return "" if year is None else ", ".join(filter(None, [_month_day(rest), str(year)]))


def _american_day(moment: datetime) -> str:
    return f"{LONG_MONTHS[moment.month - 1]} {moment.day}, {moment.year}"


def _month_day(rest: list[int]) -> str:
    return " ".join([*(LONG_MONTHS[month - 1] for month in rest[:1]), *map(str, rest[1:])])


def _straight(name: dict[str, str]) -> str:
    return name.get("literal") or f"{name['given']} {name['family']}"


def _inverted(name: dict[str, str]) -> str:
    return name.get("literal") or f"{name['family']}, {name['given']}"


def _initialled(name: dict[str, str]) -> str:
    if "literal" in name:
        return name["literal"]
    initials = " ".join(f"{each[0]}." for each in re.split(r"[\s-]+", name["given"]) if each)
    return f"{name['family']}, {initials}"


def _listed(item: dict[str, Any], word: str, *, oxford: bool) -> str:
    people = item.get("author", ())
    return _joined([_inverted(people[0]), *map(_straight, people[1:])], word, oxford=oxford) if people else ""


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


# ---------------------------------------------------------------- for reference managers


def csl_json(item: dict[str, Any]) -> str:
    """Return a CSL-JSON file of one item."""
    return json.dumps([item], ensure_ascii=False, indent=1) + "\n"


def bibtex(item: dict[str, Any]) -> str:
    """Return a BibTeX entry; characters that mean something to TeX are escaped."""
    year, rest = _split_date(item)
    fields = {
        "author": " and ".join(
            f"{{{_tex(each['literal'])}}}" if "literal" in each else _tex(_inverted(each))
            for each in item.get("author", ())
        ),
        "title": f"{{{_tex(item['title'])}}}",
        "journal": _tex(item["container-title"]),
        "year": str(year) if year else "",
        "month": f"{rest[0]:02}" if rest else "",
        "day": f"{rest[1]:02}" if rest[1:] else "",
        "url": re.sub(r"([{}\\])", "", item["URL"]),
        "urldate": "-".join(f"{each:02}" for each in item["accessed"]["date-parts"][0]),
        "note": _noted(item).rstrip("."),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@article{{{item['id']},\n{lines}}}\n"


def _tex(text: str) -> str:
    named = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    return "".join(
        named.get(character, f"\\{character}" if character in "{}$&#%_" else character) for character in text
    )


def ris(item: dict[str, Any]) -> str:
    """Return a RIS record."""
    issued = _issued(item)
    pairs = [("TY", "NEWS"), *(("AU", _inverted(each)) for each in item.get("author", ())), ("TI", item["title"])]
    pairs += [("T2", item["container-title"]), ("PY", str(issued[0]) if issued else "")]
    pairs += [("DA", "/".join(f"{each:02}" for each in issued)), ("UR", item["URL"]), ("LA", item.get("language", ""))]
    pairs += [("Y2", "/".join(f"{each:02}" for each in item["accessed"]["date-parts"][0])), ("CN", item["id"])]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in pairs if value) + "ER  - \r\n"
