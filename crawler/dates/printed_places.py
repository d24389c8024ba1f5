"""Where a page prints its dates: in <time>, in elements named as dates, in short lines near the headline.

A date of a comment, a teaser, a quoted post or another story is left out; labels say what a date dates.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from corpus.texts import text as sentence
from crawler.dates.calendars import has_number
from crawler.dates.elsewhere import around_headline, others_begin, stands_elsewhere, under_a_heading
from crawler.dates.labels import DateOf, is_direct, is_label_alone, label_of, labelled_parts
from crawler.dates.places import Given
from crawler.markup.blocks import Blocks
from crawler.markup.marked import MarkedElement
from crawler.markup.tags import HEADINGS
from crawler.markup.view import PageView
from crawler.text import text_length

MAX_TIMES = 240  # elements named as dates that are looked at
SHORT = 60  # characters; a longer line has its date in a sentence
_LINE = 160  # characters of a line that is looked at
_MARKED_LINE = 120  # characters of an element named as a date; a longer one holds more than that
_TAIL_LINE = 120  # characters of a line after the story
_NEAR = 14  # blocks around the headline
_BEHIND = 12  # blocks after the story in which its own date may stand
_PROSE = 80  # letters of a paragraph; the first may be a standfirst with the date after it
_LABEL = 30  # characters of a block that is nothing but a label

_UPDATED_NAME = re.compile(r"updated|modified|modif|(?<![a-z])upd(?![a-z])|aktualis", re.I)
_PUBLISHED_NAME = re.compile(r"publ|created|posted|issued", re.I)


@dataclass(frozen=True, slots=True)
class _Where:
    """The context in which dates are judged: the blocks, the elements around the headline, the story's last block, the
    block with which comments and other stories begin, the byline."""

    blocks: Blocks
    story: frozenset[etree._Element]
    prose: int | None
    last: int | None
    others: int | None
    byline_at: int | None
    direct: dict[int, bool] = field(default_factory=dict)  # block -> `is_direct`, of those that were asked about
    teasers: dict[etree._Element, bool] = field(default_factory=dict)  # see `stands_elsewhere`

    def may_stand(self, n: int) -> bool:
        """Whether a block may give the story's date by what it stands in."""
        owner = self.blocks.owners[n]
        names = self.blocks.names[owner]
        labelled = self.is_direct(n)
        element = self.blocks.nodes[owner]
        return not stands_elsewhere(element, names, self.story, teasers=self.teasers, labelled=labelled)

    def is_stray(self, n: int, *, labelled: bool) -> bool:
        """Whether a date after the story has no label of the story."""
        if self.others is not None and n >= self.others:
            return True
        if self.last is None or n <= self.last or (self.byline_at is not None and abs(n - self.byline_at) <= 2):
            return False
        if self.is_direct(n):  # one or two such lines are the story's, more are a list's
            behind = range(self.last + 1, min(len(self.blocks), self.last + 3 * _NEAR))
            return sum(map(self.is_direct, behind)) > 2
        return not labelled or under_a_heading(self.blocks, n, self.last)

    def is_within(self, n: int) -> bool:
        """Whether a line stands among the paragraphs of the story, away from the byline."""
        if self.byline_at is not None and abs(n - self.byline_at) <= 2:
            return False
        return self.prose is not None and self.last is not None and self.prose < n <= self.last

    def is_direct(self, n: int) -> bool:
        """Whether a line begins with a label of the story that has its date right after it."""
        if n not in self.direct:
            self.direct[n] = is_direct(self.with_label(n))
        return self.direct[n]

    def with_label(self, n: int) -> str:
        """Return a line with its label, when this stands in a block of its own before it: a table, a list of terms."""
        if not n:
            return self.blocks.texts[n]
        before = self.blocks.texts[n - 1]
        if self.blocks.tag(n - 1) in HEADINGS and not is_label_alone(
            before
        ):  # "Dairy closes" is a headline, and no label
            return self.blocks.texts[n]
        if len(before) <= _LABEL and not has_number(before) and label_of(before):
            return f"{before} {self.blocks.texts[n]}"
        return self.blocks.texts[n]


def printed_dates(view: PageView, marked: Sequence[MarkedElement], byline_at: int | None) -> Iterator[Given]:
    """Give the dates that the page prints, the likeliest first, and say which of them stand above the story."""
    at, blocks = view.headline_at, view.blocks
    start = blocks.first[_container(blocks, at)] if at is not None else 0
    for item in _printed(view, marked, byline_at):
        yield item._replace(above=not item.labelled and item.at is not None and item.at < start)


def _container(blocks: Blocks, headline: int) -> int:
    """Return the outermost article or main around the headline, else the outermost element below the body."""
    at = top = blocks.owners[headline]
    found = None
    while at > 0:
        top, found = at, at if blocks.tags[at] in {"article", "main"} else found
        at = blocks.parents[at]
    return top if found is None else found


