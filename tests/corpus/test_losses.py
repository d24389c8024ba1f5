from dataclasses import replace

import pytest

from corpus.model import Discovered, LeftOut, UrlKind
from corpus.store.addresses import losses
from corpus.via import Via
from tests.corpus.samples import NOW, begun, visit
from tests.stores import new_store


def left(url: str, reason: str = "shape") -> LeftOut:
    return LeftOut(url=url, reason=reason, via=Via.HOME, parent="https://news.example/")


def test_what_was_named_and_left_out_is_remembered_with_its_rule(tmp_path):
    with new_store(tmp_path / "s.sqlite") as store:
        store.record(
            replace(visit(url="https://news.example/"), left_out=(left("https://news.example/shop?utm_source=x"),))
        )
        known = store.evidence.left_out("https://news.example/shop")
        assert known is not None
        found, since = known
        assert (found.reason, found.via, found.parent, since) == ("shape", "home", "https://news.example/", NOW)
        assert store.evidence.left_out("https://news.example/other") is None


def test_a_page_may_name_one_address_thousands_of_times(tmp_path):
    first = left("https://news.example/shop")
    again = [
        LeftOut(url=f"https://news.example/shop#{n}", reason="quota" if n == 2999 else "shape", via="page")
        for n in range(3000)
    ]
    with new_store(tmp_path / "s.sqlite") as store:
        store.record(replace(visit(url="https://news.example/"), left_out=(first, *again)))
        known = store.evidence.left_out("https://news.example/shop")
        (source,) = store.sources.stats(NOW)
        assert known is not None
        assert (known[0].reason, known[0].via) == ("quota", "home")
        assert {reason: times for reason, (times, *_) in store.census.left_out(source).items()} == {"quota": 1}


def test_an_address_that_is_taken_after_all_is_not_left_out(tmp_path):
    with new_store(tmp_path / "s.sqlite") as store:
        store.record(replace(visit(url="https://news.example/"), left_out=(left("https://news.example/shop"),)))
        store.frontier.add(
            [Discovered(url="https://news.example/shop", kind=UrlKind.ARTICLE, via=Via.FEED)], "news.example", NOW
        )
        assert store.evidence.left_out("https://news.example/shop") is None
        store.record(replace(visit(url="https://news.example/"), left_out=(left("https://news.example/shop"),)))
        assert store.evidence.left_out("https://news.example/shop") is None


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three addresses are remembered in full, and two more by a digest."""
    monkeypatch.setattr(losses, "MAX_REMEMBERED", 3)
    monkeypatch.setattr(losses, "MAX_BRIEF", 2)


def shops(count: int, reason: str = "shape") -> tuple[LeftOut, ...]:
    return tuple(left(f"https://news.example/shop/{n}", reason) for n in range(count))


@pytest.mark.usefixtures("small")
def test_past_the_first_bound_an_address_is_known_by_its_digest_and_past_the_second_counted(tmp_path):
    with new_store(tmp_path / "s.sqlite") as store:
        store.record(replace(visit(url="https://news.example/"), left_out=shops(7)))
        known = [store.evidence.left_out(each.url) for each in shops(7)]
        (source,) = store.sources.stats(NOW)
        assert [each is not None for each in known] == [True] * 5 + [False] * 2
        assert known[4] is not None
        assert (known[4][0].reason, known[4][0].via, known[4][1].date()) == ("shape", "", NOW.date())
        assert store.census.left_out(source)["shape"][0] == 7
        assert store.evidence.only_counted() == {source: 2}


@pytest.mark.usefixtures("small")
def test_an_address_known_by_its_digest_is_counted_once_and_forgotten_when_it_is_taken(tmp_path):
    with new_store(tmp_path / "s.sqlite") as store:
        for _ in range(3):
            store.record(replace(visit(url="https://news.example/"), left_out=shops(5)))
        (source,) = store.sources.stats(NOW)
        assert store.census.left_out(source)["shape"][0] == 5
        store.frontier.add([Discovered(url=shops(5)[4].url, kind=UrlKind.ARTICLE, via=Via.FEED)], source, NOW)
        assert store.evidence.left_out(shops(5)[4].url) is None
        assert store.census.counts(source)["left-out"] == {"shape": 4}
        assert store.evidence.only_counted() == {}


@pytest.mark.usefixtures("small")
def test_what_a_run_left_out_is_counted_when_it_ends_and_stays_so(tmp_path):
    with new_store(tmp_path / "s.sqlite") as store:
        for count in (5, 2):
            run = begun(store)
            left_out = (*shops(count), left("https://news.example/film.mp4", "file-type"))
            store.record(replace(visit(url="https://news.example/"), left_out=left_out, run=run.id))
            store.runs.finish(run)
        first, second = (store.census.left_out_in(run)["news.example"] for run in (1, 2))
        counts = store.census.of_run(1)["news.example"]
    assert (first["shape"][0], len(first["shape"][1])) == (5, 3)
    assert (second["shape"][0], second["file-type"]) == (2, (1, ("https://news.example/film.mp4",)))
    assert counts["left-out"] == {"shape": 5, "file-type": 1}


def test_digests_have_no_sign_and_differ():
    found = {losses.digest(f"https://news.example/{n}") for n in range(1000)}
    assert len(found) == 1000
    assert all(0 <= each < 1 << 63 for each in found)
