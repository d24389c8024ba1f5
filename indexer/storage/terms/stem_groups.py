"""A stem or folded spelling -> the forms of a segment that share it.

A map goes from a key (indexer/analysis/stems.py) to the numbers of the forms that have it. A key that only the
form spelled like it has is left out: most of a vocabulary are numbers and names, which are their own stems.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from corpus.errors import IndexDamaged
from indexer.analysis.folding import folded
from indexer.analysis.stems import UNACCENTED, form_keys
from indexer.storage.arrays import ArrayFile, ArrayWriter, Ints
from indexer.storage.postings.offsets import read_numbers, read_offsets, write_counts, write_numbers
from indexer.storage.terms.pattern_scan import matching
from indexer.storage.terms.term_dictionary import MISSING, Words, write_words


class WrittenMap(NamedTuple):
    """A map as it is written: its keys, where the forms of each begin and end, and the numbers of all forms."""

    keys: Words
    ends: memoryview
    forms: memoryview


def write_variants(file: ArrayWriter, forms: Sequence[str], languages: Sequence[str]) -> None:
    """Write the maps of a segment's sorted forms, one for each language and one of folded spellings."""
    for language in (UNACCENTED, *languages):
        groups = _groups(forms, language)
        names = sorted(groups)
        members = [groups[name] for name in names]
        write_words(file, map_name(language), names)
        write_counts(file, map_name(language), np.array([*map(len, members)], np.int64))
        write_numbers(file, f"{map_name(language)}.forms", np.array([*chain.from_iterable(members)], np.int64))


class Variants:
    """The maps of one segment. One that was not written is made when first asked for, and cached."""

    def __init__(self, file: ArrayFile, forms: Words, find: Callable[[str], int]) -> None:
        self._file = file
        self._forms = forms
        self._find = find
        self._made: dict[str, dict[str, list[int]]] = {}
        self._opened: dict[str, WrittenMap] = {}

    def sharing(self, key: str, language: str, known: int = MISSING) -> list[int]:
        """Return the numbers of the forms with this key in one map.

        Args:
            known: A form that need not be among them.
        """
        found = self._listed(key, language)
        if found:
            return found
        own = self._find(key)
        if own in (MISSING, known):
            return []
        is_own = language == UNACCENTED and key.isascii()
        return [own] if is_own or key in form_keys([key], language)[0] else []

    def starting(self, prefix: str, language: str) -> list[tuple[str, int]]:
        """Return the keys that begin so and are not only their own form's, each with the number of every form."""
        known = self.written(language)
        if known is None:
            groups = self._groups_of(language)
            return [(key, one) for key in sorted(groups) if key.startswith(prefix) for one in groups[key]]
        places = known.keys.starting(prefix)
        ends, forms, keys = known.ends, known.forms, known.keys.slice(places)
        return [(key, one) for at, key in zip(places, keys, strict=True) for one in forms[ends[at] : ends[at + 1]]]

    def matching(self, pattern: str, checkpoint: Callable[[], object]) -> Ints:
        """Return the numbers of the forms that match a pattern as they are written or, both folded, as spelled."""
        plain = folded(pattern)
        found = [matching(pattern, self._forms, checkpoint)]
        if plain != pattern:
            found.append(matching(plain, self._forms, checkpoint))
        other = self._spelled(plain, checkpoint)
        if len(other):
            found.append(other)
        return found[0] if len(found) == 1 else np.unique(np.concatenate(found))

    def _spelled(self, pattern: str, checkpoint: Callable[[], object]) -> Ints:
        """The numbers of the forms whose folded spelling is not theirs alone and matches a folded pattern."""
        known = self.written(UNACCENTED)
        if known is None:
            raise IndexDamaged(f"{self._file.path}: it has no map of folded spellings: expected one")
        keys = matching(pattern, known.keys, checkpoint)
        ends, forms = np.asarray(known.ends, np.int64), np.asarray(known.forms)
        counts = ends[keys + 1] - ends[keys]
        places = np.repeat(ends[keys] - (np.cumsum(counts) - counts), counts) + np.arange(counts.sum())
        found: Ints = forms[places].astype(np.int64)
        return found

    def written(self, language: str) -> WrittenMap | None:
        """Return a map as it is written, opened once; None when it was not written."""
        found = self._opened.get(language)
        name = map_name(language)
        if found is None and f"{name}.counts" in self._file:
            ends, forms = read_offsets(self._file, name).data, read_numbers(self._file, f"{name}.forms").data
            found = self._opened[language] = WrittenMap(Words.of(self._file, name), ends, forms)
        return found

    def _groups_of(self, language: str) -> dict[str, list[int]]:
        if language not in self._made:
            self._made[language] = _groups(self._forms.all(), language)
        return self._made[language]

    def _listed(self, key: str, language: str) -> list[int]:
        known = self._opened.get(language) or self.written(language)
        if known is None:
            return self._groups_of(language).get(key, [])
        at = known.keys.find(key)
        return known.forms[known.ends[at] : known.ends[at + 1]].tolist() if at != MISSING else []


def map_name(language: str) -> str:
    """Return the name of a map in a segment's file."""
    return f"variants.{language}"


def _groups(forms: Sequence[str], language: str) -> dict[str, list[int]]:
    """Key -> the numbers of its forms, without the keys that only their own spelling has."""
    found = form_keys(forms, language)
    groups: dict[str, list[int]] = {}
    for number in [at for at, (form, keys) in enumerate(zip(forms, found, strict=True)) if keys != (form,)]:
        for key in found[number]:
            if key != forms[number]:
                groups.setdefault(key, []).append(number)
    for key, members in groups.items():
        own = bisect_left(forms, key)
        if own < len(forms) and forms[own] == key and key in found[own]:
            members.append(own)
    return groups
