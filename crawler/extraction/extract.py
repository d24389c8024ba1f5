"""Response -> Article: keep the story, drop the boilerplate."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, NamedTuple

from lxml import etree

from corpus.model import Article
from corpus.texts import text as sentence
from crawler.body.boilerplate import fingerprints
from crawler.body.classify import Verdict, frame_of, judge, parts_of, placed, text_of, why_dropped
from crawler.body.clean import Cues, clean, left_out_as_recurring, may_be_commented
from crawler.body.model.frame import Frame
from crawler.body.rescue import rescue, tells_whole
from crawler.body.setting.addresses import base_of
from crawler.body.setting.bounds import facts_of_limits, with_limits
from crawler.body.setting.deck import without_deck
from crawler.body.setting.several import facts_of_several
from crawler.body.setting.spans import NOT_READ, structure_of
from crawler.body.unshown import may_be_unshown, unshown
from crawler.bylines.dates import undated
from crawler.bylines.old_pages import with_headings
from crawler.bylines.text import may_be_led, read_byline
from crawler.dates.lines import dated
from crawler.dates.threads import among_comments
from crawler.discovery.further_pages import facts_of_further
from crawler.discovery.section_or_story import is_bare
from crawler.discovery.whole_views import story_pages
from crawler.extraction.collection import collection
from crawler.extraction.fields import Fields, read_fields, signed_by
from crawler.extraction.headline import MARKED
from crawler.extraction.kind_evidence import KindEvidence, fields_asking, read_evidence
from crawler.extraction.kinds import live, page_kind
from crawler.extraction.trimming import trimmable
from crawler.extraction.walls import may_be_wall, may_have_wall
from crawler.markup.blocks import Blocks, Cut, segment
from crawler.markup.encodings.noted import facts_of_decoding, noted
from crawler.markup.hints import PageHints, meta_tags, read_page_hints
from crawler.markup.jsonld_values import PlacedNode, read_nodes
from crawler.markup.metadata import read_metadata, unread
from crawler.markup.pointers import pointers
from crawler.markup.selectors import has_parts, select_parts
from crawler.markup.tree import Gathered, decode_within, gathered, parse, parse_text
from crawler.markup.view import PageView
from crawler.text import text_length
from crawler.values import Dropped, Extraction, Page, PageKind, StoryPages

_MAY_HOLD = frozenset({PageKind.EMPTY, PageKind.ARTICLE})  # kinds of pages whose text may stand in their data alone


def extract(page: Page, *, explain: bool = False) -> Extraction:
    """Read a page: what it is, and its article.

    Args:
        page: The response, and what its source knows.
        explain: Also give the candidates that lost, and each dropped block with its reason.

    Raises:
        ExtractError: The page is beyond our limits, or a selector of its source is none; `reason` says which.
    """
    tree, body_tree = _trees(page)
    if tree is None:
        return Extraction(kind=PageKind.EMPTY, reason=sentence("no markup"), article=_article(page, Fields(), ""))
    found = _extracted(page, tree, body_tree, explain=explain)
    assert found is not None  # nothing is given up where no text is too little
    return found


def extract_story(page: Page, tree: etree._Element, least: int, cut: Cut | None = None) -> Extraction | None:
    """Read a page as an article; None as soon as it shows that it is none, and no wall or live blog either.

    Args:
        tree: The page, whose source has no selectors of parts; it stays as it is. `cut` gives its blocks, cut before.
        least: Letters of text, more than none. A list is no article, nor what tells less and is neither dated nor
            signed.
    """
    return _extracted(page, tree, None, least=least, cut=cut)


@dataclass(frozen=True, slots=True)
class _Markup:
    """What the markup of a page says.

    Attributes:
        nodes: Of its JSON-LD.
        frame: The features of its blocks; None without a block.
        judged: The blocks judged to be its story, before they are cleaned.
    """

    view: PageView
    parts: Gathered
    nodes: tuple[PlacedNode, ...]
    hints: PageHints
    frame: Frame | None
    judged: Verdict
    fields: Fields


class _Result(NamedTuple):
    """What a page is, and the text of its story, with the fields as the place of this text has them."""

    kind: PageKind
    reason: str
    body: str
    fields: Fields


def _extracted(
    page: Page,
    tree: etree._Element,
    body_tree: etree._Element | None,
    *,
    explain: bool = False,
    least: int = 0,
    cut: Cut | None = None,
) -> Extraction | None:
    markup = _read(page, tree, cut, explain=explain)
    blocks, fields, hints = markup.view.blocks, markup.fields, markup.hints
    if least and _is_plainly_none(least, markup.view, fields, hints.article_body):
        return None
    story, verdict = _cleaned(markup) if body_tree is None else _selected(page, body_tree, fields)
    parts = parts_of(story, verdict.chosen)
    shown = "".join(parts)
    evidence = read_evidence(markup.view, fields, controls=may_be_wall(shown))
    judged = markup.judged.chosen if body_tree is None else ()
    result = _Result(*page_kind(story, verdict.chosen, evidence, judged=judged), shown, fields)
    if body_tree is None:
        if _is_no_story(least, result.kind, fields, markup.view.tree, shown, hints.article_body):
            return None
        result = _from_data(markup, _doubted(markup, result, evidence), explain=explain)
    kind, body, fields = result.kind, result.body, result.fields
    reason = with_limits(result.reason, story.cut, fields.facts, facts_of_decoding(markup.view.tree))
    others: StoryPages | None = None
    structure, left_out = NOT_READ  # a text from the page's data was set by nobody
    if kind is PageKind.ARTICLE and body == shown:
        start = base_of(markup.parts.of("base"), page.address)
        structure, left_out = structure_of(story, placed(verdict.chosen, parts), start)
        structure, left_out = without_deck(structure, left_out, body, fields.standfirst)
        fields.facts.update(facts_of_limits(structure, left_out))
        fields.facts.update(facts_of_several(story, verdict.chosen, partial(_names_of, markup.view, fields)))
        others = _further(fields, pointers(markup.parts, markup.nodes, page.named_next), start, page)
    may_be_trimmed = kind is PageKind.ARTICLE and body_tree is None and "body" not in fields.facts
    return Extraction(
        kind=kind,
        reason=reason,
        article=replace(_article(page, fields, body), structure=structure),
        structure_left_out=tuple(left_out.items()),
        canonical=fields.canonical,
        canonical_by=fields.canonical_by,
        noindex=fields.noindex,
        blocks=fingerprints(blocks.texts),
        recurring=left_out_as_recurring(story, verdict),
        others=others,
        trimmable=trimmable(blocks, verdict, evidence, article_body=hints.article_body) if may_be_trimmed else None,
        candidates=fields.candidates,
        unread=unread(markup.parts, markup.nodes, markup.view.metadata.props) if explain else (),
        dropped=tuple(Dropped(story.texts[n], why) for n, why in why_dropped(story, verdict)) if explain else (),
    )


def _read(page: Page, given: etree._Element, cut: Cut | None, *, explain: bool) -> _Markup:
    """Read what the markup says, and judge which blocks are the story."""
    tree, parts = with_headings(given, gathered(given))
    nodes, tags = read_nodes(parts), meta_tags(parts)
    hints = read_page_hints(parts, nodes, tags)
    blocks = cut() if cut is not None and tree is given else segment(tree)
    frame = frame_of(blocks) if len(blocks) else None
    judged = judge(frame, hints) if frame else Verdict()
    if frame and (comments := frozenset(among_comments(blocks, judged.chosen, frame.marks.size))):
        judged = judged.without(comments, "a comment by its shape")
    metadata = read_metadata(tree, page.address, parts, nodes=nodes, tags=tags)
    view = PageView(page=page, tree=tree, blocks=blocks, metadata=metadata, chosen=judged.chosen)
    return _Markup(view, parts, nodes, hints, frame, judged, read_fields(view, parts, explain=explain))


def _selected(page: Page, body_tree: etree._Element, fields: Fields) -> tuple[Blocks, Verdict]:
    """Return all blocks of the part that the source's selector says is the body, and note the selector."""
    story = segment(body_tree)
    fields.facts["body"] = f"{page.selectors.origin('body')} {page.selectors.body}".replace("\n", ", ")
    return story, Verdict(tuple(range(len(story))), (1.0,) * len(story))


