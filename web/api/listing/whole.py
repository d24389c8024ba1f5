"""Whether a list as data is all of it -> a header, and the name of the file that people keep."""

from flask import Response

from web.layout.replies import say_whole

LACKING = "-incomplete"  # in the name of a file: it is what stays of an answer


def marked(reply: Response, *, is_whole: bool) -> Response:
    """Say of an answer whether it has all of its list."""
    say_whole(reply, is_whole=is_whole)
    named = reply.headers.get("Content-Disposition", "")
    if not is_whole and named.endswith('.csv"') and LACKING not in named:
        reply.headers["Content-Disposition"] = named.removesuffix('.csv"') + f'{LACKING}.csv"'
    return reply


def lacking(reply: Response) -> Response:
    """Say of an answer that its list has not all; to be called after the request."""
    return marked(reply, is_whole=False)
