"""Passwords: hashed with a salt, checked in bounded time and memory."""

import pytest

from corpus.passwords import LONGEST, hash_password, is_password, problem


def test_a_password_is_the_one_of_its_hash_and_no_other_is():
    stored = hash_password("correct horse", log_n=4)
    assert is_password("correct horse", stored)
    for other in ("correct horse ", "Correct horse", "", "correct horse\0"):
        assert not is_password(other, stored)


def test_two_hashes_of_one_password_differ():
    assert hash_password("correct horse", log_n=4) != hash_password("correct horse", log_n=4)


def test_what_is_stored_by_default_costs_what_owasp_asks_for():
    assert hash_password("correct horse").startswith("scrypt$15$8$3$")


@pytest.mark.parametrize(
    "stored",
    [
        "", "x", "scrypt$15$8$3$AAAA", "scrypt$99$8$3$AAAA$AAAA", "scrypt$4$8$900$AAAA$AAAA",
        "scrypt$4$8000$1$AAAA$AAAA",
        "scrypt$-1$8$1$AAAA$AAAA", "scrypt$a$8$1$AAAA$AAAA", "md5$4$8$1$AAAA$AAAA", "scrypt$4$8$1$ü$AAAA", "$" * 5000,
    ],
)  # fmt: skip
def test_a_hash_that_is_none_of_ours_lets_nobody_in(stored: str):
    assert not is_password("correct horse", stored)


def test_a_person_without_a_password_cannot_sign_in_with_any():
    for given in ("", "None", "correct horse"):
        assert not is_password(given, None)


@pytest.mark.parametrize(
    ("password", "why"), [("short", "10 to 200"), ("a" * 12, "four different"), ("a" * 201, "201"), ("", "has 0")]
)
def test_a_password_that_is_not_taken_says_why(password: str, why: str):
    assert why in (problem(password) or "")


def test_a_password_of_any_script_is_taken_to_its_last_character():
    long = "пароль 密码 " * 25
    assert problem(long[:LONGEST]) is None
    stored = hash_password(long[:LONGEST], log_n=4)
    assert is_password(long[:LONGEST], stored)
    assert not is_password(long[: LONGEST - 1], stored)
