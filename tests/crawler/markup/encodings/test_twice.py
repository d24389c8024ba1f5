"""A page whose text was encoded twice is mended, and says so; a page that quotes such text stays as it is."""

import pytest

from crawler.markup.encodings.twice import mended
from tests.crawler.stories import read
from tests.stalling import no_stall

FRENCH = "Le maire a présenté hier le projet où les cafés étaient fermés depuis l’été. « C’est décidé », a-t-il dit. "
GERMAN = "Die Bürgermeisterin hat gestern den Entwurf für die Fußgängerzone vorgestellt, über den der Rat abstimmt. "
ENGLISH = "The mayor didn’t say when the café would open — “we’ll see,” she said. "
RUSSIAN = "Мэр города вчера представил проект новой набережной, где кафе были закрыты с лета. "
CHINESE = "市长昨天介绍了新海滨项目，咖啡馆从夏天起就关闭了。"
WORDS = ("café", "naïve", "résumé", "über", "piñata", "façade", "déjà", "crème", "brûlée", "exposé", "señor", "Zoë")


def twice(text: str, through: str = "cp1252") -> str:
    """A text in UTF-8 that a program took for one in another charset; free places become control characters."""
    return "".join(bytes([byte]).decode(through, "ignore") or chr(byte) for byte in text.encode())


def page(text: str) -> str:
    return f"<html><body><script>var a = 'x';</script><p>{text}</p></body></html>"


def mend(markup: str) -> str:
    return mended(markup, markup.encode())[0]


@pytest.mark.parametrize("through", ["cp1252", "latin-1"])
@pytest.mark.parametrize("text", [FRENCH, GERMAN, ENGLISH, RUSSIAN, CHINESE])
def test_a_text_that_was_encoded_twice_throughout_is_mended(text: str, through: str) -> None:
    assert mend(page(twice(text * 4, through))) == page(text * 4)


@pytest.mark.parametrize(("text", "through"), [(RUSSIAN, "cp1251"), (FRENCH, "cp1250"), (GERMAN, "mac-roman")])
def test_so_is_one_that_went_through_another_charset(text: str, through: str) -> None:
    assert mend(page(twice(text * 4, through))) == page(text * 4)


@pytest.mark.parametrize(
    "markup",
    [
        page(FRENCH * 4),
        page(RUSSIAN * 4),
        page(f"{FRENCH * 3} On lit alors {twice(' '.join(WORDS))}."),  # whole letters stand beside it
        page("".join(f"<code>{twice(each)}</code> is read for it. " for each in "éèêëàâäöüçñß")),  # each stands alone
        page(f"Words such as {twice(', '.join(WORDS))} are seen. {'Plain words of the page. ' * 150}"),  # few of many
        page(twice("élève à Zoë")),  # eleven characters beyond ASCII at most
    ],
)
def test_a_page_that_quotes_such_text_stays(markup: str) -> None:
    assert mended(markup, markup.encode()) == (markup, 0)


def test_the_article_has_the_mended_text_and_says_so() -> None:
    story = "".join(f"<p>{GERMAN}Absatz {n} erzählt, wie die Händler darüber denken.</p>" for n in range(8))
    markup = f"<html lang=de><head><title>Fußgängerzone</title></head><body><h1>Fußgängerzone</h1>{story}</body></html>"
    whole, broken = read(markup).article, read(twice(markup)).article
    assert (broken.body, broken.headline) == (whole.body, whole.headline)
    assert "encoding" not in whole.facts
    assert broken.facts["encoding"].endswith("characters of its page were encoded twice, and are mended")


def test_scripts_without_an_end_are_looked_over_once() -> None:
    page = twice("café naïve ") * 20 + "<script " * 150_000
    with no_stall():  # each to the page's end, they take minutes
        assert mended(page, page.encode())[1] == 40
