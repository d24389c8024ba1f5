"""Visits are stored in groups: nobody is answered before the group is on disk, and each is answered for itself."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from corpus.errors import StoreError
from corpus.model import Article, CaptureRef, Discovered, Outcome, UrlKind, UrlState, Visit
from corpus.store import ArticleStore
from corpus.via import Via
from crawler.visiting.async_store import MOST, AsyncStore, Groups
from tests.stores import new_store

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


def visit(number):
    url = f"https://gazette.example/{number}"
    article = Article(url=url, source="gazette", headline=f"Story {number}", body="The text.", fetched=NOW)
    return Visit(url=url, at=NOW, outcome=Outcome.NEW, state=UrlState.WAITING, due=NOW, article=article)


def test_visits_that_end_together_are_written_once_and_answered_in_order():
    written = []

    async def write(visits):
        written.append([each.url[-1] for each in visits])
        return [Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED][: len(visits)]

    async def main():
        groups = Groups(write)
        return await asyncio.gather(*(groups.add(visit(number)) for number in range(3)))

    assert asyncio.run(main()) == [Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED]
    assert written == [["0", "1", "2"]]


def test_nobody_is_answered_before_the_write_returns():
    async def main():
        may_end = asyncio.Event()

        async def write(visits):
            await may_end.wait()
            return [Outcome.NEW] * len(visits)

        task = asyncio.create_task(Groups(write).add(visit(1)))
        done, _ = await asyncio.wait({task}, timeout=0.05)
        assert not done
        may_end.set()
        return await task

    assert asyncio.run(main()) is Outcome.NEW


def test_a_group_that_is_full_waits_no_longer():
    sizes = []

    async def write(visits):
        sizes.append(len(visits))
        return [Outcome.NEW] * len(visits)

    async def main():
        groups = Groups(write)
        await asyncio.gather(*(groups.add(visit(number)) for number in range(MOST + 1)))

    asyncio.run(main())
    assert sizes == [MOST, 1]


def test_an_error_of_the_store_reaches_every_visit_of_its_group_and_no_later_one():
    async def main():
        broken = [StoreError("the disk is full")]

        async def write(visits):
            if broken:
                raise broken.pop()
            return [Outcome.NEW] * len(visits)

        groups = Groups(write)
        answers = await asyncio.gather(groups.add(visit(1)), groups.add(visit(2)), return_exceptions=True)
        assert [str(each) for each in answers] == ["the disk is full"] * 2
        assert await groups.add(visit(3)) is Outcome.NEW

    asyncio.run(main())


def test_a_visit_nobody_waits_for_any_more_is_stored_and_disturbs_nobody(tmp_path):
    async def main(store):
        async_store = AsyncStore(store)
        gone, stays = (asyncio.create_task(async_store.record(visit(number))) for number in (1, 2))
        await asyncio.sleep(0)
        gone.cancel()
        assert await stays is Outcome.NEW
        async_store.close()

    with new_store(tmp_path / "pressmark.sqlite") as store:
        asyncio.run(main(store))
        assert store.by_url(visit(1).url) is not None


def test_what_a_visit_names_is_on_disk_before_the_visit_is(tmp_path):
    with new_store(tmp_path / "pressmark.sqlite") as store:
        seen = []

        async def main():
            async_store = AsyncStore(store, sync=lambda: seen.append(store.by_url(visit(1).url)))
            await async_store.record(visit(1))
            async_store.close()

        asyncio.run(main())
        assert seen == [None]
        assert store.by_url(visit(1).url) is not None


def test_the_response_of_a_visit_is_stored_before_it_and_one_that_cannot_be_costs_no_other_visit(tmp_path):
    def captured():
        seen.append("capture")
        return CaptureRef("pressmark-1.warc.gz", 7)

    def faulty():
        raise UnicodeError("a header that nobody can write")

    def full():
        raise StoreError("no space left on device")

    async def main():
        async_store = AsyncStore(store, sync=lambda: seen.append("sync"))
        try:
            return [
                await asyncio.gather(
                    async_store.record(visit(1), captured),
                    async_store.record(visit(2), faulty),
                    async_store.record(visit(3)),
                    return_exceptions=True,
                ),
                await asyncio.gather(async_store.record(visit(4), full), return_exceptions=True),
            ]
        finally:
            async_store.close()

    seen = []
    with new_store(tmp_path / "pressmark.sqlite") as store:
        (first, second, third), (fourth,) = asyncio.run(main())
        assert (first, third, seen) == (Outcome.NEW, Outcome.NEW, ["capture", "sync"])
        assert isinstance(second, UnicodeError)
        assert isinstance(fourth, StoreError)
        stored = [store.by_url(visit(number).url) for number in (1, 2, 3, 4)]
        assert [each and each.article.capture for each in stored] == [captured(), None, None, None]
        assert [each is None for each in stored] == [False, True, False, True]
        assert [each.capture for each in store.journal.visits(visit(1).url)] == [captured()]


def test_a_fault_in_one_visit_leaves_no_trace_of_it_and_costs_no_other(tmp_path):
    with new_store(tmp_path / "pressmark.sqlite") as store:
        faulty = replace(visit(2), found=(None,))
        answers = store.record_many([visit(1), faulty, visit(3)])
        assert (answers[0], answers[2]) == (Outcome.NEW, Outcome.NEW)
        assert isinstance(answers[1], AttributeError)
        assert [store.by_url(visit(number).url) is not None for number in (1, 2, 3)] == [True, False, True]
        assert store.frontier.entry(visit(2).url) is None
        assert not store.journal.visits(visit(2).url)
        assert store.sequence == 2


def test_a_store_that_cannot_be_written_raises_and_stores_none_of_the_group(tmp_path):
    with new_store(tmp_path / "pressmark.sqlite") as store:
        store.record(visit(1))
    with (
        ArticleStore.open(tmp_path / "pressmark.sqlite", read_only=True) as store,
        pytest.raises(StoreError, match="opened for reading only"),
    ):
        store.record_many([visit(2)])


def test_groups_of_addresses_are_added_in_their_order_and_counted_each(tmp_path):
    async def main(store):
        async_store = AsyncStore(store)
        try:
            return await async_store.add_each([(feed, story), (), (story, section)], "gazette", NOW)
        finally:
            async_store.close()

    feed, story, section = (
        Discovered(url=f"https://gazette.example/{name}", kind=kind, via=Via.HOME)
        for name, kind in (("feed", UrlKind.FEED), ("flood", UrlKind.ARTICLE), ("world", UrlKind.SECTION))
    )
    with new_store(tmp_path / "pressmark.sqlite") as store:
        assert asyncio.run(main(store)) == [2, 0, 1]
        leased = store.frontier.entry(story.url)
        assert leased is not None
        assert leased.kind is UrlKind.ARTICLE
