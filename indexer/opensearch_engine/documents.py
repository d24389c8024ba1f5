"""Document -> what OpenSearch is given of it; and what it is given -> the forms of an article.

A text is given as its forms, already made: the positions parted by blanks, the forms of one position by bars, so the
cluster has nothing to analyse and a word means the same as in the other engines.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from indexer.analysis.joined import MAX_POSITIONS, placed_forms
from indexer.analysis.proximity import Places
from indexer.contract.bars import buckets
from indexer.contract.facets import FACETS
from indexer.contract.protocol import Document
from indexer.contract.ranking import LENGTH, WEIGHTS
from indexer.contract.values import Interval, TextField
from indexer.opensearch_engine.mapping import ALL, ARTICLE, BESIDE, HOSTS, SCALE
from indexer.results.article_record import packed

ID_BITS = 40  # of an article's id in its store; the bits above are the store's
MAX_KEY = 8_000  # bytes of a facet's key: Lucene refuses a term of four times that


Averages = Mapping[str, float]  # field -> the usual length of its text, in forms, where there is one


def first_id(store: str) -> int:
    """Return the first of the ids of a store's articles in the cluster, where no other store's are."""
    number = int.from_bytes(sha256(store.encode()).digest()[:3], "big") >> 2  # of four million
    return max(1, number) << ID_BITS


def own_id(id: int) -> int:
    """Return an article's id in its own store."""
    return id & ((1 << ID_BITS) - 1)


def source(document: Document, averages: Averages, first: int) -> dict[str, Any]:
    """Return the fields of one article; what it does not say is left out.

    Args:
        first: Where the ids of its store begin in the cluster.
    """
    texts = {field: placed(getattr(document, field.value)) for field in TextField}
    found: dict[str, Any] = {field.value: text for field, text in texts.items() if text}
    found[ALL] = " ".join(_weighted(texts, averages))
    for name, keys in document.facets.items():
        found[name.value] = [_cut(key) for key in keys]
        if FACETS[name].by_host:
            found[HOSTS[name]] = sorted({part for key in keys for part in _hosts(key)})
    found["id"] = first + document.id
    found["leader"] = first + (document.copy_of or document.id)
    found["copy"] = first + document.copy_of if document.copy_of else None
    found[ARTICLE] = _shown(document)
    for date, minute in (("published", document.published), ("added", document.added)):
        found[date] = minute
        found[f"{date}_month"] = None if minute is None else month(minute)
    if document.published is not None:
        found["latest"] = document.published + document.span
    if document.stored is not None:
        found |= {"mark": document.stored.mark, "url": document.stored.article.url}
    return {str(name): value for name, value in found.items() if value not in (None, [], "", {})}


def texts(article: Mapping[str, Any]) -> dict[TextField, Places]:
    """Return the forms of each text of an article, from what the index holds to show of it."""
    signed = ", ".join(who["name"] for who in article.get("signed", ()))
    given = {
        TextField.HEADLINE: article.get("headline", ""),
        TextField.STANDFIRST: article.get("standfirst", ""),
        TextField.BODY: article.get("text", ""),
        TextField.BYLINE: article.get("byline") or signed,
    }
    return {field: places(placed(text)) for field, text in given.items()}


def _shown(document: Document) -> dict[str, Any]:
    """What the index holds to show of an article, and to say how often its words stand in it."""
    if document.stored is not None:
        return packed(document.stored)
    names = {"headline": document.headline, "standfirst": document.standfirst, "byline": document.byline}
    return {name: text for name, text in (*names.items(), ("text", document.body)) if text}


def lengths(document: Document) -> dict[str, int]:
    """Return the number of forms in each text of an article that has any."""
    return {field.value: len(forms) for field in TextField if (forms := placed(getattr(document, field.value)).split())}


def _weighted(texts: Mapping[TextField, str], averages: Averages) -> list[str]:
    """Each form with what it counts in all texts together: BM25F's weighted frequency, lengths taken out (SCALE)."""
    counts: dict[str, float] = {}
    for field, text in texts.items():
        own = Counter(text.replace(BESIDE, " ").split())
        length = own.total()
        usual = max(1.0, averages.get(field.value, float(length)))
        one = WEIGHTS[field] / (1 - LENGTH[field] + LENGTH[field] * length / usual)
        counts |= {form: counts.get(form, 0.0) + one * often for form, often in own.items()}
    return [f"{form}{BESIDE}{round(count * SCALE) or 1}" for form, count in counts.items()]


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


def every_form(fields: Mapping[str, Any]) -> set[str]:
    """Return the forms of an article."""
    return set(" ".join(str(fields.get(field.value, "")) for field in TextField).replace(BESIDE, " ").split())


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
