"""A form that changes something -> may it, and what is said when it is done.

Every change is a POST of a form of ours. Three things stand against a form that another site sends in a reader's name:
the browser's own word on where a request comes from (`Sec-Fetch-Site`), the `Origin` where it has one, and a token
that only a page of ours holds, which is of one session. Who may change what, web/layout/who.py knows.
"""

import hashlib
import hmac
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import lru_cache, wraps
from typing import Any, NoReturn
from urllib.parse import parse_qsl, urlsplit

from flask import Blueprint, g, redirect, request
from werkzeug.wrappers import Response as Reply

from corpus.characters import shortened
from corpus.store.accounts.users import Role
from corpus.store.desk.dossiers import Dossier
from corpus.texts import text
from web.layout.problems import NotAllowed, TooLate
from web.layout.render import one_line
from web.layout.services import current_services
from web.layout.state import address
from web.layout.who import RIGHTS, Right, is_mine, may, network_of, reads_in_full, who_asks

FIELD = "token"
NOT_FOR = {
    Role.READER: text("A reader may not do this; an admin can change the role."),
    Role.EDITOR: text("An editor may not do this; an admin can change the role."),
    Role.ADMIN: text("An admin may not do this; an admin can change the role."),
}
DONE = "done"  # the parameter that names the change just made, for its line on the next page; the line's id, too
MOMENT = timedelta(seconds=5)  # a form that is sent again within it was sent twice: a click too many, a slow answer
SENT = "sent"  # in what undoes a change: the form that made it, and where that led
MOST_CHOICES = 50  # dossiers in a list to choose from
LONGEST_CHOICE = 60  # characters of a name there
LONGEST_PURPOSE = 500  # characters of a name or a purpose
LONGEST_NOTE = 10_000  # characters of a note on an article

Action = tuple[str, dict[str, Any]]  # what was done, in words, and what undoes it (web/desk/undoing.py)


def may_change() -> bool:
    """Whether who asks may save and collect."""
    return may(Right.KEEP)


def choice_of_dossiers() -> list[tuple[str, str]]:
    """Return mark and name of the dossiers that an article can be put into, the one changed last first.

    None for who may not. A last one without a mark says how many more there are, which no form chooses.
    """
    found = [each for each in _dossiers() if is_mine(each.who)] if may_change() else []
    more = [("", text("and {n:,} more", n=len(found) - MOST_CHOICES))] if len(found) > MOST_CHOICES else []
    return [*((each.mark, one_line(each.name)[:LONGEST_CHOICE]) for each in found[:MOST_CHOICES]), *more]


def _dossiers() -> Sequence[Dossier]:
    services = current_services()
    key = "dossiers", services.desk_revision()
    found: Sequence[Dossier] | None = services.remembered(key)
    if found is None:
        found = services.store.dossiers.all()
        services.remember(key, found)
    return found


def keep_private(blueprint: Blueprint) -> None:
    """Show the pages of a blueprint, which hold what readers wrote, to nobody where the archive is public."""
    blueprint.before_request(only_for_readers)


def only_for_readers() -> None:
    """Raise where who asks sees nothing of what readers wrote.

    Raises:
        NotAllowed: The archive is public, and nobody of its people asks.
    """
    if not reads_in_full():
        raise NotAllowed(text("This archive is public: what its keepers saved and noted is not shown."))


def token() -> str:
    """Return the token that a form of ours carries: it holds for this session alone."""
    person = who_asks()
    purpose = "\0".join(("form", person.name.casefold(), person.session or ""))
    return _signed(current_services().form_secret, purpose)


@lru_cache(maxsize=64)  # a page has several forms
def _signed(secret: bytes, purpose: str) -> str:
    return hmac.new(secret, purpose.encode(), hashlib.sha256).hexdigest()[:32]


def change(
    blueprint: Blueprint, path: str, right: Right = Right.KEEP, *, once: bool = False
) -> Callable[[Callable[..., Reply]], Callable[..., Reply]]:
    """Make a function the answer to a form that changes something, for who may and from pages of ours alone.

    A program with a token sends no secret of a page: what it sends, no browser sends by itself.

    Args:
        once: The form makes something: where it is sent twice within MOMENT, the second leads to what the first made.
    """

    def made(function: Callable[..., Reply]) -> Callable[..., Reply]:
        @wraps(function)
        def guarded(**values: Any) -> Reply:
            if not may(right):
                refuse(right)
            if not who_asks().by_token:
                refuse_foreign_forms()
            return _once(function, values) if once else function(**values)

        blueprint.add_url_rule(path, function.__name__, guarded, methods=["POST"])
        return guarded

    return made


def done(words: str, undo: dict[str, Any] | None, back: str) -> Reply:
    """Note a change and lead back to a page of ours, which says what was done and offers to undo it."""
    if undo is not None and "form" in g:
        undo = {**undo, SENT: [g.form, back]}
    return redirect(with_done(back, note_change(words, undo)), 303)


def note_change(words: str, undo: dict[str, Any] | None) -> int:
    """Note a change with who made it and what undoes it, and return its number."""
    services = current_services()
    network = network_of(request.remote_addr or "")
    g.change = services.store.audit.add(services.now(), who_asks().name, words, undo, network=network)
    return int(g.change)


