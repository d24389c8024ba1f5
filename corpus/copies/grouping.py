"""The articles that changed in the store -> which of their texts are copies of one another or of other articles.

A copy has at least SAME of the shorter text's shingles, word for word. The leader of a group is the article that was
published first; of articles published at one moment, the article whose source the configuration names first. Articles
are grouped, never merged and never removed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.copies.groups import Groups
from corpus.copies.shingles import Hashes, containment, density, shingles, sketch
from corpus.model import Change, StoredArticle
from corpus.store import ArticleStore
from corpus.store.articles.copies import Candidate
from corpus.store.file.digests import fingerprint

SAME = 0.6  # of the shorter text; two reports from one template share less than 0.4, a rewritten wire story more
WITH_LEADER = 0.4  # a text far from the leader's, though near another copy's, would let a group drift
LIKELY = 0.25  # of the hashes that the shorter text would share if all of it stood in the longer one
FEWEST = 30  # shingles: a notice of three lines is like many others by chance
SIZES = 0.2  # a text five times as long that quotes a brief is no copy of it
READ = 100  # articles in memory at once
READS = 5  # in a transaction
REMEMBERED = 1_000_000  # hashes of texts that may be compared again: 8 MB, some 2,000 stories


@dataclass(frozen=True, slots=True)
class Grouped:
    """How many changes were looked at, and how many articles joined, left or now lead a group, each counted once."""

    seen: int = 0
    changed: int = 0


def group_copies(store: ArticleStore, sources: Sequence[str] = ()) -> Grouped:
    """Compare all texts that are new or changed since the last time; a second call at once does nothing.

    Args:
        sources: Their names in the order of the configuration, which decides between articles of one moment.
    """
    seen, moved, texts = 0, set[int](), _Texts(store)
    groups = _groups_of(store, sources)
    while changes := _read(store):
        with store.copies.writing():
            for further in range(READS):
                changes = _read(store) if further else changes
                if not changes:
                    break
                for change in changes:
                    texts.forget(change.id)
                    seen += 1
                    if change.stored is None:
                        store.copies.forget(change.id)
                        groups.leave(change.id)
                    else:
                        _place(store, change.stored, groups, texts)
                store.copies.advance(changes[-1].sequence)
            moved |= groups.store()
        store.copies.settle()
    if seen:
        store.ease()
    return Grouped(seen, len(moved))


def _read(store: ArticleStore) -> list[Change]:
    """Return the next changes whose texts were not compared so far."""
    return store.changes(store.copies.position, READ, with_structure=False)


def group_again(store: ArticleStore, id: int, sources: Sequence[str] = ()) -> None:
    """Find the copies of one article anew, as after a person corrected them."""
    stored = store.article(id)
    if stored is None or stored.withdrawn is not None:
        return
    with store.copies.writing():
        store.copies.forget(id)
        groups = _groups_of(store, sources)
        _place(store, stored, groups, _Texts(store))
        groups.store()


def _groups_of(store: ArticleStore, sources: Sequence[str]) -> Groups:
    return Groups(store, {name: place for place, name in enumerate(sources)})


class _Texts:
    """The shingles of the texts that were compared last; who changes a text says so."""

    def __init__(self, store: ArticleStore) -> None:
        self._store = store
        self._known: dict[int, Hashes] = {}
        self._room = REMEMBERED

    def forget(self, id: int) -> None:
        """Read the text of an article anew when it is next compared."""
        self._known.pop(id, None)

    def of(self, stored: StoredArticle) -> Hashes:
        """Return the shingles of an article that was read."""
        found = self._known.get(stored.id)
        if found is None:
            found = shingles(stored.article.body)
            self._room -= len(found)
            if self._room < 0:
                self._known, self._room = {}, REMEMBERED
            self._known[stored.id] = found
        return found

    def each(self, ids: Sequence[int]) -> Iterator[tuple[int, Hashes]]:
        """Yield the articles with their shingles, in order; articles that are damaged are left out."""
        known = {id: self._known[id] for id in ids if id in self._known}
        missing = self._store.articles([id for id in ids if id not in known], with_structure=False)
        known |= {id: self.of(stored) for id, stored in missing.items()}
        return ((id, known[id]) for id in ids if id in known)


def _place(store: ArticleStore, stored: StoredArticle, groups: Groups, texts: _Texts) -> None:
    """Find the copies of an article's text, and put it into their group.

    What a person says of two articles stands above what their texts say.
    """
    text = fingerprint(stored.article)
    if store.copies.knows(stored.id, text):
        return
    groups.leave(stored.id)
    said = store.corrections.copies(stored.article.url)
    others = {url: store.by_url(url) for url in said}
    known = {url: other.id for url, other in others.items() if other is not None and other.withdrawn is None}
    joined = [known[url] for url, same in said.items() if same and url in known]
    apart = frozenset(known[url] for url, same in said.items() if not same and url in known)
    hashes = texts.of(stored)
    if len(hashes) < FEWEST:
        store.copies.forget(stored.id)
    else:
        found = sketch(hashes)
        near = _nearest(store, groups, texts, stored, found, apart)
        store.copies.remember(stored.id, text, found, len(hashes))
        joined += [near] if near is not None else []
    groups.join(stored.id, joined)


def _nearest(
    store: ArticleStore,
    groups: Groups,
    texts: _Texts,
    stored: StoredArticle,
    found: Sequence[int],
    apart: frozenset[int],
) -> int | None:
    """Return the article whose text is most like this one, among those that are copies of it.

    Articles whose group holds an article of `apart` are left out.
    """
    hashes = texts.of(stored)
    likely = [each.article for each in store.copies.candidates(found, stored.id) if _is_likely(each, len(hashes))]
    if apart:
        likely = [each for each in likely if apart.isdisjoint(groups.members(each))]
    best, nearest = SAME, None
    for other, known in texts.each(likely):
        share = containment(hashes, known)
        if share >= best and _near_leader(groups, texts, other, hashes):
            best, nearest = share, other
    return nearest


def _is_likely(other: Candidate, shingles: int) -> bool:
    """Whether the share of hashes that two sketches have in common is worth a comparison of the texts."""
    fewer, more = sorted((shingles, other.shingles))
    return fewer >= SIZES * more and other.shared >= LIKELY * fewer * density(more)


def _near_leader(groups: Groups, texts: _Texts, id: int, hashes: Hashes) -> bool:
    leader = groups.leader(id)
    return leader == id or all(containment(hashes, known) >= WITH_LEADER for _, known in texts.each([leader]))
