"""A printed byline: its names, whatever stands around them."""

import json
from datetime import UTC, datetime

import pytest

from corpus.model import AuthorKind
from crawler.bylines.dates import undated, without_time_before
from crawler.bylines.leads.lines import is_led, without_lead
from crawler.bylines.text import MAX_TEXT, may_be_led, read_byline
from crawler.bylines.words import AUTHOR_LABELS, LANGUAGES_OF
from crawler.extraction.extract import extract
from crawler.values import Page
from tests.counting import calls
from tests.stalling import no_stall

# The byline, its language, and the names in it, joined by "; ".
BYLINES = (
    ("Gan Gwenllian Bowen a Rhodri Elis", "cy", "Gwenllian Bowen; Rhodri Elis"),
    ("Gan Aneirin", "en", "Gan Aneirin"),
    ("Av | Kari Nordmann", "sv", "Kari Nordmann"),
    ("Amina Yusuf, as told to Kari Nordmann", "en", "Kari Nordmann"),
    ("โดยสมชาย ใจดี", "th", "สมชาย ใจดี"),
    ("โดยเฉพาะ เรือข้ามฟาก", "th", "โดยเฉพาะ เรือข้ามฟาก"),
    ("ដោយសុខ វិបុល", "km", "សុខ វិបុល"),
    ("ලේඛක: නිමල් පෙරේරා", "si", "නිමල් පෙරේරා"),
    ("Na Zawadi wa Njoroge", "sw", "Zawadi wa Njoroge"),
    ("Av Kari Nordmann", "no", "Kari Nordmann"),
    ("Av Kari Nordmann", "nb", "Kari Nordmann"),
    ("Av Kari Nordmann", "sv", "Kari Nordmann"),
    ("Av Kari Nordmann", "en", "Av Kari Nordmann"),
    ("Le Mòrag NicDhòmhnaill", "gd", "Mòrag NicDhòmhnaill"),
    ("Av Kari Nordmann\ni Malmö", "sv", "Kari Nordmann"),
    ("By Ana Pérez in\nMalmö", "en", "Ana Pérez"),
    ("By Ana Pérez\nin Malmö", "en", "Ana Pérez"),
    ("Autor: Anna Nowak\ni Łukasz Żak", "pl", "Anna Nowak; Łukasz Żak"),
    ("Autor: Anna Nowak i\nŁukasz Żak", "pl", "Anna Nowak; Łukasz Żak"),
    ("Piše: Ana Novak\nin Žiga Kos", "sl", "Ana Novak; Žiga Kos"),
    ("By Ana Pérez\ny Juan Díaz", "en", "Ana Pérez; Juan Díaz"),
    ("Le Sorcha Ní Dhomhnaill", "ga", "Sorcha Ní Dhomhnaill"),
    ("Scríofa ag Cathal De Búrca agus Sorcha Mhic Aodha", "ga", "Cathal De Búrca; Sorcha Mhic Aodha"),
    ("Egilea: Nerea Urrutia eta Iker Zubiri", "eu", "Nerea Urrutia; Iker Zubiri"),
    ("Gant Rozenn Kergoat ha Malo Tanguy", "br", "Rozenn Kergoat; Malo Tanguy"),
    ("Na Neema Wanjala", "sw", "Neema Wanjala"),
    ("Imeandikwa na Neema Wanjala na Juma Otieno", "sw", "Neema Wanjala; Juma Otieno"),
    ("Láti ọwọ́ Yétúndé Fálàdé", "yo", "Yétúndé Fálàdé"),
    ("Аутор: Јелена Ђурђевић", "sr", "Јелена Ђурђевић"),
    ("Пише: Небојша Николић", "sr", "Небојша Николић"),
    ("نووسینی: شیلان ڕەشید", "ckb", "شیلان ڕەشید"),
    ("Հեղինակ՝ Տիգրան Պետրոսյան", "hy", "Տիգրան Պետրոսյան"),
    ("कविता बंसल और राजेश राठौर", "hi", "कविता बंसल; राजेश राठौर"),
    ("विनोद राठौर, नई दिल्ली", "hi", "विनोद राठौर"),
    ("נועה ברקוביץ, ירושלים", "he", "נועה ברקוביץ"),
    ("گفت‌وگو: کاوه رستمی", "fa", "کاوه رستمی"),
    ("oprac. Zofia Kępa", "pl", "Zofia Kępa"),
    ("Una entrevista de Arnau Torrent", "ca", "Arnau Torrent"),
    ("Röportaj: Elif Güneş", "tr", "Elif Güneş"),
    ("Elif Güneş yazdı", "tr", "Elif Güneş"),
    ("Elif Güneş yazdı", "en", ""),
    ("Kovács Anna írta.", "hu", "Kovács Anna"),
    ("Leyla Məmmədova yazır", "az", "Leyla Məmmədova"),
    ("Айгүл Сейтова жазды", "kk", "Айгүл Сейтова"),
    ("Elif Güneş dün akşam saat beşte kentte yazdı", "tr", ""),
    ("Nguyễn Thu Hà - Trần Minh Tuấn", "vi", "Nguyễn Thu Hà; Trần Minh Tuấn"),
    ("글·사진 강서연", "ko", "강서연"),
    ("（佐藤健一）", "ja", "佐藤健一"),
    ("3 hours ago Maren Oake", "en", "Maren Oake"),
    ("3 hours ago By Maren Oake", "en", "Maren Oake"),
    ("vor 3 Stunden Maren Oake", "de", "Maren Oake"),
    ("il y a 2 heures Maren Oake", "fr", "Maren Oake"),
    ("hace 2 horas Maren Oake", "es", "Maren Oake"),
    ("2 uur geleden Maren Oake", "nl", "Maren Oake"),
    ("2 timmar sedan Maren Oake", "sv", "Maren Oake"),
    ("3 часа назад Марина Окунь", "ru", "Марина Окунь"),
    ("3小时前 王小明", "zh", "王小明"),
    ("Yesterday Maren Oake", "en", "Maren Oake"),
    ("6 May 2024 Maren Oake", "en", "Maren Oake"),
    ("May 6, 2024 10:30 am Maren Oake", "en", "Maren Oake"),
    ("06.05.2024, 10:30 Uhr Maren Oake", "de", "Maren Oake"),
    ("Mon, 6 May 2024 | Maren Oake", "en", "Maren Oake"),
    ("By political reporter Maren Oake", "en", "Maren Oake"),
    ("By Political Reporter Maren Oake", "en", "Maren Oake"),
    ("By our special correspondent Maren Oake in Geneva", "en", "Maren Oake"),
    ("Senior Editor Maren Oake", "en", "Maren Oake"),
    ("By science editor Maren Oake and health reporter Tilo Brand", "en", "Maren Oake; Tilo Brand"),
    ("Von unserer Redakteurin Maren Oake", "de", "Maren Oake"),
    ("Von unserem Korrespondenten Tilo Brand, Berlin", "de", "Tilo Brand"),
    ("Von Politikredakteurin Maren Oake", "de", "Maren Oake"),
    ("Par notre envoyée spéciale Maren Oake", "fr", "Maren Oake"),
    ("Par notre correspondant à Berlin, Tilo Brand", "fr", "Tilo Brand"),
    ("Por nuestra corresponsal Maren Oake", "es", "Maren Oake"),
    ("Por la redactora Maren Oake", "es", "Maren Oake"),
    ("Dalla nostra inviata Maren Oake", "it", "Maren Oake"),
    ("Door onze verslaggever Maren Oake", "nl", "Maren Oake"),
    ("Av politikreporter Maren Oake", "sv", "Maren Oake"),
    ("Text: Reporter Maren Oake", "sv", "Maren Oake"),
    ("корреспондент Марина Окунь", "ru", "Марина Окунь"),
    ("Maren Oake Email the author", "en", "Maren Oake"),
    ("By Maren Oake Follow @marenoake", "en", "Maren Oake"),
    ("By Maren Oake View Profile", "en", "Maren Oake"),
    ("By Dykes and Sluices Trust", "en", "Dykes and Sluices Trust"),
    ("By Department of Health and Social Care", "en", "Department of Health and Social Care"),
    ("By Maren Oake and Tilo Brand", "en", "Maren Oake; Tilo Brand"),
    ("Von Maren Oake und Tilo Brand", "de", "Maren Oake; Tilo Brand"),
    ("Bund für Umwelt und Naturschutz", "de", "Bund für Umwelt und Naturschutz"),
    ("By Ministry of Culture, Media and Sport", "en", "Ministry of Culture, Media and Sport"),
    ("Por Cámara de Comercio e Industria", "es", "Cámara de Comercio e Industria"),
    ("By April May 2026", "en", ""),
    ("By Adrienne So", "en", "Adrienne So"),
    ("By Jan van der Berg", "en", "Jan van der Berg"),
    ("By the Editor", "en", ""),
    ("山田 太郎", "ja", "山田 太郎"),
    ("記者 山田太郎", "ja", "山田太郎"),
    ("记者 王丽 李明", "zh", "王丽; 李明"),
    ("홍길동 기자", "ko", "홍길동"),
    ("(서울=연합뉴스) 홍길동 기자", "ko", "홍길동"),
    ("서울·부산=홍길동 김철수 기자", "ko", "홍길동; 김철수"),
    ("玛丽·居里", "zh", "玛丽·居里"),
    ("By Mitali Sur", "en", "Mitali Sur"),
    ("By Das Sen", "en", "Das Sen"),
    ("डा. जैन", "ne", "डा. जैन"),
    ("By Staff Reporter", "en", "Staff Reporter"),
    ("Maren Oake, Staff Writer", "en", "Maren Oake"),
    ("Oggi Maren Oake", "it", "Maren Oake"),
    ("przed 2 godzinami Maren Oake", "pl", "Maren Oake"),
    ("منذ 3 ساعات بقلم مارين عوض", "ar", "مارين عوض"),
    ("3시간 전 홍길동 기자", "ko", "홍길동"),
    ("2時間前 記者 山田太郎", "ja", "山田太郎"),
    ("Von Chefreporterin Maren Oake", "de", "Maren Oake"),
    ("Por el enviado especial Tilo Brand", "es", "Tilo Brand"),
    ("Par le correspondant Tilo Brand et la journaliste Maren Oake", "fr", "Tilo Brand; Maren Oake"),
    ("Maren Oake Contact", "en", "Maren Oake"),
    ("Von Maren Oake Folgen", "de", "Maren Oake"),
    ("By Society for Birds, Bees and Hedges", "en", "Society for Birds, Bees and Hedges"),
    ("Ministère de la Mer et des Ports", "fr", "Ministère de la Mer et des Ports"),
    ("Verein für Deiche und Siele", "de", "Verein für Deiche und Siele"),
    ("By Maren Oake and Tilo Brand", "en", "Maren Oake; Tilo Brand"),
    ("Par notre correspondante à Brest Maren Oake", "fr", "Maren Oake"),
    ("By our correspondent in Geneva Maren Oake", "en", "Maren Oake"),
    ("Von unserem Reporter in Kiel Tilo Brand", "de", "Tilo Brand"),
    ("De nuestra corresponsal en Cádiz Maren Oake", "es", "Maren Oake"),
    ("By our reporter in New York Maren Oake", "en", "Maren Oake"),
    ("By Friends of Dykes and Sluices", "en", "Friends of Dykes and Sluices"),
    ("By Friends of the Old Sluice", "en", "Friends of the Old Sluice"),
    ("By Painters of Signs and Boats", "en", "Painters of Signs and Boats"),
    ("Par les Amis de la Digue et des Écluses", "fr", "Amis de la Digue et des Écluses"),
    ("Von der Kammer für Deiche und Siele", "de", "Kammer für Deiche und Siele"),
    ("By the Department of Dykes and Sluices", "en", "Department of Dykes and Sluices"),
    ("Por el Ministerio de Cultura", "es", "Ministerio de Cultura"),
    ("By Maren Oake of the Daily Post and Tilo Brand", "en", "Maren Oake; Tilo Brand"),
    ("By de la Cruz", "en", "de la Cruz"),
    ("By Victoria Friday, 3 May", "en", "Victoria Friday"),
    ("By Victoria Friday, Sam Roe and Joan Sunday", "en", "Victoria Friday; Sam Roe; Joan Sunday"),
    ("By April August, 3 May 2026", "en", "April August"),
    ("Victoria Friday", "en", ""),  # without "By" it may be a place and a day
    ("By Monday Morning", "en", ""),
    ("By Ana Pérez on Friday", "en", "Ana Pérez"),
    ("Von Ana Pérez am Sonntag", "de", "Ana Pérez"),
    ("Por Ana Pérez el domingo", "es", "Ana Pérez"),
    ("By Karim el Fassi", "en", "Karim el Fassi"),
    ("Dan Davies", "en", "Dan Davies"),
    ("By Ana Pérez and Steely Dan", "en", "Ana Pérez; Steely Dan"),
    ("By Ana Pérez,\nAnd Li Wei", "en", "Ana Pérez; Li Wei"),
    ("BY ANA PÉREZ AND\nLI WEI", "en", "ANA PÉREZ; LI WEI"),
    ("By Ana Pérez, E Annie Proulx", "en", "Ana Pérez; E Annie Proulx"),
    ("Door Jan Smit,\nen Klaas Vaak", "nl", "Jan Smit; Klaas Vaak"),
    ("Kirjoittaja: Aino Korhonen ja\nMatti Virtanen", "fi", "Aino Korhonen; Matti Virtanen"),
    ("Autor: Ana Horvat i\nIvo Kos", "hr", "Ana Horvat; Ivo Kos"),
    ("Autorė: Ona Petraitė ir Jonas Kazlauskas", "lt", "Ona Petraitė; Jonas Kazlauskas"),
    ("Автор: Олена Коваль і Іван Мороз", "uk", "Олена Коваль; Іван Мороз"),
    ("By Ana Pérez,\nand Li Wei", "en", "Ana Pérez; Li Wei"),
    ("By The Editorial Board", "en", "The Editorial Board"),
    ("山田 太郎 佐藤 花子", "ja", "山田 太郎; 佐藤 花子"),
    ("김 철수 기자", "ko", "김 철수"),
    ("(부산=가나통신) 김철수 기자", "ko", "김철수"),
)


