"""A page in a story's place -> its kind: a check for robots, a question to answer first, "not found", maintenance.

Such a page is known by words where furniture stands (its title, its headings, most of its text) and by further
facts that agree: no dated article in its data, buttons that answer, hardly a link, hardly any text. A story may use
the same words.
"""

import re
from collections.abc import Sequence

from corpus.texts import about, joined
from corpus.texts import text as sentence
from crawler.body.words import wall_words as words
from crawler.extraction.kind_evidence import KindEvidence
from crawler.extraction.paywall import answers
from crawler.markup.blocks import Blocks
from crawler.markup.tags import HEADINGS
from crawler.text import Caseless, text_length, total_length
from crawler.values import PageKind

STUB = 1_200  # letters; a locked story shows less than this, an open one with a reminder more
LITTLE = 400  # letters; walls say less, and so do the shortest briefs
COVERED = 0.4  # of a heading; a phrase that is less of it belongs to somebody's headline
WHOLE = 0.75  # of a heading; such a heading says nothing else
MOST = 0.5  # of the text in paragraphs that use a wall's words
ASIDE = 200  # letters of other prose that may stand under a wall's heading
FEW_LINKS = 10  # a page of a site has a menu, and more links than this
MENU_LINKS = 30  # a wall under the site's menu has fewer
ENOUGH = 3  # facts that speak for a wall under the page's own headline
LEVELS = 2  # elements around a line, one of which may be the box of a wall
LINE = 60  # letters that a page must show to ask something by them
MAX_HEADINGS = 6

_WALLS = (
    (PageKind.CHALLENGE, sentence("asks to prove one is no robot"), words.ROBOT),
    (PageKind.SOFT_404, sentence("says the page is gone"), words.GONE),
    (PageKind.PAYWALL, sentence("asks for money or consent"), words.PUR),
    (PageKind.CHALLENGE, sentence("asks for consent"), words.CONSENT),
    (PageKind.CHALLENGE, sentence("asks for the reader's age"), words.AGE),
    (PageKind.CHALLENGE, sentence("asks for the reader's region"), words.REGION),
    (PageKind.CHALLENGE, sentence("asks to switch off an ad blocker"), words.ADBLOCK),
    (PageKind.CHALLENGE, sentence("asks to answer a survey"), words.SURVEY),
    (PageKind.CHALLENGE, sentence("asks to log in"), words.LOGIN),
    (PageKind.CHALLENGE, sentence("says the site is being worked on"), words.MAINTENANCE),
)
_OF_BRIEFS = frozenset({"no dated article", "hardly any text"})
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
        return _named_gone(blocks, evidence)
    text = chosen or judged or _unlinked(blocks)
    printed, headings = _headings(blocks, evidence)
    said = "\n".join((*headings, *(blocks.texts[n] for n in text)))
    for kind, what, phrases in _WALLS:
        if not phrases.may_be_in(said):
            continue
        covered, phrase = max((_covered(heading, phrases) for heading in headings), default=(0.0, ""))
        using = [n for n in text if phrases.search(blocks.texts[n])]
        if not using and covered < COVERED:
            continue
        share = _length(blocks, using) / max(_length(blocks, text), 1)
        other = _length(blocks, [n for n in chosen if n not in using])
        is_headed = (covered >= COVERED and other < ASIDE) or covered >= WHOLE
        if share < MOST and not is_headed:
            continue
        has_headline = _prints_headline(evidence, printed, phrases)
        if share < MOST and has_headline:  # a banner has a heading too, above a story that prints its own
            continue
        facts = _facts(evidence, body, is_missing=not has_headline and bool(_own(evidence, evidence.titles, phrases)))
        if has_headline and len(facts) == ENOUGH - 1 and _answers_beside(blocks, using):
            facts.append(sentence("a button or a field beside the words"))
        if _agree(facts, has_headline=has_headline) or (
            # A page that calls itself gone is believed with one fact, as long as its data names no article.
            kind is PageKind.SOFT_404 and covered >= WHOLE and "no dated article" in facts
        ):
            shown = phrase or next(found for n in using for found in _phrases(blocks.texts[n], phrases))
            return kind, about(what, sentence('"{words}" ({facts})', words=shown[:60], facts=joined(", ", facts)))
    shows_line = LINE <= body < ASIDE and evidence.links < MENU_LINKS  # a page of nothing waits for its scripts
    if evidence.asks and shows_line and evidence.titles and not _prints_headline(evidence, printed, None):
        return PageKind.CHALLENGE, sentence(
            "asks {n:,} things of the reader, and shows neither headline nor story", n=evidence.asks
        )
    return None


