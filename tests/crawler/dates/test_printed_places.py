"""Dates that a page prints: which are the story's, and what each is a date of."""

# ruff: noqa: E501 - a page's part stands on one line
from datetime import UTC, datetime

import pytest

from crawler.extraction.extract import extract
from crawler.values import Page

BODY = "".join(
    f"<p>{text}</p>"
    for text in (
        "The island's only baker will close her oven in March after forty years, and nobody has come forward to take it on.",
        "She said she had hoped that one of the two apprentices would stay, but both have found work on the mainland.",
        "The parish council wants to buy the building and let it for a token rent to anyone who will bake three days a week.",
    )
)
HEADLINE = "<h1>The last baker of the island puts out her oven</h1>"


def read(
    before: str = "", after: str = "", *, language: str = "en", between: str = "", top: str = ""
) -> tuple[str | None, str | None]:
    """Return the published and the updated day of a page: text before and behind the story, and under the headline."""
    html = (
        f'<html lang="{language}"><head><title>The last baker of the island puts out her oven</title></head>'
        f"<body>{top}<main>{between}<article>{HEADLINE}{before}{BODY}</article>{after}</main></body></html>"
    )
    url = "https://isle.example/news/baker"
    page = Page(url=url, address=url, source="isle", content=html.encode(), fetched=datetime(2025, 6, 1, tzinfo=UTC))
    article = extract(page).article
    return tuple(date.day.isoformat() if date else None for date in (article.published, article.updated))  # type: ignore[return-value]


COMMENT = "<p>I have bought my bread there since I was a child and I cannot imagine the square without her shop.</p>"


@pytest.mark.parametrize(
    "comments",
    [
        f'<div class="comments-area"><h3>Comments</h3><div><b>Olaf</b> <time datetime="2024-03-09">9 March</time>{COMMENT}</div></div>',
        f'<section id="kommentare"><div class="kommentar"><span>9. März 2024</span>{COMMENT}</div></section>',
        f"<section><h2>Réactions</h2><ul><li>Olaf, 9 mars 2024{COMMENT}</li><li>Inge, 10 mars 2024{COMMENT}</li></ul></section>",
        f"<div><h2>Comentarios</h2><p>Olaf</p><p>9 de marzo de 2024</p>{COMMENT}</div>",
        f'<div id="disqus_thread"><p>Olaf</p><p>09.03.2024</p>{COMMENT}</div>',
        f"<h3>3 Kommentarer</h3><p>Olaf skrev den 9 mars 2024</p>{COMMENT}",
        f"<h3>Komentarze</h3><p>Dodano: 9 marca 2024</p>{COMMENT}<p>Dodano: 10 marca 2024</p>{COMMENT}<p>Dodano: 11 marca 2024</p>{COMMENT}",
        f'<div class="reply-list"><p>9 марта 2024</p>{COMMENT}</div>',
        f"<h2>コメント</h2><p>2024年3月9日</p>{COMMENT}",
    ],
)  # fmt: skip
def test_a_commenter_s_date_is_not_the_story_s(comments):
    assert read(after=comments) == (None, None)


@pytest.mark.parametrize(
    "related",
    [
        '<ul><li><a href="/a">A mill on the mainland grinds again</a> 3 Feb 2019</li>'
        '<li><a href="/b">The ferry now takes bread to the isle</a> 5 Apr 2020</li></ul>',
        '<div class="c4"><div class="x1"><a href="/a">Eine Mühle am Festland mahlt wieder</a><time>3.2.2019</time></div>'
        '<div class="x1"><a href="/b">Die Fähre bringt jetzt das Brot</a><time>5.4.2020</time></div></div>',
        '<section class="related-links"><a href="/a">A mill on the mainland grinds again</a><span>3 Feb 2019</span></section>',
        '<aside><h4>Lire aussi</h4><a href="/a">Un moulin du continent moud de nouveau</a><p>3 février 2019</p></aside>',
    ],
)
def test_the_date_of_another_story_is_not_the_story_s_before_or_behind_it(related):
    assert read(after=related) == (None, None)
    assert read(between=related) == (None, None)


