"""A form that is filled in again tells of something else; a copy that was corrected or edited does not."""

import random
import re
from difflib import SequenceMatcher

import pytest

from corpus.copies import facts
from corpus.copies.facts import tells_otherwise, words_of
from tests.corpus.copies.texts import story

STORY = (
    "The ferry Aurora ran aground off the northern coast late on Tuesday with 212 passengers on board, the coast guard"
    " said. At least 14 people were injured, two of them seriously, when the vessel hit a reef some 3 kilometres from"
    " the harbour of Saltmere shortly after 21:40. Rescue boats and two helicopters brought the passengers ashore"
    " during the night. “We heard a bang, and then the lights went out,” said Maria Okafor, a teacher who was"
    " travelling with her class. The captain, a man of 57, was questioned by the police on Wednesday morning. The"
    " operator, Northern Lines, said that the ship had been inspected in March and that all its papers were in order."
    " Transport minister Jonas Berg called for an inquiry. It is the third accident on the route in 18 months. In the"
    " winter of 2024 a freighter sank there with its crew of 9. Some 40 tonnes of fuel could leak from the hull."
)
LOTTERY = (
    "The winning numbers of the Saturday draw are {}, {}, {}, {}, {} and {}. The bonus number is {}. Nobody had all"
    " six, so that {} million are in the pot on Wednesday. {} players had five right, and each gets {} euros. Prizes"
    " must be collected at any office of the lottery."
)
AGAIN = "The numbers {}, {} and {} are those of the raffle, too, and of the tombola; {} and {} won in the draw before."
COURT = (
    "The district court of {} has opened insolvency proceedings over the assets of {}, merchant. Claims are to be filed"
    " with the administrator, {}, in hall {} of the court. Whoever has goods of the debtor must not hand them over to"
    " the debtor. Objections against {} may be raised at the registry of the court in {}, where the papers lie open."
)
STOCKS = (
    "शेयर बाज़ार आज {} अंक पर बंद हुआ और सूचकांक में {} अंक का बदलाव रहा। कारोबार के दौरान {} कंपनियों के शेयर बढ़े"
    " जबकि {} कंपनियों के शेयर गिरे। सोने का भाव {} रुपये और चाँदी का भाव {} रुपये प्रति किलो रहा। विशेषज्ञों ने"
    " निवेशकों को सावधान रहने की सलाह दी है।"
)
PRIZES = (
    "本期中奖号码为{}，{}，{}，{}，{}，{}，特别号码为{}。本期奖池金额为{}万元，共有{}人获得二等奖，请在规定日期内领取。"
)


def tell_otherwise(one: str, other: str) -> set[bool]:
    """Both ways round: neither text is the first by nature."""
    return {tells_otherwise(words_of(one), words_of(other)), tells_otherwise(words_of(other), words_of(one))}


@pytest.mark.parametrize(
    "changes",
    [
        {"14 people": "16 people"},
        {"14 people": "16 people", "212 passengers": "215 passengers", "40 tonnes": "45 tonnes"},
        {"Okafor": "Okafour", "Saltmere": "Saltmeer"},
        {"Jonas Berg": "Hans Lind", "a man of 57": "a man of 58"},
        {"21:40": "21:55"},
        {"injured": "hurt", "vessel": "ship", "seriously": "gravely", "third": "fourth", "14 people": "16 people"},
        {"two of": "2 of", "crew of 9": "crew of nine", "third": "3rd"},
        {"3 kilometres": "2 miles", "40 tonnes": "44 tons", "21:40": "9:40 p.m."},
        {"Transport minister": "The police had no comment so far. Transport minister", "in March": "in the spring"},
    ],
)
def test_a_story_that_was_corrected_or_edited_tells_the_same(changes: dict[str, str]) -> None:
    edited = STORY
    for old, new in changes.items():
        assert old in edited
        edited = edited.replace(old, new)
    assert tell_otherwise(STORY, edited) == {False}


