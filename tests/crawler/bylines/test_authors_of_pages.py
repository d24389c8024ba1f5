"""Who signs a whole page: what its data says, what it prints, what its feed said."""

# ruff: noqa: E501 - a page's part stands on one line
import json
from datetime import UTC, datetime

import pytest

from corpus.model import AuthorKind, Hints
from crawler.extraction.extract import extract
from crawler.values import Page

BODY = "".join(
    f"<p>{text}</p>"
    for text in (
        "The island's only baker will close her oven in March after forty years, and nobody has come to take it on.",
        "She said she had hoped that one of the two apprentices would stay, but both have found work elsewhere.",
        "The parish council wants to buy the building and let it to anyone who will bake three days a week.",
    )
)

CHINESE = "".join(
    f"<p>{text}</p>"
    for text in (
        "岛上唯一的面包师将在三月关掉她用了四十年的烤炉，到现在还没有人愿意接手这家店，居民们都觉得很可惜。",
        "她说本来希望两个学徒里能有一个留下来，可是他们都在大陆找到了工作，只好把店关掉，自己也打算休息。",
        "村里的委员会想把房子买下来，用很低的租金租给任何愿意一星期烤三天面包的人，下个月会开会决定这件事。",
    )
)


def article(*, head="", byline="", after="", language="en", hints=()):
    html = (
        f'<html lang="{language}"><head><title>The last baker puts out her oven</title>{head}</head>'
        f"<body><main><article><h1>The last baker puts out her oven</h1>{byline}{CHINESE if language == 'zh' else BODY}</article>{after}</main></body></html>"
    )
    url = "https://isle.example/news/baker"
    page = Page(
        url=url,
        address=url,
        source="isle",
        content=html.encode(),
        fetched=datetime(2025, 6, 1, tzinfo=UTC),
        hints=Hints(authors=tuple(hints)),
    )
    return extract(page).article


def names(**parts):
    return [author.name for author in article(**parts).authors]


def data(author):
    node = {"@type": "NewsArticle", "headline": "The last baker puts out her oven", "author": author}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def person(name):
    return {"@type": "Person", "name": name}


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        (person("加藤 和也"), ["加藤 和也"]),
        (person("王 小明"), ["王 小明"]),
        (person("Li Most"), ["Li Most"]),
        (person("Inga Week"), ["Inga Week"]),
        (person("Nguyen You"), ["Nguyen You"]),
        (person("Maren Das"), ["Maren Das"]),
        (person("Oake, Maren"), ["Maren Oake"]),
        ([person("Maren Oake"), person("Tilo Brand")], ["Maren Oake", "Tilo Brand"]),
        (["Maren", "Tilo"], ["Maren", "Tilo"]),
        ("By Maren Oake", ["Maren Oake"]),
        (person("By"), []),
        (person("Latest News"), []),
        (person("Read More"), []),
        (person("உமையரசி சத்தியலிங்கம்"), ["உமையரசி சத்தியலிங்கம்"]),
        (person("مارين عَوَض"), ["مارين عَوَض"]),
    ],
)
def test_a_person_in_the_data_is_one_name(author, expected):
    assert names(head=data(author)) == expected


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        ('<meta name="dc.creator" content="Oake, Maren">', ["Maren Oake"]),
        ('<meta name="citation_author" content="García Luna, Inés Olaya">', ["Inés Olaya García Luna"]),
        ('<meta name="author" content="Oake, Maren; Brand, Tilo">', ["Maren Oake", "Tilo Brand"]),
        ('<meta name="author" content="By">', []),
        ("""<meta name="author" content="['Maren Oake', 'Tilo Brand']">""", ["Maren Oake", "Tilo Brand"]),
        ('<meta name="author" content="maren-oake"><meta name="parsely-author" content="Maren Oake">', ["Maren Oake"]),
    ],
)
def test_names_in_meta_tags_are_read_as_bylines_are(meta, expected):
    assert names(head=meta) == expected


def test_a_slug_in_the_data_loses_to_a_printed_name():
    assert names(head=data(person("maren-oake")), byline='<p class="byline">By Maren Oake</p>') == ["Maren Oake"]


def test_a_mark_beside_the_name_adds_nobody():
    byline = '<div class="author-box"><a rel="author" href="/a/maren">Maren Oake</a><span>Verified</span></div>'
    assert names(head=data(person("Maren Oake")), byline=byline) == ["Maren Oake"]


