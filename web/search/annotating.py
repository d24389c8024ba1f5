"""A request -> the tags and dossiers that who asks may filter and count by."""

from flask import g

from corpus.store.accounts.users import Role
from indexer.contract.annotations import NO_ANNOTATIONS, Annotations
from indexer.results.annotating import annotations_of
from web.layout.services import current_services
from web.layout.who import is_mine, reads_in_full, who_asks


def seen_annotations() -> Annotations:
    """Return the annotations that who asks may see; looked up once a request.

    A stranger of a public archive sees none, and where the articles of other machines are shown there are none:
    tags and dossiers are kept where the articles' store is.
    """
    if "annotations" not in g:
        g.annotations = _seen()
    found: Annotations = g.annotations
    return found


def _seen() -> Annotations:
    services = current_services()
    if services.federation is not None or not reads_in_full():
        return NO_ANNOTATIONS
    person = who_asks()
    everyone = services.config.web.accounts == "none"
    whose = "" if everyone else f"{person.name.casefold()} {person.role is Role.ADMIN}"
    key = "annotations", services.store.dossiers.revision, whose
    made: Annotations | None = services.remembered(key)
    if made is None:
        made = annotations_of(services.store, whose=whose, sees=None if everyone else is_mine)
        services.remember(key, made)
    return made