@pytest.mark.parametrize(
    "post",
    [
        '<blockquote class="twitter-tweet"><p>No more rolls on Sunday.</p>— The baker (@baker) <a href="https://t.example/1">May 9, 2024</a></blockquote>',
        '<blockquote><p>Keine Brötchen mehr am Sonntag.</p><p>9. Mai 2024</p></blockquote>',
        '<figure><img src="/a.jpg" alt=""><figcaption>The shop on 9 May 2024</figcaption></figure>',
    ],
)  # fmt: skip
def test_the_date_of_a_quoted_post_or_a_picture_is_not_the_story_s(post):
    assert read(before=post) == (None, None)


@pytest.mark.parametrize(
    ("line", "published", "updated"),
    [
        ("Received 1 March 2023 · Accepted 2 April 2023 · Published 7 May 2024", "2024-05-07", None),
        ("Eingereicht: 1. März 2023 | Angenommen: 2. April 2023 | Veröffentlicht: 7. Mai 2024", "2024-05-07", None),
        ("Reçu le 1 mars 2023, accepté le 2 avril 2023, publié le 7 mai 2024", "2024-05-07", None),
        ("Recibido: 1/3/2023. Aceptado: 15/4/2023. Publicado: 17/5/2024", "2024-05-17", None),
        ("Received: 1 March 2023; in revised form: 9 March 2023; Accepted: 2 April 2023", None, None),
        ("Aktualisiert: 9. Juni 2024 · Veröffentlicht: 7. Mai 2024", "2024-05-07", "2024-06-09"),
        ("Mis à jour le 9 juin 2024 à 10h00, publié le 7 mai 2024", "2024-05-07", "2024-06-09"),
        ("Bijgewerkt 9 juni 2024, gepubliceerd 7 mei 2024", "2024-05-07", "2024-06-09"),
        ("Uppdaterad: 9 juni 2024. Publicerad: 7 maj 2024", "2024-05-07", "2024-06-09"),
        ("Обновлено 9 июня 2024, опубликовано 7 мая 2024", "2024-05-07", "2024-06-09"),
        ("更新日 2024年6月9日 公開日 2024年5月7日", "2024-05-07", "2024-06-09"),
        ("입력 2024.05.07. 10:00 수정 2024.06.09. 11:00", "2024-05-07", "2024-06-09"),
        ("Event: 1 March 2023. Published: 7 May 2024", "2024-05-07", None),
    ],
)
def test_a_line_of_several_dates_is_read_by_its_labels(line, published, updated):
    assert read(before=f"<p>{line}</p>") == (published, updated)


@pytest.mark.parametrize(
    "markup",
    [
        '<time class="updated" datetime="2024-06-09">9 June</time> <time class="published" datetime="2024-05-07">7 May</time>',
        '<span>Updated</span> <time datetime="2024-06-09">9 June</time> <span>Published</span> <time datetime="2024-05-07">7 May</time>',
        "<dl><dt>Aktualisiert</dt><dd>9. Juni 2024</dd><dt>Erschienen</dt><dd>7. Mai 2024</dd></dl>",
        '<p class="date-modified">9 June 2024</p><p class="date-published">7 May 2024</p>',
        '<span class="entry-date">Publicado: 7 mayo 2024</span><span class="entry-date">Actualizado: 9 junio 2024</span>',
    ],
)  # fmt: skip
def test_an_update_and_the_publication_are_both_read_whichever_stands_first(markup):
    assert read(before=f"<div>{markup}</div>") == ("2024-05-07", "2024-06-09")


@pytest.mark.parametrize(
    "line",
    ["Published: 7 May 2024", "Veröffentlicht am 7. Mai 2024", "Published</p><p>7 May 2024", "Publié le 7 mai 2024"],
)
def test_a_line_behind_the_story_counts_when_it_says_so(line):
    assert read(after=f"<div><p>{line}</p></div>") == ("2024-05-07", None)


def test_a_date_behind_the_story_that_says_nothing_is_left():
    assert read(after="<div><p>7 May 2024</p></div>") == (None, None)


