"""The hits of a page -> their markup, put together without a template: they are most of what a results page takes."""

from collections.abc import Sequence

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
    return Printed.of("".join([_hit(each, pick, comma) for each in hits]))


def when(card: Card, pick: str = "") -> Printed:
    """Return the line with the day and the mark of an article; `pick` as `hits_markup` has it."""
    day = f"<time datetime={printed(card.iso)}>{printed(card.day)}</time>" if card.iso else said_message(UNDATED)
    mark = printed(card.mark)
    if pick:
        box = f"<input type=checkbox name=mark value={mark} form=k>"
        return Printed.of(f"<p class=when>{day} <label>{box}<code><i>{printed(pick)} </i>{mark}</code></label>")
    return Printed.of(f"<p class=when>{day} <code>{mark}</code>")


def _hit(hit: Card, pick: str, comma: str) -> str:
    language = language_attribute(hit.language)
    parts = [
        f'<li class=hit><h3{language}><a href="{printed(hit.url)}">{marked(hit.headline)}</a></h3>',
        when(hit, pick),
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
