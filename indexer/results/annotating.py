"""A store -> the annotations that a person may see: its tags, and the dossiers of that person."""

from collections.abc import Callable

from corpus.store import ArticleStore
from indexer.contract.annotations import Annotations
from indexer.contract.facet_values import tag_typed
from indexer.contract.facets import FacetName


def annotations_of(store: ArticleStore, *, whose: str = "", sees: Callable[[str], bool] | None = None) -> Annotations:
    """Return the tags of a store and the dossiers that a person sees.

    Tags are of the archive: all who work in it see all of them. Of two dossiers with one name, the name stands for
    the one that was changed last.

    Args:
        whose: Names the person, as a part of the state.
        sees: The owner of a dossier -> whether it is seen; None: all are.
    """
    revision = store.dossiers.revision  # first: what is changed meanwhile has another state
    tags: dict[str, list[int]] = {}
    for tag, articles in store.dossiers.tagged().items():
        tags.setdefault(tag_typed(tag), []).extend(articles)
    seen = [each for each in store.dossiers.all() if sees is None or sees(each.who)]
    held = store.dossiers.collected()
    return Annotations(
        state=f"{store.history(0)} {revision} {whose}",
        articles={
            FacetName.TAG: {tag: articles for tag, articles in tags.items() if tag},
            FacetName.DOSSIER: {each.mark: held[each.id] for each in seen if each.id in held},
        },
        keys={FacetName.DOSSIER: {tag_typed(each.name): each.mark for each in reversed(seen)}},
        labels={(FacetName.DOSSIER, each.mark): each.name for each in seen},
    )
