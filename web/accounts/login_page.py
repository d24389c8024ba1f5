"""Signing in with a password, and out."""

import logging
import math
from time import monotonic

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Reply

from corpus.events import event
from corpus.passwords import is_password
from corpus.store.accounts.sessions import LONGEST
from corpus.texts import text, texts
from web.accounts.attempts import Attempts
from web.layout.changes import own_path, refuse_foreign_forms
from web.layout.problems import NotAllowed, TooOften, wants_json
from web.layout.services import current_services
from web.layout.who import COOKIE, sender_network, who_asks

log = logging.getLogger(__name__)
blueprint = Blueprint("login", __name__)

LONGEST_NAME = 60  # characters
_STATE = "pressmark.attempts"


@blueprint.get("/login")
def page() -> Reply | str:
    """Show the form; who is signed in is led on."""
    _only_with_passwords()
    back = own_path(request.args.get("back", ""), "/")
    return redirect(back, 303) if who_asks().session else _form(back)


@blueprint.post("/login")
def sign_in() -> Reply:
    """Begin a session for a name and its password; a session that the browser had is over."""
    _only_with_passwords()
    refuse_foreign_forms()
    services = current_services()
    name = " ".join(request.form.get("name", "").split())[:LONGEST_NAME]
    back = own_path(request.form.get("back", ""), "/")
    network = sender_network()
    wait = attempts().wait(name, network)
    if wait:
        event(log, "sign-in refused", level=logging.WARNING, name=name, network=network, seconds=round(wait))
        return _slowed(name, back, wait)
    user = services.store.users.get(name)
    is_right = is_password(request.form.get("password", ""), user.password if user else None)
    if user is None or not is_right or user.disabled:
        attempts().wrong(name, network)
        event(log, "sign-in failed", level=logging.WARNING, name=name, network=network)
        problem = text("Name and password do not belong together.")
        if wants_json():
            raise NotAllowed(problem)
        return make_response(_form(back, name=name, problem=problem), 403)
    attempts().right(name)
    if old := who_asks().session:
        services.store.sessions.end(old)
    event(log, "signed in", name=user.name, network=network)
    return _with_cookie(redirect(back, 303), services.store.sessions.begin(user.name, services.now()))


@blueprint.post("/logout")
def sign_out() -> Reply:
    """End the session, here and in the store."""
    refuse_foreign_forms()
    if session := who_asks().session:
        current_services().store.sessions.end(session)
    return _with_cookie(redirect("/", 303), "")


def attempts() -> Attempts:
    """Return the wrong passwords that this server has seen."""
    found: Attempts = current_app.extensions.setdefault(_STATE, Attempts(monotonic, current_services().shared.attempts))
    return found


def _only_with_passwords() -> None:
    if current_services().config.web.accounts != "password":
        raise NotFound


def _form(back: str, *, name: str = "", problem: str = "") -> str:
    store = current_services().store
    return render_template(
        "accounts/login.html",
        title=text("Sign in"),
        here="Sign in",
        noindex=True,
        back=back,
        name=name,
        problem=problem,
        empty=not store.users.count(),
        read_only=store.read_only,
        foot_of=None,
    )


def _slowed(name: str, back: str, wait: float) -> Response:
    seconds = math.ceil(wait)
    if seconds < 120:
        time = texts("{n} second", "{n} seconds", seconds)
    else:
        time = texts("{n} minute", "{n} minutes", math.ceil(seconds / 60))
    problem = text("Too many wrong passwords. The next try is possible in {time}.", time=time)
    if wants_json():
        raise TooOften(problem, wait=seconds)
    reply = make_response(_form(back, name=name, problem=problem), 429)
    reply.headers["Retry-After"] = str(seconds)
    return reply


def _with_cookie(reply: Reply, secret: str) -> Reply:
    path = request.script_root or "/"
    if secret:
        reply.set_cookie(
            COOKIE,
            secret,
            max_age=LONGEST,
            path=path,
            secure=request.is_secure,
            httponly=True,
            samesite="Lax",
        )
    else:
        reply.delete_cookie(COOKIE, path=path, secure=request.is_secure, httponly=True, samesite="Lax")
    reply.headers["Cache-Control"] = "no-store"
    return reply
