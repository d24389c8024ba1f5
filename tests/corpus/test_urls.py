from itertools import product
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.urls import (
    MAX_LENGTH,
    _joined,
    _origin,
    _parsed,
    authority,
    canonical,
    host,
    join,
    join_all,
    origin,
    same_site,
)

URL_SIGNS = st.text(alphabet="abcZ019-._~%/\\?#&=+;:@[]!$'()*, \t\n\0é中Eе\ud800", max_size=40)
URLS = st.builds(
    lambda scheme, host, port, rest: f"{scheme}://{host}{port}{rest}",
    st.sampled_from(["http", "HTTPS", "https"]),
    st.sampled_from(["a.example", "News.Example", "127.0.0.1", "[::1]", "bücher.example", "xn--bcher-kva.example"]),
    st.sampled_from(["", ":80", ":443", ":8080", ":"]),
    URL_SIGNS.map(lambda rest: f"/{rest}"),
)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("HTTPS://News.Example", "https://news.example/"),
        ("https://news.example:443/a", "https://news.example/a"),
        ("http://news.example:443/a", "http://news.example:443/a"),
        ("https://news.example/a/./b/../c", "https://news.example/a/c"),
        ("https://news.example/a/%2E%2e/c", "https://news.example/c"),
        ("https://news.example/../../a", "https://news.example/a"),
        ("https://news.example/a/..", "https://news.example/"),
        ("https://news.example/a#part", "https://news.example/a"),
        ("https://news.example/a?", "https://news.example/a"),
        ("https://news.example/%7euser/%c3%a9", "https://news.example/~user/%C3%A9"),
        ("https://news.example/é b", "https://news.example/%C3%A9%20b"),
        ("https://news.example/100%", "https://news.example/100%25"),
        ("https://news.example/a?b=2&a=1", "https://news.example/a?a=1&b=2"),
        ("https://news.example/a?tag=z&tag=a", "https://news.example/a?tag=z&tag=a"),
        ("https://news.example/a?q=x%20y", "https://news.example/a?q=x+y"),
        ("https://news.example/a?id=7&utm_source=x&UTM_Medium=y&fbclid=z", "https://news.example/a?id=7"),
        ("https://news.example/a?PHPSESSID=abc&id=7", "https://news.example/a?id=7"),
        ("https://news.example/a;jsessionid=1A2B?id=7", "https://news.example/a?id=7"),
        ("https://news.example/(S(4xkzq1f55))/a/7", "https://news.example/a/7"),
        ("https://news.example/desk/(X(1)S(4xkzq1f55)F(p-0))/a", "https://news.example/desk/a"),
        ("https://news.example/(S)/a(S(b))/(S(c))", "https://news.example/(S)/a(S(b))/(S(c))"),
        ("https://news.example/a?sid=0123456789abcdef&s=1&PK_kwd=x", "https://news.example/a?s=1&sid=0123456789abcdef"),
        ("https://news.example/a?sid=1234", "https://news.example/a?sid=1234"),
        ("https://news.example/a?ref=homepage&cmp=x", "https://news.example/a?cmp=x&ref=homepage"),
        ("https://news.example/a?ref=A-1234", "https://news.example/a?ref=A-1234"),
        ("  https://news.example/a\n", "https://news.example/a"),
        ("https:\\\\news.example\\a", "https://news.example/a"),
        ("https:/news.example/a", "https://news.example/a"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("https://faß.example/", "https://xn--fa-hia.example/"),
        ("https://news。example/", "https://news.example/"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://2130706433:8001/", "http://127.0.0.1:8001/"),
        ("http://[0:0::1]:80/", "http://[::1]/"),
    ],
)
def test_each_spelling_has_its_canonical_form(given: str, expected: str):
    assert canonical(given) == expected


@pytest.mark.parametrize(
    "junk",
    [
        "",
        "/a",
        "//news.example/a",
        "mailto:desk@news.example",
        "javascript:alert(1)",
        "ftp://news.example/a",
        "https://",
        "https://user@news.example/",
        "https://user:secret@news.example/",
        "https://news.example:99999/",
        "https://news.example:port/",
        "https://news.example:0/",
        "https://news.example:٨٠/",
        "https://a..example/",
        "https://-a.example/",
        "https://a b.example/",
        "https://%00.example/",
        "https://%ff.example/",
        "https://[::1/",
        "https://[fe80::1%25eth0]/",
        "http://256.1.1.1/",
        "http://1.2.3.4.5/",
        "http://999999999999/",
        "https://" + "a" * 64 + ".example/",
        "https://news.example/" + "a" * MAX_LENGTH,
        "https://xn--\ud800.example/",
    ],
)
def test_what_no_page_can_have_is_none(junk: str):
    assert canonical(junk) is None


