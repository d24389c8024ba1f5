"""The texts an article has had -> the sentences that no longer stand, and when they were last seen.

A sentence is gone when it stands nowhere in the present headline, standfirst and text with the same words; capitals,
spaces and punctuation do not matter. It is taken from the latest revision that had it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from corpus.characters import STOPS, SURE_STOPS
from corpus.model import Revision, StoredArticle
from corpus.store import ArticleStore
from indexer.contract.values import Highlighted, TextField
from indexer.results.snippets import FRAGMENTS, Marker

MOST_REVISIONS = 50  # the latest are compared; a live page has had more
MOST_CHARS = 200_000  # of one article that are searched for: the latest first
MOST_READ = 5_000_000  # of all of its texts that are compared, the latest first; an imported text may have 20 MB

_SENTENCE = re.compile(
    rf"(?:[^{STOPS}]|[.!?…](?=[\w,;]))*(?:[{STOPS}]+[\"'”’»)\]」』]*(?=\s|$|(?<=[{SURE_STOPS}」』]))|$)\s*"
)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class RemovedPassage:
    """Neighbouring sentences of a former text of an article that its present text no longer has.

    Attributes:
        field: Where they stood.
        revision: The latest revision that had them, and `seen` when it was last fetched; when it was first fetched,
            where no later visit is known.
        replaced_by: The revision that no longer had them, and `gone` when that was first fetched.
    """

    field: TextField
    text: str
    revision: int
    seen: datetime
    replaced_by: int
    gone: datetime


@dataclass(frozen=True, slots=True)
class RemovedText:
    """What a hit shows of a text that is gone: the best fragments, and the passage they are from."""

    fragments: tuple[Highlighted, ...]
    passage: RemovedPassage


def removed_record(passage: RemovedPassage) -> dict[str, Any]:
    """Return as plain data where a passage stood: the revisions, and when their texts were first fetched."""
    return {
        "revision": passage.revision,
        "seen": passage.seen.isoformat(),
        "replaced_by": passage.replaced_by,
        "gone": passage.gone.isoformat(),
    }


def removed_passages(revisions: Sequence[Revision]) -> tuple[RemovedPassage, ...]:
    """Return what is gone from an article, the latest first; nothing when it has had one text only.

    Args:
        revisions: All texts of the article, the first one first; the last one stands.
    """
    if len(revisions) < 2 or len(revisions[-1].body) > MOST_READ:
        return ()
    known = {_key(sentence) for _, part in _parts(revisions[-1]) for sentence in _sentences(part)}
    found: list[RemovedPassage] = []
    room = MOST_CHARS
    read = len(revisions[-1].body)
    for old, new in reversed(list(pairwise(revisions[-MOST_REVISIONS:]))):
        read += len(old.body)
        if read > MOST_READ:
            break
        for field, part in _parts(old):
            for passage in _unknown(part, known):
                room -= len(passage)
                if room < 0:
                    return tuple(found)
                found.append(RemovedPassage(field, passage, old.number, old.seen, new.number, new.seen))
    return tuple(found)


def best_removed(passages: Sequence[RemovedPassage], marker: Marker) -> RemovedText | None:
    """Return what to show of the passages for a query: those with most of its words, of one change; None: none."""
    marked = [(each, marker.fragments(each.text, field=each.field)) for each in passages]
    marked.sort(key=lambda pair: -sum(len(part.spans) for part in pair[1]))  # the latest of equals stays before
    if not marked:
        return None
    best = marked[0][0]
    of_one = [parts for each, parts in marked if each.revision == best.revision and any(part.spans for part in parts)]
    fragments = [part for parts in (of_one or [marked[0][1]]) for part in parts]
    return RemovedText(tuple(fragments[:FRAGMENTS]), best)


def removed_text(stored: StoredArticle, store: ArticleStore, marker: Marker) -> RemovedText | None:
    """Return what to show of the texts that are gone from an article; None when nothing is gone."""
    found = best_removed(removed_passages(store.revisions(stored.id)), marker)
    if found is None:
        return None
    passage = found.passage
    seen = store.journal.last_seen(stored.article.url, since=passage.seen, before=passage.gone)
    return replace(found, passage=replace(passage, seen=seen or passage.seen))


def _parts(revision: Revision) -> Iterator[tuple[TextField, str]]:
    if revision.headline:
        yield TextField.HEADLINE, revision.headline
    if revision.standfirst:
        yield TextField.STANDFIRST, revision.standfirst
    for paragraph in revision.body.split("\n\n"):
        if paragraph:
            yield TextField.BODY, paragraph


def _unknown(part: str, known: set[str]) -> Iterator[str]:
    """Yield the runs of sentences of a paragraph that are not known, and know them from here on."""
    run = ""
    for sentence in _sentences(part):
        key = _key(sentence)
        if not key or key in known:
            if run and key:
                yield run.strip()
                run = ""
        else:
            known.add(key)
            run += sentence
    if run:
        yield run.strip()


def _sentences(part: str) -> Iterator[str]:
    return filter(None, (each[0] for each in _SENTENCE.finditer(part)))


def _key(sentence: str) -> str:
    return " ".join(_WORD.findall(sentence.casefold()))
