"""Config and store -> what threatens the next crawls, in sentences: no scheduler, and a disk that is nearly full."""

from datetime import datetime

from corpus.config import Config
from corpus.runs.absence import unmade
from corpus.runs.disk import room
from corpus.store import ArticleStore


def absent_scheduler(config: Config, store: ArticleStore, now: datetime) -> str | None:
    """Say that no scheduler was alive when the schedule wanted a crawl; None when none is missing.

    A store that never had a scheduler waits for none: its user crawls by hand, or by another program's clock.
    """
    alive = store.schedule.alive()
    if alive is None or not config.crawler.contact:
        return None
    at_rest = store.schedule.paused() | store.runs.held()
    cadences = {each.schedule or config.schedule.crawl for each in config.sources if each.name not in at_rest}
    last = max((run.started for run in store.runs.latest(1)), default=None)
    wanted = unmade(cadences, alive=alive, last_run=last, now=now, zone=config.zone)
    if wanted is None:
        return None
    there, since = wanted.astimezone(config.zone), alive.astimezone(config.zone)
    return f"no scheduler since {since:%d %b %Y %H:%M}, and the crawl of {there:%d %b %Y %H:%M} was not made"


def little_room(config: Config) -> str | None:
    """Say that the disk of the data is nearly full; None when it is not."""
    try:
        shortage = room(config.data).shortage
    except OSError as error:
        return f"{config.data}: the disk does not answer ({error.strerror}): see `pressmark doctor`"
    return f"the disk is nearly full: {shortage}: make room, or move `data` to another disk" if shortage else None
