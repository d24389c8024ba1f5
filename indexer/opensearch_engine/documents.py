"""Document -> what OpenSearch is given of it; and what it is given -> the forms of an article.

A text is given as its forms, already made: the positions parted by blanks, the forms of one position by bars, so the
cluster has nothing to analyse and a word means the same as in the other engines.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from indexer.analysis.joined import placed_forms
from indexer.analysis.proximity import Places
from indexer.contract.bars import buckets
from indexer.contract.facets import FACETS
from indexer.contract.protocol import Document
from indexer.contract.ranking import WEIGHTS
from indexer.contract.values import Interval, TextField
from indexer.opensearch_engine.mapping import ALL, BESIDE, HOSTS

MAX_POSITIONS = 1 << 20  # forms indexed of one text, as in the other engine
MAX_KEY = 8_000  # bytes of a facet's key: Lucene refuses a term of four times that


def source(document: Document) -> dict[str, Any]:
    """Return the fields of one article; what it does not say is left out."""
    texts = {field: placed(getattr(document, field.value)) for field in TextField}
    found: dict[str, Any] = {field.value: text for field, text in texts.items() if text}
    found[ALL] = [texts[field] for field in TextField if texts[field] for _ in range(round(WEIGHTS[field]))]
    for name, keys in document.facets.items():
        found[name.value] = [_cut(key) for key in keys]
        if FACETS[name].by_host:
            found[HOSTS] = sorted({part for key in keys for part in _hosts(key)})
    found["id"] = document.id
    found["leader"] = document.copy_of or document.id
    found["copy"] = document.copy_of
    for date, minute in (("published", document.published), ("added", document.added)):
        found[date] = minute
        found[f"{date}_month"] = None if minute is None else month(minute)
    return {str(name): value for name, value in found.items() if value not in (None, [], "")}


def placed(text: str) -> str:
    """Return the forms of a text as OpenSearch is given them."""
    if not text:
        return ""
    found, joined = placed_forms(text)
    del found[MAX_POSITIONS:]
    for position, form in joined:
        if position < len(found):
            found[position] += BESIDE + form
    return " ".join(found)


def places(given: str) -> Places:
    """Return form -> its positions, of a text as it was given."""
    found: dict[str, list[int]] = {}
    for position, forms in enumerate(given.split(" ") if given else ()):
        for form in forms.split(BESIDE):
            found.setdefault(form, []).append(position)
    return found


def every_form(fields: Mapping[str, Any]) -> Iterator[str]:
    """Yield the forms of an article as they stand, as often as they stand."""
    for field in TextField:
        for forms in str(fields.get(field.value, "")).split():
            yield from forms.split(BESIDE)


def month(minute: int) -> int:
    """Return the months from 1970-01 to a local minute."""
    import numpy as np

    return int(buckets(np.array([minute]), Interval.MONTH)[0])


def _hosts(key: str) -> Iterator[str]:
    """A host and all it is a subdomain of."""
    parts = key.split(".")
    for at in range(len(parts)):
        yield ".".join(parts[at:])


def _cut(key: str) -> str:
    return key if len(key) * 4 <= MAX_KEY else key.encode()[:MAX_KEY].decode("utf-8", "ignore")
