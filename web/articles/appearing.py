"""The texts an article has had and a query's readings -> since which revision each word or phrase stands in it.

A word stands in a revision when it stands in its headline, standfirst or text. What came, went and came back stands
since it came back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.model import Revision, StoredArticle
from corpus.texts import Text, text
from indexer.contract.facets import FacetName, Filter
from indexer.contract.removed import REMOVED, without_removed
from indexer.contract.values import Query, Reading, TextField
from indexer.query.serialise import unfielded
from web.articles.finding import marked
from web.articles.named import revision_times
from web.layout.render import day
from web.layout.services import current_services
from web.search.request import searches_removed_texts

MOST_REVISIONS = 200  # the latest are read, and the page says so; paragraphs that revisions share are read once


@dataclass(frozen=True, slots=True)
class Appearance:
    """A word or phrase over the revisions of an article.

    Attributes:
        word: As typed.
        first, last: The first and the last revision that has it.
        since: The revision since which every one has it; None: the present text no longer has it.
    """

    word: str
    first: Revision
    last: Revision
    since: Revision | None


def appearances(revisions: Sequence[Revision], readings: Sequence[Reading]) -> list[Appearance]:
    """Return the words and phrases that some revision has, in the order of the query.

    Args:
        revisions: The first one first; the last one stands.
    """
    read: dict[tuple[TextField, str], frozenset[int]] = {}
    standing = [_standing(each, readings, read) for each in revisions]
    found = []
    for n, reading in enumerate(readings):
        having = [at for at, numbers in enumerate(standing) if n in numbers]
        if having:
            lacking = [at for at, numbers in enumerate(standing) if n not in numbers]
            since = lacking[-1] + 1 if lacking else 0
            found.append(
                Appearance(
                    unfielded(reading.clause),
                    revisions[having[0]],
                    revisions[having[-1]],
                    revisions[since] if since < len(revisions) else None,
                )
            )
    return found


def of_article(stored: StoredArticle, query: Query | None) -> list[Appearance]:
    """Return where the words of a query stand in the texts of an article that has had several.

    Nothing for who may not read earlier texts. A word has its forms of present texts, and of texts that are gone.
    """
    if query is None or query.clause is None or stored.revision == 1 or not searches_removed_texts():
        return []
    services = current_services()
    present = without_removed(query)._replace(page=1, per_page=1, facets=(), interval=None, suggests=False)
    gone = present._replace(filters=(*present.filters, Filter(FacetName.DOSSIER, (REMOVED,))))
    one, other = services.search(present).results.readings, services.search(gone).results.readings
    last = list(revision_times(stored))[-MOST_REVISIONS:]
    return appearances(services.store.revisions(stored.id, numbers=last), merged(one, other))


def sentences(stored: StoredArticle, query: Query | None) -> list[Text]:
    """Say since when each word of a query stands in the texts of an article, and where not all of them were read."""
    said = list(map(_sentence, of_article(stored, query)))
    count = len(revision_times(stored)) if said else 0
    if count > MOST_REVISIONS:
        said.append(
            text("Only the last {n:,} of {all:,} texts are looked through for this.", n=MOST_REVISIONS, all=count)
        )
    return said


def _sentence(each: Appearance) -> Text:
    """Say since when a text has a word: "flood has been in the text since the revision of 14 Jan 2026"."""
    zone = current_services().zone
    first, last = day(each.first.seen, zone), day(each.last.seen, zone)
    if each.since is None and first == last:
        return text("{word} was in the text on {first} alone", word=each.word, first=first)
    if each.since is None:
        return text("{word} was in the text from {first} to {last}", word=each.word, first=first, last=last)
    since = day(each.since.seen, zone)
    if each.since.number == 1:
        return text("{word} has been in the text since the first one, of {since}", word=each.word, since=since)
    if each.first.number < each.since.number:
        return text(
            "{word} has been in the text since the revision of {since}, and was in it from {first} before",
            word=each.word,
            since=since,
            first=first,
        )
    return text("{word} has been in the text since the revision of {since}", word=each.word, since=since)


def merged(one: Sequence[Reading], other: Sequence[Reading]) -> list[Reading]:
    """Return readings with the forms of both, of the same query read by two indexes."""
    if [each.clause for each in one] != [each.clause for each in other]:
        return list(one)
    return [
        Reading(
            first.clause,
            _union(first.forms, second.forms),
            tuple(map(_union, first.places, second.places)),
            _union(first.joined, second.joined),
        )
        for first, second in zip(one, other, strict=True)
    ]


def _union(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _standing(
    revision: Revision, readings: Sequence[Reading], read: dict[tuple[TextField, str], frozenset[int]]
) -> frozenset[int]:
    """Return the numbers of the readings that a revision has; `read` remembers the parts of other revisions."""
    numbers: set[int] = set()
    for field, part in _parts(revision):
        if (field, part) not in read:
            mine = [(n, each) for n, each in enumerate(readings) if each.clause.field in (None, field)]
            places = {id(each): n for n, each in mine}
            read[field, part] = frozenset(places[id(each)] for alone in mine for _, _, each in marked(part, [alone[1]]))
        numbers |= read[field, part]
    return frozenset(numbers)


def _parts(revision: Revision) -> Iterator[tuple[TextField, str]]:
    for field, part in ((TextField.HEADLINE, revision.headline), (TextField.STANDFIRST, revision.standfirst)):
        if part:
            yield field, part
    for part in revision.body.split("\n\n"):
        yield TextField.BODY, part
