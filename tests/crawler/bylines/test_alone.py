"""Names without a word such as "By" before them: where they sign, and where a line of names is none."""

import pytest

from crawler.bylines.alone.lines import NameLine, names_alone
from crawler.bylines.places import _speaks_of_the_story
from crawler.bylines.text import read_byline
from crawler.bylines.words import AUTHOR_LABELS, LANGUAGES_OF
from crawler.markup.blocks import segment
from crawler.markup.tree import parse_text
from tests.counting import calls
from tests.crawler.bylines.test_authors_of_pages import names as signers


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("Maria Costa, Science Editor", ["Maria Costa"]),
        ("Maria Costa and John Hale", ["Maria Costa", "John Hale"]),
        ("Maria Costa in Lisbon and John Hale in Porto", ["Maria Costa", "John Hale"]),
        ("Maria Costa told the council.", []),
        ("Maria Costa was at the harbour twice this winter", []),
        ("Maria Costa has met John Hale and Jana Brandt", []),
        ("Maria Costa keeps the light of the old harbour", []),
        ("Maria Costa in Lisbon", []),
        ("Grace Cathedral in San Francisco", []),
        ("Maria Costa in Lisbon | 3 May 2024", ["Maria Costa"]),
        ("Harbour walls and high water", []),
        ("Lisbon, Maria Costa", []),
    ],
)
def test_a_line_of_names_under_the_headline_signs_when_a_given_name_begins_it(line, authors):
    assert signers(byline=f"<div class='top'>{line}</div>") == authors


@pytest.mark.parametrize("name", ["Victoria Park", "Maria Costa"])
def test_whom_the_story_tells_of_is_its_author_only_where_a_date_or_a_role_stands_beside(name):
    story = f"<p>The council has closed {name} for the winter, and the bakers of the island have to look elsewhere.</p>"
    assert signers(byline=f"<div>{name}</div>{story}") == []
    for sign in ("3 May 2024", "Last updated:", "Science editor"):
        assert signers(byline=f"<div>{name}</div><div>{sign}</div>{story}") == [name]
        assert signers(byline=f"<div>{sign}</div><div>{name}</div>{story}") == [name]
    assert signers(byline=f"<div>{name}</div><div>Photo: Getty Images</div>{story}") == []
    assert signers(byline=f"<div>{name}</div>") == [name]


def test_a_rare_name_behind_a_dash_that_stands_in_the_story_signs_nothing():
    story = (
        "<p>Orsolya Wessely, who bakes three days a week, wants to buy the building and let it to her apprentices.</p>"
    )
    assert signers(byline=story, after="<p>— Orsolya Wessely</p>") == []
    assert signers(byline=story, after="<p>— Maria Costa</p>") == ["Maria Costa"]


@pytest.mark.parametrize("label", sorted(AUTHOR_LABELS))
def test_a_label_of_the_author_is_read_at_a_line_s_beginning_and_behind_a_date(label):
    assert label in LANGUAGES_OF
    for line in (f"{label}: Maria Costa", f"3.5.2024 | {label}: Maria Costa"):
        assert [author.name for author in read_byline(line, language=None).authors] == ["Maria Costa"]


@pytest.mark.parametrize("mark", ["style='text-align: right'", "align=right", "class='text-end'", "class=alignright"])
def test_a_name_at_the_far_edge_behind_the_story_signs_it(mark):
    assert signers(after=f"<p {mark}><strong>Hoàng Thu Nga</strong></p>", language="vi") == ["Hoàng Thu Nga"]
    assert signers(after=f"<p {mark}>Ewa Lis - Jan Gąska</p>", language="pl") == ["Ewa Lis", "Jan Gąska"]
    assert signers(after=f"<p {mark}>Read the whole series here</p>") == []
    for words in (
        "Privacy Policy",
        "Volver Arriba",
        "Nach Oben",
        "Haut De Page",
        "Back To Top",
        "Volver Arriba, Nach Oben",
    ):
        assert signers(after=f"<p {mark}>{words}</p>") == []


