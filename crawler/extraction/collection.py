"""A page that reads as an article -> why it is a list, a shop's page or a forum's thread after all.

The learned judge of pages decides alone only where it is very sure. Where it is less sure, a fact of another kind must
agree: what the page's data says that it is, what its address names, prices on a page that nobody signs or dates.
"""

import re
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from crawler.body.model.frame import Frame
from crawler.extraction.fields import Fields
from crawler.extraction.kind_evidence import KindEvidence
from crawler.extraction.page_features import Row, page_features
from crawler.extraction.page_judge import likelihood
from crawler.extraction.page_names import page_names
from crawler.markup.view import PageView

# Of bench/extraction/kinds.py, cross-validated by site; docs/benchmarks.md has what each costs and brings.
SURE = 0.92  # alone
STATED = 0.45  # with what the page's data says; at 0.16, stories whose data is false would be refused
AGREED = 0.82  # with its address or its prices
BY_JUDGE = "reads as a list, a shop's page or a thread"
PRICES = 4  # lines that are prices
_LINES = float(np.log1p(PRICES))

_THREADS = frozenset({"discussionforumposting", "qapage", "question"})
_SHOPS = frozenset({"product", "productgroup", "offercatalog", "collectionpage"})
_STORY = re.compile(r"article$|blogposting$|^report$")
_PATH = re.compile(
    r"(?<![a-z])(?:forums?|foros?|foren|threads?|viewtopic|showtopic|showthread|viewthread|viewforum|forumdisplay|discussions?|questions?|community|products?|produkte?|productos?|produits?|prodott[oi]"
    r"|produtos?|producten|produkty|collections?|shop|store|tienda|boutique|negozio|loja|winkel|sklep|butik"
    r"|categor(?:y|ies|ias?|ie)|kategorien?|kategorier)(?![a-z])"
)
_FORUM_HOST = re.compile(r"^(?:forums?|foros?|community|bbs|boards?|discuss|shop|store|tienda|boutique)\d?\.")


def collection(
    view: PageView, frame: Frame, chances: NDArray[np.float64], fields: Fields, evidence: KindEvidence
) -> str | None:
    """Return why a page is no story but a list, a shop's page or a thread; None when it may be one.

    Args:
        frame: Of the page's blocks, of which there must be one.
        chances: Of each block, how likely it is of the story.
    """
    if states_story(view, evidence):
        return None
    numbers = page_features(frame, chances, view.tree, view.page.address, said=said_of(fields, evidence))
    likely = likelihood(numbers, page_names(view.blocks, view.tree, view.page.address, view.metadata))
    fact = None
    if likely < SURE:
        fact = stated(view) if likely >= STATED else None
        if fact is None and likely >= AGREED:
            fact = agreed(view.page.address, numbers)
        if fact is None:
            return None
    return f"{BY_JUDGE} ({likely:.2f} likely{f'; {fact}' if fact else ''})"


def said_of(fields: Fields, evidence: KindEvidence) -> Row:
    """Return what was read of a page besides its blocks, as numbers."""
    return {
        "dated": evidence.is_dated,
        "authors": len(fields.authors),
        "byline": bool(fields.byline),
        "headline_words": len((fields.headline or "").split()),
    }


def states_story(view: PageView, evidence: KindEvidence) -> bool:
    """Return whether the page's JSON-LD says that it is an article of a day; the judge is not asked about such."""
    return evidence.is_article and any(map(_STORY.search, view.metadata.story.types))


def stated(view: PageView) -> str | None:
    """Return what the page's data says that it is, when it does not say that it is a story as well."""
    types = view.metadata.story.types
    if not any(map(_STORY.search, types)):
        if types & _THREADS:
            return "says it is a thread"
        if types & _SHOPS:
            return "says it is a shop's page"
    of_type = (view.metadata.value("og:type") or "").lower()
    if of_type.startswith("product") or any(name.startswith("product:") for name in view.metadata.metas):
        return "says it is a product"
    return None


def agreed(address: str, numbers: Row) -> str | None:
    """Return what speaks against a story beside the judge: a word of the page's address, or its prices."""
    parts = urlsplit(address)
    named = _PATH.search(parts.path.lower()[:1_000]) or _FORUM_HOST.search(parts.hostname or "")
    if named:
        return f'its address names "{named[0].strip(".")}"'
    if numbers["price_lines"] >= _LINES and not numbers["dated"] and not numbers["authors"]:
        return "prices, and neither author nor day"
    return None
