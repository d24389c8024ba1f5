"""An archive without articles -> the page that says how to begin, and whether everything is in place."""

import os
import shutil
from typing import Any

from flask import render_template
from markupsafe import Markup, escape

from corpus.config import Config
from corpus.texts import text
from web.languages.wording import said
from web.layout.problems import NotReady
from web.layout.render import size
from web.layout.services import current_services
from web.layout.who import Right, is_of_the_archive, may


def first_run() -> str:
    """Show how to begin, and what is not in place yet.

    Raises:
        NotReady: The pages have no store of their own, and no store has indexed anything.
    """
    federation = current_services().federation
    if federation is not None:
        raise NotReady(federation.nothing_indexed)
    known = is_of_the_archive()
    return render_template(
        "first.html",
        title=text("Nothing here yet"),
        here="Search",
        checks=[_config(), _space(), _contact()] if known else [],
        known=known,
        may_edit=may(Right.EDIT),
        contact=current_services().config.crawler.contact,
    )


def _config() -> dict[str, Any]:
    path = current_services().config.path
    if path is None:
        return {"state": "ok", "text": text("no config.toml: the defaults hold")}
    return {"state": "ok", "text": Markup(said(text("<code>{file}</code> read", file=escape(path.name))))}  # noqa: S704


def _space() -> dict[str, Any]:
    data = current_services().config.data
    try:
        free = shutil.disk_usage(data).free
    except OSError as error:
        return {"state": "missing", "text": text("data directory: {error}", error=error.strerror or str(error))}
    if not os.access(data, os.W_OK):
        return {"state": "failed", "text": text("the data directory cannot be written to")}
    return {"state": "ok", "text": text("index can be written, {size} free", size=size(free))}


def _contact() -> dict[str, Any]:
    config: Config = current_services().config
    if config.crawler.contact:
        return {"state": "ok", "text": text("contact for site owners: {contact}", contact=config.crawler.contact)}
    missing = text(
        "contact, <code>[crawler] contact</code> in <code>config.toml</code>. Crawls stay off until sites can see"
        ' whom to write to. <a href="/about#crawler">What it is for</a>'
    )
    return {"state": "missing", "text": Markup(said(missing))}  # noqa: S704 - our own message
