"""The catalogues: every text of the pages is in every one of them, with all that a page needs of it."""

import re
from functools import cache
from html.parser import HTMLParser

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from corpus.texts import places
from docs.translations import TEMPLATES, Message, messages, of_module, of_template, updated
from web.languages.catalogues import FOLDER, catalogue
from web.languages.choice import ENGLISH, LANGUAGES
from web.languages.wording import install

OTHERS = [code for code in LANGUAGES if code != ENGLISH.code]
NAMES = {
    "SHA-256", "ZIP",  # of formats, programs and files, which no language translates
    "API", "CSV", "JSON", "OpenAPI 3.1", "Pressmark", "WACZ", "WARC", "Pressmark ·", "https://", "k7f003",
    "chapter 3, first paragraph", "User-agent:", "Disallow: /", "frame, actor, tone",
}  # fmt: skip
PERCENT = re.compile(r"%(?:%|\((\w+)\)s)")
TAG = re.compile(r"</?[a-z][^>]*>")


class Bare(HTMLParser):
    """The texts of a template that are no messages: between its tags, and in the attributes that people read."""

    READ = ("alt", "aria-label", "data-l", "placeholder", "title")
    QUIET = ("code", "kbd", "script", "style")

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._quiet = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.texts += [value for name, value in attrs if name in self.READ and value]
        self._quiet += tag in self.QUIET

    def handle_endtag(self, tag: str) -> None:
        self._quiet -= tag in self.QUIET

    def handle_data(self, data: str) -> None:
        if not self._quiet:
            self.texts += data.split("\x00")


def bare_texts(source: str) -> list[str]:
    """Return the texts of a template that no catalogue can have; what an expression gives is none of them."""
    environment = Environment(trim_blocks=True, lstrip_blocks=True)
    install(environment)
    parts = []
    for each in environment.parse(source).find_all(nodes.Output):
        parts += [inner.data if isinstance(inner, nodes.TemplateData) else "\x00" for inner in each.nodes]
    read = Bare()
    read.feed(re.sub(r"<[^<>]*>", lambda tag: tag[0].replace("\x00", " "), "".join(parts)))
    read.close()
    found = (each.strip(" \n·‹›.,:;()“”…") for each in read.texts)
    return [each for each in found if re.search(r"[^\W\d_]{2}", each) and each not in NAMES and '="' not in each]


@cache
def every_message() -> dict[Message, set[str]]:
    return messages()


@cache
def translated(code: str) -> Catalog:
    with (FOLDER / f"{code}.po").open("rb") as source:
        return read_po(source, locale=code, abort_invalid=True)


def forms(catalog: Catalog, message: Message) -> list[str]:
    """Return what a catalogue says for a message: one text, or one for each plural form."""
    found = catalog.get(message.id, message.context)
    assert found is not None, f"{message.one}: not in the catalogue; run `make translations`"
    return [found.string] if isinstance(found.string, str) else list(found.string or ())


def values(text: str) -> dict[str, str]:
    """Return the places of a message, name -> format, in either of the two syntaxes."""
    if "{" in text:
        return places(text)
    return {name: "s" for name in PERCENT.findall(text) if name}


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.stem)
def test_no_text_of_a_template_stands_outside_of_the_messages(path):
    assert bare_texts(path.read_text(encoding="utf-8")) == []


def test_a_text_outside_of_the_messages_is_seen():
    assert bare_texts('<p title="More">Some <b>{{ name }}</b> text{{ a }}, then') == [
        "More", "Some", "text", "then",
    ]  # fmt: skip
    assert bare_texts("<p>{% trans name %}Some {{ name }}{% endtrans %}{{ _('text') }}<code>-x y</code>") == []


def test_messages_are_found_in_templates_and_modules():
    template = "{% trans n=n %}{{ n }} note{% pluralize %}{{ n }} notes{% endtrans %}{{ _('a') }}{{ n|plural('hit') }}"
    assert set(of_template(template)) == {
        Message("%(n)s note", "%(n)s notes"), Message("a"), Message("{n:,} hit", "{n:,} hits"),
    }  # fmt: skip
    module = (
        'from corpus.texts import text as said, texts\nsaid("b" if x else "c")\ntexts("{n} d", "{n} ds", n)\ntext("e")'
    )
    assert set(of_module(module)) == {Message("b"), Message("c"), Message("{n} d", "{n} ds")}
    assert list(of_module('text("nobody imports it")')) == []


