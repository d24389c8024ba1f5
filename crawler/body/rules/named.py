"""What the names of an element (class, id, role) say plainly: advertisement, caption, comments, offer ...

A name alone decides nothing: every rule that uses names needs a second fact.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from crawler.body.model.classifier import name_parts
from crawler.markup.blocks import Blocks
from crawler.markup.compiled import installed

_WALLS = (
    "paywall paywalls paywalled regwall loginwall subscriptionwall bezahlschranke subscriberonly subscribersonly"
    " memberonly membersonly premiumonly"
)
KINDS: dict[str, frozenset[str]] = {
    kind: frozenset(words.split())
    for kind, words in {
        "advert": "ad ads advert adverts advertisement advertising advertorial adslot adunit adbox adsbygoogle"
        " dfp gpt sponsor sponsored sponsors werbung anzeige publicidad publicite pubblicita"
        " reklama reklame annonce advertentie",
        "plainly advert": "advertisement advertisements advert adverts advertising adsbygoogle adslot adunit gpt dfp"
        " werbung anzeige anzeigen publicidad publicitario publicite pubblicita reklama reklame advertentie",
        "letter": "newsletter newsletters signup optin infolettre nieuwsbrief nyhetsbrev boletin mailinglist",
        "app": "app apps appstore smartbanner",
        "embed": "embed embedded oembed placeholder iframe twitter instagram facebook youtube tiktok",
        "picture": "image images img photo photos picture pictures media foto fotos bild bilder imagen imagenes thumb"
        " thumbnail gallery figure",
        "bio": "bio biography authorbio aboutauthor authorbox kurzbio",
        "caption": "caption captions figcaption imagecaption photocaption bildunterschrift bildtext legende didascalia"
        " epigrafe pie bijschrift",
        "quote": "pullquote pullquotes pull blockquote quote zitat cita destacado exergue citat cytat citazione"
        " citaat sitat sitaatti citace idezet citation utdrag virgolettato",
        "related": "related relatedposts recirc recirculation readmore teaser teasers recommended recommendation"
        " recommendations seealso outbrain taboola relacionadas relacionados relacionada similaires correlati"
        " gerelateerd verwandt empfehlung empfehlungen lesetipp suggested suggestions",
        "consent": "privacy cookie cookies consent gdpr cmp didomi onetrust usercentrics quantcast ccpa cookiebar"
        " cookiebanner truste tcf datenschutz rgpd lgpd",
        "offer": "premium subscribe subscription subscriptions subscriber offer offers meter wall"
        " gate gated piano abo upsell locked lock abonnement abonnieren suscripcion membership unlock " + _WALLS,
        "plainly a wall": _WALLS,
        "comments": "comments commentlist disqus kommentare kommentarer kommentit commentaires comentarios commenti"
        " reacties komentarze komentare yorumlar otzyvy leserbriefe livefyre giscus utterances respond"
        " webmention webmentions isso dsq cusdis waline twikoo gitalk gitment viafoura intensedebate",
        "likely comments": "response responses reply replies reaction reactions reaktion reaktionen reaktioner"
        " reacciones reazioni respuestas respostas risposte antworten svar discussion diskussion discussione dyskusja",
    }.items()
}


ENDINGS = (("kommentare", "comments"), ("pullquote", "quote"), ("caption", "caption"), ("newsletter", "letter"))
_CUT = frozenset({"only", "wall"})
_ENDS = tuple(ending for ending, _ in ENDINGS)
_OF_WORD = {
    word: tuple(kind for kind, words in KINDS.items() if word in words) for word in frozenset().union(*KINDS.values())
}

_WORDS = (*_OF_WORD, *_ENDS, *_CUT)  # one of these is in each name that says something

_DIGITS = re.compile(r"\d+")

Boxes = dict[str, int]  # kind -> the outermost element around a place that is named so, below the body
_NONE: Boxes = {}


def is_named(blocks: Blocks, block: int, kind: str) -> bool:
    """Whether a block, or an element around it, has a name of this kind."""
    at = blocks.owners[block]
    while at > 0:
        if kind in kinds_of(blocks.names[at]):
            return True
        at = blocks.parents[at]
    return False


def boxes_of(blocks: Blocks, chosen: Iterable[int]) -> dict[int, Boxes]:
    """Return, for the elements that some blocks stand in, the boxes that each is or stands in itself."""
    parents, names = blocks.parents, blocks.names
    elements = _around(parents, map(blocks.owners.__getitem__, chosen))
    own = [*map(names.__getitem__, elements)]
    named = {name: kinds_of(name) for name in _holding(own, _WORDS)}
    found = {0: _NONE}
    for at, kinds in zip(elements, map(named.get, own), strict=True):
        above = found[parents[at]]
        found[at] = dict.fromkeys(kinds, at) | above if kinds else above
    return found


def _around(parents: Sequence[int], elements: Iterable[int]) -> list[int]:
    """Return some elements and those that they stand in, in the order of the page, without the body."""
    found = {0}
    for at in elements:
        while at not in found:
            found.add(at)
            at = parents[at]
    return sorted(found)[1:]


def named_so(names: list[str], kind: str, parts: tuple[str, ...]) -> frozenset[str]:
    """Return which names of elements say that they are of a kind, each name of which holds one of some parts."""
    return frozenset(name for name in _holding(names, parts) if kind in kinds_of(name))


def _holding(names: Iterable[str], parts: tuple[str, ...]) -> list[str]:
    """Return once each the names of elements that may hold one of some parts."""
    written = list(dict.fromkeys(names))  # two thirds of a page's elements are named as others are
    kernel = installed()
    return [written[n] for n in kernel.holding(written, parts)] if kernel else written


@lru_cache(1_024)
def without_digits(name: str) -> str:
    """Return the names of an element without their numbers."""
    return _DIGITS.sub("", name)


@lru_cache(maxsize=1_024)
def kinds_of(name: str) -> tuple[str, ...]:
    """Return what the names of one element say that it is."""
    parts = name_parts(name)
    if not _CUT.isdisjoint(parts):  # "subscriber-only" and "payWall" are cut in two
        parts = (*parts, *(before + behind for before, behind in pairwise(parts) if behind in _CUT))
    if _OF_WORD.keys().isdisjoint(parts):
        found: dict[str, None] = {}
    else:
        found = dict.fromkeys(kind for part in parts if part in _OF_WORD for kind in _OF_WORD[part])
    if any(map(name.lower().__contains__, _ENDS)):
        for part in parts:
            found |= {kind: None for ending, kind in ENDINGS if part.endswith(ending)}
    return tuple(found)