def _cleaned(markup: _Markup) -> tuple[Blocks, Verdict]:
    """Return the page's blocks, and those judged to be the story without what is none of it."""
    blocks, fields, frame, page = markup.view.blocks, markup.fields, markup.frame, markup.view.page
    authors = tuple(author.name for author in fields.authors)
    standfirst = fields.standfirst if fields.facts.get("standfirst") == MARKED else None
    days, commented = dated(blocks.texts, markup.judged.chosen), may_be_commented(markup.view.tree, markup.parts)
    cues = Cues(fields.headline or "", fields.byline or "", authors, standfirst or "", days, page.address, commented)
    lengths = frame.marks.size.tolist() if frame else ()
    return blocks, clean(blocks, markup.judged, cues, page.boilerplate, lengths=lengths)


def _doubted(markup: _Markup, result: _Result, evidence: KindEvidence) -> _Result:
    """Return what a page is, when an article may be a collection: a list, or an article with a note."""
    if result.kind is not PageKind.ARTICLE or markup.frame is None:
        return result
    doubt = collection(markup.view, markup.parts, markup.frame, markup.judged.chances, result.fields, evidence)
    kind, reason = (PageKind.LISTING, doubt.reason) if doubt.reason else (result.kind, result.reason)
    return result._replace(kind=kind, reason=f"{reason}; {doubt.note}" if doubt.note else reason)


