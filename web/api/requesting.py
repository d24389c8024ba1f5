"""Requests of the API: what people want of the scheduler; the archive itself asks no site for anything."""

from werkzeug.exceptions import NotFound

from web.api.operations import Call, operation
from web.api.problems import Fault, wrong
from web.api.request_values import NewRequest, Request, Requests
from web.layout.changes import note_change, only_for_readers
from web.layout.problems import NotAllowed
from web.layout.services import current_services
from web.layout.who import Right
from web.sources.requests_page import SHOWN, record_of
from web.sources.wanting import cancelled, not_paused, request_of, scheduler_is_alive, want_crawl, want_look, wanted

KINDS = ("crawl", "look")


@operation("GET", "/requests", "Requests", gives=Requests)
def requests(_call: Call) -> Requests:
    """List what people want of the scheduler."""
    only_for_readers()
    found = current_services().store.requests.latest(SHOWN)
    return Requests(scheduler_alive=scheduler_is_alive(), items=[Request(**record_of(each)) for each in found])


@operation("POST", "/requests", "Requests", body=NewRequest, gives=Request, status=201,
           right=Right.EDIT, refuses=(413, 415))  # fmt: skip
def want(call: Call) -> Request:
    """Want a crawl of a source, or a look at a site; one that is wanted already is given as it is."""
    body: NewRequest = call.body
    if body.kind not in KINDS:
        raise wrong([Fault("body: kind", body.kind[:40], f"one of {', '.join(KINDS)}")])
    try:
        if body.kind == "look":
            return Request(**record_of(want_look(body.about.strip())))
        made = want_crawl([not_paused(body.about)])
    except NotFound:
        raise wrong([Fault("body: about", body.about[:40], "the name of a source")]) from None
    except NotAllowed as error:
        raise wrong([Fault("body: about", body.about[:40], str(error))]) from None
    if made[0][1]:
        note_change(*wanted([body.about], made))
    return Request(**record_of(made[0][0]))


@operation("GET", "/requests/{number}", "Requests", gives=Request, refuses=(404,))
def request(call: Call) -> Request:
    """Give a request, with what it found."""
    only_for_readers()
    return Request(**record_of(request_of(call.number)))


@operation("DELETE", "/requests/{number}", "Requests", status=204, right=Right.EDIT, refuses=(404,))
def cancel_request(call: Call) -> None:
    """Cancel a request that waits; what a scheduler has taken up, or what has ended, is refused (403)."""
    note_change(cancelled(call.number), None)
