"""A page that reads as an article -> why it is a list, a shop's page or a forum's thread after all.

The learned judge of pages decides alone only where it is very sure. Where it is less sure, a fact of another kind must
agree: what the page's data says that it is, links to pages below its own address, a text that is made of dated posts or
of linked entries, or that linked lines cut into pieces shorter than a story. What its address names, and prices on a
page that nobody signs or dates, are known to the judge, and agree only beside another. Two facts of different kinds
that agree with each other need the judge least.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import numpy as np

from corpus.texts import joined, message, text
from crawler.body.model.frame import Frame
from crawler.discovery.path_words import index_word
from crawler.extraction.fields import Fields
from crawler.extraction.kind_evidence import KindEvidence
from crawler.extraction.page_features import Row, likely_blocks, page_features
from crawler.extraction.page_judge import likelihood, page_names
from crawler.extraction.page_pieces import Pieces, page_pieces
from crawler.extraction.page_structure import Group, Structure, page_structure
from crawler.markup.metadata import Metadata
from crawler.markup.tree import Gathered
from crawler.markup.view import PageView
from crawler.text import sets_no_stops, text_length

# Of bench/extraction/kinds.py, cross-validated by site; docs/benchmarks.md has what each costs and brings. Facts that
# are as good as each other share a limit: one for each fact would follow the few pages that have it. Beside each stands
# the likeliest of 1,202 articles with such facts that is not refused.
SURE = 0.92  # alone: 12 of 13, as a lost article outweighs 12 lists (bench/extraction/kinds.py)
LIMITS = {  # with facts that agree
    "certain": 0.0,  # an address and a text that say the same: no article, whatever the judge says
    "strong": 0.03,  # facts about how the page is made that no article has
    "two": 0.22,  # facts of two kinds: 0.08
    "one": 0.45,  # a fact that the judge knows nothing of: 0.34; stories of our own with false data are at 0.42
    "denied": 0.5,  # the page's data says that it is a story: as likely as not, 0.08
}
BY_JUDGE = text("reads as a list, a shop's page or a thread")
PRICES = 4  # lines that are prices
_LINES = float(np.log1p(PRICES))
BELOW, BELOW_SHARE = 6, 0.1  # links to pages below the page's own address, and their share of all its links
POSTS, POSTS_SHARE = 5, 0.75  # posts of one shape with a day each, and their share of the page's text
ENTRIES, ENTRIES_SHARE = 8, 0.8  # entries of one shape with a link each, and their share of the page's text
MADE_OF = 0.85  # of what reads as the story that stands in them
BESIDE, LINKED = 0.1, 0.9  # of the story that may stand in entries beside it, and of their text that must be links

# What a fact is about. Facts about the same thing are one fact; those that are not named here say how the text is made.
_ABOUT = {
    "stated": "data",
    **dict.fromkeys(("script", "named", "index"), "address"),
    **dict.fromkeys(("below", "beside"), "parts"),
}
_ALONE = {  # what a fact is worth without another
    **dict.fromkeys(("days", "beside"), "strong"),
    **dict.fromkeys(("stated", "script", "below", "pieces", "entries", "posts"), "one"),
}
SHORT = 1_200  # characters of verse or a brief, which has hardly more lines of its own than links beside it
OWN = 0.25  # of the text of a page that somebody signs and dates, which links may be
LEADS = 8  # links that a list, a shop or a forum has at least: the fewest of 259 of which the judge is so sure are 10
ENOUGH = 400  # letters of such a page without a date, as of any that only its text shows to be a story
_CUTS = frozenset({"cut", "dated", "days"})  # a short story before a list of goods is in short pieces as well
_LISTED = _CUTS | {"entries", "pieces"}
_THREAD = "discussionforumposting"
_ASKING = frozenset({"qapage", "question"})
_OFFERS = frozenset({"product", "productgroup", "offercatalog", "collectionpage", "course", "jobposting"})
_STORY = re.compile(r"article$|blogposting$|^report$")
_SCRIPT = re.compile(r"(?<![a-z])(?:viewtopic|showtopic|showthread|viewthread|viewforum|forumdisplay)(?![a-z])")
_PATH = re.compile(
    r"(?<![a-z])(?:forums?|foros?|foren|threads?|discussions?|questions?|community|products?|produkte?|productos?|produits?|prodott[oi]"
    r"|produtos?|producten|produkty|collections?|shop|store|tienda|boutique|negozio|loja|winkel|sklep|butik"
    r"|categor(?:y|ies|ias?|ie)|kategorien?|kategorier|comments|kommentare|commentaires|comentarios|commenti)(?![a-z])"
)
_FORUM_HOST = re.compile(r"^(?:forums?|foros?|community|bbs|boards?|discuss|shop|store|tienda|boutique)\d?\.")


@dataclass(frozen=True, slots=True)
class Doubt:
    """What speaks against a page that reads as an article.

    Attributes:
        reason: Why it is no story but a list, a shop's page or a thread; None when it may be one.
        note: What of the page was not looked at; None when nothing was left out.
    """

    reason: str | None = None
    note: str | None = None


def collection(
    view: PageView, parts: Gathered, frame: Frame, of_blocks: Sequence[float], fields: Fields, evidence: KindEvidence
) -> Doubt:
    """Return whether a page is no story but a list, a shop's page or a thread, and why.

    Args:
        parts: The elements of the page that several readers look for.
        frame: Of the page's blocks, of which there must be one.
        of_blocks: Of each block, how likely it is of the story.
    """
    chances = np.array(of_blocks)
    chosen = likely_blocks(chances)
    pieces = page_pieces(frame, chosen)
    is_story = states_story(view, evidence)
    if is_story and not pieces.are_many and not pieces.dated:
        return Doubt()
    address = view.page.address
    numbers = page_features(frame, chances, parts, address, said=said_of(fields, evidence))
    likely = likelihood(numbers, page_names(frame, view.tree, parts, address=address, metadata=view.metadata))
    if likely >= SURE and not is_story and not _is_authors_own(fields, view, numbers, len(parts.of("a"))):
        return Doubt(text("{what} ({n:.2f} likely)", what=BY_JUDGE, n=likely))
    if likely < LIMITS["strong"] and not _of_page(view.metadata, address, numbers):  # whatever agrees
        return Doubt()
    structure = page_structure(frame, chosen, view.tree, address)
    note = text("{n:,} of its links were not looked at", n=structure.unread) if structure.unread else None
    found = agreed(view.metadata, address, numbers, structure=structure, pieces=pieces)
    fact = decisive(found, is_story=is_story, is_signed=is_signed(numbers))
    if fact is None or likely < LIMITS[fact]:
        return Doubt(note=note)
    because = text("{what} ({n:.2f} likely; {facts})", what=BY_JUDGE, n=likely, facts=joined(", ", found.values()))
    return Doubt(because, note)


def _is_authors_own(fields: Fields, view: PageView, numbers: Row, leads: int) -> bool:
    """Whether a page that looks like a list is somebody's own: verse, a brief before links to other stories.

    A short one is dated, and neither leads a line of its text elsewhere nor has it a price; or somebody signs it, and
    few do. A longer or an undated one has a headline and no price, and leads nowhere; in a script that sets no full
    stops it may lead on. The judge, which knows little verse and few such scripts, may not throw it away alone.

    Args:
        leads: The page's links.
    """
    size = sum(len(view.blocks.texts[n]) for n in view.chosen)
    links = sum(view.blocks.link_chars[n] for n in view.chosen)
    if leads < LEADS and fields.headline and not numbers["prices"] and links < OWN * size:
        return fields.published is not None or sum(text_length(view.blocks.texts[n]) for n in view.chosen) >= ENOUGH
    if sets_no_stops("".join(view.blocks.texts[n] for n in view.chosen)):
        is_story = fields.published is not None or size >= ENOUGH
        return is_story and bool(fields.headline) and not numbers["prices"] and links < OWN * size
    if fields.published is None or not 0 < size < SHORT:
        return False
    return not (links or numbers["prices"]) or (bool(fields.authors) and links < OWN * size)


def decisive(facts: Collection[str], *, is_story: bool = False, is_signed: bool = False) -> str | None:
    """Return the key of `LIMITS` with the lowest limit that these facts give; None when they decide nothing.

    Args:
        is_story: Whether the page's data says that it is a story. Only what cuts its text may deny that.
        is_signed: Of the page. The judge reads the words of the address as well, so that a round-up which is signed
            must not be refused at a low limit by a word of its address.
    """
    if is_story:
        return "denied" if not _CUTS.isdisjoint(facts) else None
    found = [_ALONE[fact] for fact in facts if fact in _ALONE]
    about = {_ABOUT.get(fact, "text") for fact in facts}
    if len(about) > 1 or {"pieces", "dated"} <= set(facts):
        found.append("two")
    if "cut" in facts and "parts" in about:
        found.append("strong")
    if ("cut" in facts or "dated" in facts) and "address" in about and not is_signed:
        found.append("strong")
    if "posts" in facts and not about.isdisjoint({"address", "data"}):
        found.append("certain")
    if "index" in facts and not _LISTED.isdisjoint(facts) and not is_signed:
        found.append("certain")
    return min(found, key=LIMITS.__getitem__, default=None)


def agreed(metadata: Metadata, address: str, numbers: Row, *, structure: Structure, pieces: Pieces) -> dict[str, str]:
    """Return what speaks against a story beside the judge: a fact -> its words.

    A fact that is not in `_ALONE` decides nothing without another.
    """
    facts = {
        **_of_page(metadata, address, numbers),
        "below": _below(numbers, structure),
        "beside": _beside(numbers, structure.entries),
        "posts": _made_of(structure.posts, message("made of {n:,} posts with a day each"), POSTS, POSTS_SHARE),
        "entries": _made_of(
            structure.entries, message("made of {n:,} linked entries of one shape"), ENTRIES, ENTRIES_SHARE
        ),
        **_cut(numbers, pieces),
    }
    if facts["entries"]:
        facts["posts"] = None
    return {name: words for name, words in facts.items() if words}


def _of_page(metadata: Metadata, address: str, numbers: Row) -> dict[str, str]:
    """Return what the page's data and its address say: a fact -> its words."""
    script = _SCRIPT.search(urlsplit(address).path.lower()[:1_000])
    index = index_word(address)
    facts = {
        "stated": _stated(metadata, numbers),
        "script": text('its address names "{word}"', word=script[0]) if script else None,
        "named": _named(address, numbers) if not script else None,
        "index": text('its address ends in "{word}"', word=index) if index else None,
    }
    return {name: words for name, words in facts.items() if words}


