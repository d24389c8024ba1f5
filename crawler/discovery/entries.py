"""A field of a feed or sitemap -> plain text, names, the text of an entry."""

import html
import re
from collections.abc import Iterable

from corpus.errors import ExtractError
from corpus.model import Discovered
from corpus.patterns import deferred
from corpus.texts import text as sentence
from corpus.texts import texts
from crawler.bylines.inverted_names import turned
from crawler.bylines.text import read_byline
from crawler.markup.blocks import segment
from crawler.markup.tree import parse_text
from crawler.text import text_length

MAX_TEXT = 500  # characters of a headline or name
MAX_AUTHORS = 500  # crawler/bylines/stated.py says how many were too many
MAX_KEYWORDS = 100
MAX_STORY = 60_000  # characters of an entry's text that are stored; longer ones are cut at a paragraph
MIN_STORY = 400  # characters, as `text_length` counts; an entry with less is a summary
MIN_SUMMARY = 60  # characters; a shorter one is "Read more", or the name of a picture
MIN_PARAGRAPHS = 2  # likewise, of a field that is meant for a summary

_TAG = re.compile(r"<[^<>]{0,500}>")
_SPACE = re.compile(r"\s+")
_ADDRESS = re.compile(r"<?(?:mailto:)?[^\s<>()\[\],;]{1,64}@[^\s<>()\[\],;]{1,255}>?")
_BRACKETS = re.compile(r"[()\[\]<>]")
_EDGES = " \t\r\n,;:|/-–—"
_GOES_ON = "|".join(
    r"""
    (?:read|see|view|continue|learn|find out) (?:the )?(?:more|full (?:article|story)|reading)
    weiterlesen
    mehr (?:lesen|dazu)
    zum (?:ganzen )?artikel
    lire la suite
    en savoir plus
    (?:leer|seguir leyendo|continúa leyendo|sigue leyendo)
    leia mais
    continua a leggere
    leggi (?:tutto|di più)
    lees (?:verder|meer)
    läs (?:mer|vidare)
    les mer
    læs mere
    czytaj (?:dalej|więcej)
    читать (?:далее|дальше|полностью)
    подробнее
    devamı
    続きを読む
    阅读全文
    اقرأ المزيد
    더 ?보기
    """.strip().splitlines()
).replace("    ", "")
# How a text ends that goes on elsewhere: an ellipsis, or a sentence of its own such as "Read more".
_CUT = deferred(
    rf"(?:…|\.\.\.)\]?\s*$|(?:^|[.!?:…\]»”\"]\s*)(?:{_GOES_ON})\b(?:[^.!?]|\.(?=\S)){{0,80}}$", re.IGNORECASE
)


def plain(value: object) -> str | None:
    """Return the plain text of a value that may hold markup, escaped once too often or not; None when there is none.

    A text of more than MAX_TEXT characters ends with an ellipsis where it is cut.
    """
    if not isinstance(value, str) or not value.strip():
        return None
    text = value[: MAX_TEXT * 8]
    for _ in range(2):
        text = _TAG.sub(" ", html.unescape(text))
    text = _SPACE.sub(" ", html.unescape(text)).strip()
    return (text if len(text) <= MAX_TEXT else text[: MAX_TEXT - 1].rstrip() + "…") or None


def names(written: Iterable[object], *, language: str | None, outlets: frozenset[str]) -> tuple[str, ...]:
    """Return the names in fields that name authors, in their order, once each.

    A field may hold an e-mail address before or after the name, in brackets of any kind, and several names.

    Args:
        written: The fields.
        language: Of the feed.
        outlets: Folded names of the paper, which is no author of its own.
    """
    found: dict[str, str] = {}
    for value in written:
        text = html.unescape(value[: MAX_TEXT * 2]) if isinstance(value, str) else ""
        bare = _ADDRESS.sub(" , ", text)
        if bare != text:
            bare = re.sub(r"(?:\s*,\s*)+", ", ", _BRACKETS.sub(" ", bare))
        line = plain(bare.strip(_EDGES))
        if line:
            for author in read_byline(turned(line), language=language, outlets=outlets).authors:
                found.setdefault(author.key, author.name)
    return tuple(found.values())[:MAX_AUTHORS]


def keywords(written: Iterable[object]) -> tuple[str, ...]:
    """Return the subjects a feed or sitemap files an article under, once each.

    Of more than MAX_KEYWORDS the last one says how many are left out: "… (+12)".
    """
    words: dict[str, None] = {}
    beyond = 0
    for value in written:
        parts = re.split(r"[,;]", value, maxsplit=MAX_KEYWORDS) if isinstance(value, str) else []
        for part in parts[:MAX_KEYWORDS]:
            word = plain(part) if len(words) <= MAX_KEYWORDS else None
            beyond += len(words) > MAX_KEYWORDS
            words |= {word[:80]: None} if word else {}
        rest = parts[MAX_KEYWORDS] if len(parts) > MAX_KEYWORDS else None
        beyond += 0 if rest is None else 1 + rest.count(",") + rest.count(";")
    left = beyond + max(0, len(words) - MAX_KEYWORDS)
    return (*[*words][:MAX_KEYWORDS], f"… (+{left:,})") if left else tuple(words)


def summary(value: object) -> str | None:
    """Return the beginning of what is said of an entry, as plain text; None when it is too short to know it by."""
    text = plain(value)
    return text if text is not None and text_length(text) >= MIN_SUMMARY else None


def cut_texts(found: Iterable[Discovered]) -> tuple[str, ...]:
    """Return the note of a listing with texts that are longer than what is stored."""
    count = sum(each.hints.is_cut for each in found)
    words = texts(
        "of {n:,} text at most {most:,} characters were read",
        "of {n:,} texts at most {most:,} characters were read",
        count,
        most=MAX_STORY,
    )
    return (words,) if count else ()


def nameless(count: int) -> tuple[str, ...]:
    """Return the note of a listing with so many entries that name no address: they are left out."""
    return (sentence("entries without a web address: {n:,}", n=count),) if count else ()


def story(markup: str, *, summary: bool = False) -> tuple[str, bool] | None:
    """Return the text of an entry, paragraphs parted by a blank line, and whether it is cut; None: not the whole story.

    A text is cut after a paragraph, or within its first one where that alone is too long.

    Args:
        markup: As HTML; plain text with blank lines will do.
        summary: The field is meant for a summary: it must have several paragraphs.
    """
    if text_length(markup) < MIN_STORY:
        return None
    if "<" not in markup:
        markup = "".join(f"<p>{html.escape(part)}</p>" for part in re.split(r"\n\s*\n", markup))
    is_cut = len(markup) > MAX_STORY * 5
    try:
        tree = parse_text(f"<html><body>{markup[: MAX_STORY * 5]}</body></html>")
    except ExtractError:
        return None
    paragraphs = [text for text in segment(tree).texts if text] if tree is not None else []
    goes_on = not is_cut and bool(paragraphs) and _CUT.search(paragraphs[-1][-150:])
    if not paragraphs or goes_on or (summary and len(paragraphs) < MIN_PARAGRAPHS):
        return None
    chosen: list[str] = []
    for paragraph in paragraphs:
        if sum(map(len, chosen)) + len(paragraph) > MAX_STORY:
            break
        chosen.append(paragraph)
    text = "\n\n".join(chosen) or paragraphs[0][:MAX_STORY]
    is_cut = is_cut or len(chosen) < len(paragraphs)
    return (text, is_cut) if text_length(text) >= MIN_STORY else None
