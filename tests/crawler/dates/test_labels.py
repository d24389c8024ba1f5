"""A label before or behind a date says what it dates, in many languages."""

import pytest

from crawler.dates.labels import DateOf, labelled_parts


def read(line: str) -> list[tuple[DateOf | None, str]]:
    return [(kind, part.strip(" /|·,(")) for kind, part in labelled_parts(line) if any(map(str.isdigit, part))]


@pytest.mark.parametrize(
    "line",
    [
        "2024年6月20日 更新 / 2024年5月6日 公開",
        "2024-06-20 更新 2024-05-06 发布",
        "2024.06.20 수정 | 2024.05.06 입력",
    ],
)
def test_labels_behind_their_dates_each_have_the_date_before_them(line: str) -> None:
    assert [kind for kind, _ in read(line)] == [DateOf.UPDATE, DateOf.PUBLICATION]
    assert all(part[:4] == "2024" and part.endswith(("更新", "公開", "发布", "수정", "입력")) for _, part in read(line))


OTHER, UPDATE, PUBLICATION = DateOf.OTHER, DateOf.UPDATE, DateOf.PUBLICATION


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("收稿日期:2022-08-03 录用日期:2022-12-16 出版日期:2023-01-02", [OTHER, OTHER, PUBLICATION]),
        ("접수일: 2022.08.03 채택일: 2022.12.16 발행일: 2023.01.02", [OTHER, OTHER, PUBLICATION]),
        ("Erstveröffentlichung: 06.05.2024", [PUBLICATION]),
        ("Stand: 20.06.2024", [UPDATE]),
        ("Stand vom 20. Juni 2024", [UPDATE]),
        ("Last site update: 3 March 2021", [OTHER]),
        ("Stand by me, 3 friends", [None]),
        ("UPDATED 3 May 2024 FIRST PUBLISHED 2 May 2024", [UPDATE, PUBLICATION]),
        ("Bearbeitet am 3.5.2024, veröffentlicht am 2.5.2024", [UPDATE, PUBLICATION]),
        ("Yayin 3.5.2024", [PUBLICATION]),
        ("Обновлено 3.5.2024, опубликовано 2.5.2024", [UPDATE, PUBLICATION]),
        ("Ενημερώθηκε 3/5/2024", [UPDATE]),
        ("प्रकाशित 3/5/2024", [PUBLICATION]),
        ("Updated 3 May 2024 | 发布 2024-05-02", [UPDATE, PUBLICATION]),
        ("עודכן 3.5.2024", [UPDATE]),
        ("3 unposted letters", [None]),
    ],
)
def test_a_label_says_what_its_date_dates(line: str, kinds: list[DateOf | None]) -> None:
    assert [kind for kind, _ in read(line)] == kinds
