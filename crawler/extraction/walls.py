"""What stands in a story's place -> its kind: a check for robots, a question to answer first, "not found", maintenance.

Such a page is known by words where furniture stands (its title, its headings, most of its text) and by further
facts that agree: no dated article in its data, buttons that answer, hardly a link, hardly any text. A story may use
the same words.
"""

import re

from crawler.body import wall_words as words
from crawler.extraction.kind_evidence import KindEvidence
from crawler.markup.blocks import HEADINGS, Blocks
from crawler.text import text_length
from crawler.values import PageKind

STUB = 1_200  # letters; a locked story shows less than this, an open one with a reminder more
LITTLE = 400  # letters; walls say less, and so do the shortest briefs
COVERED = 0.4  # of a heading; a phrase that is less of it belongs to somebody's headline
WHOLE = 0.75  # of a heading; such a heading says nothing else
MOST = 0.5  # of the text in paragraphs that use a wall's words
ASIDE = 200  # letters of other prose that may stand under a wall's heading
FEW_LINKS = 10  # a page of a site has a menu, and more links than this
MAX_HEADINGS = 6

_WALLS = (
    (PageKind.CHALLENGE, "asks to prove one is no robot", words.ROBOT),
    (PageKind.SOFT_404, "says the page is gone", words.GONE),
    (PageKind.PAYWALL, "asks for money or consent", words.PUR),
    (PageKind.CHALLENGE, "asks for consent", words.CONSENT),
    (PageKind.CHALLENGE, "asks for the reader's age", words.AGE),
    (PageKind.CHALLENGE, "asks for the reader's region", words.REGION),
    (PageKind.CHALLENGE, "asks to answer a survey", words.SURVEY),
    (PageKind.CHALLENGE, "asks to log in", words.LOGIN),
    (PageKind.CHALLENGE, "says the site is being worked on", words.MAINTENANCE),
)
_WORD = re.compile(r"\w+")
_SITE = re.compile(r"\s+[|–—\-·•»]+\s+|\s?[|»]\s?")


def wall(
    blocks: Blocks, judged: tuple[int, ...], chosen: tuple[int, ...], evidence: KindEvidence
) -> tuple[PageKind, str] | None:
    """Return the kind of wall that stands in a story's place and what shows it; None when none does.

    Args:
        judged: The blocks judged to be the story, before cleaning: the wall's own, when there is no story.
        chosen: Those that cleaning left.
    """
    body = _length(blocks, chosen)
    if body > STUB:
        return None
    text = (
        chosen or judged or tuple(n for n in range(len(blocks)) if blocks.link_chars[n] < MOST * len(blocks.texts[n]))
    )
    printed = [blocks.texts[n] for n in range(len(blocks)) if blocks.tag(n) in HEADINGS][:MAX_HEADINGS]
    headings = [*_titles(evidence), *printed]
    for kind, what, phrases in _WALLS:
        covered, phrase = max((_covered(heading, phrases) for heading in headings), default=(0.0, ""))
        using = [n for n in text if phrases.search(blocks.texts[n])]
        share = _length(blocks, using) / max(_length(blocks, text), 1)
        other = _length(blocks, [n for n in chosen if n not in using])
        is_headed = (covered >= COVERED and other < ASIDE) or covered >= WHOLE
        # A banner has a heading too, above a story that prints its own.
        if share < MOST and (not is_headed or _prints_headline(evidence, printed, phrases)):
            continue
        if not phrase:
            found = phrases.search(blocks.texts[using[0]])
            phrase = found.group() if found else ""
        facts = _facts(evidence, printed, phrases, body)
        # A page that calls itself gone is believed with one fact, as long as its data names no article.
        if len(facts) >= 2 or (kind is PageKind.SOFT_404 and covered >= WHOLE and "no dated article" in facts):
            return kind, f'{what}: "{phrase[:60]}" ({", ".join(facts)})'
    return None


def may_be_wall(body: str) -> bool:
    """Whether a story is short enough to be a wall or a stub."""
    return text_length(body) <= STUB


def _facts(evidence: KindEvidence, printed: list[str], phrases: re.Pattern[str], body: int) -> list[str]:
    """What else speaks for a wall, each a fact of its own; `printed` are the page's headings."""
    facts = {
        "no dated article": not evidence.is_article and not evidence.is_dated,
        "buttons that answer": evidence.asks > 0 or any(map(words.ANSWER.search, evidence.buttons)),
        "the headline is not printed": bool(_named(evidence, phrases))
        and not _prints_headline(evidence, printed, phrases),
        "hardly a link": evidence.links < FEW_LINKS,
        "hardly any text": body < LITTLE,
        "asks not to be indexed": evidence.noindex,
    }
    return [name for name, holds in facts.items() if holds]


def _titles(evidence: KindEvidence) -> list[str]:
    """The parts of a page's titles: its name and its site's."""
    return [part for title in evidence.titles for part in _SITE.split(title[:300]) if part.strip()]


def _covered(heading: str, phrases: re.Pattern[str]) -> tuple[float, str]:
    """Return how much of a heading is phrases of a wall, and the first of them."""
    found = [match.group() for match in phrases.finditer(heading)]
    return (sum(map(len, found)) / len(heading.strip()), found[0]) if found else (0.0, "")


def _named(evidence: KindEvidence, phrases: re.Pattern[str]) -> list[str]:
    """The page's titles that are no wall's."""
    return [title for title in evidence.titles if not phrases.search(title)]


def _prints_headline(evidence: KindEvidence, printed: list[str], phrases: re.Pattern[str]) -> bool:
    """Whether one of the page's titles is printed as a heading, whole or in part, and is no wall's."""
    ones = [_joined(title) for title in _named(evidence, phrases)]
    others = [_joined(heading) for heading in printed if not phrases.search(heading)]
    return any(one and other and (other in one or other.startswith(one)) for one in ones for other in others)


def _joined(text: str) -> str:
    return "".join(_WORD.findall(text.casefold()))


def _length(blocks: Blocks, numbers: tuple[int, ...] | list[int]) -> int:
    return sum(text_length(blocks.texts[n]) for n in numbers)
