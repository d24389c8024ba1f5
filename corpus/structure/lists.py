"""Items that follow each other -> the lists they make: deeper items in the item before them, numbers that go on."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.structure.blocks import Block, BlockKind


def lists(items: Sequence[Block]) -> list[Block]:
    """Return the lists of items that nothing stands between; `level` of an item is how deep its list stands.

    A deeper item belongs to the item before it. Bullets after numbers, or a number that turns back, begin another list.
    """
    groups: list[list[Block]] = []
    at = 0
    while at < len(items):
        end = at + 1
        while end < len(items) and items[end].level > items[at].level:
            end += 1
        own = replace(items[at], level=0, blocks=(*items[at].blocks, *lists(items[at + 1 : end])))
        if groups and _goes_on(groups[-1], own):
            groups[-1].append(own)
        else:
            groups.append([own])
        at = end
    return [Block(BlockKind.LIST, blocks=tuple(group), number=group[0].number) for group in groups]


def _goes_on(group: Sequence[Block], item: Block) -> bool:
    """Whether an item belongs to the list; numbers may count down, as the list's first two do."""
    if item.number is None or (last := group[-1].number) is None or (first := group[0].number) is None:
        return item.number is group[-1].number
    return item.number != last and (len(group) < 2 or (item.number > last) == (last > first))
