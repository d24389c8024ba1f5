"""A page whose header and meta name two encodings is read by the one that its bytes support, and says so."""

from datetime import UTC, datetime
from unicodedata import normalize

import pytest

from corpus.model import Article
from crawler.extraction.extract import extract
from crawler.markup.charset import codec, decode
from crawler.values import Page

RUSSIAN = "Совет утвердил новый бюджет на следующий год после долгих споров о расходах на школы и дороги. "
UKRAINIAN = "Міська рада затвердила бюджет на наступний рік після довгих суперечок про витрати на школи й дороги. "
CHINESE = "市议会在长时间的辩论之后批准了明年的预算，其中包括对学校和道路的投资，这是他们多年来最大的一次。"
TRADITIONAL = "市議會在長時間的辯論之後批准了明年的預算，其中包括對學校和道路的投資，這是他們多年來最大的一次。"
JAPANESE = "市議会は長い議論の末に来年度の予算を承認した。学校と道路への投資が含まれている。"
KOREAN = "시의회는 긴 토론 끝에 내년 예산을 승인했다. 학교와 도로에 대한 투자가 포함되어 있다. "
ARABIC = "وافق المجلس على الميزانية الجديدة للعام المقبل بعد نقاش طويل حول الإنفاق على المدارس والطرق. "
GREEK = "Το συμβούλιο ενέκρινε τον νέο προϋπολογισμό για το επόμενο έτος μετά από μακρά συζήτηση. "
HEBREW = "מועצת העיר אישרה את התקציב לשנה הבאה לאחר דיון ארוך על ההוצאות לבתי הספר ולכבישים. "
THAI = "สภาเมืองอนุมัติงบประมาณสำหรับปีหน้าหลังจากการอภิปรายเป็นเวลานานเกี่ยวกับโรงเรียนและถนน "
OF_OTHER_SCRIPTS = [
    (KOREAN, "euc-kr"), (RUSSIAN, "koi8-r"), (RUSSIAN, "windows-1251"), (RUSSIAN, "iso-8859-5"), (RUSSIAN, "cp866"),
    (UKRAINIAN, "koi8-u"), (JAPANESE, "shift_jis"), (JAPANESE, "euc-jp"), (JAPANESE, "iso-2022-jp"),
    (CHINESE, "gb18030"), (TRADITIONAL, "big5"), (HEBREW, "windows-1255"), (HEBREW, "iso-8859-8"),
    (ARABIC, "windows-1256"), (ARABIC, "iso-8859-6"), (GREEK, "iso-8859-7"), (GREEK, "windows-1253"),
    (THAI, "tis-620"),
]  # fmt: skip
FRENCH = "L’été dernier, « où » a-t-on créé des écoles ? À Paris, on l’a décidé : l’œuvre était achevée, c’est sûr. "
ITALIAN = "È già la città più bella, perché è là; sarà così: è vero, è giusto, è tutto, e la virtù è lì. "
GERMAN = "Der Rat beschloss den Haushalt: mehr Geld für Schulen, Straßen und Bücher, weniger für Öl und Fußgänger. "
ENGLISH = "“The man’s gone,” he said – “it’s late…” ’til the ’90s — and I don’t know why he’d say “no”. "
CZECH = "Město schválilo rozpočet na příští rok, žáci dostanou nové školy a řidiči opravené silnice u řeky. "
POLISH = "Rada miasta przyjęła budżet na przyszły rok, więcej pieniędzy dostaną szkoły, żłobki i ścieżki. "
TURKISH = "Belediye meclisi gelecek yılın bütçesini kabul etti, okullara ve yollara daha çok para ayrılacağı söylendi. "
VIETNAMESE = "Hội đồng đã được nghe về đường sá ở đó để người dân đi lại, ý kiến đó là của những người ở đầu phường. "
TONES = "\u0300\u0301\u0303\u0309\u0323"


def tones_apart(text: str) -> str:
    """Return a Vietnamese text with its marks of tone as characters of their own, as windows-1258 has them."""
    apart = [normalize("NFD", character) for character in text]
    return "".join(
        normalize("NFC", "".join(part for part in parts if part not in TONES))
        + "".join(part for part in parts if part in TONES)
        for parts in apart
    )