def said_of(fields: Fields, evidence: KindEvidence) -> Row:
    """Return what was read of a page besides its blocks, as numbers."""
    return {
        "dated": evidence.is_dated,
        "authors": len(fields.authors),
        "byline": bool(fields.byline),
        "headline_words": len((fields.headline or "").split()),
    }


def is_signed(numbers: Row) -> bool:
    """Return whether a page has an author, or a day in its address."""
    return bool(numbers["authors"] or numbers["day_in_path"])


def states_story(view: PageView, evidence: KindEvidence) -> bool:
    """Return whether the page's JSON-LD says that it is an article of a day.

    The judge is asked about such a page only when linked lines cut its text.
    """
    return evidence.is_article and any(map(_STORY.search, view.metadata.story.types))


def _stated(metadata: Metadata, numbers: Row) -> str | None:
    """Return what the page's data says that it is, when it does not say that it is a story as well."""
    types = metadata.story.types
    if not any(map(_STORY.search, types)):
        if _THREAD in types:
            return text("says it is a post of a thread")
        if types & _ASKING:
            return text("says it asks and answers")
        if types & _OFFERS:
            return text("says it is an offer")
        if any(name.endswith("business") for name in types) and not numbers["dated"] and not is_signed(numbers):
            return text("says it is of a business, and neither author nor day")
    of_type = (metadata.value("og:type") or "").lower()
    if of_type.startswith("product") or any(name.startswith("product:") for name in metadata.metas):
        return text("says it is a product")
    return None


