"""What a fetch brought decides the visit: each limit is tried on both its sides."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from corpus.config import CrawlerSettings, Source
from corpus.errors import FetchError
from corpus.model import (
    Article,
    Discovered,
    FrontierEntry,
    Hints,
    Outcome,
    PageDate,
    Precision,
    UrlKind,
    UrlState,
    Visit,
)
from corpus.via import Via
from crawler.values import Extraction, Listing, PageKind, Response
from crawler.visiting import visit
from crawler.visiting.visit import VisitContext

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
URL = "https://gazette.example/news/the-mill-reopens"
SITE = Source(url="https://gazette.example/", name="gazette", sections=("https://gazette.example/sport",))


def entry(kind: UrlKind = UrlKind.ARTICLE, **known: Any) -> FrontierEntry:
    given: dict[str, Any] = {"via": "feed", "first_seen": NOW, "due": NOW, "etag": '"old"', "last_modified": "then"}
    given |= {"url": URL, "address": URL, "source": "gazette", "host": "gazette.example", "state": UrlState.LEASED}
    return FrontierEntry(kind=kind, **given | known)


def response(status: int = 200, **fields: Any) -> Response:
    headers = (("etag", '"new"'), ("last-modified", "now"))
    given: dict[str, Any] = {"address": URL, "status": status, "headers": headers, "wire_bytes": 321}
    return Response(**given | fields)


def context(
    status: int | None = 200, kind: UrlKind = UrlKind.ARTICLE, source: Source = SITE, **known: Any
) -> VisitContext:
    answer = None if status is None else response(status)
    return VisitContext(entry(kind, **known), source, CrawlerSettings(), NOW, 7, answer)


def story(body: str = "The mill reopens. " * 40, headline: str = "The mill reopens", **fields: Any) -> Article:
    return Article(url=URL, source="gazette", headline=headline, body=body, fetched=NOW, **fields)


def page(article: Article | None = None, kind: PageKind = PageKind.ARTICLE) -> Extraction:
    return Extraction(kind=kind, reason="enough text", article=article or story(), blocks=(1, 2))


def published(at: datetime) -> PageDate:
    return PageDate(at, Precision.DAY, "json-ld")


def wait(decided: Visit | None) -> timedelta:
    assert decided is not None
    return decided.due - NOW


def test_a_reason_of_300_characters_is_stored_whole_and_a_longer_one_is_cut():
    long = "timeout: ".ljust(300, "x")
    assert visit.failed(context(), long).reason == long
    assert visit.failed(context(), long + "y").reason == long


def test_a_visit_without_an_answer_has_no_status_and_keeps_the_validators():
    decided = visit.failed(context(None), "timeout: x")
    assert (decided.status, decided.bytes, decided.took, decided.final_url) == (None, 0, timedelta(), None)
    assert (decided.etag, decided.last_modified, decided.landed) == ('"old"', "then", None)


def test_a_visit_says_what_was_transferred():
    there = response(took=3 * SECOND)
    decided = visit.failed(replace(context(), response=there), "error: x")
    assert (decided.status, decided.bytes, decided.took, decided.run) == (200, 321, 3 * SECOND, 7)
    assert decided.final_url is None


def test_the_address_a_redirect_ended_at_is_noted_without_its_query():
    there = response(address="https://gazette.example/enter?next=1", hops=((302, URL),))
    decided = visit.failed(replace(context(), response=there), "error: x")
    assert decided.final_url == "https://gazette.example/enter?next=1"
    assert decided.landed == "https://gazette.example/enter"


def test_a_redirect_back_to_the_address_itself_landed_nowhere_else():
    there = response(hops=((302, URL),))
    decided = visit.failed(replace(context(), response=there), "error: x")
    assert (decided.final_url, decided.landed) == (URL, None)


@pytest.mark.parametrize(
    ("address", "hops", "key"),
    [
        ("https://gazette.example/other", ((301, URL),), "https://gazette.example/other"),
        ("https://gazette.example/other", (), None),
        (URL, ((301, URL),), None),
        (URL + "?utm_source=x", ((301, URL),), None),
        ("mailto:desk", ((301, URL),), None),
    ],
)
def test_a_page_has_moved_when_a_redirect_led_to_another_address(address, hops, key):
    assert visit.moved_key(entry(), response(address=address, hops=hops)) == key


@pytest.mark.parametrize("reason", ["protocol", "truncated", "encoding", "length-mismatch"])
def test_an_answer_that_could_not_be_read_is_asked_for_without_validators(reason):
    decided = visit.failed_by(context(), FetchError(reason, f"{URL}: broken"))
    assert (decided.etag, decided.last_modified) == (None, None)
    assert decided.reason == f"{reason}: broken"


@pytest.mark.parametrize("reason", ["timeout", "dns", "too-large", "connect"])
def test_a_failure_that_says_nothing_of_the_answer_keeps_the_validators(reason):
    decided = visit.failed_by(context(), FetchError(reason, f"{URL}: broken"))
    assert (decided.etag, decided.last_modified) == ('"old"', "then")


def test_an_error_does_not_repeat_the_address_in_either_spelling():
    spelling = "http://www.gazette.example/a"
    for named in (spelling, URL):
        error = FetchError("dns", f"{named}: no name")
        assert visit.failed_by(context(address=spelling), error).reason == "dns: no name"


def test_a_page_that_was_sent_is_not_decided_by_its_status():
    assert visit.not_ok(context(200), None) is None
    assert visit.not_ok(context(200), MINUTE) is None


@pytest.mark.parametrize("status", [201, 204, 206, 301, 400, 403, 405, 409, 411, 500])
def test_any_other_status_than_200_is_a_failure(status):
    decided = visit.not_ok(context(status, changed=NOW), None)
    assert decided is not None
    assert (decided.outcome, decided.reason) == (Outcome.FAILED, f"http-{status}")


def test_404_and_410_say_that_a_page_is_gone():
    gone = visit.not_ok(context(410, changed=NOW), None)
    missing = visit.not_ok(context(404, changed=NOW), None)
    assert gone is not None
    assert missing is not None
    assert (gone.outcome, gone.state) == (Outcome.WITHDRAWN, UrlState.DROPPED)
    assert (missing.outcome, wait(missing), missing.reason) == (Outcome.FAILED, DAY, "http-404")


def test_304_to_an_address_that_was_never_read_is_a_failure():
    decided = visit.not_ok(context(304), None)
    assert decided is not None
    assert (decided.outcome, decided.reason) == (Outcome.FAILED, "http-304")


def test_304_of_an_article_is_unchanged_and_lets_it_rest_as_long_as_it_was_quiet():
    decided = visit.not_ok(context(304, checked=NOW - DAY, changed=NOW - 3 * DAY), None)
    assert decided is not None
    assert (decided.outcome, decided.reason, wait(decided)) == (Outcome.UNCHANGED, "not-modified", 3 * DAY)
    assert (decided.etag, decided.last_modified) == ('"old"', "then")


def test_304_of_an_address_without_article_goes_by_the_date_its_feed_gave():
    old = Hints(published=published(NOW - 400 * DAY))
    assert wait(visit.not_ok(context(304, checked=NOW - DAY, hints=old), None)) == 30 * DAY
    assert wait(visit.not_ok(context(304, checked=NOW - DAY), None)) == timedelta(hours=6)


@pytest.mark.parametrize("kind", [UrlKind.HOME, UrlKind.FEED, UrlKind.SITEMAP, UrlKind.SECTION])
def test_304_of_a_listing_is_read_and_quiet(kind):
    decided = visit.not_ok(context(304, kind, checked=NOW - timedelta(hours=2)), None)
    assert decided is not None
    assert (decided.outcome, decided.reason, wait(decided)) == (Outcome.READ, "not-modified", timedelta(hours=4))
    assert (decided.etag, decided.last_modified) == ('"old"', "then")


def test_the_rest_a_host_asks_for_replaces_the_wait_after_a_first_failure_longer_or_shorter():
    assert wait(visit.not_ok(context(503), MINUTE)) == MINUTE
    assert wait(visit.not_ok(context(503), 5 * DAY)) == 5 * DAY


def test_the_rest_a_host_asks_for_never_shortens_the_wait_after_a_second_failure():
    second = context(503, attempts=1, turns=2)
    assert wait(visit.not_ok(second, 9 * MINUTE)) == 10 * MINUTE
    assert wait(visit.not_ok(second, 11 * MINUTE)) == 11 * MINUTE


def test_the_run_under_way_may_ask_again_after_a_rest_unless_the_address_is_dropped():
    waiting = visit.not_ok(context(503, attempts=1, turns=2), MINUTE)
    dropped = visit.not_ok(context(503, attempts=4), MINUTE)
    alone = visit.not_ok(context(503, attempts=1, turns=2), None)
    assert [each is not None and each.again for each in (waiting, dropped, alone)] == [True, False, False]


def test_a_listing_that_was_read_tells_its_notes_and_takes_the_new_validators():
    listing = Listing(notes=("lenient", "dtd-ignored"))
    decided = visit.read(context(200, UrlKind.FEED), listing, changed=True, left_out=())
    assert (decided.outcome, decided.reason) == (Outcome.READ, "lenient, dtd-ignored")
    assert (decided.etag, decided.last_modified) == ('"new"', "now")
    assert visit.read(context(200, UrlKind.FEED), Listing(), changed=True, left_out=()).reason is None


def test_a_listing_that_brought_nothing_new_rests_longer():
    known = context(200, UrlKind.FEED, checked=NOW - timedelta(hours=2))
    hours = [
        wait(visit.read(known, Listing(), changed=changed, left_out=())) / timedelta(hours=1)
        for changed in (True, False)
    ]
    assert hours == [1, 4]


OTHER = Discovered(url="https://gazette.example/other", kind=UrlKind.ARTICLE, via=Via.CANONICAL)


def test_an_address_given_up_for_the_text_alone_is_looked_at_after_thirty_days():
    decided = visit.redirected(context(), OTHER, "same-page")
    assert (decided.outcome, decided.state, wait(decided)) == (Outcome.REDIRECTED, UrlState.WAITING, 30 * DAY)
    assert (decided.claimed, decided.moved, decided.found) == (OTHER.url, None, (OTHER,))


def test_an_address_that_leads_to_another_is_looked_at_after_thirty_days_as_long_as_articles_are():
    decided = visit.redirected(context(), OTHER, "redirect")
    assert (decided.outcome, decided.state, wait(decided)) == (Outcome.REDIRECTED, UrlState.WAITING, 30 * DAY)
    young, old = (context(first_seen=NOW - age) for age in (180 * DAY - SECOND, 180 * DAY))
    assert visit.redirected(young, OTHER, "redirect").state is UrlState.WAITING
    assert visit.redirected(old, OTHER, "redirect").state is UrlState.DROPPED
    assert visit.redirected(context(200, UrlKind.FEED), OTHER, "redirect").state is UrlState.DROPPED


def test_an_address_whose_story_has_another_is_dropped():
    decided = visit.redirected(context(), OTHER, "canonical")
    assert (decided.state, wait(decided), decided.claimed) == (UrlState.DROPPED, timedelta(), OTHER.url)
    assert decided.reason == f"canonical: {OTHER.url}"


def test_the_article_that_stood_under_a_redirected_address_has_moved():
    assert visit.redirected(context(changed=NOW), OTHER, "redirect").moved == OTHER.url
    keyed = replace(OTHER, key="https://gazette.example/key")
    assert visit.redirected(context(changed=NOW), keyed, "redirect").moved == keyed.key
    spelled = replace(OTHER, url=OTHER.url + "?utm_source=x")
    assert visit.redirected(context(changed=NOW), spelled, "redirect").moved == OTHER.url
    unspellable = replace(OTHER, url="mailto:desk")
    assert visit.redirected(context(changed=NOW), unspellable, "redirect").moved == "mailto:desk"


def decided_for(source: Source, age: timedelta, **known: Any) -> Visit:
    read = page(story(published=None if "hints" in known else published(NOW - age)))
    return visit.article(context(source=source, **known), read, stored=None, unchanged=False)


def test_a_story_as_old_as_max_age_is_stored_and_an_older_one_is_refused():
    monthly = SITE.model_copy(update={"max_age": 30 * DAY})
    assert decided_for(monthly, 30 * DAY).outcome is Outcome.NEW
    refused = decided_for(monthly, 30 * DAY + SECOND)
    assert (refused.outcome, refused.reason) == (Outcome.REFUSED, "too-old: published 2026-10-24")
    assert decided_for(SITE, 3000 * DAY).outcome is Outcome.NEW


def test_the_date_of_a_feed_counts_for_max_age_where_the_page_has_none():
    monthly = SITE.model_copy(update={"max_age": 30 * DAY})
    old = Hints(published=published(NOW - 31 * DAY))
    assert decided_for(monthly, timedelta(), hints=old).outcome is Outcome.REFUSED
    assert decided_for(monthly, timedelta(), hints=Hints()).outcome is Outcome.NEW


def test_an_old_story_waits_thirty_days_for_its_later_look_and_a_new_one_six_hours():
    assert wait(decided_for(SITE, 181 * DAY)) == 30 * DAY
    assert wait(decided_for(SITE, DAY)) == timedelta(hours=6)


def test_an_article_is_stored_under_its_key_with_where_it_was_fetched_when_that_differs():
    decided = visit.article(context(), page(), stored=None, unchanged=False, amends=True)
    assert decided.article is not None
    assert (decided.article.url, decided.article.fetched_url, decided.blocks) == (URL, None, (1, 2))
    assert (decided.etag, decided.amends, decided.reason) == ('"new"', True, None)
    there = replace(context(), response=response(address="https://gazette.example/phone/the-mill"))
    elsewhere = visit.article(there, page(), stored=None, unchanged=False)
    assert elsewhere.article is not None
    assert elsewhere.article.fetched_url == "https://gazette.example/phone/the-mill"
    assert not elsewhere.amends
    unasked = visit.article(context(None), page(), stored=None, unchanged=False)
    assert unasked.article is not None
    assert unasked.article.fetched_url is None


def test_an_unchanged_article_rests_longer_than_a_changed_one():
    known = context(changed=NOW - 3 * DAY)
    waits = [wait(visit.article(known, page(), stored=story(), unchanged=same)) for same in (True, False)]
    assert waits == [3 * DAY, timedelta(hours=6)]


def test_a_quarter_of_an_article_still_stands_for_it_and_less_under_another_headline_does_not():
    stored = story("x" * 4000)
    assert visit.soft_404(story("x" * 1000, "Other"), stored) is None
    assert visit.soft_404(story("x" * 999, "Other"), stored) == "most of the text is gone"
    assert visit.soft_404(story("x" * 999), stored) is None


def test_a_stump_never_takes_the_place_of_a_stored_article():
    stump = page(story("Gone.", "Not here"))
    decided = visit.article(context(changed=NOW), stump, stored=story(), unchanged=False)
    assert (decided.outcome, decided.article) == (Outcome.NOT_ARTICLE, None)
    assert decided.reason == "soft-404: most of the text is gone"
    assert visit.article(context(), stump, stored=None, unchanged=False).outcome is Outcome.NEW


@pytest.mark.parametrize(
    ("others", "letters", "stub"),
    [(3, 999, True), (2, 999, False), (3, 1000, False), (2, 1000, False), (300, 0, True), (300, 20_000, False)],
)
def test_a_text_under_a_thousand_letters_at_over_two_other_addresses_is_nobodys_story(others, letters, stub):
    assert visit.is_shared_stub("x" * letters, others) is stub


def test_the_letters_of_a_shared_text_are_counted_as_for_every_script():
    assert visit.is_shared_stub("的" * 333, 3)
    assert not visit.is_shared_stub("的" * 334, 3)


def test_a_deleted_storys_address_leads_to_the_front_page_and_a_third_one_makes_it_a_wall():
    gone = visit.sent_to_front(context(changed=NOW), SITE.url, 2)
    wall = visit.sent_to_front(context(changed=NOW), SITE.url, 3)
    assert (gone.outcome, gone.reason) == (Outcome.FAILED, f"http-404: sent to the front page {SITE.url}")
    assert wait(gone) == DAY
    assert (wall.outcome, wait(wall)) == (Outcome.NOT_ARTICLE, 2 * DAY)
    assert wall.reason == f"wall: sent to the front page {SITE.url}, as 3 others are"


@pytest.mark.parametrize("kind", UrlKind)
def test_an_address_that_leads_to_the_front_page_is_as_missing_as_one_that_answers_404(kind):
    sent = visit.sent_to_front(context(kind=kind, via=Via.CONFIG, attempts=1), SITE.url, 0)
    gone = visit.gone(context(kind=kind, via=Via.CONFIG, attempts=1), 404)
    assert (sent.outcome, sent.state, sent.due, sent.attempts) == (gone.outcome, gone.state, gone.due, gone.attempts)


def test_a_page_that_asks_to_prove_something_failed_and_any_other_page_is_no_article():
    def decided(kind: PageKind) -> Visit:
        return visit.article(context(), page(kind=kind), stored=None, unchanged=False)

    assert (decided(PageKind.CHALLENGE).outcome, decided(PageKind.CHALLENGE).blocks) == (Outcome.FAILED, ())
    for kind in (PageKind.LISTING, PageKind.LIVE_BLOG, PageKind.PAYWALL, PageKind.SOFT_404, PageKind.EMPTY):
        assert (decided(kind).outcome, decided(kind).blocks) == (Outcome.NOT_ARTICLE, (1, 2))
        assert decided(kind).reason == f"{kind}: enough text"


def test_a_page_that_asks_not_to_be_indexed_takes_its_article_back():
    assert visit.unindexed(context(changed=NOW)).outcome is Outcome.WITHDRAWN
    assert visit.unindexed(context()).outcome is Outcome.REFUSED
    assert visit.unindexed(context(changed=NOW)).state is visit.unindexed(context()).state is UrlState.DROPPED


@pytest.mark.parametrize(
    ("url", "segment"),
    [(URL, "the-mill-reopens"), (URL + "/", "the-mill-reopens"), (URL + "?a=/b", "the-mill-reopens"), ("x", "x")],
)
def test_the_last_segment_is_the_last_part_of_the_path(url, segment):
    assert visit.last_segment(url) == segment


def test_a_digest_is_of_words_and_not_of_spaces():
    assert visit.digest_of("The mill\n\nreopens ") == visit.digest_of(" The mill reopens")
    assert visit.digest_of("The mill reopens") != visit.digest_of("The mill reopened")
    assert visit.digest_of(" \n") is None


def test_a_digest_fits_a_signed_column_of_64_bits_whatever_the_text():
    digests = [visit.digest_of(f"word {n} \ud800") or 0 for n in range(64)]
    assert all(-(2**63) <= digest < 2**63 for digest in digests)
    assert min(digests) < -(2**56) < 2**56 < max(digests)


@pytest.mark.parametrize(
    ("url", "front"),
    [
        ("https://gazette.example/", True),
        ("https://gazette.example/sport", True),
        ("https://gazette.example/sport/a", False),
        (URL, False),
    ],
)
def test_the_front_page_and_the_sections_of_config_are_fronts(url, front):
    assert visit.is_front(url, SITE) is front


def test_the_front_page_of_a_site_is_one_though_its_source_begins_below_it():
    part = Source(url="https://gazette.example/north/", name="north")
    assert visit.is_front("https://gazette.example/", part)
