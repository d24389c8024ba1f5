from dataclasses import replace

from corpus.model import Discovered, LeftOut, UrlKind
from corpus.store import ArticleStore
from corpus.store.addresses import losses
from tests.corpus.samples import NOW, visit


def left(url: str, reason: str = "shape") -> LeftOut:
    return LeftOut(url=url, reason=reason, via="home", parent="https://news.example/")


def test_what_was_named_and_left_out_is_remembered_with_its_rule(tmp_path):
    with ArticleStore.open(tmp_path / "s.sqlite") as store:
        store.record(
            replace(visit(url="https://news.example/"), left_out=(left("https://news.example/shop?utm_source=x"),))
        )
        known = store.evidence.left_out("https://news.example/shop")
        assert known is not None
        found, since = known
        assert (found.reason, found.via, found.parent, since) == ("shape", "home", "https://news.example/", NOW)
        assert store.evidence.left_out("https://news.example/other") is None


def test_an_address_that_is_taken_after_all_is_not_left_out(tmp_path):
    with ArticleStore.open(tmp_path / "s.sqlite") as store:
        store.record(replace(visit(url="https://news.example/"), left_out=(left("https://news.example/shop"),)))
        store.frontier.add(
            [Discovered(url="https://news.example/shop", kind=UrlKind.ARTICLE, via="feed")], "news.example", NOW
        )
        assert store.evidence.left_out("https://news.example/shop") is None
        store.record(replace(visit(url="https://news.example/"), left_out=(left("https://news.example/shop"),)))
        assert store.evidence.left_out("https://news.example/shop") is None


def test_past_the_bound_addresses_are_counted_and_not_remembered(tmp_path, monkeypatch):
    monkeypatch.setattr(losses, "MAX_REMEMBERED", 3)
    many = tuple(left(f"https://news.example/shop/{n}") for n in range(5))
    with ArticleStore.open(tmp_path / "s.sqlite") as store:
        store.record(replace(visit(url="https://news.example/"), left_out=many))
        (source,) = store.sources.stats(NOW)
        assert store.census.left_out(source)["shape"][0] == 5
        assert store.evidence.left_out("https://news.example/shop/4") is None
