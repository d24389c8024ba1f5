"""What is stored as plain English is said in a reader's language by the messages of the modules that wrote it."""

import ast
import re
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from markupsafe import Markup

import crawler
from corpus.model import Discovered, Outcome, UrlKind, UrlState, Visit
from corpus.texts import Text, places, text
from corpus.texts.storing import as_json, restored
from corpus.via import Via
from docs.translations import messages
from tests.counting import calls
from tests.stalling import no_stall
from tests.web.conftest import app_over, client_of
from tests.web.corpus import HERALD, NOW
from tests.web.languages.test_left_english import left_english, other_letters
from web.languages.catalogues import STORED_BY, stored_messages
from web.languages.choice import ENGLISH, LANGUAGES, speaking
from web.languages.former_messages import FORMER
from web.languages.recognizing import LONGEST, MIN_OWN, SEPARATORS, recognized, shown
from web.languages.wording import said
from web.layout.services import EXTENSION

__all__ = ["other_letters"]

OTHERS = [code for code in LANGUAGES if code != ENGLISH.code]
REASONS = (
    "wall: the redirect carries the address it came from, 3 other addresses lead to the same place;"
    " believed when it stays; sent to https://7.example/7",
    'challenge: asks for consent: "7; 7: 7, 7" (no dated article, hardly a link)',
    "listing: reads as a list, a shop's page or a thread (0.97 likely; 12 linked lines leave pieces of up to 30% of its"
    " text, made of 9 posts with a day each); 5 of its links were not looked at",
    "empty: 41 letters of text, expected 60 or more",
    "timeout: no bytes came for too long",
    "dns: 7.example: the name does not resolve ([7] 7)",
    "proxy: socks5://7.example:1080: the proxy says that its rules do not allow the connection",
    "soft-404: most of the text is gone",
    "other-story: neither its headline nor its text is that of the story stored; the page has neither date nor author",
    "error: a fault of ours; run with -vv to see where",
    "dtd-ignored, text-before-xml",
)
NO_MESSAGES = frozenset({"opml.py"})  # read at the command line alone


def sample(template: str) -> str:
    """Return a sentence of a message, with a value in each of its places."""
    return str(text(template, **values(template)))


def values(template: str) -> dict[str, Any]:
    """Return a value for each of the places of a message."""
    return {name: (0.25 if spec[-1] in "f%" else 1_234) if spec else "x-7" for name, spec in places(template).items()}


def test_a_catalogue_says_itself_which_messages_may_be_stored():
    wanted = {
        (each.one, each.many) for each, files in messages().items() if any(file.startswith(STORED_BY) for file in files)
    }
    for code in OTHERS:
        assert {each for each in stored_messages(code) if each[0] not in FORMER} == wanted, code


def test_every_sentence_that_may_be_stored_is_recognized():
    with speaking(LANGUAGES["de"]):
        for one, many in stored_messages("de"):
            made = sample(many or one)
            own = sum(map(str.isalpha, re.sub("{[^}]*}", "", one)))
            if own >= MIN_OWN and not isinstance(recognized(made), Text):
                pytest.fail(made)


def test_a_sentence_that_was_stored_in_older_words_is_said_as_one_in_the_present_words():
    for former, present in FORMER.items():
        assert places(former) == places(present), former
        assert present in {each.one for each in messages()}, present
        for code in OTHERS:
            with speaking(LANGUAGES[code]):
                assert said(restored(sample(former), as_json(text(former, **values(former))))) == said(
                    text(present, **values(present))
                )
    with speaking(LANGUAGES["de"]):
        assert (
            said(recognized("its front page could not be had either")) == "auch seine Startseite war nicht zu bekommen"
        )
        assert said(recognized("proxy.example: the proxy hung up")) == "proxy.example: der Proxy schloss die Verbindung"


def test_a_sentence_keeps_its_values_and_its_number():
    with speaking(LANGUAGES["de"]):
        assert said(recognized("3,000 of 5,000 links, without 1 part that does not fit the text")) == (
            "3.000 von 5.000 Links, ohne 1 Teil, der nicht zum Text passt"
        )
        assert said(recognized("page of 61.2 MB is over 50 MB")) == "eine Seite von 61,2 MB ist größer als 50 MB"


def test_what_no_message_makes_stays_as_it_is_and_is_marked_as_english():
    for other in ("a sentence of another make; and more", "x" * 500, "no connection " * 90, "a: " * 130, "a, b; " * 60):
        with speaking(LANGUAGES["ar"]):
            assert recognized(other) == other
            assert shown("by <another> make") == "<span lang=en dir=ltr>by &lt;another&gt; make</span>"
    assert shown("by <another> make") == "by <another> make"


