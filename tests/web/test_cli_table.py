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
