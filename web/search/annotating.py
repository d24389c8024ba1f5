"""A request, or the owner of a saved search -> the tags and dossiers that may be filtered and counted by."""

from flask import g

from corpus.config import Config
from corpus.store import ArticleStore
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


def annotations_for(owner: str) -> Annotations:
    """Return the annotations by which a search that somebody saved is narrowed, whoever reads what it finds."""
    services = current_services()
    if services.federation is not None:
        return NO_ANNOTATIONS
    key = "annotations of owner", services.store.dossiers.revision, owner
    made: Annotations | None = services.remembered(key)
    if made is None:
        made = annotations_of_owner(services.config, services.store, owner)
        services.remember(key, made)
    return made


def annotations_of_owner(config: Config, store: ArticleStore, owner: str) -> Annotations:
    """Return the annotations that the owner of a search sees."""
    if config.web.accounts == "none":
        return annotations_of(store)
    owner = owner.casefold()
    return annotations_of(store, whose=owner, sees=lambda who: who.casefold() == owner)


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
