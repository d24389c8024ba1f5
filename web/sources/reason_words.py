"""The stored reason of a visit -> the same as people read it: what it means, in the language of the page."""

from collections import Counter
from collections.abc import Mapping

from markupsafe import Markup

from corpus.model import UrlKind
from corpus.reasons import consequence, is_known, word_of
from corpus.store.addresses.census import GUESSED
from corpus.texts import Text, joined, text
from web.languages.choice import ENGLISH, current
from web.languages.recognizing import recognized
from web.languages.wording import printed
from web.layout.health_words import OUTCOME_WORDS

IMPORTED = "imported"  # in place of a reason, of an address that was not crawled
_NOTES: Mapping[str, Text] = {
    "dtd-ignored": text("its document type was ignored"),
    "lenient": text("its markup is broken and was read leniently"),
    "truncated": text("it is cut short"),
    "text-before-xml": text("there is text before its XML"),
    "plain-list": text("it is a plain list of addresses"),
    "a-feed": text("it is a feed"),
    "names-feeds": text("it names feeds and is not a feed"),
    "empty": text("it is empty"),
}  # of lists that were read: what stands where others have a reason

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
    "not-article": {GUESSED: text("no feed or sitemap at a usual address")},
    "waiting": {"not-asked-yet": text("not fetched yet")},
    "withdrawn": {"by hand": text("by hand")},
}  # of addresses in a state: what stands where others have a reason


def of_state(state: str, reason: str) -> str:
    """Return what a reason means that the addresses in a state have; of listings it is their kind."""
    return _OF_STATE.get(state, {}).get(reason) or OUTCOME_WORDS.get(reason) or meaning(reason)


def counted(state: str, reasons: Mapping[str, int]) -> str:
    """Return what the reasons of a state mean, with how many addresses have each when there are several."""
    words: Counter[str] = Counter()
    for reason, n in reasons.items():
        words[of_state(state, reason)] += n
    each = [text("{reason} ×{n:,}", reason=word, n=n) for word, n in words.items()] if len(words) > 1 else [*words]
    return joined("; ", each)


def meaning(reason: str) -> str:
    """Return what a reason means; an unknown one stands as it is."""
    if reason == IMPORTED:
        return text("imported")
    if is_known(reason):
        return consequence(reason).says
    notes = [_NOTES.get(each) for each in reason.split(", ")]
    return joined(", ", [each for each in notes if each]) if all(notes) else reason


def explained(reason: str) -> str:
    """Return what a reason means and the details of the visit, with its word as code; an unknown one alone."""
    return detailed(reason, meaning(reason)) if is_known(reason) else meaning(reason)


def detailed(reason: str, sentence: str | None = None) -> Markup:
    """Return a sentence and the details of a reason, in the language of the page, with the word of the reason as code.

    Details that are not made of our messages stand as they are stored, in English, as code.
    """
    if not is_known(reason):
        notes = meaning(reason)
        return Markup(printed(notes)) if isinstance(notes, Text) else code(reason)  # noqa: S704 - `printed` escapes
    word = word_of(reason)
    details = reason[len(word) + 1 :].strip()
    said = recognized(details)
    if " " in details and current() is not ENGLISH and not isinstance(said, Text):
        word, said = reason, ""
    parts = [each for each in (sentence, said) if each]
    return with_code(joined(": ", parts), word) if parts else code(word)


def with_code(sentence: str, stored: str) -> Markup:
    """Return a sentence in the language of the page, and beside it the English that is stored, as code."""
    return Markup("{} {}").format(Markup(printed(sentence)), code(stored))  # noqa: S704 - `printed` escapes


def code(reason: str) -> Markup:
    """Return a stored reason as it stands in data and logs: English, whatever the language of the page."""
    return Markup('<code class="q">{}</code>').format(reason)
