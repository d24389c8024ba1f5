"""A query whose words no article has -> queries with words of the corpus in their place, the likeliest first.

Only bare words are replaced, and only those that no article has. Quoted words, fields, exclusions, filters and dates
stay as they were asked.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice, pairwise

from indexer.analysis.chinese import in_all_writings
from indexer.analysis.forms import Vocabulary, by_frequency, clause_forms
from indexer.analysis.stems import form_keys, sought_keys, stemmed_languages
from indexer.analysis.text import is_run
from indexer.contract.values import And, Clause, Match, MultiPhrase, Or, Phrase, Query, Results, Sort, Substitutes, Word
from indexer.query.serialise import serialise, side_by_side, unfielded, written
from indexer.query.spelling import beside, is_correctable, meanings
from indexer.query.suggest import fused, retyped

TRIES = 3  # queries that are asked, as a filter may leave none of what the first of them finds
MOST = 5  # forms in the place of one word
MOST_SCANNED = 500  # forms that begin like a word; where there are more, the beginning says too little
_LEAST = 4  # letters that two words must share
MOST_COMPARED = 5_000  # forms that begin with the same two letters; of more, the most frequent
_BEGINNING = 2  # letters that even the last resort must share
_LIKENESS = 1 / 3  # of the pairs of letters of both words, as Dice measures it
_SURE = 5  # letters of a beginning or a stem that are enough, however long the word

Words = tuple[tuple[str, tuple[str, ...]], ...]  # what was typed, and the words in its place


def with_substitutes(
    found: Results,
    query: Query,
    vocabulary: Vocabulary,
    search: Callable[[Query], Results],
    checkpoint: Callable[[], object] = lambda: None,
) -> Results:
    """Add to results without a hit those of the first query with other words that has some.

    The total, the facets and the histogram stay those of the query; the others are counted as `more`.

    Args:
        search: Answers a query; it is asked for the best matches, without facets and bars.
        checkpoint: Called every few milliseconds of work; what it raises ends the work.
    """
    if query.match is not Match.BEST or found.total or found.more or found.partial:
        return found
    for other, words in islice(substitutes(query, vocabulary, checkpoint), TRIES):
        again = search(other._replace(match=Match.ALL)) if _is_parted(words) else search(other)
        if _is_parted(words) and not (again.total or again.partial):
            again, words = search(other), _apart(words)
        if (count := again.total + again.more) and other.clause:
            return found._replace(
                more=count,
                stories=again.stories,
                some_stories=again.stories,
                hits=tuple(hit._replace(some=True) for hit in again.hits),
                readings=found.readings + again.readings,
                bounded=found.bounded + again.bounded,
                partial=again.partial,
                suggestion=serialise(other),
                substitutes=Substitutes(words, other.clause),
            )
        if again.partial:
            break
    return found


def _is_parted(words: Words) -> bool:
    """Whether two words stand in the place of one; half of such a pair is not what was typed."""
    return any(" " in form for _, forms in words for form in forms)


def _apart(words: Words) -> Words:
    return tuple((typed, tuple(part for form in forms for part in form.split())) for typed, forms in words)


def tried(query: Query, search: Callable[[Query], Results]) -> Iterator[Query]:
    """Yield the queries by which a query finds its hits, each for all or for any words, in the order of the hits.

    Args:
        search: Answers a query.
    """
    if query.match is not Match.BEST:
        yield query
        return
    yield query._replace(match=Match.ALL)
    yield query._replace(match=Match.ANY)
    if found := search(query).substitutes:
        yield query._replace(clause=found.clause, match=Match.ALL)
        yield query._replace(clause=found.clause, match=Match.ANY)


def substitutes(
    query: Query, vocabulary: Vocabulary, checkpoint: Callable[[], object] = lambda: None
) -> Iterator[tuple[Query, Words]]:
    """Yield queries with other words, and which they are; none where every bare word stands in some article."""
    top = side_by_side(query.clause)
    joined = fused(top, vocabulary)
    known = {query.clause}
    tries: Iterable[tuple[Sequence[Clause], Words]] = _rewritten(top, vocabulary, checkpoint)
    if len(joined) < len(top):
        new = [one for one in joined if one not in top]
        tries = ((joined, tuple((_parts_of(one, top), (unfielded(one),)) for one in new if isinstance(one, Word))),)
    elif meant := next(retyped(query, vocabulary), None):
        tries = chain([(meant, ((query.text.strip(), tuple(map(written, meant))),))], tries)
    elif len(top) == 1 and not (query.filters or query.since or query.until):
        tries = chain(_of_a_run(top[0], vocabulary), tries)
    for clauses, words in tries:
        flat = tuple(inner for one in clauses for inner in (one.clauses if isinstance(one, And) else (one,)))
        clause = And(flat) if len(flat) > 1 else flat[0]
        if clause not in known:
            known.add(clause)
            ranked = query._replace(clause=clause, sort=Sort.RELEVANCE)
            yield ranked._replace(facets=(), interval=None, suggests=False), words


def _parts_of(one: Word, top: Sequence[Clause]) -> str:
    """The two neighbours that a word joins, as they were typed."""
    texts = [each.text if isinstance(each, Word) else "" for each in top]
    pairs = (f"{first} {second}" for first, second in pairwise(texts) if first + second == one.text)
    return next(pairs, one.text)


def _rewritten(
    top: Sequence[Clause], vocabulary: Vocabulary, checkpoint: Callable[[], object]
) -> Iterator[tuple[list[Clause], Words]]:
    """Yield the clauses side by side with the missing words replaced; each time by the next likeliest words."""
    options: dict[str, list[Clause]] = {}
    words = list(dict.fromkeys(word for one in top for word in _bare(one)))
    for word in words:
        if not clause_forms(Word(word), vocabulary):
            checkpoint()
            options[word] = list(islice(_alternatives(word, vocabulary, checkpoint), TRIES))
    if len(options) == len(words) and not any(options.values()):  # then anything near is better than nothing
        options = {word: [Word(form) for form in _nearest_of_all(word, vocabulary)] for word in words}
    for number in range(max(map(len, options.values()), default=0)):
        chosen = {word: found[min(number, len(found) - 1)] if found else None for word, found in options.items()}
        clauses = [made for one in top if (made := _with(one, chosen)) is not None]
        if clauses:
            yield clauses, tuple((word, _named(made)) for word, made in chosen.items())


def _named(clause: Clause | None) -> tuple[str, ...]:
    """The words in the place of another, each of them enough; two that stand for it together, as one."""
    words = tuple(_bare(clause)) if clause else ()
    return (" ".join(words),) if isinstance(clause, And | MultiPhrase) else words


def _bare(clause: Clause) -> Iterator[str]:
    match clause:
        case Word(text, None):
            yield text
        case MultiPhrase(field=None, slop=0):
            for part in clause.parts:
                yield from _bare(part)
        case And(clauses) | Or(clauses):
            for one in clauses:
                yield from _bare(one)


def _with(clause: Clause, chosen: dict[str, Clause | None]) -> Clause | None:
    """The clause with other words for those that are missing, or None when nothing of it is left."""
    match clause:
        case Word(text, None) if text in chosen:
            return chosen[text]
        case MultiPhrase(parts, field=None, slop=0) if not chosen.keys().isdisjoint(_bare(clause)):
            return _with(And(parts), chosen)
        case And(clauses) | Or(clauses):
            left = tuple(made for one in clauses if (made := _with(one, chosen)) is not None)
            return replace(clause, clauses=left) if len(left) > 1 else (left[0] if left else None)
    return clause


def _of_a_run(clause: Clause, vocabulary: Vocabulary) -> Iterator[tuple[list[Clause], Words]]:
    """Yield the pairs of characters that a run of a script without spaces is made of."""
    if isinstance(clause, Phrase) and clause.field is None and len(clause.words) > 1 and is_run(clause.words):
        pairs = by_frequency(chain.from_iterable(map(in_all_writings, clause.words)), vocabulary)
        if pairs:
            yield [_any(pairs)], ((unfielded(clause), pairs),)


def _alternatives(text: str, vocabulary: Vocabulary, checkpoint: Callable[[], object]) -> Iterator[Clause]:
    """Yield what may be meant by a word that no article has, the likeliest first."""
    if not is_correctable(text):
        return
    for meant in meanings(text, vocabulary):
        yield beside(meant, None) if len(meant) > 1 else Word(meant[0])
    for found in (_inflected, _compounds, _part, _alike):
        checkpoint()
        if forms := found(text, vocabulary):
            yield _any(forms)


def _any(forms: Sequence[str]) -> Clause:
    words = tuple(map(Word, forms[:MOST]))
    return words[0] if len(words) == 1 else Or(words)


def _inflected(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The forms that share a stem with a word in a language that the corpus is not in."""
    languages: dict[str, list[str]] = {}
    for language in stemmed_languages():
        for key in sought_keys(text, language):
            if len(key) >= max(_LEAST, min(_SURE, len(text) / 2)):
                languages.setdefault(key, []).append(language)
    found: set[str] = set()
    for key, own in languages.items():
        forms = vocabulary.starting(key)
        if len(forms) <= MOST_SCANNED:
            for language in own:
                keys = form_keys(forms, language)
                found.update(form for form, others in zip(forms, keys, strict=True) if key in others)
    return by_frequency(found, vocabulary)


