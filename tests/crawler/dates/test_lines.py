"""A line that says nothing but when is known in any language; a line that says more is not."""

import pytest

from crawler.dates.lines import HEADS, MAX_LINE, TAILS, dated, says_when

LINES = """
Published 3 May 2024
Published: March 3, 2026, updated March 4, 2026
May 3, 2024, 3:07 p.m. ET
Tuesday, 3rd March 2026 at 14:05 CET
last updated on 3 May 2024
Dienstag, 4. Juni 2024, aktualisiert um 10:15 Uhr
Publié le 21 août 2023 à 14h05, mis à jour le 22 août 2023 à 09h10
Publicado el 3 de mayo de 2024 a las 14:05
Pubblicato il 3 maggio 2024 alle ore 12:30
Publicerad 3 maj 2024 kl. 10.15
Opublikowano 3 maja 2024, 12:00
Опубликовано 3 мая 2024 года в 14:05
2024-05-03 14:05
03/05/2024 14:05
2024年5月6日 10:30 更新
二〇二四年五月六日
2024년 5월 6일 10:30 입력
""".strip().split("\n")
OTHERS = """
The ferry sailed on 3 May 2024
Am 3. Mai 2024 brannte die Mühle
Nora Hale, 3 May 2024
Published by Nora Hale on 3 May 2024
Received 3 May 2024
In May 2024 eleven ships came
March of the 400
1914 to 1918
10:30
Chapter 3
2024年5月6日 工場が閉まった
""".strip().split("\n")


@pytest.mark.parametrize("line", LINES)
def test_a_line_that_says_nothing_but_when_is_known(line: str) -> None:
    assert says_when(line)


@pytest.mark.parametrize("line", OTHERS)
def test_a_line_that_says_more_or_names_no_day_is_none(line: str) -> None:
    assert not says_when(line)


def test_a_long_line_and_one_far_behind_are_not_looked_at() -> None:
    line = LINES[0]
    assert not says_when(f"{line}{' ' * MAX_LINE}3 May 2024")
    texts = ["x"] * (HEADS - 1) + [line, line]
    assert dated(texts, range(HEADS)) == {line}
    assert dated([*texts[:-2], "x", line, *["x"] * TAILS], range(HEADS + 1 + TAILS)) == frozenset()


def test_the_last_lines_of_a_story_may_say_when_too() -> None:
    texts = ["A line."] * 20 + ["Updated 6 May 2024, 11:00"]
    assert dated(texts, range(21)) == {"Updated 6 May 2024, 11:00"}
    assert dated([*texts, *["A line."] * 4], range(25)) == frozenset()
