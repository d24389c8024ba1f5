"""A date's element -> whether it belongs to something other than the story: a comment, a teaser, a quoted post, a list."""

# ruff: noqa: E501 - lists of words, one line a kind or a language

from functools import lru_cache
from itertools import compress, islice

from lxml import etree

from crawler.dates.calendars import has_number
from crawler.markup import comments
from crawler.markup.blocks import Blocks
from crawler.text import Caseless

_DEPTH = 14  # elements around it that are looked at
_NAMED = 8  # the nearest of them whose names count
_NEAR = 5  # the nearest of them whose doubtful names count

# Names of elements that are never the story's own.
_OTHERS = Caseless(
    rf"{comments.SURE}|{comments.LIKELY}|discussion|diskussion"
    r"|related|verwandt|similar|relacionad|correlat|recommend|empfehl|teaser|trending|most-?(?:read|viewed|popular)"
    r"|read-?(?:more|next)|also-?read|lire-aussi|lees-ook|outbrain|taboola"
    r"|(?<![a-z])tweet(?![a-z])|twitter-(?:tweet|timeline|video)|instagram-media|bluesky-embed|mastodon-embed|fb-post"
)
# Names that are mostly of other things, but on some sites of the story: its date may stand in a sidebar, a card.
_DOUBTED = Caseless(
    r"sidebar(?!-)|(?<!article-)(?<!template-)(?<!entry-)(?<!post-)footer|widget(?!-container)|promo|carousel|popular"
    r"|latest|events?\b|\bcard\b|-card\b|\b(?:next|prev(?:ious)?)\b|more-|archive|countdown"
)
_OTHERS_HEADING = Caseless(
    r"(?:(?:all|\d+|alle|les|los|view|show|leave an?|add)\s+)?(?:user |reader )?"
    r"(?:comments?|responses?|repl(?:y|ies)|discussion|join the (?:discussion|conversation)|kommentare?|leserkommentare|diskussion"
    r"|commentaires?|réactions?|comentarios?|comentários?|commenti|reacties|kommentarer|komment(?:it|ar)|komentarze|komentáře|yorumlar"
    r"|комментари[ийев]+|коментарі|обсуждение|التعليقات|تعليقات|تגובות|תגובות|コメント|评论|評論|留言|댓글|टिप्पणियां"
    r"|related(?: (?:stories|articles|posts|news|content|links))?|(?:read|see) (?:more|next|also)|more (?:stories|news|on this|like this)"
    r"|you may also like|recommended(?: for you)?|mehr zum thema|weitere (?:artikel|themen|nachrichten)|lesen sie auch|verwandte artikel"
    r"|(?:à )?lire aussi|sur le même sujet|articles liés|noticias relacionadas|(?:lea|lee) también|te puede interesar|leggi anche"
    r"|articoli correlati|leia (?:também|mais)|lees ook|meer over dit onderwerp|läs (?:också|mer)|les også|læs også|lue myös"
    r"|czytaj (?:też|także|więcej)|zobacz też|читайте также|по теме|читайте також|اقرأ أيضا[ًَ]?|関連記事|あわせて読みたい|相关(?:新闻|阅读|文章)"
    r"|相關(?:新聞|閱讀|文章)|관련 ?기사)"
    r"\s*(?:\(\d+\)|\d+)?\s*[:：…]?"
)
_MAX_HEADING = 40  # characters
_ASIDE = frozenset({"aside", "footer", "nav"})
_QUOTED = frozenset({"blockquote", "figcaption"})
_WHOLE = frozenset({"body", "html", "article", "main"})
_ITEMS = frozenset({"article", "li", "tr", "section", "div", "dd"})
_HEADING = 20  # characters of a link that names another story
_MAX_TEASER = 1_000  # characters
_MOST = 20  # items of a list that are compared


@lru_cache(maxsize=1_024)
def _named(name: str) -> int:
    """Return 2 for a name that is never the story's, 1 for a name that mostly is not, 0 for any other."""
    return 2 if _OTHERS.is_in(name) else 1 if _DOUBTED.is_in(name) else 0


