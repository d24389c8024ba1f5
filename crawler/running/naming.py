"""The sources of config.toml, beside the store -> those with another name now go on with what is stored."""

import logging
from collections.abc import Iterable

from corpus import urls
from corpus.config import Config, Source
from corpus.events import event
from corpus.model import FrontierEntry, UrlKind
from corpus.store import ArticleStore
from corpus.texts import first_of, text

log = logging.getLogger(__name__)


def take_over(config: Config, store: ArticleStore, sources: Iterable[Source]) -> str | None:
    """Let each source have its own front page, and all else that is stored under a name it had before.

    The store knows an address once: without this, a source whose front page stands under another name would never be
    asked for anything. Return a sentence on those that were renamed. What a run under way holds waits for the next one.
    """
    homes = {urls.key_of(source.url): source.name for source in sources}
    names = {source.name for source in config.sources}
    held = None
    renamed = []
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
            continue
        articles = store.sources.rename(entry.source, name)
        event(log, "source renamed", source=name, before=entry.source, articles=articles)
        renamed.append(text("{name} was {before}", name=name, before=entry.source))
    return text("named anew in config.toml: {sources}", sources=first_of(renamed)) if renamed else None


def _is_home(entry: FrontierEntry) -> bool:
    return entry.kind is UrlKind.HOME and entry.via == "config"
