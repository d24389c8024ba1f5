"""A text being typed, and the words and authors of a corpus -> completions of its last word."""

from collections.abc import Mapping
from itertools import chain

from corpus.people.names import fold
from indexer.analysis.chinese import in_all_writings
from indexer.analysis.folding import folded
from indexer.analysis.forms import Vocabulary, by_frequency
from indexer.analysis.text import forms as surface_forms
from indexer.contract.values import Completion

MIN_LETTERS = 2


def completions(typed: str, vocabulary: Vocabulary, authors: Mapping[str, int], limit: int) -> tuple[Completion, ...]:
    """Return words by the number of articles, and authors by theirs; the more frequent first.

    Args:
        typed: All that was typed; the last word is completed, an author by the whole as well.
        authors: Author key -> number of articles.
    """
    words = surface_forms(typed[-200:])
    last = words[-1] if words and not typed[-1:].isspace() else ""
    if len(last) < MIN_LETTERS:
        return ()
    begun = map(vocabulary.starting, in_all_writings(last))
    forms = {*chain.from_iterable((*begun, *vocabulary.folded(folded(last)).values()))}
    found = [
        Completion(form, "word", vocabulary.frequency(form)) for form in by_frequency(forms, vocabulary, limit=limit)
    ]
    whole, part = fold(typed), fold(last)
    for key, count in authors.items():
        if (part and f"-{part}" in f"-{key}") or (whole and f"-{whole}" in f"-{key}"):
            found.append(Completion(key, "author", count))
    return tuple(sorted(found, key=lambda one: (-one.count, one.kind, one.text))[:limit])
