"""Words of bylines: what is looked for first finds what the whole patterns find."""

import pytest

from crawler.bylines import names, words
from crawler.bylines.text import read_byline

LINES = [form.title() for form in words.LANGUAGES_OF] + [*words.LANGUAGES_OF, "", "B", "Byron Bay", "Ana Pérez"]


def test_a_word_before_names_is_found_by_its_first_letters_as_among_all():
    found = 0
    for form in LINES:
        for line in (f"{form}: Ana Pérez", f"{form} Ana Pérez", f"{form}Ana Pérez", form):
            ours, whole = words.lead(line), words._LED.match(line)
            assert (ours and (ours.span(), ours.span(1))) == (whole and (whole.span(), whole.span(1))), line
            found += ours is not None
    assert found > len(words.LANGUAGES_OF)
    assert words.lead("Byron Bay writes") is None


@pytest.mark.parametrize("joint", [*words.ANDS.split("|"), *words._WITHS.split("|"), *"&+•、；;，|/·", "ſ and"])
def test_what_stands_between_names_parts_them_as_the_whole_pattern_does(joint):
    for line in (f"Ana Pérez {joint} Li Wei", f"Ana Pérez {joint.upper()} Li Wei", f"Ana{joint}Wei"):
        assert words.parted(line) == words.AND.split(line)


@pytest.mark.parametrize(
    ("line", "left"),
    [
        *((f"Ana Pérez {word.title()} by the desk", "Ana Pérez") for word in names._DATING.split("|")),
        ("Ana Pérez | The Coast Post", "Ana Pérez"),
        ("Ana Pérez -", "Ana Pérez"),
        ("Ana Pérez 12.5.2024", "Ana Pérez"),
        ("Ana Pérez on ٣ May", "Ana Pérez"),
        ("Ana Pérez on Friday", "Ana Pérez"),
        ("Ana Pérez le lundi", "Ana Pérez"),
        ("Ana Pérez (Lisbon)", "Ana Pérez"),
        ("As told to Ana Pérez", "Ana Pérez"),
        ("Ana Pérez Agence France-Presse", "Ana Pérez, Agence France-Presse,"),
        ("김민수·박서연", "김민수, 박서연"),
        ("Nguyễn Thu Hà - Trần Minh", "Nguyễn Thu Hà, Trần Minh"),
        ("Ana el Amrani", "Ana el Amrani"),
        ("Ana Pressman", "Ana Pressman"),
    ],
)
def test_what_stands_behind_names_is_cut_off_wherever_a_character_or_word_of_it_stands(line, left):
    assert names._plain_list(line).strip() == left


@pytest.mark.parametrize(
    ("language", "lead"),
    [
        ("de", "Das Gespräch führte"), ("de", "Die Fragen stellte"), ("fr", "Entretien réalisé par"),
        ("es", "Entrevista realizada por"), ("it", "Intervista a cura di"), ("pt", "Entrevista de"),
        ("nl", "Interview door"), ("sv", "Intervju av"), ("da", "Interview af"), ("no", "Intervju av"),
        ("pl", "Rozmowę przeprowadził"), ("cs", "Rozhovor vedl"), ("hu", "Az interjút készítette:"),
        ("ru", "Интервью взял"), ("uk", "Інтерв’ю взяв"), ("en", "Interviewed by"),
    ],
)  # fmt: skip
def test_who_held_an_interview_signs_it(language: str, lead: str) -> None:
    read = read_byline(f"{lead} Jonas Wehrle", language=language)
    assert [author.name for author in read.authors] == ["Jonas Wehrle"] and read.led


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("sv", "Intervju: Greta Lindh"),
        ("fi", "Haastattelu: Aino Salo"),
        ("hu", "Interjú: Nagy Anna"),
    ],
)
def test_the_word_interview_alone_says_not_who_held_it(language: str, line: str) -> None:
    assert read_byline(line, language=language).authors == ()
