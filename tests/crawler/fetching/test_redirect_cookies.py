import gzip

import pytest

from corpus.errors import FetchError
from crawler.fetching.redirect_cookies import MAX_COOKIES, cookies_set
from tests.crawler.faultweb import Asked, Reply, serving
from tests.crawler.fetching.test_fetch import PAGE, fetch


def test_a_chain_that_goes_round_to_set_a_cookie_is_gone_once_more_with_it():
    def gate(asked: Asked) -> Reply:
        seen = asked.headers.get("cookie") == "seen=1"
        return Reply(PAGE) if seen else Reply("", 302, headers={"Location": "/b"})

    back = Reply("", 302, headers={"Location": "/a", "Set-Cookie": "seen=1; Path=/"})
    with serving({"/a": gate, "/b": back}) as site:
        assert fetch(site, "/a").content == PAGE.encode()
        assert [asked.headers.get("cookie") for asked in site.log] == [None, None, "seen=1"]
        assert fetch(site, "/a").content == PAGE.encode()  # nothing of it is remembered
        assert [asked.headers.get("cookie") for asked in site.log][3:] == [None, None, "seen=1"]


def test_cookies_go_to_the_origin_that_set_them_and_are_bounded():
    here, other = "https://gazette.example/a", "https://www.gazette.example/"
    known = cookies_set(
        (("set-cookie", "a=1; Domain=gazette.example"), ("set-cookie", "=x"), ("set-cookie", "b=\x01")), here, {}
    )
    assert known == {"https://gazette.example": "a=1"}
    known = cookies_set((("set-cookie", "a=2"),), here, cookies_set((("set-cookie", "c=3"),), other, known))
    assert known == {"https://gazette.example": "a=2", "https://www.gazette.example": "c=3"}
    many = cookies_set([("set-cookie", f"n{n}=1") for n in range(99)], here, {})
    assert many["https://gazette.example"].count("=") == MAX_COOKIES == 20


def test_a_page_that_was_compressed_without_a_word_of_it_is_opened_and_a_file_is_not():
    packed = gzip.compress(PAGE.encode())
    with serving(
        {"/": Reply(packed), "/twice": Reply(gzip.compress(packed), headers={"Content-Encoding": "gzip"})}
    ) as site:
        assert fetch(site).content == fetch(site, "/twice").content == PAGE.encode()
    with serving({"/": Reply(packed, type="application/gzip")}) as site, pytest.raises(FetchError) as caught:
        fetch(site)
    assert caught.value.reason == "archive"
