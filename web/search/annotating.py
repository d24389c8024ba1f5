"""A request, or the owner of a saved search -> the tags and dossiers that may be seen, filtered and counted by."""

from collections.abc import Sequence
from dataclasses import replace

from corpus.characters import shortened
from corpus.config import Config
from corpus.store import ArticleStore
from corpus.store.accounts.users import Role
from corpus.store.desk.additions import Additions
from corpus.texts import Text, joined, text, texts
from indexer.contract.annotations import NO_ANNOTATIONS, Annotations
from indexer.contract.facets import FacetName
from indexer.results.annotating import annotations_of
from web.layout.render import one_line
from web.layout.services import current_services, of_request
from web.layout.who import is_mine, reads_in_full, who_asks

MOST_NAMES = 5  # of dossiers, and of tags, in the line of one hit; a page has up to 100 hits
LONGEST_NAME = 60  # characters of a dossier's name there; a tag is never longer


def seen_annotations() -> Annotations:
    """Return the annotations that who asks may see; looked up once a request.

    A stranger of a public archive sees none, and where the articles of other machines are shown there are none:
    tags and dossiers are kept where the articles' store is.
    """
    values = of_request()
    found: Annotations | None = values.get("annotations")
    if found is None:
        found = values.annotations = _seen()
    return found


def added_lines(articles: Sequence[int]) -> dict[int, Text]:
    """Return article -> what readers added to it, in a line, of the articles where who asks sees an addition."""
    names = _names_of_dossiers()
    return {id: line for id, each in seen_additions(articles).items() if (line := _line(each, names))}


def seen_additions(articles: Sequence[int]) -> dict[int, Additions]:
    """Return article -> its tags and the dossiers that hold it, as far as the person who asks may see them.

    Nothing is looked up for who sees neither a tag nor a dossier with articles.
    """
    if not articles or not seen_annotations().facets:
        return {}
    names = _names_of_dossiers()
    found = current_services().store.dossiers.additions(articles)
    return {
        id: replace(each, dossiers=tuple(held for held in each.dossiers if held[0] in names))
        for id, each in found.items()
    }


def _names_of_dossiers() -> dict[str, str]:
    """Return mark -> name of the dossiers that who asks may search in."""
    return {mark: name for (facet, mark), name in seen_annotations().labels.items() if facet is FacetName.DOSSIER}


def _line(added: Additions, names: dict[str, str]) -> Text:
    """Say what was added: "In The sea wall · tags money, to check · 1 note"; empty for nothing."""
    held = [(names[mark], noted) for mark, noted in added.dossiers]
    notes = sum(noted for _, noted in held)
    parts = []
    if held:
        parts.append(text("In {dossiers}", dossiers=_named([name for name, _ in held])))
    if added.tags:
        parts.append(texts("tag {tags}", "tags {tags}", len(added.tags), tags=_named(added.tags)))
    if notes:
        parts.append(texts("{n:,} note", "{n:,} notes", notes))
    return joined(" · ", parts)


def _named(names: Sequence[str]) -> Text:
    """Return names in a row, how many more there are after the first few."""
    shown = joined(", ", [shortened(one_line(name), LONGEST_NAME) for name in names[:MOST_NAMES]])
    left = len(names) - MOST_NAMES
    return shown if left <= 0 else text("{some} and {n:,} more", some=shown, n=left)


def annotations_for(owner: str) -> Annotations:
    """Return the annotations of the person who saved a search; others may read what it finds."""
    services = current_services()
    if services.federation is not None:
        return NO_ANNOTATIONS
    key = "annotations of owner", services.desk_revision(), owner
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
    key = "annotations", services.desk_revision(), whose
    made: Annotations | None = services.remembered(key)
    if made is None:
        made = annotations_of(services.store, whose=whose, sees=None if everyone else is_mine)
        services.remember(key, made)
    return made