def with_done(back: str, number: int) -> str:
    """Return the address of a page of ours with the number of the change just made.

    Where it was made in a part of the page, which `back` names as its fragment or as this returned it, the line stands
    in that part, and the fragment is the line: a browser shows it, and gives it the focus.
    """
    path, _, part = back.partition("#")
    path, _, search = path.partition("?")
    pairs = _pairs(search)
    part = part or next((value.partition(".")[2] for name, value in pairs if name == DONE), "")
    where = (DONE, f"{number}.{part}" if part else str(number))
    return address(path, [*(pair for pair in pairs if pair[0] != DONE), where]) + (f"#{DONE}" if part else "")


def change_named() -> tuple[str, str]:
    """Return the number of the change that the address of a page names, as typed, and the part it was made in."""
    number, _, part = request.args.get(DONE, "").partition(".")
    return number, part


def own_path(path: str, otherwise: str) -> str:
    """Return a path that a form names, if it leads to a page of ours and nowhere else."""
    inside = path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if inside and not any(ord(character) < 33 for character in path) else otherwise


def one_line_of(name: str) -> str:
    """Return a text field of the form in one line.

    Raises:
        NotAllowed: It is longer than a page lets anybody type.
    """
    return bounded(" ".join(request.form.get(name, "").split()), LONGEST_PURPOSE)


def bounded(typed: str, most: int) -> str:
    """Return what a person typed; nothing is cut.

    Raises:
        NotAllowed: It has more than so many characters.
    """
    if len(typed) > most:
        raise NotAllowed(text("{n:,} characters are too many: expected at most {most:,}.", n=len(typed), most=most))
    return typed


def unless_newer(name: str, typed: str, now: str, read: Callable[[str], str] = one_line) -> str:
    """Return the text that a form sent, or the stored text where the form left it as it was shown.

    Args:
        now: The text as it stands. The form has it as it was shown as `was_NAME`.
        read: Typed text -> its one spelling.

    Raises:
        TooLate: Both the form and somebody else, or another tab, have changed it since.
    """
    was, typed = request.form.get(f"was_{name}"), read(typed)
    if was is None or now in (read(was), typed):
        return typed
    if typed == read(was):
        return now
    raise TooLate(
        text(
            "Nothing was saved: it was changed since this page was opened. It is “{now}” now; typed was “{typed}”.",
            now=shortened(one_line(now), LONGEST_PURPOSE),
            typed=shortened(one_line(typed), LONGEST_PURPOSE),
        )
    )


def refuse_foreign_forms() -> None:
    """Let a form through that a page of ours sent.

    Raises:
        NotAllowed: Another site sent it, or a page of another session.
    """
    if not _is_ours():
        raise NotAllowed(
            text("This form was not sent by a page of this archive. Open the page again and send it there.")
        )


def refuse_foreign_senders() -> None:
    """Let a change through that no page of another site sent; such a page cannot send JSON without asking us first.

    Raises:
        NotAllowed: A browser says that a page of another site sent it.
    """
    if not who_asks().by_token and not _is_from_here():
        raise NotAllowed(text("A page of another site sent this: nothing was changed."))


def refuse(right: Right) -> NoReturn:
    """Say why who asks may not do what needs a right."""
    raise NotAllowed(_refusal(right))


def _once(function: Callable[..., Reply], values: dict[str, Any]) -> Reply:
    sent = "\0".join((request.path, *(f"{name}={value}" for name, value in request.form.items(multi=True))))
    digest = hashlib.sha256(sent.encode("utf-8", "surrogatepass"))
    turns = current_services().shared.forms
    with turns[digest.digest()[0] % len(turns)]():
        g.form = digest.hexdigest()
        return _led_to_the_first(g.form) or function(**values)


def _led_to_the_first(form: str) -> Reply | None:
    """Return the way to what a form made; None: it is not the last thing that who asks did, and within MOMENT."""
    services = current_services()
    for last in services.store.audit.latest(1, who=who_asks().name):
        before, back = (last.undo or {}).get(SENT, ("", ""))
        if before == form and last.undone is None and services.now() - last.at <= MOMENT:
            return redirect(with_done(back, last.id), 303)
    return None


def _refusal(right: Right) -> str:
    person, web = who_asks(), current_services().config.web
    if person.role is None and web.accounts != "none":
        return text("Sign in to change something.")
    if person.reads_only:
        return text("This token may only read.")
    if person.role is not None and right not in RIGHTS[person.role]:
        return NOT_FOR[person.role]
    return text("Here one may only read: changes are made on the machine that has the archive.")


def _pairs(search: str) -> list[tuple[str, str]]:
    return parse_qsl(search, keep_blank_values=True)


def _is_ours() -> bool:
    sent = request.form.get(FIELD, "")
    return _is_from_here() and hmac.compare_digest(sent.encode(), token().encode())


def _is_from_here() -> bool:
    where = request.headers.get("Sec-Fetch-Site", "same-origin")
    origin = request.headers.get("Origin", "null")
    return where == "same-origin" and (origin == "null" or urlsplit(origin).netloc in _hosts())


def _hosts() -> set[str]:
    """The hosts, with their ports, that our pages have: a proxy may pass on its own name without its port."""
    public = current_services().config.web.url
    return {request.host, urlsplit(public).netloc.lower()} if public else {request.host}
