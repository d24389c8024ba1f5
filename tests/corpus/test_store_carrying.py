"""What people added to an article that moved, or became a part of another, stands with the one that has its text."""

from pathlib import Path

import pytest

from corpus.model import Outcome
from corpus.store import ArticleStore
from tests.corpus.samples import LATER, NOW, article, visit
from tests.stores import new_store

OLD, NEW = article(1), article(2)


def move(store: ArticleStore, why: str) -> None:
    reason, there = f"{why}: {NEW.url}", NEW.url
    store.record(visit(url=OLD.url, outcome=Outcome.REDIRECTED, reason=reason, moved=there, claimed=there, status=200))


@pytest.mark.parametrize("why", ["part", "redirect"])
@pytest.mark.parametrize("stands", [True, False])
def test_tags_dossiers_notes_and_passages_go_over_whenever_the_other_article_comes(
    tmp_path: Path, why: str, stands: bool
) -> None:
    with new_store(tmp_path / "pressmark.sqlite") as store:
        for each in (OLD, NEW) if stands else (OLD,):
            store.record(visit(each))
        first, both, desk = (
            store.dossiers.add("Walls", "ada", NOW),
            store.dossiers.add("Both", "ada", NOW),
            store.dossiers,
        )
        for dossier, ids in ((first, [1]), (both, [2, 1] if stands else [1])):
            desk.put(dossier.id, ids, NOW)
            desk.set_note(dossier.id, 1, "which walls?", NOW)
        if stands:
            desk.set_note(both.id, 2, "the whole story", NOW)
            desk.set_tags(2, ["flood"])
        desk.set_tags(1, ["flood", "to check"])
        marked = [store.passages.add(1, "ada", words, 0, "", NOW) for words in ("The walls", "in time")]
        store.passages.delete(marked[1], NOW)
        before = desk.revision
        move(store, why)
        if not stands:
            assert desk.tags([1]) == {1: ("flood", "to check")}  # nobody else has them
            store.record(visit(NEW, at=LATER))
        assert desk.revision > before
        assert desk.tags([1, 2]) == {2: ("flood", "to check")}
        assert [(each.article, each.note) for each in desk.entries(first.id)] == [(2, "which walls?")]
        note = "the whole story\nwhich walls?" if stands else "which walls?"
        assert [(each.article, each.note) for each in desk.entries(both.id)] == [(2, note)]
        assert [each.id for each in store.passages.of_articles([1, 2])[2]] == marked[:1]
        store.passages.delete(marked[1], None)
        assert len(store.passages.of_articles([1, 2])[2]) == 2


def test_an_article_that_its_keeper_took_away_gives_nothing_and_gets_nothing(tmp_path: Path) -> None:
    for taken, left in ((1, 2), (2, 1)):
        with new_store(tmp_path / f"{taken}.sqlite") as store:
            store.record(visit(OLD))
            store.record(visit(NEW))
            store.dossiers.set_tags(1, ["to check"])
            store.withdraw_by_hand(taken, "court order", at=NOW)
            move(store, "part")
            assert store.dossiers.tags([1, 2]) == {1: ("to check",)}, left
