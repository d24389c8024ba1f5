import pytest

from corpus.characters import in_latin
from corpus.texts.languages import code as named
from corpus.texts.languages import language_name, one_code
from crawler.extraction import language as languages
from crawler.extraction.language import code, detect, language_of
from tests.crawler.extraction.test_fixtures import WANTED, read


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("de-AT", "de"),
        ("pt_BR", "pt"),
        ("EN", "en"),
        ("nb-NO", "nb"),
        ("iw", "he"),
        ("x", None),
        (None, None),
        ("und", None),
    ],
)
def test_a_tag_gives_its_language(tag: str | None, language: str | None) -> None:
    assert code(tag) == language


def test_no_page_shows_the_code_of_a_language_that_texts_are_read_as() -> None:
    read_as = {*languages._KNOWN, *languages._SHARES, *languages._OF_ONE}.union(*languages._SHARED.values())
    shown = {each: language_name(one_code(each)) for each in {*map(one_code, read_as), "ha", "ht", "qu", "yo", "mi"}}
    assert [each for each, name in shown.items() if name == each] == []
    assert [each for each, name in shown.items() if named(name) != each] == []
    assert [code(each) for each in ("hau", "hat-HT", "quz", "tir")] == ["ha", "ht", "quz", "ti"]


@pytest.mark.parametrize("name", [name for name, wanted in WANTED.items() if "language" in wanted])
def test_a_text_tells_its_language_by_itself(name: str) -> None:
    assert detect(read(name).article.body)[0] == WANTED[name]["language"]


def test_a_clear_text_is_believed_before_the_theme() -> None:
    text = (
        "The council said that it would not close the bridge, because the people of the town were against it and"
        " had been for years. " * 3
    )
    assert language_of(text, declared="de") == ("en", "text; the page declares de")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ga", "Tá an bóthar dúnta ag an gcomhairle agus níl aon scéal faoi sin sa pháipéar a bhí ar an mbord. "),
        ("mk", "Патот е затворен од советот и не се знае што ќе биде со него по зимата, но има надеж. "),
        (
            "ms",
            "Jalan itu ditutup oleh majlis kerana banjir dan penduduk tidak tahu bila ia akan dibuka kepada mereka. ",
        ),
        ("ckb", "ڕێگاکە لەلایەن ئەنجومەنەوە داخراوە و کەس نازانێت کەی دەکرێتەوە بۆ خەڵکی شار و گوندەکان. "),
        ("ps", "لاره د شورا له خوا وتړل شوه او هېڅوک نه پوهېږي چې ځای به څنګه پرانيستل شي، ټول خلک ښار ته ځي. "),
        ("te", "రోడ్డును మండలి మూసివేసింది, ఎప్పుడు తెరుస్తారో ఎవరికీ తెలియదు. "),
        (
            "ha",
            "An rufe hanyar ne a garin kuma ba wanda ya san ko za ta buɗe, in ji wani da ke zaune a can don aikin. ",
        ),
    ],
)
def test_a_declared_language_of_few_pages_is_believed_before_its_near_ones(language: str, text: str) -> None:
    assert language_of(text * 3, declared=language)[0] == language


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        ("sr", "Vlada je juče saopštila da će most biti zatvoren do kraja godine, jer se ne zna ko bi ga platio. "),
        ("bs", "Vlada je jučer saopćila da će most biti zatvoren do kraja godine, jer se ne zna ko bi ga platio. "),
        ("yi", "די שטאָט האָט נעכטן געזאָגט אַז די בריק וועט בלײַבן פֿאַרמאַכט ביזן סוף פֿון יאָר, ווײַל קיינער ווייסט נישט. "),
        (
            "pnb",
            "شہر دی کونسل نے کل دسیا اے کہ پل سال دے اخیر تک بند رہے گا، کیوں جے کسے نوں پتا نئیں پیسے کون دیوے گا۔ ",
        ),
    ],
)
def test_a_declared_language_in_the_words_or_letters_of_a_larger_one_is_believed(declared: str, text: str) -> None:
    assert language_of(text * 3, declared=declared)[0] == declared
    assert language_of(text * 3, declared="de")[0] != "de"


def test_a_text_of_english_contradicts_any_language_that_its_page_declares() -> None:
    text = "The council said that it would not close the bridge, because the people of the town were against it. " * 3
    for declared in ("ga", "ms", "ckb", "te", "lb", "fy"):
        assert language_of(text, declared=declared)[0] == "en"


def test_a_language_whose_words_are_not_known_is_believed_unless_another_is_plain() -> None:
    text = "Llaqta runakuna huk paqarinllapi camionkunata yuparqanku, la feria de Puno en la plaza, chaymanta karqa. "
    assert language_of(text * 4, declared="qu")[0] == "qu"


def test_a_short_text_does_not_contradict_the_page() -> None:
    assert language_of("The end is here.", declared="de")[0] == "de"


def test_what_says_nothing_has_no_language() -> None:
    assert language_of("12345", declared=None) == (None, None)


def test_words_of_latin_letters_are_the_words_of_any_letters() -> None:
    for number in range(0x110000):
        character = chr(number).casefold()
        if not languages._BEYOND.search(character):
            text = f"a{character}-{character}b {character}"
            assert languages._LATIN_WORD.findall(text) == languages._WORD.findall(text), hex(number)


def test_words_are_the_same_in_ascii_and_with_the_marks_of_print() -> None:
    for text in (
        "don’t well-known a-b-c -x- y_z 4th “e-mail” 2x3 naïve",
        "a-b-c-d --e f- -g",
        "",
        "x\u00a0y\x1cz",
        "日-本 a",
        "Die Straße GROSS – GROẞ, ÀÉ×Þ-Ü ÿŸ 5 µm, der ªº",
        "".join(map(chr, range(256))) + "’",
        "ß-ẞ Straße-Ä",
    ):
        for each in (text, text.upper(), text.encode("iso8859-1", "ignore").decode("iso8859-1")):
            assert languages._words(each, in_latin(each)) == languages._WORD.findall(each.casefold()), each
        plain = text.encode("ascii", "ignore").decode()
        assert languages._words(plain, in_latin(plain)) == languages._WORD.findall(plain.casefold()), plain
