"""The mark of a dossier -> the dossier, and its articles with what a reader added to them.

A dossier is its owner's. Others read it when it is shared: all who have an account, or all who have its address.
"""

import hmac
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from flask import request
from werkzeug.exceptions import NotFound

from corpus.iso_dates import iso_date
from corpus.model import StoredArticle
from corpus.store.desk.dossiers import Dossier, Sharing
from corpus.store.desk.passages import Passage
from corpus.texts import text
from indexer.query.parameters import whole_number
from indexer.results.dossiers import Collected
from indexer.results.passages import Quoted, Squeezed, paragraph, place
from web.desk.signatures import signature
from web.layout.paths import LONGEST_FINDING, note_parameter
from web.layout.problems import Gone
from web.layout.render import day, iso, number
from web.layout.services import current_services
from web.layout.who import is_mine, is_shared_with_me

NO_TAG = "none"  # in place of a tag: articles without any
SHARED = "/shared/"
READ_AT_ONCE = 200  # articles with their texts, some 2 MB
ON_A_PAGE = 100  # articles
_NAME = re.compile(r"(d-[0-9a-z]{5})-([0-9a-f]{32})")


def dossier_path(dossier: Dossier) -> str:
    """Return the address of a dossier."""
    return f"/d/{dossier.mark}"


def dossier_of(mark: str) -> Dossier:
    """Return the dossier with a mark.

    Raises:
        NotFound: There is none, or it is another person's.
        Gone: It was deleted.
    """
    return _not_deleted(_known(mark, others=False))


def dossier_to_read(mark: str) -> Dossier:
    """Return the dossier with a mark, also another person's that is shared with the people of the archive.

    Raises:
        NotFound: There is none, or it is not for who asks.
        Gone: It was deleted.
    """
    return _not_deleted(_known(mark, others=True))


def shared_path(dossier: Dossier) -> str:
    """Return the secret address of a dossier, while it is shared by one."""
    secret = current_services().store.audit.secret
    return f"{SHARED}{dossier.mark}-{signature(secret, 'dossier', (dossier.id, dossier.address))}"


def shared_dossier(name: str) -> Dossier:
    """Return the dossier that is shared at an address, named by what stands after SHARED.

    Raises:
        NotFound: There is none, it is not shared so any more, or another address took the place of this one.
        Gone: It was deleted.
    """
    services = current_services()
    typed = _NAME.fullmatch(name)
    found = services.store.dossiers.get(typed[1]) if typed else None
    if typed is None or found is None or found.shared is not Sharing.LINK:
        raise NotFound
    if not hmac.compare_digest(signature(services.store.audit.secret, "dossier", (found.id, found.address)), typed[2]):
        raise NotFound
    return _not_deleted(found)


def _known(mark: str, *, others: bool) -> Dossier:
    found = current_services().store.dossiers.get(mark.lower())
    if found is None or not (is_mine(found.who) or (others and is_shared_with_me(found.shared))):
        raise NotFound(text("No dossier that you can read has the mark {mark}.", mark=mark[:LONGEST_FINDING]))
    return found


def _not_deleted(found: Dossier) -> Dossier:
    if found.deleted is not None:
        raise Gone(text("The dossier was deleted on {day}.", day=day(found.deleted, current_services().zone)))
    return found


def collected_of(
    dossier: Dossier, *, with_text: bool = True, article: int | None = None, with_passages: bool = True
) -> list[Collected]:
    """Return the articles of a dossier with their notes and tags, in its order; withdrawn ones too.

    Args:
        article: Only this one, if it is in it.
        with_passages: Read what was marked in them, too; `with_passages_of` reads it of a part.
    """
    return list(each_collected(dossier, with_text=with_text, article=article, with_passages=with_passages))


def each_collected(
    dossier: Dossier, *, with_text: bool = True, article: int | None = None, with_passages: bool = True
) -> Iterator[Collected]:
    """Yield the articles as `collected_of` returns them; no more than READ_AT_ONCE of them are in memory."""
    store = current_services().store
    entries = [
        (at, each)
        for at, each in enumerate(store.dossiers.entries(dossier.id), 1)
        if article is None or each.article == article
    ]
    for first in range(0, len(entries), READ_AT_ONCE):
        part = entries[first : first + READ_AT_ONCE]
        ids = [each.article for _, each in part]
        stored, tags = (store.articles if with_text else store.heads)(ids), store.dossiers.tags(ids)
        passages = _quoted(dossier, stored, with_text=with_text) if with_passages else {}
        for at, each in part:
            if each.article in stored:
                yield Collected(
                    at, stored[each.article], each.note, tags.get(each.article, ()), passages.get(each.article, ())
                )


