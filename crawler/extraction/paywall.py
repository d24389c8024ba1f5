"""A story's blocks and what stands after them -> whether only its beginning is shown.

A phrase counts where furniture stands, and with one more fact: the page's data says so, the text breaks off, a box is
named so, a second phrase, a button. Without a phrase the text must break off, and an offer must stand after it.
A line in a box after the story that is named a wall is such a phrase in its box when it asks to subscribe or log in,
or when the box has a field or a button: in whatever language. What stands beyond such a box, outside of the element
that holds both it and the beginning, is none of the story.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice

from lxml import etree

from corpus.characters import STOPS, SURE_STOPS
from corpus.texts import joined
from corpus.texts import text as sentence
from crawler.body.rules.named import is_named, kinds_of, named_so
from crawler.body.words import wall_words as words
from crawler.body.words.box_words import ANY_LETTER
from crawler.discovery.path_words import SERVICE
from crawler.extraction.kind_evidence import KindEvidence
from crawler.markup.blocks import Blocks
from crawler.text import CLOSING, needs_no_stop, text_length, total_length

STUB = 1_200  # letters; a locked story shows less than this, an open one with a reminder more
BESIDE = 2_400  # letters of a locked story and of teasers beyond its wall that were taken for text
SHOWN_WHOLE = 600  # letters; some papers say of every story that it is locked, of short ones shown whole too
SHORT = 500  # characters; a longer block is no line of an offer
PROSE = 80  # letters; a shorter line without a stop does not break off
BEHIND = 8  # blocks after the story in which its offer stands
LINKED, BUTTON = 0.8, 40  # share of a line that is a link, and its characters: what leads from an offer
LETTER = 60  # characters of a line about the paper's letter alone; a longer one may offer the story with it
LAST = 3  # blocks of the story that may be its offer, judged to be text

_WALL = "plainly a wall"
_OF_WALL = ("wall", "only", "schranke")  # one of these is in the name of each
_ASKS = (words.OFFER, words.LOGIN)
_BROKEN_OFF = re.compile(rf"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|……)[\s{re.escape(CLOSING)}]*$")
_SENTENCE = re.compile(rf"(?<=[{STOPS};:؛፤၊])\s+|(?<=[{SURE_STOPS}；])")
_ENDED = re.compile(rf"[{STOPS}፤:;][{re.escape(CLOSING)}]*$")


def locked(blocks: Blocks, chosen: tuple[int, ...], evidence: KindEvidence) -> str | None:
    """Return what shows that a page holds only the beginning of its story; None when nothing does."""
    body = total_length([blocks.texts[n] for n in chosen])
    if body <= BESIDE and (before := _before_wall(blocks, chosen)) != chosen:
        chosen, body = before, total_length([blocks.texts[n] for n in before])
    if body > STUB or (not chosen and not evidence.is_locked):
        return None
    if evidence.is_locked and body < SHOWN_WHOLE:
        return sentence("says it is not free, and shows {n:,} letters", n=body)
    if (alone := _offer_alone(blocks, chosen, body)) is not None:
        return alone
    end = _end(blocks, chosen)
    broken = _breaks_off(blocks.texts[chosen[end]], [blocks.texts[n] for n in chosen[:end]])
    behind = _behind(blocks, chosen[end])
    phrases = [n for n in behind if words.LOCKED.search(blocks.texts[n]) or _asks_in_wall(blocks, chosen[end], n)]
    offers = [n for n in behind if _offers(blocks.texts[n]) and not _is_of_letter(blocks.texts[n])]
    boxed = [n for n in behind if is_named(blocks, n, "offer")]
    if broken and (offers or boxed):
        shown = blocks.texts[(offers or boxed)[0]]
        return sentence('breaks off after {n:,} letters before an offer: "{words}"', n=body, words=shown[:80])
    if phrases and not evidence.is_free:
        facts = {
            sentence("data"): evidence.is_locked,
            sentence("breaks off"): broken,
            sentence("box"): any(n in boxed for n in phrases),
            sentence("second phrase"): len(phrases) > 1
            or any(n not in phrases for n in offers)
            or any(_says_twice(blocks.texts[n]) for n in phrases),
            sentence("button"): any(n + 1 in behind and _is_link(blocks, n + 1) for n in phrases)
            or any(words.OFFER.search(button) or words.LOCKED.search(button) for button in evidence.buttons),
            sentence("field"): evidence.asks > 0,
            sentence("asks not to be indexed"): evidence.noindex,
        }
        named = [name for name, holds in facts.items() if holds]
        if named:
            return sentence(
                'locked after {n:,} letters: "{words}" ({facts})',
                n=body,
                words=blocks.texts[phrases[0]][:80],
                facts=joined(", ", named),
            )
    return None


def _offer_alone(blocks: Blocks, chosen: tuple[int, ...], body: int) -> str | None:
    """Return that a page shows nothing but an offer, and beside it a way to take it; None when it shows more.

    A brief may say what an offer says, and have buttons to share it, and the page a field for its letter.
    """
    phrases = [n for n in chosen if words.LOCKED.search(blocks.texts[n])]
    if body >= SHORT or not phrases or not all(_is_of_offer(blocks, n) for n in chosen):
        return None
    at = blocks.parents[blocks.owners[phrases[0]]]
    if at <= 0 or not any(map(_takes, blocks.nodes[at].iter("input", "button", "a"))):
        return None
    return sentence('shows nothing but an offer: "{words}"', words=blocks.texts[phrases[0]][:80])


def _end(blocks: Blocks, chosen: tuple[int, ...]) -> int:
    """Return the place in `chosen` of the story's last paragraph: before lines of an offer that were taken for text."""
    last = len(chosen) - 1
    for place in range(last, max(last - LAST, -1), -1):
        n = chosen[place]
        if _breaks_off(blocks.texts[n], [blocks.texts[m] for m in chosen[:place]]):
            return place
        named = is_named(blocks, n, "offer")
        if text_length(blocks.texts[n]) >= SHORT or not (named or _is_of_offer(blocks, n)):
            return place
        if named and place and not is_named(blocks, chosen[place - 1], "offer"):
            return place - 1
    return last if len(chosen) > LAST or words.LOCKED.search(blocks.texts[chosen[0]]) else 0


