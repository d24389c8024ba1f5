"""An export of Factiva -> one record an article: with tags before its fields (HD, SN, PD ...), or without.

Each article ends with its accession number: "Document GRDN000020140506ea56000b1". Where a number has another form or is
missing, the tags tell the articles apart: each has its own headline, outlet and day before its text.
"""

import re
from itertools import pairwise
from typing import Any

from corpus.texts.languages import CODES
from crawler.importing.databases.labels import language
from crawler.importing.databases.lines import COPYRIGHT, WORDS, filled, is_byline, is_day, paragraphs_of

END = re.compile(
    r"^[ \t]*(?:AN[ \t]+|AN\n+[ \t]*)?(?:Document|Dokument|Documento)"
    r" ([A-Z][A-Z0-9]{2,9}\d{8}[a-z0-9]{5,20})[ \t]*$",
    re.M,
)

_TAGS = (
    "AN ART BY CLM CO CR CT CX CY DLN ED ET HD HL IN IPC IPD LA LP NS PD PG PUB RE RF RST SC SE SN TD VOL WC"
).split()
_TAG = re.compile(rf"[ \t]*({'|'.join(_TAGS)})(?:([ \t]+)(\S.*))?\Z")
_NEEDED = frozenset({"HD", "SN", "PD"})
_TEXTS = frozenset({"LP", "TD"})
_CLOSING = frozenset("AN ART CO CX DLN IN IPC IPD NS PUB RE RF".split())  # fields that stand after the text
_WORDS = frozenset({"CO", "IN", "RE"})  # of these, what a paragraph may begin with: "IN THE early hours"
_CODE = re.compile(r"[a-z0-9]{2,8} ?:")  # the values of those: "i711 : Ferries"
_BEFORE = frozenset({"SE", "CLM"})  # fields of an article that stand before its headline
_TIME = re.compile(r"\s*\d{1,2}:\d{2}\s*\Z")
_FIELDS = {
    "HD": "title", "HL": "title", "BY": "byline", "PD": "published", "SN": "source", "SE": "section", "LA": "language",
}  # fmt: skip


def chunks(text: str) -> list[str]:
    """Return the text of each article; empty when the text is no such export."""
    *ended, last = END.split(text)[::2]
    found = [article for part in ended if part.strip() for article in _articles(part) or [part]]
    return found + _articles(last)


def _articles(text: str) -> list[str]:
    """Return the articles that tags tell apart; empty when no headline has an outlet, a day and a text after it."""
    lines = text.split("\n")
    tags = [(number, match[1]) for number, line in enumerate(lines) if (match := _TAG.match(line))]
    heads = [at for at, (_, tag) in enumerate(tags) if tag == "HD"]
    starts = []
    for head, following in pairwise([*heads, len(tags)]):
        names = {tag for _, tag in tags[head:following]}
        if names >= _NEEDED and names & _TEXTS:
            while head and tags[head - 1][1] in _BEFORE:
                head -= 1
            starts.append(tags[head][0])
    starts[:1] = [0] if starts else []  # what stands before the first headline has fields of it, or is a cover
    return ["\n".join(lines[a:b]) for a, b in pairwise([*starts, len(lines)])]


def record(chunk: str) -> dict[str, Any]:
    """Read one article; what it does not hold is absent."""
    tagged = _tagged(chunk)
    found = _of_tags(tagged) if tagged.keys() >= _NEEDED else _of_order(chunk.split("\n"))
    if code := language(found.pop("language", None)):
        found["language"] = code
    return {key: value for key, value in found.items() if value}


def _tagged(chunk: str) -> dict[str, list[str]]:
    """Return tag -> lines; the last field of a tag counts, so that a cover before the article does not."""
    fields: dict[str, list[str]] = {}
    current: list[str] | None = None
    in_text = False
    for line in chunk.split("\n"):
        match = _TAG.match(line)
        if match and not (in_text and _is_text(match)):
            current = fields.setdefault(match[1], []) if match[1] in _TEXTS else []
            fields[match[1]] = current
            in_text = match[1] in _TEXTS and fields.keys() >= _NEEDED
            if match[3]:
                current.append(match[3].strip())
        elif current is not None:
            current.append(line.strip())
    return fields


def _is_text(match: re.Match[str]) -> bool:
    """Return whether a line of a text begins with the letters of a tag by chance."""
    tag, gap, value = match[1], match[2], match[3]
    if tag in _TEXTS:
        return False
    if tag not in _CLOSING:
        return True
    return tag in _WORDS and value is not None and len(gap) < 2 and gap != "\t" and not _CODE.match(value)


def _of_tags(tagged: dict[str, list[str]]) -> dict[str, Any]:
    found: dict[str, Any] = {
        field: " ".join(filled(tagged[tag])) for tag, field in _FIELDS.items() if filled(tagged.get(tag, ()))
    }
    body = [paragraphs_of(tagged[tag]) for tag in ("LP", "TD") if filled(tagged.get(tag, ()))]
    return found | {"text": "\n\n".join(body)}


def _of_order(lines: list[str]) -> dict[str, Any]:
    """Read an article without tags: headline, byline, words, day, time, outlet, code, page, language, rights, text."""
    words = next((n for n, line in enumerate(lines) if WORDS.match(line)), None)
    if words is None:
        return {}
    found: dict[str, Any] = _lead(filled(lines[:words]))
    rest = [n for n in range(words + 1, len(lines)) if lines[n].strip()]
    seen_day = False
    body = len(lines)
    for at, number in enumerate(rest):
        line = lines[number].strip()
        if not seen_day and is_day(line):
            found["published"], seen_day = line, True
        elif seen_day and "source" not in found and not _TIME.match(line):
            found["source"] = line
        elif line.lower() in CODES:
            found["language"] = line
            body = rest[at + 1] if at + 1 < len(rest) else len(lines)
            break
        elif at > 8:
            break
    while body < len(lines) and (not lines[body].strip() or COPYRIGHT.match(lines[body])):
        body += 1
    return found | {"text": paragraphs_of(lines[body:])}


def _lead(lines: list[str]) -> dict[str, Any]:
    """Tell section, headline and byline of the lines before the number of words."""
    if not lines:
        return {}
    lines = lines[-4:]
    byline = lines.pop() if len(lines) > 1 and (is_byline(lines[-1]) or len(lines) > 2) else None
    title = lines.pop()
    return {"title": title, "byline": byline, "section": lines[-1] if lines and len(lines[-1]) < 40 else None}
