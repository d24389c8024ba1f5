"""Who takes a text away is told of every article that has it still, whenever they ask."""

from pathlib import Path

from tests.corpus.samples import NOW, article, visit
from tests.stores import new_store

TEXT = "Forty-one grain ships left their anchorages as the blockade of the strait came to an end."


def test_the_articles_with_the_same_text_are_named_at_first_and_when_the_article_is_gone(tmp_path: Path) -> None:
    with new_store(tmp_path / "s.sqlite") as store:
        for number, body in enumerate((TEXT, TEXT, f"{TEXT}\n\nMore.", "Another."), start=1):
            store.record(visit(article(number, headline="Grain", body=body)))
        twin, longer = (store.article(number).mark for number in (2, 3))
        store.set_copy(2, 1)
        store.set_copy(3, 1)
        assert store.withdraw_by_hand(1, "court order", at=NOW).copies == (twin, longer)
        store.set_copy(2, None)
        store.set_copy(3, 2)  # as a crawl groups what is left
        assert store.withdraw_by_hand(1, "another court's order", at=NOW).copies == (twin, longer)
        assert store.withdraw_by_hand(4, "court order", at=NOW).copies == ()
