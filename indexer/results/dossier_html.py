"""A dossier -> one HTML file to print or send: texts, notes, tags and passages; it needs and fetches nothing."""

from collections.abc import Iterable, Iterator

from markupsafe import Markup, escape

from corpus.characters import safe
from corpus.iso_dates import iso_date
from corpus.model import Article
from corpus.structure.layout import layout
from indexer.results.dossiers import Collected
from indexer.results.passages import lines
from indexer.results.text_html import Setting, html

_STYLE = (
    "body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1.0625rem/1.5 Georgia,'Noto Serif',serif}"
    "h1,h2{line-height:1.2;font-weight:400}article{border-top:1px solid;margin-top:2rem}"
    ".s{font:.875rem/1.4 system-ui,sans-serif}.n{border-inline-start:3px solid;padding-inline-start:.7rem}"
    "a{overflow-wrap:anywhere}p{white-space:pre-line}pre{white-space:pre-wrap}.wide{overflow-x:auto}"
    "table{border-collapse:collapse}th,td{text-align:start;border-bottom:1px solid;padding:.2rem .8rem .2rem 0}"
    ".num{text-align:end}figure{margin:1rem 0;border-block:1px solid}@media print{article{break-before:page}}"
)
# Opened from a disk, no server says what the page may do: it says so itself.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def html_lines(name: str, about: str, collected: Iterable[Collected]) -> Iterator[str]:
    """Write the file; each text of an article or a reader is escaped."""
    yield Markup(
        '<!doctype html>\n<html lang="en"><meta charset="utf-8">'
        '<meta http-equiv="Content-Security-Policy" content="{}"><meta name="viewport" content="width=device-width">'
        "<title>{}</title><style>{}</style>\n<main><h1 dir=auto>{}</h1>\n"
    ).format(_POLICY, safe(name), Markup(_STYLE), safe(name))  # noqa: S704  our own style
    if about:
        yield Markup("<p dir=auto>{}\n").format(safe(about))
    for each in collected:
        yield from _article(each)
    yield "</main></html>\n"


def _article(each: Collected) -> Iterator[str]:
    article = each.stored.article
    tongue = Markup(' lang="{}"').format(article.language) if article.language else ""
    yield Markup('<article id="{}"><h2{} dir=auto>{}. {}</h2>\n<p class=s>{}<br><bdi>{}</bdi> · {}\n').format(
        each.stored.mark, tongue, each.place, safe(article.headline or each.stored.mark), _facts(article),
        safe(article.url), each.stored.mark,
    )  # fmt: skip
    added = [*lines(each.passages), *each.note.splitlines(), *([f"Tags: {', '.join(each.tags)}"] if each.tags else [])]
    if added:
        yield Markup("<div class=n>{}</div>\n").format(_paragraphs(added))
    yield Markup("<div{}>\n").format(tongue)
    body = article.body
    setting = Setting(
        body, lambda start, end: escape(safe(body[start:end])), 3, "Picture not loaded", "Table {}".format
    )
    yield from html(layout(body, article.structure), setting)
    yield Markup("</div></article>\n")


def _facts(article: Article) -> str:
    names = ", ".join(who.name for who in article.authors) or "No byline"
    return escape(safe(f"{names} · {article.source} · {iso_date(article.published) or 'undated'}"))


def _paragraphs(texts: Iterable[str]) -> Markup:
    return Markup("").join(Markup("<p dir=auto>{}").format(safe(each)) for each in texts)
