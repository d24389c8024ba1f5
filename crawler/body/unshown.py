"""A page that shows no text -> the story's text in its data or its noscript, where one part of them is the story.

The story is the innermost object that holds the page's headline and prose, or prose under a key that names a text.
Strings of prose elsewhere are not believed. What is no plain JSON of a script must hold the headline, a writer
and a day: shops, threads and consents keep their texts there.
"""

import re
from collections.abc import Iterator
from itertools import chain, pairwise
from typing import Any, NamedTuple

from lxml import etree

from corpus.texts import text as sentence
from crawler.body.signature import Signature, signature_of
from crawler.markup.blocks import segment
from crawler.markup.comments import holds_comments, signatures
from crawler.markup.data.page_data import may_hold, read_attributes, read_page_data
from crawler.markup.tree import parse_text
from crawler.text import ends_sentence, needs_no_stop, text_length

MIN_STORY = 300  # letters; less prose in the data is a description or a caption
DENSEST = 3  # letters that one character counts for, at most: `text_length`
TIMES = 4  # as much as the page shows, and more
NOTHING = 60  # letters; a page that shows less shows no text at all
MIN_TITLE = 12  # letters and digits of a headline that begins the page's title
MAX_SHOWN = 200  # letters; a page that shows more is read as it stands
SENTENCE = 60  # letters; a shorter string is prose only beside longer ones
LEVELS = 6  # values around a headline that are searched for its text
MAX_HOLDERS = 20  # places of the headline that are looked at
MIN_POSTS = 3  # texts with a writer and a day of their own; a story has one
MAX_NODES = 60_000
MAX_DEPTH = 60
MAX_TEXT = 500_000  # characters of one string

_THREAD = re.compile(r"/(?:DiscussionForumPosting|QAPage|Question)\b")
_CLOSING = frozenset(".,;:!?)”’»、。，")
_WORD = re.compile(r"\w+")
_MARKUP = re.compile(r"</?(?:p|div|br|h[1-6]|ul|li|blockquote|span|strong|em|a)\b", re.I)
_TEXTS = re.compile(
    r"^(?:article_?body|body(?:_?(?:html|text))?|content(?:_?(?:html|text|body))?|full_?text|story|text|html|paragraphs?|(?:(?:article|body|content|story)_?)?blocks)$",
    re.I,
)
_NO_TEXTS = re.compile(
    r"descri|summary|excerpt|teaser|seo|meta|alt$|caption|credit|bio|url|href|src|slug|(?:^|_)id$|query|css|class|style|script"
    r"|related|recommend|comment|author|byline|footer|menu|nav|legal|cookie|consent|newsletter|image|tags?$|promo|^ad",
    re.I,
)


class Unshown(NamedTuple):
    """A story that its page does not show: its text, in paragraphs, the name of its data, and who signs it there."""

    text: str
    name: str
    signature: Signature = Signature()


def unshown(tree: etree._Element, headline: str | None, shown: str) -> Unshown | None:
    """Return the story's text and the data it stands in; None when the page shows its own.

    Args:
        headline: By which the story's object is known; None: by the key of its text alone.
        shown: The body as the page shows it.

    A text of "" says that none is taken, and the name says why.
    """
    if len(shown) > MAX_SHOWN or (size := text_length(shown)) > MAX_SHOWN:
        return None
    needed = max(MIN_STORY, TIMES * size)
    least = needed // DENSEST
    title = _plain(headline or "")
    others: list[tuple[str, Any]] = []
    for name, value, is_plain in read_page_data(tree, least=least):
        if not is_plain:
            others.append((name, value))
        elif found := _story_in(name, value, title, needed, by_key=size < NOTHING):
            return found
    texts, posts = _noscript(tree)
    text = "\n\n".join(texts)
    if text_length(text) >= needed:
        if posts:
            return Unshown("", sentence("its noscript is a thread of {n:,} posts", n=posts))
        return Unshown(text, "noscript")
    for name, value in chain(others, read_attributes(tree, least=least)):
        found = _story_in(name, value, title, needed, by_key=False)
        if found and found.signature.authors and found.signature.published:
            return found
    return None


def _story_in(name: str, value: Any, title: str, needed: int, *, by_key: bool) -> Unshown | None:
    """Return the story that a value of data tells in as many letters as are needed."""
    paragraphs, parts = _story(value, title, by_key=by_key)
    text = "\n\n".join(paragraphs)
    if text_length(text) < needed:
        return None
    return Unshown(text, sentence("page data {name}", name=name[:40]), signature_of(parts))


