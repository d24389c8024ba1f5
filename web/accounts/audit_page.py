"""Who changed what by hand, and when, for admins: `/audit`; as JSON and CSV, too."""

from typing import Any

from flask import Blueprint, render_template, request

from corpus.store.desk.audit import AuditEntry
from corpus.texts import text, texts
from web.layout.paths import note_parameter, page_of
from web.layout.problems import NotAllowed
from web.layout.render import iso, minute
from web.layout.services import current_services
from web.layout.state import address
from web.layout.who import Right, may

blueprint = Blueprint("audit", __name__)

PATH = "/audit"
ON_A_PAGE = 100  # changes
COLUMNS = ("id", "at", "who", "network", "kind", "said", "undone")


@blueprint.get(PATH)
def page() -> str:
    """List the changes, the last one first, all of them or those of one person."""
    only_for_admins()
    services = current_services()
    audit, who = services.store.audit, who_is_wanted()
    total = audit.count(who)
    pages = max(1, -(-total // ON_A_PAGE))
    at = page_of(pages)
    found = audit.latest(ON_A_PAGE, who=who, skipped=(at - 1) * ON_A_PAGE)
    whose = [("who", who)] if who is not None else []
    return render_template(
        "accounts/audit.html",
        title=text("Changes by hand"),
        here="People",
        noindex=True,
        said=texts("{n:,} change", "{n:,} changes", total),
        who=who,
        people=audit.people(),
        rows=[row_of(each) for each in found],
        newer=address(PATH, [*whose, ("page", str(at - 1))]) if at > 1 else None,
        older=address(PATH, [*whose, ("page", str(at + 1))]) if at < pages else None,
        listed=total,
        data=[address(f"{PATH}.{ending}", whose) for ending in ("csv", "json")],
    )


def only_for_admins() -> None:
    """Raise unless an admin asks.

    Raises:
        NotAllowed: Who asks is none.
    """
    if not may(Right.RULE):
        raise NotAllowed(text("Only an admin sees who changed what."))


def who_is_wanted() -> str | None:
    """Return the person whose changes are wanted, as the address names one; None: everybody's."""
    typed = request.args.get("who", "")
    if not typed or typed in current_services().store.audit.people():
        return typed or None
    note_parameter("who", typed[:60], text("the name of somebody who changed something"))
    return None


def row_of(entry: AuditEntry) -> dict[str, Any]:
    """Return what a list shows of a change."""
    zone = current_services().zone
    return {
        "at": minute(entry.at, zone),
        "who": entry.who,
        "network": entry.network or text("this machine"),
        "words": entry.words,
        "undone": minute(entry.undone, zone) if entry.undone else None,
    }


def records(most: int) -> list[dict[str, Any]]:
    """Return the changes as JSON can hold them, the last one first, at most so many."""
    only_for_admins()
    services = current_services()
    return [
        {
            "id": each.id,
            "at": iso(each.at, services.zone),
            "who": each.who,
            "network": each.network or None,
            "kind": (each.undo or {}).get("kind"),
            "said": str(each.words),
            "undone": iso(each.undone, services.zone) if each.undone else None,
        }
        for each in services.store.audit.latest(most, who=who_is_wanted())
    ]
