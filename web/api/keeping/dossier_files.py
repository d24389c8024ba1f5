"""A dossier of the API as a file: for reference managers, to print or send, or all of it as one bundle."""

from werkzeug.wrappers import Response as Reply

from web.api.operations import Call, operation
from web.api.parameters import TAG
from web.desk.dossier_exports import ENDINGS, export_of
from web.desk.dossier_reading import dossier_to_read, tag_of
from web.layout.changes import only_for_readers


@operation(
    "GET", "/dossiers/{mark}/exports/{ending}", "Dossiers", takes=(TAG,), refuses=(404, 410),
    media=sorted(set(ENDINGS.values())),
)  # fmt: skip
def dossier_export(call: Call) -> Reply:
    """Give a dossier as a file, with notes, tags and passages: `zip` is the bundle to hand over, `html` has texts."""
    only_for_readers()
    dossier = dossier_to_read(call.path["mark"])
    return export_of(dossier, call.path["ending"], tag_of(dossier))
