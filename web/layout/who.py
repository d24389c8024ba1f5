"""A request -> who asks, and what that person may do. Every page and form decides by this module alone."""

import base64
import binascii
from dataclasses import dataclass
from enum import Enum, auto
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network

from flask import Request, request

from corpus.config import Config
from corpus.store.accounts.sessions import Scope
from corpus.store.accounts.users import Role, User
from corpus.store.desk.dossiers import Sharing
from web.layout.mounting import FROM_A_PROXY, UNKNOWN_SENDER
from web.layout.services import current_services, of_request

HERE = "this machine"  # the name of who asks from it, where there are no accounts
COOKIE = "pressmark"
TERMINAL = "pressmark.terminal"  # in the environment of what the command line asks: no header of a client gets there
CHALLENGE = 'Bearer realm="Pressmark", Basic realm="Pressmark", charset="UTF-8"'


class Right(Enum):
    """What one may do."""

    KEEP = auto()  # save searches, fill dossiers, make receipts
    EDIT = auto()  # correct, merge, withdraw, ask for crawls
    RULE = auto()  # see settings and people


RIGHTS = {
    None: frozenset[Right](),
    Role.READER: frozenset({Right.KEEP}),
    Role.EDITOR: frozenset({Right.KEEP, Right.EDIT}),
    Role.ADMIN: frozenset(Right),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks. `role` None: nobody we know.

    Attributes:
        session: The secret of the session, by which the browser is signed in.
        by_token: A program asks; the browser's word on where a form comes from means nothing then.
        reads_only: The token is for reading.
        at_terminal: The command line asks, for anyone who can read the store's file.
    """

    name: str = ""
    role: Role | None = None
    session: str | None = None
    by_token: bool = False
    reads_only: bool = False
    at_terminal: bool = False


NOBODY = Person()


def who_asks() -> Person:
    """Return who sent the request that is answered; looked up once a request."""
    values = of_request()
    found: Person | None = values.get("person")
    if found is None:
        found = values.person = _person(request)
    return found


def may(right: Right) -> bool:
    """Whether who asks has a right, in a store that can be written. What an admin rules, no token rules."""
    person = who_asks()
    if right is Right.RULE and person.by_token:
        return False
    services = current_services()
    if services.federation is not None and right is not Right.RULE:
        return False  # articles are changed, and kept, where their store is
    return right in RIGHTS[person.role] and not person.reads_only and not services.store.read_only


def may_read() -> bool:
    """Whether who asks may read at all: everybody, unless accounts are asked for and the archive is not public."""
    web = current_services().config.web
    return web.accounts == "none" or web.public or who_asks().role is not None


def may_watch() -> bool:
    """Whether who asks may read the archive's figures: all who have an account, and this machine itself.

    A proxy on this machine is not the machine: what it passes on counts by whom it names as the sender.
    """
    if who_asks().role is not None:
        return True
    return not _is_through_a_proxy(request) and is_here(request.remote_addr or "")


def is_of_the_archive() -> bool:
    """Whether who asks is one of its people, or sits at its machine; commands of the machine are named to no other."""
    return who_asks().role is not None


def reads_in_full() -> bool:
    """Whether who asks sees whole texts, and what readers saved and noted; a public archive shows a part."""
    web = current_services().config.web
    person = who_asks()
    return not web.public or person.at_terminal or (web.accounts != "none" and person.role is not None)


def is_mine(owner: str) -> bool:
    """Whether something that a person saved is shown to who asks.

    What was saved before there were accounts belongs to the admins.
    """
    person = who_asks()
    if current_services().config.web.accounts == "none" or person.at_terminal:
        return True
    if owner == HERE:
        return person.role is Role.ADMIN
    return bool(person.name) and owner.casefold() == person.name.casefold()


def is_shared_with_me(shared: Sharing) -> bool:
    """Whether what another person shares so is read by who asks, as one of the people of the archive."""
    return shared is Sharing.PEOPLE and who_asks().role is not None


def network_of(sender: str) -> str:
    """Return the network of an address, its last part cut off; empty for this machine, and for no address."""
    try:
        address = ip_address(sender)
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        address = address.ipv4_mapped or address
    if address.is_loopback:
        return ""
    return str(ip_network((address, 24 if address.version == 4 else 48), strict=False))


def sender_network() -> str | None:
    """Return the network that the request came from; None where a proxy that is not trusted hides it.

    Everybody behind such a proxy would share one count of wrong passwords, and lock out all others.
    """
    return None if _is_through_a_proxy(request) else network_of(request.remote_addr or "")


@lru_cache(maxsize=256)
def is_here(sender: str) -> bool:
    """Whether an address is of this machine."""
    try:
        return ip_address(sender).is_loopback
    except ValueError:
        return False


def _person(sent: Request) -> Person:
    services = current_services()
    config: Config = services.config
    if sent.environ.get(TERMINAL):
        return Person(HERE, Role.ADMIN, at_terminal=True)
    match config.web.accounts:
        case "none":
            return _at_the_machine(sent, config)
        case "proxy":
            return _of_token(sent) or _of_proxy(sent, config)
        case _:
            return _of_token(sent) or _of_session(sent)


def _at_the_machine(sent: Request, config: Config) -> Person:
    """A request from this machine may do all; of one that comes by an untrusted proxy it is not known who asks."""
    here = not config.web.public and not _is_through_a_proxy(sent) and is_here(sent.remote_addr or "")
    return Person(HERE, Role.ADMIN) if here else NOBODY


def _is_through_a_proxy(sent: Request) -> bool:
    """Whether a proxy passed the request on, or may have, and we cannot tell whose it is."""
    web = current_services().config.web
    return bool(sent.environ.get(UNKNOWN_SENDER)) or (web.url is not None and not web.trusted_proxies)


def _of_session(sent: Request) -> Person:
    services = current_services()
    secret = sent.cookies.get(COOKIE, "")
    user = services.store.sessions.user(secret, services.now()) if 0 < len(secret) < 100 else None
    return Person(user.name, user.role, session=secret) if user else NOBODY


def _of_proxy(sent: Request, config: Config) -> Person:
    """Whom a trusted proxy names; of people that the store does not know, the role is the configured one."""
    name = " ".join(_utf8(sent.headers.get(config.web.accounts_header, "")).split())
    if not sent.environ.get(FROM_A_PROXY) or not 0 < len(name) <= 200:
        return NOBODY
    user: User | None = current_services().store.users.get(name)
    if user is None:
        return Person(name, Role(config.web.accounts_role))
    return NOBODY if user.disabled else Person(user.name, user.role)


def _of_token(sent: Request) -> Person | None:
    kind, _, given = sent.headers.get("Authorization", "").partition(" ")
    by_browser = kind.lower() == "basic"  # a feed reader's; browsers send it by themselves, so it only reads
    secret = _password(given) if by_browser else given.strip() if kind.lower() == "bearer" else ""
    services = current_services()
    found = services.store.tokens.user(secret, services.now()) if 0 < len(secret) < 100 else None
    if found is None:
        return None
    user, scope = found
    return Person(user.name, user.role, by_token=not by_browser, reads_only=by_browser or scope is Scope.READ)


def _utf8(header: str) -> str:
    """Return a header's text, which WSGI gives as Latin-1; one that is no UTF-8 is left so, or two names became one."""
    try:
        return header.encode("latin-1").decode()
    except UnicodeError:
        return header


def _password(given: str) -> str:
    try:
        return base64.b64decode(given.strip(), validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""
