"""What is known of each document beside its words: id, dates, site, authors ... as arrays.

A facet's values are numbered in a segment's own sorted list of them; ABSENT stands where the article does not
say. Dates are local minutes; UNDATED stands for none.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.contract.facets import FacetName
from indexer.contract.protocol import Document
from indexer.storage.arrays import Array, ArrayFile, ArrayWriter
from indexer.storage.term_dictionary import Words, write_words

ABSENT = -1
UNDATED = np.iinfo(np.int64).min
SINGLE = (FacetName.SITE, FacetName.LANGUAGE, FacetName.SECTION)  # at most one value an article


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of some documents.

    Attributes:
        ids, published, added, copy_of: One number a document; `copy_of` 0 is none.
        lengths: The number of forms of each text, `document * 4 + field`.
        facets: Of site, language and section, one value's number a document.
        authors: The numbers of all authors, document by document; `author_ends` says where each one's begin.
        values: The sorted values of each facet.
    """

    ids: Array
    published: Array
    added: Array
    copy_of: Array
    lengths: Array
    facets: dict[FacetName, Array]
    authors: Array
    author_ends: Array
    values: dict[FacetName, list[str]]

    def __len__(self) -> int:
        return len(self.ids)


def columns(documents: Sequence[Document], lengths: Array) -> Columns:
    """Return the columns of documents whose texts have these lengths."""
    single = {facet: _numbered([_VALUE[facet](one) for one in documents]) for facet in SINGLE}
    authors = [tuple(dict.fromkeys(one.authors)) for one in documents]
    numbers, names = _numbered([author for many in authors for author in many])
    return Columns(
        ids=np.array([one.id for one in documents], np.int64),
        published=np.array([UNDATED if one.published is None else one.published for one in documents], np.int64),
        added=np.array([one.added for one in documents], np.int64),
        copy_of=np.array([one.copy_of or 0 for one in documents], np.int64),
        lengths=lengths,
        facets={facet: found for facet, (found, _) in single.items()},
        authors=numbers,
        author_ends=np.cumsum([0, *map(len, authors)]).astype(np.int64),
        values={FacetName.AUTHOR: names, **{facet: values for facet, (_, values) in single.items()}},
    )


def write_columns(file: ArrayWriter, columns: Columns) -> None:
    """Write the columns of a segment."""
    for name in ("ids", "published", "added", "copy_of", "lengths", "authors", "author_ends"):
        file.add(name, getattr(columns, name))
    for facet, numbers in columns.facets.items():
        file.add(f"facet.{facet}", numbers)
    for facet, values in columns.values.items():
        write_words(file, f"values.{facet}", values)


def read_columns(file: ArrayFile) -> Columns:
    """Return the columns of a segment; its arrays stay in the file."""
    return Columns(
        ids=file["ids"],
        published=file["published"],
        added=file["added"],
        copy_of=file["copy_of"],
        lengths=file["lengths"],
        facets={facet: file[f"facet.{facet}"] for facet in SINGLE},
        authors=file["authors"],
        author_ends=file["author_ends"],
        values={facet: Words.of(file, f"values.{facet}").all() for facet in FacetName},
    )


def joined(parts: Sequence[tuple[Columns, Array]]) -> Columns:
    """Return the columns of several segments as one, of the documents each one's mask keeps."""
    values = {facet: sorted(set().union(*(part.values[facet] for part, _ in parts))) for facet in FacetName}
    remaps = [{facet: _remap(part.values[facet], values[facet]) for facet in FacetName} for part, _ in parts]
    kept = [_kept_authors(part, mask) for part, mask in parts]
    authors = [remap[FacetName.AUTHOR][numbers] for remap, (numbers, _) in zip(remaps, kept, strict=True)]
    return Columns(
        ids=_chained(part.ids[mask] for part, mask in parts),
        published=_chained(part.published[mask] for part, mask in parts),
        added=_chained(part.added[mask] for part, mask in parts),
        copy_of=_chained(part.copy_of[mask] for part, mask in parts),
        lengths=_chained(part.lengths.reshape(len(part), -1)[mask].ravel() for part, mask in parts),
        facets={
            facet: _chained(
                remap[facet][part.facets[facet][mask]] for remap, (part, mask) in zip(remaps, parts, strict=True)
            )
            for facet in SINGLE
        },
        authors=_chained(authors),
        author_ends=np.cumsum(np.concatenate([[0], *(counts for _, counts in kept)])).astype(np.int64),
        values=values,
    )


def _kept_authors(part: Columns, mask: Array) -> tuple[Array, Array]:
    """The author numbers of the documents kept, and how many each one has."""
    counts = np.diff(part.author_ends)
    return part.authors[np.repeat(mask, counts)], counts[mask]


def _remap(values: Sequence[str], merged: Sequence[str]) -> Array:
    """Old number -> new number; ABSENT, as the last, stays."""
    place = {value: number for number, value in enumerate(merged)}
    return np.array([*map(place.__getitem__, values), ABSENT], np.int32)


def _chained(arrays: Iterable[Array]) -> Array:
    return np.concatenate(list(arrays))


def _numbered(given: Sequence[str | None]) -> tuple[Array, list[str]]:
    """Each one's number in the sorted list of them, and that list."""
    values = sorted({one for one in given if one is not None})
    place: dict[str | None, int] = {value: number for number, value in enumerate(values)}
    place[None] = ABSENT
    return np.array([place[one] for one in given], np.int32), values


_VALUE: dict[FacetName, Callable[[Document], str | None]] = {
    FacetName.SITE: lambda one: one.site,
    FacetName.LANGUAGE: lambda one: one.language,
    FacetName.SECTION: lambda one: one.section,
}
