"""The article page, and the article in other formats."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Reply

from corpus.corrections.values import Field
from corpus.model import AuthorKind, StoredArticle
from corpus.people.names import fold
from corpus.store.articles.corrected import NO_ARTICLE
from corpus.store.desk.dossiers import Dossier, Entry
from corpus.texts import text
from indexer.contract.facet_values import site_key, tag_typed
from indexer.contract.facets import FacetName
from indexer.results.addressed import standing_for
from indexer.results.citations import csl
from indexer.results.exporting import OF_ONE, Options
from indexer.results.passages import MOST
from indexer.results.present import headline
from web.articles import correcting, embedded
from web.articles.appearing import sentences
from web.articles.around import copies_of, similar_to
from web.articles.citations import STYLES, cite
from web.articles.finding import found, laid_out
from web.articles.named import known, standing
from web.articles.passages import LONGEST_QUOTE, choices, passages_of
from web.articles.provenance import printed, provenance, said_dates, said_revisions
from web.corrections.wording import NAMES
from web.layout.changes import LONGEST_NOTE, LONGEST_PURPOSE, choice_of_dossiers, may_change
from web.layout.hosts import root
from web.layout.other_machines import machine_of
from web.layout.paths import article_path, author_path, bounded_text, choice_of
from web.layout.render import day, one_line, web_address
from web.layout.services import current_services
from web.layout.state import State, address
from web.layout.who import Right, is_mine, is_shared_with_me, may, reads_in_full
from web.search.hit_navigation import Trail, trail
from web.search.hits import card

blueprint = Blueprint("articles", __name__)

MOST_REVISIONS = 20  # listed on the page of an article, each compared with the one before it
MOST_COPIES = 50  # listed on the page of an article

_ENDINGS = "|".join(map(re.escape, sorted(OF_ONE, key=len, reverse=True)))
_NAME = re.compile(r"(?P<mark>[A-Za-z0-9]{6,14})(?:-[^/]*?)?(?:\.(?P<ending>" + _ENDINGS + "))?")


@blueprint.get("/a/<name>")
def page(name: str) -> Reply | str | tuple[str, int]:
    """Show an article, or give it in another format by its extension."""
    search_request = _NAME.fullmatch(name)
    if search_request is None:
        raise NotFound
    stored = known(search_request["mark"])
    if not search_request["ending"] and stored.withdrawn == NO_ARTICLE:
        return _put_away(stored)
    there = standing_for(stored, current_services().store)
    if there is not stored:
        ending = search_request["ending"]
        right = f"/a/{there.mark}.{ending}" if ending else article_path(there)
        return redirect(address(right, request.args.items(multi=True)), 302)  # its own text may stand again
    standing(stored)
    if search_request["ending"]:
        return in_format(stored, search_request["ending"])
    right = article_path(stored)
    if request.path != right:
        return redirect(address(right, request.args.items(multi=True)), 301)
    return _page(stored)


def _page(stored: StoredArticle) -> str:
    services = current_services()
    each = stored.article
    walk = trail(request.args.items(multi=True), stored.id)
    url_of = walk.beside if walk else article_path  # of the articles that stand beside this one
    passages = passages_of(stored)
    passage_marks = [(*one.place, one.passage.id) for one in passages if one.place]
    copies = copies_of(stored)
    blocks = laid_out(each, most=None if reads_in_full() else 1)
    shown = found(each, walk.results.readings if walk else (), passage_marks, blocks)
    quote = bounded_text("quote", LONGEST_QUOTE) if may_change() else ""
    style = choice_of("cite", STYLES, "chicago")
    paper = services.config.papers.get(each.source, each.source)
    cited = csl(stored, paper, retrieved=services.now().astimezone(services.zone))
    return render_template(
        "article.html",
        title=each.headline or stored.mark,
        canonical=article_path(stored),
        noindex=True,
        meta=embedded.meta(cited),
        coins=embedded.coins(cited),
        json_ld=embedded.json_ld(each, cited),
        article=each,
        mark=stored.mark,
        paper=paper,
        year=each.published.day.year if each.published else None,
        headline=one_line(headline(stored)),
        standfirst=each.standfirst,
        blocks=shown.blocks,
        public=not reads_in_full(),
        dates=said_dates(stored, services.zone),
        original=web_address(each.fetched_url or each.url),
        today=day(services.now(), services.zone),
        back=_back(walk),
        permanent=f"{root()}/a/{stored.mark}",
        finds=shown.words,
        over_time=sentences(stored, walk.query if walk else None),
        plain_url=_again(stored, walk, marks=False, cite=style),
        provenance=[*provenance(stored, blocks, services.store, services.zone), *printed(stored)],
        capture_url=f"/a/{stored.mark}/capture" if each.capture and _shows_captures() else None,
        formats=list(OF_ONE.values()),
        styles=[
            (name, None if key == style else _again(stored, walk, cite=key) + "#cite") for key, name in STYLES.items()
        ],
        citation=cite(cited, style),
        revisions=said_revisions(stored, MOST_REVISIONS, services),
        copies=_copies(stored, copies, url_of),
        more_copies=text("and {n:,} more", n=len(copies) - MOST_COPIES) if len(copies) > MOST_COPIES else None,
        kept=_dossiers(stored),
        passages=passages,
        quote=quote,
        choices=choices(stored, quote),
        most_choices=MOST,
        quote_note=bounded_text("note", LONGEST_PURPOSE),
        longest_quote=LONGEST_QUOTE,
        longest_note=LONGEST_NOTE,
        back_here=f"{article_path(stored)}#kept",
        tags=_tags(stored) if reads_in_full() else [],
        dossiers=choice_of_dossiers(),
        may_keep=may_change(),
        similar=[card(each)._replace(url=url_of(each)) for each in similar_to(stored)],
        elsewhere=machine_of(stored, article_path(stored)),
        may_edit=may(Right.EDIT),
        panel=correcting.panel(stored, lambda field: _again(stored, walk, correct=field)),
        corrections=correcting.standing(stored) if reads_in_full() else [],
        correct_urls={NAMES[field]: _again(stored, walk, correct=field) for field in correcting.OF_PANEL}
        if may(Right.EDIT)
        else {},
        **_facts(stored),
    )


def _put_away(stored: StoredArticle) -> tuple[str, int]:
    """Say that a person said that this is no article; who may, undoes that here."""
    shown = {"headline": one_line(headline(stored)) if reads_in_full() else stored.mark, "mark": stored.mark}
    return render_template(
        "put_away.html",
        title=shown["headline"],
        noindex=True,
        article=shown,
        corrections=correcting.standing(stored),
        may_edit=may(Right.EDIT),
    ), 410


def _shows_captures() -> bool:
    """Whether who asks sees pages as they were fetched; those of another machine's articles are there."""
    return reads_in_full() and current_services().federation is None