@pytest.mark.parametrize(("byline", "language", "names"), BYLINES)
def test_the_names_of_a_byline_are_read_and_nothing_else(byline, language, names):
    read = read_byline(byline, language=language)
    assert "; ".join(author.name for author in read.authors) == names
    assert may_be_led(byline, language) or not read.led


def test_a_line_without_a_word_before_its_names_is_known_before_they_are_read():
    assert not may_be_led("The council met on Monday and heard Ana Pérez", "en")
    assert may_be_led("(By Ana Pérez)", "en")


def test_every_word_before_names_is_found_wherever_it_may_stand():
    """The quick look of `is_led`, at lines of plain letters, and the reading that it saves agree."""
    words = sorted(
        {
            *LANGUAGES_OF,
            *(f"{label}," for label in AUTHOR_LABELS),
            "aus Kiel berichtet",
            "As told to",
            "fra Oslo rapporterer",
        }
    )
    befores = ("", "Yesterday ", "3 May 2024 | ", "Weather - ", "(")
    lines = [before + word + after for before in befores for word in words for after in (" Ana Weber", ": Ana Weber")]
    for line in (each for written in lines for each in (written, written.upper(), written.capitalize())):
        for language in ("en", "de", "tr"):
            assert is_led(line, language) == without_lead(line, language)[1], line
    assert sum(is_led(line, "en") for line in lines) > len(words)


