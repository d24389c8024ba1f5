"""Blocks judged to be the story -> the story alone: heads, captions, "read also", boxes, tails and copies out.

A rule names the chosen blocks that it would drop, and why; `--explain` shows both. A rule is here because
cross-validation or the plain sense of pages asks for it; bench/extraction measures the rules.
"""

from collections.abc import Callable, Sequence
from itertools import compress

from crawler.body.boilerplate import fingerprints, recurring
from crawler.body.classify import Verdict
from crawler.body.rules import boxes as box_rules
from crawler.body.rules import commented, heads, quotes, tails, vetoes, within
from crawler.body.rules.cards import cards
from crawler.body.rules.commented import may_be_commented
from crawler.body.rules.folded import folded
from crawler.body.rules.leading import leading, menus
from crawler.body.rules.listed import listed
from crawler.body.rules.named import boxes_of
from crawler.body.rules.notes import notes
from crawler.body.rules.releases import releases
from crawler.body.rules.story import Cues, Story
from crawler.markup.blocks import Blocks
from crawler.markup.tags import BIT
from crawler.text import text_length

__all__ = ["Cues", "clean", "left_out_as_recurring", "may_be_commented"]

_RECURS = "recurs on this source's pages"


def clean(
    blocks: Blocks,
    verdict: Verdict,
    cues: Cues,
    boilerplate: frozenset[int] = frozenset(),
    *,
    lengths: Sequence[int] | None = None,
) -> Verdict:
    """Apply every rule to the blocks that the rules before it left; return the verdict.

    `lengths`: of each block, as `text_length` measures it, if they are known.
    """
    lengths = tuple(map(text_length, blocks.texts)) if lengths is None else tuple(lengths)
    boxes = boxes_of(blocks, verdict.chosen)
    story = Story(blocks, verdict, cues, lengths, boxes)
    for reason, rule in _RULES:
        if dropped := frozenset(rule(story)):
            story = Story(blocks, story.verdict.without(dropped, reason), cues, lengths, boxes)
    verdict = story.verdict
    return verdict.without(recurring(blocks.texts, verdict.chosen, boilerplate), _RECURS)


def left_out_as_recurring(blocks: Blocks, verdict: Verdict) -> tuple[int, ...]:
    """Return the fingerprints of the blocks that were dropped as boilerplate of the source, in order."""
    return fingerprints([blocks.texts[n] for n in recurring_blocks(verdict)])


def recurring_blocks(verdict: Verdict) -> tuple[int, ...]:
    """Return the blocks that were dropped as boilerplate of the source."""
    return tuple(n for n, why in (verdict.dropped or {}).items() if why == _RECURS)


def _hidden(story: Story) -> Sequence[int]:
    found = frozenset(compress(story.chosen, map(story.blocks.hidden.__getitem__, story.places)))
    found = found - folded(story) if found else found
    return tuple(found) if story.enough_without(found) else ()


def _footer(story: Story) -> Sequence[int]:
    if not story.around & BIT["footer"]:
        return ()
    found = frozenset(n for n in story.chosen if story.stands_in(n, "footer"))
    return tuple(found) if story.enough_without(found) else ()


_RULES: tuple[tuple[str, Callable[[Story], Sequence[int]]], ...] = (
    ("apart from the story", tails.apart),
    ("marked as hidden", _hidden),
    ("another article", tails.others),
    ("stands in a footer", _footer),
    ("asks for consent", vetoes.consent),
    ("a comment", commented.comments),
    ("an advertisement", vetoes.adverts),
    ("leads to other stories", vetoes.related),
    ("an item of a list of other pages", listed),
    ("an item of a list of other pages", cards),
    ("the card of another story", within.single_cards),
    ("links to other stories", within.rows),
    ("asks the reader's opinion", within.polls),
    ("an offer", vetoes.offers),
    ("links to other pages", menus),
    ("a sentence of the story set large", quotes.quotes),
    ("the headline", heads.headline),
    ("the standfirst", heads.standfirst),
    ("offers the paper's letter", box_rules.letters),
    ("a box for the paper's letter", vetoes.letters),
    ("a box for the paper's app", vetoes.apps),
    ("stands in for a post", vetoes.embeds),
    ("a life of the author", vetoes.bios),
    ("line before the story: byline, date or caption", heads.heads),
    ("caption or credit", box_rules.captions),
    ("a caption by its name", vetoes.captions),
    ("link to another story", box_rules.also),
    ("link to another story", leading),
    ("asks for money or consent", box_rules.appeals),
    ("a note of the house", notes),
    ("copy of a paragraph above", tails.copies),
    ("furniture of the page", box_rules.furniture),
    ("a label beside a heading", box_rules.labels),
    ("after the story's end", tails.tail),
    ("what its sender set behind a release", releases),
    ("line behind the story: byline or date", tails.closing),
    ("no longer within the story", tails.loose),
)
