"""Seals of addresses that work without signing in."""

from web.desk.signatures import signature


def test_another_secret_purpose_or_number_has_another_seal():
    made = [
        signature(b"a", "feed", (1, 2)),
        signature(b"b", "feed", (1, 2)),
        signature(b"a", "pause", (1, 2)),
        signature(b"a", "feed", (2, 1)),
        signature(b"a", "feed", (12,)),
    ]
    assert len(set(made)) == len(made)
    assert signature(b"a", "feed", (1, 2)) == made[0]
