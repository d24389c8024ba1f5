"""What is gone from a text is every sentence that stands nowhere any more, with the revision that had it last."""

from datetime import UTC, datetime, timedelta

import pytest

from corpus.model import Revision
from indexer.contract.values import Phrase, Reading, TextField, Word
from indexer.results.removed import (
    MOST_CHARS,
    MOST_READ,
    RemovedPassage,
    best_removed,
    removed_passages,
    removed_record,
)
from indexer.results.snippets import Marker
from tests.counting import calls

DAY = datetime(2026, 11, 1, tzinfo=UTC)


def revisions(*bodies: str, headlines: tuple[str, ...] = ()) -> list[Revision]:
    """The texts an article has had, a day each."""
    return [
        Revision(
            number=at,
            seen=DAY + timedelta(days=at),
            headline=headlines[at - 1] if headlines else "Harbour",
            standfirst=None,
            byline=None,
            body=body,
            fingerprint=str(at),
        )
        for at, body in enumerate(bodies, 1)
    ]


def texts(passages: tuple[RemovedPassage, ...]) -> list[tuple[int, str]]:
    return [(each.revision, each.text) for each in passages]


def test_an_article_with_one_text_has_lost_nothing() -> None:
    assert removed_passages(revisions("The pier fell.")) == ()
    assert removed_passages([]) == ()


def test_a_sentence_that_changed_is_gone_and_its_neighbours_are_not() -> None:
    old = "The pier fell. It was the worst storm, 3.5 metres high. Nobody was hurt."
    new = "The pier fell. It was the record storm, 3.5 metres high. Nobody was hurt."
    (gone,) = removed_passages(revisions(old, new))
    assert gone == RemovedPassage(
        TextField.BODY,
        "It was the worst storm, 3.5 metres high.",
        1,
        DAY + timedelta(days=1),
        2,
        DAY + timedelta(days=2),
    )
    assert removed_record(gone) == {
        "revision": 1, "seen": "2026-11-02T00:00:00+00:00", "replaced_by": 2, "gone": "2026-11-03T00:00:00+00:00",
    }  # fmt: skip


def test_what_moved_or_differs_in_capitals_spaces_and_marks_is_not_gone() -> None:
    assert removed_passages(revisions("One stood. Two fell!\n\nThree.", "THREE\n\ntwo  fell. “One stood”")) == ()


def test_sentences_side_by_side_are_one_passage_and_the_last_revision_that_had_them_counts() -> None:
    made = revisions("A one. B two. C three.", "A one. B two. C three. D four.", "D four. C three.", "D four.")
    assert texts(removed_passages(made)) == [(3, "C three."), (2, "A one. B two.")]


def test_what_came_back_is_not_gone() -> None:
    assert removed_passages(revisions("A one.", "B two.", "A one. B two.")) == ()


def test_an_earlier_headline_is_gone_too() -> None:
    made = revisions("A one.", "A one.", headlines=("Pier falls", "Pier stands"))
    assert [(each.field, each.text) for each in removed_passages(made)] == [(TextField.HEADLINE, "Pier falls")]


def test_texts_without_spaces_are_cut_at_their_full_stops() -> None:
    assert texts(removed_passages(revisions("桟橋が倒れた。けが人はいない。", "けが人はいない。"))) == [
        (1, "桟橋が倒れた。")
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("पुल गिर गया।", "कोई घायल नहीं हुआ।"),
        ("پل گر گیا۔", "کوئی زخمی نہیں ہوا۔"),
        ("ድልድዩ ወደቀ።", "ማንም አልተጎዳም።"),
        ("တံတားပြိုကျသည်။", "ဒဏ်ရာရသူမရှိပါ။"),
    ],
    ids=["Hindi", "Urdu", "Amharic", "Burmese"],
)
def test_a_sentence_ends_with_the_stop_of_its_script(first: str, second: str) -> None:
    assert texts(removed_passages(revisions(f"{first} {second}", second))) == [(1, first)]


def test_the_best_passage_has_the_words_marked_and_its_own_revision() -> None:
    made = revisions("The old quay leaned. Gulls sat there.", "Gulls sat there. The mole sank.", "Nothing stands.")
    marker = Marker([Reading(Word("quay"), ("quay",)), Reading(Word("leaned"), ("leaned",))])
    best = best_removed(removed_passages(made), marker)
    assert best is not None
    assert best.passage.revision == 1
    assert [best.fragments[0].text[start:end] for start, end in best.fragments[0].spans] == ["quay", "leaned"]
    phrase = best_removed(removed_passages(made), Marker([Reading(Phrase(("mole", "sank")), ("mole", "sank"))]))
    assert phrase is not None
    assert phrase.passage.revision == 2
    assert best_removed((), marker) is None


def test_long_histories_of_long_texts_cost_little_and_are_bounded() -> None:
    made = revisions(*(f"{number} " + f"word{number}. " * 1_500 for number in range(60)))
    passages = removed_passages(made)
    assert 0 < sum(len(each.text) for each in passages) <= MOST_CHARS
    assert removed_passages(revisions("Old. " + "x" * MOST_READ, "New.")) == ()
    many = revisions(*(f"{number} " + f"word{number}. " * 150 for number in range(500)))
    assert calls(lambda: removed_passages(many)) < 100_000  # two fifths of it, for the latest of them
