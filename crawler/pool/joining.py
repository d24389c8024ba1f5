"""The readings of a story's pages -> one reading: the own text of each in their order, what recurs on them once.

A further page begins and ends with what all pages of the story have: standfirst, byline, boxes. Such paragraphs stand
on an earlier page as well, at the same end or, where they are long, anywhere.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from corpus import urls
from corpus.model import Article
from corpus.structure.trimming import without_paragraphs
from corpus.structure.values import Span
from corpus.texts import text
from crawler.discovery.further_pages import OF_FURTHER, without_further
from crawler.text import text_length
from crawler.values import Dropped, Extraction, Page, PageKind, StoryPages

PARTS = "parts"
LONG = 80  # letters of a paragraph that is none twice; shorter ones recur in interviews and verses
DENSEST = 3  # letters that a character counts for at most, as of Chinese
MIN_OVERLAP = 20  # letters of what ends a page and begins the next one

_GAP = "\n\n"
_LIMITS = ("body", "structure", "encoding")  # facts that say what of a page was not read, or mended


def read_all(page: Page, read: Callable[[Page], Extraction]) -> Extraction:
    """Read a page, and the further pages of its story with it."""
    if not page.parts:
        return read(page)
    parts = page.parts
    first = read(replace(page, parts=()))
    return joined(first, [read(each) for each in parts], [urls.key_of(each.address) for each in parts])


def joined(first: Extraction, parts: Sequence[Extraction], addresses: Iterable[str]) -> Extraction:
    """Return one reading of the pages of a story; a further page that is no article now gives the reading its kind.

    Args:
        addresses: Of the further pages.
    """
    for number, part in enumerate(parts, 2):
        if part.kind is not PageKind.ARTICLE:
            return replace(first, kind=part.kind, reason=text("page {n}: {why}", n=number, why=part.reason))
    pages = [first, *parts]
    texts: list[str] = []
    spans: list[Span] | None = [] if first.article.structure is not None else None
    dropped: list[Dropped] = []
    start = 0
    keys = [_keys(page.article.body) for page in pages]
    for number, page in enumerate(pages):
        body, gone = _own(page.article, [each.article for each in pages[:number]], keys[:number])
        dropped += (Dropped(each, text("an earlier page of the story has it, too")) for each in gone)
        if not body:
            continue
        if spans is not None:
            own = without_paragraphs(page.article.structure, page.article.body, body)
            spans += (replace(span, start=span.start + start, end=span.end + start) for span in own or ())
        texts.append(body)
        start += len(body) + len(_GAP)
    article = replace(
        _signed([each.article for each in pages]),
        body=_GAP.join(texts),
        structure=None if spans is None else tuple(spans),
        facts=_facts(pages) | {PARTS: parts_said(addresses)},
    )
    return replace(
        first,
        article=article,
        others=StoryPages(first=first.pages.first, next=pages[-1].pages.next),
        recurring=tuple(dict.fromkeys(each for page in pages for each in page.recurring)),
        trimmable=None,
        structure_left_out=tuple(each for page in pages for each in page.structure_left_out),
        dropped=(*(each for page in pages for each in page.dropped), *dropped) if first.dropped else (),
    )


def own_text(page: Article, earlier: Sequence[Article]) -> tuple[str, tuple[str, ...]]:
    """Return the text of a page without the paragraphs that earlier pages of its story have, and those paragraphs."""
    return _own(page, earlier, [_keys(each.body) for each in earlier])


def _own(page: Article, earlier: Sequence[Article], known: Sequence[Sequence[str]]) -> tuple[str, tuple[str, ...]]:
    if not earlier:
        return page.body, ()
    paragraphs = page.body.split(_GAP)
    keys = list(map(_key, paragraphs))
    heads = {_key(each) for one in (page, *earlier) for each in (one.headline, one.standfirst, one.byline) if each}
    begin = next((n for n, key in enumerate(keys) if key not in heads), len(keys))
    begin += max(_common(keys[begin:], _behind(each, heads)) for each in known)
    begin += _overlap(known[-1], keys[begin:])
    end = len(keys) - max(_common(keys[begin:][::-1], each[::-1]) for each in known)
    seen = {key for each in known for key in each if len(key) * DENSEST >= LONG <= text_length(key)}
    stays = [begin <= n < end and key not in seen for n, key in enumerate(keys)]
    own = [paragraph for paragraph, stay in zip(paragraphs, stays, strict=True) if stay]
    return _GAP.join(own), tuple(each for each, stay in zip(paragraphs, stays, strict=True) if not stay)


def _keys(body: str) -> list[str]:
    return list(map(_key, body.split(_GAP)))


def _key(paragraph: str) -> str:
    return " ".join(paragraph.casefold().split())


def _behind(keys: Sequence[str], heads: set[str]) -> Sequence[str]:
    """Return the paragraphs of a page after those that are its headline, standfirst or byline."""
    return keys[next((n for n, key in enumerate(keys) if key not in heads), len(keys)) :]


def _common(these: Sequence[str], those: Sequence[str]) -> int:
    """Return with how many equal paragraphs two pages begin."""
    pairs = zip(these, those, strict=False)
    return next((n for n, (one, other) in enumerate(pairs) if one != other), min(len(these), len(those)))


def _overlap(before: Sequence[str], keys: Sequence[str]) -> int:
    """Return how many paragraphs at the end of a page begin the next one again.

    It takes as long as there are paragraphs, whatever they are (Knuth, Morris and Pratt).
    """
    end = before[-len(keys) :] if keys else ()
    shorter = [0]  # for each beginning of `keys`, the longest shorter one with which it ends
    for key in keys[1:]:
        shorter.append(_grown(keys, shorter, shorter[-1], key))
    count = 0
    for key in end:
        count = _grown(keys, shorter, shorter[count - 1] if count == len(keys) else count, key)
    return count if sum(map(text_length, keys[:count])) >= MIN_OVERLAP else 0


def _grown(keys: Sequence[str], shorter: Sequence[int], count: int, key: str) -> int:
    """Return with how many of `keys` a text ends that ended with `count` of them, one paragraph later."""
    while count and keys[count] != key:
        count = shorter[count - 1]
    return count + (keys[count] == key)


def _signed(pages: Sequence[Article]) -> Article:
    """Return the first page with the byline and the dates of the first page that has them: the last one may sign."""
    first = pages[0]
    signed = next((each for each in pages if each.authors), first)
    dated = next((each for each in pages if each.published), first)
    if not first.authors:
        first = replace(first, authors=signed.authors, byline=first.byline or signed.byline)
    return first if first.published else replace(first, published=dated.published, updated=dated.updated)


def _facts(pages: Sequence[Extraction]) -> dict[str, str]:
    facts = {name: each for page in pages for name in _LIMITS if (each := page.article.facts.get(name))}
    facts |= without_further(pages[0].article.facts)
    for name in ("authors", "byline", "published"):  # as `_signed` takes them
        found = next((fact for page in pages if (fact := page.article.facts.get(name))), None)
        facts |= {name: found} if found else {}
    last = pages[-1].article.facts
    return facts | {name: last[name] for name in OF_FURTHER if name in last}


def parts_said(addresses: Iterable[str]) -> str:
    """Return the fact that a story was read from several pages, at the end the addresses of those after the first."""
    listed = list(addresses)
    return text("{n:,} pages were read as one, behind the first: {urls}", n=len(listed) + 1, urls=" ".join(listed))


def parts_of(article: Article) -> tuple[str, ...]:
    """Return the addresses of the further pages that an article was read from."""
    said = article.facts.get(PARTS, "")
    return tuple(each for each in said.split() if "://" in each)
