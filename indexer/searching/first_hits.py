"""A bare word in any field -> its first page of hits, in one step of the compiled kernel.

Most searches for a rare word are this one. What it cannot answer is searched for as any other query is, and what it
found of the word's forms and rows is cached for that; what it answers is found again as quickly, and is not.
"""

from typing import TypeAlias

from indexer.analysis.forms import MAX_FORMS
from indexer.analysis.stems import numbered
from indexer.contract.ranking import K1
from indexer.contract.values import Hit, Query
from indexer.searching.folding import copy_groups
from indexer.searching.selection import times
from indexer.searching.snapshot import Snapshot
from indexer.storage.kernel import WordTable

FEW = 4096  # postings at most that the kernel answers from; in a small corpus fewer

FirstHits: TypeAlias = tuple[tuple[str, ...], bytes, tuple[Hit, ...]]  # forms of the word, all live rows, best hits


def first_hits(text: str, count: int, snapshot: Snapshot, *, is_folded: bool) -> FirstHits | None:
    """Return the best hits of a bare word.

    Args:
        is_folded: Of articles with one text only the first is a hit.

    Returns:
        None without the kernel, where the forms are to be found otherwise, where there are many postings, and where
        there are copies to fold.
    """
    kernel, vocabulary = snapshot.kernel, snapshot.vocabulary
    made = snapshot.made.get("word table") or _made(snapshot)
    if kernel is None or made is None or len(text) < 2:
        return None
    known = vocabulary.known(text)
    if known is not None and sum(known.counts.values()) > FEW:
        return None
    table, numbers, languages = made
    found = kernel.first(table, text, numbered(text, languages, numbers), count, is_folded)
    if found is None:
        return None
    segments, rows, scores, hits, forms = found
    if segments is not None:
        forms = vocabulary.took(text, segments).forms
        if rows is None or scores is None or len(forms) > MAX_FORMS:
            return None
        snapshot.keep(text, rows, scores)
    return None if forms is None or rows is None or hits is None else (forms, rows, hits)


def _made(snapshot: Snapshot) -> WordTable | None:
    """What the kernel makes the hits of, the numbers of languages there, and the languages; made once."""
    kernel, whole = snapshot.kernel, snapshot.word_parts
    if kernel is None or whole is None:
        return None
    numbers, parts = whole
    grouped = copy_groups(snapshot).grouped if snapshot.has_copies else None
    weights, live, articles = snapshot.field_weights, snapshot.live, snapshot.articles
    at, ids = times(Query(), snapshot), snapshot.columns.ids
    made = kernel.table(parts, weights, live, at, ids, grouped, K1, articles, Hit), numbers, snapshot.languages
    snapshot.made["word table"] = made
    return made
