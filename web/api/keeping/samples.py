"""Samples of the API: articles drawn at random for coding, with how they were drawn, and their file."""

from dataclasses import dataclass, replace

from werkzeug.wrappers import Response as Reply

from corpus.store.desk.samples import Sample as StoredSample
from indexer.results.drawing import STRATA
from web.api.keeping.desk import search_of
from web.api.operations import WRITES, Call, operation
from web.api.problems import Fault, wrong
from web.desk.dossier_reading import dossier_to_read
from web.layout.changes import note_change, only_for_readers
from web.layout.problems import NotAllowed
from web.layout.services import current_services
from web.layout.who import Right
from web.sampling.drawing import HIGHEST_SEED, MOST, columns_of, delete, draw
from web.sampling.sample_page import strata_of
from web.sampling.samples_page import file, mine, record_of, sample_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratum:
    """A month or source that a sample was drawn evenly over.

    Attributes:
        stratum: The month or source, as its articles say it now.
        articles: How many of the sample's articles are of it; none whose text was taken away since is counted.
    """

    stratum: str
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A sample, and how it was drawn.

    Attributes:
        dossier: The mark of the dossier it was drawn from; null: from a search.
        search: The page of that search; null: from a dossier.
        evenly: Over what: `source`, `month`; empty: from all alike.
        wanted: How many articles were to be drawn.
        columns: Those to fill in.
        position: The state of the index.
        candidates: How many articles it was drawn from.
        articles: How many were drawn.
        withdrawn: Of how many of them the text was taken away since: their lines have place and mark alone.
        checksum: SHA-256 of the file as it was made.
        file: Where the file is.
        strata: Of `evenly`; empty: it was drawn from all alike; null: in a list of samples.
        ids: Its articles in their order; null: in a list of samples.
    """

    mark: str
    made: str
    who: str
    dossier: str | None
    search: str | None
    seed: int
    evenly: str
    wanted: int
    columns: list[str]
    position: int
    candidates: int
    articles: int
    withdrawn: int
    checksum: str
    file: str
    strata: list[Stratum] | None = None
    ids: list[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Samples:
    """The samples of who asks, the last one first."""

    items: list[Sample]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSample:
    """A sample to draw, from a dossier or from a search.

    Attributes:
        count: How many articles, at most 10,000.
        dossier: The mark of a dossier; null: from `search`.
        search: The parameters of a search, as an address has them.
        seed: The same one draws the same from the same articles; null: one of chance, which the sample names.
        evenly: `source` or `month`; empty: from all alike.
        columns: Names of columns to fill in, at most 30.
    """

    count: int
    dossier: str | None = None
    search: str | None = None
    seed: int | None = None
    evenly: str = ""
    columns: list[str] | None = None


@operation("GET", "/samples", "Dossiers", gives=Samples)
def samples(_call: Call) -> Samples:
    """List the samples of who asks."""
    only_for_readers()
    return Samples(items=[_sample(each) for each in mine()])


@operation("POST", "/samples", "Dossiers", body=NewSample, gives=Sample, status=201, right=Right.KEEP,
           refuses=(404, 410, 413, 415))  # fmt: skip
def draw_sample(call: Call) -> Sample:
    """Draw articles at random from a dossier or a search, and store them with how they were drawn."""
    body: NewSample = call.body
    if (body.dossier is None) == (body.search is None):
        raise wrong([Fault("body: dossier", str(body.dossier), "either a dossier or a search")])
    faults = [] if body.evenly in STRATA else [
        Fault("body: evenly", body.evenly[:40], f"one of {', '.join(filter(None, STRATA))}, or nothing")
    ]  # fmt: skip
    for name, value, least, most in (("count", body.count, 1, MOST), ("seed", body.seed or 0, 0, HIGHEST_SEED)):
        if not least <= value <= most:
            faults.append(Fault(f"body: {name}", str(value)[:40], f"a number from {least} to {most:,}"))
    if faults:
        raise wrong(faults)
    try:
        columns = columns_of(body.columns or ())
    except NotAllowed as error:
        raise wrong(
            [Fault("body: columns", f"{len(body.columns or ()):,} names", str(error), is_sentence=True)]
        ) from None
    source = dossier_to_read(body.dossier) if body.dossier is not None else search_of(body.search or "")
    made, action = draw(source, body.count, body.seed, evenly=body.evenly, columns=columns)
    note_change(*action)
    return _in_full(made)


@operation("GET", "/samples/{mark}", "Dossiers", gives=Sample, refuses=(404, 410))
def sample(call: Call) -> Sample:
    """Give a sample, how it was drawn, its strata and its articles."""
    only_for_readers()
    return _in_full(sample_of(call.path["mark"]))


@operation("GET", "/samples/{mark}/file", "Dossiers", media=("text/csv",), refuses=(404, 410))
def sample_file(call: Call) -> Reply:
    """Give the CSV of a sample: the same bytes each time, but for articles that were withdrawn since."""
    only_for_readers()
    return file(call.path["mark"])


@operation("DELETE", "/samples/{mark}", "Dossiers", status=204, **{**WRITES, "refuses": (404, 410)})
def delete_sample(call: Call) -> None:
    """Delete a sample; the pages can undo it for 30 days."""
    note_change(*delete(sample_of(call.path["mark"])))


def _in_full(each: StoredSample) -> Sample:
    rows = [*current_services().store.samples.rows(each.id)]
    strata = [Stratum(stratum=name, articles=count) for name, count in strata_of(each, rows)]
    return replace(_sample(each), strata=strata, ids=[row.mark for row in rows])


def _sample(each: StoredSample) -> Sample:
    return Sample(**record_of(each))
