"""An article -> an entry for a reference manager: CSL-JSON, BibTeX, RIS; CSL is the model of the others."""

import re
from datetime import datetime
from typing import Any

from corpus.characters import safe
from corpus.model import AuthorKind, PageDate, Precision, StoredArticle

ARCHIVE = "Pressmark"  # by this word an import knows an entry of ours
LONG_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_LIGATURE = re.compile(r"([-`'])(?=\1)")  # two of them are one character to TeX: a dash, a quotation mark
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")


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
        "archive": ARCHIVE,
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
    if article.standfirst:
        item["abstract"] = _plain(article.standfirst)
    return item


def _plain(text: str | None) -> str:
    return " ".join(safe(text or "").split())


def _parts(date: PageDate) -> list[int]:
    given = {Precision.YEAR: 1, Precision.MONTH: 2}.get(date.precision, 3)
    return [date.day.year, date.day.month, date.day.day][:given]


def _name(name: str, kind: AuthorKind) -> dict[str, str]:
    """Split a person's name; any name but a Western one of several words stays whole."""
    words = name.split()
    if kind is not AuthorKind.PERSON or len(words) < 2 or not re.match(r"[A-Za-zÀ-ɏͰ-ϿЀ-ӿ]", name):
        return {"literal": name}
    at = len(words) - 1
    while at > 1 and words[at - 1][0].islower():  # van der Berg, de la Cruz
        at -= 1
    return {"family": " ".join(words[at:]), "given": " ".join(words[:at])}


def issued(item: dict[str, Any]) -> list[int]:
    """Return year, month and day of an item, as many as are known."""
    parts: list[int] = item.get("issued", {}).get("date-parts", [[]])[0]
    return parts


def noted(item: dict[str, Any]) -> str:
    """Return the note of an item: which revision it is, and its pressmark."""
    return "; ".join([*([item["note"]] if "note" in item else []), f"Pressmark {item['id']}."])


def _american_day(moment: datetime) -> str:
    return f"{LONG_MONTHS[moment.month - 1]} {moment.day}, {moment.year}"


def inverted(name: dict[str, str]) -> str:
    """Return a name with the family name first."""
    return name.get("literal") or ", ".join(name[part] for part in ("family", "given") if name.get(part))


# ---------------------------------------------------------------- for reference managers


def bibtex(item: dict[str, Any], **added: str) -> str:
    """Return a BibTeX entry, with the fields added; characters that mean something to TeX are escaped.

    It is an `@article` of a paper whose name is known, and `@online` of a site that is known by its host alone.
    """
    year, *rest = issued(item) or [0]
    is_site = _HOST.fullmatch(item["container-title"]) is not None
    fields = {
        "author": " and ".join(
            f"{{{_tex(each['literal'])}}}" if "literal" in each else _tex(inverted(each))
            for each in item.get("author", ())
        ),
        "title": f"{{{_tex(item['title'])}}}",
        "organization" if is_site else "journal": _tex(item["container-title"]),
        "year": str(year) if year else "",
        "month": f"{rest[0]:02}" if rest else "",
        "day": f"{rest[1]:02}" if rest[1:] else "",
        "url": re.sub(
            r"[{}\\]", lambda found: f"%{ord(found[0]):02X}", item["URL"]
        ),  # read as it stands, but for these
        "urldate": "-".join(f"{each:02}" for each in item["accessed"]["date-parts"][0]),
        "note": noted(item).rstrip("."),
    }
    fields |= {name: _tex(item.get(name, "")) for name in ("abstract", "language")}
    fields |= {name: _tex(" ".join(value.split())) for name, value in added.items()}
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{'online' if is_site else 'article'}{{{item['id']},\n{lines}}}\n"


def _tex(text: str) -> str:
    named = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    escaped = "".join(
        named.get(character, f"\\{character}" if character in "{}$&#%_" else character) for character in text
    )
    return _LIGATURE.sub(r"\1{}", escaped)


def ris(item: dict[str, Any], added: tuple[tuple[str, str], ...] = ()) -> str:
    """Return a RIS record, with the lines added."""
    when = issued(item)
    pairs = [("TY", "NEWS"), *(("AU", inverted(each)) for each in item.get("author", ())), ("TI", item["title"])]
    pairs += [("T2", item["container-title"]), ("PY", str(when[0]) if when else "")]
    pairs += [("DA", "/".join(f"{each:02}" for each in when)), ("UR", item["URL"]), ("LA", item.get("language", ""))]
    pairs += [("Y2", "/".join(f"{each:02}" for each in item["accessed"]["date-parts"][0])), ("CN", item["id"])]
    pairs += [("AB", item.get("abstract", "")), ("SE", item.get("section", "")), ("DB", ARCHIVE), *added]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in pairs if value) + "ER  - \r\n"
