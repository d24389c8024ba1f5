"""Boxes among a story's paragraphs, each limit from both sides."""

import pytest

from crawler.body.rules import boxes
from tests.crawler.body.rules import dropped, of

REST = f"<p>{of(2_000)}</p>"
LETTER = "Sign up for our newsletter. "


def test_an_offer_of_the_papers_letter_has_a_length() -> None:
    assert dropped(boxes.letters, f"<p>{LETTER}{of(250 - len(LETTER) - 1)}</p>{REST}") == [0]
    assert dropped(boxes.letters, f"<p>{LETTER}{of(250 - len(LETTER))}</p>{REST}") == []


def test_many_lines_on_letters_are_what_the_story_is_about() -> None:
    line = f"<p>{LETTER}</p>"
    assert dropped(boxes.letters, line * 2 + REST) == list(range(2))
    assert dropped(boxes.letters, line * 3 + REST) == []
    assert dropped(boxes.letters, f"{line}<p>{'x' * (len(LETTER) - 2)}</p>") == []


def test_captions_are_known_by_their_place_or_their_credit() -> None:
    assert dropped(boxes.captions, f"<figure><figcaption>The quay.</figcaption></figure>{REST}") == [0]
    figure = f"<figure><p>The quay.</p></figure>{REST}"
    assert dropped(boxes.captions, figure, chance=0.59) == [0]
    assert dropped(boxes.captions, figure, chance=0.6) == []


@pytest.mark.parametrize("row", ["<td>Brandholm<td>4,210", "<td>ブランド島<td>四千", "<td><p>Brandholm has grown.</p>"])
def test_the_rows_of_a_table_in_a_figure_are_no_captions(row: str) -> None:
    figure = f"<figure><table><tr>{row}</table><figcaption>People by island.</figcaption></figure>{REST}"
    assert [n for n in dropped(boxes.captions, figure, chance=0.45) if n == 0] == []
    credit = "Photo: Lene Aas. "
    assert dropped(boxes.captions, f"<p>{credit}{of(400 - len(credit) - 1)}</p>{REST}") == [0]
    assert dropped(boxes.captions, f"<p>{credit}{of(400 - len(credit))}</p>{REST}") == []


def test_a_line_that_leads_to_another_story_is_linked_and_has_a_length() -> None:
    lead = "Read also: "
    for length, leads in ((299, True), (300, False)):
        link = f"<a href=/x>{'x' * (length - len(lead))}</a>"
        assert (dropped(boxes.also, f"<p>{lead}{link}</p>{REST}") == [0]) is leads
    for linked, leads in ((41, True), (40, False)):
        text = f"{lead}<a href=/x>{'x' * linked}</a>{'y' * (100 - linked - len(lead))}"
        assert (dropped(boxes.also, f"<p>{text}</p>{REST}") == [0]) is leads


def test_an_appeal_is_a_box_of_paragraphs_half_of_which_ask() -> None:
    ask, other = "<p>Your donation keeps our newsroom alive.</p>", "<p>Plain words.</p>"
    rest = f"<section>{REST * 3}</section>"
    assert dropped(boxes.appeals, f"<div>{ask * 2}{other * 2}</div>{rest}") == [0, 1, 2, 3]
    assert dropped(boxes.appeals, f"<div>{ask * 2}{other * 3}</div>{rest}") == []
    assert dropped(boxes.appeals, f"<div>{ask}</div>{rest}") == []
    many = f"<section>{REST * 30}</section>"
    assert len(dropped(boxes.appeals, f"<div>{ask * 12}</div>{many}")) == 12
    assert dropped(boxes.appeals, f"<div>{ask * 13}</div>{many}") == []


def test_an_appeal_is_no_larger_a_part_of_the_story_than_half_and_a_little() -> None:
    ask = "<p>Your donation keeps our newsroom alive.</p>"
    for others, is_appeal in ((3, True), (2, False)):  # 10 of 13 blocks are less than half and 4, of 12 they are not
        rest = f"<section>{'<p>Plain words.</p>' * others}</section>"
        assert (dropped(boxes.appeals, f"<div>{ask * 10}</div>{rest}") != []) is is_appeal
    assert dropped(boxes.appeals, f"<div>{ask * 6}</div>") == []


def test_a_label_of_the_page_has_a_length() -> None:
    for more, is_label in ((0, True), (1, False)):
        line = "Advertisement" + "." * (66 + more)
        assert (dropped(boxes.furniture, f"<p>{line}</p>{REST}") == [0]) is is_label


def test_a_link_beside_a_heading_has_a_length_and_stands_in_a_box_of_the_two() -> None:
    box = "<div><h2>What it costs</h2><span><a href=/x>{}</a>{}</span></div>"
    assert dropped(boxes.labels, box.format("x" * 40, "") + REST) == [1]
    assert dropped(boxes.labels, box.format("x" * 41, "") + REST) == []
    assert dropped(boxes.labels, box.format("x" * 16, "y" * 4) + REST) == [1]
    assert dropped(boxes.labels, box.format("x" * 15, "y" * 5) + REST) == []
    assert dropped(boxes.labels, "<div><p><a href=/x>edit</a></p><h2>Costs</h2></div>" + REST) == [0]
    assert dropped(boxes.labels, "<div><h2>Costs</h2><p><a href=/x>edit</a></p><p>More.</p></div>" + REST) == []
    assert dropped(boxes.labels, "<div><p>Costs</p><p><a href=/x>edit</a></p></div>" + REST) == []
    assert dropped(boxes.labels, "<div><h2>Costs</h2><h3><a href=/x>edit</a></h3></div>" + REST) == []


def test_the_captions_of_a_gallery_are_its_text_where_nothing_else_is() -> None:
    def gallery(count: int, length: int) -> str:
        return "".join(f"<figure><img src={n}><figcaption>{of(length)}</figcaption></figure>" for n in range(count))

    assert dropped(boxes.captions, gallery(3, 60)) == []
    assert dropped(boxes.captions, gallery(2, 60)) == [0, 1]
    assert dropped(boxes.captions, gallery(3, 59)) == [0, 1, 2]
    assert dropped(boxes.captions, f"{gallery(3, 60)}{REST}") == [0, 1, 2]


def test_captions_that_outweigh_the_rest_of_a_story_are_its_text_from_five_on() -> None:
    def essay(count: int, rest: int) -> list[int]:
        figure = f"<figure><img src=/1><figcaption>{of(100)}</figcaption></figure>"
        return dropped(boxes.captions, f"<p>{of(rest)}</p>{figure * count}")

    assert essay(5, 400) == []
    assert essay(4, 300) == [1, 2, 3, 4]
    assert essay(5, 600) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "line",
    [
        *("De tekst gaat verder onder de advertentie", "Juttu jatkuu mainoksen alla"),
        *("A matéria continua após a publicidade", "1.204 visualizações", "5 мин. чтения", "閲覧数：340", "기사 듣기"),
        *("Contenuto sponsorizzato", "Χορηγούμενο"),
    ],
)
def test_labels_of_the_page_are_known_in_many_languages(line: str) -> None:
    assert dropped(boxes.furniture, f"<p>{of(200)}</p><p>{line}</p>") == [1]
    assert dropped(boxes.furniture, f"<p>{of(200)}</p><p>{line} x y z and the rest of a sentence</p>") == []
