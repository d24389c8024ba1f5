"""What the API answers about sources, crawls, authors and words over time: the classes of its JSON and document."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A site that is followed, or that articles were imported from.

    Attributes:
        title: The name of the paper, as citations give it.
        home: Its address; null: it is not followed.
        followed: It stands in the configuration.
        state: `ok`, `waiting`, `paused`, or the trouble it has, such as `blocked`.
        since: When the trouble began.
        why: What the trouble is, in words.
        articles: How many articles it has.
        new: Articles first seen in the last seven days.
        last_ok: Its last visit that did not fail.
        next: When it is crawled next; null: never by itself.
        visits: Of the last seven days.
        failed: Visits of the last seven days that were refused or failed.
        without_byline: The share of its articles, 0 to 1.
        without_date: The share of its articles, 0 to 1.
    """

    name: str
    title: str | None
    home: str | None
    followed: bool
    state: str
    since: str | None
    why: str | None
    articles: int
    new: int
    last_ok: str | None
    next: str | None
    visits: int
    failed: int
    without_byline: float
    without_date: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """All sources, those with most articles first."""

    items: list[Source]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A crawl.

    Attributes:
        run: Its number.
        ended: null: it runs, or it died.
        due: When the schedule wanted it; null: it was begun by hand.
        status: `running`, `ok`, `partial`, `stopped`, `failed` or `died`.
        visits: Outcome -> visits, of all its sources.
        bytes: Read from the sites.
    """

    run: int
    started: str
    ended: str | None
    due: str | None
    trigger: str
    status: str
    visits: dict[str, int]
    bytes: int
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """Crawls, the last one first.

    Attributes:
        next: The `cursor` of the earlier ones; null: there are none.
    """

    items: list[Run]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReceipt:
    """All that is known of a crawl.

    Attributes:
        worker_restarts: How many processes that read pages ended and were started again.
        sources: Of each source its visits, the addresses by state and reason, what was left out and why, and times.
    """

    run: int
    started: str
    ended: str | None
    due: str | None
    trigger: str
    status: str
    bytes: int
    worker_restarts: int
    note: str | None
    sources: list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A person who signs articles.

    Attributes:
        key: What the filter `author` takes.
        name: The name printed most often.
        articles: How many articles carry the name.
    """

    key: str
    name: str
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Authors:
    """Authors.

    Attributes:
        total: How many there are, all parts together.
        notes: What was cut, in sentences: names after the first 100,000 of the alphabet are not looked through.
        next: The `cursor` of the next part; null: this is the last.
    """

    total: int
    position: int
    notes: list[str]
    items: list[Author]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NameForm:
    """Another key that counts as an author's.

    Attributes:
        evidence: Why they are taken for one person.
        made: When that was decided.
    """

    key: str
    evidence: str
    made: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """An author with the other forms of the name."""

    key: str
    name: str
    articles: int
    forms: list[NameForm]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person says of an article in place of what was read.

    Attributes:
        id: Its number.
        article: The id of the article; null: the address gave none.
        value: What holds: a text or null; authors with `name`, `key` and `kind`; a date with `at` and `precision`.
        page_said: What was read when it was corrected, in the same form.
    """

    id: int
    article: str | None
    url: str
    field: str
    value: Any
    page_said: Any
    who: str
    why: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """The corrections that stand.

    Attributes:
        total: How many there are, all parts together.
        next: The `cursor` of the next part; null: this is the last.
    """

    total: int
    items: list[Correction]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCorrection:
    """A correction of an article.

    Attributes:
        field: `authors`, `published`, `headline`, `section`, `language` or `kind`.
        value: As one types it on the page: a text, names as a list, `2024-03-01 14:05`; null: the article does not
            say. Of `kind`, `not-article`.
        why: How one knows.
    """

    field: str
    value: str | list[str] | None
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchWord:
    """A word, phrase or name that the articles of a search say more than the others.

    Attributes:
        kind: `word`, `phrase` or `name`.
        articles: How many of the articles that were read have it.
        in_sample: How often it stands in them.
        in_others: How often it stands in the others that were read.
        search: The page of the search that it narrows.
    """

    term: str
    kind: str
    articles: int
    in_sample: int
    in_others: int
    log_likelihood: float
    search: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchWords:
    """The words of a search, the most telling first.

    Attributes:
        articles: How many articles were found, and `others` how many others there are in their languages.
        articles_read: How many of them were read, and `others_read` of the others.
        cut: More terms are significant than are given.
    """

    articles: int
    others: int
    articles_read: int
    others_read: int
    cut: bool
    terms: list[SearchWord]
    notes: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovedText:
    """Where a hit of `in:removed` stood in its article.

    Attributes:
        revision: The number of the last text that had it, and `seen` when that was last fetched.
        replaced_by: The number of the first text without it, and `gone` when that was first fetched.
    """

    revision: int
    seen: str
    replaced_by: int
    gone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordOverTime:
    """A word or phrase of the query over the texts that an article has had.

    Attributes:
        word: As typed.
        first: Number of the first text that has it.
        last: Number of the last text that has it.
        since: Number of the text since which each has it; null: the present text no longer has it.
        first_seen: When the first text that has it was first fetched.
        seen: When the text `since` was first fetched.
    """

    word: str
    first: int
    last: int
    since: int | None
    first_seen: str
    seen: str | None