def with_passages_of(dossier: Dossier, collected: Sequence[Collected]) -> list[Collected]:
    """Return articles of a dossier with the passages that its owner marked in them."""
    passages = _quoted(dossier, {each.stored.id: each.stored for each in collected}, with_text=False)
    return [replace(each, passages=passages.get(each.stored.id, ())) for each in collected]


def _quoted(dossier: Dossier, stored: Mapping[int, StoredArticle], *, with_text: bool) -> dict[int, tuple[Quoted, ...]]:
    """Return article -> the passages that the dossier's owner marked in it, in the order of its text."""
    store = current_services().store
    theirs = {
        article: [each for each in found if each.who == dossier.who or (is_mine(dossier.who) and is_mine(each.who))]
        for article, found in store.passages.of_articles(list(stored)).items()
    }
    whole = stored if with_text else store.articles(id for id, found in theirs.items() if found)
    return {
        article: tuple(_placed(found, whole[article]))
        for article, found in theirs.items()
        if found and article in whole
    }


def _placed(passages: Sequence[Passage], stored: StoredArticle) -> Iterator[Quoted]:
    if stored.withdrawn is not None:  # its text is shown nowhere any more
        yield from (Quoted("", None, each.note) for each in passages)
        return
    body = stored.article.body
    squeezed = Squeezed.of(body)
    found = [(place(each.quote, each.start, squeezed), each) for each in passages]
    for at, each in sorted(found, key=lambda pair: (pair[0] is None, pair[0] or (0, 0), pair[1].id)):
        yield Quoted(each.quote, paragraph(at[0], body) if at else None, each.note)


def record_of(each: Collected) -> dict[str, Any]:
    """Return an article of a dossier as JSON can hold it, with the note and the tags on it."""
    article = each.stored.article
    return {
        "id": each.stored.mark,
        "place": each.place,
        "url": article.url,
        "headline": article.headline,
        "published": iso_date(article.published),
        "source": article.source,
        "note": each.note,
        "tags": list(each.tags),
        "passages": [asdict(quoted) for quoted in each.passages],
        "withdrawn": each.stored.withdrawn,
    }


def as_json(dossier: Dossier) -> dict[str, Any]:
    """Return a dossier with its articles as JSON can hold it."""
    zone = current_services().zone
    return {
        "mark": dossier.mark,
        "name": dossier.name,
        "about": dossier.about,
        "made": iso(dossier.made, zone),
        "changed": iso(dossier.changed, zone),
        "total": dossier.articles,
        "articles": [record_of(each) for each in collected_of(dossier, with_text=False)],
    }


def first_of(typed: str, count: int) -> int:
    """Return where the page begins, from 0, of a place as typed."""
    at = (whole_number(typed) or 1) - 1
    return at // ON_A_PAGE * ON_A_PAGE if 0 < at < count else 0


def first_on_page(count: int) -> int:
    """Return where the page begins by its address, from 0; the page says so when the dossier has no such place."""
    typed, most = request.args.get("from", "").strip(), max(count, 1)
    if typed and not 0 < (whole_number(typed) or 0) <= most:
        note_parameter("from", typed, text("a number from 1 to {most:,}", most=most))
    return first_of(typed, count)


def tag_of(dossier: Dossier) -> str:
    """Return the tag that the address wants the articles of a dossier with; empty: all of them."""
    store = current_services().store
    return wanted_tag(store.dossiers.tags([each.article for each in store.dossiers.entries(dossier.id)]).values())


def wanted_tag(tags: Iterable[Iterable[str]]) -> str:
    """Return the tag that the address names; the answer says so where none of these articles has it.

    It is wanted nevertheless: a file of other articles than those that were asked for is worse than an empty one.
    """
    typed = request.args.get("tag", "")
    if typed and typed != NO_TAG and all(typed not in each for each in tags):
        note_parameter("tag", typed, text("a tag of its articles, or none"))
    return typed


def parts(count: int, first: int, address: Callable[[str], str]) -> list[tuple[str, str | None]]:
    """Return the pages of a long dossier: which articles, and the address; None: the page that is shown.

    Args:
        address: The place of a page's first article, from 1 -> the address of the page.
    """
    return [
        (f"{number(at + 1)}–{number(min(at + ON_A_PAGE, count))}", None if at == first else address(str(at + 1)))
        for at in range(0, count, ON_A_PAGE)
    ]
