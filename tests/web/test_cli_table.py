"""A table on a terminal cuts no word; where the words do not fit side by side, each row is a paragraph."""

import pytest
from rich.cells import cell_len

from web.cli.output import print_rows
from web.cli.table import print_table

COLUMNS = ("source", "state", "unchanged", "took", "address")
ROWS = [
    ["valley-herald.example", "done", "1,204", "0:12:09", "https://valley-herald.example/" + "a" * 60],
    ["Küste", "", "0", "0:00:10", "لا"],
]


def printed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(width))
    print_table(COLUMNS, ROWS, right=("took",), in_colour=False)
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("width", [30, 40, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal_and_no_word_of_a_usual_length_is_cut(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    lines = printed(capsys, monkeypatch, width)
    assert max(map(cell_len, lines)) <= width
    words = {word for line in lines for word in line.split()}
    assert {"valley-herald.example", "done", "1,204", "0:12:09", "unchanged", "Küste", "لا"} <= words
    assert ("a" * 60) in "".join("".join(line.split()) for line in lines) or width > 60


def test_a_list_without_rows_has_no_headings_on_a_terminal_and_has_them_in_a_file(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for terminal, shown in ((True, ""), (False, "\t".join(COLUMNS) + "\n")):
        monkeypatch.setattr("sys.stdout.isatty", lambda terminal=terminal: terminal)
        print_rows(COLUMNS, [])
        assert capsys.readouterr().out == shown


def test_a_table_that_fits_has_a_line_for_its_headings(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert printed(capsys, monkeypatch, 120)[0].split() == list(COLUMNS)


def test_a_row_that_does_not_fit_names_each_cell_that_is_not_empty(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = printed(capsys, monkeypatch, 40)
    last = lines.index("Küste")
    assert " ".join(" ".join(lines[last + 1 :]).split()) == "unchanged 0 · took 0:00:10 · address لا"


def test_a_moment_is_never_cut(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    moment = "2026-11-28T15:16:40+00:00"
    for purpose in ("chapter", "a purpose of many words " * 5):
        print_table(("receipt", "made", "purpose"), [["q-y7vnc", moment, purpose]], right=(), in_colour=False)
        assert moment in capsys.readouterr().out


def test_a_table_of_many_narrow_columns_cuts_none_for_the_sake_of_a_wide_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    columns = ("day", "requests", "what for", "size", "disallowed", "slow down", "shortest rest", "usual rest")
    row = ["2026-10-12", "1,204", "article ×1,180, sitemap ×12, home ×6, feed ×6", "1.8 kB", "0", "1", "2.9 s", "3.8 s"]
    print_table(columns, [row], right=columns[3:], in_colour=False)
    shown = capsys.readouterr().out
    assert {"usual", "rest", "shortest", "disallowed", "2026-10-12", "sitemap", "1,204"} <= {*shown.split()}
    assert max(map(cell_len, shown.splitlines())) <= 80


def test_an_address_has_the_room_that_moments_and_short_words_leave(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    rows = [["good", "article", "on the front page", "2026-10-13 04:30", "https://good.example/story/14"]]
    print_table(("source", "kind", "found", "due", "address"), rows, right=(), in_colour=False)
    assert "https://good.example/story/14" in "".join(capsys.readouterr().out.split("\n")[1:])


def test_an_address_that_is_wider_than_its_column_is_broken_behind_a_mark_and_not_within_a_word(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    address = "https://www.gazette.example/world/africa/harbour-walls?page=2"
    row = ["section", "linked from a page", "the server answered 500", "12", address]
    print_table(("kind", "found", "last visit", "articles", "address"), [row], right=("articles",), in_colour=False)
    lines = [line.split()[-1] for line in capsys.readouterr().out.splitlines()[1:]]
    assert [each for each in lines if each in address] == [
        "https://www.gazette.example/",
        "world/africa/harbour-walls?",
        "page=2",
    ]
