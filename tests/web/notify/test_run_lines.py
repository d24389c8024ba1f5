"""The receipt of a run says what it did not get, and why."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from corpus.model import Discovered, LeftOut, Outcome, Run, UrlKind
from corpus.runs.receipts import SourceReceipt
from corpus.store import ArticleStore
from corpus.via import Via
from tests.corpus.samples import NOW, article, begun, visit
from web.languages.choice import LANGUAGES, speaking
from web.languages.wording import said
from web.notify.run_lines import lost_lines, receipt

HOME = "https://news.example/"


def test_what_failed_and_what_was_left_out_has_a_line_with_numbers_reasons_and_an_example(tmp_path: Path) -> None:
    with ArticleStore.open(tmp_path / "s.sqlite") as store:
        run = begun(store)
        shop = LeftOut(url=HOME + "shop", reason="shape", via=Via.HOME, parent=HOME)
        store.record(replace(visit(article(url=HOME + "story")), left_out=(shop,), run=run.id))
        for path in ("a", "b"):
            store.frontier.add([Discovered(url=HOME + path, kind=UrlKind.ARTICLE, via=Via.FEED)], "news.example", NOW)
            lost = visit(url=HOME + path)
            store.record(replace(lost, article=None, outcome=Outcome.FAILED, reason="http-403", run=run.id))
        for path, outcome in (("late", Outcome.NEW), ("moved", Outcome.REDIRECTED)):
            late = visit(article(url=HOME + path))
            store.frontier.add([Discovered(url=HOME + path, kind=UrlKind.ARTICLE, via=Via.FEED)], "news.example", NOW)
            store.record(replace(late, article=None, outcome=Outcome.FAILED, reason="connect", run=run.id))
            again = late if outcome is Outcome.NEW else replace(late, article=None, outcome=outcome)
            store.record(replace(again, run=run.id))
        store.runs.finish(run)
        assert lost_lines(store, run.id, UTC) == [
            "  news.example: 2 addresses failed at first, and not at another try",
            "  news.example: redirected, 1 address: redirected",
            "  news.example: failed, 2 addresses: the server answered 403",
            "  news.example: 1 left out for shape (the address has the shape of no story and no section, "
            "such as https://news.example/shop)",
        ]


def test_an_address_without_end_does_not_fill_the_terminal(tmp_path: Path) -> None:
    with ArticleStore.open(tmp_path / "s.sqlite") as store:
        run = begun(store)
        endless = LeftOut(url=HOME + "a-" * 2000, reason="shape", via=Via.HOME, parent=HOME)
        store.record(replace(visit(article(url=HOME + "story")), left_out=(endless,), run=run.id))
        store.runs.finish(run)
        [line] = lost_lines(store, run.id, UTC)
        assert line.endswith(f"{(HOME + 'a-' * 200)[:199]}…)")


def test_a_run_that_got_everything_has_no_such_line(tmp_path: Path) -> None:
    with ArticleStore.open(tmp_path / "s.sqlite") as store:
        run = begun(store).id
        store.record(replace(visit(article(url=HOME + "story")), run=run))
        assert lost_lines(store, run, UTC) == []


def test_a_copy_of_another_article_is_stored_and_not_said_to_be_lost(tmp_path: Path) -> None:
    with ArticleStore.open(tmp_path / "s.sqlite") as store:
        run = begun(store).id
        for path in ("a", "b"):
            store.frontier.add([Discovered(url=HOME + path, kind=UrlKind.ARTICLE, via=Via.FEED)], "news.example", NOW)
            store.record(replace(visit(article(url=HOME + path)), run=run))
        first, second = (store.by_url(HOME + path) for path in ("a", "b"))
        assert first is not None
        assert second is not None
        store.set_copy(second.id, first.id)
        assert store.census.of_run(run)["news.example"] == {"article": {"new": 1}, "copy": {"new": 1}}
        assert lost_lines(store, run, UTC) == []


def test_the_lines_of_a_crawl_can_be_said_in_another_language() -> None:
    run = Run(id=1, started=NOW, ended=NOW, status="partial", counts={"news.example": {"new": 2}, "b.example": {}})
    shown = ["crawl partial: 0.0 s, 0 B", "  2 sources: 2 new", "  b.example: nothing due", "  news.example: 2 new"]
    assert receipt(run) == shown
    with speaking(LANGUAGES["fr"]):
        assert said(receipt(run)[2]) == "  b.example\xa0: rien à faire"


def test_the_sum_of_several_sources_stands_before_them_and_none_before_one_alone() -> None:
    counts = {f"{n}.example": {"failed": 1, "new": n} for n in range(1, 4)}
    run = Run(id=1, started=NOW, ended=NOW, status="partial", counts=counts)
    assert receipt(run)[1] == "  3 sources: 6 new, 3 failed"
    assert receipt(replace(run, counts={"1.example": {"new": 1}}))[1:] == ["  1.example: 1 new"]


def test_what_was_due_and_not_asked_for_has_a_line_also_of_a_source_that_nothing_was_asked_of(tmp_path: Path) -> None:
    with ArticleStore.open(tmp_path / "s.sqlite") as store:
        with store.runs.begin(["a", "b"], started=NOW) as claim:
            closed = [SourceReceipt(source=each, state="done", started=NOW, ended=NOW) for each in "ab"]
            closed[0] = replace(closed[0], left=12)
            store.runs.finish_sources(claim.run.id, closed, {})
        due = "  a: 12 addresses due and not asked for: the next crawl begins there"
        assert lost_lines(store, claim.run.id, UTC) == [due]
        rests = replace(closed[0], rests_until=datetime(2026, 3, 2, 6, 30, tzinfo=UTC))
        some = "for 5 of them the host rests until 02 Mar 2026 06:30, and the next crawl begins with the others"
        for at_rest, said in ((0, "the host rests until 02 Mar 2026 06:30"), (5, some)):  # an older receipt says 0
            store.runs.finish_sources(claim.run.id, [replace(rests, left_at_rest=at_rest)], {})
            due = f"  a: 12 addresses due and not asked for: {said}"
            assert lost_lines(store, claim.run.id, UTC) == [due]
