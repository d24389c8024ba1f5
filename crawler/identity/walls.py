"""A page where a story was expected -> why it is a wall in its place (consent, login, maintenance ...), or None.

No fact decides alone, and no word of the page counts: walls are written in any language. What counts is where the
answer came from, what other addresses of the source answered, and what a story has and a wall has not.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from corpus.model import Article, FrontierEntry, Hints
from corpus.people.names import fold
from corpus.texts import joined, text
from crawler.text import text_length

SHORT = 1_000  # letters (`text_length`); a longer text with a form beside it is no mere form
MANY = 2  # other addresses that answered with the same text, so that it is hardly theirs
MIN_WORD = 4  # characters of a word by which a headline is known
SHARE = 0.5  # of the words of a story's headline, or of its address, that its page has at least
SUMMARY_SHARE = 0.2  # likewise, of the words of what a feed says of it, which an editor may rewrite
MIN_SUMMARY_WORDS = 6
# Words with other letters than ASCII's that are remembered, some 2 MB: a language has few, many times over.
KNOWN = 8_192
MAX_KNOWN = 30  # characters of such a word
LITTLE = 400  # letters; a wall without a form says less
LATIN = 0.5  # share of a page's words in Latin letters from which an address may spell them
MAX_SEARCHED = 500_000  # bytes of a page in which a form is looked for

_FORM = re.compile(rb"<(?:form|button|input|select)[\s>/]", re.IGNORECASE)
_WORD = re.compile(rf"[^\W\d_]{{{MIN_WORD},}}")
_SPELLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})  # "fähre" is "faehre" in addresses
# What parts words beside white space; a point parts none for sure, nor does what folding changes.
_PARTING = ',;:!?()[]{}"/|-«»„“”–—…'
_ASCII_WORD = re.compile(rf"[a-z]{{{MIN_WORD},}}")
_HINTED = frozenset({"feed", "sitemap", "news-sitemap", "url", "import"})  # origins of a date that is not the page's


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What speaks for a wall in place of a story.

    Attributes:
        carried: A redirect led away, and its target carries the address that was asked for.
        shared: Other addresses whose redirects ended at the same place.
        twins: How many other addresses of the source have this text.
        headline: The page lacks the headline that feeds give the story, or what they say of a story without a headline;
            None: no feed named it.
        slug: The page lacks all words of its address; None: the address has no words.
        own: The page has most words of its address, so that it is that address's story, whatever feeds call it.
        bare: The page itself gives neither a date nor an author.
        form: It is little text with a form.
        little: It is less text than stories have, with or without a form.
    """

    carried: bool = False
    shared: int = 0
    twins: int = 0
    headline: bool | None = None
    slug: bool | None = None
    own: bool = False
    bare: bool = False
    form: bool = False
    little: bool = False

    @property
    def absent(self) -> bool:
        """Whether the page lacks the words of its story: of the headline in its feed, else of its address."""
        return not self.own and bool(self.slug if self.headline is None else self.headline)

    @property
    def strong(self) -> int:
        """Count the facts about the way to the page that speak for a wall; one place and one text count once."""
        return self.carried + (self.shared > 0 or self.twins > 0)

    @property
    def weak(self) -> int:
        """Count the facts about the page itself that speak for a wall."""
        return self.absent + self.bare + self.form

    @property
    def unproven(self) -> bool:
        """Whether nothing on the page speaks for its being the story."""
        return self.absent and self.bare


def wall(evidence: Evidence, *, redirected: bool) -> str | None:
    """Return the facts that show a page to be a wall in place of its story, or None."""
    strong, weak = evidence.strong, evidence.weak
    if redirected:
        found = strong > 1 or (strong == 1 and weak > 0) or weak > 2
    else:
        found = (evidence.twins > 0 and evidence.absent and weak > 1) or (evidence.twins >= MANY and weak > 1)
        found = found or (evidence.absent and bool(evidence.headline) and weak > 2)
    return describe(evidence) if found else None


def describe(evidence: Evidence) -> str:
    """Return the facts as a sentence."""
    parts = (
        (evidence.carried, text("the redirect carries the address it came from")),
        (evidence.shared > 0, text("{n:,} other addresses lead to the same place", n=evidence.shared)),
        (evidence.twins > 0, text("{n:,} other addresses tell the same text", n=evidence.twins)),
        (evidence.absent and bool(evidence.headline), text("what its feed calls it is not on the page")),
        (evidence.absent and evidence.headline is None, text("no word of its address is on the page")),
        (evidence.bare, text("the page has neither date nor author")),
        (evidence.form, text("little text beside a form")),
    )
    return joined(", ", [fact for holds, fact in parts if holds])


