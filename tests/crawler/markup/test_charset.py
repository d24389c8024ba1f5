import pytest

from crawler.markup.charset import codec, decode
from tests.stalling import no_stall

RUSSIAN = "Совет утвердил новый бюджет на следующий год после долгих споров о расходах на школы и дороги. "
CHINESE = "市议会在长时间的辩论之后批准了明年的预算，其中包括对学校和道路的投资，这是他们多年来最大的一次。"
TRADITIONAL = "市議會在長時間的辯論之後批准了明年的預算，其中包括對學校和道路的投資，這是他們多年來最大的一次。"
JAPANESE = (
    "市議会は長い議論の末に来年度の予算を承認した。学校と道路への投資が含まれている。これは過去最大のものである。"
)
KOREAN = "시의회는 긴 토론 끝에 내년 예산을 승인했다. 학교와 도로에 대한 투자가 포함되어 있다. 이는 역대 최대 규모이다."
ARABIC = "وافق المجلس على الميزانية الجديدة للعام المقبل بعد نقاش طويل حول الإنفاق على المدارس والطرق. "
GREEK = "Το συμβούλιο ενέκρινε τον νέο προϋπολογισμό για το επόμενο έτος μετά από μακρά συζήτηση για τα σχολεία. "
GERMAN = (
    "Der Rat beschloss nach langer Aussprache den Haushalt: mehr Geld für Schulen, Straßen und Bücher, weniger für Öl. "
)


def test_byte_order_mark_wins_over_the_header():
    assert decode(b"\xef\xbb\xbfna\xc3\xafve", "iso-8859-1") == ("naïve", "utf-8")


def test_utf16_is_read_by_its_mark():
    assert decode("\ufeffCafé".encode("utf-16-le"))[0] == "Café"


def test_utf16_without_a_mark_is_recognised_by_its_nuls():
    assert decode("<html><p>Council agrees budget".encode("utf-16-le"))[0].endswith("budget")


def test_header_wins_over_meta():
    page = b'<meta charset="windows-1252"><p>' + "Прага".encode("cp1251")
    assert decode(page, "windows-1251")[0].endswith("Прага")


def test_meta_in_the_first_kilobyte_is_read():
    page = b'<meta http-equiv="Content-Type" content="text/html; charset=koi8-r"><p>' + "Прага".encode("koi8-r")
    assert decode(page)[0].endswith("Прага")


def test_a_meta_that_stands_late_is_read_as_browsers_do():
    page = b"<p>" + b" " * 90_000 + b'<META CHARSET="koi8-r"><p>' + "Прага".encode("koi8-r")
    assert decode(page)[0].endswith("Прага")


def test_the_first_of_two_metas_counts():
    page = b'<meta charset="koi8-r"><p><meta charset="windows-1251">' + "Прага".encode("koi8-r")
    assert decode(page)[0].endswith("Прага")


@pytest.mark.parametrize(
    "elsewhere",
    [
        b"<script>document.write('<meta charset=koi8-r>')</script>",
        b"<style>/* <meta charset=koi8-r> */</style>",
        b'<meta name="description" content="How to write charset=koi8-r in a page">',
        b"<p>&lt;meta charset=koi8-r&gt;",
    ],
)
def test_a_charset_that_no_meta_declares_is_not_read(elsewhere):
    assert decode(elsewhere + b'<meta charset="windows-1252">caf\xe9')[0].endswith("café")
    assert decode(elsewhere + GERMAN.encode("cp1252"))[0].endswith(GERMAN)


def test_meta_inside_a_comment_is_not_read():
    page = b'<!-- <meta charset="koi8-r"> --><meta charset="cp1252">caf\xe9'
    assert decode(page)[0].endswith("café")


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("ISO-8859-1", "cp1252"), ("latin1", "cp1252"), ("us-ascii", "cp1252"), ("gb2312", "gb18030"),
        ("GBK", "gb18030"),
        ("Shift_JIS", "cp932"), ("euc-kr", "cp949"), ("iso-8859-9", "cp1254"), ("UTF8", "utf-8"), ("'utf-8'", "utf-8"),
        ("big5", "big5hkscs"), ("iso-8859-15", "iso8859-15"), ("windows-1251", "cp1251"), ("euc-jp", "euc_jp"),
    ],
)  # fmt: skip
def test_labels_mean_what_browsers_take_them_for(label, expected):
    assert codec(label) == expected


@pytest.mark.parametrize("label", ["rot13", "zlib", "unicode_escape", "utf-7", "idna", "", "nonsense", "x" * 500, None])
def test_labels_that_are_no_web_encoding_are_passed_over(label):
    assert codec(label) is None


def test_windows_quotes_under_a_latin1_label_are_quotes():
    assert decode(b"\x93Yes\x94", "iso-8859-1")[0] == "“Yes”"


def test_utf8_under_a_false_label_is_still_utf8():
    text = "Fünf Brücken für Köln, Bücher für Züge"
    assert decode(text.encode(), "iso-8859-1") == (text, "utf-8")


