"""The spans of a text that fit it -> what is stored beside it, and that read back with a check."""

import logging
from dataclasses import replace

from corpus.events import event
from corpus.model import Article
from corpus.store.file.rows import Texts
from corpus.structure.checking import fitting, problem
from corpus.structure.comparing import differ
from corpus.structure.packing import unpacked
from corpus.structure.values import Span
from corpus.texts import texts as sentences

_UNREADABLE = (ValueError, TypeError, LookupError, RecursionError, StopIteration)

log = logging.getLogger(__name__)


def fitted(article: Article) -> Article:
    """Return an article without those of its spans that do not fit its text, with how many they are as a fact.

    They are a fault of the extractor; the log says what is wrong with the first.
    """
    wrong = None if article.structure is None else problem(article.structure, article.body)
    if wrong is None or article.structure is None:
        return article
    spans, count = fitting(article.structure, article.body)
    if not count:  # they stood in another order
        return replace(article, structure=spans)
    event(log, "spans left out", level=logging.WARNING, url=article.url, count=count, problem=wrong)
    unfit = sentences(
        "without {n:,} part that does not fit the text", "without {n:,} parts that do not fit the text", count
    )
    fact = ", ".join(filter(None, (article.facts.get("structure"), unfit)))
    return replace(article, structure=spans, facts={**article.facts, "structure": fact})


def read(texts: Texts) -> tuple[Span, ...] | None:
    """Return the spans of a text; None: they were not read.

    Raises:
        ValueError: They are not as they were stored, or not of this text.
    """
    if texts.structure is None:
        return None
    try:
        spans = unpacked(texts.structure, texts.body)
    except _UNREADABLE as error:
        raise ValueError(f"its structure cannot be read: {error}") from None
    if wrong := problem(spans, texts.body):
        raise ValueError(wrong)
    return spans


def is_whole(texts: Texts) -> bool:
    """Whether the spans of a revision whose text is whole are those that were stored."""
    try:
        read(texts)
    except ValueError:
        return False
    return True


def is_other(stored: Texts | None, article: Article) -> bool:
    """Whether a reading says that the stored text is set otherwise; False where it does not say.

    The query of an image's address does not count: servers of pictures sign it again at every visit.
    """
    if article.structure is None:
        return False
    if stored is None or stored.structure is None:
        return True
    try:
        return differ(unpacked(stored.structure, stored.body), article.structure)
    except _UNREADABLE:
        return True
