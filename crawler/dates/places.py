"""Where a page's data and its address give dates: meta tags, JSON-LD, microdata, the URL.

Only one thing is judged here: whether a date is of the publication or of an update. Printed dates are found in
crawler/dates/printed_places.py.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from corpus.texts import text as sentence
from crawler.markup.metadata import Metadata

_PUBLISHED = tuple(
    """article:published_time og:article:published_time article:published og:published_time datepublished
    publishdate publish_date publish-date publication_date publicationdate pubdate pub_date published_at
    published publishedtime published_time article.published parsely-pub-date sailthru.date
    cxenseparse:recs:publishtime dc.date.issued dcterms.issued dcterms.created dc.date.created dcterms.date
    dc.date citation_publication_date citation_date citation_online_date rnews:datepublished
    article:publish_date article_date_original displaydate ptime iso-8601-publish-date bt:pubdate
    prism.publicationdate originalpublicationdate date article:date mediator_published_time dable:published_time
    firstpublished pdate create_date created weibo:article:create_at eomportal-firstpublished""".split()
)
_UPDATED = tuple(
    """article:modified_time og:updated_time datemodified dateupdated lastmod last-modified dcterms.modified
    dc.date.modified article:updated article:updated_time modified_time updated_time revised utime
    eomportal-lastupdate date.modified""".split()
)
_KNOWN = frozenset((*_PUBLISHED, *_UPDATED))
_DATED_NAME = re.compile(r"date|time(?!r)")
_URL_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d{2})([/_.-]?)(0[1-9]|1[0-2]|[1-9](?=[/_.-]))\2([0-2]\d|3[01]|[1-9](?!\d))(?!\d)"
)
_URL_NAMED = re.compile(r"/((?:19|20)\d{2})/([a-z]{3,9})/(\d{1,2})(?!\d)", re.I)
_URL_MONTH = re.compile(r"/((?:19|20)\d{2})[/-](0[1-9]|1[0-2])(?=/)")


class Given(NamedTuple):
    """A place where a date may stand.

    Attributes:
        rule: The rule that found the place.
        origin: Such as `meta`; see `PageDate`.
        text: The text as written.
        updated: The date is of an update.
        at: The block that the date stands in.
        labelled: A word says what the date dates.
        above: The date stands above the story, where a page shows the day of the visit.
    """

    rule: str
    origin: str
    text: str
    updated: bool = False
    at: int | None = None
    labelled: bool = False
    above: bool = False


def url_date(address: str) -> Given | None:
    """Return the date in a page's address: "/2023/12/05/", "/2023/dec/05/", "/2023/12/"; None when it has none."""
    try:
        path = unquote(urlsplit(address).path)[:500]
    except ValueError:
        return None
    named, day, month = _URL_NAMED.search(path), _URL_DAY.search(path), _URL_MONTH.search(path)
    if named:
        text = f"{named[3]} {named[2]} {named[1]}"
    elif day:
        text = f"{day[1]}-{int(day[3]):02}-{int(day[4]):02}"
    elif month:
        text = f"{month[1]}-{month[2]}"
    else:
        return None
    return Given(sentence("date in the URL"), "url", text)


def data_dates(metadata: Metadata) -> Iterator[Given]:
    yield Given("json-ld datePublished", "json-ld", metadata.story.published or "")
    yield Given("json-ld dateModified", "json-ld", metadata.story.updated or "", True)
    for updated, names in ((False, _PUBLISHED), (True, _UPDATED)):
        for name in filter(metadata.metas.__contains__, names):
            for value in metadata.metas[name][:2]:
                yield Given(f"meta {name}", "meta", value, updated, None)
    for name, values in metadata.metas.items():
        if name not in _KNOWN and _DATED_NAME.search(name):
            updated = bool(re.search(r"modif|updat|revis|last", name))
            if updated or re.search(r"publi|creat|issue|post|release|original", name):
                yield Given(f"meta {name}", "meta", values[0], updated, None)
    for updated, prop in ((False, "datepublished"), (False, "datecreated"), (True, "datemodified")):
        for element, content in metadata.props.get(prop, ())[:3]:
            written = content or "".join(map(str, element.itertext()))[:200]
            yield Given(f"itemprop {prop}", "itemprop", written, updated, None)