def _named_gone(blocks: Blocks, evidence: KindEvidence) -> tuple[PageKind, str] | None:
    """Return that a page says it is gone, however long the teasers below are; None where it does not.

    Its title and its first heading must say nothing else, and its data must name no article.
    """
    first = next((blocks.texts[n] for n in range(len(blocks)) if blocks.tag(n) in HEADINGS), None)
    if evidence.is_article or first is None:
        return None
    covered, phrase = _covered(first, words.GONE)
    if covered < WHOLE or all(
        _covered(part, words.GONE)[0] < WHOLE for title in evidence.titles for part in _parts(title)
    ):
        return None
    says, fact = sentence("says the page is gone"), sentence("no dated article")
    return PageKind.SOFT_404, about(says, sentence('"{words}" ({facts})', words=phrase[:60], facts=fact))


def may_have_wall(blocks: Blocks, judged: tuple[int, ...], evidence: KindEvidence) -> bool:
    """Whether a wall's words may be found on a page, whatever cleaning leaves of the blocks judged to be the story."""
    said = [*_headings(blocks, evidence)[1], *(blocks.texts[n] for n in judged or _unlinked(blocks))]
    whole = "\n".join(said)
    likely = [phrases for _, _, phrases in _WALLS if phrases.may_be_in(whole)]
    return any(phrases.is_in(text) for phrases in likely for text in said)


def _unlinked(blocks: Blocks) -> tuple[int, ...]:
    return tuple(n for n in range(len(blocks)) if blocks.link_chars[n] < MOST * len(blocks.texts[n]))


def _headings(blocks: Blocks, evidence: KindEvidence) -> tuple[list[str], list[str]]:
    """Return the headings that a page prints; and with them, before them, the parts of what it is called."""
    printed = [blocks.texts[n] for n in range(len(blocks)) if blocks.tag(n) in HEADINGS][:MAX_HEADINGS]
    return printed, [*(part for title in evidence.titles for part in _parts(title)), *printed]


def may_be_wall(body: str) -> bool:
    """Whether a story is short enough to be a wall or a stub."""
    return len(body) <= STUB and text_length(body) <= STUB  # a text says no less than its characters


def _facts(evidence: KindEvidence, body: int, *, is_missing: bool) -> list[str]:
    """Return the other facts that speak for a wall; `is_missing`: the page's headline is not printed."""
    facts = {
        sentence("no dated article"): not evidence.is_article and not evidence.is_dated,
        sentence("buttons that answer"): evidence.asks > 0 or any(map(words.ANSWER.search, evidence.buttons)),
        sentence("the headline is not printed"): is_missing,
        sentence("hardly a link"): evidence.links < FEW_LINKS,
        sentence("hardly any text"): body < LITTLE,
        sentence("asks not to be indexed"): evidence.noindex,
    }
    return [name for name, holds in facts.items() if holds]


def _answers_beside(blocks: Blocks, using: Sequence[int]) -> bool:
    """Whether the lines that use a wall's words stand in a box of their own, with a button or a field."""
    if not using or not blocks.nodes:
        return False
    at = blocks.owners[using[0]]
    for _ in range(LEVELS + 1):
        inside = range(blocks.first[at], blocks.end[at])
        if at <= 0 or _length(blocks, [n for n in inside if n not in using]) >= LINE:
            return False
        if any(map(answers, blocks.nodes[at].iter("button", "input"))):
            return True
        at = blocks.parents[at]
    return False


def _agree(facts: list[str], *, has_headline: bool) -> bool:
    """Whether facts are enough: two, one of which no brief shares; under a headline of its own three, with buttons."""
    if has_headline:
        return len(facts) >= ENOUGH and "buttons that answer" in facts
    return len(facts) >= 2 and not _OF_BRIEFS.issuperset(facts)


def _parts(title: str) -> list[str]:
    """The parts of a title: the page's name and its site's."""
    return [part for part in _SITE.split(title[:300]) if part.strip()]


def _phrases(text: str, phrases: Caseless) -> list[str]:
    return [text[match.start() : match.end()] for match in phrases.finditer(text)]


def _covered(heading: str, phrases: Caseless) -> tuple[float, str]:
    """Return how much of a heading is phrases of a wall, and the first of them."""
    found = _phrases(heading, phrases)
    return (sum(map(len, found)) / len(heading.strip()), found[0]) if found else (0.0, "")


def _own(evidence: KindEvidence, texts: Sequence[str], phrases: Caseless | None) -> list[str]:
    """Return the titles or headings that are no wall's; all of them when the page's data names a dated article."""
    if phrases is None or evidence.is_article:
        return list(texts)
    return [text for text in texts if all(_covered(part, phrases)[0] < COVERED for part in _parts(text))]


def _prints_headline(evidence: KindEvidence, printed: list[str], phrases: Caseless | None) -> bool:
    """Whether a title of the page is printed as a heading, whole or in part, and is no wall's; None: of no wall."""
    ones = [_joined(text) for text in _own(evidence, evidence.titles, phrases)]
    others = [_joined(text) for text in _own(evidence, printed, phrases)]
    return any(one and other and (other in one or other.startswith(one)) for one in ones for other in others)


def _joined(text: str) -> str:
    return "".join(_WORD.findall(text.casefold()))


def _length(blocks: Blocks, numbers: tuple[int, ...] | list[int]) -> int:
    return total_length([blocks.texts[n] for n in numbers])