@pytest.mark.parametrize(
    "other",
    [
        "page of 1.2.3 MB is over 50 MB",
        "page of 61.20 MB is over 50 MB",
        f"page of {'9' * 380} MB is over 5 MB",
        "3,,, of 5 links",
        "٣ of ٥ links",
        "page of {x} MB is over 50 MB",
        "{n:,} of {all:,} links",
    ],
)
def test_what_only_looks_like_a_message_is_none(other: str):
    for code in OTHERS:
        with speaking(LANGUAGES[code]):
            assert shown(other) == Markup("<span lang=en dir=ltr>{}</span>").format(other)
            assert other in said(recognized(f"no bytes came for too long; {other}"))


def test_words_quoted_of_a_page_stay_as_the_page_has_them():
    with speaking(LANGUAGES["de"]):
        for words in ("x; no bytes came for too long; y", "a: no text", "7; 3 of 5 links", "no text, 3 of 5 links"):
            made = said(recognized(f'asks for consent: "{words}" (no dated article, hardly a link)'))
            assert words in made
            assert made.startswith("bittet um Zustimmung: ")
            assert "kein datierter Artikel" in made


def test_an_address_ends_where_its_sentence_goes_on():
    with speaking(LANGUAGES["de"]):
        assert said(recognized("sent to https://7.example/a?7,7; 3 of 5 links")) == (
            "nach https://7.example/a?7,7 geschickt; 3 von 5 Links"
        )


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.soak)])
def test_no_sentence_takes_long_to_recognize(step):
    parts = [part for one, _ in stored_messages("de") for part in re.split("{[^}]*}", one)]
    pieces = ["7", "x", '"', *SEPARATORS, *parts[::step]]
    with speaking(LANGUAGES["de"]):
        recognized("x y")
        for piece in pieces:
            for other in (("7" + piece) * LONGEST, piece * LONGEST, ("7, x " + piece) * LONGEST):
                sentence = other[:LONGEST]
                with no_stall():
                    if piece in SEPARATORS:
                        assert calls(partial(recognized, sentence)) < 200_000, piece  # a third of it
                    else:
                        recognized(sentence)


def written_without_a_message(source: str) -> Iterator[int]:
    """Yield the lines where an error or a reason gets English that is no message."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Name(id="FetchError" | "ExtractError"), args=[_, ast.Constant() | ast.JoinedStr()]):
                yield node.lineno
            case ast.JoinedStr(values=[ast.FormattedValue(value=ast.Attribute(value=ast.Name(id="Reason"))), *rest]):
                if any(isinstance(each, ast.Constant) and str(each.value).strip(" :") for each in rest):
                    yield node.lineno


def test_every_detail_that_a_visit_stores_is_made_of_messages():
    root = Path(crawler.__file__).parent
    files = {each for each in root.rglob("*.py") if each.name not in NO_MESSAGES} - set((root / "importing").rglob("*"))
    found = {f"{each.name}:{line}" for each in files for line in written_without_a_message(each.read_text("utf-8"))}
    assert found == set()
    wrong = 'f"{Reason.WALL}: sent to {x}"\nFetchError(Reason.DNS, f"{x}: none")'
    assert sorted(written_without_a_message(wrong)) == [1, 2]


@pytest.fixture(scope="module")
def lost(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client over an archive where visits ended for REASONS."""
    folder = tmp_path_factory.mktemp("recognizing") / "data"
    shutil.copytree(data, folder)
    app = app_over(folder)
    store = app.extensions[EXTENSION].store
    for n, reason in enumerate(REASONS):
        url = f"https://{HERALD}/7{n}"
        store.frontier.add([Discovered(url=url, kind=UrlKind.ARTICLE, via=Via.HOME)], HERALD, NOW)
        visit = Visit(url=url, at=NOW, due=NOW, bytes=0, outcome=Outcome.FAILED, reason=reason, state=UrlState.DROPPED)
        store.record(visit)
    yield client_of(app)
    app.extensions[EXTENSION].close()


@pytest.mark.usefixtures("other_letters")
def test_the_details_of_a_reason_leave_no_english_on_a_page(lost: FlaskClient):
    nothing = re.compile("(?!)")
    for n in range(len(REASONS)):
        assert left_english(lost, f"/lookup?url=https://{HERALD}/7{n}", nothing) == [], REASONS[n]
    left = left_english(lost, "/crawls", nothing)
    assert [each for each in left if "code" in each] == ["code.q: http-429: asks to wait"]  # of no message of ours
