"""The stored reason of a visit -> the same as people read it: what it means, in the language of the page."""

from collections.abc import Mapping

from markupsafe import Markup

from corpus.model import UrlKind
from corpus.reasons import consequence, is_known
from corpus.texts import Text, text
from web.languages.wording import printed
from web.layout.health_words import OUTCOME_WORDS

IMPORTED = "imported"  # in place of a reason, of an address that was not crawled


_OF_STATE: Mapping[str, Mapping[str, Text]] = {
    "article": {"crawled": text("crawled"), IMPORTED: text("imported")},
    "copy": {"same-text": text("the text of another article")},
    "listing": {
        UrlKind.HOME: text("front page"),
        UrlKind.FEED: text("feed"),
        UrlKind.SITEMAP: text("sitemap"),
        UrlKind.SECTION: text("section page"),
        UrlKind.ARTICLE: text("page"),
    },
    "waiting": {"not-asked-yet": text("not fetched yet")},
}  # of addresses in a state: what stands where others have a reason


def of_state(state: str, reason: str) -> str:
    """Return what a reason means that the addresses in a state have; of listings it is their kind."""
    return _OF_STATE.get(state, {}).get(reason) or OUTCOME_WORDS.get(reason) or meaning(reason)


def meaning(reason: str) -> str:
    """Return what a reason means; an unknown one stands as it is."""
    if reason == IMPORTED:
        return text("imported")
    return consequence(reason).says if is_known(reason) else reason


def explained(reason: str) -> str:
    """Return what a reason means, with the reason as it is stored, its details too, as code; an unknown one alone."""
    if not is_known(reason):
        return meaning(reason)
    return with_code(meaning(reason), reason)


def with_code(sentence: str, stored: str) -> Markup:
    """Return a sentence in the language of the page, and beside it the English that is stored, as code."""
    return Markup("{} {}").format(Markup(printed(sentence)), code(stored))  # noqa: S704 - `printed` escapes


def code(reason: str) -> Markup:
    """Return a stored reason as it stands in data and logs: English, whatever the language of the page."""
    return Markup('<code class="q">{}</code>').format(reason)
