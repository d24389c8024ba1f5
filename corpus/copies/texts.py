"""The texts that were compared last -> their shingles and words; a text that is not remembered is read again."""

from collections.abc import Sequence

from corpus.copies.facts import Words, words_of
from corpus.copies.shingles import Hashes, shingles
from corpus.model import StoredArticle
from corpus.store import ArticleStore

REMEMBERED = 1_000_000  # hashes of texts that may be compared again: 8 MB, some 2,000 stories
REMEMBERED_WORDS = 50_000  # of texts whose facts were compared: 5 MB


class Texts:
    """The texts of a store; who changes a text says so."""

    def __init__(self, store: ArticleStore) -> None:
        self._store = store
        self._hashes: dict[int, Hashes] = {}
        self._room = REMEMBERED
        self._words: dict[int, Words] = {}
        self._room_for_words = REMEMBERED_WORDS

    def forget(self, id: int) -> None:
        """Read the text of an article again when it is next compared."""
        self._room += len(self._hashes.pop(id, ()))
        if (words := self._words.pop(id, None)) is not None:
            self._room_for_words += len(words.words)

    def take(self, stored: StoredArticle) -> Hashes:
        """Return the shingles of an article that was read."""
        found = self._hashes.get(stored.id)
        if found is None:
            found = shingles(stored.article.body)
            self._hashes[stored.id] = found
            self._room -= len(found)
            while self._room < 0:  # the first ones go: what is compared next came last
                self._room += len(self._hashes.pop(next(iter(self._hashes))))
        return found

    def hashes(self, ids: Sequence[int]) -> dict[int, Hashes]:
        """Return the shingles of articles, in order; articles that are damaged are left out."""
        known = {id: self._hashes[id] for id in ids if id in self._hashes}
        if missing := [id for id in ids if id not in known]:
            found = self._store.articles(missing, with_structure=False)
            known |= {id: self.take(stored) for id, stored in found.items()}
        return {id: known[id] for id in ids if id in known}

    def words(self, id: int) -> Words | None:
        """Return the words of an article; None where it is damaged."""
        found = self._words.get(id)
        if found is None:
            stored = self._store.articles([id], with_structure=False).get(id)
            if stored is None:
                return None
            found = words_of(stored.article.body)
            self._words[id] = found
            self._room_for_words -= len(found.words)
            while self._room_for_words < 0:
                self._room_for_words += len(self._words.pop(next(iter(self._words))).words)
        return found