def stands_elsewhere(
    element: etree._Element,
    naming: str,
    story: frozenset[etree._Element],
    *,
    teasers: dict[etree._Element, bool],
    marked: bool = False,
    labelled: bool = False,
) -> bool:
    """Whether an element is, or stands in, something that is not the story.

    Args:
        naming: The element's own class, id and role.
        story: The elements around the headline; an element that holds the headline is the story, whatever its name.
        teasers: Elements of the page that were looked at, and whether they are teasers; more are added.
        marked: The element was found by its name alone: a doubtful place speaks against it.
        labelled: A label says that the date is the story's: only a place that is never the story's speaks against it.
    """
    doubt = _named(naming)
    if doubt == 2 or element.tag in _QUOTED:
        return True
    for depth, around in enumerate(element.iterancestors()):
        if around in story or around.tag in {"body", "html"} or depth > _DEPTH:
            break
        if around.tag in _QUOTED and depth < _NAMED:
            return True
        if around.tag in _ASIDE and depth < _NAMED:
            doubt = 1
        if depth < _NAMED and around.tag not in _WHOLE:
            name = f"{around.get('class') or ''} {around.get('id') or ''}"[:300]
            found = _named(name) if len(name) > 3 else 0
            if found == 2:
                return True
            doubt = max(doubt, found if depth < _NEAR else 0)
    if labelled:
        return False
    near = [around for around in islice(element.iterancestors(), 3) if around not in story]
    doubtful = bool(doubt and (marked or any(_known_teaser(around, teasers) for around in near)))
    return doubtful or _is_of_another(element, story, teasers)


def _is_of_another(
    element: etree._Element, story: frozenset[etree._Element], teasers: dict[etree._Element, bool]
) -> bool:
    """Whether a date stands in a list of several items with links: teasers, whatever their names."""
    for depth, around in enumerate((element, *element.iterancestors())):
        if depth > 4 or around in story or around.tag in {"body", "html", "main"}:
            return False
        if around.tag in _ITEMS and _known_teaser(around, teasers):
            above = around.getparent()
            alike = [
                child
                for child in (above if above is not None else ())
                if child.tag == around.tag and child.get("class") == around.get("class")
            ]
            if sum(_known_teaser(child, teasers) for child in alike[:_MOST]) > 1:
                return True
    return False


def _known_teaser(element: etree._Element, teasers: dict[etree._Element, bool]) -> bool:
    known = teasers.get(element)
    if known is None:
        known = teasers[element] = _is_teaser(element)
    return known


def _is_teaser(element: etree._Element) -> bool:
    """Whether an item holds a link as long as a headline, and a number, as a date has one."""
    if next(element.iter("a"), None) is None:
        return False
    size, parts = 0, list[str]()
    for part in map(str, element.itertext()):  # what is too long is left as soon as that shows
        size += len(part)
        if size >= _MAX_TEASER:
            return False
        parts.append(part)
    return has_number("|".join(parts)) and any(_chars(link) >= _HEADING for link in element.iter("a"))


def around_headline(headline: etree._Element | None) -> frozenset[etree._Element]:
    """Return the elements that hold the headline, itself included."""
    return frozenset((headline, *headline.iterancestors())) if headline is not None else frozenset()


def _chars(element: etree._Element) -> int:
    return len(" ".join("".join(map(str, element.itertext())).split()))


def others_begin(blocks: Blocks, start: int, prose: int | None) -> int | None:
    """Return the block with which comments or other stories begin, by its heading; None when there is none.

    Args:
        start: The block of the headline.
        prose: The first paragraph of the story. A link before it leads to comments, or to a section of that name.
    """
    behind = range(start + 1, len(blocks))
    is_short = map(_MAX_HEADING.__ge__, map(len, islice(blocks.texts, behind.start, None)))
    likely = _OTHERS_HEADING.among(blocks.texts, [*compress(behind, is_short)])
    above = range(start, prose or start)
    return next(
        (n for n in likely if _begins_others(blocks.texts[n]) and not (n in above and blocks.link_chars[n])), None
    )


@lru_cache(1_024)  # of furniture, which stands on all pages of a site
def _begins_others(text: str) -> bool:
    return _OTHERS_HEADING.fullmatch(text) is not None


def under_a_heading(blocks: Blocks, at: int, last: int) -> bool:
    """Whether a heading stands between the end of the story and a date after it: "Comments", "More on this"."""
    return any(blocks.tag(n) in {"h1", "h2", "h3", "h4", "h5", "h6"} for n in range(last + 1, min(at + 1, len(blocks))))
