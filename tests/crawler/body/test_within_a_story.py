# ruff: noqa: E501 - a page stands on one line
"""What stands among a story's paragraphs, behind it and beside it: out, or kept as it was set, in two languages."""

import pytest

from tests.crawler.stories import FERRY, MILL, body, page, paragraphs

FAEHRE = (
    "Die Fähre zu den äußeren Inseln fährt ab April zweimal am Tag, teilte das Hafenamt am Dienstag mit.",
    "Seit dem Brand von 2019, bei dem niemand verletzt wurde, war sie nur noch einmal am Tag gefahren.",
    "„Sechs Winter haben wir darauf gewartet“, sagte Inga Dahl, die den Laden auf der nördlichen Insel führt.",
    "Die Fahrpreise bleiben bis zum Ende des Jahres, wie sie sind; Fahrräder fahren weiterhin umsonst mit.",
    "Der Gemeinderat hatte die zweite Fahrt im Herbst mit elf gegen vier Stimmen beschlossen.",
)
MUEHLE = (
    "Die Mühle am Fluss hat am Freitag nach hundert Jahren geschlossen, sagte ihr Besitzer im Hof.",
    "Vierzig Menschen haben dort bis zum Ende des Monats gearbeitet, die meisten wohnten in der Nähe.",
)
STORIES = {
    "en": ("Second ferry sails from April", FERRY, "The mill closes", MILL),
    "de": ("Die zweite Fähre fährt ab April", FAEHRE, "Die Mühle schließt", MUEHLE),
}
LANGUAGES = tuple(STORIES)


def read_with(language: str, within: str = "", after: str = "") -> list[str]:
    """Return the paragraphs of the body of a story with some markup after its third paragraph, and behind it."""
    title, story, _, _ = STORIES[language]
    inner = f"<h1>{title}</h1>{paragraphs(*story[:3])}{within}{paragraphs(*story[3:])}"
    return body(page(f"<article>{inner}</article>{after}", title=title).replace("lang=en", f"lang={language}"))


def story_of(language: str) -> list[str]:
    return list(STORIES[language][1])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("heading", ["<h1>{}</h1>", "<header><h1><a href=/mill>{}</a></h1></header>"])
def test_a_second_article_with_a_heading_of_its_own_ends_the_story(language: str, heading: str) -> None:
    _, story, title, other = STORIES[language]
    second = f"<article>{heading.format(title)}{paragraphs(*other)}</article>"
    assert read_with(language, after=second) == list(story)
    assert read_with(language, after=f"{second}<div>{paragraphs(*other)}</div>") == list(story)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_around_its_parts_or_with_the_same_heading_again_ends_nothing(language: str) -> None:
    title, story, _, _ = STORIES[language]
    parts = f"<article><h1>{title}</h1>{paragraphs(*story[:3])}<article><h2>2</h2>{paragraphs(*story[3:])}</article></article>"
    assert [text for text in body(page(parts, title=title)) if text != "2"] == list(story)
    split = f"<article><h1>{title}</h1>{paragraphs(*story[:3])}</article><article><h1>{title}</h1>{paragraphs(*story[3:])}</article>"
    assert set(story) <= set(body(page(split, title=title)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_with_a_credit_right_under_a_picture_is_no_body(language: str) -> None:
    caption = {"en": "The old ferry in 2019. Photo: Lene Aas", "de": "Die alte Fähre im Jahr 2019. Foto: Lene Aas"}[
        language
    ]
    assert read_with(language, f"<p><img src=a.jpg></p><p>{caption}</p>") == story_of(language)
    assert caption in read_with(language, f"<p>{caption}</p>")


SAID = {
    "en": (
        "Six winters! I will be on the first boat, whatever the weather.",
        "And who pays for it? We do, as always, I suppose.",
    ),
    "de": (
        "Sechs Winter! Ich bin auf dem ersten Boot, bei jedem Wetter.",
        "Und wer bezahlt das? Wir, wie immer, nehme ich an.",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("times", [2, 12])
def test_signed_comments_are_no_body_even_where_they_are_longer_than_the_story(language: str, times: int) -> None:
    items = "".join(
        f"<li class=comment><b class=author>Kim {n}</b> <time>3 March 2026</time><p>{SAID[language][n % 2] * 3}</p></li>"
        for n in range(2 * times)
    )
    after = f"<section id=comments class=comments-area><ol>{items}</ol></section>"
    assert read_with(language, after=after) == story_of(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_offer_breaks_a_story_and_does_not_end_it(language: str) -> None:
    offer = {
        "en": "Subscribe now and read every story for one euro a month.",
        "de": "Jetzt abonnieren und alle Artikel für einen Euro im Monat lesen.",
    }[language]
    assert read_with(
        language, f'<div class="subscribe-box"><p>{offer}</p><a class=btn href=/s>{offer[:9]}</a></div>'
    ) == story_of(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_of_other_services_and_boxes_for_an_app_are_no_body(language: str) -> None:
    asks, app = {
        "en": (
            "Here you find content of another service. To see it, allow that data go to it.",
            "Get our app and read the news wherever you are. Download it for free.",
        ),
        "de": (
            "Hier steht etwas von einem anderen Anbieter. Erlauben Sie, dass Daten an ihn gehen.",
            "Holen Sie sich unsere App und lesen Sie überall. Jetzt kostenlos laden.",
        ),
    }[language]
    assert read_with(language, f'<div class="embed-consent"><p>{asks}</p></div>') == story_of(language)
    assert read_with(language, f'<div class="app-promo download-app"><p>{app}</p></div>') == story_of(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_and_a_list_stay_whole(language: str) -> None:
    rows, items = {
        "en": (
            (("Day", "Sailings"), ("Monday", "2"), ("Sunday", "1")),
            ("Coat", "A ticket for the way back, bought at the pier", "Bread"),
        ),
        "de": (
            (("Tag", "Fahrten"), ("Montag", "2"), ("Sonntag", "1")),
            ("Mantel", "Eine Rückfahrkarte, am Anleger gekauft", "Brot"),
        ),
    }[language]
    table = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    assert "\n".join(map(" | ".join, rows)) in read_with(language, f"<table>{table}</table>")
    assert "\n".join(items) in read_with(language, f"<ul>{''.join(f'<li>{item}</li>' for item in items)}</ul>")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quoted_post_and_verse_stay(language: str) -> None:
    post, verse = {
        "en": (
            "We waited six winters, and now it sails twice. Thank you, all of you!",
            ("The boat goes out,", "the boat comes in."),
        ),
        "de": (
            "Sechs Winter gewartet, und jetzt fährt sie zweimal. Danke euch allen!",
            ("Das Boot fährt aus,", "das Boot kommt ein."),
        ),
    }[language]
    quoted = f'<blockquote class="twitter-tweet"><p>{post}</p>&mdash; Inga Dahl (@inga)</blockquote>'
    assert post in read_with(language, quoted)
    assert "\n".join(verse) in read_with(language, f"<p>{'<br>'.join(verse)}</p>")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_at_the_end_goes_and_a_list_s_points_stay(language: str) -> None:
    title, points = (
        STORIES[language][2],
        [f"{n}. {text.split(',')[0]}" for n, text in enumerate(STORIES[language][1][:4])],
    )
    assert read_with(language, after=f"<h2>{title}</h2>")[-1] == STORIES[language][1][-1]
    inner = "".join(f"<h3>{point}</h3>" for point in points)
    assert points[-1] in body(
        page(f"<article><h1>{STORIES[language][0]}</h1>{paragraphs(*STORIES[language][1])}{inner}</article>")
    )