def test_a_bold_line_at_the_near_edge_signs_nothing():
    assert signers(after="<p><strong>Harbour Board</strong></p>") == []
    assert signers(after="<p><strong>Hoàng Thu Nga</strong></p>", language="vi") == []


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("【山本直子】", ["山本直子"]),
        ("（山本直子、鈴木太郎）", ["山本直子", "鈴木太郎"]),
        ("【関連記事】", []),
        ("（終）", []),
        ("（共同）", []),
        ("【動画あり】", []),
        ("【社会部】", []),
        ("【取材】", []),
        ("（敬称略）", []),
        ("（有料会員限定）", []),
        ("【東京都港区】", []),
        ("（未完待续）", []),
        ("【返回首页】", []),
        ("【森林局】", []),
        ("（陈小红、王强）", ["陈小红", "王强"]),
        ("【森直子】", ["森直子"]),
        ("（森林火災）", []),
        ("（原文ママ）", []),
        ("（千葉県）", []),
        ("（石川県警）", []),
        ("（潘美玲）", ["潘美玲"]),
        ("（黄金）", []),
        ("（许可）", []),
        ("（周末版）", []),
        ("[이미지]", []),
        ("(전문)", []),
    ],
)
def test_names_in_brackets_behind_the_story_sign_it(line, authors):
    assert signers(after=f"<p>{line}</p>", language="ja") == authors


@pytest.mark.parametrize(
    "quotation",
    [
        "<p>“We shall give nothing to the sea this winter.”</p>",
        "<p>« Nous ne donnerons rien à la mer cet hiver. »</p>",
        "<p>„Wir geben dem Meer in diesem Winter nichts“.</p>",
        "<blockquote><p>We shall give nothing to the sea this winter.</p></blockquote>",
    ],
)
def test_a_name_behind_a_quotation_is_of_who_said_it(quotation):
    for name in ("<p>— Hoàng Thu Nga</p>", "<p style='text-align:right'>Hoàng Thu Nga</p>", "<p>— Maria Costa</p>"):
        assert signers(after=f"{quotation}{name}") == []
    assert signers(after="<p>The “sea” gave nothing, she said.</p><p>— Hoàng Thu Nga</p>") == ["Hoàng Thu Nga"]


def test_entries_of_a_list_sign_nothing():
    assert signers(after="<p>- Green Onions</p>") == []
    assert signers(after="<p>- Hoàng Thu Nga</p>") == ["Hoàng Thu Nga"]
    assert signers(after="<p>- Maria Costa</p>") == ["Maria Costa"]
    assert signers(after="<p>• Red Pepper, Green Onions</p>") == []
    assert signers(after="<p>* Terms Apply</p>") == []
    assert signers(after="<p>- Red Pepper</p><p>- Green Onions</p>") == []
    assert signers(after="<p>— Hoàng Thu Nga</p>") == ["Hoàng Thu Nga"]


def test_a_footer_between_headline_and_story_may_hold_the_byline():
    meta = "<footer class='node__meta'><div>Door Joost van den Berg<br>3 mei 2024 om 10.15 uur</div></footer>"
    assert signers(byline=meta, language="nl") == ["Joost van den Berg"]
    assert signers(after="<footer><div>Door Joost van den Berg</div></footer>", language="nl") == []


def test_the_foot_of_a_post_may_hold_the_byline():
    foot = (
        "<div class='{}-footer'><span class='post-author'>Publicada por <span class='fn'>Rui Leitão</span></span></div>"
    )
    for whole in ("post", "entry", "article", "story"):
        assert signers(after=foot.format(whole), language="pt") == ["Rui Leitão"]
    assert signers(after="<div class='site-footer'><p>Publicada por Rui Leitão</p></div>", language="pt") == []