def test_a_printed_byline_with_more_names_is_believed():
    assert names(head=data(person("Maren Oake")), byline='<p class="byline">By Maren Oake and Tilo Brand</p>') == [
        "Maren Oake",
        "Tilo Brand",
    ]


@pytest.mark.parametrize(
    ("language", "byline"),
    [
        (
            "en",
            '<div class="author"><span>By Maren Oake</span> <a href="mailto:m@isle.example">Email the author</a></div>',
        ),
        ("en", '<div class="byline"><span>Maren Oake</span><button>Follow</button></div>'),
        (
            "de",
            '<div class="autor"><span>Von Maren Oake</span> <a href="mailto:m@isle.example">E-Mail an die Autorin</a></div>',
        ),
        ("de", '<div class="author"><a href="/autor/maren">Maren Oake</a> <button>Autorin folgen</button></div>'),
        ("fr", '<div class="auteur"><span>Par Maren Oake</span> <a href="/contact">Écrire à l\'auteur</a></div>'),
        ("es", '<div class="autor"><span>Por Maren Oake</span> <a href="/login">Iniciar sesión</a></div>'),
        ("nl", '<div class="author"><span>Door Maren Oake</span> <a href="#">Volgen</a></div>'),
        (
            "sv",
            '<div class="byline"><span>Skriven av Maren Oake</span> <a href="mailto:m@isle.example">Mejla reportern</a></div>',
        ),
        ("pl", '<div class="autor"><span>Maren Oake</span><button>Obserwuj</button></div>'),
        ("en", "<address>By Maren Oake</address>"),
    ],
)
def test_what_stands_beside_a_name_in_its_box_is_no_name(language, byline):
    assert names(byline=byline, language=language) == ["Maren Oake"]


@pytest.mark.parametrize(
    ("language", "byline", "expected"),
    [
        ("ja", '<div class="author"><span>佐藤 花子</span><button>フォローする</button></div>', ["佐藤 花子"]),
        ("ko", '<p class="byline">(부산=가나통신) 김철수 기자</p>', ["김철수"]),
        ("ar", '<p class="author">بقلم مارين عوض <a href="/follow">متابعة</a></p>', ["مارين عوض"]),
        ("zh", '<p class="author">记者 王丽 李明</p>', ["王丽", "李明"]),
        ("ru", '<p class="author">Автор: Марина Окунь <button>Подписаться</button></p>', ["Марина Окунь"]),
    ],
)
def test_names_in_other_scripts_have_neighbours_too(language, byline, expected):
    assert names(byline=byline, language=language) == expected


def test_an_organisation_with_a_join_in_its_name_signs_as_one():
    (author,) = article(byline='<p class="byline">By Dykes and Sluices Trust</p>').authors
    assert (author.name, author.kind) == ("Dykes and Sluices Trust", AuthorKind.DESK)


def test_the_feed_s_authors_sign_where_the_page_names_nobody():
    found = article(hints=("Oake, Maren", "Tilo Brand"))
    assert [author.name for author in found.authors] == ["Maren Oake", "Tilo Brand"]
    assert found.facts["authors"] == "feed"


def test_the_page_s_own_byline_goes_before_the_feed_s():
    assert names(byline='<p class="byline">By Maren Oake</p>', hints=("Tilo Brand",)) == ["Maren Oake"]


def test_a_feed_that_names_the_outlet_or_nobody_signs_nothing():
    assert names(hints=("isle.example", "By", "admin@isle.example")) == []


def test_the_paper_s_own_name_behind_a_name_is_no_part_of_it():
    head = data([{"@type": "Organization", "name": "The Isle Daily Post"}]).replace(
        '"headline"', '"publisher": {"@type": "Organization", "name": "The Isle Daily Post"}, "headline"'
    )
    assert names(head=head, byline='<div class="byline">Maren Oake<br>The Isle Daily Post</div>') == ["Maren Oake"]
    assert names(head=head, byline='<div class="byline">Maren Oake The Isle Daily Post</div>') == ["Maren Oake"]


def test_words_in_small_letters_are_a_sentence_and_no_accounts():
    assert names(byline='<p class="byline">By baking, selling and hoping</p>') == []


def test_initials_beside_a_whole_name_are_its_picture():
    assert names(byline='<div class="byline"><div>MO</div><div>Maren Oake</div></div>') == ["Maren Oake"]


