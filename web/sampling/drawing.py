"""A dossier or a search, how many, a seed -> a sample that is stored, what was done in words, and what undoes it."""

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Sequence

from corpus.errors import message_of
from corpus.store.desk.dossiers import Dossier
from corpus.store.desk.samples import Recipe, Sample
from corpus.texts import joined, text, texts
from indexer.results.dossiers import COLUMNS, Collected, csv_lines
from indexer.results.drawing import STRATA, Candidate, drawn
from indexer.results.exporting import csv_line
from indexer.results.receipts import found_ids
from web.desk.dossier_reading import collected_of, each_collected, with_passages_of
from web.layout.changes import Action
from web.layout.problems import NotAllowed
from web.layout.services import current_services
from web.layout.who import who_asks
from web.search.request import SearchRequest

MOST = 10_000  # articles of one sample
HIGHEST_SEED = 999_999_999
MOST_COLUMNS = 30  # to be filled in
LONGEST_COLUMN = 60  # characters
_PAGE = 500  # articles read at once


def columns_of(typed: Iterable[str]) -> tuple[str, ...]:
    """Return the names of columns to fill in, each in one line and once.

    Raises:
        NotAllowed: There are too many, or one is too long.
    """
    names = tuple(dict.fromkeys(name for each in typed if (name := " ".join(each.split()))))
    if len(names) > MOST_COLUMNS or any(len(name) > LONGEST_COLUMN for name in names):
        raise NotAllowed(
            text(
                "At most {most} columns with names of at most {longest} characters.",
                most=MOST_COLUMNS,
                longest=LONGEST_COLUMN,
            )
        )
    return names


def draw(
    source: Dossier | SearchRequest, count: int, seed: int | None, *, evenly: str, columns: Sequence[str]
) -> tuple[Sample, Action]:
    """Draw a sample and store it with its file.

    Args:
        seed: None: one of chance, which the sample names.
        evenly: A key of STRATA.

    Raises:
        NotAllowed: There is nothing to draw from, or the search finds too much.
    """
    services = current_services()
    seed = secrets.randbelow(1_000_000) if seed is None else seed
    position = services.engine.position
    found = () if isinstance(source, Dossier) else _found(source)
    with services.store.one_state():  # what is drawn is still there when its lines are written
        candidates = list(_of_dossier(source, evenly) if isinstance(source, Dossier) else _of_search(found, evenly))
        if not candidates:
            raise NotAllowed(text("There is no article to draw from."))
        ids = drawn(candidates, count, seed)
        lines = list(csv_lines(_collected(source, ids), columns))
    recipe = Recipe(
        dossier=source.mark if isinstance(source, Dossier) else "",
        address="" if isinstance(source, Dossier) else source.state.but(page=1).url().partition("?")[2],
        seed=seed,
        evenly=evenly,
        wanted=count,
        columns=tuple(columns),
        position=position,
        candidates=len(candidates),
    )
    made = services.store.samples.add(
        recipe,
        who_asks().name,
        services.now(),
        head=lines[0],
        lines=list(zip(ids, lines[1:], strict=True)),
        checksum=hashlib.sha256(_bytes(lines)).hexdigest(),
    )
    words = texts("{n:,} article is drawn with the seed {seed}", "{n:,} articles are drawn with the seed {seed}",
                  len(ids), seed=str(seed))  # fmt: skip
    if len(ids) < count:
        words = joined("; ", (words, text("there are no more")))
    return made, (joined("", (words, ".")), {"kind": "sample drawn", "id": made.id})


def delete(sample: Sample) -> Action:
    """Delete a sample."""
    current_services().store.samples.delete(sample.id, current_services().now())
    return text("The sample {mark} is deleted.", mark=sample.mark), {"kind": "sample deleted", "id": sample.id}


def file_of(sample: Sample) -> bytes:
    """Return the file of a sample as it was made; of an article withdrawn since, only place and mark are left."""
    rows = current_services().store.samples.rows(sample.id)
    blank = ["" for _ in (*COLUMNS[2:], *sample.recipe.columns)]
    return _bytes([sample.head, *(each.line or csv_line([str(each.place), each.mark, *blank]) for each in rows)])


def _bytes(lines: Iterable[str]) -> bytes:
    return "".join(lines).encode("utf-8", "replace")


def _of_dossier(dossier: Dossier, evenly: str) -> Iterator[Candidate]:
    for each in each_collected(dossier, with_text=False, with_passages=False):
        if each.stored.withdrawn is None:
            yield Candidate(each.stored.mark, STRATA[evenly](each.stored), each.stored.id)


def _found(search: SearchRequest) -> Sequence[int]:
    services = current_services()
    try:
        return found_ids(search.query, services.engine, services.store)
    except ValueError as error:
        raise NotAllowed(text("Nothing was drawn: {error}.", error=message_of(error))) from None


def _of_search(ids: Sequence[int], evenly: str) -> Iterator[Candidate]:
    for first in range(0, len(ids), _PAGE):
        for stored in current_services().store.heads(ids[first : first + _PAGE]).values():
            if stored.withdrawn is None:
                yield Candidate(stored.mark, STRATA[evenly](stored), stored.id)


def _collected(source: Dossier | SearchRequest, ids: Sequence[int]) -> Iterator[Collected]:
    """Yield the articles that were drawn, in that order, those of a dossier with notes, tags and passages."""
    known: dict[int, Collected] = {}
    if isinstance(source, Dossier):
        wanted = set(ids)
        drawn_ones = [
            each for each in collected_of(source, with_text=False, with_passages=False) if each.stored.id in wanted
        ]
        known = {each.stored.id: each for each in with_passages_of(source, drawn_ones)}
    heads = current_services().store.heads
    for first in range(0, len(ids), _PAGE):
        part = ids[first : first + _PAGE]
        stored = heads(part) if not known else {}
        for place, id in enumerate(part, first + 1):
            each = known.get(id)
            if each is None:
                yield Collected(place, stored[id])
            else:
                yield Collected(place, each.stored, each.note, each.tags, each.passages)