@given(URLS)
@example("https://a.example/%2%35")
@example("https://a.example/a?=%3D&=")
@example("https://a.example//..//.")
@example("https://a.example/;sid=a;sid=b")
@example("https://a.example/;sid=%3Bsid=b")
def test_a_canonical_url_is_its_own_canonical_form(url: str):
    key = canonical(url)
    assert key is None or canonical(key) == key


@given(URLS)
def test_the_host_and_scheme_are_never_others_than_those_given(url: str):
    key = canonical(url)
    if key is not None:
        assert urlsplit(key).hostname == host(url).strip("[]")
        assert urlsplit(key).scheme == url.partition(":")[0].lower()


@given(st.text(alphabet="htps:/\\?#@[]. \t\x00aZ8é%", max_size=30))
@example("/a.example\t.org/b")
@example("/a.example \n")
@example("//a.example:8001\\b")
def test_a_host_is_that_of_the_whole_address(rest: str):
    url = f"https:/{rest}"
    whole = _parsed(url)
    assert host(url) == (whole.host if whole else "")
    assert origin(url) == (_origin(whole) if whole else "")


@given(st.text(max_size=60))
@example("https://\udcff")
@example("http://[")
def test_no_text_raises(text: str):
    assert canonical(text) is None or text
    assert host(text) is not None
    assert join("https://a.example/b/", text) is None or text is not None


@given(URLS)
def test_a_canonical_url_is_plain_ascii_without_a_fragment(url: str):
    key = canonical(url)
    assert key is None or (key.isascii() and key.isprintable() and "#" not in key and " " not in key)


def test_a_link_is_read_as_the_page_writes_it():
    assert join("https://a.example/b/c", "../d#e") == "https://a.example/d"
    assert join("https://a.example/b/c", " //m.a.example/d\n") == "https://m.a.example/d"
    assert join("https://a.example/b/c", "\\d") == "https://a.example/d"
    assert join("https://a.example/b/c", "?utm_source=x") == "https://a.example/b/c?utm_source=x"
    assert join("https://a.example/b/c", "tel:123") is None


def test_an_origin_names_scheme_host_and_an_unusual_port():
    assert origin("https://A.example:443/x") == "https://a.example"
    assert origin("http://127.0.0.1:8001/x?y") == "http://127.0.0.1:8001"
    assert origin("nowhere") == ""


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("https://news.example/a", "http://www.news.example/b", True),
        ("https://m.news.example/a", "https://www.news.example/a", True),
        ("https://amp.news.example/a", "https://news.example/a", True),
        ("https://news.example/a", "https://other.example/a", False),
        ("https://m.example/a", "https://www.example/a", False),
        ("http://127.0.0.1:8001/", "http://127.0.0.1:8002/", False),
        ("junk", "junk", False),
    ],
)
def test_one_site_is_one_host_and_port(a: str, b: str, same: bool):
    assert same_site(a, b) is same


def test_a_link_is_joined_the_same_whether_it_is_remembered_or_not() -> None:
    """Of every two parts, on pages of both schemes: what has a host of its own is remembered for all pages."""
    bases = ("https://news.example/a/b?c#d", "http://news.example:8080", "HTTPS://Other.example/x/", "news.example", "")
    starts = ("http://", "HTTPS://", "https:", "https:/", "//", "/", "", "?", "#", "mailto:", " https://", "http:\\\\")
    ends = ("", "x", "x.example", "x.example/a/../b?q#f", ":80/", "[::1]/", "[", "a b", "\x01", "?q", "#f", "/", "\\a")
    for base, start, end in product(bases, starts, ends):
        assert join(base, start + end) == _joined(base, start + end), (base, start + end)
    links = [start + end for start, end in product(starts, ends)]
    assert all(
        join_all(base, [*links, "x" * 400]) == [join(base, link) for link in (*links, "x" * 400)] for base in bases
    )


@given(URLS, st.text(alphabet="aZ09-._~%/?#&=+;:@'é\n", max_size=20))
@example("http://127.0.0.1:8700/a/", "/b/.")
@example("https://a.example?x", "/..b/./c")
@example("https://a.example", "//b.example/c")
def test_a_plain_path_is_joined_as_any_other_link(base: str, rest: str) -> None:
    """One with a fragment is never plain, and is the same address."""
    for link in ("/" + rest, "https://b.example/" + rest):
        plain = link.partition("#")[0]
        assert _joined(base, plain) == _joined(base, plain + "#"), (base, link)


def test_a_robots_txt_is_stored_by_host_and_port_however_the_address_is_written():
    assert authority("https://News.Example:443/a?b#c") == authority("https://news.example") == "news.example"
    assert authority("http://news.example:8080/") == "news.example:8080"
    assert authority("mailto:desk@news.example") == ""
