"""Article -> its facet values, as keys; a value as typed -> its key.

A site's key is the name of its source folded as a person's name is (corpus/people/names.py), except that dots
stay: `valley-herald.example`, and `The Valley Herald` is `the-valley-herald`. A language's key is the first part
of its tag: `pt-BR` is `pt`. Agencies are author facets only where nobody else signs.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from corpus.corrections.printed import printed_corrections
from corpus.model import Article, AuthorKind
from corpus.people.names import NONE, fold
from corpus.texts import text
from corpus.texts.languages import code, one_code

Aliases = Mapping[str, str]
NO_ALIASES: Aliases = MappingProxyType({})
CORRECTION = "correction"
CORRECTION_SPELLINGS = frozenset({CORRECTION, "corrections", "corrected", "clarification", "erratum"})

_TOP = re.compile(r"\*?\.(?=\w)")
_HOST_DOT = re.compile(r"\.(?=\S)")  # "St. Paul Post" has none
_AROUND_HOST = re.compile(r"^\w+://|/.*")


def author_keys(article: Article, aliases: Mapping[str, str] = NO_ALIASES) -> tuple[str, ...]:
    """Return the keys of the authors, in printed order, without repeats."""
    signers = [author for author in article.authors if author.kind is not AuthorKind.AGENCY] or article.authors
    return tuple(dict.fromkeys(aliases.get(author.key, author.key) for author in signers if author.key))


def author_typed(text: str) -> str:
    """Return the key of an author as typed; "Okafor, Maria" is Maria Okafor."""
    last, comma, first = text.partition(",")
    return fold(f"{first} {last}" if comma and "," not in first and first.strip() else text)


def site_key(source: str) -> str:
    """Return the key of a source's name; empty when nothing of it is a letter or digit."""
    parts = (fold(part).removesuffix("-") for part in _HOST_DOT.split(source))
    key = ".".join(filter(None, parts))
    return f"{key}-" if key == NONE else key


def language_key(tag: str | None) -> str | None:
    """Return the key of a language tag such as `en-GB`, or None when the page does not say."""
    return one_code(fold((tag or "").replace("_", "-").partition("-")[0])) or None


def site_typed(text: str) -> str:
    """Return the key of a site as typed: a name, a host, an address of it, or `.de`, which all hosts there end in."""
    key = site_key(_AROUND_HOST.sub("", text.strip()))
    return f".{key}" if key and "." not in key and _TOP.match(text.strip()) else key


def language_typed(text: str) -> str:
    """Return the key of a language as typed, `de-AT`, `deu`, `German` or `Deutsch`; empty when it is none."""
    return code(text) or language_key(text) or ""


def feature_keys(article: Article) -> tuple[str, ...]:
    """Return the values of the facet `has`: `correction`, when the article prints one."""
    return (CORRECTION,) if printed_corrections(article) else ()


def feature_typed(text: str) -> str:
    """Return the key of a feature as typed; empty when there is no such feature."""
    return CORRECTION if fold(text) in CORRECTION_SPELLINGS else ""


def feature_label(key: str) -> str:
    """Return the name of a feature."""
    return text("a printed correction") if key == CORRECTION else spoken(key)


def tag_typed(text: str) -> str:
    """Return the key of a tag, or of the name of a dossier: in small letters, in one line, without quotation marks."""
    key = " ".join(text.replace('"', " ").lower().split())
    return f"{key}-" if key == NONE else key


def spoken(key: str) -> str:
    """Return a key as a name: `world-news` is World news."""
    return key.replace("-", " ").capitalize()
