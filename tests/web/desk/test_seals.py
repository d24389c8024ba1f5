"""Seals of addresses that work without signing in."""

from web.desk.seals import seal


def test_another_secret_purpose_or_number_has_another_seal():
    made = [
        seal(b"a", "feed", (1, 2)),
        seal(b"b", "feed", (1, 2)),
        seal(b"a", "pause", (1, 2)),
        seal(b"a", "feed", (2, 1)),
        seal(b"a", "feed", (12,)),
    ]
    assert len(set(made)) == len(made)
    assert seal(b"a", "feed", (1, 2)) == made[0]