@pytest.mark.parametrize(
    ("line", "language", "expected"),
    [
        ("Door Joost van den Berg 27 november 2026 om 05.59 uur", "nl", ["Joost van den Berg"]),
        ("Van onze verslaggever Fatima el Amrani 25 november 2026", "nl", ["Fatima el Amrani"]),
        ("Tekst: Sanne de Vries Foto's: Kees Bak", "nl", ["Sanne de Vries"]),
        ("Tekst en foto's: Kees Bak", "nl", ["Kees Bak"]),
        ("Rozmawiała Małgorzata Żak", "pl", ["Małgorzata Żak"]),
        ("김철수 기자 · 이민호 기자", "ko", ["김철수", "이민호"]),
        ("김철수 논설위원 · 이민호 논설위원", "ko", ["김철수", "이민호"]),
        ("מאת: יוסי כהן ונועה לוי", "he", ["יוסי כהן", "נועה לוי"]),
        ("מאת נועה ורד", "he", ["נועה ורד"]),
        ("文・佐藤健一　写真・高橋美咲", "ja", ["佐藤健一"]),
        ("گزارش: مریم احمدی - عکس: حسین رضایی", "fa", ["مریم احمدی"]),
        ("เรื่อง: สมชาย ใจดี ภาพ: อรทัย วงศ์สุวรรณ", "th", ["สมชาย ใจดี"]),
        ("28 พฤศจิกายน 2569 เวลา 06:00 น. ผู้เขียน: สมชาย ใจดี", "th", ["สมชาย ใจดี"]),
        ("3 maja 2024, 10:15 | Autor: Ewa Lis", "pl", ["Ewa Lis"]),
        ("Bài và ảnh: Hoàng Thu Nga", "vi", ["Hoàng Thu Nga"]),
        ("By Ruth Okafor and photos by Sam Roe", "en", ["Ruth Okafor"]),
        ("Words and pictures: Ruth Okafor", "en", ["Ruth Okafor"]),
        ("Von Anna Berg und Fotos von Max Alt", "de", ["Anna Berg"]),
        ("Von Anna Berg sowie Fotos von Max Alt", "de", ["Anna Berg"]),
        ("Tekst: Ewa Lis oraz zdjęcia: Jan Gąska", "pl", ["Ewa Lis"]),
        ("Av Anna Berg den 3 maj 2024", "sv", ["Anna Berg"]),
    ],
)
def test_a_byline_names_those_who_wrote_and_not_those_who_took_the_pictures(line, language, expected):
    assert [author.name for author in read_byline(line, language=language).authors] == expected


# A name in a script without capitals, or of a small language, and a date as that language writes it.
NAMED = [
    ("דפנה לוינשטיין", "04.11.26"),
    ("أحمد الخطيب", "3 نوفمبر 2026"),
    ("सुनीता राठौर", "3 नवंबर 2026"),
    ("ნინო ბერიძე", "3 ნოემბერი 2026"),
    ("Γιώργος Βλάχος", "3/11/2026"),
    ("Rhodri Elis", "3 Tachwedd 2026"),
    ("شێرکۆ ڕەشید", "3ی تشرینی دووەمی 2026"),
]


@pytest.mark.parametrize(("name", "day"), NAMED)
def test_a_name_is_read_in_any_script_beside_a_date(name, day):
    for line in (f"<div>{name} | {day}</div>", f"<div>{day} · 4 · {name}</div>", f"<div>{name}</div><div>{day}</div>"):
        assert signers(byline=line) == [name]
    assert signers(byline=f"<ul><li>{name}</li><li>{day}</li></ul>") == [name]
    assert signers(byline=f"<ul><li>{name}</li><li>x</li></ul>") == []


def test_words_in_a_script_without_capitals_are_no_name_by_themselves():
    for words in ("גשר חדש", "جسر جديد", "नया पुल", "ახალი ხიდი"):
        assert signers(byline=f"<div>{words} | 04.11.2026</div>") == []
        assert signers(after=f"<p>– {words}</p>") == []


def test_a_name_that_signs_the_last_of_several_letters_is_not_the_author_of_all():
    prose = "<p>The council has closed the old bakery for the winter, and people of the island look elsewhere.</p>"
    letters = [f"{prose}<p class=sig><b>{name}</b><br>Elmhurst</p>" for name in ("Maria Costa", "Jana Brandt")]
    last = "<p class={}><b>John Hale</b><br>Porto</p>"
    assert signers(byline="".join(letters) + prose, after=last.format("sig")) == []
    assert signers(byline=letters[0] + prose, after=last.format("sig")) != []
    assert signers(byline="".join(letters) + prose, after=last.format("other")) != []


