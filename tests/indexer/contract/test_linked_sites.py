"""The sites that an article links to are hosts; its own is none of them, and what was not read is not none."""

from dataclasses import replace

import pytest

from corpus.structure.values import Span, SpanKind
from indexer.contract.linked_sites import UNREAD, linked_site_label, linked_site_typed, linked_sites
from tests.corpus.samples import article
from tests.counting import calls


def linking(*addresses: str, url: str = "https://www.herald.example/a"):
    spans = tuple(Span(SpanKind.LINK, at, at + 1, address=address) for at, address in enumerate(addresses))
    return replace(article(url=url, body="Words enough for all of these links to stand in." * 100), structure=spans)


def test_hosts_are_named_once_in_the_order_of_the_text():
    found = linking(
        "https://www.b.example/1", "http://c.example:8080/", "https://m.b.example/2", "https://eu.c.example/"
    )
    assert linked_sites(found) == ("b.example", "c.example", "eu.c.example")


def test_the_own_site_is_left_out_with_what_is_above_and_below_it():
    own = ("https://herald.example/b", "https://sport.herald.example/", "https://www.herald.example/")
    assert linked_sites(linking(*own)) == ()
    assert linked_sites(linking("https://herald.example/", url="https://sport.herald.example/a")) == ()
    assert linked_sites(linking("https://theherald.example/", "https://herald.example.b.example/")) == (
        "theherald.example",
        "herald.example.b.example",
    )


def test_no_links_and_links_that_were_not_read_are_two_things():
    assert linked_sites(linking()) == ()
    assert linked_sites(replace(linking(), structure=None)) == (UNREAD,)


def test_what_leads_to_no_site_is_none():
    assert linked_sites(linking("http://intranet/", "https://", "http://[::1]/", "http://www.example/")) == (
        "[::1]",
        "www.example",
    )


def test_thousands_of_links_and_hosts_that_no_name_can_have_take_no_time():
    one = linking(
        *(f"https://ü{at}.example/" for at in range(500)), *(f"https://{at}{'.a' * 1_000}/" for at in range(500))
    )
    found: list[tuple[str, ...]] = []
    assert calls(lambda: found.append(linked_sites(one))) < 1_000 * 300  # as many for each of the first half
    assert [len(each) for each in found] == [500]


def test_an_image_is_no_link():
    image = Span(SpanKind.IMAGE, 0, 0, address="https://pictures.example/1.jpg")
    assert linked_sites(replace(linking(), structure=(image,))) == ()


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Example.ORG", "example.org"),
        ("https://www.example.org/a/b?c=d#e", "example.org"),
        ("example.org:8443", "example.org"),
        ("*.example.org", "example.org"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("[::1]", "[::1]"),
        ("https://[2001:DB8::1]:8443/a", "[2001:db8::1]"),
        ("2001:db8::1", "[2001:db8::1]"),
        ("https://example.org:8443/a:1", "example.org"),
        ("https://example.org:/?a=b@c", "example.org"),
        ("https://reader:secret@example.org/", "example.org"),
        ("//example.org/a", "example.org"),
        ("example.org\\a", "example.org"),
        ("https://BÜCHER.example:80/", "xn--bcher-kva.example"),
        ("xn--bcher-kva.example", "xn--bcher-kva.example"),
        ("http://example.org:port/", ""),
        ("a" * 2000 + ".example", ""),
        (".".join(["a" * 60] * 33), ""),
        ("1:" * 1000, ""),
        ("unknown", UNREAD),
        ("gazette", ""),
        ("two words.example", ""),
        ("", ""),
    ],
)
def test_a_site_is_typed_as_a_name_or_an_address(typed: str, key: str):
    assert linked_site_typed(typed) == key


def test_a_host_is_shown_in_its_script():
    assert linked_site_label("xn--bcher-kva.example") == "bücher.example"
    assert linked_site_label("xn--\udc80.example") == "xn--\udc80.example"
    assert linked_site_label("news.example") == "news.example"
