"""Which address a saved page is filed under: no page takes the place of another one."""

from dataclasses import replace
from datetime import UTC, datetime

from corpus.model import Article, StoredArticle
from crawler.importing.claims import Claims
from crawler.importing.identity import content_url
from crawler.importing.items import Claim, ImportItem
from crawler.values import Page

NOW = datetime(2026, 3, 4, tzinfo=UTC)
CLAIMED = "https://gazette.example/news/wall"


def item(url: str = CLAIMED, *, by_saver: bool = False, own: str = content_url("own")) -> ImportItem:
    page = Page(url=url, address=url, source="s", content=b"", fetched=NOW)
    return ImportItem("a.html", page, claim=Claim(url, "canonical link", by_saver), own_url=own)


def article(headline: str | None, url: str = CLAIMED) -> Article:
    return Article(url=url, source="s", headline=headline, body=f"Text of {headline}.", fetched=NOW)


def nothing(url: str) -> None:
    return None


def test_a_claimed_address_is_believed_while_nobody_else_claims_it():
    assert Claims(nothing).settle(item(), article("Wall")) == (article("Wall"), None)


def test_pages_of_other_headlines_under_one_claimed_address_stay_apart():
    claims = Claims(nothing)
    claims.settle(item(), article("Wall"))
    second, said = claims.settle(item(own=content_url("two")), article("Ferry"))
    assert second.url == content_url("two")
    assert said == f"a.html: its canonical link {CLAIMED} is another page's: it is known by its content"


def test_a_later_copy_of_the_same_story_is_filed_with_it():
    claims = Claims(nothing)
    claims.settle(item(), article("Wall"))
    assert claims.settle(item(), replace(article("Wall"), body="Longer."))[0].url == CLAIMED


def test_a_story_in_the_store_is_not_overwritten_by_a_claim():
    stored = StoredArticle(1, "a1bcde", 1, NOW, 1, article("Wall"))
    found, said = Claims(lambda url: stored).settle(item(), article("Ferry"))
    assert found.url == content_url("own")
    assert said


def test_what_the_saving_program_wrote_is_believed():
    claims = Claims(nothing)
    claims.settle(item(by_saver=True), article("Wall"))
    assert claims.settle(item(by_saver=True), article("Wall, updated"))[0].url == CLAIMED


def test_a_capture_is_filed_where_it_was_captured_not_where_its_page_points():
    captured = ImportItem("x.warc: 1", Page(url=CLAIMED, address=CLAIMED, source="s", content=b"", fetched=NOW))
    moved = article("Wall", url="https://gazette.example/news")
    assert Claims(nothing).settle(captured, moved)[0].url == CLAIMED


def test_a_page_that_only_spells_its_address_otherwise_may():
    captured = ImportItem("x.warc: 1", Page(url=CLAIMED, address=CLAIMED, source="s", content=b"", fetched=NOW))
    spelt = article("Wall", url="https://www.gazette.example/news/wall/")
    assert Claims(nothing).settle(captured, spelt)[0].url == spelt.url