def test_lines_behind_a_story_that_all_sign_are_looked_at_once() -> None:
    prose = f"<h1>The old bakery</h1><p>{'It is shut. ' * 9}</p>"
    tree = parse_text(prose + "<p class=sig><b>Maria Costa</b></p>" * 300)
    assert tree is not None
    blocks, found = segment(tree), list[NameLine]()
    work = calls(lambda: found.extend(names_alone(blocks, start=0, prose=1, last=301, language="en")))
    assert len(found) == 2
    assert work < 300 * 300  # half of it for each; not all lines before each of them


def test_a_name_signs_among_the_last_four_hundred_lines_of_a_story_and_not_before_them() -> None:
    for lines, is_found in ((398, True), (399, False)):
        tree = parse_text(f"<h1>The old bakery</h1><p>{'It is shut. ' * 9}</p><p>Maria Costa</p>{'<p>Shut.' * lines}")
        assert tree is not None
        found = list(names_alone(segment(tree), start=0, prose=1, last=2 + lines, language="en"))
        assert bool(found) is is_found


def test_a_name_behind_the_standfirst_signs_with_a_role_under_it_or_a_day_beside_it():
    deck = "<p>The council has found the money for a second ferry, and the harbour office the crew that it needs.</p>"
    story = "<p>The bakers of the island have waited for it for three winters, and so have all who work there.</p>"
    role, day = "<br>Reporter, Porto", "<div>3 May 2026</div>"
    assert signers(byline=f"{deck}<div>Maria Costa{role}</div>{story}") == ["Maria Costa"]
    assert signers(byline=f"{deck}<div>Tivoda Sarnel{role}</div>{story}") == ["Tivoda Sarnel"]
    assert signers(byline=f"{deck}<div>Maria Costa</div>{day}{story}") == ["Maria Costa"]
    assert signers(byline=f"{deck}<div>Maria Costa</div>{story}") == []
    told = story.replace("The bakers", "Maria Costa and the bakers")
    for line in (f"Maria Costa{role}</div>", f"Maria Costa, mayor of Porto</div>{day}", f"Maria Costa</div>{day}"):
        assert signers(byline=f"{deck}<div>{line}{told}") == []
        assert signers(byline=f"{deck}<div>{line}{story}") == ["Maria Costa"]


def test_names_of_given_names_in_brackets_behind_the_story_sign_it():
    assert signers(after="<p>(Maria Costa)</p>") == ["Maria Costa"]
    assert signers(after="<p>[Maria Costa, John Hale]</p>") == ["Maria Costa", "John Hale"]
    assert signers(after="<p>(Harbour Walls)</p>") == []


def test_a_column_beside_a_story_is_read_no_further_than_a_byline_is_long():
    tree = parse_text("<aside>" + "<p><i class=author>Maria Costa</i> <a href=/x>The old bakery</a></p>" * 4_000)
    aside = next(tree.iter("aside"))
    assert not _speaks_of_the_story(aside)
    assert calls(lambda: _speaks_of_the_story(aside)) < 200


def test_what_stands_beside_a_headline_signs_when_it_says_nothing_else():
    aside = "<aside><p>By Maria Costa</p><i>3 May 2026</i>{}</aside>"
    assert signers(byline=aside.format("")) == ["Maria Costa"]
    assert signers(byline=aside.format("<a href='/author/maria-costa'>More</a>")) == ["Maria Costa"]
    assert signers(byline=aside.format("<a href='/the-old-mill'>The old mill</a>")) == []
    assert signers(byline=aside.format("<p>" + "She keeps the old light of the harbour. " * 4)) == []


def test_a_name_in_chinese_letters_beside_a_date_signs_where_the_story_does_not_tell_of_it():
    day = "<p>2025年5月3日</p>"
    story = f"<p>{'岛上的面包店今年冬天关门，居民只好到别处去买面包，等了三年。' * 4}</p>"
    for name in ("刘建国", "（刘建国）", "歐陽明珠", "山本直子"):
        assert signers(byline=f"<div>{name}</div>{day}{story}", language="zh") == [name.strip("（）")]
        assert signers(byline=f"<div>{name}</div>{story}", language="zh") == []
        assert (
            signers(byline=f"<div>{name}</div>{day}<p>{name.strip('（）')}昨天来到了岛上。</p>{story}", language="zh")
            == []
        )
    for words in ("林业", "（林业）", "森林局", "千葉県内", "刘建国们都来了", "经济新闻", "宮崎地区版"):
        assert signers(byline=f"<div>{words}</div>{day}{story}", language="zh") == []
    assert signers(byline=f"<div>刘建国、王小红</div>{day}{story}", language="zh") == ["刘建国", "王小红"]