def _from_data(markup: _Markup, result: _Result, *, explain: bool) -> _Result:
    """Return a page with the text that its data has and that is not shown, or not whole, where there is one."""
    fields = result.fields
    if rescued := rescue(result.body, markup.hints.article_body, locked=result.kind is PageKind.PAYWALL):
        fields.facts["body"] = "json-ld articleBody"
        result, is_whole = result._replace(body=rescued), tells_whole(result.kind, result.body, rescued)
        return _with_text(result, "JSON-LD") if is_whole else result
    if result.kind not in _MAY_HOLD or (found := unshown(markup.view.tree, fields.headline, result.body)) is None:
        return result
    text, where, signature = found
    if not text:
        return result._replace(reason=f"{result.reason}; {where}")
    fields = signed_by(markup.view, markup.parts, fields, signature, where, explain=explain)
    fields.facts["body"] = where
    return _with_text(result._replace(body=text, fields=fields), where)


def _with_text(result: _Result, place: str) -> _Result:
    reason = sentence("{n:,} letters in its {place}", n=text_length(result.body), place=place)
    return result._replace(kind=PageKind.ARTICLE, reason=reason)


def _is_no_story(least: int, kind: PageKind, fields: Fields, tree: etree._Element, *texts: str) -> bool:
    """Whether a page is a list, or is neither dated nor signed and tells less, in its data too."""
    if not least or kind is PageKind.LISTING:
        return least > 0
    if max(map(text_length, texts)) >= least:
        return False
    return kind in _MAY_HOLD and is_bare(fields.published, fields.authors) and not may_be_unshown(tree)


def _is_plainly_none(least: int, view: PageView, fields: Fields, article_body: str) -> bool:
    """Whether a page is no story, wall or live blog before its text is cleaned, which takes blocks out of it alone."""
    blocks, judged = view.blocks, view.chosen
    if not is_bare(fields.published, fields.authors):
        return False
    if max(map(text_length, (text_of(blocks, judged), article_body))) >= least:
        return False
    evidence = read_evidence(view, fields, controls=False)
    is_other = live(blocks, evidence) or fields_asking(view.tree) or may_have_wall(blocks, judged, evidence)
    return not (is_other or may_be_unshown(view.tree))


def _further(fields: Fields, nodes: list[etree._Element], start: str, page: Page) -> StoryPages | None:
    """Note that a story goes on on a further page; return the other pages of the story."""
    others = story_pages(nodes, start, page.address, canonical=fields.canonical, begun=page.begun)
    fields.facts.update(facts_of_further(others.next) if others else {})
    return others


def _names_of(view: PageView, own: Fields, line: str) -> tuple[str, ...]:
    """Return the authors that a line names with a word such as "By"; few lines have one, and names cost much."""
    read = may_be_led(line, own.language) and read_byline(line, language=own.language, outlets=view.metadata.outlets)
    return tuple(author.name for author in read.authors) if read and read.led else ()


def _trees(page: Page) -> tuple[etree._Element | None, etree._Element | None]:
    """Parse the page, and the part its source's selector says is the body, if it has one."""
    if not has_parts(page.selectors):
        return parse(page.content, page.charset), None
    text, decoding = decode_within(page.content, page.charset)
    whole, part = select_parts(text, page.selectors)
    return noted(parse_text(whole), decoding), parse_text(part) if part else None


def measure_page(html: bytes, url: str | None) -> dict[str, Any]:
    """Read a stored page as the benches ask: keys title, authors, date, text."""
    address = url or "https://page.invalid/"
    article = extract(Page(url=address, address=address, source="", content=html, fetched=datetime.now(UTC))).article
    return {
        "title": article.headline,
        "authors": [author.name for author in article.authors],
        "date": article.published.day.isoformat() if article.published else None,
        "text": article.body,
    }


def _article(page: Page, fields: Fields, body: str) -> Article:
    return Article(
        url=fields.canonical or page.url,
        source=page.source,
        headline=fields.headline,
        standfirst=fields.standfirst,
        byline=undated(fields.byline) if fields.byline else None,
        authors=fields.authors,
        dateline=fields.dateline,
        published=fields.published,
        updated=fields.updated,
        language=fields.language,
        section=fields.section,
        body=body,
        fetched=page.fetched,
        fetched_url=page.address if page.address != page.url else None,
        facts=fields.facts,
    )
