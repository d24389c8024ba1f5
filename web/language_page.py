"""The languages that a page can be read in: `/language`, and the link to it at the foot of each page."""

from flask import Blueprint, render_template, request
from markupsafe import Markup

from corpus.texts import text
from web.languages.choice import LANGUAGES
from web.layout.changes import own_path
from web.layout.mounting import root_of_addresses
from web.layout.services import current_services
from web.layout.state import address

NAMES = Markup(" ").join(Markup("<bdi lang={}>{}</bdi>").format(each.code, each.name) for each in LANGUAGES.values())

blueprint = Blueprint("language_page", __name__)


@blueprint.get("/language")
def page() -> str:
    """Lead to the page that the reader came from, in each language."""
    back, root = own_path(request.args.get("back", ""), "/"), root_of_addresses()
    return render_template(
        "language.html",
        title=text("Language"),
        canonical="/language",
        noindex=True,
        ways=[(each, f"{root}/{each.code}{back}") for each in LANGUAGES.values()],
        usual=f"{root}{back}" if current_services().config.web.language == "auto" else None,
    )


def languages_path(canonical: str | None) -> str:
    """Return the address of the page of languages, which leads back to the present page.

    Args:
        canonical: The page's right address; where it has parameters, what else the request names means nothing.
    """
    if request.method != "GET" or request.path == "/language":
        return "/language"
    here = canonical if canonical and "?" in canonical else request.full_path.removesuffix("?")
    return address("/language", [("back", here)])
