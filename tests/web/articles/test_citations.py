"""One article, cited in every style."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from corpus.model import Article, Author, AuthorKind, PageDate, Precision, StoredArticle
from indexer.results.citations import bibtex, csl, ris
from web.articles.citations import cite

ARTICLE = Article(
    url="https://valley-herald.example/climate/council",
    source="Valley Herald",
    headline="Council approves flood defences after record storm",
    authors=(Author("Maria Okafor", "maria-okafor"), Author("Jan van der Berg", "jan-van-der-berg")),
    published=PageDate(datetime(2026, 1, 12, 8, 30, tzinfo=UTC), Precision.MINUTE, "json-ld"),
    language="en",
    fetched=datetime(2026, 1, 12, tzinfo=UTC),
)


def item(**changes: Any) -> dict[str, Any]:
    stored = StoredArticle(1, "k7f003", 1, ARTICLE.fetched, 1, replace(ARTICLE, **changes))
    return csl(stored, "Valley Herald", retrieved=datetime(2026, 11, 23, tzinfo=UTC))


def said(style: str, **changes: Any) -> str:
    return "".join(part.text for part in cite(item(**changes), style))


def test_chicago_inverts_the_first_name_only_and_sets_the_title_in_capitals():
    assert said("chicago") == (
        "Okafor, Maria, and Jan van der Berg. “Council Approves Flood Defences After Record Storm.” Valley Herald,"
        " January 12, 2026. valley-herald.example/climate/council. Pressmark k7f003."
    )


def test_a_revised_article_says_which_text_is_cited():
    stored = StoredArticle(
        1, "k7f003", 1, ARTICLE.fetched, 2, replace(ARTICLE, fetched=datetime(2026, 1, 14, tzinfo=UTC))
    )
    cited = csl(stored, "Valley Herald", retrieved=ARTICLE.fetched)
    assert "".join(part.text for part in cite(cited, "chicago")).endswith(
        " Revision of January 14, 2026; Pressmark k7f003."
    )


def test_apa_gives_initials_and_the_year_first():
    assert said("apa") == (
        "Okafor, M., & van der Berg, J. (2026, January 12). Council approves flood defences after record storm."
        " Valley Herald. https://valley-herald.example/climate/council"
    )


def test_mla_shortens_the_month():
    assert "Valley Herald, 12 Jan. 2026, valley-herald.example/climate/council. Accessed 23 Nov. 2026." in said("mla")


def test_an_undated_article_without_byline_is_cited_all_the_same():
    assert said("chicago", authors=(), published=None).startswith("“Council Approves")
    assert "(n.d.)" in said("apa", authors=(), published=None)
    assert said("plain", authors=(), published=None, headline=None).startswith("Untitled. Valley Herald.")


def test_a_month_is_cited_without_an_invented_day():
    published = PageDate(datetime(2026, 1, 1, tzinfo=UTC), Precision.MONTH, "url")
    assert "January, 2026" in said("chicago", published=published)
    assert item(published=published)["issued"] == {"date-parts": [[2026, 1]]}


def test_names_that_are_no_given_and_family_name_stay_whole():
    people = (Author("李娜", "李娜"), Author("Harbour Wire", "harbour-wire", AuthorKind.AGENCY))
    assert item(authors=people)["author"] == [{"literal": "李娜"}, {"literal": "Harbour Wire"}]


def test_titles_of_other_languages_keep_their_capitals():
    assert "“Der Deich hält.”" in said("chicago", headline="Der Deich hält", language="de")


def test_bibtex_escapes_what_tex_would_read():
    entry = bibtex(item(headline="50% of {Quay} & Co_ \\ lost"))
    assert r"title = {{50\% of \{Quay\} \& Co\_ \textbackslash{} lost}}" in entry
    assert entry.startswith("@article{k7f003,\n  author = {Okafor, Maria and van der Berg, Jan},")


def test_ris_ends_its_record_and_never_breaks_a_line():
    record = ris(item(headline="two\nlines\r\nER  - "))
    assert record.startswith("TY  - NEWS\r\n")
    assert record.count("ER  - \r\n") == 1
    assert "TI  - two lines ER -\r\n" in record


def test_an_undated_article_is_cited_with_the_day_it_was_read():
    assert "Accessed November 23, 2026." in said("chicago", published=None)
    assert "Retrieved November 23, 2026, from https://" in said("apa", published=None)
    assert "Accessed" not in said("chicago")


def test_a_paper_known_by_its_host_alone_is_an_online_source():
    entry = bibtex({**item(), "container-title": "news.herald.example"})
    assert entry.startswith("@online{")
    assert "organization = {news.herald.example}" in entry
    assert "journal" not in entry
