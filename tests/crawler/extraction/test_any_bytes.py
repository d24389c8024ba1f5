"""Whatever bytes a site sends, reading them gives an answer or a named refusal."""

import gzip
from contextlib import suppress
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as some

from corpus.errors import ExtractError, FetchError
from corpus.model import UrlKind
from crawler.dates.unavailable_after import past_at
from crawler.discovery.feeds import read_feed
from crawler.discovery.home import read_section
from crawler.discovery.links import guess, listed_reason, pattern, trap
from crawler.discovery.sitemaps import read_sitemap
from crawler.fetching.http_date import retry_after
from crawler.fetching.inflate import Inflater
from crawler.fetching.robots import page_directives, read, rules
from crawler.markup.charset import decode
from crawler.markup.sniff import refusal

HERE = "https://gazette.example/"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PAST = past_at(NOW)
PIECES = some.sampled_from(
    b"< > & ; ]]> <![CDATA[ <!ENTITY <rss><channel> <item> <url> <loc> </loc> <link> <urlset> <sitemapindex> <entry> "
    b"<feed <updated> 2026-11-02T99:00 https://gazette.example/a // \0 \xff\xfe <a href= ' \" <base href= <meta "
    b"name=robots content= charset= gbk \x1f\x8b &#x110000; <?xml encoding= <!DOCTYPE [ xmlns=".split(b" ")
)
MARKUP = some.lists(PIECES | some.binary(max_size=8), max_size=40).map(b"".join)


@settings(max_examples=80, deadline=None)
@given(MARKUP)
def test_any_feed_sitemap_or_page_is_read_or_refused(content):
    for reader in (read_feed, read_sitemap):
        with suppress(ExtractError, FetchError):
            reader(content, HERE, now=NOW)
    with suppress(ExtractError):
        read_section(content, HERE, charset=None, kind=UrlKind.HOME, now=NOW)
    page_directives((), content, PAST)
    refusal(content, None, page=True)
    decode(content, "utf-8")[0].encode()


@settings(max_examples=80, deadline=None)
@given(some.binary(max_size=300), some.sampled_from(["gzip", "deflate", ""]), some.integers(1, 50))
def test_any_compressed_body_is_inflated_or_refused(content, coding, cut):
    inflater = Inflater(HERE, coding, max_bytes=1000)
    with suppress(FetchError):
        for start in range(0, len(content), cut):
            inflater.feed(content[start : start + cut])
        assert len(inflater.finish()) <= 1000


@given(some.binary(max_size=2000), some.integers(1, 200))
def test_what_was_compressed_comes_back_however_it_is_cut(content, cut):
    inflater = Inflater(HERE, "gzip", max_bytes=2000)
    packed = gzip.compress(content)
    for start in range(0, len(packed), cut):
        inflater.feed(packed[start : start + cut])
    assert inflater.finish() == content


@given(some.binary(max_size=300), some.text(max_size=30))
def test_any_robots_file_gives_a_verdict(content, path):
    found = rules(read(b"User-agent: *\n" + content), 200)
    assert found.allows(HERE + path) in {True, False}
    assert found.delay is None or found.delay.total_seconds() <= 60


@given(some.text(max_size=60))
def test_any_address_and_header_is_judged(text):
    for address in (HERE + text, text):
        guess(address, today=NOW.date())
        listed_reason(address)
        trap(address)
        pattern(address)
    retry_after(text, now=NOW)