def _named(address: str, numbers: Row) -> str | None:
    """Return a word of the page's address that names a list or a thread, or what its prices say."""
    parts = urlsplit(address)
    named = _PATH.search(parts.path.lower()[:1_000]) or _FORUM_HOST.search(parts.hostname or "")
    if named:
        return text('its address names "{word}"', word=named[0].strip("."))
    if numbers["price_lines"] >= _LINES and not numbers["dated"] and not numbers["authors"]:
        return text("prices, and neither author nor day")
    return None


def _below(numbers: Row, structure: Structure) -> str | None:
    """Say how many pages stand below the page; a signed story may have parts."""
    if structure.below < BELOW or structure.below_share < BELOW_SHARE:
        return None
    if is_signed(numbers):
        return None
    return text("{n:,} links to pages below its own address", n=structure.below)


def _beside(numbers: Row, entries: Group) -> str | None:
    """Say how much of a page is linked entries that its text only introduces; a story may be shorter than what is
    beside it, but has a day or an author."""
    if entries.count < ENTRIES or entries.share < ENTRIES_SHARE or entries.of_story > BESIDE or entries.linked < LINKED:
        return None
    if numbers["dated"] or is_signed(numbers):
        return None
    return text(
        "{n:,} linked entries beside its text are {share:.0%} of the page", n=entries.count, share=entries.share
    )


def _made_of(group: Group, words: str, least: int, share: float) -> str | None:
    if group.count < least or group.share < share or group.of_story < MADE_OF:
        return None
    return text(words, n=group.count)


def _cut(numbers: Row, pieces: Pieces) -> dict[str, str | None]:
    """Say how linked lines cut the text, and whether its entries are dated one by one while the page has no day."""
    lines = pieces.lines
    dated = "dated" if numbers["dated"] or numbers["day_in_path"] else "days"
    return {
        "pieces": text("{n:,} linked lines leave pieces of up to {letters:,} letters", n=lines, letters=pieces.longest)
        if pieces.are_short
        else None,
        "cut": text("{n:,} linked lines leave pieces of up to {share:.0%} of its text", n=lines, share=pieces.share)
        if pieces.are_many
        else None,
        dated: text("{n:,} entries with a link and a day each", n=pieces.dated) if pieces.dated else None,
    }
