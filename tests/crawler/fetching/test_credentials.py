from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import FetchError
from crawler.fetching.cookies import cookies_of
from crawler.fetching.credentials import after_redirect, carried
from crawler.values import Credentials

SITE = "https://news.example/"
HEADERS = (("Authorization", "Bearer s3cret"),)


def cookies(folder: Path, *lines: str) -> Credentials:
    file = folder / "cookies.txt"
    file.write_text("# Netscape HTTP Cookie File\n" + "\n".join(lines) + "\n")
    return Credentials(site=SITE, headers=HEADERS, cookies=cookies_of(file))


def sent(credentials: Credentials | None, address: str) -> dict[str, str]:
    return dict(carried(credentials, address)) if credentials else {}


@pytest.mark.parametrize(
    "address",
    ["https://news.example/a", "https://NEWS.example/a?b=c", "https://news.example:443/", "https://news.example./"],
)
def test_headers_go_to_the_sources_own_address(address):
    assert sent(Credentials(site=SITE, headers=HEADERS), address) == dict(HEADERS)


@pytest.mark.parametrize("site", ["https://zürich.example/", "https://xn--zrich-kva.example/"])
@pytest.mark.parametrize(
    "address", ["https://zürich.example/a", "https://ZÜRICH.example/a", "https://xn--zrich-kva.example/a"]
)
def test_a_host_is_one_in_both_of_its_spellings(tmp_path, site, address):
    named = cookies(tmp_path, "xn--zrich-kva.example\tFALSE\t/\tFALSE\t0\tsid\tabc")
    assert sent(replace(named, site=site), address) == dict(HEADERS) | {"Cookie": "sid=abc"}
    assert after_redirect(replace(named, site=site), address) is not None


@pytest.mark.parametrize(
    "address",
    [
        "http://news.example/a",
        "https://www.news.example/a",
        "https://m.news.example/",
        "https://amp.news.example/",
        "https://news.example.evil.example/",
        "https://evil-news.example/",
        "https://news.example:8443/",
        "https://example/",
        "https://203.0.113.7/",
    ],
)
def test_headers_go_to_no_other_scheme_port_or_host_however_akin(address):
    assert sent(Credentials(site=SITE, headers=HEADERS), address) == {}


def test_an_upgrade_to_https_keeps_them_and_a_downgrade_does_not():
    plain = Credentials(site="http://news.example/", headers=HEADERS)
    assert sent(plain, "https://news.example/a") == dict(HEADERS)
    assert sent(after_redirect(plain, "https://news.example/a"), "http://news.example/") == dict(HEADERS)
    assert after_redirect(Credentials(site=SITE, headers=HEADERS), "http://news.example/") is None


@pytest.mark.parametrize(
    ("site", "target", "goes"),
    [
        ("http://news.example:80/", "https://news.example/", True),
        ("http://news.example/", "https://news.example:443/", True),
        ("https://news.example:8443/", "https://news.example:8443/a", True),
        ("http://news.example:8080/", "https://news.example:8080/", True),
        ("http://news.example:8080/", "https://news.example/", False),
        ("http://news.example:8080/", "http://news.example/", False),
        ("http://news.example/", "https://news.example:80/", False),
        ("http://news.example/", "http://news.example:443/", False),
        ("https://news.example/", "http://news.example:443/", False),
        ("https://news.example:8443/", "https://news.example/", False),
        ("https://news.example:8443/", "http://news.example:8443/", False),
        ("https://news.example/", "https://news.example:80/", False),
        ("https://news.example/", "https://news.example@evil.example/", False),
    ],
)
def test_of_addresses_with_ports_only_the_same_or_an_upgrade_from_one_usual_port_to_the_other(site, target, goes):
    found = after_redirect(Credentials(site=site, headers=HEADERS), target)
    assert sent(found, target) == (dict(HEADERS) if goes else {})


def test_what_a_redirect_has_left_is_not_sent_when_another_comes_back():
    left = after_redirect(Credentials(site=SITE, headers=HEADERS), "https://evil.example/")
    assert left is None


