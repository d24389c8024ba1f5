"""Addresses of a page are made absolute as the standard library does it, whatever they are written like."""

import random
from collections.abc import Callable
from urllib.parse import urljoin

import pytest

from crawler.body.setting.addresses import joined

BASES = (
    "https://news.test/2026/story.html", "http://news.test", "https://news.test:8080/a/?q#f", "https://Ä.test/", "",
    "HTTPS://NEWS.test/x", "ftp://news.test/x", "https://user@news.test/a", "https://news.test?q", "//news.test/a",
)  # fmt: skip
PARTS = (
    *"/.?#:;=&@%-_~+,![]\\ éaA1", "//", "/./", "/../", "..", "http://", "https://", "HTTP://",
    "b.test", "b.test:80", "mailto:", "?q=1",
)  # fmt: skip


@pytest.mark.parametrize("seed", [*range(4), *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(4, 20))])
def test_addresses_of_every_form_are_joined_alike(seed: int) -> None:
    draw = random.Random(seed)
    usual = ("/a/b.jpg", "https://cdn.test/a.png?w=1", "/a//b?x=1,2", "https://cdn.test", "//cdn.test/a", "a/../b")
    for _ in range(2_000):
        written = draw.choice(("", *usual)) + "".join(draw.choices(PARTS, k=draw.choice((0, 1, 3, 6))))
        for base in BASES:
            assert outcome(joined, base, written) == outcome(urljoin, base, written), (base, written)


def outcome(join: Callable[[str, str], str], base: str, written: str) -> str | type[ValueError]:
    try:
        return join(base, written)
    except ValueError:
        return ValueError
