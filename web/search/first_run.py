"""An archive without articles -> the page that says how to begin, and whether everything is in place."""

import os
import shutil
from typing import Any

from flask import render_template
from markupsafe import Markup

from corpus.config import Config
from web.layout.problems import NotReady
from web.layout.render import size
from web.layout.services import current_services


def first_run() -> str:
    """Show how to begin, and what is not in place yet.

    Raises:
        NotReady: The pages have no store of their own, and no store has indexed anything.
    """
    if current_services().federation is not None:
        prefix = current_services().config.indexer.prefix
        raise NotReady(f'No machine has indexed an article under prefix = "{prefix}" in this cluster yet.')
    return render_template(
        "first.html", title="Nothing here yet", here="Search", checks=[_config(), _space(), _contact()]
    )


def _config() -> dict[str, Any]:
    path = current_services().config.path
    text = Markup("<code>{}</code> read").format(path.name) if path else "no config.toml: the defaults hold"
    return {"state": "ok", "text": text}


def _space() -> dict[str, Any]:
    data = current_services().config.data
    try:
        free = shutil.disk_usage(data).free
    except OSError as error:
        return {"state": "missing", "text": f"data directory: {error.strerror or error}"}
    if not os.access(data, os.W_OK):
        return {"state": "failed", "text": "the data directory cannot be written to"}
    return {"state": "ok", "text": f"index can be written, {size(free)} free"}


def _contact() -> dict[str, Any]:
    config: Config = current_services().config
    if config.crawler.contact:
        return {"state": "ok", "text": f"contact for site owners: {config.crawler.contact}"}
    text = Markup(
        "contact, <code>[crawler] contact</code> in <code>config.toml</code>. Crawls stay off until sites can see"
        ' whom to write to. <a href="/about#crawler">What it is for</a>'
    )
    return {"state": "missing", "text": text}
