"""An address -> its article, or what became of the address: `/lookup?url=`."""

from datetime import datetime

from flask import Blueprint, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response as Reply

from corpus import urls
from corpus.model import FrontierEntry, LeftOut, UrlState
from corpus.reasons import word_of
from corpus.texts import joined, text
from indexer.query.parameters import shown
from indexer.results.addressed import MAX_URL, known_at, next_visit
from web.articles.correcting import MAY_BE_ARTICLES
from web.languages.wording import said
from web.layout.health_words import OUTCOME_WORDS
from web.layout.other_machines import Machine, machines
from web.layout.paths import article_path, source_path
from web.layout.render import breakable, minute
from web.layout.services import current_services
from web.layout.state import address
from web.layout.who import Right, may, reads_in_full
from web.sources.reason_words import detailed, meaning
from web.sources.via_words import first_named

blueprint = Blueprint("lookup", __name__)

BEFORE = text("Paste the address of a page, or type a pressmark, to see whether the archive holds it.")


@blueprint.get("/lookup")
def page() -> Reply | str:
    """Redirect to the article, or show what is known of the address."""
    typed = request.args.get("url", "").strip()
    if not typed:
        return _page("", BEFORE, [])
    known = known_at(typed, current_services().store)
    if known is None:
        wrong = text("{typed} is no web address: expected one such as https://news.example/a-page.", typed=shown(typed))
        return _page(typed[:MAX_URL], wrong, [])
    if known.stored is not None:
        return redirect(article_path(known.stored))
    if known.url is None:
        return _page(typed, text("No article here has the pressmark {mark}.", mark=typed), [])
    url, entry = known.url, known.entry
    if known.left_out is not None:
        return _page(typed, text("A source named this address, and it was not asked for: {reason}.",
                                 reason=meaning(known.left_out[0].reason)), _named(*known.left_out))  # fmt: skip
    if entry is None and (there := machines(now=True)):
        return _page(
            typed,
            text(
                "No article that is shown here has this address."
                " Whether it was ever seen, the machines that crawl know."
            ),
            [(text("Read as"), _mono(url)), *((one.name, _there(one, url)) for one in there)],
        )
    if entry is None:
        return _page(
            typed,
            text("This address was never seen: no feed, sitemap or page we read has named it."),
            [(text("Read as"), _mono(url)), (text("Source"), _site(url))],
        )
    offers = may(Right.EDIT) and entry.kind in MAY_BE_ARTICLES and entry.checked is not None
    return _page(typed, _said(entry), _facts(entry), asks=entry.url if offers else None)


def _site(url: str) -> str | Markup:
    """Lead to the source that an address is of, or to where its site can be added."""
    for each in current_services().config.sources:
        if urls.same_site(each.url, url):
            return Markup('<a href="{}"><bdi>{}</bdi></a>').format(source_path(each.name), each.name)
    host = urls.host(url)
    if not may(Right.EDIT):
        return text("{site} is not followed", site=host)
    return Markup('{}. <a href="/sources#new">{}</a>').format(
        said(text("{site} is not followed", site=host)), said(text("Add a site"))
    )


def _said(entry: FrontierEntry) -> str:
    if current_services().store.corrections.is_article(entry.url):
        return text("A person said that this address holds an article; the next crawl of its source asks for it again.")
    if entry.state is UrlState.DROPPED:
        return text("We know this address and do not keep it: {reason}.", reason=_reason(entry) or text("out of scope"))
    if entry.checked is None:
        return text("We know this address and have not fetched it yet.")
    return text(
        "We know this address; when it was last fetched, no article came of it: {reason}.", reason=_reason(entry)
    )


def _reason(entry: FrontierEntry) -> str:
    """Return why an address gave nothing: what the stored reason means, or the word of the outcome."""
    return meaning(entry.reason) if entry.reason else (OUTCOME_WORDS[entry.outcome] if entry.outcome else "")


def _facts(entry: FrontierEntry) -> list[tuple[str, str | Markup]]:
    zone = current_services().zone
    facts: list[tuple[str, str | Markup]] = [(text("Read as"), _mono(entry.url)), (text("Source"), entry.source)]
    facts.append((text("First seen"), first_named(entry.first_seen, entry.via or "given", entry.parent, zone)))
    if entry.reason:
        facts.append((text("Reason"), _reason_code(entry.reason)))
    if entry.checked:
        facts.append((text("Last fetched"), minute(entry.checked, zone)))
    if entry.state is not UrlState.DROPPED:
        facts.append((text("Next"), _next(entry)))
    return facts


def _next(entry: FrontierEntry) -> str:
    services = current_services()
    found = next_visit(entry, services.store, services.config, services.now())
    return joined(", ", filter(None, (minute(found.at, services.zone) if found.at else None, found.said)))


def _named(found: LeftOut, since: datetime) -> list[tuple[str, str | Markup]]:
    """Return where an address that was left out was named; of some a digest alone is remembered."""
    facts: list[tuple[str, str | Markup]] = [(text("Read as"), _mono(found.url))]
    facts.append((text("First seen"), first_named(since, found.via, found.parent, current_services().zone)))
    facts.append((text("Reason"), _reason_code(found.reason)))
    return facts


def _reason_code(reason: str) -> Markup:
    return detailed(reason if reads_in_full() else word_of(reason))


def _there(machine: Machine, url: str) -> str | Markup:
    if machine.url is None:
        return text("its config.toml names no address of its pages")
    link = address(f"{machine.url.rstrip('/')}/lookup", [("url", url)])
    return Markup('<a href="{}" rel="noreferrer">{}</a>').format(link, said(text("Look it up there")))


def _mono(url: str) -> Markup:
    return Markup('<span class="m">{}</span>').format(breakable(url))


def _page(typed: str, said: str, found: list[tuple[str, str | Markup]], *, asks: str | None = None) -> str:
    return render_template(
        "lookup.html", title=text("Look up"), noindex=True, url=typed, said=said, found=found, asks=asks
    )
