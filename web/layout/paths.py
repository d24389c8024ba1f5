"""The address of each thing that has a page of its own, and what the own parameters of such a page say."""

from collections.abc import Container, Iterable

from flask import g, request

from corpus.model import StoredArticle
from corpus.texts import text
from indexer.query.parameters import not_understood, one_of, page_number, whole_number
from web.layout.render import slug
from web.layout.state import address

LONGEST_FINDING = 100  # characters of a name that is looked for in a list
MOST_LISTED = 10_000  # the last records of a list that grows for ever, as data: nightly crawls of 27 years


def article_path(stored: StoredArticle) -> str:
    """Return the one address of an article: its mark, and what it is about."""
    words = slug(stored.article.headline)
    return f"/a/{stored.mark}-{words}" if words else f"/a/{stored.mark}"


def diff_path(mark: str, old: int, new: int) -> str:
    """Return the address of what changed between two revisions."""
    return f"/a/{mark}/diff/{old}..{new}"


def source_path(name: str) -> str:
    """Return the address of a source."""
    return address(
        f"/sources/{name.replace('%', '%25').replace('/', '%2F').replace('?', '%3F').replace('#', '%23')}", []
    )


def author_path(key: str) -> str:
    """Return the address of an author's profile."""
    return f"/authors/{key}"


def choice_of(name: str, choices: Iterable[str], usual: str = "") -> str:
    """Return the value of a parameter if it is one of the choices; else the usual one, and the page says so."""
    typed, right = request.args.get(name, "").strip(), (*choices,)
    if typed in right:
        return typed
    if typed and typed != usual:
        note_parameter(name, typed, one_of(right))
    return usual


def named_by(name: str, known: Container[str], right: str) -> str:
    """Return the value of a parameter that names something; where there is no such thing none, and the page says so."""
    typed = request.args.get(name, "")
    if typed in known or not typed.strip():
        return typed.strip() and typed
    note_parameter(name, typed, right)
    return ""


def page_of(pages: int, name: str = "page") -> int:
    """Return the number of the requested page of a list; in a shorter list the nearest number, which the page says."""
    typed = request.args.get(name, "").strip()
    at = page_number(typed or "1", pages)
    if typed and whole_number(typed) != at:
        note_parameter(name, typed, text("a number from 1 to {most:,}", most=pages))
    return at


def note_parameter(name: str, typed: str, right: str) -> None:
    """Let the page say that a parameter of its address was not read, and what would be right."""
    g.misread = (*misread(), not_understood(name, typed, right))


def note_search(sentences: Iterable[str]) -> None:
    """Let the page say what was not read of the search that its address names."""
    g.misread = (*misread(), *sentences)


def misread() -> tuple[str, ...]:
    """Return the sentences of `note_parameter` and `note_search` for the page that is being made."""
    return tuple(dict.fromkeys(g.get("misread", ())))


def finding_of() -> str:
    """Return the part of a name that a list is searched for; the page says so where it is cut."""
    return bounded_text("fq", LONGEST_FINDING)


def bounded_text(name: str, most: int) -> str:
    """Return the value of a parameter, cut to `most` characters; the page says when it is cut."""
    typed = request.args.get(name, "").strip()
    if len(typed) > most:
        note_parameter(name, typed, text("at most {most:,} characters", most=most))
    return typed[:most]