@pytest.mark.parametrize(
    "text",
    [
        "By",
        "by",
        "Von",
        "By the Editor",
        "Par",
        "Por",
        "文/",
        "بقلم",
        "Email the author",
        "Log in",
        "フォロー",
        "متابعة",
        "구독",
    ],
)
def test_what_names_nobody_gives_nobody(text):
    assert read_byline(text, handles=True).authors == ()


@pytest.mark.parametrize(
    "text", ["Dykes and Sluices Trust", "Our Correspondent", "Staff Reporter", "Ministry of Tides"]
)
def test_who_signs_without_a_person_is_a_desk(text):
    (author,) = read_byline(f"By {text}", language="en").authors
    assert (author.name, author.kind) == (text, AuthorKind.DESK)


def test_the_place_before_a_korean_name_is_where_they_wrote():
    assert read_byline("서울·부산=홍길동 기자", language="ko").place == "서울·부산"


@pytest.mark.parametrize("line", ["April May", "Mark 3", "Tilo Brand, 6 May 2024", "March for the dykes", "May Day"])
def test_a_line_that_begins_with_no_whole_date_stays(line):
    assert without_time_before(line) == line


@pytest.mark.parametrize(
    "text",
    [
        "by " * 400,
        "By " + "a" * 100_000,
        "By A, " * 20_000,
        "By " + "A" * 50 + " and " * 10_000,
        "1 " * 50_000,
        "3 hours ago " * 5_000,
        "(" * 50_000,
        "By " + "x@" * 20_000,
        "a.a" * 30_000 + "@",
        "By " + " of" * 30_000,
        "\u0300" * 50_000,
        "記者 " * 20_000,
        "서울·" * 20_000 + "=",
        "published " * 20_000,
        " " * 100_000 + "By",
        "By\n" * 30_000,
        "Quelle: " + "/" * 50_000,
    ],
)  # fmt: skip
def test_a_hostile_byline_takes_no_time(text):
    with no_stall():
        assert calls(lambda: read_byline(text, language="de", handles=True)) < 200_000  # half of it at most
        undated(text[: 10 * MAX_TEXT])


