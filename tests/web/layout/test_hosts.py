"""Which Host headers are answered."""

import pytest

from web.layout.hosts import is_ours


@pytest.mark.parametrize(
    "header", ["localhost", "localhost:8765", "LOCALHOST", "127.0.0.1:80", "[::1]:8765", "192.168.1.7", "a.localhost"]
)
def test_this_machine_and_addresses_are_ours(header: str):
    assert is_ours(header, ())


@pytest.mark.parametrize(
    "header",
    [
        "",
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "localhost/x",
        "a b",
        "[::1",
        "x@localhost",
    ],
)
def test_other_names_are_not(header: str):
    assert not is_ours(header, ("archive.example",))


def test_configured_names_are_ours_and_a_leading_dot_covers_subdomains():
    assert is_ours("archive.example:443", ("archive.example",))
    assert not is_ours("x.archive.example", ("archive.example",))
    assert is_ours("x.archive.example", (".archive.example",))
    assert not is_ours("evilarchive.example", (".archive.example",))