def without_places(catalog: str) -> list[str]:
    """Return the lines of a catalogue but those that say which file has a message: it may move."""
    return [line for line in catalog.splitlines() if not line.startswith("#:")]


@pytest.mark.parametrize("code", OTHERS)
def test_a_catalogue_has_every_message_of_the_pages_and_no_other(code):
    source = (FOLDER / f"{code}.po").read_text(encoding="utf-8")
    text, missing = updated(code, every_message(), source)
    assert missing == 0, f"{missing} messages are not translated"
    assert without_places(text) == without_places(source), "run `make translations`"


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_has_the_values_and_tags_of_its_message(code):
    catalog, wrong = translated(code), []
    for message in every_message():
        said, wanted = forms(catalog, message), values(message.many or message.one)
        for each in said:
            given = values(each)
            lacks = wanted.keys() - given.keys()
            if given.items() - wanted.items() or lacks - ({"n"} if message.many else set()):
                wrong.append((message.one, each))
            if sorted(TAG.findall(each)) != sorted(TAG.findall(message.many or message.one)) and "n" not in lacks:
                wrong.append((message.one, each))
    assert wrong == []


@pytest.mark.parametrize("code", OTHERS)
def test_a_plural_has_a_form_for_every_number(code):
    catalog = translated(code)
    for message in every_message():
        if message.many is not None:
            assert len(forms(catalog, message)) == catalog.num_plurals, message.one
    said = catalogue(code).ngettext
    for number in (0, 1, 2, 3, 11, 100, 1_000_000):
        assert said("{n:,} article", "{n:,} articles", number)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "لا مقالات"),
        (1, "مقال واحد"),
        (2, "مقالان"),
        (3, "{n:,} مقالات"),
        (10, "{n:,} مقالات"),
        (11, "{n:,} مقالًا"),
        (99, "{n:,} مقالًا"),
        (100, "{n:,} مقال"),
        (102, "{n:,} مقال"),
        (103, "{n:,} مقالات"),
        (118, "{n:,} مقالًا"),
    ],
)
def test_arabic_counts_by_its_six_forms(number: int, said: str):
    assert catalogue("ar").ngettext("{n:,} article", "{n:,} articles", number) == said


def test_every_arabic_plural_has_its_forms_in_the_order_of_the_catalogue():
    """The fifth form is that of 100, the last one that of 11 to 99, whose noun stands in the accusative ("مقالًا")."""
    for message in every_message():
        if message.many is not None:
            *_, hundred, eleven = forms(translated("ar"), message)
            assert eleven.count("\u064b") >= hundred.count("\u064b"), message.one


def test_french_has_no_space_that_may_break_before_its_tall_punctuation():
    assert [
        each for m in every_message() for each in forms(translated("fr"), m) if re.search(r" [;:?!»]|« ", each)
    ] == []


def test_arabic_has_its_own_punctuation():
    for message in every_message():
        for each in forms(translated("ar"), message):
            plain = re.sub(r"<code>.*?</code>|`.*?`", "", each)
            assert not re.search(r"[\u0600-\u06ff] ?(?:[,;](?= |$)|\?$)", plain), each


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.stem)
def test_what_joins_two_values_is_in_the_catalogues_too(path):
    """A comma, semicolon or colon is not the same sign in every language, nor has it the same space before it."""
    source = re.sub(r"{% trans.*?{% endtrans", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(r"[}>][,;:] (?=[{<]|[^<]*{{)", source) == []


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_holds_nothing_that_a_page_must_not_have(code):
    catalog = translated(code)
    for message in every_message():
        for each in forms(catalog, message):
            assert not re.search(r"<script|\son\w+=|javascript:", each), each
            assert "<" in (message.many or message.one) or "<" not in each, each
            assert re.sub(r"[\u00a0\u202f]", " ", each).isprintable(), each
