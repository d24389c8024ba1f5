"""What is new in saved searches -> the message that says so: a text, the same as HTML, and as data."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from corpus import characters
from corpus.iso_dates import iso_date
from corpus.model import StoredArticle
from corpus.notices.values import Message

NAMED = 20  # articles of a search in a message; the page of the search has all
LONGEST = 300  # characters of a headline


@dataclass(frozen=True, slots=True)
class Named:
    """An article in a message, and the address of its page."""

    stored: StoredArticle
    url: str


@dataclass(frozen=True, slots=True)
class News:
    """What is new in one search.

    Attributes:
        url, stop: The addresses of its page, and of the page that pauses it.
        new: How many articles are new.
        articles: At most NAMED of them, the last one first.
        again: Articles that came back after a restore and may have been sent before it: not among the new.
        span: The articles that were looked at, by id: more than the first number, up to the second.
    """

    id: int
    name: str
    url: str
    stop: str
    new: int
    articles: Sequence[Named]
    again: int
    span: tuple[int, int]


def digest(news: Sequence[News], *, stop: str, at: datetime) -> Message:
    """Return one message on all searches that have something new.

    Args:
        stop: The address that pauses all of them.
    """
    total = sum(each.new for each in news)
    counted = f"{total:,} new {'article' if total == 1 else 'articles'}"
    where = f" in {news[0].name}" if len(news) == 1 else f" in {len(news):,} searches"
    named = ";".join(f"{each.id}:{each.span[0]}-{each.span[1]}" for each in news)
    return Message(
        key=f"saved:{hashlib.sha256(named.encode()).hexdigest()[:32]}",
        subject=_line(counted + where, 200),
        text="\n".join(line for each in news for line in _lines(each)) + f"\nNo more of these: {stop}\n",
        at=at,
        html=_html(counted, news, stop),
        stop=stop,
        data={"searches": [_record(each) for each in news]},
    )


def _lines(news: News) -> list[str]:
    lines = [f"{_line(news.name, 200)}: {news.new:,} new", news.url, ""]
    for each in news.articles:
        lines += [f"- {_headline(each)}", f"  {' · '.join(_facts(each))}", f"  {each.url}"]
    more = news.new - len(news.articles)
    lines += [f"and {more:,} more: {news.url}"] if more > 0 else []
    lines += [_again(news)] if news.again else []
    return [*lines, f"Pause this search: {news.stop}", ""]


def _html(heading: str, news: Sequence[News], stop: str) -> str:
    parts = [f'<!doctype html><html><head><meta charset="utf-8"><title>{escape(heading)}</title></head><body>']
    for each in news:
        parts.append(f'<h2><a href="{escape(each.url)}">{_safe(each.name, 200)}</a>: {each.new:,} new</h2><ul>')
        for article in each.articles:
            language = article.stored.article.language
            tongue = f' lang="{escape(language)}"' if language else ""
            facts = " · ".join(_safe(fact, LONGEST) for fact in _facts(article))
            parts.append(
                f'<li dir="auto"{tongue}><a href="{escape(article.url)}">{_safe(_headline(article), LONGEST)}</a>'
                f"<br>{facts}</li>"
            )
        more = each.new - len(each.articles)
        parts.append("</ul>")
        parts.append(f'<p><a href="{escape(each.url)}">and {more:,} more</a></p>' if more > 0 else "")
        parts.append(f"<p>{escape(_again(each))}</p>" if each.again else "")
        parts.append(f'<p><a href="{escape(each.stop)}">Pause this search</a></p>')
    parts.append(f'<p><a href="{escape(stop)}">Pause all of these</a></p></body></html>')
    return "".join(parts)


def _again(news: News) -> str:
    came = f"{news.again:,} more came back after the restore of a backup"
    return f"{came}; they may have been sent before, and are on its page"


def _record(news: News) -> dict[str, object]:
    return {
        "name": news.name,
        "url": news.url,
        "new": news.new,
        "again": news.again,
        "pause": news.stop,
        "articles": [
            {
                "id": each.stored.mark,
                "headline": each.stored.article.headline,
                "authors": [author.name for author in each.stored.article.authors],
                "source": each.stored.article.source,
                "published": iso_date(each.stored.article.published),
                "page": each.url,
                "url": each.stored.article.url,
            }
            for each in news.articles
        ],
    }


def _headline(each: Named) -> str:
    return _line(each.stored.article.headline or "No headline", LONGEST)


def _facts(each: Named) -> list[str]:
    article = each.stored.article
    names = ", ".join(author.name for author in article.authors[:3])
    published = iso_date(article.published) or "undated"
    return [_line(fact, LONGEST) for fact in (names, article.source, published) if fact]


def _safe(text: str, longest: int) -> str:
    return escape(_line(text, longest))


def _line(text: str, longest: int) -> str:
    return characters.shortened(" ".join(characters.safe(text).split()), longest)
