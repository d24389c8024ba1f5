"""Requests of the API: what people want of the scheduler; the archive itself asks no site for anything."""

from werkzeug.exceptions import NotFound

from corpus.config.writing import checksum
from corpus.corrections.rules import about
from corpus.corrections.values import Field
from corpus.errors import ConfigChanged
from corpus.store.crawls.requests import CrawlRequest, RequestKind, RequestState
from corpus.texts import text
from web.api.operations import Call, operation
from web.api.problems import Fault, Refused, wrong
from web.api.request_values import Addition, NewAddition, NewRequest, Request, Requests, RuleOffer, Rules
from web.layout.changes import note_change, only_for_readers
from web.layout.problems import NotAllowed, TooLate
from web.layout.services import current_services
from web.layout.who import Right, who_asks
from web.sources.requests_page import SHOWN, added, record_of, rule_taken
from web.sources.rule_page import offers, wanted_rule
from web.sources.wanting import cancelled, not_paused, request_of, scheduler_is_alive, want_crawl, want_look, wanted

KINDS = ("crawl", "look", "rule")


@operation("GET", "/requests", "Requests", gives=Requests)
def requests(_call: Call) -> Requests:
    """List what people want of the scheduler."""
    only_for_readers()
    found = current_services().store.requests.latest(SHOWN)
    return Requests(scheduler_alive=scheduler_is_alive(), items=[_record(each) for each in found])


@operation("POST", "/requests", "Requests", body=NewRequest, gives=Request, status=201,
           right=Right.EDIT, refuses=(413, 415))  # fmt: skip
def want(call: Call) -> Request:
    """Want a crawl of a source, a look at a site, or a trial of rules; one wanted already is given as it is."""
    body: NewRequest = call.body
    if body.kind not in KINDS:
        raise wrong([Fault("body: kind", body.kind[:40], f"one of {', '.join(KINDS)}")])
    try:
        if body.kind == "look":
            return _record(want_look(body.about.strip()))
        if body.kind == "rule":
            return _record(_want_rule(body.about))
        made = want_crawl([not_paused(body.about)])
    except NotFound:
        raise wrong([Fault("body: about", body.about[:40], "the name of a source")]) from None
    except NotAllowed as error:
        raise wrong([Fault("body: about", body.about[:40], str(error), is_sentence=True)]) from None
    if made[0][1]:
        note_change(*wanted([body.about], made))
    return _record(made[0][0])


@operation("GET", "/requests/{number}", "Requests", gives=Request, refuses=(404,))
def request(call: Call) -> Request:
    """Give a request, with what it found."""
    only_for_readers()
    return _record(request_of(call.number))


@operation("DELETE", "/requests/{number}", "Requests", status=204, right=Right.EDIT, refuses=(404, 409))
def cancel_request(call: Call) -> None:
    """Cancel a request that waits; what a scheduler has taken up, or what has ended, is refused (409)."""
    note_change(cancelled(call.number), None)


@operation("POST", "/requests/{number}/addition", "Requests", body=NewAddition, gives=Addition, status=201,
           right=Right.EDIT, refuses=(404, 409, 413, 415))  # fmt: skip
def add_found(call: Call) -> Addition:
    """Write the source that a look found, or a rule that was tried, into config.toml; the pages can undo it."""
    body: NewAddition = call.body
    found, expected = request_of(call.number), body.expected or None
    if found.state is not RequestState.DONE:
        raise TooLate(text("There is nothing to add: the request has not ended, or nothing came of it."))
    try:
        if found.kind is not RequestKind.RULE:
            source, words, undo = added(found, body.name, expected)
        elif body.rule is None:
            raise wrong([Fault("body: rule", "null", "the place of a rule in `found.rules`, from 0", is_missing=True)])
        else:
            source, words, undo = rule_taken(found, str(body.rule), expected)
    except ConfigChanged:
        raise Refused("conflict", "config.toml was changed since the request was read: nothing was written") from None
    note_change(words, undo)
    return Addition(source=source, said=str(words))


@operation("GET", "/rules", "Corrections", gives=Rules)
def rules(_call: Call) -> Rules:
    """List the fields that were corrected so often on a source that a rule in config.toml may read them."""
    only_for_readers()
    return Rules(
        items=[
            RuleOffer(
                source=each["source"],
                field=each["field"],
                about=about(Field(each["field"]), each["source"]),
                corrections=each["count"],
                has_rule=each["has_one"],
                request=each["request"],
            )
            for each in offers()
        ]
    )


def _want_rule(typed: str) -> CrawlRequest:
    """Write down that rules are to be tried; a request that waits for the same is given as it is.

    Raises:
        NotAllowed: Too few corrections stand, or it names no field and source.
    """
    field, _, source = typed.partition(" ")
    services = current_services()
    wanted = wanted_rule(source, field)
    return services.store.requests.add(RequestKind.RULE, wanted, who_asks().name, services.now())[0]


def _record(found: CrawlRequest) -> Request:
    file = current_services().config.path
    return Request(**record_of(found), config=checksum(file) if file is not None else None)