def _behind(blocks: Blocks, end: int) -> list[int]:
    """The lines right after the story's last block, which are no part of it."""
    return [n for n in range(end + 1, min(end + 1 + BEHIND, len(blocks))) if len(blocks.texts[n]) < SHORT]


def _is_of_offer(blocks: Blocks, n: int) -> bool:
    """Whether a line may be part of an offer: it offers, it says that the story is locked, or it is a link alone."""
    text = blocks.texts[n]
    return _is_link(blocks, n) or _offers(text) or words.LOCKED.search(text) is not None


def _is_link(blocks: Blocks, n: int) -> bool:
    """Whether a short line is a link and nothing else, as what leads from a notice to the offer."""
    return len(blocks.texts[n]) <= BUTTON and blocks.link_chars[n] >= LINKED * len(blocks.texts[n])


def _before_wall(blocks: Blocks, chosen: tuple[int, ...]) -> tuple[int, ...]:
    """Return the blocks before a wall, where none after it stands in the element that holds both; else all of them."""
    walls = named_so(blocks.names, _WALL, _OF_WALL) if chosen else ()
    for at, name in enumerate(blocks.names) if walls else ():
        first = blocks.first[at]
        if name in walls and first > chosen[0] and _is_wall(blocks, at):
            before, home = bisect_left(chosen, first), blocks.parents[at]
            while home > 0 and blocks.first[home] > chosen[before - 1]:
                home = blocks.parents[home]
            if bisect_left(chosen, blocks.end[at]) == bisect_left(chosen, blocks.end[home]):
                return chosen[:before]
    return chosen


def _asks_in_wall(blocks: Blocks, end: int, n: int) -> bool:
    """Whether a line stands in a box named a wall that readers see and that holds no story, and it or the box asks."""
    text, at = blocks.texts[n], blocks.owners[n]
    if ANY_LETTER.stands_in(text):
        return False
    says = any(asks.search(text) for asks in _ASKS)
    while at > 0 and blocks.first[at] > end:
        if _WALL in kinds_of(blocks.names[at]):
            return _is_wall(blocks, at, says=says)
        at = blocks.parents[at]
    return False


def _is_wall(blocks: Blocks, at: int, *, says: bool = False) -> bool:
    """Whether a box named a wall is shown, holds no story, and has a field, a button or a link to log in or pay."""
    texts = blocks.texts[blocks.first[at] : blocks.end[at]]
    if blocks.hidden[at] or sum(map(text_length, texts)) > STUB:
        return False
    return says or (
        not any(ANY_LETTER.stands_in(text) for text in texts)
        and any(map(answers, blocks.nodes[at].iter("input", "button", "a")))
    )


def answers(element: etree._Element) -> bool:
    """Whether a reader answers by an element: a field, a button, or a link to a page that serves the reader."""
    if element.tag == "a":
        path = (element.get("href") or "")[:1_000].partition("?")[0].partition("#")[0].lower()
        return path.rstrip("/").rpartition("/")[2] in SERVICE
    return (element.get("type") or "").lower() != "hidden"


def _takes(element: etree._Element) -> bool:
    """Whether a reader answers an offer by an element; a button has its words."""
    if element.tag != "button":
        return answers(element)
    label = " ".join("".join(map(str, islice(element.itertext(), 8))).split())
    return any(phrases.search(label) for phrases in (*_ASKS, words.LOCKED))


def _offers(text: str) -> bool:
    return bool(words.OFFER.search(text) or words.PRICE.search(text))


def _is_of_letter(text: str) -> bool:
    """Whether a short line offers the paper's letter, which open stories do, too, and no price."""
    return len(text) <= LETTER and ANY_LETTER.stands_in(text) and not words.PRICE.search(text)


def _says_twice(text: str) -> bool:
    """Whether a line says besides how much is left to read, or says in two sentences that the story is locked."""
    locks = (part for part in _SENTENCE.split(text) if words.LOCKED.search(part))
    return words.LEFT.search(text) is not None or len([*islice(locks, 2)]) > 1


def _breaks_off(text: str, before: Sequence[str]) -> bool:
    """Whether a text ends within a sentence, unlike the paragraphs before it: verse and some scripts set no stops."""
    if _BROKEN_OFF.search(text):
        return True
    if text_length(text) < PROSE or _ENDED.search(text) or needs_no_stop(text):
        return False
    prose = [each for each in before if text_length(each) >= PROSE]
    return len(prose) < 2 or 2 * sum(_ENDED.search(each) is not None for each in prose) >= len(prose)