@pytest.mark.parametrize(
    "beside",
    ["<span>12 min read</span> <span>Updated 5 hours ago</span>", "<span>Lesezeit 12 Min.</span> <span>Neu</span>"],
)
@pytest.mark.parametrize("mark", ['href="/staff/maren-oake" rel="author"', 'href="/authors/maren-oake"'])
def test_a_name_that_is_marked_within_its_line_is_read_whatever_else_the_line_says(beside, mark):
    assert names(byline=f'<div class="byline">{beside} <a {mark}>Maren Oake</a></div>') == ["Maren Oake"]


def test_what_is_not_read_of_long_lists_of_names_is_said():
    long = {"@type": "Person", "name": "Maren Oake, " * 60}
    many = [{"@type": "Person", "name": f"Maren Oake{'abcdefgh'[n % 8]}{'ijklmnop'[n // 8]}"} for n in range(50)]
    for author, said in (([long], "1 of 1 was read up to 600 characters"), (many, "40 of 50 names were read")):
        data = json.dumps({"@type": "NewsArticle", "headline": "The last baker puts out her oven", "author": author})
        found = article(head=f'<script type="application/ld+json">{data}</script>')
        assert said in found.facts["authors"]


@pytest.mark.parametrize("count", [30, 40, 41, 50, 120])
def test_a_printed_list_of_names_is_read_to_its_bound_without_half_a_name_and_that_is_said(count):
    people = [f"Maren Oake{'abcdefghjk'[n % 10]}{'klmnopqrstuv'[n // 10]}" for n in range(count)]
    printed = f"By {', '.join(people)}"
    found = article(byline=f'<p class="byline">{printed}</p>')
    read = [author.name for author in found.authors]
    assert read == people[: len(read)]
    assert len(read) == min(count, 40)
    assert (f"40 of {count} names were read" in found.facts["authors"]) == (count > 40)
    assert found.byline.endswith(" …") == (len(printed) > 600)


@pytest.mark.parametrize("sign", [", ", "; "])
@pytest.mark.parametrize("count", [16, 38, 60])
def test_of_a_printed_list_of_long_names_it_is_said_how_many_were_read(sign, count):
    people = [f"Maximilian-Alexander Oakehampton{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(count)]
    found = article(byline=f'<p class="byline">By {sign.join(people)}</p>')
    read = [author.name for author in found.authors]
    assert read == people[: len(read)]
    assert (f"{len(read)} of {count} names were read" in found.facts["authors"]) == (len(read) < count)
    assert (len(read) < count) == (count > 16)


@pytest.mark.parametrize("mark", ["itemprop=author", "rel=author href=/by/x"])
def test_of_names_that_are_marked_one_by_one_it_is_said_how_many_were_read(mark):
    people = [f"Maren Oake{'abcdefgh'[n % 8]}{'ijklmnop'[n // 8]}" for n in range(17)]
    every = "".join(f"<p><a {mark}>{name}</a></p>" for name in people)
    found = article(byline=every)
    assert [author.name for author in found.authors] == people[:16]
    assert "16 of 17 names were read" in found.facts["authors"]
    assert "were read" not in article(byline="".join(every.partition("</p>")[2:])).facts["authors"]


def test_a_photographer_whose_name_is_a_link_to_an_author_s_page_signs_nothing():
    credit = '<div class="byline">Photographs by <a href="/authors/tilo-brand" rel="author">Tilo Brand</a></div>'
    assert names(byline=credit) == []


SIGNERS = [f"{given} {family}" for family in ("Hill", "Ash", "Reed", "Vidal") for given in (
    "Maria", "Joan", "Peter", "Rosa", "Anna", "Tom", "Nora", "Karl", "Ines", "Paul", "Ruth", "Omar")]  # fmt: skip


@pytest.mark.parametrize("count", [2, 14, 24, 36])
@pytest.mark.parametrize("led", ["By {} and {}", "<b>By</b> {} and {}"])
def test_a_byline_of_many_names_is_read_whole_and_is_no_part_of_the_text(count, led):
    line = led.format(", ".join(SIGNERS[: count - 1]), SIGNERS[count - 1])
    found = article(byline=f"<p class='byline'>{line}</p>")
    assert [author.name for author in found.authors] == SIGNERS[:count]
    assert found.byline is not None
    assert found.byline.endswith(f"and {SIGNERS[count - 1]}")
    assert found.body.startswith("The island's only baker")


def test_a_long_text_about_an_author_is_no_byline():
    about = "By Maria Hill. " + "She has written about the islands and their people for more than twenty years. " * 4
    assert article(byline=f"<div class='author-box'><p>{about}</p></div>").byline in {None, "By Maria Hill"}