def may_be_unshown(tree: etree._Element) -> bool:
    """Return whether a page's data or noscript may hold a story's text, as far as shows at a glance."""
    return may_hold(tree, least=MIN_STORY // DENSEST) or any(True for _ in _noscripts(tree))


def _story(value: Any, headline: str, *, by_key: bool) -> tuple[list[str], tuple[Any, ...]]:
    """The paragraphs of the innermost part with headline and prose enough; else, if asked, the longest named text.

    With them, the values from the one that holds the headline or the text to the one that holds all of it.
    """
    around: dict[int, tuple[list[str], tuple[Any, ...]]] = {}  # levels above the headline -> paragraphs
    named: tuple[list[str], tuple[Any, ...]] = ([], ())
    holders = 0
    for node, above in _objects(value):
        if holders < MAX_HOLDERS and any(_is_headline(part, headline) for part in node.values()):
            holders += 1
            for level, part in enumerate((node, *above)):
                texts = _paragraphs(part, headline)
                if _size(texts) >= MIN_STORY:
                    here = (texts, (node, *above)[: level + 1])
                    around[level] = max(around.get(level, here), here, key=lambda found: _size(found[0]))
                    break
        for key, part in node.items() if by_key else ():
            if _TEXTS.match(str(key)) and isinstance(part, str | list | dict):
                named = max(named, (_paragraphs(part), (node,)), key=lambda found: _size(found[0]))
    return around[min(around)] if around else named


def _objects(value: Any) -> Iterator[tuple[dict[str, Any], tuple[Any, ...]]]:
    """Every object within a value and the values around it, the nearest first; up to the limits."""
    stack: list[tuple[Any, int, tuple[Any, ...]]] = [(value, 0, ())]
    for _ in range(MAX_NODES):
        if not stack:
            return
        node, depth, above = stack.pop()
        if depth > MAX_DEPTH:
            continue
        around = (node, *above[: LEVELS - 1])
        if isinstance(node, dict):
            yield node, above
            stack.extend((part, depth + 1, around) for part in reversed(list(node.values())[:500]))
        elif isinstance(node, list):
            stack.extend((part, depth + 1, around) for part in reversed(node[:5_000]))


def _is_headline(text: Any, headline: str) -> bool:
    """Whether a string is the page's headline, or its title without the site's name."""
    plain = _plain(text) if headline and isinstance(text, str) and len(text) < 400 else ""
    return bool(plain) and (plain == headline or (len(plain) >= MIN_TITLE and headline.startswith(plain)))


def _size(texts: list[str]) -> int:
    return sum(map(text_length, texts))


def _paragraphs(value: Any, headline: str = "") -> list[str]:
    """The texts of a value in order, each once: markup is read, pieces of one paragraph are joined; prose only."""
    once = dict.fromkeys(_texts(value, 0))  # data may name one text in many places
    parts = [text for text in once if _plain(text) != headline or not headline]
    found = dict.fromkeys(" ".join(text.split()) for part in parts for text in _read(part))
    texts = [text for text in found if text]
    if not any(text_length(text) >= SENTENCE and _is_prose(text) for text in texts):
        return []
    return [text for text in texts if _is_prose(text) or (" " in text and text_length(text) >= SENTENCE / 3)]


def _is_prose(text: str) -> bool:
    return ends_sentence(text) or (text_length(text) >= SENTENCE and needs_no_stop(text))


def _read(text: str) -> list[str]:
    if not _MARKUP.search(text):
        return text.split("\n")
    tree = parse_text(f"<body>{text}</body>")
    return segment(tree).texts if tree is not None else []


def _texts(value: Any, depth: int) -> Iterator[str]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, str):
        if len(value) <= MAX_TEXT and not value.startswith(("http://", "https://", "/", "$", "#")):
            yield value
    elif isinstance(value, list):
        parts = [list(_texts(part, depth + 1)) for part in _children(value)[:5_000]]
        texts = [text for part in parts for text in part]
        yield from ["".join(texts)] if _are_pieces(texts) else texts
    elif isinstance(value, dict):
        for key, part in value.items():
            is_text = not isinstance(part, str) or _is_text(str(key), part)
            if is_text and not _NO_TEXTS.search(str(key)):
                yield from _texts(part, depth + 1)


def _children(value: list[Any]) -> list[Any]:
    """The parts of a list; of an element as React writes it, its properties alone."""
    return value[3:4] if len(value) == 4 and value[0] == "$" and isinstance(value[1], str) else value


def _is_text(key: str, text: str) -> bool:
    """Whether a string is somebody's words, not a name of a thing: prose, or anything under a key for texts."""
    return bool(_TEXTS.match(key) or key in {"children", "value"}) or (text_length(text) >= SENTENCE and " " in text)


def _are_pieces(texts: list[str]) -> bool:
    """Whether texts are pieces of one paragraph: where two meet, a blank or a punctuation mark stands."""
    if len(texts) < 2 or any(map(_MARKUP.search, texts)):
        return False
    return all(one[-1:].isspace() or other[:1].isspace() or other[:1] in _CLOSING for one, other in pairwise(texts))


def _noscript(tree: etree._Element) -> tuple[list[str], int]:
    """The paragraphs of the longest noscript in the body, when they are prose; and its posts, when it is a thread."""
    best: list[str] = []
    part = None
    for markup in _noscripts(tree):
        inside = parse_text(f"<body>{markup}</body>")
        texts = [text for text in segment(inside).texts if _is_prose(text)] if inside is not None else []
        if _size(texts) > _size(best):
            best, part = texts, inside
    return best, _posts(part) if part is not None else 0


def _noscripts(tree: etree._Element) -> Iterator[str]:
    """Give the markup of each noscript that may hold a story."""
    for element in tree.iter("noscript"):
        inner = "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)
        markup = (element.text or "") + inner
        if MIN_STORY <= len(markup) <= MAX_TEXT:
            yield markup


def _posts(part: etree._Element) -> int:
    """How many posts of a thread a part has; 0 when it is none. Comments after a story are no posts."""
    signed = signatures(part)
    for element in part.iter(etree.Element) if signed else ():
        if holds_comments(f"{element.get('id') or ''} {element.get('class') or ''}"[:300]):
            signed -= signatures(element)
            break
    is_typed = any(_THREAD.search(element.get("itemtype") or "") for element in part.iterfind(".//*[@itemtype]"))
    return max(signed, 0) if signed >= MIN_POSTS or is_typed else 0


def _plain(text: str) -> str:
    return "".join(_WORD.findall(text[:400].casefold()))
