from corpus.people.identity import Known, suggest
from corpus.people.names import fold
from tests.counting import calls


def known(name: str, articles: int = 1, *sources: str, beside: tuple[str, ...] = ()) -> Known:
    return Known(fold(name), name, articles, frozenset(sources), frozenset(map(fold, beside)))


def pair(one: Known, other: Known) -> tuple[str, str] | None:
    found = suggest([one, other])
    return (found[0].key, found[0].into) if found else None


def test_a_misspelt_name_is_suggested_for_the_one_that_signs_more() -> None:
    assert pair(known("Mayank Chhaya", 40, "gazette"), known("Mayank Chayya", 1, "gazette")) == (
        "mayank-chayya",
        "mayank-chhaya",
    )


def test_the_evidence_says_what_differs_and_where_both_write() -> None:
    (found,) = suggest([known("Mayank Chhaya", 40, "gazette"), known("Mayank Chayya", 1, "gazette")])
    assert found.evidence == (
        "the same sounds in another spelling",
        "both write for gazette",
        "1 of 41 articles carry the rarer spelling",
    )


def test_an_initial_stands_for_a_name_within_one_outlet() -> None:
    assert pair(known("Mary Okafor", 9, "gazette"), known("M. Okafor", 2, "gazette")) == ("m-okafor", "mary-okafor")


def test_an_initial_says_too_little_between_two_outlets() -> None:
    assert pair(known("Mary Okafor", 9, "gazette"), known("M. Okafor", 2, "herald")) is None


def test_an_umlaut_written_out_is_the_same_letter() -> None:
    assert pair(known("Jürgen Müller", 5, "kurier"), known("Juergen Mueller", 1, "bote")) == (
        "juergen-mueller",
        "jurgen-muller",
    )


def test_the_family_name_may_come_first() -> None:
    assert pair(known("Li Wei", 3, "daily"), known("Wei Li", 1, "daily")) == ("wei-li", "li-wei")


def test_a_middle_name_may_be_left_out() -> None:
    assert pair(known("Ana María Ruiz", 3, "diario"), known("Ana Ruiz", 1, "diario")) == ("ana-ruiz", "ana-maria-ruiz")


def test_one_sound_may_be_spelled_two_ways() -> None:
    assert pair(known("Dmitry Sokolov", 3, "news"), known("Dmitri Sokolov", 1, "news"))


def test_two_who_sign_an_article_together_are_two_people() -> None:
    one = known("Anna Meyer-Brandt", 3, "kurier", beside=("Anne Meyer-Brandt",))
    assert pair(one, known("Anne Meyer-Brandt", 2, "kurier")) is None


def test_short_names_that_differ_by_a_letter_are_two_people() -> None:
    assert pair(known("Jo Lee", 3, "kurier"), known("Jo Lea", 2, "kurier")) is None


def test_other_given_names_of_one_family_are_two_people() -> None:
    assert pair(known("Peter Hansen", 3, "kurier"), known("Karin Hansen", 2, "kurier")) is None


def test_the_best_founded_suggestion_comes_first() -> None:
    found = suggest(
        [
            known("Mary Okafor", 9, "gazette"),
            known("M. Okafor", 2, "gazette"),
            known("Jürgen Müller", 5, "gazette"),
            known("Juergen Mueller", 1, "gazette"),
        ]
    )
    assert [merge.into for merge in found] == ["jurgen-muller", "mary-okafor"]


def test_authors_who_share_no_part_of_a_name_are_not_compared() -> None:
    authors = [
        known(f"Ana {chr(97 + n % 26)}na{n % 997} {chr(97 + n % 25)}ela{n % 1409}", 1, "gazette") for n in range(5_000)
    ]
    assert calls(lambda: suggest(authors)) < 100 * 5_000  # not each with every other
