"""What one reader keeps, an editor neither reads nor changes by any form or operation, nor learns that it is there."""

from flask import Flask

from tests.web.accounts.conftest import SignIn, shared, sign_in
from tests.web.api.sending import send
from tests.web.conftest import token_of
from tests.web.corpus import COUNCIL
from web.layout.services import EXTENSION

__all__ = ["shared", "sign_in"]


def test_no_form_and_no_operation_reaches_what_another_keeps(shared: Flask, sign_in: SignIn):
    ours, theirs = sign_in("reader"), sign_in("editor")
    store, mine, foreign = shared.extensions[EXTENSION].store, token_of(ours), token_of(theirs)
    mark = store.by_url(COUNCIL.url).mark

    def keep(path: str, **fields: str) -> str:
        reply = ours.post(path, data={"token": mine, **fields})
        assert reply.status_code == 303, path
        return str(reply.location).partition("?")[0]

    dossier = keep("/keep", mark=mark, dossier="new", dossier_name="Secret", note="mine")
    keep("/passages", do="mark", mark=mark, quote="31 to 12", note="who?")
    keep("/saved", search="q=flood", name="Floods")
    sample = keep("/samples", search="q=flood", n="2", seed="1")
    keep(f"{dossier}/bundles", do="make")
    before = store.audit.latest()
    forms = [
        ("/keep", {"mark": mark, "dossier": dossier[3:], "note": "x"}),
        *((dossier, {"do": do, "mark": mark, "note": "x"}) for do in ("note", "out", "order", "describe", "delete")),
        (dossier, {"do": "share", "with": "link"}),
        (f"{dossier}/bundles", {"do": "make"}),
        ("/samples", {"dossier": dossier[3:], "n": "1", "seed": "1"}),
        (sample, {}),
        *(("/passages", {"do": do, "id": "1", "note": "x"}) for do in ("note", "delete")),
        *(("/saved/1", {"do": do, "name": "x"}) for do in ("rename", "pause", "change", "address", "delete", "look")),
    ]
    for path, fields in forms:
        refused = theirs.post(path, data={"token": foreign, **fields})
        assert (refused.status_code, "Secret" in refused.text) == (404, False), (path, fields)
    for change in before:
        assert theirs.post("/undo", data={"token": foreign, "change": str(change.id)}).status_code == 403
    for method, path, body in (
        ("PATCH", "/passages/1", {"note": "x"}),
        ("DELETE", "/passages/1", None),
        ("DELETE", "/saved-searches/1", None),
        ("PATCH", f"/dossiers/{dossier[3:]}", {"name": "x"}),
        ("PUT", f"/dossiers/{dossier[3:]}/articles/{mark}", {}),
        ("GET", f"/dossiers/{dossier[3:]}/history", None),
        ("DELETE", sample, None),
    ):
        assert send(theirs, method, path, body).status_code == 404, path
    assert store.audit.latest() == before
