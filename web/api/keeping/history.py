"""The history of a dossier in the API: what was changed, by whom, and when."""

from dataclasses import dataclass

from web.api.keeping.bundles import Bundle
from web.api.operations import Call, operation
from web.desk.dossier_reading import dossier_of
from web.desk.history.history_page import as_json
from web.layout.changes import only_for_readers


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierChange:
    """A change of a dossier.

    Attributes:
        kind: `kept`, `taken out`, `note written`, `dossier begun`, `dossier described`, `dossier shared` ...
        said: What was done, in words.
        articles: The ids of the articles that it touched.
        search: The page of the search that they came from; null: from none, or that was undone.
        undone: When it was undone; null: it was not.
    """

    at: str
    who: str
    kind: str
    said: str
    articles: list[str]
    search: str | None
    undone: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierHistory:
    """The changes of a dossier, the last one first.

    Attributes:
        complete: False: there are more than these 1,000.
        bundles: The files of it that were stored as they were handed over, the last one first.
    """

    mark: str
    complete: bool
    bundles: list[Bundle]
    items: list[DossierChange]


@operation("GET", "/dossiers/{mark}/history", "Dossiers", gives=DossierHistory, refuses=(404, 410))
def dossier_history(call: Call) -> DossierHistory:
    """Say who put in, noted, took out, renamed or shared what, and when; for the owner of a dossier alone."""
    only_for_readers()
    record = as_json(dossier_of(call.path["mark"]))
    return DossierHistory(
        mark=record["mark"],
        complete=record["complete"],
        bundles=[Bundle(**each) for each in record["bundles"]],
        items=[DossierChange(**each) for each in record["items"]],
    )
