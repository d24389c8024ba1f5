"""A change of what a reader keeps -> it is made; what was done in words, and what undoes it (web/desk/undoing.py).

The pages and the API make the same changes: these.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from corpus.config import Config
from corpus.store import ArticleStore
from corpus.store.desk.dossiers import Dossier, Entry, Sharing
from corpus.store.desk.saved import Often, SavedSearch
from corpus.texts import Text, joined, text, texts
from web.layout.changes import Action
from web.layout.services import current_services
from web.layout.who import who_asks
from web.search.request import SearchRequest

BY_HAND = "by hand"  # what paused a saved search, as it is stored

WAYS = {"mail": text("mail"), "webhook": text("webhook")}
OFTEN = {Often.RUNS: text("after each run"), Often.DAILY: text("once a day"), Often.WEEKLY: text("once a week")}


def set_up(config: Config) -> set[str]:
    """Return the ways of sending that [notify] sets up, without its command, which is for those who run the archive."""
    given = {"mail": config.notify.mail_to, "webhook": config.notify.webhook}
    return {way for way, value in given.items() if value}


# ---------------------------------------------------------------- saved searches


def save(search: SearchRequest, name: str) -> Action:
    """Save a search."""
    services = current_services()
    address = search.state.but(page=1).url().partition("?")[2]
    return save_for(services.store, name, address, who_asks().name, services.now())


def save_for(store: ArticleStore, name: str, address: str, who: str, now: datetime) -> Action:
    """Save the search of an address for somebody; say which of their searches is the same, where there is one."""
    same = next((each for each in store.saved.all() if (each.address, each.who) == (address, who)), None)
    id = store.saved.add(name, address, who, now)
    said = text("“{name}” is saved: what enters the corpus from now on is new in it.", name=name)
    if same is not None:
        said = joined(" ", [said, text("The same search is saved as “{name}”, too.", name=same.name)])
    return said, {"kind": "search saved", "id": id}


def rename(search: SavedSearch, name: str) -> Action:
    """Give a saved search another name."""
    store = current_services().store
    with store.audit.writing():
        store.saved.rename(search.id, name)
        undo = store.audit.with_left({"kind": "search renamed", "id": search.id, "name": search.name})
    return text("“{name}” is called “{new}” now.", name=search.name, new=name), undo


def pause(search: SavedSearch) -> Action:
    """Tell nobody of a saved search until it is resumed."""
    current_services().store.saved.pause(search.id, current_services().now(), BY_HAND)
    return text("“{name}” is paused.", name=search.name), {"kind": "search paused", "id": search.id}


def resume(search: SavedSearch) -> Action:
    """Tell of a saved search again."""
    services = current_services()
    services.store.saved.pause(search.id, None, None)
    services.store.saved.skip_delivery(search.id, services.now())
    return text("“{name}” is resumed.", name=search.name), {"kind": "search resumed", "id": search.id}


def set_delivery(search: SavedSearch, ways: Sequence[str], often: Often) -> Action:
    """Tell what is new in a saved search by these ways, so often."""
    services = current_services()
    services.store.saved.set_delivery(search.id, ways, often, services.now())
    undo = {"kind": "search told", "id": search.id, "ways": list(search.ways), "often": search.often.value}
    return delivery(search.name, ways, often), undo


def delivery(name: str, ways: Sequence[str], often: Often) -> Text:
    """Set which channels send what is new in a saved search, and how often."""
    if not ways:
        return text("No messages come about “{name}” any more; its feed goes on.", name=name)
    by = joined(", ", [WAYS[each] for each in ways])
    return text("“{name}” tells you by {ways}, {often}.", name=name, ways=by, often=OFTEN[often])


def end_feed(search: SavedSearch) -> Action:
    """Give the feed of a saved search another address."""
    current_services().store.saved.end_feed(search.id)
    return text("The feed of “{name}” has a new address; the old one has ended.", name=search.name), {}


def delete_search(search: SavedSearch) -> Action:
    """Delete a saved search."""
    current_services().store.saved.delete(search.id, current_services().now())
    return text("“{name}” is deleted.", name=search.name), {"kind": "search deleted", "id": search.id}


def look(searches: Sequence[SavedSearch]) -> Action:
    """Note that the reader has looked at saved searches now."""
    services = current_services()
    saved = services.store.saved
    before = [[each.id, each.looked, int(each.looked_at.timestamp() * 1e6)] for each in searches]
    last = saved.last_article
    for each in searches:
        saved.look(each.id, last, services.now())
    count = len(searches)
    if count == 1:
        words = text("“{name}” is marked as looked at.", name=searches[0].name)
    else:
        words = texts("{n:,} search is marked as looked at.", "{n:,} searches are marked as looked at.", count)
    return words, {"kind": "looked", "searches": before}


# ---------------------------------------------------------------- dossiers


def begin(name: str, about: str = "") -> tuple[Dossier, Action]:
    """Begin a dossier."""
    services = current_services()
    made = services.store.dossiers.add(name, who_asks().name, services.now())
    if about:
        services.store.dossiers.describe(made.id, name, about)
    return made, (text("“{name}” is begun.", name=name), {"kind": "dossier begun", "id": made.id})


def delete_dossier(dossier: Dossier) -> Action:
    """Delete a dossier."""
    current_services().store.dossiers.delete(dossier.id, current_services().now())
    words = text("“{name}” is deleted; the articles stay in the archive.", name=dossier.name)
    return words, {"kind": "dossier deleted", "id": dossier.id}


def describe(dossier: Dossier, name: str, about: str) -> Action:
    """Give a dossier another name and sentence."""
    store = current_services().store
    with store.audit.writing():
        store.dossiers.describe(dossier.id, name, about)
        undo = {"kind": "dossier described", "id": dossier.id, "name": dossier.name, "about": dossier.about}
        undo = store.audit.with_left(undo)
    return text("Name and sentence are changed."), undo


def share(dossier: Dossier, shared: Sharing, *, new_address: bool = False) -> Action:
    """Let others read a dossier, or nobody any more. `new_address`: at another address; the one it had has ended."""
    ended = dossier.shared is Sharing.LINK and (new_address or shared is not Sharing.LINK)
    address = _address() if ended else dossier.address
    current_services().store.dossiers.share(dossier.id, shared, address)
    undo = {"kind": "dossier shared", "id": dossier.id, "shared": dossier.shared.value, "address": dossier.address}
    match shared:
        case Sharing.NOBODY:
            return text("Nobody else reads “{name}” any more.", name=dossier.name), undo
        case Sharing.PEOPLE:
            return text("Everybody with an account here reads “{name}” now.", name=dossier.name), undo
    if new_address:
        return text("“{name}” has a new address; the old one has ended.", name=dossier.name), undo
    return text("All who have its address can read “{name}” now.", name=dossier.name), undo


def share_as_before(store: ArticleStore, was: dict[str, Any], _: datetime) -> None:
    """Undo that a dossier was shared otherwise. Only an address that led to it before the change leads to it again."""
    shared = Sharing(was["shared"])
    store.dossiers.share(was["id"], shared, was["address"] if shared is Sharing.LINK else _address())


def put(dossier: Dossier, articles: Sequence[int], *, is_new: bool = False, note: str = "") -> Action:
    """Put articles at the end of a dossier, which was begun for them when it is new; `note` is on those that are new.

    An undo takes them out, unless another note was written on them since.
    """
    services = current_services()
    with services.store.audit.writing():
        new = services.store.dossiers.put(dossier.id, articles, services.now())
        for article in new if note else ():
            services.store.dossiers.set_note(dossier.id, article, note, services.now())
    already = len(articles) - len(new)
    put_in = texts(
        "{n:,} article is kept in “{dossier}”", "{n:,} articles are kept in “{dossier}”", len(new), dossier=dossier.name
    )
    if already:
        there = texts("{n:,} was in it already", "{n:,} were in it already", already)
        put_in = joined("; ", (put_in, there))
    words = joined("", (put_in, "."))
    return words, {"kind": "kept", "id": dossier.id, "articles": new, "begun": is_new, "note": note}


def annotate(dossier: Dossier, entry: Entry, mark: str, *, note: str | None, tags: Sequence[str] | None) -> Action:
    """Write note and tags of an article in a dossier; None leaves them as they are. `mark` is the article's."""
    services = current_services()
    store, undo = services.store, {"kind": "note written", "id": dossier.id, "article": entry.article}
    with store.audit.writing():
        found = (each.note for each in store.dossiers.entries(dossier.id) if each.article == entry.article)
        before: dict[str, Any] = {
            "note": next(found, entry.note),
            "tags": list(store.dossiers.tags([entry.article]).get(entry.article, ())),
        }
        if note is not None:
            store.dossiers.set_note(dossier.id, entry.article, note, services.now())
        if tags is not None:
            store.dossiers.set_tags(entry.article, tags)
        # A form sends both; what it did not change, its undo leaves alone.
        written = {"note": note, "tags": None if tags is None else sorted(set(tags))}
        undo |= {part: was for part, was in before.items() if written[part] not in (None, was)}
        undo = store.audit.with_left(undo)
    if tags is None:
        return text("The note on {mark} is saved.", mark=mark), undo
    if note is None:
        return text("The tags of {mark} are saved.", mark=mark), undo
    return text("Note and tags of {mark} are saved.", mark=mark), undo


def tag(article: int, mark: str, tags: Sequence[str]) -> Action:
    """Give an article these tags in place of those it had. `mark` is the article's."""
    store = current_services().store
    with store.audit.writing():
        before = list(store.dossiers.tags([article]).get(article, ()))
        store.dossiers.set_tags(article, tags)
        undo = store.audit.with_left({"kind": "tagged", "article": article, "tags": before})
    return text("The tags of {mark} are saved.", mark=mark), undo


def take_out(dossier: Dossier, article: int, mark: str) -> Action | None:
    """Take an article out of a dossier; None: it is not in it."""
    services = current_services()
    gone = services.store.dossiers.take_out(dossier.id, [article], services.now())
    if not gone:
        return None
    entries = [[each.article, each.place, each.note, int(each.added.timestamp() * 1e6)] for each in gone]
    return text("{mark} is taken out.", mark=mark), {"kind": "taken out", "id": dossier.id, "entries": entries}


def _address() -> int:
    """Return a number of chance: one that counts up would come back, and with it an address that had ended."""
    return secrets.randbits(62)
