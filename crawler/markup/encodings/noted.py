"""What a reader should know of how a page was decoded: noted with its tree, and told as a fact of its article."""

from lxml import etree

from corpus.model import value
from corpus.texts import text

_NOTED = "{urn:pressmark}decoding"  # no page can write an attribute of this name


@value()
class Decoding:
    """How bytes became a text.

    Attributes:
        codec: Python's name of the encoding.
        twice: Characters that were encoded twice, and are mended.
        header: The encoding that the header names, where it is another one and the page is not plainly UTF-8.
    """

    codec: str
    twice: int = 0
    header: str = ""


def noted(tree: etree._Element | None, decoding: Decoding) -> etree._Element | None:
    """Return a tree with a note of how its page was decoded, where that was no plain matter."""
    if tree is not None and (decoding.twice or decoding.header):
        tree.set(_NOTED, f"{decoding.codec} {decoding.twice} {decoding.header}")
    return tree


def facts_of_decoding(tree: etree._Element) -> dict[str, str]:
    """Return what was noted with a tree of its page's decoding, as the fact `encoding`; empty: nothing was."""
    written = tree.get(_NOTED)
    if not written:
        return {}
    codec, twice, header = written.split(" ")
    if header:
        words = text("the header names {header}, and the page is read as {encoding}", header=header, encoding=codec)
    else:
        words = text("{n:,} characters of its page were encoded twice, and are mended", n=int(twice))
    return {"encoding": words}
