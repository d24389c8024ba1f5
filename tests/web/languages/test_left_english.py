"""Every kind of page with a catalogue that writes every message in other letters: what is left in ours is data."""

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from corpus import characters
from tests.web.languages.test_pages import PLAIN
from web.languages import wording
from web.layout.services import EXTENSION

FULL_WIDTH = {ord(letter): ord(letter) + 0xFEE0 for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"}
NOT_WORDS = re.compile(r"%\(\w+\)s|%%|\{[^}]*\}|<[^>]*>|&\w+;")  # of a message: places, tags and entities
VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})
DATA = frozenset({"bdi", "cite", "code", "kbd", "pre", "samp", "script", "style", "textarea", "blockquote"})
CLOSED_BY = {
    "li": "li",
    "dt": "dt dd",
    "dd": "dt dd",
    "tr": "tr td th",
    "td": "td th",
    "th": "td th",
    "p": "p",
    "option": "option",
}
NAMED = (
    "aria-label",
    "aria-description",
    "title",
    "placeholder",
    "data-l",
    "data-list",
    "data-some",
    "data-on",
    "data-off",
    "alt",
)


def in_other_letters(message: str) -> str:
    """Return a message whose words are in letters of full width; its places and tags as they are."""
    parts, at = [], 0
    for found in NOT_WORDS.finditer(message):
        parts += [message[at : found.start()].translate(FULL_WIDTH), found[0]]
        at = found.end()
    return "".join([*parts, message[at:].translate(FULL_WIDTH)])


class Catalogue:
    """A catalogue of a language that is English in other letters."""

    def gettext(self, message: str) -> str:
        return in_other_letters(message)

    def ngettext(self, one: str, many: str, count: int) -> str:
        return in_other_letters(one if count == 1 else many)

    def pgettext(self, _context: str, message: str) -> str:
        return in_other_letters(message)

    def npgettext(self, _context: str, one: str, many: str, count: int) -> str:
        return self.ngettext(one, many, count)


def is_reason(tag: str, given: dict[str, str | None]) -> bool:
    """Whether an element holds a reason as it is stored: its word is a code, but a sentence is English."""
    return tag == "code" and given.get("class") == "q"


def is_ours_in_english(given: dict[str, str | None]) -> bool:
    """Whether an element holds a stored sentence that was not recognized, as `shown` marks it."""
    return given.get("lang") == "en" and given.get("dir") == "ltr"


