"""What the sender of a press release set behind it: two signs drop it, one alone does not."""

import re
from random import Random

import pytest

from crawler.body.rules.releases import releases
from crawler.body.words.release_words import REACHED as WAY
from crawler.body.words.release_words import reaches
from tests.crawler.body.rules import dropped, of
from tests.crawler.stories import article, read
from tests.stalling import no_stall

STORY = f"<p>{of(600)}</p><p>{of(600)}</p>"  # two blocks
REACHED = "<p>Mia Falk<br>Head of something<br>+46 470 55 01 00<br>mia@osterby.example</p>"


def behind(*tail: str) -> list[int]:
    """The blocks of a tail, by their number in it, that are dropped behind a story."""
    return [n - 2 for n in dropped(releases, STORY + "".join(tail))]


@pytest.mark.parametrize(
    ("about", "text"),
    [
        ("<h3>About Osterby</h3>", "Osterby makes pumps in 30 countries. See www.osterby.example."),
        ("<p><b>Über die Osterby AG</b></p>", "Die Osterby AG baut Pumpen in 30 Ländern: www.osterby.example."),
        ("<p><b>À propos d’Osterby</b></p>", "Le groupe Osterby fabrique des pompes. www.osterby.example"),
        ("<h4>O společnosti Osterby</h4>", "Osterby vyvíjí čerpadla ve 30 zemích. www.osterby.example"),
        ("<p><b>О компании «Остерби»</b></p>", "«Остерби» делает насосы в 30 странах. www.osterby.example"),
        ("<h3>オスタビー株式会社について</h3>", "オスタビー株式会社は30か国でポンプを作る。 www.osterby.example"),
        ("<p><b>نبذة عن أوستربي</b></p>", "أوستربي شركة تصنع المضخات. www.osterby.example"),
    ],
)
def test_a_text_about_the_name_in_its_label_that_leads_to_a_site_is_none_of_the_story(about: str, text: str) -> None:
    assert behind(about, f"<p>{text}</p>") == [0, 1]
    assert behind(about, f"<p>{of(200)}</p>") == []  # of something else


def test_a_text_about_the_name_in_its_label_alone_is_a_chapter_of_the_story() -> None:
    chapter = "<h2>About the house</h2><p>The house stands above the river. Its beams came from a ship.</p>"
    assert behind(chapter) == []
    assert behind(chapter, "<h3>Contact</h3>", REACHED) == [0, 1, 2, 3]


@pytest.mark.parametrize(
    "label", ["<h3>Press contact</h3>", "<p><b>Kontakt dla mediów:</b></p>", "<p>媒体联系人：</p>"]
)
def test_short_lines_under_a_label_for_contacts_are_none_of_the_story(label: str) -> None:
    assert behind(label, "<p>Mia Falk, mia@osterby.example</p>") == [0, 1]
    assert behind(label, f"<p>{of(240)[:-1]} mia@osterby.example.</p>") == []


def test_a_label_of_unknown_words_needs_mail_and_telephone_in_short_lines() -> None:
    assert behind("<h3>Ihre Fragen beantwortet</h3>", REACHED) == [0, 1]
    assert behind("<h3>Ihre Fragen beantwortet</h3>", "<p>Mia Falk, mia@osterby.example</p>") == []
    told = "<p>Write to mia@osterby.example or call 0113 496 0000 if you saw the accident on Monday evening there.</p>"
    assert behind("<h3>What can be done</h3>", told) == []


def test_a_label_in_bold_before_a_break_counts_as_one() -> None:
    assert behind("<p><strong>Contact presse</strong><br>Service de presse : 01 99 00 55 55</p>") == [0]
    assert behind("<p><strong>Contact</strong> was made by Mia Falk, mia@osterby.example</p>") == []


def test_two_parts_with_one_sign_each_are_a_tail() -> None:
    notes, line = "<h2>Notes to editors</h2><p>The bridge is listed.</p>", "<p>Contact: mia@osterby.example</p>"
    assert behind(notes) == behind(line) == []
    assert behind(notes, line) == [0, 1, 2]


