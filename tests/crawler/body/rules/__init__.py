"""What the tests of the rules of cleaning share: a story of every block of some markup, and texts of a length."""

from collections.abc import Callable, Sequence

from crawler.body.classify import Verdict
from crawler.body.rules.named import boxes_of
from crawler.body.rules.story import Cues, Story
from crawler.markup.blocks import segment
from crawler.markup.tree import parse_text
from crawler.text import text_length

NO_CUES = Cues()


def of(length: int) -> str:
    """A text of so many letters that ends with a full stop."""
    return ("Plain words of a story. " * (length // 24 + 1))[: length - 1].strip().ljust(length - 1, "x") + "."


def story(markup: str, cues: Cues = NO_CUES, *, chance: float = 1.0) -> Story:
    """A story of all blocks of some markup, each so likely."""
    tree = parse_text(f"<body>{markup}</body>")
    assert tree is not None
    blocks = segment(tree)
    verdict = Verdict(tuple(range(len(blocks))), (chance,) * len(blocks))
    return Story(blocks, verdict, cues, tuple(map(text_length, blocks.texts)), boxes_of(blocks, verdict.chosen))


def dropped(
    rule: Callable[[Story], Sequence[int]], markup: str, cues: Cues = NO_CUES, *, chance: float = 1.0
) -> list[int]:
    """The blocks that a rule drops."""
    return sorted(rule(story(markup, cues, chance=chance)))
