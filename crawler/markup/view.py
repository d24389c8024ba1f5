"""One page as everything that reads it shares it: response, tree, blocks, metadata, and what is known of its story."""

from dataclasses import dataclass

from lxml import etree

from crawler.markup.blocks import Blocks
from crawler.markup.metadata import Metadata
from crawler.values import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class PageView:
    """A page while it is read; `dataclasses.replace` adds what is learnt on the way.

    Attributes:
        page: The response, and what its source knows.
        tree: Of the whole page.
        blocks: Its text blocks.
        metadata: What it says of itself.
        chosen: The blocks judged to be its story, in order; before cleaning, the field readers look around them.
        headline_at: The block its headline begins with; None: no headline is printed, or none was looked for yet.
        language: Of the story, such as `de`; None: not known, or not yet.
    """

    page: Page
    tree: etree._Element
    blocks: Blocks
    metadata: Metadata
    chosen: tuple[int, ...] = ()
    headline_at: int | None = None
    language: str | None = None
