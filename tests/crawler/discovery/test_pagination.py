import pytest
from lxml import html

from crawler.discovery.anchors import anchors, values_of
from crawler.discovery.pagination import continuation, named_next, pages_of, position

HOST = "https://gazette.example"


def following(page: str, address: str = HOST + "/news") -> str | None:
    tree = html.document_fromstring(page)
    hrefs = [HOST + href for href in tree.xpath("//a/@href")]
    values = values_of(tree)
    found = continuation(tree, anchors(tree, values), values, start=address, address=address, hrefs=hrefs)
    return found.removeprefix(HOST) if found else None


@pytest.mark.parametrize(
    ("address", "href"),
    [
        ("/news", "/news/page/2/"),
        ("/news/page/2/", "/news/page/3/"),
        ("/news/", "/news/2"),
        ("/news/2", "/news/3"),
        ("/news", "/news?page=2"),
        ("/news?page=9", "/news?page=10"),
        ("/list.php?cat=3", "/list.php?cat=3&pg=2"),
        ("/news/", "/news/index_2.html"),
        ("/news/index_2.html", "/news/index_3.html"),
        ("/news.html", "/news-2.html"),
        ("/nachrichten", "/nachrichten/seite-2"),
        ("/noticias", "/noticias/pagina/2"),
        ("/news", "/news/p2"),
        ("/news", "/news?start=20"),
        ("/news?start=20", "/news?start=40"),
        ("/news?b_start:int=0", "/news?b_start:int=20"),
        ("/spip.php?rubrique3", "/spip.php?rubrique3&debut_articles=10"),
        ("/news?tx_list[currentPage]=2", "/news?tx_list[currentPage]=3"),
        ("/news", "/news?1a2b3c4d_page=2"),
        ("/News.aspx?SectionID=5", "/News.aspx?SectionID=5&PageIndex=2"),
        ("/news/?PAGEN_1=2", "/news/?PAGEN_1=3"),
        ("/news", "/news?query-3-page=2"),
        ("/news", "/news?e-page-5f2a1b=2"),
        ("/news", "/news?_com_liferay_list_cur=2"),
        ("/index.php?catid=3", "/index.php?catid=3&limitstart=20"),
        ("/list.do?cat=3", "/list.do;jsessionid=0A1B2C?cat=3&page=2"),
        ("/news?PHPSESSID=0a1b2c", "/news?page=2&PHPSESSID=3d4e5f"),
        ("/", "/page/2"),
        ("/news/", "/news/index2.html"),
    ],
)
def test_the_next_number_of_the_same_list_continues_it(address, href):
    links = f'<a href="{address}">1</a><a href="/sport/page/2">x</a><a href="{href}">2</a><a href="/about">y</a>'
    assert following(links, HOST + address) == href


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="next" href="/news/older">',
        '<a rel="next" href="/news/older">x</a>',
        '<a href="/news/older">Older posts</a>',
        '<a href="/news/older">Ältere Beiträge »</a>',
        '<a href="/news/older">Siguiente ›</a>',
        '<a href="/news/older">次へ</a>',
        '<a href="/news/older">التالي</a>',
        '<a href="/news/older" aria-label="Next page">▸</a>',
        '<a href="/news/older" class="pagination__item next"><svg></svg></a>',
        '<li class="next"><a href="/news/older"><i></i></a></li>',
        '<a href="/news/older">»</a>',
    ],
)
def test_a_page_that_names_the_older_one_is_continued_by_it(link):
    assert following(f'<p><a href="/news/a">A</a>{link}<a href="/b">B</a></p>') == "/news/older"


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/sport/page/2">2</a>',
        '<a href="/news">1</a>',
        '<a rel="next" href="https://tribune.example/news/2">x</a>',
        '<a href="/news/what-comes-next">What comes next for the harbour wall and its keepers</a>',
        '<div class="carousel-nav"><a class="next" href="/news/slide">x</a></div>',
        '<a href="/2024/05/06">6</a>',
        '<a rel="next" href="/news#more">x</a>',
    ],
)
def test_other_links_do_not_continue_a_page(link):
    assert following(link) is None


def test_further_pages_of_a_list_are_no_sections_and_a_lone_number_may_be_an_article():
    assert pages_of(HOST + "/news", [HOST + "/sport/page/7", HOST + "/news/417"]) == {HOST + "/sport/page/7"}
    numbered = [HOST + "/news/2", HOST + "/news/17", HOST + "/sport/17"]
    assert pages_of(HOST + "/news", numbered) == {HOST + "/news/2", HOST + "/news/17"}


def test_a_currency_is_no_page() -> None:
    assert position(f"{HOST}/fares?cur=978") is None
    assert position(f"{HOST}/fares?_com_liferay_list_cur=3") is not None


def test_a_list_that_counts_down_is_walked_by_what_its_links_say():
    links = '<a href="/news/page/48">Newer</a><a href="/news/page/46">Older</a>'
    assert following(links, HOST + "/news/page/47") == "/news/page/46"


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ('</news?start=20>; rel="next"', "/news?start=20"),
        ('<https://gazette.example/news?after=c4>; title="More"; rel=next', "/news?after=c4"),
        ('</style.css>; rel=preload; as=style, </news/2>; rel="last next"', "/news/2"),
        ('</news/0>; rel="prev"', None),
        ('</news>; rel="next"', None),
        ('<https://tribune.example/news?start=20>; rel="next"', None),
        ("</news?start=20>", None),
    ],
)
def test_the_page_that_a_header_calls_the_next_continues_a_list(value, found):
    there = named_next((("content-type", "text/html"), ("link", value)), HOST + "/news")
    assert there == (HOST + found if found else None)


@pytest.mark.parametrize("here", ["Gazette.example", "gazette.example:443"])
def test_the_host_of_a_list_is_one_in_all_its_spellings(here):
    links = [f"https://gazette.example/news?page={number}" for number in (2, 3)]
    assert pages_of(f"https://{here}/news", links) == frozenset(links)
