"""A saved search -> what it finds now: how much is new, and how much entered in each of the last twelve weeks."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

from corpus.errors import message_of
from corpus.spreadsheets import guarded
from corpus.store.desk.saved import SavedSearch
from corpus.texts import text, texts
from indexer.query.describe import describe
from indexer.results.receipts import found_ids
from web.desk import actions
from web.desk.saved_links import feed_path
from web.layout.charts import spark
from web.layout.render import iso, minute, near, typographic
from web.layout.services import current_services
from web.search.request import SearchRequest, ask

WEEKS = 12
BARS = 84  # pixels that the weeks take: seven for each
SINCE = {
    "": text("you last looked"),
    "yesterday": text("yesterday"),
    "7d": text("7 days ago"),
    "30d": text("30 days ago"),
}
# Of the table. Not the feed: anyone who has its address reads it, and tables are passed on.
COLUMNS = ("id", "name", "query", "made", "looked_at", "paused", "ways", "often", "new", "total", "problem")


def request_of(search: str) -> SearchRequest:
    """Return the search of parameters as an address has them."""
    return ask(parse_qsl(search.removeprefix("?"), keep_blank_values=True))


def moment_of(since: str, now: datetime) -> datetime | None:
    """Return the moment that a choice of SINCE means on the clock of `now`; None: when one last looked."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    match since:
        case "yesterday":
            return midnight - timedelta(days=1)
        case "7d":
            return now - timedelta(days=7)
        case "30d":
            return now - timedelta(days=30)
    return None


def weeks(now: datetime) -> list[date]:
    """Return the first day of each of the last twelve weeks, the oldest first; today ends the last one."""
    return [now.date() - timedelta(days=7 * before - 1) for before in range(WEEKS, 0, -1)]


def entered() -> Mapping[int, datetime]:
    """Return when each article of the last twelve weeks was first seen; looked up once for a state of the index."""
    services = current_services()
    now = services.now().astimezone(services.zone)
    key = "entered", services.engine.position, now.date()
    found: Mapping[int, datetime] | None = services.remembered(key)
    if found is None:
        first = datetime.combine(weeks(now)[0], datetime.min.time(), services.zone)
        found = services.store.saved.entered_since(first)
        services.remember(key, found)
    return found


class CountedSearch:
    """A saved search with what it finds now."""

    def __init__(self, search: SavedSearch) -> None:
        self.search = search
        self._request = request_of(search.address)
        self.problem: str | None = None
        self.ids: list[int] = []
        services = current_services()
        try:
            self.ids = found_ids(self._request.query, services.engine, services.store)
        except ValueError as error:
            self.problem = message_of(error)
        self.new = [id for id in self.ids if id > search.looked]

    @property
    def newest(self) -> int:
        """The id of the found article that entered last; 0 when nothing was found."""
        return max(self.ids, default=0)

    def since(self, moment: datetime | None) -> list[int]:
        """Return the articles that entered at a moment or later; None: since one last looked."""
        if moment is None:
            return self.new
        times = entered()
        return [id for id in self.ids if id in times and times[id] >= moment]

    def by_week(self) -> list[int] | None:
        """Return how many articles entered in each of the last twelve weeks; None: it cannot be counted."""
        if self.problem:
            return None
        services = current_services()
        begins = weeks(services.now().astimezone(services.zone))
        counts, times = [0] * WEEKS, entered()
        for id in self.ids:
            if id in times:
                days = (times[id].astimezone(services.zone).date() - begins[0]).days
                if 0 <= days < 7 * WEEKS:  # a clock that was ahead is no week of its own
                    counts[days // 7] += 1
        return counts

    def row(self) -> dict[str, Any]:
        """Return what the list of saved searches shows of this one."""
        services = current_services()
        state = self._request.state
        newest = services.store.article(self.newest) if self.ids else None
        counts = self.by_week() or []
        return {
            "id": self.search.id,
            "name": self.search.name,
            "reading": typographic(describe(self._request.query, services.labels(self._request.query))),
            "url": state.url(),
            "sample": state.url("/samples") + "#draw",
            "feed": feed_path(self.search, services.form_secret),
            "ways": self.search.ways,
            "often": self.search.often.value,
            "often_said": actions.OFTEN[self.search.often],
            "new": len(self.new),
            "all": len(self.ids),
            "newest": near(newest.first_seen, services.now(), services.zone) if newest else "",
            "weeks": spark(counts, width=BARS) if any(counts) else "",
            "in_weeks": texts("{n:,} article in 12 weeks", "{n:,} articles in 12 weeks", sum(counts)),
            "paused": self._paused(),
            "problem": self.problem,
        }

    def _paused(self) -> str | None:
        if self.search.paused is None:
            return None
        when = minute(self.search.paused, current_services().zone)
        if self.search.paused_by == actions.BY_HAND:
            return text("paused by hand, {when}", when=when)
        return text("paused {why}, {when}", why=self.search.paused_by or "", when=when)

    def as_json(self) -> dict[str, Any]:
        """Return its data; times in ISO 8601."""
        search, zone = self.search, current_services().zone
        return {
            "id": search.id,
            "name": search.name,
            "query": self._request.state.url(),
            "made": iso(search.made, zone),
            "looked_at": iso(search.looked_at, zone),
            "paused": iso(search.paused, zone) if search.paused else None,
            "ways": list(search.ways),
            "often": search.often.value,
            "feed": feed_path(search, current_services().form_secret),
            "new": None if self.problem else len(self.new),
            "total": None if self.problem else len(self.ids),
            "problem": self.problem,
        }


def entered_in(searches: Iterable[CountedSearch], moment: datetime | None) -> dict[int, list[SavedSearch]]:
    """Return each article that entered at a moment or later, with the searches that find it; None: since each look."""
    found: dict[int, list[SavedSearch]] = {}
    for each in searches:
        for id in each.since(moment):
            found.setdefault(id, []).append(each.search)
    return found


def table(searches: Iterable[CountedSearch], begins: Iterable[date]) -> list[list[Any]]:
    """Return the searches as rows of CSV, a heading first; a week's column is named by its first day."""
    rows: list[list[Any]] = [[*COLUMNS, *(f"entered {day}" for day in begins)]]
    for each in searches:
        facts = {**each.as_json(), "ways": " ".join(each.search.ways)}
        cells = [guarded(value) if isinstance(value, str) else value for value in map(facts.get, COLUMNS)]
        counts: Sequence[int | None] = each.by_week() or [None] * WEEKS
        rows.append([*cells, *counts])
    return rows
