"""The addresses for machines: health, robots.txt, OpenSearch."""

import logging
import os
import shutil

from flask import Blueprint, Response, jsonify
from markupsafe import escape
from werkzeug.exceptions import NotFound

from corpus.errors import (
    IndexDamaged,
    IndexError_,
    IndexLocked,
    IndexRebuilding,
    IndexUnreachable,
    PressmarkError,
    StoreDamaged,
    StoreError,
    StoreLocked,
)
from corpus.events import event
from indexer.contract.timeouts import within
from web.languages.choice import LANGUAGES
from web.layout.alarms import absent_scheduler, ailing_sources, left_out, little_room, unmet_requests
from web.layout.hosts import root
from web.layout.other_machines import left_out as unsearched
from web.layout.services import current_services

blueprint = Blueprint("machines", __name__)

PROBED = 2.0  # seconds that a probe waits for an index that is elsewhere: it asks again soon
PROBES = ("/healthz", "/readyz")  # answered whatever the Host header says
MIN_FREE = 100_000_000  # bytes; below this neither store nor index should be written to

# What /readyz says of an error: anybody reads it, and a message names files of this machine. The narrowest class first.
IN_THE_WAY = (
    (IndexRebuilding, "the index is being rebuilt"),
    (IndexUnreachable, "the search cluster does not answer"),
    (IndexDamaged, "the index is damaged"),
    (IndexLocked, "another process holds the index"),
    (IndexError_, "the index cannot be used"),
    (StoreDamaged, "the article store is damaged"),
    (StoreLocked, "another process holds the article store"),
    (StoreError, "the article store cannot be used"),
    (OSError, "the disk of the data does not answer"),
)

log = logging.getLogger(__name__)

NOT_CRAWLED = (
    "/search", "/facets", "/a/", "/lookup", "/suggest", "/trends", "/authors", "/crawls/", "/saved", "/requests",
    "/shared/", "/api/v1/", "/language",
)  # fmt: skip
_WAYS = ("", *(f"/{code}" for code in LANGUAGES))  # each page has an address in each language
ROBOTS = "User-agent: *\n" + "".join(f"Disallow: {way}{path}\n" for way in _WAYS for path in NOT_CRAWLED)

OPENSEARCH = """<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>Pressmark</ShortName>
<Description>Search the articles of this archive</Description>
<InputEncoding>UTF-8</InputEncoding>
<Url type="text/html" method="get" template="{root}search?q={{searchTerms}}"/>
<Url type="application/x-suggestions+json" method="get" template="{root}suggest?q={{searchTerms}}"/>
</OpenSearchDescription>
"""


@blueprint.get("/healthz")
def alive() -> Response:
    """Say that the process answers; touches nothing."""
    return jsonify({"status": "ok"})


@blueprint.get("/readyz")
def ready() -> tuple[Response, int]:
    """Say whether searches can be answered, what is in the way, and what threatens the next crawls.

    Warnings leave the status at 200: an archive that is not crawled any more still answers.
    """
    services = current_services()
    problems: dict[str, str] = {}
    try:
        with within(PROBED):
            behind = services.store.sequence - services.engine.position
        free = shutil.disk_usage(services.config.data).free
    except (PressmarkError, OSError) as error:
        event(log, "not ready", level=logging.WARNING, error=error)
        return jsonify({"status": "not ready", "problems": {"open": in_the_way(error)}}), 503
    if not os.access(services.config.data, os.W_OK):
        problems["data"] = "the data directory cannot be written to"
    if free < MIN_FREE:
        problems["disk"] = f"only {free:,} bytes are free"
    if problems:
        return jsonify({"status": "not ready", "problems": problems}), 503
    outline = services.config.outline
    threats = {
        "stores": "; ".join(unsearched()) or None,
        "damage": "; ".join(left_out(*services.store.damage.counts())) or None,
        "scheduler": absent_scheduler(outline, services.store, services.now()),
        "requests": unmet_requests(services.store, services.now()),
        "disk": f"nearly full: {free:,} bytes are free" if little_room(outline) else None,  # and no path
        "sources": ailing_sources(services.config, services.store),
    }
    warnings = {name: text for name, text in threats.items() if text is not None}
    return jsonify({"status": "ok", "behind": behind, "warnings": warnings}), 200


def in_the_way(error: Exception) -> str:
    """Return what an error means for searches, in words without names and paths; the log has its message."""
    return next((said for kind, said in IN_THE_WAY if isinstance(error, kind)), "the archive cannot be opened")


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Keep crawlers out of searches and of other people's texts."""
    return Response(ROBOTS, mimetype="text/plain")


@blueprint.get("/favicon.ico")
def icon() -> Response:
    """Answer that there is no icon; the pages name an empty one."""
    raise NotFound


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """Let a browser add the archive to its search engines."""
    return Response(OPENSEARCH.format(root=escape(root() + "/")), mimetype="application/opensearchdescription+xml")