@pytest.mark.parametrize(
    ("form", "one", "other"),
    [
        (LOTTERY, [*range(1, 11)], [3, 14, 15, 22, 36, 41, 8, 12, 95, 1200]),
        (LOTTERY, [4, 14, 7, 6, 12, 5, 11, 13, 9, 10], [15, 3, 14, 12, 4, 5, 7, 13, 9, 10]),  # some in other places
        (
            f"{LOTTERY} {AGAIN}",  # three numbers are the same, and two of them stand in several places
            [7, 5, 13, 6, 8, 4, 9, 11, 3, 10, 8, 4, 9, 8, 4],
            [15, 5, 13, 7, 6, 4, 9, 10, 3, 14, 6, 4, 9, 6, 4],
        ),
        (
            COURT,
            ["Holm", "Anna Lind", "Otto Kern", 7, "Anna Lind", "Holm"],
            ["Saltmere", "Piet Maas", "Ruth Sand", 9, "Piet Maas", "Saltmere"],
        ),
        (
            COURT,
            ["Holm", "Anna Lind", "Otto Kern", 7, "Anna Lind", "Holm"],
            ["Holm", "Eva Roth", "Otto Kern", 7, "Eva Roth", "Holm"],
        ),
        (STOCKS, [71230, 412, 18, 11, 62100, 71000], [72055, 118, 23, 7, 61850, 70500]),
        (PRIZES, [3, 9, 12, 20, 28, 31, 7, 560, 14], [1, 6, 17, 22, 25, 33, 2, 810, 9]),
    ],
)
def test_a_form_that_is_filled_in_anew_tells_of_something_else(
    form: str, one: list[object], other: list[object]
) -> None:
    assert tell_otherwise(form.format(*one), form.format(*other)) == {True}
    assert tell_otherwise(form.format(*one), form.format(*one) + " " + STORY[:120]) == {False}


@pytest.mark.parametrize("mark", ["", ".", "’", " ", "\u00a0", "\u202f"])
def test_a_number_is_the_same_fact_with_any_mark_between_its_thousands(mark: str) -> None:
    one = (
        "The council of Saltmere spends 12,400,000 euros on the northern sea wall, 3,150 metres of it in stone."
        " Some 41,700 people live behind it. The first part, of 1,280 metres, cost 5,310,500 euros and took 2,114 days."
    )
    other = re.sub(r"(?<=\d),(?=\d)", mark, one)
    assert not tells_otherwise(words_of(one), words_of(other))
    assert tells_otherwise(words_of(one), words_of(re.sub(r"\d(?=,)", "7", one).replace("3", "8")))


def test_a_number_that_is_new_in_each_place_where_it_stands_is_one_fact() -> None:
    story = (
        "At least 14 people died in the flood. "
        + STORY[120:400]
        + " The mayor wept for the 14 dead, and 14 flags fell."
    )
    assert tell_otherwise(story, story.replace("14", "17")) == {False}


@pytest.mark.parametrize(("paragraphs", "is_note"), [(2, True), (1, False)])
def test_two_stories_above_one_long_note_tell_of_something_else_and_another_lead_does_not(
    paragraphs: int, is_note: bool
) -> None:
    one, other = (" ".join(story(seed, paragraphs=paragraphs)) for seed in (1, 2))
    assert tell_otherwise(f"{one} {STORY}", f"{other} {STORY}") == {is_note}
    assert tell_otherwise(f"{one} {STORY}", STORY) == {False}
    assert tell_otherwise(f"{STORY} {one}", f"{STORY} {other}") == {False}  # the notes of two papers, below


@pytest.mark.parametrize("letters", [300, 3_000])
def test_words_of_any_length_are_compared_in_few_steps(monkeypatch: pytest.MonkeyPatch, letters: int) -> None:
    squares = []

    class Counting(SequenceMatcher[str]):
        def __init__(self, isjunk: None, a: str, b: str, *, autojunk: bool) -> None:
            squares.append(len(a) * len(b))
            super().__init__(isjunk, a, b, autojunk=autojunk)

    monkeypatch.setattr(facts, "SequenceMatcher", Counting)
    chance = random.Random(5)
    word, other = ("".join(chance.choices("abcdefgh", k=letters)) for _ in range(2))
    assert tell_otherwise(STORY.replace("Saltmere", word), STORY.replace("Saltmere", other)) == {False}
    assert tell_otherwise(STORY.replace("Saltmere", word), STORY.replace("Saltmere", word[:-9])) == {False}
    assert 4 <= len(squares) < 20
    assert max(squares) <= facts.LONGEST_SPELLED**2