def test_one_broken_character_does_not_turn_a_utf8_page_into_another_charset():
    text, encoding = decode((GERMAN * 30).encode() + b"\xff", "utf-8")
    assert encoding == "utf-8"
    assert text.count("�") == 1


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (CHINESE, "gb18030"), (TRADITIONAL, "big5"), (JAPANESE, "shift_jis"),
        (JAPANESE, "euc-jp"), (KOREAN, "euc-kr"), (ARABIC, "cp1256"), (GREEK, "cp1253"), (GERMAN, "cp1252"),
        (GERMAN, "utf-8"),
    ],
)  # fmt: skip
def test_an_unlabelled_page_is_guessed(text, encoding):
    assert decode(b"<p>" + text.encode(encoding))[0] == "<p>" + text


CZECH = "Město schválilo rozpočet na příští rok, žáci dostanou nové školy a řidiči opravené silnice u řeky. "
POLISH = "Rada miasta przyjęła budżet na przyszły rok, więcej pieniędzy dostaną szkoły, żłobki i ścieżki. "
HUNGARIAN = "A városi tanács elfogadta a jövő évi költségvetést, több pénz jut az iskolákra és az útfelújításra őszig. "
TURKISH = (
    "Belediye meclisi gelecek yılın bütçesini kabul etti, okullara ve yollara daha çok para ayrılacağı açıklandı. "
)
HEBREW = "מועצת העיר אישרה את התקציב לשנה הבאה לאחר דיון ארוך על ההוצאות לבתי הספר ולכבישים. "
THAI = "สภาเมืองอนุมัติงบประมาณสำหรับปีหน้าหลังจากการอภิปรายเป็นเวลานานเกี่ยวกับโรงเรียนและถนน "
UKRAINIAN = "Міська рада затвердила бюджет на наступний рік після довгих суперечок про витрати на школи й дороги. "
LITHUANIAN = "Miesto taryba patvirtino kitų metų biudžetą, daugiau lėšų skirs mokykloms, žmonėms ir keliams šįmet. "


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CZECH, "cp1250"), (CZECH, "iso8859-2"), (POLISH, "cp1250"), (POLISH, "iso8859-2"), (HUNGARIAN, "cp1250"),
        (TURKISH, "cp1254"), (HEBREW, "cp1255"), (THAI, "cp874"), (UKRAINIAN, "cp1251"), (UKRAINIAN, "koi8-u"),
        (RUSSIAN, "iso8859-5"), (RUSSIAN, "cp866"), (RUSSIAN, "mac-cyrillic"), (LITHUANIAN, "cp1257"),
        (JAPANESE, "iso2022_jp"), (ARABIC, "iso8859-6"), (GREEK, "iso8859-7"),
    ],
)  # fmt: skip
def test_a_page_of_any_language_is_guessed_within_its_markup(text, encoding):
    page = f"<html><head><title>News</title><script>if (a<b) go('{'x' * 500}')</script><body class=page><p>{text * 3}"
    assert decode(page.encode(encoding))[0] == page


def test_no_guess_mixes_two_scripts_in_a_word():
    name = "Das Gespräch führte Jürgen Groß über Brücken, Züge, Öl und Bäder in Köln."
    assert decode(name.encode("cp1252"))[0] == name


def test_a_single_accent_is_read_as_western():
    assert decode(b"<p>" + b"The council met at the " + b"caf\xe9" + b" on the corner to talk about the budget.")[
        0
    ].endswith("café on the corner to talk about the budget.")


@pytest.mark.parametrize("mark", [b"\xff\xfe\0\0", b"\0\0\xfe\xff"])
def test_utf32_is_read_by_its_mark(mark):
    encoding = "utf-32-le" if mark.startswith(b"\xff") else "utf-32-be"
    assert decode(mark + "Café".encode(encoding)) == ("Café", encoding)


@pytest.mark.parametrize("label", ["utf-8", "windows-1252", None])
def test_a_few_nuls_do_not_hide_a_label(label):
    page = GERMAN.encode(label or "utf-8")
    assert decode(page[:20] + b"\0" + page[20:] + b"\0\0", label)[0] == GERMAN


KILLERS = {
    "metas": b"<meta " * 200_000,
    "one meta": b"<meta " + b"charset " * 150_000,
    "comments": b"<!--" * 300_000,
    "scripts": b"<script" * 200_000,
    "tags": b"<" * 1_000_000 + b"\xe9",
    "noise": bytes(range(128, 256)) * 8_000,
    "kana": b"\xe3\x81" * 500_000,
    "escapes": b"\x1b$" * 500_000,
}


@pytest.mark.parametrize("content", KILLERS.values(), ids=KILLERS)
def test_no_bytes_take_seconds(content):
    with no_stall():
        decode(content)


def test_a_label_the_bytes_contradict_is_passed_over():
    assert decode((GERMAN * 3).encode("cp1252"), "utf-8")[0] == GERMAN * 3


def test_the_text_never_holds_a_lone_surrogate():
    text, _ = decode(b"\xff\xfe\x00\xd8A\x00", None)
    text.encode()


@pytest.mark.parametrize("junk", [b"", b"\x00", bytes(range(256)) * 8, b"\x80" * 5000])
def test_any_bytes_give_some_text(junk):
    decode(junk, "gbk")[0].encode()