def gather(
    entry: FrontierEntry,
    landed: str | None,
    article: Article,
    content: bytes,
    *,
    words: frozenset[str],
    shared: int,
    twins: int,
) -> Evidence:
    """Collect what speaks for a wall.

    Args:
        landed: Where redirects ended, None when the address answered itself.
        words: `words_on(article)`, which takes long.
        shared, twins: As in `Evidence`.
    """
    by_address, length = _slug_words(entry.url, words), text_length(article.body)
    return Evidence(
        carried=landed is not None and _carries(landed, entry.address),
        shared=shared,
        twins=twins,
        headline=_is_unnamed(entry.hints, words),
        slug=_is_absent(by_address, words, 0.01),
        own=_is_absent(by_address, words, SHARE) is False,
        bare=is_bare(article),
        little=length < LITTLE,
        form=length < SHORT and _FORM.search(content[:MAX_SEARCHED]) is not None,
    )


def _is_unnamed(hints: Hints, words: frozenset[str]) -> bool | None:
    if hints.headline is not None:
        return _is_absent(_headline_words(hints), words, SHARE)
    said = words_of(hints.summary or "")
    return _is_absent(said, words, SUMMARY_SHARE) if len(said) >= MIN_SUMMARY_WORDS else None


def is_bare(article: Article) -> bool:
    """Whether a page itself names no author and no day; a feed's hints do not count."""
    dated = article.published is not None and article.published.origin not in _HINTED
    signed = bool(article.authors) and not article.facts.get("authors", "").startswith("feed")
    return not dated and not signed


def tells_of(url: str, hints: Hints, words: frozenset[str]) -> bool:
    """Whether a page with these words tells the story of an address: its feed's headline, or its words, stand there."""
    return any(_is_absent(known, words, SHARE) is False for known in (_headline_words(hints), _slug_words(url, words)))


def tells_rather_of(there: str, here: str, words: frozenset[str]) -> bool:
    """Whether a page tells the story of an address, not that of another: of the words in which they differ."""
    one, other = _words_of_last(there), _words_of_last(here)
    alone, against = one - other, other - one
    return bool(alone and against) and not against & words and _is_absent(alone, words, SHARE) is False


def has_no_word_of(url: str, words: frozenset[str]) -> bool:
    """Whether an address has words and none of them is among these."""
    return _is_absent(_slug_words(url, words), words, 0.01) is True


def words_on(article: Article) -> frozenset[str]:
    """Return the longer words of a story as its page tells it, folded."""
    return words_of(f"{article.headline or ''} {article.standfirst or ''} {article.body}")


def words_of(written: str) -> frozenset[str]:
    """Return the longer words of a text, folded; of words with umlauts the spelling of addresses, too."""
    known = written[:100_000].casefold()
    for mark in _PARTING:
        known = known.replace(mark, " ")
    bare = known.replace("’", "").replace("'", "").replace("‘", " ").replace("\u00a0", " ")  # as folding has them
    if bare.isascii() and "_" not in bare:  # as below, in one pass
        return frozenset(_ASCII_WORD.findall(bare))
    words: list[str] = []
    for part in set(known.split()):
        if not (part.isascii() and part.isalpha()):
            words += (_known_parts if len(part) <= MAX_KNOWN else _words_of_part)(part)
        elif len(part) >= MIN_WORD:  # folding would not change such a word
            words.append(part)
    return frozenset(words)


def _words_of_part(part: str) -> list[str]:
    """Return the longer words of what stands between two spaces, folded, in each of its spellings."""
    words, spelled = _WORD.findall(fold(part)), part.translate(_SPELLED)
    return words if spelled == part else words + _WORD.findall(fold(spelled))


_known_parts = lru_cache(KNOWN)(_words_of_part)


def _is_absent(wanted: Collection[str], words: frozenset[str], share: float) -> bool | None:
    if not wanted:
        return None
    return sum(word in words for word in wanted) < share * len(wanted)


def _headline_words(hints: Hints) -> frozenset[str]:
    return words_of(hints.headline or "")


def _slug_words(url: str, words: Collection[str]) -> frozenset[str]:
    """Return the words of an address's last part, when it has three or more; an address is no sentence else.

    None of them when the address is in Latin letters and `words`, those of a page, are not: it spells them otherwise.
    """
    found = _words_of_last(url)
    if len(found) < 3 or (all(map(str.isascii, found)) and sum(map(str.isascii, words)) < LATIN * len(words)):
        return frozenset()
    return found


def _words_of_last(url: str) -> frozenset[str]:
    segments = [segment for segment in unquote(urlsplit(url).path).split("/") if segment]
    return words_of(segments[-1].replace("-", " ").replace("_", " ")) if segments else frozenset()


def _carries(landed: str, requested: str) -> bool:
    """Whether the query of a redirect's target holds the address, or the path, that was asked for."""
    path, query = urlsplit(requested).path, urlsplit(landed).query
    return len(path) > 1 and path in unquote(unquote(query))
