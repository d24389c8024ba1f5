"""A request -> the language of its answer, and the headers that say so.

Pages speak the language that the address, the setting or the reader's browser names. Files and the API are data: they
are the same for everybody, and English.
"""

from flask import Flask, Response, request

from web.languages.choice import ENGLISH, choose, current, speak

DATA = frozenset({"json", "jsonl", "csv", "csv-metadata", "ris", "bib", "atom", "txt", "xml", "svg", "warc", "gz"})
COMPLETIONS = "/suggest"  # what a page completes itself with


class Foreign(Response):
    """An answer that a stranger wrote: its bytes go out as they came, and its language is not known."""


def is_page(response: Response) -> bool:
    """Whether an answer is a page of ours."""
    return response.mimetype == "text/html" and not isinstance(response, Foreign)


def vary(response: Response, header: str) -> None:
    """Say in an answer that it depends on a header of the request."""
    named = [each for name, value in response.headers if name.lower() == "vary" for each in value.split(", ")]
    if header not in named:
        response.headers["Vary"] = ", ".join([*named, header])


def speak_to_readers(app: Flask, setting: str, named: str) -> None:
    """Let every answer of the app speak its reader's language.

    Args:
        setting: `[web] language`.
        named: The key of the environ where the language stands that the address names.
    """

    def begin() -> None:
        code = request.environ.get(named)
        speak(ENGLISH if _is_data() else choose(code, setting, request.headers.get("Accept-Language", "")))

    def finish(response: Response) -> Response:
        if is_page(response) or request.path == COMPLETIONS:
            response.headers["Content-Language"] = current().code
            if setting == "auto" and named not in request.environ:
                vary(response, "Accept-Language")
        return response

    app.before_request(begin)
    app.after_request(finish)
    app.teardown_request(lambda _: speak(ENGLISH))


def _is_data() -> bool:
    path = request.path
    return (path.startswith("/api/v1/") and path != "/api/v1/") or path.rpartition(".")[2] in DATA
