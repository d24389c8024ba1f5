"""An export of LexisNexis or Nexis Uni -> one record an article.

Nexis Uni ends each article with "End of Document"; LexisNexis begins each with "3 of 50 DOCUMENTS".
"""

import re
from collections.abc import Sequence
from typing import Any

from crawler.importing.databases.labels import labelled, language
from crawler.importing.databases.lines import COPYRIGHT, filled, is_day, paragraphs_of

END = re.compile(
    r"^[ \t]*(?:End of Document|Ende des Dokuments|Fin du document|Fin del documento|Einde van document"
    r"|Fine del documento|Fim do documento)[ \t]*$",
    re.I | re.M,
)
START = re.compile(
    r"^[ \t\f]*(?:\d{1,5} (?:of|von|de|van|di) \d{1,5} (?:DOCUMENTS?|DOKUMENTE?N?|DOCUMENTEN|DOCUMENTOS?|DOCUMENTI?)"
    r"|(?:Dokument|Document|Documento) \d{1,5} (?:von|de|van|di) \d{1,5})[ \t]*$",
    re.I | re.M,
)
_BODY = re.compile(r"\s*(?:Body|Text|Texte|Texto|Testo|Hauptteil|Corps|Cuerpo)\s*\Z", re.I)
_PAGE = re.compile(r"\s*(?:Page|Seite|Pagina|Página) \d+ (?:of|von|de|van|di) \d+\s*\Z", re.I)
_TRAIL = ("language", "other")  # labels that stand after the text
_IN_PROSE = frozenset({"Update", "Person", "People", "Location", "City", "State", "Country", "Notes"})


def chunks(text: str) -> list[str]:
    """Return the text of each article; empty when the text is no such export."""
    if len(START.findall(text)) >= 1:
        return START.split(text)[1:]
    parts = END.split(text)
    return [part for part in parts[:-1] if part.strip()] if len(parts) > 1 and is_export(text) else []


def is_export(text: str) -> bool:
    """Does a text with an end of a document hold the labels of these databases?"""
    return any((found := labelled(line)) and found[0] in {"length", "other"} for line in text.split("\n"))


def record(chunk: str) -> dict[str, Any]:
    """Read one article; what it does not hold is absent."""
    lines = [line.rstrip() for line in chunk.split("\n") if not _PAGE.match(line)]
    fields, first, last = _labels(lines)
    day = next((n for n in range(first - 1, -1, -1) if is_day(lines[n])), None)
    if day is None:
        day = next((n for n, line in enumerate(lines) if is_day(line)), None)
    if day is not None:
        fields["published"] = lines[day].strip()
        before, between = filled(lines[:day]), _headline_between(lines[day + 1 : first])
        if before:
            fields["source"] = before[-1]
        if between:
            fields["title"] = between
        elif len(before) > 1:
            fields["title"] = before[-2]
    fields["text"] = paragraphs_of(_body(lines, first, last))
    if code := language(fields.get("language")):
        fields["language"] = code
    else:
        fields.pop("language", None)
    return {key: value for key, value in fields.items() if value and key not in {"length", "other"}}


def _headline_between(lines: Sequence[str]) -> str:
    """Return what stands between the day and the first label: the headline, where no rights do.

    What follows the day in the next line is an edition, when more comes after it.
    """
    blank = next((n for n, line in enumerate(lines) if not line.strip()), len(lines))
    parts = filled(lines[blank:]) or filled(lines)
    end = next((n for n, line in enumerate(parts) if COPYRIGHT.match(line)), len(parts))
    return " ".join(parts[:end]) if end <= 4 else ""


def _labels(lines: Sequence[str]) -> tuple[dict[str, Any], int, int]:
    """Return the labelled fields, the first line of a label, and the last one before the text."""
    fields: dict[str, Any] = {}
    first, last, open_field = len(lines), 0, ""
    for number, line in enumerate(lines):
        found = labelled(line)
        if found is None:
            if _BODY.match(line) and number > first:
                last = number
                break
            if open_field and line.strip() and number - last <= 2:
                fields[open_field] += f" {line.strip()}"
                last = number
            elif line.strip() and number > first and last and number - last > 1 and "length" in fields:
                break
            open_field = open_field if line.strip() else ""
            continue
        field, value = found
        if field == "other" and first < number and "length" in fields:
            break
        if field != "other" and field not in fields:
            fields[field] = value
            open_field = field
            first, last = min(first, number), number
    for line in lines[last:]:
        if (found := labelled(line)) and found[0] == "language":
            fields.setdefault("language", found[1])
    return fields, first, last


def _body(lines: Sequence[str], first: int, last: int) -> list[str]:
    """Return the lines between the labels before the text and those after it."""
    if first == len(lines):
        return []
    start = last + 1
    end = len(lines)
    for number in range(start, len(lines)):
        found = labelled(lines[number])
        is_trail = found is not None and found[0] in _TRAIL and lines[number].split(":")[0].strip() not in _IN_PROSE
        is_rights = COPYRIGHT.match(lines[number]) and number > start + 3 and not filled(lines[number + 6 :])
        if is_trail or is_rights:
            end = number
            break
    return list(lines[start:end])
