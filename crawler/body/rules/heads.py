"""A story's first blocks -> those that come before it: headline, standfirst, byline, date, portrait captions."""

import re
from collections.abc import Sequence
from itertools import takewhile

from corpus.characters import CJK, may_be_cjk
from corpus.patterns import deferred
from crawler.body.rules.story import MIN_LEFT, Story, alike, words_of
from crawler.markup.tags import HEADINGS
from crawler.text import ends_sentence

LIKE_HEADLINE = 0.75  # of the words of a line and of the headline that must be the same
LIKE_AUTHOR = 0.3  # the same share, of a portrait's caption, which may be misspelled
SHORT_HEAD = 150  # letters of a byline or date line
SHORT_LINE = 60  # letters of any other line before the story
SURE = 0.8  # a line of which the model is as sure stays
MANY = 5  # authors, from which on a byline may be as long as a paragraph
FIRST = 3  # blocks among which the standfirst stands

_BYLINE = re.compile(r"\W*(?:written |posted |story |words |report )?(?:by|von|par|por|di|door|av|af)\b[\s:]+\S", re.I)
_NAME = r"[A-ZÀ-ÞА-Я][\w.'’-]*(?: (?:[A-ZÀ-ÞА-Я][\w.'’-]*|de|van|von|bin|al|di|da|der|la)){1,3}"
_NAMES = deferred(
    rf"\W*{_NAME}(?:\s?[|·•/–—]\s?[A-ZÀ-ÞА-Я][\w.'’ -]{{2,30}})?\W*"  # and where from
)
_CJK_NAMES = deferred(rf"[{CJK}]{{2,4}}(?:[ \u3000・][{CJK}]{{1,4}})?(?: ?(?:記者|记者|기자))?")


def headline(story: Story) -> Sequence[int]:
    words = words_of(story.cues.headline)
    lead = story.lead()
    return [n for n in story.before(lead) if words and alike(words_of(story.text(n)), words) >= LIKE_HEADLINE]


def standfirst(story: Story) -> Sequence[int]:
    """The paragraph that introduces the story, where it stands before it: a field of its own."""
    first = frozenset(
        n for n in story.chosen[:FIRST] if story.cues.standfirst and story.text(n) == story.cues.standfirst
    )
    return tuple(first) if story.enough_without(first) else ()


def heads(story: Story) -> Sequence[int]:
    """Byline and date lines, and other short lines without a full stop, before the story begins."""
    lead = story.lead()
    found = [n for n in story.before(lead) if story.length(n) < SHORT_HEAD and _is_head(story, n)]
    found += _behind_standfirst(story, lead)
    if len(story.cues.authors) < MANY:
        return found
    listed = [n for n in story.chosen[:FIRST] if n not in found and _is_byline(story, n)]
    return sorted(found + listed) if len(found + listed) < len(story.chosen) else found


def _behind_standfirst(story: Story, lead: int) -> list[int]:
    """Byline and date right after a standfirst that reads as the first paragraph: most of the story follows."""
    behind = story.between(lead + 1, len(story.blocks))
    found = list(takewhile(lambda n: _is_byline(story, n) or story.text(n) in story.cues.dated, behind[:FIRST]))
    is_much = found and story.size(behind[len(found) :]) >= MIN_LEFT * story.size(story.chosen)
    return found if is_much else []


def _is_head(story: Story, n: int) -> bool:
    text = story.text(n)
    if text in story.cues.dated or (_BYLINE.match(text) and not ends_sentence(text)):
        return True
    if _is_byline(story, n):
        return True
    if story.length(n) >= SHORT_LINE or ends_sentence(text) or story.blocks.tag(n) in HEADINGS:
        return False
    return story.verdict.chances[n] < SURE or _is_names(text) or _is_author(story, text)


def _is_names(text: str) -> bool:
    """Whether a line is one or more names, and perhaps where they are from."""
    return bool(_NAMES.fullmatch(text) or (may_be_cjk(text) and _CJK_NAMES.fullmatch(text)))


def _is_byline(story: Story, n: int) -> bool:
    return bool(story.cues.byline) and words_of(story.text(n)) == words_of(story.cues.byline)


def _is_author(story: Story, text: str) -> bool:
    """Whether a line is much like an author's name: a portrait's caption, perhaps misspelled."""
    return any(alike(words_of(text), words_of(name)) >= LIKE_AUTHOR for name in story.cues.authors)