@pytest.mark.parametrize("value", ["," * 200_000, "(" * 500_000, "a" * 500_000, "By " * 100_000, "Oake, " * 50_000])
def test_a_hostile_name_in_a_page_s_data_takes_no_time(value):
    data = json.dumps({"@type": "NewsArticle", "headline": "A", "author": [{"@type": "Person", "name": value}] * 5})
    html = (
        f'<script type="application/ld+json">{data}</script><meta name="author" content="{value[:50_000]}"><h1>A</h1>'
    )
    url = "https://isle.example/a"
    page = Page(url=url, address=url, source="s", content=html.encode(), fetched=datetime(2025, 1, 1, tzinfo=UTC))
    with no_stall():
        assert calls(lambda: extract(page)) < 400_000  # half of it at most


@pytest.mark.parametrize(
    ("line", "language", "name"),
    [
        ("Von Jürgen Weiß 27. November 2026, 14:59 Uhr", "de", "Jürgen Weiß"),
        ("Von Jürgen Weiß Samstag, 28. Nov. 2026", "de", "Jürgen Weiß"),
        ("Von Jürgen Weiß Stand: 27. November 2026", "de", "Jürgen Weiß"),
        ("Por Íñigo Larrañaga 27 de noviembre de 2026, 14:59", "es", "Íñigo Larrañaga"),
        ("Por João Silva 27 de novembro de 2026 às 14h59", "pt", "João Silva"),
        ("By Harriet Lowell Saturday 28 November 2026", "en", "Harriet Lowell"),
        ("Autor: Jan Novák 27. listopadu 2026", "cs", "Jan Novák"),
        ("Írta: Nagy Péter 2026. november 27.", "hu", "Nagy Péter"),
        ("Teksti: Matti Virtanen 27. marraskuuta 2026", "fi", "Matti Virtanen"),
        ("लेखक: सुनीता शर्मा २७ नवंबर २०२६, ०९:०५", "hi", "सुनीता शर्मा"),
        ("लेखक: राजेश कुमार २४ नवंबर २०२६, १६:४९", "hi", "राजेश कुमार"),
        ("김철수 기자 2026년 11월 27일", "ko", "김철수"),
        ("Γράφει: Μαρία Κωνσταντίνου 27 Νοεμβρίου 2026", "el", "Μαρία Κωνσταντίνου"),
        ("Ρεπορτάζ: Μαρία Κωνσταντίνου", "el", "Μαρία Κωνσταντίνου"),
    ],
)
def test_a_date_behind_the_name_is_none_of_it_in_any_language(line, language, name):
    assert [author.name for author in read_byline(line, language=language).authors] == [name]


