"""The articles that changed in the store -> which of their texts are copies of one another or of other articles.

The leader of a group is the article that was published first; of articles published at one moment, the article whose
source the configuration names first. Articles are grouped, never merged and never removed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.copies.groups import Groups
from corpus.copies.placing import Placing
from corpus.copies.similarity import Similarity
from corpus.copies.texts import Texts
from corpus.model import Change
from corpus.store import ArticleStore
from corpus.store.file.digests import fingerprint
from corpus.store.sketches.form import digest

READ = 100  # articles in memory at once
LED = 500  # copies that are looked at in a transaction where sources have another order
READS = 5  # in a transaction; they are placed in the order of publication, so that few are placed twice


@dataclass(frozen=True, slots=True)
class Grouped:
    """How many changes were looked at, and how many articles joined, left or now lead a group, each counted once.

    `bounded` are articles that are like so many others that they were not compared with all, or that no later copy
    finds them.
    """

    seen: int = 0
    changed: int = 0
    bounded: int = 0


def group_copies(store: ArticleStore, sources: Sequence[str] = ()) -> Grouped:
    """Compare all texts that are new or changed since the last time; a second call at once does nothing.

    Args:
        sources: Their names in the order of the configuration, which decides between articles of one moment.
    """
    seen, moved, bounded, similarity = 0, set[int](), set[int](), Similarity(Texts(store))
    groups, position = _groups_of(store, sources), store.copies.position
    moved |= _reorder(store, groups, sources)
    store.copies.sketches.expect(store.sequence - position)
    while changes := _read(store):
        with store.copies.writing():
            if (now := store.copies.position) != position:  # another process compared texts: those in memory may be old
                bounded |= similarity.bounded
                similarity, position = Similarity(Texts(store)), now
                continue
            placing = Placing(store, groups, similarity, store.corrections.copies())
            for further in range(READS):
                changes = _read(store) if further else changes
                if not changes:
                    break
                _take(store, changes, groups, placing, similarity)
                seen += len(changes)
                position = changes[-1].sequence
                store.copies.advance(position)
            placing.settle()
            moved |= groups.store()
        store.copies.sketches.settle(more_to_come=True)
    store.copies.sketches.settle(more_to_come=False)
    store.copies.sketches.forget()
    if seen:
        store.ease()
    return Grouped(seen, len(moved), len(bounded | similarity.bounded))


def _reorder(store: ArticleStore, groups: Groups, sources: Sequence[str]) -> set[int]:
    """Decide again what sources decide, where the configuration names them in another order than when groups were made.

    The order is stored at the end: what was cut short is done again.
    """
    moved = set[int]()
    if store.copies.is_led_by(sources):
        return moved
    ids, similarity = _decided_by_sources(store), Similarity(Texts(store))
    ids.sort(key=_groups_of(store, sources).place)
    for first in range(0, len(ids), LED):
        with store.copies.writing():
            placing = Placing(store, groups, similarity, store.corrections.copies())
            placing.look_again(ids[first : first + LED])
            placing.settle()
            moved |= groups.store()
    store.copies.lead_by(sources)
    return moved


def _decided_by_sources(store: ArticleStore) -> list[int]:
    by_hand = (store.by_url(url) for url in store.corrections.copies())
    return list({*store.copies.tied(), *(one.id for one in by_hand if one is not None and one.withdrawn is None)})


def _read(store: ArticleStore) -> list[Change]:
    """Return the next changes whose texts were not compared so far."""
    return store.changes(store.copies.position, READ, with_structure=False)


def _take(
    store: ArticleStore, changes: Sequence[Change], groups: Groups, placing: Placing, similarity: Similarity
) -> None:
    """Give the articles to be placed whose texts are new, changed or gone, or that were published at another time."""
    ids = [change.id for change in changes]
    similarity.forget(ids)
    groups.read(ids)
    known = store.copies.known(ids)
    for change in changes:
        if change.stored is None:
            store.copies.forget(change.id)
            placing.take_out(change.id)
            continue
        text = fingerprint(change.stored.article)
        is_known = known.get(change.id) == (digest(text), groups.place(change.id).at)
        if not is_known or not groups.is_in_order(change.id):
            similarity.texts.take(change.stored)
            placing.take_in(change.id, text)


def group_again(store: ArticleStore, id: int, sources: Sequence[str] = ()) -> None:
    """Find the copies of one article again, as after a person corrected them."""
    stored = store.article(id)
    if stored is None or stored.withdrawn is not None:
        return
    with store.copies.writing():
        groups = _groups_of(store, sources)
        placing = Placing(store, groups, Similarity(Texts(store)), store.corrections.copies())
        placing.look_again(groups.members(id))  # some may be in it by what a person said of this one
        placing.take_in(id, fingerprint(stored.article))
        placing.settle()
        groups.store()
    store.copies.sketches.forget()


def _groups_of(store: ArticleStore, sources: Sequence[str]) -> Groups:
    return Groups(store, {name: place for place, name in enumerate(sources)})
