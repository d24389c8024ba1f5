"""Blocks judged to be the story -> the story alone: heads, captions, "read also", boxes, tails and copies out.

Each rule names the chosen blocks it would drop; what it drops, and the words said of it, are what `--explain`
shows. A rule is here because cross-validation or a page's plain sense asks for it; bench/extraction measures them.
"""

from collections.abc import Callable, Sequence

from crawler.body import boxes, heads, tails, vetoes
from crawler.body.boilerplate import recurring
from crawler.body.classify import Verdict
from crawler.body.story import Cues, Story
from crawler.markup.blocks import Blocks

__all__ = ["Cues", "clean"]


def clean(blocks: Blocks, verdict: Verdict, cues: Cues, boilerplate: frozenset[int] = frozenset()) -> Verdict:
    """Return the verdict after every rule, each seeing what the rules before it left."""
    for reason, rule in _RULES:
        verdict = verdict.without(frozenset(rule(Story(blocks, verdict, cues))), reason)
    return verdict.without(recurring(blocks.texts, verdict.chosen, boilerplate), "recurs on this source's pages")


def _hidden(story: Story) -> Sequence[int]:
    found = frozenset(n for n in story.chosen if story.blocks.hidden[story.blocks.owners[n]])
    return tuple(found) if story.enough_without(found) else ()


def _footer(story: Story) -> Sequence[int]:
    found = frozenset(n for n in story.chosen if story.stands_in(n, "footer"))
    return tuple(found) if story.enough_without(found) else ()


_RULES: tuple[tuple[str, Callable[[Story], Sequence[int]]], ...] = (
    ("marked as hidden", _hidden),
    ("stands in a footer", _footer),
    ("asks for consent", vetoes.consent),
    ("a comment", vetoes.comments),
    ("an advertisement", vetoes.adverts),
    ("leads to other stories", vetoes.related),
    ("an offer", vetoes.offers),
    ("a sentence of the story set large", vetoes.quotes),
    ("the headline", heads.headline),
    ("the standfirst", heads.standfirst),
    ("offers the paper's letter", boxes.letters),
    ("line before the story: byline, date or caption", heads.heads),
    ("caption or credit", boxes.captions),
    ("a caption by its name", vetoes.captions),
    ("link to another story", boxes.also),
    ("asks for money or consent", boxes.appeals),
    ("copy of a paragraph above", tails.copies),
    ("furniture of the page", boxes.furniture),
    ("a label beside a heading", boxes.labels),
    ("after the story's end", tails.tail),
)
