"""What a crawl has done so far, by source: for the run's receipt."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from corpus import urls
from corpus.model import Article, FrontierEntry, Outcome
from corpus.reasons import IN_PLACE_OF_STORY, Reason, most_first, was_request, word_of
from corpus.runs.receipts import SourceReceipt
from corpus.store.values import Due
from crawler.visiting.reclassifying import BY_LINK

_NOTHING = frozenset({Outcome.REFUSED, Outcome.FAILED})
_HAD = frozenset({Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED})
_READ = _HAD | {Outcome.READ}


@dataclass(slots=True)
class _Figures:
    """What was counted of one source; see `SourceReceipt`."""

    reasons: defaultdict[Outcome, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    bytes: int = 0
    requests: int = 0
    fetching: timedelta = timedelta()
    waiting: timedelta = timedelta()
    stories: int = 0
    no_author: int = 0
    no_date: int = 0
    no_day: int = 0
    no_headline: int = 0
    empty: int = 0
    lists: int = 0
    lists_lost_for: Counter[str] = field(default_factory=Counter)
    unfollowed: int = 0
    moved_to: str | None = None
    read_again: int = 0
    cleaned: int = 0
    unread: int = 0


@dataclass(slots=True)
class Tally:
    """Counts visits as they are recorded.

    Attributes:
        last: Source -> address of a story -> why its last visit of this run lost it, None when it was read. A story
            that was lost in an earlier run and is lost again is not among them: it says nothing of today.
        first: Source -> those of these addresses that no run had visited before: they are news.
        barred: Source -> addresses that only a link names and robots.txt refuses, as it does the log-in page of a menu.
            Whether they are stories is not known: they are lost stories where the source gave no other story alone.
        limits: Which limits of this machine visits met -> how many.
    """

    bytes: int = 0
    figures: defaultdict[str, _Figures] = field(default_factory=lambda: defaultdict(_Figures))
    last: defaultdict[str, dict[str, str | None]] = field(default_factory=lambda: defaultdict(dict))
    first: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    barred: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    worker_restarts: int = 0
    limits: Counter[str] = field(default_factory=Counter)

    def count(
        self, source: str, outcome: Outcome, size: int, *, reason: str | None = None, took: timedelta = timedelta()
    ) -> None:
        """Count one visit; the reason counts only where the visit brought nothing."""
        word = word_of(reason) if reason and outcome not in _READ else ""
        if reason and word == Reason.LIMITS:
            self.limits[reason.removeprefix(f"{word}: ")] += 1
        figures = self.figures[source]
        figures.reasons[outcome][word] += 1
        figures.bytes += size
        figures.fetching += took
        figures.requests += bool(size) or was_request(reason)
        self.bytes += size

    def count_restarts(self, processes: int) -> None:
        """Count processes that pages cost."""
        self.worker_restarts += processes

    def count_list(self, source: str, outcome: Outcome, reason: str | None) -> None:
        """Count one visit to a feed, sitemap, front or section page; one that met a limit of this machine is none."""
        if word_of(reason or "") == Reason.LIMITS:
            return
        figures = self.figures[source]
        figures.lists += 1
        if outcome in _NOTHING:
            figures.lists_lost_for[word_of(reason or outcome)] += 1
        elif reason and reason.split(", ")[0] == Reason.NOFOLLOW:
            figures.unfollowed += 1

    def count_front(self, source: str, address: str, answered: str) -> None:
        """Note where a front page answered that config has at `address`."""
        self.figures[source].moved_to = "" if urls.same_site(address, answered) else urls.host(answered)

    def count_wait(self, source: str, seconds: float) -> None:
        """Count time that a request waited for its turn."""
        self.figures[source].waiting += timedelta(seconds=seconds)

    def count_read(self, source: str, article: Article) -> None:
        """Count one article that was read for the first time, and what it lacks."""
        figures = self.figures[source]
        figures.stories += 1
        figures.no_author += not article.authors
        figures.no_date += article.published is None
        figures.no_headline += not article.headline
        figures.no_day += article.published is None or not article.published.precision.has_day

    def count_empty(self, source: str) -> None:
        """Count one page that was read for the first time, and on which no text was found."""
        self.figures[source].empty += 1

    def count_read_again(self, source: str, read: int, *, cleaned: int, unread: int) -> None:
        """Count stored articles read again for boilerplate that was learned, and those left to the next crawl."""
        figures = self.figures[source]
        figures.read_again, figures.cleaned, figures.unread = read, cleaned, unread

    def receipt_of(
        self,
        source: str,
        state: str,
        *,
        started: datetime,
        ended: datetime,
        left: int,
        rest: Due | None = None,
    ) -> SourceReceipt:
        """Return the receipt of a source; `rest`: what of it is due, and rests."""
        figures, last = self.figures[source], self.last.get(source, {})
        had, lost = _had_and_lost(last.values())
        first_had, first_lost = _had_and_lost(last[url] for url in self.first.get(source, ()))
        if not had and source in self.barred:
            lost[Reason.ROBOTS] += len(self.barred[source])
        return SourceReceipt(
            source=source,
            state=state,
            started=started,
            ended=ended,
            counts={outcome.value: most_first(reasons) for outcome, reasons in sorted(figures.reasons.items())},
            bytes=figures.bytes,
            requests=figures.requests,
            fetching=figures.fetching,
            waiting=figures.waiting,
            left=left,
            rests_until=rest.rests_until if rest else None,
            left_at_rest=rest.at_rest if rest else 0,
            stories=figures.stories,
            no_author=figures.no_author,
            no_date=figures.no_date,
            no_day=figures.no_day,
            no_headline=figures.no_headline,
            empty=figures.empty,
            had=had,
            lost=lost.total(),
            lost_for=most_first(lost),
            first_had=first_had,
            first_lost_for=most_first(first_lost),
            lists=figures.lists,
            lists_lost=figures.lists_lost_for.total(),
            unfollowed=figures.unfollowed,
            lists_lost_for=most_first(figures.lists_lost_for),
            moved_to=figures.moved_to,
            read_again=figures.read_again,
            cleaned=figures.cleaned,
            unread=figures.unread,
        )

    def count_story(self, entry: FrontierEntry, outcome: Outcome, reason: str | None) -> None:
        """Count one visit to what should be a story: it was read, or lost for a reason; a list of stories is neither.

        Nor is one that met a limit of this machine. `entry` is as it was before the visit.
        """
        source, word = entry.source, word_of(reason or outcome)
        if word == Reason.LIMITS:
            return
        if word == Reason.ROBOTS and outcome is Outcome.REFUSED and entry.via in BY_LINK and entry.changed is None:
            if not entry.attempts:
                self.barred[source].add(entry.url)
            return
        last = self.last[source]
        if outcome in _HAD:
            last[entry.url] = None
        elif outcome not in _NOTHING and (outcome is not Outcome.NOT_ARTICLE or word not in IN_PLACE_OF_STORY):
            return  # it is no story
        elif not entry.attempts or entry.url in last:
            last[entry.url] = word
        is_first = entry.outcome is None or word_of(entry.reason or "") == Reason.LIMITS
        if is_first and entry.url in last:
            self.first[source].add(entry.url)

    def visits(self, source: str) -> int:
        """How many visits a source had."""
        return self.outcomes_of(source).total()

    def receipt(self) -> dict[str, dict[str, int]]:
        """Source -> outcome -> number, as a Run keeps it."""
        return {
            source: {each.value: n for each, n in sorted(self.outcomes_of(source).items())}
            for source, figures in self.figures.items()
            if figures.reasons
        }

    def new_of(self, source: str) -> int:
        """How many visits to a source found a new article."""
        return self.outcomes_of(source)[Outcome.NEW]

    def outcomes_of(self, source: str) -> Counter[Outcome]:
        """How many visits of a source had which outcome."""
        reasons = self.figures[source].reasons if source in self.figures else {}
        return Counter({outcome: words.total() for outcome, words in reasons.items()})


def _had_and_lost(words: Iterable[str | None]) -> tuple[int, Counter[str]]:
    """Return how many stories were read, and why the others were lost."""
    found = Counter(words)
    return found[None], Counter({word: count for word, count in found.items() if word is not None})
