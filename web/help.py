"""How to search, and who runs the archive: `/help/search`, `/about`."""

from flask import Blueprint, redirect, render_template
from werkzeug.wrappers import Response as Reply

from corpus.texts import text
from web.layout.render import web_address
from web.layout.services import current_services
from web.layout.state import State

blueprint = Blueprint("help", __name__)

SYNTAX = (
    ("flood defences", text("articles with all of these words, in any form")),
    ('"flood defences"', text("these words exactly, next to each other")),
    ("flood -insurance", text("the first word, and not the second")),
    ("flood OR storm", text("either word")),
    ("(flood OR storm) harbour", text("parentheses group")),
    ("title:council", text("in the headline only; also standfirst:, body:, byline:")),
    ('author:"maria okafor"', text("signed by; part of the name will do")),
    ("site:valley-herald.example", text("from one site; also lang: and section:")),
    ("has:correction", text("in which the paper itself says that something was wrong")),
    ("links:example.org", text("with a link to this site or one below it")),
    ("in:removed flood", text("in texts that articles no longer have")),
    ("2024-01..2024-03", text("published between these, both included")),
    ("after:2024 before:2025-06", text("the same, one end at a time")),
    ("flood*", text("words that begin so; ? stands for one letter")),
    ('"flood council"~5', text("both words at most five words apart")),
    ("defenses~", text("words spelled nearly so")),
)


@blueprint.get("/help")
def index() -> Reply:
    """Lead to the help on searching, which is all the help there is."""
    return redirect("/help/search")


@blueprint.get("/help/search")
def page() -> str:
    """Show what can be typed into the search field, each example a search."""
    return render_template(
        "help.html",
        title=text("Search tips"),
        here="Help",
        canonical="/help/search",
        syntax=[(typed, State(q=typed).url(), says) for typed, says in SYNTAX],
    )


@blueprint.get("/about")
def about() -> str:
    """Say what this archive is, who runs it, and how a site is left out."""
    services = current_services()
    crawler = services.config.crawler
    contact = crawler.contact
    mail = f"mailto:{contact}" if contact and "@" in contact and "/" not in contact else None
    return render_template(
        "about.html",
        title=text("About"),
        canonical="/about",
        totals=services.totals(),
        contact=contact,
        contact_url=mail or web_address(contact or ""),
        agent=crawler.user_agent,
        token=crawler.name,
    )