def dossiers_of(stored: StoredArticle) -> list[tuple[Dossier, Entry]]:
    """Return the dossiers that hold an article and that who asks may read, with its entry in each."""
    found = current_services().store.dossiers.of_article(stored.id) if reads_in_full() else []
    return [pair for pair in found if is_mine(pair[0].who) or is_shared_with_me(pair[0].shared)]


def _dossiers(stored: StoredArticle) -> list[dict[str, Any]]:
    """Return those dossiers as the page shows them; the form for the note is its owner's."""
    return [
        {
            "mark": each.mark,
            "name": each.name,
            "url": f"/d/{each.mark}#{stored.mark}",
            "note": entry.note,
            "mine": is_mine(each.who),
        }
        for each, entry in dossiers_of(stored)
    ]


def _tags(stored: StoredArticle) -> list[tuple[str, str]]:
    """Return the tags of an article, each with the search for all articles that have it."""
    found = current_services().store.dossiers.tags([stored.id]).get(stored.id, ())
    return [(tag, State(chosen={FacetName.TAG: (tag_typed(tag),)}).url()) for tag in found]


def _facts(stored: StoredArticle) -> dict[str, Any]:
    """Return who, where and in what section, each with the search for all of theirs."""
    each = stored.article
    aliases = current_services().aliases()

    def search(facet: FacetName, value: str) -> str:
        return State(chosen={facet: (value,)}).url()

    section = each.section and fold(each.section)
    return {
        "authors": [
            (who.name, author_path(aliases.get(who.key, who.key)) if who.kind is AuthorKind.PERSON else None)
            for who in each.authors
        ],
        "site": {"name": each.source, "url": search(FacetName.SITE, site_key(each.source))},
        "section": {"name": each.section, "url": search(FacetName.SECTION, section)} if section else None,
    }


def _back(walk: Trail | None) -> dict[str, Any] | None:
    if walk is None:
        return None
    return {
        "url": walk.back,
        "total": walk.total,
        "at": walk.rank,
        "before": walk.neighbour(-1),
        "after": walk.neighbour(1),
    }


def _again(
    stored: StoredArticle,
    walk: Trail | None,
    *,
    marks: bool = True,
    cite: str = "chicago",
    correct: Field | None = None,
) -> str:
    """Return the address of this page with another style of citation, without the marks, or with a panel open."""
    pairs = walk.search_request.state.pairs() if walk and marks else []
    pairs += [("i", str(walk.rank))] if walk and walk.rank and marks else []
    pairs += [("cite", cite)] if cite != "chicago" else []
    pairs += [("correct", correct.value)] if correct else []
    return address(article_path(stored), pairs)


def _copies(
    stored: StoredArticle, copies: Sequence[StoredArticle], url_of: Callable[[StoredArticle], str]
) -> list[dict[str, Any]]:
    """Return the first of the other articles that tell this text, as the page lists them."""
    return [
        {
            "url": url_of(each),
            "mark": each.mark,
            "source": each.article.source,
            "headline": each.article.headline,
            "leads": each.id == stored.copy_of,
        }
        for each in copies[:MOST_COPIES]
    ]


# ---------------------------------------------------------------- other formats


def in_format(stored: StoredArticle, ending: str) -> Response:
    """Return an article in the format with an ending of OF_ONE; where texts are not shown, its first paragraph."""
    services = current_services()
    form = OF_ONE[ending]
    options = Options(services.now(), with_text=reads_in_full(), papers=services.config.papers)
    text = "".join(form.write([stored], options))
    return _file(text, form.media_type, None if form.shown else f"{stored.mark}.{form.ending}")


def _file(text: str, kind: str, name: str | None = None) -> Response:
    response = Response(text.encode("utf-8", "replace"), mimetype=kind)
    response.headers["Content-Type"] = f"{kind}; charset=utf-8"
    if name:
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
