"""What stands beside the number of a source's addresses: kinds of pages and reasons, each in words of its own."""

from web.languages.choice import LANGUAGES, speaking
from web.languages.wording import said
from web.sources.reason_words import counted, meaning, of_state


def test_a_kind_of_a_list_is_no_reason_that_is_spelled_alike():
    assert of_state("listing", "feed") == "feed"
    assert of_state("left-out", "feed") == meaning("feed") != "feed"
    with speaking(LANGUAGES["de"]):
        assert said(of_state("copy", "same-text")) == "der Text eines anderen Artikels"
        assert said(of_state("redirected", "redirected")) == "weitergeleitet"
        assert said(of_state("withdrawn", "by hand")) == "von Hand"


def test_one_reason_is_not_counted_twice_and_several_are():
    assert counted("article", {"crawled": 1200}) == "crawled"
    assert counted("listing", {"section": 9, "home": 1}) == "section page ×9; front page ×1"
