"""The text of an article, its words and passages marked, whatever blocks and links they stand in."""

import re
from dataclasses import replace

from corpus.structure.values import Span, SpanKind
from indexer.contract.values import Reading
from indexer.query.query import TermClause
from tests.indexer.results.structured import BODY, STRUCTURE
from tests.web.corpus import COUNCIL
from web.articles.finding import MarkedText, found

TEXT = "see the flood defences now"


def shown(body: str, structure: tuple[Span, ...] | None, words: str, passages: tuple[tuple[int, int, int], ...] = ()) -> MarkedText:
    article = replace(COUNCIL, body=body, structure=structure)
    return found(article, [reading(word) for word in words.split()], passages)


def seen(made: MarkedText) -> str:
    return re.sub(r"<[^>]*>", "", "".join(made.blocks))