@pytest.mark.parametrize(
    ("line", "address", "cookie"),
    [
        (".news.example\tTRUE\t/\tFALSE\t0\tid\t7", "https://news.example/a", "id=7"),
        (".news.example\tTRUE\t/\tFALSE\t0\tid\t7", "https://www.news.example/a", "id=7"),
        ("news.example\tTRUE\t/\tFALSE\t0\tid\t7", "https://www.news.example/a", "id=7"),
        ("news.example\tFALSE\t/\tFALSE\t0\tid\t7", "https://news.example/a", "id=7"),
        ("news.example\tFALSE\t/\tFALSE\t0\tid\t7", "https://www.news.example/a", None),
        (".news.example\tTRUE\t/\tFALSE\t0\tid\t7", "https://evilnews.example/a", None),
        (".news.example\tTRUE\t/\tFALSE\t0\tid\t7", "https://news.example.evil/", None),
        (".news.example\tTRUE\t/members\tFALSE\t0\tid\t7", "https://news.example/members/a", "id=7"),
        (".news.example\tTRUE\t/members\tFALSE\t0\tid\t7", "https://news.example/membership", None),
        (".news.example\tTRUE\t/\tTRUE\t0\tid\t7", "https://news.example/", "id=7"),
        (".news.example\tTRUE\t/\tFALSE\t946684800\tid\t7", "https://news.example/", None),
        (".news.example\tTRUE\t/\tFALSE\t4102444800\tid\t7", "https://news.example/", "id=7"),
        ("#HttpOnly_.news.example\tTRUE\t/\tFALSE\t0\tid\t7", "https://news.example/", "id=7"),
        (".news.example\tTRUE\t/\tFALSE\t0\tid\t7", "https://news.example:8443/", None),
        (".news.example\tTRUE\t/\tFALSE\t0\tid\t7", "http://news.example/", None),
    ],
)
def test_a_cookie_goes_where_its_own_rule_says(tmp_path, line, address, cookie):
    assert sent(cookies(tmp_path, line), address).get("Cookie") == cookie


def test_a_secure_cookie_is_not_sent_in_the_clear(tmp_path):
    file = tmp_path / "cookies.txt"
    file.write_text("news.example\tFALSE\t/\tTRUE\t0\tid\t7\n")
    plain = Credentials(site="http://news.example/", cookies=cookies_of(file))
    assert sent(plain, "http://news.example/") == {}
    assert sent(plain, "https://news.example/") == {"Cookie": "id=7"}


def test_a_redirect_to_a_sister_host_keeps_the_cookie_that_is_its_and_drops_the_headers(tmp_path):
    both = cookies(tmp_path, ".news.example\tTRUE\t/\tFALSE\t0\tid\t7")
    assert sent(after_redirect(both, "https://shop.news.example/"), "https://shop.news.example/") == {"Cookie": "id=7"}
    assert sent(after_redirect(both, "https://shop.news.example/"), SITE) == {"Cookie": "id=7"}


@pytest.mark.parametrize(
    "line",
    [
        "news.example TRUE / FALSE 0 id s3cret",
        "a\tb\tc",
        "news.example\tF\t/\tF\t0\tid\ts3cret\x1b[1m",
        ".\tTRUE\t/\tF\t0\tid\ts3cret",
    ],
)
def test_a_line_that_is_no_cookie_is_named_by_its_number_and_never_quoted(tmp_path, line):
    with pytest.raises(FetchError) as caught:
        cookies(tmp_path, line)
    assert caught.value.reason == "cookies"
    assert "cookies.txt:2: expected 7 fields" in str(caught.value)
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("content", [b"\xff\xfe\0s3cret", b"x" * 1_000_001])
def test_a_file_that_holds_no_cookies_is_refused_in_words(tmp_path, content):
    (tmp_path / "cookies.txt").write_bytes(content)
    with pytest.raises(FetchError, match="expected cookies in Netscape's format"):
        cookies_of(tmp_path / "cookies.txt")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FetchError, match="cannot be read: No such file"):
        cookies_of(tmp_path / "none.txt")


def test_credentials_show_none_of_themselves(tmp_path):
    shown = repr(cookies(tmp_path, ".news.example\tTRUE\t/\tFALSE\t0\tid\ts3cret"))
    assert "s3cret" not in shown


def test_a_cookie_for_a_whole_top_level_domain_is_refused(tmp_path):
    file = tmp_path / "cookies.txt"
    file.write_text(".example\tTRUE\t/\tFALSE\t0\tid\tk4711\n")
    with pytest.raises(FetchError, match="top-level") as refused:
        cookies_of(file)
    assert "4711" not in str(refused.value)
