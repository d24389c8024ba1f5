"""Wrong passwords slow down, by name and by network, and lock nobody out for ever."""

from web.accounts.attempts import LONGEST_OF_NAME, Attempts


class Clock:
    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


def test_five_wrong_passwords_cost_nothing_and_the_tenth_a_minute_and_more():
    clock = Clock()
    attempts = Attempts(clock)
    waits = []
    for _ in range(10):
        waits.append(attempts.wait("ana", "192.0.2.0/24"))
        clock.at += waits[-1]
        attempts.wrong("ana", "192.0.2.0/24")
    assert waits[:5] == [0, 0, 0, 0, 0]
    assert waits[5:] == [2, 4, 8, 16, 32]
    assert attempts.wait("ana", "192.0.2.0/24") == 64


def test_a_network_that_tries_many_names_is_slowed_and_others_are_not():
    attempts = Attempts(Clock())
    for number in range(20):
        attempts.wrong(f"name {number}", "192.0.2.0/24")
    assert attempts.wait("ana", "192.0.2.0/24") == 900
    assert attempts.wait("ana", "198.51.100.0/24") == 0


def test_a_name_that_strangers_try_is_never_locked_for_longer_than_a_minute():
    attempts = Attempts(Clock())
    for number in range(1000):
        attempts.wrong("ana", f"{number}")
    assert attempts.wait("ANA", "elsewhere") == LONGEST_OF_NAME


def test_the_right_password_forgets_the_wrong_ones_of_the_name_alone():
    attempts = Attempts(Clock())
    for _ in range(6):
        attempts.wrong("ana", "192.0.2.0/24")
    attempts.right("Ana")
    assert attempts.wait("ana", "elsewhere") == 0
    assert attempts.wait("ana", "192.0.2.0/24") == 4


def test_after_a_quarter_of_an_hour_the_count_begins_anew():
    clock = Clock()
    attempts = Attempts(clock)
    for _ in range(8):
        attempts.wrong("ana", "net")
    clock.at = 901
    assert attempts.wait("ana", "net") == 0
    attempts.wrong("ana", "net")
    assert attempts.wait("ana", "net") == 0


def test_a_name_that_is_tried_on_is_slow_whatever_else_is_tried():
    attempts = Attempts(Clock())
    for number in range(2000):
        attempts.wrong("ana", None)
        attempts.wrong(f"{number}", f"net {number}")
    assert attempts.wait("ana", None) == LONGEST_OF_NAME


def test_those_whom_nobody_can_tell_apart_are_slowed_by_name_alone():
    attempts = Attempts(Clock())
    for number in range(50):
        attempts.wrong(f"name {number}", None)
    assert attempts.wait("ana", None) == 0
    for _ in range(10):
        attempts.wrong("ana", None)
    assert attempts.wait("ana", None) > 0
