"""What the demo's pages showed of headlines, names and dates."""

from datetime import UTC, date, datetime

import pytest

from corpus.model import Article, AuthorKind
from crawler.extraction.extract import extract
from crawler.values import Page

STORY = "".join(
    f"<p>Paragraph {n} of the story tells at length how the council voted on the harbour walls.</p>" for n in range(8)
)


def read(head: str, *, title: str = "Walls", language: str = "en", story: str = STORY) -> Article:
    page = f'<html lang="{language}"><head><title>{title}</title></head><body>{head}<div>{story}</div></body></html>'
    address = "https://127.77.0.3/story.php?id=7"
    return extract(
        Page(
            url=address, address=address, source="x", content=page.encode(), fetched=datetime(2026, 11, 23, tzinfo=UTC)
        )
    ).article


def people(article: Article) -> list[str]:
    return [author.name for author in article.authors if author.kind is AuthorKind.PERSON]


def test_a_heading_that_leads_home_is_the_sites_name():
    article = read(
        '<h1><a href="/">Delta Ledger</a></h1><h2>柳林县图书馆夜间开放</h2>',
        title="柳林县图书馆夜间开放 &raquo; Delta Ledger",
        language="zh",
        story="".join(
            f"<p>第{n}段：图书馆馆长说，人们为取暖而来，为诗歌而留下，大厅在冬天十分寒冷。</p>" for n in range(8)
        ),
    )
    assert article.headline == "柳林县图书馆夜间开放"


@pytest.mark.parametrize("name", ["Jan van der Berg", "Ana de la Cruz", "Friederike von der Leyten"])
def test_two_particles_stand_within_a_name(name: str):
    assert people(read(f'<h1>Walls</h1><p class="byline">By {name}</p>')) == [name]


@pytest.mark.parametrize(
    ("printed", "day"),
    [
        ("17 أغسطس 2026", date(2026, 8, 17)),
        ("9 أكتوبر 2025", date(2025, 10, 9)),
    ],
)
def test_arabic_months_with_a_hamza_are_read(printed: str, day: date):
    published = read(f'<h1>Walls</h1><div class="posted-on">{printed}</div>').published
    assert published is not None
    assert published.day == day


def test_a_number_after_a_month_is_no_year_of_long_ago():
    told = "<p>Lors d'une consultation en juin, 1657 habitants ont répondu.</p>"
    assert read("<h1>Murs</h1>", language="fr", story=told + STORY).published is None


def test_an_arabic_desk_is_no_person():
    assert people(read('<h1>Walls</h1><p class="byline">بقلم هيئة التحرير</p>', language="ar")) == []


def test_chinese_names_are_parted_by_a_space():
    article = read('<h1>Walls</h1><p class="byline">记者 王丽华 李明轩</p>', language="zh")
    assert people(article) == ["王丽华", "李明轩"]


def test_a_news_agency_nobody_knows_is_one():
    authors = read('<h1>Walls</h1><p class="byline">By Lowland News Agency</p>').authors
    assert [(author.name, author.kind) for author in authors] == [("Lowland News Agency", AuthorKind.AGENCY)]