@pytest.mark.parametrize("end", ["###", "- ENDS -", "-30-", "ENDS"])
def test_what_stands_behind_the_end_of_a_release_goes_where_part_of_it_has_a_sign(end: str) -> None:
    assert behind(f"<p>{end}</p>", f"<p>{of(150)}</p>", "<p>Contact: mia@osterby.example</p>") == [0, 1, 2]
    assert behind(f"<p>{end}</p>", f"<p>{of(150)}</p>", "<p>See www.osterby.example</p>") == []


@pytest.mark.parametrize("mark", ["###", "# # #", "ENDE"])
def test_marks_that_stand_twice_are_breaks_between_chapters(mark: str) -> None:
    chapters = f"<p>{mark}</p><p>{of(300)}</p>" * 2
    assert behind(chapters, "<p>Write to the author: mia@osterby.example</p>") == []
    assert behind(chapters, "<h3>Contact</h3>", REACHED) == [4, 5]


def test_words_over_notes_are_one_sign_however_many_there_are() -> None:
    chapters = [f"<h2>{label}</h2><p>{of(300)}</p>" for label in ("Notes", "Notes on a scandal", "Reference")]
    assert behind(*chapters, "<p>See www.osterby.example</p>") == []
    assert behind(*chapters, "<h3>Contact</h3>", REACHED) == list(range(8))


def test_a_story_of_many_paragraphs_under_one_heading_is_read_soon() -> None:
    with no_stall():
        text = f"<p>{of(300)}</p>" * 1_200
        assert behind(text, "<h2>What came of it</h2>", text, "<p>See www.osterby.example</p>") == []


def test_a_sentence_with_an_address_is_the_storys() -> None:
    assert behind("<p>Readers who saw it should call 0113 496 0000 or write to us@police.example.</p>") == []


def test_a_story_that_goes_on_behind_a_contact_keeps_it() -> None:
    assert behind("<h3>Contact</h3>", "<p>Mia Falk, mia@osterby.example</p>", f"<p>{of(300)}</p>") == []


def test_no_more_than_a_part_of_a_story_is_its_tail() -> None:
    tail = f"<p>###</p><p>{of(1_700)}</p><p>Contact: mia@osterby.example</p>"
    assert dropped(releases, STORY + tail + f"<p>{of(40)}</p>") != []
    assert dropped(releases, STORY + tail.replace("<p>Contact", f"<p>{of(200)}</p><p>Contact")) == []


def test_an_article_of_a_release_has_its_text_alone_and_says_why() -> None:
    tail = "<p><b>About Osterby</b></p><p>Osterby makes pumps and valves for waterworks.</p><h3>Contact</h3>" + REACHED
    extraction = read(article().replace("</article>", tail + "</article>"), explain=True)
    assert "Osterby" not in extraction.article.body
    assert any(part.reason.startswith("what its sender set behind a release") for part in extraction.dropped)


def test_a_way_to_reach_somebody_is_found_without_a_look_at_each_word() -> None:
    addresses = r"[\w.+-]{1,64}(?:@|\s?[\[(]at[\])]\s?)[\w-]{1,60}\.\w"
    numbers = (
        r"(?<![\w.,/-])(?:\+\s?\d|\(\+?\d{2,5}\)|0\d|00\d)[\d\s()/.–-]{6,18}\d(?!\w)"
        r"|(?<![\w.,/-])(?:\(\d{3}\)\s?|\d{3}[-.\s])\d{3}[-.\s]\d{4}(?!\w)"
    )
    plainly = re.compile(f"{addresses}|{numbers}")
    pieces = ["@", "(at)", "[at]", " ", "mia", ".", "se", "-", "+46", "0", "07", "(555)", "555-", "1234", "٣", "é", "/"]
    random, found = Random(7), 0
    for _ in range(5_000):
        text = "".join(random.choices(pieces, k=random.randrange(2, 14)))
        found += reaches(text)
        assert reaches(text) == bool(WAY.search(text)) == bool(plainly.search(text)), text
    assert found > 100
