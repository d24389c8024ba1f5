"""The people of the archive and what they changed, for admins."""

from flask import Blueprint, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Reply

from corpus.store.accounts.users import Role, User
from corpus.texts import text
from web.accounts.audit_page import row_of
from web.accounts.change_words import ROLES, has_role, let_in, locked_out
from web.layout.changes import change, done
from web.layout.problems import NotAllowed
from web.layout.render import day
from web.layout.services import current_services
from web.layout.who import Right, may, who_asks

blueprint = Blueprint("people", __name__)

SHOWN = 20  # changes on the page; `/audit` has all of them


@blueprint.get("/people")
def page() -> str:
    """List the people, and what was changed by hand."""
    if not may(Right.RULE):
        raise NotAllowed(text("Only an admin sees the people of the archive."))
    services = current_services()
    zone, store = services.zone, services.store
    rows = [
        {
            "name": each.name,
            "role": each.role,
            "made": day(each.made, zone),
            "disabled": each.disabled and day(each.disabled, zone),
            "is_me": each.name == who_asks().name,
        }
        for each in store.users.all()
    ]
    return render_template(
        "accounts/people.html",
        title=text("People"),
        here="People",
        noindex=True,
        rows=rows,
        changes=[row_of(each) for each in store.audit.latest(SHOWN)],
        roles=ROLES,
        accounts=services.config.web.accounts,
    )


@change(blueprint, "/people", Right.RULE)
def edit() -> Reply:
    """Do to a person what the button of the form says."""
    services = current_services()
    users = services.store.users
    user = users.get(request.form.get("name", ""))
    if user is None:
        raise NotFound
    match request.form.get("do", ""):
        case "role":
            role = _role(request.form.get("role", ""))
            if role is not Role.ADMIN:
                _leave_an_admin(user)
            users.set_role(user.name, role)
            return done(has_role(user.name, role), None, "/people")
        case "disable":
            _leave_an_admin(user)
            users.disable(user.name, services.now())
            return done(locked_out(user.name), None, "/people")
        case "enable":
            users.disable(user.name, None)
            return done(let_in(user.name), None, "/people")
    raise NotAllowed(text("The form does not say what is to be done."))


def _role(typed: str) -> Role:
    try:
        return Role(typed)
    except ValueError:
        raise NotAllowed(text("The form names no role: expected reader, editor or admin.")) from None


def _leave_an_admin(user: User) -> None:
    others = [each for each in current_services().store.users.all() if each.role is Role.ADMIN and not each.disabled]
    if [each.name for each in others] == [user.name]:
        raise NotAllowed(text("{name} is the only admin: make another person one first.", name=user.name))
