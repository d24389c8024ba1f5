"""What the API answers, and takes, about what readers keep: saved searches, dossiers, receipts."""

from dataclasses import dataclass

from web.api.keeping.passage_values import QuotedPassage


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """A saved search.

    Attributes:
        id: Its number.
        query: The page of the search.
        made: When it was saved.
        looked_at: When one last looked; what entered the archive since is new.
        paused: Since when no messages are sent for it; null: it is not paused.
        new: How many articles are new; null: it cannot be searched for, `problem` says why.
        total: How many articles it finds.
        ways: By which ways messages on it go: `mail`, `webhook`; none: by its feed alone.
        often: When messages are made: `runs`, `daily` or `weekly`.
        feed: The whole address of its feed; all who have it can read the feed.
    """

    id: int
    name: str
    query: str
    made: str
    looked_at: str
    paused: str | None
    ways: list[str]
    often: str
    feed: str
    new: int | None
    total: int | None
    problem: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearches:
    """The saved searches of who asks, in the order they were made."""

    items: list[SavedSearch]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSearch:
    """A search to save.

    Attributes:
        search: Its parameters, as an address has them: `q=flood&site=herald.example`.
        name: What to call it; empty: as it is read.
    """

    search: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedSearch:
    """What to change of a saved search; null, or left out: nothing.

    Attributes:
        looked: True: one has looked at it now.
        ways: By which ways messages on it go, in place of those it has: `mail`, `webhook`; none: by its feed alone.
            Only an editor adds one, as messages go to the addresses of [notify].
        often: When messages are made: `runs`, `daily` or `weekly`.
    """

    name: str | None = None
    paused: bool | None = None
    looked: bool | None = None
    ways: list[str] | None = None
    often: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A dossier.

    Attributes:
        about: A sentence on it.
        articles: How many articles it holds, withdrawn ones too.
        shared: Who else reads it: `people` with an account, `link` for all who have `address`; empty: nobody.
        address: Where it is read without signing in; null: it is not shared so, or who asks does not own it.
    """

    mark: str
    name: str
    about: str
    articles: int
    made: str
    changed: str
    shared: str
    address: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossiers:
    """The dossiers of who asks, the one changed last first."""

    items: list[Dossier]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDossier:
    """A dossier to begin."""

    name: str
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedDossier:
    """What is to be changed; null, or left out: as it is.

    Attributes:
        shared: `people`, `link`, or empty: nobody else reads it, and its address ends.
        new_address: True ends the address by which it is shared, and gives it another.
    """

    name: str | None = None
    about: str | None = None
    shared: str | None = None
    new_address: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFilling:
    """A search whose articles are put into a dossier.

    Attributes:
        search: Its parameters, as an address has them; it finds at most 10,000 articles.
    """

    search: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What a search brought into a dossier.

    Attributes:
        new: How many articles were not in it before.
        found: How many the search finds.
    """

    new: int
    found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectedArticle:
    """An article of a dossier.

    Attributes:
        place: From 1, in the dossier's own order.
        withdrawn: Why its text was taken away; null: it stands.
    """

    id: str
    place: int
    url: str
    headline: str | None
    published: str | None
    source: str
    note: str
    tags: list[str]
    passages: list[QuotedPassage]
    withdrawn: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierArticles:
    """The articles of a dossier in its order."""

    mark: str
    items: list[CollectedArticle]


@dataclass(frozen=True, slots=True, kw_only=True)
class Collecting:
    """Note and tags of an article in a dossier; null, or left out: as they are.

    Attributes:
        note: At most 10,000 characters.
        tags: In place of those it has; at most 20.
    """

    note: str | None = None
    tags: list[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A receipt, as it was made.

    Attributes:
        purpose: What for, in the words of who made it.
        query: The page of the search; its relative dates count from `made`.
        read_as: How the search was read, in words.
        total: How many articles it found.
        withdrawn: When it was taken back; null: it stands.
    """

    mark: str
    made: str
    who: str
    purpose: str
    query: str
    read_as: str
    total: int
    withdrawn: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipts:
    """The last 200 receipts, the last one first."""

    items: list[Receipt]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReceipt:
    """A receipt to make.

    Attributes:
        search: The parameters of the search, as an address has them.
        purpose: What for.
    """

    search: str
    purpose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """What the search of a receipt finds now, and what became of the articles it found then.

    Attributes:
        same_store: The receipt is of this archive; otherwise there is nothing to compare.
        checksum_agrees: The ids of its articles still have its checksum.
        engine: What reads the search today.
        total: How many articles it finds.
        new: Ids found today and not then.
        withdrawn: Ids of articles whose text was taken away.
        lost: Ids of articles that stand and are no longer found.
        changed: Ids of articles that have another text now.
    """

    same_store: bool
    checksum_agrees: bool
    engine: str
    total: int
    new: list[str]
    withdrawn: list[str]
    lost: list[str]
    changed: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptRun:
    """A receipt, run again.

    Attributes:
        receipt: Its mark.
        engine: What read the search then.
        store: The archive it is of.
        sequence: The state of the archive then.
        checksum: SHA-256 of the ids in their order, a line each.
    """

    receipt: str
    made: str
    who: str
    purpose: str
    query: str
    read_as: str
    time_zone: str
    engine: str
    store: str
    sequence: int
    total: int
    checksum: str
    today: Today
