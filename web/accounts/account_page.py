"""One's own account: password, sessions, tokens for programs and feed readers."""

from flask import Blueprint, make_response, redirect, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Reply

from corpus.passwords import hash_password, is_password, problem
from corpus.store.accounts.sessions import Scope, Token
from corpus.texts import Text, text
from indexer.query.parameters import whole_number
from web.accounts.change_words import ROLES
from web.accounts.login_page import attempts
from web.layout.changes import MOMENT, change, done, one_line_of
from web.layout.problems import NotAllowed
from web.layout.render import day
from web.layout.services import current_services
from web.layout.who import Person, network_of, sender_network, who_asks

blueprint = Blueprint("account", __name__)

MOST_TOKENS = 50  # of a person that are not revoked


@blueprint.get("/account")
def page() -> Reply | str:
    """Show who is signed in, and what may ask in that name."""
    person = _person()
    return _page(person)


@change(blueprint, "/account", once=True)
def edit() -> Reply:
    """Do to the account what the button of the form says."""
    person = _person()
    services = current_services()
    match request.form.get("do", ""):
        case "password":
            return _new_password(person)
        case "leave":
            services.store.sessions.end_all(person.name)
            return redirect("/", 303)
        case "token":
            return _new_token(person)
        case "revoke":
            id = whole_number(request.form.get("id", "")) or 0
            if not services.store.tokens.revoke(id, services.now(), name=person.name):
                raise NotFound
            return done(text("The token is revoked: nothing can ask with it any more."), None, "/account")
    raise NotAllowed(text("The form does not say what is to be done."))


def _person() -> Person:
    """Return who is signed in in a browser. A token never changes an account, or a lost one would make others."""
    person = who_asks()
    if current_services().config.web.accounts == "none" or person.role is None:
        raise NotFound
    if person.by_token or person.reads_only:
        raise NotAllowed(text("An account is shown to the person alone, not to a token."))
    return person


def _page(person: Person, secret: str = "", twice: Text | None = None) -> str:
    services = current_services()
    user = services.store.users.get(person.name)
    tokens = [
        {
            "id": each.id,
            "purpose": each.purpose,
            "scope": text("reads and writes") if each.scope is Scope.WRITE else text("reads"),
            "made": day(each.made, services.zone),
            "used": day(each.used, services.zone) if each.used else text("never"),
        }
        for each in services.store.tokens.all(person.name)
        if each.revoked is None
    ]
    return render_template(
        "accounts/account.html",
        title=text("Your account"),
        here="Account",
        noindex=True,
        person=person,
        role=ROLES[person.role] if person.role else "",
        has_password=user is not None and user.password is not None,
        is_known=user is not None,
        tokens=tokens,
        secret=secret,
        twice=twice,
    )


def _new_password(person: Person) -> Reply:
    store = current_services().store
    user, network = store.users.get(person.name), network_of(request.remote_addr or "")
    if user is None or user.password is None:
        raise NotAllowed(text("The proxy signs you in: there is no password here."))
    if attempts().wait(user.name, sender_network()):
        raise NotAllowed(text("Too many wrong passwords: try again in some minutes."))
    if not is_password(request.form.get("password", ""), user.password):
        attempts().wrong(user.name, sender_network())
        raise NotAllowed(text("The password is not yours: nothing was changed."))
    wanted = request.form.get("new", "")
    if found := problem(wanted):
        raise NotAllowed(text("Nothing was changed: {problem}.", problem=found))
    store.users.set_password(user.name, hash_password(wanted))
    store.audit.add(current_services().now(), user.name, text("The password is changed."), None, network=network)
    return redirect("/login", 303)


def _new_token(person: Person) -> Reply:
    services = current_services()
    store = services.store
    if store.users.get(person.name) is None:
        raise NotAllowed(text("Tokens belong to people that `pressmark users` knows; an admin can add you."))
    scope = Scope.WRITE if request.form.get("scope") == Scope.WRITE else Scope.READ
    purpose = one_line_of("purpose") or "no purpose given"
    standing = [each for each in store.tokens.all(person.name) if each.revoked is None]
    twice = [each for each in standing if (each.purpose, each.scope) == (purpose, scope) and _is_fresh(each)]
    if twice:  # a browser shows the second answer alone, and the store has no secret to show again
        number, secret = twice[-1].id, store.tokens.renew(twice[-1].id)
        words = text("Token {number} has another secret: its form was sent twice.", number=number)
    elif len(standing) >= MOST_TOKENS:
        raise NotAllowed(text("There are {n} tokens already: revoke one first.", n=MOST_TOKENS))
    else:
        number, secret = store.tokens.add(person.name, purpose, scope, services.now())
        words = text("Token {number} is made.", number=number)
    store.audit.add(services.now(), person.name, words, None, network=network_of(request.remote_addr or ""))
    reply = make_response(_page(person, secret, words if twice else None))
    reply.headers["Cache-Control"] = "no-store"
    return reply


def _is_fresh(token: Token) -> bool:
    """Whether a token was made a moment ago, and nothing has asked with it yet."""
    return token.used is None and current_services().now() - token.made <= MOMENT
