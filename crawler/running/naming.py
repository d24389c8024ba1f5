"""The sources of config.toml, beside the store -> those with another name now go on with what is stored."""

import logging
from collections.abc import Iterable

from corpus import urls
from corpus.config import Config, Source
from corpus.events import event
from corpus.model import FrontierEntry, UrlKind
from corpus.store import ArticleStore
from corpus.texts import first_of, joined, text
from corpus.via import Via

log = logging.getLogger(__name__)


def take_over(config: Config, store: ArticleStore, sources: Iterable[Source]) -> str | None:
    """Let each source have its own front page, and all else that is stored under a name it had before.

    The store knows an address once: without this, a source whose front page stands under another name would never be
    asked for anything. Return sentences on those that were renamed, and on front pages that changed hands alone, such
    as those of two sources that swap their names. What a run under way holds waits for the next one.
    """
    homes = {urls.key_of(source.url): source.name for source in sources}
    names = {source.name for source in config.sources}
    held = None
    renamed, taken = [], []
    for url, entry in store.frontier.entries(homes).items():
        name = homes[url]
        if entry.source == name:
            continue
        held = store.runs.held() if held is None else held
        if entry.source in held:
            continue
        if entry.source in names or not _is_home(entry):
            store.sources.take(url, name)
            event(log, "front page taken over", source=name, before=entry.source, url=url)
            taken.append(text("{name} from {before}", name=name, before=entry.source))
            continue
        articles = store.sources.rename(entry.source, name)
        event(log, "source renamed", source=name, before=entry.source, articles=articles)
        renamed.append(text("{name} was {before}", name=name, before=entry.source))
    new_name = text(
        "renamed in config.toml: {sources}; a search by the former name finds nothing more,"
        " and an article counts as changed once",
        sources=first_of(renamed),
    )
    new_place = text("front pages taken over: {sources}; all else that was stored stays there", sources=first_of(taken))
    return joined("; ", [said for said, of in ((new_name, renamed), (new_place, taken)) if of]) or None


def _is_home(entry: FrontierEntry) -> bool:
    return entry.kind is UrlKind.HOME and entry.via == Via.CONFIG