def _printed(view: PageView, marked: Sequence[MarkedElement], byline_at: int | None) -> Iterator[Given]:
    """Give the dates printed near the headline, the likeliest first.

    Args:
        marked: The elements marked as dates.
        byline_at: The block with the byline; None: there is none.
    """
    blocks, chosen, headline_at = view.blocks, view.chosen, view.headline_at
    start = headline_at if headline_at is not None else (chosen[0] if chosen else 0)
    last = chosen[-1] if chosen else start
    prose = [*islice((n for n in chosen if n > start and text_length(blocks.texts[n]) > _PROSE), 2)]
    headline = blocks.nodes[blocks.owners[headline_at]] if headline_at is not None else None
    where = _Where(
        blocks,
        around_headline(headline),
        prose[1] if len(prose) > 1 else None,
        last if chosen else None,
        others_begin(blocks, start, next(iter(prose), None)),
        byline_at,
    )
    within = [item for item in marked if start - _NEAR <= item.at <= max(last + _BEHIND, start + 2 * _NEAR)]
    found = [item for item in _marked(within, where) if not where.is_stray(item.at or 0, labelled=item.labelled)]
    near = [item for item in found if -_NEAR <= (item.at or 0) - start <= 2 * _NEAR]
    yield from sorted(near, key=lambda item: _distance((item.at or 0) - start))
    yield from _near_lines(where, [at for at in (byline_at, headline_at) if at is not None])
    for n in range(max(last - 2, 0), min(len(blocks), last + _NEAR)) if chosen else ():
        text = where.with_label(n)
        if len(text) <= _TAIL_LINE and label_of(text) and where.may_stand(n) and not where.is_stray(n, labelled=True):
            yield from _line(text, n)
    for item in found[:20]:
        if not -_NEAR <= (item.at or 0) - start <= 2 * _NEAR and chosen and (item.at or 0) <= last + _BEHIND:
            yield item._replace(rule=sentence("{what} away from the headline", what=item.rule))


def _distance(blocks: int) -> int:
    """How far a date is from the headline; before it counts double."""
    return blocks if blocks >= 0 else -2 * blocks + 2


def _near_lines(where: _Where, anchors: Sequence[int]) -> Iterator[Given]:
    """Give the dates of the lines nearest to headline and byline, short lines first."""
    blocks = where.blocks
    many = 2 * _NEAR
    starts = anchors or (0,)
    likely = [(abs(n - at), n) for at in starts for n in range(max(at - many, 0), min(at + many + 1, len(blocks)))]
    near = islice(dict.fromkeys([n for _, n in sorted(likely)]), many)  # each line by the start that it is nearer to
    order = [n for n in near if len(blocks.texts[n]) <= _LINE and has_number(blocks.texts[n])]
    for n in sorted(order, key=lambda n: len(blocks.texts[n]) > SHORT):
        text = where.with_label(n)
        labelled = label_of(text) is not None
        if where.may_stand(n) and not where.is_stray(n, labelled=labelled) and (labelled or not where.is_within(n)):
            yield from _line(text, n)


def _line(text: str, n: int, rule: str = sentence("printed date"), origin: str = "text") -> Iterator[Given]:
    """Give a line's dates, with what the labels say."""
    for kind, part in labelled_parts(text):
        if kind is not DateOf.OTHER:
            yield Given(rule, origin, part, kind is DateOf.UPDATE, n, kind is not None)


def _marked(marked: Sequence[MarkedElement], where: _Where) -> Iterator[Given]:
    """Give the dates of the elements that are named as dates."""
    for item in marked[:MAX_TIMES]:
        element = item.element
        is_time = element.tag == "time"
        text = _text_of(element, most=None if is_time else _MARKED_LINE) if len(element) < 30 else ""
        if not is_time and (not text or len(text) > _MARKED_LINE):
            continue
        labelled = label_of(text) is DateOf.UPDATE or (item.at < len(where.blocks) and where.is_direct(item.at))
        if stands_elsewhere(element, item.naming, where.story, teasers=where.teasers, marked=True, labelled=labelled):
            continue
        rule = "<time>" if is_time else sentence("element named date")
        parts = [part for part in labelled_parts(text) if has_number(part[1])]
        if len(parts) > 1 or (parts and parts[0][0] is DateOf.OTHER):
            yield from _line(text, item.at, rule, "time")
            continue
        kind = _kind(element, item.naming, text)
        if kind is not DateOf.OTHER:
            yield Given(
                rule, "time", _machine_readable(element) or text, kind is DateOf.UPDATE, item.at, kind is not None
            )


def _text_of(element: etree._Element, *, most: int | None) -> str:
    """Return an element's text; at least so much of it as says that it is longer than the most."""
    said: list[str] = []
    size = 0
    for part in map(str, element.itertext()):
        said.append(part)
        if most is not None and (size := size + len("".join(part.split()))) > most:  # blanks may be one in the end
            break
    return " ".join(" ".join(said).split())


def _machine_readable(element: etree._Element) -> str | None:
    """Return a date as programs read it: that of a <time>, or the title of an <abbr>, as microformats have it."""
    return element.get("title" if element.tag == "abbr" else "datetime")


def _kind(element: etree._Element, naming: str, text: str) -> DateOf | None:
    """Return what a marked date dates: by its own words, its name, or the words right before it."""
    own = label_of(text[:30])
    if own is not None:
        return own
    if _UPDATED_NAME.search(naming):
        return DateOf.UPDATE
    before = label_of(_before(element)[-30:])
    if before is None and _PUBLISHED_NAME.search(naming):
        return DateOf.PUBLICATION
    return before


def _before(element: etree._Element) -> str:
    """Return the words right before an element: its sibling's tail or text, or its parent's text; no other date."""
    previous = element.getprevious()
    if previous is None:
        parent = element.getparent()
        return (parent.text or "") if parent is not None else ""
    tail = (previous.tail or "").strip() if isinstance(previous.tail, str) else ""
    if tail or len(previous) >= 20:
        return tail
    said = " ".join("".join(map(str, previous.itertext())).split())[-40:]
    if previous.tag in HEADINGS and not is_label_alone(said):
        return ""
    return "" if has_number(said) else said