def test_the_story_s_own_box_may_be_called_a_card():
    assert read(before='<div class="post-card__meta"><p>7 May 2024</p></div>') == ("2024-05-07", None)


@pytest.mark.parametrize("headline", ["East Sallow dairy closes", "Theatre season begins", "Molkerei gegründet"])
def test_a_heading_above_a_date_is_no_label_of_it(headline: str) -> None:
    before = f'<h2 class="title">{headline}</h2><div class="posted-on">November 19, 2024</div>'
    assert read(before)[0] == "2024-11-19"


@pytest.mark.parametrize("label", ["Published", "Publish date", "Veröffentlicht am:", "Publié le", "公開日", "نشر"])
@pytest.mark.parametrize("value", ['<p><time datetime="2024-05-07T12:00:00Z">7 May</time></p>', "<p>7 May 2024</p>"])
def test_a_heading_that_is_nothing_but_a_label_is_one_in_a_box_beside_the_story_too(label: str, value: str) -> None:
    assert read(after=f"<aside><h3>{label}</h3>{value}<h3>Written by</h3><p>Ana Holm</p></aside>")[0] == "2024-05-07"


@pytest.mark.parametrize(
    "heading", ["Received", "Event date", "Publications", "Updates from the harbour", "Eingereicht am"]
)
def test_a_heading_of_something_else_makes_no_date_the_story_s(heading: str) -> None:
    assert read(after=f"<aside><h3>{heading}</h3><p>7 May 2024</p></aside>") == (None, None)


TWO = (
    COMMENT
    + "<p>The square will be a quieter place without the smell of bread at five in the morning, said the verger.</p>"
)


@pytest.mark.parametrize(
    "box",
    [
        "<div><b>Open evening</b><p>Date: 14 August 2024, 19:00</p><p>Parish hall</p></div>",
        "<div><p>The oven is cold.</p><span>Isle Parish (@isle) · 4 May 2024</span></div>",
        "<p>Samstag, 4. Mai 2024</p>",
        "<p>2024年5月4日</p>",
    ],
)
def test_a_date_without_a_label_among_the_paragraphs_is_not_the_story_s(box):
    assert read(before=TWO + box) == (None, None)


def test_a_label_or_a_byline_beside_it_makes_a_date_among_the_paragraphs_the_story_s():
    assert read(before=TWO + "<p>Published: 4 May 2024</p>") == ("2024-05-04", None)
    assert read(before=COMMENT + "<p>4 May 2024</p>") == ("2024-05-04", None)


@pytest.mark.parametrize("day", ["Sunday, 1 June 2025", "Sonntag, 1. Juni 2025", "2025年6月1日(日)", "31 May 2025"])
def test_the_day_of_the_visit_above_the_story_is_not_the_story_s(day):
    assert read(top=f'<div class="date">{day}</div>') == (None, None)
    assert read(between=f'<div class="date">{day}</div>') != (None, None)


def test_another_day_above_the_story_and_the_day_of_the_visit_within_it_are_the_story_s():
    assert read(top='<div class="date">28 May 2025</div>') == ("2025-05-28", None)
    assert read(before='<div class="date">1 June 2025</div>') == ("2025-06-01", None)
    assert read(top="<div>Published: 1 June 2025</div>") == ("2025-06-01", None)


@pytest.mark.parametrize("section", ["評論", "Kommentare", "Comments (4)", "Discussion"])
@pytest.mark.parametrize(
    "date", ["<dd>Published <time datetime=2025-05-04>4 May 2025</time></dd>", "<dd>4 May 2025</dd>"]
)
def test_a_link_to_a_section_above_the_story_begins_no_comments(section, date):
    assert read(f"<dl><dd>By Ana Gil</dd><dd><a href='/s/'>{section}</a></dd>{date}</dl>")[0] == "2025-05-04"
    behind = f"<h3><a href='#c'>{section}</a></h3><div><b>Tilo</b> <i>4 May 2025</i>{COMMENT}</div>"
    assert read(after=behind)[0] is None
