"""What a page is: an article, a listing, a live blog, a paywall stub, a challenge, a soft 404, or empty.

A listing is never an article. Each answer comes with the sign it was told by.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from crawler.markup.blocks import HEADINGS, Blocks
from crawler.values import PageKind

MIN_BODY = 60  # characters; a story of one line is still a story, a lone menu word is not
STUB = 1_200  # characters; a locked story shows less than this, an open one with a reminder more
SHORT_PAGE = 4_000  # characters of the whole page; challenges and error pages have less
MIN_ENTRIES = 5  # linked headings; stories link to fewer in the middle of their text
ENTRY = 400  # characters of text between two linked headings; below it they are teasers
STRETCH = 600  # characters of text without a linked heading; a story has more somewhere
MANY_LINKS = 12  # links as long as headlines, on a page with next to no text

_CHALLENGE = re.compile(
    r"just a moment|checking (?:if the site connection|your browser)|attention required|verify(?:ing)? (?:that )?"
    r"you are (?:a )?human|are you a robot|i.m not a robot|unusual (?:traffic|activity) from|ddos protection by"
    r"|pardon our interruption|request unsuccessful|enable (?:javascript and cookies|js and disable any ad ?blocker)"
    r"|access (?:to this page has been )?denied|complete the (?:captcha|security check)|security check to access"
    r"|please verify you are|bitte (?:bestätigen|beweisen) sie, dass sie|vérification que vous êtes"
    r"|человек, а не робот",
    re.I,
)
_GONE = re.compile(
    r"\b404\b|(?:page|article|story|content|url) (?:was |is |could |can |cannot |can.t )?(?:not |be )?"
    r"(?:be )?(?:found|available|unavailable)|not found|no longer (?:available|exists)|doesn.t exist|does not exist"
    r"|seite (?:wurde )?nicht gefunden|page (?:introuvable|non trouvée)|página no encontrada|no se encontr"
    r"|não encontrada"
    r"|pagina non trovata|pagina niet gevonden|sidan (?:kunde inte hittas|hittades inte)|strona nie istnieje"
    r"|страница не найдена|sayfa bulunamadı|ページが見つかりません|页面不存在|페이지를 찾을 수 없|الصفحة غير موجودة",
    re.I,
)
_LOCKED = re.compile(
    r"(?:subscribe|sign (?:in|up)|log ?in|register|join)[^.]{0,40} to (?:continue|keep|finish|read|unlock|access)"
    r"|to (?:continue|keep) reading|(?:for|to) (?:paid |our )?(?:subscribers|members) only"
    r"|subscribers? (?:only|exclusive)"
    r"|already a (?:subscriber|member)\?|this (?:article|story|content|post) is (?:reserved )?for (?:\w+ )?"
    r"(?:subscribers|members)|unlock this (?:article|story)|you have (?:reached|used|read) (?:your|all)"
    r"[^.]{0,40}(?:free|limit)"
    r"|weiterlesen mit|jetzt (?:abonnieren|weiterlesen)|nur für abonnenten|réservé (?:à nos|aux) abonnés|il vous reste"
    r" \d+ ?% de cet article|exclusivo para (?:suscriptores|assinantes)|suscríbete para (?:seguir )?le"
    r"|articolo riservato agli abbonati|alleen voor abonnees|会員限定|이 기사는 유료",
    re.I,
)
_LIVE_NAME = re.compile(r"live-?blog|liveticker|live-?updates?|live-?feed", re.I)
_LIVE_PATH = re.compile(r"/live(?:blog|ticker|-updates?|-blog)?(?:/|-)|-live(?:blog|ticker|-updates?)?(?:[/-]|$)", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class KindEvidence:
    """What a page's kind is told by.

    Attributes:
        title: The page's title element, or its headline.
        is_listing, is_live, is_locked: The page's own data says so.
        is_dated: It names a day of publication, or calls itself an article.
    """

    url: str
    title: str = ""
    is_listing: bool = False
    is_live: bool = False
    is_locked: bool = False
    is_dated: bool = False


def page_kind(blocks: Blocks, chosen: tuple[int, ...], evidence: KindEvidence) -> tuple[PageKind, str]:
    """Return what a page is and the sign it was told by; `kept` are the blocks of its story."""
    body = sum(len(blocks.texts[n]) for n in chosen)
    whole = sum(map(len, blocks.texts))
    for kind, reason in (
        (PageKind.CHALLENGE, _challenge(blocks, evidence, whole, body)),
        (PageKind.SOFT_404, _gone(blocks, evidence, whole, body)),
        (PageKind.PAYWALL, _locked(blocks, chosen, evidence, body)),
        (PageKind.LIVE_BLOG, _live(blocks, evidence)),
        (PageKind.LISTING, _listing(blocks, chosen, evidence, body)),
    ):
        if reason:
            return kind, reason
    if body < MIN_BODY:
        return PageKind.EMPTY, f"{body} characters of text, expected {MIN_BODY} or more"
    return PageKind.ARTICLE, f"{body} characters of prose in {len(chosen)} blocks"


def _challenge(blocks: Blocks, evidence: KindEvidence, whole: int, body: int) -> str | None:
    if whole > SHORT_PAGE or body > STUB:
        return None
    found = _CHALLENGE.search(evidence.title[:300])
    if not found and body < STUB // 3:  # a story may speak of it
        found = _CHALLENGE.search("\n".join(blocks.texts)[:SHORT_PAGE])
    return f'asks to prove one is no robot: "{found.group()}"' if found else None


def _gone(blocks: Blocks, evidence: KindEvidence, whole: int, body: int) -> str | None:
    if body > STUB or (whole > SHORT_PAGE and body > STUB // 2):
        return None
    headings = [blocks.texts[n] for n in range(len(blocks)) if blocks.tag(n) in {"h1", "h2"}][:3]
    for text in (evidence.title, *headings):
        found = _GONE.search(text[:200]) if len(text) < 200 else None
        if found:
            return f'says the page is gone: "{text[:80]}"'
    return None


def _locked(blocks: Blocks, chosen: tuple[int, ...], evidence: KindEvidence, body: int) -> str | None:
    if body > STUB:
        return None
    if evidence.is_locked and body < STUB // 2:  # some papers say so of every story, short ones shown whole
        return f"says it is not free, and shows {body} characters"
    after = chosen[0] if chosen else 0  # a menu above the story offers subscriptions on every page
    for n in range(after, len(blocks)):
        text = blocks.texts[n]
        found = _LOCKED.search(text) if len(text) < 500 else None
        if found:
            return f'locked after {body} characters: "{text[:80]}"'
    return None


def _live(blocks: Blocks, evidence: KindEvidence) -> str | None:
    if evidence.is_live:
        return "says it is a LiveBlogPosting"
    if _LIVE_PATH.search(urlsplit(evidence.url).path):
        for name in blocks.names:
            found = _LIVE_NAME.search(name)
            if found:
                return f'address and markup ("{found.group()}") of a live blog'
    return None


def _listing(blocks: Blocks, chosen: tuple[int, ...], evidence: KindEvidence, body: int) -> str | None:
    if urlsplit(evidence.url).path.strip("/") == "" and not urlsplit(evidence.url).query:
        return "the front page of its site"
    entries = [n for n in range(len(blocks)) if _is_linked(blocks, n) and blocks.tag(n) in HEADINGS]
    if chosen:
        among = [n for n in entries if chosen[0] - 2 <= n <= chosen[-1] and _leads_within(blocks, n, evidence.url)]
        if (
            len(among) >= MIN_ENTRIES
            and body < ENTRY * len(among)
            and _longest_stretch(blocks, chosen, among) < STRETCH
        ):
            return f"{len(among)} linked headings with {body // len(among)} characters each"
    if evidence.is_listing and (len(entries) >= MIN_ENTRIES or body < STUB):
        return "says it is a collection of pages"
    if body < ENTRY and not evidence.is_dated:
        links = sum(_is_linked(blocks, n) for n in range(len(blocks)))
        if links >= MANY_LINKS:
            return f"{links} links as long as headlines, {body} characters of prose"
    return None


def _leads_within(blocks: Blocks, n: int, url: str) -> bool:
    """Whether a linked heading leads to the same site: a shop's, or a list of tools, leads elsewhere."""
    heading = blocks.nodes[blocks.owners[n]]
    link = heading.find(".//a[@href]")
    if link is None:
        link = next(heading.iterancestors("a"), None)
    target = urlsplit(link.get("href", "")[:2_000]).hostname if link is not None else None
    return target is None or target.removeprefix("www.") == (urlsplit(url).hostname or "").removeprefix("www.")


def _longest_stretch(blocks: Blocks, chosen: tuple[int, ...], entries: list[int]) -> int:
    longest = here = 0
    marks = set(entries)
    for n in sorted(marks | set(chosen)):
        here = 0 if n in marks else here + len(blocks.texts[n])
        longest = max(longest, here)
    return longest


def _is_linked(blocks: Blocks, n: int) -> bool:
    """Whether a block is a link as long as a headline."""
    text = blocks.texts[n]
    if not 15 <= len(text) <= 200 or blocks.link_chars[n] < 0.8 * len(text):
        return False
    return text.count(" ") >= 2 or not text.isascii()