OF_LATIN_LETTERS = [
    (FRENCH, "windows-1252"), (ITALIAN, "windows-1252"), (GERMAN, "windows-1252"), (ENGLISH, "windows-1252"),
    (FRENCH.replace("’", "'"), "iso-8859-15"), (CZECH, "windows-1250"), (CZECH, "iso-8859-2"), (POLISH, "iso-8859-2"),
    (TURKISH, "windows-1254"), (tones_apart(VIETNAMESE), "windows-1258"),
]  # fmt: skip


def page(text: str, encoding: str, declared: str) -> bytes:
    head = f'<html><head><meta charset="{declared}"><title>x</title></head><body class=story><p>'
    return head.encode() + text.encode(codec(encoding) or encoding)


@pytest.mark.parametrize(
    "header", ["iso-8859-1", "windows-1252", "iso-8859-15", "us-ascii", "iso-8859-2", "windows-1258"]
)
@pytest.mark.parametrize(("text", "encoding"), OF_OTHER_SCRIPTS)
def test_a_meta_that_the_bytes_support_overrules_a_header_of_latin_letters(
    text: str, encoding: str, header: str
) -> None:
    assert decode(page(text, encoding, encoding), header)[0].endswith(text)


@pytest.mark.parametrize(("text", "encoding"), [each for each in OF_OTHER_SCRIPTS if each[1] != "iso-2022-jp"])
def test_so_it_does_a_header_of_utf8_that_does_not_decode(text: str, encoding: str) -> None:
    assert decode(page(text, encoding, encoding), "utf-8")[0].endswith(text)


@pytest.mark.parametrize("declared", [encoding for _, encoding in OF_OTHER_SCRIPTS])
@pytest.mark.parametrize(("text", "header"), OF_LATIN_LETTERS)
def test_a_meta_of_a_template_does_not_overrule_the_right_header_of_a_latin_text(
    text: str, header: str, declared: str
) -> None:
    assert decode(page(text * 5, header, declared), header)[0].endswith(text * 5)


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1251", "koi8-r", "shift_jis"])
@pytest.mark.parametrize(("text", "header"), [(RUSSIAN, "cp866"), (GREEK, "iso-8859-7"), (KOREAN, "euc-kr")])
def test_a_right_header_of_another_script_wins_over_any_meta(text: str, header: str, declared: str) -> None:
    assert decode(page(text, header, declared), header)[0].endswith(text)


def test_utf8_with_one_broken_byte_is_read_as_the_page_says() -> None:
    content = page(RUSSIAN * 9, "utf-8", "utf-8") + b"\xd0"
    assert decode(content, "iso-8859-1")[0].endswith(RUSSIAN * 9 + "\ufffd")


def test_names_in_latin_letters_within_the_words_do_not_stop_it() -> None:
    text = "삼성전자가 AI반도체와 HBM을 공개했고 LG는 5G망을, KT는 IPTV를 내놓았다. " * 3
    assert decode(page(text, "euc-kr", "euc-kr"), "iso-8859-1")[0].endswith(text)


def test_a_few_letters_are_chance() -> None:
    assert decode(page("Il a dit : « ÄÖÜ », puis « ÇÉÈ »", "windows-1252", "windows-1251"), "iso-8859-1")[1] == "cp1252"


def test_a_feed_is_read_by_its_own_declaration_as_well() -> None:
    item = f"<item><title>{KOREAN}</title><link>https://a.example/1</link></item>"
    feed = f'<?xml version="1.0" encoding="euc-kr"?><rss version="2.0"><channel><title>x</title>{item}</channel></rss>'
    assert KOREAN.strip() in decode(feed.encode("cp949"), "iso-8859-1")[0]


def test_the_article_says_that_the_header_names_another_encoding() -> None:
    assert story("iso-8859-1").facts["encoding"] == "the header names cp1252, and the page is read as cp949"
    assert "encoding" not in story("euc-kr").facts
    assert "encoding" not in story(None).facts
    assert story("iso-8859-1").body == story("euc-kr").body


def story(header: str | None) -> Article:
    paragraphs = "".join(f"<p>{KOREAN * 2}{number}번째 문단은 상인들의 생각을 전한다.</p>" for number in range(8))
    head = "<html lang=ko><head><meta charset=euc-kr><title>새 예산</title></head><body><h1>새 예산</h1>"
    address = "https://a.example/news/1"
    content = f"{head}{paragraphs}</body></html>".encode("cp949")
    at = datetime(2026, 3, 4, tzinfo=UTC)
    return extract(Page(url=address, address=address, source="a", content=content, fetched=at, charset=header)).article
