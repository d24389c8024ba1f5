"""An export of ProQuest -> one record an article: a headline, then labelled fields, between lines of underscores."""

import re
from typing import Any

from crawler.importing.databases.labels import labelled, language

RULE = re.compile(r"^[ \t]*[_=]{20,}[ \t]*$", re.M)
ID = re.compile(
    r"^[ \t]*(?:ProQuest document ID|ProQuest-Dokument-ID|ID du document ProQuest|ID del documento de ProQuest)[ \t]*:",
    re.I | re.M,
)
DOCUMENT = re.compile(r"^[ \t]*(?:Document|Dokument|Documento) \d{1,5} (?:of|von|de|di) \d{1,5}[ \t]*$", re.I | re.M)
MANY_TEXTS = 2  # parts between rules that have a field for their text, in an export without ProQuest's own numbers
_TEXT = re.compile(r"^[ \t]*(?:Full text|Volltext|Texte intégral|Texto completo|Testo completo)[ \t]*:", re.I | re.M)


def chunks(text: str) -> list[str]:
    """Return the text of each article; empty when the text is no such export."""
    parts = RULE.split(text)
    if not ID.search(text) and sum(_TEXT.search(part) is not None for part in parts) < MANY_TEXTS:
        return []
    if len(parts) < 3:
        parts = DOCUMENT.split(text)
    return [part for part in parts if ID.search(part) or _TEXT.search(part)]


def record(chunk: str) -> dict[str, Any]:
    """Read one article; what it does not hold is absent."""
    fields: dict[str, list[str]] = {}
    lead: list[str] = []
    current = lead
    for line in DOCUMENT.sub("", chunk).split("\n"):
        found = labelled(line)
        if found is not None and not (found[0] == "section" and current is fields.get("text") and not found[1]):
            current = fields.setdefault(found[0], []) if found[0] not in fields or found[0] == "text" else []
            current += [found[1]] if found[1] else []
        else:
            current.append(line.strip())
    read: dict[str, Any] = {
        name: " ".join(" ".join(lines).split())
        for name, lines in fields.items()
        if name in {"title", "byline", "source", "published", "section", "standfirst", "url"}
    }
    title = next((line.strip() for line in lead if line.strip()), None)
    read.setdefault("title", title)
    if "source" in read:
        read["source"] = re.split(r"\s*[;,]\s", read["source"])[0]
    if "byline" in read:
        read["authors"] = read.pop("byline")
    read["text"] = "\n".join(fields.get("text", ())).strip()
    read["language"] = language(" ".join(fields.get("language", ())))
    return {key: value for key, value in read.items() if value}