def _compounds(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The forms that begin or end with a word."""
    forms = vocabulary.starting(text)
    found = set(forms) if len(forms) <= MOST_SCANNED else set()
    return by_frequency({*found, *vocabulary.matching(f"*{text}", MOST)}, vocabulary)


def _part(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The longest word of the corpus that a word begins with, half of it or more; else one that it ends with."""
    half = -(-len(text) // 2)
    beginnings = [text[:end] for end in range(len(text) - 1, min(half, _SURE) - 1, -1)]
    endings = [text[start:] for start in range(1, len(text) - half + 1) if len(text) - start > _SURE]
    counts = vocabulary.frequencies({*beginnings, *endings})
    return tuple(form for form in (*beginnings, *endings) if counts.get(form))[:1]


def _alike(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The most frequent forms that share the longest beginning with a word, half of it or more."""
    for end in range(len(text) - 1, max(_LEAST, -(-len(text) // 2)) - 1, -1):
        forms = vocabulary.starting(text[:end])
        if forms:
            return by_frequency(forms, vocabulary) if len(forms) <= MOST_SCANNED else ()
    return ()


def _nearest_of_all(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The form most like a word by its pairs of letters, of those that begin like it; none that shares too little."""
    if not is_correctable(text):
        return ()
    forms = vocabulary.starting(text[:_BEGINNING])
    if len(forms) > MOST_COMPARED:
        forms = by_frequency(forms, vocabulary)[:MOST_COMPARED]
    own = _letter_pairs(text)
    alike = {form: 2 * len(own & (pairs := _letter_pairs(form))) / (len(own) + len(pairs)) for form in forms}
    found = [form for form in by_frequency(alike, vocabulary) if form.isalpha() and alike[form] >= _LIKENESS]
    return (max(found, key=alike.__getitem__),) if found else ()


def _letter_pairs(word: str) -> set[str]:
    return {one + other for one, other in pairwise(f"^{word}$")}
