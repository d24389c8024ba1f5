"""The hits of a page -> their markup, put together without a template: they are most of what a results page takes."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from corpus.texts import message
from web.languages.wording import Printed, language_attribute, printed, said_message
from web.layout.render import apart, marked
from web.search.hits import Card

UNDATED = message("Undated")
NO_BYLINE = message("No byline")
SEE_DIFF = message("See diff")


def hits_markup(hits: Sequence[Card], pick: str = "") -> Printed:
    """Return the hits of a list.

    Args:
        pick: What the box that keeps a hit is called; without it there is no box.
    """
    comma = str(said_message(", "))
    when = _lines(pick)
    return Printed.of("".join([_hit(each, when, comma) for each in hits]))


def when(card: Card, pick: str = "") -> Printed:
    """Return the line with the day and the mark of an article; `pick` as `hits_markup` has it."""
    return Printed.of(_lines(pick)(card))


def _lines(pick: str) -> Callable[[Card], str]:
    """Return what makes the line of each article of a list, as `when` does."""
    undated, said = said_message(UNDATED), printed(pick)

    def line(card: Card) -> str:
        mark = printed(card.mark)
        day = _day(card.iso, card.day) if card.iso and card.day else undated
        if not pick:
            return f"<p class=when>{day} <code>{mark}</code>"
        box = f"<input type=checkbox name=mark value={mark} form=k>"
        return f"<p class=when>{day} <label>{box}<code><i>{said} </i>{mark}</code></label>"

    return line


@lru_cache(maxsize=4096)  # in every language, which the day is in already
def _day(iso: str, day: str) -> str:
    return f"<time datetime={printed(iso)}>{printed(day)}</time>"


def _hit(hit: Card, when: Callable[[Card], str], comma: str) -> str:
    language = language_attribute(hit.language)
    parts = [
        f'<li class=hit><h3{language}><a href="{printed(hit.url)}">{marked(hit.headline)}</a></h3>',
        when(hit),
        f"<p class=by>{_authors(hit, comma)}",
        *[f" · {apart(fact)}" for fact in hit.facts],
    ]
    if hit.snippets:
        parts.append(f"<p class=snip{language}>{_snippets(hit)}")
    if hit.removed:
        said, url = hit.removed
        link = f'<a href="{printed(url)}">{said_message(SEE_DIFF)}</a>'
        parts.append(f'<p class="stack s q">{printed(said)} · {link}\n')
    if hit.copies:
        parts.append(f'<p class="stack s q">{printed(hit.copies)}\n')
    if hit.added:
        parts.append(f'<p class="pen s">{printed(hit.added)}\n')
    return "".join(parts)


def _authors(hit: Card, comma: str) -> str:
    if not hit.authors:
        return f"<i>{said_message(NO_BYLINE)}</i>"
    return comma.join(
        [
            f'<a href="{printed(url)}">{printed(name)}</a>' if url else f"<b>{printed(name)}</b>"
            for name, url in hit.authors
        ]
    )


def _snippets(hit: Card) -> str:
    *others, last = hit.snippets
    shown = [f"{marked(each)}{' ' if each.text.endswith('…') else ' … '}" for each in others]
    return "".join([*shown, marked(last)])