@pytest.mark.parametrize("line", ["<i>{}</i>", "<em>{}</em>", "— {}"])
def test_a_korean_name_at_the_far_edge_signs_where_it_is_set_as_a_signature(line):
    for name in ("정수연", "황보영희"):
        signature = f"<p style='text-align: right'>{line.format(name)}</p>"
        assert signers(after=signature, language="ko") == [name]
        assert signers(after=signature.replace("right", "left"), language="ko") == []
        assert signers(byline=f"<p>{name} 씨가 섬에 왔다.</p>", after=signature, language="ko") == []
    assert signers(after="<p align=right>정수연</p>", language="ko") == []
    assert signers(after=f"<p align=right>{line.format('목록')}</p>", language="ko") == []


@pytest.mark.parametrize(
    ("line", "far", "authors"),
    [
        ("Maria Costa, 3 May 2024", "", ["Maria Costa"]),
        ("Basile Trémeur, le 9 juin 2024", "", ["Basile Trémeur"]),
        ("Maria Costa, John Hale, May 3, 2024", "align=right", ["Maria Costa", "John Hale"]),
        ("ታደሰ ገብሬ, ሐምሌ 16 ቀን 2016 ዓ.ም.", "align=right", ["ታደሰ ገብሬ"]),
        ("נחום ברזילי, ד׳ באב ה׳תשפ״ד (8.8.2024)", "style='text-align:right'", ["נחום ברזילי"]),
        ("Lisbon, 3 May 2024", "", []),
        ("Lisbon, 3 May 2024", "align=right", []),
        ("Harbour walls, 3 May 2024", "", []),
        ("Maria Costa, who was born on 3 May 1950", "", []),
    ],
)
def test_a_name_with_a_date_in_its_line_behind_the_story_signs_it(line, far, authors):
    assert signers(after=f"<p {far}>{line}</p>") == authors


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("<div>Ödön Kerecsen | 2026. november 26.</div>", ["Ödön Kerecsen"]),
        ("<p><span>Frauke Lindemoor</span>, <time>11. September 2026</time></p>", ["Frauke Lindemoor"]),
        ("<table><tr><td>5 October 2026 · Oderic Marchwood</td></tr></table>", ["Oderic Marchwood"]),
        ("<p>5 October 2026 — Oderic Marchwood</p>", ["Oderic Marchwood"]),
        ("<p>5 October 2026 · Oderic Marchwood</p>", ["Oderic Marchwood"]),
        ("<p>정수연 | 입력 2026.09.21</p>", ["정수연"]),
        ("<table><tr><td>Oderic Marchwood</td></tr></table>", []),
        ("<table><tr><td>Maria Costa</td></tr></table>", []),
        ("<p>5 October 2026 · Harbour Walls</p>", []),
        ("<p>5 October 2026 · The Coaster</p>", []),
        ("<p>Oderic Marchwood bought 11. A ferry came</p>", []),
        ("<p>정수연 기자 | 목록</p>", []),
    ],
)
def test_a_rare_name_in_one_line_with_a_date_under_the_headline_signs(line, authors):
    told = "<p>The walls of the harbour hold, as the council of the island said on the day the ferry came back.</p>"
    assert signers(byline=line + told) == authors
    name = (authors or ["Ana"])[0]
    assert (
        signers(byline=f"{line}{told}<p>Last winter {name} came to the island, and the council told of it.</p>") == []
    )


@pytest.mark.parametrize("name", ["Antti Vuori", "Riitta Mäkelä", "Tuomas Niskanen", "Päivi Räsänen"])
def test_a_common_finnish_name_signs_behind_the_story(name):
    assert signers(after=f"<p><i>{name}</i></p>") == [name]
