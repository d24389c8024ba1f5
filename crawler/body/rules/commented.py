"""A story's blocks -> those that stand in a container of readers' comments."""

from collections.abc import Sequence
from itertools import islice

from lxml import etree

from crawler.body.rules.story import Story
from crawler.markup.comments import MICROFORMATS, answers, is_marked, numbered, opened, signatures
from crawler.markup.tags import HEADINGS
from crawler.markup.tree import Gathered

MOST = 0.5  # of the story's text; a container after the story that holds less needs no more than its name
BEHIND = 0.4  # of the story that stands before its comments
SIGNED = 3  # comments with a writer and a day, a number, an answer or a name; their container may outweigh the story
STORY = 300  # letters of a story before such a container
ABOVE = 8  # elements around a block, one of which may be a comment by its markup
NAME = 60  # letters of its writer's name
PARAGRAPHS = 8  # blocks of one comment, with its writer's name and its day

_CARD = "h-card"


def comments(story: Story) -> Sequence[int]:
    """What stands in a container of comments, after the story; one named doubtfully holds signatures as well."""
    whole = story.size(story.chosen)
    inside: dict[int, bool] = {}

    def is_container(at: int, *, sure: bool) -> bool:
        before = story.size(m for m in story.chosen if m < story.blocks.first[at])
        if before >= BEHIND * whole and story.size(story.inside(at)) < MOST * whole:
            return sure or _is_signed(story, at)
        is_behind = before >= STORY and story.lead() < story.blocks.first[at]
        if not (sure and is_behind):
            return False
        return (
            _is_signed(story, at, SIGNED)
            or _is_numbered(story, at, SIGNED)
            or _is_answered(story, at)
            or _is_opened(story, at)
        )

    found = _marked(story)
    for n, around in story.boxed:
        sure = around.get("comments")
        at = sure if sure is not None else around.get("likely comments")
        if at is None:
            continue
        if at not in inside:
            inside[at] = is_container(at, sure=sure is not None)
        if inside[at]:
            found.append(n)
    return found


def _marked(story: Story) -> list[int]:
    """Blocks after a story in elements that are comments by their markup, less than it; a thread is all of them."""
    if not story.blocks.nodes or not (story.cues.may_be_commented or _may_be_named(story.blocks.names)):
        return []
    known: dict[etree._Element | None, bool] = {}  # of the elements right around blocks, which many have in common

    def is_comment(n: int) -> bool:
        element = story.blocks.nodes[story.blocks.owners[n]]
        around = element.getparent()
        if around not in known:
            known[around] = any(map(is_marked, islice(element.iterancestors(), ABOVE)))
        return known[around] or is_marked(element)

    found = [n for n in story.chosen[1:] if is_comment(n)]
    chosen, those = frozenset(story.chosen), frozenset(found)
    found += [n - 1 for n in found if n - 1 in chosen and n - 1 not in those and _names_writer(story, n - 1)]
    before = story.size(n for n in story.chosen if not found or n < min(found))
    return found if before >= STORY and story.size(found) < MOST * story.size(story.chosen) else []


def _may_be_named(names: Sequence[str]) -> bool:
    """Whether some elements may be comments by a microformat."""
    said = "\n".join(names)
    return any(name in said for name in MICROFORMATS)


def _names_writer(story: Story, n: int) -> bool:
    """Whether a short line over a comment is marked as who wrote it, or as what the comment is about in a list."""
    at = story.blocks.owners[n]
    is_named = story.blocks.tags[at] == "dt" or _CARD in story.blocks.names[at].split()
    return is_named and story.length(n) < NAME


def may_be_commented(tree: etree._Element, parts: Gathered) -> bool:
    """Whether a page, or one of its elements, is a comment by its markup."""
    return any(map(is_marked, (tree, *parts.having("itemprop"), *parts.having("property"))))


def _is_signed(story: Story, element: int, times: int = 1) -> bool:
    """Whether a box, and no heading, holds a writer's name and a day, at least so many times."""
    nodes = story.blocks.nodes
    return bool(nodes) and story.blocks.tags[element] not in HEADINGS and signatures(nodes[element]) >= times


def _is_numbered(story: Story, element: int, times: int) -> bool:
    """Whether a box holds at least so many comments that have a number each."""
    nodes = story.blocks.nodes
    return bool(nodes) and numbered(nodes[element]) >= times


def _is_opened(story: Story, element: int) -> bool:
    """Whether a box holds some elements that are named as comments themselves, and begin as those do."""
    nodes = story.blocks.nodes
    return bool(nodes) and opened(nodes[element]) >= SIGNED


def _is_answered(story: Story, element: int) -> bool:
    """Whether a box holds what answers some comments, about as often as it holds comments: each has some paragraphs.

    One alone may be the link that leads from a story to its comments.
    """
    nodes = story.blocks.nodes
    found = answers(nodes[element]) if nodes else 0
    return found >= SIGNED and found * PARAGRAPHS >= len(story.inside(element))
