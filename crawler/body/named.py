"""What the names of an element (class, id, role) say plainly: advertisement, caption, comments, offer ...

A name alone decides nothing; whoever asks has a second fact to set beside it.
"""

from functools import lru_cache

from crawler.body.classifier import name_parts
from crawler.markup.blocks import Blocks

KINDS: dict[str, frozenset[str]] = {
    kind: frozenset(words.split())
    for kind, words in {
        "advert": "ad ads advert adverts advertisement advertising advertorial adslot adunit adbox adsbygoogle"
        " dfp gpt sponsor sponsored sponsors werbung anzeige publicidad publicite pubblicita"
        " reklama reklame annonce advertentie",
        "caption": "caption captions figcaption imagecaption photocaption bildunterschrift bildtext legende didascalia"
        " epigrafe pie bijschrift",
        "quote": "pullquote pullquotes pull blockquote quote zitat cita destacado exergue",
        "related": "related relatedposts recirc recirculation readmore teaser teasers recommended recommendation"
        " recommendations seealso outbrain taboola relacionadas relacionados relacionada similaires correlati"
        " gerelateerd verwandt empfehlung empfehlungen lesetipp suggested suggestions",
        "consent": "privacy cookie cookies consent gdpr cmp didomi onetrust usercentrics quantcast ccpa cookiebar"
        " cookiebanner truste tcf datenschutz rgpd lgpd",
        "offer": "paywall premium subscribe subscription subscriptions subscriber offer offers regwall meter wall"
        " gate gated piano abo upsell locked lock abonnement abonnieren suscripcion membership unlock",
        "comments": "comments commentlist disqus kommentare commentaires comentarios commenti reacties respond",
    }.items()
}


def is_named(blocks: Blocks, block: int, kind: str) -> bool:
    """Whether a block, or an element that it stands in, is named so."""
    return box(blocks, block, kind) is not None


def box(blocks: Blocks, block: int, kind: str) -> int | None:
    """Return the outermost element around a block that is named so, below the body; None when none is."""
    found, at = None, blocks.owners[block]
    while at > 0:
        if says(blocks.names[at], kind):
            found = at
        at = blocks.parents[at]
    return found


@lru_cache(maxsize=20_000)
def says(name: str, kind: str) -> bool:
    """Whether the names of one element say so."""
    return bool(name) and not KINDS[kind].isdisjoint(name_parts(name))
