"""What is new in saved searches -> the message that says so: a text, the same as HTML, and as data.

Text and HTML are in the language that is spoken; the data, dates among them, is the same in every language.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from corpus import characters
from corpus.config import Config
from corpus.iso_dates import iso_date
from corpus.model import StoredArticle
from corpus.notices.values import Message
from corpus.texts import Text, joined, text, texts
from web.languages.choice import ENGLISH, LANGUAGES, Language, current
from web.languages.wording import said

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


def language_of(config: Config) -> Language:
    """Return the language of messages: that of `[web] language`; of "auto" English, as nobody's browser is there."""
    return LANGUAGES.get(config.web.language, ENGLISH)


def digest(news: Sequence[News], *, stop: str, at: datetime) -> Message:
    """Return one message on all searches that have something new, in the language that is spoken now.

    Args:
        stop: The address that pauses all of them.
    """
    counted = texts("{n:,} new article", "{n:,} new articles", sum(each.new for each in news))
    if len(news) == 1:
        subject = text("{articles} in {name}", articles=counted, name=_line(news[0].name, 200))
    else:
        subject = texts("{articles} in {n:,} search", "{articles} in {n:,} searches", len(news), articles=counted)
    named = ";".join(f"{each.id}:{each.span[0]}-{each.span[1]}" for each in news)
    last = _with_address(text("No more of these"), stop)
    return Message(
        key=f"saved:{hashlib.sha256(named.encode()).hexdigest()[:32]}",
        subject=characters.shortened(said(subject), 200),
        text="\n".join(line for each in news for line in _lines(each)) + f"\n{last}\n",
        at=at,
        html=_html(said(counted), news, stop),
        stop=stop,
        data={"searches": [_record(each) for each in news]},
    )


def _lines(news: News) -> list[str]:
    lines = [_heading(news), news.url, ""]
    for each in news.articles:
        lines += [f"- {_headline(each)}", f"  {' · '.join(_facts(each))}", f"  {each.url}"]
    if more := _more(news):
        lines.append(_with_address(more, news.url))
    lines += [said(_again(news))] if news.again else []
    return [*lines, _with_address(text("Pause this search"), news.stop), ""]


def _with_address(words: str, url: str) -> str:
    """Return words of ours with an address after them, which stands as it is: a mail program makes a link of it."""
    return f"{said(words)}{said(joined(': ', ('', '')))}{url}"


def _html(heading: str, news: Sequence[News], stop: str) -> str:
    spoken = current()
    parts = [
        f'<!doctype html><html lang="{spoken.code}" dir="{spoken.direction}"><head><meta charset="utf-8">'
        f"<title>{escape(heading)}</title></head><body>"
    ]
    for each in news:
        parts.append(f"<h2>{_link(each.url, _heading(each))}</h2><ul>")
        for article in each.articles:
            language = article.stored.article.language
            tongue = f' lang="{escape(language)}"' if language else ""
            facts = " · ".join(escape(fact) for fact in _facts(article))
            parts.append(f'<li dir="auto"{tongue}>{_link(article.url, _headline(article))}<br>{facts}</li>')
        parts.append("</ul>")
        if more := _more(each):
            parts.append(f"<p>{_link(each.url, said(more))}</p>")
        parts.append(f"<p>{escape(said(_again(each)))}</p>" if each.again else "")
        parts.append(f"<p>{_link(each.stop, said(text('Pause this search')))}</p>")
    parts.append(f"<p>{_link(stop, said(text('Pause all of these')))}</p></body></html>")
    return "".join(parts)


def _heading(news: News) -> str:
    return said(text("{name}: {n:,} new", name=_line(news.name, 200), n=news.new))


def _more(news: News) -> Text | None:
    """Say how many articles are new beside those that are named; None: all are named."""
    more = news.new - len(news.articles)
    return text("and {n:,} more", n=more) if more > 0 else None


def _again(news: News) -> Text:
    return texts(
        "{n:,} more came back after the restore of a backup; it may have been sent before, and is on its page",
        "{n:,} more came back after the restore of a backup; they may have been sent before, and are on its page",
        news.again,
    )


def _link(url: str, words: str) -> str:
    return f'<a href="{escape(url)}">{escape(words)}</a>'


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
    return _line(each.stored.article.headline or said(text("No headline")), LONGEST)


def _facts(each: Named) -> list[str]:
    article = each.stored.article
    names = ", ".join(author.name for author in article.authors[:3])
    published = iso_date(article.published) or said(text("undated"))
    return [_line(fact, LONGEST) for fact in (names, article.source, published) if fact]


def _line(text: str, longest: int) -> str:
    return characters.shortened(" ".join(characters.safe(text).split()), longest)
