"""Every kind of page in every language: nothing of it stays English."""

import re
from functools import cache
from html.parser import HTMLParser

import pytest
from flask.testing import FlaskClient

from tests.web.languages.test_catalogues import every_message
from web.languages.catalogues import catalogue
from web.languages.choice import ENGLISH, LANGUAGES

OTHERS = [code for code in LANGUAGES if code != ENGLISH.code]


class Texts(HTMLParser):
    """The texts of a page that are ours: those of its attributes too, no text of an article, no code."""

    NAMED = (
        "aria-label",
        "title",
        "placeholder",
        "data-l",
        "data-list",
        "data-some",
        "data-span",
        "data-on",
        "data-off",
    )
    QUIET = ("script", "style", "code", "kbd", "textarea")

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._quiet = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.texts += [value or "" for name, value in attrs if name in self.NAMED]
        self._quiet += tag in self.QUIET

    def handle_endtag(self, tag: str) -> None:
        self._quiet -= tag in self.QUIET

    def handle_data(self, data: str) -> None:
        if not self._quiet and data.strip():
            self.texts.append(" ".join(data.split()))


def texts_of(page: str) -> list[str]:
    """Return the texts of a page."""
    read = Texts()
    read.feed(page.replace("<wbr>", ""))
    return read.texts


@cache
def english(code: str) -> frozenset[str]:
    """Return the messages without values that the language says in other words."""
    said = catalogue(code).gettext
    plain = [each.one for each in every_message() if each.many is None and not re.search(r"%\(|\{|<", each.one)]
    return frozenset(plain) - {said(message) for message in plain}


PLAIN = (
    "/about", "/advanced", "/authors", "/batch", "/corrections", "/coverage", "/crawls", "/dossiers", "/help/search",
    "/language", "/lookup", "/merges", "/receipts", "/requests", "/samples", "/saved", "/sources", "/sources/add",
)  # fmt: skip


def left_english(client: FlaskClient, code: str, path: str) -> set[str]:
    """Return the messages of a page that a language says in other words, and that the page has in English."""
    reply = client.get(f"/{code}{path}")
    assert reply.headers["Content-Language"] == code
    return {each.removesuffix(" · Pressmark").strip(" ·‹›:.") for each in texts_of(reply.text)} & english(code)


# A page of each wing; the soak asks all of them.
SAMPLE = (
    "/",
    "/search",
    "/a/<name>",
    "/sources/<path:name>",
    "/crawls/<run>",
    "/q/<mark>",
    "/saved edit",
    "error",
    "/language",
)


@pytest.mark.parametrize("code", OTHERS)
def test_no_text_of_a_page_stays_english(kept: tuple[FlaskClient, dict[str, str]], code: str):
    client, paths = kept
    assert {name: found for name in SAMPLE if (found := left_english(client, code, paths.get(name, name)))} == {}


def test_a_difference_says_in_the_language_what_was_done_to_a_paragraph(kept: tuple[FlaskClient, dict[str, str]]):
    client, paths = kept
    texts = texts_of(client.get("/de" + paths["/a/<mark>/diff/<span>"]).text)
    assert {"¶ 1 geändert", "¶ 3 entfernt", "¶ 7 hinzugefügt"} <= set(texts)


@pytest.mark.soak
@pytest.mark.parametrize("code", OTHERS)
def test_no_text_of_any_page_stays_english(kept: tuple[FlaskClient, dict[str, str]], code: str):
    client, paths = kept
    every = {**paths, **{path: path for path in PLAIN}}
    del every["/words"]  # it shows words of the articles
    assert {name: found for name, path in every.items() if (found := left_english(client, code, path))} == {}


def test_a_paragraph_of_a_difference_keeps_the_direction_of_its_own_words(kept: tuple[FlaskClient, dict[str, str]]):
    client, paths = kept
    page = client.get("/ar" + paths["/a/<mark>/diff/<span>"]).text
    changed = re.findall(r'<p class="d"[^>]* dir="auto">((?:(?!<p).)*)', page, re.DOTALL)
    assert changed
    for each in changed:
        before = re.sub(r"<bdi.*?</bdi>|<[^>]*>", "", each)  # what decides by `dir=auto`
        assert not re.search("[\u0600-\u06ff]", before)


def test_what_a_person_typed_stands_alone_in_an_arabic_sentence(kept: tuple[FlaskClient, dict[str, str]]):
    client, _ = kept
    assert "\u2068-24x\u2069" in client.get("/ar/search?q=flood&from=-24x").text
    assert "\u2068" not in client.get("/de/search?q=flood&from=-24x").text
