"""An article that was read -> how far its text may lose further blocks, by its paragraphs, without another reading.

Which blocks recur on a source's pages is known when its pages are read. They leave a text last of all: as long as
enough is left that the page is an article whatever else it holds, all other fields and the rest of the text stay.
"""

from crawler.body.classify import Verdict, lines_with
from crawler.body.clean import recurring_blocks
from crawler.body.rescue import MAX_SHOWN as RESCUED
from crawler.extraction import listing, paywall, walls
from crawler.extraction.kind_evidence import KindEvidence
from crawler.markup.blocks import Blocks
from crawler.text import text_length, unreadable_share
from crawler.values import Trimmable


def trimmable(blocks: Blocks, verdict: Verdict, evidence: KindEvidence, *, article_body: str) -> Trimmable | None:
    """Return how far an article's text may be trimmed; None when its page must be read again for that.

    Args:
        blocks, verdict: Of its page, the rules of cleaning applied.
        article_body: The text in its JSON-LD, "" for none.
    """
    out = recurring_blocks(verdict)
    all_chosen = tuple(sorted((*verdict.chosen, *out)))
    texts = [blocks.texts[n] for n in verdict.chosen]
    if not (evidence.is_dated or evidence.is_day_in_address):
        return None  # with less prose the page might be a list of links
    if evidence.is_bare and (evidence.is_group or evidence.is_profile):
        return None  # or an introduction before cards: a sitemap alone dates it
    if any(lines_with(blocks, n) or n in blocks.lines for n in all_chosen):  # lines are no paragraphs of their own
        return None
    if unreadable_share("".join(texts)):
        return None
    never_list = listing.never_from(blocks, all_chosen, evidence)
    letters = max(walls.STUB, paywall.STUB, never_list, int(RESCUED * text_length(article_body)))
    if sum(map(text_length, texts)) <= letters:
        return None
    return Trimmable(letters=letters + 1, left_out=sum(len(blocks.texts[n]) for n in out))