@pytest.mark.parametrize(
    ("language", "byline", "sentence"),
    [
        ("vi", "Theo Hoàng Thu Nga", "Theo Hoàng Thu Nga, hòn đảo vẫn còn thiếu một người thợ làm bánh."),
        ("hi", "रिपोर्ट सुनीता राठौर", "रिपोर्ट 85 पन्नों की है और द्वीप का नाम उसमें केवल 8 बार आता है।"),
        ("ur", "رپورٹ سجاد زیدی", "رپورٹ 78 صفحات پر مشتمل ہے اور اس میں کشتی کا ذکر تین بار آیا ہے۔"),
        ("sv", "Text Anna Berg", "Text Anna Berg har skrivit för ön, som ingen ville läsa i vintras."),
        ("ro", "De Ana Popescu", "De Ana Popescu se spune pe insulă că a cumpărat toate casele vechi."),
    ],
)
def test_a_word_that_opens_sentences_too_leads_no_names_where_a_sentence_ends(language, byline, sentence):
    assert read_byline(byline, language=language).led
    assert not read_byline(sentence, language=language).led


def test_a_filipino_particle_stands_amid_a_name():
    assert [author.name for author in read_byline("By Luz Dela Cruz").authors] == ["Luz Dela Cruz"]
    assert read_byline("Dela").authors == ()