class Seen(HTMLParser):
    """The words of a page in our letters, each with the element in which it stands; those of data apart."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._open: list[tuple[str, bool, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in CLOSED_BY and self._open and self._open[-1][0] in CLOSED_BY[tag].split():
            self._open.pop()
        for name in NAMED:
            self._note(given.get(name) or "", f"{tag}[{name}]")
        if tag not in VOID:
            is_data = (
                (tag in DATA and not is_reason(tag, given))
                or ("lang" in given and tag != "html" and not is_ours_in_english(given))
                or ("dir" in given and tag != "html" and not is_ours_in_english(given))
                or "m" in (given.get("class") or "").split()
            )
            self._open.append((tag, is_data, f"{tag}.{given.get('class') or ''}"))

    def handle_endtag(self, tag: str) -> None:
        while any(each[0] == tag for each in self._open) and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        is_code = bool(self._open) and self._open[-1][2] == "code.q" and " " not in data.strip()
        if not is_code and not any(is_data for _, is_data, _ in self._open):
            self._note(data, self._open[-1][2] if self._open else "")

    def _note(self, text: str, where: str) -> None:
        if re.search("[A-Za-z]{2}", text):
            self.words.append(f"{where}: {' '.join(text.split())}")


@pytest.fixture
def other_letters(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    caches = (wording._plain, wording._messages_of)
    monkeypatch.setattr(wording, "catalogue", lambda code: Catalogue())
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()


# What articles, people and configurations have in our letters, and what is written so in every language.
WRITTEN_SO = re.compile(
    r"Pressmark|UTC|JSON|CSV|RIS|BibTeX|CSL-JSON|CSL|Markdown|HTML|Atom|SVG|PNG|ZIP|WARC|WACZ|BagIt|APA|MLA|Chicago"
    r"|https?://\S*|[\w.-]+\.example|\b(?=\w*\d)[0-9a-z-]{4,64}\b|SHA-256|ctx_ver=\S*|\banalysis \d|\bxyzzy\b|=\w+"
    r"|\b[a-z]-[0-9a-z]{5}\b"  # a mark without a digit
)
CADENCE = re.compile("nightly|daily \\d\\d:\\d\\d")  # a schedule stands as config.toml has it
TYPED = (
    "The sea wall", "Floods", "flood", "insurance", "school", "money", "ana", "Ana Pérez", "from", "record", "defences",
    "worst", "Work is to begin in April.", "It will cost 41 million, of which the county has found 17.",
    "An earlier version of this article misstated the vote.", "asked for by the author", "Local", "Coast", "Business",
    "Levels at 5 gauges along the Lind, in centimetres, taken each April by 60 volunteers", "http-429: asks to wait",
)  # fmt: skip


@pytest.fixture(scope="module")
def data_words(kept: tuple[FlaskClient, dict[str, str]]) -> re.Pattern[str]:
    """Match the names of the archive: authors and headlines, and what people typed."""
    client, _ = kept
    store = client.application.extensions[EXTENSION].store
    articles = [each.article for each in store.heads(range(1, store.saved.last_article + 1)).values()]
    names = {author.name for article in articles for author in article.authors}
    names |= {article.headline for article in articles if article.headline}
    found = sorted({characters.safe(each) for each in names} | set(TYPED), key=len, reverse=True)
    return re.compile("|".join(rf"(?<![A-Za-z]){re.escape(each)}(?![A-Za-z])" for each in found))


def left_english(client: FlaskClient, path: str, data_words: re.Pattern[str]) -> list[str]:
    """Return the texts of a page that have words in our letters which no article, person or format wrote."""
    reply = client.get(f"/ar{path}", follow_redirects=True)
    seen = Seen()
    seen.feed(reply.text.replace("<wbr>", ""))
    seen.close()
    left = []
    for text in seen.words:
        _, _, words = text.partition(": ")
        words = CADENCE.sub("", WRITTEN_SO.sub("", data_words.sub("", words)))
        if re.search("[A-Za-z]{2}", words):
            left.append(text)
    return sorted(set(left))


def left_of(
    kept: tuple[FlaskClient, dict[str, str]], names: Iterable[str], data_words: re.Pattern[str]
) -> dict[str, list[str]]:
    client, paths = kept
    return {name: left for name in names if (left := left_english(client, paths.get(name, name), data_words))}


@pytest.mark.usefixtures("other_letters")
def test_nothing_of_a_page_is_english_but_what_others_wrote(
    kept: tuple[FlaskClient, dict[str, str]], data_words: re.Pattern[str]
):
    assert left_of(kept, ("/search", "/sources", "/sources/<path:name>", "/crawls/<run>"), data_words) == {}


@pytest.mark.soak
@pytest.mark.usefixtures("other_letters")
def test_nothing_of_any_page_is_english_but_what_others_wrote(
    kept: tuple[FlaskClient, dict[str, str]], data_words: re.Pattern[str]
):
    _, paths = kept
    assert left_of(kept, [name for name in (*paths, *PLAIN) if name != "/words"], data_words) == {}  # words of articles


@pytest.mark.usefixtures("other_letters")
def test_a_word_that_is_no_message_is_seen(kept: tuple[FlaskClient, dict[str, str]], data_words: re.Pattern[str]):
    client, _ = kept
    assert left_english(client, "/requests", data_words) == []
    assert any("ana" in each for each in left_english(client, "/requests", re.compile("(?!)")))
    assert (
        in_other_letters("Read <b>%(n)s</b> of {n:,} &amp; more") == "Ｒｅａｄ <b>%(n)s</b> ｏｆ {n:,} &amp; ｍｏｒｅ"
    )
