"""Bundles of the API: the files of a dossier that were handed over, stored as they were."""

from dataclasses import dataclass

from werkzeug.wrappers import Response as Reply

from web.api.operations import WRITES, Call, operation
from web.desk.dossier_reading import dossier_of
from web.desk.history.bundles import bundle_of, bundle_records, file_of, record_of
from web.desk.history.making import delete, make
from web.layout.changes import note_change, only_for_readers
from web.layout.who import Right


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A bundle.

    Attributes:
        tag: Which its articles have; null: any or none.
        articles: How many are in it.
        left_out: How many of the dossier were not; its `manifest.json` says why.
        bytes: Of the file.
        sha256: Of the file.
        withdrawn: Of how many of its articles the text was taken away since: the file is not given then.
        file: Where the pages give it; null: it is not given any more.
    """

    mark: str
    made: str
    who: str
    tag: str | None
    articles: int
    left_out: int
    bytes: int
    sha256: str
    withdrawn: int
    file: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundles:
    """The bundles of a dossier, the last one first; at most 100."""

    items: list[Bundle]


@operation("GET", "/dossiers/{mark}/bundles", "Dossiers", gives=Bundles, refuses=(404, 410))
def bundles(call: Call) -> Bundles:
    """List the bundles of a dossier; for its owner alone."""
    only_for_readers()
    return Bundles(items=[Bundle(**each) for each in bundle_records(dossier_of(call.path["mark"]))])


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBundle:
    """A bundle to make.

    Attributes:
        tag: Only articles with this tag; `none`: those without any; empty: all.
    """

    tag: str = ""


@operation("POST", "/dossiers/{mark}/bundles", "Dossiers", body=NewBundle, gives=Bundle, status=201, right=Right.KEEP,
           refuses=(404, 409, 410, 413, 415, 503))  # fmt: skip
def make_bundle(call: Call) -> Bundle:
    """Write a bundle of a dossier now, or of its articles with a tag, and store it: at most 100 MB."""
    dossier = dossier_of(call.path["mark"])
    made, action = make(dossier, call.body.tag)
    note_change(*action)
    return Bundle(**record_of(dossier, made))


@operation("GET", "/dossiers/{mark}/bundles/{bundle}/file", "Dossiers", media=("application/zip",), refuses=(404, 410))
def bundle_file(call: Call) -> Reply:
    """Give the file of a bundle: the bytes that were handed over."""
    only_for_readers()
    return file_of(bundle_of(dossier_of(call.path["mark"]), call.path["bundle"]))


@operation("DELETE", "/dossiers/{mark}/bundles/{bundle}", "Dossiers", status=204, **{**WRITES, "refuses": (404, 410)})
def delete_bundle(call: Call) -> None:
    """Delete a bundle; the pages can undo it for 30 days, while there is room for its file."""
    dossier = dossier_of(call.path["mark"])
    note_change(*delete(dossier, bundle_of(dossier, call.path["bundle"])))
