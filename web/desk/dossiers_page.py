"""The dossiers: one's own, and those that others share with the people of the archive."""

from typing import Any

from flask import Blueprint, jsonify, render_template
from werkzeug.wrappers import Response as Reply

from corpus.store.desk.dossiers import Dossier, Sharing
from corpus.texts import text
from web.desk import actions
from web.desk.dossier_reading import dossier_path
from web.desk.saved_page import tabs
from web.layout.changes import change, done, keep_private, may_change, one_line_of
from web.layout.problems import NotAllowed
from web.layout.render import day, iso, number
from web.layout.services import current_services
from web.layout.who import is_mine, is_shared_with_me

blueprint = Blueprint("dossiers", __name__)
keep_private(blueprint)

SHARING = {
    Sharing.NOBODY: text("you alone"),
    Sharing.PEOPLE: text("all with an account"),
    Sharing.LINK: text("all who have its address"),
}


@blueprint.get("/dossiers")
def page() -> str:
    """List the dossiers, the one changed last first."""
    zone = current_services().zone
    rows = [
        {
            "name": each.name,
            "url": dossier_path(each),
            "about": each.about,
            "articles": number(each.articles),
            "changed": day(each.changed, zone),
            "owner": None if is_mine(each.who) else each.who,
            "shared": SHARING[each.shared],
        }
        for each in _readable()
    ]
    return render_template(
        "dossiers.html",
        title=text("Dossiers"),
        here="Saved",
        noindex=True,
        tabs=tabs("Dossiers"),
        rows=rows,
        may_change=may_change(),
    )


@blueprint.get("/dossiers.json")
def data() -> Reply:
    """Give the dossiers as data."""
    return jsonify(records())


def records() -> list[dict[str, Any]]:
    """Return the dossiers as data; `mine` is false of those that others share."""
    zone = current_services().zone
    return [
        {
            "mark": each.mark,
            "name": each.name,
            "about": each.about,
            "articles": each.articles,
            "made": iso(each.made, zone),
            "changed": iso(each.changed, zone),
            "shared": each.shared.value,
            "mine": is_mine(each.who),
        }
        for each in _readable()
    ]


def _readable() -> list[Dossier]:
    """Return the dossiers of who asks, and after them those that others share with the people of the archive."""
    found = [
        each for each in current_services().store.dossiers.all() if is_mine(each.who) or is_shared_with_me(each.shared)
    ]
    return sorted(found, key=lambda each: not is_mine(each.who))


@change(blueprint, "/dossiers", once=True)
def begin() -> Reply:
    """Begin a dossier with the name of the form."""
    name = one_line_of("name")
    if not name:
        raise NotAllowed(text("A dossier needs a name."))
    made, action = actions.begin(name)
    return done(*action, dossier_path(made))
