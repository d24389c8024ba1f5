"""What changed between two texts."""

from datetime import UTC, datetime

from corpus.model import Revision
from tests.stalling import no_stall
from web.articles.differences import Comparison, Run, compare, folded


def revision(body: str, headline: str = "Headline") -> Revision:
    return Revision(1, datetime(2026, 1, 1, tzinfo=UTC), headline, None, None, body, "")


def between(old: str, new: str) -> Comparison:
    return compare(revision(old), revision(new))


def test_a_changed_word_is_all_that_is_marked():
    line = compare(revision("x", "after worst storm"), revision("x", "after record storm")).lines[0]
    assert (line.name, line.kind) == ("Headline", "changed")
    assert line.old == (Run("after "), Run("worst", True), Run(" storm"))
    assert line.new == (Run("after "), Run("record", True), Run(" storm"))


def test_changes_with_a_short_word_between_are_one():
    assert between("voted 29 to 14 on Monday night", "voted 31 to 12 on Monday night").lines[0].new == (
        Run("voted "),
        Run("31 to 12", True),
        Run(" on Monday night"),
    )


def test_paragraphs_are_removed_added_and_kept():
    made = between("one stays\n\ntwo goes away\n\nthree stays", "one stays\n\nthree stays\n\nfour is new here")
    assert [(line.name, line.kind) for line in made.lines] == [
        ("¶ 1", "same"),
        ("¶ 2", "removed"),
        ("¶ 3", "same"),
        ("¶ 4", "added"),
    ]
    assert (made.added, made.removed) == (4, 3)


def test_paragraphs_with_little_in_common_are_not_one_that_changed():
    kinds = [line.kind for line in between("aaa bbb ccc ddd", "eee fff ggg hhh").lines]
    assert kinds == ["removed", "added"]


def test_unspaced_scripts_are_compared_sign_by_sign():
    line = between("防洪墙高一点二米", "防洪墙高一点五米").lines[0]
    assert line.new == (Run("防洪墙高一点"), Run("五", True), Run("米"))


def test_both_texts_come_back_whole():
    old, new = "The county voted, 29 to 14; and left.", "The county  council voted 31 to 12, and left!"
    line = between(old, new).lines[0]
    assert "".join(run.text for run in line.old or ()) == old
    assert "".join(run.text for run in line.new or ()) == new


def test_long_runs_of_unchanged_paragraphs_are_folded():
    same = "\n\n".join(f"paragraph number {each}" for each in range(5))
    grouped = folded(between(f"{same}\n\nold end", f"{same}\n\nnew end").lines)
    assert isinstance(grouped[0], tuple)
    assert len(grouped[0]) == 5


def test_a_huge_text_does_not_stall_the_page():
    with no_stall():
        between("word " * 50_000, "other " * 50_000)
        between("a b c " * 3000 + "\n\n", "b a c " * 3000)
