"""The stored reason of a visit -> the same as people read it: what it means, in the language of the page."""

from markupsafe import Markup

from corpus.reasons import consequence, is_known
from corpus.texts import text
from web.languages.wording import printed

IMPORTED = "imported"  # in place of a reason, of an address that was not crawled


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
