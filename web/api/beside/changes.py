"""What changed in an article, in the API: two of its texts, beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.errors import StoreDamaged
from corpus.model import Revision, StoredArticle
from indexer.query.parameters import Parameter
from web.api.operations import Call, operation
from web.api.parameters import NEWER, OLDER
from web.api.problems import Fault, wrong
from web.articles.differences import Run, compare
from web.articles.named import article as article_of
from web.layout.problems import NotAllowed
from web.layout.services import current_services
from web.layout.who import reads_in_full

MOST_NAMED = 20  # texts, where none has the number that was given


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """A stretch of one of two texts.

    Attributes:
        changed: It stands in this text alone.
    """

    text: str
    changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedPart:
    """A part of an article that is not the same in both texts.

    Attributes:
        part: `Headline`, `Standfirst`, `Byline`, or the number of a paragraph, such as `¶ 3`.
        kind: `changed`, `removed` or `added`.
        old: The older text of the part; null: it has none.
        new: The newer text of the part; null: it has none.
    """

    part: str
    kind: str
    old: list[Stretch] | None
    new: list[Stretch] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedText:
    """One of two texts of an article.

    Attributes:
        number: From 1.
        seen: When it was first fetched.
    """

    number: int
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed between two texts of an article.

    Attributes:
        id: The pressmark of the article.
        old: The older text; null: there is none before the newer.
        new: The newer text.
        added: How many words are new.
        removed: How many words are gone.
        unchanged: How many parts are the same in both texts.
        items: The other parts, in the order of the article.
    """

    id: str
    old: ComparedText | None
    new: ComparedText
    added: int
    removed: int
    unchanged: int
    items: list[ChangedPart]


@operation("GET", "/articles/{id}/changes", "Articles", takes=(OLDER, NEWER), gives=Changes, refuses=(404, 410))
def changes(call: Call) -> Changes:
    """Say what changed between two texts of an article, the last two where none are named; not in a public archive."""
    stored = article_of(call.path["id"])
    if not reads_in_full():
        raise NotAllowed("This archive is public: whole texts are not shown.")
    numbers = list(current_services().store.revision_times(stored.id))
    new = _named(call, NEWER, stored, numbers) or _last_readable(stored, numbers)
    if new is None:
        raise StoreDamaged(f"{stored.mark}: no text of it can be read; restore a backup")
    earlier = [number for number in numbers if number < new.number]
    old = _named(call, OLDER, stored, numbers) or _last_readable(stored, earlier)
    if old is not None and old.number >= new.number:
        right = f"a text before text {new.number}"
        raise wrong([Fault(f"query: {OLDER.name}", str(old.number), right)])
    made = compare(old, new) if old else None
    lines = made.lines if made else ()
    return Changes(
        id=stored.mark,
        old=_text(old) if old else None,
        new=_text(new),
        added=made.added if made else 0,
        removed=made.removed if made else 0,
        unchanged=sum(each.kind == "same" for each in lines),
        items=[
            ChangedPart(part=str(each.name), kind=each.kind, old=_stretches(each.old), new=_stretches(each.new))
            for each in lines
            if each.kind != "same"
        ],
    )


def _named(call: Call, parameter: Parameter, stored: StoredArticle, numbers: Sequence[int]) -> Revision | None:
    """Return the text that a parameter names; None: it is not given."""
    typed = call.one(parameter)
    if not typed:
        return None
    if int(typed) not in numbers:
        more = f" and {len(numbers) - MOST_NAMED:,} more" if len(numbers) > MOST_NAMED else ""
        right = f"the number of one of its texts: {', '.join(map(str, numbers[:MOST_NAMED]))}{more}"
        raise wrong([Fault(f"query: {parameter.name}", typed, right)])
    found = _last_readable(stored, [int(typed)])
    if found is None:
        right = "a text that can be read: this one is damaged in the store; a backup may have it whole"
        raise wrong([Fault(f"query: {parameter.name}", typed, right)])
    return found


def _last_readable(stored: StoredArticle, numbers: Sequence[int]) -> Revision | None:
    """Return the last of these texts that is not damaged; one text is in memory at a time."""
    store = current_services().store
    return next((each for number in reversed(numbers) for each in store.revisions(stored.id, numbers=[number])), None)


def _text(revision: Revision) -> ComparedText:
    return ComparedText(number=revision.number, seen=revision.seen.isoformat(timespec="seconds"))


def _stretches(runs: tuple[Run, ...] | None) -> list[Stretch] | None:
    return None if runs is None else [Stretch(text=each.text, changed=each.changed) for each in runs]
