"""A bare word in any field -> its first page of hits, in one step of the compiled kernel, or in few without it.

Most searches for a rare word are this one. What it cannot answer is searched for as any other query is, and what it
found of the word's forms and rows is cached for that; what it answers is found again as quickly, and is not.
"""

from functools import partial
from itertools import repeat
from typing import TypeAlias

from indexer.analysis.forms import MAX_FORMS
from indexer.analysis.stems import DEFAULT, numbered
from indexer.contract.ranking import K1
from indexer.contract.values import Hit, Query, Word
from indexer.searching.folding import copy_groups
from indexer.searching.ordering import best
from indexer.searching.phrases import no_checkpoint
from indexer.searching.selection import times
from indexer.searching.snapshot import Snapshot
from indexer.searching.terms import few_matches
from indexer.storage.kernel import WordTable

FEW = 4096  # postings at most that a word is answered from so; with the kernel fewer in a small corpus
ANY = Query()

_hit = partial(tuple.__new__, Hit)  # of all its values; `_make` counts them
FirstHits: TypeAlias = tuple[tuple[str, ...], bytes, tuple[Hit, ...]]  # forms of the word, all live rows, best hits


def first_hits(word: Word, count: int, snapshot: Snapshot, *, is_folded: bool) -> FirstHits | None:
    """Return the best hits of a bare word.

    Args:
        is_folded: Of articles with one text only the first is a hit.

    Returns:
        None where the forms are to be found otherwise, where there are many postings, and where there are copies to
        fold.
    """
    kernel, vocabulary, text = snapshot.kernel, snapshot.vocabulary, word.text
    if kernel is None:
        return _in_few_steps(word, count, snapshot, is_folded=is_folded)
    made = snapshot.made.get("word table") or _made(snapshot)
    if made is None or len(text) < 2:
        return None
    known = vocabulary.known(text)
    if known is not None and sum(known.counts.values()) > FEW:
        return None
    table, numbers, languages, has_stems = made
    keys = None if has_stems and text.isascii() else numbered(text, languages, numbers)
    found = kernel.first(table, text, keys, count, is_folded)
    if found is False:
        found = kernel.first(table, text, numbered(text, languages, numbers), count, is_folded)
    if not found:
        return None
    segments, rows, scores, hits, forms = found
    if segments is not None:
        forms = vocabulary.took(text, segments).forms
        if rows is None or scores is None or len(forms) > MAX_FORMS:
            return None
        snapshot.keep(text, rows, scores)
    return None if forms is None or rows is None or hits is None else (forms, rows, hits)


def _in_few_steps(word: Word, count: int, snapshot: Snapshot, *, is_folded: bool) -> FirstHits | None:
    """The same without the kernel; of the steps that any query takes, those of a word with few postings."""
    vocabulary = snapshot.vocabulary
    found = None if is_folded and snapshot.has_copies else vocabulary.bare(word.text, no_checkpoint)
    if found is None or vocabulary.posting_count(found.terms) > FEW:
        return None
    rows, scores = few_matches(word, found.terms, snapshot)
    at, ids = times(ANY, snapshot)[rows], snapshot.columns.ids[rows]
    places = best(scores, (at.__getitem__, ids.__getitem__), count)
    hits = map(_hit, zip(ids[places].tolist(), scores[places].tolist(), repeat(()), repeat(False)))
    return found.forms, rows.tobytes(), tuple(hits)


def _made(snapshot: Snapshot) -> WordTable | None:
    """What the kernel makes the hits of, the numbers of languages there, the languages, and whether stems are read."""
    kernel, whole = snapshot.kernel, snapshot.word_parts
    if kernel is None or whole is None:
        return None
    numbers, parts = whole
    grouped = copy_groups(snapshot).grouped if snapshot.has_copies else None
    weights, live, articles = snapshot.field_weights, snapshot.live, snapshot.articles
    at, ids = times(ANY, snapshot), snapshot.columns.ids
    has_stems = snapshot.languages == DEFAULT and len(parts) == 1 and live is None
    table = kernel.table(parts, weights, live, at, ids, grouped, K1, articles, Hit)
    made = table, numbers, snapshot.languages, has_stems
    snapshot.made["word table"] = made
    return made
